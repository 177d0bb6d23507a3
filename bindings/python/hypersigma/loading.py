"""Loading of rules, as far as compiling: what engines and checks share."""

from __future__ import annotations

from collections.abc import Iterable

from hypersigma import _hypersigma
from hypersigma.arguments import (
    Path,
    encode_path,
    placeholder_lists,
)
from hypersigma.load_options import LoadOptions
from hypersigma.pipeline import apply_pipelines


def load_paths(
    paths: Iterable[Path], options: LoadOptions
) -> _hypersigma.RuleSet:
    """Loads files and folders and applies pipelines.

    Args:
        paths: Files and folders, in load order.
        options: Those of loading; those of compiling are left alone.

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
    text: str | bytes, options: LoadOptions, label: str = "<yaml>"
) -> _hypersigma.RuleSet:
    """Does the same for one YAML stream.

    Args:
        text: The stream; bytes are UTF-8.
        options: Those of loading; those of compiling are left alone.
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
