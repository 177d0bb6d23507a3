"""Puts tables into a page, between markers that stay.

A marker is `<!-- table NAME -->`, and what is between it and the next
`<!-- end -->` is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PART = re.compile(
    r"(<!-- table (?P<name>\w+) -->\n).*?(<!-- end -->)", re.DOTALL
)


def renew(page: str, tables: Mapping[str, str | None]) -> str:
    """Returns the page with the tables in it; None leaves one as it was.

    Args:
        page: Markdown.
        tables: By name.

    Raises:
        ValueError: The page has a marker that no table has, or a table has no
            marker.
    """
    marked = {match["name"] for match in _PART.finditer(page)}
    if marked != set(tables):
        names = ", ".join(sorted(marked ^ set(tables)))
        raise ValueError(f"a table or its marker is missing: {names}")

    def replace(match: re.Match[str]) -> str:
        text = tables[match["name"]]
        if text is None:
            return match.group()
        return f"{match.group(1)}\n{text}\n{match.group(3)}"

    return _PART.sub(replace, page)
