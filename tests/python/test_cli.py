from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from conftest import RunCommand

HIT = '{"DestinationPort": 4444}\n'
MISS = '{"DestinationPort": 80}\n'
WHOAMI = '{"Image": "C:\\\\whoami.exe", "CommandLine": "whoami"}\n'


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "events.ndjson"
    path.write_text(MISS + WHOAMI + HIT)
    return path


def test_ndjson_has_exactly_the_documented_members(
    run: RunCommand, rules: Path, events: Path
) -> None:
    done = run("scan", "-r", rules, events)
    assert done.returncode == 0
    first, second = done.stdout.decode().splitlines()
    assert json.loads(first) == {
        "schema": 1,
        "rule": {
            "id": "e28a5a99-da44-436d-b7a0-2afc20a5f413",
            "title": "Whoami Execution",
            "level": "low",
            "status": "test",
            "author": "Jane Doe",
            "tags": ["attack.discovery", "attack.t1033"],
            "file": str(rules),
        },
        "event": {
            "file": str(events),
            "index": 1,
            "time": "",
            "computer": "",
        },
        "selections": ["selection_image", "selection_command"],
        "indicators": [
            {"field": "Image", "kind": "ends_with", "value": "\\whoami.exe"},
            {"field": "CommandLine", "kind": "match", "value": "whoami"},
        ],
    }
    assert list(json.loads(second)) == [
        "schema",
        "rule",
        "event",
        "selections",
        "indicators",
    ]
    assert list(json.loads(second)["rule"]) == [
        "id",
        "title",
        "level",
        "status",
        "author",
        "tags",
        "file",
    ]


def test_summary_is_on_standard_error(
    run: RunCommand, rules: Path, events: Path
) -> None:
    lines = run("scan", "-r", rules, events).stderr.decode().splitlines()
    assert lines[:6] == [
        "rules       2 loaded, 0 degraded, 0 refused",
        "events      3 read, 0 malformed, 0 repaired",
        "matches     2 of 2 rules",
        "  high      1  Odd Port",
        "  low       1  Whoami Execution",
        "log source  not known of 3 events, see --routing",
    ]
    assert re.fullmatch(r"speed +[\d.]+ s, [\d,]+ events/s, .* MB/s", lines[6])
    assert re.fullmatch(r"memory +\d+ MB at most", lines[7])
    assert len(lines) == 8


def test_quiet_leaves_standard_error_empty(
    run: RunCommand, rules: Path, events: Path
) -> None:
    done = run("scan", "-q", "-r", rules, events)
    assert done.returncode == 0
    assert done.stderr == b""
    assert done.stdout.count(b"\n") == 2


@pytest.mark.parametrize("args", [(), ("-",)])
def test_standard_input_is_scanned(
    run: RunCommand, rules: Path, args: tuple[str, ...]
) -> None:
    done = run("scan", "-r", rules, *args, stdin=HIT.encode())
    assert done.returncode == 0
    event = json.loads(done.stdout)["event"]
    assert event == {"file": "-", "index": 0, "time": "", "computer": ""}


def test_compressed_standard_input_is_scanned(
    run: RunCommand, rules: Path
) -> None:
    done = run("scan", "-r", rules, stdin=gzip.compress(HIT.encode()))
    assert done.stdout.count(b"\n") == 1


def test_several_rules_and_files_keep_their_order(
    run: RunCommand, rules: Path, events: Path, tmp_path: Path
) -> None:
    more = tmp_path / "more.yml"
    more.write_text(
        "title: Any Port\nlogsource: {product: x}\n"
        "detection:\n  s: {DestinationPort: '*'}\n  condition: s\n"
    )
    done = run("scan", "-r", more, "-r", rules, events, events)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    once = [
        ("Any Port", 0),
        ("Whoami Execution", 1),
        ("Any Port", 2),
        ("Odd Port", 2),
    ]
    assert [
        (row["rule"]["title"], row["event"]["index"]) for row in rows
    ] == once * 2


def test_output_is_the_same_for_any_number_of_threads(
    run: RunCommand, rules: Path, events: Path
) -> None:
    events.write_text((MISS + WHOAMI + "{\n" + HIT) * 5_000)
    one = run("scan", "-r", rules, events)
    two = run("scan", "-r", rules, "--threads", "2", events)
    assert one.stdout.count(b"\n") == 10_000
    assert two.stdout == one.stdout


