"""What a portal writes is text, wherever the site shows it."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from publish.export.spreadsheet_safe import safe
from publish.serve import build
from publish.words import web_link
from tests.publish.conftest import Get, client_of, served
from tests.publish.reader import Person
from tests.publish.small_archive import HOSTILE

TEXT_COLUMNS = {
    "report": ["title", "published", "url"], "organ": ["name"], "section": ["title", "text"], "attachment": ["url",
    "name"],
    "contact": ["name", "address", "phones", "emails", "websites"], "portal": ["name", "home"], "division": ["name",
    "full_name", "name_en"],
    "problem": ["message", "place", "code"], "capture": ["url", "anchor", "media_type"], "report_address": ["url"],
}  # fmt: skip


# Text that turns the direction of what follows it, words that no line can hold, signs that XML forbids.
UNRULY = HOSTILE + "\u202e倒" + "长" * 90 + "w" * 170 + "😀👩‍👩‍👧" + "\x00\x07"


@pytest.fixture(scope="module")
def poisoned_site(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The small archive's site with hostile text in every scraped field of every row."""
    file = tmp_path_factory.mktemp("poisoned") / "snapshot.db"
    source = sqlite3.connect(archive / "snapshot.db")
    source.execute("VACUUM INTO ?", (str(file),))
    source.close()
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA foreign_keys = OFF")
    for table, columns in TEXT_COLUMNS.items():
        for column in columns:
            if (table, column) == ("report_address", "url"):
                connection.execute("UPDATE report_address SET url = ? || url", ("javascript:" + UNRULY,))
            else:
                connection.execute(f'UPDATE "{table}" SET "{column}" = ? || COALESCE("{column}", \'\')', (UNRULY,))
    connection.execute("UPDATE panel SET organ_name = ?", (UNRULY,))
    connection.execute("UPDATE figure_change SET before_raw = ?, after_raw = ?", (UNRULY, UNRULY))
    connection.commit()
    connection.close()
    return build(archive, file=file, immutable=True)


@pytest.fixture(scope="module")
def poisoned(poisoned_site: Any) -> Get:
    """Ask that site."""
    return client_of(poisoned_site)


def paths_of(archive: Path) -> list[str]:
    """Every kind of page that shows what a portal wrote."""
    connection = sqlite3.connect(archive / "snapshot.db")
    reports = [
        row[0]
        for row in connection.execute(
            "SELECT id FROM report WHERE version = 2 OR verdict = 'inconsistent' OR year = 2024"
        )
    ]
    organs = [row[0] for row in connection.execute("SELECT id FROM organ LIMIT 3")]
    captures = [row[0] for row in connection.execute("SELECT capture FROM report WHERE year = 2024 LIMIT 3")]
    connection.close()
    return [
        "/", "/places", "/search?q=alert", "/problems", "/problems/inconsistent", "/problems/edits", "/problems/late",
        "/problems/portals",
        "/problems/repeated", "/feed.atom", *(f"/gongkai/{table}" for table in TEXT_COLUMNS), "/gongkai/panel",
        "/gongkai/figure_change",
        "/gongkai/section?_search=alert", *(f"/report/{each}" for each in reports),
        *(f"/organ/{each}" for each in organs),
        *(f"/gongkai/report/{each}" for each in reports[:2]), *(f"/archive/{each}" for each in captures),
        *(f"/indicators/new_received?organ={each}" for each in organs), "/indicators/new_received?find=x", "/outcomes",
        "/portal/lanchuan",
    ]  # fmt: skip


def test_no_field_breaks_out(poisoned: Get, archive: Path) -> None:
    for path in paths_of(archive):
        answer = poisoned(path)
        assert answer.status_code == 200, path
        text = answer.text
        assert "<script>alert" not in text and "<img src=x" not in text, path
        assert not re.search(r"""(href|src|action)=["']?\s*javascript:""", text, re.IGNORECASE), path
        assert "49=HYPERLINK" not in text, f"{path} evaluates templates in data"
        if "/report/" in path or "/organ/" in path:
            assert "&lt;script&gt;" in text, f"{path} lost the text"


def test_the_feed_is_xml_whatever_a_portal_wrote(poisoned: Get) -> None:
    feed = ElementTree.fromstring(poisoned("/feed.atom").text)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) > 10


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_unruly_text_stays_in_its_place(poisoned_site: Any, browser: Any, archive: Path, width: int) -> None:
    """No script runs, nothing is asked of another host, and no page becomes wider than the screen."""
    with served(poisoned_site) as address:
        someone = Person(browser, address, width=width)
        for path in paths_of(archive):
            if path == "/feed.atom":
                continue
            someone.go(path)
            assert someone.page.evaluate("document.documentElement.scrollWidth") <= width, path
        someone.context.close()
        assert someone.noted == []


def test_replayed_pages_run_and_load_nothing(get: Get, archive: Path) -> None:
    connection = sqlite3.connect(archive / "snapshot.db")
    hostile = [row[0] for row in connection.execute("SELECT id FROM capture WHERE rule IN ('report', 'recheck')")]
    connection.close()
    for capture in hostile:
        answer = get(f"/-/page/{capture}")
        assert "<script" not in answer.text.lower() and "http-equiv" not in answer.text.lower()
        assert " onerror=" not in re.sub(r"&lt;.*?&gt;", "", answer.text.lower())
        assert "evil.example/x.png" not in answer.text
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("sandbox;") and "allow-scripts" not in policy and "default-src 'none'" in policy


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "//evil", "file:///etc/passwd"],
)
def test_only_web_addresses_become_links(address: str) -> None:
    assert "<a" not in web_link(address)


def test_formulas_are_text() -> None:
    assert safe('=HYPERLINK("x")') == '\'=HYPERLINK("x")'
    assert safe("-1+1") == "'-1+1" and safe("@SUM(A1)") == "'@SUM(A1)" and safe("\t=1") == "'\t=1"
    assert safe("-") == "-" and safe("钦州") == "钦州" and safe("") == ""
