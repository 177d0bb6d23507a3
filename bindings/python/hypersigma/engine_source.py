"""Where a command's engine comes from: rules, a cache, or an engine file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hypersigma.engine import Engine
from hypersigma.errors import EngineFileError, RuleError
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.load_options import LoadOptions
from hypersigma.outputs import write_text
from hypersigma.profile import Profile
from hypersigma.render import Screen, escape
from hypersigma.render_summary import print_strict_report
from hypersigma.rule_set import LoadReport
from hypersigma.scan_choice import (
    load_pipelines,
    load_placeholders,
    load_profile,
    load_taxonomy,
    strict_message,
)

# What an engine file holds already, and so must not be said again.
_COMPILED_IN = "the engine file holds what it was compiled with: leave {0} out"
_WHY_NOT_WITH_ENGINE = {
    "--rules": "the engine file has its rules: give one of both, or put the"
    " rules into it with `hypersigma compile`",
    "--pipeline": f"{_COMPILED_IN}, and give it to `hypersigma compile`",
    "--placeholders": f"{_COMPILED_IN}, and give it to `hypersigma compile`",
    "--strict": f"{_COMPILED_IN}, and give it to `hypersigma compile`",
    "--taxonomy": f"{_COMPILED_IN}, and give it to `hypersigma compile`",
    "--logsource-field": f"{_COMPILED_IN}, and give it to `hypersigma compile`",
    "--profile": f"{_COMPILED_IN}, and give it to `hypersigma compile`",
    "--verify": "verifying needs the texts of the rules, which an engine file"
    " does not have: give --rules instead of --engine",
    "--verify-every": "verifying needs the texts of the rules, which an engine"
    " file does not have: give --rules instead of --engine",
    "--cache": "an engine file is loaded as it is: leave --cache out",
}


@dataclass
class EngineSource:
    """What flags say about the engine; checked by `check`.

    Attributes:
        rules: Files and folders.
        engine: An engine file.
        cache: A folder of engine files.
        placeholders: The file of --placeholders.
        pipelines: Names and files.
        strict: Whether every document must be clean.
        taxonomy: Files.
        log_source_field: As in `LoadOptions`.
        profile: The file of --profile.
        verify: Whether --verify is given.
        verify_every: The value of --verify-every.
    """

    rules: list[str] | None
    engine: str | None = None
    cache: str | None = None
    placeholders: str | None = None
    pipelines: list[str] | None = None
    strict: bool = False
    taxonomy: list[str] | None = None
    log_source_field: str = ""
    profile: str | None = None
    verify: bool = False
    verify_every: int | None = None
    _options: LoadOptions = field(default_factory=LoadOptions, init=False)

    def check(self) -> None:
        """Checks that flags can be together.

        Raises:
            ExitError: They cannot; the message names what to do.
        """
        if self.engine is None:
            self._check_rules()
            return
        given = {
            "--rules": self.rules,
            "--pipeline": self.pipelines,
            "--placeholders": self.placeholders is not None,
            "--strict": self.strict,
            "--taxonomy": self.taxonomy,
            "--logsource-field": self.log_source_field,
            "--profile": self.profile is not None,
            "--verify": self.verify,
            "--verify-every": self.verify_every,
            "--cache": self.cache is not None,
        }
        for flag, value in given.items():
            if value:
                why = _WHY_NOT_WITH_ENGINE[flag].format(flag)
                raise ExitError(
                    ExitCode.INPUT, f"{flag} together with --engine: {why}"
                )

    def _check_rules(self) -> None:
        if not self.rules:
            raise ExitError(
                ExitCode.INPUT,
                "no rules: give --rules PATH, or --engine FILE for an engine"
                " file of `hypersigma compile`",
            )
        verify = "--verify" if self.verify else "--verify-every"
        if self.cache is not None and (self.verify or self.verify_every):
            raise ExitError(
                ExitCode.INPUT,
                f"{verify} together with --cache: verifying needs the texts of"
                " the rules, which an engine of a cache does not have: leave"
                " --cache out",
            )

    def read_options(self) -> None:
        """Reads the files that flags name, so that they fail before rules do.

        Raises:
            ExitError: One of them cannot be read or is wrong.
        """
        self._options = LoadOptions(
            strict=self.strict,
            placeholders=load_placeholders(self.placeholders),
            pipelines=load_pipelines(self.pipelines),
            taxonomy=load_taxonomy(self.taxonomy),
            log_source_field=self.log_source_field,
            profile=load_profile(self.profile),
        )

    def use(self, profile: Profile) -> None:
        """Takes a profile in place of the file's, for what is loaded next."""
        self._options["profile"] = profile

    def load(
        self, screen: Screen, load_report: str | None, *, is_quiet: bool = False
    ) -> Engine:
        """Loads or compiles the engine.

        Args:
            screen: For what strict loading refuses, and the cache's note.
            load_report: The file of --load-report.
            is_quiet: Whether the note is left out: the engine is right.

        Returns:
            The engine; it may have no rules, see `check_rules`.

        Raises:
            ExitError: There is none.
        """
        try:
            engine = self._load()
        except RuleError as error:
            report = error.report
            if report is None:
                raise ExitError(ExitCode.RULES, str(error)) from None
            _write_report(load_report, report)
            print_strict_report(screen, report)
            raise ExitError(ExitCode.RULES, strict_message(report)) from None
        except EngineFileError as error:
            raise ExitError(
                ExitCode.RULES,
                f"engine: {error}; write it anew with `hypersigma compile`",
            ) from None
        except (OSError, ValueError) as error:
            what = "rules" if self.engine is None else "engine"
            raise ExitError(ExitCode.RULES, f"{what}: {error}") from None
        if engine.cache_note and not is_quiet:
            screen.line(
                ("warning: ", "warning"), f"cache: {escape(engine.cache_note)}"
            )
        _write_report(load_report, engine.report)
        return engine

    def _load(self) -> Engine:
        if self.engine is not None:
            return Engine.load(self.engine)
        rules = self.rules or []
        if self.cache is not None:
            return Engine.load_or_build(rules, self.cache, **self._options)
        return Engine.from_paths(rules, **self._options)


def check_rules(engine: Engine) -> None:
    """Checks that there is something to evaluate.

    Raises:
        ExitError: There is not.
    """
    if not engine.rules:
        raise ExitError(
            ExitCode.RULES, f"no rules to evaluate ({engine.report})"
        )


def check_output(
    path: str,
    source: EngineSource,
    engine: Engine,
    events: Sequence[str] = (),
) -> None:
    """Checks that a file may be written which replaces what is there.

    Args:
        path: The file to be written.
        source: What was read.
        engine: What came of it.
        events: Other files that are read.

    Raises:
        ExitError: It is a file that was read, or no file at all.
    """
    output = Path(path)
    if not output.exists():
        return
    if not output.is_file():
        raise ExitError(
            ExitCode.INPUT, f"{path}: is no regular file; name one after -o"
        )
    read = {document.file for document in engine.report.documents}
    read.update(source.pipelines or (), source.taxonomy or ())
    read.update(filter(None, (source.placeholders, source.profile)), events)
    if any(_is_same(output, Path(file)) for file in read):
        raise ExitError(
            ExitCode.INPUT,
            f"{path}: is read by this command; name another file after -o",
        )


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _write_report(path: str | None, report: LoadReport) -> None:
    if path is not None:
        write_text(path, report.to_json() + "\n")
