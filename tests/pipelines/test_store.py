"""Around the tables: panel and coverage, the snapshot, verify, status, several writers, new forms."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

import data
from archive.shelf import locate
from demo.figures import Figures, balanced
from pipelines.compare import contents
from pipelines.status import status
from pipelines.store import Store, StoreError, panel, publish_snapshot
from pipelines.store.connection import connect, connect_read_only
from pipelines.store.divisions import divisions
from pipelines.store.refresh import similarity
from pipelines.verify import check_database
from reports.forms import figures
from tests.pipelines.portal_desk import crawl, page, report

URL = "http://www.shuyang.gov.cn"


def stored(archive: Path, *pages: tuple[str, bytes], day: int = 0) -> None:
    with crawl(archive, day=day) as visit:
        for name, body in pages:
            visit.get(f"{URL}/{name}", body)
        visit.summary(outcome="finished", counts={"requests": len(pages)})
    with Store.open(archive) as store:
        store.catch_up()
        store.refresh()


def row(archive: Path, sql: str) -> dict[str, object]:
    connection = connect_read_only(archive / "gongkai.db")
    connection.row_factory = sqlite3.Row
    found = connection.execute(sql).fetchall()
    connection.close()
    assert len(found) == 1
    return dict(found[0])


def test_every_column_of_the_panel_is_a_figure_or_a_rate_of_counts() -> None:
    known = {each.code for each in figures()}
    counts = {each["code"] for each in data.load_yaml("panel.yaml")["counts"]}
    for each in data.load_yaml("panel.yaml")["counts"]:
        assert set(each["sum"]) <= known, each["code"]
    for each in data.load_yaml("panel.yaml")["rates"]:
        assert {each["of"], *each["over"], *each.get("less", [])} <= counts, each["code"]
    assert len({each.code for each in panel.columns()}) == len(panel.columns())


def test_the_panel_says_what_the_figures_say(archive: Path) -> None:
    given = balanced(1, requests=200, cases=20)
    stored(archive, ("1.html", page(report(figures=given))))
    found = row(archive, "SELECT * FROM panel")
    value = given.application
    assert found["new_received"] == value("new_received")
    refused = [each.row for each in figures() if each.row.startswith("refused_") and each.column == "total"]
    assert len(refused) == 8 and found["refused"] == sum(value(each) for each in refused)
    handled = value("handled_total")
    assert found["disclosure_rate"] == pytest.approx(value("granted") / handled, abs=1e-6)
    decided = handled - int(str(found["not_processed"])) - int(str(found["other_outcome"]))
    assert found["disclosure_rate_decided"] == pytest.approx(
        (value("granted") + value("partly_granted")) / decided, abs=1e-6
    )
    assert found["clearance_rate"] == pytest.approx(handled / (value("new_received") + value("carried_in")), abs=1e-6)
    assert found["review_corrected_of_all"] == pytest.approx(
        int(str(given.values["review_review_corrected"])) / int(str(given.values["review_review_total"])), abs=1e-6
    )
    assert (found["division"], found["prefecture"], found["province"]) == ("321322", "321300", "320000")
    assert (found["kind"], found["organ_name"], found["province_name"]) == ("education", "沭阳县教育局", "江苏省")


def test_nothing_is_divided_by_nothing(archive: Path) -> None:
    nothing = Figures(balanced(1).generations, dict.fromkeys(balanced(1).values, 0))
    stored(archive, ("1.html", page(report(figures=nothing))))
    found = row(archive, "SELECT * FROM panel")
    assert found["verdict"] == "verified" and found["new_received"] == 0 and found["refused"] == 0
    assert all(found[each["code"]] is None for each in data.load_yaml("panel.yaml")["rates"])


def test_a_blank_is_no_zero_outside_verified_reports(archive: Path) -> None:
    broken = balanced(1).blanked("applications_refused_state_secret_total").planted("applications_granted_total", 5)
    stored(archive, ("1.html", page(report(figures=broken))))
    found = row(archive, "SELECT * FROM panel")
    assert found["verdict"] != "verified"
    assert found["refused"] is None and found["refused_state_secret"] is None and found["refusal_rate"] is None
    assert found["unavailable"] is not None


def test_coverage_is_the_same_whether_all_or_only_what_changed_is_counted(archive: Path) -> None:
    """A new report, a newer year than any, another division, and a page that is another year's report now."""
    town = report("宿迁市沭阳县贤官镇人民政府", 2023, 3)
    elsewhere = report("杭州市余杭区人民政府", 2022, 4)
    visits = [
        [("a.html", page(report(year=2022)))],
        [("b.html", page(elsewhere)), ("c.html", page(report("沭阳县水利局", 2022, 5)))],
        [("d.html", page(town))],
        [("d.html", page(report("宿迁市沭阳县贤官镇人民政府", 2021, 6)))],
    ]
    for day, pages in enumerate(visits):
        stored(archive, *pages, day=day)
        with Store.open(archive) as store:
            once = store.connection.execute("SELECT * FROM coverage ORDER BY 1, 2").fetchall()
            assert once
            store.connection.execute("DELETE FROM coverage")
            store.connection.execute("INSERT INTO dirty SELECT id FROM report")
            store.refresh()
            assert store.connection.execute("SELECT * FROM coverage ORDER BY 1, 2").fetchall() == once


