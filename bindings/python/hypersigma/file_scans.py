"""Scans of files and streams, as methods of an engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Unpack

from hypersigma import _hypersigma
from hypersigma.arguments import Path
from hypersigma.field_needs import LogSourceNeeds, make_needs
from hypersigma.file_options import FileScanOptions, make_file_scan
from hypersigma.rule_set import Rule
from hypersigma.scan_result import (
    EventPlace,
    Indicator,
    Match,
    ScanResult,
    ScanSummary,
    make_summary,
)

_Found = tuple[int, tuple[str, ...], tuple[tuple[str, str, str], ...]]
_FoundInFile = tuple[
    int,
    tuple[str, ...],
    tuple[tuple[str, str, str], ...],
    str,
    str,
    str,
    int,
]


class FileScans:
    """What an engine does with files."""

    _core: _hypersigma.Engine

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are evaluated, in load order."""
        raise NotImplementedError

    def scan_file(
        self,
        path: Path,
        threads: int = 1,
        *,
        verify: bool | int = False,
        **options: Unpack[FileScanOptions],
    ) -> ScanResult:
        """Scans a file of JSON events, one a line.

        Args:
            path: A file, compressed by gzip or zstd or plain; "-" is standard
                input.
            threads: How many threads parse and match, 1 to 256. The result is
                the same for any number.
            verify: Whether to check each event by the slow path, which shares
                no matching code with the engine; a number n takes the first
                event and every n-th one after it. Some 5 ms an event for 3,000
                rules. Routing is off then, and events are flat.
            **options: See `FileScanOptions`.

        Returns:
            All matches in event, then rule order, with `summary`. Malformed
            lines and damaged compression are in the summary, and what
            verification says.

        Raises:
            FileNotFoundError: `path` does not exist.
            PermissionError: `path` may not be read.
            OSError: `path` is a folder or cannot be read.
            RuntimeError: The scan failed.

        Example:
            >>> import tempfile, pathlib
            >>> from hypersigma import Engine
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     path = pathlib.Path(folder, "events.ndjson")
            ...     _ = path.write_text('{"a": 1}')
            ...     result = Engine.from_paths([]).scan_file(path)
            >>> result.summary.events
            1
        """
        found = _hypersigma.collect_matches(
            self._core,
            make_file_scan([path], options, threads=threads, verify=verify),
        )

        def at(position: int) -> Match:
            return self._match_of_file(found.at(position))

        return ScanResult(
            len(found), at, make_summary(found.summary(), self.rules)
        )

    def count_fields(
        self,
        paths: Sequence[Path] = (),
        *,
        threads: int = 1,
        stop: _hypersigma.Stop | None = None,
        **options: Unpack[FileScanOptions],
    ) -> tuple[LogSourceNeeds, ...]:
        """Tells which fields rules need, and which of them events have.

        Args:
            paths: Files of events as in `scan_file`; none tells what rules
                need alone.
            threads: How many threads parse, 1 to 256.
            stop: Ends the count early when requested.
            **options: See `FileScanOptions`; not `strict` routing.

        Returns:
            The needs of each log source of a rule, in order of appearance.

        Raises:
            OSError: A file cannot be read.
            ValueError: Routing is strict: events of unknown log sources would
                count for no rule.

        Example:
            >>> from hypersigma import Engine
            >>> Engine.from_paths([]).count_fields()
            ()
        """
        if options.get("routing") == "strict":
            raise ValueError("routing is 'strict', not 'auto' or 'off'")
        needs, _ = _hypersigma.count_fields(
            self._core,
            make_file_scan(paths, options, threads=threads, stop=stop),
        )
        return make_needs(needs, self.rules)

    def write_ndjson(
        self,
        paths: Sequence[Path],
        fd: int,
        *,
        threads: int = 1,
        verify: bool | int = False,
        include_event: bool = False,
        stop: _hypersigma.Stop | None = None,
        **options: Unpack[FileScanOptions],
    ) -> ScanSummary:
        """Scans files and writes each match as a line of JSON.

        Args:
            paths: Files as in `scan_file`, scanned one after the other.
            fd: The file descriptor to write to.
            threads: How many threads parse and match, 1 to 256.
            verify: As in `scan_file`.
            include_event: Whether lines have the events, too.
            stop: Ends the scan early when requested.
            **options: See `FileScanOptions`.

        Returns:
            The counters. Files that could not be read are listed there.

        Raises:
            OSError: Writing failed.

        Example:
            >>> from hypersigma import Engine
            >>> Engine.from_paths([]).write_ndjson([], 1).events
            0
        """
        scan = make_file_scan(
            paths,
            options,
            threads=threads,
            verify=verify,
            include_event=include_event,
            stop=stop,
        )
        return make_summary(
            _hypersigma.write_ndjson(self._core, scan, fd), self.rules
        )

    def for_each_block(
        self,
        paths: Sequence[Path],
        receive: Callable[[bytes], None],
        *,
        threads: int = 1,
        verify: bool | int = False,
        include_event: bool = False,
        stop: _hypersigma.Stop | None = None,
        **options: Unpack[FileScanOptions],
    ) -> ScanSummary:
        """Scans files and hands over blocks of NDJSON; keeps none of them.

        Args:
            paths: Files as in `scan_file`, scanned one after the other.
            receive: Is called with whole lines, each a match, by one thread at
                a time. What it raises ends the scan.
            threads: How many threads parse and match, 1 to 256.
            verify: As in `scan_file`.
            include_event: Whether lines have the events, too.
            stop: Ends the scan early when requested.
            **options: See `FileScanOptions`.

        Returns:
            The counters. Files that could not be read are listed there.

        Raises:
            Exception: What `receive` raised.

        Example:
            >>> from hypersigma import Engine
            >>> Engine.from_paths([]).for_each_block([], print).matches
            0
        """
        scan = make_file_scan(
            paths,
            options,
            threads=threads,
            verify=verify,
            include_event=include_event,
            stop=stop,
        )
        return make_summary(
            _hypersigma.for_each_block(self._core, scan, receive), self.rules
        )

    def for_each_match(
        self,
        paths: Sequence[Path],
        receive: Callable[[Match], None],
        *,
        threads: int = 1,
        verify: bool | int = False,
        stop: _hypersigma.Stop | None = None,
        **options: Unpack[FileScanOptions],
    ) -> ScanSummary:
        """Scans files and hands over each match; keeps none of them.

        Args:
            paths: Files as in `scan_file`, scanned one after the other.
            receive: Is called with each match, in event, then rule order, by
                one thread at a time. What it raises ends the scan.
            threads: How many threads parse and match, 1 to 256.
            verify: As in `scan_file`.
            stop: Ends the scan early when requested.
            **options: See `FileScanOptions`.

        Returns:
            The counters. Files that could not be read are listed there.

        Raises:
            Exception: What `receive` raised.

        Example:
            >>> from hypersigma import Engine
            >>> Engine.from_paths([]).for_each_match([], print).matches
            0
        """
        scan = make_file_scan(
            paths, options, threads=threads, verify=verify, stop=stop
        )
        return make_summary(
            _hypersigma.for_each_match(
                self._core,
                scan,
                lambda row: receive(self._match_of_file(row)),
            ),
            self.rules,
        )

    def _match_of_file(self, row: _FoundInFile) -> Match:
        rule, selections, indicators, time, computer, file, index = row
        return self._match(
            (rule, selections, indicators),
            EventPlace(file, index),
            time,
            computer,
        )

    def _match(
        self,
        found: _Found,
        event: EventPlace | None,
        time: str,
        computer: str,
    ) -> Match:
        rule, selections, indicators = found
        return Match(
            self.rules[rule],
            list(selections),
            [Indicator(*indicator) for indicator in indicators],
            event,
            time,
            computer,
        )
