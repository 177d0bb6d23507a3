"""The slow path finds what a wrong pattern library loses, and nothing else."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import RunCommand
from hypersigma import (
    Difference,
    Engine,
    ItemDifference,
    LoadDifference,
    Verification,
)
from hypersigma.render import Screen
from hypersigma.render_checks import print_differences

LOST = '{"CommandLine": "whoami lose-this"}\n'
KEPT = '{"CommandLine": "whoami"}\n'
MISS = '{"CommandLine": "dir"}\n'

WrongLibrary = Callable[[str], str]


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "events.ndjson"
    path.write_text(KEPT + LOST + MISS + "{\n")
    return path


@pytest.fixture
def wrong_library(tmp_path: Path) -> WrongLibrary:
    """Compiles a libhs that is wrong; returns what LD_PRELOAD takes."""
    compiler = shutil.which("cc") or shutil.which("c++")
    if compiler is None:
        pytest.skip("no C compiler for the wrong library")

    def compile_library(what: str) -> str:
        target = tmp_path / f"{what}.so"
        source = Path(__file__).with_name("wrong_libhs.c")
        options = ("-shared", "-fPIC", "-x", "c", f"-D{what}")
        subprocess.run(
            [compiler, *options, source, "-o", target, "-ldl"], check=True
        )
        return str(target)

    return compile_library


def test_summary_says_what_was_verified(
    run: RunCommand, rules: Path, events: Path
) -> None:
    done = run("scan", "--verify", "-r", rules, events)
    assert done.returncode == 0
    lines = done.stderr.decode().splitlines()
    assert "verified    4 events x 2 rules: no difference" in lines
    done = run("scan", "--verify-every", "2", "-r", rules, events)
    lines = done.stderr.decode().splitlines()
    assert "verified    2 events x 2 rules: no difference" in lines
    assert b"verified" not in run("scan", "-r", rules, events).stderr


def test_matches_are_those_of_the_engine(
    run: RunCommand, rules: Path, events: Path
) -> None:
    plain = run("scan", "-r", rules, events)
    verified = run("scan", "--verify", "-r", rules, "--threads", "3", events)
    assert plain.stdout == verified.stdout
    assert plain.stdout.count(b"\n") == 2


def test_lost_matches_are_differences(
    run: RunCommand, rules: Path, events: Path, wrong_library: WrongLibrary
) -> None:
    preload = wrong_library("LOSE_MATCHES")
    assert run("scan", "-r", rules, events, LD_PRELOAD=preload).returncode == 0
    done = run("scan", "--verify", "-r", rules, events, LD_PRELOAD=preload)
    assert done.returncode == 1
    assert done.stdout.count(b"\n") == 1
    text = done.stderr.decode()
    assert "verified    4 events x 2 rules: 1 difference\n" in text
    assert text.endswith(
        "difference: Whoami Execution\n"
        f"  {events} #1: engine: no match, slow path: match\n"
        "  selection_command: CommandLine|contains: 'whoami'"
        " (engine: false, slow path: true)\n"
    )


def test_quiet_does_not_hide_differences(
    run: RunCommand, rules: Path, events: Path, wrong_library: WrongLibrary
) -> None:
    preload = wrong_library("LOSE_MATCHES")
    events.write_text(LOST * 150)
    done = run(
        "scan", "-q", "--verify", "-r", rules, events, LD_PRELOAD=preload
    )
    assert done.returncode == 1
    lines = done.stderr.decode().splitlines()
    assert lines.count("difference: Whoami Execution") == 100
    assert lines[-1] == "and 50 more differences"


def test_differences_are_written_as_ndjson(
    run: RunCommand,
    rules: Path,
    events: Path,
    tmp_path: Path,
    wrong_library: WrongLibrary,
) -> None:
    path = tmp_path / "differences.ndjson"
    run(
        *("scan", "--verify", "--differences", path, "-r", rules, events),
        LD_PRELOAD=wrong_library("LOSE_MATCHES"),
    )
    (line,) = path.read_text().splitlines()
    assert json.loads(line) == {
        "event": {"file": str(events), "index": 1},
        "rule": {
            "title": "Whoami Execution",
            "id": "e28a5a99-da44-436d-b7a0-2afc20a5f413",
            "file": str(rules),
        },
        "reason": "",
        "engine": "false",
        "slow_path": "true",
        "items": [
            {
                "selection": "selection_command",
                "item": "CommandLine|contains: 'whoami'",
                "engine": "false",
                "slow_path": "true",
            }
        ],
    }


def test_sampling_may_leave_out_the_difference(
    run: RunCommand, rules: Path, events: Path, wrong_library: WrongLibrary
) -> None:
    done = run(
        *("scan", "--verify-every", "2", "-r", rules, events),
        LD_PRELOAD=wrong_library("LOSE_MATCHES"),
    )
    assert done.returncode == 0


def test_api_verifies(engine: Engine, events: Path) -> None:
    verification = engine.scan_file(events, verify=True).summary.verification
    assert verification is not None
    assert verification.agrees
    assert (verification.events, verification.rules) == (4, 2)
    summary = engine.for_each_match([events] * 2, lambda _: None, verify=3)
    assert summary.verification is not None
    assert summary.verification.events == 4
    assert engine.scan_file(events).summary.verification is None
    with pytest.raises(ValueError, match="verify is -1"):
        engine.scan_file(events, verify=-1)


def test_wrong_usage_is_an_error(
    run: RunCommand, rules: Path, events: Path
) -> None:
    assert run("scan", "--verify-every", "0", "-r", rules).returncode == 3
    done = run("scan", "--differences", "x", "-r", rules, events)
    assert done.returncode == 3
    assert done.stderr == b"error: --differences needs --verify\n"


def test_every_kind_of_difference_is_readable(
    capsys: pytest.CaptureFixture[str], engine: Engine
) -> None:
    import sys

    verification = Verification(
        events=3,
        rules=2,
        differences=2,
        undecided=1,
        not_compared=4,
        listed=(
            Difference("f\x1b", 7, None, "byte 1: why", "false", "true", ()),
            Difference(
                *("f", 8, engine.rules[1], "", "true", "false"),
                (ItemDifference("s", "a: 1", "true", "undecided"),),
            ),
        ),
        load_differences=(
            LoadDifference("r.yml", 1, "", True, "bad"),
            LoadDifference("r.yml", 2, "T", False, "worse"),
        ),
    )
    assert not verification.agrees
    assert str(verification) == (
        "3 events x 2 rules: 2 differences, 2 differences in loading,"
        " 1 undecided, 4 events not compared"
    )
    print_differences(Screen(sys.stdout), verification)
    assert capsys.readouterr().out.splitlines() == [
        "difference: r.yml",
        "  r.yml document 1: the engine loads it, the slow path refuses it:"
        " bad",
        "difference: T",
        "  r.yml document 2: the slow path loads it, the engine refuses it:"
        " worse",
        "difference: an event",
        r"  f\x1b #7: engine: refuses it, slow path: reads it: byte 1: why",
        "difference: Odd Port",
        "  f #8: engine: match, slow path: no match",
        "  s: a: 1 (engine: true, slow path: undecided)",
    ]


def test_bad_library_is_warned_of_once(
    run: RunCommand, rules: Path, events: Path, wrong_library: WrongLibrary
) -> None:
    preload = wrong_library("VECTORSCAN")
    for options in ((), ("-q",)):
        done = run("scan", *options, "-r", rules, events, LD_PRELOAD=preload)
        assert done.returncode == 0
        assert done.stderr.count(b"warning: ") == 1
        assert done.stderr.startswith(
            b"warning: Vectorscan 5.4.9 is known to lose matches; "
        )
    text = run("version", LD_PRELOAD=preload).stdout.decode()
    assert "Vectorscan 5.4.9\n" in text
    assert "known to lose matches" in text


def test_good_library_is_not_warned_of(
    run: RunCommand, rules: Path, events: Path
) -> None:
    library = json.loads(run("version", "--json").stdout)["pattern_library"]
    if library["is_known_to_lose_matches"]:
        pytest.skip("this pattern library is known to lose matches")
    assert b"warning" not in run("scan", "-r", rules, events).stderr
