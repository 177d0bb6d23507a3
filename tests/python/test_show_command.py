"""`hypersigma show`: the page of a rule in the terminal, and which rule."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from conftest import RULES, RunCommand
from hypersigma import Catalog, RuleSet
from hypersigma.choices import ColorChoice
from hypersigma.render import Screen, cell_width
from hypersigma.render_page import PagePrinter

# What `windash` tries.
DASHES = "-/\u2013\u2014\u2015"
WHOAMI = "e28a5a99-da44-436d-b7a0-2afc20a5f413"
PYTHON = "480e7e51-e797-47e3-8d72-ebfce65b6d8d"
OTHER = r"""
title: Another Whoami
id: 0b1c2d3e-0000-4000-8000-00000000000a
related:
  - {id: e28a5a99-da44-436d-b7a0-2afc20a5f413, type: similar}
  - {id: 0b1c2d3e-0000-4000-8000-00000000000b, type: derived}
description: |
  First line.

  Second one.
references: [https://example.org/a]
falsepositives: [Administrators]
tags: [attack.discovery, attack.g0001, cve.2024-1]
logsource: {category: process_creation, product: windows}
detection:
  one:
    Image|endswith: \WHOAMI.EXE
  two:
    CommandLine|windash|contains: [' -a', ' -b']
    Hashes|re|i: 'a[0-9]+'
    Size|gte: 10
  three: {User|cased: Admin}
  unused: {A: b}
  words: [alpha, beta]
  condition: one and two and not three and words
level: medium
"""
# Text that would move a cursor, turn text round, or be taken for markup.
HOSTILE = (
    'title: "A\\e[31mB\\u202eC [bold]\\u0007"\n'
    'id: "x\\u2066y"\n'
    'description: "d\\r\\u009b2J\\u2028e"\n'
    'author: "\\u200bjane"\n'
    'references: ["\\e]8;;http://x\\e\\\\"]\n'
    'falsepositives: ["\\u202b"]\n'
    'tags: ["attack.\\u202et1", "attack.\\e[1m", "x.\\u2067"]\n'
    'related: [{id: "\\u202e", type: "\\e[2J"}]\n'
    'logsource: {product: "p\\u202e", category: "c\\e[0m"}\n'
    "detection:\n"
    '  "s\\u202e\\e[7m":\n'
    f'    "f\\u2069\\e[1m": ["v\\e[2J\\u202e", "{"long" * 3_000}"]\n'
    '  condition: all of them\nlevel: "hi\\e[1mgh"\n'
)
FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f]"
)


def printed(page: bytes, width: int = 80, color: bool = False) -> str:
    stream = io.StringIO()
    screen = Screen(stream, ColorChoice.ALWAYS if color else ColorChoice.NEVER)
    screen.width = width
    PagePrinter(screen, lambda key: f"Title of {key}").print(json.loads(page))
    return stream.getvalue()


def page_of(text: str, position: int = 0) -> bytes:
    return Catalog.build(RuleSet.from_yaml(text)).page(position)


def section(text: str, name: str) -> list[str]:
    begin = text.split(f"\n{name}\n", 1)[1]
    return begin.split("\n\n")[0].rstrip("\n").split("\n")


def test_a_page_has_all_parts_in_order(run: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.yml").write_text(RULES)
    (tmp_path / "rules" / "b.yml").write_text(OTHER)
    done = run(
        "show", "0B1C2D3E-0000-4000-8000-00000000000A", "-r", "own=rules"
    )
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    for part in (
        "Detection rules > own\nmedium  Another Whoami\n",
        "log source      product windows, category process_creation\n",
        "source          own: b.yml, line 2\n",
        "description     First line.\n                Second one.\n",
        "references      https://example.org/a\n",
        "false positives Administrators\n",
        f"related rules   similar: Whoami Execution ({WHOAMI})\n",
        "derived: 0b1c2d3e-0000-4000-8000-00000000000b (not in this",
        "other tags      cve.2024-1\n",
        "\nMITRE ATT&CK coverage\n",
        "Discovery TA0007  1 other rule\n",
        "also tagged: attack.g0001\n",
        "\nEvent coverage\n",
        "needs ",
        "windows security 4688\n",
        "\nRule body\n",
        "\nStages and predicates\n",
        "\nIndicators\n",
        "\nRules with the same logic\n",
    ):
        assert part in text
        text = text[text.index(part) :]


def test_stages_have_their_predicates() -> None:
    lines = section(printed(page_of(OTHER)), "Stages and predicates")
    shown = [re.sub(r"#\d+", "#", line) for line in lines]
    assert shown == [
        "  0  condition  (line 25)",
        "     one and two and not three and words",
        "  1  one  (lines 16-17)",
        "     Image|endswith",
        "       ends_with \\WHOAMI.EXE  #",
        "  2  two  (lines 18-21)",
        "     CommandLine|windash|contains: any of 2",
        '       match " -a"',
        *[f'         contains " {dash}a"  #' for dash in DASHES],
        '       match " -b"',
        *[f'         contains " {dash}b"  #' for dash in DASHES],
        "     Hashes|re|i",
        "       regex a[0-9]+  #",
        "     Size|gte",
        "       gte 10  #",
        "  3  three  (line 22, negated)",
        "     User|cased",
        "       equals Admin  cased #",
        "  4  unused  (line 23, not in the condition)",
        "     A",
        "       equals b  #",
        "  5  words  (line 24)",
        "     any value: any of 2",
        "       contains alpha  #",
        "       contains beta  #",
    ]


def test_indicators_are_counted_in_the_corpus(
    run: RunCommand, tmp_path: Path
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "a.yml").write_text(RULES)
    (tmp_path / "b.yml").write_text(OTHER)
    done = run("show", "b.yml", "-r", "first=a", "-r", "second=b.yml")
    rows = section(done.stdout.decode(), "Indicators")
    assert rows[0].split() == ["FIELD", "KIND", "VALUE", "CORPUS"]
    (image,) = [row for row in rows if " ends_with " in row]
    assert image.split()[:3] == ["Image", "ends_with", "\\WHOAMI.EXE"]
    assert "2 (first 1, second 1)" in " ".join("".join(rows).split())
    assert [row.split()[0] for row in rows if " not eq|cased" in row] == [
        "User"
    ]
    # Alone it is its own corpus: nothing is shared.
    alone = section(run("show", "b.yml").stdout.decode(), "Indicators")
    (image,) = [row for row in alone if " ends_with " in row]
    assert image.split() == ["Image", "ends_with", "\\WHOAMI.EXE"]


def test_a_file_that_is_not_in_the_corpus_is_added(
    run: RunCommand, rules: Path, tmp_path: Path
) -> None:
    (tmp_path / "new.yml").write_text(OTHER)
    done = run("show", "new.yml", "-r", f"own={rules}", "--format", "json")
    (page,) = map(json.loads, done.stdout.splitlines())
    counts = {row["value"]: row["rules"] for row in page["indicators"]}
    assert counts["\\WHOAMI.EXE"] == 2
    assert page["source"] == ""


def test_json_is_the_page_a_line(run: RunCommand, rules: Path) -> None:
    catalog = Catalog.build(RuleSet.from_path(rules), {"rules": rules})
    done = run("show", WHOAMI, "-r", f"rules={rules}", "-f", "json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == json.loads(catalog.page(0))
    of_file = run("show", rules, "-r", f"rules={rules}", "-f", "json")
    pages = [json.loads(line) for line in of_file.stdout.splitlines()]
    assert pages == [json.loads(page) for page in catalog.pages()]


def test_a_rule_is_found_by_title(run: RunCommand, rules: Path) -> None:
    done = run("show", "odd port", "-r", rules)
    assert done.returncode == 0
    assert b"high  Odd Port\n" in done.stdout
    assert b"Whoami" not in done.stdout


def test_a_file_of_several_rules_has_several_pages(
    run: RunCommand, rules: Path
) -> None:
    text = run("show", rules).stdout.decode()
    assert text.count("\nStages and predicates\n") == 2
    assert text.index("Whoami Execution") < text.index("─" * 80)
    assert text.index("─" * 80) < text.index("Odd Port")


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (
            ("nope", "-r", "rules.yml"),
            2,
            "no rule has the id or title 'nope', and there is no such file",
        ),
        (
            ("whoami executon", "-r", "rules.yml"),
            2,
            "no rule has the id or title 'whoami executon', and there is no"
            " such file; did you mean 'Whoami Execution'?",
        ),
        (
            ("port", "-r", "rules.yml"),
            2,
            "no rule has the id or title 'port', and there is no such file; did"
            " you mean 'Odd Port'?",
        ),
        (
            ("no detection", "-r", "rules.yml", "-r", "other=bad.yml"),
            2,
            "rule 'no detection' was refused, bad.yml:1; `hypersigma check`",
        ),
        (("", "-r", "rules.yml"), 2, "no rule has the id or title ''"),
        (("nope",), 2, "no rule file 'nope': to show a rule by its id, give"),
        (("nope", "-r", "nowhere"), 2, "rules: "),
        (("bad.yml",), 2, "no rules to show in bad.yml (0 loaded,"),
        (("bad.yml", "-r", "rules.yml"), 2, "no rules to show in bad.yml"),
        (("nope", "-r", "bad.yml"), 2, "no rules to show (0 loaded,"),
        ((".",), 3, ". is a folder: give the id of a rule, and -r ."),
        (("n" * 300,), 2, "rules: "),
        (("x", "-r", "a=bad.yml", "-r", "a=rules.yml"), 3, "two rule roots"),
        (("rules.yml", "--format", "xml"), 3, ""),
    ],
)
def test_what_cannot_be_shown_is_told(
    run: RunCommand,
    rules: Path,
    tmp_path: Path,
    args: tuple[str, ...],
    code: int,
    message: str,
) -> None:
    (tmp_path / "bad.yml").write_text("title: no detection\n")
    done = run("show", *args)
    assert done.returncode == code
    assert done.stdout == b""
    assert done.stderr.decode().startswith(f"error: {message}")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_hostile_text_is_escaped_and_fits(width: int) -> None:
    page = page_of(HOSTILE)
    text = printed(page, width)
    assert FORBIDDEN.search(text) is None
    assert r"A\x1b[31mB\u202eC [bold]\x07" in text.replace("\n      ", " ")
    assert r"v\x1b[2J\u202e" in text
    assert "more characters" in text
    assert max(map(cell_width, text.split("\n"))) <= width
    assert len(text) < 60_000
    colored = printed(page, width, color=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == text


def test_long_lines_of_the_body_lose_nothing() -> None:
    line = "# " + "日本 a  b" * 40
    text = printed(page_of(RULES.partition("---\n")[0] + line))
    body = section(text, "Rule body")
    at = next(i for i, one in enumerate(body) if "# 日本" in one)
    joined = "".join(one[5:].ljust(0) for one in body[at:])
    assert joined.replace(" ", "") == line.replace(" ", "")


def test_the_wider_screen_is_used() -> None:
    narrow, wide = (printed(page_of(OTHER), width) for width in (80, 120))
    assert max(map(cell_width, wide.split("\n"))) > 80
    assert narrow.count("\n") > wide.count("\n")


def test_colours_are_those_of_levels_and_headings(
    run: RunCommand, rules: Path
) -> None:
    done = run("show", WHOAMI, "-r", rules, "--color", "always")
    assert b"\x1b[36mlow\x1b[0m" in done.stdout
    assert b"\x1b[1mIndicators\x1b[0m\n" in done.stdout
    assert b"\x1b" not in run("show", WHOAMI, "-r", rules).stdout


def test_the_worked_example_of_the_corpus(
    run: RunCommand, corpus: Path
) -> None:
    done = run("show", PYTHON, "-r", f"sigma={corpus / 'sigma' / 'rules'}")
    assert done.returncode == 0
    text = done.stdout.decode()
    stages = section(text, "Stages and predicates")
    names = [one.split()[1] for one in stages if re.match(r"  \d  ", one)]
    assert names == [
        "condition",
        "selection_img",
        "selection_cli_1",
        "selection_cli_2",
    ]
    rows = [
        re.split(r"  +", row.strip()) for row in section(text, "Indicators")[1:]
    ]
    assert [row[:3] for row in rows] == [
        ["CommandLine", "match", ".spawn("],
        ["CommandLine", "match", "from pty import spawn"],
        ["CommandLine", "match", "import pty"],
        ["Image", "ends_with", "python.exe"],
        ["Image", "ends_with", "python2.exe"],
        ["Image", "ends_with", "python3.exe"],
    ]
    assert [row[3:] for row in rows] == [[], [], *[["2 (sigma 2)"]] * 4]


def test_every_page_of_the_corpus_fits(corpus: Path) -> None:
    catalog = Catalog.build(
        RuleSet.from_path(corpus / "sigma" / "rules"), compare=False
    )
    for page in catalog.pages():
        for width in (80, 120):
            text = printed(page, width)
            assert FORBIDDEN.search(text) is None
            assert max(map(cell_width, text.split("\n"))) <= width, text
