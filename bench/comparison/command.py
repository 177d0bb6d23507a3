"""The command `bench/compare`: arguments, lanes in turn, table and JSON."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from comparison.lanes import Lane, Paths, lane_as_json, run_lane
from comparison.programs import (
    LANES,
    OWN,
    installed_peers,
    own_program,
    parse_peer,
)
from comparison.reasons import Evidence, add_reasons, read_evidence
from comparison.report import print_lanes
from comparison.rounds import RunError, run_once
from comparison.stamps import stamp_file
from provenance import ROOT, commit, machine, workload

SCHEMA = 1


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Returns the arguments of the command line."""
    parser = argparse.ArgumentParser(
        prog="bench/compare",
        description="Runs hypersigma and the peers that are installed in turn,"
        " on the same rules and events, and prints ratios net of load.",
    )
    add = parser.add_argument
    add("--rules", type=Path, default=ROOT / "examples/rules")
    add(
        "--events",
        type=Path,
        default=ROOT / "examples/events/windows.ndjson",
        help="One JSON object a line, not compressed.",
    )
    add("--rounds", type=int, default=5, help="How many count. Default: 5")
    add(
        "--core",
        type=int,
        default=0,
        help="The one processor that all run on. Default: 0; -1: any",
    )
    add(
        "--clock",
        choices=["cpu", "wall"],
        default="cpu",
        help="What is compared: time of the processor, which other programs"
        " disturb less, or time that passes. Both are in the JSON file.",
    )
    add(
        "--lane",
        choices=LANES,
        action="append",
        default=[],
        help="By default both.",
    )
    add(
        "--peer",
        type=parse_peer,
        action="append",
        default=[],
        metavar="NAME=COMMAND",
        help="One more program: COMMAND with {rules} and {events} prints a JSON"
        " object for each match.",
    )
    add(
        "--peers-in",
        action="append",
        default=[],
        metavar="DIR",
        help="Where rsigma is looked for before the PATH.",
    )
    add(
        "--folder",
        type=Path,
        default=ROOT / "build/bench/compare",
        help="For the events with log sources and what programs print.",
    )
    add("--json", type=Path, help="Write there all that was measured.")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Runs the command; returns its exit code."""
    options = parse_arguments(arguments)
    if options.rounds < 1:
        return _fail("--rounds: expected 1 or more")
    try:
        document = compare(options)
    except (OSError, RunError, subprocess.CalledProcessError) as error:
        return _fail(str(error))
    print("\n".join(print_lanes(document)))
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(document, indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")
    return 0


def compare(options: argparse.Namespace) -> dict[str, Any]:
    """Runs all lanes; returns the document of the JSON file.

    Raises:
        RunError: There is no peer, or a program failed.
    """
    options.folder.mkdir(parents=True, exist_ok=True)
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "machine": machine(),
        "commit": commit(),
        "workload": workload(options.rules, options.events),
        "rounds": options.rounds,
        "cores": "any" if options.core < 0 else 1,
        "clock": options.clock,
        "lanes": [],
    }
    for name in options.lane or LANES:
        document["lanes"].append(
            _run(name, options, document["workload"]["events"])
        )
    return document


def _run(
    name: str, options: argparse.Namespace, event_count: int
) -> dict[str, Any]:
    """Returns a lane for the JSON file."""
    programs = [
        own_program(name),
        *installed_peers(name, options.peers_in),
        *options.peer,
    ]
    if len(programs) == 1:
        raise RunError(
            "no peer is installed; try: cargo install rsigma, or --peer"
        )
    paths = _prepare(name, options)
    lane = run_lane(
        name,
        programs,
        paths,
        rounds=options.rounds,
        core=options.core if options.core >= 0 else None,
        tell=lambda text: print(f"compare: {text}", file=sys.stderr),
    )
    found = lane_as_json(lane, event_count)
    add_reasons(found, lane, options.rules, _look_closer(lane, paths))
    return found


def _look_closer(lane: Lane, paths: Paths) -> Evidence:
    """Returns what tells why programs differ; nothing of it is timed."""
    output = paths.output(lane.name, OWN)
    if lane.name != LANES[0]:
        return read_evidence(output, None, paths.events)
    plain = output.with_name(f"{OWN}.plain")
    program = own_program(LANES[1])
    command = program.command(engine=paths.engine, events=paths.events)
    run_once(command, plain, None)
    return read_evidence(output, plain, paths.events)


def _prepare(name: str, options: argparse.Namespace) -> Paths:
    """Writes the engine file, the events of the lane, and the first of them."""
    folder: Path = options.folder
    engine = folder / "rules.engine"
    subprocess.run(
        [
            *(sys.executable, "-m", "hypersigma", "compile", "-q"),
            *("-r", options.rules, "-o", engine),
        ],
        check=True,
    )
    events = options.events
    if name == LANES[0]:
        events = folder / "events_with_log_sources.ndjson"
        stamp_file(options.events, events, options.rules)
    few = folder / f"{events.stem}.first.ndjson"
    with events.open("rb") as lines:
        few.write_bytes(lines.readline())
    return Paths(options.rules, engine, events, few, folder)


def _fail(message: str) -> int:
    print(f"bench/compare: {message}", file=sys.stderr)
    return 2
