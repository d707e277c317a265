"""The data set, read back by other people's programs."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import frictionless
import openpyxl
import pandas
import pyarrow.parquet
import pyreadstat
import pytest
from click.testing import CliRunner

from cli.main import gongkai
from publish.export import FORMATS, ExportError, csv_files, export, spreadsheet_safe
from publish.export.shapes import shapes
from tests.publish.small_archive import HOSTILE


@pytest.fixture(scope="module")
def folder(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything exported once."""
    out = tmp_path_factory.mktemp("export")
    export(archive, out, set(FORMATS))
    return out


@pytest.fixture
def database(archive: Path) -> Iterator[sqlite3.Connection]:
    """The snapshot that was exported."""
    connection = sqlite3.connect(archive / "snapshot.db")
    yield connection
    connection.close()


def test_same_data_same_bytes(archive: Path, folder: Path, tmp_path: Path) -> None:
    for path in export(archive, tmp_path, set(FORMATS)):
        assert path.read_bytes() == (folder / path.name).read_bytes(), path.name


def test_csv_has_a_mark_and_every_row(folder: Path, database: sqlite3.Connection) -> None:
    for table in ("report", "figures", "panel", "section", "check"):
        content = (folder / f"{table}.csv").read_bytes()
        assert content.startswith("\ufeff".encode())
        rows = list(csv.reader(content.decode("utf-8-sig").splitlines(keepends=True)))
        assert len(rows) - 1 == database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
        assert all(name.isascii() for name in rows[0])
    read = (
        duckdb.connect()
        .execute(f"SELECT sum(applications_new_received_total) FROM read_csv('{folder}/figures.csv')")
        .fetchone()
    )
    assert (
        read is not None
        and read[0] == database.execute("SELECT sum(applications_new_received_total) FROM figures").fetchone()[0]
    )


def test_null_stays_null_and_zero_zero(folder: Path, database: sqlite3.Connection) -> None:
    frame = pandas.read_csv(folder / "figures.csv", encoding="utf-8-sig")
    for code in ("applications_other_outcome_total", "applications_granted_total", "proactive_fees_10k_yuan"):
        nulls, zeros = database.execute(f"SELECT sum({code} IS NULL), sum({code} = 0) FROM figures").fetchone()
        assert int(frame[code].isna().sum()) == nulls and int((frame[code] == 0).sum()) == (zeros or 0)


