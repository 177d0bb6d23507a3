"""Reads the conformance suite. README.md describes the format.

Needs PyYAML and nothing of hypersigma, so that other engines can use it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent

_HEAD = "title: T\nlogsource: {category: test}\ndetection:\n"


@dataclass(frozen=True)
class Case:
    """One case.

    Attributes:
        id: Unique in the suite.
        file: The name of its file, without the ending.
        section: What settles it.
        rules: YAML text, one or more documents.
        refuse: "" if loading takes the rules, else "always" or "strict".
        events: JSON texts.
        expect: For each event the titles of the rules that hold.
        placeholders: Values of `%name%`.
        note: A remark.
        decision: What was decided where the specification is silent.
        degraded: How many documents load without all of their meaning.
        keys: All keys, as they stand in the file.
    """

    id: str
    file: str
    section: str
    rules: str
    refuse: str = ""
    events: tuple[bytes, ...] = ()
    expect: tuple[frozenset[str], ...] = ()
    placeholders: dict[str, list[str]] = field(default_factory=dict)
    note: str = ""
    decision: str = ""
    degraded: int = 0
    keys: frozenset[str] = frozenset()


def load_yaml(path: Path) -> Any:
    """Reads a file of the suite; every scalar is a str."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def load_cases(folder: Path = FOLDER / "cases") -> list[Case]:
    """Reads all cases, in the order of files and in each file's order."""
    return [
        _case(path.stem, entry)
        for path in sorted(folder.glob("*.yml"))
        for entry in load_yaml(path)
    ]


def _case(file: str, entry: dict[str, Any]) -> Case:
    rules = entry.get("rules", "")
    if "context" in entry:
        rules = f"{entry['context']}---\n{rules}"
    if "detection" in entry:
        rules = _HEAD + textwrap.indent(entry["detection"], "  ")
    judged = list(_judged(entry))
    encoding = "latin-1" if entry.get("bytes") == "true" else "utf-8"
    return Case(
        id=entry["id"],
        file=file,
        section=entry["section"],
        rules=rules,
        refuse=entry.get("refuse", ""),
        events=tuple(event.encode(encoding) for event, _ in judged),
        expect=tuple(titles for _, titles in judged),
        placeholders=entry.get("placeholders") or {},
        note=entry.get("note", ""),
        decision=entry.get("decision", ""),
        degraded=int(entry.get("degraded", 0)),
        keys=frozenset(entry),
    )


def _judged(entry: dict[str, Any]) -> Iterator[tuple[str, frozenset[str]]]:
    for event in entry.get("match", ()):
        yield event, frozenset({"T"})
    for event in entry.get("no_match", ()):
        yield event, frozenset()
    events, expect = entry.get("events", ()), entry.get("expect", ())
    yield from zip(events, map(frozenset, expect), strict=True)
