"""Runs programs as in a terminal: 80 columns, no colours."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
import threading
from pathlib import Path

COLUMNS = 80
_SECONDS = 120


def run_in_terminal(command: list[str], folder: Path) -> tuple[int, str]:
    """Runs a program whose output, both streams, is a terminal.

    Args:
        command: The program and its arguments. Its standard input is empty.
        folder: Where to run it. Programs beside this Python come
            first.

    Returns:
        The exit code, and what the terminal got.
    """
    ours, theirs = pty.openpty()
    size = struct.pack("HHHH", 50, COLUMNS, 0, 0)
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, size)
    modes = termios.tcgetattr(theirs)
    modes[1] &= ~termios.OPOST  # No carriage returns.
    termios.tcsetattr(theirs, termios.TCSANOW, modes)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    added = {"PATH": path, "TERM": "dumb", "COLUMNS": str(COLUMNS)}
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        cwd=folder,
        env=os.environ | added | {"NO_COLOR": "1"},
    ) as process:
        os.close(theirs)
        watchdog = threading.Timer(_SECONDS, process.kill)
        watchdog.start()
        output = _read_all(ours)
        code = process.wait()
        watchdog.cancel()
    os.close(ours)
    return code, output.decode("utf-8", "backslashreplace")


def _read_all(terminal: int) -> bytes:
    """Returns what comes until the other side is closed."""
    parts = []
    while True:
        try:
            part = os.read(terminal, 1 << 16)
        except OSError:  # EIO: nobody has it open any more.
            break
        if not part:
            break
        parts.append(part)
    return b"".join(parts)
