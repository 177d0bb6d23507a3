"""How events are looked at: routing, log source, layout, rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, TypedDict

from hypersigma import _hypersigma
from hypersigma._hypersigma import RuleMask

LogSource = str | Mapping[str, str]
Routing = Literal["auto", "strict", "off"]


class ScanOptions(TypedDict, total=False):
    """Keyword arguments of everything that scans.

    Attributes:
        routing: Which rules an event is tested against. `auto`: those that its
            log sources admit, all of them where those are not known; `strict`:
            none where they are not known; `off`: always all, on events as they
            are: fields have just the names that rules give them, and layouts
            are not recognised.
        log_source: The log source of all events, whatever they say, perhaps in
            part: `"product=windows"`, or a dict of product, category and
            service.
        layout: The layout of all events by its name; `auto` recognises each
            event's, which is the default where routing is not off.
        rules: The only rules that may match, from `Engine.select`.
    """

    routing: Routing
    log_source: LogSource
    layout: str
    rules: RuleMask | None


def log_source_text(log_source: LogSource | None) -> str:
    """Returns a log source as the extension takes it."""
    if log_source is None or isinstance(log_source, str):
        return log_source or ""
    for key, value in log_source.items():
        if "," in str(value):
            raise ValueError(f"{key} of a log source is {value!r}")
    return ",".join(f"{key}={value}" for key, value in log_source.items())


@lru_cache(maxsize=64)
def _make(
    routing: str, log_source: str, layout: str
) -> _hypersigma.ScanOptions:
    return _hypersigma.ScanOptions(routing, log_source, layout, None)


def make_options(
    options: ScanOptions, *, verify: int = 0
) -> _hypersigma.ScanOptions:
    """Returns options for the extension.

    The slow path, which verifies, evaluates every rule on events as they are.

    Args:
        options: As users give them.
        verify: Whether events are verified.

    Raises:
        TypeError: An option that there is not.
        ValueError: A routing or log source that there is not, or one of them
            where events are verified.
    """
    if unknown := options.keys() - ScanOptions.__annotations__.keys():
        raise TypeError(f"unexpected option {min(unknown)!r}")
    if verify:
        if options.keys() - {"rules"} and (
            options.get("routing", "off") != "off"
            or options.get("log_source")
            or options.get("layout", "flat") != "flat"
        ):
            raise ValueError(
                "verification evaluates every rule on events as they are:"
                " routing, log source and layout cannot be chosen"
            )
        options = {**options, "routing": "off", "layout": "flat"}
    routing = options.get("routing", "auto")
    log_source = log_source_text(options.get("log_source"))
    layout = options.get("layout", "")
    rules = options.get("rules")
    if rules is None:
        return _make(routing, log_source, layout)
    return _hypersigma.ScanOptions(routing, log_source, layout, rules)
