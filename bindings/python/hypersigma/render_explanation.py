"""Explanations for people: a tree of what a rule asks, with what the event has.

`+` is true, `-` is false, `?` is undecided.
"""

from __future__ import annotations

from collections.abc import Sequence

from hypersigma.explanation import (
    Change,
    ExplainedDetection,
    ExplainedSelection,
    ExplainedValue,
    Explanation,
    IndicatorHit,
    RuleExplanation,
    SeenField,
    SeenValue,
)
from hypersigma.render import (
    LEVEL_STYLES,
    Part,
    Screen,
    cell_width,
    clip,
    clip_left,
    escape,
    level_name,
    wrap,
)

_MARKS = {
    "true": ("+", "good"),
    "false": ("-", "error"),
    "undecided": ("?", "warning"),
}
# Of one item: values that hit, values that do not, and values of the event.
_SHOWN_HITS = 10
_SHOWN_MISSES = 3
_SHOWN_SEEN = 3
_STEP = 2
_MIN_ROOM = 24


class ExplanationPrinter:
    """Prints explanations to a screen."""

    def __init__(self, screen: Screen, indent: int = 0) -> None:
        """Makes a printer.

        Args:
            screen: Where to print.
            indent: Columns before each line.
        """
        self._screen = screen
        self._indent = indent
        self._fields: Sequence[SeenField] = ()

    def print(self, explanation: Explanation) -> None:
        """Prints what each rule makes of the event."""
        for rule in explanation.rules:
            self._heading(rule)
            self._origin(rule, explanation)
            self.print_rule(rule, explanation, self._indent + _STEP)

    def print_rule(
        self, rule: RuleExplanation, explanation: Explanation, indent: int
    ) -> None:
        """Prints selections and changes, without who the rule is."""
        self._fields = explanation.fields
        if rule.refused:
            self._lines(indent, f"never evaluated: {rule.refused}", "warning")
        for selection in rule.selections:
            self._selection(selection, indent)
        self._changes(rule, indent)

    def _heading(self, rule: RuleExplanation) -> None:
        verdict = "matches" if rule.matches else "does not match"
        style = "good" if rule.matches else "bold"
        if rule.truth == "undecided":
            verdict, style = "undecided", "warning"
        level = rule.rule.level
        name = level_name(level)
        room = self._screen.width - self._indent - len(name) - len(verdict) - 4
        title = clip(escape(rule.rule.title), room)
        padding = " " * (room - cell_width(title) + 2)
        self._line(
            self._indent,
            (name, level if level in LEVEL_STYLES else ""),
            "  " if name else "",
            (title, "bold"),
            padding,
            (verdict, style),
        )

    def _origin(self, rule: RuleExplanation, explanation: Explanation) -> None:
        indent = self._indent + _STEP
        who = [escape(rule.rule.id), escape(rule.rule.file)]
        self._lines(indent, "  ".join(filter(None, who)), "dim")
        sources = [
            escape("/".join(filter(None, source)))
            for source in explanation.log_sources
        ]
        what = f"layout {escape(explanation.layout)}"
        what += f", log source {' or '.join(sources)}" if sources else ""
        self._lines(indent, f"event: {what}", "dim")
        if explanation.repaired:
            self._lines(indent, "event: repaired, not valid UTF-8", "dim")
        if not rule.is_admitted:
            one = rule.rule
            wanted = filter(None, (one.product, one.category, one.service))
            self._lines(
                indent,
                "not tested: the event's log source does not admit this rule"
                f" ({escape('/'.join(wanted))})",
                "warning",
            )

    def _selection(self, selection: ExplainedSelection, indent: int) -> None:
        notes = []
        if selection.is_filter:
            notes.append("of a filter")
        if not selection.is_named:
            notes.append("not in the condition")
        self._marked(indent, selection.truth, escape(selection.name), notes)
        self._detection(selection.detection, indent + _STEP, is_top=True)

    def _detection(
        self, detection: ExplainedDetection, indent: int, is_top: bool = False
    ) -> None:
        if detection.kind == "item":
            self._item(detection, indent)
            return
        is_plain = is_top and (
            detection.kind == "all_of" or len(detection.children) == 1
        )
        if not is_plain:
            name = "all of" if detection.kind == "all_of" else "any of"
            self._marked(indent, detection.truth, name, [])
            indent += _STEP
        for child in detection.children:
            self._detection(child, indent)

    def _item(self, item: ExplainedDetection, indent: int) -> None:
        field = self._fields[item.field]
        notes = [] if item.is_keyword else [self._field_note(field)]
        name = "any value" if item.is_keyword else escape(field.name)
        if item.neq:
            name = f"not {name}"
            notes.append("inverted")
        if len(item.values) == 1:
            self._only(item, name, notes, indent)
            return
        kind = "all" if item.all else "any"
        name = f"{name}: {kind} of {len(item.values):,}"
        self._marked(indent, item.truth, name, notes)
        indent += _STEP
        hits = [value for value in item.values if value.truth == "true"]
        others = [value for value in item.values if value.truth != "true"]
        for value in hits[:_SHOWN_HITS]:
            hit_notes = self._hit_notes(value, field)
            self._marked(indent, "true", self._asked(value), hit_notes)
            self._place(value, indent + _STEP)
        self._more(indent, len(hits) - _SHOWN_HITS, "that hit")
        # Beside a hit of an OR nobody asks for the rest.
        if hits and not item.all:
            self._more(indent, len(others), "that do not")
            return
        if not hits:
            self._seen(field, indent)
        for value in others[:_SHOWN_MISSES]:
            notes = [value.reason]
            self._marked(indent, value.truth, self._asked(value), notes)
        self._more(indent, len(others) - _SHOWN_MISSES, "that do not hit")

    def _only(
        self,
        item: ExplainedDetection,
        name: str,
        notes: list[str],
        indent: int,
    ) -> None:
        """Prints an item of one value in one line, with what it saw."""
        value, field = item.values[0], self._fields[item.field]
        notes = [*notes, value.reason, *self._hit_notes(value, field)]
        self._marked(indent, item.truth, f"{name} {self._asked(value)}", notes)
        if value.hit is not None and value.hit.span is not None:
            self._place(value, indent + _STEP)
        else:
            self._seen(field, indent + _STEP)

    def _field_note(self, field: SeenField) -> str:
        if field.is_missing:
            return "not in the event"
        return f"as {escape(field.alias)}" if field.alias else ""

    def _seen(self, field: SeenField, indent: int) -> None:
        if not field.name:
            return
        for value in field.values[:_SHOWN_SEEN]:
            text = _show(value.text) if value.text else _empty(value)
            room = self._screen.width - indent - 3
            self._line(indent, "= ", (clip(text, room), "bold"))
        self._more(indent, field.value_count - _SHOWN_SEEN, "in the event")

    def _hit_notes(self, value: ExplainedValue, field: SeenField) -> list[str]:
        member = value.hit.value.member if value.hit else ""
        return (
            [f"in {escape(member)}"] if member not in ("", field.name) else []
        )

    def _place(self, value: ExplainedValue, indent: int) -> None:
        hit = value.hit
        if hit is None or hit.span is None:
            return
        self._excerpt(hit, hit.span, indent)
        if hit.other is not None:
            text = clip(_show(hit.other.text), self._screen.width - indent - 3)
            self._line(indent, "= ", (text, "bold"))

    def _asked(self, value: ExplainedValue) -> str:
        if value.kind == "null":
            return value.kind
        return f"{value.kind} {_quoted(value.value)}"

    def _excerpt(
        self, hit: IndicatorHit, span: tuple[int, int], indent: int
    ) -> None:
        text = hit.value.text.encode("utf-8", "surrogateescape")
        begin, end = span
        room = max(self._screen.width - indent - 1, _MIN_ROOM)
        # No more of a long value is looked at than the screen can show.
        before = _decode(text[max(0, begin - 4 * room) : begin])
        found = _decode(text[begin : min(end, begin + 4 * room)])
        after = _decode(text[end : end + 4 * room])
        found = clip(found, room * 2 // 3) if end > begin else ""
        left = room - cell_width(found)
        kept = clip_left(
            before, max(left - min(cell_width(after), left // 3), 1)
        )
        if begin > 4 * room and not kept.startswith("…"):
            kept = "…" + kept
        rest = clip(after, max(left - cell_width(kept), 1))
        self._line(indent, kept, (found, "good"), rest)
        marks = "^" * max(cell_width(found), 1)
        where = f" bytes {begin:,} to {end:,} of {len(text):,}"
        column = cell_width(kept)
        if column + len(marks) + len(where) <= room:
            self._line(indent + column, (marks, "good"), (where, "dim"))
        else:
            self._line(indent + column, (marks, "good"))
            self._line(indent, (where.strip(), "dim"))

    def _changes(self, rule: RuleExplanation, indent: int) -> None:
        if rule.changes_status == "none":
            return
        count = len(rule.changes)
        words = {
            "impossible": "nothing in an event makes the condition hold",
            "not_decided": "what would have to change was not decided",
            "sufficient": f"it would hold with these {count:,} changes,"
            " perhaps with fewer",
        }
        one = "one change" if count == 1 else f"no fewer than {count:,} changes"
        text = words.get(rule.changes_status, f"it would hold with {one}")
        self._lines(indent, text, "bold")
        for change in rule.changes[:_SHOWN_HITS]:
            self._change(change, indent + _STEP)
        self._more(indent + _STEP, count - _SHOWN_HITS, "to change")

    def _change(self, change: Change, indent: int) -> None:
        field = escape(change.field) or "any value"
        notes = [f"in {escape(change.selection)}"]
        if change.alternatives:
            others = "other" if change.alternatives == 1 else "others"
            notes.append(f"or one of {change.alternatives:,} {others}")
        asked = f"{field} {change.kind} {_quoted(change.value)}"
        truth = "true" if change.becomes else "false"
        room = max(self._screen.width - indent - 3, _MIN_ROOM)
        self._marked(indent, truth, clip(asked, room), notes)

    def _marked(
        self, indent: int, truth: str, text: str, notes: list[str]
    ) -> None:
        note = ", ".join(filter(None, notes))
        mark = _MARKS[truth]
        room = self._screen.width - indent - 3
        if not note or cell_width(text) + cell_width(note) + 3 <= room:
            note = f"  ({note})" if note else ""
            self._line(indent, mark, " ", clip(text, room), (note, "dim"))
            return
        self._line(indent, mark, " ", clip(text, room))
        self._lines(indent + 2, f"({note})", "dim")

    def _more(self, indent: int, count: int, what: str) -> None:
        if count > 0:
            self._line(indent, (f"and {count:,} more {what}", "dim"))

    def _lines(self, indent: int, text: str, style: str) -> None:
        width = max(self._screen.width - indent - 1, _MIN_ROOM)
        for line in wrap(text, width):
            self._line(indent, (line, style))

    def _line(self, indent: int, *parts: Part) -> None:
        self._screen.line(" " * indent, *parts)


def _quoted(text: str) -> str:
    """Returns a rule's value, in quotes where its ends could not be seen."""
    is_plain = text and text == text.strip()
    return escape(text) if is_plain else f'"{escape(text)}"'


def _decode(data: bytes) -> str:
    return escape(data.decode("utf-8", "backslashreplace"))


def _show(text: str) -> str:
    r"""Returns a value's text, its bytes that are not UTF-8 as \xff."""
    return _decode(text.encode("utf-8", "surrogateescape"))


def _empty(value: SeenValue) -> str:
    words = {"string": '""', "empty_array": "[]", "object": "{…}"}
    return words.get(value.kind, value.kind)
