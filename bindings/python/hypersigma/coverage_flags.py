"""The flags that only the command `coverage` has."""

from __future__ import annotations

from typing import Annotated

from hypersigma.choices import FieldsFormat
from hypersigma.flag_sections import (
    CHECKS,
    EVENTS,
    OUTPUT,
    option,
    text_or_json,
)

OtherRules = Annotated[
    list[str] | None,
    option(
        CHECKS,
        "--compare",
        metavar="PATH",
        help="Other rules, a file or a folder: show what only one of both sets"
        " has. Can be given again.",
    ),
]
SampleFiles = Annotated[
    list[str] | None,
    option(
        EVENTS,
        "--events",
        metavar="FILE",
        help="A sample of events, to tell which rules can fire there: a file,"
        " a folder or a pattern, as for `scan`; '-' is standard input. Can be"
        " given again.",
    ),
]
NavigatorFile = Annotated[
    str | None,
    option(
        OUTPUT,
        "--navigator",
        metavar="FILE",
        help="Write a layer for the ATT&CK Navigator there: a technique's score"
        " is its number of rules, with --compare less that of the other ones.",
    ),
]
CoverageFormat = Annotated[
    FieldsFormat, text_or_json("How coverage is written.")
]
