"""The command `hypersigma catalog`: what rules look for, as a web site."""

from __future__ import annotations

import re
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypersigma import catalog_flags, flags
from hypersigma.catalog import Catalog
from hypersigma.choices import ColorChoice
from hypersigma.errors import RuleError
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.loaded_rules import RuleSet
from hypersigma.page_progress import PageProgress
from hypersigma.render import Screen, escape
from hypersigma.scan_choice import (
    load_pipelines,
    load_placeholders,
    load_taxonomy,
)
from hypersigma.site.build import write_json, write_site
from hypersigma.site.serve import SiteServer

_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}", re.A)


def catalog(
    rules: catalog_flags.LabelledRules,
    placeholders: flags.PlaceholderFile = None,
    pipeline: flags.PipelineNames = None,
    taxonomy: flags.TaxonomyFiles = None,
    output: catalog_flags.SiteFolder = None,
    json_: catalog_flags.JsonFolder = None,
    title: catalog_flags.SiteTitle = "Rule catalogue",
    serve: catalog_flags.Serve = False,
    port: catalog_flags.Port = catalog_flags.DEFAULT_PORT,
    quiet: flags.Quiet = False,
    color: flags.Color = ColorChoice.AUTO,
    no_compare: catalog_flags.NoCompare = False,
) -> int:
    """Writes a web site that says what each rule looks for, and how it decides.

    It needs no server: open index.html. Pages have the addresses of rules' ids,
    which last.
    """
    if not output and not json_ and not serve:
        raise ExitError(
            ExitCode.INPUT, "nothing to do: give -o, --json or --serve"
        )
    if serve:
        # So that Ctrl-C leaves no temporary folder behind.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    screen = Screen(sys.stderr, color)
    begin = time.monotonic()
    made = _load(rules, placeholders, pipeline, taxonomy, no_compare)
    progress = PageProgress(screen, screen.can_erase and not quiet)
    if json_:
        with _whole(json_):
            files = write_json(made, json_, tell=progress.update)
        progress.hide()
        if not quiet:
            screen.line(f"{files:,} files of JSON in {escape(json_)}")
    with _site_folder(output, serve) as folder:
        if folder is None:
            return ExitCode.DONE
        with _whole(folder):
            pages = write_site(made, folder, title=title, tell=progress.update)
        progress.hide()
        if not quiet:
            seconds = time.monotonic() - begin
            screen.line(
                f"{pages:,} pages for {len(made):,} rules in"
                f" {escape(folder)}, {seconds:.1f} s"
            )
        if serve:
            _serve(folder, port, screen)
    return ExitCode.DONE


def _load(
    rules: list[str],
    placeholders: str | None,
    pipeline: list[str] | None,
    taxonomy: list[str] | None,
    no_compare: bool,
) -> Catalog:
    sources = label_sources(rules)
    try:
        loaded = RuleSet.from_paths(
            sources.values(),
            placeholders=load_placeholders(placeholders),
            pipelines=load_pipelines(pipeline),
        )
        made = Catalog.build(
            loaded,
            sources,
            taxonomy=load_taxonomy(taxonomy),
            compare=not no_compare,
        )
    except (RuleError, OSError, ValueError) as error:
        raise ExitError(ExitCode.RULES, f"rules: {error}") from None
    if not len(made):
        raise ExitError(ExitCode.RULES, f"no rules to show ({loaded.report})")
    return made


def label_sources(arguments: list[str]) -> dict[str, str]:
    """Returns the paths of rule roots by label.

    Args:
        arguments: Each a path, or a label, `=`, and a path.

    Raises:
        ExitError: Two have the same label.

    Example:
        >>> label_sources(["sigma=rules/windows", "/srv/own"])
        {'sigma': 'rules/windows', 'own': '/srv/own'}
    """
    sources: dict[str, str] = {}
    for argument in arguments:
        label, equals, path = argument.partition("=")
        # A path may hold a '=', too.
        if not equals or not _LABEL.fullmatch(label) or not path:
            path = argument
            label = Path(argument).resolve().name or "rules"
        if label in sources:
            raise ExitError(
                ExitCode.INPUT,
                f"two rule roots are called '{label}': give each a label, such"
                f" as other={path}",
            )
        sources[label] = path
    return sources


@contextmanager
def _whole(folder: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ExitError(ExitCode.INPUT, str(error)) from None


@contextmanager
def _site_folder(output: str | None, serve: bool) -> Iterator[str | None]:
    if output is not None or not serve:
        yield output
        return
    with tempfile.TemporaryDirectory(prefix="hypersigma-site-") as folder:
        yield folder


def _serve(folder: str, port: int, screen: Screen) -> None:
    with SiteServer(folder, port) as server:
        screen.line(f"{server.address} until Ctrl-C")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            screen.line()
