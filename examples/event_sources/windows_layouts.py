"""How different collectors write an event of Windows.

An event comes in with `Channel`, `EventID`, perhaps `Computer`, and the fields
that Windows calls event data.
"""

from __future__ import annotations

from datetime import datetime

from event_sources.source import Event, iso

SYSMON = "Microsoft-Windows-Sysmon/Operational"
POWERSHELL = "Microsoft-Windows-PowerShell/Operational"
CLASSIC = "Windows PowerShell"
SECURITY = "Security"

PROVIDERS = {
    SYSMON: "Microsoft-Windows-Sysmon",
    POWERSHELL: "Microsoft-Windows-PowerShell",
    CLASSIC: "PowerShell",
    SECURITY: "Microsoft-Windows-Security-Auditing",
}
_ABOUT = ("Channel", "EventID", "Computer")

# What Winlogbeat's modules move out of the event data.
_ECS = {
    "Image": "process.executable",
    "CommandLine": "process.command_line",
    "ParentImage": "process.parent.executable",
    "ParentCommandLine": "process.parent.command_line",
    "TargetObject": "registry.path",
    "QueryName": "dns.question.name",
    "ScriptBlockText": "powershell.file.script_block_text",
}


def _data(event: Event, time: datetime) -> Event:
    data = {k: v for k, v in event.items() if k not in _ABOUT}
    if event["Channel"] == SYSMON:
        return {"UtcTime": iso(time).replace("T", " ").rstrip("Z")} | data
    return data


def _computer(event: Event) -> object:
    return event.get("Computer", "WS-104.example.com")


def to_nxlog(event: Event, time: datetime, number: int) -> Event:
    """Returns the event as NXLog writes it: flat."""
    channel = str(event["Channel"])
    about: Event = {
        "EventTime": time.strftime("%F %T"),
        "Hostname": _computer(event),
        "EventID": event["EventID"],
        "SourceName": PROVIDERS[channel],
        "Channel": channel,
        "RecordNumber": 70_001 + number,
    }
    data = _data(event, time)
    if channel == CLASSIC:
        # Classic events have text without names, which NXLog puts there.
        data = {"Message": data["Data"]}
    return about | data


def to_evtx(event: Event, time: datetime, number: int) -> Event:
    """Returns the event as evtx_dump writes it."""
    channel = str(event["Channel"])
    data: object = _data(event, time)
    if channel == CLASSIC:
        data = {"Data": {"#text": ["Available", "None", event["Data"]]}}
    system: Event = {
        "Provider": {"#attributes": {"Name": PROVIDERS[channel]}},
        "EventID": event["EventID"],
        "TimeCreated": {"#attributes": {"SystemTime": iso(time)}},
        "EventRecordID": 20_001 + number,
        "Channel": channel,
        "Computer": _computer(event),
    }
    return {"Event": {"System": system, "EventData": data}}


def to_winlogbeat(event: Event, time: datetime, number: int) -> Event:
    """Returns the event as Winlogbeat writes it, with ECS names."""
    channel = str(event["Channel"])
    code = str(event["EventID"])
    native: Event = {}
    moved: Event = {}
    for name, value in _data(event, time).items():
        if name == "Details":
            _put(moved, "registry.data.strings", [value])
        elif name == "Data":
            # Data without a name are numbered. No rule knows these names.
            native |= {"param1": "Available", "param2": "None"}
            native["param3"] = value
        elif name in _ECS:
            _put(moved, _ECS[name], value)
        else:
            native[name] = value
    about: Event = {
        "@timestamp": iso(time),
        "agent": {"type": "winlogbeat", "version": "8.15.0"},
        "ecs": {"version": "8.0.0"},
        "event": {"code": code, "provider": PROVIDERS[channel]},
        "host": {"name": _computer(event)},
        "winlog": {
            "channel": channel,
            "event_id": code,
            "provider_name": PROVIDERS[channel],
            "computer_name": _computer(event),
            "record_id": 50_001 + number,
            "event_data": native,
        },
    }
    return about | moved


def _put(event: Event, path: str, value: object) -> None:
    *folders, name = path.split(".")
    for folder in folders:
        inner = event.setdefault(folder, {})
        assert isinstance(inner, dict)
        event = inner
    event[name] = value
