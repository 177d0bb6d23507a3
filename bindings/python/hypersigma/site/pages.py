"""One page each: which template, which address, and what it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from hypersigma.site.contexts import Contexts
from hypersigma.site.folder import OutputFolder
from hypersigma.site.overview import matrix, overlaps, statistics, with_bars
from hypersigma.site.search_index import make_search_index
from hypersigma.site.source import Source, read_page

FOLDERS = (
    "assets",
    "fields",
    "indicators",
    "logsources",
    "rules",
    "techniques",
)
_ASSETS = (
    "icon.svg",
    "narrow.css",
    "page.js",
    "search.js",
    "site.css",
    "theme.css",
    "theme.js",
)
_FILTERS = (
    ("product", "Product"),
    ("category", "Category"),
    ("service", "Service"),
    ("level", "Severity"),
    ("status", "Status"),
    ("tactic", "Tactic"),
    ("source", "Source"),
    ("field", "Field"),
)


@dataclass
class PageWriter:
    """Renders pages into a folder.

    One stands in each process; it is made before they fork.

    Attributes:
        source: The catalogue.
        contexts: Its index.
        environment: The templates.
        folder: Where pages go.
    """

    source: Source
    contexts: Contexts
    environment: Environment
    folder: OutputFolder

    def write(self, name: str, template: str, section: str, **told: Any) -> str:
        """Writes one page and returns its name."""
        root = "../" if "/" in name else ""
        html = self._render(template, root=root, section=section, **told)
        self.folder.write(name, html)
        return name

    def indicator_rows(
        self, field: int | None, root: str, rest_where: str
    ) -> Markup:
        """Returns a table of indicators, of one field or those shared."""
        rows, rest = self.contexts.indicator_rows(field)
        return Markup(
            self._render(
                "indicator_rows",
                rows=rows,
                rest=rest,
                rest_where=rest_where,
                with_field=field is None,
                root=root,
            )
        )

    def _render(self, template: str, **told: Any) -> str:
        return self.environment.get_template(f"{template}.html.j2").render(told)


def _write_rule(writer: PageWriter, position: int) -> str:
    page = read_page(writer.source, position)
    return writer.write(
        f"rules/{page['key']}.html",
        "rule",
        "index.html",
        **writer.contexts.rule(page),
    )


def _write_indicator(writer: PageWriter, position: int) -> str:
    row = writer.contexts.index["indicators"][position]
    return writer.write(
        f"indicators/{row['id']}.html",
        "indicator",
        "indicators.html",
        **writer.contexts.indicator(row),
    )


def _write_field(writer: PageWriter, position: int) -> str:
    told = writer.contexts.field(position)
    rows = writer.indicator_rows(
        position, "../", "the search finds them, and the pages of their rules."
    )
    return writer.write(
        f"fields/{told['field']['field_id']}.html",
        "field",
        "fields.html",
        indicator_rows=rows,
        **told,
    )


def _write_log_source(writer: PageWriter, position: int) -> str:
    row = writer.contexts.index["log_sources"][position]
    return writer.write(
        f"logsources/{row['log_source_id']}.html",
        "logsource",
        "logsources.html",
        **writer.contexts.log_source(row),
    )


def _write_technique(writer: PageWriter, position: int) -> str:
    row = writer.contexts.index["techniques"][position]
    return writer.write(
        f"techniques/{row['technique']}.html",
        "technique",
        "attack.html",
        **writer.contexts.technique(row),
    )


# Writes the page of one of many, by its position in the index.
WRITERS: dict[str, Callable[[PageWriter, int], str]] = {
    "rule": _write_rule,
    "indicator": _write_indicator,
    "field": _write_field,
    "log_source": _write_log_source,
    "technique": _write_technique,
}


def write_overviews(writer: PageWriter) -> int:
    """Writes the pages of which there is one each; returns how many."""
    index = writer.contexts.index
    told: dict[str, dict[str, Any]] = {
        "index": {"filters": _FILTERS},
        "attack": matrix(index),
        "fields": {"rows": with_bars(index["fields"])},
        "logsources": {"rows": with_bars(index["log_sources"])},
        "indicators": {
            "indicator_rows": writer.indicator_rows(
                None, "", "the pages of fields have them."
            )
        },
        "overlaps": overlaps(index),
        "statistics": statistics(index),
    }
    for name, values in told.items():
        writer.write(f"{name}.html", name, f"{name}.html", **values)
    return len(told)


def write_assets(writer: PageWriter) -> None:
    """Writes what pages load: styles, scripts, and the search index."""
    folder = files("hypersigma.site") / "assets"
    for name in _ASSETS:
        text = (folder / name).read_text(encoding="utf-8")
        writer.folder.write(f"assets/{name}", text)
    writer.folder.write(
        "search_index.js", make_search_index(writer.contexts.index)
    )
