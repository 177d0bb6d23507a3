"""`hypersigma compile`, and scans with --engine and --cache."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from conftest import RULES, RunCommand
from hypersigma import Engine

EVENTS = (
    b'{"Image": "C:\\\\whoami.exe"}\n{"DestinationPort": 4444}\n{"User": "x"}\n'
)


@pytest.fixture
def engine_file(run: RunCommand, rules: Path, tmp_path: Path) -> Path:
    path = tmp_path / "rules.engine"
    done = run("compile", "-r", str(rules), "-o", str(path))
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "events.jsonl"
    path.write_bytes(EVENTS)
    return path


def test_compile_writes_an_engine_that_loads(
    run: RunCommand, rules: Path, tmp_path: Path
) -> None:
    path = tmp_path / "rules.engine"
    done = run("compile", "-r", str(rules), "-o", str(path))
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"2 rules" in done.stderr
    assert Engine.load(path).rules == Engine.from_path(rules).rules


def test_quiet_compiling_says_nothing(
    run: RunCommand, rules: Path, tmp_path: Path
) -> None:
    path = tmp_path / "rules.engine"
    done = run("compile", "-q", "-r", str(rules), "-o", str(path))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert path.exists()


def test_a_scan_with_the_file_is_that_with_the_rules(
    run: RunCommand, rules: Path, engine_file: Path, events: Path
) -> None:
    expected = run("scan", "-r", str(rules), str(events))
    rules.unlink()
    done = run("scan", "--engine", str(engine_file), str(events))
    assert expected.stdout.count(b"\n") == 2
    assert (done.returncode, done.stdout) == (0, expected.stdout)


def test_rules_are_chosen_and_explained_from_the_file(
    run: RunCommand, rules: Path, engine_file: Path, events: Path
) -> None:
    flags = ("--level", "high", "--explain", "--load-report", "report.json")
    expected = run("scan", "-r", str(rules), *flags, str(events))
    report = json.loads((events.parent / "report.json").read_text())
    (events.parent / "report.json").unlink()
    done = run("scan", "--engine", str(engine_file), *flags, str(events))
    assert done.stdout.count(b"\n") == 1
    assert (done.returncode, done.stdout) == (0, expected.stdout)
    assert json.loads((events.parent / "report.json").read_text()) == report


def test_options_of_compiling_are_in_the_file(
    run: RunCommand, tmp_path: Path
) -> None:
    rule = RULES.split("---")[1].replace(
        "DestinationPort: [4444, 1337]", "Name|expand: '%who%'"
    )
    (tmp_path / "rule.yml").write_text(rule)
    (tmp_path / "names.json").write_text('{"who": ["jane"]}')
    flags = ("--placeholders", "names.json", "--logsource-field", "source")
    done = run("compile", "-r", "rule.yml", "-o", "engine", *flags)
    assert done.returncode == 0, done.stderr
    event = '{"Name": "jane", "source": {"category": "%s"}}'
    for category, matches in (("network_connection", 1), ("file_event", 0)):
        scan = run("scan", "--engine", "engine", "-e", event % category)
        assert scan.stdout.count(b"\n") == matches, scan.stderr


@pytest.mark.parametrize(
    ("flags", "fix"),
    [
        (("--rules", "r.yml"), b"give one of both"),
        (("--pipeline", "p.yml"), b"give it to `hypersigma compile`"),
        (("--placeholders", "p.json"), b"give it to `hypersigma compile`"),
        (("--strict",), b"give it to `hypersigma compile`"),
        (("--taxonomy", "t.yml"), b"give it to `hypersigma compile`"),
        (("--logsource-field", "s"), b"give it to `hypersigma compile`"),
        (("--verify",), b"give --rules instead of --engine"),
        (("--verify-every", "2"), b"give --rules instead of --engine"),
        (("--cache", "folder"), b"leave --cache out"),
    ],
)
def test_what_the_file_holds_is_not_said_again(
    run: RunCommand, engine_file: Path, flags: tuple[str, ...], fix: bytes
) -> None:
    done = run("scan", "--engine", str(engine_file), "-e", "{}", *flags)
    assert (done.returncode, done.stdout) == (3, b"")
    assert flags[0].encode() + b" together with --engine: " in done.stderr
    assert fix in done.stderr


def test_a_scan_needs_rules_or_an_engine(run: RunCommand) -> None:
    done = run("scan", "-e", "{}")
    assert done.returncode == 3
    assert b"give --rules PATH, or --engine FILE" in done.stderr


def test_a_wrong_engine_file_is_no_usable_rules(
    run: RunCommand, rules: Path
) -> None:
    done = run("scan", "--engine", str(rules), "-e", "{}")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"not an engine file" in done.stderr
    assert b"hypersigma compile" in done.stderr
    done = run("scan", "--engine", "none", "-e", "{}")
    assert done.returncode == 2
    assert b"none" in done.stderr


def test_compile_ends_as_scans_do(run: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "bad.yml").write_text(RULES + "---\ntitle: no detection\n")
    (tmp_path / "none.yml").write_text("title: no detection\n")
    flags = ("-o", "engine", "--load-report", "report.json")
    for arguments in (
        ("-r", "absent.yml"),
        ("-r", "none.yml"),
        ("-r", "bad.yml", "--strict"),
    ):
        done = run("compile", *arguments, *flags)
        scan = run("scan", *arguments, "-e", "{}")
        assert done.returncode == scan.returncode == 2
        assert done.stderr.splitlines()[-1] == scan.stderr.splitlines()[-1]
        assert not (tmp_path / "engine").exists()
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["counts"]["refused"] == 1
    done = run("compile", "-r", "bad.yml", *flags)
    assert done.returncode == 0
    assert b"no detection" in done.stderr


def test_compile_harms_no_file_that_it_reads(
    run: RunCommand, rules: Path, tmp_path: Path
) -> None:
    done = run("compile", "-r", str(rules), "-o", str(rules))
    assert done.returncode == 3
    assert b"name another file after -o" in done.stderr
    assert rules.read_text() == RULES
    (tmp_path / "names.json").write_text("{}")
    flags = ("--placeholders", "names.json", "-o", "./names.json")
    assert run("compile", "-r", str(rules), *flags).returncode == 3
    assert (tmp_path / "names.json").read_text() == "{}"


def test_compile_replaces_nothing_but_files(
    run: RunCommand, rules: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = run("compile", "-r", str(rules), "-o", "pipe")
    assert done.returncode == 3
    assert b"no regular file" in done.stderr
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("output", [".", "none/engine"])
def test_a_file_that_cannot_be_written_is_an_error(
    run: RunCommand, rules: Path, output: str
) -> None:
    done = run("compile", "-r", str(rules), "-o", output)
    assert done.returncode == 3
    assert output.encode() in done.stderr


def test_the_cache_is_filled_and_used(
    run: RunCommand, rules: Path, events: Path, tmp_path: Path
) -> None:
    command = ("scan", "-r", str(rules), str(events))
    expected = run(*command)
    for _ in range(2):
        done = run(*command, "--cache", "cache")
        assert (done.returncode, done.stdout) == (0, expected.stdout)
        assert b"cache:" not in done.stderr
    (file,) = (tmp_path / "cache").iterdir()
    assert len(Engine.load(file).rules) == 2


def test_a_damaged_cache_is_told_and_repaired(
    run: RunCommand, rules: Path, events: Path, tmp_path: Path
) -> None:
    command = ("scan", "-r", str(rules), str(events), "--cache", "cache")
    expected = run(*command)
    (file,) = (tmp_path / "cache").iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    done = run(*command)
    assert (done.returncode, done.stdout) == (0, expected.stdout)
    assert b"warning: cache: " in done.stderr
    assert b"warning: cache: " not in run(*command).stderr
    file.write_bytes(file.read_bytes()[:-1])
    assert run(*command, "-q").stderr == b""


def test_the_cache_is_strict_each_time(run: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "bad.yml").write_text(RULES + "---\ntitle: no detection\n")
    command = ("scan", "-r", "bad.yml", "-e", "{}", "--cache", "cache")
    for _ in range(2):
        done = run(*command, "--strict")
        assert done.returncode == 2
        assert b"fail --strict" in done.stderr
    assert run(*command).returncode == 0


@pytest.mark.parametrize("flags", [("--verify",), ("--verify-every", "2")])
def test_a_cache_is_not_verified(
    run: RunCommand, rules: Path, flags: tuple[str, ...], tmp_path: Path
) -> None:
    command = ("scan", "-r", str(rules), "-e", "{}", "--cache", "cache")
    done = run(*command, *flags)
    assert done.returncode == 3
    assert flags[0].encode() in done.stderr
    assert b"leave --cache out" in done.stderr
    assert not (tmp_path / "cache").exists()
