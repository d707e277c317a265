"""What stands between the lines of a table in a text: page numbers, running heads, an organ's own rows, a header."""

from __future__ import annotations

from dataclasses import replace

import pytest

from demo.figures import balanced
from demo.layout import Td, layout
from reports import extract
from reports.forms import TABLES
from reports.readers.page_furniture import furniture
from reports.tables.applications_form import COLUMNS
from tests.reports.tables.pages import HEADINGS, differences, page

FIGURES = balanced("lines between", requests=300)
TITLE = "青山县民政局2023年政府信息公开工作年度报告"
PENALTIES = str(FIGURES.values["proactive_penalty_decisions"])
SHAPES = {
    "tabs": lambda row: ["\t".join(cell.text for cell in row)],
    "bars": lambda row: [" | ".join(cell.text for cell in row) + " |"],
    "one space": lambda row: [" ".join(cell.text for cell in row)],
    "a cell a line": lambda row: [cell.text for cell in row],
}
WRAPS = {
    "text": lambda lines: "\n".join(lines).encode(),
    "paragraphs": lambda lines: page("".join(f"<p>{line}</p>" for line in lines)),
}


def lines_of(shape, change=lambda table, rows: rows):
    lines = [TITLE, "一、总体情况", "本机关按照要求做好各项工作。"]
    for table in TABLES:
        rows = change(table, [list(row) for row in layout(table, FIGURES)])
        lines += [HEADINGS[table], *(line for row in rows for line in SHAPES[shape](row))]
    return [*lines, "五、存在的主要问题及改进情况", "仍需努力。"]


def read_one(lines, wrap="text"):
    (record,) = extract(WRAPS[wrap](lines), name="report")
    return record


@pytest.mark.parametrize("between", ["- 5 -", "—5—", "第 5 页 共 9 页", "第5页", "Page 5 of 9"])
@pytest.mark.parametrize("wrap", WRAPS)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_number_parts_no_table(shape, wrap, between):
    if shape == "tabs" and wrap != "text":
        return
    lines = lines_of(shape)
    for step in (23, 40, 61):
        lines.insert(step, between)
    record = read_one(lines, wrap)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize("shape", ["tabs", "bars", "one space"])
def test_a_bare_number_between_two_whole_rows_is_a_page_s(shape):
    lines = lines_of(shape)
    place = next(number for number, line in enumerate(lines) if "行政查询事项" in line)
    lines.insert(place, "4")
    record = read_one(lines)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_a_blank_figure_behind_a_tab_is_blank():
    def blank(table, rows):
        if table == "proactive":
            rows = [[replace(cell, text="") if cell.text == PENALTIES else cell for cell in row] for row in rows]
        return rows

    record = read_one(lines_of("tabs", blank))
    assert record.proactive["penalty_decisions"] is None
    assert (record.verdict, [each.code for each in record.problems]) == ("verified", [])


@pytest.mark.parametrize("shape", SHAPES)
def test_a_running_head_and_its_number_part_no_table(shape):
    lines = lines_of(shape)
    lines[33:33] = ["", TITLE, "5", ""]
    record = read_one(lines)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_a_number_without_a_mark_is_a_figure():
    assert furniture(["甲", "5", "", "乙", "7"]) == set()
    assert furniture(["政府信息公开工作年度报告", "甲", "", "政府信息公开工作年度报告", "5", "", "7"]) == {2, 3, 4, 5}


def test_of_two_bare_numbers_the_one_beside_the_running_head_is_the_pages():
    head = "政府信息公开工作年度报告"
    assert furniture([head, "甲", "0", "", head, "5", "", "7"]) == {3, 4, 5, 6}
    assert furniture([head, "甲", "0", "", head, "", "5", "", "乙"]) == set()


def test_a_figure_before_a_page_break_is_not_lost_with_the_running_head():
    """A cell a line, tabs between: the 0 before the running head was taken for its page's number, and read as blank."""
    lines = lines_of("tabs")
    lines = [line for row in lines for line in row.replace("\t", "\n\t\n").split("\n")]
    label = lines.index("4.无正当理由大量反复申请")
    figure = label + 12
    assert (lines[figure - 1], lines[figure + 1]) == ("\t", "\t")
    lines[figure + 1 : figure + 1] = ["", TITLE, "5", ""]
    record = read_one(lines)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_a_tab_right_below_a_tab_is_a_lost_cell_and_no_blank_one():
    lines = lines_of("tabs")
    lines = [line for row in lines for line in row.replace("\t", "\n\t\n").split("\n")]
    del lines[lines.index("4.无正当理由大量反复申请") + 12]
    assert read_one(lines).verdict == "incomplete"


