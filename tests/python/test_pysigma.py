"""Rules that come from pySigma."""

from __future__ import annotations

import copy
import sys
from pathlib import Path

import pytest

from hypersigma import Engine, RuleError, RuleSet

pytest.importorskip("sigma.rule", reason="pySigma is not installed")

from sigma.collection import SigmaCollection
from sigma.conditions import ConditionAND, ConditionOR
from sigma.exceptions import SigmaTransformationError
from sigma.processing.pipeline import ProcessingPipeline
from sigma.rule import SigmaDetection, SigmaDetectionItem, SigmaRule
from sigma.types import (
    Placeholder,
    SigmaExpansion,
    SigmaNull,
    SigmaQueryExpression,
    SigmaString,
)

from pysigma_rules import (
    RULE,
    Event,
    engine_of,
    item_of,
    make_rule,
    matched,
    refusal,
    set_selection,
    string_of,
)


def test_a_rule_of_which_nothing_is_left_is_refused() -> None:
    rule = make_rule("{x: y}", "not selection")
    rule.detection.detections["selection"].detection_items.clear()
    assert refusal(rule).message == (
        "pySigma: nothing is left of the condition"
    )


@pytest.mark.parametrize(
    ("item", "message"),
    [
        (
            item_of(SigmaQueryExpression("lookup({field})", "id")),
            "a query expression is for one query language only",
        ),
        (item_of(string_of("a", Placeholder("x"))), "placeholder %x% is left"),
        (item_of(field=None), "a list of keywords has no values"),
        (item_of(SigmaNull(), field=None), "null is no keyword"),
        (item_of(SigmaExpansion([])), "an expansion has no values"),
        (
            item_of(SigmaString("a"), field="a|b"),
            "field name 'a|b' has a '|', which begins modifiers",
        ),
        (item_of(SigmaString("a"), field=""), "'' is no field name"),
        (
            item_of(SigmaString("a"), field="a" * 1000),
            "a field name of 1,000 characters",
        ),
    ],
)
def test_what_cannot_be_written_is_refused(
    item: SigmaDetectionItem, message: str
) -> None:
    diagnostic = refusal(set_selection(make_rule("{x: y}"), item))
    assert diagnostic.message == f"pySigma: {message}"
    assert str(diagnostic) == f"<pysigma>: error: pySigma: {message}"


def test_depth_is_bounded() -> None:
    rule = make_rule("{x: y}")
    detection = rule.detection.detections["selection"]
    for depth in range(20_000):
        detection = SigmaDetection(
            [detection, SigmaDetection([item_of(SigmaString("a"))])],
            item_linking=ConditionAND if depth % 2 else ConditionOR,
        )
    rule.detection.detections["selection"] = detection
    assert "too deep" in refusal(rule).message
    while detection.detection_items:  # takes it apart without recursion
        first = detection.detection_items[0]
        detection.detection_items.clear()
        if not isinstance(first, SigmaDetection):
            break
        detection = first


def test_placeholders() -> None:
    rule = make_rule(r"{User|contains|expand: 'x%who%\%y'}")
    assert "placeholder" in refusal(rule).message
    given = RuleSet.from_pysigma([rule], placeholders={"who": ["1", "*2"]})
    engine = Engine(given)
    assert [
        user
        for user in ("ax1%yb", "xq2%y", "x1y", "x%who%%y")
        if engine.scan({"User": user})
    ] == ["ax1%yb", "xq2%y"]
    ProcessingPipeline.from_yaml("""
transformations: [{type: value_placeholders}]
vars: {who: ['100%a%', 'b\\']}
""").apply(rule)
    texts = [r"_x100%a%%y_", "xb\\%y", "x100a%y", "xb%y"]
    events = [{"User": text} for text in texts]
    assert matched(rule, events) == events[:2]


