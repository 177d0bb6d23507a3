"""How rules are loaded and compiled."""

from __future__ import annotations

from typing import TypedDict

from hypersigma.arguments import Placeholders
from hypersigma.pipeline import Pipelines
from hypersigma.taxonomy import Taxonomy


class LoadOptions(TypedDict, total=False):
    """Keyword arguments of everything that loads rules.

    Attributes:
        strict: Whether every document must load without a strict warning.
        placeholders: Values of `%name%` under the modifier `expand`, each a
            Sigma string.
        pipelines: What changes the rules before they are compiled: each a
            `Pipeline`, the name of a built-in one, or a file.
        taxonomy: What events are called; the built-in one by default.
        log_source_field: The member of an event whose members product, category
            and service state the event's log source. By default events are not
            believed.
    """

    strict: bool
    placeholders: Placeholders | None
    pipelines: Pipelines
    taxonomy: Taxonomy | None
    log_source_field: str


def check_options(options: LoadOptions) -> None:
    """Checks the names of options.

    Raises:
        TypeError: There is no such option.
    """
    if unknown := options.keys() - LoadOptions.__annotations__.keys():
        raise TypeError(f"unexpected option {min(unknown)!r}")
