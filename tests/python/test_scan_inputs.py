"""What a scan reads, and which of the events count."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import struct
import subprocess
from pathlib import Path
from typing import Any

import pytest

from conftest import RunCommand

ROOT = Path(__file__).parents[2]
HIT = '{"DestinationPort": 4444}\n'


def found(done: subprocess.CompletedProcess[bytes]) -> list[tuple[str, int]]:
    """Returns where the matches are."""
    lines = map(json.loads, done.stdout.splitlines())
    return [(line["event"]["file"], line["event"]["index"]) for line in lines]


def last_line(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stderr.decode().splitlines()[-1]


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """A folder with one match in each file of events."""
    folder = tmp_path / "logs"
    (folder / "b" / "deep").mkdir(parents=True)
    (folder / "z.ndjson").write_text(HIT)
    (folder / "a.JSON").write_text(f"[{HIT}]")
    packed = gzip.compress(HIT.encode())
    (folder / "b" / "deep" / "c.jsonl.gz").write_bytes(packed)
    for name in ("notes.txt", "auth.log.1"):
        (folder / name).write_text("4444\n")
    return folder


def test_folder_is_scanned_at_any_depth_in_order(
    run: RunCommand, rules: Path, logs: Path
) -> None:
    done = run("scan", "-r", rules, "logs")
    assert done.returncode == 0
    assert found(done) == [
        ("logs/a.JSON", 0),
        ("logs/z.ndjson", 0),
        ("logs/b/deep/c.jsonl.gz", 0),
    ]
    assert b"files       3 scanned, 2 of other kinds skipped\n" in done.stderr


def test_patterns_name_files_and_folders(
    run: RunCommand, rules: Path, logs: Path
) -> None:
    done = run("scan", "-q", "-r", rules, "logs/**/*.jsonl.gz", "lo?s/b")
    assert found(done) == [("logs/b/deep/c.jsonl.gz", 0)] * 2
    done = run("scan", "-q", "-r", rules, "logs/**")
    assert len(found(done)) == 3
    # A file of that very name is no pattern.
    (logs / "[x].ndjson").write_text(HIT)
    done = run("scan", "-q", "-r", rules, "logs/[x].ndjson")
    assert found(done) == [("logs/[x].ndjson", 0)]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("empty", "error: empty: no files of events in this folder (.evtx,"),
        ("nothing/*.evtx", "error: nothing/*.evtx: nothing has such a name"),
    ],
)
def test_nothing_to_scan_is_an_error(
    run: RunCommand, rules: Path, tmp_path: Path, name: str, message: str
) -> None:
    (tmp_path / "empty" / "deep").mkdir(parents=True)
    done = run("scan", "-r", rules, name)
    assert done.returncode == 3
    assert done.stdout == b""
    assert done.stderr.decode().startswith(message)


def test_what_cannot_be_read_stops_nothing_else(
    run: RunCommand, rules: Path, logs: Path
) -> None:
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    (logs / "z.ndjson").chmod(0)
    (logs / "b").chmod(0)
    done = run("scan", "-q", "-r", rules, "logs")
    (logs / "b").chmod(0o700)
    assert done.returncode == 3
    assert found(done) == [("logs/a.JSON", 0)]
    assert done.stderr.decode().splitlines() == [
        "error: logs/b: Permission denied",
        "error: logs/z.ndjson: Permission denied",
    ]


def test_link_to_nowhere_stops_nothing_else(
    run: RunCommand, rules: Path, logs: Path
) -> None:
    (logs / "gone.ndjson").symlink_to("nowhere")
    done = run("scan", "-r", rules, "logs")
    assert done.returncode == 3
    assert len(found(done)) == 3
    text = done.stderr.decode()
    assert "files       4 scanned, 2 of other kinds skipped, 1 with" in text
    assert text.endswith("error: logs/gone.ndjson: No such file or directory\n")


def test_many_files_with_problems_are_listed_in_part(
    run: RunCommand, rules: Path
) -> None:
    done = run("scan", "-q", "-r", rules, *(f"f{n}" for n in range(50)))
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 11
    assert lines[-1] == "and 40 more such files"


def test_events_stand_on_the_command_line(run: RunCommand, rules: Path) -> None:
    done = run("scan", "-q", "-r", rules, "-e", "{}", "-e", HIT, stdin=b"{")
    assert done.returncode == 0
    assert found(done) == [("<event>", 1)]


def test_event_may_be_a_file(run: RunCommand, rules: Path, logs: Path) -> None:
    done = run("scan", "-q", "-r", rules, "-e", "@logs/z.ndjson", "-e", HIT)
    assert found(done) == [("<event>", 0), ("logs/z.ndjson", 0)]


def test_malformed_event_has_its_place(run: RunCommand, rules: Path) -> None:
    done = run("scan", "-r", rules, "-e", "{}", "-e", '{"a"')
    assert b"malformed: <event> #1: " in done.stderr


KEYWORDS = """
title: Failed Logon
logsource: {product: linux, service: auth}
detection:
  keywords: ['Failed password']
  filter: {User: root}
  condition: keywords and not filter