def with_row(after, name, values):
    def change(table, rows):
        at = next((n for n, row in enumerate(rows) if any(cell.text.startswith(after) for cell in row)), None)
        if at is not None:
            rows.insert(at + 1, [Td(name), *(Td(str(value)) for value in values)])
        return rows

    return change


@pytest.mark.parametrize("shape", ["tabs", "bars", "one space"])
def test_a_subtotal_in_a_text_leaves_the_report_verified(shape):
    rows = FIGURES.applications()
    sums = [sum(rows[key][column] for key in rows if key.startswith("refused")) for column in COLUMNS]
    record = read_one(lines_of(shape, with_row("8.属于行政查询事项", "小计", sums)))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")
    assert any(problem.code == "subtotal-row" for problem in record.problems)


@pytest.mark.parametrize("shape", ["tabs", "bars", "one space"])
def test_a_part_of_a_row_in_a_text_leaves_the_report_verified(shape):
    record = read_one(lines_of(shape, with_row("（二）部分公开", "其中：网上申请", [1, 0, 0, 0, 0, 0, 1])))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize("shape", ["tabs", "bars", "one space"])
def test_another_row_in_a_text_is_no_proof_that_the_labels_are_right(shape):
    record = read_one(lines_of(shape, with_row("（二）部分公开", "本县自设情形", [1, 0, 0, 0, 0, 0, 1])))
    assert record.verdict == "incomplete"


@pytest.mark.parametrize("shape", ["tabs", "bars", "one space"])
def test_another_row_of_noughts_in_a_text_takes_nothing_away(shape):
    record = read_one(lines_of(shape, with_row("（二）部分公开", "本县自设情形", [0] * 7)))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def swapped(corner):
    """The header in one line, two kinds of applicants exchanged, and their figures with them."""

    def change(table, rows):
        if table != "applications":
            return rows
        names = ["自然人", "商业企业", "法律服务机构", "社会公益组织", "科研机构", "其他", "总计"]
        body = [row for row in rows if any(cell.code for cell in row)]
        for row in body:
            first = len(row) - len(COLUMNS)
            row[first + 2], row[first + 4] = row[first + 4], row[first + 2]
        return [[Td(text) for text in (*corner, *names)], *body]

    return change


@pytest.mark.parametrize("shape", ["tabs", "bars", "one space"])
def test_a_header_in_one_line_names_the_columns_in_its_order(shape):
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    record = read_one(lines_of(shape, swapped([note, "申请人情况"])))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_columns_are_never_taken_from_the_form_below_a_line_that_names_others():
    lines = lines_of("one space", swapped([]))
    lines = [line.replace(" ", "及") if line.startswith("自然人 ") else line for line in lines]
    assert read_one(lines).verdict == "incomplete"


@pytest.mark.parametrize("shape", ["a cell a line", "tabs between lines"])
def test_a_second_reports_labels_and_headings_are_no_running_heads(shape):
    """They have been there before, and beside figures with an empty line after them."""
    shaped = {"a cell a line": lambda row: row, "tabs between lines": lambda row: "\n\t\n".join(row).split("\n")}[shape]
    lines = []
    for organ in ("青山县民政局", "青山县水务局"):
        figures = balanced(f"two reports in one text, {organ}", requests=300)
        lines += [f"{organ}2023年政府信息公开工作年度报告", "一、总体情况", f"{organ}按照要求做好各项工作。"]
        for table in TABLES:
            rows = [[cell.text for cell in row] for row in layout(table, figures)]
            lines += ["", HEADINGS[table], "", *(line for row in rows for line in shaped(row))]
        lines += ["", "五、存在的主要问题及改进情况", f"{organ}的工作仍需努力。", organ, "2024年1月20日"]
    first, second = extract("\n".join(lines).encode(), name="report.txt")
    for record, organ in ((first, "青山县民政局"), (second, "青山县水务局")):
        assert record.organ == organ
        assert (record.verdict, differences(record, balanced(f"two reports in one text, {organ}", requests=300))) == (
            "verified",
            [],
        )
