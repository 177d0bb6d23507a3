"""Events of Windows by kind, and such as no rule matches."""

from __future__ import annotations

import base64
import random

from event_sources.source import Event
from event_sources.windows_layouts import CLASSIC, POWERSHELL, SECURITY, SYSMON

SYSTEM32 = "C:\\Windows\\System32\\"
SHELL = SYSTEM32 + r"WindowsPowerShell\v1.0\powershell.exe"
EXPLORER = r"C:\Windows\explorer.exe"
RUN_KEY = (
    r"HKU\S-1-5-21-1004336348-1177238915-682003330-1104"
    r"\Software\Microsoft\Windows\CurrentVersion\Run\Agent"
)
SERVICES = "HKLM\\System\\CurrentControlSet\\Services\\"


def encode(text: str, encoding: str = "utf-16-le", mark: bytes = b"") -> str:
    """Returns the Base64 of a text."""
    return base64.b64encode(mark + text.encode(encoding)).decode()


def process(image: str, command_line: str, **others: object) -> Event:
    """Process creation, by Sysmon."""
    return {
        "Channel": SYSMON,
        "EventID": 1,
        "ProcessId": 4000 + len(image + command_line) % 977 * 4,
        "Image": image,
        "CommandLine": command_line,
        "User": r"EXAMPLE\clerk01",
        "IntegrityLevel": "Medium",
        "ParentImage": EXPLORER,
    } | others


def audited_process(image: str, command_line: str, **others: object) -> Event:
    """Process creation, by Windows itself, which has other names for it all."""
    return {
        "Channel": SECURITY,
        "EventID": 4688,
        "SubjectUserName": "clerk01",
        "SubjectDomainName": "EXAMPLE",
        "NewProcessId": f"0x{1000 + len(image + command_line) % 977 * 4:x}",
        "NewProcessName": image,
        "CommandLine": command_line,
        "TokenElevationType": "%%1938",
        "ParentProcessName": EXPLORER,
    } | others


def registry(key: str, details: str, **others: object) -> Event:
    return {
        "Channel": SYSMON,
        "EventID": 13,
        "Image": SYSTEM32 + "reg.exe",
        "TargetObject": key,
        "Details": details,
    } | others


def file_time(image: str, file: str, now: str, before: str) -> Event:
    return {
        "Channel": SYSMON,
        "EventID": 2,
        "Image": image,
        "TargetFilename": file,
        "CreationUtcTime": now,
        "PreviousCreationUtcTime": before,
    }


def dns(name: str, **others: object) -> Event:
    return {
        "Channel": SYSMON,
        "EventID": 22,
        "Image": r"C:\Program Files\Example Browser\browser.exe",
        "QueryName": name,
        "QueryStatus": "0",
        "QueryResults": "203.0.113.80;",
    } | others


def script_block(text: str) -> Event:
    return {
        "Channel": POWERSHELL,
        "EventID": 4104,
        "MessageNumber": 1,
        "MessageTotal": 1,
        "ScriptBlockText": text,
    }


def engine_start(application: str, version: str = "5.1.19041.1") -> Event:
    return {
        "Channel": CLASSIC,
        "EventID": 400,
        "Data": "\tNewEngineState=Available\n"
        "\tPreviousEngineState=None\n\n"
        "\tHostName=ConsoleHost\n"
        f"\tHostApplication={application}\n"
        f"\tEngineVersion={version}\n"
        "\tRunspaceId=6d3c3f6e-2f2f-4b1d-8f57-6d7f4a6f0c11",
    }


def logon(address: str, key_length: object, **others: object) -> Event:
    return {
        "Channel": SECURITY,
        "EventID": 4624,
        "LogonType": 3,
        "TargetUserName": "svc_backup",
        "TargetDomainName": "EXAMPLE",
        "IpAddress": address,
        "KeyLength": key_length,
        "Computer": "SRV-FILE-1.example.com",
    } | others


