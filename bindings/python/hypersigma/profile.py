"""Profiles: how often what rules look for occurs in a sample of events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

from hypersigma import _hypersigma
from hypersigma.arguments import Path, encode_path
from hypersigma.file_options import FileScanOptions, make_file_scan
from hypersigma.rule_set import Rule
from hypersigma.scan_result import ScanSummary, make_summary


class Profile:
    """Tells an engine what is rare; immutable.

    Speed only: an engine tests a rule on an event when the rarest thing that
    the rule needs is there. `Engine.profile` makes one, the option `profile`
    of engines takes it, and matches are the same with any. docs/profile.md
    describes the file.

    Example:
        >>> Profile()
        <Profile: 0 events, 0 predicates>
    """

    def __init__(self) -> None:
        """Makes one that knows nothing: all is estimated."""
        self._core = _hypersigma.Profile()

    @classmethod
    def from_file(cls, path: Path) -> Profile:
        """Reads a file that `write` wrote.

        Args:
            path: The file.

        Returns:
            The profile.

        Raises:
            FileNotFoundError: `path` does not exist.
            ValueError: The file is no profile; the message has file and line.

        Example:
            >>> Profile.from_file("no-such.ndjson")
            Traceback (most recent call last):
            ...
            FileNotFoundError: ...
        """
        return cls._of(_hypersigma.Profile.from_file(encode_path(path)))

    @classmethod
    def from_ndjson(
        cls, text: str | bytes, label: str = "<profile>"
    ) -> Profile:
        """Reads a text that `to_ndjson` returned.

        Args:
            text: Lines of JSON; bytes are UTF-8.
            label: What stands for the file in messages.

        Returns:
            The profile.

        Raises:
            ValueError: As in `from_file`.

        Example:
            >>> Profile.from_ndjson('{"events": 1}')
            Traceback (most recent call last):
            ...
            ValueError: <profile>:1: not a profile: ...
        """
        if isinstance(text, str):
            text = text.encode("utf-8", "surrogatepass")
        return cls._of(_hypersigma.Profile.from_ndjson(text, label))

    @classmethod
    def _of(cls, core: _hypersigma.Profile) -> Profile:
        profile = cls.__new__(cls)
        profile._core = core
        return profile

    def to_ndjson(self) -> str:
        """Returns lines of JSON, the same for equal profiles.

        Example:
            >>> Profile().to_ndjson()
            ''
        """
        return self._core.to_ndjson().decode()

    def write(self, path: Path) -> None:
        """Writes `to_ndjson` to a file, which appears at once and whole.

        Args:
            path: What is there is replaced.

        Raises:
            OSError: The file cannot be written.

        Example:
            >>> import pathlib, tempfile
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     path = pathlib.Path(folder, "profile.ndjson")
            ...     Profile().write(path)
            ...     path.read_text()
            ''
        """
        self._core.write(encode_path(path))

    @property
    def events(self) -> int:
        """Events of the sample."""
        return self._core.events()

    @property
    def predicates(self) -> int:
        """What was counted, also what never occurred."""
        return self._core.predicates()

    def __repr__(self) -> str:
        """Returns the numbers of events and predicates."""
        return (
            f"<Profile: {self.events:,} events, {self.predicates:,} predicates>"
        )


@dataclass(frozen=True, slots=True)
class RuleCost:
    """What became of a rule on a sample of events.

    Attributes:
        rule: The rule.
        evaluated: Events for which its condition was evaluated.
        matched: Those of them for which it held.
    """

    rule: Rule
    evaluated: int
    matched: int


@dataclass(frozen=True, slots=True)
class ProfiledEvents:
    """What a sample of events says of an engine.

    Attributes:
        profile: For the next engine.
        rules: What each rule costs, by position.
        summary: What was read.
    """

    profile: Profile
    rules: tuple[RuleCost, ...]
    summary: ScanSummary

    @property
    def candidates(self) -> float:
        """Rules that are evaluated for an event, on average."""
        evaluated = sum(each.evaluated for each in self.rules)
        return evaluated / (self.profile.events or 1)


class Profiling:
    """What an engine does to learn of a sample."""

    _core: _hypersigma.Engine

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are evaluated, in load order."""
        raise NotImplementedError

    def profile(
        self,
        paths: Sequence[Path],
        *,
        threads: int = 1,
        stop: _hypersigma.Stop | None = None,
        **options: Unpack[FileScanOptions],
    ) -> ProfiledEvents:
        """Counts in a sample of events what rules look for.

        Args:
            paths: Files of events as in `scan_file`.
            threads: How many threads parse and match, 1 to 256.
            stop: Ends the count early when requested.
            **options: See `FileScanOptions`. Those that say which rules an
                event is tested against should be those of the scans to come.

        Returns:
            A profile for the option `profile` of engines, and what each rule
            costs with this one. All events count, whatever `times` says;
            malformed ones do not.

        Raises:
            OSError: A file cannot be read.
            RuntimeError: The scan failed.
            ValueError: An option is wrong.

        Example:
            >>> from hypersigma import Engine
            >>> Engine.from_paths([]).profile([]).profile
            <Profile: 0 events, 0 predicates>
        """
        core, costs, read = _hypersigma.profile_files(
            self._core,
            make_file_scan(paths, options, threads=threads, stop=stop),
        )
        return ProfiledEvents(
            Profile._of(core),
            tuple(
                RuleCost(rule, *cost)
                for rule, cost in zip(self.rules, costs, strict=True)
            ),
            make_summary(read, self.rules),
        )
