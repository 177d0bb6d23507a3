"""How pictures look: white, few colours, the same bytes each time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")

from matplotlib import pyplot as plt

OWN = "#1f5fa8"
OWN_LIGHT = "#8fb4dc"
OTHER = "#8a8f98"
TEXT = "#20262e"
GRID = "#dfe3e8"

_SETTINGS: Any = {
    "axes.axisbelow": True,
    "axes.edgecolor": OTHER,
    "axes.grid": True,
    "axes.labelcolor": TEXT,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 10.5,
    "axes.titleweight": "bold",
    "figure.facecolor": "white",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "lines.linewidth": 1.8,
    "lines.markersize": 4.5,
    "savefig.facecolor": "white",
    # Letters are text, so that files stay small; identifiers do not vary.
    "svg.fonttype": "none",
    "svg.hashsalt": "hypersigma",
    "text.color": TEXT,
    "xtick.color": TEXT,
    "ytick.color": TEXT,
}


plt.rcParams.update(_SETTINGS)


def new_figure(
    width: float, height: float, rows: int = 1, columns: int = 1
) -> Any:
    """Returns a figure and its axes, sizes in inches."""
    return plt.subplots(
        rows,
        columns,
        figsize=(width, height),
        layout="constrained",
        squeeze=False,
    )


def save(figure: Any, folder: Path, name: str) -> list[Path]:
    """Writes a figure as SVG and PNG; returns the two paths.

    The same numbers give the same bytes of SVG: there is no date in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}.svg", folder / f"{name}.png"]
    figure.savefig(paths[0], metadata={"Date": None, "Creator": None})
    figure.savefig(paths[1], dpi=110, metadata={"Software": None})
    plt.close(figure)
    # Lines of an SVG end in blanks here and there, which reviews point at.
    lines = paths[0].read_text(encoding="utf-8").splitlines()
    text = "".join(f"{line.rstrip()}\n" for line in lines)
    paths[0].write_text(text, encoding="utf-8")
    return paths


def draw_bars(
    axes: Any,
    labels: Sequence[str],
    values: Sequence[float],
    texts: Sequence[str],
    colors: Sequence[str],
) -> None:
    """Draws horizontal bars, the first on top, each with a text at its end."""
    places = range(len(values))
    axes.barh(places, values, color=colors, height=0.66)
    axes.set_yticks(places, labels)
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)
    for place, value, text in zip(places, values, texts, strict=True):
        axes.annotate(
            text,
            (value, place),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=8.5,
        )
    axes.margins(x=0.3)
    axes.set_xlim(left=0)


def short_number(value: float) -> str:
    """Returns a number with three digits and k or M, as `352k`."""
    for limit, unit in ((1e6, "M"), (1e3, "k")):
        if value >= limit:
            return f"{value / limit:.3g}{unit}"
    return f"{value:.3g}"