_USERS = ("clerk01", "clerk02", "clerk03", "dev01", "dev02", "adm-01")
# File, name in its version resource, command lines.
_PROGRAMS = (
    ("notepad.exe", "NOTEPAD.EXE", ["notepad.exe C:\\Data\\todo.txt"]),
    ("cmd.exe", "Cmd.Exe", ["cmd /c dir C:\\Data", "cmd /c ver", "cmd /k"]),
    ("net.exe", "net.exe", ["net use", "net view \\\\SRV-FILE-1", "net time"]),
    ("whoami.exe", "whoami.exe", ["whoami", "whoami /groups"]),
    ("ipconfig.exe", "ipconfig.exe", ["ipconfig /all", "ipconfig /renew"]),
    ("rundll32.exe", "RUNDLL32.EXE", ["rundll32 printui.dll,PrintUIEntry /il"]),
    ("certutil.exe", "CertUtil.exe", ["certutil -store my", "certutil -v"]),
    ("vssadmin.exe", "VSSADMIN.EXE", ["vssadmin list writers"]),
    ("schtasks.exe", "schtasks.exe", ["schtasks /query /fo LIST"]),
    ("svchost.exe", "svchost.exe", ["svchost.exe -k netsvcs -p -s Schedule"]),
)
_SCRIPTS = (
    "Get-ChildItem -Recurse | Measure-Object",
    "Get-MpPreference | Format-List",
    "# Set-MpPreference is not for us\nGet-MpComputerStatus",
    "$report = Get-Service | Where-Object Status -eq 'Stopped'\n$report",
    "Import-Csv C:\\Data\\orders.csv | Group-Object Region",
)
_NAMES = ("www", "mail", "api", "login", "cdn", "update", "time", "files")


def background_process(rng: random.Random) -> Event:
    user = rng.choice(_USERS)
    if rng.random() < 0.2:
        script = rng.choice(["list", "inventory", "cleanup", "report"])
        text = rf"powershell.exe -NoLogo -File C:\Tools\{script}.ps1"
        return process(SHELL, text, User=rf"EXAMPLE\{user}")
    file, original, commands = rng.choice(_PROGRAMS)
    image, command = SYSTEM32 + file, rng.choice(commands)
    if rng.random() < 0.4:
        return audited_process(image, command, SubjectUserName=user)
    return process(
        image, command, OriginalFileName=original, User=rf"EXAMPLE\{user}"
    )


def background_registry(rng: random.Random) -> Event:
    if rng.random() < 0.3:
        return registry(RUN_KEY, r"C:\Program Files\Example Agent\agent.exe")
    service = rng.choice(["W32Time", "Spooler", "LanmanServer", "Dnscache"])
    start = f"DWORD (0x0000000{rng.randrange(2, 5)})"
    return registry(f"{SERVICES}{service}\\Start", start)


def background_file_time(rng: random.Random) -> Event:
    file = rf"C:\Data\export_{rng.randrange(1000):03}.csv"
    image = r"C:\Program Files\Example Sync\sync.exe"
    return file_time(
        image, file, "2019-02-11 07:10:04.000", "2026-11-24 08:40:12.113"
    )


def background(rng: random.Random) -> Event:
    """Returns an event that no rule matches."""
    kind = rng.random()
    computer = f"WS-{rng.choice([104, 104, *range(101, 118)])}.example.com"
    if kind < 0.5:
        event = background_process(rng)
    elif kind < 0.62:
        event = background_registry(rng)
    elif kind < 0.66:
        event = background_file_time(rng)
    elif kind < 0.8:
        event = dns(
            f"{rng.choice(_NAMES)}.example.{rng.choice(['com', 'net'])}"
        )
    elif kind < 0.87:
        event = script_block(rng.choice(_SCRIPTS))
    elif kind < 0.9:
        event = engine_start("powershell.exe -NoLogo")
    else:
        address = f"10.0.{rng.randrange(8)}.{rng.randrange(1, 255)}"
        return logon(address, rng.choice([0, 128]))
    return event | {"Computer": computer}
