"""The catalogue's indicators and counts, against a count of the YAML alone."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from hypersigma import Catalog, RuleSet
from independent_counts import Indicator, WrittenRule, count, read_rules

FOLDERS = {
    "sigma": "rules",
    "threats": "rules-emerging-threats",
    "hunting": "rules-threat-hunting",
}
PRETTY_TTY = "480e7e51-e797-47e3-8d72-ebfce65b6d8d"


@pytest.fixture(scope="module")
def roots(corpus: Path) -> dict[str, Path]:
    return {label: corpus / "sigma" / name for label, name in FOLDERS.items()}


@pytest.fixture(scope="module")
def pages(roots: dict[str, Path]) -> list[dict[str, Any]]:
    rules = RuleSet.from_paths(roots.values())
    catalog = Catalog.build(rules, roots, compare=False)
    return [json.loads(page) for page in catalog.pages()]


@pytest.fixture(scope="module")
def written(roots: dict[str, Path]) -> list[WrittenRule]:
    return read_rules(roots.items())


def _row(row: dict[str, Any]) -> Indicator:
    return Indicator(
        field=row["field"] or "",
        kind=row["kind"],
        value=row["value"],
        modifiers=tuple(row["modifiers"]),
    )


def _difference(
    page: dict[str, Any],
    rule: WrittenRule,
    counts: dict[tuple[str, ...], Counter[str]],
) -> str | None:
    """Tells how a rule's page differs from what its YAML says."""
    rows = {_row(row): row for row in page["indicators"]}
    # One row for those that are the same; which of them it shows is open.
    shown = Counter((row.key, row.modifiers) for row in rows)
    expected_rows = {(one.key, one.modifiers) for one in rule.indicators}
    if len(rows) != len(page["indicators"]) or max(shown.values()) > 1:
        return "an indicator stands twice"
    if shown.keys() != expected_rows or not rows.keys() <= set(rule.indicators):
        missing = sorted(expected_rows - shown.keys())
        added = sorted(rows.keys() - set(rule.indicators))
        return f"missing {missing[:3]}, not written {added[:3]}"
    for indicator, row in rows.items():
        expected = counts[indicator.key]
        if (row["rules"], row["sources"]) != (expected.total(), expected):
            return f"{indicator}: {row['sources']}, expected {expected}"
    return None


def test_each_rule_has_the_indicators_and_counts_that_its_yaml_says(
    pages: list[dict[str, Any]], written: list[WrittenRule]
) -> None:
    # A rule that the loader refuses looks for nothing, and counts nowhere.
    loaded = {(page["source"], page["path"], page["id"]) for page in pages}
    places = {
        (rule.label, str(rule.path.relative_to(rule.root)), rule.id): rule
        for rule in written
    }
    assert len(places) == len(written)
    assert loaded <= places.keys()
    assert len(places.keys() - loaded) <= 5
    counts = count(places[place] for place in loaded)
    differences = {}
    for page in pages:
        place = page["source"], page["path"], page["id"]
        difference = _difference(page, places[place], counts)
        if difference:
            differences[page["path"]] = difference
    assert differences == {}


def test_the_page_of_the_design_says_what_the_design_says(
    pages: list[dict[str, Any]],
) -> None:
    (page,) = [page for page in pages if page["key"] == PRETTY_TTY]
    assert [stage["name"] for stage in page["stages"]] == [
        None,
        "selection_img",
        "selection_cli_1",
        "selection_cli_2",
    ]
    rows = [
        (row["field"], row["kind"], row["value"], row["sources"])
        for row in page["indicators"]
    ]
    assert rows == [
        ("CommandLine", "match", ".spawn(", {"sigma": 1}),
        ("CommandLine", "match", "from pty import spawn", {"sigma": 1}),
        ("CommandLine", "match", "import pty", {"sigma": 2}),
        ("Image", "ends_with", "python.exe", {"sigma": 2}),
        ("Image", "ends_with", "python2.exe", {"sigma": 2}),
        ("Image", "ends_with", "python3.exe", {"sigma": 2}),
    ]
