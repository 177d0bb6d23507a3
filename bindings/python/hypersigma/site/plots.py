"""Plots as SVG: no styles in them, for the pages forbid those.

Colours come from classes in site.css. What a plot shows stands beside it as a
table, or is the table.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup, escape

from hypersigma.site.texts import visible

_WIDTH = 480
_HEIGHT = 230
_FOOT = 26
_HEAD = 20
# Width of a character, and what is left free between texts.
_CHARACTER = 8
_GAP = 3


def bar(count: int, most: int) -> Markup:
    """Returns a bar for a row of a table, whose cells say the number.

    Args:
        count: Of this row.
        most: Of the row with the longest bar; above 0.

    Example:
        >>> print(bar(1, 4))
        <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" \
aria-hidden="true"><rect width="25" height="8"/></svg>
    """
    width = max(100 * count / most, 0.5) if count else 0
    return Markup(
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none"'
        f' aria-hidden="true"><rect width="{width:.4g}" height="8"/></svg>'
    )


def columns(
    rows: Sequence[tuple[str, int]], title: str, description: str
) -> Markup:
    """Returns a plot with one column a row.

    Args:
        rows: Labels and counts, from left to right; not empty.
        title: What it is called.
        description: What it says, for those who do not see it.

    Returns:
        An SVG of the width that there is.
    """
    most = max(count for _, count in rows) or 1
    step = _WIDTH / len(rows)
    room = _HEIGHT - _FOOT - _HEAD
    longest = max((visible(label) for label, _ in rows), key=len)
    each = math.ceil(_width(longest) / step)
    parts = []
    for position, (label, count) in enumerate(rows):
        height = room * count / most
        left = position * step
        parts.append(
            f'<rect x="{left + step * 0.12:.1f}"'
            f' y="{_HEAD + room - height:.1f}" width="{step * 0.76:.1f}"'
            f' height="{height:.1f}" rx="2"><title>'
            f"{escape(visible(label))}: {count:,}</title></rect>"
        )
        middle = f"{left + step / 2:.1f}"
        if position % each == 0:
            parts.append(
                f'<text x="{middle}" y="{_HEIGHT - 8}">'
                f"{escape(visible(label))}</text>"
            )
        number = f"{count:,}"
        if count and _width(number) < step:
            parts.append(
                f'<text class="n" x="{middle}"'
                f' y="{_HEAD + room - height - 6:.1f}">{number}</text>'
            )
    return Markup(
        f'<svg class="plot-columns" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"'
        f' aria-label="{escape(title)}. {escape(description)}">'
        f'<path d="M0 {_HEIGHT - _FOOT}.5H{_WIDTH}"/>{"".join(parts)}</svg>'
    )


def _width(text: str) -> int:
    return len(text) * _CHARACTER + _GAP
