"""The flags of engine files: where the engine of a scan comes from."""

from __future__ import annotations

from typing import Annotated

from hypersigma.flag_sections import OUTPUT, RULES, option

ScannedRules = Annotated[
    list[str] | None,
    option(
        RULES,
        "--rules",
        "-r",
        metavar="PATH",
        help="A rule file or a folder of rules. Can be given again. Either"
        " this or --engine is needed.",
    ),
]
EngineFile = Annotated[
    str | None,
    option(
        RULES,
        "--engine",
        metavar="FILE",
        help="An engine file of `hypersigma compile`, in place of rules. It is"
        " code: load none that others can write.",
    ),
]
CacheFolder = Annotated[
    str | None,
    option(
        RULES,
        "--cache",
        metavar="DIR",
        help="Keep the compiled rules in this folder, and load them from there"
        " while rules and options are the same. What it holds is code: only"
        " you should be able to write to it.",
    ),
]
CompiledFile = Annotated[
    str,
    option(
        OUTPUT,
        "--output",
        "-o",
        metavar="FILE",
        help="Write the engine there; a file that is there is replaced.",
    ),
]
CompileQuiet = Annotated[
    bool,
    option(OUTPUT, "--quiet", "-q", help="No report, only errors."),
]
