"""What the command line shows to people: the table, reports and summaries.

Text from rules and events is escaped: it can neither move the cursor nor be
taken for markup. Colours appear on terminals only, by rich, which is imported
only then.
"""

from __future__ import annotations

import shutil
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, TextIO, TypeVar

from hypersigma.rule_set import Document, LoadReport, Rule
from hypersigma.scan_result import Match, ScanSummary

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 80
_LEVEL_WIDTH = 8
_GAP = 2
_SHOWN_PROBLEMS = 10
_SHOWN_INDICATORS = 3

_LEVELS = ("critical", "high", "medium", "low", "informational")
_STYLES = {
    "critical": "bold white on red",
    "high": "bold red",
    "medium": "yellow",
    "low": "cyan",
    "informational": "dim",
}

# A text, or a text with a rich style.
Part = str | tuple[str, str]


def escape(text: str) -> str:
    r"""Replaces what a terminal might obey or hide.

    Args:
        text: Anything.

    Returns:
        The text with control, format and other unprintable characters as
        escapes.

    Example:
        >>> print(escape("red\x1b[31m\u202e"))
        red\x1b[31m\u202e
    """
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable()
        else character.encode("unicode_escape", "surrogatepass").decode()
        for character in text
    )


def escape_lines(text: str) -> str:
    r"""Escapes each line of a text of ours that quotes others, such as carets.

    Args:
        text: Lines separated by newlines.

    Returns:
        The same lines, each escaped.

    Example:
        >>> print(escape_lines("a: bad\n  ^"))
        a: bad
          ^
    """
    return "\n".join(escape(line) for line in text.split("\n"))


class Screen:
    """A stream for people; coloured on a terminal unless NO_COLOR is set."""

    def __init__(self, stream: TextIO) -> None:
        """Wraps a stream.

        Args:
            stream: Where to print.
        """
        self._stream = stream
        self._console: Console | None = None
        self.width = WIDTH
        if stream.isatty():
            from rich.console import Console

            self.width = max(WIDTH, shutil.get_terminal_size().columns)
            self._console = Console(file=stream, width=self.width)

    def line(self, *parts: Part) -> None:
        """Prints one line.

        Args:
            *parts: Escaped texts, each bare or with a rich style.
        """
        if self._console is None:
            texts = (
                part if isinstance(part, str) else part[0] for part in parts
            )
            print("".join(texts).rstrip(), file=self._stream)
            return
        from rich.text import Text

        self._console.print(Text.assemble(*parts), soft_wrap=True)


class MatchTable:
    """A table that prints each match as it comes, in fixed columns.

    The left column has the rule's title and author, the right one the event and
    what hit. Nothing is kept but one entry a rule.
    """

    def __init__(self, screen: Screen) -> None:
        """Makes a table.

        Args:
            screen: Where to print.
        """
        self._screen = screen
        room = screen.width - _LEVEL_WIDTH - 2 * _GAP
        self._left_width = room // 2
        self._right_width = room - self._left_width
        self._rules: dict[Rule, list[str]] = {}
        self._has_rows = False

    def add(self, match: Match) -> None:
        """Prints a match.

        Args:
            match: A match of a file.
        """
        if not self._has_rows:
            self._row(("LEVEL", "bold"), ("RULE", "bold"), ("EVENT", "bold"))
            self._has_rows = True
        level = match.rule.level
        shown = "info" if level == "informational" else escape(level)
        cells = zip_longest(
            [clip(shown, _LEVEL_WIDTH)],
            self._rule_lines(match.rule),
            self._event_lines(match),
            fillvalue="",
        )
        for index, (left, middle, right) in enumerate(cells):
            style = "" if index == 0 else "dim"
            self._row(
                (left, _STYLES.get(level, "")), (middle, style), (right, style)
            )

    def _row(self, *cells: tuple[str, str]) -> None:
        widths = (_LEVEL_WIDTH, self._left_width, self._right_width)
        parts: list[Part] = []
        for (text, style), width in zip(cells, widths, strict=True):
            padding = " " * (width - cell_width(text) + _GAP)
            parts += [(text, style), padding]
        self._screen.line(*parts[:-1])

    def _rule_lines(self, rule: Rule) -> list[str]:
        lines = self._rules.get(rule)
        if lines is None:
            lines = wrap(escape(rule.title), self._left_width)
            if rule.author:
                lines += wrap(f"by {escape(rule.author)}", self._left_width)
            self._rules[rule] = lines
        return lines

    def _event_lines(self, match: Match) -> Iterator[str]:
        if match.event is not None:
            place = f"#{match.event.index}"
            name = clip_left(
                escape(match.event.file), self._right_width - len(place) - 1
            )
            yield f"{name} {place}"
        for indicator in match.indicators[:_SHOWN_INDICATORS]:
            words = (indicator.field, indicator.kind, indicator.value)
            text = " ".join(escape(word) for word in words if word)
            yield clip(text, self._right_width)
        more = len(match.indicators) - _SHOWN_INDICATORS
        if more > 0:
            yield f"and {more} more"


