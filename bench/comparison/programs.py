"""The programs that are compared, and how each is called.

A program writes one JSON object for each match to standard output, so that all
do the same work; what it says of the rule is found under a name of its own.
"""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

OWN = "hypersigma"
LANES = ("routed", "not routed")


@dataclass(frozen=True)
class Program:
    """A program in one lane.

    Attributes:
        name: What tables call it.
        arguments: The command; `{rules}`, `{engine}`, `{events}` stand for
            paths.
        version_arguments: The command that prints its version; empty if there
            is none.
        rule_of: Returns the rule of a match, an id or a title.
        note: What is particular about how it is called.
    """

    name: str
    arguments: tuple[str, ...]
    version_arguments: tuple[str, ...] = ()
    rule_of: Callable[[dict[str, Any]], str] = field(
        default=lambda match: str(match.get("rule_id", ""))
    )
    note: str = ""

    def command(self, **paths: Path) -> list[str]:
        """Returns the command with its paths in it."""
        texts = {name: str(path) for name, path in paths.items()}
        return [one.format_map(texts) for one in self.arguments]

    def version(self) -> str:
        """Returns what the program says of its version; empty if nothing."""
        if not self.version_arguments:
            return ""
        done = subprocess.run(
            self.version_arguments, capture_output=True, text=True, check=False
        )
        return (done.stdout.strip() or done.stderr.strip()).split("\n")[0]


def own_rule(match: dict[str, Any]) -> str:
    """Returns the id of the rule of a match of hypersigma, or its title."""
    return str(match["rule"]["id"] or match["rule"]["title"])


def _rsigma_rule(match: dict[str, Any]) -> str:
    return str(match.get("rule_id") or match.get("rule_title") or "")


def own_program(lane: str) -> Program:
    """Returns the command line of this project, on one thread.

    Rules come from an engine file, compiled before: load is subtracted, and
    the less of it there is the more exact is what remains.
    """
    python = (sys.executable, "-m", "hypersigma")
    routing = "auto" if lane == LANES[0] else "off"
    return Program(
        OWN,
        (
            *(*python, "scan", "-q", "--threads", "1", "--routing", routing),
            *("-f", "ndjson", "--engine", "{engine}", "{events}"),
        ),
        (*python, "version"),
        own_rule,
        "Python entry point, engine file",
    )


def rsigma(path: str, lane: str) -> Program:
    """Returns rsigma's `engine eval` (docs: rsigma.io, `engine eval`).

    In the lane `routed` it reads log sources from the members that stamps.py
    writes.
    """
    routing: tuple[str, ...] = ()
    if lane == LANES[0]:
        names = ",".join(
            f"{one}=logsource_{one}"
            for one in ("product", "service", "category")
        )
        routing = ("--logsource-routing", "--logsource-field-map", names)
    return Program(
        "rsigma",
        (
            *(path, "engine", "eval", "-r", "{rules}", "-e", "@{events}"),
            *("--output-format", "ndjson", "--no-stats", *routing),
        ),
        (path, "--version"),
        _rsigma_rule,
    )


def installed_peers(lane: str, folders: Sequence[str] = ()) -> list[Program]:
    """Returns the peers that are there, of those that are known.

    Args:
        lane: One of LANES.
        folders: Where programs are looked for before the PATH.
    """
    found = []
    for make in (rsigma,):
        path = find_program(make.__name__, folders)
        if path:
            found.append(make(path, lane))
    return found


def find_program(name: str, folders: Sequence[str] = ()) -> str | None:
    """Returns the path of a program in one of the folders or the PATH."""
    for folder in folders:
        if path := shutil.which(name, path=folder):
            return path
    home = Path.home() / ".cargo" / "bin"
    return shutil.which(name) or shutil.which(name, path=str(home))


def parse_peer(text: str) -> Program:
    """Returns the program of `NAME=COMMAND`.

    COMMAND has `{rules}` and `{events}` for the paths and prints a JSON object
    for each match, whose rule is `rule_id`, `rule_title`, `id` or `title`.

    Raises:
        ValueError: It has no name, or does not say where events go.
    """
    name, equals, command = text.partition("=")
    if not name or not equals or "{events}" not in command:
        raise ValueError(
            f"'{text}': expected NAME=COMMAND with {{rules}} and {{events}}"
        )
    return Program(name, tuple(shlex.split(command)), rule_of=_any_rule)


def _any_rule(match: dict[str, Any]) -> str:
    for name in ("rule_id", "rule_title", "id", "title"):
        if match.get(name):
            return str(match[name])
    return ""


def count_matches(program: Program, output: Path) -> Counter[str]:
    """Returns how often each rule matched, from what a program printed.

    Lines that are no JSON object are not counted: banners and the like.
    """
    counts: Counter[str] = Counter()
    with output.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if not line.startswith("{"):
                continue
            try:
                match = json.loads(line)
            except ValueError:
                continue
            counts[program.rule_of(match)] += 1
    return counts
