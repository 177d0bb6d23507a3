"""Rules of pySigma as YAML streams, one for each, with where they are from."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
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
from sigma.rule import SigmaDetections, SigmaRule, SigmaRuleBase

from hypersigma.origin import Origin, Stream, make_diagnostic
from hypersigma.pysigma.condition import rewrite
from hypersigma.pysigma.detections import read_detection
from hypersigma.pysigma.formula import Selection, split, write_selection
from hypersigma.pysigma.refusal import RefusalError

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
# What pySigma makes of names that it adds to a rule: different in each run.
_RANDOM_NAME = re.compile(r"_(cond|filt)_[a-z]{10}(?![a-z])")
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
    refusals = [e for e in errors if not isinstance(e, _OF_ATTRIBUTES)]
    document = _attributes(rule)
    if not refusals:
        try:
            document.update(_rest(rule))
        except (RefusalError, SigmaError) as error:
            refusals.append(error)
        except RecursionError:
            refusals.append(RefusalError("the rule is nested too deeply"))
    notes = [e for e in errors if isinstance(e, _OF_ATTRIBUTES)]
    return Stream(_dump(document), _origin(rule.source, refusals, notes))


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
    return {"detection": _write_detections(rule.detection)}


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
        if values := getattr(rule, name):
            document[name] = [str(value) for value in values]
    if isinstance(rule, SigmaRule):
        document["logsource"] = {
            name: value
            for name in ("product", "category", "service", "definition")
            if (value := getattr(rule.logsource, name)) is not None
        }
    for key, value in rule.custom_attributes.items():
        if str(key) not in document and str(key) not in _NOT_ATTRIBUTES:
            document[str(key)] = value
    return document


def _write_detections(detections: SigmaDetections) -> dict[str, Any]:
    stable = _stable_names(detections.detections)
    formulas = {
        stable.get(name, str(name)): read_detection(detection)
        for name, detection in detections.detections.items()
    }
    written: dict[str, Selection] = {}
    replaced: dict[str, str | None] = {}
    for name, formula in formulas.items():
        if formula is None:
            replaced[name] = None
            continue
        selection = write_selection(formula)
        if selection is not None:
            written[name] = selection
            continue
        replaced[name], parts = split(formula, _part_names(name, formulas))
        written.update(parts)
    conditions = [
        _RANDOM_NAME.sub(lambda m: stable.get(m[0], m[0]), one.condition)
        for one in detections.parsed_condition
    ]
    if replaced:
        # The loader never takes `timeframe` for a selection.
        names = [name for name in formulas if name != "timeframe"]
        added = [name for name in written if name not in formulas]
        conditions = [
            rewrite(condition, names, replaced, added)
            for condition in conditions
        ]
    one = conditions[0] if len(conditions) == 1 else conditions
    return {**written, "condition": one}


# The random part is replaced by a number, also of names that begin with it.
def _stable_names(names: Iterable[str]) -> Mapping[str, str]:
    stable: dict[str, str] = {}
    for name in names:
        if found := _RANDOM_NAME.match(str(name)):
            prefix = stable.setdefault(
                found[0], f"_{found[1]}_{len(stable) + 1}"
            )
            stable[name] = prefix + name[found.end() :]
    return stable


def _part_names(name: str, taken: Iterable[str]) -> Iterator[str]:
    used = set(taken)
    return (
        part
        for number in itertools.count(1)
        if (part := f"{name}-{number}") not in used
    )


def _dump(document: dict[str, Any]) -> bytes:
    text = json.dumps(document, ensure_ascii=False, indent=1, default=str)
    escaped = _NOT_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return escaped.encode("ascii" if escaped.isascii() else "utf-8")
