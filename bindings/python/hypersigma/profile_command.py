"""The command `hypersigma profile`: what is rare in a sample of events.

Nothing goes to standard output.
"""

from __future__ import annotations

import os
import stat
import sys

from hypersigma import flags, profile_flags
from hypersigma.choices import ColorChoice, InputFormat
from hypersigma.engine import Engine
from hypersigma.engine_source import (
    EngineSource,
    check_output,
    check_rules,
)
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.file_options import FileScanOptions
from hypersigma.inputs import GIVEN_EVENTS, Inputs, choose_inputs
from hypersigma.profile import ProfiledEvents
from hypersigma.progress import Progress
from hypersigma.render import Screen
from hypersigma.render_profile import ProfilePrinter
from hypersigma.render_summary import print_file_problems, print_problems
from hypersigma.scan_choice import choose_scan, choose_threads


def profile(
    rules: flags.RulePaths,
    *,
    files: flags.EventFiles = None,
    placeholders: flags.PlaceholderFile = None,
    pipeline: flags.PipelineNames = None,
    input_: flags.Input = InputFormat.AUTO,
    event_path: flags.EventPath = "",
    threads: flags.Threads = None,
    routing: flags.Routing = None,
    logsource: flags.StatedLogSource = None,
    logsource_field: flags.LogSourceField = "",
    layout: flags.Layout = None,
    taxonomy: flags.TaxonomyFiles = None,
    output: profile_flags.WrittenProfile,
    all_: profile_flags.AllCosts = False,
    quiet: profile_flags.ProfileQuiet = False,
    color: flags.Color = ColorChoice.AUTO,
) -> int:
    """Counts in sample events what rules look for, for scans with --profile.

    Shows which rules were evaluated most, and how many were for an event
    without the profile and with it; files are read again for that. Exit codes:
    0 done; 2 rules: none to evaluate; 3 usage, or events that cannot be read.
    """
    screen = Screen(sys.stderr, color)
    source = EngineSource(
        rules,
        placeholders=placeholders,
        pipelines=pipeline,
        taxonomy=taxonomy,
        log_source_field=logsource_field,
    )
    source.check()
    inputs = choose_inputs(files, None, input_)
    source.read_options()
    engine = source.load(screen, None)
    check_rules(engine)
    check_output(output, source, engine, inputs.paths)
    options = choose_scan(
        engine,
        routing=routing,
        log_source=logsource,
        layout=layout,
        verify=False,
        criteria={},
    )
    options["event_path"] = event_path
    options["format"] = inputs.format
    options["read"] = inputs.read
    count = choose_threads(threads)
    shown = None if quiet else screen
    before = _profile(engine, inputs, count, options, shown)
    try:
        before.profile.write(output)
    except (OSError, ValueError, RuntimeError) as error:
        raise ExitError(ExitCode.INPUT, f"profile: {error}") from None
    problems = [*inputs.problems, *before.summary.file_problems]
    if not quiet:
        print_problems(screen, before.summary)
        after = None
        if all(_can_read_again(path) for path in inputs.paths):
            source.use(before.profile)
            again = source.load(screen, None, is_quiet=True)
            after = _profile(again, inputs, count, options, shown)
        ProfilePrinter(screen, all_).print(output, before, after)
    print_file_problems(screen, problems)
    return ExitCode.INPUT if problems else ExitCode.DONE


def _profile(
    engine: Engine,
    inputs: Inputs,
    threads: int,
    options: FileScanOptions,
    screen: Screen | None,
) -> ProfiledEvents:
    is_wanted = screen is not None and screen.can_erase
    progress = Progress(
        screen or Screen(sys.stderr),
        is_wanted,
        inputs.total_bytes,
        lambda: inputs.other_bytes,
    )
    if is_wanted:
        options["progress"] = progress.update
    try:
        return engine.profile(inputs.paths, threads=threads, **options)
    except (OSError, RuntimeError) as error:
        raise ExitError(ExitCode.INPUT, str(error)) from None
    finally:
        progress.hide()


def _can_read_again(path: str) -> bool:
    if path == GIVEN_EVENTS:
        return True
    try:
        return stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116
    except OSError:
        return False
