"""The command and its surroundings: terminals, pipes, Ctrl-C."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

HIT = '{"DestinationPort": 4444}\n'
COMMAND = [sys.executable, "-m", "hypersigma"]


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "events.ndjson"
    path.write_text(HIT)
    return path


def on_terminal(args: list[str | Path], **env: str) -> str:
    """Runs the command with a terminal as standard output and error."""
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *args],
        stdin=subprocess.DEVNULL,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "TERM": "xterm-256color", **env},
    )
    os.close(terminal)
    output = b""
    while True:
        try:
            chunk = os.read(controller, 4096)
        except OSError:
            break
        if not chunk:
            break
        output += chunk
    os.close(controller)
    assert process.wait(60) == 0
    return output.decode()


def test_terminal_gets_a_coloured_table(rules: Path, events: Path) -> None:
    text = on_terminal(["scan", "-r", rules, events])
    assert "LEVEL" in text
    assert "\x1b[" in text
    assert '{"rule"' not in text


def test_no_color_is_honoured(rules: Path, events: Path) -> None:
    text = on_terminal(["scan", "-r", rules, events], NO_COLOR="1")
    assert "LEVEL" in text
    assert not re.search(r"\x1b\[[\d;]*3\d", text)


@pytest.mark.parametrize("output_format", ["ndjson", "table"])
def test_reader_that_goes_away_ends_the_scan(
    rules: Path, events: Path, output_format: str
) -> None:
    events.write_text(HIT * 100_000)
    args: list[str | Path] = ["scan", "-q", "-r", rules, events]
    args += ["--output-format", output_format]
    process = subprocess.Popen(
        [*COMMAND, *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) == 141


@pytest.mark.parametrize("output_format", ["ndjson", "json"])
def test_slow_reader_that_does_not_block_gets_all(
    rules: Path, events: Path, output_format: str
) -> None:
    count = 5_000
    events.write_text(HIT * count)
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    args: list[str | Path] = ["scan", "-q", "-r", rules, events]
    args += ["--output-format", output_format]
    process = subprocess.Popen([*COMMAND, *args], stdout=writer)
    os.close(writer)
    time.sleep(0.5)
    with os.fdopen(reader, "rb") as output:
        text = output.read()
    assert process.wait(60) == 0
    assert text.count(b'"index":') == count
    assert text.endswith(b"}\n" if output_format == "ndjson" else b"}\n]\n")


@pytest.mark.parametrize("output_format", ["ndjson", "table"])
def test_interrupt_ends_cleanly_with_what_was_found(
    rules: Path, output_format: str
) -> None:
    with subprocess.Popen(
        [*COMMAND, "scan", "-r", rules, "--output-format", output_format],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(HIT.encode())
        process.stdin.flush()
        assert select.select([process.stdout], [], [], 60)[0]
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.stdout.read(), process.stderr.read()
        assert process.wait(60) == 130
    assert b"Odd Port" in stdout
    assert stderr.endswith(b"interrupted\n")
    assert b"matches     1 of 1 rule" in stderr
    assert b"Traceback" not in stderr


@pytest.fixture
def remarkable(tmp_path: Path) -> Path:
    path = tmp_path / "remarkable.yml"
    path.write_text(
        'title: "\\e[31m[red]T"\nid: "\\e]0;x\\a"\n'
        "logsource: {product: x}\ndetection:\n  s: {a: b}\n  condition: s\n"
    )
    return path


def test_problems_are_coloured_on_a_terminal(remarkable: Path) -> None:
    text = on_terminal(["check", remarkable])
    assert "\x1b[1;36mnote: " in text
    assert "id is '\\x1b]0;x\\x07', expected a UUID" in text
    assert "\x1b]" not in text
    assert "\x07" not in text
    text = on_terminal(["check", remarkable], NO_COLOR="1")
    assert "note: " in text
    assert not re.search(r"\x1b\[[\d;]*3\d", text)


def test_problems_are_plain_elsewhere(remarkable: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "check", remarkable], capture_output=True, check=True
    )
    assert b": note: id is" in done.stdout
    assert b"\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize("format_", ["text", "json", "sarif"])
def test_reader_that_goes_away_ends_the_check(
    tmp_path: Path, format_: str
) -> None:
    path = tmp_path / "wrong.yml"
    path.write_text("---\ntitle: T\n" * 20_000)
    process = subprocess.Popen(
        [*COMMAND, "check", "-q", "--format", format_, path],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) == 141


def test_interrupt_ends_the_check_at_once() -> None:
    with subprocess.Popen(
        [*COMMAND, "check", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"title: T\n")
        process.stdin.flush()
        # Python catches Ctrl-C from its start until the check begins.
        for caught in (True, False):
            for _ in range(6_000):
                if _catches_interrupt(process.pid) == caught:
                    break
                time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == -signal.SIGINT
        assert process.stdout.read() == process.stderr.read() == b""


def _catches_interrupt(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status").read_text()
    caught = re.search(r"^SigCgt:\s*([0-9a-f]+)$", status, re.MULTILINE)
    assert caught is not None
    return bool(int(caught[1], 16) >> (signal.SIGINT - 1) & 1)


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_accident(
    rules: Path, events: Path, closed: str
) -> None:
    command = f'"$@" {closed}'
    done = subprocess.run(
        ["bash", "-c", command, "bash", *COMMAND, "scan", "-r", rules, events],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert (b"Odd Port" in done.stdout) == (">&-" not in closed.split())
