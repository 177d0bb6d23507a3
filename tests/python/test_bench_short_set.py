"""./dev bench, once everything is built: programs, their JSON, the page."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pyarrow
import pytest

import short_set
from short_set import Workload, find_workload, run_program, unpack


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "results"
    folder.mkdir()
    monkeypatch.setattr(short_set, "RESULTS", folder)
    monkeypatch.setattr(short_set, "ROOT", tmp_path)
    return folder


def make_program(folder: Path, text: str) -> Path:
    """Makes a program that has the output's path in $out."""
    path = folder / "fake_benchmark"
    path.write_text(
        "#!/bin/sh\nfor one; do case $one in --benchmark_out=*)"
        f" out=${{one#*=}};; esac; done\n{text}\n"
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def pack(path: Path, content: bytes) -> None:
    with pyarrow.output_stream(str(path), compression="zstd") as out:
        out.write(content)


def test_program_writes_json_with_its_command(
    tmp_path: Path, results: Path
) -> None:
    program = make_program(
        tmp_path, """echo '{"context": {"cpu": "x"}, "benchmarks": []}' >$out"""
    )
    workload = Workload(tmp_path / "rules", tmp_path / "events", False)
    assert run_program(program, workload, ["--benchmark_filter=scan"])
    document = json.loads((results / "fake_benchmark.json").read_text())
    assert document["context"]["cpu"] == "x"
    words = document["context"]["command"].split()
    assert words[:3] == ["./fake_benchmark", "--rules=rules", "--events=events"]
    assert words[-1] == "--benchmark_filter=scan"
    assert "--benchmark_repetitions=3" in words


def test_failure_leaves_no_json_of_before(
    tmp_path: Path, results: Path
) -> None:
    (results / "fake_benchmark.json").write_text("{}")
    workload = Workload(tmp_path, tmp_path, False)
    program = make_program(tmp_path, "exit 1")
    assert not run_program(program, workload, [])
    assert not list(results.iterdir())
    # It ran, but had nothing to run.
    program = make_program(tmp_path, ": >$out")
    assert not run_program(program, workload, [])


def test_events_are_unpacked_whole(tmp_path: Path) -> None:
    content = b'{"a": 1}\n' * 500_000
    pack(tmp_path / "events.zst", content)
    unpack(tmp_path / "events.zst", tmp_path / "events")
    assert (tmp_path / "events").read_bytes() == content
    assert not (tmp_path / "events.part").exists()


def test_workload_is_the_corpus_if_it_is_there(
    tmp_path: Path, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(short_set, "CORPUS", tmp_path)
    assert find_workload() == Workload(
        tmp_path / "examples/rules",
        tmp_path / "examples/events/windows.ndjson",
        False,
    )
    pack(tmp_path / "otrf_dev40k.ndjson.zst", b"{}\n")
    events = results / "otrf_dev40k.ndjson"
    assert find_workload() == Workload(tmp_path / "sigma/rules", events, True)
    assert events.read_bytes() == b"{}\n"
