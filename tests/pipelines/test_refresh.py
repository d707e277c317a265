"""What is computed over many reports is computed again where something changed, and is then as if all had been."""

from __future__ import annotations

from pathlib import Path

import msgspec

import reports
from pipelines.store import Store
from tests.pipelines.portal_desk import crawl, page, report

HOME = "http://www.shuyang.gov.cn"
OTHER = "http://mirror.shuyang.gov.cn"
_COMPUTED = (
    "SELECT id, reports_new, reports_changed FROM crawl ORDER BY id",
    "SELECT id, state, silent_since FROM portal ORDER BY id",
    "SELECT * FROM concentration ORDER BY 1, 2, 3, 4",
    "SELECT * FROM coverage ORDER BY 1, 2",
    "SELECT report, new_received, similarity FROM panel ORDER BY 1",
)


def rows(store: Store, query: str) -> list[tuple[object, ...]]:
    return store.connection.execute(query).fetchall()


def crawled(archive: Path, store: Store, portal: str, day: int, pages: dict[str, bytes]) -> str:
    """A crawl that the store takes in at once; its id."""
    with crawl(archive, portal, day) as visit:
        for url, body in pages.items():
            visit.get(url, body)
    store.catch_up(portal)
    store.refresh()
    return visit.writer.crawl


def counts(store: Store) -> dict[object, tuple[object, ...]]:
    return {row[0]: row[1:] for row in rows(store, _COMPUTED[0])}


def test_what_is_refreshed_crawl_by_crawl_is_what_is_computed_over_all(archive: Path, tmp_path: Path) -> None:
    first, edited = page(report(seed=1)), page(report(seed=9))
    with Store.open(archive) as store:
        one = crawled(
            archive, store, "shuyang", 0, {f"{HOME}/1.html": first, f"{HOME}/2.html": page(report(year=2023))}
        )
        assert counts(store) == {one: (2, 0)}
        two = crawled(archive, store, "shuyang", 5, {f"{HOME}/1.html": edited})
        assert counts(store) == {one: (2, 0), two: (0, 1)}
        three = crawled(archive, store, "shuyang", 6, {f"{HOME}/index.html": b"<html><title>x</title></html>"})
        # an older answer, from elsewhere and late, saw one of them first
        four = crawled(archive, store, "mirror", -3, {f"{OTHER}/1.html": first})
        assert counts(store) == {one: (1, 0), two: (0, 1), three: (0, 0), four: (1, 0)}
        with Store.open(archive, database=tmp_path / "at_once.db") as at_once:
            at_once.catch_up()
            at_once.refresh()
            for query in _COMPUTED:
                assert rows(store, query) == rows(at_once, query)
        assert rows(store, "SELECT * FROM dirty_crawl") == []


def test_the_end_of_a_portal_does_not_count_the_crawls_of_the_others_again(archive: Path) -> None:
    """The last line of every portal's crawl: over all of them it took two seconds a portal at 300,000 reports."""
    with Store.open(archive) as store:
        one = crawled(archive, store, "shuyang", 0, {f"{HOME}/1.html": page(report())})
        store.connection.execute("UPDATE crawl SET reports_new = 99")
        two = crawled(archive, store, "siyang", 1, {"http://www.siyang.gov.cn/1.html": page(report("泗阳县教育局"))})
        assert counts(store) == {one: (99, 0), two: (1, 0)}


def test_a_page_that_is_no_report_any_more_is_taken_out_of_the_crawl_that_had_it_new(archive: Path) -> None:
    """A newer extraction reads the earlier answer of the same address otherwise."""
    url, list_of_them, body = f"{HOME}/1.html", b"<html><title>x</title><p>x</p></html>", page(report())
    older = [msgspec.structs.replace(each, extractor="0.0.1") for each in reports.extract(body, name="1.html")]
    with Store.open(archive) as store:
        with crawl(archive) as visit:
            capture = visit.get(url, list_of_them)
        store.ingest(capture, list_of_them, older)
        store.refresh()
        assert counts(store) == {visit.writer.crawl: (1, 0)}
        two = crawled(archive, store, "shuyang", 1, {url: body})
        assert counts(store) == {visit.writer.crawl: (0, 0), two: (1, 0)}


def test_lookup_tables_are_compared_with_their_files_only_where_these_have_changed(archive: Path) -> None:
    """Every portal's crawl opens the database, and others may be writing to it at that moment."""
    with Store.open(archive) as first, first.transaction():
        Store.open(archive).close()  # without the lock, which the first one has
    with Store.open(archive) as store:
        store.connection.execute("UPDATE division SET name = '某市' WHERE code = '320000'")
        store.connection.execute("UPDATE filled SET digest = 'of older files'")
    with Store.open(archive) as store:
        assert rows(store, "SELECT name FROM division WHERE code = '320000'") == [("江苏省",)]
