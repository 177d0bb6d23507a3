"""The events in lines of NDJSON, as they stand there: no digit is lost."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

_DATA = ',"data":'
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class EventLine:
    """A match with its event.

    Attributes:
        match: The line's object.
        event: The event's JSON text; a line of text as it is.
        is_text: Whether it is a line of text.
        bare: The line without the event.
    """

    match: dict[str, Any]
    event: str
    is_text: bool
    bare: str

    @property
    def file(self) -> str:
        """The path of the event's file."""
        return str(self.match["event"]["file"])

    @property
    def index(self) -> int:
        """The event's place in it."""
        return int(self.match["event"]["index"])


def read_event_line(line: str) -> EventLine:
    """Reads a line that has the event.

    Args:
        line: Of NDJSON with --include-event, without its end.

    Example:
        >>> line = '{"event":{"file":"a","index":3,"data":{"b":1.50}},"x":0}'
        >>> read_event_line(line).event
        '{"b":1.50}'
        >>> read_event_line(line).bare
        '{"event":{"file":"a","index":3},"x":0}'
    """
    match = json.loads(line)
    # Quotes in strings are escaped, so this is the member.
    begin = line.index(_DATA)
    data, end = _DECODER.raw_decode(line, begin + len(_DATA))
    is_text = isinstance(data, str)
    event = data if is_text else line[begin + len(_DATA) : end]
    return EventLine(match, event, is_text, line[:begin] + line[end:])
