"""How detections of pySigma become selections and conditions."""

from __future__ import annotations

import pytest

pytest.importorskip("sigma.rule", reason="pySigma is not installed")

from sigma.conditions import ConditionAND, ConditionOR
from sigma.processing.pipeline import ProcessingPipeline
from sigma.rule import SigmaDetection, SigmaRule
from sigma.types import (
    SigmaExpansion,
    SigmaNull,
    SigmaNumber,
    SigmaRegularExpression,
    SigmaString,
)

from pysigma_rules import (
    ANY,
    Event,
    cased,
    engine_of,
    item_of,
    make_rule,
    matched,
    set_selection,
    string_of,
)


def test_detections_in_detections() -> None:
    rule = make_rule("{x: y}")
    rule.detection.detections["selection"] = SigmaDetection(
        [
            SigmaDetection(
                [
                    item_of(SigmaString("1"), field="a"),
                    item_of(SigmaString("2"), field="b"),
                ],
                item_linking=ConditionOR,
            ),
            SigmaDetection(
                [
                    item_of(SigmaString("3"), field="c"),
                    item_of(SigmaString("4"), field="d"),
                ],
                item_linking=ConditionAND,
            ),
        ],
        item_linking=ConditionAND,
    )
    yes: list[Event] = [
        {"a": "1", "c": "3", "d": "4"},
        {"b": "2", "c": "3", "d": "4"},
    ]
    no: list[Event] = [{"c": "3", "d": "4"}, {"a": "1", "b": "2", "c": "3"}]
    assert matched(rule, [*yes, *no]) == yes
    (match,) = engine_of(rule).scan(yes[0])
    assert match.selections == ["selection"]


def test_selections_of_the_rule_are_named_where_they_can_be() -> None:
    rule = SigmaRule.from_yaml(r"""
title: A Rule
logsource: {category: process_creation}
detection:
  selection_image: {Image|endswith: \a.exe}
  selection_line: {CommandLine|contains|windash|all: [' -a', ' -b']}
  filter: [{User: x}, {User: y, Host: z}]
  condition: all of selection_* and not filter
""")
    (match,) = engine_of(rule).scan(
        {"Image": r"\a.exe", "CommandLine": " /a \u2013b -b"}
    )
    assert match.selections == ["selection_image", "selection_line"]


def test_a_selection_that_is_too_much_for_one_is_several() -> None:
    rule = make_rule("{x: y}", "1 of sel* and not 1 of filter_*")
    expansions = [
        SigmaExpansion([string_of(ANY, dash, letter, ANY) for dash in "-/+.:_"])
        for letter in "abc"
    ]
    set_selection(rule, item_of(*expansions, field="f", every=True))
    detections = rule.detection.detections
    detections["selection-1"] = SigmaDetection([item_of(SigmaString("q"))])
    detections["filter_x"] = SigmaDetection(
        [
            item_of(SigmaNull(), SigmaString("x"), field="g", every=True),
            item_of(SigmaString("y"), field="h"),
        ]
    )
    events = [{"f": f, "g": 1} for f in ("-a/b+c", "-a/b", "q")]
    assert matched(rule, events) == [events[0], events[2]]
    names = engine_of(rule).scan(events[0])[0].selections
    assert names == ["selection-2", "selection-3", "selection-4"]


def test_names_that_a_condition_cannot_spell() -> None:
    rule = make_rule("{x: y}", "1 of f_* and not all of g*")
    letters = SigmaExpansion([cased("a"), SigmaRegularExpression("^b$")])
    detections = rule.detection.detections
    del detections["selection"]
    for name, other in (("f_1.c", "1"), ("f_1-c", "2"), ("g.a", "3")):
        detections[name] = SigmaDetection(
            [
                item_of(SigmaNull(), SigmaString("a"), every=True),
                item_of(SigmaString(other), field="n"),
            ]
            if other == "1"
            else [item_of(letters), item_of(SigmaString(other), field="n")]
        )
    detections["g.b"] = SigmaDetection([item_of(SigmaNumber(2), field="n")])
    events = [{"f": f, "n": n} for f in ("a", "b", "c") for n in "123"]
    assert matched(rule, events) == [events[1], events[4]]


CONDITIONS = [
    ("not a", [2]),
    ("a and b or not c", [0, 1, 2]),
    ("1 of sel*", [0, 1]),
    ("all of sel*", []),
    ("not 1 of them", [2]),
    ("a and (b or not all of them)", [0, 1]),
    ("not not a and not (c and b)", [0, 1]),
    ("1 of gone* or b", [0]),
]


@pytest.mark.parametrize("condition", [one for one, _ in CONDITIONS])
def test_conditions_over_what_is_left(condition: str) -> None:
    pipeline = ProcessingPipeline.from_yaml("""
transformations:
- type: drop_detection_item
  field_name_conditions: [{type: include_fields, fields: [drop]}]
- type: set_value
  value: z
  field_name_conditions: [{type: include_fields, fields: [zed]}]
""")
    rule = SigmaRule.from_yaml(
        """
title: A Rule
logsource: {category: process_creation}
detection:
  a: {f|contains: a}
  b: {f|contains: b, drop: 1}
  c: {zed: 1, f: q}
  gone: {drop: [1, 2]}
  selection_1: {f: ab, drop: x}
  selection_2: {drop: null}
  selection_3: {f: ax}
  condition: """
        + condition
    )
    pipeline.apply(rule)
    events = [{"f": "ab"}, {"f": "ax"}, {"f": "n"}]
    expected = [events[at] for at in dict(CONDITIONS)[condition]]
    assert matched(rule, events) == expected
