"""What a scan writes: every format, with texts that want to be obeyed."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from conftest import RunCommand
from hypersigma.outputs import safe_cell

HOSTILE = (
    "\"=cmd|'/c calc'!A1 [bold red]x[/] \\e[31m \\u202e \\x9b2J \\r\\n \\0 "
    '\\u2028"'
)
EVENT = {
    "DestinationPort": 4444,
    "UtcTime": "2024-05-01 12:00:00.123",
    "Computer": "\x1b]0;pwned\x07ws1",
    "big": 12345678901234567890,
}


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A rule and an event whose texts try everything."""
    (tmp_path / "hostile.yml").write_text(
        f"title: {HOSTILE}\nauthor: {HOSTILE}\nlevel: high\n"
        "logsource: {product: x}\ndetection:\n"
        f"  s: {{DestinationPort: [4444, {HOSTILE}]}}\n  condition: s\n"
    )
    path = tmp_path / "=events\x1b[2J.ndjson"
    path.write_text(json.dumps(EVENT) + "\n")
    return path


def scan(
    run: RunCommand, events: Path, *args: str
) -> subprocess.CompletedProcess[bytes]:
    done = run("scan", "-r", "hostile.yml", *args, events.name)
    assert done.returncode == 0
    return done


def is_shown(text: str) -> bool:
    """Whether a terminal shows all of a text, and obeys none of it."""
    return all(char == "\n" or char.isprintable() for char in text)


@pytest.mark.parametrize("format_", ["table", "ndjson", "json", "csv"])
def test_nothing_is_obeyed_by_a_terminal(
    run: RunCommand, hostile: Path, format_: str
) -> None:
    done = scan(run, hostile, "-f", format_, "--include-event")
    text = done.stdout.decode()
    assert "=cmd" in text
    assert "[bold red]" in text
    assert is_shown(text)
    assert is_shown(done.stderr.decode())


def matches(done: subprocess.CompletedProcess[bytes]) -> Any:
    return json.loads(done.stdout)


def test_ndjson_says_what_the_texts_were(
    run: RunCommand, hostile: Path
) -> None:
    (line,) = scan(run, hostile).stdout.splitlines()
    match = json.loads(line)
    title = "=cmd|'/c calc'!A1 [bold red]x[/] \x1b[31m \u202e \x9b2J \r\n \0 "
    assert match["rule"]["title"] == title + "\u2028"
    assert match["event"] == {
        "file": hostile.name,
        "index": 0,
        "time": EVENT["UtcTime"],
        "computer": EVENT["Computer"],
    }


def test_json_is_an_array_of_the_same(run: RunCommand, hostile: Path) -> None:
    lines = scan(run, hostile, "-f", "ndjson").stdout.splitlines()
    text = scan(run, hostile, "-f", "json").stdout
    assert json.loads(text) == [json.loads(line) for line in lines]
    assert text.count(b"\n") == len(lines) + 2


def test_json_of_nothing_is_an_empty_array(
    run: RunCommand, rules: Path, tmp_path: Path
) -> None:
    done = run("scan", "-r", rules, "-f", "json", stdin=b"{}\n")
    assert done.stdout == b"[]\n"


def rows(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(done.stdout.decode())))


def test_csv_has_a_row_a_match_and_no_formula(
    run: RunCommand, hostile: Path
) -> None:
    done = scan(run, hostile, "-f", "csv")
    assert done.stdout.count(b"\n") == 2
    (row,) = rows(done)
    assert list(row) == [
        "time",
        "level",
        "title",
        "computer",
        "file",
        "index",
        "indicators",
        "selections",
        "tags",
        "status",
        "rule_id",
        "author",
        "rule_file",
    ]
    assert row["title"].startswith("'=cmd|")
    assert row["file"] == "'=events\\x1b[2J.ndjson"
    assert row["indicators"] == "DestinationPort eq 4444"
    assert not any(cell.startswith(tuple("=+-@\t\r")) for cell in row.values())


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\uff1d"])
def test_cells_that_begin_like_formulas_do_not(begin: str) -> None:
    assert safe_cell(f"{begin}1").startswith("'")
    assert safe_cell(f"1{begin}") == safe_cell("1") + safe_cell(begin)[1:]


def test_events_are_included_as_they_stand(
    run: RunCommand, hostile: Path
) -> None:
    done = scan(run, hostile, "--include-event")
    assert json.loads(done.stdout)["event"]["data"] == EVENT
    # No number went through a float.
    hostile.write_text('{"DestinationPort": 4444.0, "n": 1.10e400}\n')
    assert b'"data":{"DestinationPort":4444.0,"n":1.10e400}' in scan(
        run, hostile, "--include-event"
    ).stdout.replace(b" ", b"")
    (row,) = rows(scan(run, hostile, "-f", "csv", "--include-event"))
    assert row["event"] == '{"DestinationPort":4444.0,"n":1.10e400}'


def test_event_of_a_csv_cell_is_json(run: RunCommand, hostile: Path) -> None:
    (row,) = rows(scan(run, hostile, "-f", "csv", "--include-event"))
    assert json.loads(row["event"]) == EVENT


