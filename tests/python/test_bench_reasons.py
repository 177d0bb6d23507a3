"""bench/compare: why programs match differently often."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from comparison.lanes import Lane, lane_as_json
from comparison.programs import Program
from comparison.reasons import (
    ANCHORED,
    NAMES,
    NEWLINE,
    TWO_SOURCES,
    UNKNOWN,
    Evidence,
    add_reasons,
    explain,
    read_evidence,
)
from comparison.rounds import Run, Timing

RULE, OTHER = (f"00000000-0000-4000-8000-00000000000{one}" for one in "12")
NOTHING = Evidence(set(), set(), [])


def reasons(
    own: int, peer: int, rule: str, evidence: Evidence = NOTHING
) -> dict[str, tuple[int, int]]:
    """Returns the reasons that apply, with the matches of one alone."""
    text: dict[str, Any] = yaml.safe_load(rule)
    return {
        reason: (only_own, only_peer)
        for reason, only_own, only_peer in explain(
            RULE, own, peer, text, evidence
        )
        if only_own or only_peer
    }


@pytest.mark.parametrize(
    ("detection", "reason"),
    [
        (r"s: {Image|endswith: ['\a.exe', '\b-*\c.exe']}", ANCHORED),
        (r"s: [{Image|startswith: 'C:?a'}]", ANCHORED),
        (r"s: {Image|endswith: '\a\*.exe'}", UNKNOWN),
        (r"s: {CommandLine: '*a*b*'}", NEWLINE),
        (r"s: {CommandLine|re: 'a*b'}", UNKNOWN),
        (r"s: {CommandLine|contains: 'a'}", UNKNOWN),
    ],
)
def test_likely_reason_is_told_from_the_values(
    detection: str, reason: str
) -> None:
    assert reasons(3, 1, f"detection: {{{detection}}}") == {reason: (2, 0)}


def test_line_ends_explain_only_what_the_peer_misses() -> None:
    found = reasons(1, 3, "detection: {s: {CommandLine: '*a*b*'}}")
    assert found == {UNKNOWN: (0, 2)}


def test_other_names_and_log_sources_are_told_by_event() -> None:
    evidence = Evidence(
        found={(RULE, 0), (RULE, 1), (RULE, 2), (OTHER, 3)},
        plain={(RULE, 1), (RULE, 2), (RULE, 3)},
        stated=[{}, {"category": "registry_set"}, {"category": "A"}, {}],
    )
    rule = "logsource: {category: a}"
    expected = {NAMES: (1, 0), TWO_SOURCES: (1, 0)}
    assert reasons(3, 1, rule, evidence) == expected
    assert reasons(3, 0, rule, evidence) == {**expected, UNKNOWN: (1, 0)}
    assert reasons(3, 2, rule, evidence) == {**expected, UNKNOWN: (0, 1)}


def test_evidence_is_read_from_outputs_and_events(tmp_path: Path) -> None:
    match = {"rule": {"id": RULE, "title": ""}, "event": {"index": 1}}
    output = tmp_path / "output"
    output.write_text(json.dumps(match) + "\n")
    events = tmp_path / "events"
    events.write_text('no JSON\n\n{"logsource_product": "windows", "a": 1}\n')
    (tmp_path / "plain").write_text("")
    assert read_evidence(output, tmp_path / "plain", events) == Evidence(
        {(RULE, 1)}, set(), [{}, {"product": "windows"}]
    )
    assert read_evidence(output, None, events) == Evidence({(RULE, 1)})


def test_reasons_count_rules_and_matches(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(
        f"id: {RULE}\ndetection: {{s: {{Image|endswith: 'a*b'}}}}\n"
    )
    timing = Timing([Run(2, 2, 1)], [Run(1, 1, 1)])
    lane = Lane(
        "not routed",
        [Program("hypersigma", ("x",)), Program("other", ("y",))],
        {"hypersigma": timing, "other": timing},
        {
            "hypersigma": Counter({RULE: 5}),
            "other": Counter({RULE: 3, OTHER: 4}),
        },
    )
    found = lane_as_json(lane, 10)
    add_reasons(found, lane, tmp_path, Evidence())
    (difference,) = found["differences"]
    assert difference["reasons"] == [
        {
            "reason": UNKNOWN,
            "rules": 1,
            "hypersigma": 0,
            "other": 4,
            "listed": [OTHER],
        },
        {
            "reason": ANCHORED,
            "rules": 1,
            "hypersigma": 2,
            "other": 0,
            "listed": [RULE],
        },
    ]
