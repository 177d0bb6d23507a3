"""Compiled rules: the package's central class."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from hypersigma import _hypersigma
from hypersigma.arguments import (
    Path,
    Placeholders,
    check_threads,
    check_verify,
    encode_path,
    placeholder_lists,
)
from hypersigma.errors import RuleError
from hypersigma.rule_set import LoadReport, Rule, make_report, make_rules
from hypersigma.scan_result import (
    EventPlace,
    Indicator,
    Match,
    Matches,
    ScanResult,
    ScanSummary,
    Undecided,
    make_summary,
)

_Found = tuple[int, tuple[str, ...], tuple[tuple[str, str, str], ...]]


class Engine:
    r"""All rules of a rule set, compiled and immutable.

    Any number of threads may scan with one engine at once; the GIL is released
    while rules are compiled and events are matched.

    Example:
        >>> from hypersigma import Engine
        >>> engine = Engine.from_yaml('''
        ... title: Whoami Execution
        ... logsource: {category: process_creation}
        ... detection:
        ...   selection:
        ...     Image|endswith: \\whoami.exe
        ...   condition: selection
        ... ''')
        >>> matches = engine.scan({"Image": r"C:\Windows\whoami.exe"})
        >>> matches[0].rule.title
        'Whoami Execution'
    """

    def __init__(self, rules: _hypersigma.RuleSet) -> None:
        """Compiles rules; use `from_path`, `from_paths` or `from_yaml`."""
        self._core = _hypersigma.Engine(rules)

    @classmethod
    def from_path(
        cls,
        path: Path,
        *,
        strict: bool = False,
        placeholders: Placeholders | None = None,
    ) -> Engine:
        """Loads and compiles a rule file, or all rules below a folder.

        Args:
            path: A file, or a folder whose .yml and .yaml files are read in
                sorted order.
            strict: Whether every document must load without a strict warning.
            placeholders: Values of `%name%` under the modifier `expand`, each a
                Sigma string.

        Returns:
            An engine with the rules that work; `report` accounts for the rest.

        Raises:
            FileNotFoundError: `path` does not exist.
            RuleError: `strict` is set and a document is not clean.

        Example:
            >>> Engine.from_path("no/such/folder")
            Traceback (most recent call last):
            ...
            FileNotFoundError: ...
        """
        return cls.from_paths([path], strict=strict, placeholders=placeholders)

    @classmethod
    def from_paths(
        cls,
        paths: Iterable[Path],
        *,
        strict: bool = False,
        placeholders: Placeholders | None = None,
    ) -> Engine:
        """Loads and compiles several rule files and folders.

        Args:
            paths: Files and folders, in load order.
            strict: Whether every document must load without a strict warning.
            placeholders: Values of `%name%` under the modifier `expand`, each a
                Sigma string.

        Returns:
            An engine with the rules that work; `report` accounts for the rest.

        Raises:
            FileNotFoundError: A path does not exist.
            RuleError: `strict` is set and a document is not clean.

        Example:
            >>> len(Engine.from_paths([]).rules)
            0
        """
        if isinstance(paths, (str, bytes, os.PathLike)):
            raise TypeError("paths is one path; expected several")
        rules = _hypersigma.RuleSet.from_paths(
            [encode_path(path) for path in paths],
            strict,
            placeholder_lists(placeholders),
        )
        return cls._checked(rules, strict)

    @classmethod
    def from_yaml(
        cls,
        text: str | bytes,
        *,
        strict: bool = False,
        placeholders: Placeholders | None = None,
    ) -> Engine:
        """Loads and compiles the documents of one YAML stream.

        Args:
            text: The stream; bytes are UTF-8.
            strict: Whether every document must load without a strict warning.
            placeholders: Values of `%name%` under the modifier `expand`, each a
                Sigma string.

        Returns:
            An engine with the rules that work; `report` accounts for the rest.

        Raises:
            RuleError: `strict` is set and a document is not clean.

        Example:
            >>> Engine.from_yaml("title: no detection", strict=True)
            Traceback (most recent call last):
            ...
            hypersigma.errors.RuleError: ...
        """
        if isinstance(text, str):
            text = text.encode("utf-8", "surrogatepass")
        rules = _hypersigma.RuleSet.from_yaml(
            text, strict, placeholder_lists(placeholders)
        )
        return cls._checked(rules, strict)

    @classmethod
    def _checked(cls, rules: _hypersigma.RuleSet, strict: bool) -> Engine:
        if strict:
            report = make_report(rules.documents())
            if report.problems:
                raise RuleError(report=report)
        return cls(rules)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are evaluated, in load order."""
        return make_rules(self._core.rules())

    @cached_property
    def report(self) -> LoadReport:
        """What became of every document."""
        return make_report(self._core.documents())

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that rules look at."""
        return tuple(self._core.fields())

    def scan(self, event: dict[str, Any] | str | bytes) -> Matches:
        r"""Tells which rules match one event.

        Args:
            event: A dict of what JSON can hold (tuples count as lists), or the
                JSON text of one object, bytes in UTF-8. Invalid UTF-8 and lone
                surrogates are characters that equal nothing.

        Returns:
            Each rule that holds once, in the order of `rules`. The list also
            has `undecided` and `repaired`.

        Raises:
            EventError: The event is not one JSON object, has NaN or infinity,
                or is past a limit.
            TypeError: A key is not a str, or a value has no JSON type.

        Example:
            >>> engine = Engine.from_yaml('''
            ... title: Odd Port
            ... logsource: {category: network_connection}
            ... detection:
            ...   odd:
            ...     DestinationPort: [4444, 1337]
            ...   condition: odd
            ... ''')
            >>> engine.scan('{"DestinationPort": 4444}')[0].indicators
            [Indicator(field='DestinationPort', kind='eq', value='4444')]
            >>> engine.scan({"DestinationPort": 443})
            []
        """
        found, undecided, repaired = self._core.scan(event)
        rules = self.rules
        return Matches(
            [self._match(row, None) for row in found],
            tuple(
                Undecided(rules[rule], field, reason)
                for rule, field, reason in undecided
            ),
            repaired,
        )

    def scan_file(
        self, path: Path, threads: int = 1, *, verify: bool | int = False
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
                rules.

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
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     path = pathlib.Path(folder, "events.ndjson")
            ...     _ = path.write_text('{"a": 1}')
            ...     result = Engine.from_paths([]).scan_file(path)
            >>> result.summary.events
            1
        """
        found = _hypersigma.collect_matches(
            self._core,
            [encode_path(path)],
            check_threads(threads),
            check_verify(verify),
        )

        def at(position: int) -> Match:
            row = found.at(position)
            return self._match(row[:3], EventPlace(row[3], row[4]))

        return ScanResult(
            len(found), at, make_summary(found.summary(), self.rules)
        )

    def write_ndjson(
        self,
        paths: Sequence[Path],
        fd: int,
        *,
        threads: int = 1,
        verify: bool | int = False,
        stop: _hypersigma.Stop | None = None,
    ) -> ScanSummary:
        """Scans files and writes each match as a line of JSON.

        Args:
            paths: Files as in `scan_file`, scanned one after the other.
            fd: The file descriptor to write to.
            threads: How many threads parse and match, 1 to 256.
            verify: As in `scan_file`.
            stop: Ends the scan early when requested.

        Returns:
            The counters. Files that could not be read are listed there.

        Raises:
            OSError: Writing failed.

        Example:
            >>> Engine.from_paths([]).write_ndjson([], 1).events
            0
        """
        return make_summary(
            _hypersigma.write_ndjson(
                self._core,
                [encode_path(path) for path in paths],
                check_threads(threads),
                check_verify(verify),
                fd,
                stop or _hypersigma.Stop(),
            ),
            self.rules,
        )

    def for_each_match(
        self,
        paths: Sequence[Path],
        receive: Callable[[Match], None],
        *,
        threads: int = 1,
        verify: bool | int = False,
        stop: _hypersigma.Stop | None = None,
    ) -> ScanSummary:
        """Scans files and hands over each match; keeps none of them.

        Args:
            paths: Files as in `scan_file`, scanned one after the other.
            receive: Is called with each match, in event, then rule order, by
                one thread at a time. What it raises ends the scan.
            threads: How many threads parse and match, 1 to 256.
            verify: As in `scan_file`.
            stop: Ends the scan early when requested.

        Returns:
            The counters. Files that could not be read are listed there.

        Raises:
            Exception: What `receive` raised.

        Example:
            >>> Engine.from_paths([]).for_each_match([], print).matches
            0
        """
        return make_summary(
            _hypersigma.for_each_match(
                self._core,
                [encode_path(path) for path in paths],
                check_threads(threads),
                check_verify(verify),
                lambda row: receive(
                    self._match(row[:3], EventPlace(row[3], row[4]))
                ),
                stop or _hypersigma.Stop(),
            ),
            self.rules,
        )

    def _match(self, found: _Found, event: EventPlace | None) -> Match:
        rule, selections, indicators = found
        return Match(
            self.rules[rule],
            list(selections),
            [Indicator(*indicator) for indicator in indicators],
            event,
        )

    def __repr__(self) -> str:
        """Returns the number of rules."""
        return f"<Engine: {len(self.rules):,} rules>"
