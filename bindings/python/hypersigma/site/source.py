"""What a site is made of, as far as the site knows."""

from __future__ import annotations

import json
from typing import Any, Protocol


class Source(Protocol):
    """A catalogue, such as `hypersigma.Catalog`: an index and a page a rule.

    Both are JSON as docs/catalog_schema.md describes it.
    """

    def index(self) -> bytes:
        """Returns the index."""

    def page(self, position: int) -> bytes:
        """Returns the page of the rule at a position."""


def read_index(source: Source) -> dict[str, Any]:
    """Returns the index of a catalogue as values."""
    index: dict[str, Any] = json.loads(source.index())
    return index


def read_page(source: Source, position: int) -> dict[str, Any]:
    """Returns the page of a rule as values."""
    page: dict[str, Any] = json.loads(source.page(position))
    return page
