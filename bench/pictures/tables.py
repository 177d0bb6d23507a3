"""Writes what was measured as Markdown tables: one function a table.

Each returns the text between two markers of the page, or None where the results
do not have what it shows; then the page keeps what it had.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pictures.names import COLUMNS, STAGES, SWEEPS
from pictures.results import Benchmark, Results

_SCANS = {
    "ceiling": "the ceiling: a bare walk over the JSON",
    "scan": "default: routed, keyword rules included",
    "scan/without_keyword_rules": "without keyword rules",
    "scan/routing_off": "routing off: all rules on all events",
    "scan/parsed": "events already parsed (C++ `Scanner::Scan`)",
}
_LOADS = {
    "load/build": "rules read, compiled and proved",
    "load/build/threads:1": "the same on one thread",
    "load/file": "engine file loaded",
    "load/scanner": "a scanner of it made",
    "save": "engine file made",
}
_LATENCIES = {
    "latency/stream": "one event after the other",
    "latency/repeat": "the same event again",
}
_MACHINE = {
    "cpu": "processor",
    "num_cpus": "logical processors",
    "pattern_library": "pattern library",
    "build_type": "build",
    "commit": "commit",
    "rules": "rules",
    "rule_set_hash": "hash of the rules",
    "events": "events",
    "events_bytes": "bytes of the events",
}


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Returns a table; all columns but the first are aligned right."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _command(results: Results, program: str) -> str:
    command = results.contexts.get(program, {}).get("command")
    return f"\n`{command}`\n" if command else ""


def machine(results: Results) -> str | None:
    """Returns what all other tables rest on."""
    context: dict[str, Any] = {}
    if results.comparison and "machine" in results.comparison:
        compared = results.comparison
        context = {
            "cpu": compared["machine"]["cpu"],
            "num_cpus": compared["machine"]["cpus"],
            "commit": compared["commit"],
            "rules": compared["workload"]["rule_files"],
            "events": compared["workload"]["events"],
            "events_bytes": compared["workload"]["events_bytes"],
        }
    context |= results.contexts.get("scan_benchmark", {})
    if not context:
        return None
    rows = [
        (label, _text(context[name]))
        for name, label in _MACHINE.items()
        if name in context
    ]
    return table(("", ""), rows)


def _text(value: Any) -> str:
    text = str(value)
    return f"{int(text):,}" if text.isdigit() and len(text) < 16 else text


def scan(results: Results) -> str | None:
    """Returns the rates of whole scans."""
    files = [
        (
            name,
            f"files, {name.rpartition(':')[2]} threads".replace(
                " 1 threads", " 1 thread"
            ),
        )
        for name in results.benchmarks
        if name.startswith("scan/file/threads:")
    ]
    rows = [
        (label, *_rates(results, name))
        for name, label in [*_SCANS.items(), *files]
        if name in results
    ]
    if len(rows) < 2:
        return None
    heads = ("", "events/s", "MB/s", "share of the ceiling")
    return table(heads, rows) + _command(results, "scan_benchmark")


def _rates(results: Results, name: str) -> tuple[str, str, str]:
    one = results[name]
    share = results.share(name)
    return (
        f"{one.events_per_second:,.0f}",
        f"{one.numbers.get('bytes_per_second', 0) / 1e6:,.0f}",
        "" if share is None else f"{share:.3f}",
    )


def stages(results: Results) -> str | None:
    """Returns the time of each stage."""
    rows = [
        (label, f"{results[name].ns_per_event:,.0f}")
        for name, label in STAGES.items()
        if name in results
    ]
    if not rows:
        return None
    text = table(("stage, run by itself", "ns an event"), rows)
    return text + _command(results, "stage_benchmark")


def load(results: Results) -> str | None:
    """Returns how long loading takes."""
    names = [name for name in (*_LOADS, "load") if name in results]
    if not names:
        return None
    rows = [
        (
            _LOADS.get(name, _LOADS["load/build"]),
            _milliseconds(results[name].seconds),
            _number(results[name], "peak_mib"),
        )
        for name in names
    ]
    text = table(("", "ms", "peak memory, MiB"), rows)
    return text + _command(results, "load_benchmark")


def _milliseconds(seconds: float) -> str:
    return format(seconds * 1e3, ",.1f" if seconds >= 1e-3 else ".3f")


def _number(one: Benchmark, name: str, form: str = ",.0f") -> str:
    return format(one.numbers[name], form) if name in one.numbers else ""


def columns(results: Results) -> str | None:
    """Returns the rates of columns."""
    if "columns/json" not in results:
        return None
    base = results["columns/json"].events_per_second
    rows = [
        (
            label,
            f"{results[name].events_per_second:,.0f}",
            f"{results[name].events_per_second / base:.2f}",
        )
        for name, label in COLUMNS.items()
        if name in results
    ]
    heads = ("Sysmon events 10", "events/s", "to NDJSON")
    return table(heads, rows) + _command(results, "columnar_benchmark")


def sweeps(results: Results) -> str | None:
    """Returns all sweeps, one below the other."""
    rows = []
    for sweep in SWEEPS:
        found = results.series(f"sweep/{sweep.name}")
        for number, one in found:
            first = sweep.value(found[0][1])
            rows.append(
                (
                    f"{sweep.title.lower()}: {number:,.10g}",
                    *_rates(results, one.name),
                    f"{sweep.value(one) / first:.2f}" if first else "",
                    _number(one, "build_seconds", ",.2f"),
                    _number(one, "engine_mib"),
                )
            )
    if not rows:
        return None
    heads = (
        *("", "events/s", "MB/s", "share of the ceiling", "to the first"),
        *("built in, s", "engine, MiB"),
    )
    return table(heads, rows) + _command(results, "sweep_benchmark")


def worst(results: Results) -> str | None:
    """Returns what events cost that are made to be slow."""
    rows = [
        (
            name.removeprefix("worst/").replace("_", " "),
            _number(one, "ns_per_byte", ",.2f"),
            _number(one, "to_normal", ",.2f"),
        )
        for name, one in results.benchmarks.items()
        if name.startswith("worst/")
    ]
    if not rows:
        return None
    heads = ("events", "ns a byte", "to normal")
    return table(heads, rows) + _command(results, "worst_benchmark")


def latency(results: Results) -> str | None:
    """Returns how long one event takes, warm."""
    rows = [
        (
            _LATENCIES.get(name, name),
            *(_number(one, f"p{part}_ns") for part in (50, 90, 99)),
            *(_number(one, f"ratio_p{part}", ",.1f") for part in (50, 99)),
        )
        for name, one in results.benchmarks.items()
        if name.startswith("latency/")
    ]
    if not rows:
        return None
    heads = (
        *("", "median, ns", "p90, ns", "p99, ns"),
        *("median to the ceiling's", "p99 to the ceiling's"),
    )
    return table(heads, rows) + _command(results, "latency_benchmark")


def peers(results: Results) -> str | None:
    """Returns the comparison with other programs."""
    comparison = results.comparison
    if not comparison:
        return None
    clock = comparison["clock"]
    rows = [
        row for lane in comparison["lanes"] for row in _lane_rows(lane, clock)
    ]
    heads = (
        *("lane", "program", "events/s", "times as long", "in rounds"),
        *("load, s", "memory, MiB", "matches", "written, MB", "rules matched"),
    )
    command = comparison.get("command")
    said = f"\n`{command}`\n" if command else ""
    return table(heads, rows) + said


def _lane_rows(lane: dict[str, Any], clock: str) -> Iterable[tuple[str, ...]]:
    ratios = {one["peer"]: one[clock] for one in lane["ratios"]}
    for one in lane["programs"]:
        found = ratios.get(one["name"])
        yield (
            lane["name"],
            one["version"] or one["name"],
            f"{one['events_per_second'][clock]:,.0f}",
            f"{found['median']:.1f}" if found else "1",
            f"{found['low']:.1f} to {found['high']:.1f}" if found else "",
            f"{one['load_seconds'][clock]:.2f}",
            f"{one['peak_mib']:,.0f}",
            f"{one['matches']:,}",
            f"{one['output_bytes'] / 1e6:.1f}",
            f"{one['rules_matched']:,}",
        )


def reasons(results: Results) -> str | None:
    """Returns why programs match differently often."""
    comparison = results.comparison
    if not comparison:
        return None
    rows = [
        (
            f"{lane['name']}: {reason['reason']}",
            f"{reason['rules']:,}",
            f"{reason['hypersigma']:,}",
            f"{reason[one['peer']]:,}",
        )
        for lane in comparison["lanes"]
        for one in lane["differences"]
        for reason in one.get("reasons", ())
    ]
    if not rows:
        return None
    return table(
        ("reason", "rules", "only hypersigma matches", "only the peer"), rows
    )


TABLES: dict[str, Callable[[Results], str | None]] = {
    "machine": machine,
    "scan": scan,
    "stages": stages,
    "load": load,
    "columns": columns,
    "sweeps": sweeps,
    "worst": worst,
    "latency": latency,
    "peers": peers,
    "reasons": reasons,
}

# The picture above a table, and what it shows.
PICTURES = {
    "scan": ("ceiling", "Share of the ceiling by configuration"),
    "stages": ("stages", "Time of an event in each stage"),
    "sweeps": ("sweeps", "Rates as one thing at a time grows"),
    "columns": ("columns", "Columns beside NDJSON"),
    "peers": ("peers", "Rates beside other programs"),
}


def make_parts(results: Results, pictures: str) -> dict[str, str | None]:
    """Returns what goes between the markers of a page, by name.

    Args:
        results: What was measured.
        pictures: The folder of the pictures, as the page names it.
    """
    parts: dict[str, str | None] = {}
    for name, make in TABLES.items():
        text = make(results)
        if text and name in PICTURES:
            picture, label = PICTURES[name]
            text = f"![{label}]({pictures}/{picture}.svg)\n\n{text}"
        parts[name] = text
    return parts
