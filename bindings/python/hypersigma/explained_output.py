"""Matches with their explanations: what --explain adds to outputs."""

from __future__ import annotations

import json

from hypersigma import _hypersigma
from hypersigma.choices import OutputFormat
from hypersigma.engine import Engine
from hypersigma.errors import EventError
from hypersigma.event_lines import EventLine, read_event_line
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.explanation import Explanation
from hypersigma.outputs import Output, choose_format
from hypersigma.render import Screen
from hypersigma.render_explanation import ExplanationPrinter
from hypersigma.render_table import TableOutput

_INDENT = 4


def check_explained(format_: OutputFormat | None, path: str | None) -> None:
    """Checks that matches can have explanations.

    Args:
        format_: By the flag, if at all.
        path: Of the output, if it is a file.

    Raises:
        ExitError: Rows of CSV cannot.
    """
    if choose_format(format_, path, is_terminal=False) is OutputFormat.CSV:
        raise ExitError(
            ExitCode.INPUT, "--explain: expected table, ndjson or json, not csv"
        )


class MatchExplainer:
    """Explains matches of a scan."""

    def __init__(self, engine: Engine, how: _hypersigma.ScanOptions) -> None:
        """Keeps where rules are.

        Args:
            engine: Which scans.
            how: It looks at events.
        """
        self._engine = engine
        self._how = how
        self._positions: dict[tuple[str, str, str], int] = {}
        for position, rule in enumerate(engine.rules):
            key = (rule.id, rule.title, rule.file)
            self._positions.setdefault(key, position)

    def explain(self, line: EventLine) -> Explanation:
        """Explains the match of a line.

        Raises:
            ExitError: There is too much to explain.
        """
        rule = line.match["rule"]
        position = self._positions[rule["id"], rule["title"], rule["file"]]
        try:
            return self._engine._explainers.explain(
                line.event, [position], self._how, is_text=line.is_text
            )
        except EventError as error:
            message = f"{line.file} #{line.index}: {error}"
            raise ExitError(ExitCode.INPUT, message) from None


class ExplainedOutput:
    """Adds the member `explanation` to each line; an `Output`."""

    def __init__(
        self, output: Output, explainer: MatchExplainer, keeps_event: bool
    ) -> None:
        """Stands before another output.

        Args:
            output: Gets the lines.
            explainer: Makes explanations.
            keeps_event: Whether lines keep the event.
        """
        self._output = output
        self._explainer = explainer
        self._keeps_event = keeps_event

    def write(self, lines: bytes) -> None:
        """Adds explanations to lines that have events."""
        texts = []
        for text in lines.decode().split("\n")[:-1]:
            line = read_event_line(text)
            explanation = self._explainer.explain(line).to_dict()
            # The line says these itself.
            del explanation["rules"][0]["rule"]
            kept = text if self._keeps_event else line.bare
            added = json.dumps(explanation, separators=(",", ":"))
            texts.append(f'{kept[:-1]},"explanation":{added}}}\n')
        if texts:
            self._output.write("".join(texts).encode())

    def close(self) -> None:
        """Ends the output."""
        self._output.close()


class ExplainedTable(TableOutput):
    """A table with the explanation under each row."""

    def __init__(self, screen: Screen, explainer: MatchExplainer) -> None:
        """Makes a table.

        Args:
            screen: Where to print.
            explainer: Makes explanations.
        """
        super().__init__(screen)
        self._explainer = explainer
        self._printer = ExplanationPrinter(screen)

    def write(self, lines: bytes) -> None:
        """Prints the matches of a block."""
        for text in lines.decode().split("\n")[:-1]:
            line = read_event_line(text)
            self._add(line.match)
            explanation = self._explainer.explain(line)
            rule = explanation.rules[0]
            self._printer.print_rule(rule, explanation, _INDENT)
        self._screen.stream.flush()
