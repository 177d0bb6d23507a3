"""Why rules match an event, or why not: values, and the same as JSON.

Plain, immutable values: compared by value, can be pickled, hold no engine.
docs/explain.md describes what they say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from hypersigma.rule_set import Rule

SCHEMA = 1

Truth = Literal["true", "false", "undecided"]


@dataclass(frozen=True, slots=True)
class SeenValue:
    """A value of the event.

    Attributes:
        kind: `string`, `number`, `bool`, `null`, `object` or `empty_array`.
        text: What patterns see: a string without JSON's escapes, the canonical
            text of a number, `true` or `false`; else empty. Bytes that are not
            UTF-8 are lone surrogates, as in `os.fsdecode`.
        member: Where it stands in the event: names of members joined by dots;
            empty when that cannot be told.
    """

    kind: str
    text: str
    member: str


@dataclass(frozen=True, slots=True)
class SeenField:
    """A field that explained rules look at, and what the event has there.

    Attributes:
        name: As rules write it; empty for keywords, which look at every value.
        is_missing: Whether the event has no such field.
        alias: What the event calls it, where that is another name.
        value_count: How many values there are; of keywords those listed.
        values: The first 100, and all others that hit.
    """

    name: str
    is_missing: bool
    alias: str
    value_count: int
    values: tuple[SeenValue, ...]


@dataclass(frozen=True, slots=True)
class IndicatorHit:
    """What in the event makes an indicator true: the first that does.

    Attributes:
        value: The value that hit.
        span: The bytes from begin to end in the UTF-8 of `value.text`; None for
            null and exists.
        pattern: What stands there after all modifiers: of several variants the
            one that hit, folded unless cased.
        has_wildcards: Whether `*` and `?` in the pattern are wildcards, unless
            a backslash is before them.
        at_start: Whether it must stand at the value's beginning.
        at_end: Whether it must stand at the value's end.
        other: The value of the other field under fieldref.
        place: Positions of field and value in `Explanation.fields`.
    """

    value: SeenValue
    span: tuple[int, int] | None
    pattern: str
    has_wildcards: bool
    at_start: bool
    at_end: bool
    other: SeenValue | None
    place: tuple[int, int]

    @property
    def found(self) -> str:
        """The text that hit, as the event writes it."""
        if self.span is None:
            return ""
        text = self.value.text.encode("utf-8", "surrogateescape")
        return text[slice(*self.span)].decode("utf-8", "surrogateescape")


@dataclass(frozen=True, slots=True)
class ExplainedValue:
    """A value of a detection item.

    Attributes:
        kind: How it is looked for, as in `Indicator`.
        value: As the rule writes it.
        truth: Whether the event has it; `neq` is left out.
        reason: Why it is undecided.
        hit: Of one that is true; None where what is true is that the field is
            missing.
    """

    kind: str
    value: str
    truth: Truth
    reason: str
    hit: IndicatorHit | None


@dataclass(frozen=True, slots=True)
class ExplainedDetection:
    """A detection item, or AND or OR of others.

    Attributes:
        kind: `item`, `all_of` (a map) or `any_of` (a list).
        truth: Of an item: any of its values is true, or with `all` all of
            them; inverted if `neq`.
        children: Of `all_of` and `any_of`.
        field: Position in `Explanation.fields`.
        is_keyword: Whether it looks at every value.
        all: Whether all values must be there.
        neq: Whether it is inverted.
        values: Of an item.
    """

    kind: str
    truth: Truth
    children: tuple[ExplainedDetection, ...]
    field: int
    is_keyword: bool
    all: bool
    neq: bool
    values: tuple[ExplainedValue, ...]

    def items(self) -> Iterator[ExplainedDetection]:
        """Returns all items, at any depth, as the rule writes them."""
        if self.kind == "item":
            yield self
        for child in self.children:
            yield from child.items()


@dataclass(frozen=True, slots=True)
class ExplainedSelection:
    """A selection.

    Attributes:
        name: As the rule writes it.
        truth: What it says of the event.
        is_named: Whether a condition names it, itself or by a quantifier.
        is_filter: Whether a filter or a pipeline added it.
        detection: Its body.
    """

    name: str
    truth: Truth
    is_named: bool
    is_filter: bool
    detection: ExplainedDetection


@dataclass(frozen=True, slots=True)
class Change:
    """A predicate that would have to be other than it is.

    Attributes:
        selection: The name of the selection that asks it.
        field: The field; empty for keywords.
        kind: As in `Indicator`.
        value: As the rule writes it.
        pattern: As in `IndicatorHit`.
        has_wildcards: As in `IndicatorHit`.
        becomes: What it would have to be.
        alternatives: How many other predicates of the same detection item
            would do in its place.
    """

    selection: str
    field: str
    kind: str
    value: str
    pattern: str
    has_wildcards: bool
    becomes: bool
    alternatives: int


@dataclass(frozen=True, slots=True)
class RuleExplanation:
    """What one rule makes of the event.

    Attributes:
        rule: The rule.
        truth: What its condition says.
        is_admitted: Whether the event's log sources admit the rule.
        refused: Why the engine never evaluates the rule; else empty.
        selections: As the rule writes them, then those of filters.
        changes_status: `none`: the condition holds; `smallest`: no smaller set
            of changes makes it hold; `sufficient`: the changes make it hold,
            and whether a smaller set does was not decided; `not_decided`: a
            predicate is undecided; `impossible`: nothing makes it hold.
        changes: A smallest set of predicates whose change makes it hold.
    """

    rule: Rule
    truth: Truth
    is_admitted: bool
    refused: str
    selections: tuple[ExplainedSelection, ...]
    changes_status: str
    changes: tuple[Change, ...]

    @property
    def matches(self) -> bool:
        """Whether the rule matches the event."""
        return self.truth == "true" and self.is_admitted and not self.refused

    def hits(self) -> Iterator[tuple[str, ExplainedValue]]:
        """Returns (selection, value) of all that is in the event."""
        for selection in self.selections:
            for item in selection.detection.items():
                for value in item.values:
                    if value.truth == "true":
                        yield selection.name, value


@dataclass(frozen=True, slots=True)
class Explanation:
    """What rules make of one event.

    Attributes:
        rules: Each rule that was asked for, or that matches.
        fields: What the rules look at, each once.
        log_sources: What the event was found to be.
        layout: The event's layout.
        repaired: As in `Matches`.
        time: When the event happened, as it says itself.
        computer: On which computer.
    """

    rules: tuple[RuleExplanation, ...]
    fields: tuple[SeenField, ...]
    log_sources: tuple[tuple[str, str, str], ...]
    layout: str
    repaired: bool
    time: str
    computer: str

    def to_dict(self) -> dict[str, Any]:
        """Returns what docs/explain.md describes as JSON."""
        return {
            "schema": SCHEMA,
            "event": {
                "time": self.time,
                "computer": self.computer,
                "layout": self.layout,
                "log_sources": [
                    dict(zip(_SOURCE, source, strict=True))
                    for source in self.log_sources
                ],
                "repaired": self.repaired,
            },
            "fields": [_field_dict(field) for field in self.fields],
            "rules": [_rule_dict(rule) for rule in self.rules],
        }


_SOURCE = ("product", "category", "service")


def _text(text: str) -> str:
    """Returns a text that has UTF-8."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _field_dict(field: SeenField) -> dict[str, Any]:
    return {
        "name": field.name,
        "missing": field.is_missing,
        "alias": field.alias,
        "value_count": field.value_count,
        "values": [
            {
                "kind": value.kind,
                "text": _text(value.text),
                "member": _text(value.member),
            }
            for value in field.values
        ],
    }