def test_formula_in_a_title_is_text(folder: Path, archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "snapshot.db"
    shutil.copy(archive / "snapshot.db", file)
    connection = sqlite3.connect(file)
    connection.execute("UPDATE report SET title = '=1+1' || title")
    connection.commit()
    connection.close()
    export(tmp_path, tmp_path / "out", {"csv", "xlsx"}, file=file)
    frame = pandas.read_csv(tmp_path / "out" / "report.csv", encoding="utf-8-sig")
    assert frame["title"].dropna().str.startswith("'=1+1").all()
    sheet = openpyxl.load_workbook(tmp_path / "out" / "gongkai.xlsx", read_only=True)["report"]
    titles = [row[3].value for row in sheet.iter_rows(min_row=4)]
    assert titles and all(title.startswith("'=1+1") for title in titles if title is not None)


def test_parquet_stata_excel_and_sqlite_hold_the_same_panel(folder: Path, database: sqlite3.Connection) -> None:
    total, rows = database.execute("SELECT sum(new_received), count(*) FROM panel").fetchone()
    table = pyarrow.parquet.read_table(folder / "panel.parquet")
    assert table.num_rows == rows and sum(value.as_py() or 0 for value in table["new_received"]) == total
    assert table.schema.field("new_received").metadata[b"unit"] == "件".encode()
    frame, labels = pyreadstat.read_dta(folder / "panel.dta")
    assert len(frame) == rows and frame["new_received"].sum() == total
    assert labels.column_names_to_labels["new_received"] == "本年新收申请（件）"
    assert labels.variable_value_labels["verdict"][1] == "已核验 verified"
    assert (folder / "panel.dta").read_bytes()[:40].startswith(b"<stata_dta><header><release>118")
    book = openpyxl.load_workbook(folder / "gongkai.xlsx", read_only=True)
    sheet = list(book["panel"].iter_rows(values_only=True))
    place = sheet[0].index("new_received")
    assert sum(row[place] or 0 for row in sheet[3:]) == total and len(sheet) == rows + 3
    assert "codebook" in book.sheetnames
    copy = sqlite3.connect(folder / "gongkai.sqlite")
    assert copy.execute("SELECT sum(new_received), count(*) FROM panel").fetchone() == (total, rows)
    copy.close()


def test_balanced_panel_has_every_organ_in_every_year(folder: Path, database: sqlite3.Connection) -> None:
    frame = pandas.read_csv(folder / "panel_balanced.csv", encoding="utf-8-sig")
    organs, years = database.execute(
        "SELECT (SELECT count(*) FROM organ), (SELECT count(DISTINCT year) FROM report)"
    ).fetchone()
    assert len(frame) == organs * years
    assert frame.groupby("organ")["year"].nunique().eq(years).all()


def test_json_lines_follow_the_contract(folder: Path, database: sqlite3.Connection) -> None:
    lines = [json.loads(line) for line in (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(lines) == database.execute("SELECT count(*) FROM report").fetchone()[0]
    for line in lines:
        for key in ("source", "url", "title", "organ", "year", "published", "scope", "forms", "proactive",
        "applications", "review", "contact", "sections",
                    "attachments", "checks", "cells", "verdict", "problems", "report", "portal", "organ_id",
                    "division", "addresses", "capture", "version",
                    "first_seen", "last_seen", "gone_since", "days_late", "extractor"):  # fmt: skip
            assert key in line, key
        assert set(line["capture"]) == {"id", "time", "digest", "warc", "offset", "length"}
        assert line["report"] == f"{line['organ_id']}-{line['year']}"
        assert line["addresses"]
        figures = dict(zip(*_row(database, line["report"]), strict=True))
        if line["applications"]:
            assert line["applications"]["new_received"]["total"] == figures["applications_new_received_total"]
    assert [line["report"] for line in lines] == sorted(line["report"] for line in lines)
    versions = [json.loads(line) for line in (folder / "versions.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["version"] for line in versions] == [1]
    change = next(
        each for each in versions[0]["changes"] if each["row"] == "granted" and each["column"] == "natural_person"
    )
    assert change["before"] - change["after"] == 1


def _row(database: sqlite3.Connection, report: str) -> tuple[list[str], tuple[object, ...]]:
    cursor = database.execute("SELECT * FROM figures WHERE report = ?", (report,))
    return [column[0] for column in cursor.description], cursor.fetchone()


def test_hostile_text_survives_as_text(folder: Path) -> None:
    assert "alert(2)" in (folder / "reports.jsonl").read_text(encoding="utf-8")
    assert HOSTILE[:10] not in (folder / "codebook.html").read_text(encoding="utf-8")


def test_the_package_validates(folder: Path) -> None:
    report = frictionless.validate(str(folder / "datapackage.json"), limit_rows=150)
    assert report.valid, report.flatten(["name", "type", "message"])[:5]


def test_codebook_describes_every_column(folder: Path) -> None:
    rows = list(csv.DictReader((folder / "codebook.csv").read_text(encoding="utf-8-sig").splitlines()))
    described = {(row["file"], row["column"]) for row in rows}
    for path in folder.glob("*.csv"):
        if path.stem in ("codebook", "stata_names"):
            continue
        header = next(csv.reader([path.read_text(encoding="utf-8-sig").splitlines()[0]]))
        assert {(path.stem, name) for name in header} <= described
    figure = next(row for row in rows if row["column"] == "applications_granted_natural_person")
    assert (
        figure["label"] == "予以公开 · 自然人"
        and figure["unit"] == "件"
        and figure["generations"] == "2019 2021"
        and figure["missing"]
    )


def test_workbook_is_whole(folder: Path) -> None:
    with zipfile.ZipFile(folder / "gongkai.xlsx") as packed:
        assert packed.testzip() is None


def test_a_workbook_a_province_holds_its_rows_and_no_others(
    generated: Path, tmp_path: Path
) -> None:  # fmt: skip
    written = export(generated.parent, tmp_path, {"provinces"}, file=generated)
    books = [path for path in written if path.suffix == ".xlsx"]
    known = sqlite3.connect(generated)
    counted = dict(known.execute("SELECT province, count(*) FROM panel GROUP BY 1"))
    known.close()
    assert {path.stem.removeprefix("gongkai-") for path in books} == set(counted)
    for path in books[:2]:
        code = path.stem.removeprefix("gongkai-")
        with closing(openpyxl.load_workbook(path, read_only=True)) as book:
            rows = list(book["panel"].iter_rows(values_only=True))
        place = rows[0].index("province")
        assert {row[place] for row in rows[3:]} == {code} and len(rows) - 3 == counted[code]


def test_r_reads_stata(folder: Path) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("no R on this machine")
    command = f"library(haven); x <- read_dta('{folder}/panel.dta'); cat(nrow(x))"
    assert int(subprocess.run(["Rscript", "-e", command], capture_output=True, text=True, check=True).stdout) > 0


def test_a_wrong_format_or_folder_is_one_line(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="unknown format pdf"):
        export(archive, tmp_path / "x", {"pdf"})
    with pytest.raises(ExportError, match="crawl first"):
        export(tmp_path, tmp_path / "x", {"csv"})


def test_a_failed_export_leaves_the_earlier_one(archive: Path, tmp_path: Path) -> None:
    export(archive, tmp_path / "out", {"csv"})
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    broken = tmp_path / "snapshot.db"
    shutil.copy(archive / "snapshot.db", broken)
    connection = sqlite3.connect(broken)
    connection.execute("DROP TABLE missing")
    connection.commit()
    connection.close()
    with pytest.raises(sqlite3.OperationalError):
        export(tmp_path, tmp_path / "out", {"csv"}, file=broken)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_lines_made_by_sqlite_are_those_of_a_csv_writer(archive: Path, tmp_path: Path) -> None:
    connection = sqlite3.connect(archive / "snapshot.db")
    for shape in shapes(connection):
        written = csv_files.write(connection, shape, tmp_path).read_bytes().decode("utf-8-sig")
        expected = io.StringIO(newline="")
        writer = csv.writer(expected)
        writer.writerow([field.name for field in shape.fields])
        for row in shape.rows(connection):
            writer.writerow(
                [
                    spreadsheet_safe.safe(value)
                    if isinstance(value, str) and field.kind == "string" and field.name not in csv_files.OURS
                    else value
                    for value, field in zip(row, shape.fields, strict=True)
                ]
            )
        assert written == expected.getvalue(), shape.name
    connection.close()


def test_negative_numbers_are_no_formulas(tmp_path: Path) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (value ANY) STRICT")
    for value, written in ((-5, "-5"), ("-5", "'-5"), ("=1", "'=1"), ("-", "-"), ("—", "—")):
        connection.execute("DELETE FROM t")
        connection.execute("INSERT INTO t VALUES (?)", (value,))
        assert str(connection.execute(f"SELECT {spreadsheet_safe.sql('value')} FROM t").fetchone()[0]) == written


def test_a_snapshot_alone_can_be_exported(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "copied").mkdir()
    shutil.copy(archive / "snapshot.db", tmp_path / "copied" / "snapshot.db")
    done = CliRunner().invoke(gongkai, ["export", str(tmp_path / "out"), "--archive", str(tmp_path / "copied")])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out" / "panel.csv").stat().st_size > 0


def test_a_text_longer_than_a_cell_is_cut_and_says_so_and_is_whole_elsewhere(archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "snapshot.db"
    shutil.copy(archive / "snapshot.db", file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE panel SET organ_name = ?", ("界" * 40_000,))
        connection.commit()
    out = tmp_path / "out"
    export(tmp_path, out, {"xlsx", "dta", "parquet", "csv"}, file=file)
    rows = openpyxl.load_workbook(out / "gongkai.xlsx", read_only=True)["panel"].iter_rows(values_only=True)
    head = next(rows)
    name = [row[head.index("organ_name")] for row in rows][2]
    assert len(name) == 32_767 and name.endswith("…")
    assert pyreadstat.read_dta(out / "panel.dta")[0].organ_name.str.len().min() == 40_000
    assert pandas.read_csv(out / "panel.csv").organ_name.str.len().min() == 40_000
    assert pyarrow.parquet.read_table(out / "panel.parquet")["organ_name"][0].as_py() == "界" * 40_000
