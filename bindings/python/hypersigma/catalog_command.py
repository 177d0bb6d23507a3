"""The command `hypersigma catalog`: what rules look for, as a web site."""

from __future__ import annotations

import re
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hypersigma import catalog_flags, flags
from hypersigma.catalog import Catalog
from hypersigma.choices import ColorChoice
from hypersigma.command_rules import choose_loading, rule_errors
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.load_options import RuleOptions
from hypersigma.loaded_rules import RuleSet
from hypersigma.page_progress import PageProgress
from hypersigma.render import Screen, escape
from hypersigma.scan_choice import load_taxonomy
from hypersigma.taxonomy import Taxonomy

if TYPE_CHECKING:
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
    which last. Exit codes: 0 done, and Ctrl-C under --serve; 2 rules: there are
    none; 3 usage, or something cannot be written.
    """
    if not output and not json_ and not serve:
        raise ExitError(
            ExitCode.INPUT, "nothing to do: give -o, --json or --serve"
        )
    # Here, so that no other command has to wait for templates and a server.
    from hypersigma.site.build import write_json, write_site

    if serve:
        # So that Ctrl-C leaves no temporary folder behind.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    screen = Screen(sys.stderr, color)
    progress = PageProgress(screen, screen.can_erase and not quiet)
    options = choose_loading(placeholders, pipeline)
    known = load_taxonomy(taxonomy)
    with (
        _site_folder(output, serve) as folder,
        _served(folder, port, serve) as server,
        progress,
    ):
        made = _load(rules, options, known, not no_compare, progress)
        told = []
        if json_:
            with _whole(json_):
                files = write_json(made, json_, tell=progress.update)
            told.append(f"{files:,} files of JSON in {escape(json_)}")
        if folder is not None:
            with _whole(folder):
                tell = progress.update
                pages = write_site(made, folder, title=title, tell=tell)
            told.append(
                f"{pages:,} pages for {len(made):,} rules in {escape(folder)},"
                f" {progress.seconds:.1f} s"
            )
        progress.hide()
        if not quiet:
            for text in told:
                screen.line(text)
        if server is not None:
            _serve(server, screen)
    return ExitCode.DONE


def _load(
    rules: list[str],
    options: RuleOptions,
    taxonomy: Taxonomy,
    compare: bool,
    progress: PageProgress,
) -> Catalog:
    sources = label_sources(rules)
    with rule_errors():
        progress.say("reading rules")
        loaded = RuleSet.from_paths(sources.values(), **options)
        progress.say(
            f"comparing {len(loaded.rules):,} rules with each other"
            if compare
            else "finding what rules share"
        )
        made = Catalog.build(
            loaded, sources, taxonomy=taxonomy, compare=compare
        )
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
        message = (
            f"{error.filename or folder}: {error.strerror}"
            if error.strerror
            else str(error)
        )
        raise ExitError(ExitCode.INPUT, message) from None


@contextmanager
def _site_folder(output: str | None, serve: bool) -> Iterator[str | None]:
    if output is not None or not serve:
        yield output
        return
    with tempfile.TemporaryDirectory(prefix="hypersigma-site-") as folder:
        yield folder


@contextmanager
def _served(
    folder: str | None, port: int, is_wanted: bool
) -> Iterator[SiteServer | None]:
    """Takes the port before there are pages, for it may not be free."""
    if folder is None or not is_wanted:
        yield None
        return
    from hypersigma.site.serve import HOST, SiteServer

    try:
        server = SiteServer(folder, port)
    except OSError as error:
        raise ExitError(
            ExitCode.INPUT,
            f"port {port} of {HOST}: {error.strerror}; --port takes another,"
            " 0 any that is free",
        ) from None
    with server:
        yield server


def _serve(server: SiteServer, screen: Screen) -> None:
    screen.line(f"{server.address} until Ctrl-C")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        screen.line()
