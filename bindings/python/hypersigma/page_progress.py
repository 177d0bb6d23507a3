"""A line on the terminal that tells how far the pages of a catalogue are.

It stands where that of a scan stands, and looks the same.
"""

from __future__ import annotations

import time

from hypersigma.progress import ERASE, share_of
from hypersigma.render import Screen

_INTERVAL = 0.1


class PageProgress:
    """Draws the line, for one thread; it is gone after a `with` block."""

    def __init__(self, screen: Screen, is_wanted: bool) -> None:
        """Makes a line that is not yet shown.

        Args:
            screen: A terminal, if it is wanted.
            is_wanted: Whether it is to be drawn.
        """
        self._screen = screen
        self._is_wanted = is_wanted
        self._start = time.monotonic()
        self._begin = self._start
        self._drawn = 0.0
        self._is_shown = False

    def __enter__(self) -> PageProgress:
        """Does nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Removes the line, also before an error is told."""
        self.hide()

    @property
    def seconds(self) -> float:
        """How long ago it was made."""
        return time.monotonic() - self._start

    def update(self, done: int, total: int) -> None:
        """Draws the line, if it is time.

        Args:
            done: Pages made until now.
            total: All pages.
        """
        now = time.monotonic()
        if now - self._drawn < _INTERVAL or not total:
            return
        parts = share_of(done / total, now - self._begin, self._screen.width)
        self._draw("  ".join([*parts, f"{done:,} of {total:,} pages"]))

    def say(self, text: str) -> None:
        """Draws what is done before there are pages, of unknown length.

        Args:
            text: An escaped text.
        """
        self._begin = time.monotonic()
        self._draw("  ".join([*share_of(0.0, 0.0, self._screen.width), text]))

    def _draw(self, text: str) -> None:
        if not self._is_wanted:
            return
        self._drawn = time.monotonic()
        self._screen.stream.write(f"{ERASE}{text[: self._screen.width - 1]}")
        self._screen.stream.flush()
        self._is_shown = True

    def hide(self) -> None:
        """Removes the line."""
        if self._is_shown:
            self._screen.stream.write(ERASE)
            self._screen.stream.flush()
            self._is_shown = False
