"""What pictures and tables call the benchmarks, in the order that they show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pictures.results import Benchmark

CONFIGURATIONS = {
    "scan": "default: routed, NDJSON",
    "scan/without_keyword_rules": "without keyword rules",
    "scan/routing_off": "routing off: all rules",
    "scan/parsed": "events already parsed",
}
STAGES = {
    "stage/parse": "read JSON",
    "stage/route": "find log source",
    "stage/field_lookup": "find fields",
    "stage/literal_scan": "search literals",
    "stage/confirm": "confirm regex, wildcard",
    "stage/program": "evaluate conditions",
}
COLUMNS = {
    "columns/json": "NDJSON",
    "columns/text": "text columns",
    "columns/text_view": "text view columns",
    "columns/dictionary": "dictionary columns",
}


def _rate(one: Benchmark) -> float:
    return one.events_per_second / 1e3


def _bytes(one: Benchmark) -> float:
    return one.numbers.get("bytes_per_second", 0.0) / 1e6


@dataclass(frozen=True)
class Sweep:
    """One number of the workload that grows: `sweep/NAME:NUMBER`.

    Attributes:
        name: Of the benchmarks.
        title: For people.
        axis: What the number is, with its unit.
        value: What is drawn and compared, in `unit`.
        unit: Its unit.
        is_log: Whether the number grows by factors.
    """

    name: str
    title: str
    axis: str
    value: Callable[[Benchmark], float] = _rate
    unit: str = "thousand events/s"
    is_log: bool = True


SWEEPS = (
    Sweep("rules", "Rules", "rules"),
    Sweep("patterns", "Patterns", "patterns of a field"),
    Sweep(
        "value_bytes", "Length of values", "bytes of a value", _bytes, "MB/s"
    ),
    Sweep("matching", "Matching events", "% that match", is_log=False),
    Sweep("threads", "Threads", "threads", is_log=False),
    Sweep("cache", "Value cache", "bytes of the cache"),
)