def cell_width(text: str) -> int:
    """Returns the columns that a printable text takes on a terminal.

    Args:
        text: An escaped text.

    Returns:
        The number of columns; two for a wide character.

    Example:
        >>> cell_width("a\N{CJK UNIFIED IDEOGRAPH-65E5}")
        3
    """
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def clip(text: str, width: int) -> str:
    """Cuts a text at its end.

    Args:
        text: An escaped text.
        width: Columns.

    Returns:
        The text, ending in an ellipsis where it was cut.

    Example:
        >>> clip("abcdef", 4)
        'abc…'
    """
    if cell_width(text) <= width:
        return text
    used = 0
    for position, character in enumerate(text):
        used += cell_width(character)
        if used > width - 1:
            return text[:position] + "…"
    return text


def clip_left(text: str, width: int) -> str:
    """Cuts a text at its beginning; see `clip`.

    Args:
        text: An escaped text.
        width: Columns.

    Returns:
        The text, beginning with an ellipsis where it was cut.

    Example:
        >>> clip_left("abcdef", 4)
        '…def'
    """
    return clip(text[::-1], width)[::-1]


def wrap(text: str, width: int) -> list[str]:
    """Breaks a text into lines.

    Args:
        text: An escaped text.
        width: Columns.

    Returns:
        Lines, none of them wider.

    Example:
        >>> wrap("one two three", 8)
        ['one two', 'three']
    """
    if text.isascii():
        return textwrap.wrap(text, width, break_on_hyphens=False)
    from rich.cells import chop_cells

    return [line.strip() for line in chop_cells(text, width)]


def print_report(screen: Screen, report: LoadReport) -> None:
    """Prints the documents that are not evaluated in full, and why.

    Args:
        screen: Where to print.
        report: Of the rules.
    """
    documents = [d for d in report.documents if d.status != "loaded"]
    for document in _first(screen, documents, "documents"):
        _print_document(screen, document)


def print_strict_report(screen: Screen, report: LoadReport) -> None:
    """Prints the documents that strict loading does not take, and why.

    Args:
        screen: Where to print.
        report: Of the rules.
    """
    for document in _first(screen, report.problems, "documents"):
        _print_document(screen, document)


def print_problems(screen: Screen, summary: ScanSummary) -> None:
    """Prints the first malformed records and undecided rules.

    Args:
        screen: Where to print.
        summary: Of the scan.
    """
    records = summary.malformed_records[:_SHOWN_PROBLEMS]
    for record in records:
        screen.line(("malformed: ", "yellow"), escape(str(record)))
    if summary.malformed > len(records):
        screen.line(f"and {summary.malformed - len(records):,} more malformed")
    undecided = summary.undecided_records[:_SHOWN_PROBLEMS]
    for pair in undecided:
        screen.line(("undecided: ", "yellow"), escape(str(pair)))
    if summary.undecided > len(undecided):
        screen.line(
            f"and {summary.undecided - len(undecided):,} more undecided"
        )


def print_summary(
    screen: Screen,
    report: LoadReport,
    rules: Sequence[Rule],
    summary: ScanSummary,
) -> None:
    """Prints what was loaded, read and found.

    Args:
        screen: Where to print.
        report: Of the rules.
        rules: The engine's rules.
        summary: Of the scan.
    """
    lines = {
        "rules": str(report),
        "events": f"{summary.events:,} read, {summary.malformed:,} malformed, "
        f"{summary.repaired:,} repaired",
        "matches": _matches_by_level(rules, summary),
    }
    if summary.unclassified:
        lines["log source"] = (
            f"not known of {summary.unclassified:,} events, see --routing"
        )
    if summary.undecided:
        lines["undecided"] = f"{summary.undecided:,} (a limit was reached)"
    if summary.verification is not None:
        lines["verified"] = str(summary.verification)
    seconds = max(summary.elapsed, 1e-9)
    lines["speed"] = (
        f"{summary.elapsed:.2f} s, {summary.events / seconds:,.0f} events/s, "
        f"{summary.bytes / seconds / 1e6:,.1f} MB/s"
    )
    for name, text in lines.items():
        screen.line((f"{name:<11}", "bold"), text)


def _matches_by_level(rules: Sequence[Rule], summary: ScanSummary) -> str:
    counts: Counter[str] = Counter()
    for rule, count in zip(rules, summary.matches_by_rule, strict=False):
        if count:
            level = rule.level if rule.level in _LEVELS else "other"
            counts[level] += count
    if not counts:
        return f"{summary.matches:,}"
    by_level = ", ".join(
        f"{counts[level]:,} {level}"
        for level in (*_LEVELS, "other")
        if counts[level]
    )
    return f"{summary.matches:,}: {by_level}"


def _print_document(screen: Screen, document: Document) -> None:
    name = document.title or document.file
    status = "strict" if document.status == "loaded" else document.status
    screen.line((f"{status}: ", "bold red"), escape(name))
    for diagnostic in document.diagnostics:
        for line in escape_lines(str(diagnostic)).split("\n"):
            screen.line("  ", line)


_Item = TypeVar("_Item")


def _first(
    screen: Screen, items: Sequence[_Item], noun: str
) -> Iterable[_Item]:
    yield from items[:_SHOWN_PROBLEMS]
    if len(items) > _SHOWN_PROBLEMS:
        screen.line(f"and {len(items) - _SHOWN_PROBLEMS:,} more {noun}")
