"""The command `coverage`: techniques, layers, comparisons, what can fire."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from conftest import RunCommand
from hypersigma import Engine, RuleSet
from hypersigma.catalog import Catalog
from hypersigma.coverage import measure_coverage
from hypersigma.coverage_sample import sample_coverage
from hypersigma.navigator import make_layer

HERE = r"""
title: Fires
id: 11111111-0000-4000-8000-000000000001
tags: [attack.execution, attack.t1059, attack.t1059.001]
logsource: {category: process_creation, product: windows}
detection: {s: {Image|endswith: \a.exe}, condition: s}
---
title: Could
id: 11111111-0000-4000-8000-000000000002
tags: [attack.execution, attack.persistence, attack.t1059]
logsource: {category: process_creation, product: windows}
detection:
  s: {Image|endswith: \b.exe}
  f: {Company: x}
  condition: s and not f
---
title: No Field
id: 11111111-0000-4000-8000-000000000003
tags: [attack.persistence, attack.t1547]
logsource: {category: process_creation, product: windows}
detection: {s: {Image|endswith: \a.exe, Company: x}, condition: s}
---
title: No Way
tags: [attack.t1033]
logsource: {category: process_creation, product: windows}
detection:
  one: {Company: x}
  two: {Product: y}
  condition: 1 of them
