"""Detection items joined by and and or, and how they become selections.

Negation is always that of an item (the modifier `neq`), so a formula can be
turned into rows: any row, all items of it. That is what a list of maps means.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

Scalar: TypeAlias = str | int | float | bool | None
Values: TypeAlias = Scalar | list[Scalar]
Row: TypeAlias = dict[str, Values] | list[Scalar]
Selection: TypeAlias = (
    dict[str, Values] | Scalar | Sequence[dict[str, Values] | Scalar]
)

# Beyond, several selections are shorter than one.
_MAX_ROWS = 32


@dataclass(frozen=True, slots=True)
class Item:
    """One detection item.

    Attributes:
        field: None for keywords.
        modifiers: Without `all` and `neq`.
        values: At least one.
        every: Whether all values must match instead of any.
        negated: Whether the item as a whole is.
    """

    field: str | None
    modifiers: tuple[str, ...]
    values: tuple[Scalar, ...]
    every: bool = False
    negated: bool = False

    @property
    def is_list(self) -> bool:
        """Whether it is what a plain list of keywords says."""
        return (
            self.field is None
            and not self.modifiers
            and not self.every
            and not self.negated
        )

    @property
    def joins_by_and(self) -> bool:
        """Whether its values may go into a list with those of its like."""
        return (
            (len(self.values) == 1 or self.every != self.negated)
            and None not in self.values
            and "exists" not in self.modifiers
        )

    @property
    def key(self) -> str:
        """How the item is written in a map."""
        names = [self.field or "", *self.modifiers]
        if self.every:
            names.append("all")
        if self.negated:
            names.append("neq")
        return "|".join(names)


@dataclass(frozen=True, slots=True)
class Group:
    """Formulas of which all must hold, or any."""

    every: bool
    parts: tuple[Formula, ...]


Formula: TypeAlias = Item | Group


def join(every: bool, parts: Iterable[Formula]) -> Formula:
    """Joins formulas.

    Args:
        every: Whether all of them must hold, not any.
        parts: At least one.

    Returns:
        The formula, without groups of groups of one kind.
    """
    flat: list[Formula] = []
    for part in parts:
        if isinstance(part, Group) and part.every == every:
            flat.extend(part.parts)
        else:
            flat.append(part)
    return flat[0] if len(flat) == 1 else Group(every, tuple(flat))


def negate(formula: Formula) -> Formula:
    """Returns the formula that holds where this one does not."""
    if isinstance(formula, Item):
        return replace(formula, negated=not formula.negated)
    return Group(
        not formula.every, tuple(negate(part) for part in formula.parts)
    )


def write_selection(formula: Formula) -> Selection | None:
    """Writes a formula as one selection.

    Args:
        formula: Of any shape.

    Returns:
        What stands under the selection's name; None where one selection cannot
        say it, since a map has each key once. An item always can be written.
    """
    rows = _rows(formula)
    written = [_write_row(row) for row in rows] if rows else [None]
    if len(written) == 1:
        (row,) = written
        return row[0] if isinstance(row, list) and len(row) == 1 else row
    selection: list[dict[str, Values] | Scalar] = []
    for row in written:
        if row is None:
            return None
        if isinstance(row, dict):
            selection.append(row)
        else:
            selection.extend(row)
    return selection


def split(
    formula: Formula, names: Iterable[str]
) -> tuple[str, dict[str, Selection]]:
    """Writes a formula as several selections.

    Args:
        formula: Of any shape.
        names: For the selections; enough of them.

    Returns:
        The condition over them, an atom, and the selections by name.
    """
    source = iter(names)
    selections: dict[str, Selection] = {}

    def place(part: Formula) -> str:
        written = write_selection(part)
        if written is None and isinstance(part, Group):
            word = " and " if part.every else " or "
            return f"({word.join(place(one) for one in part.parts)})"
        name = next(source)
        selections[name] = written
        return name

    return place(formula), selections


def _rows(formula: Formula) -> list[tuple[Item, ...]] | None:
    if isinstance(formula, Item):
        return [(formula,)]
    if not formula.every and len(formula.parts) > _MAX_ROWS:
        return None
    of_parts = []
    count = 1 if formula.every else 0
    for part in formula.parts:
        rows = _rows(part)
        if rows is None:
            return None
        count = count * len(rows) if formula.every else count + len(rows)
        if count > _MAX_ROWS:
            return None
        of_parts.append(rows)
    if not formula.every:
        return list(itertools.chain.from_iterable(of_parts))
    return [
        tuple(itertools.chain.from_iterable(chosen))
        for chosen in itertools.product(*of_parts)
    ]


def _write_row(items: tuple[Item, ...]) -> Row | None:
    if len(items) == 1 and items[0].is_list:
        return list(items[0].values)
    row: dict[str, Values] = {}
    for item in _merge(items):
        if item.key in row or item.is_list:
            return None
        values = item.values
        row[item.key] = values[0] if len(values) == 1 else list(values)
    return row


# Two items of one key are one: a and b for values that all must match, neither
# a nor b for negated ones.
def _merge(items: tuple[Item, ...]) -> Iterable[Item]:
    merged: dict[object, Item] = {}
    for item in items:
        if not item.joins_by_and:
            merged[len(merged), item] = item
            continue
        kind = (item.field, item.modifiers, item.negated)
        first = merged.get(kind)
        if first is None or repr(first) == repr(item):
            merged[kind] = item
        else:
            merged[kind] = replace(
                first,
                values=first.values + item.values,
                every=not item.negated,
            )
    return merged.values()