def test_coverage_and_missing_years(archive: Path) -> None:
    stored(
        archive,
        ("1.html", page(report("沭阳县教育局", 2022, 1))),
        ("2.html", page(report("沭阳县教育局", 2024, 2))),
        ("3.html", page(report("沭阳县财政局", 2023, 3))),
    )
    connection = connect_read_only(archive / "gongkai.db")
    assert connection.execute("SELECT year, expected, found FROM coverage ORDER BY year").fetchall() == [
        (2022, 1, 1), (2023, 2, 1), (2024, 2, 1),
    ]  # fmt: skip
    assert connection.execute("SELECT organ_name, year FROM missing ORDER BY year").fetchall() == [
        ("沭阳县教育局", 2023), ("沭阳县财政局", 2024),
    ]  # fmt: skip
    connection.close()


def test_similarity_between_years() -> None:
    assert similarity("我们依法公开政府信息", "我们依法公开政府信息") == 1.0
    assert similarity("我们依法公开政府信息", "完全不同的另一段文字内容在此") == 0.0
    assert similarity("2023年受理12件，我们依法公开", "2024年受理99件，我们依法公开") == 1.0
    assert similarity("", "我们依法公开政府信息") is None


def test_the_snapshot_is_whole_and_swapped_at_once(archive: Path) -> None:
    stored(archive, ("1.html", page(report(seed=1))))
    path = publish_snapshot(archive)
    reading = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)
    assert reading.execute("SELECT COUNT(*) FROM panel").fetchone() == (1,)
    stored(archive, ("2.html", page(report(year=2023, seed=2))), day=1)
    assert publish_snapshot(archive) == path
    assert reading.execute("SELECT COUNT(*) FROM panel").fetchone() == (1,), "who reads the old one goes on reading it"
    reading.close()
    fresh = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)
    crawled = connect_read_only(archive / "gongkai.db")
    served = contents(fresh)
    missing = crawled.execute("SELECT organ, organ_name, division, kind, year FROM missing").fetchall()
    assert served.pop("missing") == sorted(missing, key=repr), "the view, worked out"
    assert served == contents(crawled)
    assert fresh.execute("SELECT COUNT(*) FROM sqlite_stat1").fetchone()[0] > 10
    assert fresh.execute("SELECT COUNT(*) FROM search WHERE search MATCH '\"公开\"'").fetchone()[0] > 0
    assert fresh.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    fresh.close()
    crawled.close()
    assert not [each for each in archive.iterdir() if each.name.startswith(".snapshot") or "snapshot.db-" in each.name]


def test_what_a_killed_process_left_of_a_snapshot_is_taken_away(archive: Path) -> None:
    stored(archive, ("1.html", page(report(seed=1))))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for process in (ended.pid, os.getppid()):
        for name in (f".snapshot.db.{process}", f".snapshot.db.{process}-journal"):
            (archive / name).write_bytes(b"begun")
    publish_snapshot(archive)
    left = {path.name for path in archive.glob(".snapshot*")}
    living = f".snapshot.db.{os.getppid()}"
    assert left == {living, f"{living}-journal"}, "what another process is at work on stays"


