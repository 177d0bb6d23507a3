"""Scans of what is not there yet: slow streams, files that grow, terminals."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HIT = b'{"DestinationPort": 4444}\n'
COMMAND = [sys.executable, "-m", "hypersigma"]
# What is far more than anything here takes, and far less than forever.
PATIENCE = 60.0


@contextmanager
def started(
    *args: str | Path, stdin: int = subprocess.PIPE
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [*COMMAND, *args],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        with process:
            yield process
    finally:
        process.kill()


def read_until(process: subprocess.Popen[bytes], text: bytes) -> bytes:
    """Returns what the command writes, up to a text."""
    assert process.stdout is not None
    found = b""
    end = time.monotonic() + PATIENCE
    while text not in found:
        left = end - time.monotonic()
        assert left > 0, found
        if select.select([process.stdout], [], [], left)[0]:
            chunk = os.read(process.stdout.fileno(), 65536)
            assert chunk, found
            found += chunk
    return found


def send(process: subprocess.Popen[bytes], data: bytes) -> None:
    assert process.stdin is not None
    process.stdin.write(data)
    process.stdin.flush()


@pytest.mark.parametrize("threads", ["1", "4"])
@pytest.mark.parametrize("format_", ["ndjson", "json", "csv", "table"])
def test_match_of_a_slow_stream_is_written_at_once(
    rules: Path, format_: str, threads: str
) -> None:
    args = ("-f", format_, "--threads", threads)
    with started("scan", "-q", "-r", rules, *args) as process:
        for _ in range(3):
            send(process, b'{"a": 1}\n' + HIT)
            # The stream stays open: nothing but the event can bring it out.
            read_until(process, b"Odd Port")
        stdout, stderr = process.communicate(timeout=PATIENCE)
    assert stderr == b""
    assert b"Odd Port" not in stdout
    assert stdout.endswith(b"\n]\n") == (format_ == "json")


@pytest.mark.parametrize("threads", ["1", "4"])
def test_limit_ends_a_stream_that_stays_open(rules: Path, threads: str) -> None:
    with started(
        "scan", "-q", "-r", rules, "--limit", "2", "--threads", threads
    ) as process:
        send(process, HIT * 2)
        assert process.stdout is not None
        assert process.stdout.read().count(b"\n") == 2
        assert process.wait(PATIENCE) == 0


@pytest.mark.parametrize("threads", ["1", "4"])
def test_reader_that_goes_away_ends_a_stream(rules: Path, threads: str) -> None:
    with started("scan", "-q", "-r", rules, "--threads", threads) as process:
        send(process, HIT)
        read_until(process, b"Odd Port")
        assert process.stdout is not None
        process.stdout.close()
        send(process, HIT)
        assert process.wait(PATIENCE) == 141


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)]
)
def test_signal_ends_with_what_was_found(
    rules: Path, number: signal.Signals, code: int
) -> None:
    with started("scan", "-r", rules, "-f", "json") as process:
        send(process, HIT)
        output = read_until(process, b"Odd Port")
        process.send_signal(number)
        stdout, stderr = process.communicate(timeout=PATIENCE)
        assert process.returncode == code
    # The output is whole.
    assert len(json.loads(output + stdout)) == 1
    assert b"matches     1 of 1 rule" in stderr
    assert stderr.endswith(b"interrupted\n")


@pytest.mark.parametrize("format_", ["ndjson", "table"])
def test_file_is_followed_through_rotation(
    rules: Path, tmp_path: Path, format_: str
) -> None:
    path = tmp_path / "events.ndjson"
    path.write_bytes(HIT)
    with started(
        "scan", "-r", rules, "--follow", "-f", format_, path
    ) as process:
        read_until(process, b"Odd Port")
        with path.open("ab") as file:
            file.write(b"{}\n" + HIT)
        read_until(process, b"Odd Port")
        path.rename(tmp_path / "events.ndjson.1")
        path.write_bytes(HIT)
        read_until(process, b"Odd Port")
        path.write_bytes(b"")
        time.sleep(0.5)
        with path.open("ab") as file:
            file.write(HIT)
        read_until(process, b"Odd Port")
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=PATIENCE)
        assert process.returncode == 130
    assert b"events      5 read, 0 malformed" in stderr
    assert b"matches     4 of 1 rule" in stderr


@pytest.mark.parametrize(
    "files", [(), ("-",), ("a", "b"), ("-e", "{}"), ("--input", "evtx", "a")]
)
def test_one_file_is_followed(rules: Path, files: tuple[str, ...]) -> None:
    done = subprocess.run(
        [*COMMAND, "scan", "-r", rules, "--follow", *files],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 3
    assert done.stderr.startswith(b"error: --follow: expected ")


def peak_bytes(process: subprocess.Popen[bytes]) -> int:
    status = Path(f"/proc/{process.pid}/status").read_text()
    found = re.search(r"^VmHWM:\s*(\d+) kB$", status, re.MULTILINE)
    assert found is not None
    return int(found[1]) * 1024


@pytest.mark.parametrize("format_", ["ndjson", "table"])
def test_memory_does_not_grow_with_the_stream(
    rules: Path, format_: str
) -> None:
    block = (b'{"a": "' + b"x" * 1000 + b'"}\n') * 1000 + HIT
    with started(
        "scan", "-q", "-r", rules, "-f", format_, "--threads", "2"
    ) as process:
        send(process, block * 10)
        read_until(process, b"Odd Port")
        before = peak_bytes(process)
        for _ in range(15):
            send(process, block * 10)
        send(process, b'{"DestinationPort": 1337}\n')
        read_until(process, b"1337" if format_ == "ndjson" else b"#160160")
        assert peak_bytes(process) < before + (24 << 20)


class Terminal:
    """A terminal of some width with the command on it."""

    def __init__(self, args: list[str | Path], columns: int = 80) -> None:
        self.controller, terminal = pty.openpty()
        size = struct.pack("HHHH", 50, columns, 0, 0)
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, size)
        self.process = subprocess.Popen(
            [*COMMAND, *args],
            stdin=subprocess.PIPE,
            stdout=terminal,
            stderr=terminal,
            env={**os.environ, "TERM": "xterm-256color"},
        )
        os.close(terminal)
        self.output = ""

    def read_until(self, text: str) -> str:
        end = time.monotonic() + PATIENCE
        while text not in self.output:
            left = end - time.monotonic()
            assert left > 0, self.output
            if select.select([self.controller], [], [], left)[0]:
                self.output += os.read(self.controller, 65536).decode()
        return self.output

    def finish(self) -> str:
        assert self.process.stdin is not None
        self.process.stdin.close()
        while True:
            try:
                self.output += os.read(self.controller, 65536).decode()
            except OSError:
                break
        os.close(self.controller)
        assert self.process.wait(PATIENCE) == 0
        return self.output


def without_codes(text: str) -> str:
    return re.sub(r"\x1b\[[\d;]*[mK]", "", text)


@pytest.mark.parametrize("columns", [50, 80, 160, 250])
def test_table_has_the_width_of_the_terminal(
    rules: Path, tmp_path: Path, columns: int
) -> None:
    path = tmp_path / "events.ndjson"
    path.write_text(
        json.dumps(
            {
                "Image": "C:\\" + "long\\" * 40 + "whoami.exe",
                "CommandLine": "whoami",
                "Computer": "a-very-long-name.of.a.computer.example",
                "UtcTime": "2024-05-01T12:00:00.5Z",
            }
        )
        + "\n"
    )
    terminal = Terminal(["scan", "-q", "-r", rules, path], columns)
    lines = without_codes(terminal.finish()).split("\r\n")
    assert all(len(line) <= columns for line in lines)
    heads = lines[0].split()
    if columns < 120:
        assert heads == ["LEVEL", "RULE", "EVENT"]
    else:
        assert heads == ["LEVEL", "TIME", "COMPUTER", "RULE", "EVENT", "WHAT"]
        assert "2024-05-01 12:00:00  a-very-long-nam…" in lines[1]
    assert "2024-05-01 12:00:00" in "".join(lines) or columns == 50


def test_progress_is_shown_and_goes_away(rules: Path) -> None:
    terminal = Terminal(["scan", "-r", rules])
    assert terminal.process.stdin is not None
    terminal.process.stdin.write(b"{}\n" * 10)
    terminal.process.stdin.flush()
    shown = terminal.read_until("events/s")
    assert "\r\x1b[K" in shown
    assert re.search(
        r"\d:\d\d  \d+ events/s  \d+ MB/s  0 matches  10 events", shown
    )
    # A match erases the line before it is printed.
    terminal.process.stdin.write(HIT)
    terminal.process.stdin.flush()
    terminal.read_until("Odd Port")
    text = terminal.finish()
    assert re.search(r"\r\x1b\[K\x1b\[1mLEVEL", text)
    last = text.rindex("events/s  ")
    assert "\r\x1b[K" in text[last:] or "speed" in text[:last]


def test_progress_tells_the_share_of_a_file(
    rules: Path, tmp_path: Path
) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    big = tmp_path / "big.ndjson"
    big.write_bytes(b"{}\n" * 1000)
    # The pipe holds the scan up, so that there is time to look.
    terminal = Terminal(["scan", "-r", rules, "-o", "/dev/null", big, path])
    writer = path.open("wb")
    terminal.read_until("0 matches  1,000 events")
    writer.close()
    assert "[====" not in terminal.finish()


@pytest.mark.parametrize("quiet", [True, False])
def test_progress_is_for_terminals_only(rules: Path, quiet: bool) -> None:
    args = ("-q",) if quiet else ()
    with started("scan", "-r", rules, *args) as process:
        send(process, HIT)
        read_until(process, b"Odd Port")
        time.sleep(1.0)
        _, stderr = process.communicate(timeout=PATIENCE)
    assert b"\r" not in stderr
    assert b"\x1b" not in stderr
