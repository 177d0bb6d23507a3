"""Why programs match differently often: what is known of it, rule by rule.

hypersigma says which event matched, so most of what it alone finds can be told
exactly: the same event does not match under `--routing off`, or says another
log source than the rule's. What is then left of a rule has the likely reason
that its values have, or none that is known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comparison.lanes import Lane, differing_rules
from comparison.programs import OWN, own_rule
from provenance import rule_files

NAMES = "the event has the field under another name"
TWO_SOURCES = "the event is of two log sources and can name one"
ANCHORED = "likely a wildcard within a value of endswith or startswith"
NEWLINE = "likely a wildcard over the end of a line"
UNKNOWN = "not known"
# Rules without a known reason are listed up to this many.
_LISTED = 20
_ID = re.compile(r"^id:\s*['\"]?([0-9a-fA-F-]{36})", re.MULTILINE)

# A rule and the place of an event among all.
Found = set[tuple[str, int]]


@dataclass(frozen=True)
class Evidence:
    """What hypersigma found, and how.

    Attributes:
        found: All that it found in the lane.
        plain: What it finds in the same events under `--routing off`, where
            fields have no other names; None if the lane itself is that.
        stated: By place of the event, the log source that it names.
    """

    found: Found = field(default_factory=set)
    plain: Found | None = None
    stated: list[dict[str, str]] = field(default_factory=list)


@dataclass
class _Group:
    rules: list[str] = field(default_factory=list)
    own: int = 0
    peer: int = 0

    def add(self, rule: str, own: int, peer: int) -> None:
        if own or peer:
            self.rules.append(rule)
            self.own += own
            self.peer += peer


def read_evidence(output: Path, plain: Path | None, events: Path) -> Evidence:
    """Returns the evidence from two outputs of hypersigma and their events."""
    if plain is None:
        return Evidence(_read_found(output))
    with events.open("rb") as lines:
        stated = [_stated(line) for line in lines if line.strip()]
    return Evidence(_read_found(output), _read_found(plain), stated)


def _read_found(output: Path) -> Found:
    with output.open(encoding="utf-8") as lines:
        matches = map(json.loads, lines)
        return {(own_rule(one), one["event"]["index"]) for one in matches}


def _stated(line: bytes) -> dict[str, str]:
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    before = "logsource_"
    return {
        name.removeprefix(before): value
        for name, value in event.items()
        if name.startswith(before)
    }


def add_reasons(
    found: dict[str, Any], lane: Lane, rules: Path, evidence: Evidence
) -> None:
    """Adds to each of `differences` of a lane why matches are of one alone.

    Args:
        found: The lane as JSON.
        lane: The same, with the counts of all rules.
        rules: Where the rules are.
        evidence: Of the same lane.
    """
    for difference in found["differences"]:
        peer = difference["peer"]
        differing = differing_rules(lane.counts[OWN], lane.counts[peer])
        texts = read_rules(rules, {rule for rule, _, _ in differing})
        groups: dict[str, _Group] = {}
        for rule, own, theirs in differing:
            parts = explain(rule, own, theirs, texts.get(rule, {}), evidence)
            for reason, only_own, only_peer in parts:
                group = groups.setdefault(reason, _Group())
                group.add(rule, only_own, only_peer)
        difference["reasons"] = [
            {
                "reason": reason,
                "rules": len(group.rules),
                OWN: group.own,
                peer: group.peer,
                "listed": group.rules[:_LISTED],
            }
            for reason, group in groups.items()
            if group.rules
        ]


def explain(
    rule: str, own: int, peer: int, text: dict[str, Any], evidence: Evidence
) -> Iterator[tuple[str, int, int]]:
    """Yields reasons, each with the matches of hypersigma and the peer alone.

    Args:
        rule: Its id.
        own: How often hypersigma matches it.
        peer: How often the peer does.
        text: The rule itself; empty if it was not found.
        evidence: What hypersigma found.
    """
    named = other = 0
    if evidence.plain is not None:
        places = {at for one, at in evidence.found if one == rule}
        known = {at for one, at in evidence.plain if one == rule}
        named = len(places - known)
        other = sum(
            _conflicts(text.get("logsource") or {}, evidence.stated[at])
            for at in places & known
        )
    yield NAMES, named, 0
    yield TWO_SOURCES, other, 0
    rest = own - named - other - peer
    yield _likely(text, rest), max(rest, 0), max(-rest, 0)


def _conflicts(source: dict[str, Any], stated: dict[str, str]) -> bool:
    return any(
        part in source and str(source[part]).lower() != value.lower()
        for part, value in stated.items()
    )


def _likely(text: dict[str, Any], rest: int) -> str:
    values = list(_values(text.get("detection")))
    if any(
        re.search(r"\|(ends|starts)with", key) and _has_wildcard(value)
        for key, value in values
    ):
        return ANCHORED
    is_wild = any("|re" not in key and _has_wildcard(v) for key, v in values)
    return NEWLINE if rest > 0 and is_wild else UNKNOWN


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