"""


def test_raw_lines_are_for_keyword_rules(
    run: RunCommand, tmp_path: Path
) -> None:
    (tmp_path / "k.yml").write_text(KEYWORDS)
    text = 'sshd: Failed password for root\n\n[{"a": "x"}, 1]\nok\xff\n'
    args = ("scan", "-r", "k.yml", "--input", "raw", "--include-event")
    done = run(*args, stdin=text.encode("latin-1"))
    assert done.returncode == 0
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["event"] == {
        "file": "-",
        "index": 0,
        "time": "",
        "computer": "",
        "data": "sshd: Failed password for root",
    }
    assert b"events      3 read, 0 malformed" in done.stderr


def test_raw_input_takes_other_files_of_a_folder(
    run: RunCommand, tmp_path: Path
) -> None:
    (tmp_path / "k.yml").write_text(KEYWORDS)
    folder = tmp_path / "log"
    folder.mkdir()
    names = ["auth.log", "auth.log.1", "auth.log.2.gz", "messages-20240501"]
    for name in names:
        data = b"Failed password\n"
        (folder / name).write_bytes(
            gzip.compress(data) if name.endswith(".gz") else data
        )
    (folder / "x.json").write_text("Failed password\n")
    done = run("scan", "-q", "-r", "k.yml", "--input", "raw", "log")
    assert found(done) == [(f"log/{name}", 0) for name in names]


def test_raw_input_cannot_be_verified(run: RunCommand, rules: Path) -> None:
    done = run("scan", "-r", rules, "--input", "raw", "--verify")
    assert done.returncode == 3
    assert b"error: --input raw: " in done.stderr


def test_event_path_finds_events_in_others(
    run: RunCommand, rules: Path
) -> None:
    text = json.dumps({"hits": [{"_source": {"DestinationPort": 1337}}] * 2})
    done = run(
        "scan", "-q", "-r", rules, "--event-path", "hits._source",
        stdin=text.encode(),
    )  # fmt: skip
    assert found(done) == [("-", 0), ("-", 1)]


def test_json_of_any_shape_is_told_by_its_content(
    run: RunCommand, rules: Path
) -> None:
    hit = {"DestinationPort": 1337}
    pretty = json.dumps(hit, indent=2)
    for text in (pretty, pretty * 2, f"[{HIT},{HIT}]", HIT * 2):
        done = run("scan", "-q", "-r", rules, stdin=text.encode())
        assert found(done) == [("-", n) for n in range(1 + (text != pretty))]
    # Lines are lines where that is said.
    done = run("scan", "-r", rules, "--input", "lines", stdin=pretty.encode())
    assert b"3 malformed" in done.stderr


EVENT_LOGS = sorted((ROOT / "examples" / "evtx").glob("*.evtx"))
ANYTHING = """
title: Anything
logsource: {product: windows}
detection:
  s: {EventID|exists: true}
  condition: s
