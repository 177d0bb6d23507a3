"""Why programs match differently often: what is known of it, rule by rule.

A reason is told from the rule and from who found more, so it is the likely one:
rules for which none is known are listed as such.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comparison.lanes import Lane, differing_rules
from comparison.programs import OWN
from provenance import rule_files

UNKNOWN = "not known"
# Rules without a known reason are listed up to this many.
_LISTED = 20
_ID = re.compile(r"^id:\s*['\"]?([0-9a-fA-F-]{36})", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """A rule that two programs match differently often."""

    lane: str
    rule: dict[str, Any]
    own: int
    peer: int


def _values(node: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yields the values of a detection with the keys that they stand under."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _values(value, str(name))
    elif isinstance(node, list):
        for value in node:
            yield from _values(value, key)
    else:
        yield key, str(node)


def _has_wildcard(text: str) -> bool:
    return re.search(r"(?<!\\)(\\\\)*[*?]", text) is not None


def _is_anchored_wildcard(case: Case) -> bool:
    return any(
        re.search(r"\|(ends|starts)with", key) and _has_wildcard(value)
        for key, value in _values(case.rule.get("detection"))
    )


def _is_wildcard(case: Case) -> bool:
    return case.own > case.peer and any(
        "|re" not in key and _has_wildcard(value)
        for key, value in _values(case.rule.get("detection"))
    )


REASONS: dict[str, Callable[[Case], bool]] = {
    "a wildcard within the value of endswith or startswith":
        _is_anchored_wildcard,
    "a wildcard over the end of a line": _is_wildcard,
}  # fmt: skip


def reason_of(case: Case) -> str:
    """Returns the first reason that applies, or UNKNOWN."""
    for reason, applies in REASONS.items():
        if applies(case):
            return reason
    return UNKNOWN


def read_rules(rules: Path, ids: set[str]) -> dict[str, dict[str, Any]]:
    """Returns the rules of these ids; of several documents the first counts."""
    import yaml

    found = {}
    for path in rule_files(rules):
        text = path.read_text(encoding="utf-8")
        for one in _ID.findall(text):
            if one in ids:
                document = next(yaml.safe_load_all(text))
                found[one] = document if isinstance(document, dict) else {}
    return found


def add_reasons(found: dict[str, Any], lane: Lane, rules: Path) -> None:
    """Adds to each of `differences` of a lane why rules differ.

    Args:
        found: The lane as JSON.
        lane: The same, with the counts of all rules.
        rules: Where the rules are.
    """
    for difference in found["differences"]:
        peer = difference["peer"]
        differing = differing_rules(lane.counts[OWN], lane.counts[peer])
        texts = read_rules(rules, {rule for rule, _, _ in differing})
        groups: dict[str, list[tuple[str, int, int]]] = {}
        for rule, own, theirs in differing:
            case = Case(lane.name, texts.get(rule, {}), own, theirs)
            groups.setdefault(reason_of(case), []).append((rule, own, theirs))
        difference["reasons"] = [
            {
                "reason": reason,
                "rules": len(groups[reason]),
                OWN: sum(own for _, own, _ in groups[reason]),
                peer: sum(theirs for _, _, theirs in groups[reason]),
                "listed": [rule for rule, _, _ in groups[reason][:_LISTED]],
            }
            for reason in (*REASONS, UNKNOWN)
            if reason in groups
        ]
