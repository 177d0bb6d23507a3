"""The option --pipeline, which scan and check share."""

from __future__ import annotations

from typing import Annotated

import typer

from hypersigma.errors import PipelineError
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.pipeline import Pipeline, find_pipeline

PipelineNames = Annotated[
    list[str] | None,
    typer.Option(
        "--pipeline",
        "-p",
        metavar="FILE|NAME",
        help="A processing pipeline that changes the rules: a file, or "
        + ", ".join(Pipeline.built_in_names())
        + ". Can be given again.",
    ),
]


def load_pipelines(names: list[str] | None) -> list[Pipeline]:
    """Reads the pipelines that the option names.

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
