"""Captures become rows: reports, addresses, versions, what has gone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from demo.figures import balanced
from demo.render import html
from pipelines.store import Store
from reports.forms import figures
from tests.pipelines.portal_desk import as_pdf, crawl, linking_page, page, report

URL = "http://www.shuyang.gov.cn/jyj/gknb/t1.html"


def one(store: Store, sql: str, *values: object) -> tuple[object, ...]:
    rows = store.connection.execute(sql, values).fetchall()
    assert len(rows) == 1, rows
    return tuple(rows[0])


def test_a_report_with_all_its_figures(archive: Path) -> None:
    written = report()
    with crawl(archive) as visit:
        capture = visit.get(URL, page(written))
    with Store.open(archive) as store:
        assert store.catch_up() == 1
        found = one(store, "SELECT year, verdict, capture, url, version, gone_since, portal FROM report")
        assert found == (2024, "verified", capture.id, URL, 1, None, "shuyang")
        assert one(store, "SELECT name, division, kind FROM organ") == ("沭阳县教育局", "321322", "education")
        assert written.figures is not None
        columns = ", ".join(each.code for each in figures())
        stored = dict(zip((each.code for each in figures()), one(store, f"SELECT {columns} FROM figures"), strict=True))
        assert {code: value for code, value in stored.items() if value is not None} == {
            code: value for code, value in written.figures.values.items() if value is not None
        }


@pytest.mark.parametrize("escaped", [False, True])
def test_a_report_that_a_script_is_answered(escaped: bool, archive: Path) -> None:
    """The page is a shell; its script draws the article from JSON. What answers for a list is none."""
    written = report()
    answer = {
        "code": 0,
        "data": {"title": written.title, "pubDate": str(written.published), "content": html.article(written)},
    }
    article = json.dumps(answer, ensure_ascii=escaped).encode()
    with crawl(archive) as visit:
        visit.get(f"{URL}?list", article, media_type="application/json", rule="page 1 of the list")
        visit.get(f"{URL}?id=4", b'{"data": {"title": "%s"}}' % written.title.encode(), media_type="application/json")
        visit.get(f"{URL}?id=3", article, media_type="application/json", rule="the article that a shell asks for")
    with Store.open(archive) as store:
        store.catch_up()
        assert one(store, "SELECT year, verdict, url FROM report") == (2024, "verified", f"{URL}?id=3")


def test_the_same_crawl_twice_changes_nothing(archive: Path) -> None:
    with crawl(archive) as visit:
        visit.get(URL, page(report()))
    with Store.open(archive) as store:
        store.catch_up()
        store.refresh()
        changes = store.connection.total_changes
        for capture in visit.captures:
            assert store.ingest(capture) == []
        assert store.catch_up() == 0
        assert store.connection.total_changes == changes


def test_counters_and_dates_are_no_edit(archive: Path) -> None:
    with crawl(archive) as visit:
        visit.get(URL, page(report(), noise="12"))
    with crawl(archive, day=7) as later:
        later.get(URL, page(report(), noise="4711"))
    with Store.open(archive) as store:
        store.catch_up()
        version, first, last = one(store, "SELECT version, first_seen, last_seen FROM report")
        assert (version, first, last) == (1, "2026-02-01T02:00:01.000Z", "2026-02-08T02:00:01.000Z")
        assert one(store, "SELECT COUNT(*) FROM content") == (1,), "what says the same is kept once"


def test_an_edit_is_a_version_with_its_cells(archive: Path) -> None:
    before = balanced(1)
    after = before.planted("applications_granted_natural_person", 1)
    with crawl(archive) as visit:
        visit.get(URL, page(report(figures=before)))
    with crawl(archive, day=7) as later:
        edited = later.get(URL, page(report(figures=after)))
    with Store.open(archive) as store:
        store.catch_up()
        assert one(store, "SELECT version, verdict, capture FROM report") == (2, "inconsistent", edited.id)
        was = before.values["applications_granted_natural_person"]
        now = after.values["applications_granted_natural_person"]
        changed = one(
            store,
            'SELECT version, "table", row, "column", before, after FROM figure_change WHERE "table" != \'section\'',
        )
        assert changed == (2, "applications", "granted", "natural_person", was, now)
        assert one(store, "SELECT COUNT(*) FROM report_version") == (2,)


def test_another_title_is_an_edit_that_names_no_cell(archive: Path) -> None:
    told = "关于沭阳县教育局2024年度政府信息公开工作的年度报告"
    with crawl(archive) as visit:
        visit.get(URL, page(report()))
    with crawl(archive, day=7) as later:
        later.get(URL, page(report(), title=told))
    with Store.open(archive) as store:
        store.catch_up()
        assert one(store, "SELECT version, title FROM report") == (2, told)
        changed = one(store, 'SELECT "table", row, before_raw, after_raw FROM figure_change')
        assert changed == ("report", "title", report().title, told)


def test_a_copy_that_was_cut_off_is_no_edit(archive: Path) -> None:
    whole = page(report())
    with crawl(archive) as visit:
        visit.get(URL, whole)
    with crawl(archive, day=7) as later:
        later.get(URL, whole[: len(whole) // 2], truncated="disconnect")
    with Store.open(archive) as store:
        store.catch_up()
        assert one(store, "SELECT version, verdict FROM report") == (1, "verified")
        assert one(store, "SELECT code FROM problem WHERE source = 'identity'") == ("truncated-copy",)


def test_back_to_what_it_was_is_a_third_version(archive: Path) -> None:
    first, second = page(report()), page(report(figures=balanced(1).planted("review_review_total", 2)))
    for day, body in enumerate((first, second, first)):
        with crawl(archive, day=day) as visit:
            visit.get(URL, body)
    with Store.open(archive) as store:
        store.catch_up()
        assert one(store, "SELECT version, verdict FROM report") == (3, "verified")


def test_unchanged_answers_move_the_date(archive: Path) -> None:
    with crawl(archive) as visit:
        visit.get(URL, page(report()))
    with crawl(archive, day=30) as later:
        later.get(URL, b"", status=304)
    with Store.open(archive) as store:
        store.catch_up()
        assert one(store, "SELECT last_seen, version FROM report") == ("2026-03-03T02:00:01.000Z", 1)


def test_the_same_bytes_move_the_date_and_are_not_read_again(archive: Path) -> None:
    body = page(report())
    for day in (0, 30, 60):
        with crawl(archive, day=day) as visit:
            visit.get(URL, body)
            visit.get(URL.replace("t1", "news"), "<html><h1>某日召开会议</h1></html>".encode())
    with Store.open(archive) as store:
        store.catch_up()
        assert one(store, "SELECT first_seen, last_seen, version FROM report") == (
            "2026-02-01T02:00:01.000Z", "2026-04-02T02:00:01.000Z", 1,
        )  # fmt: skip
        assert one(store, "SELECT last_seen FROM organ_name") == ("2026-04-02T02:00:01.000Z",)
        assert one(store, "SELECT COUNT(*) FROM capture") == (6,)
        assert one(store, "SELECT COUNT(*), COUNT(report) FROM reading") == (2, 1)
        again = visit.captures[0]
        (record,) = store.recorded(again) or ()
        assert (record.organ, record.verdict) == ("沭阳县教育局", "verified")
        assert store.recorded(replace(again, digest="sha256:0")) is None


def test_the_same_bytes_bring_a_report_back_that_was_gone(archive: Path) -> None:
    for day, status in ((0, 200), (30, 404), (60, 200)):
        with crawl(archive, day=day) as visit:
            visit.get(URL, page(report()) if status == 200 else b"", status=status)
    with Store.open(archive) as store:
        store.catch_up()
        assert one(store, "SELECT last_seen, gone_since, version FROM report") == ("2026-04-02T02:00:01.000Z", None, 1)
        assert one(store, "SELECT COUNT(*) FROM reading") == (1,)


def test_an_unchanged_answer_says_what_the_page_before_it_said(archive: Path) -> None:
    """Another year's report has taken the place: neither a 304 nor the same bytes bring the old one back."""
    other = page(report(year=2025, seed=2))
    with crawl(archive) as visit:
        visit.get(URL, page(report(year=2024)))
    for day, body, status in ((30, other, 200), (60, b"", 304), (90, other, 200)):
        with crawl(archive, day=day) as visit:
            visit.get(URL, body, status=status)
    with Store.open(archive) as store:
        store.catch_up()
        rows = store.connection.execute("SELECT year, last_seen, gone_since FROM report ORDER BY year").fetchall()
        assert rows == [
            (2024, "2026-02-01T02:00:01.000Z", "2026-03-03T02:00:01.000Z"), (2025, "2026-05-02T02:00:01.000Z", None),
        ]  # fmt: skip


