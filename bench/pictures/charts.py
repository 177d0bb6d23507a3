"""Draws what was measured: one function a picture.

Each returns a figure, or None where the results do not have what it shows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pictures.names import COLUMNS, CONFIGURATIONS, STAGES, SWEEPS, Sweep
from pictures.results import Benchmark, Results
from pictures.style import (
    OTHER,
    OWN,
    OWN_LIGHT,
    draw_bars,
    new_figure,
    short_number,
)


def draw_ceiling(results: Results) -> Any | None:
    """Draws the share of the ceiling by configuration."""
    shown = [
        (label, results[name], share)
        for name, label in CONFIGURATIONS.items()
        if (share := results.share(name)) is not None
    ]
    if not shown:
        return None
    figure, ((axes,),) = new_figure(7.2, 0.9 + 0.42 * len(shown))
    draw_bars(
        axes,
        [label for label, _, _ in shown],
        [share for _, _, share in shown],
        [
            f"{share:.3f}   {short_number(one.events_per_second)} events/s"
            for _, one, share in shown
        ],
        [OWN, *[OWN_LIGHT] * (len(shown) - 1)],
    )
    axes.set_title("Rate as a share of a bare walk over the same JSON")
    axes.set_xlabel("share of the ceiling, one thread")
    return figure


def draw_stages(results: Results) -> Any | None:
    """Draws how long an event takes in each stage by itself."""
    shown = [
        (label, results[name].ns_per_event)
        for name, label in STAGES.items()
        if name in results
    ]
    if not shown:
        return None
    figure, ((axes,),) = new_figure(7.2, 0.9 + 0.4 * len(shown))
    draw_bars(
        axes,
        [label for label, _ in shown],
        [time for _, time in shown],
        [f"{time:,.0f} ns" for _, time in shown],
        [OWN] * len(shown),
    )
    axes.set_title("Time of an event in each stage, run by itself")
    axes.set_xlabel("nanoseconds an event, one thread")
    return figure


def draw_columns(results: Results) -> Any | None:
    """Draws the rate of columns beside that of the same events as JSON."""
    if "columns/json" not in results or "columns/text" not in results:
        return None
    base = results["columns/json"].events_per_second
    shown = [
        (label, results[name].events_per_second)
        for name, label in COLUMNS.items()
        if name in results
    ]
    figure, ((axes,),) = new_figure(7.2, 0.9 + 0.42 * len(shown))
    draw_bars(
        axes,
        [label for label, _ in shown],
        [rate / 1e6 for _, rate in shown],
        [
            f"{short_number(rate)} events/s, {rate / base:.1f} times NDJSON"
            if rate != base
            else f"{short_number(rate)} events/s"
            for _, rate in shown
        ],
        [OTHER, *[OWN] * (len(shown) - 1)],
    )
    axes.set_xlim(right=1.5 * max(rate for _, rate in shown) / 1e6)
    axes.set_title("Columns (Arrow) beside the same events as NDJSON")
    axes.set_xlabel("million events/s, one thread")
    return figure


def draw_peers(results: Results) -> Any | None:
    """Draws the rates of all programs of a comparison, a panel for a lane."""
    comparison = results.comparison
    if not comparison or not comparison["lanes"]:
        return None
    clock = comparison["clock"]
    lanes = comparison["lanes"]
    bars = max(len(lane["programs"]) for lane in lanes)
    most = max(
        one["events_per_second"][clock]
        for lane in lanes
        for one in lane["programs"]
    )
    figure, grid = new_figure(
        7.2, 0.5 + len(lanes) * (0.6 + 0.36 * bars), len(lanes)
    )
    for (axes,), lane in zip(grid, lanes, strict=True):
        rates = [one["events_per_second"][clock] for one in lane["programs"]]
        ratios = [""] + [
            f", {one[clock]['median']:.1f} times as long"
            for one in lane["ratios"]
        ]
        draw_bars(
            axes,
            [one["name"] for one in lane["programs"]],
            [rate / 1e3 for rate in rates],
            [
                f"{short_number(rate)} events/s{ratio}"
                for rate, ratio in zip(rates, ratios, strict=True)
            ],
            [OWN, *[OTHER] * (len(rates) - 1)],
        )
        axes.set_title(f"{lane['name'].capitalize()}, net of load")
        axes.set_xlim(right=1.3 * most / 1e3)
    grid[-1][0].set_xlabel("thousand events/s, one core")
    return figure


def draw_sweeps(results: Results) -> Any | None:
    """Draws a small panel for each sweep, from zero upwards."""
    shown = [
        (sweep, found)
        for sweep in SWEEPS
        if len(found := results.series(f"sweep/{sweep.name}")) > 1
    ]
    if not shown:
        return None
    rows = (len(shown) + 2) // 3
    figure, grid = new_figure(9.0, 2.5 * rows, rows, 3)
    panels = [axes for row in grid for axes in row]
    for axes, (sweep, found) in zip(panels, shown, strict=False):
        _draw_sweep(axes, sweep, found)
    for axes in panels[len(shown) :]:
        axes.set_visible(False)
    return figure


def _draw_sweep(
    axes: Any,
    sweep: Sweep,
    found: list[tuple[float, Benchmark]],
) -> None:
    numbers = [number for number, _ in found]
    values = [sweep.value(one) for _, one in found]
    if sweep.name == "threads":
        ideal = [values[0] * number / numbers[0] for number in numbers]
        axes.plot(numbers, ideal, color=OTHER, linestyle="--", linewidth=1.2)
        axes.annotate(
            "in proportion",
            (numbers[-1], ideal[-1]),
            xytext=(-30, 0),
            textcoords="offset points",
            ha="right",
            color=OTHER,
            fontsize=8,
        )
    axes.plot(numbers, values, color=OWN, marker="o")
    if sweep.is_log and numbers[0] > 0:
        axes.set_xscale("log")
    elif sweep.is_log:
        axes.set_xscale("symlog", linthresh=numbers[1])
    if sweep.is_log:
        axes.minorticks_off()
        axes.xaxis.set_major_formatter(lambda number, _: short_number(number))
    if sweep.name == "threads":
        axes.set_xticks(numbers, [f"{number:g}" for number in numbers])
    axes.set_ylim(bottom=0, top=1.15 * max(values))
    axes.set_title(sweep.title)
    axes.set_xlabel(sweep.axis)
    axes.set_ylabel(sweep.unit)


PICTURES: dict[str, Callable[[Results], Any | None]] = {
    "ceiling": draw_ceiling,
    "stages": draw_stages,
    "sweeps": draw_sweeps,
    "columns": draw_columns,
    "peers": draw_peers,
}
