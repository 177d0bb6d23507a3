#!/usr/bin/env python3
"""Writes 2,000 events of our own making, and what rules should find in them.

The events are in events/*.ndjson, those of one Windows computer once more as
evtx/*.evtx, the first of CloudTrail as trail/1.json, and what should be found
in expected.ndjson.

Most events are background. The planted ones, near misses among them, are
written out in event_sources/, each with the rules that it must match;
expected.ndjson lists those, so it is what the rules should find, not what some
program found. Run without arguments to write the files, with --check to compare
them instead.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from event_sources import cloud, linux, web, windows
from event_sources.evtx_file import to_evtx_file
from event_sources.source import Event, make_events
from event_sources.windows_layouts import (
    CLASSIC,
    POWERSHELL,
    SECURITY,
    SYSMON,
)

HERE = Path(__file__).parent

# The event log files of one computer, by channel.
LOGS = {
    SYSMON: "evtx/Sysmon.evtx",
    SECURITY: "evtx/Security.evtx",
    POWERSHELL: "evtx/PowerShell.evtx",
    CLASSIC: "evtx/PowerShell-Classic.evtx",
}
# The first records of the trail, as one object.
TRAIL = "trail/1.json"
TRAIL_RECORDS = 60
Marked = list[tuple[Event, tuple[str, ...]]]
SOURCES = [*windows.SOURCES, *linux.SOURCES, *cloud.SOURCES, *web.SOURCES]


def to_line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def to_expected(rule: str, file: str, index: int) -> str:
    """Returns a line that says that a rule matches an event."""
    record: dict[str, object] = {"rule": rule}
    record["event"] = {"file": file, "index": index}
    needs = []
    if "|expand" in (HERE / "rules" / rule).read_text(encoding="utf-8"):
        # It loads only with the values that placeholders.json has.
        needs.append("placeholders")
    if not file.endswith(".ndjson"):
        needs.append(file.partition("/")[0])
    return to_line(record | ({"needs": needs} if needs else {}))


def make_file(file: str, events: Marked) -> tuple[str, str]:
    """Returns the text of a file of events, and what is expected in it."""
    text, expected = "", ""
    for index, (event, rules) in enumerate(events):
        text += to_line(event)
        for rule in rules:
            expected += to_expected(rule, file, index)
    return text, expected


def make_files() -> dict[str, bytes]:
    """Returns the bytes of every file, by its path below this folder."""
    files: dict[str, bytes] = {}
    expected = ""
    for source in sorted(SOURCES, key=lambda one: one.name):
        events = make_events(source)
        file = f"{source.name}.ndjson"
        text, found = make_file(file, events)
        files[f"events/{file}"] = text.encode()
        expected += found
        if source.name == "windows_evtx":
            for path, log in split_logs(events).items():
                files[path] = to_evtx_file(event for event, _ in log)
                expected += make_file(path, log)[1]
        if source.name == "aws_cloudtrail":
            records = events[:TRAIL_RECORDS]
            files[TRAIL] = to_trail_file(records).encode()
            expected += make_file(TRAIL, records)[1]
    return files | {"expected.ndjson": expected.encode()}


def to_trail_file(events: Marked) -> str:
    """Returns a file as CloudTrail puts it into a bucket, but for gzip."""
    return to_line({"Records": [event for event, _ in events]})


def split_logs(events: Marked) -> dict[str, Marked]:
    """Returns the events of one computer, as its log files have them."""
    logs: dict[str, Marked] = {path: [] for path in LOGS.values()}
    for event, rules in events:
        root: Any = event["Event"]
        if root["System"]["Computer"] == "WS-104.example.com":
            logs[LOGS[root["System"]["Channel"]]].append((event, rules))
    return logs


def main() -> int:
    status = 0
    for name, content in make_files().items():
        path = HERE / name
        if "--check" not in sys.argv:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        elif not path.exists() or path.read_bytes() != content:
            print(f"{path}: not what make_events.py writes", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
