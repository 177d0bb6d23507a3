"""Runs a benchmark program and checks the names and counters of its output.

Usage: check_output.py PROGRAM
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

CONTEXT = {
    "cpu",
    "pattern_library",
    "library_version",
    "commit",
    "rule_set_hash",
    "rules",
    "events",
    "events_bytes",
    "build_type",
}
RATES = {"items_per_second", "bytes_per_second"}
PASS = RATES | {"share"}
MADE = PASS | {"build_seconds", "build_cpu_seconds", "peak_mib", "engine_mib"}
LOAD = RATES | {"peak_mib", "file_bytes"}
WORST = PASS | {"ns_per_byte", "to_normal"}
PERCENTILES = {"p50", "p90", "p99", "p99_9"}
LATENCY = (
    PASS
    | {f"{name}_ns" for name in PERCENTILES}
    | {f"ceiling_{name}_ns" for name in PERCENTILES}
    | {f"ratio_{name}" for name in PERCENTILES}
)

# Program -> benchmark -> its counters.
EXPECTED: dict[str, dict[str, set[str]]] = {
    "scan_benchmark": {
        "ceiling": PASS,
        **{
            f"scan{name}": PASS | {"matches"}
            for name in (
                "",
                "/routing_off",
                "/without_keyword_rules",
                "/parsed",
                "/file/threads:1",
                "/file/threads:2",
            )
        },
    },
    "stage_benchmark": {
        f"stage/{name}": PASS | {"found"}
        for name in (
            "parse",
            "field_lookup",
            "route",
            "keywords",
            "literal_scan",
            "confirm",
            "program",
        )
    },
    "load_benchmark": {
        "load/build": LOAD,
        "load/build/threads:1": LOAD,
        "load/file": LOAD,
        "load/scanner": {"items_per_second", "peak_mib"},
        "save": LOAD,
    },
    "columnar_benchmark": {
        f"columns/{name}": PASS | {"matches"}
        for name in ("json", "text", "text_view", "dictionary")
    },
    "sweep_benchmark": {
        "sweep/rules:100": MADE,
        "sweep/patterns:10": MADE,
        "sweep/value_bytes:16": PASS,
        "sweep/value_bytes:1048576": PASS,
        "sweep/matching:0": PASS,
        "sweep/matching:100": PASS,
        "sweep/threads:2": PASS,
        "sweep/cache:0": PASS,
        "sweep/cache:1048576": PASS,
    },
    "worst_benchmark": {
        f"worst/{name}": WORST
        for name in (
            "normal",
            "value_1mib",
            "fields_10000",
            "near_matches",
            "unique_values",
            "escapes",
            "regex",
        )
    },
    "latency_benchmark": {
        "latency/stream": LATENCY,
        "latency/repeat": LATENCY,
    },
}

# What takes too long for a test is left out.
FILTERS = {
    "sweep_benchmark": r"rules:100$|patterns:10$|value_bytes:(16|1048576)$"
    r"|matching:(0|100)$|threads:2|cache:(0|1048576)$"
}


def run(program: Path, folder: Path) -> dict[str, object]:
    """Returns the file that the program writes, which says what stdout says."""
    file = folder / "out.json"
    command = [
        str(program),
        "--check=20",
        "--benchmark_min_time=0.001",
        "--benchmark_format=json",
        f"--benchmark_out={file}",
        f"--benchmark_filter={FILTERS.get(program.name, '.')}",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    shown = json.loads(done.stdout)
    written: dict[str, object] = json.loads(file.read_text())
    if shown["benchmarks"] != written["benchmarks"]:
        raise SystemExit("the file is not what is shown")
    return written


def problems(program: str, output: dict[str, object]) -> list[str]:
    """Returns what is wrong with the output of `program`."""
    found = []
    context = output["context"]
    assert isinstance(context, dict)
    for key in sorted(CONTEXT):
        if not context.get(key):
            found.append(f"the context has no {key}")
    benchmarks = output["benchmarks"]
    assert isinstance(benchmarks, list)
    by_name = {benchmark["name"]: benchmark for benchmark in benchmarks}
    expected = EXPECTED[program]
    if by_name.keys() != expected.keys():
        found.append(f"{sorted(by_name)}, not {sorted(expected)}")
    for name, counters in expected.items():
        for counter in sorted(counters):
            value = by_name.get(name, {}).get(counter)
            if not isinstance(value, int | float):
                found.append(f"{name} has no {counter}")
            elif counter in PASS and value <= 0:
                found.append(f"{name}: {counter} is {value}")
    return found


def main() -> None:
    program = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        found = problems(program.name, run(program, Path(folder)))
    if found:
        raise SystemExit("\n".join(found))


if __name__ == "__main__":
    main()
