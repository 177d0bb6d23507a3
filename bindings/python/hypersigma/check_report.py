"""What `hypersigma check` finds: the engine's own load report, and its counts.

The rules are loaded and compiled as for a scan, so that what is said here is
what a scan would do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from hypersigma import _hypersigma
from hypersigma.duplicates import Duplicates
from hypersigma.loaded_rules import RuleSet
from hypersigma.rule_set import Diagnostic, LoadReport, Severity, make_report

# From the least to the worst.
SEVERITIES: tuple[Severity, ...] = ("note", "warning", "error")

STDIN_LABEL = "<stdin>"


def check_rules(rules: RuleSet) -> LoadReport:
    """Compiles rules, and keeps the report only.

    Args:
        rules: As they were loaded.

    Returns:
        What became of every document.

    Raises:
        RuleError: The rules as a whole cannot be compiled.
        RuntimeError: The pattern library failed.

    Example:
        >>> report = check_rules(RuleSet.from_yaml("title: no detection"))
        >>> count_severities(report)
        {'error': 2, 'warning': 0, 'note': 0}
        >>> print(summarize(report))
        1 document: 0 loaded, 1 refused; 2 errors, 0 warnings, 0 notes
    """
    return make_report(_hypersigma.Engine(rules._core).documents())


def all_diagnostics(report: LoadReport) -> Iterator[Diagnostic]:
    """Yields the diagnostics of all documents, in load order.

    Args:
        report: Of the rules.

    Yields:
        Each diagnostic.
    """
    for document in report.documents:
        yield from document.diagnostics


def count_severities(report: LoadReport) -> dict[Severity, int]:
    """Counts diagnostics, the worst first.

    Args:
        report: Of the rules.

    Returns:
        The number of each severity, also where it is 0.
    """
    counts = Counter(one.severity for one in all_diagnostics(report))
    return {name: counts[name] for name in reversed(SEVERITIES)}


def has_severity(
    report: LoadReport, least: Severity, duplicates: Duplicates | None = None
) -> bool:
    """Tells whether a problem is at least that bad.

    Args:
        report: Of the rules.
        least: The severity from which on problems count.
        duplicates: Overlaps of the rules; those count, too.

    Returns:
        Whether there is one.
    """
    bad = SEVERITIES[SEVERITIES.index(least) :]
    overlaps = duplicates.overlaps() if duplicates else ()
    return any(one.severity in bad for one in all_diagnostics(report)) or any(
        one.severity in bad for one in overlaps
    )


def to_dict(
    report: LoadReport, duplicates: Duplicates | None = None
) -> dict[str, Any]:
    """Returns all that was found as plain values, for JSON.

    Args:
        report: Of the rules.
        duplicates: Overlaps of the rules, where they were looked for.

    Returns:
        As `LoadReport.to_dict` with places, and with the version and the counts
        of diagnostics, and `duplicates`; docs/load_report.md has the schema.
    """
    result = report.to_dict(places=True)
    for name, count in count_severities(report).items():
        result["counts"][f"{name}s"] = count
    if duplicates is not None:
        result["duplicates"] = duplicates.to_dict()
    return {"hypersigma": _hypersigma.version(), **result}


def summarize(report: LoadReport) -> str:
    """Returns the counts in one line, for people.

    Args:
        report: Of the rules.

    Returns:
        Documents by their status, then diagnostics by their severity.
    """
    statuses = [f"{report.count('loaded'):,} loaded"]
    if degraded := report.count("degraded"):
        statuses.append(f"{degraded:,} degraded")
    statuses.append(f"{report.count('refused'):,} refused")
    severities = [
        _number(count, name) for name, count in count_severities(report).items()
    ]
    documents = _number(len(report.documents), "document")
    return f"{documents}: {', '.join(statuses)}; {', '.join(severities)}"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
