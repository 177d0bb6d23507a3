"""Matches as data: NDJSON, JSON, CSV. docs/output.md describes them."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import select
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from hypersigma.choices import OutputFormat
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.render import escape

_BY_SUFFIX = {
    ".csv": OutputFormat.CSV,
    ".json": OutputFormat.JSON,
    ".jsonl": OutputFormat.NDJSON,
    ".ndjson": OutputFormat.NDJSON,
}
_COLUMNS = (
    "time",
    "level",
    "title",
    "computer",
    "file",
    "index",
    "indicators",
    "selections",
    "tags",
    "status",
    "rule_id",
    "author",
    "rule_file",
)
_DATA = ',"data":'
_DECODER = json.JSONDecoder()
# Spreadsheets take such cells for formulas; so do some with their wide forms.
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


class Output(Protocol):
    """Takes matches as blocks of NDJSON."""

    def write(self, lines: bytes) -> None:
        """Takes whole lines, and has them written when it returns."""

    def close(self) -> None:
        """Ends the output."""


class Sink:
    """A file descriptor that is written to at once, whatever the size."""

    def __init__(self, fd: int) -> None:
        """Wraps a descriptor.

        Args:
            fd: Stays open.
        """
        self._fd = fd

    def write(self, data: bytes) -> None:
        """Writes all of it; waits for a reader that is slow.

        Raises:
            OSError: Writing failed.
        """
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[os.write(self._fd, rest) :]
            except BlockingIOError:
                select.select([], [self._fd], [])


class NdjsonOutput:
    """Lines as they are."""

    def __init__(self, sink: Sink) -> None:
        """Writes to a sink."""
        self._sink = sink

    def write(self, lines: bytes) -> None:
        """Writes lines."""
        self._sink.write(lines)

    def close(self) -> None:
        """Does nothing."""


class JsonOutput:
    """One array with an object a line."""

    def __init__(self, sink: Sink) -> None:
        """Writes to a sink."""
        self._sink = sink
        self._separator = b"[\n"

    def write(self, lines: bytes) -> None:
        """Writes lines as elements."""
        elements = lines.removesuffix(b"\n").replace(b"\n", b",\n")
        self._sink.write(self._separator + elements)
        self._separator = b",\n"

    def close(self) -> None:
        """Closes the array."""
        is_empty = self._separator == b"[\n"
        self._sink.write(b"[]\n" if is_empty else b"\n]\n")


class CsvOutput:
    """A row a match, with a head; no cell is a formula."""

    def __init__(self, sink: Sink, *, has_event: bool) -> None:
        """Writes to a sink.

        Args:
            sink: Where to write.
            has_event: Whether there is a column for the event.
        """
        self._sink = sink
        self._has_event = has_event
        self._write([[*_COLUMNS, "event"] if has_event else _COLUMNS])

    def write(self, lines: bytes) -> None:
        """Writes lines as rows."""
        self._write(self._row(line) for line in _split(lines))

    def close(self) -> None:
        """Does nothing."""

    def _write(self, rows: Any) -> None:
        text = io.StringIO()
        writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerows(rows)
        self._sink.write(text.getvalue().encode("utf-8", "replace"))

    def _row(self, line: str) -> Iterator[str]:
        match = json.loads(line)
        rule, event = match["rule"], match["event"]
        yield safe_cell(event["time"])
        yield safe_cell(rule["level"])
        yield safe_cell(rule["title"])
        yield safe_cell(event["computer"])
        yield safe_cell(event["file"])
        yield str(event["index"])
        yield safe_cell("; ".join(map(describe, match["indicators"])))
        yield safe_cell("; ".join(match["selections"]))
        yield safe_cell("; ".join(rule["tags"]))
        yield safe_cell(rule["status"])
        yield safe_cell(rule["id"])
        yield safe_cell(rule["author"])
        yield safe_cell(rule["file"])
        if self._has_event:
            yield _event_cell(line, event["data"])


def describe(indicator: dict[str, str]) -> str:
    r"""Returns an indicator in words.

    Args:
        indicator: With field, kind and value, as in NDJSON.

    Example:
        >>> describe({"field": "Image", "kind": "ends_with", "value": "a.exe"})
        'Image ends_with a.exe'
    """
    words = (indicator["field"], indicator["kind"], indicator["value"])
    return " ".join(word for word in words if word)


def safe_cell(text: str) -> str:
    r"""Returns a text that neither a spreadsheet nor a terminal obeys.

    Args:
        text: Anything.

    Example:
        >>> safe_cell("=cmd()")
        "'=cmd()"
        >>> print(safe_cell("a\x1b[31m\nb"))
        a\x1b[31m\nb
    """
    escaped = escape(text)
    return f"'{escaped}" if text.startswith(_FORMULA) else escaped


def _split(lines: bytes) -> list[str]:
    return lines.decode().split("\n")[:-1]


def _event_cell(line: str, data: Any) -> str:
    """Returns the event of a line as it stands there: no digit is lost."""
    if isinstance(data, str):
        return safe_cell(data)
    # Quotes in strings are escaped, so this is the member.
    begin = line.index(_DATA) + len(_DATA)
    _, end = _DECODER.raw_decode(line, begin)
    text = line[begin:end]
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else json.dumps(character)[1:-1]
        for character in text
    )


def choose_format(
    chosen: OutputFormat | None, path: str | None, is_terminal: bool
) -> OutputFormat:
    """Returns how matches are written.

    Args:
        chosen: By the flag, if at all.
        path: Of the output, if it is a file.
        is_terminal: Whether standard output is one.
    """
    if chosen is not None:
        return chosen
    if path is not None:
        suffix = Path(path).suffix.lower()
        return _BY_SUFFIX.get(suffix, OutputFormat.NDJSON)
    return OutputFormat.TABLE if is_terminal else OutputFormat.NDJSON


def open_output(path: str, inputs: list[str]) -> io.FileIO:
    """Opens a file to write to.

    Args:
        path: It is made, or emptied.
        inputs: Files that it must not be.

    Raises:
        ExitError: It is an input, or cannot be opened.
    """
    try:
        is_input = any(_is_same(path, other) for other in inputs)
        if is_input:
            raise OSError(errno.EEXIST, "is read by this scan", path)
        return io.FileIO(path, "w")
    except OSError as error:
        message = f"{path}: {error.strerror or error}"
        raise ExitError(ExitCode.INPUT, message) from None


def _is_same(path: str, other: str) -> bool:
    try:
        return os.path.samefile(path, other)  # noqa: PTH121
    except OSError:
        return False


def write_text(path: str, text: str) -> None:
    """Writes a file; text from rules and events may hold lone surrogates."""
    with Path(path).open("w", encoding="utf-8", errors="replace") as file:
        file.write(text)
