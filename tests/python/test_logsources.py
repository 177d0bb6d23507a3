"""The log source map, data/logsources.yml: complete, careful, and what it says.

Each entry is held against the engine: an event is made of what the entry asks
for, and must be found to be what the entry says, with the names it gives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from hypersigma import Engine

MAP = Path(__file__).parents[2] / "data" / "logsources.yml"
DATA: dict[str, Any] = yaml.load(MAP.read_text("utf-8"), yaml.BaseLoader)
ENTRIES: list[dict[str, Any]] = DATA["log_sources"]
ATTRIBUTES = ("product", "category", "service")
OPERATORS = {"", "exists", "startswith", "endswith", "contains"}

# What stands in events of any program under any meaning.
COMMON_WORDS = {
    "action",
    "actor",
    "category",
    "event",
    "event_type",
    "host",
    "id",
    "kind",
    "level",
    "message",
    "method",
    "msg",
    "name",
    "operation",
    "operationName",
    "path",
    "product",
    "query",
    "request",
    "result",
    "service",
    "source",
    "status",
    "syslog text",
    "type",
    "uid",
    "uri",
    "user",
}
# Fields of which one value settles what an event is: the system or the cloud
# sets it, to a name that nothing else has.
DECISIVE = {
    "Channel",
    "SyslogMessage",
    "data.protoPayload.@type",
    "protoPayload.@type",
}

LogSource = dict[str, str]

# The fast one where PyYAML has it: the corpus has thousands of files.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def alternatives(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns the maps of an entry of which any must hold."""
    when = entry["when"]
    return when if isinstance(when, list) else [when]


def admits(member: LogSource, log_source: LogSource) -> bool:
    """Whether an event of `member` is tested against such rules."""
    return all(
        member.get(key, "").lower() == value.lower()
        for key, value in log_source.items()
    )


def is_mapped(log_source: LogSource) -> bool:
    return any(
        admits(member, log_source)
        for entry in ENTRIES
        for member in entry["is"]
    )


def unmapped() -> list[LogSource]:
    return [
        {key: entry[key] for key in ATTRIBUTES if key in entry}
        for entry in DATA["without"]
    ]


@pytest.fixture(scope="session")
def corpus_log_sources(corpus: Path) -> list[LogSource]:
    """Every log source of the corpus's rules, once."""
    found = {
        tuple(
            (key, document["logsource"][key])
            for key in ATTRIBUTES
            if key in document["logsource"]
        )
        for path in sorted((corpus / "sigma").rglob("*.yml"))
        for document in yaml.load_all(path.read_text("utf-8"), LOADER)
        if "logsource" in document
    }
    return [dict(log_source) for log_source in sorted(found)]


def test_log_sources_of_the_corpus_are_mapped_or_listed(
    corpus_log_sources: list[LogSource],
) -> None:
    assert len(corpus_log_sources) >= 136
    listed = unmapped()
    neither = [
        log_source
        for log_source in corpus_log_sources
        if not is_mapped(log_source) and log_source not in listed
    ]
    assert neither == []
    mapped = [each for each in corpus_log_sources if is_mapped(each)]
    assert len(mapped) >= 120


def test_what_is_listed_as_unmapped_exists(
    corpus_log_sources: list[LogSource],
) -> None:
    assert [each for each in unmapped() if each not in corpus_log_sources] == []


def test_what_is_listed_as_unmapped_is_not_mapped() -> None:
    assert [each for each in unmapped() if is_mapped(each)] == []
    assert all(entry["reason"] for entry in DATA["without"])


@pytest.mark.parametrize("section", ["layouts", "log_sources"])
def test_names_are_unique(section: str) -> None:
    counts = Counter(each["name"] for each in DATA[section])
    assert [name for name, count in counts.items() if count > 1] == []


def test_flat_is_the_last_layout() -> None:
    assert [
        layout["name"] for layout in DATA["layouts"] if not layout.get("when")
    ] == ["flat"]
    assert DATA["layouts"][-1]["name"] == "flat"
    assert all(layout["time"] for layout in DATA["layouts"])


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
def test_entry_is_well_formed(entry: dict[str, Any]) -> None:
    assert entry.keys() <= {"name", "when", "is", "fields"}
    assert entry["name"] == entry["name"].lower()
    assert entry["is"]
    for member in entry["is"]:
        assert member
        assert member.keys() <= set(ATTRIBUTES)
    for members in entry.get("fields", {}).values():
        assert isinstance(members, list)
        assert len(set(members)) == len(members) > 0
    for tests in alternatives(entry):
        for key, value in tests.items():
            operator = key.partition("|")[2]
            assert operator in OPERATORS
            assert operator != "exists" or value in ("true", "false")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