def test_a_state_that_comes_late_stands_between_the_same_bytes(archive: Path) -> None:
    """As an archive of the web has it: the page went back to what it had been."""
    first, between = page(report(seed=1)), page(report(seed=2))
    with crawl(archive) as visit:
        visit.get(URL, first)
    with crawl(archive, day=60) as visit:
        visit.get(URL, first)
    with Store.open(archive) as store:
        store.catch_up()
        assert one(store, "SELECT COUNT(*) FROM reading") == (1,)
        with crawl(archive, day=30) as late:
            late.get(URL, between)
        store.catch_up()
        assert one(store, "SELECT version, last_seen FROM report") == (3, "2026-04-02T02:00:01.000Z")
        versions = store.connection.execute("SELECT seen, digest FROM report_version ORDER BY version").fetchall()
        assert [seen[:10] for seen, _ in versions] == ["2026-02-01", "2026-03-03", "2026-04-02"]
        assert versions[0][1] == versions[2][1] != versions[1][1]


def test_a_report_that_has_gone_is_kept_and_marked(archive: Path) -> None:
    other = URL.replace("www.", "m.")
    with crawl(archive) as visit:
        visit.get(URL, page(report()))
        visit.get(other, page(report()))
    with crawl(archive, day=1) as second:
        second.get(URL, b"gone", status=404)
    with Store.open(archive) as store:
        store.catch_up()
        assert one(store, "SELECT gone_since FROM report") == (None,), "one address still has it"
        with crawl(archive, day=2) as third:
            third.get(other, b"gone", status=410)
        store.catch_up()
        assert one(store, "SELECT gone_since, verdict FROM report") == ("2026-02-03T02:00:01.000Z", "verified")
        with crawl(archive, day=3) as fourth:
            fourth.get(other, page(report()))
        store.catch_up()
        assert one(store, "SELECT gone_since, last_seen FROM report") == (None, "2026-02-04T02:00:01.000Z")


