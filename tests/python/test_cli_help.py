"""Help, completion, and where results go."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import RunCommand


def test_version_can_be_asked_for_by_a_flag(run: RunCommand) -> None:
    done = run("--version")
    assert done.returncode == 0
    assert re.fullmatch(rb"hypersigma \d+\.\d+\.\d+\n", done.stdout)


@pytest.mark.parametrize(
    ("words", "completions"),
    [
        ("hypersigma sc", ["scan"]),
        ("hypersigma scan --fol", ["--follow"]),
        ("hypersigma scan --level hi", ["high", "high+"]),
        ("hypersigma scan -f c", ["csv"]),
        ("hypersigma check --status x", []),
    ],
)
def test_shells_can_complete(words: str, completions: list[str]) -> None:
    # The variable has the name of the command.
    done = subprocess.run(
        [Path(sys.executable).parent / "hypersigma"],
        capture_output=True,
        check=False,
        env={
            **os.environ,
            "_HYPERSIGMA_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(words.count(" ")),
        },
    )
    assert done.stdout.decode().split() == completions


def test_completion_is_printed_for_a_shell(run: RunCommand) -> None:
    done = run("--show-completion", "bash", SHELL="/bin/bash")
    assert b"complete -o default" in done.stdout


def test_help_has_sections(run: RunCommand) -> None:
    text = run("scan", "--help").stdout.decode()
    heads = re.findall(r"^(\w+):$", text, re.M)
    assert heads == [
        "Arguments",
        "Rules",
        "Events",
        "Matches",
        "Output",
        "Checks",
        "Other",
    ]
    assert max(map(len, text.splitlines())) <= 80


def test_fields_can_be_written_to_a_file(
    run: RunCommand, rules: Path, tmp_path: Path
) -> None:
    events = tmp_path / "events.ndjson"
    events.write_text('{"DestinationPort": 4444}\n')
    done = run("fields", "-r", rules, "-o", "needs.txt", events)
    assert done.returncode == 0
    assert done.stdout == b""
    shown = run("fields", "-r", rules, events).stdout.decode()
    assert (tmp_path / "needs.txt").read_text() == shown != ""


def test_fields_are_told_before_and_after_pipelines(
    run: RunCommand, rules: Path
) -> None:
    args = ("fields", "-r", rules, "-p", "ecs-windows")
    needs = json.loads(run(*args, "--format", "json").stdout)
    (before,) = [
        each
        for each in needs["before_pipelines"]
        if each["category"] == "process_creation"
    ]
    (after,) = [
        each
        for each in needs["log_sources"]
        if each["category"] == "process_creation"
    ]
    names = {each["field"] for each in before["fields"]}
    renamed = {each["field"] for each in after["fields"]}
    assert {"CommandLine", "Image"} <= names - renamed
    assert {"process.command_line", "process.executable"} <= renamed - names
    text = run(*args).stdout.decode()
    assert text.index("before the pipelines") < text.index("after them")
