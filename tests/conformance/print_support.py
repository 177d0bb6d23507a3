"""Prints docs/sigma_support.md from the conformance suite.

Usage: print_support.py > docs/sigma_support.md
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import yaml

import hypersigma
from conformance_suite import FOLDER, Case, load_cases, load_yaml

_INTRO = """\
# What of Sigma is supported

<!-- Printed by tests/conformance/print_support.py; do not edit. -->

hypersigma evaluates detection rules of [Sigma 2.1](https://sigmahq.io/sigma-specification/).
Each statement below is pinned by a case of the conformance suite,
[tests/conformance](../tests/conformance/README.md), which is data that other
engines can take: {cases} cases, {refused} of them rules that must be refused.
The names of cases stand in `code`.

## Modifiers

A modifier that is not in the table refuses the rule; it is never ignored.

| Modifier | Takes | What it does | Cases |
|---|---|---|---|
"""

_DECISIONS = """
## Decisions where the specification is silent

Where the specification does not say, or implementations differ, this is what
hypersigma does. The case shows it.
"""

_STRICT = """
## What strict loading refuses

Loading takes these rules by default, with a warning that says how: a rule that
does not load detects nothing. Strict loading refuses them.

| Rule | Case |
|---|---|
"""

_REFUSED = """
## What is always refused

"""


def print_support(cases: list[Case]) -> str:
    """Returns the page."""
    names: dict[str, Any] = load_yaml(FOLDER / "sections.yml")
    refused = sum(case.refuse == "always" for case in cases)
    parts = [
        _INTRO.format(cases=len(cases), refused=refused),
        *_modifier_rows(cases),
        *_section_rows(cases, names["sections"]),
        *_decisions(cases, names["sections"]),
        _STRICT,
        *_strict_rows(cases),
        _REFUSED,
        *_refused(cases, names["sections"]),
        _limits(),
    ]
    return "".join(parts)


def section_number(case: Case) -> str:
    """Returns the case's section without the name of a modifier."""
    if case.section.startswith("5 (") and "rule" not in case.section:
        return "5"
    return case.section


def modifiers_of(case: Case) -> frozenset[str]:
    """Returns the modifiers that the case's rules use."""
    try:
        documents = list(yaml.load_all(case.rules, Loader=yaml.BaseLoader))
    except yaml.YAMLError:
        return frozenset()
    return frozenset(
        name for key in _keys(documents) for name in key.split("|")[1:]
    )


def _keys(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from node
        for value in node.values():
            yield from _keys(value)
    elif isinstance(node, list):
        for value in node:
            yield from _keys(value)


def _modifier_rows(cases: list[Case]) -> Iterator[str]:
    used = [modifiers_of(case) for case in cases]
    for modifier in hypersigma.modifiers():
        count = sum(modifier.name in names for names in used)
        yield (
            f"| `{modifier.name}` | {modifier.takes}"
            f" | {modifier.summary} | {count} |\n"
        )


def _in_section(
    cases: Iterable[Case], sections: dict[str, str]
) -> Iterator[tuple[str, str, list[Case]]]:
    for number, title in sections.items():
        inside = [case for case in cases if section_number(case) == number]
        if inside:
            yield number, title, inside


def _section_rows(cases: list[Case], sections: dict[str, str]) -> Iterator[str]:
    yield "\n## Sections\n\n| Section | About | Cases |\n|---|---|---|\n"
    for number, title, inside in _in_section(cases, sections):
        yield f"| {number} | {title} | {len(inside)} |\n"


def _decisions(cases: list[Case], sections: dict[str, str]) -> Iterator[str]:
    yield _DECISIONS
    decided = [case for case in cases if case.decision]
    for number, title, inside in _in_section(decided, sections):
        yield f"\n### {number} {title}\n\n"
        for case in inside:
            yield f"- {_folded(case.decision)} `{case.id}`\n"


def _strict_rows(cases: list[Case]) -> Iterator[str]:
    for case in cases:
        if case.refuse == "strict":
            yield f"| {_excerpt(case)} | `{case.id}` |\n"


def _excerpt(case: Case) -> str:
    """Returns what the case is about, short enough for a table."""
    condition = re.search(r"condition: (.*\d+ of .*)", case.rules)
    line = condition or re.search(r"\n  s1?: (.*)", case.rules)
    text = line.group(1) if line else case.rules.splitlines()[0]
    text = text.strip("{}").replace("|", "\\|")
    return f"`{text}`" if len(text) < 60 else f"`{text[:50]}...`"


def _refused(cases: list[Case], sections: dict[str, str]) -> Iterator[str]:
    refused = [case for case in cases if case.refuse == "always"]
    for number, title, inside in _in_section(refused, sections):
        names = ", ".join(f"`{case.id}`" for case in inside)
        yield f"- {number} {title}: {names}\n"


def _limits() -> str:
    if (FOLDER / "../../docs/limits.md").exists():
        where = "[limits.md](limits.md)"
    else:
        where = "[lib/base/limits.h](../lib/base/limits.h)"
    return (
        "\n## Limits\n\nSizes past which a rule or an event is refused stand in"
        f" {where}.\n"
    )


def _folded(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    sys.stdout.write(print_support(load_cases()))
