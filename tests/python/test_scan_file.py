from __future__ import annotations

import ctypes
import ctypes.util
import gzip
import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from hypersigma import Engine, EventPlace, Match

HIT = b'{"DestinationPort": 4444}'
MISS = b'{"DestinationPort": 80}'


@pytest.fixture
def events(tmp_path: Path) -> Path:
    return tmp_path / "events.ndjson"


def zstd(content: bytes) -> bytes:
    """Compresses with the library that hypersigma itself needs."""
    library = ctypes.CDLL(ctypes.util.find_library("zstd") or "libzstd.so.1")
    library.ZSTD_compressBound.argtypes = [ctypes.c_size_t]
    library.ZSTD_compressBound.restype = ctypes.c_size_t
    library.ZSTD_compress.restype = ctypes.c_size_t
    size = library.ZSTD_compressBound(len(content))
    buffer = ctypes.create_string_buffer(size)
    size = library.ZSTD_compress(
        buffer,
        ctypes.c_size_t(size),
        content,
        ctypes.c_size_t(len(content)),
        3,
    )
    return buffer.raw[:size]


def indices(matches: list[Match]) -> list[int]:
    return [match.event.index for match in matches if match.event]


def test_matches_have_their_place(engine: Engine, events: Path) -> None:
    events.write_bytes(MISS + b"\n\n" + HIT + b"\r\n  \n{\n" + HIT)
    result = engine.scan_file(events)
    assert [match.event for match in result] == [
        EventPlace(str(events), 1),
        EventPlace(str(events), 3),
    ]
    assert result[0].rule.title == "Odd Port"
    assert result[0].selections == ["odd"]
    assert result[0].indicators[0].value == "4444"


def test_summary_counts(engine: Engine, events: Path) -> None:
    content = HIT + b"\nnot json\n" + MISS + b'\n{"a": "\xff"}\n'
    events.write_bytes(content)
    summary = engine.scan_file(events).summary
    assert summary.events == 4
    assert summary.malformed == 1
    assert summary.repaired == 1
    assert summary.bytes == len(content)
    assert summary.matches == 1
    assert summary.undecided == 0
    assert summary.undecided_records == ()
    assert summary.matches_by_rule == (0, 1)
    assert summary.elapsed > 0
    assert summary.file_problems == ()
    assert summary.error == ""


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b'{"a": 1',
        b"[1]",
        b'{"a": 1} {"b": 2}',
        b'{"a": 1}{"b": 2}',
        b'{"a": 1}, {"b": 2}',
        b'{"a": {"x": 1]}, "b": 2}',
        b"\0",
        b'{"a": 1}\0',
        b'\xef\xbb\xbf["bom"]',
    ],
)
def test_malformed_line_hides_no_other(
    engine: Engine, events: Path, line: bytes
) -> None:
    events.write_bytes(HIT + b"\n" + line + b"\n" + HIT + b"\n")
    result = engine.scan_file(events)
    assert indices(list(result)) == [0, 2]
    (record,) = result.summary.malformed_records
    assert (record.file, record.index, record.line) == (str(events), 1, 2)
    assert record.byte >= 1
    assert record.message
    assert str(record).startswith(f"{events}:2:{record.byte}: ")


@pytest.mark.parametrize(
    "value", [b"\xff", b"\xed\xa0\x80", b"\\ud800", b"\x01", b"\\u0000"]
)
def test_damaged_text_hides_nothing(
    engine: Engine, events: Path, value: bytes
) -> None:
    events.write_bytes(b'{"x": "' + value + b'", "DestinationPort": 1337}')
    result = engine.scan_file(events)
    assert len(result) == 1
    assert result.summary.malformed == 0
    assert result.summary.repaired == (value != b"\\u0000")


def test_long_line_is_scanned(engine: Engine, events: Path) -> None:
    filler = b"x" * (64 << 20)
    events.write_bytes(
        HIT + b'\n{"x": "' + filler + b'", "DestinationPort": 4444}\n' + HIT
    )
    assert indices(list(engine.scan_file(events, threads=2))) == [0, 1, 2]


