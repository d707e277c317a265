"""Table 3 whose labels and headings are folded side by side, as a page looks on paper."""

from __future__ import annotations

import itertools
import unicodedata

import pytest

from demo.figures import balanced
from demo.layout import expanded, layout
from reports import extract
from reports.forms import TABLES
from reports.readers.texts.folded_header import names_all_in_order
from reports.readers.texts.in_order import tables_in_order
from tests.reports.tables.pages import HEADINGS, differences

FIGURES = balanced("in order", requests=900)


def wide(text):
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def looks(rows, most, middle):
    """The lines of a table as it looks: each cell folded to its column's width, in the middle of its rows or above."""
    grid = expanded(rows)
    widths = [4] * len(grid[0])
    for (cell, first), column in ((pair, at) for row in grid for at, pair in enumerate(row)):
        if first and cell.colspan == 1:
            widths[column] = max(widths[column], wide(cell.text) if cell.code else min(most, wide(cell.text)))
    starts = [0, *itertools.accumulate(width + 2 for width in widths)]
    heights = [1] * len(grid)
    pieces = {}
    for y, row in enumerate(grid):
        for x, (cell, first) in enumerate(row):
            if not first:
                continue
            size = (starts[min(x + cell.colspan, len(widths))] - starts[x] - 2) // (1 if cell.code else 2)
            pieces[y, x] = [cell.text[at : at + size] for at in range(0, len(cell.text), size)] or [""]
            if cell.rowspan == 1:
                heights[y] = max(heights[y], len(pieces[y, x]))
    tops = [0, *itertools.accumulate(heights)]
    lines = [""] * tops[-1]
    for (y, x), found in sorted(pieces.items(), key=lambda each: each[0][1]):
        cell = grid[y][x][0]
        spare = tops[min(y + cell.rowspan, len(grid))] - tops[y] - len(found)
        for at, piece in enumerate(found[: tops[-1] - tops[y]], tops[y] + (spare // 2 if middle else 0)):
            lines[at] += " " * (starts[x] - wide(lines[at])) + piece
    return lines


def report(figures, most=10, middle=True, change=lambda lines: lines):
    lines = ["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况", "本机关按照要求做好各项工作。"]
    for table in TABLES:
        rows = layout(table, figures)
        printed = ["\t".join(cell.text for cell in row) for row in rows]
        lines += [HEADINGS[table], *(change(looks(rows, most, middle)) if table == "applications" else printed)]
    return [*lines, "五、存在的主要问题及改进情况", "仍需努力。"]


def read(lines):
    (record,) = extract("\n".join(lines).encode(), name="report.txt")
    return record


@pytest.mark.parametrize("middle", [True, False])
@pytest.mark.parametrize("most", [8, 10, 16])
@pytest.mark.parametrize("generation", ["2019", "2021"])
def test_folded_labels_are_the_rows_of_the_form(generation, most, middle):
    figures = balanced("in order", proactive=generation, applications=generation, requests=900)
    record = read(report(figures, most, middle))
    assert (differences(record, figures), record.verdict) == ([], "verified")


def test_what_heads_every_page_is_no_piece_of_a_label():
    head = "青山县民政局文件"

    def with_heads(lines):
        return [*lines[:20], head, *lines[20:]]

    record = read([head, *report(FIGURES, change=with_heads)])
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_an_organs_own_mistake_stays_its_own():
    figures = FIGURES.planted("applications_granted_business", by=5)
    record = read(report(figures))
    assert differences(record, figures) == []
    assert record.verdict in ("inconsistent", "incomplete")


@pytest.mark.parametrize("column", ["business", "legal_service"])
def test_applicants_in_another_order_are_not_taken_for_the_forms(column):
    names = {"business": ("商业企业", "科研机构"), "legal_service": ("法律服务机构", "社会公益组织")}[column]

    def swapped(table):
        rows = layout(table, FIGURES)
        for cell in (cell for row in rows for cell in row if cell.text in names):
            cell.text = names[cell.text == names[0]]
        return rows

    lines = looks(swapped("applications"), 10, True)
    assert tables_in_order(["三、收到和处理政府信息公开申请情况", *lines, "四、"]) == {}


def test_two_rows_that_have_changed_places_are_not_taken_for_the_forms():
    rows = layout("applications", FIGURES)
    one, other = (place for place, row in enumerate(rows) if any("第三方" in c.text or "内部" in c.text for c in row))
    rows[one], rows[other] = rows[other], rows[one]
    assert tables_in_order(["三、收到和处理政府信息公开申请情况", *looks(rows, 10, True), "四、"]) == {}


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        (["自然 商业企 科研机法人或其他组织法律服务 其 总计", "人 业 构 社会公益组 织 机构 他"], True),
        (["申请人情况", "自然人 法人或其他组织 总计", "商业企业 科研机构 社会公益组织 法律服务机构 其他"], True),
        (["自然人 科研机构 商业企业 社会公益组织 法律服务机构 其他 总计"], False),
        (["自然人 商业企业 科研机构 社会公益组织 法律服务机构 总计"], False),
        (["自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 外国人 总计"], False),
    ],
)
def test_a_folded_header_comes_out_letter_by_letter(lines, known):
    assert names_all_in_order(lines) is known


def test_endless_headers_take_no_time():
    assert not names_all_in_order(["其他组织法人或其他" * 40] * 12)
