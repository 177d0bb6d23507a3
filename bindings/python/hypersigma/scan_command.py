"""The command `hypersigma scan`: which rules match which events.

Matches go to standard output or to the file of -o, all else to standard error.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from contextlib import ExitStack, nullcontext
from dataclasses import asdict, dataclass

from hypersigma import engine_flags, explain_flags, flags, profile_flags
from hypersigma.choices import ColorChoice, InputFormat, OutputFormat
from hypersigma.engine import Engine
from hypersigma.engine_source import EngineSource, check_rules
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.explained_output import (
    ExplainedOutput,
    ExplainedTable,
    MatchExplainer,
    check_explained,
)
from hypersigma.file_options import FileScanOptions, options_of_events
from hypersigma.inputs import STANDARD_INPUT, Inputs, choose_inputs
from hypersigma.libraries import pattern_library
from hypersigma.outputs import (
    CsvOutput,
    JsonOutput,
    NdjsonOutput,
    Output,
    Sink,
    choose_format,
    open_output,
    write_text,
)
from hypersigma.progress import Progress
from hypersigma.render import Screen, escape
from hypersigma.render_checks import print_differences
from hypersigma.render_summary import (
    Summary,
    print_file_problems,
    print_problems,
    print_report,
)
from hypersigma.render_table import TableOutput
from hypersigma.scan_choice import (
    check_times,
    check_usage,
    choose_scan,
    choose_threads,
)
from hypersigma.scan_options import make_options
from hypersigma.scan_result import MalformedRecord, ScanSummary
from hypersigma.stopper import Stopper


def scan(
    rules: engine_flags.ScannedRules = None,
    engine: engine_flags.EngineFile = None,
    cache: engine_flags.CacheFolder = None,
    files: flags.EventFiles = None,
    level: flags.Levels = None,
    status: flags.Statuses = None,
    tag: flags.Tags = None,
    rule_id: flags.RuleIds = None,
    placeholders: flags.PlaceholderFile = None,
    pipeline: flags.PipelineNames = None,
    strict: flags.Strict = False,
    profile: profile_flags.ProfileFile = None,
    event: flags.Events = None,
    input_: flags.Input = InputFormat.AUTO,
    event_path: flags.EventPath = "",
    from_: flags.From = None,
    to: flags.To = None,
    follow: flags.Follow = False,
    threads: flags.Threads = None,
    rejects: flags.RejectsFile = None,
    routing: flags.Routing = None,
    logsource: flags.StatedLogSource = None,
    logsource_field: flags.LogSourceField = "",
    layout: flags.Layout = None,
    taxonomy: flags.TaxonomyFiles = None,
    output_format: flags.Format = None,
    output: flags.Output = None,
    include_event: flags.IncludeEvent = False,
    explain: explain_flags.Explain = False,
    limit: flags.Limit = None,
    fail_on_match: flags.FailOnMatch = False,
    quiet: flags.Quiet = False,
    color: flags.Color = ColorChoice.AUTO,
    load_report: flags.LoadReportFile = None,
    verify: flags.Verify = False,
    verify_every: flags.VerifyEvery = None,
    differences: flags.Differences = None,
) -> int:
    """Scans events and prints which rules match them.

    Exit codes: 0 done; 1 something matched, under --fail-on-match, or --verify
    found a difference; 2 rules: none to evaluate, or --strict; 3 input, output
    or usage: something was not scanned, or not in full.
    """
    screen = Screen(sys.stderr, color)
    # Not even --quiet hides that matches may be missing.
    if warning := pattern_library().warning:
        screen.line(("warning: ", "warning"), escape(warning))
    source = EngineSource(
        rules,
        engine=engine,
        cache=cache,
        placeholders=placeholders,
        pipelines=pipeline,
        strict=strict,
        taxonomy=taxonomy,
        log_source_field=logsource_field,
        profile=profile,
        verify=verify,
        verify_every=verify_every,
    )
    source.check()
    every = verify_every or int(verify)
    if differences and not every:
        raise ExitError(ExitCode.INPUT, "--differences needs --verify")
    if pipeline and every:
        raise ExitError(
            ExitCode.INPUT,
            "--verify reads rules as they are written, and cannot judge them"
            " under --pipeline",
        )
    inputs = choose_inputs(files, event, input_)
    times = check_times(from_, to)
    check_usage(inputs, follow, every)
    if explain:
        check_explained(output_format, output)
    source.read_options()
    loaded = source.load(screen, load_report, is_quiet=quiet)
    options = choose_scan(
        loaded,
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
    options["format"] = inputs.format
    options["event_path"] = event_path
    options["times"] = times
    options["max_matches"] = limit
    options["follow"] = follow
    options["read"] = inputs.read
    if not quiet:
        print_report(screen, loaded.report)
    check_rules(loaded)
    if inputs.paths == [STANDARD_INPUT] and sys.stdin.isatty() and not quiet:
        screen.line("reading events from standard input")
    job = _Scan(
        screen=screen,
        engine=loaded,
        inputs=inputs,
        options=options,
        output_path=output,
        output_format=output_format,
        rejects_path=rejects,
        include_event=include_event,
        explain=explain,
        threads=choose_threads(threads),
        verify_every=every,
        is_quiet=quiet,
        color=color,
    )
    summary, code = job.run()
    if not quiet:
        job.print_summary(summary)
    code = job.conclude(summary, code, fail_on_match)
    return _conclude_verification(screen, summary, differences, code)


@dataclass
class _Scan:
    """One scan, from the first event to the summary."""

    screen: Screen
    engine: Engine
    inputs: Inputs
    options: FileScanOptions
    output_path: str | None
    output_format: OutputFormat | None
    rejects_path: str | None
    include_event: bool
    explain: bool
    threads: int
    verify_every: int
    is_quiet: bool
    color: ColorChoice

    def run(self) -> tuple[ScanSummary, ExitCode]:
        """Scans until the end, or Ctrl-C.

        Raises:
            BrokenPipeError: The reader of the output went away.
        """
        stopper = Stopper()
        progress = self._progress()
        with ExitStack() as stack, stopper.catching():
            stack.callback(progress.hide)
            out = sys.stdout.fileno()
            if self.output_path is not None:
                out = self._open(stack, self.output_path)
            if self.rejects_path is not None:
                sink = Sink(self._open(stack, self.rejects_path))
                self.options["malformed"] = _writer(sink)
            if progress.is_wanted:
                self.options["progress"] = progress.update
            if self._is_written_as_it_is():
                summary = self._write(out, stopper)
            else:
                summary = self._print(out, stopper, progress)
        return summary, stopper.code

    def _is_written_as_it_is(self) -> bool:
        """Whether blocks of lines need not pass through Python."""
        is_ndjson = self._choose_format() is OutputFormat.NDJSON
        return is_ndjson and not self.explain and not self._is_shared()

    def _is_shared(self) -> bool:
        """Whether matches go where the progress is shown."""
        return self.output_path is None and sys.stdout.isatty()

    def _write(self, out: int, stopper: Stopper) -> ScanSummary:
        return self.engine.write_ndjson(
            self.inputs.paths,
            out,
            threads=self.threads,
            verify=self.verify_every,
            include_event=self.include_event,
            stop=stopper.stop,
            **self.options,
        )

    def _print(
        self, out: int, stopper: Stopper, progress: Progress
    ) -> ScanSummary:
        output = self._make_output(out)
        is_shared = self._is_shared()

        def receive(lines: bytes) -> None:
            with progress.hidden() if is_shared else nullcontext():
                output.write(lines)

        summary = self.engine.for_each_block(
            self.inputs.paths,
            receive,
            threads=self.threads,
            verify=self.verify_every,
            include_event=self.include_event or self.explain,
            stop=stopper.stop,
            **self.options,
        )
        output.close()
        return summary

    def _open(self, stack: ExitStack, path: str) -> int:
        inputs = [*self.inputs.paths]
        return stack.enter_context(open_output(path, inputs)).fileno()

    def _progress(self) -> Progress:
        is_wanted = self.screen.can_erase and not self.is_quiet
        is_endless = self.options.get("follow", False)
        total = None if is_endless else self.inputs.total_bytes
        return Progress(
            self.screen, is_wanted, total, lambda: self.inputs.other_bytes
        )

    def _choose_format(self) -> OutputFormat:
        return choose_format(
            self.output_format, self.output_path, sys.stdout.isatty()
        )

    def _is_table(self) -> bool:
        is_elsewhere = self.output_path is not None
        return not is_elsewhere and self._choose_format() is OutputFormat.TABLE

    def _make_output(self, fd: int) -> Output:
        format_ = self._choose_format()
        sink = Sink(fd)
        if format_ is OutputFormat.CSV:
            return CsvOutput(sink, has_event=self.include_event)
        if format_ is OutputFormat.TABLE:
            return self._make_table(fd)
        is_json = format_ is OutputFormat.JSON
        output = JsonOutput(sink) if is_json else NdjsonOutput(sink)
        if not self.explain:
            return output
        return ExplainedOutput(output, self._explainer(), self.include_event)

    def _make_table(self, fd: int) -> Output:
        stream = sys.stdout
        if self.output_path is not None:
            stream = open(  # noqa: SIM115
                fd, "w", encoding="utf-8", errors="replace", closefd=False
            )
        screen = Screen(stream, self.color)
        if self.explain:
            return ExplainedTable(screen, self._explainer())
        return TableOutput(screen)

    def _explainer(self) -> MatchExplainer:
        how = make_options(
            options_of_events(self.options), verify=self.verify_every
        )
        return MatchExplainer(self.engine, how)

    def print_summary(self, summary: ScanSummary) -> None:
        """Tells what was read and found."""
        if self.screen.is_terminal and self._is_table():
            self.screen.line()
        print_problems(self.screen, summary)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        Summary(
            self.screen, self.engine.report, self.engine.rules, summary
        ).print(
            self.inputs.paths,
            skipped=self.inputs.skipped,
            problems=len(self.inputs.problems) + len(summary.file_problems),
            memory_bytes=1024 * peak,
        )

    def conclude(
        self, summary: ScanSummary, code: ExitCode, fail_on_match: bool
    ) -> ExitCode:
        """Tells what could not be done, also under --quiet."""
        problems = [*self.inputs.problems, *summary.file_problems]
        print_file_problems(self.screen, problems)
        if code != ExitCode.DONE:
            self.screen.line("interrupted")
            return code
        if summary.error:
            raise ExitError(ExitCode.INPUT, summary.error)
        if problems:
            return ExitCode.INPUT
        is_failed = fail_on_match and summary.matches > 0
        return ExitCode.FAILED if is_failed else ExitCode.DONE


def _writer(sink: Sink) -> Callable[[MalformedRecord], None]:
    def write(record: MalformedRecord) -> None:
        sink.write(json.dumps(asdict(record)).encode() + b"\n")

    return write


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
        write_text(differences, "".join(f"{line}\n" for line in lines))
    if verification.agrees:
        return code
    print_differences(screen, verification)
    return ExitCode.FAILED if code == ExitCode.DONE else code
