"""bench/compare: why programs match differently often, told from the rules."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from comparison.lanes import Lane, lane_as_json
from comparison.programs import Program
from comparison.reasons import REASONS, UNKNOWN, Case, add_reasons, reason_of
from comparison.rounds import Run, Timing

ANCHORED, NEWLINE = list(REASONS)[:2]
IDS = [f"00000000-0000-4000-8000-00000000000{digit}" for digit in range(3)]


def case(detection: str, own: int = 2, peer: int = 1) -> Case:
    rule = {"detection": yaml.safe_load(detection)}
    return Case("routed", rule, own, peer)


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
def test_reason_is_told_from_the_rule(detection: str, reason: str) -> None:
    assert reason_of(case(detection)) == reason


def test_wildcards_explain_only_what_the_peer_misses() -> None:
    assert reason_of(case("s: {CommandLine: '*a*b*'}", 1, 2)) == UNKNOWN


def test_reasons_count_rules_and_matches(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(
        f"id: {IDS[0]}\ndetection: {{s: {{Image|endswith: 'a*b'}}}}\n"
    )
    (tmp_path / "b.yml").write_text(
        f"id: {IDS[1]}\ndetection: {{s: {{Image|endswith: 'a'}}}}\n"
    )
    timing = Timing([Run(2, 2, 1)], [Run(1, 1, 1)])
    lane = Lane(
        "routed",
        [Program("hypersigma", ("x",)), Program("other", ("y",))],
        {"hypersigma": timing, "other": timing},
        {
            "hypersigma": Counter({IDS[0]: 5, IDS[1]: 1}),
            "other": Counter({IDS[0]: 3, IDS[2]: 4}),
        },
    )
    found = lane_as_json(lane, 10)
    add_reasons(found, lane, tmp_path)
    (difference,) = found["differences"]
    assert difference["reasons"] == [
        {
            "reason": ANCHORED,
            "rules": 1,
            "hypersigma": 5,
            "other": 3,
            "listed": [IDS[0]],
        },
        {
            "reason": UNKNOWN,
            "rules": 2,
            "hypersigma": 1,
            "other": 4,
            "listed": [IDS[2], IDS[1]],
        },
    ]
