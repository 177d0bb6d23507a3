"""The folder of a site: written in full, and nothing else is touched.

A folder is taken when it is new, empty, or holds the list of files that an
earlier site left; files of that one which this one lacks are removed. Links are
never followed below it.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

_LIST = ".hypersigma-files.json"
_FORMAT = "hypersigma-files"
# The names that we write: one folder deep, plain letters.
_NAME = re.compile(
    r"(?:[a-z][a-z0-9_-]*/)?[A-Za-z0-9_][A-Za-z0-9_.-]{0,119}", re.A
)


class OutputFolder:
    """Files below one folder; used in a `with` block by one process.

    Other processes may call `write` on a copy; the first tells it by `add`.
    """

    def __init__(self, path: str | os.PathLike[str], kind: str) -> None:
        """Takes a folder, and makes it if it is not there.

        Args:
            path: The folder.
            kind: What it will hold, such as `site`. A folder that holds another
                kind is not taken.

        Raises:
            OSError: It cannot be made or written, or holds something else.
        """
        self.path = Path(path)
        self._kind = kind
        self._files: set[str] = set()
        self.path.mkdir(parents=True, exist_ok=True)
        self._former = self._read_list()
        # From here on it is ours, even if this is interrupted.
        self._write_list(self._former)

    def write(self, name: str, text: str | bytes) -> None:
        """Writes one file.

        Args:
            name: Its path below the folder: letters, at most one `/`.
            text: What it holds, as UTF-8.

        Raises:
            OSError: It cannot be written, or a link stands in the way.
            ValueError: The name is none of ours.
        """
        self._check(name)
        data = text.encode() if isinstance(text, str) else text
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        # A link in place of a folder would lead out of it.
        folder = self._open_folder(name)
        try:
            fd = os.open(name.rpartition("/")[2], flags, 0o644, dir_fd=folder)
            with os.fdopen(fd, "wb") as file:
                file.write(data)
        finally:
            os.close(folder)
        self._files.add(name)

    def add(self, names: set[str]) -> None:
        """Tells of files that a copy wrote."""
        self._files |= names

    def make_folders(self, names: tuple[str, ...]) -> None:
        """Makes folders below it.

        Args:
            names: Of letters.

        Raises:
            OSError: One cannot be made, or a link stands in its place.
        """
        for name in names:
            folder = self.path / name
            folder.mkdir(exist_ok=True)
            if folder.is_symlink():
                raise OSError(f"{folder} is a symbolic link")

    def close(self) -> None:
        """Removes what the former site left, and writes the list of files."""
        for name in sorted(self._former - self._files):
            folder = self._open_folder(name)
            try:
                os.unlink(name.rpartition("/")[2], dir_fd=folder)
            except FileNotFoundError:
                pass
            finally:
                os.close(folder)
        self._write_list(self._files)

    def _open_folder(self, name: str) -> int:
        flags = os.O_RDONLY | os.O_DIRECTORY
        top = os.open(self.path, flags)
        if "/" not in name:
            return top
        try:
            return os.open(
                name.partition("/")[0], flags | os.O_NOFOLLOW, dir_fd=top
            )
        finally:
            os.close(top)

    def _read_list(self) -> set[str]:
        names = {entry.name for entry in os.scandir(self.path)}
        if not names:
            return set()
        expected = (
            f"{self.path} is not empty and holds no {self._kind} of"
            " hypersigma; give a new or an empty folder"
        )
        path = self.path / _LIST
        if _LIST not in names or path.is_symlink():
            raise OSError(expected)
        try:
            value = json.loads(path.read_text(encoding="utf-8"))
            files = value["files"]
            if value["format"] != _FORMAT or value["kind"] != self._kind:
                raise OSError(expected)
            for name in files:
                self._check(name)
        except (ValueError, KeyError, TypeError, RecursionError):
            raise OSError(expected) from None
        return set(files)

    def _write_list(self, files: set[str]) -> None:
        value = {"format": _FORMAT, "kind": self._kind, "files": sorted(files)}
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        fd = os.open(self.path / _LIST, flags, 0o644)
        with os.fdopen(fd, "w", encoding="utf-8") as file:
            json.dump(value, file, indent=0)
            file.write("\n")

    def _check(self, name: str) -> None:
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise ValueError(f"no name for a file of ours: {name!r}")