def test_errors_of_pysigma_are_diagnostics() -> None:
    broken = RULE.replace("title: A Rule", "title: A Rule\nlevel: odd")
    collection = SigmaCollection.from_yaml(
        broken % ("{a: b}", "selection")
        + "---"
        + RULE % ("{a|contian: b}", "selection")
        + "---\naction: unknown\n",
        collect_errors=True,
    )
    rules = RuleSet.from_pysigma(collection)
    assert [one.title for one in rules.rules] == ["A Rule"]
    loaded, refused, rest = rules.report.documents
    assert [one.status for one in rules.report.documents] == [
        "loaded",
        "refused",
        "refused",
    ]
    assert [(one.severity, one.message) for one in loaded.diagnostics] == [
        ("note", "unknown level 'odd'"),
        ("note", "pySigma: 'odd' is not a valid Sigma rule level"),
    ]
    assert loaded.is_clean
    assert [one.message for one in refused.diagnostics] == [
        "pySigma: Unknown modifier 'contian'"
    ]
    assert [one.message for one in rest.diagnostics] == [
        "pySigma: Unknown Sigma collection action 'unknown' in rule 3"
    ]
    assert [one.index for one in rules.report.documents] == [0, 1, 2]
    with pytest.raises(RuleError, match="contian"):
        RuleSet.from_pysigma(collection, strict=True)


def test_diagnostics_of_the_loader_name_the_source(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yml").write_text(
            RULE % ("{a: b}", "selection" if name == "b" else "nothing")
        )
    rules = RuleSet.from_pysigma(SigmaCollection.load_ruleset([tmp_path]))
    by_file = {one.file: one for one in rules.report.documents}
    document = by_file[str(tmp_path / "a.yml")]
    (diagnostic,) = document.diagnostics
    assert (document.line, diagnostic.line, diagnostic.column) == (0, 0, 0)
    assert diagnostic.file == document.file
    assert str(diagnostic).startswith(f"{document.file}: error: ")
    assert "nothing" in diagnostic.caret
    assert rules.rules[0].file == str(tmp_path / "b.yml")
    engine = Engine(rules)
    assert engine.report == rules.report
    assert engine.rules == rules.rules


def test_attributes_are_kept() -> None:
    text = """
title: 'A: title'
id: 6f3e2987-db24-4c78-a860-b4f4095a7095
name: a_name
status: test
level: high
author: Jane Doe
description: "Two\\nlines: \\"quoted\\""
date: 2024-05-06
modified: 2024-06-07
references: [https://example.org/a, https://example.org/b]
falsepositives: [Unknown]
tags: [attack.t1059, attack.execution]
logsource: {category: process_creation, product: windows, service: sysmon}
detection: {s: {a: b}, condition: s}
"""
    from dataclasses import replace

    expected = RuleSet.from_yaml(text, strict=True).rules[0]
    collection = SigmaCollection.from_yaml(text)
    (rule,) = RuleSet.from_pysigma(collection, strict=True).rules
    assert rule == replace(expected, file="<pysigma>", line=0)
    ProcessingPipeline.from_yaml("""
transformations:
- {type: change_logsource, category: c, product: p, service: s}
- {type: set_custom_attribute, attribute: correlation, value: {a: 1}}
- {type: set_custom_attribute, attribute: team, value: blue}
""").apply(collection.rules[0])
    (rule,) = RuleSet.from_pysigma(collection).rules
    assert (rule.category, rule.product, rule.service) == ("c", "p", "s")


def test_odd_attributes_stop_nothing() -> None:
    text = """
title: Odd
date: never
references: none
tags: [a]
logsource: {product: windows}
mine: &mine [1, *mine, {a: b}]
yours: &yours {a: *yours}
action: repeat
detection: {s: {a: b}, condition: s}
"""
    rule = SigmaRule.from_yaml(text, collect_errors=True)
    rules = RuleSet.from_pysigma([rule])
    assert [(one.title, one.references) for one in rules.rules] == [("Odd", ())]
    (document,) = rules.report.documents
    assert len(document.diagnostics) == len(rule.errors) == 3
    assert {one.severity for one in document.diagnostics} == {"note"}


def test_an_error_that_the_caller_notes_refuses_the_rule() -> None:
    rule = make_rule("{a: b}")
    rule.errors.append(SigmaTransformationError("not for us"))
    assert refusal(rule).message == "pySigma: not for us"


