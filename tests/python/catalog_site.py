"""A small site with a hostile rule, and the browser to look at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from hypersigma import Catalog, RuleSet
from hypersigma.site.build import write_site

HOSTILE_KEY = "0d9e2f5e-0000-4000-8000-000000000bad"
SCRIPT = "<script>window.hit=1</script><img src=x onerror=window.hit=1>"

_OWN = r"""
title: Whoami <b>Execution</b>
id: e28a5a99-da44-436d-b7a0-2afc20a5f413
status: test
level: low
author: Jane Doe
date: 2023-04-05
tags: [attack.discovery, attack.t1033, attack.t1059.001]
logsource: {category: process_creation, product: windows}
detection:
  selection_image:
    Image|endswith: \whoami.exe
  selection_command:
    CommandLine|contains: [whoami, /priv]
  filter:
    User: SYSTEM
  condition: 1 of selection_* and not filter
---
title: Whoami Once More
id: 4f7a1c0a-9b7e-4c3c-8f7d-0d6f6a1f2b11
level: high
tags: [attack.execution, attack.t1059.001]
logsource: {category: process_creation, product: windows}
detection:
  odd:
    Image|endswith: \WHOAMI.exe
    OriginalFileName: whoami.exe
  condition: odd
---
title: Odd Port
id: 4f7a1c0a-9b7e-4c3c-8f7d-0d6f6a1f2b12
level: critical
related: [{id: e28a5a99-da44-436d-b7a0-2afc20a5f413, type: similar}]
logsource: {category: network_connection, product: linux}
detection:
  odd: {DestinationPort: [4444, 1337]}
  condition: odd
"""

# Each text ends what a page may have begun, and then does something.
_BREAKOUTS = (
    SCRIPT,
    '"><script>window.hit=1</script>',
    "' onmouseover='window.hit=1' autofocus onfocus='window.hit=1",
    "</script><script>window.hit=1</script>",
    "</code></pre></title></style><svg onload=window.hit=1>",
    "{{ 7 * 7 }}{% raw %}",
)


def _hostile_rule() -> str:
    quoted = [text.replace("'", "''") for text in _BREAKOUTS]
    values = "\n".join(f"      - '{text}'" for text in quoted)
    references = "\n".join(f"  - '{text}'" for text in quoted)
    return f"""
title: '{quoted[0]} "end'
id: {HOSTILE_KEY}
status: '{quoted[1]}'
level: '{quoted[2]}'
description: '{quoted[4]} {quoted[5]}'
author: '{quoted[1]}'
date: '{quoted[0]}'
references:
{references}
  - javascript:window.hit=1
  - data:text/html,<script>window.hit=1</script>
  - https://example.org/"onclick="window.hit=1
  - https://example.org/fine?a=1&b=2
falsepositives:
{references}
tags: ['attack.{quoted[0]}', 'attack.t1059.001', '{quoted[3]}']
logsource: {{category: '{quoted[0]}', product: '{quoted[3]}'}}
detection:
  '{quoted[0]}':
    '{quoted[0].replace("|", "")}|contains':
{values}
    Image|endswith: ["gpj.\\u202Eexe.scr", "\\u05D0\\u05D1 leftwards",
      "nul\\0 bell\\a escape\\e", "zero\\u200Bwidth", "{"A" * 20_000}"]
  condition: all of them
"""


def _hostile_twin() -> str:
    """Shares values with the other one, so that these have pages, too."""
    quoted = [text.replace("'", "''") for text in _BREAKOUTS]
    values = "\n".join(f"      - '{text}'" for text in quoted)
    dark = "\\u202E\\u2066\\u200Bnul\\0 escape\\e]0;x\\a"
    return f"""
title: "Twin {dark} \\u05D0\\u05D1"
id: '{quoted[1]}'
status: "{dark}"
level: "{dark}"
author: "{dark}"
description: "{dark}"
date: "{dark}"
modified: '{quoted[0]}'
references: ["{dark}", "JavaScript:window.hit=1", " javascript:window.hit=1",
  "https://example.org/{dark}", "//example.org/"]
falsepositives: ["{dark}", '{quoted[3]}']
related: [{{id: '{quoted[0]}', type: '{quoted[1]}'}}]
tags: ["attack.{dark}", 'attack.T1059.001<b>', "{dark}"]
logsource:
  {{category: "{dark}", product: '{quoted[1]}', service: '{quoted[0]}'}}
detection:
  "{dark}":
    '{quoted[0]}':
{values}
    '{quoted[4]}|re': '<script>|javascript:'
    "{dark}|exists": true
    'Image|contains': ["{dark}", "{"B" * 20_000}"]
  shared:
    Image|endswith: ["gpj.\\u202Eexe.scr", "nul\\0 bell\\a escape\\e"]
  '{quoted[0]}':
    '{quoted[0].replace("|", "")}|contains':
{values}
  condition: all of them
"""


def write_rules(folder: Path) -> dict[str, Path]:
    """Writes rules below a folder; returns their roots by label."""
    roots = {"own": folder / "own", "bad": folder / "bad"}
    for path, text in (
        (
            roots["own"] / "rules.yml",
            _OWN.replace("{{", "{").replace("}}", "}"),
        ),
        (
            roots["bad"] / "hostile.yml",
            f"{_hostile_rule()}---\n{_hostile_twin()}",
        ),
    ):
        path.parent.mkdir()
        path.write_text(text)
    return roots


def write_small_site(folder: Path) -> Path:
    """Writes the site of those rules; returns its folder."""
    roots = write_rules(folder)
    catalog = Catalog.build(RuleSet.from_paths(roots.values()), roots)
    write_site(catalog, folder / "site")
    return folder / "site"


@contextmanager
def browser() -> Iterator[Browser]:
    """Starts Debian's chromium; the test is skipped where there is none."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium; ./dev test installs it")
    with sync_playwright() as playwright:
        # Containers run tests as root, which its sandbox does not take.
        started = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        yield started
        started.close()


class Visit:
    """A page that is open, with what its console said."""

    def __init__(self, page: Page, site: Path) -> None:
        self.page = page
        self.problems: list[str] = []
        self._site = site
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.problems.append(str(error)))

    def _note(self, message: object) -> None:
        # Anything that is said is one too many.
        self.problems.append(str(message))

    def open(self, name: str) -> Page:
        """Opens a page of the site from its file."""
        self.page.goto(f"file://{self._site}/{name}")
        return self.page

    @property
    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        width: int = self.page.evaluate(
            "document.documentElement.scrollWidth - innerWidth"
        )
        return width


@contextmanager
def visit(
    started: Browser,
    site: Path,
    *,
    width: int = 1280,
    scheme: Literal["light", "dark"] = "light",
) -> Iterator[Visit]:
    """Opens a window; in the end its console must have been silent."""
    context = started.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme
    )
    window = Visit(context.new_page(), site)
    yield window
    context.close()
    assert window.problems == []
