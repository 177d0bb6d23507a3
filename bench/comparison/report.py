"""What a comparison says to people: a table a lane, and where counts differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from comparison.programs import OWN

_HEADS = (
    "",
    "events/s",
    "ratio",
    "rounds",
    "load",
    "memory",
    "matches",
    "written",
    "rules",
)


def print_lanes(document: dict[str, Any]) -> Iterator[str]:
    """Yields the lines that say what came of a comparison.

    Args:
        document: The same as is written as JSON.
    """
    clock = document["clock"]
    yield (
        f"{document['workload']['events']:,} events,"
        f" {document['workload']['rule_files']:,} rule files,"
        f" {document['rounds']} rounds, medians of {clock} time net of load"
    )
    for lane in document["lanes"]:
        yield ""
        yield lane["name"]
        yield from align([_HEADS, *rows(lane, clock)])
        yield from _differences(lane)


def rows(lane: dict[str, Any], clock: str) -> Iterator[tuple[str, ...]]:
    """Yields a row for each program of a lane.

    The ratio says how many times as long a program takes as hypersigma, and
    beside it what the rounds say each for itself, from the least to the most.
    """
    ratios = {one["peer"]: one[clock] for one in lane["ratios"]}
    for program in lane["programs"]:
        found = ratios.get(program["name"])
        yield (
            program["name"],
            f"{program['events_per_second'][clock]:,.0f}",
            f"{found['median']:.1f}" if found else "1",
            f"{found['low']:.1f} to {found['high']:.1f}" if found else "",
            f"{program['load_seconds'][clock]:.2f} s",
            f"{program['peak_mib']:.0f} MiB",
            f"{program['matches']:,}",
            f"{program['output_bytes'] / 1e6:.1f} MB",
            f"{program['rules_matched']:,}",
        )


def _differences(lane: dict[str, Any]) -> Iterator[str]:
    for one in lane["differences"]:
        if not one["rules"]:
            yield f"  the same matches of every rule as {one['peer']}"
            continue
        yield (
            f"  {one['rules']:,} rules match differently often in {OWN} and"
            f" {one['peer']}; matches of one alone:"
        )
        for reason in one.get("reasons", ()):
            yield (
                f"    {reason['reason']}: {OWN} {reason[OWN]:,},"
                f" {one['peer']} {reason[one['peer']]:,}"
                f" (rules: {reason['rules']:,})"
            )


def align(table: list[tuple[str, ...]]) -> Iterator[str]:
    """Yields the rows of a table, the first column left, the others right."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        first, *others = zip(row, widths, strict=True)
        cells = [first[0].ljust(first[1])]
        cells += [text.rjust(width) for text, width in others]
        yield "  " + "  ".join(cells).rstrip()
