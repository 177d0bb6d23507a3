"""Tables by the Arrow PyCapsule interface, with pyarrow as the producer."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pyarrow as pa
import pytest

from hypersigma import Engine, Indicator, TableMatches

ROWS: list[dict[str, Any]] = [
    {"Image": r"C:\WHOAMI.exe", "CommandLine": "whoami", "User": "A"},
    {"Image": "/bin/sh", "CommandLine": None, "User": "A"},
    {"Image": r"D:\whoami.exe", "CommandLine": "x /priv", "User": "SYSTEM"},
    {"DestinationPort": 4444, "Image": None},
    {"DestinationPort": 443},
]
NAMES = ["Image", "CommandLine", "User", "DestinationPort", "Else"]


def table(*texts: pa.DataType) -> pa.Table:
    """Returns ROWS, the text columns of the types, in turn."""
    columns = {}
    for i, name in enumerate(NAMES[:3]):
        column = pa.array([row.get(name) for row in ROWS], pa.string())
        kind = texts[i % len(texts)]
        columns[name] = (
            column.dictionary_encode().cast(kind)
            if pa.types.is_dictionary(kind)
            else column.cast(kind)
        )
    ports = [row.get("DestinationPort") for row in ROWS]
    columns["DestinationPort"] = pa.array(ports, pa.uint16())
    columns["Else"] = pa.nulls(len(ROWS))
    return pa.table(columns)


def found(matches: TableMatches) -> list[tuple[int, str]]:
    return [(found.row, found.match.rule.title) for found in matches]


EXPECTED = [(0, "Whoami Execution"), (3, "Odd Port")]
TYPES = [
    pa.string(),
    pa.large_string(),
    pa.string_view(),
    pa.dictionary(pa.int8(), pa.string()),
    pa.dictionary(pa.int32(), pa.large_string()),
]


@pytest.mark.parametrize("kind", TYPES, ids=str)
def test_every_type_of_text(engine: Engine, kind: pa.DataType) -> None:
    matches = engine.scan_batch(table(kind))
    assert found(matches) == EXPECTED
    assert matches.row_count == 5
    assert matches.rows == [0, 3]


def test_matches_are_those_of_the_events(engine: Engine) -> None:
    matches = engine.scan_batch(table(pa.string()))
    for row, event in enumerate(ROWS):
        present = {k: v for k, v in event.items() if v is not None}
        alone = [each.match for each in matches if each.row == row]
        assert alone == list(engine.scan(present, layout="flat"))
    assert matches[1].match.indicators == [
        Indicator("DestinationPort", "eq", "4444")
    ]


def test_a_batch_and_a_slice_of_it(engine: Engine) -> None:
    (batch,) = table(pa.string(), pa.string_view()).to_batches()
    assert found(engine.scan_batch(batch)) == EXPECTED
    assert found(engine.scan_batch(batch.slice(3))) == [(0, "Odd Port")]


def test_rows_count_on_over_batches(engine: Engine) -> None:
    batches = table(pa.string()).to_batches(max_chunksize=2)
    assert len(batches) == 3
    stream = pa.RecordBatchReader.from_batches(batches[0].schema, batches)
    assert found(engine.scan_batch(stream)) == EXPECTED


def test_a_reader_is_used_up(engine: Engine) -> None:
    batches = table(pa.string()).to_batches()
    stream = pa.RecordBatchReader.from_batches(batches[0].schema, batches)
    engine.scan_batch(stream)
    assert engine.scan_batch(stream).row_count == 0


def test_a_struct_array_alone(engine: Engine) -> None:
    class Exports:
        def __arrow_c_array__(
            self, requested_schema: object | None = None
        ) -> tuple[object, object]:
            struct = pa.array([{"DestinationPort": 1337}])
            result: tuple[object, object] = struct.__arrow_c_array__()
            return result

    assert found(engine.scan_batch(Exports())) == [(0, "Odd Port")]


def test_lists_are_arrays(engine: Engine) -> None:
    ports = pa.array([[1, 4444], None, [], [80]], pa.list_(pa.int64()))
    matches = engine.scan_batch(pa.table({"DestinationPort": ports}))
    assert found(matches) == [(0, "Odd Port")]


def test_columns_of_other_types(engine: Engine) -> None:
    times = pa.array([1, 2], pa.timestamp("us", "UTC"))
    ports = pa.array([4444, 1])
    mixed = pa.table({"Time": times, "DestinationPort": ports})
    with pytest.raises(TypeError, match=r"'Time'.*timestamp \(format 'tsu:U"):
        engine.scan_batch(mixed)
    left = engine.scan_batch(mixed, other_columns="leave_out")
    assert found(left) == [(0, "Odd Port")]


def test_what_exports_nothing_is_refused(engine: Engine) -> None:
    with pytest.raises(TypeError, match="list has neither __arrow_c_array__"):
        engine.scan_batch([1])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="unexpected option 'other'"):
        engine.scan_batch(table(pa.string()), other=1)  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="other_columns is 'skip'"):
        engine.scan_batch(
            table(pa.string()),
            other_columns="skip",  # type: ignore[arg-type]
        )


def test_capsules_are_checked(engine: Engine) -> None:
    class Wrong:
        def __arrow_c_stream__(self, schema: object | None = None) -> object:
            return pa.array([1]).__arrow_c_array__()[0]

    with pytest.raises(TypeError, match="named 'arrow_array_stream'"):
        engine.scan_batch(Wrong())


def test_an_array_that_is_no_batch_is_refused(engine: Engine) -> None:
    with pytest.raises(ValueError, match="not a struct array"):
        engine.scan_batch(pa.array(["text"]))


def test_errors_of_a_reader_arrive(engine: Engine) -> None:
    def batches() -> Iterator[pa.RecordBatch]:
        yield table(pa.string()).to_batches()[0]
        raise ValueError("the disk is gone")

    schema = table(pa.string()).schema
    reader = pa.RecordBatchReader.from_batches(schema, batches())
    with pytest.raises(OSError, match="the disk is gone"):
        engine.scan_batch(reader)


def test_options_are_those_of_scan(engine: Engine) -> None:
    text = table(pa.string())
    high = engine.select(levels=["high"])
    assert found(engine.scan_batch(text, rules=high)) == [EXPECTED[1]]
    assert found(engine.scan_batch(text)) == EXPECTED
    assert engine.scan_batch(text).unclassified == 5
    assert engine.scan_batch(text, routing="off").unclassified == 0
    assert engine.scan_batch(text, routing="strict") == []
    with pytest.raises(ValueError, match="mask of"):
        other = Engine.from_paths([]).select()
        engine.scan_batch(text, rules=other)


def test_threads_share_an_engine(engine: Engine) -> None:
    text = table(pa.string())
    with ThreadPoolExecutor(4) as pool:
        results = pool.map(lambda _: engine.scan_batch(text), range(40))
        assert all(found(matches) == EXPECTED for matches in results)


def test_undecided_rules_are_told() -> None:
    engine = Engine.from_yaml(
        "title: R\nlogsource: {product: windows}\ndetection:\n"
        "  s:\n    A|re: '^(\\w+\\s?)+$'\n  condition: s\n"
    )
    matches = engine.scan_batch(pa.table({"A": ["-", "x" * 60 + "!", "a b"]}))
    assert matches.rows == [2]
    (undecided,) = matches.undecided
    assert undecided.row == 1
    assert undecided.undecided.field == "A"