def test_one_report_at_several_addresses(archive: Path) -> None:
    with crawl(archive) as visit:
        for url in (URL, URL.replace("http:", "https:"), URL.replace("www.", ""), URL.replace("t1", "t1_wap")):
            visit.get(url, page(report(), noise=url))
    with Store.open(archive) as store:
        store.catch_up()
        assert one(store, "SELECT COUNT(*), MAX(version) FROM report") == (1, 1)
        assert one(store, "SELECT COUNT(*) FROM report_address") == (4,)
        assert one(store, "SELECT COUNT(*) FROM problem") == (0,)


def test_the_address_that_names_the_year_is_the_reports_own(archive: Path) -> None:
    """One without it shows the newest report, whichever that is when somebody looks."""
    newest = "http://www.yunxi.gov.cn/module/xxgk/xxgkAnnualReport.jsp?area=11330"
    with crawl(archive) as visit:
        visit.get(newest, page(report(year=2023), noise="2023年 2022年"))
        visit.get(f"{newest}&fbtime=2023", page(report(year=2023), noise="2022年"))
    with Store.open(archive) as store:
        store.catch_up()
        assert one(store, "SELECT url, version FROM report") == (f"{newest}&fbtime=2023", 1)
        assert one(store, "SELECT COUNT(*) FROM report_address WHERE gone_since IS NULL") == (2,)


