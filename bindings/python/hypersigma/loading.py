"""Loading of rules, as far as compiling: what rule sets and checks share."""

from __future__ import annotations

from collections.abc import Iterable

from hypersigma import _hypersigma
from hypersigma.arguments import (
    Path,
    encode_label,
    encode_path,
    placeholder_lists,
)
from hypersigma.load_options import RuleOptions
from hypersigma.origin import Stream
from hypersigma.pipeline import apply_pipelines


def load_paths(
    paths: Iterable[Path], options: RuleOptions
) -> _hypersigma.RuleSet:
    """Loads files and folders and applies pipelines.

    Args:
        paths: Files and folders, in load order.
        options: As in `RuleSet`.

    Returns:
        The rules with their report.

    Raises:
        FileNotFoundError: A path or pipeline does not exist.
        PipelineError: A pipeline is none.
    """
    rules = _hypersigma.RuleSet.from_paths(
        [encode_path(path) for path in paths],
        options.get("strict", False),
        placeholder_lists(options.get("placeholders")),
    )
    return apply_pipelines(rules, options.get("pipelines", ()))


def load_yaml(
    text: str | bytes, options: RuleOptions, label: str = "<yaml>"
) -> _hypersigma.RuleSet:
    """Does the same for one YAML stream.

    Args:
        text: The stream; bytes are UTF-8.
        options: As in `RuleSet`.
        label: What stands for the file in diagnostics.

    Returns:
        The rules with their report.

    Raises:
        FileNotFoundError: A pipeline does not exist.
        PipelineError: A pipeline is none.
    """
    if isinstance(text, str):
        text = text.encode("utf-8", "surrogatepass")
    rules = _hypersigma.RuleSet.from_yaml(
        text,
        options.get("strict", False),
        placeholder_lists(options.get("placeholders")),
        label,
    )
    return apply_pipelines(rules, options.get("pipelines", ()))


def load_streams(
    streams: Iterable[Stream], options: RuleOptions
) -> _hypersigma.RuleSet:
    """Does the same for several streams, with their sources as files.

    Args:
        streams: In load order.
        options: As in `RuleSet`.

    Returns:
        The rules with their report.

    Raises:
        FileNotFoundError: A pipeline does not exist.
        PipelineError: A pipeline is none.
    """
    rules = _hypersigma.RuleSet.from_streams(
        [(encode_label(one.origin.file), one.yaml) for one in streams],
        options.get("strict", False),
        placeholder_lists(options.get("placeholders")),
    )
    return apply_pipelines(rules, options.get("pipelines", ()))
