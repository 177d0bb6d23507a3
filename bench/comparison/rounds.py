"""Times commands in turn, A B A B, and takes medians.

Each command has two forms: one over all events and one over next to none, whose
time is that of starting and of loading the rules. What is left of the
difference is the time that the events took.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


class RunError(Exception):
    """A program could not be run, or failed."""


@dataclass(frozen=True)
class Run:
    """What one run of a command took.

    Attributes:
        wall: Seconds from start to end.
        cpu: Seconds of the processor, in the program and for it in the system.
        peak_mib: The most memory that it had, in MiB.
    """

    wall: float
    cpu: float
    peak_mib: float


@dataclass
class Timing:
    """The runs of one program: `full[i]` and `load[i]` are of one round."""

    full: list[Run] = field(default_factory=list)
    load: list[Run] = field(default_factory=list)

    def net(self, clock: str) -> float:
        """Returns the seconds of the events: the median, less that of load.

        Args:
            clock: `wall` or `cpu`.

        Raises:
            RunError: The load took as long as all; there is nothing to tell.
        """
        seconds = median(self.full, clock) - median(self.load, clock)
        if seconds <= 0:
            raise RunError("the events take less time than can be measured")
        return seconds


@dataclass(frozen=True)
class Ratio:
    """How many times as long a peer takes.

    Attributes:
        median: Of the medians, net of load.
        low: The least of the rounds, each for itself.
        high: The most of them.
    """

    median: float
    low: float
    high: float


def median(runs: Sequence[Run], clock: str) -> float:
    """Returns the median of a clock of runs, in seconds."""
    return float(statistics.median(getattr(run, clock) for run in runs))


def ratio(peer: Timing, own: Timing, clock: str) -> Ratio:
    """Returns how many times as long `peer` takes as `own`, net of load.

    A round in which load took as long as all says nothing and is left out of
    the range, not of the median.
    """
    whole = peer.net(clock) / own.net(clock)
    each = [
        theirs / ours
        for theirs, ours in zip(
            _net_of_rounds(peer, clock), _net_of_rounds(own, clock), strict=True
        )
        if theirs > 0 and ours > 0
    ] or [whole]
    return Ratio(whole, min(each), max(each))


def _net_of_rounds(timing: Timing, clock: str) -> list[float]:
    return [
        float(getattr(full, clock) - getattr(load, clock))
        for full, load in zip(timing.full, timing.load, strict=True)
    ]


def run_once(command: Sequence[str], output: Path, core: int | None) -> Run:
    """Runs a command, its standard output into a file, and times it.

    Args:
        command: Program and arguments.
        output: What it prints; what was there is lost.
        core: The processor that it may run on; None is any.

    Raises:
        RunError: It cannot be run, or ends with another code than 0.
    """
    errors = output.with_name(output.name + ".err")
    with output.open("wb") as out, errors.open("wb") as err:
        begin = time.perf_counter()
        try:
            process = subprocess.Popen(
                pinned(command, core),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
            )
        except OSError as error:
            raise RunError(f"{command[0]}: {error.strerror}") from None
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        said = errors.read_text(encoding="utf-8", errors="replace").strip()
        raise RunError(
            f"{command[0]}: exit code {process.returncode}: {said[-300:]}"
        )
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def pinned(command: Sequence[str], core: int | None) -> list[str]:
    """Returns a command that runs on one processor only."""
    if core is None:
        return list(command)
    return ["taskset", "-c", str(core), *command]


Tell = Callable[[str], None]


def run_rounds(
    commands: Mapping[str, tuple[Sequence[str], Sequence[str]]],
    rounds: int,
    folder: Path,
    core: int | None,
    tell: Tell = lambda text: None,
    most: int = 5,
) -> dict[str, Timing]:
    """Runs all commands in turn, some rounds long.

    Every other round goes the other way, so that none always comes first. A
    round before them is not counted: it fills the caches of the system, and
    tells how often a program runs in a round; then the medians count.

    Args:
        commands: By name, the command over all events and the one over next to
            none.
        rounds: How many count, at least one.
        folder: Where outputs go: `NAME.full` and `NAME.load`.
        core: As for `run_once`.
        tell: Is called with what is going on.
        most: How often a program may run in a round.

    Returns:
        By name, the runs in the order of the rounds.

    Raises:
        RunError: A command failed.
    """
    timings = {name: Timing() for name in commands}
    times = dict.fromkeys(commands, 1)
    for number in range(rounds + 1):
        tell(f"round {number} of {rounds}" if number else "a round to warm up")
        found: dict[str, tuple[Run, Run]] = {}
        order = list(commands)
        for name in order if number % 2 else reversed(order):
            full, load = commands[name]
            runs = [
                (
                    run_once(load, folder / f"{name}.load", core),
                    run_once(full, folder / f"{name}.full", core),
                )
                for _ in range(times[name])
            ]
            loads, fulls = zip(*runs, strict=True)
            found[name] = (middle(loads), middle(fulls))
        if not number:
            walls = {name: full.wall for name, (_, full) in found.items()}
            times = repeats(walls, most)
            continue
        for name, (loaded, done) in found.items():
            timings[name].load.append(loaded)
            timings[name].full.append(done)
    return timings


def middle(runs: Sequence[Run]) -> Run:
    """Returns the medians of several runs, and the most memory of them."""
    return Run(
        median(runs, "wall"),
        median(runs, "cpu"),
        max(run.peak_mib for run in runs),
    )


def repeats(walls: Mapping[str, float], most: int) -> dict[str, int]:
    """Returns how often each program runs in a round, 1 to `most` times.

    A short run is less exact, since load is a larger part of it: programs run
    as often as the slowest one takes.

    Args:
        walls: By name, the seconds of a run.
        most: How often at most.
    """
    slowest = max(walls.values())
    return {
        name: min(most, max(1, round(slowest / wall)))
        for name, wall in walls.items()
    }
