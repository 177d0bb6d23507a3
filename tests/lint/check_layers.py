#!/usr/bin/env python3
"""Checks the tree against lib/LAYERS and the rules that a tool can see.

Prints `file:line: message` for each finding and exits with 1 if there is any.
Only the standard library is needed, so that it runs before anything is built.
"""

from __future__ import annotations

import fnmatch
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

MAX_LINES = 400
CODE_SUFFIXES = {".cc", ".h", ".py", ".pyi", ".cmake"}
SKIPPED_FOLDERS = {"build", "dist", "__pycache__"}
FORBIDDEN_WORDS = {
    "common", "data", "helper", "helpers", "info", "manager", "misc", "util",
    "utils",
}  # fmt: skip
# System headers that have the look of a third-party one.
SYSTEM_HEADERS = re.compile(
    r"^((sys|arpa|netinet)/\w+|fcntl|poll|unistd|emmintrin|immintrin)\.h$"
)
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


@dataclass
class Layers:
    """What lib/LAYERS says."""

    below: dict[str, set[str]] = field(default_factory=dict)
    narrow: dict[str, set[str]] = field(default_factory=dict)
    doors: list[tuple[str, set[str]]] = field(default_factory=list)
    public: set[str] = field(default_factory=set)

    def visible(self, layer: str) -> set[str]:
        """Returns the layers that `layer` may include, itself among them."""
        seen = {layer}
        for lower in self.below[layer]:
            seen |= self.visible(lower)
        return seen

    def may_open(self, file: str, header: str) -> bool:
        """Returns whether `file` is a door to the third-party `header`."""
        return any(
            fnmatch.fnmatch(file, pattern) and header in headers
            for pattern, headers in self.doors
        )


def read_layers(text: str) -> Layers:
    """Returns the parsed lib/LAYERS. Raises ValueError for an unknown line."""
    layers = Layers()
    for number, line in enumerate(text.splitlines(), 1):
        line = line.split("#")[0].strip()
        kind, _, rest = line.partition(" ")
        name, _, words = rest.partition(":")
        if kind == "layer":
            # A layer knows only layers named before it: no circles.
            unknown = set(words.split()) - layers.below.keys()
            if unknown:
                raise ValueError(
                    f"lib/LAYERS:{number}: unknown layer {unknown}"
                )
            layers.below[name.strip()] = set(words.split())
        elif kind == "narrow":
            if name.strip() not in layers.below:
                raise ValueError(f"lib/LAYERS:{number}: unknown layer {name}")
            layers.narrow[name.strip()] = set(words.split())
        elif kind == "door":
            layers.doors.append((name.strip(), set(words.split())))
        elif kind == "public":
            layers.public.add(rest)
        elif line:
            raise ValueError(f"lib/LAYERS:{number}: cannot read '{line}'")
    return layers


def check_lib_include(layers: Layers, file: str, header: str) -> str | None:
    """Returns what is wrong with an include in lib/, if anything."""
    layer = file.split("/")[1]
    if layer not in layers.below:
        return f"folder lib/{layer} is not in lib/LAYERS"
    if layer in layers.narrow and is_outside_narrow(layers, layer, header):
        return f"layer '{layer}' is narrow and may not include {header}"
    if header.startswith("lib/"):
        target = header.split("/")[1]
        if target not in layers.visible(layer):
            return f"layer '{layer}' may not include layer '{target}'"
    elif header.startswith(("bindings/", "bench/", "tests/", "examples/")):
        return f"lib/ may not include {header}"
    elif not is_own_or_standard(header) and not layers.may_open(file, header):
        return f"{file} is not a door to {header}"
    return None


def is_outside_narrow(layers: Layers, layer: str, header: str) -> bool:
    """Returns whether a narrow layer may not include `header` of ours."""
    return (
        header.startswith(("lib/", "hypersigma/"))
        and not header.startswith(f"lib/{layer}/")
        and header not in layers.narrow[layer]
    )


def is_own_or_standard(header: str) -> bool:
    """Returns whether `header` is ours, Abseil's or the system's."""
    if header.startswith(("hypersigma/", "absl/")):
        return True
    return "." not in header or bool(SYSTEM_HEADERS.match(header))


def check_include(layers: Layers, file: str, header: str) -> str | None:
    """Returns what is wrong with this include, if anything."""
    if file.startswith("lib/"):
        return check_lib_include(layers, file, header)
    if file.startswith("include/"):
        third_party = not header.startswith("hypersigma/") and (
            "." in header or "/" in header
        )
        if third_party and header not in layers.public:
            return f"a public header may not show {header}"
    if file.startswith(("bindings/", "examples/")) and header.startswith(
        "lib/"
    ):
        return f"only include/hypersigma is for {file.split('/')[0]}/"
    return None


def check_file(layers: Layers, root: Path, file: str) -> Iterator[str]:
    """Yields the findings in one code file, given by its path from `root`."""
    words = set(re.split(r"[_\-.]", Path(file).stem.lower()))
    for word in sorted(words & FORBIDDEN_WORDS):
        yield f"{file}:1: '{word}' in a file name says nothing"
    lines = (root / file).read_text(encoding="utf-8").splitlines()
    if len(lines) > MAX_LINES:
        yield f"{file}:{MAX_LINES}: {len(lines)} lines, more than one concept"
    if not file.endswith((".cc", ".h")):
        return
    for number, line in enumerate(lines, 1):
        include = INCLUDE.match(line)
        if include:
            message = check_include(layers, file, include.group(1))
            if message:
                yield f"{file}:{number}: {message}"


def check_unit_test_names(root: Path) -> Iterator[str]:
    """Yields unit tests that do not mirror a file of lib/.

    x_test.cc and x_whatever_test.cc are tests of x.
    """
    folder = root / "tests/unit"
    for test in sorted(folder.rglob("*_test.cc")):
        layer = test.parent.relative_to(folder).as_posix()
        subjects = {path.stem for path in (root / "lib" / layer).glob("*.*")}
        words = test.stem.split("_")
        names = {"_".join(words[:end]) for end in range(1, len(words))}
        if not subjects & names:
            file = test.relative_to(root).as_posix()
            yield f"{file}:1: no file of lib/{layer} has this name"


def code_files(root: Path) -> Iterator[str]:
    """Yields the code files below `root`, sorted, without build output."""
    for path in sorted(root.rglob("*")):
        file = path.relative_to(root)
        hidden = any(part.startswith(".") for part in file.parts)
        if hidden or SKIPPED_FOLDERS & set(file.parts):
            continue
        if path.suffix in CODE_SUFFIXES and path.is_file():
            yield file.as_posix()


def check_tree(root: Path) -> list[str]:
    """Returns all findings below `root`."""
    layers = read_layers((root / "lib/LAYERS").read_text(encoding="utf-8"))
    findings: list[str] = []
    for file in code_files(root):
        findings += check_file(layers, root, file)
    return findings + list(check_unit_test_names(root))


def main() -> int:
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    findings = check_tree(root)
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
