"""Columns stay columns, whatever stands in them."""

from __future__ import annotations

import pytest

from hypersigma.render import cell_width, clip, clip_left, escape, wrap

WIDE = "\u65e5\u672c\u8a9e"


@pytest.mark.parametrize("width", range(2, 12))
@pytest.mark.parametrize("text", ["abc def ghi", WIDE * 3, f"a {WIDE} b"])
def test_no_line_is_wider_than_its_column(text: str, width: int) -> None:
    assert all(cell_width(line) <= width for line in wrap(text, width))
    assert cell_width(clip(text, width)) <= width
    assert cell_width(clip_left(text, width)) <= width


def test_wrapping_loses_nothing() -> None:
    assert "".join(wrap("abcdefghij" + WIDE, 4)) == "abcdefghij" + WIDE
    assert " ".join(wrap("one two three", 5)) == "one two three"


def test_what_fits_is_not_clipped() -> None:
    assert clip(WIDE, 6) == WIDE
    assert clip(WIDE, 5) == "\u65e5\u672c\u2026"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain [red]\u00e9" + WIDE, "plain [red]\u00e9" + WIDE),
        ("\x1b]0;x\x07", r"\x1b]0;x\x07"),
        ("a\nb\tc\0", r"a\nb\tc\x00"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("\u009b31m", r"\x9b31m"),
        ("\ud800", r"\ud800"),
        ("\udcff", r"\udcff"),
    ],
)
def test_what_a_terminal_might_obey_is_escaped(text: str, escaped: str) -> None:
    assert escape(text) == escaped
