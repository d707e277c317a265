"""An organ's own error is told as its own wherever its table stands, as long as a second reading prints the same."""

import json
from dataclasses import replace

import pytest

from demo.figures import balanced
from demo.layout import Td, expanded, layout
from reports import extract
from reports.forms import TABLES
from tests.reports.tables.pages import HEADINGS, body, differences, page, table_html

TOTAL = "applications_granted_total"
RIGHT = balanced("whose error", requests=300)
WRONG = replace(RIGHT, values={**RIGHT.values, TOTAL: RIGHT.values[TOTAL] + 1})
TITLE = "青山县民政局2023年政府信息公开工作年度报告"


def texts(table):
    """The rows of a table with every merged cell parted, its text in the first of its places."""
    return [[cell.text if begins else "" for cell, begins in row] for row in expanded(layout(table, WRONG))]


def drawn(line):
    """The tables as ``line`` writes the texts of a row."""
    parts = ["<p>一、总体情况</p><p>本机关按照要求做好各项工作。</p>"]
    for table in TABLES:
        rows = "".join(line(row) for row in texts(table))
        parts.append(f"<p>{HEADINGS[table]}</p><div>{rows}</div>")
    return "".join(parts) + "<p>五、存在的主要问题及改进情况</p><p>仍需努力。</p>"


def by_grid_lines():
    """One CSS grid a table, its boxes written column by column, each with its lines."""
    parts = ["<p>一、总体情况</p><p>本机关按照要求做好各项工作。</p>"]
    for table in TABLES:
        rows = texts(table)
        boxes = [
            f"<div style='grid-area:{y + 1}/{x + 1}/{y + 2}/{x + 2}'>{rows[y][x]}</div>"
            for x in range(len(rows[0]))
            for y in range(len(rows))
        ]
        columns = f"display:grid;grid-template-columns:repeat({len(rows[0])},1fr)"
        parts.append(f"<p>{HEADINGS[table]}</p><div style='{columns}'>{''.join(boxes)}</div>")
    return "".join(parts) + "<p>五、存在的主要问题及改进情况</p><p>仍需努力。</p>"


SHAPES = {
    "tables": body(WRONG),
    "a comment": f"<!--{body(WRONG)}-->",
    "a text area": f"<textarea>{body(WRONG)}</textarea>",
    "a script": f"<script>var article = {json.dumps({'title': TITLE, 'content': body(WRONG)})}</script>",
    "lines": drawn(lambda row: f"<p>{' | '.join(row)}</p>"),
    "rows of boxes": drawn(
        lambda row: f"<div style='display:flex'>{''.join(f'<span>{text}</span>' for text in row)}</div>"
    ),
    "a grid by its lines": by_grid_lines(),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_an_organ_s_error_is_its_own_in_every_shape(shape):
    (record,) = extract(page(SHAPES[shape], TITLE), name="page.html")
    assert record.verdict == "inconsistent"
    assert record.applications["granted"]["total"] == WRONG.values[TOTAL]
    assert any(problem.code == "likely-cell" and "granted.total" in problem.message for problem in record.problems)


def test_an_error_in_boxes_that_the_second_reading_sees_otherwise_may_be_ours():
    """Boxes of a grid whose lines are not told: the second reading takes them in the source's order."""
    shuffled = by_grid_lines().replace("grid-area", "grid-place")
    (record,) = extract(page(shuffled, TITLE), name="page.html")
    assert record.verdict not in ("verified", "inconsistent")


def test_table_4_in_three_tables_whose_error_stands_in_one():
    figures = balanced("three blocks", requests=60, cases=9)
    figures = replace(figures, values={**figures.values, "review_suit_direct_total": 99})
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    pieces = []
    for block, name in (
        ("review", "行政复议"),
        ("suit_direct", "未经复议直接起诉"),
        ("suit_after_review", "复议后起诉"),
    ):
        outcomes = ("upheld", "corrected", "other", "pending", "total")
        values = [Td(str(figures.values[f"review_{block}_{outcome}"])) for outcome in outcomes]
        pieces.append(table_html([[Td(name, colspan=5)], [*map(Td, heads)], values]))
    content = body(figures).replace(table_html(layout("review", figures)), "".join(pieces))
    (record,) = extract(page(content), name="page.html")
    assert (differences(record, figures), record.verdict) == ([], "inconsistent")
    places = [cell.position for cell in record.cells if cell.table == "review"]
    assert places == [(table, 2, column) for table in (2, 3, 4) for column in range(5)]