---
title: No Log Source
tags: [attack.made-up]
logsource: {product: linux, service: auditd}
detection: {s: {type: EXECVE}, condition: s}
"""
OTHER = r"""
title: Another Name
id: 11111111-0000-4000-8000-000000000001
tags: [attack.execution, attack.t1059]
logsource: {category: process_creation, product: windows}
detection: {s: {Image|endswith: \a.exe}, condition: s}
---
title: No Way
tags: [attack.discovery, attack.t1087]
logsource: {category: process_creation, product: windows}
detection: {s: {Company: x}, condition: s}
---
title: "Only <b>There</b> \e[31m"
tags: [attack.discovery, attack.t1087]
logsource: {category: process_creation, product: windows}
detection: {s: {Company: x}, condition: s}
"""
SYSMON = {"Channel": "Microsoft-Windows-Sysmon/Operational", "EventID": 1}
EVENTS = [
    {**SYSMON, "Image": r"C:\a.exe"},
    {**SYSMON, "Image": r"C:\a.exe"},
    {**SYSMON, "Image": r"C:\c.exe"},
]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    path = tmp_path / "here.yml"
    path.write_text(HERE)
    return path


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "other.yml"
    path.write_text(OTHER)
    return path


def write_events(path: Path, events: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(event) + "\n" for event in events))
    return path


def ask(run: RunCommand, *args: str | Path) -> dict[str, Any]:
    done = run("coverage", "--format", "json", *args)
    assert done.returncode == 0, done.stderr.decode()
    values: dict[str, Any] = json.loads(done.stdout)
    return values


def states(values: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {
        rule["title"]: (rule["state"], rule["reason"])
        for rule in values["sample"]["rules"]
    }


def test_rules_and_techniques_are_counted_by_tactic(
    run: RunCommand, here: Path
) -> None:
    values = ask(run, "-r", here)
    assert values["rules"] == 5
    assert [
        (row["tactic"], row["id"], row["techniques"], row["rules"])
        for row in values["tactics"]
    ] == [
        ("execution", "TA0002", ["T1059", "T1059.001"], 2),
        ("persistence", "TA0003", ["T1059", "T1547"], 2),
        ("made-up", None, [], 1),
        (None, None, ["T1033"], 1),
    ]
    titles = {
        row["technique"]: [rule["title"] for rule in row["rules"]]
        for row in values["techniques"]
    }
    assert titles == {
        "T1033": ["No Way"],
        "T1059": ["Fires", "Could"],
        "T1059.001": ["Fires"],
        "T1547": ["No Field"],
    }


def test_the_table_has_a_line_a_tactic(run: RunCommand, here: Path) -> None:
    lines = run("coverage", "-r", here).stdout.decode().splitlines()
    assert [re.split(r"\s{2,}", line) for line in lines] == [
        ["TACTIC", "TECHNIQUES", "RULES"],
        ["Execution", "2", "2"],
        ["Persistence", "2", "2"],
        ["made-up", "0", "1"],
        ["no tactic", "1", "1"],
        ["all, each once", "4", "5"],
    ]


def test_a_layer_scores_techniques(
    run: RunCommand, here: Path, tmp_path: Path
) -> None:
    ask(run, "-r", here, "--navigator", "layer.json")
    layer = json.loads((tmp_path / "layer.json").read_text())
    assert layer["versions"].keys() == {"attack", "navigator", "layer"}
    assert layer["versions"]["layer"] == "4.5"
    assert layer["domain"] == "enterprise-attack"
    assert layer["gradient"]["minValue"] == 0
    assert layer["gradient"]["maxValue"] == 2
    rows = {row["techniqueID"]: row for row in layer["techniques"]}
    assert {key: row["score"] for key, row in rows.items()} == {
        "T1033": 1,
        "T1059": 2,
        "T1059.001": 1,
        "T1547": 1,
    }
    assert rows["T1059"]["comment"] == "Fires\nCould"


def test_a_layer_has_what_the_format_allows(
    run: RunCommand, here: Path, other: Path, tmp_path: Path
) -> None:
    events = write_events(tmp_path / "e.ndjson", EVENTS)
    args = ("-r", here, "--compare", other, "--events", events)
    ask(run, *args, "--navigator", "layer.json")
    layer = json.loads((tmp_path / "layer.json").read_text())
    low, high = (layer["gradient"][key] for key in ("minValue", "maxValue"))
    assert low < 0 < high
    assert all(
        re.fullmatch("#[0-9a-f]{6}", color)
        for color in layer["gradient"]["colors"]
    )
    for row in layer["techniques"]:
        assert row.keys() <= {"techniqueID", "score", "comment", "metadata"}
        assert re.fullmatch(r"T\d{4}(\.\d{3})?", row["techniqueID"])
        assert low <= row["score"] <= high
        for each in row.get("metadata", ()):
            assert isinstance(each["name"], str)
            assert isinstance(each["value"], str)
    (row,) = [
        row for row in layer["techniques"] if row["techniqueID"] == "T1059"
    ]
    assert {each["name"]: each["value"] for each in row["metadata"]} == {
        "fires": "1",
        "can fire": "1",
        "blind": "0",
    }


def test_a_layer_of_rules_without_techniques_is_one() -> None:
    rules = RuleSet.from_paths([])
    layer = make_layer(measure_coverage(Catalog.build(rules), rules.rules))
    assert layer["techniques"] == []
    # The Navigator asks for more than the least.
    assert layer["gradient"]["minValue"] < layer["gradient"]["maxValue"]


def test_comments_are_bounded() -> None:
    rule = (
        "title: R{}\ntags: [attack.t1033]\nlogsource: {{product: p}}\n"
        "detection: {{s: {{a: b}}, condition: s}}\n"
    )
    rules = RuleSet.from_yaml("---\n".join(map(rule.format, range(60))))
    layer = make_layer(measure_coverage(Catalog.build(rules), rules.rules))
    (row,) = layer["techniques"]
    assert row["score"] == 60
    assert row["comment"].splitlines()[-1] == "and 10 more"
    assert len(row["comment"].splitlines()) == 51


def test_two_rule_sets_are_compared(
    run: RunCommand, here: Path, other: Path, tmp_path: Path
) -> None:
    args = ("-r", here, "--compare", other, "--navigator", "layer.json")
    compared = ask(run, *args)["comparison"]
    only, others = compared["only_here"], compared["only_other"]
    assert only["techniques"] == ["T1033", "T1059.001", "T1547"]
    assert others["techniques"] == ["T1087"]
    # The same by id, whatever the title; without an id by the title.
    assert [rule["title"] for rule in only["rules"]] == [
        "Could",
        "No Field",
        "No Log Source",
    ]
    assert [rule["title"] for rule in others["rules"]] == [
        "Only <b>There</b> \x1b[31m"
    ]
    layer = json.loads((tmp_path / "layer.json").read_text())
    scores = {row["techniqueID"]: row["score"] for row in layer["techniques"]}
    assert scores == {
        "T1033": 1,
        "T1059": 1,
        "T1059.001": 1,
        "T1087": -2,
        "T1547": 1,
    }


def test_a_comparison_shows_tactics_of_both(
    run: RunCommand, here: Path, other: Path
) -> None:
    done = run("coverage", "-r", here, "--compare", other)
    text = done.stdout.decode()
    rows = [re.split(r"\s{2,}", line) for line in text.splitlines()]
    assert ["TACTIC", "TECHNIQUES", "OTHER", "RULES", "OTHER"] in rows
    assert ["Execution", "2", "1", "2", "1"] in rows
    assert ["Discovery", "0", "1", "0", "2"] in rows
    assert ["no tactic", "1", "0", "1", "0"] in rows
    assert "only here: 3 techniques" in text
    assert "only in the other: 1 rule\n" in text
    assert "\x1b" not in text
    names = [row[0] for row in rows]
    assert names.index("Persistence") < names.index("Discovery")
    assert names.index("Discovery") < names.index("no tactic")


def test_the_same_rules_differ_in_nothing(run: RunCommand, here: Path) -> None:
    compared = ask(run, "-r", here, "--compare", here)["comparison"]
    for side in ("only_here", "only_other"):
        assert compared[side] == {"techniques": [], "rules": []}


def test_a_sample_tells_what_can_fire_and_why_not(
    run: RunCommand, here: Path, tmp_path: Path
) -> None:
    events = write_events(tmp_path / "e.ndjson", EVENTS)
    values = ask(run, "-r", here, "--events", events)
    source = "windows/process_creation"
    assert states(values) == {
        "Fires": ("fires", "2 matches"),
        "Could": (
            "can fire",
            f"3 events of {source}, with the fields it needs",
        ),
        "No Field": ("blind", f"no event of {source} has Company"),
        "No Way": (
            "blind",
            "each way to match needs one of Company, Product, which no event of"
            f" {source} has",
        ),
        "No Log Source": ("blind", "no event of linux/auditd"),
    }
    sample = values["sample"]
    assert sample["events"] == 3
    assert sample["states"] == {"fires": 1, "can fire": 1, "blind": 3}


def test_a_field_that_appears_ends_blindness(
    run: RunCommand, here: Path, tmp_path: Path
) -> None:
    more = [*EVENTS, {**SYSMON, "Image": "c", "Company": "z"}]
    events = write_events(tmp_path / "e.ndjson", more)
    found = states(ask(run, "-r", here, "--events", events))
    assert found["No Field"][0] == "can fire"
    assert found["No Way"][0] == "can fire"
    assert found["No Log Source"][0] == "blind"


def test_events_of_unknown_log_source_count_and_are_told(
    run: RunCommand, here: Path, tmp_path: Path
) -> None:
    events = write_events(tmp_path / "e.ndjson", [{"Image": "c"}])
    values = ask(run, "-r", here, "--events", events)
    found = states(values)
    assert values["sample"]["unclassified"] == 1
    assert found["Could"] == (
        "can fire",
        "no event of windows/process_creation, but the fields it needs are in"
        " 1 event of unknown log source",
    )
    assert found["No Field"][0] == "blind"
    assert "none of unknown log source" in found["No Field"][1]


def test_an_empty_sample_leaves_every_rule_blind(
    run: RunCommand, here: Path, tmp_path: Path
) -> None:
    events = write_events(tmp_path / "e.ndjson", [])
    found = states(ask(run, "-r", here, "--events", events))
    assert {state for state, _ in found.values()} == {"blind"}


def test_a_sample_can_be_standard_input(run: RunCommand, here: Path) -> None:
    args = ("coverage", "-r", here, "--events", "-", "--format", "json")
    done = run(*args, stdin=json.dumps(EVENTS[0]).encode())
    assert states(json.loads(done.stdout))["Fires"] == ("fires", "1 match")


def test_the_text_lists_states_with_reasons(
    run: RunCommand, here: Path, tmp_path: Path
) -> None:
    events = write_events(tmp_path / "e.ndjson", EVENTS)
    text = run("coverage", "-r", here, "--events", events).stdout.decode()
    rows = [re.split(r"\s{2,}", line) for line in text.splitlines()]
    assert ["Execution", "2", "2", "1", "1", "0"] in rows
    assert "blind: 3 rules" in text
    assert "No Log Source: no event of linux/auditd" in text
    assert "3 events, 0 malformed, 0 of unknown log source" in text


def test_wrong_usage_has_exit_codes(
    run: RunCommand, here: Path, tmp_path: Path
) -> None:
    text = here.read_text()
    (tmp_path / "none.yml").write_text("title: no detection\n")
    for code, args in (
        (2, ("-r", "nowhere")),
        (2, ("-r", "none.yml")),
        (2, ("-r", here, "--compare", "nowhere")),
        (3, ("-r", here, "--events", "nowhere.ndjson")),
        (3, ("-r", here, "--navigator", here)),
        (3, ("-r", tmp_path, "--navigator", here)),
        (3, ("-r", here, "--navigator", "no/such/folder.json")),
    ):
        done = run("coverage", *args)
        assert done.returncode == code, (args, done.stderr)
        assert done.stderr.startswith(b"error: ")
    assert here.read_text() == text


def test_states_are_those_of_a_scan(corpus: Path) -> None:
    """Whatever matches fires; what is blind matches nothing."""
    rules = RuleSet.from_path(corpus / "sigma" / "rules" / "windows")
    engine = Engine(rules)
    path = corpus / "otrf_dev40k.ndjson.zst"
    catalog = Catalog.build(rules, compare=False)
    sample = sample_coverage(engine, catalog, [path], threads=2)
    matches = engine.scan_file(path, threads=2).summary.matches_by_rule
    assert tuple(each.matches for each in sample.rules) == matches
    assert sum(matches) > 0
    for rule, each, count in zip(
        rules.rules, sample.rules, matches, strict=True
    ):
        assert each.rule == rule
        assert (each.state == "fires") == (count > 0)
        assert each.reason
    assert all(sample.count()[state] for state in ("can fire", "blind"))


def test_strict_routing_is_refused(here: Path) -> None:
    rules = RuleSet.from_path(here)
    catalog = Catalog.build(rules)
    with pytest.raises(ValueError, match="routing"):
        sample_coverage(Engine(rules), catalog, [], routing="strict")
    with pytest.raises(ValueError, match="other rules"):
        sample_coverage(Engine(RuleSet.from_paths([])), catalog, [])
