"""bench/compare: programs in turn, medians, net of load, what they found.

The peers here are small scripts that sleep and print; the times of programs are
made up where a test is about arithmetic.
"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from comparison import command
from comparison.lanes import Lane, differing_rules, lane_as_json
from comparison.programs import (
    Program,
    count_matches,
    installed_peers,
    own_program,
    own_rule,
    parse_peer,
)
from comparison.report import align, print_lanes
from comparison.rounds import (
    Run,
    RunError,
    Timing,
    middle,
    ratio,
    repeats,
    run_once,
    run_rounds,
)
from comparison.stamps import stamp, stamp_file, weigh

ROOT = Path(__file__).parents[2]
SYSMON = {
    "Channel": "Microsoft-Windows-Sysmon/Operational",
    "EventID": 1,
    "Image": "C:\\Windows\\whoami.exe",
}


def timing(full: list[float], load: list[float]) -> Timing:
    return Timing(
        [Run(seconds * 2, seconds, 10) for seconds in full],
        [Run(seconds * 2, seconds, 5) for seconds in load],
    )


def script(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_net_is_median_less_the_median_of_load() -> None:
    found = timing([3.0, 9.0, 4.0], [1.0, 0.5, 2.0])
    assert found.net("cpu") == 3.0
    assert found.net("wall") == 6.0


def test_net_of_nothing_is_an_error() -> None:
    with pytest.raises(RunError, match="less time than can be measured"):
        timing([1.0], [1.5]).net("cpu")


def test_ratio_has_the_range_of_the_rounds() -> None:
    own = timing([2.0, 3.0, 2.0], [1.0, 1.0, 1.0])
    peer = timing([11.0, 11.0, 13.0], [1.0, 1.0, 1.0])
    found = ratio(peer, own, "cpu")
    assert (found.median, found.low, found.high) == (10.0, 5.0, 12.0)


def test_ratio_leaves_rounds_out_that_say_nothing() -> None:
    own = timing([2.0, 1.0, 2.0], [1.0, 1.0, 1.0])
    peer = timing([5.0, 5.0, 5.0], [1.0, 1.0, 1.0])
    found = ratio(peer, own, "cpu")
    assert (found.low, found.high) == (4.0, 4.0)


def test_programs_run_in_turn(tmp_path: Path) -> None:
    log = tmp_path / "log"
    program = str(script(tmp_path, "program.sh", f"echo $1 >> {log}"))
    commands = {
        name: ([program, f"{name}full"], [program, f"{name}load"])
        for name in ("a", "b")
    }
    timings = run_rounds(commands, 2, tmp_path, None, most=1)
    assert log.read_text().split() == [
        *("bload", "bfull", "aload", "afull"),
        *("aload", "afull", "bload", "bfull"),
        *("bload", "bfull", "aload", "afull"),
    ]
    assert {name: len(one.full) for name, one in timings.items()} == {
        "a": 2,
        "b": 2,
    }


def test_short_programs_run_more_often_in_a_round() -> None:
    assert repeats({"a": 3.0, "b": 1.1, "c": 0.1}, 5) == {
        "a": 1,
        "b": 3,
        "c": 5,
    }


def test_middle_is_of_each_clock() -> None:
    runs = [Run(1, 5, 10), Run(2, 3, 30), Run(9, 4, 20)]
    assert middle(runs) == Run(2, 4, 30)


def test_run_keeps_the_output_and_the_time(tmp_path: Path) -> None:
    output = tmp_path / "out"
    program = script(tmp_path, "slow.sh", "sleep 0.05; echo '{}'")
    run = run_once([str(program)], output, None)
    assert output.read_text() == "{}\n"
    assert 0.05 <= run.wall < 5
    assert run.cpu < run.wall
    assert run.peak_mib > 0


def test_run_is_on_one_processor(tmp_path: Path) -> None:
    core = min(os.sched_getaffinity(0))
    output = tmp_path / "out"
    count = "import os; print(len(os.sched_getaffinity(0)))"
    run_once([sys.executable, "-c", count], output, core)
    assert output.read_text() == "1\n"


def test_failure_says_which_program_and_why(tmp_path: Path) -> None:
    program = script(tmp_path, "bad.sh", "echo no such rules >&2; exit 3")
    with pytest.raises(RunError, match=r"bad.sh: exit code 3: no such rules"):
        run_once([str(program)], tmp_path / "out", None)
    with pytest.raises(RunError, match="absent: No such file"):
        run_once([str(tmp_path / "absent")], tmp_path / "out", None)


def test_peer_is_a_command_with_places() -> None:
    peer = parse_peer("other=other --rules {rules} '-e' @{events}")
    words = peer.command(
        rules=Path("r"), events=Path("e"), engine=Path("unused")
    )
    assert peer.name == "other"
    assert words == ["other", "--rules", "r", "-e", "@e"]


@pytest.mark.parametrize("text", ["other", "=x {events}", "other=x {rules}"])
def test_peer_without_name_or_events_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected NAME=COMMAND"):
        parse_peer(text)


def test_rsigma_is_taken_where_it_is(tmp_path: Path) -> None:
    path = script(tmp_path, "rsigma", "echo rsigma 9.9")
    (routed,) = installed_peers("routed", [str(tmp_path)])
    (plain,) = installed_peers("not routed", [str(tmp_path)])
    assert routed.arguments[0] == plain.arguments[0] == str(path)
    assert routed.version() == "rsigma 9.9"
    assert "--logsource-routing" in routed.arguments
    assert "--logsource-routing" not in plain.arguments


def test_matches_are_counted_by_rule(tmp_path: Path) -> None:
    output = tmp_path / "out"
    output.write_text(
        'Loaded 3 rules\n{"rule_id": "a"}\n{"rule_id": "b"}\n{"rule_id": "a"}\n'
        "{not JSON}\n"
    )
    program = parse_peer("other=x {events}")
    assert count_matches(program, output) == {"a": 2, "b": 1}
    output.write_text('{"rule": {"id": "", "title": "T"}}\n')
    assert count_matches(own_program("routed"), output) == {"T": 1}


def test_rules_that_differ_come_most_first() -> None:
    own = Counter(a=5, b=1, c=2)
    peer = Counter(a=5, b=4, d=1)
    assert differing_rules(own, peer) == [("b", 1, 4), ("c", 2, 0), ("d", 0, 1)]


def document() -> dict[str, Any]:
    programs = [Program("hypersigma", ("x",)), Program("other", ("y",))]
    lane = Lane(
        "routed",
        programs,
        {
            "hypersigma": timing([2.0], [1.0]),
            "other": timing([21.0], [1.0]),
        },
        {"hypersigma": Counter(a=3), "other": Counter(a=2, b=1)},
    )
    return {
        "clock": "cpu",
        "rounds": 1,
        "workload": {"events": 1000, "rule_files": 2},
        "lanes": [lane_as_json(lane, 1000)],
    }


def test_lane_says_rates_ratios_and_counts() -> None:
    (lane,) = json.loads(json.dumps(document()))["lanes"]
    own, other = lane["programs"]
    assert own["events_per_second"] == {"wall": 500.0, "cpu": 1000.0}
    assert other["net_seconds"]["cpu"] == 20.0
    assert (other["matches"], other["rules_matched"]) == (3, 2)
    assert lane["ratios"][0]["cpu"]["median"] == 20.0
    assert lane["differences"][0]["rules"] == 2
    assert lane["differences"][0]["listed"][0] == {
        "rule": "a",
        "hypersigma": 3,
        "other": 2,
    }


def test_report_has_a_row_for_each_program() -> None:
    lines = list(print_lanes(document()))
    assert lines[0].startswith("1,000 events, 2 rule files, 1 rounds")
    (row,) = [line for line in lines if line.startswith("  other")]
    assert " ".join(row.split()) == (
        "other 50 20.0 20.0 to 20.0 1.00 s 10 MiB 3 0.0 MB 2"
    )


def test_columns_of_the_report_are_aligned() -> None:
    assert list(align([("", "n"), ("long", "10")])) == [
        "         n",
        "  long  10",
    ]


def test_stamps_are_what_most_rules_name() -> None:
    weights = Counter(registry_set=2, registry_event=1)
    sources = [
        ("windows", "registry_event", ""),
        ("windows", "registry_set", "sysmon"),
    ]
    assert json.loads(stamp(b'{"a": 1}\n', sources, weights)) == {
        "logsource_product": "windows",
        "logsource_category": "registry_set",
        "logsource_service": "sysmon",
        "a": 1,
    }


def test_stamps_say_none_and_leave_unknown_events_alone() -> None:
    assert json.loads(stamp(b"{}", [("windows", "", "system")], Counter())) == {
        "logsource_product": "windows",
        "logsource_category": "none",
        "logsource_service": "system",
    }
    assert stamp(b'{"a": 1}', [], Counter()) == b'{"a": 1}'


def test_rules_are_weighed_by_what_they_name(rules: Path) -> None:
    rules.write_text(
        "logsource:\n    category: a\n    product: 'b'\n---\nlogsource:\n"
        "  category: a\n"
    )
    assert weigh(rules) == {"a": 2, "b": 1}


def test_events_get_the_log_sources_that_hypersigma_finds(
    tmp_path: Path, rules: Path
) -> None:
    events = tmp_path / "events.ndjson"
    other = b'{"unheard": "of"}\n'
    events.write_bytes(json.dumps(SYSMON).encode() + b"\n" + other + b"no\n")
    stamp_file(events, tmp_path / "stamped", rules)
    first, *rest = (tmp_path / "stamped").read_bytes().splitlines(keepends=True)
    assert json.loads(first) == {
        **SYSMON,
        "logsource_product": "windows",
        "logsource_category": "process_creation",
        "logsource_service": "sysmon",
    }
    assert rest == [other, b"no\n"]


def busy(folder: Path, name: str, line: str, steps: int) -> Path:
    """Makes a program that works for more than one event and prints a line."""
    return script(
        folder,
        name,
        f'[ $(wc -l < "$1") -lt 2 ] && exit\ni=0\n'
        f"while [ $i -lt {steps} ]; do i=$((i+1)); done\necho '{line}'",
    )


def test_command_compares_two_programs(
    tmp_path: Path,
    rules: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    match = '{"rule": {"id": "x", "title": ""}, "event": {"index": 1}}'
    own = busy(tmp_path, "own.sh", match, 100_000)
    monkeypatch.setattr(
        command,
        "own_program",
        lambda lane: Program(
            "hypersigma", (str(own), "{events}"), rule_of=own_rule
        ),
    )
    monkeypatch.setattr(command, "installed_peers", lambda *_: [])
    peer = busy(tmp_path, "peer.sh", '{"rule_id": "x"}', 600_000)
    events = tmp_path / "events.ndjson"
    events.write_text("{}\n{}\n")
    output = tmp_path / "compare.json"
    code = command.main(
        [
            *("--rules", str(rules), "--events", str(events)),
            *("--rounds", "1", "--lane", "not routed"),
            *("--peer", f"slow={peer} {{events}}", "--core", "-1"),
            *("--folder", str(tmp_path / "work"), "--json", str(output)),
        ]
    )
    assert code == 0
    (lane,) = json.loads(output.read_text())["lanes"]
    assert [(one["name"], one["matches"]) for one in lane["programs"]] == [
        ("hypersigma", 1),
        ("slow", 1),
    ]
    (ratio_,) = lane["ratios"]
    assert 2 < ratio_["cpu"]["median"] < 18
    assert "slow" in capsys.readouterr().out


def test_own_command_scans_what_it_is_given(
    tmp_path: Path, rules: Path
) -> None:
    engine = tmp_path / "rules.engine"
    python = [sys.executable, "-m", "hypersigma"]
    subprocess.run(
        [*python, "compile", "-q", "-r", rules, "-o", engine], check=True
    )
    events = tmp_path / "events.ndjson"
    events.write_text(json.dumps({**SYSMON, "CommandLine": "whoami /priv"}))
    output = tmp_path / "out"
    for lane in ("routed", "not routed"):
        program = own_program(lane)
        paths = {"rules": rules, "engine": engine, "events": events}
        run_once(program.command(**paths), output, None)
        assert count_matches(program, output).total() == 1
        assert program.version().startswith("hypersigma ")


def test_command_without_a_peer_says_what_to_do(tmp_path: Path) -> None:
    done = subprocess.run(
        [ROOT / "bench/compare", "--folder", tmp_path, "--rounds", "1"],
        env={**os.environ, "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "no peer is installed; try: cargo install rsigma" in done.stderr
