"""How flags are made, and the sections in which the help shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer

# The sections of the help, in its order.
RULES = "Rules"
EVENTS = "Events"
MATCHES = "Matches"
OUTPUT = "Output"
CHECKS = "Checks"


def option(section: str, *names: str, **settings: Any) -> Any:
    """Returns an option of a section; typer has no type for it."""
    return typer.Option(*names, rich_help_panel=section, **settings)


def text_or_json(help_: str) -> Any:
    """Returns the option of how something is written, text or JSON."""
    return option(OUTPUT, "--output-format", "--format", "-f", help=help_)


def listing(values: list[str]) -> Callable[[str], list[str]]:
    """Returns what completes a flag by one of `values`."""

    def complete(incomplete: str) -> list[str]:
        return [value for value in values if value.startswith(incomplete)]

    return complete
