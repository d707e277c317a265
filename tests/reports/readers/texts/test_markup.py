"""Tables in the markup of wikis and of AsciiDoc, with and without cells that reach over others."""

from __future__ import annotations

import pytest

from reports.readers import read

WIKI = """= 公开情况 =
{| class="wikitable"
|+ 行政复议
! colspan="2" | 行政复议 !! rowspan=2 | 总计
|-
! 结果维持
! 结果纠正
|-
| 1 || 2
| 3
|}
四、其他
"""
ASCIIDOC = """[cols="3*"]
|===
2+|行政复议 .2+|总计
|结果维持 |结果纠正

|1 |2 |3
|===
四、其他
"""
WANTED = [["行政复议", "行政复议", "总计"], ["结果维持", "结果纠正", "总计"], ["1", "2", "3"]]


@pytest.mark.parametrize("text", [WIKI, ASCIIDOC, ASCIIDOC.split("\n", 1)[1].replace("2+|行政复议", "2+|行政复议  ")])
def test_cells_that_reach_over_others(text: str) -> None:
    (document,) = read(text.encode(), name="a.txt")
    (grid,) = document.grids
    assert [[cell and cell.text for cell in row] for row in grid.rows] == WANTED
    assert [each.text for each in document.paragraphs][-1] == "四、其他"


def test_a_cell_a_line_with_blanks_for_spans() -> None:
    text = "{|\n| 规章\n| 1\n|\n| 2\n|-\n| 规范性文件\n|\n| 3\n| 4\n|}\n"
    (document,) = read(text.encode(), name="a.txt")
    (grid,) = document.grids
    rows = [[cell.text if cell else "" for cell in row] for row in grid.rows]
    assert rows == [["规章", "1", "", "2"], ["规范性文件", "", "3", "4"]]


def test_a_table_that_does_not_end_is_no_table_of_a_wiki() -> None:
    (document,) = read("{| 见下\n规章 1 2 3\n".encode(), name="a.txt")
    assert "规章" in "".join(each.text for each in document.paragraphs)


def test_numbers_of_folded_labels_are_no_figures() -> None:
    """A narrow column breaks 2.其他法律 behind its number."""
    lines = [
        "+------+---+",
        "| 2    | 7 |",
        "| .其他|   |",
        "| 法律 |   |",
        "+------+---+",
        "| 3.危 | 8 |",
        "| 及   |   |",
        "+------+---+",
    ]
    (document,) = read("\n".join(lines).encode(), name="a.txt")
    (grid,) = document.grids
    assert [[cell and cell.text for cell in row] for row in grid.rows] == [["2.其他法律", "7"], ["3.危及", "8"]]


def test_escaped_signs_and_marks_of_broken_lines_are_no_part_of_a_cell() -> None:
    text = r"""| 信息内容 | 本年增/减 | 采购总金额 |\\
|---|---|---|
| 行政许可 | \-2 | 26632\.5968 |\\
| 行政处罚 | \- | 1 | \\
四、其他
"""
    (document,) = read(text.encode(), name="a.txt")
    (grid,) = document.grids
    wanted = [["行政许可", "-2", "26632.5968"], ["行政处罚", "-", "1"]]
    assert [[cell and cell.text for cell in row] for row in grid.rows][1:] == wanted
