"""Windows event logs (EVTX), by the package evtx: `hypersigma[evtx]`."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from hypersigma.file_options import Records

if TYPE_CHECKING:
    from collections.abc import Callable

_MAGIC = b"ElfFile\0"
# Enough for threads to share; a record is some 1 to 3 KB.
_BATCH = 256


def is_evtx(path: str) -> bool:
    """Tells whether a path is a Windows event log, by its first bytes.

    Args:
        path: Anything; what is not a regular file is left untouched.
    """
    try:
        # A pipe would lose the bytes.
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116
            return False
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


class EvtxFiles:
    """Reads one event log after the other.

    Attributes:
        bytes: How many were read until now.
    """

    def __init__(self) -> None:
        """Makes a reader."""
        self.bytes = 0

    def read(self, path: str) -> Records:
        """Yields the events of a file with their record numbers.

        What is damaged is left out; once the rest has been given, it is raised.

        Args:
            path: An event log.

        Raises:
            OSError: The file cannot be read, or is no event log.
            ValueError: A part is damaged, or the package evtx is missing.
        """
        try:
            import evtx
        except ImportError:
            message = "needs the package evtx: pip install evtx"
            raise ValueError(message) from None
        return self._records(path, evtx.PyEvtxParser)

    def _records(self, path: str, parser: Callable[..., Any]) -> Records:
        problems = _Problems()
        with _CountingFile(path, self) as file:
            records = iter(parser(file, 1, indent=False).records_json())
            while batch := _next_batch(records, problems):
                yield batch
        if problems.count:
            raise ValueError(str(problems))


@dataclass
class _Problems:
    """What is damaged in a file.

    Attributes:
        count: How many parts.
        first: What is wrong with the first one.
    """

    count: int = 0
    first: str = ""

    def add(self, message: str) -> None:
        self.count += 1
        self.first = self.first or message

    def __str__(self) -> str:
        more = f" (and {self.count - 1:,} more)" if self.count > 1 else ""
        return f"damaged: {self.first}{more}; the rest was scanned"


def _next_batch(
    records: Iterator[dict[str, Any]], problems: _Problems
) -> list[tuple[int, str]]:
    """Returns the records that come next and can be read."""
    batch: list[tuple[int, str]] = []
    while True:
        try:
            for record in islice(records, _BATCH - len(batch)):
                batch.append((record["event_record_id"], record["data"]))
        except RuntimeError as error:
            # The next record is the one behind the damaged part.
            problems.add(str(error))
        else:
            return batch


class _CountingFile(io.FileIO):
    """A file that tells how much of it was read."""

    def __init__(self, path: str, files: EvtxFiles) -> None:
        super().__init__(path)
        self._files = files

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(-1 if size is None else size) or b""
        self._files.bytes += len(data)
        return data
