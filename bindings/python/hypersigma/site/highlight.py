"""Colours for the YAML of rules: a line at a time, never wrong about its text.

It knows only as much of YAML as rules use. What it takes for a key or a comment
decides nothing but colours: the text of the lines is always the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup

from hypersigma.site.texts import MAX_BODY, shown

_LINE = re.compile(
    r"(?P<indent>[ \t]*(?:-[ \t]+)*)"
    r"(?:(?P<key>[^\s'\"#:{}\[\],&*-][^:#'\"{}\[\]]{0,200}|'[^']*'|\"[^\"]*\")"
    r"(?P<colon>[ \t]*:)(?=\s|$))?"
    r"(?P<rest>.*)",
    re.S,
)
_QUOTED = re.compile(r"[ \t]*('(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\")")
_BLOCK = re.compile(r"[ \t]*[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?$")
_PLAIN = re.compile(
    r"(?:true|false|null|~|-?\d+(?:\.\d+)?|0x[0-9a-fA-F]+)$", re.I
)


def highlight(yaml: str, first_line: int = 1) -> Markup:
    """Returns YAML as HTML.

    Args:
        yaml: As written; its end may be missing.
        first_line: Number of its first line.

    Returns:
        A `<span class=line>` a line, each with its number; parts of it in
        `<b class=...>`.

    Example:
        >>> print(highlight("a: 'b' # c"))
        <span class="line" data-n="1"><b class="k">a</b>:<b class="s"> \
&#39;b&#39;</b><b class="c"> # c</b></span>
    """
    yaml = yaml.replace("\r\n", "\n")
    rest = len(yaml) - MAX_BODY
    lines = yaml[:MAX_BODY].rstrip("\n").split("\n")
    html = [
        f'<span class="line" data-n="{number}">{line}</span>'
        for number, line in enumerate(_lines(lines), first_line)
    ]
    if rest > 0:
        html.append(f'<span class="cut">… {rest:,} more characters</span>')
    return Markup("\n".join(html))


def _lines(lines: list[str]) -> Iterator[str]:
    """Colours lines; those of a block scalar are text throughout."""
    block = None
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        if block is not None and (not line.strip() or indent > block):
            yield _part("s", line)
            continue
        block = None
        match = _LINE.match(line)
        assert match is not None
        if match["key"] is None and match["rest"].lstrip().startswith("#"):
            yield _part("c", line)
            continue
        if _BLOCK.match(match["rest"]):
            block = indent
        yield (
            _part("", match["indent"])
            + _part("k", match["key"] or "")
            + _part("", match["colon"] or "")
            + _value(match["rest"])
        )


def _value(text: str) -> str:
    quoted = _QUOTED.match(text)
    if quoted:
        return _part("s", quoted[0]) + _comment(text[quoted.end() :])
    at = text.find(" #")
    value, comment = (text, "") if at < 0 else (text[:at], text[at:])
    kind = "n" if _PLAIN.match(value.strip()) else "s"
    return _part(kind if value.strip() else "", value) + _part("c", comment)


def _comment(text: str) -> str:
    return _part("c" if text.lstrip().startswith("#") else "s", text)


def _part(kind: str, text: str) -> str:
    if not text:
        return ""
    html = shown(text, MAX_BODY)
    return f'<b class="{kind}">{html}</b>' if kind else str(html)
