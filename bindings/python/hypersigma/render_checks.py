"""What the command line shows of checks: by the slow path, and of libraries.

Text from rules and events is escaped, as in `render`.
"""

from __future__ import annotations

from typing import Any

from hypersigma.render import Screen, escape
from hypersigma.verification import Difference, Verification


def print_differences(screen: Screen, verification: Verification) -> None:
    """Prints where the engine and the slow path do not say the same.

    Args:
        screen: Where to print.
        verification: Of a scan.
    """
    for load in verification.load_differences:
        name = escape(load.title or load.file)
        screen.line(("difference: ", "error"), name)
        sides = ("engine", "slow path")
        loads, refuses = sides if load.loaded_by_engine else sides[::-1]
        screen.line(
            f"  {escape(load.file)} document {load.index}: the {loads} loads"
            f" it, the {refuses} refuses it: {escape(load.reason)}"
        )
    for difference in verification.listed:
        _print_difference(screen, difference)
    more = verification.differences - len(verification.listed)
    if more > 0:
        screen.line(f"and {more:,} more differences")


def _print_difference(screen: Screen, difference: Difference) -> None:
    place = f"{escape(difference.file)} #{difference.index}"
    said = {"engine": difference.engine, "slow path": difference.slow_path}
    if difference.rule is None:
        words = {"true": "reads it", "false": "refuses it"}
        title, end = "an event", f": {escape(difference.reason)}"
    else:
        words = {"true": "match", "false": "no match"}
        title, end = escape(difference.rule.title), ""
    sides = ", ".join(
        f"{side}: {words.get(truth, truth)}" for side, truth in said.items()
    )
    screen.line(("difference: ", "error"), title)
    screen.line(f"  {place}: {sides}{end}")
    for item in difference.items:
        screen.line(
            f"  {escape(item.selection)}: {escape(item.item)}"
            f" (engine: {item.engine}, slow path: {item.slow_path})"
        )


def print_versions(screen: Screen, versions: dict[str, Any]) -> None:
    """Prints the versions of hypersigma and of what it stands on.

    Args:
        screen: Where to print.
        versions: As from `hypersigma.libraries.versions`.
    """
    library = versions["pattern_library"]
    screen.line(f"hypersigma {versions['hypersigma']}")
    screen.line(f"{library['name']} {library['version']}")
    screen.line(f"  CPU code   {library['cpu_features']}")
    screen.line(f"  platform   {library['platform'] or 'valid'}")
    screen.line(f"  self-test  {library['self_test'] or 'passed'}")
    if library["is_known_to_lose_matches"]:
        screen.line(f"  known to lose matches; done: {library['mitigation']}")
    screen.line(f"NDJSON schema {versions['ndjson_schema']}")
    for name, number in versions["libraries"].items():
        screen.line(f"{name} {number}")