def test_every_row_finds_its_bytes(archive: Path) -> None:
    stored(archive, ("1.html", page(report(seed=1))), ("2.html", page(report(year=2023, seed=2))))
    checked = check_database(archive, deep=True)
    assert (checked.captures, checked.reports, checked.problems) == (3, 2, [])
    with Store.open(archive) as store:
        store.connection.execute("UPDATE capture SET \"offset\" = 1 WHERE url LIKE '%1.html'")
        warc = store.connection.execute("SELECT DISTINCT warc FROM capture").fetchone()[0]
    problems = check_database(archive).problems
    assert len(problems) == 1 and "1.html" in problems[0]
    locate(archive, warc).unlink()
    assert check_database(archive).problems == [
        f"{warc} is not in the archive {archive}; the database has captures of it"
    ]


def test_deep_verify_finds_altered_figures(archive: Path) -> None:
    stored(archive, ("1.html", page(report())))
    with Store.open(archive) as store:
        from pipelines.store.content import pack, unpack

        digest, blob = store.connection.execute("SELECT digest, record FROM content").fetchone()
        record = unpack(blob)
        assert record.applications is not None
        record.applications["granted"]["total"] = 9999
        store.connection.execute("UPDATE content SET record = ? WHERE digest = ?", (pack(record).blob, digest))
    assert check_database(archive).problems == []
    problems = check_database(archive, deep=True).problems
    assert sum("the record in the database is not the one" in each for each in problems) == 1
    assert all("-2024" in each for each in problems), "and the rows that were made of the page, each by its column"


def test_deep_verify_misses_the_rows_that_are_not_there(archive: Path) -> None:
    stored(archive, ("1.html", page(report(seed=1))))
    with crawl(archive, day=1) as visit:
        visit.get(f"{URL}/3.html", b"x", status=503)
    assert check_database(archive).problems == [], "each row finds its bytes"
    (problem,) = check_database(archive, deep=True).problems
    assert f"{URL}/3.html" in problem and "is archived, and not in the database" in problem
    with Store.open(archive) as store:
        store.catch_up()
        store.connection.execute("PRAGMA foreign_keys = OFF")
        store.connection.execute("DELETE FROM reading WHERE content IS NOT NULL")
    for deep in (False, True):
        assert "what was read of its pages is not in the database" in check_database(archive, deep=deep).problems[0]


def test_a_damaged_database_is_said_so(archive: Path) -> None:
    assert "rebuild" in check_database(archive).problems[0]
    (archive / "gongkai.db").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match="not a database"):
        Store.open(archive)
    with pytest.raises(StoreError, match="not a database"):
        check_database(archive)


def test_status_counts_days_from_now(archive: Path) -> None:
    stored(
        archive, ("1.html", page(report("沭阳县教育局", 2024, 1))), ("2.html", page(report("沭阳县人民政府", 2024, 2)))
    )
    found = status(archive, datetime(2026, 3, 3, 12, tzinfo=UTC))
    assert (found.reports, found.organs, found.verdicts) == (2, 2, {"verified": 2})
    assert found.portals[0].days_since == 30 and found.failures == [] and found.not_in_database == 0
    assert [(each.name, each.year, each.due, each.days) for each in found.overdue] == [
        ("沭阳县教育局", 2025, "2026-01-31", 31)
    ], "a government has until the end of March"
    assert found.years == {2024: (2, 2)}
    with crawl(archive, day=1) as visit:
        visit.get(f"{URL}/3.html", b"x", status=503)
    assert status(archive, datetime(2026, 3, 3, tzinfo=UTC)).not_in_database == 1


def test_a_portal_that_does_not_answer_is_silent_since(archive: Path) -> None:
    stored(archive, ("1.html", page(report())))
    for day in (2, 4):
        with crawl(archive, day=day) as visit:
            visit.get(f"{URL}/", b"x", status=503)
            visit.summary(outcome="failed", reason="unreachable")
    with Store.open(archive) as store:
        store.catch_up()
        store.refresh()
    found = status(archive, datetime(2026, 3, 3, tzinfo=UTC))
    assert found.failures[0].silent_since == "2026-02-03T02:00:01.000Z" and found.failures[0].state == "silent"
    stored(archive, ("1.html", page(report())), day=6)
    assert status(archive, datetime(2026, 3, 3, tzinfo=UTC)).failures == []


