"""How files are scanned: what they hold, and which of it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, cast

from hypersigma import _hypersigma
from hypersigma.arguments import (
    Path,
    check_threads,
    check_verify,
    encode_path,
)
from hypersigma.scan_options import ScanOptions, make_options
from hypersigma.scan_result import MalformedRecord

RecordFormat = Literal["auto", "lines", "json", "text"]
Time = str | datetime | None
# Lists of (index, event), the event being str or bytes.
Records = Iterator[Sequence[tuple[int, str | bytes]]]

_NANOSECONDS = 10**9


class FileScanOptions(ScanOptions, total=False):
    """Keyword arguments of everything that scans files.

    Attributes:
        format: How the events of a file are told apart. `lines`: one a line;
            `json`: objects and arrays of events in any number of lines; `auto`
            finds out which; `text`: a line is text, not JSON, for keyword
            rules.
        event_path: The member that holds the event, or an array of events, as
            `_source` or `result.events`; by default objects are events.
        times: The matches of events that happened before the first or after the
            second are left out; None is no bound. Text is as events write it:
            `"2024-05-01"` is all of that day, a time without an offset UTC.
            Events that do not say when they happened are kept.
        max_matches: At so many matches the scan ends.
        follow: Whether to wait for what is appended to the last file.
        read: Is called with each path, and returns None or what yields its
            events: lists of (index, event). For files that are not text.
        malformed: Is called with each malformed record.
        progress: Is called some times a second with the events, matches and
            bytes until then, and the bytes that were read from files before
            decompression.
    """

    format: RecordFormat
    event_path: str
    times: tuple[Time, Time]
    max_matches: int | None
    follow: bool
    read: Callable[[str], Records | None] | None
    malformed: Callable[[MalformedRecord], None] | None
    progress: Callable[[int, int, int, int], None] | None


def parse_time(text: str) -> tuple[int, int]:
    """Returns the stretch of time that a text names.

    Args:
        text: `2024-05-01` and more, or a number since 1970 as events have it.

    Returns:
        Its first nanosecond since 1970 in UTC, and the first one after it.

    Raises:
        ValueError: It is not a time.

    Example:
        >>> begin, end = parse_time("2024-05-01")
        >>> (end - begin) // 10**9
        86400
    """
    return _hypersigma.parse_time(text)


def _bound(time: Time, position: int) -> int | None:
    if time is None:
        return None
    if isinstance(time, datetime):
        zoned = time if time.tzinfo else time.replace(tzinfo=UTC)
        return int(zoned.timestamp() * _NANOSECONDS) + position
    try:
        return parse_time(time)[position]
    except ValueError:
        raise ValueError(f"{time!r} is not a time") from None


def make_file_scan(
    paths: Sequence[Path],
    options: FileScanOptions,
    *,
    threads: int,
    verify: bool | int = False,
    include_event: bool = False,
    stop: _hypersigma.Stop | None = None,
) -> _hypersigma.FileScan:
    """Returns a scan for the extension.

    Args:
        paths: What to scan.
        options: As users give them.
        threads: How many threads parse and match.
        verify: Whether events are verified.
        include_event: Whether NDJSON has the events.
        stop: Ends the scan early when requested.

    Raises:
        TypeError: An option that there is not.
        ValueError: A value that an option does not take.
    """
    unknown = options.keys() - FileScanOptions.__annotations__.keys()
    if unknown := unknown - ScanOptions.__annotations__.keys():
        raise TypeError(f"unexpected option {min(unknown)!r}")
    begin, end = options.get("times", (None, None))
    times = (_bound(begin, 0), _bound(end, 1))
    malformed = options.get("malformed")
    limit = options.get("max_matches")
    if limit is not None and limit < 1:
        raise ValueError(f"max_matches is {limit}, not 1 or more")
    if verify and options.get("format") == "text":
        raise ValueError("text without fields cannot be verified")
    return _hypersigma.FileScan(
        [encode_path(path) for path in paths],
        make_options(options_of_events(options), verify=verify),
        threads=check_threads(threads),
        verify_every=check_verify(verify),
        stop=stop or _hypersigma.Stop(),
        format=options.get("format", "auto"),
        event_path=options.get("event_path", ""),
        times=None if times == (None, None) else times,
        include_event=include_event,
        max_matches=limit,
        follow=options.get("follow", False),
        open=options.get("read"),
        malformed=malformed and _with_record(malformed),
        progress=options.get("progress"),
    )


def options_of_events(options: FileScanOptions) -> ScanOptions:
    """Returns those that say how events are looked at."""
    of_events = {
        name: value
        for name, value in options.items()
        if name in ScanOptions.__annotations__
    }
    return cast(ScanOptions, of_events)


def _with_record(
    malformed: Callable[[MalformedRecord], None],
) -> Callable[[dict[str, Any]], None]:
    return lambda record: malformed(MalformedRecord(**record))
