"""Tables that a text draws with lines: the cells, merged ones included, are where the lines say."""

from __future__ import annotations

import pytest

from demo.figures import balanced
from demo.layout import layout
from reports import extract
from reports.forms import TABLES
from reports.readers.texts.boxes import boxed
from tests.gold.lines import drawn
from tests.reports.tables.pages import HEADINGS, differences, page

PLAIN = """
+--------+-----+
|一二三四|行   |
|五      +--+--+
|        |7 |  |
+--------+--+--+
""".strip().splitlines()
CHINESE = """
┌────┬──┐
│甲  │3 │
├────┴──┤
│合在一起   │
└───────┘
""".strip().splitlines()


def own(lines):
    found = boxed(lines, 0, 0)
    assert found is not None
    grid, end = found
    assert end == len(lines)
    cells = [cell for row in range(len(grid.rows)) for cell in grid.own_cells(row)]
    return [(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in cells]


def test_a_cell_reaches_as_far_as_no_line_parts_it():
    assert own(PLAIN) == [("一二三四五", 0, 0, 2, 1), ("行", 0, 1, 1, 2), ("7", 1, 1, 1, 1), ("", 1, 2, 1, 1)]


def test_rules_may_be_as_wide_as_chinese_letters():
    wide = ["┌──┬─┐", "│甲　│3 │", "├──┼─┤", "│乙　│  │", "└──┴─┘"]
    assert [each[0] for each in own(wide)] == ["甲", "3", "乙", ""]


def test_two_drawings_below_each_other_are_two():
    grid, end = boxed([*PLAIN, *PLAIN], 0, 0)
    assert (len(grid.rows), end) == (2, len(PLAIN))


@pytest.mark.parametrize("lines", [CHINESE, ["+---+", "|甲|", "+---+"], ["+--+--+", "|a |b", "+--+--+"], ["+--+"]])
def test_bars_that_do_not_meet_their_rules_are_no_drawing(lines):
    assert boxed(lines, 0, 0) is None


@pytest.mark.parametrize("narrow", [8, 40])
@pytest.mark.parametrize("signs", ["+-|", "┼─│"])
@pytest.mark.parametrize("wrap", ["text", "pre", "paragraphs"])
def test_every_figure_of_a_drawn_report_is_read(wrap, signs, narrow):
    figures = balanced("drawn", requests=500).blanked("applications_granted_business")
    lines = ["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况", "本机关按照要求做好各项工作。"]
    for table in TABLES:
        lines += [HEADINGS[table], *drawn(layout(table, figures), signs, narrow)]
    lines += ["五、存在的主要问题及改进情况", "仍需努力。"]
    text = "\n".join(lines)
    if wrap == "text":
        source = text.encode()
    elif wrap == "pre":
        source = page(f"<pre>{text}</pre>")
    else:
        source = page("".join(f"<p>{line.replace(' ', '&nbsp;')}</p>" for line in lines))
    (record,) = extract(source, name="report")
    assert (differences(record, figures), record.verdict) == ([], "verified")
