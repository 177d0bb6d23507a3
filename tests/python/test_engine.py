from __future__ import annotations

import pickle
import threading
from pathlib import Path

import pytest

import hypersigma
from hypersigma import Engine, Indicator, RuleError

WHOAMI = {"Image": r"C:\Windows\System32\WHOAMI.exe", "CommandLine": "whoami"}
REFUSED = "title: No Detection\nlogsource: {product: windows}\n"


def rule(title: str, item: str) -> str:
    return (
        f"title: {title}\nlogsource: {{product: windows}}\n"
        f"detection:\n  selection:\n    {item}\n  condition: selection\n"
    )


def test_match_has_everything(engine: Engine) -> None:
    (match,) = engine.scan(WHOAMI)
    assert match.rule.title == "Whoami Execution"
    assert match.rule.id == "e28a5a99-da44-436d-b7a0-2afc20a5f413"
    assert match.rule.level == "low"
    assert match.rule.status == "test"
    assert match.rule.author == "Jane Doe"
    assert match.rule.tags == ("attack.discovery", "attack.t1033")
    assert match.rule.file == "<yaml>"
    assert match.rule.line == 2
    assert match.rule.product == "windows"
    assert match.selections == ["selection_image", "selection_command"]
    assert match.indicators == [
        Indicator("Image", "ends_with", r"\whoami.exe"),
        Indicator("CommandLine", "match", "whoami"),
    ]
    assert match.event is None


def test_dict_text_and_bytes_match_alike(engine: Engine) -> None:
    text = '{"DestinationPort": 4444}'
    expected = engine.scan({"DestinationPort": 4444})
    assert len(expected) == 1
    assert engine.scan(text) == expected
    assert engine.scan(text.encode()) == expected


def test_no_match_is_an_empty_list(engine: Engine) -> None:
    matches = engine.scan({"DestinationPort": 443})
    assert matches == []
    assert matches.undecided == ()
    assert not matches.repaired


def test_matches_are_in_rule_order(engine: Engine) -> None:
    titles = [
        match.rule.title
        for match in engine.scan({"DestinationPort": 1337, **WHOAMI})
    ]
    assert titles == ["Whoami Execution", "Odd Port"]


def test_matches_are_values(engine: Engine) -> None:
    one, other = engine.scan(WHOAMI)[0], engine.scan(WHOAMI)[0]
    assert one == other
    assert {one} == {other}
    assert pickle.loads(pickle.dumps(one)) == one
    assert repr(one.rule) == (
        "Rule(title='Whoami Execution',"
        " id='e28a5a99-da44-436d-b7a0-2afc20a5f413', level='low')"
    )


def test_matches_outlive_their_engine() -> None:
    match = Engine.from_yaml(rule("A", "a: b")).scan({"a": "b"})[0]
    assert match.indicators == [Indicator("a", "eq", "b")]


def test_rules_and_fields(engine: Engine) -> None:
    assert [r.title for r in engine.rules] == ["Whoami Execution", "Odd Port"]
    assert set(engine.fields) == {
        "Image",
        "CommandLine",
        "User",
        "DestinationPort",
    }
    assert repr(engine) == "<Engine: 2 rules>"


def test_folder_is_read_in_sorted_order(tmp_path: Path) -> None:
    for name in ("b.yml", "a.yaml", "sub/c.yml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(rule(f"Rule {name}", "a: b"))
    (tmp_path / "notes.txt").write_text("no rule")
    engine = Engine.from_path(tmp_path)
    assert [r.file for r in engine.rules] == [
        str(tmp_path / name) for name in ("a.yaml", "b.yml", "sub/c.yml")
    ]
    twice = Engine.from_paths([tmp_path / "b.yml", str(tmp_path / "a.yaml")])
    assert [r.title for r in twice.rules] == ["Rule b.yml", "Rule a.yaml"]


def test_file_name_need_not_be_utf8(tmp_path: Path) -> None:
    path = tmp_path / "caf\udce9.yml"
    path.write_text(rule("A", "a: b"))
    assert Engine.from_path(path).rules[0].file == str(path)


def test_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        Engine.from_path(tmp_path / "nowhere")


def test_one_path_for_several_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="expected several"):
        Engine.from_paths(str(tmp_path))


def test_nul_in_a_path_is_an_error() -> None:
    with pytest.raises(ValueError, match="embedded null byte"):
        Engine.from_path("rules\0.yml")


def test_refused_document_is_reported_and_stops_no_other() -> None:
    engine = Engine.from_yaml(f"{REFUSED}---\n{rule('Good', 'a: b')}")
    refused, loaded = engine.report.documents
    assert (refused.status, loaded.status) == ("refused", "loaded")
    assert (refused.title, loaded.title) == ("No Detection", "Good")
    assert (refused.index, loaded.index) == (0, 1)
    assert (refused.rule, loaded.rule) == (None, 0)
    assert refused.diagnostics[0].severity == "error"
    assert engine.report.count("refused") == 1
    assert engine.report.problems == (refused,)
    assert str(engine.report) == "1 loaded, 0 degraded, 1 refused"
    assert engine.scan({"a": "b"})[0].rule.title == "Good"