"""


@pytest.fixture
def any_rule(tmp_path: Path) -> str:
    (tmp_path / "any.yml").write_text(ANYTHING)
    return "any.yml"


def test_event_logs_are_told_by_their_content(
    run: RunCommand, tmp_path: Path, any_rule: str
) -> None:
    pytest.importorskip("evtx")
    shutil.copy(EVENT_LOGS[0], tmp_path / "copy")
    done = run("scan", "-r", any_rule, "--include-event", "copy")
    assert done.returncode == 0
    match = json.loads(done.stdout.splitlines()[0])
    assert match["event"]["index"] == 1
    assert match["event"]["time"]
    assert match["event"]["computer"]
    system = match["event"]["data"]["Event"]["System"]
    assert system["Computer"] == match["event"]["computer"]
    verified = run("scan", "--verify", "-r", any_rule, "copy")
    assert verified.returncode == 0
    assert b"verified" in verified.stderr


def join_logs(logs: list[Path]) -> bytearray:
    """Makes one event log of the chunks of several."""
    header = bytearray(logs[0].read_bytes()[:4096])
    chunks = [log.read_bytes()[4096 : 4096 + 65536] for log in logs]
    struct.pack_into("<Q", header, 16, len(chunks) - 1)
    struct.pack_into("<H", header, 42, len(chunks))
    return header + b"".join(chunks)


def test_damaged_event_log_is_told_and_the_rest_scanned(
    run: RunCommand, tmp_path: Path, any_rule: str
) -> None:
    pytest.importorskip("evtx")
    log = join_logs(EVENT_LOGS)
    (tmp_path / "whole.evtx").write_bytes(log)
    whole = run("scan", "-q", "-r", any_rule, "whole.evtx")
    assert whole.returncode == 0
    begin = 4096 + 65536
    log[begin + 128 : begin + 600] = b"\xff" * 472
    log[begin + 65536 : begin + 65544] = bytes(8)
    (tmp_path / "damaged.evtx").write_bytes(log)
    done = run("scan", "-r", any_rule, "damaged.evtx", "whole.evtx")
    assert done.returncode == 3
    counts = [file for file, _ in found(done)]
    assert counts.count("whole.evtx") == len(found(whole)) >= 4
    assert 2 <= counts.count("damaged.evtx") < len(found(whole))
    assert last_line(done).startswith("error: damaged.evtx: damaged: ")
    assert "(and 1 more); the rest was scanned" in last_line(done)


@pytest.mark.parametrize("content", [b"", b"ElfFile\0", b"x" * 5000])
def test_file_that_is_no_event_log_is_an_error(
    run: RunCommand, tmp_path: Path, any_rule: str, content: bytes
) -> None:
    pytest.importorskip("evtx")
    (tmp_path / "junk.evtx").write_bytes(content)
    done = run("scan", "-q", "-r", any_rule, "--input", "evtx", "junk.evtx")
    assert done.returncode == 3
    assert done.stderr.startswith(b"error: junk.evtx: ")
    assert done.stderr.count(b"\n") == 1


def test_missing_event_log_is_an_error(run: RunCommand, any_rule: str) -> None:
    done = run("scan", "-q", "-r", any_rule, "--input", "evtx", "no.evtx")
    assert done.returncode == 3
    assert done.stderr == b"error: no.evtx: No such file or directory\n"


def test_event_logs_need_the_package_evtx(
    run: RunCommand, tmp_path: Path, any_rule: str
) -> None:
    (tmp_path / "a.evtx").write_bytes(b"ElfFile\0")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "evtx.py").write_text("raise ImportError\n")
    site = str(tmp_path / "site")
    done = run("scan", "-q", "-r", any_rule, "a.evtx", PYTHONPATH=site)
    assert done.returncode == 3
    assert done.stderr.endswith(b"pip install evtx\n")


def test_event_logs_come_in_files(run: RunCommand, any_rule: str) -> None:
    done = run("scan", "-r", any_rule, "--input", "evtx")
    assert done.returncode == 3
    assert b"expected files, not standard input" in done.stderr


def test_fields_reads_what_a_scan_reads(
    run: RunCommand, rules: Path, logs: Path
) -> None:
    done = run(
        "fields", "-r", rules, "--format", "json",
        "--logsource", "category=network_connection", "logs",
    )  # fmt: skip
    assert done.returncode == 0
    sources: list[dict[str, Any]] = json.loads(done.stdout)["log_sources"]
    assert [source["events"] for source in sources] == [0, 3]
