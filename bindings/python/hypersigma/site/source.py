"""What a site is made of, as far as the site knows."""

from __future__ import annotations

import json
from typing import Any, Protocol


class Source(Protocol):
    """A catalogue: an index and a page a rule, in docs/catalog_schema.md."""

    def index_json(self) -> str:
        """Returns the index."""

    def page_json(self, position: int) -> str:
        """Returns the page of the rule at a position."""


def read_index(source: Source) -> dict[str, Any]:
    """Returns the index of a catalogue as values."""
    index: dict[str, Any] = json.loads(source.index_json())
    return index
