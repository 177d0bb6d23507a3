"""All rules of the corpus through pySigma, with its pipelines or without."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hypersigma import Engine, RuleSet

pytest.importorskip("sigma.rule", reason="pySigma is not installed")

from sigma.collection import SigmaCollection
from sigma.exceptions import SigmaError
from sigma.processing.pipeline import ProcessingPipeline
from sigma.rule import SigmaDetectionItem, SigmaRule

from pysigma_rules import (
    Event,
    make_rule,
    matched,
)


@pytest.fixture(scope="module")
def collection(corpus: Path) -> SigmaCollection:
    """All rules of the corpus; do not change them."""
    return SigmaCollection.load_ruleset(
        [corpus / "sigma" / "rules"], collect_errors=True
    )


Found = set[tuple[str, int, tuple[str, ...]]]


def found_in_corpus(engine: Engine, corpus: Path, *, selections: bool) -> Found:
    scan = engine.scan_file(
        corpus / "otrf_dev40k.ndjson.zst", routing="off", threads=2
    )
    found = set()
    for match in scan:
        assert match.event is not None
        names = tuple(match.selections) if selections else ()
        found.add((match.rule.id, match.event.index, names))
    return found


def test_rules_of_the_corpus_match_the_same_events(
    corpus: Path, collection: SigmaCollection
) -> None:
    ours = RuleSet.from_path(corpus / "sigma" / "rules")
    theirs = RuleSet.from_pysigma(collection)
    assert outcomes(theirs) == outcomes(ours)
    expected = found_in_corpus(Engine(ours), corpus, selections=True)
    assert len(expected) > 1_000
    found = found_in_corpus(Engine(theirs), corpus, selections=True)
    assert found == expected


def outcomes(rules: RuleSet) -> set[tuple[str, str]]:
    return {(one.id, one.status) for one in rules.report.documents}


def test_their_values_alone_match_the_same_events(
    corpus: Path, collection: SigmaCollection
) -> None:
    changed = copy.deepcopy(collection.rules)
    for rule in changed:
        for_each_item(rule, SigmaDetectionItem.disable_conversion_to_plain)
    theirs = RuleSet.from_pysigma(changed)
    ours = RuleSet.from_path(corpus / "sigma" / "rules")
    assert outcomes(theirs) == outcomes(ours)
    expected = found_in_corpus(Engine(ours), corpus, selections=False)
    found = found_in_corpus(Engine(theirs), corpus, selections=False)
    assert found == expected


def for_each_item(
    rule: object, change: Callable[[SigmaDetectionItem], None]
) -> None:
    assert isinstance(rule, SigmaRule)
    left: list[Any] = list(rule.detection.detections.values())
    while left:
        one = left.pop()
        if isinstance(one, SigmaDetectionItem):
            change(one)
        else:
            left.extend(one.detection_items)


@pytest.mark.parametrize("name", ["sysmon", "windows-audit"])
def test_pipelines_of_pysigma_agree_with_those_built_in(
    name: str, corpus: Path, collection: SigmaCollection
) -> None:
    modules = {
        "sysmon": ("sigma.pipelines.sysmon", "sysmon_pipeline"),
        "windows-audit": ("sigma.pipelines.windows", "windows_audit_pipeline"),
    }
    module, function = modules[name]
    pipeline: ProcessingPipeline = getattr(
        pytest.importorskip(module), function
    )()
    changed = []
    for rule in copy.deepcopy(collection.rules):
        try:
            pipeline.apply(rule)
        except SigmaError:
            continue
        changed.append(rule)
    theirs = RuleSet.from_pysigma(changed)
    ours = RuleSet.from_path(corpus / "sigma" / "rules", pipelines=[name])
    assert {rule.id for rule in ours.rules} == {
        rule.id for rule in theirs.rules
    }
    expected = found_in_corpus(Engine(ours), corpus, selections=False)
    assert len(expected) > 100
    assert found_in_corpus(Engine(theirs), corpus, selections=False) == expected


def test_events_of_those_names_are_found() -> None:
    sysmon = pytest.importorskip("sigma.pipelines.sysmon")
    windows = pytest.importorskip("sigma.pipelines.windows")
    created = {"EventID": 1, "Image": r"C:\a.exe"}
    accessed = {"EventID": 10, "Image": r"C:\a.exe"}
    audited = {"EventID": "4688", "NewProcessName": r"C:\A.EXE"}
    events: list[Event] = [created, accessed, audited]
    for pipeline, seen in (
        (sysmon.sysmon_pipeline(), created),
        (windows.windows_audit_pipeline(), audited),
    ):
        rule = make_rule(r"{Image|endswith: \a.exe}")
        pipeline.apply(rule)
        assert matched(rule, events) == [seen]
