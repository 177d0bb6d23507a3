"""Prints docs/cli.md from the command line itself.

Usage: print_cli.py > docs/cli.md
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import typer

from hypersigma import cli
from hypersigma.exit_code import ExitCode

_INTRO = """\
# The command line

<!-- Printed by tests/docs/print_cli.py; do not edit. -->

{help}

Data goes to standard output, all else to standard error.

{commands}

## Exit codes

| code | |
|---|---|
"""

_CODES = {
    ExitCode.DONE: "done; `check` found nothing at or above `--fail-on`",
    ExitCode.FAILED: "something matched, under `--fail-on-match`; `--verify`"
    " found a difference; `check` found problems",
    ExitCode.RULES: "no usable rules: they are not there, cannot be read, or"
    " fail `--strict`",
    ExitCode.INPUT: "wrong usage, or something was not done in full: a file"
    " could not be read to its end or be written, or the scan itself failed."
    " Comes before 1",
    ExitCode.INTERRUPTED: "interrupted by Ctrl-C; a scan tells what it has"
    " found",
    ExitCode.TERMINATED: "the same by SIGTERM",
    ExitCode.NO_READER: "the reader of the output went away",
}


def print_cli() -> str:
    """Returns the page."""
    group: Any = typer.main.get_command(cli.app)
    parent = group.make_context("hypersigma", [], resilient_parsing=True)
    commands = {
        name: group.get_command(parent, name)
        for name in group.list_commands(parent)
    }
    links = [
        f"- [`hypersigma {name}`](#hypersigma-{name}): {_first_line(command)}"
        for name, command in commands.items()
    ]
    parts = [
        _INTRO.format(help=group.help, commands="\n".join(links)),
        *(f"| {code.value} | {_CODES[code]} |\n" for code in ExitCode),
    ]
    for name, command in commands.items():
        parts += _command(name, command, parent)
    return "".join(parts)


def _first_line(command: Any) -> str:
    return str(command.help).strip().splitlines()[0]


def _command(name: str, command: Any, parent: Any) -> Iterator[str]:
    context = command.make_context(
        name, [], parent=parent, resilient_parsing=True
    )
    yield f"\n## hypersigma {name}\n"
    for paragraph in re.split(r"\n\s*\n", command.help.strip()):
        yield f"\n{' '.join(paragraph.split())}\n"
    usage = command.collect_usage_pieces(context)
    yield f"\n`hypersigma {name} {' '.join(usage)}`\n"
    for section, records in command.sections(context).items():
        yield f"\n| {section} | |\n|---|---|\n"
        for record in records:
            left, right = map(_cell, record)
            yield f"| `{left}` | {right} |\n"


def _cell(text: str) -> str:
    """Returns text for a cell; what is in <angles> must not look like HTML."""
    text = text.replace("|", "\\|")
    return re.sub(r"  \[(.*)\]$", r" *\1*", text)


if __name__ == "__main__":
    sys.stdout.write(print_cli())
