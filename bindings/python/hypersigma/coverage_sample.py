"""Which rules can fire where a sample of events is from, and why not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Unpack, get_args

from hypersigma import _hypersigma
from hypersigma.arguments import Path
from hypersigma.catalog import Catalog
from hypersigma.coverage import rule_dict
from hypersigma.engine import Engine
from hypersigma.field_needs import LogSourceNeeds, make_needs
from hypersigma.file_options import FileScanOptions, make_file_scan
from hypersigma.rule_set import Rule
from hypersigma.scan_result import ScanSummary, make_summary

State = Literal["fires", "can fire", "blind"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True)
class RuleCoverage:
    """What a sample says of a rule.

    Attributes:
        rule: The rule.
        state: `fires`: it matches in the sample. `can fire`: it was tested on
            events, among which all fields occur that it needs. `blind`: it was
            not, or a field that it needs never occurs.
        matches: Events that it matches.
        reason: Why it is in that state, for people.
    """

    rule: Rule
    state: State
    matches: int
    reason: str


@dataclass(frozen=True, slots=True)
class Sample:
    """What a sample says of all rules.

    Attributes:
        rules: By position.
        summary: What was read.
    """

    rules: tuple[RuleCoverage, ...]
    summary: ScanSummary

    def count(self) -> Counter[State]:
        """Returns how many rules are in each state."""
        return Counter(each.state for each in self.rules)

    def to_dict(self) -> dict[str, Any]:
        """Returns plain data for JSON."""
        counts = self.count()
        return {
            "events": self.summary.events,
            "malformed": self.summary.malformed,
            "unclassified": self.summary.unclassified,
            "states": {state: counts[state] for state in STATES},
            "rules": [
                {
                    **rule_dict(each.rule),
                    "state": each.state,
                    "matches": each.matches,
                    "reason": each.reason,
                }
                for each in self.rules
            ],
        }


def sample_coverage(
    engine: Engine,
    catalog: Catalog,
    paths: Sequence[Path],
    *,
    threads: int = 1,
    **options: Unpack[FileScanOptions],
) -> Sample:
    """Reads events once, and tells of each rule whether it can fire there.

    Args:
        engine: The compiled rules.
        catalog: Of the same rules.
        paths: Files as in `Engine.scan_file`.
        threads: How many threads parse and match, 1 to 256.
        **options: See `FileScanOptions`; not `strict` routing.

    Returns:
        The states of all rules.

    Raises:
        OSError: A file cannot be read.
        ValueError: Routing is strict, or the catalogue is of other rules.

    Example:
        >>> from hypersigma import RuleSet
        >>> rules = RuleSet.from_paths([])
        >>> sample_coverage(Engine(rules), Catalog.build(rules), []).rules
        ()
    """
    if options.get("routing") == "strict":
        raise ValueError("routing is 'strict', not 'auto' or 'off'")
    if len(catalog) != len(engine.rules):
        raise ValueError("the catalogue is of other rules than the engine")
    scan = make_file_scan(paths, options, threads=threads)
    found, read = _hypersigma.count_fields(engine._core, scan)
    summary = make_summary(read, engine.rules)
    states: dict[int, RuleCoverage] = {}
    for row, needs in zip(found, make_needs(found, engine.rules), strict=True):
        silent = frozenset(row["silent"])
        seen = {each.field for each in needs.fields if each.events}
        for at in row["rules"]:
            matches = summary.matches_by_rule[at]
            state: State = "fires"
            reason = _count(matches, "match", "matches")
            if not matches:
                state, reason = _judge(
                    json.loads(catalog.page(at)),
                    needs,
                    seen,
                    at in silent,
                    summary.unclassified,
                )
            states[at] = RuleCoverage(engine.rules[at], state, matches, reason)
    return Sample(tuple(states[at] for at in range(len(states))), summary)


def _judge(
    page: dict[str, Any],
    needs: LogSourceNeeds,
    seen: set[str],
    is_silent: bool,
    unclassified: int,
) -> tuple[State, str]:
    source = needs.log_source or "any log source"
    if page["refusal"]:
        return "blind", f"never evaluated: {page['refusal']}"
    if not is_silent and needs.events:
        tested = _count(needs.events, "event", "events")
        return "can fire", f"{tested} of {source}, with the fields it needs"
    if not is_silent:
        return "can fire", (
            f"no event of {source}, but the fields it needs are in"
            f" {_count(unclassified, 'event', 'events')} of unknown log source"
        )
    if not needs.events:
        return "blind", _never_seen(page, source, unclassified)
    absent = [row for row in page["fields"] if row["field"] not in seen]
    absent = [row for row in absent if row["field"] is not None]
    needed = [row["field"] for row in absent if row["needed"]]
    if needed:
        return "blind", f"no event of {source} has {', '.join(needed)}"
    names = ", ".join(row["field"] for row in absent)
    return "blind", (
        f"each way to match needs one of {names}, which no event of {source}"
        " has"
    )


def _never_seen(page: dict[str, Any], source: str, unclassified: int) -> str:
    reason = f"no event of {source}"
    if unclassified:
        reason += ", and none of unknown log source with the fields it needs"
    if page["events"]["reason"]:
        reason += f" ({page['events']['reason']})"
    return reason


def _count(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"
