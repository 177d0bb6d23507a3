"""Runs the benchmark programs, minutes long, and what draws their numbers.

Rules and events are those of the shared corpus beside the checkout, if it is
there, else those of examples/. Of the examples no numbers go into the page:
they are too few to say anything but that the programs work.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from provenance import ROOT

PROGRAMS = ROOT / "build/release/bench"
RESULTS = ROOT / "build/bench"
CORPUS = ROOT.parent / "shared/corpus"

# Of the corpus one kind of event, as a table has: its events of Sysmon 10.
_OF_CORPUS = {"columnar_benchmark": ('--having="EventID":10,',)}

# Repetitions in random order: what else the machine does then hits all alike.
_FLAGS = (
    "--benchmark_repetitions=3",
    "--benchmark_enable_random_interleaving=true",
    "--benchmark_min_time=0.2",
)


@dataclass(frozen=True)
class Workload:
    """What is measured: rules and events, and whether they are real."""

    rules: Path
    events: Path
    is_corpus: bool


def find_workload() -> Workload:
    """Returns the corpus, its events unpacked into build/, or the examples."""
    packed = CORPUS / "otrf_dev40k.ndjson.zst"
    if not packed.exists():
        examples = ROOT / "examples"
        events = examples / "events/windows.ndjson"
        return Workload(examples / "rules", events, False)
    events = RESULTS / packed.stem
    if not events.exists():
        unpack(packed, events)
    return Workload(CORPUS / "sigma/rules", events, True)


def unpack(packed: Path, plain: Path) -> None:
    """Writes the content of a .zst file; whole, or not at all."""
    import pyarrow

    unfinished = plain.with_suffix(".part")
    with (
        pyarrow.input_stream(str(packed), compression="zstd") as content,
        unfinished.open("wb") as out,
    ):
        while block := content.read(1 << 20):
            out.write(block)
    unfinished.rename(plain)


def run_program(
    program: Path, workload: Workload, arguments: Sequence[str]
) -> bool:
    """Runs one program, its JSON into RESULTS; returns whether it could.

    The file then also says by which command it was made.
    """
    output = RESULTS / f"{program.name}.json"
    output.unlink(missing_ok=True)
    command = [
        "./" + _relative(program),
        f"--rules={_relative(workload.rules)}",
        f"--events={_relative(workload.events)}",
        *(_OF_CORPUS.get(program.name, ()) if workload.is_corpus else ()),
        *_FLAGS,
        *arguments,
    ]
    done = subprocess.run(
        [*command, f"--benchmark_out={output}"], cwd=ROOT, check=False
    )
    if done.returncode or not output.exists() or not output.stat().st_size:
        return False
    document = json.loads(output.read_text(encoding="utf-8"))
    document["context"]["command"] = shlex.join(command)
    output.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    return True


def run_comparison(workload: Workload) -> bool:
    """Runs `bench/compare`; returns whether it could."""
    output = RESULTS / "compare.json"
    command = [
        "bench/compare",
        *("--rules", _relative(workload.rules)),
        *("--events", _relative(workload.events)),
    ]
    done = subprocess.run([*command, "--json", output], cwd=ROOT, check=False)
    if done.returncode:
        return False
    document = json.loads(output.read_text(encoding="utf-8"))
    document["command"] = shlex.join(command)
    output.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    return True


def _relative(path: Path) -> str:
    return os.path.relpath(path, ROOT)


def main(arguments: Sequence[str]) -> int:
    """Runs the command; returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="./dev bench",
        description="Runs the benchmark programs, draws their numbers, and"
        " writes those of the shared corpus into docs/performance.md. All other"
        " arguments go to Google Benchmark.",
    )
    add = parser.add_argument
    add(
        "--compare",
        action="store_true",
        help="Run bench/compare, too, with the peers that are installed.",
    )
    add(
        "--only",
        action="append",
        metavar="NAME",
        help="Only this program, such as scan; can be given again. 'none' runs"
        " none of them.",
    )
    options, others = parser.parse_known_args(arguments)
    RESULTS.mkdir(parents=True, exist_ok=True)
    workload = find_workload()
    failed = []
    for program in sorted(PROGRAMS.glob("*_benchmark")):
        name = program.name.removesuffix("_benchmark")
        if options.only and name not in options.only:
            continue
        print(f"bench: {name}", file=sys.stderr)
        if not run_program(program, workload, others):
            failed.append(name)
    if options.compare and not run_comparison(workload):
        failed.append("compare")
    page = ["--page"] if workload.is_corpus else []
    if subprocess.run(
        ["bench/plot", _relative(RESULTS), *page], cwd=ROOT, check=False
    ).returncode:
        failed.append("plot")
    if failed:
        print(f"bench: failed: {', '.join(failed)}", file=sys.stderr)
    return bool(failed)
