"""`hypersigma check`: its formats as golden files, its options and exit codes.

Each golden/check/NAME.yml is checked in every format; what comes out is kept
beside it. HYPERSIGMA_UPDATE_GOLDEN=1 writes the files anew; read what changed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import RULES, RunCommand
from hypersigma import __version__

GOLDEN = Path(__file__).parent / "golden" / "check"
NAMES = sorted(path.stem for path in GOLDEN.glob("*.yml"))
SUFFIXES = {"text": ".txt", "json": ".json", "sarif": ".sarif"}

QUESTIONABLE = (
    "title: Affix On Number\nlogsource: {product: x}\n"
    "detection:\n  s: {EventID|contains: 46}\n  condition: s\n"
)
REMARKABLE = RULES.replace("level: high", "level: hihg")
WRONG = "title: No Detection\nlogsource: {product: x}\n"
EXPANDING = (
    "title: Placeholder\nlogsource: {product: x}\n"
    "detection:\n  s: {User|expand: '%admins%'}\n  condition: s\n"
)


def check_golden(name: str, *args: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "hypersigma", "check", *args, f"{name}.yml"],
        capture_output=True,
        cwd=GOLDEN,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("format_", SUFFIXES)
@pytest.mark.parametrize("name", NAMES)
def test_output_is_the_golden_one(name: str, format_: str) -> None:
    done = check_golden(name, "--format", format_)
    text = done.stdout.decode()
    if format_ == "text":
        text += done.stderr.decode()
    text = text.replace(f'"{__version__}"', '"VERSION"')
    path = GOLDEN / (name + SUFFIXES[format_])
    if os.environ.get("HYPERSIGMA_UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_there_are_golden_files() -> None:
    assert {"clean", "hostile", "misspelt", "strict", "yaml"} <= set(NAMES)


@pytest.mark.parametrize(
    ("text", "args", "code"),
    [
        (RULES, (), 0),
        (RULES, ("--fail-on", "note", "--strict"), 0),
        (REMARKABLE, (), 0),
        (REMARKABLE, ("--strict", "--fail-on", "warning"), 0),
        (REMARKABLE, ("--fail-on", "note"), 1),
        (QUESTIONABLE, (), 0),
        (QUESTIONABLE, ("--fail-on", "warning"), 1),
        (QUESTIONABLE, ("--fail-on", "note"), 1),
        (QUESTIONABLE, ("--strict",), 1),
        (QUESTIONABLE, ("--strict", "--fail-on", "never"), 0),
        (WRONG, (), 1),
        (WRONG, ("--fail-on", "note"), 1),
        (WRONG, ("--fail-on", "never"), 0),
    ],
)
def test_exit_code_follows_the_fail_level(
    run: RunCommand, tmp_path: Path, text: str, args: tuple[str, ...], code: int
) -> None:
    (tmp_path / "a.yml").write_text(text)
    for format_ in SUFFIXES:
        done = run("check", "--format", format_, *args, "a.yml")
        assert done.returncode == code


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("--format", "xml", "a.yml"),
        ("--fail-on", "hint", "a.yml"),
        ("-", "a.yml"),
        ("-o", "no/such/folder", "a.yml"),
        ("--placeholders", "no-such.json", "a.yml"),
        ("--placeholders", "a.yml", "a.yml"),
        ("--placeholders", "one.json", "a.yml"),
    ],
)
def test_wrong_usage_is_told_from_problems(
    run: RunCommand, tmp_path: Path, args: tuple[str, ...]
) -> None:
    (tmp_path / "a.yml").write_text(RULES)
    (tmp_path / "one.json").write_text('{"admins": "root"}')
    done = run("check", *args)
    assert done.returncode == 3
    assert done.stdout == b""
    assert done.stderr.startswith(b"error: ")


def test_nothing_to_check_is_told_from_problems(
    run: RunCommand, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "comment.yml").write_text("# nothing\n")
    for path in ("empty", "comment.yml", "nowhere"):
        done = run("check", "--fail-on", "never", path)
        assert done.returncode == 2
        assert done.stdout == b""
        assert done.stderr.startswith(b"error: ")


def test_file_that_cannot_be_read_is_a_problem(
    run: RunCommand, tmp_path: Path
) -> None:
    (tmp_path / "a.yml").write_text(RULES)
    (tmp_path / "broken.yml").symlink_to("nowhere")
    done = run("check", ".")
    assert done.returncode == 1
    assert b"broken.yml: error: cannot be read: broken link" in done.stdout
    (tmp_path / "a.yml").unlink()
    done = run("check", ".")
    assert done.returncode == 2
    assert b"broken.yml: error: cannot be read: broken link" in done.stderr


def test_standard_input_is_checked(run: RunCommand) -> None:
    done = run("check", "-", stdin=WRONG.encode())
    assert done.returncode == 1
    assert done.stdout.startswith(b"<stdin>:1:1: error: detection is missing")
    assert done.stderr == (
        b"1 document: 0 loaded, 1 refused; 1 error, 0 warnings, 0 notes\n"
    )
    assert run("check", "-").returncode == 2


def test_endless_standard_input_is_refused(run: RunCommand) -> None:
    done = run("check", "-", stdin=b"#" * (40 << 20))
    assert done.returncode == 1
    assert b"YAML text has 16777217 bytes, expected at most" in done.stdout


def test_files_keep_their_order_with_an_empty_line_after_each(
    run: RunCommand, tmp_path: Path
) -> None:
    (tmp_path / "b.yml").write_text(f"{WRONG}---\n{WRONG}")
    (tmp_path / "a.yml").write_text(WRONG)
    done = run("check", "b.yml", "a.yml")
    places = [line.split(":")[0] for line in done.stdout.decode().split("\n")]
    title = "title"
    caret = places[2]
    one = ["b.yml", title, caret]
    assert places == [*one, *one, "", "a.yml", title, caret, "", ""]


def test_output_goes_to_a_file(run: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(WRONG)
    for format_ in SUFFIXES:
        direct = run("check", "--format", format_, "a.yml")
        done = run("check", "--format", format_, "-o", "out", "a.yml")
        assert done.returncode == 1
        assert done.stdout == b""
        assert (tmp_path / "out").read_bytes() == direct.stdout


def test_quiet_leaves_out_the_summary_only(
    run: RunCommand, tmp_path: Path
) -> None:
    (tmp_path / "a.yml").write_text(WRONG)
    loud, quiet = run("check", "a.yml"), run("check", "-q", "a.yml")
    assert quiet.stderr == b""
    assert quiet.stdout == loud.stdout != b""


@pytest.mark.parametrize("command", [("check",), ("scan", "-r")])
def test_placeholders_are_given_by_file(
    run: RunCommand, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "a.yml").write_text(EXPANDING)
    (tmp_path / "values.json").write_text('{"admins": ["root", "adm*"]}')
    assert run(*command, "a.yml").returncode in (1, 2)
    done = run(
        *command,
        "a.yml",
        "--placeholders",
        "values.json",
        stdin=b'{"User":"adm"}',
    )
    assert done.returncode == 0
    assert (b'"value":"%admins%"' in done.stdout) == (command[0] == "scan")


def test_rules_that_only_the_engine_refuses_are_told(
    run: RunCommand, tmp_path: Path
) -> None:
    names = [f"s{n}" for n in range(500)]
    selections = "".join(f"  {name}: {{f: {name}}}\n" for name in names)
    rule = (
        "title: Too Many Tests\nlogsource: {product: x}\n"
        f"detection:\n{selections}"
        f"  condition: {' and '.join(['1 of them'] * 401)}\n"
    )
    (tmp_path / "a.yml").write_text(RULES + "---\n" + rule)
    done = run("check", "-q", "a.yml")
    assert done.returncode == 1
    assert b"error: condition expands to more than 200000 tests" in done.stdout


def test_json_is_the_load_report_with_places_and_counts(
    run: RunCommand, tmp_path: Path
) -> None:
    (tmp_path / "a.yml").write_text(WRONG + "---\n" + QUESTIONABLE)
    report = json.loads(run("check", "--format", "json", "a.yml").stdout)
    assert report["hypersigma"] == __version__
    assert report["counts"] == {
        "documents": 2,
        "loaded": 1,
        "degraded": 0,
        "refused": 1,
        "errors": 1,
        "warnings": 1,
        "notes": 0,
    }
    (diagnostic,) = report["documents"][0]["diagnostics"]
    assert list(diagnostic) == [
        "severity",
        "strict",
        "file",
        "line",
        "column",
        "message",
        "found",
        "expected",
        "caret",
    ]


def sarif_of(run: RunCommand, *args: str | Path) -> Any:
    log = json.loads(run("check", "--format", "sarif", *args).stdout)
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    assert only["columnKind"] == "unicodeCodePoints"
    return only


def test_sarif_names_its_rules(run: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(
        "---\n".join((WRONG, QUESTIONABLE, REMARKABLE))
    )
    only = sarif_of(run, "a.yml")
    driver = only["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("hypersigma", __version__)
    found = {}
    for result in only["results"]:
        rule = driver["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["defaultConfiguration"]["level"] == result["level"]
        found[rule["id"]] = result["level"]
    assert found == {
        "sigma/error": "error",
        "sigma/strict-warning": "warning",
        "sigma/note": "note",
    }


def test_sarif_columns_count_code_points(
    run: RunCommand, tmp_path: Path
) -> None:
    (tmp_path / "a.yml").write_text(
        "title: T\nlogsource: {product: x}\ndetection:\n"
        '  s: {"\U0001f600\u00e9|contians": x}\n  condition: s\n'
    )
    (result,) = sarif_of(run, "a.yml")["results"]
    (location,) = result["locations"]
    region = location["physicalLocation"]["region"]
    assert region == {"startLine": 4, "startColumn": 11}


def test_sarif_names_files_by_uri(run: RunCommand, tmp_path: Path) -> None:
    folder = tmp_path / "od d" / "x"
    folder.mkdir(parents=True)
    (folder / "\u00e4#%:.yml").write_text(WRONG)
    (tmp_path / os.fsdecode(b"\xff.yml")).write_text(WRONG)
    outside = GOLDEN / "yaml.yml"
    inside = tmp_path / "od d" / ".." / "od d"
    results = sarif_of(run, ".", "od d", inside, outside)
    locations = {
        json.dumps(location["physicalLocation"]["artifactLocation"])
        for result in results["results"]
        for location in result["locations"]
    }
    base = {"uriBaseId": "%SRCROOT%"}
    odd = {"uri": "od%20d/x/%C3%A4%23%25%3A.yml", **base}
    assert locations == {
        json.dumps(odd),
        json.dumps({"uri": "%FF.yml", **base}),
        json.dumps({"uri": outside.as_uri()}),
    }


def fingerprints(run: RunCommand, path: Path) -> list[str]:
    return [
        result["partialFingerprints"]["hypersigmaProblem/v1"]
        for result in sarif_of(run, path)["results"]
    ]


def test_sarif_fingerprints_outlive_moves(
    run: RunCommand, tmp_path: Path
) -> None:
    twice = QUESTIONABLE.replace("46}", "46, Port|contains: 46}")
    (tmp_path / "a.yml").write_text(twice)
    (tmp_path / "b.yml").write_text(RULES + "---\n# moved\n" + twice)
    before = fingerprints(run, tmp_path / "a.yml")
    assert len(set(before)) == 2
    assert fingerprints(run, tmp_path / "b.yml") == before
    (tmp_path / "b.yml").write_text(twice.replace("Number", "Integer"))
    assert not set(fingerprints(run, tmp_path / "b.yml")) & set(before)


def test_corpus_has_little_to_remark(run: RunCommand, corpus: Path) -> None:
    done = run("check", corpus / "sigma" / "rules")
    assert done.returncode == 0
    assert b" 0 refused; 0 errors, 0 warnings, " in done.stderr
    assert done.stdout.count(b": note: ") < 10
