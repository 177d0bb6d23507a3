"""Pipelines through the package and the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import RunCommand
from hypersigma import Engine, Pipeline, PipelineError, RuleError

RULE = r"""
title: Whoami
logsource: {category: process_creation, product: windows}
detection:
  selection: {Image|endswith: \whoami.exe}
  condition: selection
"""
UPPER = """
name: Upper
transformations:
- {type: field_name_mapping, mapping: {Image: IMAGE}}
"""
REFUSE = """
name: No
transformations: [{id: x, type: rule_failure, message: not here}]
"""


def test_a_pipeline_has_name_and_priority() -> None:
    pipeline = Pipeline.from_yaml("name: Mine\npriority: 7\n")
    assert pipeline.name == "Mine"
    assert pipeline.priority == 7
    assert repr(pipeline) == "<Pipeline: 'Mine', priority 7>"
    assert Pipeline.from_yaml(b"transformations: []", "x.yml").name == "x.yml"


def test_rules_are_changed_before_they_are_compiled(tmp_path: Path) -> None:
    file = tmp_path / "upper.yml"
    file.write_text(UPPER)
    event = {"IMAGE": r"C:\whoami.exe"}
    for pipelines in ([Pipeline.from_yaml(UPPER)], [file], [str(file)]):
        engine = Engine.from_yaml(RULE, pipelines=pipelines)
        assert engine.fields == ("IMAGE",)
        assert [match.rule.title for match in engine.scan(event)] == ["Whoami"]
    assert Engine.from_yaml(RULE).scan(event) == []


def test_paths_take_pipelines_too(tmp_path: Path) -> None:
    (tmp_path / "rule.yml").write_text(RULE)
    for engine in (
        Engine.from_path(tmp_path, pipelines=[Pipeline.from_yaml(UPPER)]),
        Engine.from_paths([tmp_path], pipelines=[Pipeline.from_yaml(UPPER)]),
    ):
        assert engine.fields == ("IMAGE",)


def test_built_in_pipelines_tell_events_apart() -> None:
    created = {"EventID": 1, "Image": r"C:\whoami.exe"}
    accessed = {"EventID": 10, "Image": r"C:\whoami.exe"}
    audited = {"EventID": 4688, "NewProcessName": r"C:\whoami.exe"}
    shipped = {
        "event": {"code": "1"},
        "process": {"executable": r"C:\whoami.exe"},
        "winlog": {"channel": "Microsoft-Windows-Sysmon/Operational"},
    }
    for pipelines, seen in (
        (["sysmon"], [created]),
        (["windows-audit"], [audited]),
        (["ecs-windows", "sysmon"], [shipped]),
    ):
        engine = Engine.from_yaml(RULE, pipelines=pipelines)
        for event in (created, accessed, audited, shipped):
            found = engine.scan(event, routing="off")
            assert len(found) == (event in seen), pipelines


def test_added_conditions_are_no_part_of_what_a_match_reports() -> None:
    engine = Engine.from_yaml(RULE, pipelines=["sysmon"])
    (match,) = engine.scan({"EventID": 1, "Image": r"C:\whoami.exe"})
    assert match.selections == ["selection"]
    assert [one.field for one in match.indicators] == ["Image"]


def test_a_refused_rule_is_in_the_report() -> None:
    engine = Engine.from_yaml(RULE, pipelines=[Pipeline.from_yaml(REFUSE)])
    assert engine.rules == ()
    (document,) = engine.report.documents
    assert document.status == "refused"
    assert document.diagnostics[0].message == (
        "pipeline 'No', item 1 'x' (rule_failure): not here"
    )
    with pytest.raises(RuleError, match="not here"):
        Engine.from_yaml(
            RULE, strict=True, pipelines=[Pipeline.from_yaml(REFUSE)]
        )


def test_placeholders_take_their_values_from_a_pipeline() -> None:
    rule = RULE.replace(r"Image|endswith: \whoami.exe", "User|expand: '%adm%'")
    pipeline = Pipeline.from_yaml(
        "vars: {adm: [root, 'adm*']}\n"
        "transformations: [{type: value_placeholders}]\n"
    )
    assert Engine.from_yaml(rule).rules == ()
    engine = Engine.from_yaml(rule, strict=True, pipelines=[pipeline])
    assert len(engine.scan({"User": "admin"})) == 1
    assert engine.scan({"User": "other"}) == []


def test_all_problems_of_a_pipeline_are_told() -> None:
    with pytest.raises(PipelineError) as caught:
        Pipeline.from_yaml(
            "transformations:\n- {type: regx}\n- {type: regex}\n", "p.yml"
        )
    first, second = str(caught.value).splitlines()
    assert first.startswith("p.yml:2:10: unknown transformation 'regx'")
    assert second.startswith("p.yml:3:10: transformation 'regex' is not suppo")


def test_wrong_arguments_are_told() -> None:
    with pytest.raises(TypeError, match="expected several"):
        Engine.from_yaml(RULE, pipelines="sysmon")
    with pytest.raises(FileNotFoundError, match="did you mean 'sysmon'"):
        Pipeline.built_in("sysmo")
    with pytest.raises(FileNotFoundError, match=r"no-such\.yml"):
        Engine.from_yaml(RULE, pipelines=["no-such.yml"])


def test_verify_refuses_changed_rules(tmp_path: Path) -> None:
    events = tmp_path / "events.ndjson"
    events.write_text("{}\n")
    engine = Engine.from_yaml(RULE, pipelines=["sysmon"])
    with pytest.raises(RuntimeError, match="cannot be verified"):
        engine.scan_file(events, verify=True)
    assert engine.scan_file(events).summary.events == 1


def test_the_command_takes_files_and_names(
    run: RunCommand, tmp_path: Path
) -> None:
    (tmp_path / "rule.yml").write_text(RULE)
    (tmp_path / "upper.yml").write_text(UPPER)
    event = {"IMAGE": r"C:\whoami.exe", "EventID": 1}
    (tmp_path / "events.ndjson").write_text(json.dumps(event) + "\n")
    scan = ("scan", "-q", "-r", "rule.yml", "events.ndjson")
    assert run(*scan).stdout == b""
    done = run(*scan, "-p", "upper.yml", "--pipeline", "sysmon")
    assert done.returncode == 0
    assert json.loads(done.stdout)["rule"]["title"] == "Whoami"
    other = run(*scan, "-p", "upper.yml", "-p", "windows-audit")
    assert (other.returncode, other.stdout) == (0, b"")


def test_check_says_what_pipelines_refuse(
    run: RunCommand, tmp_path: Path
) -> None:
    (tmp_path / "rule.yml").write_text(RULE)
    (tmp_path / "no.yml").write_text(REFUSE)
    assert run("check", "rule.yml").returncode == 0
    done = run("check", "-p", "no.yml", "rule.yml")
    assert done.returncode == 1
    assert b"pipeline 'No', item 1 'x' (rule_failure): not here" in done.stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("-p", "no-such.yml"), "pipeline: no-such.yml: No such file"),
        (("-p", "bad.yml"), "pipeline: bad.yml:1:19: the transformation has"),
        (("-p", "sysmon", "--verify"), "--verify reads rules as they are"),
    ],
)
def test_the_command_says_what_is_wrong(
    run: RunCommand, tmp_path: Path, args: tuple[str, ...], message: str
) -> None:
    (tmp_path / "rule.yml").write_text(RULE)
    (tmp_path / "bad.yml").write_text("transformations: [{id: x}]\n")
    done = run("scan", "-r", "rule.yml", *args, stdin=b"")
    assert done.returncode == 3
    assert done.stderr.decode().startswith("error: " + message)
