"""A sheet saved as a page or as lines: what stands alone in a row is text, and tells whose report it is."""

import io

import openpyxl
import pytest

from demo.layout import expanded
from demo.render import parts
from reports import extract
from reports.readers import read
from tests.gold.cases import DIRTS, case

MADE = case(DIRTS[0], 3, "alone")


def rows():
    """The report as a sheet has it: each line in the first of ten cells."""
    yield [MADE.report.title]
    for _, part in parts(MADE.report):
        if isinstance(part, str):
            yield [part]
        else:
            for line in expanded(part):
                yield [cell.text.replace("\n", "") if first else "" for cell, first in line]


def page():
    width = max(map(len, rows()))
    lines = ("".join(f"<td>{text}</td>" for text in [*row, *[""] * (width - len(row))]) for row in rows())
    return f"<html><body><table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table></body></html>".encode(), "a.xls"


def values():
    width = max(map(len, rows()))
    return "\n".join(",".join([*row, *[""] * (width - len(row))]) for row in rows()).encode(), "a.csv"


@pytest.mark.parametrize("made", [page, values])
def test_a_sheet_that_is_one_table(made):
    source, name = made()
    (record,) = extract(source, name=name)
    assert (record.title, record.organ, record.year) == (MADE.report.title, MADE.truth.organ, MADE.report.year)
    assert [section.number for section in record.sections] == ["一", "二", "三", "四", "五", "六"]
    assert MADE.truth.contact["postcode"] == record.contact.postcode


def test_a_table_on_a_page_keeps_its_lines():
    source = "<p>某某县财政局</p><table><tr><td>情况表<td><tr><td>许可<td>3<tr><td>处罚<td>5</table>"
    (document,) = read(source.encode(), name="a.html")
    assert [part.text for part in document.paragraphs] == ["某某县财政局"]


def test_text_around_a_table_of_a_cell_a_line_is_no_part_of_it():
    lines = [MADE.report.title, "现公布年度报告。", "二、主动公开政府信息情况"]
    table = [
        "信息内容",
        "本年制发件数",
        "本年废止件数",
        "现行有效件数",
        "规章",
        "3",
        "0",
        "9",
        "行政规范性文件",
        "4",
        "1",
        "26",
    ]
    source = "\n".join([*lines, *table, "五、存在的主要问题及改进情况", "人手不足。", MADE.truth.organ])
    (document,) = read(source.encode(), name="a.txt")
    assert [part.text for part in document.paragraphs][:2] == lines[:2]
    assert [part.text for part in document.paragraphs][-3:] == [
        "五、存在的主要问题及改进情况",
        "人手不足。",
        MADE.truth.organ,
    ]


def test_lines_below_the_figures_of_a_sheet_stay_below():
    book = openpyxl.Workbook()
    for line in (["某某县财政局2023年报告"], ["许可", 3], ["处罚", 5], ["某某县财政局"], ["2024年1月8日"]):
        book.active.append(line)
    held = io.BytesIO()
    book.save(held)
    (document,) = read(held.getvalue(), name="a.xlsx")
    kinds = [getattr(part, "text", "a table") for part in document.flow]
    assert kinds == ["某某县财政局2023年报告", "a table", "某某县财政局", "2024年1月8日"]
    assert [part.index for part in document.paragraphs] == [0, 1, 2]
