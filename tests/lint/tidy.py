#!/usr/bin/env python3
"""Runs clang-tidy over the sources of lib/, many of them at a time.

Usage: tidy.py BUILD [--jobs=N] [--tidy=PROGRAM]

BUILD is a configured tree, whose compile_commands.json says how. Prints the
findings and exits with 1 if there is any.

Alone, a source takes clang-tidy seconds, nearly all of them for the headers.
So a layer's sources are included by a few files written for this, and those
are what clang-tidy reads. Sources that declare the same name, each for itself,
stand in different files. Where some do not compile together all the same, they
are read in smaller groups, in the end alone.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Enough for headers to weigh little, few enough to keep every core busy.
MOST_SOURCES = 16
# Sources are reported on as well, although a file of ours includes them.
REPORTED = r"(include/hypersigma|/lib)/.*\.(h|cc)$"
# Empty. clang-tidy 14 keeps to itself what it finds in macros of the last file
# that another one includes.
LAST_HEADER = "last.h"
DOES_NOT_COMPILE = "[clang-diagnostic-error]"

# Comments, raw strings, strings, characters; a quote between digits is none.
NO_CODE = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'",
    re.DOTALL,
)
MACRO = re.compile(r"^#\s*define\s+(\w+)", re.MULTILINE)
DIRECTIVE = re.compile(r"^#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)
NAMESPACE = re.compile(r"\bnamespace\s*([\w:]*)\s*$")
TEMPLATE = re.compile(r"^\s*template\s*<[^()]*?>\s*(?=[a-z:A-Z])")
TYPE = re.compile(r"^\s*(?:using|struct|class|enum\s+class|enum|union)\s+(\w+)")
NAME = re.compile(r"([A-Za-z_]\w*)\s*(?:[(=\[]|$)")


@dataclass
class Source:
    """A source, the options it is compiled with, and the names it declares."""

    path: Path
    options: list[str]
    own: set[str]


def declared(text: str) -> set[str]:
    """The names declared in unnamed namespaces, and macros."""
    text = NO_CODE.sub(" 0 ", text)
    names = set(MACRO.findall(text))
    unnamed: list[bool] = []  # The namespaces around.
    depth = 0  # Of other braces.
    statement = ""
    for token in re.findall(r"[{};]|[^{};]+", DIRECTIVE.sub("", text)):
        if token == "{" and not depth and (m := NAMESPACE.search(statement)):
            unnamed.append(not m[1])
            statement = ""
        elif token == "{":
            depth += 1
        elif token not in "};":
            statement += token if not depth else ""
        elif token == "}" and not depth:
            del unnamed[-1:]
        else:
            depth -= token == "}"
            if not depth:
                plain = TEMPLATE.sub("", statement).strip()
                match = TYPE.match(plain) or NAME.search(plain)
                if match and any(unnamed):
                    names.add(match[1])
                statement = ""
    return names


def read_sources(build: Path) -> list[Source]:
    """The sources of lib/ that BUILD compiles."""
    sources = []
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = Path(entry["file"])
        if not path.is_relative_to(ROOT / "lib"):
            continue
        words = shlex.split(entry["command"])
        # Before the options stand the compiler and what launches it.
        first = next(i for i, word in enumerate(words) if word[0] == "-")
        options = words[first : words.index("-o")]
        sources.append(Source(path, options, declared(path.read_text())))
    return sorted(sources, key=lambda source: source.path)


def make_groups(sources: list[Source]) -> list[list[Source]]:
    """Groups of one layer's sources without a name in common."""
    layers = defaultdict(list)
    groups = []
    for source in sources:
        layers[source.path.parent].append(source)
    for layer in layers.values():
        open_groups: list[list[Source]] = []
        for source in layer:
            for group in open_groups:
                if len(group) < MOST_SOURCES and not any(
                    source.own & other.own for other in group
                ):
                    group.append(source)
                    break
            else:
                open_groups.append([source])
        groups += open_groups
    return sorted(groups, key=len, reverse=True)


def tidy(program: str, folder: Path, group: list[Source]) -> tuple[int, str]:
    """Returns the exit code of clang-tidy and its findings."""
    file = group[0].path
    if len(group) > 1:
        layer, stem = file.parent.name, file.stem
        file = folder / f"{layer}_{stem}_{len(group)}.cc"
        file.write_text(
            "".join(
                f'#include "{source.path}"'
                "  // NOLINT(bugprone-suspicious-include)\n"
                for source in group
            )
            + f'#include "{folder / LAST_HEADER}"\n'
        )
    # Some sources have definitions of their own.
    options = list(group[0].options)
    for source in group[1:]:
        for word in source.options:
            if word.startswith("-D") and word not in options:
                options.append(word)
    done = subprocess.run(
        [
            program,
            "--quiet",
            f"--config-file={ROOT / '.clang-tidy'}",
            f"--header-filter={REPORTED}",
            str(file),
            "--",
            *options,
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    if DOES_NOT_COMPILE in done.stdout and len(group) > 1:
        half = len(group) // 2
        parts = [
            tidy(program, folder, part) for part in (group[:half], group[half:])
        ]
        return max(code for code, _ in parts), "".join(out for _, out in parts)
    return abs(done.returncode), done.stdout


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--tidy", default="clang-tidy-14")
    arguments = parser.parse_args()

    folder = arguments.build.resolve() / "lint"
    folder.mkdir(exist_ok=True)
    (folder / LAST_HEADER).write_text("")
    groups = make_groups(read_sources(arguments.build))
    failed = False
    with ThreadPoolExecutor(arguments.jobs) as pool:
        for code, output in pool.map(
            lambda group: tidy(arguments.tidy, folder, group), groups
        ):
            print(output, end="")
            failed |= code != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
