"""The command `hypersigma compile`: rules as an engine file, for scans.

Nothing goes to standard output.
"""

from __future__ import annotations

import sys
from pathlib import Path

from hypersigma import engine_flags, flags, profile_flags
from hypersigma.choices import ColorChoice
from hypersigma.engine_source import (
    EngineSource,
    check_output,
    check_rules,
)
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.libraries import pattern_library
from hypersigma.render import Screen, escape
from hypersigma.render_summary import print_report


def compile_(
    rules: flags.RulePaths,
    *,
    placeholders: flags.PlaceholderFile = None,
    pipeline: flags.PipelineNames = None,
    strict: flags.Strict = False,
    profile: profile_flags.ProfileFile = None,
    logsource_field: flags.LogSourceField = "",
    taxonomy: flags.TaxonomyFiles = None,
    output: engine_flags.CompiledFile,
    quiet: engine_flags.CompileQuiet = False,
    color: flags.Color = ColorChoice.AUTO,
    load_report: flags.LoadReportFile = None,
) -> int:
    """Compiles rules into an engine file, for `scan --engine`.

    The file is for this version of hypersigma and CPUs with the features of
    this one. It is code: keep it where only those can write who may change the
    program. Exit codes: 0 done; 2 rules: none to evaluate, or --strict; 3
    usage, or the file cannot be written.
    """
    screen = Screen(sys.stderr, color)
    if warning := pattern_library().warning:
        screen.line(("warning: ", "warning"), escape(warning))
    source = EngineSource(
        rules,
        placeholders=placeholders,
        pipelines=pipeline,
        strict=strict,
        taxonomy=taxonomy,
        log_source_field=logsource_field,
        profile=profile,
    )
    source.check()
    source.read_options()
    engine = source.load(screen, load_report)
    if not quiet:
        print_report(screen, engine.report)
    check_rules(engine)
    check_output(output, source, engine)
    try:
        engine.save(output)
        size = Path(output).stat().st_size
    except (OSError, ValueError, RuntimeError) as error:
        raise ExitError(ExitCode.INPUT, f"engine: {error}") from None
    if not quiet:
        count = len(engine.rules)
        noun = "rule" if count == 1 else "rules"
        screen.line(escape(output), f": {count:,} {noun}, {size / 1e6:,.1f} MB")
    return ExitCode.DONE
