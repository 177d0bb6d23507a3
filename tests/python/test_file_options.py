"""Options of scans of files, as Python takes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from hypersigma import Engine, MalformedRecord
from hypersigma.file_options import Time

HIT = '{"DestinationPort": 4444}\n'


@pytest.fixture
def dated(tmp_path: Path) -> Path:
    path = tmp_path / "dated.ndjson"
    times = ("2024-05-01T12:00:00Z", "2024-05-02T12:00:00Z", "")
    path.write_text(
        "".join(
            json.dumps({"DestinationPort": 4444, "UtcTime": time}) + "\n"
            for time in times
        )
    )
    return path


@pytest.mark.parametrize(
    ("times", "indexes"),
    [
        ((None, None), [0, 1, 2]),
        (("2024-05-02", None), [1, 2]),
        ((None, "2024-05-01"), [0, 2]),
        ((None, "2024-05-01T12:00:00"), [0, 2]),
        ((datetime(2024, 5, 1, 12, tzinfo=UTC), None), [0, 1, 2]),
        ((datetime(2024, 5, 1, 12, 0, 0, 1), None), [1, 2]),
        (
            (
                None,
                datetime(2024, 5, 1, 13, tzinfo=timezone(timedelta(hours=1))),
            ),
            [0, 2],
        ),
    ],
)
def test_times_choose_matches(
    engine: Engine,
    dated: Path,
    times: tuple[Time, Time],
    indexes: list[int],
) -> None:
    found = engine.scan_file(dated, times=times)
    assert [m.event.index for m in found if m.event] == indexes
    assert found.summary.outside_times == 3 - len(indexes)
    assert found.summary.undated == (times != (None, None))


def test_matches_have_time_and_computer(engine: Engine, tmp_path: Path) -> None:
    event = {"DestinationPort": 4444, "Computer": "ws1", "UtcTime": "now"}
    path = tmp_path / "e.ndjson"
    path.write_text(json.dumps(event))
    found = engine.scan_file(path)
    (match,) = found
    assert (match.time, match.computer) == ("now", "ws1")
    assert found.summary.matches_by_computer == {"ws1": 1}
    matches = engine.scan(event)
    assert (matches.time, matches.computer) == ("now", "ws1")
    assert (matches[0].time, matches[0].computer) == ("now", "ws1")


def test_text_is_for_keywords(tmp_path: Path) -> None:
    engine = Engine.from_yaml(
        "title: T\nlogsource: {product: linux}\n"
        "detection:\n  k: [Failed password]\n  condition: k\n"
    )
    path = tmp_path / "auth.log"
    path.write_text("{\nsshd: failed PASSWORD for root\n")
    found = engine.scan_file(path, format="text")
    assert [m.event.index for m in found if m.event] == [1]
    with pytest.raises(ValueError, match="cannot be verified"):
        engine.scan_file(path, format="text", verify=True)


def test_limit_is_exact(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "e.ndjson"
    path.write_text(HIT * 5)
    found = engine.scan_file(path, max_matches=2)
    assert len(found) == 2
    assert found.summary.is_limited
    assert not engine.scan_file(path, max_matches=6).summary.is_limited


def test_event_path_finds_events(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "e.json"
    path.write_text(f'{{"Records": [{HIT}, {HIT}]}}')
    assert len(engine.scan_file(path, event_path="Records")) == 2


def test_malformed_records_are_handed_over(
    engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "e.ndjson"
    path.write_text("{\n{}\n" * 300)
    records: list[MalformedRecord] = []
    summary = engine.scan_file(path, malformed=records.append).summary
    assert [record.index for record in records] == list(range(0, 600, 2))
    assert summary.malformed_records == tuple(records[:100])


def test_other_sources_give_events(engine: Engine, tmp_path: Path) -> None:
    def read(path: str) -> Iterator[list[tuple[int, str | bytes]]] | None:
        if path != "special":
            return None
        batches: list[list[tuple[int, str | bytes]]]
        batches = [[], [(7, HIT), (9, HIT.encode())], [(11, "{")]]
        return iter(batches)

    path = tmp_path / "e.ndjson"
    path.write_text(HIT)
    found: list[tuple[str, int]] = []
    for threads in (1, 3):
        summary = engine.for_each_match(
            ["special", path],
            lambda match: (
                found.append((match.event.file, match.event.index))
                if match.event
                else None
            ),
            threads=threads,
            read=read,
        )
        assert summary.events == 4
        (record,) = summary.malformed_records
        assert str(record).startswith("special #11: ")
    assert found == [("special", 7), ("special", 9), (str(path), 0)] * 2


def broken(items: list[Any], error: Exception) -> Iterator[Any]:
    yield items
    raise error


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ValueError("bad chunk"), "bad chunk"),
        (OSError(5, "Input/output error", "x"), "Input/output error"),
    ],
)
def test_source_that_raises_is_a_problem_of_its_path(
    engine: Engine, error: Exception, message: str
) -> None:
    summary = engine.for_each_match(
        ["a"], lambda _: None, read=lambda _: broken([(0, HIT)], error)
    )
    assert summary.matches == 1
    (problem,) = summary.file_problems
    assert (problem.file, problem.message) == ("a", message)


@pytest.mark.parametrize("batch", [[(0, 1)], [0], 7, [(-1, HIT)], [("x", "")]])
def test_source_of_other_things_is_a_problem(
    engine: Engine, batch: Any
) -> None:
    summary = engine.for_each_match(
        ["a"], lambda _: None, read=lambda _: iter([batch])
    )
    (problem,) = summary.file_problems
    assert problem.message


class StopError(Exception):
    pass


def test_what_functions_raise_is_raised(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "e.ndjson"
    path.write_text("{\n" + HIT)

    def fail(*_: object) -> None:
        raise StopError

    with pytest.raises(StopError):
        engine.scan_file(path, malformed=fail)
    with pytest.raises(StopError):
        engine.for_each_match([path], fail)
    with pytest.raises(StopError):
        engine.for_each_block([path], fail)


def test_progress_is_told_while_scanning(
    engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "e.ndjson"
    path.write_text(HIT)
    told: list[tuple[int, ...]] = []

    def tell(*counts: int) -> None:
        told.append(counts)
        if counts[0]:
            raise StopError

    with pytest.raises(StopError):
        engine.for_each_match(
            [path], lambda _: None, follow=True, progress=tell
        )
    assert told[-1] == (1, 1, len(HIT), len(HIT))


@pytest.mark.parametrize(
    "options",
    [
        {"format": "xml"},
        {"max_matches": 0},
        {"times": ("yesterday", None)},
    ],
)
def test_wrong_values_are_refused(
    engine: Engine, options: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match=r"format|max_matches|not a time"):
        engine.scan_file("x", **options)


def test_unknown_options_are_refused(engine: Engine) -> None:
    with pytest.raises(TypeError, match="'formats'"):
        engine.scan_file("x", **{"formats": "json"})  # type: ignore[arg-type]
