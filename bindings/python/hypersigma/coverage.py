"""Which techniques of ATT&CK rules are for, by their tags.

docs/coverage.md says how rules are counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hypersigma.catalog import Catalog
from hypersigma.rule_set import Rule


@dataclass(frozen=True, slots=True)
class TacticCoverage:
    """What is tagged with a tactic.

    Attributes:
        tactic: As in tags, `lateral-movement`; empty for what has none.
        id: As ATT&CK numbers it; empty for a tactic that is not known.
        name: For people.
        techniques: Those that stand beside the tactic in some rule, sorted.
        rules: Positions of rules.
    """

    tactic: str
    id: str
    name: str
    techniques: tuple[str, ...]
    rules: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The tactics and techniques of a rule set.

    Attributes:
        rules: The rules, by position.
        tactics: In the order of the matrix; then those that are not known; at
            last, if need be, what has no tactic.
        techniques: Positions of the rules of each technique, sorted.
    """

    rules: tuple[Rule, ...]
    tactics: tuple[TacticCoverage, ...]
    techniques: dict[str, tuple[int, ...]]

    def titles(self, technique: str) -> list[str]:
        """Returns the titles of a technique's rules, in load order."""
        return [
            self.rules[position].title
            for position in self.techniques.get(technique, ())
        ]

    def to_dict(self) -> dict[str, Any]:
        """Returns plain data for JSON: counts, and titles by technique."""
        return {
            "rules": len(self.rules),
            "tactics": [
                {
                    "tactic": each.tactic or None,
                    "id": each.id or None,
                    "name": each.name,
                    "techniques": list(each.techniques),
                    "rules": len(each.rules),
                }
                for each in self.tactics
            ],
            "techniques": [
                {
                    "technique": technique,
                    "rules": [rule_dict(self.rules[at]) for at in positions],
                }
                for technique, positions in self.techniques.items()
            ],
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """What only one of two rule sets has.

    Rules are the same that have the same id, or, without one, the same title.

    Attributes:
        other: The coverage of the other rules.
        techniques: Of these rules only.
        other_techniques: Of the other ones only.
        rules: Of these rules only.
        other_rules: Of the other ones only.
    """

    other: Coverage
    techniques: tuple[str, ...]
    other_techniques: tuple[str, ...]
    rules: tuple[Rule, ...]
    other_rules: tuple[Rule, ...]

    def to_dict(self) -> dict[str, Any]:
        """Returns plain data for JSON."""
        return {
            "other": self.other.to_dict(),
            "only_here": {
                "techniques": list(self.techniques),
                "rules": [rule_dict(rule) for rule in self.rules],
            },
            "only_other": {
                "techniques": list(self.other_techniques),
                "rules": [rule_dict(rule) for rule in self.other_rules],
            },
        }


def measure_coverage(catalog: Catalog, rules: Iterable[Rule]) -> Coverage:
    """Counts the techniques of rules.

    Args:
        catalog: Of the rules.
        rules: The same rules, by position.

    Returns:
        What their tags say.

    Example:
        >>> from hypersigma import RuleSet
        >>> rules = RuleSet.from_yaml('''
        ... title: Whoami
        ... tags: [attack.discovery, attack.t1033]
        ... logsource: {category: process_creation}
        ... detection: {whoami: {Image: whoami.exe}, condition: whoami}
        ... ''')
        >>> coverage = measure_coverage(Catalog.build(rules), rules.rules)
        >>> coverage.techniques
        {'T1033': (0,)}
        >>> coverage.tactics[0].name
        'Discovery'
    """
    kept = tuple(rules)
    index = json.loads(catalog.index())
    beside: dict[str, list[str]] = {}
    for row in index["techniques"]:
        for tactic in row["tactics"] or [""]:
            beside.setdefault(tactic, []).append(row["technique"])
    tactics = [
        TacticCoverage(
            row["tactic"],
            row["id"] or "",
            row["name"] or row["tactic"],
            tuple(beside.get(row["tactic"], ())),
            tuple(row["positions"]),
        )
        for row in index["tactics"]
    ]
    tagged = {position for each in tactics for position in each.rules}
    rest = tuple(at for at in range(len(kept)) if at not in tagged)
    if rest:
        none = tuple(beside.get("", ()))
        tactics.append(TacticCoverage("", "", "no tactic", none, rest))
    return Coverage(
        kept,
        tuple(tactics),
        {
            row["technique"]: tuple(row["positions"])
            for row in index["techniques"]
        },
    )


def compare_coverage(here: Coverage, other: Coverage) -> Comparison:
    """Tells what only one of two rule sets has.

    Args:
        here: Of these rules.
        other: Of the other ones.

    Example:
        >>> nothing = Coverage((), (), {})
        >>> compare_coverage(Coverage((), (), {"T1": ()}), nothing).techniques
        ('T1',)
    """
    return Comparison(
        other,
        _without(here.techniques, other.techniques),
        _without(other.techniques, here.techniques),
        _unknown_rules(here.rules, other.rules),
        _unknown_rules(other.rules, here.rules),
    )


def rule_dict(rule: Rule) -> dict[str, Any]:
    """Returns what names a rule, for JSON."""
    return {
        "title": rule.title,
        "id": rule.id,
        "file": rule.file,
        "line": rule.line,
    }


def _without(those: Iterable[str], these: dict[str, Any]) -> tuple[str, ...]:
    return tuple(each for each in those if each not in these)


def _unknown_rules(
    rules: Iterable[Rule], known: Iterable[Rule]
) -> tuple[Rule, ...]:
    identities = {_identity(rule) for rule in known}
    return tuple(rule for rule in rules if _identity(rule) not in identities)


def _identity(rule: Rule) -> tuple[str, str]:
    return ("id", rule.id.lower()) if rule.id else ("title", rule.title)
