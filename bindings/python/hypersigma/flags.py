"""The flags of all commands with their help: the one place that defines them.

What they mean for the engine is in `scan_choice`, `inputs` and `outputs`.
"""

from __future__ import annotations

from typing import Annotated

import typer

from hypersigma.arguments import MAX_THREADS
from hypersigma.choices import (
    LEVELS,
    SHOWN_NEEDS,
    STATUSES,
    ColorChoice,
    FieldsFormat,
    InputFormat,
    OutputFormat,
    RoutingChoice,
)
from hypersigma.flag_sections import (
    CHECKS,
    EVENTS,
    MATCHES,
    OUTPUT,
    RULES,
    listing,
    option,
    text_or_json,
)
from hypersigma.pipeline import Pipeline

# Rules

RulePaths = Annotated[
    list[str],
    option(
        RULES,
        "--rules",
        "-r",
        metavar="PATH",
        help="A rule file or a folder of rules. Can be given again.",
    ),
]
Levels = Annotated[
    list[str] | None,
    option(
        RULES,
        "--level",
        metavar="LEVEL",
        autocompletion=listing([*LEVELS, *(f"{one}+" for one in LEVELS)]),
        help="Only rules of this level, or with a plus (high+) of this level"
        " and those above. Can be given again, or as a list with commas.",
    ),
]
Statuses = Annotated[
    list[str] | None,
    option(
        RULES,
        "--status",
        metavar="STATUS",
        autocompletion=listing(STATUSES),
        help="Only rules of this status. Can be given again, or as a list.",
    ),
]
Tags = Annotated[
    list[str] | None,
    option(
        RULES,
        "--tag",
        metavar="TAG",
        help="Only rules with this tag, such as attack.t1059. Can be given"
        " again, or as a list.",
    ),
]
RuleIds = Annotated[
    list[str] | None,
    option(
        RULES,
        "--id",
        metavar="ID",
        help="Only the rule with this id. Can be given again, or as a list.",
    ),
]
PlaceholderFile = Annotated[
    str | None,
    option(
        RULES,
        "--placeholders",
        metavar="FILE",
        help="Values of %name% under the modifier expand: a JSON object of"
        " names, each with a list of strings.",
    ),
]
PipelineNames = Annotated[
    list[str] | None,
    option(
        RULES,
        "--pipeline",
        "-p",
        metavar="FILE|NAME",
        autocompletion=listing(list(Pipeline.built_in_names())),
        help="A processing pipeline that changes the rules: a file, or "
        + ", ".join(Pipeline.built_in_names())
        + ". Can be given again.",
    ),
]
Strict = Annotated[
    bool,
    option(
        RULES, "--strict", help="Stop if any rule is refused or questionable."
    ),
]

# Events

EventFiles = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILES",
        help="Files of events, folders, and patterns such as 'logs/**/*.evtx';"
        " .gz and .zst too. '-' or nothing is standard input. Of a folder, at"
        " any depth: .json, .jsonl, .ndjson and .evtx; with --input raw .log,"
        " .txt, names without an ending, and those that were rotated"
        " (auth.log.1).",
    ),
]
Events = Annotated[
    list[str] | None,
    option(
        EVENTS,
        "--event",
        "-e",
        metavar="JSON|@FILE",
        help="An event as it stands here, or @ and a file of events. Can be"
        " given again.",
    ),
]
Input = Annotated[
    InputFormat,
    option(
        EVENTS,
        "--input",
        help="What files hold. lines: a JSON object a line; json: objects and"
        " arrays of them in any number of lines; evtx: Windows event logs,"
        " with the package evtx; raw: text, each line an event for"
        " keyword rules; auto: tells the first three apart.",
    ),
]
EventPath = Annotated[
    str,
    option(
        EVENTS,
        "--event-path",
        metavar="PATH",
        help="The member that holds the event, or an array of events, such as"
        " _source or result.events. By default objects are events.",
    ),
]
From = Annotated[
    str | None,
    option(
        EVENTS,
        "--from",
        metavar="TIME",
        help="Only events that happened then or later: 2024-05-01,"
        " 2024-05-01T12:30, 2024-05-01T12:30:00+02:00, or seconds since 1970."
        " Without an offset times are UTC, in events too. Events that say no"
        " time are kept.",
    ),
]
To = Annotated[
    str | None,
    option(
        EVENTS,
        "--to",
        metavar="TIME",
        help="Only events that happened then or before; 2024-05-01 is all of"
        " that day.",
    ),
]
Follow = Annotated[
    bool,
    option(
        EVENTS,
        "--follow",
        help="Wait for what is appended to the file, also after it is rotated,"
        " until Ctrl-C.",
    ),
]
Threads = Annotated[
    int | None,
    option(
        EVENTS,
        "--threads",
        min=1,
        max=MAX_THREADS,
        metavar="N",
        help="Threads that parse and match.  [default: the CPUs, at most 8]",
    ),
]
RejectsFile = Annotated[
    str | None,
    option(
        EVENTS,
        "--rejects",
        metavar="FILE",
        help="Write there what is malformed, with its place, as NDJSON.",
    ),
]

