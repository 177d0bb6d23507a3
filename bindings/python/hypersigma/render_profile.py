"""What the command line shows of a profile: what rules cost.

Text from rules is escaped, as in `render`.
"""

from __future__ import annotations

from hypersigma.profile import ProfiledEvents, RuleCost
from hypersigma.render import Screen, clip, escape

_SHOWN = 10
_COLUMN = 9


class ProfilePrinter:
    """Prints how often rules were evaluated."""

    def __init__(self, screen: Screen, is_whole: bool) -> None:
        """Prints to a screen.

        Args:
            screen: Where to print.
            is_whole: Whether the list of rules is not cut.
        """
        self._screen = screen
        self._is_whole = is_whole

    def print(
        self, path: str, before: ProfiledEvents, after: ProfiledEvents | None
    ) -> None:
        """Prints all of it.

        Args:
            path: Where the profile is.
            before: The sample without a profile.
            after: The same with it, if it was read again.
        """
        profile = before.profile
        self._screen.line(
            escape(path),
            f": {_count(profile.events, 'event')},"
            f" {_count(profile.predicates, 'predicate')}",
        )
        text = f"rules evaluated for an event: {before.candidates:,.2f}"
        if after is not None:
            text += f", with the profile {after.candidates:,.2f}"
        self._screen.line(text)
        self._print_rules(before, after)

    def _print_rules(
        self, before: ProfiledEvents, after: ProfiledEvents | None
    ) -> None:
        """Prints the rules that are evaluated in vain most often first."""
        rows = [
            (one, other)
            for one, other in zip(
                before.rules, (after or before).rules, strict=True
            )
            if one.evaluated or other.evaluated
        ]
        rows.sort(key=lambda row: (-_in_vain(row[1]), -row[0].evaluated))
        if not rows:
            return
        heads = ["EVALUATED", "PROFILED", "MATCHED"]
        self._screen.line()
        self._row(_chosen(heads, after), "RULE", "bold")
        shown = rows if self._is_whole else rows[:_SHOWN]
        for one, other in shown:
            cells = [
                f"{count:,}"
                for count in (one.evaluated, other.evaluated, one.matched)
            ]
            self._row(_chosen(cells, after), escape(one.rule.title))
        if len(rows) > len(shown):
            rest = len(rows) - len(shown)
            self._screen.line(f"and {_count(rest, 'more rule')}, see --all")

    def _row(self, cells: list[str], name: str, style: str = "") -> None:
        text = "  ".join(cell.rjust(_COLUMN) for cell in cells) + "  "
        room = self._screen.width - len(text)
        self._screen.line((text + clip(name, room), style))


def _chosen(cells: list[str], after: ProfiledEvents | None) -> list[str]:
    return cells if after is not None else [cells[0], cells[2]]


def _in_vain(cost: RuleCost) -> int:
    return cost.evaluated - cost.matched


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
