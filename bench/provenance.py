"""What a measurement rests on: machine, versions, rules, events."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def cpu_name() -> str:
    """Returns what the processor calls itself."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor()
    for line in text.splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def commit() -> str:
    """Returns the commit of the tree, `+` behind it if files were changed."""
    try:
        done = subprocess.run(
            ["git", "describe", "--always", "--abbrev=12", "--dirty=+"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip()


def hash_files(paths: Iterable[Path]) -> str:
    """Returns a hash of the contents of files, in the order of their names."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:16]


def rule_files(rules: Path) -> list[Path]:
    """Returns the rule files of a path, which may be one itself."""
    if rules.is_file():
        return [rules]
    return [*rules.rglob("*.yml"), *rules.rglob("*.yaml")]


def count_lines(path: Path) -> int:
    """Returns how many lines a file has that are not blank."""
    with path.open("rb") as lines:
        return sum(1 for line in lines if line.strip())


def machine() -> dict[str, str | int]:
    """Returns the processor, how many there are, and the system."""
    return {
        "cpu": cpu_name(),
        "cpus": os.cpu_count() or 0,
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def workload(rules: Path, events: Path) -> dict[str, str | int]:
    """Returns how many rules and events there are, and their hashes."""
    files = rule_files(rules)
    return {
        "rule_files": len(files),
        "rule_files_hash": hash_files(files),
        "events": count_lines(events),
        "events_bytes": events.stat().st_size,
        "events_hash": hash_files([events]),
    }
