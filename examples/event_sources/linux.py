"""Events of Linux: audit records, the journal, and processes with ECS names."""

from __future__ import annotations

import random
from datetime import datetime

from event_sources.source import Event, Planted, Source, hit, iso, miss

_DIR = "linux/"
RULES_REMOVED = _DIR + "lnx_auditd_rules_removed.yml"
ACCOUNT_FILE = _DIR + "lnx_auditd_account_file_unusual_program.yml"
ROOT_PASSWORD = _DIR + "lnx_sshd_root_password.yml"
SUDO_SHELL = _DIR + "lnx_sudo_shell_out_of_program.yml"
TEMPORARY = _DIR + "proc_creation_lnx_web_server_temporary.yml"

UNSET = 4294967295


def config_change(op: str, auid: object) -> Event:
    return {
        "type": "CONFIG_CHANGE",
        "auid": auid,
        "ses": 3,
        "op": op,
        "key": "identity",
        "list": 4,
        "res": 1,
    }


def syscall(exe: str, call: str = "openat", **others: object) -> Event:
    return {
        "type": "SYSCALL",
        "arch": "c000003e",
        "syscall": {"openat": 257, "execve": 59, "unlink": 87}[call],
        "success": "yes",
        "exit": 3,
        "ppid": 1810,
        "pid": 1822,
        "auid": 1000,
        "uid": 0,
        "tty": "pts0",
        "ses": 3,
        "comm": exe.rpartition("/")[2],
        "exe": exe,
        "key": "identity",
    } | others


def user_record(kind: str, account: str) -> Event:
    return {
        "type": kind,
        "pid": 1703,
        "uid": 0,
        "auid": UNSET,
        "acct": account,
        "exe": "/usr/sbin/sshd",
        "addr": "192.0.2.15",
        "res": "success",
    }


def journal(program: str, message: str, **others: object) -> Event:
    return {
        "_HOSTNAME": "web-1",
        "_TRANSPORT": "syslog",
        "PRIORITY": "6",
        "SYSLOG_IDENTIFIER": program,
        "MESSAGE": message,
    } | others


def sudo(user: str, command: str, note: str = "") -> Event:
    return journal(
        "sudo",
        f"  {user} : {note}TTY=pts/0 ; PWD=/home/{user} ; USER=root ;"
        f" COMMAND={command}",
        _TRANSPORT="syslog",
    )


def exec_event(image: str, parent: str, command_line: str) -> Event:
    return {
        "event": {
            "dataset": "endpoint.events.process",
            "category": ["process"],
            "action": "exec",
        },
        "host": {"name": "web-1", "os": {"type": "linux"}},
        "process": {
            "executable": image,
            "name": image.rpartition("/")[2],
            "command_line": command_line,
            "parent": {"executable": parent},
        },
    }


def to_audit(event: Event, time: datetime, number: int) -> Event:
    """Returns an audit record as a shipper of audit.log parses it."""
    about: Event = {"timestamp": iso(time), "node": "web-1", "serial": 900}
    return about | {"serial": 901 + number} | event


def to_journal(event: Event, time: datetime, number: int) -> Event:
    """Returns an entry as `journalctl -o json` prints it."""
    micros = int(time.timestamp()) * 1_000_000 + time.microsecond
    return {
        "__REALTIME_TIMESTAMP": str(micros),
        "__CURSOR": f"s=0a1b;i={number + 1:x}",
    } | event


def to_ecs(event: Event, time: datetime, _number: int) -> Event:
    """Returns an event as Elastic's agents write it."""
    return {"@timestamp": iso(time), "ecs": {"version": "8.11.0"}} | event


def _audit() -> list[Planted]:
    return [
        hit(config_change("remove_rule", 1000), RULES_REMOVED),
        miss(config_change("remove_rule", UNSET)),
        miss(config_change("add_rule", 1000)),
        hit(syscall("/home/dev01/.cache/reader"), ACCOUNT_FILE),
        hit(syscall("/dev/shm/.p"), ACCOUNT_FILE),
        miss(syscall("/tmp/p", success="no")),
        miss(syscall("/usr/bin/passwd")),
        miss(syscall("/home/dev01/bin/edit", key="project")),
    ]


