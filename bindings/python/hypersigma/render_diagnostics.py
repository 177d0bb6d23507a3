"""What the command line shows of diagnostics, file by file.

Text from rules is escaped, as in `render`.
"""

from __future__ import annotations

from itertools import groupby

from hypersigma.check_report import all_diagnostics
from hypersigma.duplicates import Duplicates
from hypersigma.render import Screen, escape, escape_lines
from hypersigma.rule_set import Diagnostic, LoadReport

_STRICT = " [strict]"


def print_diagnostics(screen: Screen, report: LoadReport) -> None:
    """Prints every diagnostic, an empty line after those of each file.

    Args:
        screen: Where to print.
        report: Of the rules.
    """
    for _, group in groupby(all_diagnostics(report), lambda one: one.file):
        for diagnostic in group:
            _print_diagnostic(screen, diagnostic)
        screen.line()


def print_duplicates(screen: Screen, duplicates: Duplicates) -> None:
    """Prints what rules are to others, an empty line after those of each kind.

    Args:
        screen: Where to print.
        duplicates: Of the rules.
    """
    for _, group in groupby(duplicates.overlaps(), lambda one: one.kind):
        for overlap in group:
            severity = overlap.severity
            place = f"{escape(overlap.rule.file)}:{overlap.rule.line}"
            screen.line(
                (f"{place}: ", "bold"),
                (f"{severity}: ", severity),
                escape(overlap.explanation),
            )
        screen.line()


def _print_diagnostic(screen: Screen, diagnostic: Diagnostic) -> None:
    place = escape(diagnostic.file)
    if diagnostic.line:
        place += f":{diagnostic.line}:{diagnostic.column}"
    severity = diagnostic.severity
    screen.line(
        (f"{place}: ", "bold"),
        (f"{severity}: ", severity),
        escape(diagnostic.explanation),
        (_STRICT if diagnostic.strict else "", "dim"),
    )
    if diagnostic.caret:
        source, _, caret = diagnostic.caret.rstrip("\n").partition("\n")
        screen.line(escape(source))
        screen.line((escape_lines(caret), "good"))
