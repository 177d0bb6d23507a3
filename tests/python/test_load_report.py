"""The load report as JSON: from C++, from the package, from the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import RULES, RunCommand
from hypersigma import Engine

BROKEN = (
    RULES
    + '---\ntitle: Bad \u00e9 "q"\nid: x\ndetection: []\n'
    + "---\ntitle: [unclosed\n"
)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.yml"
    path.write_text(BROKEN, encoding="utf-8")
    return path


def test_package_and_library_write_the_same(broken: Path) -> None:
    engine = Engine.from_path(broken)
    report = json.loads(engine.report.to_json())
    assert report == engine.report.to_dict()
    assert report == json.loads(engine._core.report_json())


def test_schema_is_the_documented_one(broken: Path) -> None:
    report = Engine.from_path(broken).report.to_dict()
    assert report["counts"] == {
        "documents": 4,
        "loaded": 2,
        "degraded": 0,
        "refused": 2,
    }
    loaded, _, refused, _ = report["documents"]
    assert loaded == {
        "file": str(broken),
        "index": 0,
        "line": 2,
        "kind": "rule",
        "status": "loaded",
        "title": "Whoami Execution",
        "id": "e28a5a99-da44-436d-b7a0-2afc20a5f413",
        "rule": 0,
        "diagnostics": [],
    }
    assert (refused["title"], refused["rule"]) == ('Bad \u00e9 "q"', None)
    assert refused["line"] > 20
    diagnostic = refused["diagnostics"][0]
    assert list(diagnostic) == [
        "severity",
        "strict",
        "line",
        "column",
        "message",
        "found",
        "expected",
    ]
    assert diagnostic["severity"] == "error"


@pytest.mark.parametrize("strict", [(), ("--strict",)])
def test_command_writes_it(
    run: RunCommand, broken: Path, tmp_path: Path, strict: tuple[str, ...]
) -> None:
    path = tmp_path / "report.json"
    args = ("scan", "--load-report", path, *strict, "-q", "-r", broken, "-")
    done = run(*args, stdin=b"{}")
    assert done.returncode == (2 if strict else 0)
    report = json.loads(path.read_text(encoding="utf-8"))
    assert report == Engine.from_path(broken).report.to_dict()


def test_folder_that_is_missing_is_an_error(
    run: RunCommand, rules: Path
) -> None:
    done = run("scan", "--load-report", "no/such/x.json", "-r", rules, "-")
    assert done.returncode == 3
    assert done.stderr.startswith(b"error: ")
