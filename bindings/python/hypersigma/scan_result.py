"""What scanning returns: matches, and counters of what was read.

Plain, immutable values: compared by value, can be pickled, hold no engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

from hypersigma.rule_set import Rule
from hypersigma.verification import Verification, make_verification


@dataclass(frozen=True, slots=True)
class Indicator:
    """A value of a rule that the event has.

    Attributes:
        field: The field's name; empty for a keyword.
        kind: How the value is looked for: `match` (contains), `starts_with`,
            `ends_with`, `eq`, `wildcard`, `regex`, `cidr`, `lt`, `lte`, `gt`,
            `gte`, `exists`, `null`, `keyword`, `fieldref`, `minute`, `hour`,
            `day`, `week`, `month` or `year`.
        value: The value as the rule writes it.
    """

    field: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where an event stands.

    Attributes:
        file: Path as given to the scan.
        index: Position among the records of the file, from 0; of an EVTX file
            the record's number. A record is a line that is not blank, or, where
            a line or the whole file holds several events, one of them.
    """

    file: str
    index: int


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that holds for an event.

    Attributes:
        rule: The rule.
        selections: Names of the selections that the rule's condition names and
            that are true, in the order in which the rule writes them.
        indicators: What hit, in the order in which those selections write it.
        event: Which event it was; None from `Engine.scan`.
        time: When the event happened, as it says itself; empty when it does
            not.
        computer: On which one it happened, as it says itself.
    """

    rule: Rule
    selections: list[str]
    indicators: list[Indicator]
    event: EventPlace | None = None
    time: str = ""
    computer: str = ""

    def __hash__(self) -> int:
        """Returns a hash that equal matches share."""
        return hash((self.rule, self.event, tuple(self.selections)))


@dataclass(frozen=True, slots=True)
class Undecided:
    """A rule that neither holds nor fails for an event.

    Attributes:
        rule: The rule.
        field: The field that was left open; empty for keywords.
        reason: The limit that was reached, for people.
        event: Where the event stands; None for an event of one's own.
    """

    rule: Rule
    field: str
    reason: str
    event: EventPlace | None = None

    def __str__(self) -> str:
        """Returns the place, the rule and the reason."""
        at = "" if self.event is None else f"{self.event.file}: event "
        at += "" if self.event is None else f"{self.event.index}: "
        field = f" (field {self.field})" if self.field else ""
        return f"{at}{self.rule.title}: {self.reason}{field}"


class Matches(list[Match]):
    """The matches of one event: a list, and how it was looked at.

    Attributes:
        undecided: Rules that neither hold nor fail, since a limit was reached.
        repaired: Whether invalid UTF-8, raw control bytes or lone surrogates
            were read as characters that equal nothing.
        log_sources: What the event was found to be, as (product, category,
            service); empty when that is not known, or not asked.
        layout: The event's layout.
        time: When it happened, as it says itself.
        computer: On which computer.
    """

    def __init__(
        self,
        matches: Sequence[Match] = (),
        undecided: tuple[Undecided, ...] = (),
        repaired: bool = False,
        log_sources: tuple[tuple[str, str, str], ...] = (),
        layout: str = "",
        time: str = "",
        computer: str = "",
    ) -> None:
        """Makes a list.

        Args:
            matches: In rule order.
            undecided: In rule order.
            repaired: Whether the event's text was repaired.
            log_sources: What the event was found to be.
            layout: The event's layout.
            time: The event's time.
            computer: The event's computer.
        """
        super().__init__(matches)
        self.undecided = undecided
        self.repaired = repaired
        self.log_sources = log_sources
        self.layout = layout
        self.time = time
        self.computer = computer


@dataclass(frozen=True, slots=True)
class MalformedRecord:
    """A line that is not one JSON object, or past a limit.

    Attributes:
        file: Path as given to the scan.
        index: As in `EventPlace`.
        line: From 1; 0 where there are no lines.
        byte: In the line, from 1.
        message: What is wrong.
    """

    file: str
    index: int
    line: int
    byte: int
    message: str

    def __str__(self) -> str:
        """Returns the problem with its place."""
        place = f":{self.line}:{self.byte}" if self.line else f" #{self.index}"
        return f"{self.file}{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A file that could not be scanned to its end.

    Attributes:
        file: Path as given to the scan.
        message: Why.
    """

    file: str
    message: str

    def __str__(self) -> str:
        """Returns the problem with the file's name."""
        return f"{self.file}: {self.message}"


