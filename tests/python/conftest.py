"""What the Python tests share: rules, files and a way to run the command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hypersigma import Engine

RULES = r"""
title: Whoami Execution
id: e28a5a99-da44-436d-b7a0-2afc20a5f413
status: test
level: low
author: Jane Doe
tags: [attack.discovery, attack.t1033]
logsource: {category: process_creation, product: windows}
detection:
  selection_image:
    Image|endswith: \whoami.exe
  selection_command:
    CommandLine|contains: [whoami, /priv]
  filter:
    User: SYSTEM
  condition: 1 of selection_* and not filter
---
title: Odd Port
id: 4f7a1c0a-9b7e-4c3c-8f7d-0d6f6a1f2b11
level: high
logsource: {category: network_connection}
detection:
  odd: {DestinationPort: [4444, 1337]}
  condition: odd
"""

RunCommand = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def engine() -> Engine:
    return Engine.from_yaml(RULES, strict=True)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.yml"
    path.write_text(RULES)
    return path


@pytest.fixture
def run(tmp_path: Path) -> RunCommand:
    """Runs `hypersigma ARGS` in an empty folder; its output is bytes."""

    def run_command(
        *args: str | Path, stdin: bytes = b"", **env: str
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "hypersigma", *args],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, **env},
            timeout=120,
            check=False,
        )

    return run_command


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The shared corpus beside the checkout."""
    path = Path(__file__).parents[3] / "shared" / "corpus"
    if not path.is_dir():
        pytest.skip(f"no corpus at {path}")
    return path
