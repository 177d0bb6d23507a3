"""The flags of profiles: where one is written, and where one is used."""

from __future__ import annotations

from typing import Annotated

from hypersigma.flag_sections import OUTPUT, RULES, option

ProfileFile = Annotated[
    str | None,
    option(
        RULES,
        "--profile",
        metavar="FILE",
        help="A profile of sample events, by `hypersigma profile`: rules are"
        " evaluated for fewer events. What matches is the same.",
    ),
]
WrittenProfile = Annotated[
    str,
    option(
        OUTPUT,
        "--output",
        "-o",
        metavar="FILE",
        help="Write the profile there; a file that is there is replaced.",
    ),
]
AllCosts = Annotated[
    bool,
    option(OUTPUT, "--all", help="Show every rule that was evaluated."),
]
ProfileQuiet = Annotated[
    bool,
    option(
        OUTPUT,
        "--quiet",
        "-q",
        help="No progress, no summary, only errors. Events are read once.",
    ),
]