def test_table_fits_80_columns(
    run: RunCommand, tmp_path: Path, events: Path
) -> None:
    path = tmp_path / ("long" * 30 + ".yml")
    path.write_text(
        f"title: {'A Very Long Title ' * 10}\nlevel: informational\n"
        f"author: {'Someone With A Name, ' * 9}\n"
        "logsource: {product: x}\ndetection:\n"
        "  s: {DestinationPort|re: '" + "4" * 90 + "|4'}\n"
        "  condition: s\n"
    )
    done = run("scan", "-q", "-r", path, "--output-format", "table", events)
    lines = done.stdout.decode().splitlines()
    assert lines[0].split() == ["LEVEL", "RULE", "EVENT"]
    assert lines[1].startswith("info      A Very Long Title")
    assert lines[1].endswith("events.ndjson #2")
    assert max(map(len, lines)) <= 80
    assert "by Someone" in done.stdout.decode()
    assert b"\x1b" not in done.stdout


def test_table_escapes_what_rules_and_events_say(
    run: RunCommand, tmp_path: Path, events: Path
) -> None:
    path = tmp_path / "hostile.yml"
    path.write_text(
        'title: "[red]x[/red] \\e[31m \\u202e \\r\\n\\0"\n'
        'author: "[link=x]y[/link] \\e]0;z\\a"\n'
        "logsource: {product: x}\ndetection:\n"
        '  s: {DestinationPort: ["4444", "\\e[2J"]}\n  condition: s\n'
    )
    args = ("scan", "-r", path, "--output-format", "table")
    done = run(*args, events)
    assert done.returncode == 0
    text = done.stdout.decode()
    assert r"[red]x[/red] \x1b[31m \u202e" in text
    assert r"by [link=x]y[/link] \x1b]0;z\x07" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", text)


def test_hostile_title_keeps_ndjson_valid(
    run: RunCommand, tmp_path: Path, events: Path
) -> None:
    path = tmp_path / "hostile.yml"
    path.write_text(
        'title: "quote \\" newline \\n escape \\e nul \\0 \\u2028"\n'
        "logsource: {product: x}\ndetection:\n"
        "  s: {DestinationPort: 4444}\n  condition: s\n"
    )
    (line,) = run("scan", "-r", path, events).stdout.decode().split("\n")[:-1]
    assert json.loads(line)["rule"]["title"] == (
        'quote " newline \n escape \x1b nul \0 \u2028'
    )


def test_malformed_lines_are_named_and_counted(
    run: RunCommand, rules: Path, events: Path
) -> None:
    events.write_bytes(
        HIT.encode() + b'{"a": 1\n{} {}\n{"a": "\xff"}\n' + HIT.encode()
    )
    done = run("scan", "-r", rules, events)
    assert done.returncode == 0
    assert done.stdout.count(b"\n") == 2
    lines = done.stderr.decode().splitlines()
    assert re.fullmatch(r"malformed: .*events\.ndjson:2:\d+: .+", lines[0])
    assert re.fullmatch(r"malformed: .*events\.ndjson:3:\d+: .+", lines[1])
    assert "events      5 read, 2 malformed, 1 repaired" in lines


def test_many_malformed_lines_are_listed_in_part(
    run: RunCommand, rules: Path, events: Path
) -> None:
    events.write_text("{\n" * 1_000)
    lines = run("scan", "-r", rules, events).stderr.decode().splitlines()
    assert sum(line.startswith("malformed: ") for line in lines) == 10
    assert lines[10] == "and 990 more malformed, see --rejects"


