"""The detections of a rule as its selections and condition, by name."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sigma.rule import SigmaDetections

from hypersigma.pysigma.condition import can_name, rewrite
from hypersigma.pysigma.detections import read_detection
from hypersigma.pysigma.formula import (
    Formula,
    Selection,
    split,
    write_selection,
)
from hypersigma.pysigma.refusal import RefusalError

# What pySigma makes of names that it adds to a rule: different in each run.
_RANDOM_NAME = re.compile(r"_(cond|filt)_[a-z]{10}(?![a-z])")


def write_detections(detections: SigmaDetections) -> dict[str, Any]:
    """Writes the detections of a rule.

    Args:
        detections: As pipelines left them.

    Returns:
        What stands under `detection`: the selections under their own names
        where each can be written as one, else with others for some of them.

    Raises:
        RefusalError: Something in them cannot be written.
    """
    stable = _stable_names(detections.detections)
    formulas = {
        stable.get(name, str(name)): read_detection(detection)
        for name, detection in detections.detections.items()
    }
    written, replaced = _write_selections(formulas)
    conditions = []
    for one in getattr(detections, "parsed_condition", ()):
        if not isinstance(one.condition, str):
            raise RefusalError(f"condition {one.condition!r} is no text")
        conditions.append(
            _RANDOM_NAME.sub(
                lambda found: stable.get(found[0], found[0]), one.condition
            )
        )
    if not conditions:
        raise RefusalError("the rule has no condition")
    if replaced:
        # The loader never takes `timeframe` for a selection.
        names = [name for name in formulas if name != "timeframe"]
        added = [name for name in written if name not in formulas]
        conditions = [
            rewrite(text, names, replaced, added) for text in conditions
        ]
    return {
        **written,
        "condition": conditions[0] if len(conditions) == 1 else conditions,
    }


# Returns the selections, and for names that are none of them the condition that
# stands for each, None where nothing is left.
def _write_selections(
    formulas: Mapping[str, Formula | None],
) -> tuple[dict[str, Selection], dict[str, str | None]]:
    written: dict[str, Selection] = {}
    replaced: dict[str, str | None] = {}
    taken = set(formulas)
    for name, formula in formulas.items():
        if formula is None:
            replaced[name] = None
            continue
        selection = write_selection(formula)
        if selection is not None:
            written[name] = selection
            continue
        replaced[name], parts = split(formula, _part_names(name, taken))
        written.update(parts)
    if replaced:
        # Patterns reach names that a condition over them cannot spell.
        for name in [name for name in written if not can_name(name)]:
            alias = next(_part_names(name, taken))
            replaced[name] = alias
            written[alias] = written.pop(name)
    return written, replaced


# The random part is replaced by a number, also of names that begin with it.
def _stable_names(names: Iterable[str]) -> Mapping[str, str]:
    texts = [str(name) for name in names]
    numbers = (
        number
        for number in itertools.count(1)
        if not any(re.match(f"_(cond|filt)_{number}", text) for text in texts)
    )
    stable: dict[str, str] = {}
    for text in texts:
        if found := _RANDOM_NAME.match(text):
            if found[0] not in stable:
                stable[found[0]] = f"_{found[1]}_{next(numbers)}"
            stable[text] = stable[found[0]] + text[found.end() :]
    return stable


def _part_names(name: str, taken: set[str]) -> Iterator[str]:
    stem = re.sub(r"[^A-Za-z0-9_-]", "_", name)
    for number in itertools.count(1):
        part = f"{stem}-{number}"
        if part not in taken:
            taken.add(part)
            yield part
