"""The flags that only the command `show` has."""

from __future__ import annotations

from typing import Annotated

import typer

from hypersigma.choices import FieldsFormat
from hypersigma.flag_sections import RULES, option, text_or_json

ShownRule = Annotated[
    str,
    typer.Argument(
        metavar="RULE_ID|FILE",
        help="The rule to show, by id or title, or the file whose rules to"
        " show.",
        show_default=False,
    ),
]
Corpus = Annotated[
    list[str] | None,
    option(
        RULES,
        "--rules",
        "-r",
        metavar="[LABEL=]PATH",
        help="Where the rule is looked for, and whose rules are counted: a rule"
        " file or a folder of rules, with a label as in `catalog`. Can be given"
        " again.  [default: FILE]",
    ),
]
PageFormat = Annotated[
    FieldsFormat,
    text_or_json("How pages are written; json is an object a line."),
]
