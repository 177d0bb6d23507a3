"""How a scan ends early."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from hypersigma import _hypersigma
from hypersigma.exit_code import ExitCode


class Stopper:
    """Ends a scan at Ctrl-C or SIGTERM; a second one ends at once."""

    def __init__(self) -> None:
        """Waits for nothing yet."""
        self.stop = _hypersigma.Stop()
        self.code = ExitCode.DONE

    @contextmanager
    def catching(self) -> Iterator[None]:
        """Catches signals meanwhile."""
        signals = (signal.SIGINT, signal.SIGTERM)
        before = [signal.signal(one, self._request) for one in signals]
        try:
            yield
        finally:
            for one, handler in zip(signals, before, strict=True):
                signal.signal(one, handler)

    def _request(self, number: int, _frame: FrameType | None) -> None:
        code = (
            ExitCode.INTERRUPTED
            if number == signal.SIGINT
            else ExitCode.TERMINATED
        )
        if self.code != ExitCode.DONE:
            os._exit(code)
        self.code = code
        self.stop.request()
