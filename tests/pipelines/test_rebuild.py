"""The database is a function of the archive: the same from the crawl, after a kill, by rebuild, in any order."""

from __future__ import annotations

import random
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive import PortalBusy, WarcWriter, iterate
from demo.figures import balanced
from pipelines import rebuild as rebuilding
from pipelines.compare import contents
from pipelines.rebuild import rebuild
from pipelines.store import Store, corrections, publish_snapshot, reading
from pipelines.store.reading import PageReader
from tests.pipelines import rebuild_kills
from tests.pipelines.portal_desk import as_pdf, crawl, linking_page, page, report

SHUYANG, SUQIAN = "http://www.shuyang.gov.cn", "http://www.suqian.gov.cn"


def two_portals(archive: Path) -> None:
    """Everything that can happen to a report, on two portals of which one also shows the other's reports."""
    finance, education = "沭阳县财政局", "沭阳县教育局"
    wrong = balanced(3).planted("applications_granted_total", 3)
    with crawl(archive, "shuyang") as first:
        first.get(f"{SHUYANG}/", "<html><title>沭阳县人民政府</title>首页</html>".encode(), rule="seed")
        first.get(f"{SHUYANG}/1.html", page(report(education, 2024, 1)))
        first.get(f"{SHUYANG}/2.html", page(report(education, 2023, 2)))
        first.get(f"{SHUYANG}/3.html", page(report(finance, 2024, 3, wrong)))
        first.get(f"{SHUYANG}/4.html", linking_page(report("沭阳县民政局", 2024, 4), "4.pdf"))
        first.get(f"{SHUYANG}/4.pdf", as_pdf(report("沭阳县民政局", 2024, 4)), media_type="application/pdf",
                  via=f"{SHUYANG}/4.html", anchor="附件")  # fmt: skip
        first.summary(outcome="finished", counts={"requests": 6})
    with crawl(archive, "suqian", day=1) as second:
        second.get(f"{SUQIAN}/", "<html><title>宿迁市人民政府</title>首页</html>".encode(), rule="seed")
        second.get(f"{SUQIAN}/a.html", page(report(education, 2024, 5)))  # contradicts the county's own
        second.get(f"{SUQIAN}/b.html", page(report("宿迁市人民政府", 2024, 6)))
        second.get(f"{SUQIAN}/c.html", page(report(finance, 2023, 7)))
        second.summary(outcome="finished", counts={"requests": 4})
    with crawl(archive, "shuyang", day=2) as third:
        third.get(f"{SHUYANG}/1.html", page(report(education, 2024, 1), noise="99"))
        third.get(f"{SHUYANG}/2.html", b"", status=404)
        third.get(f"{SHUYANG}/3.html", page(report(finance, 2024, 3)))  # corrected
        third.summary(outcome="finished", counts={"requests": 3})
    with crawl(archive, "suqian", day=3) as fourth:
        fourth.get(f"{SUQIAN}/a.html", b"", status=304)
        fourth.get(f"{SUQIAN}/b.html", page(report("宿迁市人民政府", 2024, 8)))  # edited
        fourth.summary(outcome="failed", reason="cut off")


@contextmanager
def database(archive: Path, name: str) -> Iterator[Store]:
    with Store.open(archive, database=archive / name) as store:
        yield store


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    store.refresh()
    return contents(store.connection)


def same(left: dict[str, list[tuple[object, ...]]], right: dict[str, list[tuple[object, ...]]]) -> None:
    assert left.keys() == right.keys()
    for table, rows in left.items():
        assert rows == right[table], (table, differing(rows, right[table]))


