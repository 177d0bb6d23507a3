"""The command `hypersigma explain`: why rules match events, or why not."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from typing import Any

from hypersigma import explain_flags, flags
from hypersigma.choices import ColorChoice, FieldsFormat, InputFormat
from hypersigma.command_rules import (
    choose_loading,
    load_engine,
    unknown_rule,
)
from hypersigma.engine import Engine
from hypersigma.errors import EventError
from hypersigma.event_lines import EventLine, read_event_line
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.explaining import find_rules
from hypersigma.file_options import FileScanOptions
from hypersigma.inputs import choose_inputs
from hypersigma.render import Screen, escape
from hypersigma.render_explanation import ExplanationPrinter
from hypersigma.scan_choice import choose_scan, load_taxonomy
from hypersigma.scan_options import make_options

# Holds for every event: how all events of a file are read, whatever its form.
_EVERY_EVENT = """
title: Every event
logsource: {category: any}
detection:
  never: {"\\0": "\\0"}
  condition: never or not never
"""


def explain(
    rules: flags.RulePaths,
    files: flags.EventFiles = None,
    rule: explain_flags.ExplainedRule = None,
    index: explain_flags.EventIndices = None,
    placeholders: flags.PlaceholderFile = None,
    pipeline: flags.PipelineNames = None,
    event: flags.Events = None,
    input_: flags.Input = InputFormat.AUTO,
    event_path: flags.EventPath = "",
    routing: flags.Routing = None,
    logsource: flags.StatedLogSource = None,
    logsource_field: flags.LogSourceField = "",
    layout: flags.Layout = None,
    taxonomy: flags.TaxonomyFiles = None,
    format_: explain_flags.ExplainFormat = FieldsFormat.TEXT,
    color: flags.Color = ColorChoice.AUTO,
) -> int:
    """Prints why rules match events: selections, values, places in bytes.

    Without --rule the rules that match are explained. With it that rule is,
    whether it matches or not, with the fewest changes that would make it match.
    """
    inputs = choose_inputs(files, event, input_)
    engine = load_engine(
        rules,
        choose_loading(placeholders, pipeline),
        load_taxonomy(taxonomy),
        logsource_field,
    )
    options = choose_scan(
        engine,
        routing=routing,
        log_source=logsource,
        layout=layout,
        verify=False,
        criteria={},
    )
    job = _Explain(
        engine,
        options,
        rule,
        set(index or ()),
        format_,
        Screen(sys.stdout, color),
    )
    reading = FileScanOptions(
        routing="off",
        format=inputs.format,
        event_path=event_path,
        read=inputs.read,
    )
    summary = Engine.from_yaml(_EVERY_EVENT).for_each_block(
        inputs.paths, job.receive, include_event=True, **reading
    )
    for problem in (*inputs.problems, *summary.file_problems):
        raise ExitError(ExitCode.INPUT, str(problem))
    if summary.error:
        raise ExitError(ExitCode.INPUT, summary.error)
    for record in summary.malformed_records:
        Screen(sys.stderr, color).line(
            ("error: ", "error"), escape(str(record))
        )
    if job.explained == 0 and not summary.malformed:
        Screen(sys.stderr, color).line(job.nothing(summary.events))
    return ExitCode.INPUT if summary.malformed else ExitCode.DONE


@dataclass
class _Explain:
    """Explains the events of blocks of NDJSON."""

    engine: Engine
    options: FileScanOptions
    rule: str | None
    indices: set[int]
    format_: FieldsFormat
    screen: Screen
    looked_at: int = 0
    explained: int = 0
    _positions: list[int] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Finds the rule.

        Raises:
            ExitError: There is none of this id or title.
        """
        try:
            self._positions = find_rules(self.engine.rules, self.rule)
        except KeyError:
            message = unknown_rule(
                str(self.rule), self.engine.rules, self.engine.report
            )
            raise ExitError(ExitCode.RULES, f"--rule: {message}") from None

    def receive(self, lines: bytes) -> None:
        """Explains each event of a block that is wanted."""
        for line in lines.decode().split("\n")[:-1]:
            found = read_event_line(line)
            if not self.indices or found.index in self.indices:
                self.looked_at += 1
                self._explain(found)
        self.screen.stream.flush()

    def _explain(self, line: EventLine) -> None:
        try:
            explanation = self.engine._explainers.explain(
                line.event,
                self._positions,
                make_options(self.options),
                is_text=line.is_text,
            )
        except EventError as error:
            message = f"{line.file} #{line.index}: {error}"
            raise ExitError(ExitCode.INPUT, message) from None
        if not explanation.rules:
            return
        if self.format_ is FieldsFormat.JSON:
            result: dict[str, Any] = explanation.to_dict()
            where = {"file": line.file, "index": line.index}
            result["event"] = {**where, **result["event"]}
            print(json.dumps(result), file=self.screen.stream)
        else:
            if self.explained:
                self.screen.line()
            place = f"{escape(line.file)} #{line.index}"
            self.screen.line((place, "bold"))
            ExplanationPrinter(self.screen).print(explanation)
        self.explained += 1

    def nothing(self, events: int) -> str:
        """Returns why nothing was printed.

        Raises:
            ExitError: There is no event of an index that is asked for.
        """
        if events == 0:
            return "there are no events"
        if self.looked_at == 0:
            raise ExitError(
                ExitCode.INPUT,
                f"--index: no event has it; events read: {events:,}",
            )
        if self.looked_at == 1:
            return "no rule matches the event"
        return f"no rule matches any of {self.looked_at:,} events"
