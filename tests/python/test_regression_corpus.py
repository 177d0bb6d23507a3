"""Events that must fire their rule, all rules loaded, as JSON and as EVTX."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from hypersigma import Engine

# Files in which more events meet the rule than their info.yml counts, such as
# three whose TargetFilename has `\AnyDesk\user.conf`. Read one by one, all are
# right.
MORE = {
    "0b9ad457-2554-44c1-82c2-d56a99c42377": 3,
    "8fbf3271-1ef6-4e94-8210-03c2317947f6": 3,
    "c7dcacd0-cc59-4004-b0a4-1d6cdebe6f3e": 2,
}

# What is at hand today; a corpus that shrinks must not look like success.
LEAST = 98


@dataclass(frozen=True)
class Regression:
    rule: str
    json: Path
    evtx: Path
    # How often the rule fires on the EVTX file; None: at least once.
    count: int | None


def regressions(corpus: Path) -> list[Regression]:
    found = []
    for info in sorted((corpus / "regression").rglob("info.yml")):
        values = yaml.safe_load(info.read_text(encoding="utf-8"))
        counts = [t.get("match_count") for t in values["regression_tests_info"]]
        found += [
            Regression(rule["id"], file, file.with_suffix(".evtx"), counts[0])
            for rule in values["rule_metadata"]
            for file in info.parent.glob("*.json")
        ]
    assert len(found) >= LEAST
    return found


def events(path: Path) -> Iterator[str]:
    """Yields the objects of a file, which stand one after the other."""
    text = path.read_text(encoding="utf-8").rstrip()
    begin = 0
    while begin < len(text):
        _, end = json.JSONDecoder().raw_decode(text, begin)
        yield text[begin:end]
        begin = len(text) - len(text[end:].lstrip())


@pytest.fixture(scope="module")
def engine(corpus: Path) -> Engine:
    folders = ("rules", "rules-emerging-threats", "rules-threat-hunting")
    return Engine.from_paths([corpus / "sigma" / folder for folder in folders])


def test_rules_fire_on_json(corpus: Path, engine: Engine) -> None:
    for each in regressions(corpus):
        fired: set[str] = set()
        for event in events(each.json):
            matches = engine.scan(event)
            fired.update(match.rule.id for match in matches)
            assert matches.layout == "evtx"
            assert matches.time
        assert each.rule in fired, each.json


def test_rules_fire_on_evtx(corpus: Path, engine: Engine) -> None:
    evtx = pytest.importorskip("evtx", reason="evtx is not installed")
    for each in regressions(corpus):
        fired: Counter[str] = Counter()
        for record in evtx.PyEvtxParser(str(each.evtx)).records_json():
            fired.update(m.rule.id for m in engine.scan(record["data"]))
        count = MORE.get(each.rule, each.count)
        assert fired[each.rule] == (count or fired[each.rule] or 1), each


def test_no_rule_of_another_category_fires(
    corpus: Path, engine: Engine
) -> None:
    for each in regressions(corpus):
        matches = engine.scan(next(events(each.json)))
        assert matches.log_sources, each.json
        for match in matches:
            rule = (
                match.rule.product,
                match.rule.category,
                match.rule.service,
            )
            assert any(
                all(not w or w == v for w, v in zip(rule, member, strict=True))
                for member in matches.log_sources
            )
