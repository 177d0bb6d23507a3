"""What the command line tells people of a scan, beside its matches.

All of it goes to standard error. Text from rules and events is escaped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from hypersigma.choices import LEVELS
from hypersigma.render import (
    LEVEL_STYLES,
    Part,
    Screen,
    clip,
    clip_left,
    escape,
    escape_lines,
    level_name,
)
from hypersigma.rule_set import Diagnostic, Document, LoadReport, Rule
from hypersigma.scan_result import FileProblem, ScanSummary

_LABEL = 12
_SHOWN_DOCUMENTS = 5
_SHOWN_PROBLEMS = 10
_SHOWN_RULES = 3
_SHOWN_NAMES = 5
_LEVELS = (*reversed(LEVELS), "other")

_Item = TypeVar("_Item")


def print_report(screen: Screen, report: LoadReport) -> None:
    """Prints a line for each of the first documents that are not whole.

    Args:
        screen: Where to print.
        report: Of the rules.
    """
    documents = [d for d in report.documents if d.status != "loaded"]
    for document in _first(screen, documents, _SHOWN_DOCUMENTS, "such rules"):
        status = document.status
        style = "error" if status == "refused" else "warning"
        worst = _worst(document)
        place = _place(worst) if worst else document.file
        words = f"{document.title}: {place}" if document.title else place
        screen.line((f"{status}: ", style), escape(words))


def _worst(document: Document) -> Diagnostic | None:
    order = ("error", "warning", "note")
    return min(
        document.diagnostics,
        key=lambda one: order.index(one.severity),
        default=None,
    )


def _place(diagnostic: Diagnostic) -> str:
    place = diagnostic.file
    if diagnostic.line:
        place += f":{diagnostic.line}:{diagnostic.column}"
    return f"{place}: {diagnostic.explanation}"


def print_strict_report(screen: Screen, report: LoadReport) -> None:
    """Prints the documents that strict loading does not take, and why.

    Args:
        screen: Where to print.
        report: Of the rules.
    """
    problems = report.problems
    for document in _first(screen, problems, _SHOWN_PROBLEMS, "documents"):
        name = document.title or document.file
        status = "strict" if document.status == "loaded" else document.status
        screen.line((f"{status}: ", "error"), escape(name))
        for diagnostic in document.diagnostics:
            for line in escape_lines(str(diagnostic)).split("\n"):
                screen.line("  ", line)


def print_problems(screen: Screen, summary: ScanSummary) -> None:
    """Prints the first malformed records and undecided rules.

    Args:
        screen: Where to print.
        summary: Of the scan.
    """
    records = summary.malformed_records[:_SHOWN_PROBLEMS]
    for record in records:
        screen.line(("malformed: ", "warning"), escape(str(record)))
    if summary.malformed > len(records):
        more = summary.malformed - len(records)
        screen.line(f"and {more:,} more malformed, see --rejects")
    undecided = summary.undecided_records[:_SHOWN_PROBLEMS]
    for pair in undecided:
        screen.line(("undecided: ", "warning"), escape(str(pair)))
    if summary.undecided > len(undecided):
        screen.line(
            f"and {summary.undecided - len(undecided):,} more undecided"
        )


def print_file_problems(
    screen: Screen, problems: Sequence[FileProblem]
) -> None:
    """Prints the files that could not be read to their end.

    Args:
        screen: Where to print.
        problems: Of a scan.
    """
    for problem in _first(screen, problems, _SHOWN_PROBLEMS, "such files"):
        screen.line(("error: ", "error"), escape(str(problem)))


class Summary:
    """Prints what was loaded, read and found, line by line."""

    def __init__(
        self,
        screen: Screen,
        report: LoadReport,
        rules: Sequence[Rule],
        summary: ScanSummary,
    ) -> None:
        """Makes a summary.

        Args:
            screen: Where to print.
            report: Of the rules.
            rules: The engine's rules.
            summary: Of the scan.
        """
        self._screen = screen
        self._report = report
        self._rules = rules
        self._summary = summary

    def print(
        self,
        paths: Sequence[str],
        *,
        skipped: int,
        problems: int,
        memory_bytes: int,
    ) -> None:
        """Prints it.

        Args:
            paths: What was scanned.
            skipped: Files of folders that were not.
            problems: Files and folders that could not be read to their end.
            memory_bytes: The most that the process took.
        """
        summary = self._summary
        self._print_rules()
        if len(paths) > 1 or skipped:
            self._line(
                "files",
                f"{len(paths):,} scanned"
                + (f", {skipped:,} of other kinds skipped" if skipped else "")
                + (f", {problems:,} with problems" if problems else ""),
            )
        self._line(
            "events",
            f"{summary.events:,} read, {summary.malformed:,} malformed,"
            f" {summary.repaired:,} repaired",
        )
        self._print_times()
        self._print_matches(paths)
        if summary.unclassified:
            self._line(
                "log source",
                f"not known of {_count(summary.unclassified, 'event')},"
                " see --routing",
            )
        if summary.undecided:
            self._line(
                "undecided", f"{summary.undecided:,} (a limit was reached)"
            )
        if summary.verification is not None:
            self._line("verified", str(summary.verification))
        self._print_cost(memory_bytes)

    def _line(self, name: str, *parts: Part) -> None:
        self._screen.line((f"{name:<{_LABEL}}", "bold"), *parts)

    def _print_rules(self) -> None:
        report = self._report
        text, advice = str(report), "see `hypersigma check`"
        if len(report.documents) == report.count("loaded"):
            self._line("rules", text)
        elif _LABEL + len(f"{text}: {advice}") <= self._screen.width:
            self._line("rules", f"{text}: {advice}")
        else:
            self._line("rules", text)
            self._screen.line(" " * _LABEL + advice)

    def _print_times(self) -> None:
        summary = self._summary
        if summary.outside_times:
            self._line(
                "times",
                f"{_count(summary.outside_times, 'event')} outside --from and"
                " --to left out",
            )
        if summary.undated:
            self._line(
                "times",
                f"{_count(summary.undated, 'event')} without a time that can be"
                " read kept",
            )

    def _print_matches(self, paths: Sequence[str]) -> None:
        summary = self._summary
        counts = self._counts_by_level()
        rules = sum(len(of_level) for of_level in counts.values())
        of_rules = f" of {_count(rules, 'rule')}" if rules else ""
        limited = ", then stopped by --limit" if summary.is_limited else ""
        self._line("matches", f"{summary.matches:,}{of_rules}{limited}")
        for level in _LEVELS:
            if counts[level]:
                self._print_level(level, counts[level])
        if len(paths) > 1:
            by_file: Counter[str] = Counter()
            for path, each in zip(paths, summary.files, strict=True):
                by_file[path] += each.matches
            self._print_counts("by file", by_file)
        computers = dict(summary.matches_by_computer)
        computers.pop("", None)
        if len(computers) > 1:
            self._print_counts("by computer", computers)

    def _counts_by_level(self) -> dict[str, Counter[Rule]]:
        counts: dict[str, Counter[Rule]] = {one: Counter() for one in _LEVELS}
        by_rule = self._summary.matches_by_rule
        for rule, count in zip(self._rules, by_rule, strict=True):
            if count:
                level = rule.level if rule.level in LEVELS else "other"
                counts[level][rule] += count
        return counts

    def _print_level(self, level: str, counts: Counter[Rule]) -> None:
        style = level if level in LEVEL_STYLES else ""
        name = level_name(level)
        padding = " " * (_LABEL - len(name) - 2)
        label: list[Part] = ["  ", (name, style), padding]
        ranked = counts.most_common()
        more = _count(len(ranked) - _SHOWN_RULES, "more rule")
        rows = [(escape(rule.title), count) for rule, count in ranked]
        self._print_rows(label, rows, _SHOWN_RULES, more)

    def _print_counts(self, name: str, counts: Mapping[str, int]) -> None:
        label: list[Part] = [(f"{name:<{_LABEL}}", "bold")]
        ranked = Counter(counts).most_common()
        rows = [(escape(key), count) for key, count in ranked if count]
        more = f"{len(rows) - _SHOWN_NAMES:,} more"
        self._print_rows(label, rows, _SHOWN_NAMES, more, is_path=True)

    def _print_rows(
        self,
        label: list[Part],
        rows: Sequence[tuple[str, int]],
        shown: int,
        more: str,
        is_path: bool = False,
    ) -> None:
        """Prints the first rows with counts, and what others add up to."""
        rest = sum(count for _, count in rows[shown:])
        width = len(f"{max(rest, rows[0][1] if rows else 0):,}")
        room = self._screen.width - _LABEL - width - 2
        for text, count in rows[:shown]:
            cut = clip_left(text, room) if is_path else clip(text, room)
            self._screen.line(*label, f"{count:>{width},}  {cut}")
            label = [" " * _LABEL]
        if rest:
            self._screen.line(*label, f"{rest:>{width},}  in {more}")

    def _print_cost(self, memory_bytes: int) -> None:
        summary = self._summary
        seconds = max(summary.elapsed, 1e-9)
        self._line(
            "speed",
            f"{summary.elapsed:.2f} s, {summary.events / seconds:,.0f}"
            f" events/s, {summary.bytes / seconds / 1e6:,.1f} MB/s",
        )
        self._line("memory", f"{memory_bytes / 1e6:,.0f} MB at most")


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _first(
    screen: Screen, items: Sequence[_Item], shown: int, noun: str
) -> Iterable[_Item]:
    yield from items[:shown]
    if len(items) > shown:
        screen.line(f"and {len(items) - shown:,} more {noun}")
