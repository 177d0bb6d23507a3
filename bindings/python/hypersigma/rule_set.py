"""What loading returns: rules, and what became of every document.

Plain, immutable values: compared by value, can be pickled, hold no engine.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Severity = Literal["note", "warning", "error"]
DocumentKind = Literal["rule", "filter", "correlation", "collection"]
DocumentStatus = Literal["loaded", "degraded", "refused"]
_STATUSES: tuple[DocumentStatus, ...] = ("loaded", "degraded", "refused")

_KINDS: tuple[DocumentKind, ...] = (
    "rule",
    "filter",
    "correlation",
    "collection",
)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem at one place of a rule file.

    `str()` of it is `file:line:column: severity: message` with the caret lines.

    Attributes:
        severity: How much it matters.
        strict: Whether strict loading refuses the document for it.
        file: Path as given to the loader, or `<yaml>`.
        line: From 1; 0 when the problem has no place.
        column: From 1, in characters; 0 when the problem has no place.
        message: What is wrong.
        found: What stands there; may be empty.
        expected: What would be right; may be empty.
        caret: The source line and a line with a caret under the place.
    """

    severity: Severity
    strict: bool
    file: str
    line: int
    column: int
    message: str
    found: str
    expected: str
    caret: str = field(repr=False)
    text: str = field(repr=False, compare=False)

    @property
    def explanation(self) -> str:
        """The message, and `found` and `expected` where it lacks them."""
        parts = [
            f"{label} {text}"
            for label, text in (
                ("found", self.found),
                ("expected", self.expected),
            )
            if text and text not in self.message
        ]
        if not parts:
            return self.message
        return f"{self.message}; {', '.join(parts)}"

    def __str__(self) -> str:
        """Returns the problem with its place and caret lines."""
        return self.text.rstrip("\n")


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document and what became of it.

    Attributes:
        kind: `rule` for detection rules and what cannot be told to be another
            kind, `filter`, `correlation`, or `collection` for `action: global`
            and `reset`.
        status: Exactly one of `loaded`, `degraded` (loaded, and part of its
            meaning is missing) and `refused`.
        file: Path as given to the loader, or `<yaml>`.
        index: Position in its file, from 0.
        line: At which it begins, from 1; 0 for a file that cannot be read, and
            for rules of pySigma.
        title: The rule's title; may be empty.
        id: The rule's id; may be empty.
        rule: Position of its rule in `Engine.rules`; None when it was refused
            or is of another kind.
        diagnostics: Everything noted about it.
    """

    kind: DocumentKind
    status: DocumentStatus
    file: str
    index: int
    line: int
    title: str
    id: str
    rule: int | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def is_clean(self) -> bool:
        """Whether strict loading takes the document."""
        return self.status != "refused" and not any(
            diagnostic.strict for diagnostic in self.diagnostics
        )


@dataclass(frozen=True, slots=True)
class LoadReport:
    """Accounts for every document that was read, in load order.

    Attributes:
        documents: One for each YAML document.
    """

    documents: tuple[Document, ...] = field(repr=False)

    def count(self, status: DocumentStatus) -> int:
        """Counts documents.

        Args:
            status: The status to count.

        Returns:
            The number of documents that ended so.

        Example:
            >>> import hypersigma
            >>> engine = hypersigma.Engine.from_yaml("title: no detection")
            >>> engine.report.count("refused")
            1
        """
        return sum(document.status == status for document in self.documents)

    @property
    def problems(self) -> tuple[Document, ...]:
        """The documents that strict loading does not take."""
        return tuple(
            document for document in self.documents if not document.is_clean
        )

    def to_dict(self, *, places: bool = False) -> dict[str, Any]:
        """Returns the report as plain values, for JSON.

        Args:
            places: Whether diagnostics have `file` and `caret` too.

        Returns:
            `counts` of all `documents` and of each status, and `documents` with
            their attributes.

        Example:
            >>> import hypersigma
            >>> engine = hypersigma.Engine.from_yaml("title: no detection")
            >>> engine.report.to_dict()["counts"]
            {'documents': 1, 'loaded': 0, 'degraded': 0, 'refused': 1}
        """
        counts = {"documents": len(self.documents)}
        for status in _STATUSES:
            counts[status] = self.count(status)
        return {
            "counts": counts,
            "documents": [
                _document_dict(document, places) for document in self.documents
            ],
        }

    def to_json(self) -> str:
        """Returns `to_dict` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def __str__(self) -> str:
        """Returns the counts, for people; kinds where not all are rules."""
        return ", ".join(
            f"{self.count(status):,} {status}{self._kinds_of(status)}"
            for status in _STATUSES
        )

    def _kinds_of(self, status: DocumentStatus) -> str:
        counts = Counter(d.kind for d in self.documents if d.status == status)
        if counts.total() == counts["rule"]:
            return ""
        parts = (
            f"{counts[kind]:,} {kind}{'s' if counts[kind] > 1 else ''}"
            for kind in _KINDS
            if counts[kind]
        )
        return f" ({', '.join(parts)})"


@dataclass(frozen=True, slots=True)
class Rule:
    """The attributes of a rule as written; empty where it does not set them.

    Attributes:
        title: Its title.
        id: Its id, mostly a UUID.
        level: `informational`, `low`, `medium`, `high` or `critical`.
        status: E.g. `stable`, `test`, `experimental`.
        author: Whom to credit with a match.
        tags: E.g. `attack.t1059`.
        file: The file, or `<yaml>`.
        line: The line at which its document begins, from 1; 0 for rules of
            pySigma.
        name: Its name.
        description: What it detects.
        date: When it was written.
        modified: When it was changed last.
        references: Where to read on.
        false_positives: What else may look like this.
        product: Of its log source.
        category: Of its log source.
        service: Of its log source.
        filters: Titles of the filters that apply to it.
    """

    title: str
    id: str
    level: str
    status: str = field(repr=False)
    author: str = field(repr=False)
    tags: tuple[str, ...] = field(repr=False)
    file: str = field(repr=False)
    line: int = field(repr=False)
    name: str = field(repr=False)
    description: str = field(repr=False)
    date: str = field(repr=False)
    modified: str = field(repr=False)
    references: tuple[str, ...] = field(repr=False)
    false_positives: tuple[str, ...] = field(repr=False)
    product: str = field(repr=False)
    category: str = field(repr=False)
    service: str = field(repr=False)
    filters: tuple[str, ...] = field(repr=False)


def _document_dict(document: Document, places: bool) -> dict[str, Any]:
    result = asdict(document)
    left_out = ("text",) if places else ("file", "caret", "text")
    for diagnostic in result["diagnostics"]:
        for name in left_out:
            del diagnostic[name]
    result["diagnostics"] = list(result["diagnostics"])
    return result


def make_report(documents: Sequence[dict[str, Any]]) -> LoadReport:
    """Makes a report from the extension module's documents."""
    return LoadReport(tuple(_make_document(**fields) for fields in documents))


def make_rules(rules: Sequence[dict[str, Any]]) -> tuple[Rule, ...]:
    """Makes rules from those of the extension module."""
    return tuple(Rule(**fields) for fields in rules)


def _make_document(
    diagnostics: Sequence[dict[str, Any]], **fields: Any
) -> Document:
    made = tuple(Diagnostic(**diagnostic) for diagnostic in diagnostics)
    return Document(diagnostics=made, **fields)
