"""The exceptions of hypersigma; everything else is a builtin one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hypersigma.rule_set import Diagnostic, LoadReport

_SHOWN = 20


class RuleError(ValueError):
    """Rules that strict loading refuses, or that cannot be compiled.

    Attributes:
        report: What became of every document; None when compilation failed.
        diagnostics: The diagnostics of the refused documents, in order.
    """

    def __init__(
        self, message: str = "", report: LoadReport | None = None
    ) -> None:
        """Makes an error.

        Args:
            message: What is wrong; empty for a list of the diagnostics.
            report: What became of every document.
        """
        self.report = report
        self.diagnostics = _problems(report)
        super().__init__(message or _listing(self.diagnostics), report)

    def __str__(self) -> str:
        """Returns the message."""
        return str(self.args[0])


class PipelineError(ValueError):
    """A pipeline with problems: each is a line `file:line:column: message`."""


class EngineFileError(ValueError):
    """An engine file that is damaged, or of another version or CPU."""


class EventError(ValueError):
    """An event that is not one JSON object, or past a limit."""


def _problems(report: LoadReport | None) -> tuple[Diagnostic, ...]:
    if report is None:
        return ()
    return tuple(
        diagnostic
        for document in report.problems
        for diagnostic in document.diagnostics
    )


def _listing(diagnostics: tuple[Diagnostic, ...]) -> str:
    lines = [str(diagnostic) for diagnostic in diagnostics[:_SHOWN]]
    if len(diagnostics) > _SHOWN:
        lines.append(f"and {len(diagnostics) - _SHOWN} more")
    return "\n".join(lines)
