"""Rules that come from pySigma, with its pipelines or without."""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hypersigma import Engine, RuleError, RuleSet

pytest.importorskip("sigma.rule", reason="pySigma is not installed")

from sigma.collection import SigmaCollection
from sigma.conditions import ConditionAND, ConditionOR
from sigma.exceptions import SigmaError
from sigma.processing.pipeline import ProcessingPipeline
from sigma.rule import SigmaDetection, SigmaDetectionItem, SigmaRule
from sigma.types import (
    CompareOperators,
    Placeholder,
    SigmaBool,
    SigmaCasedString,
    SigmaCIDRExpression,
    SigmaCompareExpression,
    SigmaExists,
    SigmaExpansion,
    SigmaFieldReference,
    SigmaNull,
    SigmaNumber,
    SigmaQueryExpression,
    SigmaRegularExpression,
    SigmaRegularExpressionFlag,
    SigmaString,
    SigmaTimestampPart,
    SigmaType,
    SpecialChars,
    TimestampPart,
)

if TYPE_CHECKING:
    from hypersigma import Diagnostic

Event = dict[str, Any]

RULE = """
title: A Rule
id: 6f3e2987-db24-4c78-a860-b4f4095a7095
logsource: {category: process_creation, product: windows}
detection:
  selection: %s
  condition: %s
"""


def make_rule(selection: str, condition: str = "selection") -> SigmaRule:
    return SigmaRule.from_yaml(RULE % (selection, condition))


def engine_of(*rules: SigmaRule) -> Engine:
    return Engine(RuleSet.from_pysigma(rules, strict=True))


def matched(rule: SigmaRule, events: Iterable[Event]) -> list[Event]:
    engine = engine_of(rule)
    return [event for event in events if engine.scan(event, routing="off")]


def set_selection(rule: SigmaRule, *items: SigmaDetectionItem) -> SigmaRule:
    rule.detection.detections["selection"] = SigmaDetection(list(items))
    return rule


def item_of(
    *values: SigmaType, field: str | None = "f", every: bool = False
) -> SigmaDetectionItem:
    return SigmaDetectionItem(
        field, [], list(values), ConditionAND if every else ConditionOR
    )


def of_values(
    *values: SigmaType, field: str | None = "f", every: bool = False
) -> SigmaRule:
    """Makes a rule whose selection has values that no YAML made."""
    return set_selection(
        make_rule("{x: y}"), item_of(*values, field=field, every=every)
    )


def string_of(*parts: str | SpecialChars | Placeholder) -> SigmaString:
    value = SigmaString()
    value.s = list(parts)
    return value


def refusal(rule: SigmaRule) -> Diagnostic:
    rules = RuleSet.from_pysigma([rule])
    assert rules.rules == ()
    (document,) = rules.report.documents
    assert document.status == "refused"
    assert document.title == "A Rule"
    (diagnostic,) = document.diagnostics
    assert diagnostic.severity == "error"
    return diagnostic


ANY, ONE = SpecialChars.WILDCARD_MULTI, SpecialChars.WILDCARD_SINGLE
I_FLAG = SigmaRegularExpressionFlag.IGNORECASE
M_FLAG = SigmaRegularExpressionFlag.MULTILINE
S_FLAG = SigmaRegularExpressionFlag.DOTALL


def cased(text: str) -> SigmaCasedString:
    return SigmaCasedString.from_sigma_string(SigmaString(text))