@pytest.mark.parametrize("condition", ["1", "[selection, null]", "{a: b}"])
def test_conditions_are_texts(condition: str) -> None:
    diagnostic = refusal(make_rule("{a: b}", condition))
    assert diagnostic.message.endswith("is no text")


def test_any_of_several_conditions() -> None:
    rule = make_rule("{a: b}\n  other: {c: d}", "[selection, not other]")
    events: list[Event] = [{"c": "d"}, {"a": "b", "c": "d"}, {}]
    assert matched(rule, events) == events[1:]


def test_filters_are_those_of_pysigma() -> None:
    filter_ = """
title: A Filter
logsource: {product: windows}
filter:
  rules: any
  selection_1: {User: x}
  selection_2: {User: y}
  condition: not 1 of selection_*
"""
    collection = SigmaCollection.from_yaml(
        RULE % ("{a: b}", "1 of them") + "---" + filter_
    )
    engine = Engine(RuleSet.from_pysigma(collection, strict=True))
    events = [{"a": "b"}, {"a": "b", "User": "y"}, {"User": "z"}]
    assert [len(engine.scan(event)) for event in events] == [1, 0, 0]
    alone = SigmaCollection.from_yaml(filter_, collect_filters=True).filters
    (document,) = RuleSet.from_pysigma(alone).report.documents
    assert "applied by a SigmaCollection" in document.diagnostics[0].message


def test_correlations_are_carried() -> None:
    collection = SigmaCollection.from_yaml(
        RULE.replace("id: ", "name: base\nid: ") % ("{a: b}", "selection")
        + """---
title: Many
correlation:
  type: event_count
  rules: [base]
  group-by: [User]
  timespan: 5m
  condition: {gte: 10}
  generate: true
"""
    )
    rules = RuleSet.from_pysigma(collection)
    kinds = [one.kind for one in rules.report.documents]
    assert sorted(kinds) == ["correlation", "rule"]
    assert rules.report.count("refused") == 0


def test_added_names_are_the_same_in_each_run() -> None:
    def names() -> list[str]:
        pipeline = ProcessingPipeline.from_yaml("""
transformations:
- {type: add_condition, conditions: {EventID: 1}}
- {type: add_condition, negated: true, conditions: {Host: x}}
""")
        rule = make_rule("{a: b}")
        pipeline.apply(rule)
        assert matched(rule, [{"a": "b"}, {"a": "b", "Host": "x"}]) == []
        (match,) = engine_of(rule).scan({"a": "b", "EventID": 1})
        return match.selections

    assert names() == names() == ["selection", "_cond_1"]


def test_rules_are_not_changed() -> None:
    rule = make_rule(r"{a|contains|windash: ' -b', c|re|i: x, d|expand: '%e%'}")
    before = copy.deepcopy(rule)
    RuleSet.from_pysigma([rule])
    assert rule == before
    assert repr(rule.detection) == repr(before.detection)


def test_pipelines_of_both_go_together() -> None:
    rule = make_rule(r"{Image|endswith: \a.exe}")
    rules = RuleSet.from_pysigma([rule], pipelines=["windows-audit"])
    event = {"EventID": 4688, "NewProcessName": r"C:\a.exe"}
    (match,) = Engine(rules).scan(event)
    assert match.rule.file == "<pysigma>"


def test_wrong_arguments_are_told() -> None:
    with pytest.raises(TypeError, match="str is no rule of pySigma"):
        RuleSet.from_pysigma(["title: A"])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="unexpected option 'taxonomy'"):
        RuleSet.from_pysigma([], taxonomy=None)  # type: ignore[call-arg]


def test_without_pysigma_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in list(sys.modules):
        if name.split(".")[0] == "sigma" or name.startswith(
            "hypersigma.pysigma."
        ):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sigma", None)
    with pytest.raises(ImportError, match=r"pip install 'hypersigma\[pysigma"):
        RuleSet.from_pysigma([])
