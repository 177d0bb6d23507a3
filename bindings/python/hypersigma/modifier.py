"""The modifiers of Sigma that the library knows."""

from __future__ import annotations

from dataclasses import dataclass

from hypersigma._hypersigma import modifiers as _modifiers


@dataclass(frozen=True, slots=True)
class Modifier:
    """One modifier of Sigma.

    Attributes:
        name: As in rules, e.g. `startswith`.
        takes: What the values of an item must be, e.g. `a number`.
        summary: One line: what it asks of a field.
    """

    name: str
    takes: str
    summary: str


def modifiers() -> tuple[Modifier, ...]:
    """Returns every modifier of Sigma 2.1, sorted by name.

    Synonyms, such as `wide` and `utf16le`, have an entry each.
    """
    return tuple(Modifier(*entry) for entry in _modifiers())
