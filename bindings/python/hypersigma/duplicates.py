"""Rules that say the same, or of which one says no more than another.

docs/catalog.md says what is compared, and what is not known.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from hypersigma.catalog import Catalog
from hypersigma.loaded_rules import RuleSet
from hypersigma.rule_set import Rule, Severity

OverlapKind = Literal["equal", "implies"]


@dataclass(frozen=True, slots=True)
class Overlap:
    """What one rule is to another.

    Attributes:
        kind: `equal`: both match the same events. `implies`: the other one
            matches whatever this one does.
        rule: The rule that may not be needed.
        other: The rule beside which it may not be.
    """

    kind: OverlapKind
    rule: Rule
    other: Rule

    @property
    def severity(self) -> Severity:
        """How much it matters: `warning` where equal, else `note`."""
        return "warning" if self.kind == "equal" else "note"

    @property
    def explanation(self) -> str:
        """What the two are to each other, without the place of this one."""
        words = {"equal": "is equal to", "implies": "implies"}
        return (
            f"{_name(self.rule)} {words[self.kind]} {_name(self.other)},"
            f" {self.other.file}:{self.other.line}"
        )


@dataclass(frozen=True, slots=True)
class Duplicates:
    """All that is known of what rules are to each other.

    Attributes:
        equal: Groups of rules that match the same events, in load order.
        implied: Pairs: whatever the first matches, the second matches too.
            Without those of `equal`.
        not_decided: How many pairs may be one of `implied`.
        is_complete: Whether all rules were compared; False past the bound of
            the comparison.
    """

    equal: tuple[tuple[Rule, ...], ...]
    implied: tuple[tuple[Rule, Rule], ...]
    not_decided: int
    is_complete: bool

    def overlaps(self) -> Iterator[Overlap]:
        """Yields what rules are to others: of equal ones, to the first.

        Yields:
            The equal ones, then those that imply others.
        """
        for first, *others in self.equal:
            for rule in others:
                yield Overlap("equal", rule, first)
        for narrow, wide in self.implied:
            yield Overlap("implies", narrow, wide)

    def to_dict(self) -> dict[str, Any]:
        """Returns the same as plain values, for JSON.

        Returns:
            `equal`, lists of rules; `implied`, pairs of `rule` and `implies`;
            `not_decided` and `complete`. A rule has `title`, `id`, `file` and
            `line`.
        """
        return {
            "equal": [[_rule_dict(rule) for rule in one] for one in self.equal],
            "implied": [
                {"rule": _rule_dict(narrow), "implies": _rule_dict(wide)}
                for narrow, wide in self.implied
            ],
            "not_decided": self.not_decided,
            "complete": self.is_complete,
        }

    def __str__(self) -> str:
        """Returns the counts, for people."""
        rules = sum(map(len, self.equal))
        groups = len(self.equal)
        parts = [
            f"{rules:,} equal rules in {groups:,}"
            f" group{'' if groups == 1 else 's'}",
            _pairs(len(self.implied), "implied pair"),
            f"{_pairs(self.not_decided, 'pair')} not decided",
        ]
        if not self.is_complete:
            parts.append("not all rules were compared")
        return ", ".join(parts)


def find_duplicates(rules: RuleSet) -> Duplicates:
    r"""Compares all rules with each other.

    Args:
        rules: Filters and pipelines are applied: compared is what is evaluated.

    Returns:
        Claims that are proved, and how many could not be decided.

    Example:
        >>> rules = RuleSet.from_yaml('''
        ... title: Shell
        ... logsource: {category: process_creation}
        ... detection:
        ...   selection: {Image|endswith: sh.exe}
        ...   condition: selection
        ... ---
        ... title: Power Shell
        ... logsource: {category: process_creation}
        ... detection:
        ...   selection: {Image|endswith: powersh.exe}
        ...   condition: selection
        ... ''')
        >>> for overlap in find_duplicates(rules).overlaps():
        ...     print(overlap.explanation)
        'Power Shell' implies 'Shell', <yaml>:2
    """
    catalog = Catalog.build(rules)
    logic = json.loads(catalog.index())["logic"]
    made = rules.rules
    return Duplicates(
        tuple(tuple(made[one] for one in group) for group in logic["equal"]),
        tuple((made[narrow], made[wide]) for narrow, wide in logic["implied"]),
        len(logic["not_decided"]),
        logic["complete"],
    )


def _name(rule: Rule) -> str:
    title = f"'{rule.title}'" if rule.title else "a rule without title"
    return f"{title} ({rule.id})" if rule.id else title


def _rule_dict(rule: Rule) -> dict[str, Any]:
    return {
        "title": rule.title,
        "id": rule.id,
        "file": rule.file,
        "line": rule.line,
    }


def _pairs(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
