"""docs/limits.md names every limit with its number and its test."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIMITS = [
    ROOT / "lib" / "base" / "limits.h",
    ROOT / "lib" / "engine" / "engine_file_size.h",
]
SITE = ROOT / "bindings" / "python" / "hypersigma" / "site"
OPTIONS = {
    "FileScanOptions": ROOT / "include" / "hypersigma" / "file_scanner.h",
    "RuleSetOptions": ROOT / "include" / "hypersigma" / "rule_set.h",
    "EngineOptions": ROOT / "include" / "hypersigma" / "engine.h",
    "CatalogOptions": ROOT / "include" / "hypersigma" / "catalog.h",
}
CONSTANT = re.compile(r"inline constexpr [\w:]+ (k\w+)\s*=\s*([^;]+);")
ROW = re.compile(
    r"^\| `([\w:.]+)`(.*?) \| ([\d,]+) \| (.+) \| `(\w+)` \|$", re.M
)


def value_of(expression: str) -> int:
    """Returns 16'384, or std::size_t{16} << 10, as a number."""
    shift = re.fullmatch(r"std::\w+\{(\d+)\} << (\d+)", expression.strip())
    if shift:
        return int(shift[1]) << int(shift[2])
    return int(expression.replace("'", ""))


def constants() -> dict[str, int]:
    text = "".join(path.read_text() for path in LIMITS)
    found = {name: value_of(value) for name, value in CONSTANT.findall(text)}
    assert len(found) == text.count("inline constexpr") > 25
    return found


def default_of(option: str) -> int:
    struct, name = option.split("::")
    text = OPTIONS[struct].read_text()
    match = re.search(rf"std::\w+ {name} = ([^;]+);", text)
    assert match, option
    return value_of(match[1])


def rows() -> list[tuple[str, str, str, str, str]]:
    text = (ROOT / "docs" / "limits.md").read_text()
    found = ROW.findall(text)
    assert len(found) == len(re.findall(r"^\| `", text, re.M))
    return found


def test_page_has_every_constant_and_its_number() -> None:
    page = {
        name: int(number.replace(",", ""))
        for name, _, number, _, _ in rows()
        if "::" not in name and "." not in name
    }
    assert page == constants()


def test_page_has_the_numbers_of_pages() -> None:
    page = {
        name: int(number.replace(",", ""))
        for name, _, number, _, _ in rows()
        if "." in name
    }
    public = {
        f"site.{path.stem}.{name}"
        for path in SITE.glob("*.py")
        for name in re.findall(r"^(MAX_\w+) = ", path.read_text(), re.M)
    }
    assert page.keys() == public
    for name, number in page.items():
        module, _, constant = f"hypersigma.{name}".rpartition(".")
        assert number == getattr(import_module(module), constant)


def test_page_has_the_numbers_of_options() -> None:
    options = [row for row in rows() if "::" in row[0]]
    assert len(options) == 5
    for name, _, number, _, _ in options:
        assert int(number.replace(",", "")) == default_of(name)
    named = 0
    for _, text, number, _, _ in rows():
        for option in re.findall(r"`(\w+Options::\w+)`", text):
            assert int(number.replace(",", "")) == default_of(option)
            named += 1
    assert named == 2


def test_every_limit_has_the_test_that_it_names() -> None:
    tests = {
        name
        for path in (ROOT / "tests" / "limits").glob("*_test.cc")
        for name in re.findall(r"^TEST\((\w+), ", path.read_text(), re.M)
    }
    pages = re.findall(
        r"^def (test_\w+)",
        (ROOT / "tests" / "python" / "test_site_limits.py").read_text(),
        re.M,
    )
    named = {row[4] for row in rows()}
    assert named <= tests | {*pages}
    assert {*pages} <= named
    # Beside those of a limit: what PCRE2 refuses, what has no limit.
    assert tests - named == {"Matches", "RegexNesting", "Undecided"}
