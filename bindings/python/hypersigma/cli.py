"""The command `hypersigma`: data on standard output, all else on stderr.

Exit codes: 0 done; 1 the scan failed, --verify found a difference, or check
found problems; 2 no usable rules; 3 wrong usage, or a file that could not be
read to its end or, by check, written; 130 interrupted; 141 the reader of the
output went away.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from hypersigma import _hypersigma
from hypersigma.check_command import check
from hypersigma.engine import Engine
from hypersigma.errors import RuleError
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.fields_command import fields
from hypersigma.libraries import pattern_library, versions
from hypersigma.load_options import LoadOptions
from hypersigma.pipeline_option import PipelineNames, load_pipelines
from hypersigma.placeholder_option import PlaceholderFile, load_placeholders
from hypersigma.render import (
    MatchTable,
    Screen,
    escape,
    escape_lines,
    print_problems,
    print_report,
    print_strict_report,
    print_summary,
)
from hypersigma.render_checks import print_differences, print_versions
from hypersigma.rule_set import LoadReport
from hypersigma.scan_arguments import (
    Differences,
    EventFiles,
    Format,
    Layout,
    Levels,
    LoadReportFile,
    LogSourceField,
    OutputFormat,
    Quiet,
    Routing,
    RuleIds,
    RulePaths,
    StatedLogSource,
    Statuses,
    Strict,
    Tags,
    TaxonomyFiles,
    Threads,
    Verify,
    VerifyEvery,
)
from hypersigma.scan_choice import choose_scan, load_taxonomy
from hypersigma.scan_options import ScanOptions
from hypersigma.scan_result import ScanSummary

app = typer.Typer(
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Evaluates Sigma detection rules against log events.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(check)
app.command()(fields)


@app.command()
def version(
    json_: Annotated[
        bool, typer.Option("--json", help="Print one JSON object.")
    ] = False,
) -> int:
    """Prints the versions of hypersigma and of what it stands on."""
    if json_:
        print(json.dumps(versions()))
    else:
        print_versions(Screen(sys.stdout), versions())
    return ExitCode.DONE


@app.command()
def scan(
    rules: RulePaths,
    files: EventFiles = None,
    output_format: Format = None,
    threads: Threads = 1,
    quiet: Quiet = False,
    strict: Strict = False,
    verify: Verify = False,
    verify_every: VerifyEvery = None,
    differences: Differences = None,
    load_report: LoadReportFile = None,
    placeholders: PlaceholderFile = None,
    pipeline: PipelineNames = None,
    routing: Routing = None,
    logsource: StatedLogSource = None,
    logsource_field: LogSourceField = "",
    layout: Layout = None,
    taxonomy: TaxonomyFiles = None,
    level: Levels = None,
    status: Statuses = None,
    tag: Tags = None,
    rule_id: RuleIds = None,
) -> int:
    """Scans events and prints which rules match them."""
    screen = Screen(sys.stderr)
    # Not even --quiet hides that matches may be missing.
    if warning := pattern_library().warning:
        screen.line(("warning: ", "bold yellow"), escape(warning))
    every = verify_every or int(verify)
    if differences and not every:
        raise ExitError(ExitCode.INPUT, "--differences needs --verify")
    if pipeline and every:
        raise ExitError(
            ExitCode.INPUT,
            "--verify reads rules as they are written, and cannot judge them"
            " under --pipeline",
        )
    engine = _load(
        screen,
        rules,
        load_report,
        LoadOptions(
            strict=strict,
            placeholders=load_placeholders(placeholders),
            pipelines=load_pipelines(pipeline),
            taxonomy=load_taxonomy(taxonomy),
            log_source_field=logsource_field,
        ),
    )
    options = choose_scan(
        engine,
        routing=routing,
        log_source=logsource,
        layout=layout,
        verify=every > 0,
        criteria={
            "level": level,
            "status": status,
            "tag": tag,
            "id": rule_id,
        },
    )
    if not quiet:
        print_report(screen, engine.report)
    if not engine.rules:
        raise ExitError(
            ExitCode.RULES, f"no rules to evaluate ({engine.report})"
        )
    if not files and sys.stdin.isatty() and not quiet:
        screen.line("reading events from standard input")
    format_ = output_format or _default_format()
    try:
        summary, code = _scan(
            engine, files or ["-"], format_, threads, every, options
        )
    except BrokenPipeError:
        # What Python still holds for the reader cannot be written either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.NO_READER
    if not quiet:
        print_problems(screen, summary)
        print_summary(screen, engine.report, engine.rules, summary)
    code = _conclude(screen, summary, code)
    return _conclude_verification(screen, summary, differences, code)


def _default_format() -> OutputFormat:
    return OutputFormat.TABLE if sys.stdout.isatty() else OutputFormat.NDJSON


def _load(
    screen: Screen,
    rules: list[str],
    load_report: str | None,
    options: LoadOptions,
) -> Engine:
    try:
        engine = Engine.from_paths(rules, **options)
    except RuleError as error:
        report = error.report
        if report is None:
            raise ExitError(ExitCode.RULES, str(error)) from None
        _write_report(load_report, report)
        print_strict_report(screen, report)
        raise ExitError(ExitCode.RULES, _strict_message(report)) from None
    except (OSError, ValueError) as error:
        raise ExitError(ExitCode.RULES, f"rules: {error}") from None
    _write_report(load_report, engine.report)
    return engine


def _write_report(path: str | None, report: LoadReport) -> None:
    if path is not None:
        _write(path, report.to_json() + "\n")


def _write(path: str, text: str) -> None:
    """Writes a file; text from rules and events may hold lone surrogates."""
    with Path(path).open("w", encoding="utf-8", errors="replace") as file:
        file.write(text)


def _strict_message(report: LoadReport) -> str:
    return (
        f"{len(report.problems):,} of {len(report.documents):,} documents fail"
        f" --strict ({report})"
    )


def _scan(
    engine: Engine,
    files: list[str],
    format_: OutputFormat,
    threads: int,
    verify: int,
    options: ScanOptions,
) -> tuple[ScanSummary, ExitCode]:
    """Scans until the end or Ctrl-C; a second Ctrl-C ends at once."""
    stop = _hypersigma.Stop()
    code = ExitCode.DONE

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        nonlocal code
        if code == ExitCode.INTERRUPTED:
            os._exit(code)
        code = ExitCode.INTERRUPTED
        stop.request()

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        if format_ == OutputFormat.NDJSON:
            summary = engine.write_ndjson(
                files,
                sys.stdout.fileno(),
                threads=threads,
                verify=verify,
                stop=stop,
                **options,
            )
        else:
            table = MatchTable(Screen(sys.stdout))
            summary = engine.for_each_match(
                files,
                table.add,
                threads=threads,
                verify=verify,
                stop=stop,
                **options,
            )
            sys.stdout.flush()
    finally:
        signal.signal(signal.SIGINT, before)
    return summary, code


def _conclude(screen: Screen, summary: ScanSummary, code: ExitCode) -> ExitCode:
    """Prints what the scan could not do and returns the exit code."""
    for problem in summary.file_problems:
        screen.line(("error: ", "bold red"), escape(str(problem)))
    if code == ExitCode.INTERRUPTED:
        screen.line("interrupted")
        return code
    if summary.error:
        raise ExitError(ExitCode.FAILED, summary.error)
    return ExitCode.INPUT if summary.file_problems else ExitCode.DONE


def _conclude_verification(
    screen: Screen,
    summary: ScanSummary,
    differences: str | None,
    code: ExitCode,
) -> ExitCode:
    """Prints each difference, also under --quiet; any is a failure."""
    verification = summary.verification
    if verification is None:
        return code
    if differences is not None:
        lines = (json.dumps(one.to_dict()) for one in verification.listed)
        _write(differences, "".join(f"{line}\n" for line in lines))
    if verification.agrees:
        return code
    print_differences(screen, verification)
    return code if code == ExitCode.INTERRUPTED else ExitCode.FAILED


def _run() -> int:
    try:
        code = app(standalone_mode=False)
        return code if isinstance(code, int) else ExitCode.DONE
    except ExitError as error:
        _print_error(error)
        return error.code
    except typer.TyperException as error:
        _print_error(error.format_message())
        print("try 'hypersigma --help'", file=sys.stderr)
        return ExitCode.INPUT
    except OSError as error:
        _print_error(error)
        return ExitCode.FAILED


def _print_error(error: object) -> None:
    text = escape_lines(str(error))
    Screen(sys.stderr).line(("error: ", "bold red"), text)


def main() -> None:
    """Runs the command and exits."""
    for stream in (sys.stdout, sys.stderr):
        # No terminal's encoding may end a scan.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(_run())
