"""A person's paths through the site, in the system's Chromium: both languages, phone width, accessibility, no other
host.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.publish.conftest import identity
from tests.publish.reader import Person

pytestmark = pytest.mark.browser

COMMON = ("/", "/places", "/indicators", "/indicators/new_received", "/outcomes", "/problems", "/search?q=公开",
          "/codebook", "/gongkai", "/gongkai/panel?_facet=verdict")  # fmt: skip


@pytest.fixture
def person(browser: Any, address: str) -> Iterator[Person]:
    """A reader of Chinese at a desk."""
    someone = Person(browser, address)
    yield someone
    someone.context.close()
    assert someone.noted == []


def test_from_the_front_page_to_the_marked_cell(person: Person, archive: Path) -> None:
    person.go("/")
    person.page.fill("#q", "lcsjyj")
    person.page.click("form[role=search] button")
    person.page.click("text=澜川市教育局")
    person.page.wait_for_load_state("networkidle")
    assert "澜川市教育局" in person.page.inner_text("h1")
    person.page.locator("figure.chart[data-drawn=yes]").wait_for()
    person.page.click("table.plain tbody th a >> nth=0")
    person.page.wait_for_load_state("networkidle")
    value = person.page.inner_text("#applications_new_received_total a")
    person.page.click("#applications_new_received_total a")
    person.page.wait_for_load_state("networkidle")
    cell = person.page.frame_locator("iframe.replay").locator("#gongkai-cell")
    cell.wait_for()
    assert cell.inner_text().strip() == value.replace(",", "")
    frame, box = person.page.locator("iframe.replay").bounding_box(), cell.bounding_box()
    assert frame and box and frame["y"] <= box["y"] <= frame["y"] + frame["height"], "the marked cell is out of sight"


def test_why_a_sum_fails(person: Person, archive: Path) -> None:
    person.go("/problems/inconsistent")
    person.page.click("table.plain tbody a >> nth=0")
    person.page.wait_for_load_state("networkidle")
    finding = person.page.locator(".findings li").first
    assert "相差 3" in person.page.inner_text(".findings")
    finding.locator("a").first.click()
    assert "#applications_" in person.page.url
    assert person.page.locator("td.failed").count() >= 1


def test_compare_two_organs_and_take_the_picture(person: Person, archive: Path) -> None:
    connection = sqlite3.connect(archive / "snapshot.db")
    one, other = (row[0] for row in connection.execute("SELECT id FROM organ ORDER BY id LIMIT 2"))
    connection.close()
    person.go(f"/indicators/new_received?organ={one}&organ={other}")
    figure = person.page.locator("figure.chart[data-drawn=yes]").first
    figure.wait_for()
    for kind in ("png", "svg", "csv"):
        with person.page.expect_download() as download:
            figure.locator(f"[data-save={kind}]").click()
        content = Path(download.value.path()).read_bytes()
        assert content.startswith({"png": b"\x89PNG", "svg": b"<svg", "csv": "\ufeff".encode()}[kind])


def test_download_the_panel(person: Person) -> None:
    person.go("/")
    with person.page.expect_download() as download:
        person.page.click("a[href*='panel.csv']")
    assert Path(download.value.path()).read_bytes().startswith("\ufeffreport,".encode())


def test_switch_the_language_and_keep_it(person: Person) -> None:
    person.go("/")
    person.page.click("a.lang")
    assert person.page.locator("html").get_attribute("lang") == "en"
    person.go("/problems")
    assert person.page.inner_text("h1") == "Problems"


def test_the_hostile_page_stays_in_its_box(person: Person, archive: Path) -> None:
    connection = sqlite3.connect(archive / "snapshot.db")
    captures = [row[0] for row in connection.execute("SELECT id FROM capture WHERE url LIKE '%/2024.html'")]
    connection.close()
    for capture in captures:
        person.go(f"/archive/{capture}")
        assert "pwned" not in person.page.title()
    person.go("/")
    # Opened by itself the raw page must not run, load or go anywhere either; the browser says in the console what it
    # blocked.
    for capture in captures:
        person.page.goto(f"{person.address}/-/raw/{capture}")
        person.page.wait_for_load_state("networkidle")
        assert person.page.url.startswith(person.address) and "pwned" not in person.page.title()
    blocked = [
        note
        for note in person.noted
        if "sandbox" in note or "Content Security Policy" in note or "Content-Security-Policy" in note
    ]
    person.noted = [note for note in person.noted if note not in blocked]


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_the_screen(browser: Any, address: str, archive: Path, width: int) -> None:
    someone = Person(browser, address, width=width)
    report, capture = identity(archive, "version = 2")
    organ = report.rsplit("-", 1)[0]
    for path in (*COMMON, "/problems/edits", f"/report/{report}", f"/organ/{organ}", f"/archive/{capture}",
                 f"/gongkai/report/{report}", "/portal/lanchuan"):  # fmt: skip
        someone.go(path)
        assert someone.page.evaluate("document.documentElement.scrollWidth") <= width, path
    someone.context.close()
    assert someone.noted == []


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_accessible(browser: Any, address: str, archive: Path, language: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    someone = Person(browser, address, language=language)
    report, capture = identity(archive, "verdict = 'inconsistent'")
    organ = report.rsplit("-", 1)[0]
    axe = Axe()
    found = {}
    own = (f"/report/{report}", f"/organ/{organ}")
    more = (*COMMON, f"/archive/{capture}", f"/gongkai/report/{report}", "/portal/lanchuan", "/problems/inconsistent")
    for path in (*own, *(more if language == "zh-CN" else ("/", "/indicators/new_received", "/problems/inconsistent"))):
        someone.go(path)
        result = axe.run(someone.page)
        wrong = [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in result.response["violations"]]
        if wrong:
            found[path] = wrong
    someone.context.close()
    assert found == {}, json.dumps(found, indent=1, ensure_ascii=False)


def test_keyboard_reaches_the_content(person: Person) -> None:
    person.go("/")
    person.page.keyboard.press("Tab")
    assert person.page.evaluate("document.activeElement.className") == "skip"
    person.page.keyboard.press("Enter")
    assert person.page.url.endswith("#content")
