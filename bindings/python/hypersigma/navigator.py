"""Layers of the ATT&CK Navigator, in its format 4.5."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypersigma.coverage import Comparison, Coverage
from hypersigma.coverage_sample import STATES, Sample

# Of ATT&CK the version whose tactics the catalogue knows; of the Navigator one
# that reads the format.
_VERSIONS = {"attack": "19", "navigator": "5.2.0", "layer": "4.5"}
_COUNT_COLORS = ["#e8f1fa", "#6baed6", "#08519c"]
_DIFFERENCE_COLORS = ["#d6604d", "#f7f7f7", "#4393c3"]
# A comment is a tooltip.
_MOST_TITLES = 50


def make_layer(
    coverage: Coverage,
    comparison: Comparison | None = None,
    sample: Sample | None = None,
    name: str = "hypersigma",
) -> dict[str, Any]:
    """Makes a layer.

    Args:
        coverage: A technique's score is its number of rules.
        comparison: Then the score is that number less the other rules'.
        sample: Then techniques say how many rules fire, can fire or are blind.
        name: What the layer is called.

    Returns:
        Plain data for JSON.

    Example:
        >>> layer = make_layer(Coverage((), (), {"T1033": ()}))
        >>> layer["versions"]["layer"], layer["techniques"][0]["techniqueID"]
        ('4.5', 'T1033')
    """
    techniques = {*coverage.techniques}
    if comparison:
        techniques |= {*comparison.other.techniques}
    rows = [
        _technique(each, coverage, comparison, sample)
        for each in sorted(techniques)
    ]
    most = max((abs(row["score"]) for row in rows), default=0) or 1
    what = "rules of a technique"
    if comparison:
        what += ", less those of the other rule set"
    return {
        "name": name,
        "versions": dict(_VERSIONS),
        "domain": "enterprise-attack",
        "description": f"Score: {what}.",
        "sorting": 3,
        "layout": {
            "layout": "side",
            "showName": True,
            "showID": True,
            "expandedSubtechniques": "annotated",
        },
        "hideDisabled": False,
        "techniques": rows,
        "gradient": {
            "colors": _DIFFERENCE_COLORS if comparison else _COUNT_COLORS,
            "minValue": -most if comparison else 0,
            "maxValue": most,
        },
    }


def _technique(
    technique: str,
    coverage: Coverage,
    comparison: Comparison | None,
    sample: Sample | None,
) -> dict[str, Any]:
    titles = coverage.titles(technique)
    score, comment = len(titles), _listed(titles)
    if comparison:
        others = comparison.other.titles(technique)
        score -= len(others)
        comment = f"here: {comment or 'none'}\nother: {_listed(others, 'none')}"
    row: dict[str, Any] = {
        "techniqueID": technique,
        "score": score,
        "comment": comment,
    }
    if sample and titles:
        counts = Counter(
            sample.rules[at].state for at in coverage.techniques[technique]
        )
        row["metadata"] = [
            {"name": state, "value": str(counts[state])} for state in STATES
        ]
    return row


def _listed(titles: list[str], nothing: str = "") -> str:
    shown = titles[:_MOST_TITLES]
    if len(titles) > _MOST_TITLES:
        shown.append(f"and {len(titles) - _MOST_TITLES:,} more")
    return "\n".join(shown) or nothing
