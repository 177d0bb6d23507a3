"""Runs the examples of every docstring."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import hypersigma

# _hypersigma has no docstrings of its own; __main__ runs the command.
SITE = [
    "hypersigma.site.environment",
    "hypersigma.site.highlight",
    "hypersigma.site.plots",
    "hypersigma.site.texts",
]
MODULES = [*SITE, "hypersigma"] + [
    f"hypersigma.{module.name}"
    for module in pkgutil.iter_modules(hypersigma.__path__)
    if not module.name.startswith("_")
]
WITH_EXAMPLES = {
    *SITE,
    "hypersigma",
    "hypersigma.catalog_command",
    "hypersigma.catalog",
    "hypersigma.check_report",
    "hypersigma.column_scans",
    "hypersigma.coverage",
    "hypersigma.coverage_sample",
    "hypersigma.duplicates",
    "hypersigma.engine",
    "hypersigma.event_lines",
    "hypersigma.explaining",
    "hypersigma.field_needs",
    "hypersigma.file_options",
    "hypersigma.file_scans",
    "hypersigma.libraries",
    "hypersigma.loaded_rules",
    "hypersigma.navigator",
    "hypersigma.outputs",
    "hypersigma.progress",
    "hypersigma.pipeline",
    "hypersigma.profile",
    "hypersigma.rule_set",
    "hypersigma.taxonomy",
    "hypersigma.render",
    "hypersigma.render_stages",
    "hypersigma.render_table",
    "hypersigma.sarif",
    "hypersigma.scan_choice",
}


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    results = doctest.testmod(
        importlib.import_module(name),
        optionflags=doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL,
    )
    assert results.failed == 0
    assert (results.attempted > 0) == (name in WITH_EXAMPLES)
