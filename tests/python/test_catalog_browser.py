"""The site of the catalogue in a real browser, opened from files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from axe_playwright_python.sync_playwright import Axe
from markupsafe import escape
from playwright.sync_api import Browser, Page, expect

from catalog_site import HOSTILE_KEY, SCRIPT, browser, visit, write_small_site
from hypersigma.site.environment import CSP

WHOAMI = "e28a5a99-da44-436d-b7a0-2afc20a5f413"
OVERVIEWS = [
    "index.html",
    "attack.html",
    "fields.html",
    "logsources.html",
    "indicators.html",
    "overlaps.html",
    "statistics.html",
]
RULES = [f"rules/{WHOAMI}.html", f"rules/{HOSTILE_KEY}.html"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_site(tmp_path_factory.mktemp("catalog"))


def _one_of_each(site: Path) -> list[str]:
    folders = ("fields", "indicators", "logsources", "techniques")
    pages = [
        f"{folder}/{min((site / folder).iterdir()).name}" for folder in folders
    ]
    # And those of the rule whose id is hostile, and of a value that it has.
    (twin,) = (site / "rules").glob("rule-*.html")
    shared = min(
        path
        for path in (site / "indicators").iterdir()
        if "&lt;script&gt;" in path.read_text()
    )
    return [*pages, f"rules/{twin.name}", f"indicators/{shared.name}"]


def _titles(page: Page) -> list[str]:
    return page.locator("[data-list] a").all_inner_texts()


def test_search_finds_titles_first_then_values(
    chromium: Browser, site: Path
) -> None:
    with visit(chromium, site) as window:
        page = window.open("index.html")
        assert len(_titles(page)) == 5
        page.keyboard.press("/")
        page.keyboard.type("whoami")
        expect(page.locator("[data-count]")).to_have_text("2 of 5 rules")
        page.keyboard.press("Control+a")
        page.keyboard.type("4444")
        expect(page.locator("[data-count]")).to_have_text("1 of 5 rules")
        assert _titles(page) == ["Odd Port"]
        line = page.locator(".by-value")
        assert line.inner_text() == "DestinationPort is 4444"
        page.keyboard.press("Escape")
        expect(page.locator("[data-count]")).to_have_text("5 rules")


def test_keys_lead_through_the_results_to_a_rule(
    chromium: Browser, site: Path
) -> None:
    with visit(chromium, site) as window:
        page = window.open(f"rules/{HOSTILE_KEY}.html")
        page.keyboard.press("/")
        page.wait_for_url("**/index.html#find")
        expect(page.locator("#query")).to_be_focused()
        page.keyboard.type("whoami")
        expect(page.locator("[data-count]")).to_have_text("2 of 5 rules")
        for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
            page.keyboard.press(key)
        expect(page.locator("[data-list] a").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#query")).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{WHOAMI}.html")
        assert page.locator("h1").inner_text() == "Whoami <b>Execution</b>"


def test_filters_stand_in_the_address(chromium: Browser, site: Path) -> None:
    with visit(chromium, site) as window:
        page = window.open("index.html")
        page.select_option("#f-level", "critical")
        page.select_option("#f-product", "linux")
        expect(page.locator("[data-count]")).to_have_text("1 of 5 rules")
        # Both find one rule: the address tells that both are taken.
        expect(page).to_have_url(re.compile("#product=linux&level=critical$"))
        address = page.url
        page.goto("about:blank")
        page.goto(address)
        assert _titles(page) == ["Odd Port"]
        page.click("[data-reset]")
        assert len(_titles(page)) == 5
        page.fill("#f-field", "originalfile")
        expect(page.locator("[data-count]")).to_have_text("1 of 5 rules")
        page.goto(f"file://{site}/index.html#technique=T1059")
        expect(page.locator("[data-count]")).to_have_text(
            "3 of 5 rules for T1059"
        )


def test_an_indicator_leads_to_the_other_rules(
    chromium: Browser, site: Path
) -> None:
    with visit(chromium, site) as window:
        page = window.open(f"rules/{WHOAMI}.html")
        row = page.locator("table.indicators tr", has_text="ends_with")
        assert row.locator(".value").inner_text().lower() == "\\whoami.exe"
        assert row.locator(".corpus").inner_text() == "2 (own 2)"
        row.locator(".corpus a").click()
        page.wait_for_url("**/indicators/*.html")
        page.locator("main .rules a", has_text="Once More").click()
        expect(page.locator("h1")).to_have_text("Whoami Once More")


def test_a_rule_shows_all_its_parts(chromium: Browser, site: Path) -> None:
    with visit(chromium, site) as window:
        page = window.open(f"rules/{WHOAMI}.html")
        assert page.locator(".crumbs").inner_text().split() == [
            *("Detection", "rules", "Sigma", "own")
        ]
        assert (
            page.locator(".body > section > h2, .section-head h2").count() == 6
        )
        stages = page.locator(".stage h3").all_inner_texts()
        assert stages == [
            "Stage 0 Condition",
            "Stage 1 selection_image",
            "Stage 2 selection_command",
            "Stage 3 filter",
        ]
        assert page.locator(".stage", has_text="must not hold").count() == 1
        condition = page.locator(".condition")
        assert "not filter" in condition.inner_text()
        condition.locator("a", has_text="filter").click()
        assert page.url.endswith("#stage-3")
        first = page.locator("#stage-1 .line").first
        assert first.get_attribute("data-n") == "11"
        assert first.inner_text().strip() == "selection_image:"


def test_a_choice_of_light_or_dark_outlasts_the_page(
    chromium: Browser, site: Path
) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    with visit(chromium, site) as window:
        page = window.open("index.html")
        light = page.evaluate(ground)
        page.get_by_role("button", name="Dark mode").click()
        dark = page.evaluate(ground)
        assert light != dark
        window.open(f"rules/{WHOAMI}.html")
        assert page.evaluate(ground) == dark
        button = page.get_by_role("button", name="Dark mode", pressed=True)
        button.click()
        assert page.evaluate(ground) == light
    with visit(chromium, site, scheme="dark") as window:
        page = window.open("index.html")
        assert page.evaluate(ground) == dark


@pytest.mark.parametrize("width", [390, 820, 1280])
def test_no_page_scrolls_sideways(
    chromium: Browser, site: Path, width: int
) -> None:
    with visit(chromium, site, width=width) as window:
        for name in [*OVERVIEWS, *RULES, *_one_of_each(site)]:
            window.open(name)
            assert (name, max(window.overflow, 0)) == (name, 0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(
    chromium: Browser, site: Path, scheme: Literal["light", "dark"]
) -> None:
    context = chromium.new_context(color_scheme=scheme)
    page = context.new_page()
    for name in [*OVERVIEWS, *RULES, *_one_of_each(site)]:
        page.goto(f"file://{site}/{name}")
        found = Axe().run(page).response["violations"]
        told = [(one["id"], one["nodes"][0]["html"]) for one in found]
        assert (name, told) == (name, [])
    context.close()


def test_a_hostile_rule_is_shown_and_runs_nothing(
    chromium: Browser, site: Path
) -> None:
    words = ("script", "exe.scr", "onload", "twin", "bbbb", "escape")
    names = [
        *OVERVIEWS,
        *(f"index.html#q={word}" for word in words),
        "index.html#level=<script>&field=<img>&technique=<b>",
        *sorted(str(path.relative_to(site)) for path in site.rglob("*/*.html")),
    ]
    with visit(chromium, site) as window:
        for name in names:
            page = window.open(name)
            page.mouse.move(300, 300)
            assert page.evaluate("window.hit") is None, name
            assert (
                page.locator("main script, main img, main svg[onload]").count()
                == 0
            )
        page = window.open(f"rules/{HOSTILE_KEY}.html")
        assert page.locator("h1").inner_text() == f'{SCRIPT} "end'
        body = page.locator("#rule-yaml").inner_text()
        assert SCRIPT in body
        assert "{{ 7 * 7 }}" in body
        links = page.locator(".facts a[rel]")
        assert links.evaluate_all("links => links.map(one => one.href)") == [
            "https://example.org/fine?a=1&b=2"
        ]


def test_every_page_forbids_what_it_does_not_need(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert {path.parent.name for path in pages} >= {
        *("site", "rules", "fields", "indicators", "logsources", "techniques")
    }
    policy = str(escape(CSP))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    active = re.compile(r"<[^>]* (?:style|on[a-z]+|srcdoc)=|<(?:iframe|object)")
    for path in pages:
        html = path.read_text()
        # Before anything that loads.
        assert html.index(meta) < html.index("<link"), path
        assert active.search(html) is None, path
        for address in re.findall(r'(?:href|src)="([^"]*)"', html):
            scheme = address.partition(":")[0] if ":" in address else ""
            assert scheme in {"", "https"}, (path, address)


def test_hidden_characters_are_made_visible(
    chromium: Browser, site: Path
) -> None:
    with visit(chromium, site) as window:
        page = window.open(f"rules/{HOSTILE_KEY}.html")
        values = page.locator("table.indicators .value").all_inner_texts()
        assert "gpj.U+202Eexe.scr" in values
        assert "nulU+0000 bellU+0007 escapeU+001B" in values
        assert "zeroU+200Bwidth" in values
        cut = [value for value in values if value.startswith("AAAA")]
        assert cut == [f"{'A' * 4_000} … 16,000 more characters"]


def test_pages_forbid_all_but_their_own_files(
    chromium: Browser, site: Path
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"file://{site}/rules/{WHOAMI}.html")
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.hit = 1";
          document.body.append(script);
          document.body.insertAdjacentHTML(
            "beforeend", "<b style='color:red' onclick='window.hit=1'>x</b>");
          document.body.lastChild.click();
        }"""
    )
    assert page.evaluate("window.hit") is None
    color = "getComputedStyle(document.body.lastChild).color"
    assert page.evaluate(color) != "rgb(255, 0, 0)"
    context.close()
