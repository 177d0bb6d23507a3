"""The page of a rule for people: what the catalogue says of it, top to bottom.

Text from rules is escaped, as in `render`. Stages are in `render_stages`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from hypersigma.render import (
    LEVEL_STYLES,
    Part,
    Screen,
    cell_width,
    escape,
    level_name,
    wrap,
)
from hypersigma.render_stages import StagePrinter, cut, fold, plural, quoted

_LABEL = 16
_STEP = 2
_GAP = 2
_MIN_ROOM = 16
# Below it the columns beside the values of indicators are narrower.
_WIDTH_OF_TABLE = 60
# A longer body is shown in part; its file and the JSON have the rest.
_MAX_BODY = 400_000
_KEY = re.compile(r"([ \t]*(?:-[ \t]+)*)([^\s'\"#:{}\[\],&*-][^:#'\"{}]*)(?=:)")
_CHANGED = {
    "collection": "a part stands in another document",
    "filter": "a filter applies",
    "pipeline": "a pipeline changed it",
}
_LOGIC = (
    ("equal", "equal: both match the same events"),
    ("implies", "this one implies: whatever it matches, those match too"),
    ("implied_by", "implied by: whatever those match, this one matches too"),
)


class PagePrinter:
    """Prints pages of rules to a screen."""

    def __init__(
        self, screen: Screen, title_of: Callable[[str], str | None]
    ) -> None:
        """Makes a printer.

        Args:
            screen: Where to print.
            title_of: Tells the title of the rule with a key, or None.
        """
        self._screen = screen
        self._title_of = title_of
        self._stages = StagePrinter(screen)

    def print(self, page: Mapping[str, Any]) -> None:
        """Prints one page.

        Args:
            page: As docs/catalog_schema.md describes it.
        """
        self._heading(page)
        self._card(page)
        self._attack(page["attack"])
        self._events(page["events"], page["fields"])
        self._body(page["body"])
        self._section("Stages and predicates")
        self._stages.print(page["stages"], page["body"])
        self._indicators(page["indicators"])
        self._logic(page["logic"])

    def _heading(self, page: Mapping[str, Any]) -> None:
        crumbs = ["Detection rules", escape(page["source"])]
        self._text(0, " > ".join(filter(None, crumbs)), "dim")
        level = page["level"].lower()
        name = level_name(level)
        style = level if level in LEVEL_STYLES else ""
        indent = cell_width(name) + _GAP if name else 0
        title = escape(page["title"]) or escape(page["key"])
        lines = wrap(title, self._room(indent))
        for index, line in enumerate(lines or [""]):
            mark = (name, style) if index == 0 else " " * len(name)
            self._line(0, mark, " " * (indent - len(name)), (line, "bold"))
        if not page["compiled"]:
            why = escape(page["refusal"] or "")
            self._text(0, f"this rule never matches: {why}", "warning")

    def _card(self, page: Mapping[str, Any]) -> None:
        self._screen.line()
        log_source = [
            f"{name} {escape(page[name])}"
            for name in ("product", "category", "service")
            if page[name]
        ]
        place = escape(page["path"]) + f", line {page['line']:,}"
        if page["source"]:
            place = f"{escape(page['source'])}: {place}"
        date = escape(page["date"])
        if page["modified"]:
            modified = f"modified {escape(page['modified'])}"
            date = f"{date}, {modified}" if date else modified
        self._fact("status", [escape(page["status"])])
        self._fact("severity", [escape(page["level"])])
        self._fact("log source", [", ".join(log_source)])
        self._fact("author", [escape(page["author"])])
        self._fact("source", [place])
        self._fact("date", [date])
        self._fact("id", [escape(page["id"])])
        self._fact("description", _paragraphs(page["description"]))
        for label, name in (
            ("references", "references"),
            ("false positives", "false_positives"),
        ):
            self._fact(label, [_one_line(text) for text in page[name]])
        self._fact("related rules", self._related(page))
        self._fact("filters", [escape(text) for text in page["filters"]])
        tags = [tag for tag in page["tags"] if not _is_attack(tag)]
        self._fact("other tags", [", ".join(map(escape, tags))])

    def _related(self, page: Mapping[str, Any]) -> list[str]:
        lines = []
        for one in page["related"]:
            kind = escape(one["type"]) or "related"
            names = [self._named(key) for key in one["keys"]]
            unknown = f"{escape(one['id'])} (not in this corpus)"
            lines.append(f"{kind}: {', '.join(names) or unknown}")
        for one in page["related_by"]:
            kind = escape(one["type"]) or "related"
            lines.append(f"{kind} of this: {self._named(one['key'])}")
        return lines

    def _named(self, key: str) -> str:
        title = self._title_of(key)
        return f"{escape(title)} ({escape(key)})" if title else escape(key)

    def _attack(self, attack: Mapping[str, Any]) -> None:
        self._section("MITRE ATT&CK coverage")
        rows: list[tuple[str, str, int]] = []
        for one in attack["tactics"]:
            name = one["name"] or one["tactic"]
            id_ = f" {one['id']}" if one["id"] else ""
            rows.append(("tactic", f"{escape(name)}{id_}", one["rules"]))
        for one in attack["techniques"]:
            rows.append(("technique", escape(one["technique"]), one["rules"]))
        for kind, name, rules in rows:
            others = plural(rules - 1, "other rule")
            indent = _LABEL + _STEP
            lines = fold(name, self._room(indent))
            last = cell_width(lines[-1]) + _GAP + len(others)
            if last <= self._screen.width - indent:
                lines[-1] += " " * _GAP + others
            else:
                lines.append(others)
            for line in lines:
                self._line(_STEP, f"{kind:<{_LABEL}}", line)
                kind = ""
        if not rows:
            self._text(_STEP, "no tags of tactics or techniques", "dim")
        if attack["other"]:
            others = ", ".join(map(escape, attack["other"]))
            self._text(_STEP, f"also tagged: {others}", "")

    def _events(
        self,
        events: Mapping[str, Any],
        fields: Sequence[Mapping[str, Any]],
    ) -> None:
        self._section("Event coverage")
        for label, is_needed in (("needs", True), ("looks at", False)):
            names = [
                _field(one) for one in fields if one["needed"] is is_needed
            ]
            if names:
                self._text(_STEP, f"{label} {', '.join(names)}", "")
        if events["event_ids"]:
            ids = ", ".join(map(escape, map(str, events["event_ids"])))
            self._text(_STEP, f"asks for EventID {ids}", "")
        if not events["known"]:
            why = escape(events["reason"] or "no entry of the log source map")
            self._text(_STEP, f"not known which events reach it: {why}", "dim")
        for one in events["events"]:
            self._event(one)
        left_out = events["admitted"] - len(events["events"])
        if left_out > 0:
            text = f"{plural(left_out, 'more event')} of its log source cannot"
            self._text(_STEP, f"{text} match it", "dim")

    def _event(self, event: Mapping[str, Any]) -> None:
        self._text(_STEP, escape(event["name"]), "bold")
        ways = [" and ".join(map(_demand, one)) for one in event["when"]]
        indent = 2 * _STEP
        for index, way in enumerate(filter(None, ways)):
            self._text(indent, f"{'or' if index else 'when'} {way}", "dim")
        for label, carried in (
            ("carries", True),
            ("lacks", False),
            ("not known whether it carries", None),
        ):
            names = [
                _carried(one)
                for one in event["fields"]
                if one["carried"] is carried
            ]
            if names:
                style = "warning" if carried is False else ""
                self._text(indent, f"{label} {', '.join(names)}", style)

    def _body(self, body: Mapping[str, Any]) -> None:
        self._section("Rule body")
        if body["changed"]:
            why = ", ".join(_CHANGED.get(one, one) for one in body["changed"])
            text = f"what is evaluated is not only what stands here: {why}"
            self._text(_STEP, text, "dim")
        yaml = body["yaml"] or ""
        rest = len(yaml) - _MAX_BODY
        lines = yaml[:_MAX_BODY].replace("\r\n", "\n").rstrip("\n").split("\n")
        first = body["first_line"] or 1
        digits = max(len(str(first + len(lines) - 1)), 3)
        for number, line in enumerate(lines, first):
            self._yaml_line(f"{number:>{digits}}", line)
        if rest > 0:
            self._text(_STEP, f"… {rest:,} more characters", "dim")

    def _yaml_line(self, number: str, line: str) -> None:
        indent = len(number) + _GAP
        is_comment = line.lstrip().startswith("#")
        for index, piece in enumerate(
            fold(escape(line), self._room(indent)) or [""]
        ):
            mark = number if index == 0 else " " * len(number)
            key = _KEY.match(piece) if index == 0 else None
            parts: list[Part] = [(piece, "dim" if is_comment else "")]
            if key is not None and not is_comment:
                parts = [key[1], (key[2], "bold"), piece[key.end() :]]
            self._line(0, (mark, "dim"), " " * _GAP, *parts)

    def _indicators(self, indicators: Sequence[Mapping[str, Any]]) -> None:
        self._section("Indicators")
        if not indicators:
            self._text(_STEP, "none", "dim")
            return
        heads = ("FIELD", "KIND", "VALUE", "CORPUS")
        rows = [
            (_field(row), _kind(row), quoted(row["value"]), _corpus(row))
            for row in indicators
        ]
        width = self._room(_STEP)
        most = width // (4 if width >= _WIDTH_OF_TABLE else 5)
        field, kind, corpus = (
            min(max(cell_width(row[at]) for row in (heads, *rows)), most)
            for at in (0, 1, 3)
        )
        value = width - field - kind - corpus - 3 * _GAP
        widths = (field, kind, value, corpus)
        self._row([[head] for head in heads], widths, "bold")
        for row in rows:
            cells = [
                fold(text, room)
                for text, room in zip(row[:3], widths, strict=False)
            ]
            self._row([*cells, wrap(row[3], corpus)], widths, "")

    def _row(
        self, cells: list[list[str]], widths: Sequence[int], style: str
    ) -> None:
        for texts in zip_longest(*cells, fillvalue=""):
            parts: list[Part] = []
            for text, width in zip(texts, widths, strict=True):
                padding = " " * (width - cell_width(text) + _GAP)
                parts += [(text, style), padding]
            self._line(_STEP, *parts[:-1])

    def _logic(self, logic: Mapping[str, Any]) -> None:
        self._section("Rules with the same logic")
        has_any = False
        for name, heading in _LOGIC:
            if logic[name]:
                has_any = True
                self._text(_STEP, heading, "")
            for one in logic[name]:
                title = escape(one["title"]) or "untitled"
                source = escape(one["source"])
                of_source = f"{source} " if source else ""
                text = f"{title} ({of_source}{escape(one['key'])})"
                self._text(2 * _STEP, text, "")
        if not has_any:
            text = (
                "no other rule is known to be equal, to imply it, or to be"
                " implied by it"
            )
            self._text(_STEP, text, "dim")
        if logic["not_decided"]:
            others = plural(logic["not_decided"], "other rule")
            self._text(_STEP, f"not decided for {others}", "dim")

    def _section(self, name: str) -> None:
        self._screen.line()
        self._screen.line((name, "bold"))

    def _fact(self, label: str, texts: Sequence[str]) -> None:
        lines = [
            line
            for text in texts
            for line in wrap(cut(text), self._room(_LABEL))
        ]
        for index, line in enumerate(lines):
            name = label if index == 0 else ""
            self._line(0, (f"{name:<{_LABEL}}", "bold"), line)

    def _text(self, indent: int, text: str, style: str) -> None:
        for line in wrap(cut(text), self._room(indent)):
            self._line(indent, (line, style))

    def _room(self, indent: int) -> int:
        return max(self._screen.width - indent, _MIN_ROOM)

    def _line(self, indent: int, *parts: Part) -> None:
        self._screen.line(" " * indent, *parts)


def _field(row: Mapping[str, Any]) -> str:
    return "any value" if row["field"] is None else escape(row["field"])


def _kind(row: Mapping[str, Any]) -> str:
    kind = escape("|".join([row["kind"], *row["modifiers"]]))
    return f"not {kind}" if row["negated"] else kind


def _corpus(row: Mapping[str, Any]) -> str:
    """Returns how many rules look for it; nothing where only this one does."""
    if row["rules"] <= 1:
        return ""
    by_source = ", ".join(
        f"{escape(label)} {count:,}"
        for label, count in row["sources"].items()
        if label
    )
    return f"{row['rules']:,}" + (f" ({by_source})" if by_source else "")


def _demand(test: Mapping[str, Any]) -> str:
    values = " or ".join(escape(str(one)) for one in test["values"])
    return f"{escape(test['field'])} {test['test']} {values}".rstrip()


def _carried(field: Mapping[str, Any]) -> str:
    members = [one for one in field["members"] if one != field["field"]]
    name = _field(field)
    if not members:
        return name
    others = " or ".join(map(escape, field["members"]))
    return f"{name} (as {others})"


def _is_attack(tag: str) -> bool:
    return tag.lower().startswith("attack.")


def _one_line(text: str) -> str:
    return escape(" ".join(text.split()))


def _paragraphs(text: str) -> list[str]:
    return [escape(line) for line in text.strip().splitlines()]
