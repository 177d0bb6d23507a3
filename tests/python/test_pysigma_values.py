"""What values of pySigma mean, whatever made them."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("sigma.rule", reason="pySigma is not installed")

from sigma.types import (
    CompareOperators,
    SigmaBool,
    SigmaCIDRExpression,
    SigmaCompareExpression,
    SigmaExists,
    SigmaExpansion,
    SigmaFieldReference,
    SigmaNull,
    SigmaNumber,
    SigmaRegularExpression,
    SigmaString,
    SigmaTimestampPart,
    SigmaType,
    TimestampPart,
)

from pysigma_rules import (
    ANY,
    I_FLAG,
    M_FLAG,
    ONE,
    S_FLAG,
    Event,
    cased,
    item_of,
    make_rule,
    matched,
    of_values,
    set_selection,
    string_of,
)

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