def test_addresses_that_contradict_each_other_are_told(archive: Path) -> None:
    with crawl(archive) as visit:
        visit.get(URL, page(report(seed=1)))
        newer = visit.get(URL.replace("t1", "t2"), page(report(seed=2)))
    with Store.open(archive) as store:
        store.catch_up()
        code, place = one(store, "SELECT code, place FROM problem WHERE source = 'identity'")
        assert (code, place) == ("conflicting-addresses", URL)
        assert one(store, "SELECT version, capture FROM report") == (2, newer.id)
        assert one(store, "SELECT COUNT(*) > 0 FROM figure_change") == (1,), "no figure changes silently"


def test_a_report_in_an_attachment_belongs_to_its_page(archive: Path) -> None:
    written = report()
    with crawl(archive) as visit:
        visit.get(URL, linking_page(written, "P1.pdf"))
        file = visit.get(
            "http://www.shuyang.gov.cn/jyj/gknb/P1.pdf",
            as_pdf(written),
            media_type="application/pdf",
            via=URL,
            anchor="附件",
        )
    with Store.open(archive) as store:
        store.catch_up()
        found = one(store, "SELECT verdict, capture, version, published, days_late FROM report")
        late = (written.published - written.published.replace(month=1, day=31)).days
        assert found == ("verified", file.id, 1, written.published.isoformat(), late)
        assert one(store, "SELECT COUNT(*) FROM report_address") == (2,)
        assert one(store, "SELECT capture FROM attachment") == (file.id,)


def test_other_pages_are_captures_and_nothing_more(archive: Path) -> None:
    with crawl(archive) as visit:
        visit.get(
            "http://www.shuyang.gov.cn/", "<html><title>沭阳县人民政府</title><p>首页</p></html>".encode(), rule="seed"
        )
        visit.get("http://www.shuyang.gov.cn/robots.txt", b"User-agent: *\n", media_type="text/plain", rule="robots")
        visit.get("http://www.shuyang.gov.cn/x", b"busy", status=503)
    with Store.open(archive) as store:
        assert store.catch_up() == 3
        assert one(store, "SELECT COUNT(*) FROM capture") == (3,)
        assert one(store, "SELECT COUNT(*) FROM report") == (0,)
        assert one(store, "SELECT COUNT(*) FROM problem") == (0,)


def test_a_report_that_names_no_organ_is_for_a_person(archive: Path) -> None:
    written = report()
    nameless = page(written, title="政府信息公开工作年度报告").replace("沭阳县教育局".encode(), "本机关".encode())
    nameless = nameless.replace("沭阳县".encode(), b"")
    with crawl(archive) as visit:
        visit.get(URL, nameless)
    with Store.open(archive) as store:
        store.catch_up()
        assert one(store, "SELECT COUNT(*) FROM report") == (0,)
        code, place = one(store, "SELECT code, place FROM problem WHERE source = 'identity'")
        assert str(code).endswith("-unknown") and place == URL


def test_the_summary_ends_the_crawl_and_tells_its_problems(archive: Path) -> None:
    with crawl(archive) as visit:
        visit.get(URL, page(report()))
        visit.summary(
            outcome="failed", reason="stopped", counts={"requests": 9}, ended="2026-02-01T02:10:00Z",
            problems=[{"code": "list-incomplete", "severity": "warning", "message": "no end", "where": "http://a/"}],
        )  # fmt: skip
    with Store.open(archive) as store:
        store.catch_up()
        store.refresh()
        assert one(store, "SELECT outcome, requests, ended, reports_new FROM crawl") == (
            "failed", 9, "2026-02-01T02:10:00Z", 1,
        )  # fmt: skip
        codes = store.connection.execute(
            "SELECT code, place FROM problem WHERE source = 'crawl' ORDER BY code"
        ).fetchall()
        assert codes == [("crawl-failed", ""), ("list-incomplete", "http://a/")]


