"""The flags of explanations; those of all commands are in `flags`."""

from __future__ import annotations

from typing import Annotated

from hypersigma.choices import FieldsFormat
from hypersigma.flag_sections import (
    EVENTS,
    OUTPUT,
    RULES,
    option,
    text_or_json,
)

ExplainedRule = Annotated[
    str | None,
    option(
        RULES,
        "--rule",
        metavar="ID",
        help="The rule to explain, by id or title, whether it matches or not."
        "  [default: those that match]",
    ),
]
EventIndices = Annotated[
    list[int] | None,
    option(
        EVENTS,
        "--index",
        min=0,
        metavar="N",
        help="Only the event with this index, as `scan` tells it. Can be given"
        " again.",
    ),
]
ExplainFormat = Annotated[
    FieldsFormat,
    text_or_json("How explanations are written; json is an object a line."),
]
Explain = Annotated[
    bool,
    option(
        OUTPUT,
        "--explain",
        help="Matches have their explanation, too (table, ndjson, json).",
    ),
]
