"""The command `hypersigma show`: the pages of rules in the terminal."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from hypersigma import flags, show_flags
from hypersigma.catalog import Catalog
from hypersigma.catalog_command import label_sources
from hypersigma.choices import ColorChoice, FieldsFormat
from hypersigma.command_rules import (
    choose_loading,
    rule_errors,
    unknown_rule,
)
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.explaining import find_rules
from hypersigma.load_options import RuleOptions
from hypersigma.loaded_rules import RuleSet
from hypersigma.render import Screen
from hypersigma.render_page import PagePrinter
from hypersigma.scan_choice import load_taxonomy
from hypersigma.taxonomy import Taxonomy


def show(
    rule: show_flags.ShownRule,
    rules: show_flags.Corpus = None,
    placeholders: flags.PlaceholderFile = None,
    pipeline: flags.PipelineNames = None,
    taxonomy: flags.TaxonomyFiles = None,
    format_: show_flags.PageFormat = FieldsFormat.TEXT,
    color: flags.Color = ColorChoice.AUTO,
) -> int:
    """Prints the page of a rule: what it looks for, and how it decides.

    With -r values are counted in the rules there; a FILE that is not among them
    is added. A FILE alone is its own corpus.
    """
    options = choose_loading(placeholders, pipeline)
    known = load_taxonomy(taxonomy)
    with rule_errors():
        corpus = _Corpus(rule, rules or [], options, known)
    if format_ is FieldsFormat.JSON:
        # JSON is UTF-8, whatever the terminal takes.
        sys.stdout.flush()
        with open(sys.stdout.fileno(), "wb", closefd=False) as stream:
            for position in corpus.positions:
                stream.write(corpus.catalog.page(position).rstrip() + b"\n")
        return ExitCode.DONE
    screen = Screen(sys.stdout, color)
    printer = PagePrinter(screen, corpus.title_of)
    for index, position in enumerate(corpus.positions):
        if index:
            screen.line()
            screen.line(("─" * screen.width, "dim"))
        printer.print(json.loads(corpus.catalog.page(position)))
    return ExitCode.DONE


class _Corpus:
    """The rules that are counted, and which of them are shown.

    Attributes:
        catalog: Of all rules.
        positions: Of the rules to show.
    """

    def __init__(
        self,
        wanted: str,
        arguments: list[str],
        options: RuleOptions,
        taxonomy: Taxonomy,
    ) -> None:
        """Loads the rules.

        Args:
            wanted: An id, a title or a file.
            arguments: Of `-r`.
            options: How rules are loaded.
            taxonomy: Which events reach a rule.

        Raises:
            ExitError: There is no such rule.
        """
        sources = label_sources(arguments) if arguments else {}
        if not sources:
            _expect_file(wanted)
        paths = list(sources.values()) or [wanted]
        self._rules = RuleSet.from_paths(paths, **options)
        self.positions = self._find(wanted)
        if not self.positions and sources and Path(wanted).is_file():
            self._rules = RuleSet.from_paths([*paths, wanted], **options)
            self.positions = self._of_file(wanted)
        if not self.positions:
            raise self._nothing(wanted, bool(sources))
        self.catalog = Catalog.build(self._rules, sources, taxonomy=taxonomy)

    def title_of(self, key: str) -> str | None:
        """Returns the title of the rule with a key."""
        position = self.catalog.find(key)
        return None if position is None else self._rules.rules[position].title

    def _find(self, wanted: str) -> list[int]:
        if not wanted:
            # Rules without an id would have it.
            return []
        try:
            return find_rules(self._rules.rules, wanted) or []
        except KeyError:
            return self._of_file(wanted) if Path(wanted).is_file() else []

    def _of_file(self, wanted: str) -> list[int]:
        identity = _identity(wanted)
        files = {rule.file for rule in self._rules.rules}
        same = {file for file in files if _identity(file) == identity}
        return [
            position
            for position, rule in enumerate(self._rules.rules)
            if rule.file in same
        ]

    def _nothing(self, wanted: str, has_corpus: bool) -> ExitError:
        if Path(wanted).is_file():
            message = (
                f"no rules to show in {wanted} ({self._rules.report}); see"
                " `hypersigma check`"
            )
        elif has_corpus and not self._rules.rules:
            message = f"no rules to show ({self._rules.report})"
        else:
            rules, report = self._rules.rules, self._rules.report
            message = unknown_rule(wanted, rules, report, or_file=True)
        return ExitError(ExitCode.RULES, message)


def _expect_file(wanted: str) -> None:
    path = Path(wanted)
    if path.is_dir():
        raise ExitError(
            ExitCode.INPUT,
            f"{wanted} is a folder: give the id of a rule, and -r {wanted}",
        )
    if not path.exists():
        raise ExitError(
            ExitCode.RULES,
            f"no rule file {wanted!r}: to show a rule by its id, give -r RULES",
        )


def _identity(file: str) -> tuple[int, int] | None:
    try:
        status = Path(file).stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino
