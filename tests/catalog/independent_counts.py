"""Counts the indicators of rules from their YAML alone.

What the catalogue says is compared with this. It reads rules by PyYAML's nodes,
shares no code with hypersigma, and knows only what the design of the catalogue
says: an indicator is a field, a kind, a value as written and the modifiers that
change the value. It counts as the same where field, kind and value are,
caselessly unless `cased`, whatever else changes the value.

Usage: independent_counts.py sigma=FOLDER [own=FOLDER...] > counts.json
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

# The modifier that gives the kind, in order of precedence, and the kind.
_KINDS = {
    "re": "regex",
    "exists": "exists",
    "cidr": "cidr",
    "fieldref": "fieldref",
    "minute": "minute",
    "hour": "hour",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "lt": "lt",
    "lte": "lte",
    "gt": "gt",
    "gte": "gte",
    "contains": "match",
    "startswith": "starts_with",
    "endswith": "ends_with",
}
# These say how values are combined or give the kind; others change the value.
_NOT_OF_VALUES = {"all", "neq", *_KINDS}
_NO_SELECTION = {"condition", "timeframe"}

_NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True, order=True)
class Indicator:
    """What a rule looks for.

    Attributes:
        field: Its name; empty for keywords.
        kind: Such as `match` or `ends_with`.
        value: As written; `null` for one that is left out.
        modifiers: Those that change the value, in the order written.
    """

    field: str
    kind: str
    value: str
    modifiers: tuple[str, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The same for all indicators that count as the same."""
        is_cased = "cased" in self.modifiers
        value = self.value if is_cased else self.value.casefold()
        return self.field, self.kind, value, "cased" if is_cased else ""


@dataclass(frozen=True)
class WrittenRule:
    """A rule's indicators.

    Attributes:
        id: As written; may be empty.
        title: As written.
        label: Of its source.
        root: The folder of its source.
        path: Of its file.
        indicators: Each once, in the order written.
    """

    id: str
    title: str
    label: str
    root: Path
    path: Path
    indicators: tuple[Indicator, ...]


def read_rules(sources: Iterable[tuple[str, Path]]) -> list[WrittenRule]:
    """Reads the rules below folders.

    Args:
        sources: Labels and folders.

    Returns:
        The rules of all sources in order, those of a folder by file name.
    """
    rules = []
    for label, folder in sources:
        for path in sorted(folder.rglob("*.yml")):
            with path.open(encoding="utf-8") as file:
                for node in yaml.compose_all(file, yaml.CSafeLoader):
                    if (rule := _read(node, label, folder, path)) is not None:
                        rules.append(rule)
    return rules


def count(
    rules: Iterable[WrittenRule],
) -> dict[tuple[str, ...], Counter[str]]:
    """Counts the rules that look for the same.

    Args:
        rules: Of a whole catalogue.

    Returns:
        By `Indicator.key` the number of rules by source label.
    """
    counts: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for rule in rules:
        for key in {indicator.key for indicator in rule.indicators}:
            counts[key][rule.label] += 1
    return counts


def _read(
    node: yaml.Node, label: str, root: Path, path: Path
) -> WrittenRule | None:
    rule = dict(_members(node))
    if "detection" not in rule:
        return None
    indicators: dict[Indicator, None] = {}
    for name, selection in _members(rule["detection"]):
        if name not in _NO_SELECTION:
            indicators.update(dict.fromkeys(_indicators(selection)))
    return WrittenRule(
        id=_text(rule.get("id")),
        title=_text(rule.get("title")),
        label=label,
        root=root,
        path=path,
        indicators=tuple(indicators),
    )


def _indicators(selection: yaml.Node) -> Iterator[Indicator]:
    if isinstance(selection, yaml.SequenceNode):
        for part in selection.value:
            yield from _indicators(part)
    elif isinstance(selection, yaml.MappingNode):
        for name, values in _members(selection):
            field, *modifiers = name.split("|")
            yield from _values(field, modifiers, values)
    else:
        yield from _values("", [], selection)


def _values(
    field: str, modifiers: list[str], values: yaml.Node
) -> Iterator[Indicator]:
    written = values.value if _is_list(values) else [values]
    for value in written:
        yield Indicator(
            field,
            _kind(field, modifiers, value),
            value.value or ("null" if value.tag == _NULL else ""),
            tuple(name for name in modifiers if name not in _NOT_OF_VALUES),
        )


def _kind(field: str, modifiers: list[str], value: yaml.Node) -> str:
    if value.tag == _NULL:
        return "null"
    if "re" in modifiers:
        return "regex"
    if not field:
        return "keyword"
    if {"startswith", "endswith"} <= set(modifiers):
        return "match"
    for modifier, kind in _KINDS.items():
        if modifier in modifiers:
            return kind
    return "wildcard" if _has_wildcard(value.value) else "eq"


def _has_wildcard(text: str) -> bool:
    """Whether a * or ? is left once escapes are gone."""
    at = 0
    while at < len(text):
        if text[at] == "\\" and text[at + 1 : at + 2] in {"*", "?", "\\"}:
            at += 2
            continue
        if text[at] in "*?":
            return True
        at += 1
    return False


def _members(node: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield _text(key), value


def _is_list(node: yaml.Node) -> bool:
    return isinstance(node, yaml.SequenceNode)


def _text(node: yaml.Node | None) -> str:
    return node.value if isinstance(node, yaml.ScalarNode) else ""


def main() -> None:
    """Prints every rule with its indicators and their counts."""
    sources = []
    for argument in sys.argv[1:]:
        label, _, folder = argument.partition("=")
        sources.append((label, Path(folder)))
    rules = read_rules(sources)
    counts = count(rules)
    for rule in rules:
        rows = [
            {
                "field": indicator.field,
                "kind": indicator.kind,
                "value": indicator.value,
                "modifiers": list(indicator.modifiers),
                "rules": dict(counts[indicator.key]),
            }
            for indicator in rule.indicators
        ]
        print(json.dumps({"id": rule.id, "indicators": rows}))


if __name__ == "__main__":
    main()
