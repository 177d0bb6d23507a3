"""What FILES and --event name: files below folders, patterns, events.

Paths are kept as they were given, so that matches name them that way.
"""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hypersigma.choices import InputFormat
from hypersigma.evtx_files import EvtxFiles, is_evtx
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.file_options import RecordFormat, Records
from hypersigma.scan_result import FileProblem

STANDARD_INPUT = "-"
# The path of events that stand on the command line.
GIVEN_EVENTS = "<event>"

_COMPRESSED = (".gz", ".zst")
_SUFFIXES = {
    InputFormat.AUTO: {".json", ".jsonl", ".ndjson", ".evtx"},
    InputFormat.LINES: {".json", ".jsonl", ".ndjson"},
    InputFormat.JSON: {".json", ".jsonl", ".ndjson"},
    InputFormat.RAW: {".log", ".txt", ""},
    InputFormat.EVTX: {".evtx"},
}
_FORMATS: dict[InputFormat, RecordFormat] = {
    InputFormat.AUTO: "auto",
    InputFormat.LINES: "lines",
    InputFormat.JSON: "json",
    InputFormat.RAW: "text",
    InputFormat.EVTX: "auto",
}
# Of a log that was rotated: auth.log.1, syslog-20240501.
_ROTATION = re.compile(r"([.-]\d+)+$")


@dataclass
class Inputs:
    """What a scan reads.

    Attributes:
        format: How the events of text are told apart.
        paths: What to scan, in order.
        skipped: How many files of folders do not look like events.
        problems: Folders that cannot be read.
    """

    format: RecordFormat
    paths: list[str]
    skipped: int = 0
    problems: list[FileProblem] = field(default_factory=list)
    _events: list[str] = field(default_factory=list)
    _is_evtx: bool = False
    _evtx: EvtxFiles = field(default_factory=EvtxFiles)

    @property
    def total_bytes(self) -> int | None:
        """The bytes of all files, as they are stored; None for streams."""
        sizes = [_size(path) for path in self.paths]
        known = [size for size in sizes if size is not None]
        return sum(known) if len(known) == len(sizes) else None

    @property
    def other_bytes(self) -> int:
        """How many bytes were read by `read` until now."""
        return self._evtx.bytes

    def read(self, path: str) -> Records | None:
        """Returns the events of a path that is not text; None for text.

        Args:
            path: One of `paths`.
        """
        if path == GIVEN_EVENTS:
            return iter([list(enumerate(self._events))])
        if self._is_evtx or (self.format == "auto" and is_evtx(path)):
            return self._evtx.read(path)
        return None


def choose_inputs(
    files: Sequence[str] | None,
    events: Sequence[str] | None,
    input_format: InputFormat,
) -> Inputs:
    """Returns what flags name.

    Args:
        files: Files, folders and patterns; "-" is standard input.
        events: Events, and files of them behind an @.
        input_format: What files hold.

    Raises:
        ExitError: A folder or a pattern has no files of events.
    """
    inputs = Inputs(_FORMATS[input_format], [])
    inputs._is_evtx = input_format is InputFormat.EVTX
    for event in events or ():
        if event.startswith("@"):
            inputs.paths.append(event[1:])
        else:
            inputs._events.append(event)
    if inputs._events:
        inputs.paths.insert(0, GIVEN_EVENTS)
    for file in files or ():
        inputs.paths += _expand(file, input_format, inputs)
    if not files and not events:
        inputs.paths = [STANDARD_INPUT]
    if inputs._is_evtx and STANDARD_INPUT in inputs.paths:
        raise ExitError(
            ExitCode.INPUT, "--input evtx: expected files, not standard input"
        )
    return inputs


def choose_sample(
    files: Sequence[str] | None, input_format: InputFormat
) -> Inputs | None:
    """Chooses the files of a sample, which is read whole or not at all.

    Args:
        files: As for choose_inputs(); nothing: there is no sample.
        input_format: What they hold.

    Raises:
        ExitError: As choose_inputs(), or one of them cannot be read.
    """
    if not files:
        return None
    inputs = choose_inputs(files, None, input_format)
    if inputs.problems:
        raise ExitError(ExitCode.INPUT, str(inputs.problems[0]))
    return inputs


def _expand(file: str, format_: InputFormat, inputs: Inputs) -> Iterator[str]:
    if file == STANDARD_INPUT:
        yield file
    elif os.path.isdir(file):  # noqa: PTH112
        yield from _files_below(file, format_, inputs)
    elif not os.path.lexists(file) and glob.has_magic(file):
        found = sorted(glob.glob(file, recursive=True))  # noqa: PTH207
        if not found:
            raise ExitError(ExitCode.INPUT, f"{file}: nothing has such a name")
        for name in found:
            # '**' also finds the folders on the way.
            if not os.path.isdir(name):  # noqa: PTH112
                yield name
            elif not file.endswith("**"):
                yield from _files_below(name, format_, inputs)
    else:
        yield file


def _files_below(
    folder: str, format_: InputFormat, inputs: Inputs
) -> Iterator[str]:
    def note(error: OSError) -> None:
        inputs.problems.append(
            FileProblem(error.filename, error.strerror or str(error))
        )

    found = False
    problems = len(inputs.problems)
    for parent, folders, names in os.walk(folder, onerror=note):
        folders.sort()
        for name in sorted(names):
            if _is_of_events(name, format_):
                found = True
                yield os.path.join(parent, name)  # noqa: PTH118
            else:
                inputs.skipped += 1
    if not found and len(inputs.problems) == problems:
        kinds = ", ".join(sorted(filter(None, _SUFFIXES[format_])))
        raise ExitError(
            ExitCode.INPUT,
            f"{folder}: no files of events in this folder ({kinds});"
            " name others one by one",
        )


def _is_of_events(name: str, format_: InputFormat) -> bool:
    for suffix in _COMPRESSED:
        name = name.removesuffix(suffix)
    if format_ is InputFormat.RAW:
        name = _ROTATION.sub("", name)
    return Path(name).suffix.lower() in _SUFFIXES[format_]


def _size(path: str) -> int | None:
    """Returns the bytes of a file; None where that cannot be told."""
    if path == GIVEN_EVENTS:
        return 0
    try:
        status = os.fstat(0) if path == STANDARD_INPUT else os.stat(path)  # noqa: PTH116
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else None
