"""What the flags of the command `scan` mean for the engine."""

from __future__ import annotations

import os
from collections.abc import Mapping

from hypersigma._hypersigma import RuleMask
from hypersigma.arguments import read_placeholders
from hypersigma.choices import LEVELS, STATUSES, RoutingChoice
from hypersigma.engine import Engine
from hypersigma.errors import PipelineError
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.file_options import FileScanOptions, Time, parse_time
from hypersigma.inputs import STANDARD_INPUT, Inputs
from hypersigma.pipeline import Pipeline, find_pipeline
from hypersigma.profile import Profile
from hypersigma.rule_set import LoadReport
from hypersigma.scan_options import make_options
from hypersigma.taxonomy import Taxonomy

_MOST_THREADS = 8


def load_placeholders(path: str | None) -> dict[str, list[str]]:
    """Reads the file that --placeholders names.

    Args:
        path: The file; None where the option is not given.

    Returns:
        The values of each placeholder.

    Raises:
        ExitError: The file cannot be read, or holds something else.
    """
    if path is None:
        return {}
    try:
        return read_placeholders(path)
    except (OSError, ValueError) as error:
        message = f"placeholders: {error}"
        raise ExitError(ExitCode.INPUT, message) from None


def load_pipelines(names: list[str] | None) -> list[Pipeline]:
    """Reads the pipelines that --pipeline names.

    Args:
        names: Built-in names and files; None where the option is not given.

    Returns:
        The pipelines, as given.

    Raises:
        ExitError: A file cannot be read, or is no pipeline.
    """
    try:
        return [find_pipeline(name) for name in names or ()]
    except (PipelineError, OSError, ValueError) as error:
        message = f"pipeline: {error}"
        raise ExitError(ExitCode.INPUT, message) from None


def load_profile(path: str | None) -> Profile | None:
    """Reads the file that --profile names.

    Args:
        path: The file; None where the option is not given.

    Raises:
        ExitError: The file cannot be read, or is no profile.
    """
    if path is None:
        return None
    try:
        return Profile.from_file(path)
    except (OSError, ValueError, RuntimeError) as error:
        raise ExitError(ExitCode.INPUT, f"profile: {error}") from None


def choose_threads(threads: int | None) -> int:
    """Returns how many threads scan; by default the CPUs, at most eight."""
    if threads is not None:
        return threads
    return min(len(os.sched_getaffinity(0)), _MOST_THREADS)


def check_times(begin: str | None, end: str | None) -> tuple[Time, Time]:
    """Returns what --from and --to say.

    Raises:
        ExitError: One of them is not a time, or nothing is between them.
    """
    spans = {}
    for flag, text in (("--from", begin), ("--to", end)):
        try:
            spans[flag] = parse_time(text) if text is not None else None
        except ValueError:
            raise ExitError(
                ExitCode.INPUT,
                f"{flag}: {text!r} is not a time such as 2024-05-01 or"
                " 2024-05-01T12:30:00+02:00",
            ) from None
    first, last = spans["--from"], spans["--to"]
    if first and last and last[1] <= first[0]:
        raise ExitError(ExitCode.INPUT, "--to is before --from")
    return begin, end


def check_usage(inputs: Inputs, follow: bool, verify_every: int) -> None:
    """Checks that flags can be together.

    Raises:
        ExitError: They cannot.
    """
    if follow and len(inputs.paths) != 1:
        raise ExitError(ExitCode.INPUT, "--follow: expected one file")
    if follow and inputs.paths == [STANDARD_INPUT]:
        raise ExitError(
            ExitCode.INPUT, "--follow: expected a file, not standard input"
        )
    if follow and inputs.read(inputs.paths[0]) is not None:
        raise ExitError(ExitCode.INPUT, "--follow: expected a file of text")
    if verify_every and inputs.format == "text":
        raise ExitError(
            ExitCode.INPUT, "--input raw: text without fields has no --verify"
        )


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
        if name not in LEVELS:
            raise ExitError(
                ExitCode.INPUT,
                f"--level: {level!r} is none of {', '.join(LEVELS)}",
            )
        at = LEVELS.index(name)
        expanded += LEVELS[at:] if level.endswith("+") else [name]
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
        if status.lower() not in STATUSES:
            raise ExitError(
                ExitCode.INPUT,
                f"--status: {status!r} is none of {', '.join(STATUSES)}",
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
) -> FileScanOptions:
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
    options = FileScanOptions()
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


def strict_message(report: LoadReport) -> str:
    """Returns why strict loading fails."""
    return (
        f"{len(report.problems):,} of {len(report.documents):,} documents fail"
        f" --strict ({report})"
    )
