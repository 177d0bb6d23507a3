"""What the pages are told, looked up in the index."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any
from urllib.parse import quote

from hypersigma.site.environment import is_technique, log_source

# Rules that a list shows before it points to the search.
MAX_RULES = 300
# Indicators that a list shows.
MAX_INDICATORS = 500
_MAX_EVENTS = 24

_CHANGES = {
    "collection": "a part stands in another document of the file",
    "filter": "a filter adds to it",
    "pipeline": "a pipeline changed it",
}


@dataclass(frozen=True)
class Listing:
    """A list of rules that may not be whole.

    Attributes:
        shown: Entries of the index.
        rest: How many more there are.
        search: What finds all of them, behind the `#` of the index page.
    """

    shown: list[dict[str, Any]]
    rest: int
    search: str


class Contexts:
    """The index of a catalogue, with what is needed to find one's way.

    Immutable, as the index is.
    """

    def __init__(self, index: dict[str, Any]) -> None:
        """Wraps an index.

        Args:
            index: As docs/catalog_schema.md describes it.
        """
        self.index = index

    @property
    def shared(self) -> dict[str, Any]:
        """What all pages are told."""
        return {
            "totals": self.index["totals"],
            "version": self.index["generator"]["version"],
            "many_sources": len(self.index["totals"]["sources"]) > 1,
            "technique_pages": self._technique_pages,
        }

    @cached_property
    def _technique_pages(self) -> frozenset[str]:
        return frozenset(
            one["technique"]
            for one in self.index["techniques"]
            if is_technique(one["technique"])
        )

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of rules by key."""
        return {
            rule["key"]: rule["title"] or rule["key"]
            for rule in self.index["rules"]
        }

    @cached_property
    def _log_sources(self) -> dict[tuple[str, ...], dict[str, Any]]:
        return {
            (one["product"], one["category"], one["service"]): one
            for one in self.index["log_sources"]
        }

    def rule(self, page: dict[str, Any]) -> dict[str, Any]:
        """Returns what the page of a rule is told.

        Args:
            page: The rule as the catalogue describes it.
        """
        names = ("product", "category", "service")
        logic = page["logic"]
        changed = [_CHANGES.get(one, one) for one in page["body"]["changed"]]
        return {
            "rule": page,
            "crumbs": _crumbs(page["source"]),
            "contents": _contents(page),
            "log_source": self._log_sources.get(
                tuple(page[name].lower() for name in names)
            ),
            "tags": [
                tag
                for tag in page["tags"]
                if not tag.lower().startswith("attack.")
            ],
            "titles": self.titles,
            "changed": " and ".join(changed),
            "shown_events": page["events"]["events"][:_MAX_EVENTS],
            "names": {
                stage["name"]: stage["stage"]
                for stage in page["stages"]
                if stage["name"] is not None
            },
            "indicator_groups": [
                {"field": field, "field_id": field_id, "rows": list(rows)}
                for (field, field_id), rows in groupby(
                    page["indicators"],
                    lambda row: (row["field"], row["field_id"]),
                )
            ],
            "logic": [
                (
                    "Equal",
                    "These match exactly the events that this rule matches.",
                    logic["equal"],
                ),
                (
                    "Wider",
                    "Whenever this rule matches, these do, too.",
                    logic["implies"],
                ),
                (
                    "Narrower",
                    "Whenever one of these matches, this rule does, too.",
                    logic["implied_by"],
                ),
            ],
        }

    def listing(self, positions: list[int], search: str = "") -> Listing:
        """Returns rules in the order of their titles.

        Args:
            positions: In `rules` of the index.
            search: What finds all of them.
        """
        rules = [self.index["rules"][position] for position in positions]
        rules.sort(key=lambda rule: (rule["title"].casefold(), rule["key"]))
        return Listing(
            rules[:MAX_RULES], max(len(rules) - MAX_RULES, 0), search
        )

    @cached_property
    def _by_field(self) -> dict[int, list[dict[str, Any]]]:
        rows = defaultdict(list)
        for row in self.index["indicators"]:
            rows[row["field"]].append(row)
        return rows

    def indicator_rows(
        self, field: int | None, limit: int = MAX_INDICATORS
    ) -> tuple[list[dict[str, Any]], int]:
        """Returns indicators, those of the most rules first.

        Args:
            field: Position of the field they are about; None for those of all
                fields that are shared.
            limit: How many.

        Returns:
            The indicators, and how many more there are.
        """
        rows = (
            [row for row in self.index["indicators"] if row["rules"] > 1]
            if field is None
            else self._by_field[field]
        )
        # Stable: the index is sorted by field, kind and value.
        rows = sorted(rows, key=lambda row: -row["rules"])
        made = [self._indicator_row(row) for row in rows[:limit]]
        return made, len(rows) - len(made)

    def _indicator_row(self, row: dict[str, Any]) -> dict[str, Any]:
        field = self.index["fields"][row["field"]]
        return {
            **row,
            "field_name": field["field"],
            "field_id": field["field_id"],
            "key": self.index["rules"][row["positions"][0]]["key"],
        }

    def indicator(self, row: dict[str, Any]) -> dict[str, Any]:
        """Returns what the page of an indicator is told."""
        field = self.index["fields"][row["field"]]
        return {
            "indicator": row,
            "field": field,
            "field_name": field_name(field),
            "listing": self.listing(row["positions"]),
        }

    def field(self, position: int) -> dict[str, Any]:
        """Returns what the page of a field is told, but for its rows."""
        field = self.index["fields"][position]
        search = f"field={quote(field['field'] or '', safe='')}"
        return {
            "field": field,
            "field_name": field_name(field),
            "listing": self.listing(
                field["positions"], search if field["field"] else ""
            ),
        }

    def technique(self, row: dict[str, Any]) -> dict[str, Any]:
        """Returns what the page of a technique is told."""
        parent = row["technique"].partition(".")[0]
        family = [
            one
            for one in self.index["techniques"]
            if one["technique"].partition(".")[0] == parent
            and one["technique"] in self._technique_pages
        ]
        tactics = {one["tactic"]: one for one in self.index["tactics"]}
        return {
            "technique": row,
            "tactics": [
                tactics[name] for name in row["tactics"] if name in tactics
            ],
            "family": family if len(family) > 1 else [],
            "listing": self.listing(
                row["positions"], f"technique={row['technique']}"
            ),
        }

    def log_source(self, row: dict[str, Any]) -> dict[str, Any]:
        """Returns what the page of a log source is told."""
        parts = [
            f"{name}={quote(row[name], safe='')}"
            for name in ("product", "category", "service")
            if row[name]
        ]
        return {
            "source": row,
            "source_name": log_source(row),
            "listing": self.listing(row["positions"], "&".join(parts)),
        }


def field_name(field: dict[str, Any]) -> str:
    """Returns what a field is called; keywords are about any."""
    return field["field"] if field["field"] is not None else "any field"


def _crumbs(source: str) -> list[tuple[str, str]]:
    crumbs = [("Detection rules", "index.html"), ("Sigma", "index.html")]
    if source and source.casefold() != "sigma":
        link = f"index.html#source={quote(source, safe='')}"
        crumbs.append((source, link))
    return crumbs


def _contents(page: dict[str, Any]) -> list[tuple[str, str]]:
    contents = [
        ("ATT&CK coverage", "attack"),
        ("Event coverage", "events"),
        ("Rule body", "yaml"),
        ("Stages and predicates", "stages"),
        (f"Indicators ({len(page['indicators']):,})", "indicators"),
        ("Rules with the same logic", "logic"),
    ]
    return contents
