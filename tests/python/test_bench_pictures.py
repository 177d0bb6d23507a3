"""bench/plot: the JSON of benchmark programs as pictures and tables."""

from __future__ import annotations

import json
import os
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest

from pictures.page import renew
from pictures.results import Results, read_benchmarks, read_folder
from pictures.tables import TABLES, make_parts

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/performance.md"


def runs(name: str, *rates: float, **counters: float) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "run_name": name,
            "run_type": "iteration",
            "repetition_index": index,
            "iterations": 3,
            "real_time": 1e3 / rate,
            "cpu_time": 1e3 / rate,
            "time_unit": "ms",
            "items_per_second": rate,
            "bytes_per_second": 100 * rate,
            **counters,
        }
        for index, rate in enumerate(rates)
    ]


def sweep(name: str, numbers: list[int]) -> list[dict[str, Any]]:
    return [
        run
        for number in numbers
        for run in runs(
            f"sweep/{name}:{number}",
            1e6 / (10 + number),
            build_seconds=1.5,
            engine_mib=40,
        )
    ]


BENCHMARKS = {
    "scan_benchmark": [
        *runs("ceiling", 2e6),
        *runs("scan", 2e5, 4e5, 3e5, share=0.15),
        *runs("scan/routing_off", 1e5),
        *runs("scan/file/threads:1", 3e5),
        *runs("scan/file/threads:2", 5.8e5),
    ],
    "stage_benchmark": [*runs("stage/parse", 2e6), *runs("stage/route", 5e6)],
    "columnar_benchmark": [
        *runs("columns/json", 1e5),
        *runs("columns/text", 3e5),
        *runs("columns/dictionary", 4.5e5),
    ],
    "load_benchmark": runs("load/build", 2, peak_mib=95.4),
    "sweep_benchmark": [
        *sweep("rules", [100, 1000, 10000]),
        *sweep("threads", [1, 2]),
        *sweep("cache", [0, 256, 1024]),
    ],
    "worst_benchmark": runs(
        "worst/value_1mib", 10, ns_per_byte=3.25, to_normal=2.5
    ),
    "latency_benchmark": runs(
        "latency/stream/iterations:9",
        9,
        p50_ns=1900,
        p90_ns=3000,
        p99_ns=7000,
        ratio_p50=3.1,
        ratio_p99=4.24,
    ),
}
COMPARISON = {
    "schema": 1,
    "clock": "cpu",
    "command": "bench/compare --rules R --events E",
    "lanes": [
        {
            "name": "routed",
            "programs": [
                {
                    "name": name,
                    "version": version,
                    "events_per_second": {"cpu": rate, "wall": rate},
                    "load_seconds": {"cpu": 0.5, "wall": 0.5},
                    "peak_mib": 100.0,
                    "matches": 7,
                    "output_bytes": 1_500_000,
                    "rules_matched": 3,
                }
                for name, version, rate in (
                    ("hypersigma", "", 3e5),
                    ("other", "other 1.2", 2e4),
                )
            ],
            "ratios": [
                {
                    "peer": "other",
                    "cpu": {"median": 15.0, "low": 14.0, "high": 16.0},
                    "wall": {"median": 15.0, "low": 14.0, "high": 16.0},
                }
            ],
            "differences": [
                {
                    "peer": "other",
                    "rules": 2,
                    "listed": [],
                    "reasons": [
                        {
                            "reason": "because",
                            "rules": 2,
                            "hypersigma": 5,
                            "other": 6,
                        }
                    ],
                }
            ],
        }
    ],
}


def write_results(folder: Path) -> None:
    for name, found in BENCHMARKS.items():
        context = {"cpu": "some CPU", "rules": "3141", "command": "run it"}
        document = {"context": context, "benchmarks": found}
        (folder / f"{name}.json").write_text(json.dumps(document))
    (folder / "compare.json").write_text(json.dumps(COMPARISON))
    (folder / "other.json").write_text("[]")


@pytest.fixture
def results(tmp_path: Path) -> Results:
    write_results(tmp_path)
    return read_folder(tmp_path)


