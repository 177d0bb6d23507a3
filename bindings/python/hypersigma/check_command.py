"""The command `hypersigma check`: what is wrong with rules, for CI and people.

Problems are data, on standard output; the summary is on standard error.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from hypersigma import check_flags, flags
from hypersigma.check_report import (
    check_paths,
    check_yaml,
    has_severity,
    summarize,
    to_dict,
)
from hypersigma.choices import CheckFormat, ColorChoice, FailOn
from hypersigma.errors import RuleError
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.pipeline import Pipeline
from hypersigma.render import Screen
from hypersigma.render_diagnostics import print_diagnostics
from hypersigma.rule_set import LoadReport, Severity
from hypersigma.sarif import to_sarif
from hypersigma.scan_choice import load_pipelines, load_placeholders

# One more byte than a rule text may have: what is longer is refused anyway.
_STDIN_BYTES = (16 << 20) + 1


_LEAST: dict[FailOn, Severity] = {
    FailOn.ERROR: "error",
    FailOn.WARNING: "warning",
    FailOn.NOTE: "note",
}


def check(
    rules: check_flags.CheckedRules,
    placeholders: flags.PlaceholderFile = None,
    pipeline: flags.PipelineNames = None,
    strict: check_flags.CheckStrict = False,
    format_: check_flags.CheckOutputFormat = CheckFormat.TEXT,
    output: flags.Output = None,
    quiet: flags.Quiet = False,
    color: flags.Color = ColorChoice.AUTO,
    fail_on: check_flags.FailOnSeverity = FailOn.ERROR,
) -> int:
    """Prints what is wrong with rules; exit code 1 if there are errors."""
    report = _check(
        rules, strict, load_placeholders(placeholders), load_pipelines(pipeline)
    )
    if not any(document.line for document in report.documents):
        _print_unreadable(report)
        raise ExitError(ExitCode.RULES, "no rules to check")
    _write(report, format_, output, color)
    if not quiet:
        Screen(sys.stderr, color).line(summarize(report))
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
        raise ExitError(ExitCode.INPUT, str(error)) from None


def _print_unreadable(report: LoadReport) -> None:
    if report.documents:
        print_diagnostics(Screen(sys.stderr), report)


def _write(
    report: LoadReport,
    format_: CheckFormat,
    output: str | None,
    color: ColorChoice,
) -> None:
    if output is None:
        _print(report, format_, color)
        return
    try:
        # Text from rules and paths may hold lone surrogates.
        with Path(output).open("w", encoding="utf-8", errors="replace") as file:
            if format_ is CheckFormat.TEXT:
                print_diagnostics(Screen(file, color), report)
            else:
                file.write(_to_json(report, format_))
    except OSError as error:
        raise ExitError(ExitCode.INPUT, str(error)) from None


def _print(
    report: LoadReport, format_: CheckFormat, color: ColorChoice
) -> None:
    if format_ is CheckFormat.TEXT:
        print_diagnostics(Screen(sys.stdout, color), report)
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
