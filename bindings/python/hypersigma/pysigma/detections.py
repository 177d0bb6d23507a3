"""Detections of pySigma, as formulas.

An item is taken as its rule writes it where its modifiers still make its values
of what is written: that is shorter, and has the loader's meaning of modifiers.
Otherwise, after a pipeline changed it, its values are written one by one.
"""

from __future__ import annotations

import copy
from collections.abc import Callable

from sigma.conditions import ConditionAND
from sigma.exceptions import SigmaError
from sigma.modifiers import SigmaExpandModifier, reverse_modifier_mapping
from sigma.rule import SigmaDetection, SigmaDetectionItem
from sigma.types import (
    SigmaBool,
    SigmaExpansion,
    SigmaNull,
    SigmaNumber,
    SigmaString,
    SigmaType,
)

from hypersigma.pysigma.formula import Formula, Item, Scalar, join, negate
from hypersigma.pysigma.refusal import RefusalError
from hypersigma.pysigma.values import (
    write_expandable,
    write_regex,
    write_string,
    write_value,
)

# A YAML parser takes keys up to 1,024 characters.
_MAX_FIELD = 900


def read_detection(detection: SigmaDetection) -> Formula | None:
    """Returns what a detection says.

    Args:
        detection: As pipelines left it.

    Returns:
        The formula; None when nothing is left of the detection.

    Raises:
        RefusalError: Something in it cannot be written.
    """
    parts = []
    for one in detection.detection_items:
        part = (
            read_detection(one)
            if isinstance(one, SigmaDetection)
            else read_item(one)
        )
        if part is not None:
            parts.append(part)
    if not parts:
        return None
    return join(detection.item_linking is ConditionAND, parts)


def read_item(item: SigmaDetectionItem) -> Formula:
    """Returns what a detection item says.

    Args:
        item: As pipelines left it.

    Returns:
        The formula, a single item where possible.

    Raises:
        RefusalError: Something in it cannot be written.
    """
    _check_field(item.field)
    written = _as_written(item)
    return _by_value(item) if written is None else written


def _check_field(field: str | None) -> None:
    if field is None:
        return
    if not isinstance(field, str) or not field:
        raise RefusalError(f"{field!r} is no field name")
    if "|" in field:
        raise RefusalError(
            f"field name {field!r} has a '|', which begins modifiers"
        )
    if len(field) > _MAX_FIELD:
        raise RefusalError(f"a field name of {len(field):,} characters")


def _as_written(item: SigmaDetectionItem) -> Item | None:
    values = item.original_value
    if not values or not all(type(value) in _PLAIN for value in values):
        return None
    if item.field is None and any(isinstance(v, SigmaNull) for v in values):
        return None
    modifiers = item.modifiers
    if not any(_has_placeholder(value) for value in item.value):
        modifiers = [m for m in modifiers if m is not SigmaExpandModifier]
    names = [reverse_modifier_mapping.get(m.__name__) for m in modifiers]
    try:
        made = SigmaDetectionItem(item.field, modifiers, copy.deepcopy(values))
        if _signature(made) != _signature(item):
            return None
    except SigmaError:
        return None
    write = _string_writer(names)
    return Item(
        item.field,
        tuple(name for name in names if name and name not in ("all", "neq")),
        tuple(_write_plain(value, write) for value in values),
        "all" in names,
        item.negated,
    )


_PLAIN = (SigmaString, SigmaNumber, SigmaBool, SigmaNull)


def _has_placeholder(value: SigmaType) -> bool:
    if isinstance(value, SigmaExpansion):
        return any(_has_placeholder(one) for one in value.values)
    return isinstance(value, SigmaString) and value.contains_placeholder()


def _signature(item: SigmaDetectionItem) -> tuple[object, ...]:
    return (
        item.negated,
        item.value_linking if len(item.value) > 1 else None,
        *(_value_signature(value) for value in item.value),
    )


def _value_signature(value: SigmaType) -> tuple[object, ...]:
    if isinstance(value, SigmaExpansion):
        return ("any", *(_value_signature(one) for one in value.values))
    if _has_placeholder(value):
        return ("with placeholders", repr(value))
    written = write_value(value)
    return (written, type(written.scalar))


def _string_writer(
    modifiers: list[str | None],
) -> Callable[[SigmaString], str]:
    if "re" in modifiers:
        return write_regex
    return write_expandable if "expand" in modifiers else write_string


def _write_plain(
    value: SigmaType, write: Callable[[SigmaString], str]
) -> Scalar:
    if isinstance(value, SigmaString):
        return write(value)
    return write_value(value).scalar


def _by_value(item: SigmaDetectionItem) -> Formula:
    every = item.value_linking is ConditionAND
    if not item.value:
        if item.field is None:
            raise RefusalError("a list of keywords has no values")
        formula: Formula = Item(item.field, (), (None,))
    else:
        formula = _read_values(item.field, item.value, every)
    return negate(formula) if item.negated else formula


# Values that need the same modifiers are one item.
def _read_values(
    field: str | None, values: list[SigmaType], every: bool
) -> Formula:
    groups: dict[object, list[Scalar]] = {}
    parts: list[Formula] = []
    for value in values:
        if isinstance(value, SigmaExpansion):
            if not value.values:
                raise RefusalError("an expansion has no values")
            parts.append(_read_values(field, value.values, every=False))
            continue
        written = write_value(value)
        if written.scalar is None and field is None:
            raise RefusalError("null is no keyword")
        alone = written.negated or written.scalar is None
        if alone or "exists" in written.modifiers:
            parts.append(
                Item(
                    field,
                    written.modifiers,
                    (written.scalar,),
                    negated=written.negated,
                )
            )
        else:
            groups.setdefault(written.modifiers, []).append(written.scalar)
    for modifiers, scalars in groups.items():
        assert isinstance(modifiers, tuple)
        parts.append(
            Item(field, modifiers, tuple(scalars), every and len(scalars) > 1)
        )
    return join(every, parts)
