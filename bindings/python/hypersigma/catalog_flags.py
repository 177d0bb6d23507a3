"""The flags that only the command `catalog` has."""

from __future__ import annotations

from typing import Annotated

from hypersigma.flag_sections import CHECKS, OUTPUT, RULES, option

DEFAULT_PORT = 8000

LabelledRules = Annotated[
    list[str],
    option(
        RULES,
        "--rules",
        "-r",
        metavar="[LABEL=]PATH",
        help="A rule file or a folder of rules, and what its rules are counted"
        " as: sigma=rules. Without a label, by the name of the folder. Can be"
        " given again.",
    ),
]
SiteFolder = Annotated[
    str | None,
    option(
        OUTPUT,
        "--output",
        "-o",
        metavar="FOLDER",
        help="Write the site there: a new or an empty folder, or a site written"
        " before.",
    ),
]
JsonFolder = Annotated[
    str | None,
    option(
        OUTPUT,
        "--json",
        metavar="FOLDER",
        help="Write the same as JSON there: index.json, and a file a rule.",
    ),
]
SiteTitle = Annotated[
    str,
    option(OUTPUT, "--title", metavar="TEXT", help="What the site is called."),
]
NoCompare = Annotated[
    bool,
    option(
        CHECKS,
        "--no-compare",
        help="Do not look for rules that are equal or that imply others.",
    ),
]
Serve = Annotated[
    bool,
    option(
        OUTPUT,
        "--serve",
        help="Then show the site to browsers of this machine, until Ctrl-C;"
        " without -o it is gone afterwards.",
    ),
]
Port = Annotated[
    int,
    option(
        OUTPUT,
        "--port",
        min=0,
        max=65535,
        metavar="N",
        help="At which port of 127.0.0.1; 0 takes a free one.",
    ),
]