# Which rules an event meets

Routing = Annotated[
    RoutingChoice | None,
    option(
        MATCHES,
        "--routing",
        help="Which rules an event is tested against. auto: those of its log"
        " sources, all if those are not known; strict: none if those are not"
        " known; off: all, on events as they are."
        "  [default: auto; off under --verify]",
    ),
]
StatedLogSource = Annotated[
    str | None,
    option(
        MATCHES,
        "--logsource",
        metavar="KEY=VALUE,...",
        help="The log source of all events, whatever they say, such as"
        " product=windows,category=process_creation; it may be partial.",
    ),
]
LogSourceField = Annotated[
    str,
    option(
        MATCHES,
        "--logsource-field",
        metavar="NAME",
        help="The member of an event whose members product, category and"
        " service state its log source. By default events are not believed.",
    ),
]
Layout = Annotated[
    str | None,
    option(
        MATCHES,
        "--layout",
        metavar="NAME",
        help="The layout of all events, such as flat or evtx; auto recognises"
        " it by its shape.  [default: auto; flat under --routing off]",
    ),
]
TaxonomyFiles = Annotated[
    list[str] | None,
    option(
        MATCHES,
        "--taxonomy",
        metavar="FILE",
        help="Layouts, fields and log sources of your own, over those that are"
        " built in. Can be given again.",
    ),
]

# Output

Format = Annotated[
    OutputFormat | None,
    option(
        OUTPUT,
        "--output-format",
        "-f",
        help="How matches are written.  [default: by the ending of -o; else a"
        " table on a terminal, ndjson elsewhere]",
    ),
]
FieldsOutputFormat = Annotated[
    FieldsFormat, text_or_json("How needs are written.")
]
Output = Annotated[
    str | None,
    option(
        OUTPUT,
        "--output",
        "-o",
        metavar="FILE",
        help="Write there instead of standard output.",
    ),
]
IncludeEvent = Annotated[
    bool,
    option(
        OUTPUT,
        "--include-event",
        help="Matches have the event, too (ndjson, json, csv).",
    ),
]
Limit = Annotated[
    int | None,
    option(
        OUTPUT, "--limit", min=1, metavar="N", help="Stop at so many matches."
    ),
]
FailOnMatch = Annotated[
    bool,
    option(OUTPUT, "--fail-on-match", help="Exit code 1 if anything matches."),
]
Quiet = Annotated[
    bool,
    option(
        OUTPUT, "--quiet", "-q", help="No progress, no summary, only errors."
    ),
]
Color = Annotated[
    ColorChoice,
    option(
        OUTPUT,
        "--color",
        help="Colours. auto: on a terminal, unless NO_COLOR is set.",
    ),
]
All = Annotated[
    bool,
    option(
        OUTPUT,
        "--all",
        help=f"List everything, not only the first {SHOWN_NEEDS} of each kind.",
    ),
]
AsJson = Annotated[
    bool, option(OUTPUT, "--json", help="Print one JSON object.")
]

# Checks

LoadReportFile = Annotated[
    str | None,
    option(
        CHECKS,
        "--load-report",
        metavar="FILE",
        help="Write there as JSON what became of every rule document.",
    ),
]
Verify = Annotated[
    bool,
    option(
        CHECKS,
        "--verify",
        help="Check every event by the slow path, which shares no matching code"
        " with the engine; differences go to stderr.",
    ),
]
VerifyEvery = Annotated[
    int | None,
    option(
        CHECKS,
        "--verify-every",
        min=1,
        metavar="N",
        help="Check the first event of each file and every N-th one after it.",
    ),
]
Differences = Annotated[
    str | None,
    option(
        CHECKS,
        "--differences",
        metavar="FILE",
        help="Write the listed differences there, one JSON object a line.",
    ),
]