def test_years_are_compared_when_both_are_there(archive: Path) -> None:
    first = balanced(1)
    second = balanced(2).planted("applications_carried_in_natural_person", 1)
    with crawl(archive) as visit:
        visit.get(URL.replace("t1", "t2"), page(report(year=2024, figures=second)))
        visit.get(URL, page(report(year=2023, figures=first)))
    with Store.open(archive) as store:
        store.catch_up()
        left = first.values["applications_carried_forward_natural_person"]
        right = second.values["applications_carried_in_natural_person"]
        assert left != right
        found = one(
            store,
            "SELECT report LIKE '%-2024', expected, actual, severity FROM \"check\" "
            "WHERE rule = 'years.carried' AND at = 'natural_person'",
        )
        assert found == (1, left, right, "warning")
        warnings = one(store, "SELECT warnings FROM report WHERE year = 2024")
        assert warnings == one(
            store,
            "SELECT COUNT(*) FROM \"check\" WHERE status = 'fail' AND severity = 'warning' AND report LIKE '%-2024'",
        )


def test_an_address_that_shows_each_years_report(archive: Path) -> None:
    """A column that is the report: next year another one stands there, and the old one is nowhere any more."""
    with crawl(archive) as visit:
        visit.get(URL, page(report(year=2023, seed=1)))
    with crawl(archive, day=365) as later:
        later.get(URL, page(report(year=2024, seed=2)))
    with Store.open(archive) as store:
        store.catch_up()
        rows = store.connection.execute(
            "SELECT year, version, gone_since, verdict FROM report ORDER BY year"
        ).fetchall()
        assert rows == [(2023, 1, "2027-02-01T02:00:01.000Z", "verified"), (2024, 1, None, "verified")]
        assert one(store, "SELECT COUNT(*) FROM figure_change") == (0,)


def test_a_challenge_page_marks_nothing_as_gone(archive: Path) -> None:
    with crawl(archive) as visit:
        visit.get(URL, page(report()))
    with crawl(archive, day=1) as later:
        later.get(URL, "<html><title>请稍候</title><script>challenge()</script></html>".encode())
    with Store.open(archive) as store:
        store.catch_up()
        assert one(store, "SELECT version, gone_since, verdict FROM report") == (1, None, "verified")
        assert one(store, "SELECT code, place FROM problem") == ("report-replaced", URL)
        with crawl(archive, day=2) as third:
            third.get(URL, page(report()))
        store.catch_up()
        assert one(store, "SELECT COUNT(*) FROM problem") == (0,)


def test_a_page_with_two_organs_gives_two_reports(archive: Path) -> None:
    first, second = report("沭阳县人民政府", 2024, 1), report("沭阳县人民政府办公室", 2024, 2)
    both = page(first, more=f"<h1>{second.title}</h1>" + html.article(second))
    with crawl(archive) as visit:
        visit.get(URL, both)
    with Store.open(archive) as store:
        store.catch_up()
        found = store.connection.execute(
            "SELECT o.name, f.applications_new_received_total FROM report r JOIN organ o ON o.id = r.organ "
            "JOIN figures f ON f.report = r.id ORDER BY 1"
        ).fetchall()
        assert found == [
            (each.organ.name, each.figures.values["applications_new_received_total"])
            for each in (first, second) if each.figures
        ]  # fmt: skip


