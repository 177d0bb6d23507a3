"""The rules of examples/ find in its events what expected.ndjson states."""

from __future__ import annotations

import contextlib
import ipaddress
import json
import re
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import hypersigma
from hypersigma import Engine

EXAMPLES = Path(__file__).parents[2] / "examples"
RULES = EXAMPLES / "rules"
EVENTS = sorted((EXAMPLES / "events").glob("*.ndjson"))
PLACEHOLDERS = EXAMPLES / "placeholders.json"
LEVELS = {"informational", "low", "medium", "high", "critical"}

Found = set[tuple[str, int, str]]


def documents() -> dict[str, dict[str, Any]]:
    """Returns the document of each rule file, by its path below rules/."""
    return {
        path.relative_to(RULES).as_posix(): yaml.safe_load(path.read_text())
        for path in sorted(RULES.rglob("*.yml"))
    }


def expected() -> list[dict[str, Any]]:
    lines = (EXAMPLES / "expected.ndjson").read_text().splitlines()
    return [json.loads(line) for line in lines]


def expected_in(suffix: str) -> Found:
    """Returns what is expected in files of such names."""
    places = [(one["event"], one["rule"]) for one in expected()]
    return {
        (event["file"], event["index"], rule)
        for event, rule in places
        if event["file"].endswith(suffix)
    }


def events() -> Iterator[str]:
    for path in EVENTS:
        yield from path.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def engine() -> Engine:
    placeholders = json.loads(PLACEHOLDERS.read_text())
    return Engine.from_path(RULES, placeholders=placeholders)


def test_matches_are_the_expected_ones(engine: Engine) -> None:
    ids = {rule["id"]: file for file, rule in documents().items()}
    found: Found = set()
    for path in EVENTS:
        for match in engine.scan_file(path):
            assert match.event is not None
            found.add((path.name, match.event.index, ids[match.rule.id]))
    assert found == expected_in(".ndjson")


def test_matches_of_event_log_files_are_the_expected_ones(
    engine: Engine,
) -> None:
    evtx = pytest.importorskip("evtx", reason="evtx is not installed")
    ids = {rule["id"]: file for file, rule in documents().items()}
    found: Found = set()
    for path in sorted((EXAMPLES / "evtx").glob("*.evtx")):
        records = evtx.PyEvtxParser(str(path)).records_json()
        for index, record in enumerate(records):
            for match in engine.scan(record["data"]):
                file = f"evtx/{path.name}"
                found.add((file, index, ids[match.rule.id]))
    assert found == expected_in(".evtx")
    assert len(found) > 10


def test_matches_of_the_trail_are_the_expected_ones(engine: Engine) -> None:
    ids = {rule["id"]: file for file, rule in documents().items()}
    file = "trail/1.json"
    records = json.loads((EXAMPLES / file).read_text())["Records"]
    assert {
        (file, index, ids[match.rule.id])
        for index, record in enumerate(records)
        for match in engine.scan(record)
    } == expected_in(file)
    assert expected_in(file)


def test_every_rule_matches(engine: Engine) -> None:
    matched = {one["rule"] for one in expected()}
    rules = {file for file, text in documents().items() if "detection" in text}
    assert matched == rules
    assert len(engine.rules) == len(rules)


def test_every_modifier_is_at_work() -> None:
    used = {
        name
        for text in documents().values()
        for key in keys(text)
        for name in key.split("|")[1:]
    }
    assert used == {modifier.name for modifier in hypersigma.modifiers()}


def keys(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from node
        for value in node.values():
            yield from keys(value)
    elif isinstance(node, list):
        for value in node:
            yield from keys(value)


def test_only_the_correlation_is_not_evaluated(engine: Engine) -> None:
    statuses = Counter(one.status for one in engine.report.documents)
    assert statuses["degraded"] == 1
    assert statuses["refused"] == 0


def test_one_rule_needs_a_placeholder() -> None:
    refused = [
        Path(one.file).relative_to(RULES).as_posix()
        for one in Engine.from_path(RULES).report.documents
        if one.status == "refused"
    ]
    needing = [x for x in expected() if "placeholders" in x.get("needs", ())]
    assert refused == sorted({x["rule"] for x in needing})
    assert len(refused) == 1


def test_there_are_as_many_as_is_said() -> None:
    assert len(list(events())) == 2000
    assert 30 <= len(expected_in(".ndjson")) <= 60


def test_every_log_source_is_known(engine: Engine) -> None:
    for path in EVENTS:
        summary = engine.for_each_match([path], lambda match: None)
        assert (path.name, summary.unclassified) == (path.name, 0)


def test_rules_say_who_they_are() -> None:
    rules = documents()
    for text in rules.values():
        assert uuid.UUID(text["id"]).version == 4
        assert text["status"] == "experimental"
        assert len(text["title"]) <= 60
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(text["date"]))
        if "filter" not in text:
            assert text["level"] in LEVELS
            tags = " ".join(text["tags"])
            assert re.search(r"\battack\.[a-z-]+ ", tags)
            assert re.search(r"\battack\.t\d{4}\b", tags)
    for name in ("id", "title"):
        assert len({text[name] for text in rules.values()}) == len(rules)


def test_no_address_is_someone_s() -> None:
    words = set(re.findall(r"[\w.:]+", "\n".join(events())))
    addresses = [one for word in words for one in parse_address(word)]
    assert len(addresses) > 100
    assert not [one for one in addresses if one.is_global]


def parse_address(
    text: str,
) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """Returns the address that the text is, or that stands before a port."""
    found = []
    for part in {text, text.split(":")[-1], text.split(":")[0]}:
        with contextlib.suppress(ValueError):
            found.append(ipaddress.ip_address(part))
    return found


def test_no_host_is_someone_s() -> None:
    hosts = set(re.findall(r"\b[\w-]+\.(?:com|net|org)\b", "\n".join(events())))
    assert hosts <= {
        "example.com",
        "example.net",
        "example.org",
        # Names of services that their events must have.
        "amazonaws.com",
        "googleapis.com",
        "gserviceaccount.com",
    }
