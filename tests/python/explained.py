"""Checks an explanation by a search of its own: no code of hypersigma's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from hypersigma import ExplainedValue, Explanation, IndicatorHit

# Kinds whose pattern is a text.
TEXTS = {"match", "starts_with", "ends_with", "eq", "wildcard", "keyword"}


def fold(text: str) -> str:
    """Returns simple case folding, one character for one."""
    return "".join(
        folded if len(folded := character.casefold()) == 1 else lower(character)
        for character in text
    )


def lower(character: str) -> str:
    if character == "\u0130":
        return character
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character


def values_at(event: Any, member: str) -> Iterator[Any]:
    """Yields the values of a member named by dots, through arrays."""
    if isinstance(event, list):
        for one in event:
            yield from values_at(one, member)
        return
    if not member:
        yield event
        return
    if not isinstance(event, dict):
        return
    for key, value in event.items():
        if member == key:
            yield from values_at(value, "")
        elif member.startswith(f"{key}."):
            yield from values_at(value, member[len(key) + 1 :])


def canonical(value: Any) -> tuple[str, str]:
    """Returns kind and text of a JSON value."""
    if isinstance(value, bool):
        return "bool", "true" if value else "false"
    if isinstance(value, int):
        return "number", str(value)
    if isinstance(value, float):
        return "number", str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, str):
        return "string", value
    return ("null" if value is None else "object"), ""


def regex_of(pattern: str, has_wildcards: bool) -> re.Pattern[str]:
    if not has_wildcards:
        return re.compile(re.escape(pattern), re.DOTALL)
    parts = re.findall(r"\\.|[*?]|[^\\*?]+", pattern, re.DOTALL)
    wild = {"*": ".*", "?": "."}
    return re.compile(
        "".join(
            wild.get(part) or re.escape(part[1:] if part[0] == "\\" else part)
            for part in parts
        ),
        re.DOTALL,
    )


def check_event(explanation: Explanation, event: str | bytes) -> int:
    """Checks every hit of an explanation; returns how many there were."""
    parsed = json.loads(event)
    count = 0
    for rule in explanation.rules:
        for _, value in rule.hits():
            if value.hit is not None:
                check_hit(value, value.hit, parsed)
                count += 1
    return count


def check_hit(value: ExplainedValue, hit: IndicatorHit, event: Any) -> None:
    seen = (hit.value.kind, hit.value.text)
    assert hit.value.member, value
    found = {canonical(one) for one in values_at(event, hit.value.member)}
    assert seen in found, (value, found)
    if hit.span is None:
        assert value.kind in ("exists", "null")
        return
    data = hit.value.text.encode()
    begin, end = hit.span
    assert 0 <= begin <= end <= len(data)
    if hit.at_start:
        assert begin == 0
    if hit.at_end:
        assert end == len(data)
    text = data[begin:end].decode()
    assert text == hit.found
    if value.kind == "regex":
        flags = re.DOTALL | re.MULTILINE | re.IGNORECASE
        try:
            pattern = re.compile(value.value, flags)
        except re.error:
            return
        assert pattern.search(hit.value.text), value
    elif value.kind in TEXTS:
        pattern = regex_of(hit.pattern, hit.has_wildcards)
        assert pattern.fullmatch(text) or pattern.fullmatch(fold(text)), value
