"""A dict says the same as its JSON text, and nothing is lost on the way."""

from __future__ import annotations

import enum
from typing import Any

import pytest

from hypersigma import Engine, EventError


def engine_for(value: str) -> Engine:
    """An engine whose one rule wants `value`, as YAML, in the field `a`."""
    item = "a|cased" if value.startswith('"') else "a"
    return Engine.from_yaml(
        "title: T\nlogsource: {product: x}\n"
        f"detection:\n  s:\n    {item}: {value}\n  condition: s\n",
        strict=True,
    )


class Port(enum.IntEnum):
    HTTPS = 443


class Name(str):
    __slots__ = ()


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("plain", '"plain"'),
        ("", '""'),
        ('quote " and \\ backslash', r'"quote \" and \\ backslash"'),
        ("tab\tnewline\nreturn\r", r'"tab\tnewline\nreturn\r"'),
        ("nul\0inside", r'"nul\0inside"'),
        ("bell\x07 unit\x1f delete\x7f", r'"bell\a unit\x1f delete\x7f"'),
        ("caf\u00e9", '"caf\u00e9"'),
        ("\u20ac\uffff", r'"\u20ac\uffff"'),
        ("\U0001f600", '"\U0001f600"'),
        (Name("sub"), '"sub"'),
        (0, "0"),
        (-7, "-7"),
        (Port.HTTPS, "443"),
        (2**63 - 1, "9223372036854775807"),
        (-(2**63), "-9223372036854775808"),
        (2**64, "18446744073709551616"),
        (10**40 + 1, "1" + "0" * 39 + "1"),
        (1.0, "1"),
        (-0.5, "-0.5"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e300, "1e300"),
        (True, "true"),
        (False, "false"),
        (None, "null"),
        (["x", ["y", "wanted"]], '"wanted"'),
        (("x", "wanted"), '"wanted"'),
    ],
)
def test_value_is_kept(value: object, wanted: str) -> None:
    engine = engine_for(wanted)
    matches = engine.scan({"b": 0, "a": value})
    assert len(matches) == 1
    assert not matches.repaired


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (10**40, "1" + "0" * 39 + "1"),
        (2**53 + 1, str(2**53)),
        (1.5, "1"),
        (1, "true"),
        ({}, "null"),
        ([], "null"),
        ("Plain", '"plain"'),
    ],
)
def test_other_value_is_no_match(value: object, wanted: str) -> None:
    assert engine_for(wanted).scan({"a": value}) == []


def test_nested_dicts_are_paths() -> None:
    engine = Engine.from_yaml(
        "title: T\nlogsource: {product: x}\n"
        "detection:\n  s:\n    a.b.c: 1\n  condition: s\n"
    )
    assert len(engine.scan({"a": [{"x": 1}, {"b": {"c": 1}}]})) == 1
    assert len(engine.scan({"a.b": {"c": 1}})) == 1
    assert engine.scan({"a": {"b": {"d": 1}}}) == []


def test_keys_are_escaped() -> None:
    engine = Engine.from_yaml(
        "title: T\nlogsource: {product: x}\n"
        'detection:\n  s:\n    "say \\"hi\\"": 1\n  condition: s\n'
    )
    assert len(engine.scan({'say "hi"': 1})) == 1


def test_lone_surrogate_is_one_character_that_equals_nothing() -> None:
    engine = engine_for('"a?c"')
    matches = engine.scan({"a": "a\ud800c"})
    assert len(matches) == 1
    assert matches.repaired
    assert engine.scan('{"a": "a\\ud800c"}') == matches


def test_text_with_surrogates_is_scanned() -> None:
    engine = engine_for('"a*c"')
    matches = engine.scan('{"a": "a\udcffc"}')
    assert len(matches) == 1
    assert matches.repaired


def test_invalid_utf8_is_repaired() -> None:
    matches = engine_for('"a?c"').scan(b'{"a": "a\xffc"}')
    assert len(matches) == 1
    assert matches.repaired


@pytest.mark.parametrize(
    ("event", "message"),
    [
        ({"a": b"bytes"}, "event value is bytes"),
        ({"a": {1, 2}}, "event value is set"),
        ({"a": [object()]}, "event value is object"),
        ({1: "a"}, "event key 1 is int, not str"),
        ({"a": {None: 1}}, "event key None is NoneType, not str"),
        (["a"], "event is list, not dict, str or bytes"),
        (None, "event is NoneType"),
    ],
)
def test_wrong_type_is_named(event: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        engine_for("1").scan(event)


@pytest.mark.parametrize(
    "event",
    [
        "",
        "{",
        "[]",
        '"a"',
        '{"a": 1} {"a": 2}',
        '{"a": 1,}',
        '{"a": 1]}',
        '{"a": 01}',
        '{"a": NaN}',
        '{"a": 1}\0',
        b"\xff",
    ],
)
def test_malformed_text_is_an_error_with_its_place(event: str | bytes) -> None:
    with pytest.raises(EventError, match=r"byte \d+"):
        engine_for("1").scan(event)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_json_lacks_is_an_error(value: float) -> None:
    with pytest.raises(EventError, match="NaN or infinity"):
        engine_for("1").scan({"a": [value]})


def test_integer_past_the_digit_limit_is_an_error() -> None:
    with pytest.raises(EventError, match="digits"):
        engine_for("1").scan({"a": 10**5000})


def nested(depth: int) -> dict[str, Any]:
    event: dict[str, Any] = {"a": 1}
    for _ in range(depth - 1):
        event = {"a": event}
    return event


def test_depth_is_limited() -> None:
    engine = engine_for("1")
    assert engine.scan(nested(60)) == []
    for event in (nested(70), nested(250)):
        with pytest.raises(EventError):
            engine.scan(event)


def test_cycle_is_an_error() -> None:
    event: dict[str, Any] = {}
    event["a"] = [event]
    with pytest.raises(EventError, match="nested too deeply"):
        engine_for("1").scan(event)


def test_engine_works_on_after_an_error() -> None:
    engine = engine_for("1")
    with pytest.raises(EventError):
        engine.scan("{")
    assert len(engine.scan({"a": 1})) == 1
