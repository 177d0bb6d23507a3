"""Real rules and real events, where the shared corpus is at hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from hypersigma import Engine

MAX_NOT_LOADED = 60


def test_every_document_is_accounted_for(corpus: Path) -> None:
    rules = corpus / "sigma" / "rules"
    engine = Engine.from_path(rules)
    assert len(engine.report.documents) == 3_141
    not_loaded = [d for d in engine.report.documents if d.status != "loaded"]
    assert len(not_loaded) <= MAX_NOT_LOADED
    assert all(document.diagnostics for document in not_loaded)
    assert len(engine.rules) == 3_141 - engine.report.count("refused")


def test_order_does_not_depend_on_threads(corpus: Path) -> None:
    scan: list[str | Path] = [sys.executable, "-m", "hypersigma", "scan", "-q"]
    paths: list[str | Path] = [
        "-r",
        corpus / "sigma/rules",
        corpus / "otrf_dev40k.ndjson.zst",
    ]
    outputs = [
        subprocess.run(
            [*scan, *paths, "--threads", threads],
            capture_output=True,
            check=True,
        ).stdout
        for threads in ("1", "2")
    ]
    assert outputs[0].count(b"\n") > 0
    assert outputs[0] == outputs[1]
