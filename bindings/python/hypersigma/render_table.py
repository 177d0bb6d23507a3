"""The table of matches, in fixed columns, as they come.

Below some 120 columns time, computer and what hit stand under the event.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from hypersigma.outputs import describe
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

_GAP = 2
_LEVEL_WIDTH = 8
_TIME_WIDTH = 19
_COMPUTER_WIDTH = 16
_WIDE = 120
_SHOWN_INDICATORS = 3
# Fractions of a second are left out where the time is UTC anyway.
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)([.,]\d+)?( ?UTC|Z)?")


@dataclass
class _Cell:
    """What stands in one column of a match, line by line."""

    lines: list[str]
    style: str = ""  # of the first line; the others are dim


class TableOutput:
    """Prints each match; an `Output`. Nothing is kept but lines of rules."""

    def __init__(self, screen: Screen) -> None:
        """Makes a table.

        Args:
            screen: Where to print.
        """
        self._screen = screen
        self._is_wide = screen.width >= _WIDE
        self._widths = self._choose_widths()
        self._rules: dict[tuple[str, str], list[str]] = {}
        self._has_rows = False

    def write(self, lines: bytes) -> None:
        """Prints the matches of a block."""
        for line in lines.decode().split("\n")[:-1]:
            self._add(json.loads(line))
        self._screen.stream.flush()

    def close(self) -> None:
        """Does nothing."""

    def _choose_widths(self) -> list[int]:
        if not self._is_wide:
            room = self._screen.width - _LEVEL_WIDTH - 2 * _GAP
            return [_LEVEL_WIDTH, room // 2, room - room // 2]
        fixed = [_LEVEL_WIDTH, _TIME_WIDTH, _COMPUTER_WIDTH]
        room = self._screen.width - sum(fixed) - 5 * _GAP
        rule, event = room * 35 // 100, room * 25 // 100
        return [*fixed, rule, event, room - rule - event]

    def _add(self, match: dict[str, Any]) -> None:
        if not self._has_rows:
            self._has_rows = True
            heads = ["LEVEL", "RULE", "EVENT"]
            if self._is_wide:
                heads = ["LEVEL", "TIME", "COMPUTER", "RULE", "EVENT", "WHAT"]
            self._print([_Cell([head], "bold") for head in heads])
        level = match["rule"]["level"]
        style = level if level in LEVEL_STYLES else ""
        rule = _Cell(self._rule_lines(match["rule"]))
        event = match["event"]
        what = list(self._indicators(match["indicators"]))
        cells = [_Cell([level_name(level)], style)]
        if self._is_wide:
            cells += [
                _Cell([clip(show_time(event["time"]), _TIME_WIDTH)]),
                _Cell([clip(escape(event["computer"]), _COMPUTER_WIDTH)]),
                rule,
                _Cell([self._place(event)]),
                _Cell(what),
            ]
        else:
            origin = f"{show_time(event['time'])}  {escape(event['computer'])}"
            lines = [clip(origin.strip(), self._widths[-1]), *what]
            cells += [
                rule,
                _Cell([self._place(event), *filter(None, lines)]),
            ]
        self._print(cells)

    def _print(self, cells: list[_Cell]) -> None:
        rows = zip_longest(*(cell.lines for cell in cells), fillvalue="")
        for index, texts in enumerate(rows):
            styles = [cell.style if index == 0 else "dim" for cell in cells]
            self._screen.line(*self._row(texts, styles))

    def _row(self, texts: Iterable[str], styles: list[str]) -> list[Part]:
        parts: list[Part] = []
        for text, style, width in zip(texts, styles, self._widths, strict=True):
            padding = " " * (width - cell_width(text) + _GAP)
            parts += [(text, style), padding]
        return parts[:-1]

    def _rule_lines(self, rule: dict[str, Any]) -> list[str]:
        key = (rule["title"], rule["author"])
        lines = self._rules.get(key)
        if lines is None:
            width = self._widths[3 if self._is_wide else 1]
            lines = wrap(escape(rule["title"]), width)
            if rule["author"]:
                lines += wrap(f"by {escape(rule['author'])}", width)
            self._rules[key] = lines
        return lines

    def _place(self, event: dict[str, Any]) -> str:
        width = self._widths[4 if self._is_wide else 2]
        place = f"#{event['index']}"
        name = clip_left(escape(event["file"]), width - len(place) - 1)
        return f"{name} {place}"

    def _indicators(self, indicators: list[dict[str, str]]) -> Iterable[str]:
        for indicator in indicators[:_SHOWN_INDICATORS]:
            yield clip(escape(describe(indicator)), self._widths[-1])
        more = len(indicators) - _SHOWN_INDICATORS
        if more > 0:
            yield f"and {more} more"


def show_time(time: str) -> str:
    """Returns an event's time for people.

    Args:
        time: As the event writes it.

    Example:
        >>> show_time("2024-05-01T12:30:00.123456Z")
        '2024-05-01 12:30:00'
        >>> show_time("2024-05-01T12:30:00+02:00")
        '2024-05-01T12:30:00+02:00'
    """
    match = _TIME.fullmatch(time)
    return f"{match[1]} {match[2]}" if match else escape(time)
