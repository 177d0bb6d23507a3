"""The command `bench/plot`: pictures and tables from a folder of JSON files."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from pictures.page import renew
from pictures.results import read_folder
from pictures.tables import make_parts
from provenance import ROOT

PAGE = ROOT / "docs/performance.md"


def main(arguments: Sequence[str]) -> int:
    """Runs the command; returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="bench/plot",
        description="Draws what the benchmark programs measured, as SVG and"
        " PNG, and with --page writes its tables into docs/performance.md.",
    )
    add = parser.add_argument
    add(
        "results",
        type=Path,
        nargs="?",
        default=ROOT / "build/bench",
        help="The folder of JSON files. Default: build/bench",
    )
    add(
        "-o",
        "--output",
        type=Path,
        metavar="DIR",
        help="Where pictures go. Default: pictures/ in that folder, or beside"
        " the page with --page",
    )
    add(
        "--page",
        type=Path,
        nargs="?",
        const=PAGE,
        metavar="FILE",
        help="Write the tables into this page. Default: docs/performance.md",
    )
    options = parser.parse_args(arguments)
    try:
        draw(options.results, options.output, options.page)
    except (OSError, ValueError) as error:
        print(f"bench/plot: {error}", file=sys.stderr)
        return 2
    return 0


def draw(folder: Path, output: Path | None, page: Path | None) -> None:
    """Draws all pictures for which there are numbers, and renews the page.

    Raises:
        OSError: A file cannot be read or written.
        ValueError: A file is no JSON, or the page lacks a marker.
    """
    from pictures.charts import PICTURES
    from pictures.style import save

    results = read_folder(folder)
    if output is None:
        output = page.with_suffix("") if page else folder / "pictures"
    for name, chart in PICTURES.items():
        figure = chart(results)
        if figure is None:
            print(f"plot: no numbers for {name}", file=sys.stderr)
            continue
        for path in save(figure, output, name):
            print(path)
    if page:
        folder_name = os.path.relpath(output, page.parent)
        parts = make_parts(results, folder_name)
        text = renew(page.read_text(encoding="utf-8"), parts)
        page.write_text(text, encoding="utf-8")
        print(page)
