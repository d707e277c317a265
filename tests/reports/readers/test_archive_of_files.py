"""An archive whose files are the same report again, or the pieces of one."""

import io
import zipfile

import pytest

from demo.layout import expanded
from demo.render import parts
from reports.extract import extract
from reports.once import told_once
from reports.record import Cell, Record
from tests.gold import files
from tests.gold.cases import DIRTS, case

MADE = case(DIRTS[0], 3, "archive")
WRONG = case(next(each for each in DIRTS if each.name == "wrong-handled"), 3, "archive")


def zipped(**members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as pack:
        for name, content in members.items():
            pack.writestr(name.replace("_", "."), content)
    return held.getvalue()


def lines(part):
    if isinstance(part, str):
        return part
    return "\n".join("\t".join(cell.text if first else "" for cell, first in line) for line in expanded(part))


def pieces(made):
    """The report's text, with the headings of its tables, and each of its tables."""
    text = [made.report.title, *(part for _, part in parts(made.report) if isinstance(part, str))]
    return "\n".join(text), [lines(part) for _, part in parts(made.report) if not isinstance(part, str)]


def workbook_of(made):
    return files.xlsx()(made)[0]


def document_of(made):
    return files.docx()(made)[0]


def test_a_report_as_text_and_as_workbook_is_told_once():
    (record,) = extract(zipped(a_docx=document_of(MADE), b_xlsx=workbook_of(MADE)), name="a.zip")
    assert record.verdict == "verified"


def test_a_copy_in_another_folder_is_told_once():
    (record,) = extract(zipped(a_docx=document_of(WRONG), b_docx=document_of(WRONG)), name="a.zip")
    assert record.verdict == "inconsistent"


def test_two_files_with_different_figures_are_both_told():
    found = extract(zipped(a_docx=document_of(MADE), b_docx=document_of(WRONG)), name="a.zip")
    assert sorted(record.verdict for record in found) == ["inconsistent", "verified"]


def test_tables_in_files_of_their_own_belong_to_the_text_beside_them():
    text, (one, two, three) = pieces(MADE)
    (record,) = extract(zipped(t1_txt=one, t2_txt=two, t3_txt=three, text_txt=text), name="a.zip")
    assert record.verdict == "verified"
    assert (record.organ, record.year) == (MADE.report.organ.name, MADE.report.year)


def test_tables_of_another_organ_stay_apart():
    text, (one, two, _) = pieces(MADE)
    found = extract(zipped(a_txt=text, b_txt=f"西山县水利局2016年政府信息公开工作年度报告\n{one}\n{two}"), name="a.zip")
    assert all(record.applications is None for record in found if record.organ == MADE.report.organ.name)


@pytest.mark.parametrize(
    "line", ["{before}年政府信息公开统计表", "{before}年度", "西山县水利局政府信息公开统计表", "附件：西山乡附表"]
)
def test_tables_that_a_line_gives_to_another_stay_apart(line):
    text, tables = pieces(MADE)
    line = line.format(before=MADE.report.year - 1)
    found = extract(zipped(a_txt=text, b_txt="\n".join([line, *tables])), name="a.zip")
    assert [record.applications for record in found if record.organ == MADE.report.organ.name] == [None]


def test_tables_with_the_texts_own_year_belong_to_it():
    text, tables = pieces(MADE)
    line = f"{MADE.report.organ.name}{MADE.report.year}年政府信息公开附表"
    (record,) = extract(zipped(a_txt=text, b_txt="\n".join([line, *tables])), name="a.zip")
    assert (record.organ, record.verdict) == (MADE.report.organ.name, "verified")


@pytest.mark.parametrize(("value", "told"), [(0, 2), (5, 1)])
def test_noughts_alone_make_no_two_reports_the_same(value, told):
    cell = Cell(
        table="review", row="review", column="total", raw=str(value), value=value, state="number", position=(0, 0, 0)
    )
    records = [Record(source="a", title=title, organ="青山县民政局", year=2023, cells=[cell]) for title in ("甲", "乙")]
    assert len(told_once(records)) == told
