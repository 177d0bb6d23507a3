"""Compiled rules: the package's central class."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cached_property
from typing import Any, Unpack

from hypersigma import _hypersigma
from hypersigma._hypersigma import RuleMask
from hypersigma.arguments import Path, encode_path, placeholder_lists
from hypersigma.column_scans import ColumnScans
from hypersigma.errors import RuleError
from hypersigma.explaining import Explanations
from hypersigma.file_scans import FileScans
from hypersigma.load_options import LoadOptions, check_options, rule_options
from hypersigma.loaded_rules import RuleSet
from hypersigma.origin import trace_report, trace_rules
from hypersigma.pipeline import find_pipelines
from hypersigma.profile import Profile, Profiling
from hypersigma.rule_set import LoadReport, Rule, make_report, make_rules
from hypersigma.scan_options import (
    LogSource,
    ScanOptions,
    log_source_text,
    make_options,
)
from hypersigma.scan_result import Matches, Undecided
from hypersigma.taxonomy import Taxonomy


class Engine(FileScans, ColumnScans, Explanations, Profiling):
    r"""All rules of a rule set, compiled and immutable.

    Any number of threads may scan with one engine at once; the GIL is released
    while rules are compiled and events are matched.

    Attributes:
        taxonomy: What events are called.
        is_loaded: Whether it comes from an engine file.
        cache_note: What went wrong with the file of `load_or_build`, if
            anything; the engine is right all the same.

    Example:
        >>> from hypersigma import Engine
        >>> engine = Engine.from_yaml('''
        ... title: Whoami Execution
        ... logsource: {category: process_creation}
        ... detection:
        ...   selection:
        ...     Image|endswith: \\whoami.exe
        ...   condition: selection
        ... ''')
        >>> matches = engine.scan({"Image": r"C:\Windows\whoami.exe"})
        >>> matches[0].rule.title
        'Whoami Execution'
    """

    def __init__(
        self,
        rules: RuleSet,
        taxonomy: Taxonomy | None = None,
        log_source_field: str = "",
        profile: Profile | None = None,
    ) -> None:
        """Compiles rules; `from_path` and the like load them before.

        Args:
            rules: Loaded rules.
            taxonomy: As in `LoadOptions`.
            log_source_field: As in `LoadOptions`.
            profile: As in `LoadOptions`.

        Raises:
            RuleError: The rules as a whole cannot be compiled.
            RuntimeError: The pattern library failed.
        """
        self.taxonomy = taxonomy or Taxonomy()
        self.is_loaded = False
        self.cache_note = ""
        self._origins = rules._origins
        core = (profile or Profile())._core
        self._core = _hypersigma.Engine(
            rules._core, self.taxonomy._core, log_source_field, core
        )

    @classmethod
    def from_path(cls, path: Path, **options: Unpack[LoadOptions]) -> Engine:
        """Loads and compiles a rule file, or all rules below a folder.

        Args:
            path: A file, or a folder whose .yml and .yaml files are read in
                sorted order.
            **options: See `LoadOptions`.

        Returns:
            An engine with the rules that work; `report` accounts for the rest.

        Raises:
            FileNotFoundError: `path` or a pipeline does not exist.
            PipelineError: A pipeline's file is none.
            RuleError: `strict` is set and a document is not clean.

        Example:
            >>> Engine.from_path("no/such/folder")
            Traceback (most recent call last):
            ...
            FileNotFoundError: ...
        """
        return cls.from_paths([path], **options)

    @classmethod
    def from_paths(
        cls,
        paths: Iterable[Path],
        **options: Unpack[LoadOptions],
    ) -> Engine:
        """Loads and compiles several rule files and folders.

        Args:
            paths: Files and folders, in load order.
            **options: See `LoadOptions`.

        Returns:
            An engine with the rules that work; `report` accounts for the rest.

        Raises:
            FileNotFoundError: A path or a pipeline does not exist.
            PipelineError: A pipeline's file is none.
            RuleError: `strict` is set and a document is not clean.

        Example:
            >>> len(Engine.from_paths([]).rules)
            0
        """
        check_options(options)
        rules = RuleSet.from_paths(paths, **rule_options(options))
        return cls._compiled(rules, options)

    @classmethod
    def from_yaml(
        cls, text: str | bytes, **options: Unpack[LoadOptions]
    ) -> Engine:
        """Loads and compiles the documents of one YAML stream.

        Args:
            text: The stream; bytes are UTF-8.
            **options: See `LoadOptions`.

        Returns:
            An engine with the rules that work; `report` accounts for the rest.

        Raises:
            FileNotFoundError: A pipeline does not exist.
            PipelineError: A pipeline's file is none.
            RuleError: `strict` is set and a document is not clean.

        Example:
            >>> Engine.from_yaml("title: no detection", strict=True)
            Traceback (most recent call last):
            ...
            hypersigma.errors.RuleError: ...
        """
        check_options(options)
        rules = RuleSet.from_yaml(text, **rule_options(options))
        return cls._compiled(rules, options)

    @classmethod
    def load_or_build(
        cls,
        paths: Iterable[Path],
        cache: Path,
        **options: Unpack[LoadOptions],
    ) -> Engine:
        """Does what `from_paths` does, and keeps the result in a folder.

        The same rules and options are loaded from there the next time. Files
        that are damaged or of another version are built anew; see `cache_note`.
        Whoever can write to the folder can run code in this process.

        Args:
            paths: Files and folders, in load order.
            cache: The folder; made if it is not there.
            **options: See `LoadOptions`.

        Returns:
            An engine with the rules that work; `report` accounts for the rest.

        Raises:
            As `from_paths`.

        Example:
            >>> import tempfile
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     first = Engine.load_or_build([], folder)
            ...     second = Engine.load_or_build([], folder)
            >>> first.is_loaded, second.is_loaded
            (False, True)
        """
        check_options(options)
        if isinstance(paths, (str, bytes, os.PathLike)):
            raise TypeError("paths is one path; expected several")
        taxonomy = options.get("taxonomy") or Taxonomy()
        core, is_loaded, note = _hypersigma.Engine.load_or_build(
            [encode_path(path) for path in paths],
            options.get("strict", False),
            placeholder_lists(options.get("placeholders")),
            find_pipelines(options.get("pipelines", ())),
            taxonomy._core,
            options.get("log_source_field", ""),
            (options.get("profile") or Profile())._core,
            encode_path(cache),
        )
        engine = cls._of(core, taxonomy, is_loaded, note)
        if options.get("strict", False) and engine.report.problems:
            raise RuleError(report=engine.report)
        return engine

    @classmethod
    def load(cls, path: Path) -> Engine:
        """Loads an engine that `save` wrote; nothing is parsed or compiled.

        The file is code: whoever can write it can do anything in this process.

        Returns:
            An engine that does what the saved one did, but for verifying, which
            needs the texts of the rules.

        Raises:
            EngineFileError: The file is damaged, or of another version or CPU.
            OSError: It cannot be read.
        """
        core = _hypersigma.Engine.load(encode_path(path))
        return cls._of(core, Taxonomy._of(core.taxonomy()), True)

    def save(self, path: Path) -> None:
        """Writes the engine to a file, for `load` by the same version.

        Raises:
            OSError: The file cannot be written.

        Example:
            >>> import tempfile
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     Engine.from_paths([]).save(f"{folder}/engine")
            ...     len(Engine.load(f"{folder}/engine").rules)
            0
        """
        self._core.save(encode_path(path))

    @classmethod
    def _of(
        cls,
        core: _hypersigma.Engine,
        taxonomy: Taxonomy,
        is_loaded: bool,
        cache_note: str = "",
    ) -> Engine:
        engine = cls.__new__(cls)
        engine.taxonomy = taxonomy
        engine.is_loaded = is_loaded
        engine.cache_note = cache_note
        engine._origins = ()
        engine._core = core
        return engine

    @classmethod
    def _compiled(cls, rules: RuleSet, options: LoadOptions) -> Engine:
        return cls(
            rules,
            options.get("taxonomy"),
            options.get("log_source_field", ""),
            options.get("profile"),
        )

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are evaluated, in load order."""
        return trace_rules(
            make_rules(self._core.rules()), self.report, self._origins
        )

    @cached_property
    def report(self) -> LoadReport:
        """What became of every document."""
        return trace_report(make_report(self._core.documents()), self._origins)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that rules look at."""
        return tuple(self._core.fields())

    def select(
        self,
        *,
        levels: Iterable[str] = (),
        statuses: Iterable[str] = (),
        tags: Iterable[str] = (),
        ids: Iterable[str] = (),
        log_source: LogSource | None = None,
    ) -> RuleMask:
        """Chooses rules for the option `rules` of a scan; compiles nothing.

        Args:
            levels: Any of them; nothing is every level.
            statuses: Any of them.
            tags: Any of them; `attack.t1059` is also `attack.t1059.001`.
            ids: Any of them.
            log_source: Rules that events of it may be tested against.

        Returns:
            The rules that meet all that is given. Masks can be joined by `&`
            and `|`.

        Example:
            >>> engine = Engine.from_paths([])
            >>> len(engine.select(levels=["high", "critical"]))
            0
        """
        return self._core.select(
            list(levels),
            list(statuses),
            list(tags),
            list(ids),
            log_source_text(log_source),
        )

    def mask(self, rules: Iterable[int]) -> RuleMask:
        """Makes a set of rules, a tenant's for example.

        Args:
            rules: Positions in `rules`.

        Example:
            >>> len(Engine.from_paths([]).mask([]))
            0
        """
        return self._core.mask(list(rules))

    def scan(
        self,
        event: dict[str, Any] | str | bytes,
        **options: Unpack[ScanOptions],
    ) -> Matches:
        r"""Tells which rules match one event.

        Args:
            event: A dict of what JSON can hold (tuples count as lists), or the
                JSON text of one object, bytes in UTF-8. Invalid UTF-8 and lone
                surrogates are characters that equal nothing.
            **options: See `ScanOptions`.

        Returns:
            Each rule that holds once, in the order of `rules`. The list also
            says how the event was looked at.

        Raises:
            EventError: The event is not one JSON object, has NaN or infinity,
                or is past a limit.
            TypeError: A key is not a str, or a value has no JSON type.
            ValueError: An option is wrong.

        Example:
            >>> engine = Engine.from_yaml('''
            ... title: Odd Port
            ... logsource: {category: network_connection}
            ... detection:
            ...   odd:
            ...     DestinationPort: [4444, 1337]
            ...   condition: odd
            ... ''')
            >>> engine.scan('{"DestinationPort": 4444}')[0].indicators
            [Indicator(field='DestinationPort', kind='eq', value='4444')]
            >>> engine.scan({"DestinationPort": 443})
            []
        """
        found, undecided, repaired, log_sources, layout, time, computer = (
            self._core.scan(event, make_options(options))
        )
        rules = self.rules
        return Matches(
            [self._match(row, None, time, computer) for row in found],
            tuple(
                Undecided(rules[rule], field, reason)
                for rule, field, reason in undecided
            ),
            repaired,
            tuple(log_sources),
            layout,
            time,
            computer,
        )

    def __repr__(self) -> str:
        """Returns the number of rules."""
        return f"<Engine: {len(self.rules):,} rules>"