def test_an_unregistered_portal_learns_its_place(archive: Path) -> None:
    home = (
        "<html><head><title>沭阳县人民政府门户网站</title>"
        "<meta name='SiteIDCode' content='3213220001'></head><body>首页</body></html>"
    )
    with crawl(archive, "www.example.test") as visit:
        visit.get("http://www.example.test/", home.encode("gb18030"), media_type="text/html")
        short = page(report("沭阳县教育局")).replace("沭阳县教育局".encode(), "县教育局".encode())
        visit.get("http://www.example.test/1.html", short)
    with Store.open(archive) as store:
        store.catch_up()
        assert one(store, "SELECT name, division, home FROM portal") == (
            "沭阳县人民政府", "321322", "http://www.example.test/",
        )  # fmt: skip
        assert one(store, "SELECT division, kind FROM organ") == ("321322", "education")


def test_an_address_that_moved_for_good(archive: Path) -> None:
    with crawl(archive) as visit:
        visit.get(URL, page(report()))
    with crawl(archive, day=1) as second:
        second.get(URL, b"", status=302)
    with Store.open(archive) as store:
        store.catch_up()
        assert one(store, "SELECT gone_since FROM report") == (None,), "a detour is no move"
        with crawl(archive, day=2) as third:
            third.get(URL, b"", status=301)
            third.get(URL.replace("t1", "new"), page(report()))
        store.catch_up()
        assert one(store, "SELECT gone_since, version, url FROM report") == (None, 1, URL.replace("t1", "new"))
        addresses = store.connection.execute("SELECT url, gone_since FROM report_address ORDER BY url DESC").fetchall()
        assert addresses == [(URL, "2026-02-03T02:00:01.000Z"), (URL.replace("t1", "new"), None)]


@pytest.mark.parametrize(("more", "version"), [("", 1), ("<p>新增的一段说明。</p>", 2)])
def test_an_edit_on_the_day_on_which_a_portal_goes_over_to_https(more: str, version: int, archive: Path) -> None:
    secure = URL.replace("http:", "https:")
    with crawl(archive) as visit:
        visit.get(URL, page(report()))
    with crawl(archive, day=1) as second:
        second.get(URL, b"", status=301)
        second.get(secure, page(report(), more=more))
    with Store.open(archive) as store:
        store.catch_up()
        assert one(store, "SELECT version, url, gone_since FROM report") == (version, secure, None)


def test_figures_outlive_their_attachment(archive: Path) -> None:
    """The file has gone, the page that linked it is there: what was published stays, no figure turns blank."""
    written = report()
    file = URL.replace("t1.html", "P1.pdf")
    with crawl(archive) as visit:
        visit.get(URL, linking_page(written, "P1.pdf"))
        visit.get(file, as_pdf(written), media_type="application/pdf", via=URL)
    with crawl(archive, day=1) as second:
        second.get(file, b"gone", status=404)
        second.get(URL, linking_page(written, "P2.pdf"))
    with Store.open(archive) as store:
        store.catch_up()
        assert one(store, "SELECT version, verdict, url, gone_since FROM report") == (1, "verified", file, None)


def test_the_whole_page_takes_the_place_of_a_cut_copy_that_says_the_same(archive: Path) -> None:
    body = page(report())
    with crawl(archive) as visit:
        visit.get(URL, body[:-9], truncated="unspecified")
        whole = visit.get(URL, body)
    with Store.open(archive) as store:
        store.catch_up()
        assert one(store, "SELECT version, capture FROM report") == (1, whole.id)


def test_an_edit_on_a_server_that_always_announces_too_much_is_one(archive: Path) -> None:
    first, second = page(report()), page(report(figures=balanced(1).planted("review_review_total", 2)))
    assert first.rstrip().endswith(b"</html>")
    with crawl(archive) as visit:
        visit.get(URL, first, truncated="disconnect")
    with crawl(archive, day=7) as later:
        later.get(URL, second, truncated="disconnect")
        later.get(URL, second[: len(second) // 2], truncated="disconnect")
    with Store.open(archive) as store:
        store.catch_up()
        assert one(store, "SELECT version FROM report") == (2,)
        assert one(store, "SELECT COUNT(*) FROM report_version") == (2,)
