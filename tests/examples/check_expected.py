#!/usr/bin/env python3
"""Compares what a scan_ndjson finds in examples/ with expected.ndjson.

check_expected.py SCAN_NDJSON EXAMPLES
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

Found = list[tuple[str, int, str]]


def expected(examples: Path) -> Found:
    """Returns (event file, index, rule id) as expected.ndjson states them."""
    found = []
    for line in (examples / "expected.ndjson").read_text().splitlines():
        record = json.loads(line)
        if "needs" in record:
            # scan_ndjson has neither placeholders nor other inputs;
            # tests/python/test_examples.py has.
            continue
        rule = (examples / "rules" / record["rule"]).read_text()
        rule_id = re.search(r"^id: (\S+)$", rule, re.MULTILINE)
        assert rule_id, f"{record['rule']} has no id"
        event = record["event"]
        found.append((event["file"], event["index"], rule_id.group(1)))
    return sorted(found)


def scanned(program: str, examples: Path) -> Found:
    """Returns the same as `program` prints them."""
    found = []
    for events in sorted((examples / "events").glob("*.ndjson")):
        command = [program, str(examples / "rules"), str(events)]
        output = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True
        )
        for line in output.stdout.splitlines():
            index, rule_id, _title = line.split("\t")
            found.append((events.name, int(index), rule_id))
    return sorted(found)


def main() -> int:
    program, examples = sys.argv[1], Path(sys.argv[2])
    wanted, found = set(expected(examples)), set(scanned(program, examples))
    for item in sorted(wanted - found):
        print("not found:", *item)
    for item in sorted(found - wanted):
        print("not expected:", *item)
    if not wanted:
        print("expected.ndjson is empty")
    return 0 if wanted and wanted == found else 1


if __name__ == "__main__":
    sys.exit(main())
