"""What the command line shows of coverage: a table, and lists.

Text from rules is escaped, as in `render`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hypersigma.choices import SHOWN_NEEDS
from hypersigma.coverage import Comparison, Coverage
from hypersigma.coverage_sample import STATES, Sample
from hypersigma.render import Screen, cell_width, clip, escape
from hypersigma.rule_set import Rule

_NAME_WIDTH = 24
_STYLES = {"fires": "good", "can fire": "", "blind": "warning"}


class CoveragePrinter:
    """Prints what rules cover."""

    def __init__(self, screen: Screen, is_whole: bool) -> None:
        """Prints to a screen.

        Args:
            screen: Where to print.
            is_whole: Whether lists are not cut.
        """
        self._screen = screen
        self._is_whole = is_whole

    def print(
        self,
        coverage: Coverage,
        comparison: Comparison | None,
        sample: Sample | None,
    ) -> None:
        """Prints all of it."""
        self._print_table(coverage, comparison, sample)
        if comparison:
            self._print_comparison(comparison)
        if sample:
            self._print_sample(sample)

    def _print_table(
        self,
        coverage: Coverage,
        comparison: Comparison | None,
        sample: Sample | None,
    ) -> None:
        heads = ["TECHNIQUES", "RULES"]
        if comparison:
            heads = ["TECHNIQUES", "OTHER", "RULES", "OTHER"]
        if sample:
            heads += [state.upper() for state in STATES]
        self._row("TACTIC", heads, heads, "bold")
        others = {
            each.tactic: each
            for each in (comparison.other.tactics if comparison else ())
        }
        here = {each.tactic: each for each in coverage.tactics}
        for tactic, named in _in_matrix_order(coverage, comparison).items():
            mine, theirs = here.get(tactic), others.get(tactic)
            cells = _cells(
                (
                    len(mine.techniques) if mine else 0,
                    len(mine.rules) if mine else 0,
                ),
                (
                    len(theirs.techniques) if theirs else 0,
                    len(theirs.rules) if theirs else 0,
                )
                if comparison
                else None,
            )
            if sample:
                cells += _states(sample, mine.rules if mine else ())
            self._row(escape(named), cells, heads)
        cells = _cells(
            _totals(coverage),
            _totals(comparison.other) if comparison else None,
        )
        if sample:
            cells += _states(sample, range(len(coverage.rules)))
        self._row("all, each once", cells, heads, "bold")

    def _row(
        self, name: str, cells: list[str], heads: list[str], style: str = ""
    ) -> None:
        pairs = list(zip(cells, heads, strict=True))
        columns = [cell.rjust(max(len(head), 6)) for cell, head in pairs]
        row = "".join(f"  {column}" for column in columns)
        width = self._screen.width
        if self._screen.is_terminal and _NAME_WIDTH + len(row) > width:
            # On a narrow screen the counts have a line of their own.
            self._screen.line((clip(name, width), style))
            columns = [cell.rjust(len(head)) for cell, head in pairs]
            self._screen.line((f"  {' '.join(columns)}", style))
            return
        name = clip(name, _NAME_WIDTH)
        name += " " * (_NAME_WIDTH - cell_width(name))
        self._screen.line((f"{name}{row}", style))

    def _print_comparison(self, comparison: Comparison) -> None:
        for where, techniques, rules in (
            ("only here", comparison.techniques, comparison.rules),
            (
                "only in the other",
                comparison.other_techniques,
                comparison.other_rules,
            ),
        ):
            for kind, lines in (
                ("technique", [escape(each) for each in techniques]),
                ("rule", [_name(rule) for rule in rules]),
            ):
                self._list(where, lines, kind)

    def _print_sample(self, sample: Sample) -> None:
        summary = sample.summary
        for state in STATES:
            lines = [
                escape(f"{each.rule.title}: {each.reason}")
                for each in sample.rules
                if each.state == state
            ]
            self._list(state, lines, "rule", _STYLES[state])
        self._screen.line()
        self._screen.line(
            f"{_count(summary.events, 'event')},"
            f" {summary.malformed:,} malformed,"
            f" {summary.unclassified:,} of unknown log source"
        )

    def _list(
        self, head: str, lines: list[str], kind: str, style: str = "bold"
    ) -> None:
        self._screen.line()
        self._screen.line((f"{head}: {_count(len(lines), kind)}", style))
        shown = lines if self._is_whole else lines[:SHOWN_NEEDS]
        for line in shown:
            self._screen.line("  ", line)
        if len(lines) > len(shown):
            more = _count(len(lines) - len(shown), f"more {kind}")
            self._screen.line(f"  and {more}, see --all")


def _in_matrix_order(
    coverage: Coverage, comparison: Comparison | None
) -> dict[str, str]:
    """Returns the names of the tactics of both; what has none comes last."""
    sets = [coverage.tactics]
    if comparison:
        sets.append(comparison.other.tactics)
    longest = max(sets, key=len)
    tactics = {each.tactic: each.name for each in longest}
    for each in (one for tactics_of in sets for one in tactics_of):
        tactics.setdefault(each.tactic, each.name)
    if "" in tactics:
        tactics[""] = tactics.pop("")
    return tactics


def _cells(mine: tuple[int, int], theirs: tuple[int, int] | None) -> list[str]:
    if theirs is None:
        return [f"{count:,}" for count in mine]
    pairs = zip(mine, theirs, strict=True)
    return [f"{count:,}" for pair in pairs for count in pair]


def _states(sample: Sample, positions: Iterable[int]) -> list[str]:
    counts = Counter(sample.rules[at].state for at in positions)
    return [f"{counts[state]:,}" for state in STATES]


def _totals(coverage: Coverage) -> tuple[int, int]:
    return len(coverage.techniques), len(coverage.rules)


def _name(rule: Rule) -> str:
    return escape(f"{rule.title}  {rule.file}:{rule.line}")


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
