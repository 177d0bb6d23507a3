"""Arguments of the package: checked, and as the extension takes them."""

from __future__ import annotations

import json
import os
import pathlib
from collections.abc import Iterable, Mapping

Path = str | os.PathLike[str]
Placeholders = Mapping[str, Iterable[str]]

MAX_THREADS = 256


def encode_path(path: Path) -> bytes:
    """Returns the bytes of a path.

    Raises:
        ValueError: It holds a NUL, at which the system would cut it.
    """
    encoded = os.fsencode(path)
    if b"\0" in encoded:
        raise ValueError(f"embedded null byte in path {path!r}")
    return encoded


def encode_label(label: str) -> bytes:
    """Returns the bytes of what stands for a file in diagnostics."""
    try:
        return os.fsencode(label)
    except UnicodeEncodeError:
        return label.encode("utf-8", "replace")


def check_threads(threads: int) -> int:
    """Returns a number of threads from 1 to 256.

    Raises:
        ValueError: It is another.
    """
    if not 1 <= threads <= MAX_THREADS:
        raise ValueError(f"threads is {threads}, not 1 to {MAX_THREADS}")
    return threads


def check_verify(verify: bool | int) -> int:
    """Returns n where every n-th event is to be verified; 0 for none.

    Raises:
        ValueError: It is negative.
    """
    if verify < 0:
        raise ValueError(f"verify is {verify}, not 0 or more")
    return int(verify)


def placeholder_lists(
    placeholders: Placeholders | None,
) -> dict[str, list[str]]:
    """Returns the values of each placeholder as a list.

    Raises:
        TypeError: They are one str.
    """
    result = {}
    for name, values in (placeholders or {}).items():
        if isinstance(values, str):
            raise TypeError(f"values of placeholder {name!r} are one str")
        result[name] = list(values)
    return result


def read_placeholders(path: Path) -> dict[str, list[str]]:
    """Reads the values of placeholders from a JSON file.

    Args:
        path: A file with one object of names, each with a list of strings.

    Returns:
        The values of each placeholder.

    Raises:
        OSError: The file cannot be read.
        ValueError: It holds something else.
    """
    try:
        values = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"{os.fspath(path)}: {error}") from None
    if not isinstance(values, dict) or not all(
        isinstance(texts, list) and all(isinstance(one, str) for one in texts)
        for texts in values.values()
    ):
        raise ValueError(
            f"{os.fspath(path)}: expected an object of names, each with a list"
            " of strings"
        )
    return values
