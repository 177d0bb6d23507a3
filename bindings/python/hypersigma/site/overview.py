"""What the pages about the whole catalogue are told: matrix and statistics."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from hypersigma.site.contexts import field_name
from hypersigma.site.environment import is_technique
from hypersigma.site.plots import bar, columns

_HEATS = (1, 4, 10, 25, 60, 120)
_LEVELS = ("critical", "high", "medium", "low", "informational")
_ROWS = 12
# Of equal rules, and pairs of which one implies the other.
MAX_GROUPS = 500
MAX_PAIRS = 2_000


def with_bars(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Returns rows with a bar each, those of the most rules first.

    Args:
        rows: Of fields or log sources.
    """
    rows = sorted(rows, key=lambda row: -row["rules"])
    most = max((row["rules"] for row in rows), default=1)
    return [{**row, "bar": bar(row["rules"], most)} for row in rows]


def matrix(index: dict[str, Any]) -> dict[str, Any]:
    """Returns what the page of the matrix is told.

    Tags do not say which technique belongs to which tactic. It stands under
    those that at least half of its rules name, or the one that most name.

    Args:
        index: Of a catalogue.

    Returns:
        `columns`, a tactic each, with its `cells`: techniques and, under them,
        sub-techniques. Their counts are of rules that name both; a technique's
        counts those of its sub-techniques, too.
    """
    families: dict[str, list[dict[str, Any]]] = defaultdict(list)
    elsewhere = []
    for row in index["techniques"]:
        if is_technique(row["technique"]):
            families[row["technique"].partition(".")[0]].append(row)
        else:
            elsewhere.append(row["technique"])
    rules_of = {
        tactic["tactic"]: set(tactic["positions"])
        for tactic in index["tactics"]
    }
    cells = defaultdict(list)
    for parent, rows in families.items():
        for tactic in _tactics_of(rows, rules_of):
            cells[tactic].append(_cell(parent, rows, rules_of.get(tactic)))
    tactics = [*index["tactics"]]
    if "" in cells:
        tactics.append({"tactic": "", "name": "No tactic", "rules": 0})
    made = [
        {
            **tactic,
            "cells": sorted(
                cells[tactic["tactic"]],
                key=lambda cell: (-cell["rules"], cell["technique"]),
            ),
        }
        for tactic in tactics
    ]
    return {"columns": made, "elsewhere": elsewhere}


def _tactics_of(
    rows: list[dict[str, Any]], rules_of: dict[str, set[int]]
) -> list[str]:
    """Returns the tactics under which a technique stands; "" for none."""
    positions = {at for row in rows for at in row["positions"]}
    common = {
        tactic: len(positions & rules) for tactic, rules in rules_of.items()
    }
    most = max(common.values(), default=0)
    if most == 0:
        return [""]
    least = min(most, len(positions) / 2)
    return [tactic for tactic, count in common.items() if count >= least]


def _cell(
    parent: str, rows: list[dict[str, Any]], rules: set[int] | None
) -> dict[str, Any]:
    def count(positions: set[int]) -> int:
        return len(positions if rules is None else positions & rules)

    total = count({at for row in rows for at in row["positions"]})
    parts = [
        {
            "technique": row["technique"],
            "short": f".{row['technique'].partition('.')[2]}",
            "rules": count(set(row["positions"])),
        }
        for row in rows
        if row["technique"] != parent
    ]
    return {
        "technique": parent,
        "has_page": any(row["technique"] == parent for row in rows),
        "rules": total,
        "heat": sum(total >= least for least in _HEATS),
        "parts": [part for part in parts if part["rules"]],
    }


def overlaps(index: dict[str, Any]) -> dict[str, Any]:
    """Returns what the page of equal and implied rules is told.

    Args:
        index: Of a catalogue.
    """
    rules = index["rules"]
    equal = index["logic"]["equal"]
    pairs = sorted(index["logic"]["implied"], key=lambda pair: pair[::-1])
    by_wide: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for narrow, wide in pairs[:MAX_PAIRS]:
        by_wide[wide].append(rules[narrow])
    return {
        "equal": [[rules[at] for at in group] for group in equal[:MAX_GROUPS]],
        "equal_rest": max(len(equal) - MAX_GROUPS, 0),
        "implied": sorted(
            ((rules[wide], narrow) for wide, narrow in by_wide.items()),
            key=lambda pair: (-len(pair[1]), pair[0]["title"].casefold()),
        ),
        "implied_rest": max(len(pairs) - MAX_PAIRS, 0),
    }


def statistics(index: dict[str, Any]) -> dict[str, Any]:
    """Returns what the page of statistics is told.

    Args:
        index: Of a catalogue.
    """
    totals = index["totals"]
    return {
        "documents": index["documents"],
        "pipelines": index["pipelines"],
        "figures": [
            ("Rules", totals["rules"]),
            ("Fields", totals["fields"]),
            ("Log sources", totals["log_sources"]),
            ("Indicators", totals["indicators"]),
            ("Shared indicators", totals["shared_indicators"]),
            ("Predicates", totals["predicates"]),
            ("Tactics", totals["tactics"]),
            ("Techniques", totals["techniques"]),
            ("Groups of equal rules", totals["equal_groups"]),
            ("Pairs of which one implies the other", totals["implied_pairs"]),
        ],
        "plots": list(_plots(index)),
    }


