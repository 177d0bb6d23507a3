"""Rules of pySigma as YAML streams, one for each, with where they are from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from sigma.correlations import SigmaCorrelationRule
from sigma.exceptions import (
    SigmaAuthorError,
    SigmaDateError,
    SigmaDescriptionError,
    SigmaError,
    SigmaFalsePositivesError,
    SigmaFieldsError,
    SigmaIdentifierError,
    SigmaLevelError,
    SigmaLicenseError,
    SigmaModifiedError,
    SigmaNameError,
    SigmaReferencesError,
    SigmaRelatedError,
    SigmaRuleLocation,
    SigmaScopeError,
    SigmaStatusError,
    SigmaTagError,
    SigmaTaxonomyError,
)
from sigma.rule import SigmaRule, SigmaRuleBase

from hypersigma.origin import Origin, Stream, make_diagnostic
from hypersigma.pysigma.refusal import RefusalError
from hypersigma.pysigma.selections import write_detections

_LABEL = "<pysigma>"

# The loader takes rules without what these are about.
_OF_ATTRIBUTES = (
    SigmaAuthorError,
    SigmaDateError,
    SigmaDescriptionError,
    SigmaFalsePositivesError,
    SigmaFieldsError,
    SigmaIdentifierError,
    SigmaLevelError,
    SigmaLicenseError,
    SigmaModifiedError,
    SigmaNameError,
    SigmaReferencesError,
    SigmaRelatedError,
    SigmaScopeError,
    SigmaStatusError,
    SigmaTagError,
    SigmaTaxonomyError,
)
# These would make another kind of document of a rule.
_NOT_ATTRIBUTES = frozenset(("action", "correlation", "detection", "filter"))
# Attributes of other types may hold themselves, and nothing looks at them.
_SCALARS = (str, int, float, bool)
# What JSON does not escape and YAML does not take.
_NOT_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def write_streams(rules: Iterable[SigmaRuleBase]) -> Iterator[Stream]:
    """Writes rules.

    Args:
        rules: A collection of pySigma, or rules.

    Yields:
        One stream a rule, and one for each error of the collection that is no
        rule's.

    Raises:
        TypeError: Something in `rules` is none.
    """
    told: set[int] = set()
    for rule in rules:
        if not isinstance(rule, SigmaRuleBase):
            raise TypeError(
                f"{type(rule).__name__} is no rule of pySigma; expected a"
                " SigmaCollection or SigmaRule objects"
            )
        told.update(map(id, rule.errors))
        yield _write_rule(rule)
    for error in getattr(rules, "errors", ()):
        if id(error) not in told:
            origin = _origin(error.source, [error], [])
            yield Stream(_dump({"title": ""}), origin)


def _write_rule(rule: SigmaRuleBase) -> Stream:
    errors: list[Exception] = list(rule.errors)
    refusals = [e for e in errors if not _is_of_attributes(e)]
    document = _attributes(rule)
    if not refusals:
        try:
            document.update(_rest(rule))
        except (RefusalError, SigmaError) as error:
            refusals.append(error)
        except RecursionError:
            refusals.append(RefusalError("the rule is nested too deeply"))
    notes = [e for e in errors if _is_of_attributes(e)]
    return Stream(_dump(document), _origin(rule.source, refusals, notes))


# A tag without a dot has no type of error of its own.
def _is_of_attributes(error: Exception) -> bool:
    text = str(error.args[0]) if error.args else ""
    return isinstance(error, _OF_ATTRIBUTES) or text.startswith("Sigma tag ")


def _origin(
    source: SigmaRuleLocation | None,
    refusals: Iterable[Exception],
    notes: Iterable[Exception],
) -> Origin:
    file = _LABEL if source is None else str(source.path)
    return Origin(
        file,
        tuple(make_diagnostic("error", file, _say(e)) for e in refusals),
        tuple(make_diagnostic("note", file, _say(e)) for e in notes),
    )


# The text of an error of pySigma ends in an absolute path.
def _say(error: Exception) -> str:
    return f"pySigma: {error.args[0] if error.args else type(error).__name__}"


def _rest(rule: SigmaRuleBase) -> dict[str, Any]:
    if isinstance(rule, SigmaCorrelationRule):
        return {"correlation": _write_correlation(rule)}
    if not isinstance(rule, SigmaRule):
        raise RefusalError(
            "a filter is applied by a SigmaCollection, and is no rule itself"
        )
    return {"detection": write_detections(rule.detection)}


# pySigma writes what a rule lacks as null, and leaves out `generate`.
def _write_correlation(rule: SigmaCorrelationRule) -> dict[str, Any]:
    written = {
        key: value
        for key, value in rule.to_dict()["correlation"].items()
        if value
    }
    return {**written, "generate": True} if rule.generate else written


def _attributes(rule: SigmaRuleBase) -> dict[str, Any]:
    document: dict[str, Any] = {"title": rule.title or ""}
    for name in ("id", "name", "status", "level", "author", "description"):
        if (value := getattr(rule, name)) is not None:
            document[name] = str(value)
    for name in ("date", "modified"):
        if (day := getattr(rule, name)) is not None:
            document[name] = day.isoformat()
    for name in ("tags", "references", "falsepositives", "fields"):
        # What is no list is among the errors, and still there.
        values = getattr(rule, name)
        if values and isinstance(values, list):
            document[name] = [str(value) for value in values]
    if isinstance(rule, SigmaRule):
        document["logsource"] = {
            name: value
            for name in ("product", "category", "service", "definition")
            if (value := getattr(rule.logsource, name)) is not None
        }
    for key, value in rule.custom_attributes.items():
        name = str(key)
        if name in document or name in _NOT_ATTRIBUTES:
            continue
        if isinstance(value, _SCALARS):
            document[name] = value
        elif isinstance(value, list):
            document[name] = [v for v in value if isinstance(v, _SCALARS)]
    return document


def _dump(document: dict[str, Any]) -> bytes:
    text = json.dumps(document, ensure_ascii=False, indent=1, default=str)
    escaped = _NOT_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return escaped.encode("ascii" if escaped.isascii() else "utf-8")
