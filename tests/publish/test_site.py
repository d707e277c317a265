"""The site's pages over a real archive and a generated database, asked as a browser would."""

from __future__ import annotations

import asyncio
import hashlib
import html
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
from datasette.database import QueryInterrupted

from pipelines.store.content import pack, unpack
from publish import codebook, finding, overview, report_page
from publish.serve import NoDatabase, PortTaken, build, serve
from tests.publish.conftest import Get, client_of, identity

PAGES = [
    "/", "/places", "/indicators", "/indicators/new_received", "/indicators/disclosure_rate_partly?verified=1",
    "/problems", "/problems/inconsistent",
    "/problems/edits", "/problems/late", "/problems/missing", "/problems/portals", "/problems/repeated", "/search",
    "/search?q=公开", "/codebook",
    "/gongkai", "/gongkai/report", "/gongkai/panel?_facet=verdict&_facet=province", "/gongkai/figures",
    "/gongkai/section?_search=复议",
    "/gongkai/organ?_search=szf", "/gongkai/applications", "/gongkai/figure_long", "/gongkai/missing",
    "/gongkai/check", "/gongkai/item", "/feed.atom", "/outcomes", "/outcomes?kind=department",
    "/search?q=复议&section=五&year=2023",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_answers_in_both_languages(get: Get, get_generated: Get, path: str, language: str) -> None:
    for ask in (get, get_generated):
        answer = ask(path, headers={"cookie": f"gongkai_lang={language}"})
        assert answer.status_code == 200, answer.text[:300]
        if path != "/feed.atom":
            assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in answer.text
        assert "Undefined" not in answer.text
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_language_by_address_cookie_and_browser(get: Get) -> None:
    assert "set-cookie" in get("/?lang=en").headers
    assert 'lang="en"' in get("/?lang=en").text[:80]
    assert 'lang="en"' in get("/", headers={"accept-language": "en-GB,en;q=0.9"}).text[:80]
    assert 'lang="zh-CN"' in get("/", headers={"accept-language": "fr"}).text[:80]
    table = get("/gongkai/report?lang=en")  # not a filter on a column called lang
    assert table.status_code == 200 and "Reports" in table.text


def test_a_report_shows_figures_checks_versions_and_citation(get: Get, archive: Path) -> None:
    wrong, _ = identity(archive, "verdict = 'inconsistent'")
    text = get(f"/report/{wrong}").text
    assert "自相矛盾" in text and "横向合计" in text and "相差 3" in text
    assert re.search(r'class="figure [^"]*failed[^"]*"[^>]*id="applications_granted_total"', text)
    edited, _ = identity(archive, "version = 2")
    text = get(f"/report/{edited}?lang=en").text
    assert "Changed cells" in text and "@techreport" in text and "Version 1" in text
    assert re.search(r'class="figure [^"]*changed[^"]*"[^>]*id="applications_granted_natural_person"', text)
    assert get("/report/nobody-2024").status_code == 404


def test_the_page_shows_the_figures_of_the_database(get: Get, archive: Path) -> None:
    verified, _ = identity(archive, "verdict = 'verified' AND form_applications = '2021'")
    connection = sqlite3.connect(archive / "snapshot.db")
    connection.row_factory = sqlite3.Row
    row = connection.execute("SELECT * FROM figures WHERE report = ?", (verified,)).fetchone()
    connection.close()
    text = get(f"/report/{verified}").text
    shown = dict(re.findall(r'id="(\w+)"><a [^>]*>([^<]*)', text))
    compared = 0
    for code in row.keys():  # noqa: SIM118  a Row iterates over its values
        if code in shown and row[code] is not None:
            assert float(shown[code].replace(",", "")) == pytest.approx(row[code]), code
            compared += 1
    assert compared > 150


def test_a_cell_leads_to_the_marked_cell(get: Get, archive: Path) -> None:
    for where, picture in (
        ("reader = 'html' AND version = 1", False),
        ("reader = 'docx'", False),
        ("reader = 'pdf'", True),
    ):
        report, capture = identity(archive, f"{where} AND verdict = 'verified'")
        connection = sqlite3.connect(archive / "snapshot.db")
        code = "applications_new_received_natural_person"
        value = connection.execute(f"SELECT {code} FROM figures WHERE report = ?", (report,)).fetchone()[0]
        connection.close()
        query = f"report={report}&cell={code}"
        page = get(f"/archive/{capture}?{query}")
        assert page.status_code == 200 and "已在下面的存档页面上标出" in page.text, where
        if picture:
            number = re.findall(r"page=(\d+)", page.text)[0]
            shown = get(f"/-/picture/{capture}?{query}&page={number}")
            assert shown.headers["content-type"] == "image/png" and shown.content[:4] == b"\x89PNG"
        elif "docx" not in where:
            marked = get(f"/-/page/{capture}?{query}").text
            assert re.search(rf'id="gongkai-cell"[^>]*>\s*{value}\s*<', marked)
        else:
            assert re.search(rf'id="gongkai-cell"><mark>{value}</mark>', page.text)


def test_raw_bytes_are_exact_and_boxed_in(get: Get, archive: Path) -> None:
    _, capture = identity(archive, "title LIKE '%公安局%' OR reader = 'html'")
    answer = get(f"/-/raw/{capture}")
    connection = sqlite3.connect(archive / "snapshot.db")
    digest, size = connection.execute("SELECT digest, size FROM capture WHERE id = ?", (capture,)).fetchone()
    connection.close()
    assert f"sha256:{hashlib.sha256(answer.content).hexdigest()}" == digest and len(answer.content) == size
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert "memento-datetime" in answer.headers and answer.headers["x-content-type-options"] == "nosniff"
    assert get("/-/raw/0000").status_code == 404


def test_timemap_lists_every_capture(get: Get, archive: Path) -> None:
    _, capture = identity(archive, "version = 2")
    answer = get(f"/-/timemap/{capture}")
    assert answer.headers["content-type"].startswith("application/link-format")
    assert answer.text.count('memento"') == 2 and 'rel="original"' in answer.text


def test_closed_doors(get: Get) -> None:
    for path in (
        "/-/plugins",
        "/-/databases.json",
        "/-/threads.json",
        "/-/settings",
        "/_internal",
        "/gongkai.db",
        "/-/allow-debug",
    ):
        assert get(path).status_code in (403, 404), path
    refused = get("/gongkai?sql=select+1&lang=en")
    assert refused.status_code == 403 and "takes no SQL" in refused.text
    assert get("/gongkai.json?sql=select+zeroblob(900000000)").status_code == 403
    assert get("/gongkai/report?_where=1=1").status_code == 403
    for path in ("/assets/../serve.py", "/assets/%2e%2e/serve.py", "/-/raw/../../etc/passwd"):
        assert get(path).status_code in (302, 400, 403, 404), path


STRANGE = {
    "/problems/late?year=abc&page=-1": 200, "/problems/late?page=99999999999": 200, "/problems/nope": 404,
    "/search?q=%00&year=-1&page=1e9&section=x": 200, "/indicators/new_received?year=abc&basis=x&province=9": 200,
    "/indicators/new_received?organ=nope&organ=%3Cb%3E&find=%22%27%3Cb%3E": 200, "/indicators/nope": 404,
    "/outcomes?kind=%00": 200, "/report/nope": 404, "/report/%00": 404, "/organ/x%2F..%2F": 404, "/place/999999": 404,
    "/portal/nope": 404, "/archive/nope": 404, "/gongkai/nope": 404, "/gongkai/panel/nope": 404,
    "/gongkai/panel?_size=-1": 400, "/gongkai/panel?_size=999999": 400, "/gongkai/panel?_sort=nope": 400,
    "/gongkai/panel?_col=nope": 400, "/gongkai/panel?_next=nope": 200,
    "/gongkai/search": 400, "/gongkai/sqlite_master": 404,
}  # fmt: skip


@pytest.mark.parametrize("path", STRANGE)
def test_a_strange_address_gets_one_clear_page(get: Get, path: str) -> None:
    answer = get(path, headers={"accept-language": "en"})
    assert answer.status_code == STRANGE[path], answer.text[:300]
    assert "Traceback" not in answer.text and "Undefined" not in answer.text
    if answer.status_code >= 400:
        assert answer.text.count("<h1>") == 1 and "Back to the front page" in answer.text


@pytest.mark.parametrize("columns", ["_col=organ", "_nocol=year", "_col=organ&_sort_desc=new_received"])
def test_leaving_columns_out_loses_no_row(get_generated: Get, generated: Path, columns: str) -> None:
    connection = sqlite3.connect(generated)
    everything = {row[0] for row in connection.execute("SELECT report FROM panel WHERE year = 2024")}
    connection.close()
    path, seen = f"/gongkai/panel.json?year__exact=2024&_size=100&{columns}", set()
    while path:
        answer = get_generated(path).json()
        seen |= {row[0] for row in answer["rows"]}
        path = (answer["next_url"] or "").partition("localhost")[2]
    assert seen == everything


def test_a_government_below_without_a_code_does_not_pass_for_the_place() -> None:
    one, two = {"a": "钦州市人民政府", "b": "云梧县人民政府"}, {"b": "襄樊市人民政府"}
    assert overview._its_own("钦州市", one) == "a"
    assert overview._its_own("襄阳市", two) == "b"  # its only one, under an earlier name
    assert overview._its_own("北海市", one) is None


def test_filters_are_described_in_chinese_and_values_left_alone(get_generated: Get) -> None:
    page = get_generated("/gongkai/panel?year__gt=2022&organ_name__contains=year, and&_sort=days_late&lang=zh").text
    told = html.unescape(re.search(r'class="muted">([^<]*)</span>', page)[1])  # type: ignore[index]
    assert told == '机关名称 含 "year, and"，年度 > 2022；按 迟发天数 升序'


def test_values_that_eat_memory_are_refused(archive: Path) -> None:
    datasette = build(archive)

    async def ask() -> None:
        await datasette.get_database("gongkai").execute("select zeroblob(900000000)")

    with ThreadPoolExecutor(1) as thread, pytest.raises(sqlite3.DataError, match="too big"):
        thread.submit(lambda: asyncio.run(ask())).result()


@pytest.mark.parametrize("table", ["report", "panel"])
@pytest.mark.parametrize("sort", ["_sort=year", "_sort_desc=year", "_sort=published", "_sort_desc=days_late"])
def test_no_row_is_lost_over_all_pages(get_generated: Get, generated: Path, table: str, sort: str) -> None:
    connection = sqlite3.connect(generated)
    total = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    connection.close()
    key = "id" if table == "report" else "report"
    seen: list[str] = []
    path: str | None = f"/gongkai/{table}.json?{sort}&_size=100&_shape=objects"
    while path:
        page = get_generated(path).json()
        seen += [row[key] for row in page["rows"]]
        path = page["next_url"] and page["next_url"].replace("http://localhost", "")
    assert len(seen) == len(set(seen)) == total
    stream = get_generated(f"/gongkai/{table}.csv?{sort}&_stream=on&_size=max").text
    assert len({line.split(",")[0] for line in stream.splitlines()[1:]}) == total


def test_csv_for_excel_has_a_byte_order_mark(get: Get) -> None:
    answer = get("/gongkai/organ.csv?_stream=on&_bom=on")
    assert answer.content.startswith("\ufeffid,name".encode())
    assert not get("/gongkai/organ.csv?_stream=on").content.startswith("\ufeff".encode())
    assert answer.headers["access-control-allow-origin"] == "*"


def test_search_finds_one_character_names_and_initials(get: Get) -> None:
    assert "<mark>复议</mark>" in get("/search?q=复议").text
    assert "<mark>议</mark>" in get("/search?q=议").text
    assert "澜川市教育局" in get("/search?q=lcsjyj").text
    assert "澜川市教育局" in get("/search?q=教育局").text
    rows = get("/gongkai/organ.json?_search=lcs&_shape=objects").json()["rows"]
    assert rows and all("澜川市" in row["name"] for row in rows)
    for typed in ('"', "AND", "*", "(", "'; drop table report", "公开 AND", "%", "\u0000"):
        assert get("/search", params={"q": typed}).status_code == 200, typed
        assert get("/gongkai/section", params={"_search": typed}).status_code == 200, typed


def test_a_new_snapshot_is_seen_without_a_restart(archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "snapshot.db"
    shutil.copy(archive / "snapshot.db", file)
    datasette = build(tmp_path, file=file)
    ask = client_of(datasette)
    before = ask("/gongkai/report.json?_size=1").json()["filtered_table_rows_count"]
    other = tmp_path / "next.db"
    shutil.copy(file, other)
    connection = sqlite3.connect(other)
    victim = connection.execute("SELECT id FROM report LIMIT 1").fetchone()[0]
    for table in ("figures", "panel", "section", '"check"', "contact", "report_version", "report_address",
    "figure_change", "attachment", "cell_note",
                  "narrative", "problem"):  # fmt: skip
        connection.execute(f"DELETE FROM {table} WHERE report = ?", (victim,))
    connection.execute("DELETE FROM report WHERE id = ?", (victim,))
    connection.commit()
    connection.close()
    other.replace(file)
    datasette.gongkai_site.database.looked = 0
    after = ask("/gongkai/report.json?_size=1&_nocount=0").json()["filtered_table_rows_count"]
    assert after == before - 1
    assert ask(f"/report/{victim}").status_code == 404


def test_a_database_that_a_crawl_writes_is_served_without_complaints(
    archive: Path, capfd: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    ask = client_of(build(archive, file=archive / "gongkai.db", immutable=False))
    assert [ask(path).status_code for path in ("/", "/gongkai", "/gongkai/report", "/gongkai.json")] == [200] * 4
    assert "ERROR" not in capfd.readouterr().err


def test_without_a_database_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(NoDatabase, match="crawl first"):
        build(tmp_path)


def test_feed_is_well_formed(get: Get) -> None:
    from lxml import etree

    tree = etree.fromstring(get("/feed.atom").content)
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert len(tree.findall("a:entry", names)) > 10
    assert all(entry.findtext("a:id", namespaces=names) for entry in tree.findall("a:entry", names))


def test_english_pages_explain_in_english(get: Get, archive: Path) -> None:
    wrong, _ = identity(archive, "verdict = 'inconsistent'")
    for path in (f"/report/{wrong}", "/problems/inconsistent"):
        text = get(path, headers={"cookie": "gongkai_lang=en"}).text
        sums = re.findall(r'class="(?:sum|muted small)">([^<]*together[^<]*)<', text)
        assert sums, path
        assert not any(re.search("[\u4e00-\u9fff]", each) for each in sums), path


def test_organs_without_a_division_stand_by_portal(get: Get) -> None:
    assert 'href="/portal/lanchuan"' in get("/places").text and 'href="/portal/lanchuan"' in get("/").text
    page = get("/portal/lanchuan").text
    assert "澜川市教育局" in page and 'class="v-inconsistent"' in page
    assert get("/portal/nobody").status_code == 404


def test_a_row_that_the_page_lacks_is_not_a_blank(archive: Path) -> None:
    connection = sqlite3.connect(archive / "snapshot.db")
    identity_, _ = identity(archive, "verdict = 'verified' AND form_applications = '2021'")
    content = connection.execute("SELECT content FROM report WHERE id = ?", (identity_,)).fetchone()[0]
    record = unpack(connection.execute("SELECT record FROM content WHERE digest = ?", (content,)).fetchone()[0])
    kept = [cell for cell in record.cells if cell.row != "granted"]
    fewer = msgspec.structs.replace(record, cells=kept)
    connection.execute("UPDATE content SET record = ? WHERE digest = ?", (pack(fewer).blob, content))
    connection.execute("UPDATE figures SET applications_granted_total = NULL WHERE report = ?", (identity_,))
    page = report_page.assemble(connection, identity_)
    connection.rollback()
    connection.close()
    assert page is not None
    table = next(each for each in page.tables if not isinstance(each, str) and each.table == "applications")
    assert table.cells["applications_granted_total"].state == "absent"
    assert table.cells["applications_new_received_total"].state == "number"


def test_a_common_word_is_found_newest_first(generated: Path) -> None:
    connection = sqlite3.connect(generated)
    hits = finding.find(connection, "申请").sections
    assert len(hits) == finding.LIMIT and {hit["year"] for hit in hits} == {2025}
    kept = finding.find(connection, "申请", year=2020, section="五").sections
    assert kept and {(hit["year"], hit["number"]) for hit in kept} == {(2020, "五")}
    connection.close()


def test_sorted_columns_have_an_index_both_ways(generated: Path) -> None:
    connection = sqlite3.connect(generated)
    for name, table in codebook.tables().items():
        keys = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")') if row[5]]
        for column in table.sortable or ():
            for way in ("", " DESC"):
                order = ", ".join([f'"{column}"{way}', *(f'"{key}"' for key in keys)])
                plan = connection.execute(f'EXPLAIN QUERY PLAN SELECT * FROM "{name}" ORDER BY {order} LIMIT 50')
                assert not any("TEMP B-TREE" in row[3] for row in plan), (name, column, way)
    connection.close()


def test_the_search_box_walks_the_index_and_finds_the_same(get_generated: Get, generated: Path) -> None:
    connection = sqlite3.connect(generated)
    expected = [
        row[0] for row in connection.execute("SELECT id FROM section WHERE instr(title || text, '复议') ORDER BY id")
    ]
    connection.close()
    found: list[int] = []
    path: str | None = "/gongkai/section.json?_search=复议&_size=1000&_shape=objects"
    while path:
        page = get_generated(path).json()
        assert page["filtered_table_rows_count"] == len(expected)
        found += [row["id"] for row in page["rows"]]
        path = page["next_url"] and page["next_url"].replace("http://localhost", "")
    assert found == expected


def test_a_taken_port_is_one_line(archive: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(PortTaken, match="choose another --port"):
            serve(archive, port=other.getsockname()[1])


def test_serve_says_where_it_is_and_ends_quietly(archive: Path) -> None:
    program = "import sys; from pathlib import Path; from publish.serve import serve; serve(Path(sys.argv[1]), port=0)"
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(archive)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert re.match(r"serving http://127\.0\.0\.1:\d+/ ", line)
    process.send_signal(signal.SIGINT)
    _, complaints = process.communicate(timeout=30)
    assert process.returncode == 0 and complaints == ""


def test_every_facet_has_an_index(generated: Path) -> None:
    connection = sqlite3.connect(generated)
    for name, table in codebook.tables().items():
        if connection.execute("SELECT type FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0] != "table":
            continue
        indexes = [row[1] for row in connection.execute(f'PRAGMA index_list("{name}")') if not row[4]]
        leading = {connection.execute(f'PRAGMA index_info("{each}")').fetchone()[2] for each in indexes}
        assert set(table.facets) <= leading, name
    connection.close()


def test_years_of_a_facet_stand_from_the_newest(get_generated: Get) -> None:
    page = get_generated("/gongkai/panel?_facet=year").text
    shown = re.search(r'facet-info".*?</div>', page, re.DOTALL)
    assert shown
    assert re.findall(r">(20\d\d)</a>", shown[0]) == [str(year) for year in range(2025, 2018, -1)]
    assert get_generated("/gongkai/panel?_facet_array=year").status_code in (200, 400)


def test_our_corrections_stand_on_their_page_the_reports_and_the_feed(archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "snapshot.db"
    shutil.copy(archive / "snapshot.db", file)
    connection = sqlite3.connect(file)
    report, year = connection.execute("SELECT id, year FROM report ORDER BY id").fetchone()
    seen = ("2026-06-01T00:00:00Z", report, "甲局", year)
    lost = ("2026-06-02T00:00:00Z", "gone-2020", "<b>乙局</b>", 2020)
    connection.executemany(
        "INSERT INTO correction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '1.0', '1.1')",
        [(*seen, "applications", "granted", "natural_person", 18, 78), (*seen, "report", "", "verdict", "verified",
         "inconsistent"), (*lost, "report", "", "verdict", "verified", None)],
    )  # fmt: skip
    connection.commit()
    connection.close()
    get = client_of(build(tmp_path, file=file, immutable=True))
    page = get("/problems/corrections?lang=zh").text
    assert "<del>18</del>" in page and "<ins>78</ins>" in page and "<del>已核验</del>" in page
    assert "&lt;b&gt;乙局" in page and 'href="/report/gone-2020"' not in page
    assert "甲局" not in get("/problems/corrections?year=2020").text
    assert "<ins>78</ins>" in get(f"/report/{report}").text
    assert f"/report/{report}#corrected-2026-06-01T00:00:00Z" in get("/feed.atom").text
    assert get("/gongkai/correction.json?_shape=array").json()[0]["report"] == "gone-2020"


def test_search_finds_places_by_name_pinyin_and_english(get: Get) -> None:
    for query in ("浙江", "zhejiang", "Zhejiang"):
        assert 'href="/place/330000"' in get(f"/search?q={query}").text, query
    assert 'href="/place/330100"' in get("/search?q=hangzhou").text
    assert "/place/" not in get("/search?q=%25").text


def test_problems_of_a_place_are_those_of_it_and_of_all_below(get_generated: Get, generated: Path) -> None:
    connection = sqlite3.connect(generated)
    province, county = connection.execute(
        "SELECT province, division FROM panel WHERE level = 'county' AND province IS NOT NULL"
    ).fetchone()
    for kind, of in (("late", "panel WHERE days_late > 0 AND"), ("missing", "missing WHERE")):
        for place, column in ((province, "substr(division, 1, 2) || '0000'"), (county, "division")):
            asked = f"SELECT count(*) FROM {of} {column} = ?"
            expected = min(50, connection.execute(asked, (place,)).fetchone()[0])
            page = get_generated(f"/problems/{kind}?place={place}").text
            assert page.count("<tr><td>") == expected, (kind, place)
            assert f'href="/problems/{kind}?place={place}&amp;year=2024"' in page
    page = get_generated(f"/place/{province}").text
    assert (
        f"/gongkai/panel.csv?province__exact={province}&amp;" in page and f"/problems/missing?place={province}" in page
    )
    assert get_generated("/problems/late?place=nowhere'--").status_code == 200
    connection.close()


def test_a_page_that_is_kept_is_kept_by_language(get: Get) -> None:
    for path in ("/", "/places"):
        chinese, english = (get(f"{path}?lang={spoken}").text for spoken in ("zh", "en"))
        assert 'lang="zh-CN"' in chinese and '<html lang="en">' in english
        assert get(f"{path}?lang=zh").text == chinese


def test_what_took_too_long_is_not_asked_again_at_once(generated: Path) -> None:
    datasette = build(generated.parent, file=generated, immutable=True)
    database = datasette.get_database("gongkai")
    slow = "select count(*) from (with recursive n(i) as (select 1 union all select i + 1 from n) select i from n)"

    async def ask() -> list[float]:
        await datasette.invoke_startup()
        took = []
        for _ in range(2):
            started = time.process_time()
            with pytest.raises(QueryInterrupted):
                await database.execute(slow, custom_time_limit=200)
            took.append(time.process_time() - started)
        return took

    first, second = asyncio.run(ask())
    assert second < first / 4
