#!/usr/bin/env python3
"""Writes events/*.ndjson, 2,000 events of our own making, and expected.ndjson.

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

from event_sources import cloud, linux, web, windows
from event_sources.source import make_events

HERE = Path(__file__).parent
SOURCES = [*windows.SOURCES, *linux.SOURCES, *cloud.SOURCES, *web.SOURCES]


def to_line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def to_expected(rule: str, file: str, index: int) -> str:
    """Returns a line that says that a rule matches an event."""
    record: dict[str, object] = {"rule": rule}
    record["event"] = {"file": file, "index": index}
    if "|expand" in (HERE / "rules" / rule).read_text(encoding="utf-8"):
        # It loads only with the values that placeholders.json has.
        record["needs"] = "placeholders.json"
    return to_line(record)


def make_files() -> dict[str, str]:
    """Returns the text of every file, by its path below this folder."""
    files: dict[str, str] = {}
    expected = ""
    for source in sorted(SOURCES, key=lambda one: one.name):
        file = f"{source.name}.ndjson"
        text = ""
        for index, (event, rules) in enumerate(make_events(source)):
            text += to_line(event)
            for rule in rules:
                expected += to_expected(rule, file, index)
        files[f"events/{file}"] = text
    return files | {"expected.ndjson": expected}


def main() -> int:
    status = 0
    for name, text in make_files().items():
        path = HERE / name
        if "--check" not in sys.argv:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"{path}: not what make_events.py writes", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
