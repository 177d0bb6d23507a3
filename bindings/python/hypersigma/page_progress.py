"""A line on the terminal that tells how many pages are made.

It stands where that of a scan stands, and looks the same.
"""

from __future__ import annotations

import time

from hypersigma.progress import ERASE, share_of
from hypersigma.render import Screen

_INTERVAL = 0.1


class PageProgress:
    """Draws the line; for one thread."""

    def __init__(self, screen: Screen, is_wanted: bool) -> None:
        """Makes a line that is not yet shown.

        Args:
            screen: A terminal, if it is wanted.
            is_wanted: Whether it is to be drawn.
        """
        self._screen = screen
        self._is_wanted = is_wanted
        self._begin = time.monotonic()
        self._drawn = 0.0
        self._is_shown = False

    def update(self, done: int, total: int) -> None:
        """Draws the line, if it is time.

        Args:
            done: Pages made until now.
            total: All pages.
        """
        now = time.monotonic()
        if not self._is_wanted or now - self._drawn < _INTERVAL or not total:
            return
        self._drawn = now
        parts = share_of(done / total, now - self._begin, self._screen.width)
        text = "  ".join([*parts, f"{done:,} of {total:,} pages"])
        self._screen.stream.write(f"{ERASE}{text[: self._screen.width - 1]}")
        self._screen.stream.flush()
        self._is_shown = True

    def hide(self) -> None:
        """Removes the line, and begins anew."""
        if self._is_shown:
            self._screen.stream.write(ERASE)
            self._screen.stream.flush()
            self._is_shown = False
        self._begin = time.monotonic()
