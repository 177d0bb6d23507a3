"""The flags that only the command `check` has."""

from __future__ import annotations

from typing import Annotated

import typer

from hypersigma.choices import CheckFormat, FailOn
from hypersigma.flag_sections import CHECKS, OUTPUT, RULES, option

CheckedRules = Annotated[
    list[str],
    typer.Argument(
        metavar="RULES...",
        help="Rule files and folders of rules; '-' alone is standard input.",
        show_default=False,
    ),
]
CheckOutputFormat = Annotated[
    CheckFormat,
    option(
        OUTPUT,
        "--output-format",
        "--format",
        "-f",
        help="How problems are written.",
    ),
]
CheckStrict = Annotated[
    bool,
    option(RULES, "--strict", help="Take questionable rules for errors."),
]
FailOnSeverity = Annotated[
    FailOn,
    option(
        CHECKS,
        "--fail-on",
        help="From which severity on the exit code is 1.",
    ),
]
Compare = Annotated[
    bool,
    option(
        CHECKS,
        "--duplicates",
        help="Tell of rules that match the same events (warnings), and of those"
        " that match nothing that another one does not (notes).",
    ),
]
