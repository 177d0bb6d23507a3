"""Diagnostics as SARIF 2.1.0, the format that code scanning services read.

Source: OASIS Static Analysis Results Interchange Format (SARIF) 2.1.0 plus
Errata 01; sections are named where they decide something.
"""

from __future__ import annotations

import os
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from hypersigma import _hypersigma
from hypersigma.duplicates import Duplicates
from hypersigma.render import escape
from hypersigma.rule_set import (
    Diagnostic,
    Document,
    LoadReport,
    Rule,
    Severity,
)

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json"
)
# Relative paths are relative to this: the folder in which the command ran.
_BASE = "%SRCROOT%"

# Kinds of problems by their stable ids: name, level, and what they mean.
_KINDS: dict[str, tuple[str, Severity, str]] = {
    "sigma/error": (
        "SigmaError",
        "error",
        "The rule is refused, or part of its meaning is missing.",
    ),
    "sigma/strict-warning": (
        "SigmaStrictWarning",
        "warning",
        "Strict loading refuses the rule; otherwise it has the meaning that"
        " the message states.",
    ),
    "sigma/warning": (
        "SigmaWarning",
        "warning",
        "The rule works, under the meaning that the message states.",
    ),
    "sigma/note": (
        "SigmaNote",
        "note",
        "A remark that does not change what the rule matches.",
    ),
}
# Only where they were looked for.
_OVERLAPS: dict[str, tuple[str, Severity, str]] = {
    "sigma/equal-rules": (
        "SigmaEqualRules",
        "warning",
        "Another rule matches the same events.",
    ),
    "sigma/implied-rules": (
        "SigmaImpliedRules",
        "note",
        "Another rule matches every event that this one matches.",
    ),
}
_OVERLAP_IDS = {"equal": "sigma/equal-rules", "implies": "sigma/implied-rules"}
_KIND_IDS = [*_KINDS, *_OVERLAPS]


def to_sarif(
    report: LoadReport, duplicates: Duplicates | None = None
) -> dict[str, Any]:
    """Returns a SARIF log with one run and one result for each problem.

    Args:
        report: Of the rules.
        duplicates: Overlaps of the rules, where they were looked for.

    Returns:
        Plain values, for JSON.

    Example:
        >>> to_sarif(LoadReport(()))["runs"][0]["results"]
        []
    """
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(duplicates is not None)},
                "originalUriBaseIds": {
                    _BASE: {
                        "description": {
                            "text": "The folder in which the command ran."
                        }
                    }
                },
                # Columns count code points, not SARIF's UTF-16 units (3.14.17).
                "columnKind": "unicodeCodePoints",
                "results": [*_results(report), *_overlap_results(duplicates)],
            }
        ],
    }


def artifact_location(file: str) -> dict[str, str]:
    """Returns where a file is.

    Args:
        file: Its path, absolute or relative to the current folder.

    Returns:
        A relative reference for what is below the current folder, else an
        absolute URI: `..` may not be left to a consumer (3.10.2).

    Example:
        >>> artifact_location("rules/a b.yml")
        {'uri': 'rules/a%20b.yml', 'uriBaseId': '%SRCROOT%'}
    """
    path = Path(file)
    if path.is_absolute() or ".." in path.parts:
        path = path.resolve()
        if not path.is_relative_to(Path.cwd()):
            return {"uri": "file://" + _encode(path)}
        path = path.relative_to(Path.cwd())
    return {"uri": _encode(path), "uriBaseId": _BASE}


def message_text(explanation: str) -> str:
    """Returns what is wrong, as SARIF wants plain text.

    Args:
        explanation: Of a problem.

    Returns:
        The same, escaped; braces are doubled, as they stand for arguments
        (3.11.5), and text from a rule cannot become a link (3.11.6).
    """
    text = escape(explanation)
    text = text.replace("{", "{{").replace("}", "}}")
    return text.replace("](", "] (")


def _encode(path: Path) -> str:
    return quote(os.fsencode(path.as_posix()))


def _driver(has_overlaps: bool) -> dict[str, Any]:
    kinds = {**_KINDS, **_OVERLAPS} if has_overlaps else _KINDS
    version = _hypersigma.version()
    return {
        "name": "hypersigma",
        "version": version,
        "semanticVersion": version,
        "rules": [
            {
                "id": id_,
                "name": name,
                "shortDescription": {"text": text},
                "defaultConfiguration": {"level": level},
            }
            for id_, (name, level, text) in kinds.items()
        ],
    }


def _results(report: LoadReport) -> list[dict[str, Any]]:
    results = []
    seen: Counter[str] = Counter()
    for document in report.documents:
        for diagnostic in document.diagnostics:
            key = _identity(document, diagnostic)
            seen[key] += 1
            results.append(_result(diagnostic, f"{key}\0{seen[key]}"))
    return results


def _identity(document: Document, diagnostic: Diagnostic) -> str:
    """Returns what stays when a rule is moved in its file or to another."""
    name = document.id or document.title or document.file
    parts = (name, _kind_id(diagnostic), diagnostic.explanation)
    return "\0".join(parts)


def _result(diagnostic: Diagnostic, identity: str) -> dict[str, Any]:
    kind = _kind_id(diagnostic)
    place: dict[str, Any] = {
        "artifactLocation": artifact_location(diagnostic.file)
    }
    if diagnostic.line:
        place["region"] = {
            "startLine": diagnostic.line,
            "startColumn": diagnostic.column,
        }
    return {
        "ruleId": kind,
        "ruleIndex": _KIND_IDS.index(kind),
        "level": diagnostic.severity,
        "message": {"text": message_text(diagnostic.explanation)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": _fingerprints(identity),
    }


def _overlap_results(duplicates: Duplicates | None) -> list[dict[str, Any]]:
    results = []
    seen: Counter[str] = Counter()
    for overlap in duplicates.overlaps() if duplicates else ():
        kind = _OVERLAP_IDS[overlap.kind]
        names = [
            rule.id or rule.title or rule.file
            for rule in (overlap.rule, overlap.other)
        ]
        key = "\0".join((names[0], kind, names[1]))
        seen[key] += 1
        results.append(
            {
                "ruleId": kind,
                "ruleIndex": _KIND_IDS.index(kind),
                "level": overlap.severity,
                "message": {"text": message_text(overlap.explanation)},
                "locations": [{"physicalLocation": _rule_place(overlap.rule)}],
                "relatedLocations": [
                    {"physicalLocation": _rule_place(overlap.other)}
                ],
                "partialFingerprints": _fingerprints(f"{key}\0{seen[key]}"),
            }
        )
    return results


def _rule_place(rule: Rule) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": artifact_location(rule.file)}
    if rule.line:
        place["region"] = {"startLine": rule.line}
    return place


def _fingerprints(identity: str) -> dict[str, str]:
    digest = sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()
    return {"hypersigmaProblem/v1": digest[:32]}


def _kind_id(diagnostic: Diagnostic) -> str:
    if diagnostic.strict:
        return "sigma/strict-warning"
    return f"sigma/{diagnostic.severity}"