def test_empty_file_has_no_events(engine: Engine, events: Path) -> None:
    events.write_bytes(b"")
    result = engine.scan_file(events)
    assert list(result) == []
    assert result.summary.events == 0


@pytest.mark.parametrize("compress", [gzip.compress, zstd])
def test_compressed_files(
    engine: Engine, events: Path, compress: Callable[[bytes], bytes]
) -> None:
    content = MISS + b"\n" + HIT + b"\n"
    events.write_bytes(compress(content))
    result = engine.scan_file(events)
    assert indices(list(result)) == [1]
    assert result.summary.bytes == len(content)


@pytest.mark.parametrize("compress", [gzip.compress, zstd])
def test_damaged_compression_is_told(
    engine: Engine, events: Path, compress: Callable[[bytes], bytes]
) -> None:
    lines = b"".join(
        b'{"n": %d, "DestinationPort": 4444}\n' % n for n in range(9999)
    )
    events.write_bytes(compress(lines)[:-200])
    (problem,) = engine.scan_file(events).summary.file_problems
    assert problem.file == str(events)
    assert problem.message


def test_missing_file_is_an_error(engine: Engine, events: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"events\.ndjson"):
        engine.scan_file(events)


def test_folder_is_an_error(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="is a folder"):
        engine.scan_file(tmp_path)


@pytest.mark.parametrize("threads", [0, -1, 257])
def test_number_of_threads_is_checked(
    engine: Engine, events: Path, threads: int
) -> None:
    events.write_bytes(HIT)
    with pytest.raises(ValueError, match=f"threads is {threads}"):
        engine.scan_file(events, threads)


def test_order_is_the_same_for_any_number_of_threads(
    engine: Engine, events: Path
) -> None:
    both = b'{"DestinationPort": 1337, "Image": "C:\\\\whoami.exe"}'
    lines = itertools.islice(itertools.cycle([HIT, MISS, both, b"{"]), 60_000)
    events.write_bytes(b"\n".join(lines))
    one = engine.scan_file(events)
    assert len(one) == 45_000
    for threads in (2, 5):
        other = engine.scan_file(events, threads)
        assert list(other) == list(one)
        assert other.summary.malformed_records == one.summary.malformed_records
        assert other.summary.matches_by_rule == one.summary.matches_by_rule


def test_result_is_a_sequence(engine: Engine, events: Path) -> None:
    events.write_bytes(b"\n".join([HIT] * 5))
    result = engine.scan_file(events)
    assert len(result) == 5
    assert indices([result[0], result[-1]]) == [0, 4]
    assert indices(result[1:3]) == [1, 2]
    assert indices(list(reversed(result))) == [4, 3, 2, 1, 0]
    assert result[2] in result
    assert result.index(result[2]) == 2
    with pytest.raises(IndexError):
        result[5]


def test_receiver_gets_each_match_in_order(
    engine: Engine, events: Path
) -> None:
    events.write_bytes(b"\n".join([HIT, MISS, HIT]))
    received: list[Match] = []
    summary = engine.for_each_match([events, events], received.append)
    assert indices(received) == [0, 2, 0, 2]
    assert summary.matches == 4


def test_receiver_may_end_the_scan(engine: Engine, events: Path) -> None:
    events.write_bytes(b"\n".join([HIT] * 100))
    received: list[Match] = []

    def receive(match: Match) -> None:
        received.append(match)
        if len(received) == 3:
            raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        engine.for_each_match([events], receive)
    assert indices(received) == [0, 1, 2]


def test_writing_to_a_closed_descriptor_fails(
    engine: Engine, events: Path
) -> None:
    events.write_bytes(HIT)
    with pytest.raises(OSError, match="Bad file descriptor"):
        engine.write_ndjson([events], 999)
