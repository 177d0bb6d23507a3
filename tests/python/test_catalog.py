"""The catalogue in Python: the same JSON as in C++."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hypersigma import Catalog, RuleSet, Taxonomy

RULE = """
title: {title}
logsource: {{category: process_creation, product: windows}}
detection:
  selection:
    {item}
  condition: selection
"""


def rule(title: str, item: str) -> str:
    return RULE.format(title=title, item=item)


def write_rules(folder: Path, *items: str) -> Path:
    folder.mkdir()
    for i, item in enumerate(items):
        (folder / f"{i}.yml").write_text(rule(f"R{i}", item))
    return folder


def pages(catalog: Catalog) -> list[dict[str, Any]]:
    return [json.loads(page) for page in catalog.pages()]


def test_counts_by_source(tmp_path: Path) -> None:
    one = write_rules(tmp_path / "one", "Image|endswith: a.exe")
    two = write_rules(tmp_path / "two", "Image|endswith: A.EXE", "User: x")
    rules = RuleSet.from_paths([one, two])
    catalog = Catalog.build(rules, {"<1>": one, "two": two})
    first, second, third = pages(catalog)
    assert first["indicators"][0]["sources"] == {"<1>": 1, "two": 1}
    assert second["indicators"][0]["value"] == "A.EXE"
    assert third["indicators"][0]["rules"] == 1
    assert [page["path"] for page in (first, second, third)] == [
        "0.yml",
        "0.yml",
        "1.yml",
    ]
    index = json.loads(catalog.index())
    assert index["totals"]["rules"] == len(catalog) == 3
    assert index["totals"]["shared_indicators"] == 1
    assert catalog.equal_rules == ((0, 1),)


def test_pages_are_found_by_key() -> None:
    rules = RuleSet.from_yaml(
        rule("A", "X|contains: a") + "---\n" + rule("B", "X|contains: ab")
    )
    catalog = Catalog.build(rules)
    assert [catalog.find(key) for key in catalog.keys] == [0, 1]
    assert catalog.implied_rules == ((1, 0),)
    assert catalog.not_decided == ()
    page = json.loads(catalog.page(1))
    assert page["key"] == catalog.keys[1]
    assert page["logic"]["implies"][0]["key"] == catalog.keys[0]
    with pytest.raises(IndexError):
        catalog.page(2)


def test_compares_only_if_asked() -> None:
    rules = RuleSet.from_yaml(rule("A", "X: a") + "---\n" + rule("B", "X: a"))
    catalog = Catalog.build(rules, compare=False)
    assert catalog.equal_rules == ()
    assert json.loads(catalog.index())["logic"]["complete"] is False


def test_taxonomy_says_which_events_reach_a_rule() -> None:
    rules = RuleSet.from_yaml(rule("A", "X: a"))
    known = json.loads(Catalog.build(rules).page(0))["events"]
    assert "windows sysmon 1" in [event["name"] for event in known["events"]]
    unknown = Catalog.build(rules, taxonomy=Taxonomy.empty()).page(0)
    assert json.loads(unknown)["events"]["known"] is False


def test_two_labels_of_one_root(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="two labels"):
        Catalog.build(
            RuleSet.from_paths([]), {"a": tmp_path, "b": str(tmp_path)}
        )


def test_pipelines_change_pages() -> None:
    rules = RuleSet.from_yaml(rule("A", r"Image: x"))
    page = json.loads(Catalog.build(rules.apply(["windows-audit"])).page(0))
    assert page["body"]["changed"] == ["pipeline"]
    assert "Image: x" in page["body"]["yaml"]
    assert [row["field"] for row in page["indicators"]] == ["NewProcessName"]
    assert page["stages"][-1]["from_filter"] is True
