"""What pages of the site leave out of what is too long, and how they say it."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from threading import Thread

import pytest

from hypersigma import Catalog, RuleSet
from hypersigma.site.build import write_site
from hypersigma.site.contexts import MAX_INDICATORS, MAX_RULES
from hypersigma.site.overview import MAX_GROUPS, MAX_PAIRS, overlaps
from hypersigma.site.serve import MAX_CONNECTIONS, SiteServer
from hypersigma.site.texts import MAX_BODY, MAX_VALUE

LONG_KEY = "0d9e2f5e-0000-4000-8000-000000000001"
_VALUE_LENGTH = MAX_VALUE + 1_234
_VALUES = MAX_BODY // _VALUE_LENGTH + 1


def _rule(title: str, values: list[str], key: str = "") -> str:
    head = f"title: {title}\n" + (f"id: {key}\n" if key else "")
    return (
        f"{head}logsource: {{category: process_creation}}\n"
        f"detection:\n  s: {{Image: {json.dumps(values)}}}\n  condition: s\n"
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("long") / "site"
    long_values = [str(at).rjust(_VALUE_LENGTH, "v") for at in range(_VALUES)]
    texts = [
        _rule("Long", long_values, LONG_KEY),
        *(_rule(f"R{at}", [f"a{at}", f"b{at}"]) for at in range(MAX_RULES)),
    ]
    rules = RuleSet.from_yaml("---\n".join(texts))
    write_site(Catalog.build(rules, compare=False), folder, processes=1)
    return folder


def _only_page(folder: Path) -> str:
    (path,) = folder.iterdir()
    return path.read_text()


def test_long_values_are_cut(site: Path) -> None:
    page = (site / "rules" / f"{LONG_KEY}.html").read_text()
    table = page[page.index('<table class="indicators">') :]
    cut = f'{"v" * MAX_VALUE} <span class="cut">… 1,234 more characters</span>'
    assert table.count(cut) == _VALUES
    assert "v" * (MAX_VALUE + 1) not in table


def test_long_bodies_are_cut(site: Path) -> None:
    page = (site / "rules" / f"{LONG_KEY}.html").read_text()
    begin = page.index('id="rule-yaml"')
    body = page[begin : page.index("</pre>", begin)]
    assert MAX_BODY < len(body) < MAX_BODY + 2_000
    assert " more characters</span>" in body[-100:]


def test_long_lists_are_cut(site: Path) -> None:
    source = _only_page(site / "logsources")
    assert source.count('href="../rules/') == MAX_RULES
    assert "and 1 more: <a" in source
    field = _only_page(site / "fields")
    rows = field.count("<tr>") - 1
    assert rows == MAX_INDICATORS
    rest = 2 * MAX_RULES + _VALUES - MAX_INDICATORS
    assert f"and {rest:,} more: the search finds them" in field


def test_long_overlaps_are_cut() -> None:
    rules = [{"title": str(at)} for at in range(MAX_PAIRS + 4)]
    told = overlaps(
        {
            "rules": rules,
            "logic": {
                "equal": [[at, at + 1] for at in range(MAX_GROUPS + 2)],
                "implied": [[at, at + 1] for at in range(MAX_PAIRS + 3)],
            },
        }
    )
    assert (len(told["equal"]), told["equal_rest"]) == (MAX_GROUPS, 2)
    shown = sum(len(narrow) for _, narrow in told["implied"])
    assert (shown, told["implied_rest"]) == (MAX_PAIRS, 3)


def test_connections_past_the_limit_are_closed(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("here")
    request = b"GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n"
    with SiteServer(tmp_path) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        address = ("127.0.0.1", server.server_port)
        # They say nothing, and so keep their threads.
        silent = [
            socket.create_connection(address) for _ in range(MAX_CONNECTIONS)
        ]
        with socket.create_connection(address, timeout=10) as one_more:
            assert one_more.recv(100) == b""
        for connection in silent[:8]:
            connection.sendall(request)
            assert connection.recv(100).startswith(b"HTTP/1.0 200")
        for connection in silent:
            connection.close()
        server.shutdown()
        thread.join()
