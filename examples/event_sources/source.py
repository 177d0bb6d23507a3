"""What an event file is made of: planted events among background."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

Event = dict[str, object]

# A working day, on which nearly all events happen.
MORNING = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Planted:
    """An event written by hand.

    Attributes:
        event: Its fields, without what the layout adds.
        rules: The files of the rules that it must match, below rules/; none
            for a near miss.
        at: When it happened; anywhere in the file if it does not matter.
    """

    event: Event
    rules: tuple[str, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True)
class Source:
    """One file of events.

    Attributes:
        name: The file's name without `.ndjson`.
        count: How many events it has.
        planted: Events written by hand.
        background: Makes an event that no rule matches.
        write: Gives an event its layout; takes its time and number.
        begin: The time of the first event.
        span: How long after `begin` the last event may be.
    """

    name: str
    count: int
    planted: list[Planted]
    background: Callable[[random.Random], Event]
    write: Callable[[Event, datetime, int], Event]
    begin: datetime = MORNING
    span: timedelta = timedelta(hours=10)


def hit(event: Event, *rules: str, at: datetime | None = None) -> Planted:
    return Planted(event, rules, at)


def miss(event: Event, at: datetime | None = None) -> Planted:
    return Planted(event, (), at)


def make_events(source: Source) -> list[tuple[Event, tuple[str, ...]]]:
    """Returns the events of a source in order of time, each with its rules."""
    rng = random.Random(f"hypersigma {source.name}")

    def any_time() -> datetime:
        seconds = int(source.span.total_seconds())
        return source.begin + timedelta(
            seconds=rng.randrange(seconds), milliseconds=rng.randrange(1000)
        )

    events = list(source.planted)
    for _ in range(source.count - len(events)):
        events.append(Planted(source.background(rng)))
    timed = [(one.at or any_time(), one) for one in events]
    timed.sort(key=lambda pair: pair[0])
    return [
        (source.write(one.event, time, number), one.rules)
        for number, (time, one) in enumerate(timed)
    ]


def iso(time: datetime) -> str:
    """Returns a time such as 2026-11-24T08:00:00.250Z."""
    return time.strftime("%FT%T.") + f"{time.microsecond // 1000:03}Z"


def iso_seconds(time: datetime) -> str:
    """Returns a time such as 2026-11-24T08:00:00Z."""
    return time.strftime("%FT%TZ")
