"""Writes an EVTX file, the format of Windows event logs, as far as is needed.

One chunk, and a template for each record, which has all of its text. A reader
sees what Windows would have written. Source: the published descriptions of EVTX
and of binary XML.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from event_sources.source import Event

_FILE_HEADER_BYTES = 4096
_CHUNK_BYTES = 65536
_CHUNK_HEADER_BYTES = 512
_NO_OFFSET = 0
_NO_DEPENDENCY = 0xFFFF
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)

# Tokens of binary XML; 0x40 says that there is more.
_FRAGMENT = b"\x0f\x01\x01\x00"
_END_OF_STREAM = b"\x00"
_OPEN, _CLOSE_START, _END_ELEMENT = 0x01, 0x02, 0x04
_VALUE, _ATTRIBUTE, _TEMPLATE, _MORE = 0x05, 0x06, 0x0C, 0x40
_STRING = 0x01


class EvtxChunk:
    """A chunk that grows by one record after the other."""

    def __init__(self) -> None:
        """Makes a chunk without records."""
        self._data = bytearray(_CHUNK_HEADER_BYTES)
        self._names: dict[str, int] = {}
        self._last = _CHUNK_HEADER_BYTES
        self.count = 0

    def add(self, event: Event) -> None:
        """Adds an event; it gets the number that its record has."""
        self._last = len(self._data)
        self.count += 1
        time, event = _numbered(event, self.count)
        ticks = int((time - _EPOCH).total_seconds() * 1000) * 10_000
        self._data += struct.pack("<IIQQ", 0x2A2A, 0, self.count, ticks)
        self._data += _FRAGMENT
        self._add_template(event)
        self._data += _END_OF_STREAM
        size = len(self._data) - self._last + 4
        self._data += struct.pack("<I", size)
        struct.pack_into("<I", self._data, self._last + 4, size)

    def _add_template(self, event: Event) -> None:
        """Adds a template without blanks to fill in, used once."""
        here = len(self._data) + 10
        self._data += struct.pack("<BBII", _TEMPLATE, 1, self.count, here)
        guid = struct.pack("<IIII", self.count, 0, 0, 0)
        self._data += struct.pack("<I", _NO_OFFSET) + guid
        begin = self._reserve_size()
        self._data += _FRAGMENT
        ((name, content),) = event.items()
        self._add_element(name, content)
        self._data += _END_OF_STREAM
        self._fill_size(begin)
        self._data += struct.pack("<I", 0)

    def _add_element(self, name: str, content: object) -> None:
        """Adds an element of attributes, others inside, or text."""
        inner = dict(content) if isinstance(content, dict) else {}
        attributes = inner.pop("#attributes", {})
        text = inner.pop("#text", None) if inner else content
        self._data.append(_OPEN | (_MORE if attributes else 0))
        self._data += struct.pack("<H", _NO_DEPENDENCY)
        begin = self._reserve_size()
        self._add_name(name)
        if attributes:
            self._add_attributes(attributes)
        self._data.append(_CLOSE_START)
        for key, value in _elements(name, inner):
            self._add_element(key, value)
        if text is not None and not isinstance(text, dict):
            self._add_value(str(text))
        self._data.append(_END_ELEMENT)
        self._fill_size(begin)

    def _add_attributes(self, attributes: dict[str, object]) -> None:
        begin = self._reserve_size()
        names = list(attributes)
        for name in names:
            more = _MORE if name != names[-1] else 0
            self._data.append(_ATTRIBUTE | more)
            self._add_name(name)
            self._add_value(str(attributes[name]))
        self._fill_size(begin)

    def _add_value(self, text: str) -> None:
        encoded = text.encode("utf-16-le")
        self._data += struct.pack("<BBH", _VALUE, _STRING, len(encoded) // 2)
        self._data += encoded

    def _add_name(self, name: str) -> None:
        """Adds where a name is: right here the first time."""
        if name in self._names:
            self._data += struct.pack("<I", self._names[name])
            return
        here = len(self._data) + 4
        self._names[name] = here
        encoded = name.encode("utf-16-le")
        self._data += struct.pack(
            "<IIHH", here, _NO_OFFSET, _hash(name), len(name)
        )
        self._data += encoded + b"\0\0"

    def _reserve_size(self) -> int:
        self._data += bytes(4)
        return len(self._data)

    def _fill_size(self, begin: int) -> None:
        struct.pack_into("<I", self._data, begin - 4, len(self._data) - begin)

    def to_bytes(self) -> bytes:
        """Returns the chunk with its header."""
        used = len(self._data)
        assert used <= _CHUNK_BYTES, f"{self.count} records take {used} bytes"
        data = self._data
        records = zlib.crc32(data[_CHUNK_HEADER_BYTES:])
        struct.pack_into(
            "<8sQQQQIIII", data, 0, b"ElfChnk\0", 1, self.count, 1, self.count,
            128, self._last, used, records,
        )  # fmt: skip
        header = zlib.crc32(data[:120] + data[128:_CHUNK_HEADER_BYTES])
        struct.pack_into("<I", data, 124, header)
        return bytes(data) + bytes(_CHUNK_BYTES - used)


def _numbered(event: Event, number: int) -> tuple[datetime, Event]:
    """Returns an event's time, and the event with another record number."""
    root: Any = event["Event"]
    time = root["System"]["TimeCreated"]["#attributes"]["SystemTime"]
    system = root["System"] | {"EventRecordID": number}
    return datetime.fromisoformat(time), {"Event": root | {"System": system}}


def _elements(parent: str, inner: Event) -> Iterator[tuple[str, object]]:
    """Yields the elements inside one: event data are all called Data."""
    for name, value in inner.items():
        if parent != "EventData":
            yield name, value
        elif isinstance(value, dict):
            for text in value["#text"]:
                yield "Data", text
        elif value is not None:
            yield "Data", {"#attributes": {"Name": name}, "#text": value}


def _hash(name: str) -> int:
    value = 0
    for character in name:
        value = (value * 65599 + ord(character)) & 0xFFFFFFFF
    return value & 0xFFFF


def to_evtx_file(events: Iterable[Event]) -> bytes:
    """Returns a file of events, which `windows_layouts.to_evtx` made.

    Args:
        events: Of some 60,000 bytes in all: what one chunk takes.
    """
    chunk = EvtxChunk()
    for event in events:
        chunk.add(event)
    header = bytearray(_FILE_HEADER_BYTES)
    struct.pack_into(
        "<8sQQQIHHHH", header, 0, b"ElfFile\0", 0, 0, chunk.count + 1,
        128, 1, 3, _FILE_HEADER_BYTES, 1,
    )  # fmt: skip
    struct.pack_into("<I", header, 124, zlib.crc32(header[:120]))
    return bytes(header) + chunk.to_bytes()
