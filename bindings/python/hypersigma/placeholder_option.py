"""The option --placeholders, which scan and check share."""

from __future__ import annotations

from typing import Annotated

import typer

from hypersigma.arguments import read_placeholders
from hypersigma.exit_code import ExitCode, ExitError

PlaceholderFile = Annotated[
    str | None,
    typer.Option(
        "--placeholders",
        metavar="FILE",
        help="Values of %name% under the modifier expand: a JSON object of"
        " names, each with a list of strings.",
    ),
]


def load_placeholders(path: str | None) -> dict[str, list[str]]:
    """Reads the file that the option names.

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
