"""What all commands share: plain help in sections, and how they end."""

from __future__ import annotations

import os
import sys
from typing import Any

from typer.core import TyperCommand

from hypersigma.exit_code import ExitCode


class Command(TyperCommand):
    """A command whose help lists options by section, in order of appearance.

    `flags` gives each option its section; what has none, such as --help, comes
    last.
    """

    def invoke(self, ctx: Any) -> Any:
        """Runs it; a reader of the output that goes away ends it quietly."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
            return code
        except BrokenPipeError:
            # What Python still holds for the reader cannot be written either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return ExitCode.NO_READER

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Writes arguments, then each section."""
        for section, records in self.sections(ctx).items():
            with formatter.section(section):
                formatter.write_dl(records)

    def sections(self, ctx: Any) -> dict[str, list[tuple[str, str]]]:
        """Returns the flags of each section, each with its help."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is None:
                continue
            section = getattr(parameter, "rich_help_panel", None) or "Other"
            if parameter.param_type_name == "argument":
                section = "Arguments"
            sections.setdefault(section, []).append(record)
        # Arguments may come behind options.
        arguments = sections.pop("Arguments", [])
        return {"Arguments": arguments, **sections} if arguments else sections
