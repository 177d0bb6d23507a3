"""Runs a lane: the same rules and events, hypersigma and every peer in turn.

Lanes are `routed`, in which a rule is tested against events of its log source
only, and `not routed`, in which all rules are tested against all events.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comparison.programs import OWN, Program, count_matches
from comparison.rounds import (
    Ratio,
    Tell,
    Timing,
    median,
    ratio,
    run_rounds,
)

# Rules that match differently often are listed up to this many.
LISTED = 20


@dataclass(frozen=True)
class Paths:
    """What a lane reads and where it writes.

    Attributes:
        rules: A rule file or a folder of rules.
        engine: The same rules, as an engine file.
        events: One event a line.
        few: Next to no events: the time of it is that of loading.
        folder: For what programs print.
    """

    rules: Path
    engine: Path
    events: Path
    few: Path
    folder: Path

    def output(self, lane: str, program: str) -> Path:
        """Returns where a program's matches in all events are."""
        return self.folder / lane.replace(" ", "_") / f"{program}.full"


@dataclass(frozen=True)
class Lane:
    """What came of a lane.

    Attributes:
        name: One of LANES.
        programs: Those that were compared; hypersigma is the first.
        timings: By name of the program.
        counts: By name, how often each rule matched.
        output_bytes: By name, how much was written for that.
    """

    name: str
    programs: Sequence[Program]
    timings: dict[str, Timing]
    counts: dict[str, Counter[str]]
    output_bytes: dict[str, int] = field(default_factory=dict)

    def ratios(self, clock: str) -> dict[str, Ratio]:
        """Returns how many times as long each peer takes, net of load."""
        own = self.timings[self.programs[0].name]
        return {
            program.name: ratio(self.timings[program.name], own, clock)
            for program in self.programs[1:]
        }


def run_lane(
    name: str,
    programs: Sequence[Program],
    paths: Paths,
    *,
    rounds: int,
    core: int | None,
    tell: Tell,
) -> Lane:
    """Times all programs of a lane and counts what they found.

    Raises:
        RunError: A program could not be run or failed.
    """
    folder = paths.output(name, OWN).parent
    folder.mkdir(parents=True, exist_ok=True)
    commands = {
        program.name: (
            _command(program, paths, paths.events),
            _command(program, paths, paths.few),
        )
        for program in programs
    }
    timings = run_rounds(
        commands, rounds, folder, core, lambda text: tell(f"{name}: {text}")
    )
    counts = {
        program.name: count_matches(program, paths.output(name, program.name))
        for program in programs
    }
    written = {
        program.name: paths.output(name, program.name).stat().st_size
        for program in programs
    }
    return Lane(name, programs, timings, counts, written)


def _command(program: Program, paths: Paths, events: Path) -> list[str]:
    return program.command(
        rules=paths.rules, engine=paths.engine, events=events
    )


def differing_rules(
    own: Counter[str], peer: Counter[str]
) -> list[tuple[str, int, int]]:
    """Returns (rule, own count, the peer's) where they differ, most first."""
    differing = [
        (rule, own[rule], peer[rule])
        for rule in {*own, *peer}
        if own[rule] != peer[rule]
    ]
    return sorted(differing, key=lambda one: (-abs(one[1] - one[2]), one[0]))


def lane_as_json(lane: Lane, events: int) -> dict[str, Any]:
    """Returns a lane for the JSON file: every run, and what follows from them.

    Args:
        lane: The lane.
        events: How many events it was.
    """
    ratios = {clock: lane.ratios(clock) for clock in ("wall", "cpu")}
    own = lane.counts[OWN]
    return {
        "name": lane.name,
        "programs": [_program(lane, one, events) for one in lane.programs],
        "ratios": [
            {
                "peer": program.name,
                **{
                    clock: vars(of_peer[program.name])
                    for clock, of_peer in ratios.items()
                },
            }
            for program in lane.programs[1:]
        ],
        "differences": [
            {
                "peer": program.name,
                "rules": len(
                    found := differing_rules(own, lane.counts[program.name])
                ),
                "listed": [
                    {"rule": rule, OWN: ours, program.name: theirs}
                    for rule, ours, theirs in found[:LISTED]
                ],
            }
            for program in lane.programs[1:]
        ],
    }


def _program(lane: Lane, program: Program, events: int) -> dict[str, Any]:
    timing = lane.timings[program.name]
    counts = lane.counts[program.name]
    return {
        "name": program.name,
        "version": program.version(),
        "note": program.note,
        "events_per_second": {
            clock: events / timing.net(clock) for clock in ("wall", "cpu")
        },
        "net_seconds": {clock: timing.net(clock) for clock in ("wall", "cpu")},
        "load_seconds": {
            clock: median(timing.load, clock) for clock in ("wall", "cpu")
        },
        "peak_mib": max(run.peak_mib for run in timing.full),
        "matches": counts.total(),
        "rules_matched": len(counts),
        "output_bytes": lane.output_bytes.get(program.name, 0),
        "full": [vars(run) for run in timing.full],
        "load": [vars(run) for run in timing.load],
    }
