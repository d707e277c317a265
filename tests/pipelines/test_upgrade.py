"""After the extraction has changed, ``rebuild --dry-run`` tells what that changes: in a copy of the code, where a
reader is changed on purpose."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.store import Store
from tests.pipelines.portal_desk import crawl, page, report

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("archive", "cli", "crawler", "data", "demo", "pipelines", "publish", "reports")
HOME = "http://www.shuyang.gov.cn"

#: Appended to ``reports/extract.py``: another reading of a cell, of the contact, of the running text, of a section, of
#: a check, and of the title; and one report that is none any more.
CHANGE = """
_before = extract

def extract(*given, **named):
    records = _before(*given, **named)
    for record in records:
        if record.organ == "沭阳县财政局":
            record.verdict = "not_a_report"
        if record.organ != "沭阳县教育局":
            continue
        cell = next(each for each in record.cells if (each.row, each.column) == ("granted", "natural_person"))
        cell.value = record.applications["granted"]["natural_person"] = 77777
        record.contact.phones = ["0527-11111111"]
        record.narrative = [*record.narrative[1:], type(record.narrative[0])(
            key="new_received", value=5, raw="5", section="三", start=0, end=1)]
        record.sections[0].text = record.sections[0].text[:-3] + "完。"
        record.checks[0].status = "not_assessable"
        record.title = "另一个标题"
        record.problems.append(Problem(code="invented", message="for the test", where="nowhere"))
    return records
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code in another place, to be changed there."""
    for room in ROOMS:
        shutil.copytree(
            ROOT / room, tmp_path / "code" / room, ignore=shutil.ignore_patterns("__pycache__", "archive-*")
        )
    return tmp_path / "code"


def dry_run(code: Path, archive: Path) -> tuple[list[str], str]:
    main = [sys.executable, "-c", "from cli.main import main; main()"]
    ran = subprocess.run(
        [*main, "rebuild", "--dry-run", "--jobs", "2", "--archive", str(archive)],
        cwd=code,
        env={**os.environ, "PYTHONPATH": str(code)},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.splitlines(), ran.stderr


def test_a_changed_reader_is_told_cell_by_cell_before_anything_is_replaced(archive: Path, copy: Path) -> None:
    with crawl(archive, "shuyang") as visit:
        visit.get(f"{HOME}/1.html", page(report("沭阳县教育局", 2024, 1)))
        visit.get(f"{HOME}/2.html", page(report("沭阳县财政局", 2024, 2)))
        visit.get(f"{HOME}/3.html", page(report("沭阳县民政局", 2024, 3)))
    with crawl(archive, "shuyang", day=3) as later:
        later.get(f"{HOME}/1.html", page(report("沭阳县教育局", 2024, 9)))  # edited: the granted figure too
    with Store.open(archive) as store:
        store.catch_up()
        store.refresh()
        before = store.connection.execute("SELECT id, title FROM report ORDER BY id").fetchall()
    database = (archive / "gongkai.db").read_bytes()

    same, said = dry_run(copy, archive)
    assert same == [] and " 0 differences; nothing was replaced" in said

    with (copy / "reports" / "extract.py").open("a") as code:
        code.write(CHANGE)
    told, said = dry_run(copy, archive)
    assert (archive / "gongkai.db").read_bytes() == database
    assert f"{len(told)} differences; nothing was replaced" in said
    education, finance, other = ([line for line in told if line.startswith(f"{name}-2024:")] for name in
                                 _by_organ(before))  # fmt: skip
    assert other == []
    assert finance == [f"{_by_organ(before)[1]}-2024: report: verified -> blank"]
    lines = "\n".join(line.split(": ", 1)[1] for line in education)
    for expected in (
        "report title: ",
        "applications granted natural_person: ",
        " -> 77777",
        "contact phones text: ",
        " -> 0527-11111111",
        "narrative ",
        "section 一 text: …",
        "完。",
        "check ",
        " -> not_assessable",
        "problem invented nowhere: blank -> for the test",
        "version 2 applications granted natural_person: ",
        " -> 77777 to 77777",
    ):
        assert expected in lines, (expected, lines)


def _by_organ(reports: list[tuple[str, str]]) -> list[str]:
    return [
        next(report.removesuffix("-2024") for report, title in reports if organ in title)
        for organ in ("沭阳县教育局", "沭阳县财政局", "沭阳县民政局")
    ]
