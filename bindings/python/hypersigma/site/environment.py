"""The templates: how they are found, and what they may say.

Every text that a template prints passes `visible` and is escaped, whether the
template thinks of it or not.
"""

from __future__ import annotations

import re
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from hypersigma.site.highlight import highlight
from hypersigma.site.texts import (
    breakable,
    plural,
    shown,
    shown_value,
    visible,
    web_address,
)

# Nothing but files of the site, and no inline code. Frames, forms, plugins and
# connections are not needed.
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
    " base-uri 'none'; form-action 'none'"
)
SECTIONS = (
    ("Rules", "index.html"),
    ("ATT&CK", "attack.html"),
    ("Fields", "fields.html"),
    ("Log sources", "logsources.html"),
    ("Indicators", "indicators.html"),
    ("Overlaps", "overlaps.html"),
    ("Statistics", "statistics.html"),
)
# Values of one item that stages show; the indicators show all of them.
_MAX_STAGE_VALUES = 40

_LEVELS = {"informational", "low", "medium", "high", "critical"}
_TECHNIQUE = re.compile(r"T\d{4}(\.\d{3})?", re.A)

# How kinds of indicators and operators of predicates read in a sentence.
_WORDS = {
    "match": "contains",
    "contains": "contains",
    "starts_with": "starts with",
    "ends_with": "ends with",
    "eq": "is",
    "equals": "is",
    "number_equals": "is the number",
    "bool": "is the truth value",
    "wildcard": "is like",
    "glob": "is like",
    "any_text": "is any text",
    "regex": "matches",
    "cidr": "is in",
    "lt": "<",
    "lte": "≤",
    "gt": ">",
    "gte": "≥",
    "exists": "exists",
    "missing": "is missing",
    "null": "is null",
    "keyword": "contains",
    "fieldref": "is the field",
    "field_ref": "is the field",
    "time_part": "has the time part",
}
# Modifiers that the words of a value's kind say already, or those of its item.
_SAID = frozenset(
    [
        *("all", "neq", "contains", "startswith", "endswith", "re", "cidr"),
        *("exists", "fieldref", "lt", "lte", "gt", "gte"),
    ]
)
# Kinds that their values' one predicate says just the same.
_SAME_AS = {
    ("match", "contains"),
    ("keyword", "contains"),
    ("eq", "equals"),
    ("eq", "number_equals"),
    ("eq", "bool"),
    ("starts_with", "starts_with"),
    ("ends_with", "ends_with"),
    ("regex", "regex"),
    ("cidr", "cidr"),
    ("lt", "lt"),
    ("lte", "lte"),
    ("gt", "gt"),
    ("gte", "gte"),
    ("null", "null"),
}


def make_environment(**shared: Any) -> Environment:
    """Makes the environment of all templates.

    Args:
        **shared: What every page may use.

    Returns:
        An environment; templates are compiled when first used.
    """
    environment = Environment(
        loader=PackageLoader("hypersigma.site"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(
        breakable=breakable,
        condition=_condition,
        cut=_cut,
        kind=word,
        level_class=_level_class,
        log_source=log_source,
        mitre=mitre_address,
        number=lambda count: f"{count:,}",
        operator=word,
        others=_others,
        plural=plural,
        short_address=_short_address,
        shown=shown,
        value=shown_value,
        web_address=web_address,
        yaml=highlight,
    )
    environment.tests["same_as"] = _is_same
    environment.globals.update(
        csp=CSP,
        sections=SECTIONS,
        max_values=_MAX_STAGE_VALUES,
        said_by_kind=_SAID,
        **shared,
    )
    return environment


def is_technique(name: str) -> bool:
    """Whether a tag names a technique, which has a page and an address."""
    return _TECHNIQUE.fullmatch(name) is not None


def mitre_address(technique: str) -> str:
    """Returns the address of a technique at its publisher.

    Args:
        technique: Such as `T1059.001`.

    Example:
        >>> mitre_address("T1059.001")
        'https://attack.mitre.org/techniques/T1059/001/'
    """
    return f"https://attack.mitre.org/techniques/{technique.replace('.', '/')}/"


def word(kind: str) -> str:
    """Returns how a kind of indicators or an operator reads in a sentence.

    Args:
        kind: Such as `match`.

    Example:
        >>> word("ends_with")
        'ends with'
    """
    return _WORDS.get(kind, kind)


def log_source(source: dict[str, Any]) -> str:
    """Returns a log source in one line.

    Args:
        source: With `product`, `category` and `service`.

    Example:
        >>> log_source({"product": "linux", "category": "", "service": "sshd"})
        'linux / sshd'
    """
    names = (source["product"], source["category"], source["service"])
    return " / ".join(name for name in names if name) or "any log source"


def _finalize(value: Any) -> Any:
    if type(value) is str:
        return visible(value)
    return value


def _condition(expression: str, names: dict[str, int]) -> Markup:
    """Marks the words of a condition and links its selections to stages."""
    html = []
    for part in re.split(r"([^\s()|,]+)", expression):
        if part in names:
            html.append(
                f'<a href="#stage-{names[part]}">{escape(visible(part))}</a>'
            )
        elif part.lower() in {"and", "or", "not", "of", "all", "any", "them"}:
            html.append(f"<b>{part}</b>")
        else:
            html.append(str(escape(visible(part))))
    return Markup("".join(html))


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"


def _level_class(level: str) -> str:
    return f"level-{level}" if level in _LEVELS else "level-none"


def _others(count: int) -> str:
    if count == 0:
        return "no other rule"
    return f"{count:,} other rule{'' if count == 1 else 's'}"


def _short_address(address: str) -> Markup:
    short = address.partition("://")[2].removeprefix("www.").rstrip("/")
    return breakable(_cut(short, 90))


def _is_same(predicate: dict[str, Any], value: dict[str, Any]) -> bool:
    """Whether a predicate tells nothing that its value does not."""
    operand = predicate["operand"]
    return (value["kind"], predicate["op"]) in _SAME_AS and (
        operand == value["value"]
        or (
            not predicate["cased"]
            and operand.casefold() == value["value"].casefold()
        )
        or value["kind"] == "null"
    )
