"""What the search of the site looks in: one script that holds plain data.

Pages opened as files cannot fetch, so the index is an assignment in a script.
Names stand once, in tables, and rules refer to them by position; it must stay
below 5 MB for some thousand rules.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from hypersigma.site.texts import visible

# Longer values are found by their beginning.
_MAX_VALUE = 160
_LINE_ENDS = {0x2028: r"\u2028", 0x2029: r"\u2029", ord("<"): r"\u003c"}


class _Table:
    """Names in the order in which they were first asked for."""

    def __init__(self) -> None:
        self.positions: dict[str, int] = {}

    def find(self, name: str) -> int:
        return self.positions.setdefault(name, len(self.positions))

    def names(self) -> list[str]:
        return [visible(name) for name in self.positions]


def make_search_index(index: dict[str, Any]) -> str:
    """Returns the script.

    Args:
        index: Of a catalogue.

    Returns:
        JavaScript that sets `window.hypersigmaIndex` to `version`, tables of
        names, `rules`, and `fields`: of each its name and its indicators. The
        rules of an indicator are a number where there is one, else a list of
        the first and the distances to the next.
    """
    tables = {
        name: _Table()
        for name in (
            "product",
            "category",
            "service",
            "level",
            "status",
            "source",
            "tactic",
            "technique",
        )
    }
    for tactic in index["tactics"]:
        tables["tactic"].find(tactic["tactic"])
    rules = [_rule(rule, tables) for rule in index["rules"]]
    by_field: dict[int, list[list[Any]]] = defaultdict(list)
    for indicator in index["indicators"]:
        by_field[indicator["field"]].append(
            [
                visible(indicator["value"][:_MAX_VALUE]),
                indicator["kind"],
                _places(indicator["positions"]),
            ]
        )
    kinds = _Table()
    for rows in by_field.values():
        for row in rows:
            row[1] = kinds.find(row[1])
    value = {
        "version": 1,
        "tables": {name: table.names() for name, table in tables.items()},
        "tacticNames": [
            tactic["name"] or tactic["tactic"] for tactic in index["tactics"]
        ],
        "kinds": kinds.names(),
        "rules": rules,
        "fields": [
            [visible(field["field"] or ""), by_field[position]]
            for position, field in enumerate(index["fields"])
        ],
    }
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"window.hypersigmaIndex={text.translate(_LINE_ENDS)};\n"


def _rule(rule: dict[str, Any], tables: dict[str, _Table]) -> list[Any]:
    """Key, title, id if it is not the key, names, tactics, techniques, fields.

    The names are those of product, category, service, level, status, source.
    """
    return [
        rule["key"],
        visible(rule["title"] or rule["key"]),
        visible(rule["id"]) if rule["id"].lower() != rule["key"] else 0,
        tables["product"].find(rule["product"].lower()),
        tables["category"].find(rule["category"].lower()),
        tables["service"].find(rule["service"].lower()),
        tables["level"].find(rule["level"].lower()),
        tables["status"].find(rule["status"].lower()),
        tables["source"].find(rule["source"]),
        [tables["tactic"].find(name) for name in rule["tactics"]],
        [tables["technique"].find(name) for name in rule["techniques"]],
        rule["fields"],
    ]


def _places(positions: list[int]) -> int | list[int]:
    if len(positions) == 1:
        return positions[0]
    before = [0, *positions]
    return [at - last for last, at in zip(before, positions, strict=False)]
