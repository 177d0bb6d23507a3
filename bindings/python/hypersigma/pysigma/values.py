"""Values of pySigma, as modifiers and a scalar of YAML."""

from __future__ import annotations

from dataclasses import dataclass

from sigma.types import (
    CompareOperators,
    Placeholder,
    SigmaBool,
    SigmaCasedString,
    SigmaCIDRExpression,
    SigmaCompareExpression,
    SigmaExists,
    SigmaFieldReference,
    SigmaNull,
    SigmaNumber,
    SigmaQueryExpression,
    SigmaRegularExpression,
    SigmaRegularExpressionFlag,
    SigmaString,
    SigmaTimestampPart,
    SigmaType,
    SpecialChars,
)

from hypersigma.pysigma.formula import Scalar
from hypersigma.pysigma.refusal import RefusalError

_WILDCARDS = {
    SpecialChars.WILDCARD_MULTI: "*",
    SpecialChars.WILDCARD_SINGLE: "?",
}
_ESCAPES = str.maketrans({"\\": r"\\", "*": r"\*", "?": r"\?"})
_COMPARISONS = {
    CompareOperators.LT: "lt",
    CompareOperators.LTE: "lte",
    CompareOperators.GT: "gt",
    CompareOperators.GTE: "gte",
}
_FLAGS = {
    SigmaRegularExpressionFlag.IGNORECASE: "i",
    SigmaRegularExpressionFlag.MULTILINE: "m",
    SigmaRegularExpressionFlag.DOTALL: "s",
}


@dataclass(frozen=True, slots=True)
class WrittenValue:
    """A value as it is written.

    Attributes:
        modifiers: What the item needs for the scalar to mean the value.
        scalar: The value.
        negated: Whether the value must differ.
    """

    modifiers: tuple[str, ...]
    scalar: Scalar
    negated: bool = False


def write_value(value: SigmaType) -> WrittenValue:
    """Writes what a value means, whatever modifiers made it.

    Args:
        value: Anything but an expansion.

    Returns:
        The value.

    Raises:
        RefusalError: It cannot be written.
    """
    match value:
        case SigmaCasedString():
            return WrittenValue(("cased",), write_string(value))
        case SigmaString():
            return WrittenValue((), write_string(value))
        case SigmaNumber():
            return WrittenValue(_time_part(value), value.number)
        case SigmaBool():
            return WrittenValue((), value.boolean)
        case SigmaNull():
            return WrittenValue((), None)
        case SigmaRegularExpression():
            flags = sorted(_FLAGS[flag] for flag in value.flags)
            return WrittenValue(("re", *flags), write_regex(value.regexp))
        case SigmaCIDRExpression():
            return WrittenValue(("cidr",), value.cidr)
        case SigmaCompareExpression():
            return _write_comparison(value)
        case SigmaExists():
            return WrittenValue(("exists",), value.exists)
        case SigmaFieldReference():
            return _write_reference(value)
        case SigmaQueryExpression():
            raise RefusalError(
                "a query expression is for one query language only"
            )
        case _:
            raise RefusalError(
                f"a value of type {type(value).__name__} is unknown"
            )


def write_string(value: SigmaString) -> str:
    """Writes a string so that the loader reads the same one.

    Args:
        value: Without placeholders.

    Returns:
        The text; that of the rule where it says the same.

    Raises:
        RefusalError: A placeholder is left.
    """
    for part in value.s:
        if isinstance(part, Placeholder):
            raise RefusalError(f"placeholder %{part.name}% is left")
    if SigmaString(value.original).s == value.s:
        return value.original
    return "".join(
        part.translate(_ESCAPES) if isinstance(part, str) else _WILDCARDS[part]  # type: ignore[index]
        for part in value.s
    )


def write_expandable(value: SigmaString) -> str:
    """Writes a string under the modifier `expand`.

    Args:
        value: Perhaps with placeholders.

    Returns:
        The text of the rule.

    Raises:
        RefusalError: The string is not any more what the rule says.
    """
    if SigmaString(value.original).insert_placeholders().s == value.s:
        return value.original
    return write_string(value)


def write_regex(regex: SigmaString) -> str:
    """Writes a regular expression, which knows no escapes of Sigma.

    Args:
        regex: Its text, in which `*` and `?` may be wildcards.

    Returns:
        The text.

    Raises:
        RefusalError: A placeholder is left.
    """
    parts = []
    for part in regex.s:
        if isinstance(part, Placeholder):
            raise RefusalError(f"placeholder %{part.name}% is left")
        parts.append(part if isinstance(part, str) else _WILDCARDS[part])
    return "".join(parts)


def _time_part(number: SigmaNumber) -> tuple[str, ...]:
    if isinstance(number, SigmaTimestampPart):
        return (number.timestamp_part.name.lower(),)
    return ()


def _write_comparison(value: SigmaCompareExpression) -> WrittenValue:
    part = _time_part(value.number)
    if value.op == CompareOperators.NEQ:
        return WrittenValue(part, value.number.number, negated=True)
    return WrittenValue((*part, _COMPARISONS[value.op]), value.number.number)


def _write_reference(value: SigmaFieldReference) -> WrittenValue:
    modifiers = ["fieldref"]
    if value.starts_with and value.ends_with:
        modifiers.append("contains")
    elif value.starts_with:
        modifiers.append("startswith")
    elif value.ends_with:
        modifiers.append("endswith")
    return WrittenValue(tuple(modifiers), value.field.translate(_ESCAPES))
