"""What the flags of the command `scan` mean for the engine."""

from __future__ import annotations

from collections.abc import Mapping

from hypersigma._hypersigma import RuleMask
from hypersigma.engine import Engine
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.scan_arguments import RoutingChoice
from hypersigma.scan_options import ScanOptions, make_options
from hypersigma.taxonomy import Taxonomy

_LEVELS = ["informational", "low", "medium", "high", "critical"]
_STATUSES = ["stable", "test", "experimental", "deprecated", "unsupported"]


def load_taxonomy(paths: list[str] | None) -> Taxonomy:
    """Returns the built-in taxonomy with those of files over it.

    Raises:
        ExitError: A file cannot be read or is wrong.
    """
    taxonomy = Taxonomy()
    for path in paths or ():
        try:
            taxonomy = taxonomy.extend(path)
        except (OSError, ValueError) as error:
            raise ExitError(ExitCode.INPUT, f"taxonomy: {error}") from None
    return taxonomy


def split_list(values: list[str] | None) -> list[str]:
    """Returns the parts of values that may be lists with commas.

    Example:
        >>> split_list(["low,high", "critical"])
        ['low', 'high', 'critical']
    """
    return [part for value in values or () for part in value.split(",") if part]


def expand_levels(levels: list[str]) -> list[str]:
    """Returns levels, those above each that ends in a plus included.

    Raises:
        ExitError: There is no such level.

    Example:
        >>> expand_levels(["low", "high+"])
        ['low', 'high', 'critical']
    """
    expanded = []
    for level in levels:
        name = level.removesuffix("+").lower()
        if name not in _LEVELS:
            raise ExitError(
                ExitCode.INPUT,
                f"--level: {level!r} is none of {', '.join(_LEVELS)}",
            )
        at = _LEVELS.index(name)
        expanded += _LEVELS[at:] if level.endswith("+") else [name]
    return expanded


def choose_rules(
    engine: Engine, criteria: Mapping[str, list[str] | None]
) -> RuleMask | None:
    """Returns the rules that flags choose; None is all.

    Args:
        engine: Which rules there are.
        criteria: Values of --level, --status, --tag and --id by these names.

    Raises:
        ExitError: A flag is wrong, or no rule is left.
    """
    lists = {key: split_list(values) for key, values in criteria.items()}
    if not any(lists.values()):
        return None
    for status in lists.get("status", []):
        if status.lower() not in _STATUSES:
            raise ExitError(
                ExitCode.INPUT,
                f"--status: {status!r} is none of {', '.join(_STATUSES)}",
            )
    rules = engine.select(
        levels=expand_levels(lists.get("level", [])),
        statuses=lists.get("status", []),
        tags=lists.get("tag", []),
        ids=lists.get("id", []),
    )
    if engine.rules and not len(rules):
        raise ExitError(
            ExitCode.RULES,
            "no rule is left by --level, --status, --tag and --id",
        )
    return rules


def choose_scan(
    engine: Engine,
    *,
    routing: RoutingChoice | None,
    log_source: str | None,
    layout: str | None,
    verify: bool,
    criteria: Mapping[str, list[str] | None],
) -> ScanOptions:
    """Returns the options of a scan.

    Args:
        engine: Which rules there are.
        routing: None is the default.
        log_source: As text; None is none.
        layout: None recognises it.
        verify: Whether events are verified.
        criteria: For `choose_rules`.

    Raises:
        ExitError: A flag is wrong, or no rule is left.
    """
    options = ScanOptions()
    if routing is not None:
        options["routing"] = routing.value
    if log_source is not None:
        options["log_source"] = log_source
    if layout is not None:
        options["layout"] = layout
    options["rules"] = choose_rules(engine, criteria)
    try:
        make_options(options, verify=verify)
    except ValueError as error:
        raise ExitError(ExitCode.INPUT, str(error)) from None
    layouts = ("auto", "flat", *engine.taxonomy.layouts)
    if layout is not None and layout not in layouts:
        raise ExitError(
            ExitCode.INPUT,
            f"--layout: {layout!r} is none of {', '.join(sorted({*layouts}))}",
        )
    return options
