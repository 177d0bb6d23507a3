"""Runs the conformance suite through the package."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import hypersigma
from conformance_suite import FOLDER, Case, load_cases, load_yaml
from hypersigma import Engine, RuleError
from print_support import modifiers_of, print_support, section_number

LEAST_CASES = 913
KEYS = {
    "id",
    "section",
    "note",
    "decision",
    "context",
    "degraded",
    "says",
    "detection",
    "rules",
    "match",
    "no_match",
    "events",
    "expect",
    "placeholders",
    "bytes",
    "refuse",
}
CASES = load_cases()
SHARED = FOLDER.parents[2] / "shared" / "corpus" / "cases"
SHARED_CASES = [
    case
    for path in sorted(SHARED.glob("*.json"))
    for case in json.loads(path.read_text())
]


def load(rules: str, placeholders: dict[str, list[str]]) -> Engine:
    return Engine.from_yaml(rules, placeholders=placeholders)


def titles(engine: Engine, events: Sequence[bytes]) -> list[set[str]]:
    return [
        {match.rule.title for match in engine.scan(event, routing="off")}
        for event in events
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case) -> None:
    engine = load(case.rules, case.placeholders)
    if case.refuse:
        with pytest.raises(RuleError):
            Engine.from_yaml(
                case.rules, strict=True, placeholders=case.placeholders
            )
    else:
        Engine.from_yaml(
            case.rules, strict=True, placeholders=case.placeholders
        )
    if case.refuse == "always":
        assert engine.report.count("refused") > 0
        return
    assert engine.report.count("refused") == 0
    if not case.refuse:
        assert engine.report.count("degraded") == case.degraded
    assert titles(engine, case.events) == list(case.expect)


@pytest.mark.skipif(not SHARED_CASES, reason=f"no cases at {SHARED}")
@pytest.mark.parametrize("case", SHARED_CASES, ids=lambda case: case["id"])
def test_shared_case(case: dict[str, Any]) -> None:
    if "expect_correlation" in case:
        pytest.skip("correlations are not evaluated yet")
    placeholders = case.get("placeholders", {})
    engine = load(case["rules"], placeholders)
    if "expect_error" in case:
        with pytest.raises(RuleError):
            Engine.from_yaml(
                case["rules"], strict=True, placeholders=placeholders
            )
        refused = engine.report.count("refused")
        assert (refused == 0) == ("strict" in case)
        return
    events = [json.dumps(event).encode() for event in case["events"]]
    expect = [set(expected) for expected in case["expect"]]
    assert titles(engine, events) == expect


def test_there_are_many_cases() -> None:
    assert len(CASES) >= LEAST_CASES


def test_ids_are_unique() -> None:
    counts = Counter(case.id for case in CASES)
    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case_is_well_formed(case: Case) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", case.id)
    assert case.keys <= KEYS
    assert ("rules" in case.keys) != ("detection" in case.keys)
    assert case.refuse in ("", "always", "strict")
    assert bool(case.events) == (case.refuse == "") or case.refuse == "strict"


def test_sections_are_known() -> None:
    names = load_yaml(FOLDER / "sections.yml")
    known = set(names["sections"])
    known |= {f"5 ({name})" for name in names["modifiers"]}
    assert {case.section for case in CASES} <= known
    assert {section_number(case) for case in CASES} <= set(names["sections"])


def test_every_modifier_has_cases() -> None:
    used = frozenset[str]().union(*map(modifiers_of, CASES))
    names = {modifier.name for modifier in hypersigma.modifiers()}
    assert names <= used
    assert names == set(load_yaml(FOLDER / "sections.yml")["modifiers"])


def test_modifiers_are_what_the_library_takes() -> None:
    for modifier in hypersigma.modifiers():
        assert modifier.summary
        assert modifier.takes
        rule = (
            "title: T\nlogsource: {category: test}\n"
            f"detection:\n  s:\n    F|{modifier.name}: 1\n  condition: s\n"
        )
        document = Engine.from_yaml(rule).report.documents[0]
        assert not any(
            "unknown modifier" in diagnostic.message
            for diagnostic in document.diagnostics
        ), modifier.name


def test_page_is_as_printed() -> None:
    page = Path(FOLDER, "../../docs/sigma_support.md")
    assert page.read_text() == print_support(CASES), (
        "docs/sigma_support.md is out of date; renew it by\n"
        ".venv/bin/python tests/conformance/print_support.py"
        " > docs/sigma_support.md"
    )
