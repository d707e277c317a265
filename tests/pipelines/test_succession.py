"""An organ with a new name stays one organ, with its history; two bodies with like names stay two."""

from __future__ import annotations

from pathlib import Path

from demo.figures import balanced
from pipelines.store import Store
from tests.pipelines.portal_desk import crawl, page, report

OLD, NEW = "沭阳县教育局", "沭阳县教育体育局"
COLUMN = "http://www.shuyang.gov.cn/jyj/gknb"


def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    return [tuple(each) for each in store.connection.execute(sql)]


def reorganised(archive: Path) -> None:
    """Two reports; then a third under the new name, met first, the older ones under it too, one of them corrected."""
    with crawl(archive) as visit:
        for year in (2023, 2024):
            visit.get(f"{COLUMN}/{year}.html", page(report(OLD, year, seed=year)))
    corrected = balanced(2023).planted("applications_granted_natural_person", 1)
    with crawl(archive, day=40) as later:
        later.get(f"{COLUMN}/2025.html", page(report(NEW, 2025, seed=2025)))
        later.get(f"{COLUMN}/2023.html", page(report(NEW, 2023, figures=corrected)))
        later.get(f"{COLUMN}/2024.html", page(report(NEW, 2024, seed=2024)))


def test_reports_at_their_addresses_under_a_new_name_are_the_same_organ_s(archive: Path) -> None:
    reorganised(archive)
    with Store.open(archive) as store:
        store.catch_up()
        ((organ, name),) = rows(store, "SELECT id, name FROM organ")
        assert name == NEW
        names = rows(store, "SELECT name, first_seen < last_seen FROM organ_name ORDER BY first_seen")
        assert [each[0] for each in names] == [OLD, NEW]
        found = rows(store, "SELECT id, organ, year, version, gone_since FROM report ORDER BY year")
        assert found == [
            (f"{organ}-2023", organ, 2023, 2, None),
            (f"{organ}-2024", organ, 2024, 2, None),
            (f"{organ}-2025", organ, 2025, 1, None),
        ]
        assert rows(store, "SELECT code FROM problem WHERE source = 'identity'") == [("organ-renamed",)]


def test_a_later_report_under_the_new_name_is_the_organ_s(archive: Path) -> None:
    reorganised(archive)
    with crawl(archive, day=400) as later:
        later.get(f"{COLUMN}/2026.html", page(report(NEW, 2026, seed=2026)))
    with Store.open(archive) as store:
        store.catch_up()
        store.refresh()
        assert rows(store, "SELECT COUNT(DISTINCT organ), COUNT(*) FROM report") == [(1, 4)]


def test_a_rebuild_comes_to_the_same(archive: Path) -> None:
    reorganised(archive)
    asked = "SELECT id, organ, year, version, verdict, gone_since, title FROM report ORDER BY id"
    with Store.open(archive) as store:
        store.catch_up()
        before = rows(store, asked)
    (archive / "gongkai.db").unlink()
    with Store.open(archive) as store:
        store.catch_up()
        assert rows(store, asked) == before


def test_a_name_that_the_portal_has_shown_before_is_another_organ(archive: Path) -> None:
    with crawl(archive) as visit:
        visit.get(f"{COLUMN}/a.html", page(report(OLD, 2024)))
        visit.get(f"{COLUMN}/b.html", page(report(NEW, 2023, seed=7)))
    with crawl(archive, day=40) as later:
        later.get(f"{COLUMN}/a.html", page(report(NEW, 2024)))
    with Store.open(archive) as store:
        store.catch_up()
        assert len(rows(store, "SELECT 1 FROM organ")) == 2
        assert rows(store, "SELECT code FROM problem WHERE source = 'identity'") == [("organ-changed",)]


def test_a_government_and_its_office_are_two(archive: Path) -> None:
    with crawl(archive) as visit:
        visit.get(f"{COLUMN}/a.html", page(report("沭阳县人民政府", 2024)))
    with crawl(archive, day=40) as later:
        later.get(f"{COLUMN}/a.html", page(report("沭阳县人民政府办公室", 2024)))
    with Store.open(archive) as store:
        store.catch_up()
        assert len(rows(store, "SELECT 1 FROM organ")) == 2


def test_the_name_before_is_read_by_the_same_extraction(archive: Path) -> None:
    """After an update the earlier page is read again first: what it calls itself then is compared, not what it was."""
    with crawl(archive) as visit:
        visit.get(f"{COLUMN}/2024.html", page(report(OLD, 2024)))
    with Store.open(archive) as store:
        store.catch_up()
        store.connection.execute("UPDATE reading SET extractor = 'older'")
        store.connection.commit()
    with crawl(archive, day=40) as later:
        later.get(f"{COLUMN}/2024.html", page(report(NEW, 2024)))
    with Store.open(archive) as store:
        store.catch_up()
        assert rows(store, "SELECT name FROM organ") == [(NEW,)]
        assert rows(store, "SELECT version, gone_since FROM report") == [(2, None)]
