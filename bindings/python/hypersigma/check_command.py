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
    STDIN_LABEL,
    check_rules,
    has_severity,
    summarize,
    to_dict,
)
from hypersigma.choices import CheckFormat, ColorChoice, FailOn
from hypersigma.duplicates import Duplicates, find_duplicates
from hypersigma.errors import RuleError
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.load_options import RuleOptions
from hypersigma.loaded_rules import RuleSet
from hypersigma.loading import load_paths, load_yaml
from hypersigma.render import Screen
from hypersigma.render_diagnostics import print_diagnostics, print_duplicates
from hypersigma.rule_set import LoadReport, Severity
from hypersigma.sarif import to_sarif
from hypersigma.scan_choice import load_pipelines, load_placeholders

# One more byte than a rule text may have: what is longer is refused anyway.
_STDIN_BYTES = (16 << 20) + 1
# Severities that overlaps of rules have.
_OF_OVERLAPS: tuple[Severity, ...] = ("warning", "note")

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
    duplicates: check_flags.Compare = False,
) -> int:
    """Prints what is wrong with rules; exit code 1 if there are errors.

    Exit codes: 0 nothing at or above --fail-on; 1 something is; 2 there are no
    rules; 3 usage, or with --duplicates and --fail-on warning or note: not all
    rules were compared, so that more may be wrong. 3 comes before 1.
    """
    options = RuleOptions(
        strict=strict,
        placeholders=load_placeholders(placeholders),
        pipelines=load_pipelines(pipeline),
    )
    report, found = _check(rules, options, duplicates)
    if not any(document.line for document in report.documents):
        _print_unreadable(report)
        raise ExitError(ExitCode.RULES, "no rules to check")
    _write(report, found, format_, output, color)
    if not quiet:
        screen = Screen(sys.stderr, color)
        screen.line(summarize(report))
        if found is not None:
            screen.line(str(found))
    least = _LEAST.get(fail_on)
    if found is not None and not found.is_complete and least in _OF_OVERLAPS:
        raise ExitError(
            ExitCode.INPUT,
            "not all rules were compared with each other, which takes too many"
            " steps; what was found stands",
        )
    failed = least is not None and has_severity(report, least, found)
    return ExitCode.FAILED if failed else ExitCode.DONE


def _check(
    rules: list[str], options: RuleOptions, is_compared: bool
) -> tuple[LoadReport, Duplicates | None]:
    if "-" in rules and len(rules) > 1:
        raise ExitError(ExitCode.INPUT, "'-' is given beside other rules")
    try:
        if rules == ["-"]:
            yaml = sys.stdin.buffer.read(_STDIN_BYTES)
            loaded = RuleSet(load_yaml(yaml, options, STDIN_LABEL))
        else:
            # Strict errors are in the report, so that nothing is raised.
            loaded = RuleSet(load_paths(rules, options))
        report = check_rules(loaded)
        return report, find_duplicates(loaded) if is_compared else None
    except (RuleError, OSError, ValueError) as error:
        raise ExitError(ExitCode.RULES, f"rules: {error}") from None
    except RuntimeError as error:
        raise ExitError(ExitCode.INPUT, str(error)) from None


def _print_unreadable(report: LoadReport) -> None:
    if report.documents:
        print_diagnostics(Screen(sys.stderr), report)


def _write(
    report: LoadReport,
    duplicates: Duplicates | None,
    format_: CheckFormat,
    output: str | None,
    color: ColorChoice,
) -> None:
    if output is None:
        _print(report, duplicates, format_, color)
        return
    try:
        # Text from rules and paths may hold lone surrogates.
        with Path(output).open("w", encoding="utf-8", errors="replace") as file:
            if format_ is CheckFormat.TEXT:
                _print_text(Screen(file, color), report, duplicates)
            else:
                file.write(_to_json(report, duplicates, format_))
    except OSError as error:
        raise ExitError(ExitCode.INPUT, str(error)) from None


def _print(
    report: LoadReport,
    duplicates: Duplicates | None,
    format_: CheckFormat,
    color: ColorChoice,
) -> None:
    if format_ is CheckFormat.TEXT:
        _print_text(Screen(sys.stdout, color), report, duplicates)
        sys.stdout.flush()
        return
    # JSON is UTF-8, whatever the terminal takes; and sys.stdout.buffer may
    # write a part only (PYTHONUNBUFFERED).
    data = _to_json(report, duplicates, format_).encode("utf-8", "replace")
    with open(sys.stdout.fileno(), "wb", closefd=False) as stream:
        stream.write(data)


def _print_text(
    screen: Screen, report: LoadReport, duplicates: Duplicates | None
) -> None:
    print_diagnostics(screen, report)
    if duplicates is not None:
        print_duplicates(screen, duplicates)


def _to_json(
    report: LoadReport, duplicates: Duplicates | None, format_: CheckFormat
) -> str:
    to_values = to_sarif if format_ is CheckFormat.SARIF else to_dict
    values: dict[str, Any] = to_values(report, duplicates)
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"
