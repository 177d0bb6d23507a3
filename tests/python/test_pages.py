"""What README.md and the pages of docs/ show works as they show it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from print_cli import print_cli
from snippets import (
    PAGES,
    ROOT,
    SnippetError,
    find_snippets,
    is_as_shown,
    pages_to_run,
    run_page,
)

GUIDES = ROOT / "docs" / "guides"


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", pages_to_run(), ids=name_of)
def test_snippets_do_what_the_page_says(page: Path) -> None:
    for snippet, output in run_page(page):
        assert snippet.output is not None
        assert is_as_shown(snippet.output, output), (
            f"{page}:{snippet.line} shows\n{snippet.output}\nbut it is\n"
            f"{output}\nIf that is right: tests/docs/snippets.py --write"
        )


def test_every_guide_is_run() -> None:
    assert {path.name for path in pages_to_run()} >= {
        "README.md",
        "windows_evtx.md",
        "linux.md",
        "cloud.md",
        "rules_ci.md",
        "arrow_tables.md",
    }


def test_page_of_the_command_line_is_up_to_date() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert page == print_cli(), "tests/docs/print_cli.py > docs/cli.md"


def test_links_lead_somewhere() -> None:
    for page in (*PAGES, ROOT / "examples" / "README.md"):
        text = page.read_text(encoding="utf-8")
        text = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
        for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
            if "://" not in link:
                assert (page.parent / link).exists(), f"{page}: {link}"


def test_readme_is_one_page() -> None:
    words = (ROOT / "README.md").read_text(encoding="utf-8").split()
    assert len(words) < 700
    snippets = find_snippets((ROOT / "README.md").read_text(encoding="utf-8"))
    sizes = {one.kind: one.text.count("\n") for one in snippets}
    assert sizes["cpp"] <= 12
    assert sizes["python"] <= 6


def ci_files() -> dict[str, Any]:
    page = (GUIDES / "rules_ci.md").read_text(encoding="utf-8")
    return {
        one.file: yaml.safe_load(one.text)
        for one in find_snippets(page)
        if one.file.startswith(".")
    }


def ci_commands() -> dict[str, list[str]]:
    files = ci_files()
    (github,) = files[".github/workflows/rules.yml"]["jobs"].values()
    gitlab = files[".gitlab-ci.yml"]["rules"]
    return {
        "github": [step["run"] for step in github["steps"] if "run" in step],
        "gitlab": gitlab["before_script"] + gitlab["script"],
    }


@pytest.mark.parametrize("service", ["github", "gitlab"])
def test_ci_checks_rules(service: str, tmp_path: Path) -> None:
    (command,) = [
        one for one in ci_commands()[service] if one.startswith("hypersigma")
    ]
    rules = tmp_path / "rules"
    rules.mkdir()
    text = (
        ROOT / "examples/rules/linux/lnx_auditd_rules_removed.yml"
    ).read_text()
    for rule, code in ((text, 0), (text.replace("|neq", "|nqe"), 1)):
        (rules / "rule.yml").write_text(rule)
        program = [sys.executable, "-m", *command.split()]
        done = subprocess.run(program, cwd=tmp_path, check=False)
        assert done.returncode == code


@pytest.mark.parametrize("service", ["github", "gitlab"])
def test_ci_installs_what_dev_installs(service: str) -> None:
    match = re.search(
        r"^build_packages=\((.*?)\)",
        (ROOT / "dev").read_text(),
        re.DOTALL | re.MULTILINE,
    )
    assert match
    (install,) = [one for one in ci_commands()[service] if "install -y" in one]
    words = re.findall(r"[\w+-]+", install.partition("recommends")[2])
    more = {"ca-certificates", "git", "libhyperscan-dev"}
    assert set(words) == {*match.group(1).split(), *more}


@pytest.mark.parametrize(
    ("shown", "output", "is_same"),
    [
        ("a\n", "a\n", True),
        ("a\n", "b\n", False),
        ("a\n", "a\nb\n", False),
        ("a\n...\n", "a\nb\nc\n", True),
        ("...\nc\n", "a\nb\n", False),
        ("a ... c\n", "a b c\n", True),
        ("a ... c\n", "a b d\n", False),
        ("1.2 s, 3 events/s, 4 MB/s\n", "9 s, 8 events/s, 7 MB/s\n", True),
        ("3 read\n", "4 read\n", False),
        ("", "a\n", False),
    ],
)
def test_outputs_are_compared(shown: str, output: str, is_same: bool) -> None:
    assert is_as_shown(shown, output) == is_same


@pytest.mark.parametrize(
    "page",
    [
        "```console\nno command\n```\n",
        "```python\nraise SystemExit(1)\n```\n",
        "```ruby\n1\n```\n",
        "```\n1\n```\n",
        "```text\nof nothing\n```\n",
    ],
)
def test_what_cannot_be_run_fails(page: str, tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(page)
    with pytest.raises(SnippetError):
        run_page(path)
