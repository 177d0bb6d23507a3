"""Writes log sources into events, for programs that only read them there.

hypersigma tells an event's log source by what the event is; others believe the
event. So that they test the same rules, events get members for product, service
and category, by hypersigma's own map, once and before anything is timed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from provenance import rule_files

# An event of a known log source without a category is tested by hypersigma
# against no rule that has one. A program that takes a missing member for any
# category would test all of those; a value that no rule has spares it that.
NONE = "none"
_PARTS = ("product", "category", "service")
_STATED = re.compile(
    r"^\s*(?:product|category|service):\s*['\"]?([\w-]+)", re.MULTILINE
)

# Any rule will do: only the map is asked.
_RULE = """
title: Any
logsource: {product: windows}
detection:
  selection:
    none: 'none'
  condition: selection
"""

LogSource = tuple[str, str, str]


def stamp(
    line: bytes, sources: Sequence[LogSource], weights: Counter[str]
) -> bytes:
    """Returns an event with the members `logsource_product` and so on.

    An event of several log sources can name one of them only: of each part it
    has what most rules name. An event of no known log source is returned as it
    is.

    Args:
        line: A JSON object on a line.
        sources: Its log sources, as (product, category, service).
        weights: How many rules name a product, category or service.
    """
    begin = line.find(b"{") + 1
    if not sources or not begin:
        return line
    members = {}
    for position, part in enumerate(_PARTS):
        values = {source[position] for source in sources} - {""}
        members[f"logsource_{part}"] = max(
            sorted(values), key=lambda value: weights[value], default=NONE
        )
    text = json.dumps(members)[1:-1].encode()
    comma = b"" if line[begin:].lstrip().startswith(b"}") else b", "
    return line[:begin] + text + comma + line[begin:]


def stamp_lines(
    lines: Iterable[bytes], weights: Counter[str]
) -> Iterable[bytes]:
    """Yields events with the log sources that hypersigma finds for them."""
    import hypersigma

    engine = hypersigma.Engine.from_yaml(_RULE)
    for line in lines:
        try:
            sources = engine.scan(line).log_sources
        except hypersigma.EventError:
            sources = ()
        yield stamp(line, sources, weights)


def weigh(rules: Path) -> Counter[str]:
    """Returns how many rules name each product, category and service."""
    return Counter(
        value
        for path in rule_files(rules)
        for value in _STATED.findall(path.read_text(encoding="utf-8"))
    )


def stamp_file(events: Path, stamped: Path, rules: Path) -> None:
    """Writes the events of a file anew, with log sources for these rules."""
    with events.open("rb") as lines, stamped.open("wb") as out:
        out.writelines(stamp_lines(lines, weigh(rules)))
