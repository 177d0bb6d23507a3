"""The command `catalog`: what it writes, and where it does not."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from threading import Thread

import pytest

from conftest import RunCommand
from hypersigma.site.folder import OutputFolder
from hypersigma.site.serve import SiteServer


def test_a_site_and_json_are_written_and_written_anew(
    run: RunCommand, rules: Path, tmp_path: Path
) -> None:
    args = ("catalog", "-r", f"own={rules}", "-o", "site", "--json", "json")
    assert run(*args).returncode == 0
    site = tmp_path / "site"
    old = site / "rules" / "e28a5a99-da44-436d-b7a0-2afc20a5f413.html"
    assert old.exists()
    index = json.loads((tmp_path / "json" / "index.json").read_text())
    assert index["totals"]["sources"] == [{"label": "own", "rules": 2}]
    assert len(list((tmp_path / "json" / "rules").iterdir())) == 2
    (site / "notes.txt").write_text("mine")
    rules.write_text(rules.read_text().partition("---\n")[2])
    assert run(*args).returncode == 0
    assert not old.exists()
    assert (site / "notes.txt").read_text() == "mine"


def test_a_folder_of_something_else_is_not_taken(
    run: RunCommand, rules: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "index.html").write_text("mine")
    done = run("catalog", "-r", rules, "-o", "mine")
    assert done.returncode == 3
    assert b"holds no site of hypersigma" in done.stderr
    assert (tmp_path / "mine" / "index.html").read_text() == "mine"


@pytest.mark.parametrize(
    ("folder", "message"),
    [
        ("rules.yml", "rules.yml: File exists"),
        ("rules.yml/site", "rules.yml/site: Not a directory"),
        ("/proc/site", "/proc/site: No such file or directory"),
    ],
)
def test_a_folder_that_cannot_be_is_told(
    run: RunCommand, rules: Path, folder: str, message: str
) -> None:
    done = run("catalog", "-r", rules, "-o", folder)
    assert done.returncode == 3
    assert done.stderr.decode() == f"error: {message}\n"


def test_a_port_that_is_taken_is_told_before_there_are_pages(
    run: RunCommand, rules: Path, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        args = ("catalog", "-r", rules, "-o", "site", "--serve", "--port", port)
        done = run(*args)
    assert done.returncode == 3
    assert done.stderr.decode() == (
        f"error: port {port} of 127.0.0.1: Address already in use; --port takes"
        " another, 0 any that is free\n"
    )
    assert not (tmp_path / "site").exists()


def test_it_serves_until_it_is_interrupted(rules: Path) -> None:
    args = ["catalog", "-r", str(rules), "--serve", "--port", "0"]
    with subprocess.Popen(
        [sys.executable, "-m", "hypersigma", *args],
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stderr is not None
        pages = server.stderr.readline()
        folder = Path(pages.partition(" rules in ")[2].partition(",")[0])
        address = server.stderr.readline().partition(" ")[0]
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert b"Detection rules" in answer.read()
        assert folder.is_dir()
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=30) == 0
    assert not folder.exists()


def test_a_terminal_is_told_what_is_being_done(rules: Path) -> None:
    reader, terminal = pty.openpty()
    args = ["catalog", "-r", str(rules), "-o", str(rules.parent / "site")]
    subprocess.run(
        [sys.executable, "-m", "hypersigma", *args],
        stderr=terminal,
        env={**os.environ, "TERM": "xterm"},
        check=True,
        timeout=120,
    )
    os.close(terminal)
    told = b""
    # The end of a terminal is an error.
    with contextlib.suppress(OSError):
        while block := os.read(reader, 4096):
            told += block
    os.close(reader)
    lines = told.decode().replace("\r\n", "\n").split("\r\x1b[K")
    assert "reading rules" in lines[1]
    assert "comparing 2 rules with each other" in lines[2]
    assert re.fullmatch(r"\d+ pages for 2 rules in .*\n", lines[-1])


def test_links_do_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path / "site", "site")
    (tmp_path / "outside").mkdir()
    (tmp_path / "site" / "rules").symlink_to(tmp_path / "outside")
    (tmp_path / "outside.html").write_text("mine")
    (tmp_path / "site" / "index.html").symlink_to(tmp_path / "outside.html")
    for name in ("rules/a.html", "index.html"):
        with pytest.raises(OSError):
            folder.write(name, "ours")
    with pytest.raises(OSError):
        folder.make_folders(("rules",))
    for name in ("../a.html", "/a.html", "rules/../../a", ".hidden", "a/b/c"):
        with pytest.raises(ValueError):
            folder.write(name, "ours")
    assert list((tmp_path / "outside").iterdir()) == []
    assert (tmp_path / "outside.html").read_text() == "mine"


def test_it_serves_files_on_loopback_only(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("here")
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "site" / "link").symlink_to(tmp_path / "secret")

    def ask(path: str, host: str = "") -> int | str:
        request = urllib.request.Request(server.address + path)
        if host:
            request.add_header("Host", host)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    with SiteServer(tmp_path / "site") as server:
        assert server.server_address[0] == "127.0.0.1"
        thread = Thread(target=server.serve_forever)
        thread.start()
        assert ask("") == "here"
        assert ask("link") == 404
        assert ask("../secret") == 404
        assert ask("", host="example.org:80") == 421
        server.shutdown()
        thread.join()
