"""The command `hypersigma check`: what is wrong with rules, for CI and people.

Problems are data, on standard output; the summary is on standard error.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from hypersigma.check_report import (
    check_paths,
    check_yaml,
    has_severity,
    summarize,
    to_dict,
)
from hypersigma.errors import RuleError
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.pipeline import Pipeline
from hypersigma.pipeline_option import PipelineNames, load_pipelines
from hypersigma.placeholder_option import PlaceholderFile, load_placeholders
from hypersigma.render import Screen
from hypersigma.render_diagnostics import print_diagnostics
from hypersigma.rule_set import LoadReport, Severity
from hypersigma.sarif import to_sarif

# One more byte than a rule text may have: what is longer is refused anyway.
_STDIN_BYTES = (16 << 20) + 1


class CheckFormat(StrEnum):
    """How problems are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


class FailOn(StrEnum):
    """From which severity on problems fail the check."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


_LEAST: dict[FailOn, Severity] = {
    FailOn.ERROR: "error",
    FailOn.WARNING: "warning",
    FailOn.NOTE: "note",
}

_Rules = Annotated[
    list[str],
    typer.Argument(
        metavar="RULES...",
        help="Rule files and folders of rules; '-' alone is standard input.",
        show_default=False,
    ),
]
_Format = Annotated[
    CheckFormat,
    typer.Option("--format", "-f", help="How problems are written."),
]
_FailOn = Annotated[
    FailOn,
    typer.Option(help="From which severity on the exit code is 1."),
]
_Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write problems there instead of standard output.",
    ),
]
_Strict = Annotated[
    bool,
    typer.Option("--strict", help="Take questionable rules for errors."),
]
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No summary.")]


def check(
    rules: _Rules,
    format_: _Format = CheckFormat.TEXT,
    fail_on: _FailOn = FailOn.ERROR,
    strict: _Strict = False,
    placeholders: PlaceholderFile = None,
    pipeline: PipelineNames = None,
    output: _Output = None,
    quiet: _Quiet = False,
) -> int:
    """Prints what is wrong with rules; exit code 1 if there are errors."""
    # There is nothing to clean up: Ctrl-C ends at once, also while compiling.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    report = _check(
        rules, strict, load_placeholders(placeholders), load_pipelines(pipeline)
    )
    if not any(document.line for document in report.documents):
        _print_unreadable(report)
        raise ExitError(ExitCode.RULES, "no rules to check")
    try:
        _write(report, format_, output)
    except BrokenPipeError:
        # What Python still holds for the reader cannot be written either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.NO_READER
    if not quiet:
        Screen(sys.stderr).line(summarize(report))
    least = _LEAST.get(fail_on)
    failed = least is not None and has_severity(report, least)
    return ExitCode.FAILED if failed else ExitCode.DONE


def _check(
    rules: list[str],
    strict: bool,
    placeholders: dict[str, list[str]],
    pipelines: list[Pipeline],
) -> LoadReport:
    if "-" in rules and len(rules) > 1:
        raise ExitError(ExitCode.INPUT, "'-' is given beside other rules")
    try:
        if rules == ["-"]:
            return check_yaml(
                sys.stdin.buffer.read(_STDIN_BYTES),
                strict=strict,
                placeholders=placeholders,
                pipelines=pipelines,
            )
        return check_paths(
            rules,
            strict=strict,
            placeholders=placeholders,
            pipelines=pipelines,
        )
    except (RuleError, OSError, ValueError) as error:
        raise ExitError(ExitCode.RULES, f"rules: {error}") from None
    except RuntimeError as error:
        raise ExitError(ExitCode.FAILED, str(error)) from None


def _print_unreadable(report: LoadReport) -> None:
    if report.documents:
        print_diagnostics(Screen(sys.stderr), report)


def _write(
    report: LoadReport, format_: CheckFormat, output: str | None
) -> None:
    if output is None:
        _print(report, format_)
        return
    try:
        # Text from rules and paths may hold lone surrogates.
        with Path(output).open("w", encoding="utf-8", errors="replace") as file:
            if format_ is CheckFormat.TEXT:
                print_diagnostics(Screen(file), report)
            else:
                file.write(_to_json(report, format_))
    except OSError as error:
        raise ExitError(ExitCode.INPUT, str(error)) from None


def _print(report: LoadReport, format_: CheckFormat) -> None:
    if format_ is CheckFormat.TEXT:
        print_diagnostics(Screen(sys.stdout), report)
        sys.stdout.flush()
        return
    # JSON is UTF-8, whatever the terminal takes; and sys.stdout.buffer may
    # write a part only (PYTHONUNBUFFERED).
    data = _to_json(report, format_).encode("utf-8", "replace")
    with open(sys.stdout.fileno(), "wb", closefd=False) as stream:
        stream.write(data)


def _to_json(report: LoadReport, format_: CheckFormat) -> str:
    values: dict[str, Any]
    values = (
        to_sarif(report) if format_ is CheckFormat.SARIF else to_dict(report)
    )
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"