def test_broken_rule_stops_no_other(
    run: RunCommand, rules: Path, events: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.yml"
    broken.write_text("title: [unclosed\ndetection:\n")
    done = run("scan", "-r", broken, "-r", rules, events)
    assert done.returncode == 0
    assert done.stdout.count(b"\n") == 2
    text = done.stderr.decode()
    assert re.match(r"refused: .*broken\.yml:\d+:\d+: ", text)
    assert (
        "rules       2 loaded, 0 degraded, 1 refused: see `hypersigma check`\n"
        in text
    )


def test_many_refused_documents_are_listed_in_part(
    run: RunCommand, rules: Path, events: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.yml"
    broken.write_text("---\n".join(f"title: T{n}\n" for n in range(25)))
    text = run("scan", "-r", broken, "-r", rules, events).stderr.decode()
    assert len(re.findall("^refused: ", text, re.M)) == 5
    assert "and 20 more such rules\n" in text


def test_strict_stops_at_questionable_rules(
    run: RunCommand, rules: Path, events: Path, tmp_path: Path
) -> None:
    questionable = tmp_path / "questionable.yml"
    questionable.write_text(
        "title: Affix On Number\nlogsource: {product: x}\n"
        "detection:\n  s: {EventID|contains: 46}\n  condition: s\n"
    )
    lenient = run("scan", "-r", rules, "-r", questionable, events)
    assert lenient.returncode == 0
    strict = run("scan", "--strict", "-r", rules, "-r", questionable, events)
    assert strict.returncode == 2
    assert strict.stdout == b""
    assert b"questionable.yml:4:" in strict.stderr
    assert strict.stderr.endswith(
        b"error: 1 of 3 documents fail --strict"
        b" (2 loaded, 0 degraded, 1 refused)\n"
    )


def test_no_usable_rules_is_an_error(
    run: RunCommand, events: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    done = run("scan", "-r", folder, events)
    assert done.returncode == 2
    assert b"error: no rules to evaluate" in done.stderr
    (folder / "bad.yml").write_text("title: T\n")
    done = run("scan", "-q", "-r", folder, events)
    assert done.returncode == 2
    assert b"0 loaded, 0 degraded, 1 refused" in done.stderr


def test_missing_rules_are_an_error(run: RunCommand, events: Path) -> None:
    done = run("scan", "-r", "nowhere", events)
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"nowhere" in done.stderr


def test_missing_file_stops_no_other(
    run: RunCommand, rules: Path, events: Path
) -> None:
    done = run("scan", "-q", "-r", rules, "missing.ndjson", events)
    assert done.returncode == 3
    assert done.stdout.count(b"\n") == 2
    assert done.stderr.count(b"missing.ndjson") == 1
    assert done.stderr.startswith(b"error: missing.ndjson: ")


def test_damaged_compression_is_told(
    run: RunCommand, rules: Path, tmp_path: Path
) -> None:
    path = tmp_path / "events.ndjson.gz"
    path.write_bytes(gzip.compress(HIT.encode() * 1_000)[:-10])
    done = run("scan", "-r", rules, path)
    assert done.returncode == 3
    assert b"error: " in done.stderr


def test_empty_file_is_no_error(
    run: RunCommand, rules: Path, events: Path
) -> None:
    events.write_bytes(b"")
    done = run("scan", "-r", rules, events)
    assert done.returncode == 0
    assert done.stdout == b""
    assert b"events      0 read" in done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ("scan",),
        ("scan", "-r", "x", "--output-format", "xml"),
        ("scan", "-r", "x", "--threads", "0"),
        ("scan", "--nonsense"),
        ("nonsense",),
        (),
    ],
)
def test_wrong_usage_is_an_error(
    run: RunCommand, args: tuple[str, ...]
) -> None:
    done = run(*args)
    assert done.returncode == 3
    assert done.stdout == b""
    assert done.stderr.startswith(b"error: ")


def test_help_is_data(run: RunCommand) -> None:
    done = run("scan", "--help")
    assert done.returncode == 0
    assert b"--output-format" in done.stdout


def test_version_names_the_libraries(run: RunCommand) -> None:
    lines = run("version").stdout.decode().splitlines()
    assert re.fullmatch(r"hypersigma \d+\.\d+\.\d+", lines[0])
    assert re.fullmatch(r"(Hyper|Vector)scan \d+\.\d+\.\d+", lines[1])
    assert "  platform   valid" in lines
    assert "  self-test  passed" in lines
    for name in ("PCRE2", "PCRE2 Unicode", "utf8proc", "simdjson"):
        assert any(re.match(rf"{name} \d", line) for line in lines)


def test_version_is_json_too(run: RunCommand) -> None:
    versions = json.loads(run("version", "--json").stdout)
    assert versions["libraries"]["PCRE2"]
    library = versions["pattern_library"]
    assert library["cpu_features"]
    assert library["platform"] == library["self_test"] == ""