def plot(*arguments: str | Path, seed: str = "0") -> str:
    done = subprocess.run(
        [ROOT / "bench/plot", *arguments],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_median_of_the_repetitions_counts(results: Results) -> None:
    assert results["scan"].events_per_second == 3e5
    assert results["load/build"].seconds == pytest.approx(0.5)


def test_aggregates_and_failed_runs_do_not_count() -> None:
    found = read_benchmarks(
        {
            "benchmarks": [
                *runs("scan", 10),
                {**runs("scan", 99)[0], "run_type": "aggregate"},
                {**runs("scan", 99)[0], "error_occurred": True},
                {"name": "bad", "error_occurred": True},
            ]
        }
    )
    assert list(found) == ["scan"]
    assert found["scan"].events_per_second == 10


@pytest.mark.parametrize(
    "name",
    [
        "scan/file/threads:2/real_time",
        "scan/file/threads:2/repeats:3",
        "scan/file/threads:2/min_time:0.200/real_time",
    ],
)
def test_name_is_without_how_it_ran(name: str) -> None:
    found = read_benchmarks({"benchmarks": runs(name, 1)})
    assert list(found) == ["scan/file/threads:2"]


def test_share_is_what_it_says_or_to_the_ceiling(results: Results) -> None:
    assert results.share("scan") == 0.15
    assert results.share("scan/routing_off") == 0.05
    assert results.share("absent") is None


def test_series_are_by_number(results: Results) -> None:
    numbers = [number for number, _ in results.series("sweep/rules")]
    assert numbers == [100, 1000, 10000]


def test_file_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "half.json").write_text('{"benchmarks": [')
    with pytest.raises(ValueError, match=r"half.json: "):
        read_folder(tmp_path)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("machine", "| processor | some CPU |"),
        ("machine", "| rules | 3,141 |"),
        ("scan", "| files, 2 threads | 580,000 | 58 | 0.290 |"),
        ("stages", "| read JSON | 500 |"),
        ("load", "| rules read, compiled and proved | 500.0 | 95 |"),
        ("columns", "| dictionary columns | 450,000 | 4.50 |"),
        ("sweeps", "| threads: 2 | 83,333 | 8 | 0.042 | 0.92 | 1.50 | 40 |"),
        ("worst", "| value 1mib | 3.25 | 2.50 |"),
        (
            "latency",
            "| one event after the other | 1,900 | 3,000 | 7,000 | 3.1 | 4.2 |",
        ),
        (
            "peers",
            "| routed | other 1.2 | 20,000 | 15.0 | 14.0 to 16.0 | 0.50 | 100"
            " | 7 | 1.5 | 3 |",
        ),
        ("reasons", "| routed: because | 2 | 5 | 6 |"),
    ],
)
def test_table_has_row(results: Results, name: str, row: str) -> None:
    text = TABLES[name](results)
    assert text is not None
    assert row in text.splitlines()


def test_table_says_its_command(results: Results) -> None:
    for name in ("scan", "stages", "load", "columns", "sweeps", "worst"):
        assert "\n`run it`\n" in (TABLES[name](results) or "")


def test_tables_without_numbers_are_none() -> None:
    assert {make(Results({})) for make in TABLES.values()} == {None}


def test_page_is_renewed_between_markers() -> None:
    page = "a\n<!-- table x -->\nold\n<!-- end -->\nb\n<!-- table y -->\n"
    page += "kept\n<!-- end -->\n"
    renewed = renew(page, {"x": "| new |\n", "y": None})
    assert renewed == page.replace("old\n", "\n| new |\n\n")
    assert renew(renewed, {"x": "| new |\n", "y": None}) == renewed


def test_page_without_a_marker_is_an_error() -> None:
    with pytest.raises(ValueError, match="marker is missing: y"):
        renew("<!-- table x -->\n<!-- end -->\n", {"x": "", "y": ""})
    with pytest.raises(ValueError, match="marker is missing: x"):
        renew("<!-- table x -->\n<!-- end -->\n", {})


def test_page_of_performance_takes_all_tables(results: Results) -> None:
    parts = make_parts(results, "performance")
    page = renew(PAGE.read_text(encoding="utf-8"), parts)
    for text in parts.values():
        assert text
        assert text in page


def test_picture_stands_above_its_table(results: Results) -> None:
    text = make_parts(results, "folder")["scan"]
    assert text
    first, blank, head, *_ = text.splitlines()
    assert first.endswith("](folder/ceiling.svg)")
    assert (blank, head[0]) == ("", "|")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    write_results(folder)
    plot(folder, "-o", folder / "drawn", seed="1")
    return folder


def test_pictures_are_the_same_each_time(drawn: Path) -> None:
    said = plot(drawn, "-o", drawn / "again", seed="2")
    names = sorted(path.name for path in (drawn / "drawn").glob("*.svg"))
    assert names == [
        "ceiling.svg",
        "columns.svg",
        "peers.svg",
        "stages.svg",
        "sweeps.svg",
    ]
    for name in names:
        path = drawn / "drawn" / name
        bytes_ = path.read_bytes()
        assert bytes_ == (drawn / "again" / name).read_bytes()
        assert len(bytes_) < 100_000
        assert str(drawn / "again" / name) in said.splitlines()
        assert path.with_suffix(".png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ceiling", "share of the ceiling, one thread"),
        ("stages", "nanoseconds an event, one thread"),
        ("sweeps", "thousand events/s"),
        ("columns", "4.5 times NDJSON"),
        ("peers", "15.0 times as long"),
    ],
)
def test_picture_has_labels_and_units(
    drawn: Path, name: str, text: str
) -> None:
    tree = ElementTree.parse(drawn / "drawn" / f"{name}.svg")
    texts = tree.iter("{http://www.w3.org/2000/svg}text")
    assert text in "|".join("".join(one.itertext()) for one in texts)


def test_page_shows_pictures_that_are_there() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for path in (ROOT / "docs/performance").glob("*.svg"):
        assert f"](performance/{path.name})" in page
        assert path.with_suffix(".png").exists()