VALUES: dict[str, tuple[list[SigmaType], list[Any], list[Any]]] = {
    "text": ([SigmaString("Ab")], ["ab", "AB"], ["abc", "", None]),
    "empty text": ([SigmaString("")], [""], [None, "a", 0]),
    "wildcards": ([SigmaString("a*b?c")], ["ab1c", "a\nbbc"], ["abc", "xab1c"]),
    "plain wildcards": (
        [string_of("a*b?")],
        ["a*b?"],
        ["axb?", "a*bx", "a\\*b?"],
    ),
    "backslash before a wildcard": (
        [string_of("C:\\a\\", ANY)],
        ["c:\\a\\b", "c:\\a\\"],
        ["c:\\a*", "c:\\ab"],
    ),
    "two backslashes before a plain star": (
        [string_of("\\\\*", ONE)],
        ["\\\\*x"],
        ["\\*x", "\\\\xx", "\\\\*"],
    ),
    "trailing backslashes": (
        [string_of("a\\\\")],
        ["a\\\\"],
        ["a\\", "a\\\\\\"],
    ),
    "adjacent parts": ([string_of("a", "b", ANY, ANY)], ["abc"], ["a"]),
    "what YAML 1.1 and 1.2 read differently": (
        [SigmaString(text) for text in ("yes", "0o17", "1_000", "~", "null")],
        ["yes", "0o17", "1_000", "~", "null"],
        [True, 15, 1000, None],
    ),
    "characters that YAML does not take": (
        [SigmaString("a\x00\x7f\x85\u2028\ufeff\uffff\U0001f600\"'\n\t")],
        ["a\x00\x7f\x85\u2028\ufeff\uffff\U0001f600\"'\n\t"],
        ["a"],
    ),
    "cased": ([cased("Ab*")], ["Abc"], ["abc", "ABc"]),
    "cased and not": ([cased("Ab"), SigmaString("x")], ["Ab", "X"], ["ab"]),
    "number": ([SigmaNumber(10)], [10, "10", 10.0], ["010", "10.0", True]),
    "fraction": ([SigmaNumber(0.25)], [0.25, "0.25"], ["0.250", 0]),
    "large number": ([SigmaNumber(2**70)], [2**70, str(2**70)], [2**70 + 1]),
    "exponent": ([SigmaNumber(1e-7)], [1e-7], [0]),
    "boolean": ([SigmaBool(True)], [True, "TRUE"], [1, "1", False]),
    "null": ([SigmaNull()], [None], ["", "null", 0]),
    "null or text": ([SigmaNull(), cased("a")], [None, "a"], ["A"]),
    "no values": ([], [None], ["", "a"]),
    "regex": (
        [SigmaRegularExpression(r"^a\d*\?b?$")],
        ["a12?b", "a?"],
        ["A12?b", "xa?", "a12b"],
    ),
    "regex with flags": (
        [SigmaRegularExpression("^a.b$", {I_FLAG, M_FLAG, S_FLAG})],
        ["A\nB", "x\nacb\ny"],
        ["xacb"],
    ),
    "regex with one flag": (
        [SigmaRegularExpression("^a.b$", {I_FLAG})],
        ["AxB"],
        ["A\nB", "x\naxb"],
    ),
    "network": (
        [SigmaCIDRExpression("10.0.0.0/8")],
        ["10.1.2.3"],
        ["11.1.2.3", "10.1.2.3 "],
    ),
    "network of IPv6": (
        [SigmaCIDRExpression("fe80::/10")],
        ["fe80::1"],
        ["fc00::1", "10.0.0.1"],
    ),
    "less": (
        [SigmaCompareExpression(SigmaNumber(5), CompareOperators.LT)],
        [4, "4.5"],
        [5, "x", True, None],
    ),
    "at most": (
        [SigmaCompareExpression(SigmaNumber(5), CompareOperators.LTE)],
        [5],
        [6],
    ),
    "more": (
        [SigmaCompareExpression(SigmaNumber(5), CompareOperators.GT)],
        [6],
        [5],
    ),
    "at least": (
        [SigmaCompareExpression(SigmaNumber(5), CompareOperators.GTE)],
        [5],
        [4],
    ),
    "other number": (
        [SigmaCompareExpression(SigmaNumber(5), CompareOperators.NEQ)],
        [4, "x", None],
        [5, "5"],
    ),
    "exists": ([SigmaExists(True)], ["a", None, []], []),
    "time part": (
        [SigmaTimestampPart(TimestampPart.HOUR, 13)],
        ["2024-05-06T13:14:15Z"],
        ["2024-05-06T14:14:15Z", 13],
    ),
    "compared time part": (
        [
            SigmaCompareExpression(
                SigmaTimestampPart(TimestampPart.DAY, 6), CompareOperators.GT
            )
        ],
        ["2024-05-07"],
        ["2024-05-06"],
    ),
    "expansion": (
        [SigmaExpansion([SigmaString("a"), cased("B")])],
        ["A", "B"],
        ["b"],
    ),
    "expansion of expansions": (
        [
            SigmaExpansion(
                [SigmaExpansion([SigmaNumber(1), SigmaNull()]), cased("B")]
            )
        ],
        [1, None, "B"],
        ["b", 2],
    ),
}


