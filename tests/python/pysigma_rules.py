"""Rules and values of pySigma, made by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sigma.conditions import ConditionAND, ConditionOR
from sigma.rule import SigmaDetection, SigmaDetectionItem, SigmaRule
from sigma.types import (
    Placeholder,
    SigmaCasedString,
    SigmaRegularExpressionFlag,
    SigmaString,
    SigmaType,
    SpecialChars,
)

from hypersigma import Diagnostic, Engine, RuleSet

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
