"""What the command `scan` takes: one place for flags and their help."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from hypersigma.arguments import MAX_THREADS


class OutputFormat(StrEnum):
    """How matches are written."""

    TABLE = "table"
    NDJSON = "ndjson"


class RoutingChoice(StrEnum):
    """Which rules an event is tested against."""

    AUTO = "auto"
    STRICT = "strict"
    OFF = "off"


RulePaths = Annotated[
    list[str],
    typer.Option(
        "--rules",
        "-r",
        metavar="PATH",
        help="A rule file or a folder of rules. Can be given again.",
    ),
]
EventFiles = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILES",
        help="JSON events, one a line; .gz and .zst too. '-' or nothing is"
        " standard input.",
    ),
]
Format = Annotated[
    OutputFormat | None,
    typer.Option(
        help="How matches are written; by default a table on a terminal and"
        " ndjson elsewhere."
    ),
]
Threads = Annotated[
    int,
    typer.Option(min=1, max=MAX_THREADS, help="Threads that parse and match."),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="No summary, only errors.")
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict", help="Stop if any rule is refused or questionable."
    ),
]
Verify = Annotated[
    bool,
    typer.Option(
        "--verify",
        help="Check every event by the slow path, which shares no matching code"
        " with the engine; differences go to stderr.",
    ),
]
VerifyEvery = Annotated[
    int | None,
    typer.Option(
        min=1,
        metavar="N",
        help="Check the first event of each file and every N-th one after it.",
    ),
]
Differences = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="Write the listed differences there, one JSON object a line.",
    ),
]
LoadReportFile = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="Write there as JSON what became of every rule document.",
    ),
]
Routing = Annotated[
    RoutingChoice | None,
    typer.Option(
        help="Which rules an event is tested against. auto: those of its log"
        " sources, all if those are not known; strict: none if those are not"
        " known; off: all, on events as they are."
        "  [default: auto; off under --verify]"
    ),
]
StatedLogSource = Annotated[
    str | None,
    typer.Option(
        "--logsource",
        metavar="KEY=VALUE,...",
        help="The log source of all events, whatever they say, such as"
        " product=windows,category=process_creation; it may be partial.",
    ),
]
LogSourceField = Annotated[
    str,
    typer.Option(
        "--logsource-field",
        metavar="NAME",
        help="The member of an event whose members product, category and"
        " service state its log source. By default events are not believed.",
    ),
]
Layout = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="The layout of all events, such as flat or evtx; auto recognises"
        " it by its shape.  [default: auto; flat under --routing off]",
    ),
]
TaxonomyFiles = Annotated[
    list[str] | None,
    typer.Option(
        "--taxonomy",
        metavar="FILE",
        help="Layouts, fields and log sources of your own, over those that are"
        " built in. Can be given again.",
    ),
]
Levels = Annotated[
    list[str] | None,
    typer.Option(
        "--level",
        metavar="LEVEL",
        help="Only rules of this level, or with a plus (high+) of this level"
        " and those above. Can be given again, or as a list with commas.",
    ),
]
Statuses = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="Only rules of this status. Can be given again, or as a list.",
    ),
]
Tags = Annotated[
    list[str] | None,
    typer.Option(
        "--tag",
        metavar="TAG",
        help="Only rules with this tag, such as attack.t1059. Can be given"
        " again, or as a list.",
    ),
]
RuleIds = Annotated[
    list[str] | None,
    typer.Option(
        "--id",
        metavar="ID",
        help="Only the rule with this id. Can be given again, or as a list.",
    ),
]
