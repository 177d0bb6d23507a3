"""Where documents are from that were written for the loader by this package.

Their places in what was written mean nothing to a user: reports and rules name
the source instead, and have what was known before loading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hypersigma.rule_set import (
    Diagnostic,
    Document,
    LoadReport,
    Rule,
    Severity,
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Of one document.

    Attributes:
        file: Its source.
        refusals: Why it was not written; the loader then refuses what there is
            of it.
        notes: What is to be said of it besides.
    """

    file: str
    refusals: tuple[Diagnostic, ...] = ()
    notes: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Stream:
    """One document for the loader.

    Attributes:
        yaml: In UTF-8.
        origin: Where it is from.
    """

    yaml: bytes
    origin: Origin


def make_diagnostic(severity: Severity, file: str, message: str) -> Diagnostic:
    """Makes a diagnostic without a place.

    Args:
        severity: How much it matters.
        file: The source.
        message: What is wrong.

    Returns:
        The diagnostic; not one that only strict loading minds.
    """
    return Diagnostic(
        severity=severity,
        strict=False,
        file=file,
        line=0,
        column=0,
        message=message,
        found="",
        expected="",
        caret="",
        text=f"{file}: {severity}: {message}",
    )


def trace_report(report: LoadReport, origins: Sequence[Origin]) -> LoadReport:
    """Returns a report that names sources.

    Args:
        report: Of documents in the order of `origins`.
        origins: None for a report that is right as it is.

    Returns:
        The report.
    """
    if not origins:
        return report
    seen: Counter[str] = Counter()
    documents = []
    for document, origin in zip(report.documents, origins, strict=True):
        documents.append(_trace(document, origin, seen[origin.file]))
        seen[origin.file] += 1
    return LoadReport(tuple(documents))


def trace_rules(
    rules: tuple[Rule, ...], report: LoadReport, origins: Sequence[Origin]
) -> tuple[Rule, ...]:
    """Returns rules that name their sources.

    Args:
        rules: Those of `report`.
        report: Of documents in the order of `origins`.
        origins: None for rules that are right as they are.

    Returns:
        The rules.
    """
    if not origins:
        return rules
    files = {
        document.rule: origin.file
        for document, origin in zip(report.documents, origins, strict=True)
    }
    return tuple(
        replace(rule, file=files[position], line=0)
        for position, rule in enumerate(rules)
    )


def _trace(document: Document, origin: Origin, index: int) -> Document:
    found = tuple(
        _trace_diagnostic(one, document.file, origin.file)
        for one in document.diagnostics
    )
    return replace(
        document,
        file=origin.file,
        index=index,
        line=0,
        diagnostics=(origin.refusals or found) + origin.notes,
    )


# One of a pipeline has its place there.
def _trace_diagnostic(
    diagnostic: Diagnostic, label: str, file: str
) -> Diagnostic:
    if diagnostic.file != label:
        return diagnostic
    place = f"{label}:{diagnostic.line}:{diagnostic.column}: "
    return replace(
        diagnostic,
        file=file,
        line=0,
        column=0,
        text=f"{file}: {diagnostic.text.removeprefix(place)}",
    )