def write_portal(archive: Path, portal: str, pages: int) -> None:
    """In a process of its own: a crawl that stores each page as it comes."""
    with Store.open(archive) as store, crawl(archive, portal) as visit:
        for number in range(pages):
            capture = visit.get(f"http://{portal}.gov.cn/{number}.html", b"<html><title>x</title></html>")
            store.ingest(capture, b"<html><title>x</title></html>")


def test_several_portals_write_at_once(archive: Path) -> None:
    Store.open(archive).close()
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_portal, args=(archive, f"portal{number}", 60)) for number in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert row(archive, "SELECT COUNT(*) AS n FROM capture") == {"n": 180}


def test_tables_are_strict_and_refer_to_what_is_there(archive: Path) -> None:
    connection = connect(archive / "gongkai.db")
    loose = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict "
        "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_sqlite%' ESCAPE '\\'"
    ).fetchall()
    assert loose == []
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        connection.execute("INSERT INTO portal (id, name, home, division) VALUES ('p', 'p', 'p', '999999')")
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT"):
        connection.execute("INSERT INTO coverage VALUES ('100000', 'x', NULL, 1, 1, 1)")
    connection.close()


def test_places_and_codebook_are_there_from_the_start(archive: Path) -> None:
    with Store.open(archive) as store:
        assert store.connection.execute("SELECT COUNT(*) FROM item").fetchone()[0] == len(figures())
        assert store.connection.execute("SELECT COUNT(*) FROM division").fetchone()[0] == len(divisions())
        full = store.connection.execute("SELECT full_name, name_en FROM division WHERE code = '321322'").fetchone()
        assert full == ("江苏省宿迁市沭阳县", "Shuyang County")


def test_a_new_figure_of_the_forms_gets_its_column(archive: Path) -> None:
    Store.open(archive).close()
    connection = sqlite3.connect(archive / "gongkai.db")
    connection.execute("DROP VIEW applications")
    connection.execute("DROP VIEW figure_long")
    connection.execute("ALTER TABLE figures DROP COLUMN review_review_other")
    connection.execute("DELETE FROM item WHERE code = 'review_review_other'")
    connection.execute("DELETE FROM filled")  # as a program that did not know the figure left it
    connection.commit()
    connection.close()
    stored(archive, ("1.html", page(report())))
    assert row(archive, "SELECT review_review_other AS value FROM figures") == {"value": 0}
    assert row(archive, "SELECT COUNT(*) > 190 AS there FROM figure_long") == {"there": 1}
    assert row(archive, "SELECT total FROM applications WHERE outcome = 'granted'")["total"] is not None


READ_ONLY = """
import os, sys
from pathlib import Path
from pipelines.store.connection import connect_read_only
if os.geteuid() == 0:
    os.setuid(65534)  # whom the folder's permissions hold for
print(connect_read_only(Path(sys.argv[1])).execute("SELECT COUNT(*) FROM report").fetchone()[0])
"""


def test_a_database_on_a_read_only_disk_can_be_looked_at() -> None:
    """An archive on a disc, or mounted for reading: SQLite cannot make the files that stand beside a log's database."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "archive"
        Store.open(folder).close()
        Path(place).chmod(0o755)
        folder.chmod(0o555)
        command = [sys.executable, "-c", READ_ONLY, str(folder / "gongkai.db")]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        folder.chmod(0o755)
    assert (ran.stdout, ran.stderr) == ("0\n", "")


def test_an_organ_is_shown_as_most_of_its_reports_spell_it(archive: Path) -> None:
    pages = [(f"{year}.html", page(report("沭阳县水利局", year, seed=year))) for year in (2021, 2022, 2023)]
    stored(archive, *pages, ("2024.html", page(report("宿迁市沭阳县水利局", 2024, seed=4))))
    shown = row(archive, "SELECT name, (SELECT count(*) FROM organ_name) AS names FROM organ")
    assert shown == {"name": "沭阳县水利局", "names": 2}
