"""`hypersigma check --duplicates`: what rules are to other rules."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from conftest import RULES, RunCommand
from hypersigma import RuleSet, check_command
from hypersigma.choices import FailOn
from hypersigma.duplicates import find_duplicates
from hypersigma.exit_code import ExitError


def rule(title: str, image: str, id_: str = "", more: str = "") -> str:
    identity = f"id: {id_}\n" if id_ else ""
    return (
        f"title: {title}\n{identity}"
        "logsource: {category: process_creation, product: windows}\n"
        f"detection:\n  s:\n    Image|endswith: {image}\n{more}"
        "  condition: s\n"
    )


NARROW_ID = "11111111-2222-3333-4444-555555555555"
FIRST = rule("First", r"\cmd.exe")
SAME = rule("Same", r"\CMD.EXE")
NARROW = rule("Narrow", r"\cmd.exe", NARROW_ID, "    User|contains: adm\n")
UNDECIDED = (
    rule("Literal", r"\abc")
    + "---\n"
    + rule("Expression", "c", more="    Image|re: 'ab'\n").replace(
        "    Image|endswith: c\n", ""
    )
)


@pytest.fixture
def files(tmp_path: Path) -> None:
    (tmp_path / "b.yml").write_text(f"{FIRST}---\n{NARROW}")
    (tmp_path / "c.yml").write_text(SAME)


@pytest.mark.usefixtures("files")
def test_text_names_both_rules_and_their_places(run: RunCommand) -> None:
    done = run("check", "--duplicates", "b.yml", "c.yml")
    assert done.returncode == 0
    assert done.stdout.decode() == (
        "c.yml:1: warning: 'Same' is equal to 'First', b.yml:1\n"
        "\n"
        f"b.yml:7: note: 'Narrow' ({NARROW_ID}) implies 'First', b.yml:1\n"
        f"b.yml:7: note: 'Narrow' ({NARROW_ID}) implies 'Same', c.yml:1\n"
        "\n"
    )
    assert done.stderr.decode() == (
        "3 documents: 3 loaded, 0 refused; 0 errors, 0 warnings, 0 notes\n"
        "2 equal rules in 1 group, 2 implied pairs, 0 pairs not decided\n"
    )
    assert run("check", "b.yml", "c.yml").stdout == b""
    quiet = run("check", "-q", "--duplicates", "b.yml", "c.yml")
    assert (quiet.stdout, quiet.stderr) == (done.stdout, b"")


@pytest.mark.usefixtures("files")
def test_json_has_groups_and_pairs(run: RunCommand) -> None:
    args = ("check", "--format", "json", "b.yml", "c.yml")
    first = {"title": "First", "id": "", "file": "b.yml", "line": 1}
    same = {"title": "Same", "id": "", "file": "c.yml", "line": 1}
    narrow = {"title": "Narrow", "id": NARROW_ID, "file": "b.yml", "line": 7}
    values = json.loads(run(*args, "--duplicates").stdout)
    assert values.pop("duplicates") == {
        "equal": [[first, same]],
        "implied": [
            {"rule": narrow, "implies": first},
            {"rule": narrow, "implies": same},
        ],
        "not_decided": 0,
        "complete": True,
    }
    assert values == json.loads(run(*args).stdout)


def sarif_of(run: RunCommand, *args: str) -> Any:
    done = run("check", "--format", "sarif", *args)
    return json.loads(done.stdout)["runs"][0]


@pytest.mark.usefixtures("files")
def test_sarif_has_results_with_both_places(run: RunCommand) -> None:
    only = sarif_of(run, "--duplicates", "b.yml", "c.yml")
    kinds = only["tool"]["driver"]["rules"]
    found = []
    for result in only["results"]:
        kind = kinds[result["ruleIndex"]]
        assert kind["id"] == result["ruleId"]
        assert kind["defaultConfiguration"]["level"] == result["level"]
        places = [*result["locations"], *result["relatedLocations"]]
        found.append(
            (
                result["ruleId"],
                *(
                    (
                        one["physicalLocation"]["artifactLocation"]["uri"],
                        one["physicalLocation"]["region"]["startLine"],
                    )
                    for one in places
                ),
            )
        )
    assert found == [
        ("sigma/equal-rules", ("c.yml", 1), ("b.yml", 1)),
        ("sigma/implied-rules", ("b.yml", 7), ("b.yml", 1)),
        ("sigma/implied-rules", ("b.yml", 7), ("c.yml", 1)),
    ]
    without = sarif_of(run, "b.yml", "c.yml")
    assert without["results"] == []
    assert "sigma/equal-rules" not in json.dumps(without)


@pytest.mark.usefixtures("files")
def test_sarif_fingerprints_outlive_moves(
    run: RunCommand, tmp_path: Path
) -> None:
    def prints(*args: str) -> list[str]:
        return sorted(
            one["partialFingerprints"]["hypersigmaProblem/v1"]
            for one in sarif_of(run, "--duplicates", *args)["results"]
        )

    before = prints("b.yml", "c.yml")
    assert len(set(before)) == 3
    (tmp_path / "all.yml").write_text(
        f"# moved\n{FIRST}---\n{NARROW}---\n{SAME}"
    )
    assert prints("all.yml") == before


@pytest.mark.parametrize(
    ("text", "least", "code"),
    [
        (f"{FIRST}---\n{SAME}", "error", 0),
        (f"{FIRST}---\n{SAME}", "warning", 1),
        (f"{FIRST}---\n{NARROW}", "warning", 0),
        (f"{FIRST}---\n{NARROW}", "note", 1),
        (f"{FIRST}---\n{NARROW}", "never", 0),
        (RULES, "note", 0),
        (UNDECIDED, "note", 0),
    ],
)
def test_exit_code_follows_the_fail_level(
    run: RunCommand, text: str, least: str, code: int
) -> None:
    args = ("check", "-", "--fail-on", least)
    done = run(*args, "--duplicates", stdin=text.encode())
    assert done.returncode == code
    assert run(*args, stdin=text.encode()).returncode == 0


def test_what_is_not_decided_is_counted(run: RunCommand) -> None:
    done = run("check", "--duplicates", "-", stdin=UNDECIDED.encode())
    assert done.stdout == b""
    last = done.stderr.decode().splitlines()[-1]
    assert last == (
        "0 equal rules in 0 groups, 0 implied pairs, 1 pair not decided"
    )


def test_text_of_rules_is_escaped(run: RunCommand) -> None:
    one = rule('"A\\e[31m\\u202e{0}[x](y)"', r"\cmd.exe")
    text = f"{one}---\n{SAME}".encode()
    done = run("check", "--duplicates", "-", stdin=text)
    assert r"'A\x1b[31m\u202e{0}[x](y)', <stdin>:1" in done.stdout.decode()
    done = run("check", "--duplicates", "-f", "sarif", "-", stdin=text)
    (result,) = json.loads(done.stdout)["runs"][0]["results"]
    assert r"\x1b[31m\u202e{{0}}[x] (y)" in result["message"]["text"]


def test_equal_rules_are_told_once_each() -> None:
    count = 300
    text = "---\n".join(rule(f"Copy {n}", r"\a.exe") for n in range(count))
    found = find_duplicates(RuleSet.from_yaml(text))
    overlaps = list(found.overlaps())
    assert [one.rule.title for one in overlaps] == [
        f"Copy {n}" for n in range(1, count)
    ]
    assert {one.other.title for one in overlaps} == {"Copy 0"}


def test_rules_that_cannot_be_loaded_are_left_out(run: RunCommand) -> None:
    text = f"title: Wrong\n---\n{FIRST}---\ntitle: Wrong\n---\n{SAME}"
    done = run("check", "--duplicates", "-", stdin=text.encode())
    assert done.returncode == 1
    line = b"<stdin>:11: warning: 'Same' is equal to 'First', <stdin>:2\n"
    assert line in done.stdout


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("fail_on", "code"),
    [
        (FailOn.ERROR, 0),
        (FailOn.NEVER, 0),
        (FailOn.WARNING, 3),
        (FailOn.NOTE, 3),
    ],
)
def test_an_unfinished_comparison_is_no_success(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fail_on: FailOn,
    code: int,
) -> None:
    # A real one takes 500 million steps; tests/limits has one with fewer.
    monkeypatch.setattr(
        check_command,
        "find_duplicates",
        lambda rules: dataclasses.replace(
            find_duplicates(rules), is_complete=False
        ),
    )
    path = str(tmp_path / "b.yml")
    found = 0
    try:
        found = check_command.check([path], fail_on=fail_on, duplicates=True)
    except ExitError as error:
        assert "not all rules were compared" in str(error)
        found = error.code
    assert found == code
    told = capsys.readouterr()
    assert "implies 'First'" in told.out
    assert "not all rules were compared" in told.err


def test_claims_are_those_of_the_catalogue(
    run: RunCommand, corpus: Path
) -> None:
    rules = corpus / "sigma" / "rules"
    args = ("check", "--duplicates", "-f", "json", rules)
    values = json.loads(run(*args).stdout)["duplicates"]
    assert values["complete"]
    assert len(values["implied"]) > 50
    files = {one["rule"]["file"] for one in values["implied"]}
    assert all(Path(file).is_file() for file in files)
