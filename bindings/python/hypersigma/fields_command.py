"""The command `hypersigma fields`: what rules need, and what events have."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from io import TextIOWrapper
from typing import Any, TextIO

from hypersigma import flags
from hypersigma.choices import (
    SHOWN_NEEDS,
    ColorChoice,
    FieldsFormat,
    InputFormat,
)
from hypersigma.command_rules import choose_loading, load_engine
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.field_needs import FieldNeed, LogSourceNeeds
from hypersigma.inputs import choose_sample
from hypersigma.outputs import open_output
from hypersigma.progress import scan_progress
from hypersigma.render import Screen, escape
from hypersigma.scan_choice import (
    choose_scan,
    choose_threads,
    load_taxonomy,
)


def fields(
    rules: flags.RulePaths,
    files: flags.EventFiles = None,
    placeholders: flags.PlaceholderFile = None,
    pipeline: flags.PipelineNames = None,
    input_: flags.Input = InputFormat.AUTO,
    event_path: flags.EventPath = "",
    threads: flags.Threads = None,
    logsource: flags.StatedLogSource = None,
    logsource_field: flags.LogSourceField = "",
    layout: flags.Layout = None,
    taxonomy: flags.TaxonomyFiles = None,
    format_: flags.FieldsOutputFormat = FieldsFormat.TEXT,
    output: flags.Output = None,
    all_: flags.All = False,
    color: flags.Color = ColorChoice.AUTO,
) -> int:
    """Prints the fields that rules need, and with events which are never there.

    A rule is silent when no event can meet it that lacks the fields that none
    of the events has. With a pipeline the fields before it come first.
    """
    inputs = choose_sample(files, input_)
    loading = choose_loading(placeholders, pipeline)
    known = load_taxonomy(taxonomy)
    engine = load_engine(rules, loading, known, logsource_field)
    before = None
    if pipeline:
        # As they are written.
        loading["pipelines"] = ()
        written = load_engine(rules, loading, known, logsource_field)
        before = written.count_fields()
    options = choose_scan(
        engine,
        routing=None,
        log_source=logsource,
        layout=layout,
        verify=False,
        criteria={},
    )
    options["event_path"] = event_path
    if inputs:
        options["format"] = inputs.format
        options["read"] = inputs.read
    progress = scan_progress(inputs)
    if progress.is_wanted:
        options["progress"] = progress.update
    try:
        needs = engine.count_fields(
            inputs.paths if inputs else [],
            threads=choose_threads(threads),
            **options,
        )
    except (OSError, RuntimeError) as error:
        raise ExitError(ExitCode.INPUT, str(error)) from None
    finally:
        progress.hide()
    with _opened(output, inputs.paths if inputs else []) as stream:
        if format_ is FieldsFormat.JSON:
            print(json.dumps(_to_dict(needs, before), indent=2), file=stream)
        else:
            screen = Screen(stream, color)
            if before is not None:
                screen.line(("before the pipelines", "underline"))
                _print(screen, before, has_events=False, is_whole=all_)
                screen.line()
                screen.line(("after them", "underline"))
            _print(screen, needs, has_events=bool(files), is_whole=all_)
    return ExitCode.DONE


def _opened(
    path: str | None, inputs: list[str]
) -> AbstractContextManager[TextIO]:
    if path is None:
        return nullcontext(sys.stdout)
    file = open_output(path, inputs)
    return TextIOWrapper(file, encoding="utf-8", errors="replace")


def _to_dict(
    needs: Sequence[LogSourceNeeds], before: Sequence[LogSourceNeeds] | None
) -> dict[str, Any]:
    values = {"log_sources": [each.to_dict() for each in needs]}
    if before is not None:
        values["before_pipelines"] = [each.to_dict() for each in before]
    return values


def _print(
    screen: Screen,
    needs: Sequence[LogSourceNeeds],
    *,
    has_events: bool,
    is_whole: bool,
) -> None:
    """Prints the log sources with the most rules first."""
    ordered = sorted(needs, key=lambda each: -len(each.rules))
    for each in ordered:
        screen.line(*_headline(each, has_events))
        shown = [
            need
            for need in sorted(each.fields, key=lambda need: -need.rules)
            if not has_events or each.events
        ]
        for line in _cut(
            [_field_line(n, each, has_events) for n in shown],
            is_whole,
            "fields",
        ):
            screen.line("  ", line)
    if has_events:
        _print_silent(screen, ordered, is_whole)


def _headline(
    needs: LogSourceNeeds, has_events: bool
) -> list[tuple[str, str] | str]:
    text = f"{_count(len(needs.rules), 'rule')}"
    if has_events:
        text += f", {_count(needs.events, 'event')}"
    return [(escape(needs.log_source), "bold"), f"  {text}"]


def _field_line(
    need: FieldNeed, needs: LogSourceNeeds, has_events: bool
) -> str:
    line = f"{need.rules:>6,}  {escape(need.field)}"
    if not has_events:
        return line
    if need.events == 0:
        return f"{line}: never there"
    share = need.events / needs.events
    percent = f"{share:.0%}" if share >= 0.01 else "under 1%"
    return f"{line}: in {percent} of the events"


def _print_silent(
    screen: Screen, needs: Sequence[LogSourceNeeds], is_whole: bool
) -> None:
    total = sum(len(each.rules) for each in needs)
    unseen = sum(len(each.silent) for each in needs if not each.events)
    lines = [
        escape(f"{each.log_source}: {rule.title}")
        for each in needs
        if each.events
        for rule in each.silent
    ]
    screen.line()
    screen.line(
        f"{total - unseen - len(lines):,} of {_count(total, 'rule')} can match"
        " such events"
    )
    screen.line(
        f"{_count(unseen, 'rule')} cannot, without events of their log source"
    )
    screen.line(
        f"{_count(len(lines), 'rule')} cannot, for want of fields"
        + (":" if lines else "")
    )
    for line in _cut(lines, is_whole, "rules"):
        screen.line("  ", line)


def _cut(lines: list[str], is_whole: bool, what: str) -> Iterator[str]:
    yield from lines if is_whole else lines[:SHOWN_NEEDS]
    if not is_whole and len(lines) > SHOWN_NEEDS:
        yield f"and {len(lines) - SHOWN_NEEDS:,} more {what}, see --all"


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