def test_events_are_included_where_records_are_no_lines(
    run: RunCommand, rules: Path
) -> None:
    done = run(
        "scan", "-r", rules, "--include-event",
        stdin=b'[\n {\n  "DestinationPort": 4444,\r\n  "a": "b\\nc"\n }\n]\n',
    )  # fmt: skip
    (line,) = done.stdout.splitlines()
    data = json.loads(line)["event"]["data"]
    assert data == {"DestinationPort": 4444, "a": "b\nc"}


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("m.csv", b'"time","level"'),
        ("m.json", b"[\n{"),
        ("m.jsonl", b'{"schema"'),
        ("m", b'{"schema"'),
    ],
)
def test_ending_of_the_output_tells_its_format(
    run: RunCommand, hostile: Path, tmp_path: Path, name: str, begin: bytes
) -> None:
    done = scan(run, hostile, "-o", name)
    assert done.stdout == b""
    assert (tmp_path / name).read_bytes().startswith(begin)
    assert b"matches     1 of 1 rule" in done.stderr


def test_table_can_be_written_to_a_file(
    run: RunCommand, hostile: Path, tmp_path: Path
) -> None:
    scan(run, hostile, "-o", "m.txt", "-f", "table")
    text = (tmp_path / "m.txt").read_text()
    assert text.splitlines()[0].split() == ["LEVEL", "RULE", "EVENT"]
    assert "2024-05-01 12:00:00  \\x1b]0;p" in text


def test_output_is_no_input(
    run: RunCommand, hostile: Path, tmp_path: Path
) -> None:
    before = hostile.read_bytes()
    (tmp_path / "link").symlink_to(hostile.name)
    for name in (hostile.name, "link"):
        done = run("scan", "-r", "hostile.yml", "-o", name, hostile.name)
        assert done.returncode == 3
        assert b"is read by this scan" in done.stderr
        assert hostile.read_bytes() == before


def test_output_that_cannot_be_opened_is_an_error(
    run: RunCommand, hostile: Path
) -> None:
    done = run("scan", "-r", "hostile.yml", "-o", "no/such", hostile.name)
    assert done.returncode == 3
    assert b"error: no/such: No such file" in done.stderr


def test_output_that_is_full_is_an_error(
    run: RunCommand, hostile: Path
) -> None:
    done = run("scan", "-r", "hostile.yml", "-o", "/dev/full", hostile.name)
    assert done.returncode == 3
    assert b"No space left on device" in done.stderr


def test_colours_can_be_forced(run: RunCommand, hostile: Path) -> None:
    done = scan(run, hostile, "-f", "table", "--color", "always")
    assert b"\x1b[1;31mhigh\x1b[0m" in done.stdout
    assert b"\x1b[1mrules" in done.stderr
    # Nothing but colours; what rules and events say stays escaped.
    plain = re.sub(r"\x1b\[[\d;]*m", "", done.stdout.decode())
    assert is_shown(plain)


def test_limit_ends_the_scan(
    run: RunCommand, rules: Path, tmp_path: Path
) -> None:
    done = run(
        "scan", "-r", rules, "--limit", "3",
        stdin=b'{"DestinationPort": 4444}\n' * 50_000,
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stdout.count(b"\n") == 3
    assert b"matches     3 of 1 rule, then stopped by --limit" in done.stderr


def test_rejects_are_all_written(
    run: RunCommand, rules: Path, tmp_path: Path
) -> None:
    (tmp_path / "e.ndjson").write_text('{"a":\n{}\n' * 500)
    done = run("scan", "-r", rules, "--rejects", "r.ndjson", "e.ndjson")
    assert done.returncode == 0
    lines = (tmp_path / "r.ndjson").read_text().splitlines()
    assert len(lines) == 500
    assert json.loads(lines[-1]) == {
        "file": "e.ndjson",
        "index": 998,
        "line": 999,
        "byte": 6,
        "message": json.loads(lines[0])["message"],
    }


def test_fail_on_match_tells_by_the_exit_code(
    run: RunCommand, rules: Path
) -> None:
    args = ("scan", "-q", "-r", rules, "--fail-on-match")
    assert run(*args, stdin=b'{"DestinationPort": 4444}').returncode == 1
    assert run(*args, stdin=b'{"DestinationPort": 80}').returncode == 0
    # What was not scanned may match too: that comes first.
    done = run(*args, "missing", "-", stdin=b'{"DestinationPort": 4444}')
    assert done.returncode == 3
    assert done.stdout.count(b"\n") == 1


def test_summary_counts_by_level_file_and_computer(
    run: RunCommand, rules: Path, tmp_path: Path
) -> None:
    whoami = '{"Image": "C:\\\\whoami.exe", "Computer": "ws1"}\n'
    (tmp_path / "a.ndjson").write_text(
        whoami * 3 + '{"DestinationPort": 1337, "Computer": "ws2"}\n'
    )
    (tmp_path / "b.ndjson").write_text(whoami)
    (tmp_path / "readme.md").write_text("# No events\n")
    done = run("scan", "-r", rules, ".")
    lines = done.stderr.decode().splitlines()
    assert lines[1:9] == [
        "files       2 scanned, 2 of other kinds skipped",
        "events      5 read, 0 malformed, 0 repaired",
        "matches     5 of 2 rules",
        "  high      1  Odd Port",
        "  low       4  Whoami Execution",
        "by file     4  ./a.ndjson",
        "            1  ./b.ndjson",
        "by computer 4  ws1",
    ]