def _journal() -> list[Planted]:
    where = "from 203.0.113.9 port"
    shell = "/usr/bin/find . -exec /bin/sh ;"
    return [
        hit(
            journal("sshd", f"Failed password for root {where} 50022 ssh2"),
            ROOT_PASSWORD,
        ),
        hit(
            journal("sshd", f"Accepted password for root {where} 50031 ssh2"),
            ROOT_PASSWORD,
        ),
        # Each keyword in a value of its own, or several in one.
        hit(
            journal("sshd", "PAM 5 more authentication failures; user=root"),
            ROOT_PASSWORD,
        ),
        miss(
            journal("sshd", f"Failed password for dev01 {where} 50044 ssh2"),
        ),
        miss(journal("sshd", "PAM 5 more authentication failures; user=dev1")),
        hit(sudo("dev01", shell), SUDO_SHELL),
        hit(sudo("dev02", "/usr/bin/vim -c :!id"), SUDO_SHELL),
        miss(sudo("clerk01", shell, "command not allowed ; ")),
        miss(sudo("dev01", "/usr/bin/find /var/log -name *.gz")),
    ]


def _processes() -> list[Planted]:
    nginx = "/usr/sbin/nginx"
    return [
        hit(exec_event("/tmp/.x/sh", nginx, "/tmp/.x/sh -i"), TEMPORARY),
        hit(exec_event("/dev/shm/k", "/usr/sbin/php-fpm", "./k"), TEMPORARY),
        miss(
            exec_event("/tmp/health-check", nginx, "/tmp/health-check"),
        ),
        miss(exec_event("/usr/bin/convert", nginx, "convert /tmp/a.png b")),
        miss(exec_event("/tmp/build/configure", "/bin/bash", "./configure")),
    ]


def background_audit(rng: random.Random) -> Event:
    tools = ["cat", "ls", "sudo", "systemctl", "python3.11", "rsync"]
    return rng.choice([
        syscall(
            f"/usr/bin/{rng.choice(tools)}",
            rng.choice(["openat", "execve", "unlink"]),
            pid=rng.randrange(2000, 9000),
            key=rng.choice(["exec", "identity", "delete"]),
        ),
        syscall("/home/dev01/bin/build", "execve", key="exec"),
        user_record(
            rng.choice(["USER_AUTH", "USER_ACCT", "CRED_ACQ", "USER_START"]),
            rng.choice(["deploy", "dev01", "dev02"]),
        ),
        {
            "type": "SERVICE_START", "pid": 1, "uid": 0, "auid": UNSET,
            "unit": rng.choice(["nginx", "cron", "apt-daily"]),
            "exe": "/usr/lib/systemd/systemd", "res": "success",
        },
    ])  # fmt: skip


def background_journal(rng: random.Random) -> Event:
    port = rng.randrange(40000, 60000)
    address = f"192.0.2.{rng.randrange(1, 60)}"
    user = rng.choice(["deploy", "dev01", "dev02"])
    return rng.choice([
        journal(
            "sshd", f"Accepted publickey for {user} from {address} port {port}"
        ),
        journal("sshd", f"Connection closed by {address} port {port}"),
        journal("CRON", "(root) CMD (test -x /usr/sbin/anacron)"),
        journal("systemd", "Started Daily apt download activities."),
        journal("kernel", "eth0: link up", _TRANSPORT="kernel"),
        sudo(user, rng.choice(["/usr/bin/apt update", "/bin/ls /root"])),
    ])  # fmt: skip


def background_process(rng: random.Random) -> Event:
    image, command = rng.choice([
        ("/usr/bin/apt-get", "apt-get update"),
        ("/usr/bin/git", "git fetch --all"),
        ("/usr/bin/python3.11", "python3 -m http.server"),
        ("/tmp/build/configure", "./configure"),
        ("/usr/sbin/logrotate", "logrotate /etc/logrotate.conf"),
    ])  # fmt: skip
    return exec_event(
        image, rng.choice(["/bin/bash", "/usr/bin/make"]), command
    )


SOURCES = [
    Source("linux_auditd", 200, _audit(), background_audit, to_audit),
    Source("linux_journal", 200, _journal(), background_journal, to_journal),
    Source("linux_processes", 80, _processes(), background_process, to_ecs),
]
