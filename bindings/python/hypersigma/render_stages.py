"""The stages of a rule for people: what decides, and its predicates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hypersigma.render import Part, Screen, cell_width, escape

_STEP = 2
# Of what stands under the heading of a stage.
_INDENT = 5
_MIN_ROOM = 16
# Text past it is shown in part; the JSON has the rest.
_MAX_TEXT = 4_000
# Deeper nodes stand no further to the right.
_MAX_DEPTH = 12


class StagePrinter:
    """Prints the condition and each selection of a rule."""

    def __init__(self, screen: Screen) -> None:
        """Makes a printer.

        Args:
            screen: Where to print.
        """
        self._screen = screen

    def print(
        self,
        stages: Sequence[Mapping[str, Any]],
        body: Mapping[str, Any],
    ) -> None:
        """Prints stages.

        Args:
            stages: Of a page.
            body: Of the same page; of a stage whose YAML is not in it the YAML
                is shown.
        """
        for stage in stages:
            self._heading(stage)
            if stage["yaml"] and not _is_inside(stage, body):
                for line in stage["yaml"].splitlines():
                    self._folded(_INDENT + _STEP, escape(line), "dim")
            if stage["kind"] == "condition":
                self._folded(_INDENT, escape(stage["expression"]))
                if stage["always"]:
                    text = "tested on every event of its log source"
                    self._folded(_INDENT, text, "dim")
            else:
                self._node(stage["detection"], 0, is_top=True)

    def _heading(self, stage: Mapping[str, Any]) -> None:
        notes = []
        if stage["first_line"] is not None:
            notes.append(_lines(stage["first_line"], stage["last_line"]))
        if stage["kind"] == "selection":
            if stage["from_filter"]:
                notes.append("of a filter or a pipeline")
            if not stage["named"]:
                notes.append("not in the condition")
            if stage["negated"]:
                notes.append("negated")
        name = "condition" if stage["name"] is None else escape(stage["name"])
        number = f"{stage['stage']}"
        note = ", ".join(notes)
        indent = _STEP + len(number) + 2
        lines = fold(cut(name), self._room(indent))
        for index, line in enumerate(lines):
            mark = number if index == 0 else " " * len(number)
            is_short = len(lines) == 1 and (
                cell_width(line) + len(note) + 4 <= self._room(indent)
            )
            parts: list[Part] = [(f"{mark}  ", "bold"), (line, "bold")]
            if is_short and note:
                parts.append((f"  ({note})", "dim"))
            self._line(_STEP, *parts)
            if not is_short and note and index == len(lines) - 1:
                self._line(indent, (f"({note})", "dim"))

    def _node(
        self, node: Mapping[str, Any], depth: int, is_top: bool = False
    ) -> None:
        kind = next((one for one in ("all_of", "any_of") if one in node), None)
        if kind is None:
            self._item(node, depth)
            return
        children = node[kind]
        is_plain = is_top and (kind == "all_of" or len(children) == 1)
        if not is_plain:
            self._text(depth, kind.replace("_", " "))
            depth += 1
        for child in children:
            self._node(child, depth)

    def _item(self, item: Mapping[str, Any], depth: int) -> None:
        field = item["field"]
        name = "any value" if field is None else escape(field)
        name = "|".join([name, *map(escape, item["modifiers"])])
        count = len(item["values"])
        if count > 1:
            name += f": {'all' if item['all'] else 'any'} of {count:,}"
        self._text(depth, name, "" if not item["neq"] else "warning")
        for value in item["values"]:
            self._value(value, depth + 1)

    def _value(self, value: Mapping[str, Any], depth: int) -> None:
        predicates, count = value["predicates"], value["predicate_count"]
        if count == 1 and len(predicates) == 1:
            only = predicates[0]
            if _text(only["operand"]).lower() == value["value"].lower():
                # Letters count only where the predicate says so.
                self._predicate(only, value["value"], depth)
                return
        self._text(depth, f"{value['kind']} {quoted(value['value'])}")
        for one in predicates:
            self._predicate(one, _text(one["operand"]), depth + 1)
        if count > len(predicates):
            rest = count - len(predicates)
            self._text(
                depth + 1, f"and {plural(rest, 'more predicate')}", "dim"
            )

    def _predicate(
        self, predicate: Mapping[str, Any], operand: str, depth: int
    ) -> None:
        text = predicate["op"]
        if operand or text in ("equals", "contains"):
            text += f" {quoted(operand)}"
        note = f"#{predicate['predicate']}"
        if predicate["cased"]:
            note = f"cased {note}"
        self._text(depth, text, "good", note)

    def _text(
        self, depth: int, text: str, style: str = "", note: str = ""
    ) -> None:
        indent = _INDENT + min(depth, _MAX_DEPTH) * _STEP
        self._folded(indent, text, style, note)

    def _folded(
        self, indent: int, text: str, style: str = "", note: str = ""
    ) -> None:
        room = self._room(indent)
        lines = fold(cut(text), room) or [""]
        for line in lines[:-1]:
            self._line(indent, (line, style))
        last = lines[-1]
        if note and cell_width(last) + 2 + len(note) > room:
            self._line(indent, (last, style))
            self._line(indent, (note, "dim"))
        else:
            after = f"  {note}" if note else ""
            self._line(indent, (last, style), (after, "dim"))

    def _room(self, indent: int) -> int:
        return max(self._screen.width - indent, _MIN_ROOM)

    def _line(self, indent: int, *parts: Part) -> None:
        self._screen.line(" " * indent, *parts)


def fold(text: str, width: int) -> list[str]:
    """Breaks a text into lines at any character, without losing a space.

    Args:
        text: An escaped text.
        width: Columns, 2 at least.

    Returns:
        Lines, none of them wider; together they are the text.

    Example:
        >>> fold("  ab cdef", 4)
        ['  ab', ' cde', 'f']
    """
    return list(_pieces(text, width))


def _pieces(text: str, width: int) -> Iterator[str]:
    if text.isascii():
        for begin in range(0, len(text), width):
            yield text[begin : begin + width]
        return
    begin = used = 0
    for position, character in enumerate(text):
        cells = cell_width(character)
        if used + cells > width:
            yield text[begin:position]
            begin, used = position, 0
        used += cells
    yield text[begin:]


def cut(text: str) -> str:
    """Returns the beginning of a long text, and how much more there is.

    Args:
        text: An escaped text.

    Example:
        >>> cut("x" * 4_010)[-21:]
        'x… 10 more characters'
    """
    rest = len(text) - _MAX_TEXT
    if rest <= 0:
        return text
    return f"{text[:_MAX_TEXT]}… {rest:,} more characters"


def quoted(text: str) -> str:
    r"""Returns a rule's value, in quotes where its ends could not be seen.

    Args:
        text: As written.

    Returns:
        It, escaped and not longer than `cut` leaves it.

    Example:
        >>> print(quoted(" a"), quoted("b\x1b"))
        " a" b\x1b
    """
    is_plain = text and text == text.strip()
    shown = cut(escape(text))
    return shown if is_plain else f'"{shown}"'


def plural(count: int, noun: str) -> str:
    """Returns a count with its noun.

    Args:
        count: 0 or more.
        noun: In the singular; its plural ends in s.

    Example:
        >>> plural(1, "rule"), plural(3754, "rule")
        ('1 rule', '3,754 rules')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _text(operand: object) -> str:
    return "" if operand is None else str(operand)


def _lines(first: int, last: int) -> str:
    return f"line {first:,}" if first == last else f"lines {first:,}-{last:,}"


def _is_inside(stage: Mapping[str, Any], body: Mapping[str, Any]) -> bool:
    first, last = body["first_line"], body["last_line"]
    if stage["first_line"] is None or first is None:
        return False
    return bool(first <= stage["first_line"] and stage["last_line"] <= last)
