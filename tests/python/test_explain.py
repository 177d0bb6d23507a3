"""Why rules match: values, command, and the corpus."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path
from typing import Any, Literal

import pytest

from conftest import RunCommand
from explained import check_event, values_at
from hypersigma import Engine, EventError
from hypersigma.event_lines import read_event_line
from test_regression_corpus import events, regressions

RULE = r"""
title: Odd Command
id: 480e7e51-e797-47e3-8d72-ebfce65b6d8d
level: high
logsource: {category: process_creation, product: windows}
detection:
  selection:
    Image|endswith: \cmd.exe
    CommandLine|contains|all: [key, evil]
  flag:
    CommandLine|windash|contains: " -enc "
  encoded:
    CommandLine|base64offset|contains: "http://"
  keywords: ["need*in"]
  filter:
    User|contains: [SYSTEM, LOCAL]
  condition: selection and 1 of flag* and not filter
"""
ODD = {
    "Image": r"C:\Windows\CMD.EXE",
    # Each character before `key` takes another number of bytes once folded.
    "CommandLine": "\u0130\u017f \u212aEY evil /enc x",
    "User": "jane",
}


@pytest.fixture
def odd() -> Engine:
    return Engine.from_yaml(RULE)


def hits(
    engine: Engine, event: dict[str, Any]
) -> dict[str, tuple[tuple[int, int] | None, str]]:
    explained = engine.explain(event, 0)
    return {
        value.value: (value.hit.span, value.hit.found)
        for _, value in explained.rules[0].hits()
        if value.hit is not None
    }


def test_places_are_bytes_of_the_event(odd: Engine) -> None:
    assert hits(odd, ODD) == {
        r"\cmd.exe": ((10, 18), r"\CMD.EXE"),
        "key": ((5, 10), "\u212aEY"),
        "evil": ((11, 15), "evil"),
        " -enc ": ((15, 21), " /enc "),
    }


def test_the_variant_that_hit_is_named(odd: Engine) -> None:
    event = {"CommandLine": "powershell IGh0dHA6Ly9hLmI="}
    explained = odd.explain(event, 0).rules[0]
    value = dict(explained.hits())["encoded"]
    assert value.value == "http://"
    assert value.hit is not None
    assert value.hit.found == "h0dHA6Ly"
    assert value.hit.pattern == "h0dha6ly"
    assert value.hit.span == (13, 21)


def test_a_match_needs_no_change(odd: Engine) -> None:
    explained = odd.explain(ODD)
    assert [rule.matches for rule in explained.rules] == [True]
    assert explained.rules[0].changes_status == "none"
    assert explained.rules[0].changes == ()
    assert {s.name: s.truth for s in explained.rules[0].selections} == {
        "selection": "true",
        "flag": "true",
        "encoded": "false",
        "keywords": "false",
        "filter": "false",
    }


def test_the_fewest_changes_make_it_match(odd: Engine) -> None:
    event = {**ODD, "CommandLine": "key", "User": r"NT AUTHORITY\SYSTEM"}
    rule = odd.explain(event, RULE_ID).rules[0]
    assert rule.changes_status == "smallest"
    changes = [
        (one.selection, one.value, one.becomes, one.alternatives)
        for one in rule.changes
    ]
    assert changes == [
        ("selection", "evil", True, 0),
        ("flag", " -enc ", True, 4),
        ("filter", "SYSTEM", False, 0),
    ]
    event["CommandLine"] += " evil -enc "
    event["User"] = "jane"
    assert odd.scan(event)


RULE_ID = "480e7e51-e797-47e3-8d72-ebfce65b6d8d"


def test_a_rule_is_named_in_three_ways(odd: Engine) -> None:
    explained = [
        odd.explain(ODD, rule) for rule in (0, RULE_ID.upper(), odd.rules[0])
    ]
    assert explained[0] == explained[1] == explained[2]
    for wrong in (1, -1, "none"):
        with pytest.raises(KeyError, match="no rule"):
            odd.explain(ODD, wrong)


def test_nothing_matches_nothing_is_explained(odd: Engine) -> None:
    assert odd.explain({}).rules == ()


def test_events_may_be_dict_text_or_bytes(odd: Engine) -> None:
    text = json.dumps(ODD)
    assert odd.explain(ODD) == odd.explain(text) == odd.explain(text.encode())
    with pytest.raises(TypeError):
        odd.explain(3)  # type: ignore[arg-type]
    with pytest.raises(EventError):
        odd.explain("[1]")


def test_bytes_that_are_not_utf8_count(odd: Engine) -> None:
    line = b'{"CommandLine": "\xff\xc3 key"}'
    rule = odd.explain(line, 0)
    value = next(v for _, v in rule.rules[0].hits())
    assert value.hit is not None
    assert value.hit.span == (3, 6)
    assert rule.repaired
    assert "\ufffd" in json.dumps(rule.to_dict(), ensure_ascii=False)


def test_routing_and_aliases_are_told(odd: Engine) -> None:
    event = {
        "Channel": "Security",
        "EventID": 4688,
        "Provider_Name": "Microsoft-Windows-Security-Auditing",
        "NewProcessName": r"C:\cmd.exe",
        "CommandLine": "key evil -enc ",
    }
    explained = odd.explain(event)
    assert explained.rules[0].is_admitted
    image = next(f for f in explained.fields if f.name == "Image")
    assert image.alias == "NewProcessName"
    assert image.values[0].member == "NewProcessName"
    event["EventID"] = 4624
    explained = odd.explain(event, 0)
    assert not explained.rules[0].is_admitted
    assert not explained.rules[0].matches


def test_keywords_tell_where_they_are(odd: Engine) -> None:
    event = {"deep": {"list": [1, {"text": "a needle stands in it"}]}}
    value = next(v for _, v in odd.explain(event, 0).rules[0].hits())
    assert value.hit is not None
    assert value.hit.value.member == "deep.list.text"
    assert value.hit.found == "needle stands in"


def test_values_are_values(odd: Engine) -> None:
    explained = odd.explain(ODD)
    assert pickle.loads(pickle.dumps(explained)) == explained
    hash(explained)
    with pytest.raises(AttributeError):
        explained.layout = "x"  # type: ignore[misc]


def test_json_names_places_in_its_fields(odd: Engine) -> None:
    result = odd.explain(ODD).to_dict()
    assert result["schema"] == 1
    selection = result["rules"][0]["selections"][0]
    hit = selection["detection"]["children"][0]["values"][0]["hit"]
    seen = result["fields"][hit["field"]]["values"][hit["value"]]
    assert seen["text"] == ODD["Image"]
    assert seen["text"].encode()[slice(*hit["span"])] == hit["found"].encode()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "odd.yml").write_text(RULE, encoding="utf-8")
    lines = [
        json.dumps(ODD),
        json.dumps({**ODD, "User": "LOCAL\x1b[31m\u202e"}),
    ]
    (tmp_path / "events.ndjson").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def explain(run: RunCommand, files: Path, *arguments: str) -> str:
    done = run(
        "explain", "-r", str(files / "odd.yml"), *arguments,
        str(files / "events.ndjson"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def test_command_explains_matches(run: RunCommand, files: Path) -> None:
    text = explain(run, files)
    assert text.count(" matches\n") == 1
    assert "bytes 10 to 18 of 18" in text
    lines = text.splitlines()
    at = next(i for i, line in enumerate(lines) if "\u212aEY evil" in line)
    marks = lines[at + 1]
    assert lines[at][marks.index("^") :].startswith("\u212aEY")
    assert marks.count("^") == 3


def test_command_explains_a_rule(run: RunCommand, files: Path) -> None:
    text = explain(run, files, "--rule", RULE_ID, "--index", "1")
    assert "does not match" in text
    assert "it would hold with one change" in text
    assert re.search(r"- User match LOCAL  \(in filter\)", text)


def test_nothing_of_an_event_moves_the_cursor(
    run: RunCommand, files: Path
) -> None:
    text = explain(run, files, "--rule", RULE_ID)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert r"LOCAL\x1b[31m\u202e" in text
    assert all(len(line) <= 80 for line in text.splitlines())
    coloured = explain(run, files, "--rule", RULE_ID, "--color", "always")
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == text


def test_command_writes_json(run: RunCommand, files: Path) -> None:
    lines = explain(run, files, "--format", "json", "--rule", RULE_ID)
    first, second = map(json.loads, lines.splitlines())
    assert first["event"]["index"] == 0
    assert first["rules"][0]["matches"]
    assert second["rules"][0]["changes_status"] == "smallest"


def test_scan_adds_explanations(run: RunCommand, files: Path) -> None:
    paths = ["-q", "-r", str(files / "odd.yml"), str(files / "events.ndjson")]
    bare = json.loads(run("scan", *paths).stdout)
    for flags in ([], ["--include-event"]):
        match = json.loads(run("scan", *paths, "--explain", *flags).stdout)
        assert match["explanation"].pop("schema") == 1
        assert match.pop("explanation")["rules"][0]["matches"]
        assert (match["event"].pop("data", None) == ODD) == bool(flags)
        assert match == bare
    listed = json.loads(run("scan", *paths, "--explain", "-f", "json").stdout)
    assert "explanation" in listed[0]
    table = run("scan", *paths, "--explain", "-f", "table").stdout.decode()
    assert "bytes 10 to 18 of 18" in table


def test_scan_explains_lines_of_text(run: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "k.yml").write_text(
        "title: K\nlogsource: {category: x}\ndetection: {k: [needle],"
        " condition: k}\n"
    )
    (tmp_path / "a.log").write_text('a "needle"\n')
    done = run(
        "scan", "-q", "--explain", "--input", "raw", "-r",
        str(tmp_path / "k.yml"), str(tmp_path / "a.log"),
    )  # fmt: skip
    fields = json.loads(done.stdout)["explanation"]["fields"]
    assert fields[0]["values"][0]["text"] == 'a "needle"'


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["explain", "--rule", "none"], "no rule has the id or title 'none'"),
        (["explain", "--index", "7"], "no event has it; events read: 1"),
        (
            ["explain", "--rule", "odd comand"],
            "title 'odd comand'; did you mean 'Odd Command'?",
        ),
        (["scan", "--explain", "-f", "csv"], "not csv"),
    ],
)
def test_usage(
    run: RunCommand, files: Path, arguments: list[str], message: str
) -> None:
    done = run(*arguments, "-r", str(files / "odd.yml"), "-e", "{}")
    assert done.returncode in (2, 3)
    assert message in done.stderr.decode()


def test_nothing_to_explain_is_said(run: RunCommand, files: Path) -> None:
    done = run("explain", "-r", str(files / "odd.yml"), "-e", "{}")
    assert done.returncode == 0
    assert done.stdout == b""
    assert done.stderr == b"no rule matches the event\n"
    done = run("explain", "-r", str(files / "odd.yml"), "/dev/null")
    assert done.stderr == b"there are no events\n"
    for indices, message in (
        (["--index", "1"], b"no rule matches the event\n"),
        ([], b"no rule matches any of 2 events\n"),
    ):
        events = ["-e", "{}", "-e", "{}", *indices]
        done = run("explain", "-r", str(files / "odd.yml"), *events)
        assert (done.returncode, done.stderr) == (0, message)


def test_members_are_found_through_arrays() -> None:
    event = {"a": [{"b.c": 1}, {"b": {"c": [2, 3]}}], "d": None}
    assert list(values_at(event, "a.b.c")) == [1, 2, 3]


@pytest.fixture(scope="module")
def all_rules(corpus: Path) -> Engine:
    return Engine.from_path(corpus / "sigma/rules")


def sampled(path: Path, count: int) -> list[str]:
    """Returns events of a file, evenly: a rule that always holds has all."""
    every = Engine.from_yaml(
        "title: E\nlogsource: {category: x}\n"
        "detection: {a: {b: c}, condition: a or not a}"
    )
    found: list[str] = []
    every.for_each_block(
        [path],
        lambda block: found.extend(block.decode().split("\n")[:-1]),
        include_event=True,
        routing="off",
    )
    chosen = found[:: len(found) // count]
    return [read_event_line(line).event for line in chosen]


def test_places_of_corpus_events(corpus: Path, all_rules: Engine) -> None:
    lines = sampled(corpus / "otrf_dev40k.ndjson.zst", 2_000)
    assert len(lines) >= 2_000
    matches = checked = 0
    routings: list[Literal["auto", "off"]] = ["auto", "off"]
    # With routing, and without, which matches far more.
    for line in lines:
        for routing in routings:
            explained = all_rules.explain(line, routing=routing)
            found = all_rules.scan(line, routing=routing)
            rules = [rule.rule for rule in explained.rules if rule.matches]
            assert rules == [match.rule for match in found]
            for rule, match in zip(explained.rules, found, strict=True):
                assert match.selections == [
                    one.name
                    for one in rule.selections
                    if one.truth == "true" and one.is_named
                    and not one.is_filter
                ]  # fmt: skip
            checked += check_event(explained, line)
            matches += len(rules)
    assert matches > 1_000
    assert checked > 1_000


def test_places_of_regression_events(corpus: Path, all_rules: Engine) -> None:
    checked = 0
    for each in regressions(corpus):
        for event in events(each.json):
            explained = all_rules.explain(event)
            assert all(rule.matches for rule in explained.rules)
            checked += check_event(explained, event)
    assert checked > 200