def _rule_dict(explained: RuleExplanation) -> dict[str, Any]:
    rule = explained.rule
    return {
        "rule": {
            "id": rule.id,
            "title": rule.title,
            "level": rule.level,
            "file": rule.file,
        },
        "matches": explained.matches,
        "truth": explained.truth,
        "admitted": explained.is_admitted,
        "refused": explained.refused,
        "selections": [
            {
                "name": selection.name,
                "truth": selection.truth,
                "named": selection.is_named,
                "filter": selection.is_filter,
                "detection": _detection_dict(selection.detection),
            }
            for selection in explained.selections
        ],
        "changes_status": explained.changes_status,
        "changes": [
            {
                "selection": change.selection,
                "field": change.field,
                "kind": change.kind,
                "value": change.value,
                "pattern": change.pattern,
                "wildcards": change.has_wildcards,
                "becomes": change.becomes,
                "alternatives": change.alternatives,
            }
            for change in explained.changes
        ],
    }


def _detection_dict(detection: ExplainedDetection) -> dict[str, Any]:
    if detection.kind != "item":
        return {
            "kind": detection.kind,
            "truth": detection.truth,
            "children": [_detection_dict(one) for one in detection.children],
        }
    return {
        "kind": "item",
        "truth": detection.truth,
        "field": detection.field,
        "keyword": detection.is_keyword,
        "all": detection.all,
        "neq": detection.neq,
        "values": [_value_dict(value) for value in detection.values],
    }


def _value_dict(value: ExplainedValue) -> dict[str, Any]:
    result: dict[str, Any] = {
        "kind": value.kind,
        "value": value.value,
        "truth": value.truth,
    }
    if value.reason:
        result["reason"] = value.reason
    if value.hit is not None:
        hit = value.hit
        result["hit"] = {
            "field": hit.place[0],
            "value": hit.place[1],
            "span": hit.span and list(hit.span),
            "found": _text(hit.found),
            "pattern": hit.pattern,
            "wildcards": hit.has_wildcards,
            "at_start": hit.at_start,
            "at_end": hit.at_end,
        }
        if hit.other is not None:
            result["hit"]["other"] = _text(hit.other.text)
    return result
