"""Reads the JSON of the benchmark programs.

A file holds the runs of one program. Of a benchmark that ran several times the
median of each number counts.
"""

from __future__ import annotations

import json
import re
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# What Google Benchmark adds to a name for how it ran.
_SUFFIXES = re.compile(
    r"/(real_time|process_time|manual_time|iterations:\d+|repeats:\d+"
    r"|min_time:[\d.]+s?|min_warmup_time:[\d.]+s?)(?=/|$)"
)
_NANOSECONDS = {"ns": 1.0, "us": 1e3, "ms": 1e6, "s": 1e9}


@dataclass(frozen=True)
class Benchmark:
    """What one benchmark measured.

    Attributes:
        name: Its name, without what only says how it was run.
        seconds: Of an iteration, as time of the clock.
        cpu_seconds: The same as time of the processor.
        numbers: All else that it tells, such as `items_per_second` or `share`.
    """

    name: str
    seconds: float
    cpu_seconds: float
    numbers: Mapping[str, float]

    @property
    def events_per_second(self) -> float:
        """Events a second; 0 if it does not tell."""
        return self.numbers.get("items_per_second", 0.0)

    @property
    def ns_per_event(self) -> float:
        """Nanoseconds an event; 0 if it does not tell."""
        rate = self.events_per_second
        return 1e9 / rate if rate else 0.0


@dataclass(frozen=True)
class Results:
    """Everything that was measured.

    Attributes:
        benchmarks: By name, in the order of the programs.
        contexts: By program, what its file says of machine and input.
        comparison: What `bench/compare` wrote; None if it did not run.
    """

    benchmarks: Mapping[str, Benchmark]
    contexts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    comparison: Mapping[str, Any] | None = None

    def __getitem__(self, name: str) -> Benchmark:
        """Returns the benchmark of that name."""
        return self.benchmarks[name]

    def __contains__(self, name: str) -> bool:
        """Returns whether there is a benchmark of that name."""
        return name in self.benchmarks

    def named(self, *names: str) -> list[Benchmark]:
        """Returns those of the benchmarks that there are."""
        return [self[name] for name in names if name in self]

    def series(self, prefix: str) -> list[tuple[float, Benchmark]]:
        """Returns the benchmarks `PREFIX:NUMBER`, by number."""
        found = []
        for name, benchmark in self.benchmarks.items():
            match = re.fullmatch(re.escape(prefix) + r":([\d.]+)", name)
            if match:
                found.append((float(match.group(1)), benchmark))
        return sorted(found, key=lambda one: one[0])

    def share(self, name: str) -> float | None:
        """Returns the share of the ceiling; None if that is not known.

        It is what the benchmark says, else its rate to that of `ceiling`.
        """
        if name not in self:
            return None
        benchmark = self[name]
        if "share" in benchmark.numbers:
            return benchmark.numbers["share"]
        if "ceiling" not in self or not self["ceiling"].events_per_second:
            return None
        return benchmark.events_per_second / self["ceiling"].events_per_second


def read_folder(folder: Path) -> Results:
    """Returns what the JSON files of a folder say.

    Files that hold neither benchmarks nor a comparison are passed over.

    Raises:
        ValueError: A file is no JSON.
    """
    benchmarks: dict[str, Benchmark] = {}
    contexts: dict[str, Any] = {}
    comparison = None
    for path in sorted(folder.glob("*.json")):
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from None
        if "benchmarks" in document:
            found = read_benchmarks(document)
            # Several programs measure the ceiling; the scan's is the one.
            for name, benchmark in found.items():
                if name not in benchmarks or path.stem == "scan_benchmark":
                    benchmarks[name] = benchmark
            contexts[path.stem] = document.get("context", {})
        elif "lanes" in document:
            comparison = document
    return Results(benchmarks, contexts, comparison)


def read_benchmarks(document: Mapping[str, Any]) -> dict[str, Benchmark]:
    """Returns the benchmarks of a document of Google Benchmark, by name."""
    runs: dict[str, list[Mapping[str, Any]]] = {}
    for run in document["benchmarks"]:
        is_run = run.get("run_type", "iteration") == "iteration"
        if is_run and not run.get("error_occurred"):
            name = _SUFFIXES.sub("", run.get("run_name", run["name"]))
            runs.setdefault(name, []).append(run)
    return {name: _summarize(name, found) for name, found in runs.items()}


def _summarize(name: str, runs: list[Mapping[str, Any]]) -> Benchmark:
    unit = _NANOSECONDS[runs[0].get("time_unit", "ns")] / 1e9
    numbers = {
        key: statistics.median(run[key] for run in runs if key in run)
        for key in _counters(runs[0])
    }
    return Benchmark(
        name,
        statistics.median(run["real_time"] for run in runs) * unit,
        statistics.median(run["cpu_time"] for run in runs) * unit,
        numbers,
    )


def _counters(run: Mapping[str, Any]) -> Iterator[str]:
    own = {
        "real_time", "cpu_time", "iterations", "repetitions", "threads",
        "repetition_index", "family_index", "per_family_instance_index",
    }  # fmt: skip
    for key, value in run.items():
        if key not in own and isinstance(value, int | float):
            yield key
