"""Rules between loading and compiling."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from hypersigma import _hypersigma
from hypersigma.arguments import Path
from hypersigma.errors import RuleError
from hypersigma.load_options import RuleOptions, check_options
from hypersigma.loading import load_paths, load_streams, load_yaml
from hypersigma.origin import Origin, trace_report, trace_rules
from hypersigma.pipeline import Pipelines, apply_pipelines
from hypersigma.rule_set import LoadReport, Rule, make_report, make_rules

if TYPE_CHECKING:
    from sigma.rule import SigmaRuleBase


class RuleSet:
    r"""Loaded rules, and what became of every document; immutable.

    Any number of engines can be made of one, with different taxonomies.

    Example:
        >>> from hypersigma import Engine, RuleSet
        >>> rules = RuleSet.from_yaml('''
        ... title: Whoami Execution
        ... logsource: {category: process_creation, product: windows}
        ... detection:
        ...   selection:
        ...     Image|endswith: \\whoami.exe
        ...   condition: selection
        ... ''')
        >>> rules.rules[0].title
        'Whoami Execution'
        >>> Engine(rules.apply(["windows-audit"])).fields
        ('NewProcessName', 'EventID')
    """

    def __init__(
        self,
        core: _hypersigma.RuleSet,
        strict: bool = False,
        origins: Sequence[Origin] = (),
    ) -> None:
        """Use `from_path`, `from_paths`, `from_yaml` or `from_pysigma`."""
        self._core = core
        self._strict = strict
        self._origins = tuple(origins)
        if strict and self.report.problems:
            raise RuleError(report=self.report)

    @classmethod
    def from_path(cls, path: Path, **options: Unpack[RuleOptions]) -> RuleSet:
        """Loads a rule file, or all rules below a folder.

        Args:
            path: A file, or a folder whose .yml and .yaml files are read in
                sorted order.
            **options: See `RuleOptions`.

        Returns:
            The rules that work; `report` accounts for the rest.

        Raises:
            FileNotFoundError: `path` or a pipeline does not exist.
            PipelineError: A pipeline's file is none.
            RuleError: `strict` is set and a document is not clean.

        Example:
            >>> RuleSet.from_path("no/such/folder")
            Traceback (most recent call last):
            ...
            FileNotFoundError: ...
        """
        return cls.from_paths([path], **options)

    @classmethod
    def from_paths(
        cls, paths: Iterable[Path], **options: Unpack[RuleOptions]
    ) -> RuleSet:
        """Loads several rule files and folders.

        Args:
            paths: Files and folders, in load order.
            **options: See `RuleOptions`.

        Returns:
            The rules that work; `report` accounts for the rest.

        Raises:
            FileNotFoundError: A path or a pipeline does not exist.
            PipelineError: A pipeline's file is none.
            RuleError: `strict` is set and a document is not clean.

        Example:
            >>> RuleSet.from_paths([])
            <RuleSet: 0 rules>
        """
        check_options(options, RuleOptions)
        if isinstance(paths, (str, bytes, os.PathLike)):
            raise TypeError("paths is one path; expected several")
        return cls(load_paths(paths, options), options.get("strict", False))

    @classmethod
    def from_yaml(
        cls, text: str | bytes, **options: Unpack[RuleOptions]
    ) -> RuleSet:
        """Loads the documents of one YAML stream.

        Args:
            text: The stream; bytes are UTF-8.
            **options: See `RuleOptions`.

        Returns:
            The rules that work; `report` accounts for the rest.

        Raises:
            FileNotFoundError: A pipeline does not exist.
            PipelineError: A pipeline's file is none.
            RuleError: `strict` is set and a document is not clean.

        Example:
            >>> print(RuleSet.from_yaml("title: no detection").report)
            0 loaded, 0 degraded, 1 refused
        """
        check_options(options, RuleOptions)
        return cls(load_yaml(text, options), options.get("strict", False))

    @classmethod
    def from_pysigma(
        cls, rules: Iterable[SigmaRuleBase], **options: Unpack[RuleOptions]
    ) -> RuleSet:
        """Takes rules from pySigma as they are, after its own pipelines.

        Args:
            rules: A `SigmaCollection`, or rules. They are not changed.
            **options: See `RuleOptions`.

        Returns:
            The rules that work; `report` accounts for the rest. Its documents
            and `Rule.file` name the file that pySigma read, without lines, or
            `<pysigma>`. Where a selection cannot be written as one, its parts
            are selections of their own, `selection-1` and so on.

        Raises:
            ImportError: pySigma is not installed.
            FileNotFoundError: A pipeline does not exist.
            PipelineError: A pipeline's file is none.
            RuleError: `strict` is set and a document is not clean.
            TypeError: Something in `rules` is no rule of pySigma.

        Example:
            >>> RuleSet.from_pysigma([])
            <RuleSet: 0 rules>
        """
        check_options(options, RuleOptions)
        try:
            from hypersigma.pysigma.streams import write_streams
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] != "sigma":
                raise
            raise ImportError(
                "pySigma is not installed; try"
                " pip install 'hypersigma[pysigma]'",
                name="sigma",
            ) from error
        streams = list(write_streams(rules))
        return cls(
            load_streams(streams, options),
            options.get("strict", False),
            [stream.origin for stream in streams],
        )

    def apply(self, pipelines: Pipelines) -> RuleSet:
        """Returns the rules as pipelines change them.

        Args:
            pipelines: As in `RuleOptions`; applied in order of their priority.

        Returns:
            The rules that pipelines do not refuse.

        Raises:
            FileNotFoundError: A pipeline does not exist.
            PipelineError: A pipeline's file is none.
            RuleError: The rules were loaded with `strict` and one is refused.

        Example:
            >>> RuleSet.from_paths([]).apply(["sysmon"])
            <RuleSet: 0 rules>
        """
        return RuleSet(
            apply_pipelines(self._core, pipelines), self._strict, self._origins
        )

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that work, in load order."""
        return trace_rules(
            make_rules(self._core.rules()), self.report, self._origins
        )

    @cached_property
    def report(self) -> LoadReport:
        """What became of every document, before compiling."""
        return trace_report(make_report(self._core.documents()), self._origins)

    def __repr__(self) -> str:
        """Returns the number of rules."""
        return f"<RuleSet: {len(self.rules):,} rules>"