@pytest.mark.parametrize("name", VALUES)
def test_values_mean_the_same(name: str) -> None:
    values, yes, no = VALUES[name]
    rule = of_values(*values)
    events = [{"f": value} for value in [*yes, *no]]
    assert matched(rule, events) == [{"f": value} for value in yes]
    rule.detection.detections["selection"].detection_items[0] = (
        negated_item := item_of(*values)
    )
    negated_item.negated = True
    assert matched(rule, events) == [{"f": value} for value in no]


def test_a_field_that_is_not_there() -> None:
    assert matched(of_values(SigmaExists(False)), [{}, {"f": None}]) == [{}]
    assert matched(of_values(SigmaNull()), [{}, {"f": "a"}]) == [{}]


def test_field_references() -> None:
    events = [
        {"f": "abcd", "g": other}
        for other in ("ABCD", "ab", "cd", "bc", "x", "a*")
    ]

    def others(value: SigmaFieldReference) -> list[str]:
        return [event["g"] for event in matched(of_values(value), events)]

    assert others(SigmaFieldReference("g")) == ["ABCD"]
    assert others(SigmaFieldReference("g", True)) == ["ABCD", "ab"]
    assert others(SigmaFieldReference("g", False, True)) == ["ABCD", "cd"]
    assert others(SigmaFieldReference("g", True, True)) == [
        "ABCD",
        "ab",
        "cd",
        "bc",
    ]
    rule = of_values(SigmaFieldReference(r"a\*?"))
    assert matched(rule, [{"f": "1", r"a\*?": "1"}]) != []


def test_values_that_must_all_match() -> None:
    rule = of_values(
        string_of(ANY, "a", ANY),
        SigmaExpansion([string_of(ANY, "b"), string_of(ANY, "c")]),
        SigmaExpansion([string_of("d", ANY), string_of("e", ANY)]),
        SigmaRegularExpression("X"),
        every=True,
    )
    texts = ["d-a-X-b", "e-a-X-c", "d-X-b", "d-a-b", "d-a-X", "a-X-c"]
    assert matched(rule, [{"f": text} for text in texts]) == [
        {"f": "d-a-X-b"},
        {"f": "e-a-X-c"},
    ]


def test_keywords() -> None:
    events: list[Event] = [
        {"a": "xAbx"},
        {"a": {"b": ["12", "ab"]}},
        {"a": 412},
        {"ab": "c"},
    ]
    plain = of_values(SigmaString("ab"), SigmaNumber(12), field=None)
    assert matched(plain, events) == events[:3]
    both = of_values(SigmaString("ab"), SigmaNumber(12), field=None, every=True)
    assert matched(both, events) == [events[1]]
    mixed = of_values(cased("Ab"), SigmaRegularExpression("^4"), field=None)
    assert matched(mixed, events) == [events[0], events[2]]
    beside = set_selection(
        make_rule("{x: y}"),
        item_of(SigmaString("ab"), field=None),
        item_of(SigmaString("c"), field="ab"),
    )
    assert matched(beside, [{"ab": "c"}, {"ab": "c", "d": "ab"}]) == [
        {"ab": "c", "d": "ab"}
    ]


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
    events = [created, accessed, audited]
    for pipeline, seen in (
        (sysmon.sysmon_pipeline(), created),
        (windows.windows_audit_pipeline(), audited),
    ):
        rule = make_rule(r"{Image|endswith: \a.exe}")
        pipeline.apply(rule)
        assert matched(rule, events) == [seen]
