"""Builds a site, or the same as JSON, over all processors.

Pages of rules are most of the work: they are made in processes that are forked
once the catalogue stands, so that all share it.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from threading import Thread
from typing import Any

from hypersigma.site.contexts import Contexts
from hypersigma.site.environment import is_technique, make_environment
from hypersigma.site.folder import OutputFolder
from hypersigma.site.pages import (
    FOLDERS,
    WRITERS,
    PageWriter,
    write_assets,
    write_overviews,
)
from hypersigma.site.source import Source, read_index

_CHUNK = 100
_MAX_PROCESSES = 8

# Called with the pages made, and all pages.
Tell = Callable[[int, int], None]
# A kind of pages, and positions of some of them.
_Task = tuple[str, list[int]]


def _tell_nobody(done: int, total: int) -> None:
    pass


def write_site(
    source: Source,
    path: str | os.PathLike[str],
    *,
    title: str = "Rule catalogue",
    processes: int | None = None,
    tell: Tell = _tell_nobody,
) -> int:
    """Writes the site of a catalogue.

    Args:
        source: The catalogue.
        path: A folder: new, empty, or with a former site.
        title: What the site is called.
        processes: How many work at it; by default as many as there are
            processors, at most 8.
        tell: Called now and then with the number of pages made, and of all.

    Returns:
        The number of pages.

    Raises:
        OSError: The folder holds something else, or cannot be written.
    """
    folder = OutputFolder(path, "site")
    folder.make_folders(FOLDERS)
    contexts = Contexts(read_index(source))
    environment = make_environment(site_title=title, **contexts.shared)
    writer = PageWriter(source, contexts, environment, folder)
    tasks = list(_tasks(contexts.index))
    total = sum(len(positions) for _, positions in tasks)
    done = 0
    for names in _run(writer, tasks, processes):
        folder.add(names)
        done += len(names)
        tell(done, total)
    total += write_overviews(writer)
    write_assets(writer)
    folder.close()
    tell(total, total)
    return total


def write_json(
    source: Source,
    path: str | os.PathLike[str],
    *,
    tell: Tell = _tell_nobody,
) -> int:
    """Writes a catalogue as JSON: `index.json`, and one file a rule.

    Args:
        source: The catalogue.
        path: A folder: new, empty, or with a former catalogue.
        tell: Called now and then with the number of files made, and of all.

    Returns:
        The number of files.

    Raises:
        OSError: The folder holds something else, or cannot be written.
    """
    folder = OutputFolder(path, "json")
    folder.make_folders(("rules",))
    index = source.index()
    folder.write("index.json", index + b"\n")
    rules = json.loads(index)["rules"]
    for position, rule in enumerate(rules):
        page = source.page(position)
        folder.write(f"rules/{rule['key']}.json", page + b"\n")
        if position % _CHUNK == 0:
            tell(position, len(rules))
    folder.close()
    return len(rules) + 1


def _tasks(index: dict[str, Any]) -> Iterator[_Task]:
    for kind in WRITERS:
        positions = [
            at
            for at, row in enumerate(index[f"{kind}s"])
            if _has_page(kind, row)
        ]
        for begin in range(0, len(positions), _CHUNK):
            yield kind, positions[begin : begin + _CHUNK]


def _has_page(kind: str, row: dict[str, Any]) -> bool:
    # An indicator of one rule has no page: the rule's page has it.
    if kind == "indicator":
        return bool(row["rules"] > 1)
    return kind != "technique" or is_technique(row["technique"])


def _run(
    writer: PageWriter, tasks: list[_Task], processes: int | None
) -> Iterator[set[str]]:
    count = processes or min(len(os.sched_getaffinity(0)), _MAX_PROCESSES)
    if count == 1 or len(tasks) < len(WRITERS) + 2:
        for task in tasks:
            yield _make(writer, task)
        return
    # The catalogue cannot be sent to a process, only be there at its birth.
    with ProcessPoolExecutor(
        count,
        mp_context=multiprocessing.get_context("fork"),
        initializer=_inherit,
        initargs=(writer, os.getpid()),
    ) as pool:
        futures = [pool.submit(_make_inherited, task) for task in tasks]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


# Of a process that was forked to make pages, for as long as it lives.
_inherited: list[PageWriter] = []


def _inherit(writer: PageWriter, parent: int) -> None:
    _inherited.append(writer)
    # Ctrl-C goes to all at once; only the parent has something to say then.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=_leave_with, args=(parent,), daemon=True).start()


def _leave_with(parent: int) -> None:
    """Ends the process when its parent is gone, which no pipe tells it."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _make_inherited(task: _Task) -> set[str]:
    return _make(_inherited[0], task)


def _make(writer: PageWriter, task: _Task) -> set[str]:
    kind, positions = task
    return {WRITERS[kind](writer, position) for position in positions}
