"""``gongkai import``, and what comes of other people's captures: through real processes, as an institution does it."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.cdxj import left_to_the_collector
from demo.figures import balanced
from demo.organs import ContactData, Organ
from demo.render import html
from demo.writing import write

ROOT = Path(__file__).resolve().parent.parent.parent
SITE = "http://www.shuyang.gov.cn"
ORGAN = Organ(name="沭阳县教育局", kind="department", slug="x",
              contact=ContactData("政务公开办公室", "人民路1号", "223600", "0527-80000000"))  # fmt: skip


def gongkai(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does."""
    return subprocess.run(
        [sys.executable, "-c", "from cli.main import main; main()", *map(str, arguments)],
        capture_output=True, text=True, timeout=120, check=False, cwd=ROOT, env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip


def others(path: Path, years: range) -> Path:
    """A file as wget writes it: a report a year, captured in the March after."""
    with left_to_the_collector(), path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "Wget/1.21.3 (linux-gnu)"}))
        for year in years:
            made = write(ORGAN, year, balanced(year), year, contact_at="closing")
            page = f"<html><head><meta charset='utf-8'><title>{made.title}</title></head><body>{html.article(made)}"
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    f"{SITE}/{year}.html", "response", payload=io.BytesIO(page.encode()), http_headers=head,
                    warc_headers_dict={"WARC-Date": f"{year + 1}-03-01T00:00:00Z"},
                )
            )  # fmt: skip
    return path


