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

COMMON = ("/", "/places", "/indicators", "/indicators/new_received", "/indicators/concentration", "/outcomes",
          "/problems", "/problems/corrections", "/search?q=公开", "/codebook", "/gongkai",
          "/gongkai/panel?_facet=verdict")  # fmt: skip


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
    assert "则各式成立" in person.page.inner_text(".findings li:last-child")
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


def test_compare_two_organs_by_their_names(person: Person) -> None:
    person.go("/indicators/new_received")
    for initials, name in (("lcsjyj", "澜川市教育局"), ("lcsrmzf", "澜川市人民政府")):
        person.page.fill("#find", initials)
        person.page.click("#compare button")
        person.page.wait_for_load_state("networkidle")
        person.page.click(f"#compare .chips a:has-text('{name}') >> nth=0")
        person.page.wait_for_load_state("networkidle")
    assert person.page.locator("#compare .chosen").count() == 2
    figure = person.page.locator("#compare figure.chart[data-drawn=yes]")
    figure.wait_for()
    with person.page.expect_download() as download:
        figure.locator("[data-save=csv]").click()
    rows = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "澜川市教育局" in rows and "澜川市人民政府" in rows
    person.page.click("#compare .chosen .cross >> nth=0")
    person.page.wait_for_load_state("networkidle")
    assert person.page.locator("#compare .chosen").count() == 1


def test_rank_a_province_and_open_the_first(browser: Any, generated_address: str) -> None:
    someone = Person(browser, generated_address)
    someone.go("/indicators/disclosure_rate_partly")
    someone.page.select_option("select[name=province]", "110000")
    someone.page.select_option("select[name=year]", "2024")
    someone.page.click("form.filters button")
    someone.page.wait_for_load_state("networkidle")
    someone.page.locator("figure.chart[data-name*=ranking][data-drawn=yes]").wait_for()
    someone.page.click("text=以表格显示")
    first = someone.page.locator("details table >> nth=1").locator("tbody a").first
    name = first.inner_text()
    first.click()
    someone.page.wait_for_load_state("networkidle")
    assert name in someone.page.inner_text("h1") and "2024" in someone.page.inner_text("h1")
    someone.context.close()
    assert someone.noted == []


def test_from_a_cell_of_the_matrix_to_its_reports(browser: Any, generated_address: str) -> None:
    someone = Person(browser, generated_address)
    someone.go("/")
    cell = someone.page.locator("table.matrix tbody td a").first
    found = cell.inner_text()
    cell.click()
    someone.page.wait_for_load_state("networkidle")
    assert someone.page.inner_text(".page-tools strong").startswith(f"{found} ")
    someone.context.close()
    assert someone.noted == []


def test_a_search_is_narrowed_and_its_words_are_marked(browser: Any, generated_address: str) -> None:
    someone = Person(browser, generated_address)
    someone.go("/search")
    for query in ("议", "复议", "主动公开"):
        someone.page.fill("#q", query)
        someone.page.select_option("select[name=year]", "2023")
        someone.page.select_option("select[name=section]", "五")
        someone.page.select_option("select[name=province]", "110000")
        someone.page.click("form[role=search] button")
        someone.page.wait_for_load_state("networkidle")
        hits = someone.page.locator(".hit")
        assert hits.count() > 0, query
        for at in range(hits.count()):
            assert "2023" in hits.nth(at).locator("h3").inner_text()
            assert query in hits.nth(at).locator("mark").all_inner_texts(), query
    someone.context.close()
    assert someone.noted == []


def test_a_report_is_cited_and_stands_beside_the_years_around_it(person: Person, archive: Path) -> None:
    report, _ = identity(archive, "year = 2022 AND verdict = 'verified'")
    person.go(f"/report/{report}")
    cited = person.page.inner_text("pre.cite >> nth=0")
    assert f"{person.address}/report/{report}" in cited and "2026-04-01" in cited
    person.page.click("text=BibTeX")
    assert "@techreport{" in person.page.inner_text("pre.cite >> nth=1")
    years = person.page.locator("table.beside thead th").all_inner_texts()
    assert years[1:] == ["2021", "2022", "2023"]
    person.page.click("table.beside thead a:has-text('2023')")
    assert person.page.url.endswith("-2023")


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


PROVINCES = (
    "/", "/places", "/place/110000", "/indicators/review_corrected_rate?basis=county-government",
    "/indicators/disclosure_rate?province=110000&find=s", "/indicators/late_share?basis=county-department",
    "/outcomes", "/problems/late", "/problems/missing", "/gongkai/check", "/gongkai/panel?_facet=kind",
)  # fmt: skip


@pytest.mark.parametrize("width", [390, 1280])
def test_accessible_where_there_are_all_provinces(browser: Any, generated_address: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    someone, axe, found = Person(browser, generated_address, width=width), Axe(), {}
    for path in PROVINCES:
        someone.go(path)
        wrong = [
            f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in axe.run(someone.page).response["violations"]
        ]
        if someone.page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append("wider than the screen")
        if wrong:
            found[path] = wrong
    someone.context.close()
    assert found == {} and someone.noted == [], json.dumps(found, indent=1, ensure_ascii=False)


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


@pytest.mark.parametrize("width", [390, 1280])
def test_the_panel_of_a_province_and_what_its_counties_lack(
    browser: Any, generated_address: str, generated: Path, width: int
) -> None:
    with sqlite3.connect(generated) as connection:
        province, lacking = connection.execute(
            "SELECT d.province, d.code FROM missing m JOIN division d ON d.code = m.division WHERE d.level = 'county'"
        ).fetchone()
        rows = connection.execute("SELECT count(*) FROM panel WHERE province = ?", (province,)).fetchone()[0]
    someone = Person(browser, generated_address, width=width)
    someone.go("/places")
    someone.page.click(f"a[href='/place/{province}'] >> nth=0")
    with someone.page.expect_download() as download:
        someone.page.click("a[href*='panel.csv']")
    assert len(Path(download.value.path()).read_text("utf-8-sig").splitlines()) == rows + 1
    someone.go(f"/place/{lacking}")
    someone.page.click(f"a[href='/problems/missing?place={lacking}']")
    someone.page.wait_for_load_state("networkidle")
    assert someone.page.locator("main tbody tr").count() > 0
    someone.page.click("main .chips a:has-text('2024')")
    someone.page.wait_for_load_state("networkidle")
    assert f"place={lacking}" in someone.page.url and "year=2024" in someone.page.url
    someone.context.close()
    assert someone.noted == []