KINDS = f"""action: global
level: high
---
{rule("Rule", "a: b")}name: a_rule
---
title: Filter
logsource: {{product: windows}}
filter: {{rules: [a_rule], own: {{user: root}}, condition: not own}}
---
title: Correlation
correlation: {{type: temporal, rules: [a_rule], timespan: 1h}}
"""


def test_documents_of_every_kind_are_reported() -> None:
    report = Engine.from_yaml(KINDS).report
    assert [(d.kind, d.status, d.rule) for d in report.documents] == [
        ("collection", "loaded", None),
        ("rule", "loaded", 0),
        ("filter", "loaded", None),
        ("correlation", "degraded", None),
    ]
    assert str(report) == (
        "3 loaded (1 rule, 1 filter, 1 collection),"
        " 1 degraded (1 correlation), 0 refused"
    )


def test_filters_narrow_rules() -> None:
    engine = Engine.from_yaml(KINDS)
    assert engine.rules[0].filters == ("Filter",)
    assert engine.rules[0].level == "high"
    (match,) = engine.scan({"a": "b"})
    assert "own" not in match.selections
    assert engine.scan({"a": "b", "user": "root"}) == []


def test_diagnostic_has_its_place() -> None:
    engine = Engine.from_yaml(rule("Bad", "Image|contain: x"))
    (diagnostic,) = engine.report.documents[0].diagnostics
    assert (diagnostic.file, diagnostic.line) == ("<yaml>", 5)
    assert "contain" in diagnostic.message
    assert "Image|contain" in diagnostic.caret
    assert str(diagnostic).startswith(
        f"<yaml>:5:{diagnostic.column}: error: {diagnostic.message}"
    )


def test_broken_yaml_is_one_refused_document() -> None:
    report = Engine.from_yaml("title: [unclosed").report
    assert [document.status for document in report.documents] == ["refused"]
    assert report.documents[0].diagnostics[0].line >= 1


@pytest.mark.parametrize("text", ["title: \udce9", b"title: \xff"])
def test_invalid_utf8_is_refused(text: str | bytes) -> None:
    assert Engine.from_yaml(text).report.count("refused") == 1


def test_strict_refuses_what_is_not_loaded() -> None:
    with pytest.raises(RuleError) as caught:
        Engine.from_yaml(f"{rule('Good', 'a: b')}---\n{REFUSED}", strict=True)
    assert isinstance(caught.value, ValueError)
    assert "<yaml>:" in str(caught.value)
    assert [d.severity for d in caught.value.diagnostics] == ["error"]
    assert caught.value.report is not None
    assert caught.value.report.count("loaded") == 1
    copy = pickle.loads(pickle.dumps(caught.value))
    assert str(copy) == str(caught.value)


def test_strict_refuses_what_lenient_loading_warns_of() -> None:
    text = rule("Affix On Number", "EventID|contains: 46")
    engine = Engine.from_yaml(text)
    assert [d.strict for d in engine.report.documents[0].diagnostics] == [True]
    assert engine.report.documents[0].diagnostics[0].severity == "warning"
    assert len(engine.scan({"EventID": 4624})) == 1
    with pytest.raises(RuleError, match="<yaml>:5:"):
        Engine.from_yaml(text, strict=True)


def test_placeholders_are_filled_in(tmp_path: Path) -> None:
    text = rule("Admin", "User|expand: '%admins%'")
    values = {"admins": ["root", "adm*"]}
    path = tmp_path / "rule.yml"
    path.write_text(text)
    for engine in (
        Engine.from_yaml(text, placeholders=values),
        Engine.from_path(path, placeholders=values, strict=True),
    ):
        assert len(engine.scan({"User": "ROOT"})) == 1
        assert len(engine.scan({"User": "administrator"})) == 1
        assert engine.scan({"User": "guest"}) == []
    assert Engine.from_yaml(text).report.count("refused") == 1


def test_placeholder_values_are_several() -> None:
    with pytest.raises(TypeError, match="'admins' are one str"):
        Engine.from_yaml("", placeholders={"admins": "root"})


def test_no_rules_match_nothing() -> None:
    engine = Engine.from_yaml("")
    assert engine.rules == ()
    assert engine.report.documents == ()
    assert engine.scan({"a": "b"}) == []


def test_undecided_rule_is_told() -> None:
    engine = Engine.from_yaml(rule("Slow", "a|re: '^(\\w+\\s?)+$'"))
    matches = engine.scan({"a": "x" * 60 + "!"})
    assert matches == []
    assert [str(undecided) for undecided in matches.undecided] == [
        "Slow: a regular expression reached its limit (field a)"
    ]
    assert matches.undecided[0].rule is engine.rules[0]


def test_many_threads_share_an_engine(engine: Engine) -> None:
    events = [{"DestinationPort": port} for port in (4444, 80)] + [WHOAMI]
    expected = [engine.scan(event) for event in events]
    wrong: list[object] = []

    def scan_all() -> None:
        for _ in range(500):
            found = [engine.scan(event) for event in events]
            if found != expected:
                wrong.append(found)

    threads = [threading.Thread(target=scan_all) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_version_is_a_version() -> None:
    assert hypersigma.__version__.count(".") == 2
