"""Text of rules on pages: nothing hidden, nothing that runs, nothing endless.

Rules are not trusted. Templates escape HTML; this makes visible what a browser
would obey or hide (control, format and bidi characters), and lets only web
addresses become links.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

# Control characters but tab and newline; format characters, among them all that
# turn the direction of text; separators of lines; fillers that look like a
# space; lone surrogates, which no file can hold.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f"
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_WORD_PARTS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[._/-])(?=[A-Za-z0-9])")

# A value past it is shown in part; its rule holds the rest.
MAX_VALUE = 4_000
# The same of a rule's YAML.
MAX_BODY = 400_000
_MAX_ADDRESS = 2_000


def visible(text: str) -> str:
    r"""Replaces what a browser obeys or hides by its code point.

    Args:
        text: Anything.

    Returns:
        The text with `⟨U+202E⟩` where that character stands. Tabs and newlines
        are kept.

    Example:
        >>> visible("a\u202eb")
        'a⟨U+202E⟩b'
    """
    return _HIDDEN.sub(_name, text)


def shown(text: str, limit: int = MAX_VALUE) -> Markup:
    r"""Returns a value of a rule as HTML.

    Args:
        text: Anything.
        limit: How many characters are shown.

    Returns:
        Escaped, with what `visible` replaces in `<span class=hidden>`.

    Example:
        >>> print(shown("<b>\x00"))
        &lt;b&gt;<span class="hidden">U+0000</span>
    """
    rest = len(text) - limit
    if rest > 0:
        text = text[:limit]
    html = str(escape(text))
    if _HIDDEN.search(html):
        html = _HIDDEN.sub(
            lambda match: (
                f'<span class="hidden">{_name(match).strip("⟨⟩")}</span>'
            ),
            html,
        )
    if rest > 0:
        html += f' <span class="cut">… {rest:,} more characters</span>'
    return Markup(html)


def shown_value(text: str, limit: int = MAX_VALUE) -> Markup:
    """Returns a value that rules look for as HTML, with what is hard to see.

    Args:
        text: Anything.
        limit: How many characters are shown.

    Returns:
        As `shown`, with spaces at the ends in `<span class=space>`; of an empty
        text, that it is empty.

    Example:
        >>> print(shown_value("add "))
        add<span class="space"> </span>
    """
    if not text:
        return Markup('<span class="cut">empty</span>')
    inner = text.strip(" ")
    begin = len(text) - len(text.lstrip(" ")) if inner else len(text)
    end = len(text) - begin - len(inner)
    if max(begin, end) > limit:
        return shown(text, limit)
    return _space(begin) + shown(inner, limit) + _space(end)


def _space(count: int) -> Markup:
    if count == 0:
        return Markup()
    return Markup('<span class="space">{}</span>').format(" " * count)


def breakable(name: str) -> Markup:
    """Returns a name as HTML that may go on in the next line between words.

    Args:
        name: Such as a field's.

    Example:
        >>> print(breakable("OriginalFileName"))
        Original<wbr>File<wbr>Name
    """
    parts = _WORD_PARTS.split(visible(name))
    return Markup("<wbr>").join(parts)


def web_address(text: str) -> str | None:
    """Returns the address that a reference is, if a link to it is harmless.

    Args:
        text: As written.

    Returns:
        An http or https address with a host and nothing hidden; else None.

    Example:
        >>> web_address("https://example.org/a?b"), web_address("javascript:x")
        ('https://example.org/a?b', None)
    """
    address = text.strip()
    if len(address) > _MAX_ADDRESS or _HIDDEN.search(address):
        return None
    if any(one.isspace() or one in '"<>\\`' for one in address):
        return None
    try:
        parts = urlsplit(address)
        has_host = bool(parts.hostname)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not has_host:
        return None
    return address


def plural(count: int, noun: str) -> str:
    """Returns a count with its noun.

    Args:
        count: 0 or more.
        noun: In the singular; its plural ends in s.

    Example:
        >>> plural(1, "rule"), plural(3754, "rule")
        ('1 rule', '3,754 rules')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _name(match: re.Match[str]) -> str:
    return f"⟨U+{ord(match[0]):04X}⟩"
