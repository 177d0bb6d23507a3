"""Runs tests/routing: which rules events are tested against, and as what."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from hypersigma import Engine, Matches
from hypersigma.scan_options import ScanOptions

FOLDER = Path(__file__).parents[1] / "routing" / "cases"
KEYS = {
    "id",
    "why",
    "logsource",
    "detection",
    "match",
    "no_match",
    "routing",
    "stated",
    "layout",
    "log_source_field",
    "layout_is",
    "time_is",
}
# At least so many cases of each kind, told by the beginning of the id.
LEAST = {
    "s4688": 10,
    "ps41": 10,
    "pc": 10,
    "defender": 3,
    "service-7045": 3,
    "taskscheduler": 3,
    "wmi": 3,
    "auditd": 3,
    "auth": 3,
    "cloudtrail": 3,
    "proxy": 3,
    "sysmon": 15,
    "layout": 10,
    "unclassified": 5,
    "own-word": 3,
    "stated": 3,
}


@dataclass(frozen=True)
class Case:
    """One rule, events that match it and events that do not.

    Attributes:
        id: Unique.
        why: What the case shows.
        rule: YAML of the rule, whose title is `T`.
        options: How the events are scanned.
        log_source_field: The member that states an event's log source.
        match: JSON texts of events for which the rule holds.
        no_match: Those for which it does not.
        layout_is: The layout that every event must be found to have.
        time_is: What every event must be found to say of its time.
        keys: All keys, as they stand in the file.
    """

    id: str
    why: str
    rule: str
    options: ScanOptions
    log_source_field: str
    match: tuple[str, ...]
    no_match: tuple[str, ...]
    layout_is: str
    time_is: str
    keys: frozenset[str] = field(default_factory=frozenset)


def read_case(entry: dict[str, Any]) -> Case:
    options = ScanOptions(routing=entry.get("routing", "auto"))
    if "stated" in entry:
        options["log_source"] = entry["stated"]
    if "layout" in entry:
        options["layout"] = entry["layout"]
    rule = yaml.safe_dump({"title": "T", "logsource": entry["logsource"]})
    detection = textwrap.indent(entry["detection"], "  ")
    return Case(
        id=entry["id"],
        why=entry["why"],
        rule=f"{rule}detection:\n{detection}",
        options=options,
        log_source_field=entry.get("log_source_field", ""),
        match=tuple(entry["match"]),
        no_match=tuple(entry["no_match"]),
        layout_is=entry.get("layout_is", ""),
        time_is=entry.get("time_is", ""),
        keys=frozenset(entry),
    )


CASES = [
    read_case(entry)
    for path in sorted(FOLDER.glob("*.yml"))
    for entry in yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
]


def scan(case: Case) -> list[tuple[str, bool, Matches]]:
    """Returns each event, whether it must match, and what was found."""
    engine = Engine.from_yaml(
        case.rule, strict=True, log_source_field=case.log_source_field
    )
    events = [(event, True) for event in case.match]
    events += [(event, False) for event in case.no_match]
    return [
        (event, expected, engine.scan(event, **case.options))
        for event, expected in events
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case) -> None:
    for event, expected, found in scan(case):
        assert bool(found) == expected, (
            f"{case.why}\n{event}\n{found.log_sources}"
        )
        assert found.layout == (case.layout_is or found.layout), event
        assert found.time == (case.time_is or found.time), event


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case_is_well_formed(case: Case) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", case.id)
    assert case.keys <= KEYS
    assert case.why
    assert case.no_match
    assert case.match or case.id == "stated-differs"


def test_ids_are_unique() -> None:
    counts = Counter(case.id for case in CASES)
    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("kind", LEAST)
def test_each_kind_has_cases(kind: str) -> None:
    found = [case for case in CASES if case.id.startswith(kind)]
    assert len(found) >= LEAST[kind]