def test_no_common_word_decides(entry: dict[str, Any]) -> None:
    for tests in alternatives(entry):
        asked = {
            key.partition("|")[0]
            for key, value in tests.items()
            if not (key.endswith("|exists") and value == "false")
        }
        assert len(asked) > 1 or asked <= DECISIVE, tests
        # Two common words with values of their own are no common event.
        valued = [key for key in tests if not key.endswith("|exists")]
        assert not asked <= COMMON_WORDS or len(valued) > 1, tests


@pytest.mark.parametrize("event_id", [*range(1, 30), 255])
def test_every_sysmon_event_has_a_category(event_id: int) -> None:
    events = [
        entry
        for entry in ENTRIES
        for tests in alternatives(entry)
        if tests.get("Channel") == "Microsoft-Windows-Sysmon/Operational"
        and tests.get("EventID") == str(event_id)
    ]
    assert events
    for member in (member for entry in events for member in entry["is"]):
        assert member.keys() == set(ATTRIBUTES)
        assert (member["product"], member["service"]) == ("windows", "sysmon")


def members_of(field: str) -> list[str]:
    names: list[str] = DATA["fields"].get(field, [field])
    return names


def make_event(tests: dict[str, Any]) -> dict[str, str]:
    """Makes a flat event of which all tests hold."""
    event: dict[str, str] = {}
    for key, value in tests.items():
        field, _, operator = key.partition("|")
        text = value[0] if isinstance(value, list) else value
        member = members_of(field)[0]
        if operator == "exists":
            if text == "true":
                event.setdefault(member, "some text")
        elif operator == "startswith":
            event[member] = f"{text} and more"
        elif operator == "endswith":
            event[member] = f"more and {text}"
        else:
            event[member] = text
    return event


def cases() -> Iterator[Any]:
    for entry in ENTRIES:
        for index, tests in enumerate(alternatives(entry)):
            yield pytest.param(entry, tests, id=f"{entry['name']} {index}")


@pytest.mark.parametrize(("entry", "tests"), [*cases()])
def test_event_is_what_the_entry_says(
    entry: dict[str, Any], tests: dict[str, Any]
) -> None:
    engine = Engine.from_yaml(
        "title: T\nlogsource: {product: x}\n"
        "detection:\n  s: {F: 1}\n  condition: s\n"
    )
    event = make_event(tests)
    expected = {
        tuple(member.get(key, "") for key in ATTRIBUTES)
        for member in entry["is"]
    }
    assert expected <= set(engine.scan(event, layout="flat").log_sources)
    for member in event:
        fewer = {key: text for key, text in event.items() if key != member}
        found = set(engine.scan(fewer, layout="flat").log_sources)
        others = {
            tuple(each.get(key, "") for key in ATTRIBUTES)
            for other in ENTRIES
            if other is not entry
            for each in other["is"]
        }
        assert not (expected - others) & found, f"without {member}"


def aliases() -> Iterator[Any]:
    for entry in ENTRIES:
        for field, members in entry.get("fields", {}).items():
            for member in members:
                yield pytest.param(
                    entry,
                    field,
                    member,
                    id=f"{entry['name']}: {field} {member}",
                )


@pytest.mark.parametrize(("entry", "field", "member"), [*aliases()])
def test_field_is_found_under_each_name(
    entry: dict[str, Any], field: str, member: str
) -> None:
    members: list[str] = entry["fields"][field]
    earlier = set(members[: members.index(member)])
    events = map(make_event, alternatives(entry))
    event = next((each for each in events if not earlier & each.keys()), None)
    if event is None:
        pytest.skip("the entry always asks for a member that comes before")
    value = event.setdefault(members_of(member)[0], "the value")
    rule = {
        "title": "T",
        "logsource": entry["is"][-1],
        "detection": {"s": {field: value}, "condition": "s"},
    }
    engine = Engine.from_yaml(yaml.safe_dump(rule), strict=True)
    assert engine.scan(event, layout="flat")
    other = {**event, members_of(member)[0]: "another value"}
    if engine.scan(other, layout="flat").log_sources:
        assert not engine.scan(other, layout="flat")