def rows(archive: Path, sql: str) -> list[tuple]:
    """What the database says."""
    database = sqlite3.connect(f"file:{archive / 'gongkai.db'}?mode=ro", uri=True)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of nothing but an import."""
    folder = tmp_path_factory.mktemp("import")
    ran = gongkai("import", others(folder / "wget.warc.gz", range(2021, 2025)), "--portal", "shuyang",
                  "--archive", folder / "archive")  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "4 captures" in ran.stdout
    return folder / "archive"


def test_their_reports_are_read_with_their_own_dates(archive: Path) -> None:
    found = rows(archive, "SELECT year, verdict, first_seen FROM report ORDER BY year")
    assert found == [(year, "verified", f"{year + 1}-03-01T00:00:00Z") for year in range(2021, 2025)]
    for year, total in rows(archive, "SELECT year, new_received FROM report"):
        assert total == balanced(year).values["applications_new_received_total"]


def test_where_they_came_from_is_kept_and_shown(archive: Path) -> None:
    ((crawl, outcome),) = rows(archive, "SELECT id, outcome FROM crawl")
    assert crawl.startswith("shuyang-import-") and outcome == "imported"
    ran = gongkai("status", "--archive", archive)
    assert ran.returncode == 0, ran.stdout
    assert "imported" in ran.stdout
    (warc,) = (archive / "warc" / "shuyang").glob("*.warc.gz")
    ((note,),) = rows(archive, "SELECT url FROM capture WHERE kind = 'resource'")
    assert note == f"urn:gongkai:import:{crawl}"
    extracted = gongkai("extract", warc)
    assert extracted.returncode == 0
    assert {json.loads(line)["year"] for line in extracted.stdout.splitlines()} >= set(range(2021, 2025))


def test_the_same_file_twice_changes_nothing(archive: Path) -> None:
    before = rows(archive, "SELECT * FROM capture ORDER BY id"), sorted((archive / "warc" / "shuyang").iterdir())
    ran = gongkai("import", archive.parent / "wget.warc.gz", "--portal", "shuyang", "--archive", archive)
    assert ran.returncode == 0 and "nothing changed" in ran.stdout
    assert before == (
        rows(archive, "SELECT * FROM capture ORDER BY id"),
        sorted((archive / "warc" / "shuyang").iterdir()),
    )


def test_a_revisit_of_what_others_kept_stops_nothing(tmp_path: Path) -> None:
    """Files of one collection refer to each other; whoever has only one of them still reads its reports."""
    with left_to_the_collector(), others(tmp_path / "a.warc.gz", range(2022, 2023)).open("ab") as out:
        writer = WARCWriter(out, gzip=True)
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_revisit_record(
                f"{SITE}/2019.html", "sha1:" + "A" * 32, f"{SITE}/2019.html", "2020-03-01T00:00:00Z", http_headers=head
            )
        )
    folder = tmp_path / "archive"
    ran = gongkai("import", tmp_path / "a.warc.gz", "--portal", "shuyang", "--archive", folder)
    assert ran.returncode == 0 and "2 captures, 1 of them repeat answers that are not here" in ran.stdout, ran.stderr
    assert rows(folder, "SELECT year FROM report") == [(2022,)]
    later = gongkai("import", others(tmp_path / "b.warc.gz", range(2023, 2024)), "--portal", "shuyang",
                    "--archive", folder)  # fmt: skip
    assert later.returncode == 0, later.stderr
    assert gongkai("verify", "--deep", "--archive", folder).returncode == 0
    assert gongkai("rebuild", "--archive", folder).returncode == 0


def test_a_page_that_others_kept_without_its_head_is_read(tmp_path: Path) -> None:
    made = write(ORGAN, 2024, balanced(9), 9, contact_at="closing")
    page = f"<html><head><meta charset='utf-8'><title>{made.title}</title></head><body>{html.article(made)}"
    with left_to_the_collector(), (tmp_path / "kept.warc.gz").open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for address in (f"{SITE}/2024.html", "urn:text:page"):  # only the first is a page of the portal
            writer.write_record(
                writer.create_warc_record(
                    address, "resource", payload=io.BytesIO(page.encode()), warc_content_type="text/html",
                    warc_headers_dict={"WARC-Date": "2025-03-01T00:00:00Z"},
                )
            )  # fmt: skip
    archive = tmp_path / "archive"
    ran = gongkai("import", tmp_path / "kept.warc.gz", "--portal", "shuyang", "--archive", archive)
    assert ran.returncode == 0, ran.stderr
    assert rows(archive, "SELECT year, verdict, first_seen, url FROM report") == [
        (2024, "verified", "2025-03-01T00:00:00Z", f"{SITE}/2024.html")
    ]
    assert gongkai("verify", "--deep", "--archive", archive).returncode == 0
    before = rows(archive, "SELECT * FROM report")
    assert gongkai("rebuild", "--archive", archive, "--jobs", "2").returncode == 0
    assert rows(archive, "SELECT * FROM report") == before


def test_zstandard_is_refused_in_a_clear_line(tmp_path: Path) -> None:
    (tmp_path / "a.warc.zst").write_bytes(b"\x28\xb5\x2f\xfd" + b"x" * 50)
    ran = gongkai("import", tmp_path / "a.warc.zst", "--portal", "shuyang", "--archive", tmp_path / "archive")
    assert ran.returncode == 1
    assert "a.warc.zst is packed with Zstandard, which is not read: unpack it first (zstd -d)" in ran.stderr


def test_verify_and_rebuild_know_them(archive: Path) -> None:
    deep = gongkai("verify", "--deep", "--archive", archive)
    assert deep.returncode == 0, deep.stderr
    assert "all well" in deep.stdout
    again = gongkai("rebuild", "--archive", archive)
    assert again.returncode == 0 and "4 reports, 0 differences" in again.stdout, again.stdout + again.stderr


def test_verify_deep_sees_a_figure_that_was_altered(archive: Path, tmp_path: Path) -> None:
    copy = tmp_path / "archive"
    shutil.copytree(archive, copy)
    with sqlite3.connect(copy / "gongkai.db") as database:
        first, second = database.execute("SELECT id, content FROM report ORDER BY year LIMIT 2").fetchall()
        database.execute("UPDATE report SET content = ? WHERE id = ?", (second[1], first[0]))
    database.close()
    assert gongkai("verify", "--archive", copy).returncode == 0
    ran = gongkai("verify", "--deep", "--archive", copy)
    assert ran.returncode == 1 and first[0] in ran.stderr and second[0] not in ran.stderr


ALTERED = {
    "UPDATE figures SET applications_new_received_total = 7 WHERE report LIKE '%-2023'": (
        "applications_new_received_total is 7"
    ),
    "UPDATE panel SET new_received = 7 WHERE report LIKE '%-2023'": "new_received is 7",
    "UPDATE report SET verdict = 'incomplete' WHERE year = 2023": "verdict is incomplete",
    "UPDATE report SET published = '2020-01-01' WHERE year = 2023": "published is 2020-01-01",
    "DELETE FROM panel WHERE report LIKE '%-2023'": "this row is missing",
    "UPDATE capture SET digest = 'sha256:0', size = 1 WHERE url LIKE '%2023.html'": "size is 1 in the database",
    "UPDATE contact SET phones = '000' WHERE rowid = (SELECT MIN(rowid) FROM contact)": "phones is 000",
}


@pytest.mark.parametrize("statement", ALTERED)
def test_verify_deep_sees_what_was_altered_in_any_table(archive: Path, tmp_path: Path, statement: str) -> None:
    copy = tmp_path / "archive"
    shutil.copytree(archive, copy)
    with sqlite3.connect(copy / "gongkai.db") as database:
        assert database.execute(statement).rowcount == 1
    database.close()
    ran = gongkai("verify", "--deep", "--archive", copy)
    assert ran.returncode == 1 and ALTERED[statement] in ran.stderr, ran.stderr
    assert not list(copy.glob(".verify-*"))


def test_a_package_of_a_portal_and_year(archive: Path, tmp_path: Path) -> None:
    wacz = tmp_path / "2023.wacz"
    ran = gongkai("package", wacz, "--portal", "shuyang", "--year", "2023", "--archive", archive)
    assert ran.returncode == 0, ran.stderr
    with zipfile.ZipFile(wacz) as packed:
        pages = [json.loads(line) for line in packed.read("pages/pages.jsonl").splitlines()]
    assert [page["url"] for page in pages if "url" in page] == [f"{SITE}/2022.html"]
    other = gongkai("import", wacz, "--portal", "shuyang", "--archive", tmp_path / "other")
    assert other.returncode == 0, other.stderr
    assert len(rows(tmp_path / "other", "SELECT id FROM report")) == 4  # its WARC file is whole


def test_the_index_is_that_of_cdxj_indexer(archive: Path, tmp_path: Path) -> None:
    ran = gongkai("package", tmp_path / "all.cdxj", "--archive", archive)
    assert ran.returncode == 0 and "the index of 1 WARC files" in ran.stdout, ran.stderr
    files = sorted((archive / "warc" / "shuyang").glob("*.warc.gz"))
    indexer = Path(sys.executable).parent / "cdxj-indexer"
    theirs = subprocess.run([indexer, "-s", *files], capture_output=True, text=True, check=True).stdout
    assert (tmp_path / "all.cdxj").read_text() == theirs and theirs.count("\n") == 5
    wrong = gongkai("package", tmp_path / "all.cdxj", "--year", "2023", "--archive", archive)
    assert wrong.returncode == 2 and "--year is for packages" in wrong.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "missing.wacz", "--portal", "shuyang"), "is not a file"),
        (("import", __file__, "--portal", "shuyang"), "test_import.py"),
        (("import", "wget.warc.gz", "--portal", "../shuyang"), "cannot name a folder"),
        (("package", "out.wacz", "--portal", "atlantis"), "atlantis"),
        (("package", "out.wacz", "--year", "1999"), "1999"),
    ],
)
def test_what_cannot_be_is_said_in_clear_lines(archive: Path, arguments: tuple[str, ...], said: str) -> None:
    placed = [archive.parent / each if each.endswith((".wacz", ".gz")) else each for each in arguments]
    ran = gongkai(*placed, "--archive", archive)
    assert ran.returncode == 1 and said in ran.stderr
    assert "Traceback" not in ran.stderr and len(ran.stderr.splitlines()) <= 2, ran.stderr
    assert not (archive.parent / "out.wacz").exists()
