"""Runs the snippets of a page: every fenced block, in the order of the page.

The first word after the fence says what a block is:

    console   `$ command` lines and what a terminal shows of them
    python    a program; a `text` block right after it is what it prints
    text      only as the output of a python block
    cpp       nothing to run here: tests/docs/CMakeLists.txt compiles it

A block of any kind with a second word is the content of the file of that name.
A page runs in a folder of its own that has examples/ and a stand-in for ./dev.
A line `...` in an output stands for any lines, `...` in a line for any text;
times and speeds may differ.

Usage: snippets.py --write PAGE...  writes the outputs anew, except where `...`
is, and tells the pages that need a look because of it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from terminal import run_in_terminal

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

# Pages whose blocks are not meant to be run: parts of the log source map, and
# how packages are installed. Decisions are never written anew either.
_NOT_RUN = ("log_sources.md", "dependencies.md")

_FENCE = re.compile(r"^```(\S*) ?(\S*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_TIMING = re.compile(
    r"[\d.]+ s, [\d,]+ events/s, [\d.,]+ MB/s|[\d,]+ MB at most"
)
_MARK = "\x01"


class SnippetError(Exception):
    """A snippet does not do what its page says."""


@dataclass(frozen=True)
class Snippet:
    """A block of a page, or a command of a console block.

    Attributes:
        kind: The first word after the fence.
        file: The second word, perhaps empty.
        text: What to run or to write.
        output: What it should print; None if nothing is said.
        line: Where it begins in the page, from 1.
        span: Where `output` is in the page's text.
    """

    kind: str
    file: str
    text: str
    output: str | None
    line: int
    span: tuple[int, int]


def pages_to_run() -> list[Path]:
    """Returns the pages that have snippets."""
    return [
        page
        for page in PAGES
        if page.parent.name != "design"
        and page.name not in _NOT_RUN
        and "```" in page.read_text(encoding="utf-8")
    ]


def find_snippets(page: str) -> list[Snippet]:
    """Returns all snippets of a page; a console block is one for a command."""
    found: list[Snippet] = []
    for match in _FENCE.finditer(page):
        kind, file, text = match.groups()
        line = page.count("\n", 0, match.start()) + 1
        begin = match.start(3)
        if kind == "console":
            found += _find_commands(text, begin, line + 1)
        elif kind == "text" and found and found[-1].kind == "python":
            before = found.pop()
            found.append(
                Snippet("python", "", before.text, text, line, match.span(3))
            )
        else:
            found.append(Snippet(kind, file, text, None, line, (begin, begin)))
    return found


def _find_commands(text: str, begin: int, line: int) -> Iterator[Snippet]:
    """Yields a snippet for each `$ ` line, with the lines below it."""
    starts = [m.start() for m in re.finditer(r"^\$ ", text, re.MULTILINE)]
    if not starts or starts[0]:
        raise SnippetError(f"line {line}: no '$ ' before a command")
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        # A backslash at the end of a line goes on.
        command = re.match(r"\$ ((?:.*\\\n)*.*\n)", text[start:end])
        assert command
        after = start + command.end()
        yield Snippet(
            "console",
            "",
            command.group(1),
            text[after:end],
            line + text.count("\n", 0, start),
            (begin + after, begin + end),
        )


def run_page(page: Path) -> list[tuple[Snippet, str]]:
    """Runs a page; returns each snippet that has an output, and its output.

    Raises:
        SnippetError: A snippet cannot be run, or a program fails.
    """
    text = page.read_text(encoding="utf-8")
    with TemporaryDirectory() as name:
        folder = Path(name)
        _furnish(folder)
        return list(_run(find_snippets(text), folder))


def _furnish(folder: Path) -> None:
    (folder / "examples").symlink_to(ROOT / "examples")
    # ./dev builds first, which is no part of a snippet: only its scan is.
    dev = (ROOT / "dev").read_text()
    default = re.search(r"^    set -- (?:.*\\\n)*.*$", dev, re.MULTILINE)
    assert default, "dev has no default arguments"
    stand_in = folder / "dev"
    stand_in.write_text(
        "#!/bin/bash\n[[ $1 == scan ]] || exit 99\nshift\n"
        f"if (($# == 0)); then\n{default.group()}\nfi\n"
        'exec hypersigma scan "$@"\n'
    )
    stand_in.chmod(0o755)


def _run(
    snippets: list[Snippet], folder: Path
) -> Iterator[tuple[Snippet, str]]:
    consoles: list[Snippet] = []
    for snippet in snippets:
        if snippet.kind != "console":
            yield from _run_consoles(consoles, folder)
            consoles = []
        if snippet.file:
            path = folder / snippet.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(snippet.text, encoding="utf-8")
        elif snippet.kind == "console":
            consoles.append(snippet)
        elif snippet.kind == "python":
            output = _execute([sys.executable], snippet.text, folder)
            if snippet.output is not None:
                yield snippet, output
        elif snippet.kind != "cpp":
            raise SnippetError(
                f"line {snippet.line}: no way to run '{snippet.kind}'"
            )
    yield from _run_consoles(consoles, folder)


def _run_consoles(
    snippets: list[Snippet], folder: Path
) -> Iterator[tuple[Snippet, str]]:
    """Runs commands in one shell, so that they can ask for `$?`."""
    if not snippets:
        return
    mark = f"{{ __code=$?; printf '{_MARK}'; (exit $__code); }}\n"
    script = mark.join(snippet.text for snippet in snippets)
    output = _execute(["bash"], f"{script}\ntrue\n", folder)
    yield from zip(snippets, output.split(_MARK), strict=True)


def _execute(program: list[str], text: str, folder: Path) -> str:
    script = folder / ".snippet"
    script.write_text(text, encoding="utf-8")
    code, output = run_in_terminal([*program, str(script)], folder)
    if code:
        raise SnippetError(f"{text}\n{output}")
    return output


def is_as_shown(shown: str, output: str) -> bool:
    """Returns whether an output is what a page shows."""
    pattern = "".join(
        r"(?:.*\n)*?"
        if line == "...\n"
        else ".*".join(map(re.escape, line.split("...")))
        for line in _comparable(shown).splitlines(keepends=True)
    )
    return re.fullmatch(pattern, _comparable(output)) is not None


def _comparable(output: str) -> str:
    """Returns an output without what varies or cannot be seen."""
    text = _TIMING.sub("TIMING", output)
    return _shown(text)


def _shown(output: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in output.splitlines())


def write_outputs(page: Path) -> bool:
    """Writes the outputs of a page anew; returns whether all could be."""
    text = page.read_text(encoding="utf-8")
    is_whole = True
    for snippet, output in reversed(run_page(page)):
        assert snippet.output is not None
        if is_as_shown(snippet.output, output):
            continue
        if "..." in snippet.output:
            print(f"{page}:{snippet.line}: has '...', look at it:\n{output}")
            is_whole = False
            continue
        begin, end = snippet.span
        text = text[:begin] + _shown(output) + text[end:]
    page.write_text(text, encoding="utf-8")
    return is_whole


if __name__ == "__main__":
    if sys.argv[1:2] != ["--write"]:
        sys.exit(f"usage: {sys.argv[0]} --write [PAGE...]")
    given = [Path(name) for name in sys.argv[2:]] or pages_to_run()
    results = [write_outputs(one) for one in given]
    sys.exit(not all(results))
