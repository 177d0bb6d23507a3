"""A line on the terminal that tells how far a scan has come.

It stands on standard error, only on a terminal, and is gone in the end.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from hypersigma.inputs import Inputs
from hypersigma.render import Screen

# What is over before is not worth a line.
_DELAY = 0.5
_INTERVAL = 0.1
_BAR = 20
_WIDE = 100
ERASE = "\r\x1b[K"


class Progress:
    """Draws the line again and again, below whatever else is printed.

    One thread draws it, others print what they find: a lock keeps them apart.

    Attributes:
        is_wanted: Whether it is to be drawn.
    """

    def __init__(
        self,
        screen: Screen,
        is_wanted: bool,
        total_bytes: int | None,
        other_bytes: Callable[[], int],
    ) -> None:
        """Makes a line that is not yet shown.

        Args:
            screen: A terminal, if it is wanted.
            is_wanted: Whether it is to be drawn.
            total_bytes: How much there is to read; None when nobody knows.
            other_bytes: Returns what was read beside what `update` is told.
        """
        self.is_wanted = is_wanted
        self._screen = screen
        self._total = total_bytes
        self._other_bytes = other_bytes
        self._begin = time.monotonic()
        self._drawn = 0.0
        self._lock = Lock()
        self._is_shown = False

    def update(
        self, events: int, matches: int, bytes_: int, stored_bytes: int
    ) -> None:
        """Draws the line, if it is time.

        Args:
            events: Scanned until now.
            matches: Found until now.
            bytes_: Of the events.
            stored_bytes: Read from files.
        """
        now = time.monotonic()
        elapsed = now - self._begin
        if elapsed < _DELAY or now - self._drawn < _INTERVAL:
            return
        self._drawn = now
        done = stored_bytes + self._other_bytes()
        parts = [
            *self._share(done, elapsed),
            f"{events / elapsed:,.0f} events/s",
            f"{bytes_ / elapsed / 1e6:,.0f} MB/s",
            f"{matches:,} matches",
            f"{events:,} events",
        ]
        text = ""
        for part in parts:
            longer = f"{text}  {part}" if text else part
            if len(longer) >= self._screen.width:
                break
            text = longer
        with self._lock:
            self._screen.stream.write(f"{ERASE}{text}")
            self._screen.stream.flush()
            self._is_shown = True

    def _share(self, done: int, elapsed: float) -> list[str]:
        if not self._total:
            return [duration(elapsed)]
        share = min(done / self._total, 1.0)
        return share_of(share, elapsed, self._screen.width)

    def hide(self) -> None:
        """Removes the line."""
        with self.hidden():
            pass

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """Removes the line, for what is printed in the block."""
        with self._lock:
            if self._is_shown:
                self._screen.stream.write(ERASE)
                self._screen.stream.flush()
                self._is_shown = False
            yield


def scan_progress(inputs: Inputs | None) -> Progress:
    """Returns the line of a command that only reads events.

    Args:
        inputs: What it reads; None for nothing.
    """
    screen = Screen(sys.stderr)
    if inputs is None:
        return Progress(screen, False, None, int)
    return Progress(
        screen,
        screen.can_erase,
        inputs.total_bytes,
        lambda: inputs.other_bytes,
    )


def share_of(share: float, elapsed: float, width: int) -> list[str]:
    """Returns how far something has come, with a bar, and how long it takes.

    Args:
        share: From 0 to 1.
        elapsed: Seconds until now.
        width: Of the terminal, in columns.

    Example:
        >>> share_of(0.5, 60.0, 80)
        [' 50% [=====-----]', '1:00 left']
    """
    bar_width = _BAR if width >= _WIDE else _BAR // 2
    filled = round(share * bar_width)
    bar = "=" * filled + "-" * (bar_width - filled)
    text = f"{share:>4.0%} [{bar}]"
    if share <= 0:
        return [text]
    return [text, f"{duration(elapsed * (1 - share) / share)} left"]


def duration(seconds: float) -> str:
    """Returns a number of seconds as people write it.

    Args:
        seconds: 0 or more.

    Example:
        >>> duration(75), duration(3 * 3600 + 5)
        ('1:15', '3:00:05')
    """
    minutes, whole = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02}:{whole:02}"
    return f"{minutes}:{whole:02}"