def _plots(index: dict[str, Any]) -> Iterable[dict[str, Any]]:
    rules = index["rules"]
    levels = Counter(rule["level"].lower() for rule in rules)
    order = [*_LEVELS, *sorted(levels.keys() - set(_LEVELS))]
    yield _bars(
        "Severity",
        "Rules by level.",
        [(name, levels[name]) for name in order if levels[name]],
        "level",
    )
    yield _bars(
        "Status",
        "Rules by status.",
        Counter(rule["status"].lower() for rule in rules).most_common(_ROWS),
        "status",
    )
    yield _years(rules)
    yield _bars(
        "Products",
        f"The {_ROWS} products with the most rules.",
        Counter(rule["product"].lower() for rule in rules).most_common(_ROWS),
        "product",
    )
    yield _bars(
        "Categories",
        f"The {_ROWS} categories with the most rules.",
        Counter(
            rule["category"].lower() for rule in rules if rule["category"]
        ).most_common(_ROWS),
        "category",
    )
    yield _sizes(rules)
    yield _bars(
        "Fields",
        f"The {_ROWS} fields that the most rules ask for.",
        [
            (field_name(row), row["rules"])
            for row in sorted(index["fields"], key=lambda row: -row["rules"])
        ][:_ROWS],
        "field",
    )
    yield _bars(
        "Tactics",
        "Rules by tactic; a rule may have several.",
        [(row["tactic"], row["rules"]) for row in index["tactics"]],
        "tactic",
        {row["tactic"]: row["name"] for row in index["tactics"]},
    )
    yield _sharing(index["indicators"])
    if len(index["totals"]["sources"]) > 1:
        yield _bars(
            "Sources",
            "Rules by the folder they come from.",
            [
                (one["label"], one["rules"])
                for one in index["totals"]["sources"]
            ],
            "source",
        )


def _bars(
    title: str,
    note: str,
    rows: list[tuple[str, int]],
    filter_: str,
    names: Mapping[str, str | None] | None = None,
) -> dict[str, Any]:
    names = names or {}
    most = max((count for _, count in rows), default=1)
    return {
        "title": title,
        "note": note,
        "unit": title,
        "svg": None,
        "rows": [
            {
                "label": names.get(label) or label or "not set",
                "count": count,
                "bar": bar(count, most),
                "link": (
                    f"index.html#{filter_}={quote(label, safe='')}"
                    if label and label != "any field"
                    else None
                ),
            }
            for label, count in rows
        ],
    }


def _columns(
    title: str,
    note: str,
    unit: str,
    rows: list[tuple[str, int]],
    counted: str = "Rules",
) -> dict[str, Any]:
    most = max(rows, key=lambda row: row[1], default=("", 0))
    told = f"Highest: {most[0]} with {most[1]:,}."
    return {
        "title": title,
        "note": note,
        "unit": unit,
        "counted": counted,
        "svg": columns(rows, title, told) if rows else None,
        "rows": [{"label": label, "count": count} for label, count in rows],
    }


def _years(rules: list[dict[str, Any]]) -> dict[str, Any]:
    years = Counter(
        int(rule["date"][:4])
        for rule in rules
        if rule["date"][:4].isascii()
        and rule["date"][:4].isdigit()
        and "1990" <= rule["date"][:4] <= "2100"
    )
    span = range(min(years), max(years) + 1) if years else ()
    return _columns(
        "Years",
        "Rules by the year in which they were written.",
        "Year",
        [(str(year), years[year]) for year in span],
    )


def _sizes(rules: list[dict[str, Any]]) -> dict[str, Any]:
    bounds = [0, 1, 2, 3, 4, 5, 7, 10, 20, 50, 100]
    counts = Counter(
        max(bound for bound in bounds if bound <= rule["indicators"])
        for rule in rules
    )
    return _columns(
        "Indicators of a rule",
        "How many rules have how many indicators.",
        "Indicators",
        _labelled(bounds, counts),
    )


def _sharing(indicators: list[dict[str, Any]]) -> dict[str, Any]:
    bounds = [2, 3, 4, 5, 7, 10, 15, 20, 50, 100]
    counts = Counter(
        max(bound for bound in bounds if bound <= row["rules"])
        for row in indicators
        if row["rules"] > 1
    )
    return _columns(
        "Shared indicators",
        "How many indicators are looked for by how many rules; those of one"
        " rule are left out.",
        "Rules that look for it",
        _labelled(bounds, counts),
        "Indicators",
    )


def _labelled(bounds: list[int], counts: Counter[int]) -> list[tuple[str, int]]:
    rows = []
    for at, bound in enumerate(bounds):
        if at + 1 == len(bounds):
            label = f"{bound}+"
        elif bounds[at + 1] == bound + 1:
            label = str(bound)
        else:
            label = f"{bound}-{bounds[at + 1] - 1}"
        rows.append((label, counts[bound]))
    return rows
