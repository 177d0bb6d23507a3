"""Which fields rules need, and which of them events have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypersigma.rule_set import Rule


@dataclass(frozen=True, slots=True)
class FieldNeed:
    """A field that rules of a log source look at.

    Attributes:
        field: Its name.
        rules: How many rules of the log source look at it.
        events: How many events of the log source have it.
    """

    field: str
    rules: int
    events: int


@dataclass(frozen=True, slots=True)
class LogSourceNeeds:
    """The rules that say the same of where events come from.

    Attributes:
        product: In lower case; empty if rules do not set it.
        category: As product.
        service: As product.
        rules: The rules.
        fields: What they look at, by name.
        events: How many events belong to it. Events of unknown log sources, on
            which the rules are tested too, are not among them.
        silent: Rules that no event can meet which lacks the fields that none of
            the events has that they were tested on.
    """

    product: str
    category: str
    service: str
    rules: tuple[Rule, ...]
    fields: tuple[FieldNeed, ...]
    events: int
    silent: tuple[Rule, ...]

    @property
    def log_source(self) -> str:
        """The attributes that are set, as text.

        Example:
            >>> needs = LogSourceNeeds("aws", "", "waf", (), (), 0, ())
            >>> needs.log_source
            'aws/waf'
        """
        parts = (self.product, self.category, self.service)
        return "/".join(part for part in parts if part)

    def to_dict(self) -> dict[str, Any]:
        """Returns plain data, rules by id and title."""
        return {
            "product": self.product,
            "category": self.category,
            "service": self.service,
            "rules": len(self.rules),
            "events": self.events,
            "fields": [
                {
                    "field": each.field,
                    "rules": each.rules,
                    "events": each.events,
                }
                for each in self.fields
            ],
            "silent": [
                {"id": rule.id, "title": rule.title} for rule in self.silent
            ],
        }


def make_needs(
    needs: Sequence[dict[str, Any]], rules: Sequence[Rule]
) -> tuple[LogSourceNeeds, ...]:
    """Makes needs from those of the extension module."""
    return tuple(
        LogSourceNeeds(
            product=each["product"],
            category=each["category"],
            service=each["service"],
            rules=tuple(rules[rule] for rule in each["rules"]),
            fields=tuple(FieldNeed(*field) for field in each["fields"]),
            events=each["events"],
            silent=tuple(rules[rule] for rule in each["silent"]),
        )
        for each in needs
    )
