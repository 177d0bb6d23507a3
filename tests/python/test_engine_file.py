"""Engines in files and in a folder of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import RULES
from hypersigma import Engine, EngineFileError, RuleError

EVENT = {"Image": "C:\\whoami.exe", "CommandLine": "whoami"}


def test_a_saved_engine_is_the_same(engine: Engine, tmp_path: Path) -> None:
    engine.save(tmp_path / "engine")
    loaded = Engine.load(tmp_path / "engine")
    assert loaded.is_loaded
    assert loaded.rules == engine.rules
    assert loaded.report == engine.report
    assert loaded.fields == engine.fields
    assert loaded.taxonomy.layouts == engine.taxonomy.layouts
    assert loaded.scan(EVENT) == engine.scan(EVENT) != []


def test_a_damaged_file_is_refused_with_the_reason(
    engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "engine"
    engine.save(path)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(EngineFileError, match="its checksum is wrong"):
        Engine.load(path)
    path.write_text("title: a rule")
    with pytest.raises(EngineFileError, match="not an engine file"):
        Engine.load(path)


def test_a_missing_file_and_folder_are_errors(
    engine: Engine, tmp_path: Path
) -> None:
    with pytest.raises(FileNotFoundError):
        Engine.load(tmp_path / "none")
    with pytest.raises(FileNotFoundError):
        engine.save(tmp_path / "none" / "engine")


def test_the_cache_builds_once_and_repairs_itself(
    rules: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    first = Engine.load_or_build([rules], cache)
    second = Engine.load_or_build([rules], cache)
    assert (first.is_loaded, second.is_loaded) == (False, True)
    assert second.scan(EVENT) == first.scan(EVENT) != []
    (file,) = cache.iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    third = Engine.load_or_build([rules], cache)
    assert not third.is_loaded
    assert "longer or shorter" in third.cache_note
    assert Engine.load_or_build([rules], cache).cache_note == ""


def test_the_cache_is_strict_each_time(tmp_path: Path) -> None:
    path = tmp_path / "rules.yml"
    path.write_text(RULES + "---\ntitle: no detection\n")
    for _ in range(2):
        with pytest.raises(RuleError):
            Engine.load_or_build([path], tmp_path / "cache", strict=True)
