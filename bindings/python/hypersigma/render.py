"""What the command line shows to people: a screen, and texts that fit it.

Text from rules and events is escaped: it can neither move the cursor nor be
taken for markup.
"""

from __future__ import annotations

import os
import textwrap
from typing import TextIO

from hypersigma.choices import ColorChoice

WIDTH = 80
_MIN_WIDTH = 40

# Select Graphic Rendition, by the names of styles.
_CODES = {
    "bold": "1",
    "dim": "2",
    "underline": "4",
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "good": "32",
    "critical": "1;37;41",
    "high": "1;31",
    "medium": "33",
    "low": "36",
    "informational": "2",
}
LEVEL_STYLES = {"critical", "high", "medium", "low", "informational"}

# A text, or a text with a style.
Part = str | tuple[str, str]


def escape(text: str) -> str:
    r"""Replaces what a terminal might obey or hide.

    Args:
        text: Anything.

    Returns:
        The text with control, format and other unprintable characters as
        escapes.

    Example:
        >>> print(escape("red\x1b[31m\u202e"))
        red\x1b[31m\u202e
    """
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable()
        else character.encode("unicode_escape", "surrogatepass").decode()
        for character in text
    )


def escape_lines(text: str) -> str:
    r"""Escapes each line of a text of ours that quotes others, such as carets.

    Args:
        text: Lines separated by newlines.

    Returns:
        The same lines, each escaped.

    Example:
        >>> print(escape_lines("a: bad\n  ^"))
        a: bad
          ^
    """
    return "\n".join(escape(line) for line in text.split("\n"))


class Screen:
    """A stream for people; coloured on a terminal unless NO_COLOR is set."""

    def __init__(
        self, stream: TextIO, color: ColorChoice = ColorChoice.AUTO
    ) -> None:
        """Wraps a stream.

        Args:
            stream: Where to print.
            color: Whether there are colours.
        """
        self.stream = stream
        self.is_terminal = stream.isatty()
        self.can_erase = self.is_terminal and not _is_dumb()
        self.has_color = color is ColorChoice.ALWAYS or (
            color is ColorChoice.AUTO
            and self.can_erase
            and not os.environ.get("NO_COLOR")
        )
        self.width = _terminal_width(stream) if self.is_terminal else WIDTH

    def line(self, *parts: Part) -> None:
        """Prints one line.

        Args:
            *parts: Escaped texts, each bare or with a style.
        """
        self.stream.write(self.render(*parts) + "\n")

    def render(self, *parts: Part) -> str:
        """Returns what `line` prints, without the end of the line."""
        texts = [
            self._styled(*part) if isinstance(part, tuple) else part
            for part in parts
        ]
        return "".join(texts).rstrip()

    def _styled(self, text: str, style: str) -> str:
        if not style or not text or not self.has_color:
            return text
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m"


def level_name(level: str) -> str:
    """Returns a rule's level as it is shown, in at most eight columns."""
    return "info" if level == "informational" else clip(escape(level), 8)


def _is_dumb() -> bool:
    return os.environ.get("TERM") in (None, "", "dumb")


def _terminal_width(stream: TextIO) -> int:
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    return max(columns or WIDTH, _MIN_WIDTH)


def cell_width(text: str) -> int:
    """Returns the columns that a printable text takes on a terminal.

    Args:
        text: An escaped text.

    Returns:
        The number of columns; two for a wide character.

    Example:
        >>> cell_width("a\N{CJK UNIFIED IDEOGRAPH-65E5}")
        3
    """
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def clip(text: str, width: int) -> str:
    """Cuts a text at its end.

    Args:
        text: An escaped text.
        width: Columns.

    Returns:
        The text, ending in an ellipsis where it was cut.

    Example:
        >>> clip("abcdef", 4)
        'abc…'
    """
    if cell_width(text) <= width:
        return text
    used = 0
    for position, character in enumerate(text):
        used += cell_width(character)
        if used > width - 1:
            return text[:position] + "…"
    return text


def clip_left(text: str, width: int) -> str:
    """Cuts a text at its beginning; see `clip`.

    Args:
        text: An escaped text.
        width: Columns.

    Returns:
        The text, beginning with an ellipsis where it was cut.

    Example:
        >>> clip_left("abcdef", 4)
        '…def'
    """
    return clip(text[::-1], width)[::-1]


def wrap(text: str, width: int) -> list[str]:
    """Breaks a text into lines.

    Args:
        text: An escaped text.
        width: Columns.

    Returns:
        Lines, none of them wider.

    Example:
        >>> wrap("one two three", 8)
        ['one two', 'three']
    """
    if text.isascii():
        return textwrap.wrap(text, width, break_on_hyphens=False)
    from rich.cells import chop_cells

    return [line.strip() for line in chop_cells(text, width)]
