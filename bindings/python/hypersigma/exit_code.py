"""How the command ends. `cli` says what each code means to which command."""

from __future__ import annotations

import signal
from enum import IntEnum


class ExitCode(IntEnum):
    """What a caller can tell from the exit code."""

    DONE = 0
    FAILED = 1
    RULES = 2
    INPUT = 3
    INTERRUPTED = 128 + signal.SIGINT
    TERMINATED = 128 + signal.SIGTERM
    NO_READER = 128 + signal.SIGPIPE


class ExitError(Exception):
    """Ends the command with a message."""

    def __init__(self, code: ExitCode, message: str) -> None:
        """Makes an error.

        Args:
            code: With which to end.
            message: What went wrong.
        """
        super().__init__(message)
        self.code = code