def differing(left: list[tuple[object, ...]], right: list[tuple[object, ...]]) -> list[tuple[str, str]]:
    """Where two tables differ first, row by row: what is packed in a record is unpacked, 80 characters around it."""
    told = []
    for pair in zip(left, right, strict=False):
        one, other = (
            " ".join(zlib.decompress(x).decode() if isinstance(x, bytes) else str(x) for x in row) for row in pair
        )
        if one != other:
            at = next(
                (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
            )
            told.append((one[max(0, at - 80) : at + 80], other[max(0, at - 80) : at + 80]))
    return told


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_portals_gives_the_same_database(archive: Path, seed: int) -> None:
    two_portals(archive)
    with database(archive, "plain.db") as store:
        store.catch_up()
        plain = everything(store)
    assert len(plain["report"]) == 6
    assert {row[0] for row in plain["figure_change"]}, "the edits were seen"
    chance = random.Random(seed)
    waiting = {portal: list(iterate(archive, portal)) for portal in ("shuyang", "suqian")}
    with database(archive, "mixed.db") as store:
        while any(waiting.values()):
            portal = chance.choice([portal for portal, left in waiting.items() if left])
            capture, body = waiting[portal].pop(0)
            store.ingest(capture, body)
            if chance.random() < 0.2:
                store.refresh()
        same(plain, everything(store))


def test_a_crawl_that_was_killed_is_caught_up_with(archive: Path) -> None:
    two_portals(archive)
    captures = [capture for capture, _ in iterate(archive)]
    with database(archive, "plain.db") as store:
        store.catch_up()
        plain = everything(store)
    with database(archive, "killed.db") as store:
        with pytest.raises(KeyboardInterrupt), store.transaction():
            store.ingest(captures[0])
            raise KeyboardInterrupt
        assert not store.knows(captures[0].id), "a transaction that was not finished leaves nothing"
        for capture in captures[:4]:
            store.ingest(capture)
    with database(archive, "killed.db") as store:
        assert store.catch_up() == len(captures) - 4
        same(plain, everything(store))


@pytest.mark.parametrize("jobs", [1, 2])
def test_rebuild_gives_the_crawls_own_database(archive: Path, jobs: int) -> None:
    two_portals(archive)
    with Store.open(archive) as store:
        store.catch_up()
        before = everything(store)
    seen: list[tuple[int, int, str]] = []
    done = rebuild(archive, jobs, lambda *at: seen.append(at))
    assert (done.captures, done.reports, done.differences, done.damage) == (19, 6, [], [])
    assert done.swapped and done.database == archive / "gongkai.db"
    assert seen[-1][0] == seen[-1][1] > 0
    assert not list(archive.glob(".rebuild-*")) and not list(archive.glob("gongkai.db-*"))
    with Store.open(archive) as store:
        same(before, contents(store.connection))
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_dry_run_lists_cells_and_changes_nothing(archive: Path) -> None:
    two_portals(archive)
    with Store.open(archive) as store:
        store.catch_up()
        store.refresh()
        # As an older version of the extraction might have read it.
        row = store.connection.execute("SELECT id, content FROM report WHERE id LIKE '%-2024' ORDER BY id").fetchone()
        old = alter(store.connection, row[1])
    untouched = (archive / "gongkai.db").read_bytes()
    done = rebuild(archive, 1, dry_run=True)
    assert not done.swapped and done.database.exists()
    assert [str(each) for each in done.differences] == [
        f"{row[0]}: applications granted natural_person: {old + 1} -> {old}"
    ]
    assert (archive / "gongkai.db").read_bytes() == untouched
    again = rebuild(archive, 1)
    assert again.resumed == 19, "the dry run's work is not done twice"
    assert [each.after for each in again.differences] == [old]


def test_a_better_reading_is_logged_for_those_who_used_the_earlier(archive: Path) -> None:
    two_portals(archive)
    with Store.open(archive) as store:
        store.catch_up()
        store.refresh()
        report, content, name = store.connection.execute(
            "SELECT r.id, r.content, o.name FROM report r JOIN organ o ON o.id = r.organ WHERE r.id LIKE '%-2024' "
            "ORDER BY r.id"
        ).fetchone()
        true = alter(store.connection, content)
    rebuild(archive, 1, dry_run=True)
    assert corrections.read(archive) == [], "a dry run corrects nothing"
    rebuild(archive, 1)
    (told,) = corrections.read(archive)
    assert (told.report, told.organ_name, told.year) == (report, name, 2024)
    assert (told.table, told.row, told.column) == ("applications", "granted", "natural_person")
    assert (told.before, told.after) == (true + 1, true)

    rebuild(archive, 1)
    (archive / "gongkai.db").unlink()
    rebuild(archive, 1)
    assert corrections.read(archive) == [told], "told once, and kept when the database is lost"
    snapshot = sqlite3.connect(publish_snapshot(archive))
    assert snapshot.execute("SELECT report, before, after FROM correction").fetchall() == [(report, true + 1, true)]
    snapshot.close()


def test_a_log_that_was_cut_off_is_read_as_far_as_it_is_whole(archive: Path) -> None:
    archive.mkdir(parents=True, exist_ok=True)
    one = corrections.Correction(
        noticed="2026-05-01T00:00:00Z", report="a-2024", organ_name="甲局", year=2024, table="review",
        row="review", column="total", before=1, after=2,
    )  # fmt: skip
    corrections.add(archive, [one])
    with (archive / corrections.FILE).open("ab") as log:
        log.write(b'{"noticed": "2026-05')
    assert corrections.read(archive) == [one]
    assert corrections.add(archive, [one]) == [one]


def alter(connection: sqlite3.Connection, digest: str) -> int:
    """Changes one figure in a stored record and its row; the true value."""
    from pipelines.store.content import pack, unpack

    record = unpack(connection.execute("SELECT record FROM content WHERE digest = ?", (digest,)).fetchone()[0])
    cell = next(cell for cell in record.cells if (cell.row, cell.column) == ("granted", "natural_person"))
    true = int(cell.value or 0)
    cell.value = true + 1
    other = pack(record)
    connection.execute("INSERT INTO content VALUES (?, ?, ?)", (other.digest, other.extractor, other.blob))
    connection.execute("UPDATE report SET content = ? WHERE content = ?", (other.digest, digest))
    return true


@pytest.mark.parametrize("stop_at", [1, 3, 6])
def test_an_interrupted_rebuild_goes_on(archive: Path, stop_at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    two_portals(archive)
    with Store.open(archive) as store:
        store.catch_up()
        before = everything(store)
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    told = 0

    def stop(*_: object) -> None:
        nonlocal told
        told += 1
        if told == stop_at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(archive, 1, stop)
    with Store.open(archive) as store:
        same(before, contents(store.connection))
    done = rebuild(archive, 1)
    assert 0 < done.resumed <= 2 * stop_at and done.captures == 19
    with Store.open(archive) as store:
        same(before, contents(store.connection))


def test_rebuild_waits_for_no_crawl(archive: Path) -> None:
    two_portals(archive)
    with WarcWriter(archive, portal="suqian", crawl="suqian-20260301T000000Z"), pytest.raises(PortalBusy):
        rebuild(archive, 1)


def test_rebuild_after_the_database_was_lost_or_damaged(archive: Path) -> None:
    two_portals(archive)
    first = rebuild(archive, 1)
    assert (first.reports, first.uncompared) == (6, None)
    (archive / "gongkai.db").write_bytes(b"this is no database" * 500)
    again = rebuild(archive, 1)
    assert again.reports == 6 and again.uncompared and "could not be compared" in again.uncompared


def test_better_extraction_is_no_edit_by_the_organ(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A capture that an older version read is read again before it is compared with a new one."""
    url = f"{SHUYANG}/1.html"
    true = PageReader.read

    def older(self, body, capture, portal):  # type: ignore[no-untyped-def]
        records = true(self, body, capture, portal)
        for record in records:
            record.extractor = "older"
            assert record.applications is not None
            record.applications["granted"]["natural_person"] = 0
        return records

    with crawl(archive) as visit:
        visit.get(url, page(report()))
    with database(archive, "crawled.db") as store:
        with monkeypatch.context() as patch:
            patch.setattr(PageReader, "read", older)
            store.catch_up()
        with crawl(archive, day=5) as later:
            later.get(url, page(report(), noise="1234"))
        store.catch_up()
        version, extractor = store.connection.execute("SELECT version, extractor FROM report").fetchone()
        assert version == 1 and extractor != "older"
        crawled = everything(store)
    with database(archive, "fresh.db") as store:
        store.catch_up()
        same(crawled, everything(store))


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_hostile_page_takes_nobody_down(archive: Path, jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that would be read for minutes is stopped, and told; crawl and rebuild say the same of it."""
    monkeypatch.setattr(reading, "SECONDS", 0.5)
    hostile = ("<title>沭阳县财政局2024年政府信息公开工作年度报告</title><table><tr>" + "<td>1" * 1_000_000).encode()
    with crawl(archive) as visit:
        for number in range(3):
            visit.get(f"{SHUYANG}/{number}.html", page(report("沭阳县教育局", 2022 + number, number)))
            if number == 1:
                visit.get(f"{SHUYANG}/hostile.html", hostile)
    with Store.open(archive) as store:
        store.catch_up()
        before = everything(store)
        assert store.connection.execute("SELECT count(*) FROM report WHERE verdict = 'verified'").fetchone() == (3,)
        (verdict,) = store.connection.execute("SELECT verdict FROM reading WHERE url LIKE '%hostile.html'").fetchone()
        assert verdict == "unreadable"
        ((place, message),) = store.connection.execute("SELECT place, message FROM problem").fetchall()
        assert place == f"{SHUYANG}/hostile.html" and "was stopped" in message
    assert rebuild(archive, jobs).differences == []
    with Store.open(archive) as store:
        same(before, contents(store.connection))


def test_a_rebuild_that_was_killed_goes_on(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few kills at random moments; ``python -m tests.pipelines.rebuild_kills`` does more."""
    monkeypatch.setattr(rebuilding, "BATCH", 4)
    count = rebuild_kills.kills(archive, 3, seed=20260131)
    assert not count.lost, count.lost
    assert count.killed >= 3
