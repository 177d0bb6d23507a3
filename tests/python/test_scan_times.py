"""Scans of a stretch of time: --from and --to."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from conftest import RunCommand

HIT = b'{"DestinationPort": 4444}'


def indexes_of(done: subprocess.CompletedProcess[bytes]) -> list[int]:
    lines = done.stdout.splitlines()
    return [json.loads(line)["event"]["index"] for line in lines]


TIMES = [
    "2024-04-30T23:59:59Z",
    "2024-05-01T00:30:00+01:00",
    "2024-05-01 12:00:00",
    1714608000,
    "1714694399.999",
    "2024-05-03",
    "noon",
    None,
]


@pytest.fixture
def dated(tmp_path: Path) -> str:
    """Events at `TIMES`, each a match."""
    path = tmp_path / "dated.ndjson"
    events = [{"DestinationPort": 4444, "UtcTime": time} for time in TIMES]
    path.write_text("".join(json.dumps(event) + "\n" for event in events))
    return path.name


@pytest.mark.parametrize(
    ("args", "indexes"),
    [
        (("--from", "2024-05-01"), [2, 3, 4, 5]),
        (("--to", "2024-05-01"), [0, 1, 2]),
        (("--to", "2024-05-02"), [0, 1, 2, 3, 4]),
        (("--from", "2024-05-01", "--to", "2024-05-02"), [2, 3, 4]),
        (("--from", "2024-05-01T01:00:00+01:00"), [2, 3, 4, 5]),
        (("--from", "2024-05-01T00:45:00+01:00"), [0, 2, 3, 4, 5]),
        (("--from", "1714608000"), [3, 4, 5]),
        (("--to", "2024-05-01T11:59"), [0, 1]),
        (("--to", "2024-05-01T12:00"), [0, 1, 2]),
    ],
)
def test_times_choose_events(
    run: RunCommand,
    rules: Path,
    dated: str,
    args: tuple[str, ...],
    indexes: list[int],
) -> None:
    done = run("scan", "-r", rules, *args, dated)
    # Those that say no time are kept, and told.
    assert indexes_of(done) == [*indexes, 6, 7]
    outside = 6 - len(indexes)
    text = done.stderr.decode()
    left_out = f"{outside} event{'' if outside == 1 else 's'} outside"
    assert f"times       {left_out} --from and --to left out\n" in text
    assert "times       2 events without a time that can be read kept" in text


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--from", "yesterday"), "error: --from: 'yesterday' is not a time"),
        (("--to", "2024-13-01"), "error: --to: '2024-13-01' is not a time"),
        (
            ("--from", "2024-05-02", "--to", "2024-05-01"),
            "error: --to is before --from",
        ),
    ],
)
def test_wrong_times_are_an_error(
    run: RunCommand, rules: Path, args: tuple[str, ...], message: str
) -> None:
    done = run("scan", "-r", rules, *args, stdin=HIT)
    assert done.returncode == 3
    assert done.stderr.decode().startswith(message)
