"""Profiles: `Engine.profile`, `hypersigma profile`, and --profile."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import RunCommand
from hypersigma import Engine, Profile, RuleSet

RULE = """
title: Common And Rare
id: 4f7a1c0a-9b7e-4c3c-8f7d-0d6f6a1f2b11
level: high
logsource: {product: windows}
detection:
  s: {F|contains: long and common, F|endswith: end}
  condition: s
"""
EVENTS = b'{"F": "long and common"}\n' * 8 + (
    b'{"F": "long and common end"}\n{"F": "other"}\nnonsense\n'
)


@pytest.fixture
def rule(tmp_path: Path) -> Path:
    path = tmp_path / "rule.yml"
    path.write_text(RULE)
    return path


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "events.ndjson"
    path.write_bytes(EVENTS)
    return path


def test_an_engine_with_the_profile_evaluates_less(
    rule: Path, events: Path
) -> None:
    before = Engine.from_path(rule).profile([events], threads=2)
    assert before.profile.events == 10
    assert before.profile.predicates == 2
    assert before.summary.malformed == 1
    assert [(one.evaluated, one.matched) for one in before.rules] == [(9, 1)]
    assert before.candidates == pytest.approx(0.9)
    engine = Engine.from_path(rule, profile=before.profile)
    after = engine.profile([events])
    assert [(one.evaluated, one.matched) for one in after.rules] == [(1, 1)]
    assert after.profile.to_ndjson() == before.profile.to_ndjson()
    assert len(engine.scan('{"F": "long and common end"}')) == 1


def test_a_profile_is_written_and_read(
    rule: Path, events: Path, tmp_path: Path
) -> None:
    profile = Engine.from_path(rule).profile([events]).profile
    profile.write(tmp_path / "profile")
    read = Profile.from_file(tmp_path / "profile")
    assert read.to_ndjson() == profile.to_ndjson()
    head, *lines = map(json.loads, read.to_ndjson().splitlines())
    assert head == {
        "hypersigma_profile": 1,
        "events": 10,
        "log_sources": 1,
        "predicates": 2,
    }
    assert lines[1] == {
        "field": "F",
        "op": "contains",
        "operand": "long and common",
        "fired": [[0, 9]],
    }
    assert Profile.from_ndjson(read.to_ndjson().encode()).events == 10


def test_a_damaged_profile_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^<profile>:1: byte 1: "):
        Profile.from_ndjson("damaged")
    path = tmp_path / "profile"
    path.write_text('{"hypersigma_profile": 2}')
    with pytest.raises(ValueError, match=r"profile:1: a profile of version 2"):
        Profile.from_file(path)


def test_profiles_work_wherever_engines_are_made(
    rule: Path, events: Path, tmp_path: Path
) -> None:
    profile = Engine.from_path(rule).profile([events]).profile
    engines = [
        Engine(RuleSet.from_path(rule), profile=profile),
        Engine.from_yaml(RULE, profile=profile),
        Engine.load_or_build([rule], tmp_path / "cache", profile=profile),
        Engine.load_or_build([rule], tmp_path / "cache", profile=profile),
    ]
    assert [each.is_loaded for each in engines] == [False, False, False, True]
    for engine in engines:
        assert engine.profile([events]).rules[0].evaluated == 1
    other = Engine.load_or_build([rule], tmp_path / "cache")
    assert not other.is_loaded
    assert other.profile([events]).rules[0].evaluated == 9


def test_the_command_writes_a_profile_and_says_what_rules_cost(
    run: RunCommand, rule: Path, events: Path, tmp_path: Path
) -> None:
    path = tmp_path / "profile"
    done = run("profile", "-r", str(rule), "-o", str(path), str(events))
    assert (done.returncode, done.stdout) == (0, b"")
    expected = Engine.from_path(rule).profile([events]).profile
    assert path.read_text() == expected.to_ndjson()
    shown = done.stderr.decode()
    assert "profile: 10 events, 2 predicates" in shown
    assert "rules evaluated for an event: 0.90, with the profile 0.10" in shown
    assert "EVALUATED   PROFILED    MATCHED  RULE" in shown
    assert "        9          1          1  Common And Rare" in shown


def test_standard_input_is_read_once(
    run: RunCommand, rule: Path, tmp_path: Path
) -> None:
    path = tmp_path / "profile"
    done = run("profile", "-r", str(rule), "-o", str(path), stdin=EVENTS)
    assert done.returncode == 0
    assert Profile.from_file(path).events == 10
    assert b"rules evaluated for an event: 0.90\n" in done.stderr
    assert b"EVALUATED    MATCHED  RULE" in done.stderr


def test_quiet_says_nothing(
    run: RunCommand, rule: Path, events: Path, tmp_path: Path
) -> None:
    path = tmp_path / "profile"
    done = run("profile", "-q", "-r", str(rule), "-o", str(path), str(events))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert Profile.from_file(path).events == 10


def test_scans_with_a_profile_find_the_same(
    run: RunCommand, rule: Path, events: Path, tmp_path: Path
) -> None:
    path = str(tmp_path / "profile")
    run("profile", "-q", "-r", str(rule), "-o", path, str(events))
    expected = run("scan", "-q", "-r", str(rule), str(events))
    done = run("scan", "-q", "-r", str(rule), "--profile", path, str(events))
    assert expected.stdout.count(b"\n") == 1
    assert (done.returncode, done.stdout) == (0, expected.stdout)
    engine = str(tmp_path / "engine")
    compiled = run("compile", "-r", str(rule), "--profile", path, "-o", engine)
    assert compiled.returncode == 0
    assert Engine.load(engine).profile([events]).rules[0].evaluated == 1


@pytest.mark.parametrize("command", ["scan", "compile"])
def test_what_is_no_profile_ends_the_command(
    run: RunCommand, rule: Path, events: Path, command: str
) -> None:
    flags = ["-o", "engine"] if command == "compile" else [str(events)]
    done = run(command, "-r", str(rule), "--profile", str(rule), *flags)
    assert done.returncode == 3
    assert b"error: profile: " in done.stderr
    assert b"rule.yml:2: byte 1: " in done.stderr


def test_files_that_are_read_are_not_replaced(
    run: RunCommand, rule: Path, events: Path
) -> None:
    for path in (rule, events):
        before = path.read_bytes()
        done = run("profile", "-r", str(rule), "-o", str(path), str(events))
        assert done.returncode == 3
        assert b"is read by this command" in done.stderr
        assert path.read_bytes() == before


def test_an_engine_file_takes_no_profile(
    run: RunCommand, rule: Path, events: Path, tmp_path: Path
) -> None:
    engine = str(tmp_path / "engine")
    run("compile", "-q", "-r", str(rule), "-o", engine)
    done = run("scan", "--engine", engine, "--profile", "p", str(events))
    assert done.returncode == 3
    assert b"--profile together with --engine" in done.stderr


def test_events_that_cannot_be_read_are_told(
    run: RunCommand, rule: Path, tmp_path: Path
) -> None:
    path = str(tmp_path / "profile")
    done = run("profile", "-r", str(rule), "-o", path, "no-such.ndjson")
    assert done.returncode == 3
    assert b"no-such.ndjson" in done.stderr
    assert not Path(path).exists()