@dataclass(frozen=True, slots=True)
class FileCounts:
    """Counters of one file of a scan.

    Attributes:
        events: Records, malformed ones included.
        matches: Matches found.
    """

    events: int
    matches: int


@dataclass(frozen=True, slots=True)
class ScanSummary:
    """Counters of a scan.

    Attributes:
        events: Records, malformed ones included.
        malformed: Records that are not one JSON object.
        repaired: Events with invalid UTF-8, control bytes or lone surrogates.
        bytes: Bytes read, after decompression.
        matches: Matches found.
        undecided: (rule, event) pairs that a limit left open.
        unclassified: Events whose log sources are not known, so that they were
            tested against all rules, or under `strict` none.
        outside_times: Events whose matches the option `times` left out.
        undated: Under that option, events that do not say when they happened.
        is_limited: Whether the scan ended at `max_matches`.
        elapsed: Seconds.
        files: The counters of each path, in the order of the paths.
        matches_by_computer: Matches of each computer that events name; of
            events that name none under "".
        matches_by_rule: Matches of each rule, in the order of `Engine.rules`.
        malformed_records: The first malformed records.
        undecided_records: The first undecided pairs.
        file_problems: Files that could not be read to their end.
        error: Why the scan itself ended early; empty when it did not.
        verification: What the slow path says; None when it was not asked.
    """

    events: int
    malformed: int
    repaired: int
    bytes: int
    matches: int
    undecided: int
    unclassified: int
    outside_times: int
    undated: int
    is_limited: bool
    elapsed: float
    files: tuple[FileCounts, ...] = field(repr=False)
    matches_by_computer: dict[str, int] = field(repr=False, hash=False)
    matches_by_rule: tuple[int, ...] = field(repr=False)
    malformed_records: tuple[MalformedRecord, ...]
    undecided_records: tuple[Undecided, ...]
    file_problems: tuple[FileProblem, ...]
    error: str = ""
    verification: Verification | None = None


class ScanResult(Sequence[Match]):
    """The matches of a file, in event, then rule order, and the counters.

    Attributes:
        summary: What was read and found.
    """

    def __init__(
        self, length: int, at: Callable[[int], Match], summary: ScanSummary
    ) -> None:
        """Makes a sequence.

        Args:
            length: Number of matches.
            at: Makes the match at a position from 0 to `length` - 1.
            summary: What was read and found.
        """
        self._length = length
        self._at = at
        self.summary = summary

    def __len__(self) -> int:
        """Returns the number of matches."""
        return self._length

    @overload
    def __getitem__(self, index: int) -> Match: ...
    @overload
    def __getitem__(self, index: slice) -> list[Match]: ...
    def __getitem__(self, index: int | slice) -> Match | list[Match]:
        """Returns a match, or the list of a slice."""
        if isinstance(index, slice):
            return [self._at(i) for i in range(*index.indices(self._length))]
        try:
            return self._at(range(self._length)[index])
        except IndexError:
            raise IndexError("match index out of range") from None

    def __iter__(self) -> Iterator[Match]:
        """Yields the matches in order."""
        return map(self._at, range(self._length))

    def __repr__(self) -> str:
        """Returns the counts."""
        return f"<ScanResult: {self._length} matches, {self.summary!r}>"


def make_summary(summary: dict[str, Any], rules: Sequence[Rule]) -> ScanSummary:
    """Makes a summary from that of the extension module."""
    return _make_summary(rules, **summary)


def _make_summary(
    rules: Sequence[Rule],
    /,
    malformed_records: Sequence[dict[str, Any]],
    undecided_records: Sequence[dict[str, Any]],
    file_problems: Sequence[dict[str, Any]],
    verification: dict[str, Any] | None,
    files: Sequence[tuple[int, int]],
    **fields: Any,
) -> ScanSummary:
    return ScanSummary(
        verification=None
        if verification is None
        else make_verification(verification, rules),
        files=tuple(FileCounts(*counts) for counts in files),
        malformed_records=tuple(
            MalformedRecord(**record) for record in malformed_records
        ),
        undecided_records=tuple(
            Undecided(
                rules[record["rule"]],
                record["field"],
                record["reason"],
                EventPlace(record["file"], record["index"]),
            )
            for record in undecided_records
        ),
        file_problems=tuple(
            FileProblem(**problem) for problem in file_problems
        ),
        **fields,
    )
