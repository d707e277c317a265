"""PDF: rows that a page break cuts through."""

import pytest

from reports.document import Box, Cell, Document, Grid
from reports.readers.pdf.breaks import mend_break
from reports.tables.find import find_tables

WIDTHS = (50, 150, 60, 60)


def piece(page: int, rows: list[list[str]]) -> Grid:
    grid = Grid(page, [], page=page)
    for y, texts in enumerate(rows):
        left, line = 0, []
        for x, text in enumerate(texts):
            line.append(Cell(text, y, x, box=Box(page, left, 20 * y, left + WIDTHS[x], 20 * y + 20)))
            left += WIDTHS[x]
        grid.rows.append(line)  # type: ignore[arg-type]
    return grid


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.own_cells(y)] for y in range(len(grid.rows))]


HEAD = ["", "", "自然人", "总计"]
CUT = ["（五）不予处理", "4.无正当理由", "3", "3"]
NEXT = ["", "5.其他", "0", "0"]


def test_the_rest_of_a_cut_label_goes_back() -> None:
    above, below = piece(0, [HEAD, CUT]), piece(1, [["", "大量反复申请", "", ""], NEXT])
    mend_break(above, set(), below)
    assert texts(above)[-1] == ["（五）不予处理", "4.无正当理由大量反复申请", "3", "3"]
    assert texts(below) == [NEXT]
    assert below.uncertain


def test_so_it_does_below_a_repeated_header() -> None:
    above, below = piece(0, [HEAD, CUT]), piece(1, [HEAD, ["", "大量反复申请", "", ""], NEXT])
    mend_break(above, set(), below)
    assert texts(above)[-1][1] == "4.无正当理由大量反复申请"
    assert texts(below) == [HEAD, NEXT]


def test_figures_that_stand_beside_the_rest_are_the_rows() -> None:
    above, below = piece(0, [["", "4.无正当理由", "", ""]]), piece(1, [["", "大量反复申请", "3", "3"], NEXT])
    mend_break(above, set(), below)
    assert texts(above) == [["", "4.无正当理由大量反复申请", "3", "3"]]


def test_a_blank_row_of_its_own_stays() -> None:
    """Told by its number; without numbers, by room in the line above."""
    for label, full in (("5.重复申请", {(0, 1)}), ("行政强制", set())):
        head = "4.信访" if full else "行政处罚"
        above, below = piece(0, [["", head, "3", "3"]]), piece(1, [["", label, "", ""]])
        mend_break(above, full, below)
        assert texts(below) == [["", label, "", ""]]


def test_a_cut_heading_is_whole_again() -> None:
    above = piece(0, [["尚未", "结果", "其他", "总计"]])
    below = piece(1, [["审结", "维持", "结果", ""], ["1", "0", "0", "1"]])
    mend_break(above, {(0, 0), (0, 1), (0, 2)}, below)
    assert texts(above) == [["尚未审结", "结果维持", "其他结果", "总计"]]
    assert texts(below) == [["1", "0", "0", "1"]]


def test_the_row_of_a_label_cut_too_short_is_never_dropped_in_silence() -> None:
    """Its first piece, with the figures, is no label; its second, with blanks, is one but for a typing error."""
    heading = ["", "", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    figures = ["0", "0", "0", "0", "0", "0", "0"]
    first = [heading, ["一、本年新收政府信息公开申请数量", "", *figures], ["", "4.无正", *figures]]
    second = [["", "当理由大量反复申请", *[""] * 7], ["四、结转下年度继续办理", "", *figures]]
    flow = [
        Grid(at, [[Cell(text, y, x) for x, text in enumerate(row)] for y, row in enumerate(rows)], page=at)
        for at, rows in enumerate((first, second))
    ]
    (found,) = find_tables(Document("pdf", list(flow)))
    reading = found.readings["applications"]
    assert reading.value("not_processed_excessive", "total") == 0


HEADINGS = ["结果维持", "结果纠正", "总计", "总计"]


def test_headings_printed_above_the_break_go_down_to_their_columns() -> None:
    """Browsers end the lines of a cut header at the break and print each heading once, on one of the two pages."""
    above = piece(0, [["结果维持", "结果纠正", "", "直接起诉"]])
    below = piece(1, [["", "", "总计", "总计"], ["1", "0", "0", "1"]])
    above.rows[0][3].box = Box(0, 0, 0, 320, 20)  # type: ignore[union-attr]  # over other columns than its own
    mend_break(above, set(), below)
    assert texts(below) == [HEADINGS, ["1", "0", "0", "1"]]
    assert texts(above) == [["", "", "", "直接起诉"]]


def test_a_heading_that_is_none_when_joined_stays_where_it_is() -> None:
    above, below = piece(0, [["结果维持", "规章", "", ""]]), piece(1, [["", "", "总计", "总计"], ["1", "0", "0", "1"]])
    mend_break(above, set(), below)
    assert texts(above) == [["结果维持", "规章", "", ""]]
    assert texts(below)[0] == ["", "", "总计", "总计"]


@pytest.mark.parametrize("figures", [["1", "0", "1"], ["12件", "0", "12件"]])
def test_a_label_too_high_for_its_page_goes_up_to_its_figures(figures: list[str]) -> None:
    above, below = piece(0, [["", *figures]]), piece(1, [["5.要求行政机关确认", "", "", ""], NEXT])
    mend_break(above, set(), below)
    assert texts(above) == [["5.要求行政机关确认", *figures]]
    assert texts(below) == [NEXT]


def test_digits_below_a_full_cell_are_the_rest_of_its_figure() -> None:
    """A figure too wide for its column, cut by the break: a space says that only a sum can confirm it."""
    cut = ["（五）不予处理", "3.要求提供公开出", "0", "14"]
    above, below = piece(0, [HEAD, cut]), piece(1, [["", "版物", "", "96"], NEXT])
    mend_break(above, {(1, 1), (1, 3)}, below)
    assert texts(above)[-1] == ["（五）不予处理", "3.要求提供公开出版物", "0", "14 96"]
    assert texts(below) == [NEXT]


def test_digits_below_a_cell_with_room_are_a_row_of_their_own() -> None:
    for full, row in ((set(), ["", "", "", "96"]), ({(1, 2), (1, 3)}, ["", "4.重复申请", "", "96"])):
        above, below = piece(0, [HEAD, CUT]), piece(1, [row, NEXT])
        mend_break(above, full, below)
        assert texts(below) == [row, NEXT]


def test_figures_alone_below_a_break_go_up_to_their_row_where_each_column_lacks_them() -> None:
    """WeasyPrint leaves on the page what has room there; cells with room for two lines go over."""
    above, below = piece(0, [HEAD, ["（三）", "3.危及", "0", ""]]), piece(1, [["", "", "", "4347"], NEXT])
    mend_break(above, set(), below)
    assert texts(above)[-1] == ["（三）", "3.危及", "0", "4347"]
    assert texts(below) == [NEXT]


def test_figures_below_a_row_that_has_some_of_them_stay() -> None:
    for last, rest in ((["", "3.危及", "0", "1"], "4347"), (["", "3.危及", "", ""], "4347"), (["", "", "0", ""], "7")):
        above, below = piece(0, [HEAD, last]), piece(1, [["", "", "", rest], NEXT])
        mend_break(above, set(), below)
        assert texts(above)[-1] == last
        assert texts(below)[0] == ["", "", "", rest]


def test_headings_go_down_to_their_columns_though_blank_rows_of_the_cut_header_come_first() -> None:
    names, rests = ["", "商业", "科研", ""], ["", "企业", "机构", "其他"]
    above, below = piece(0, [HEAD, names]), piece(1, [["", "", "", ""], rests, ["一、", "1", "2", "3"]])
    mend_break(above, set(), below)
    assert texts(below)[1] == ["", "商业企业", "科研机构", "其他"]


def test_a_row_of_the_header_that_is_blank_then_is_gone() -> None:
    names, rests = ["结果", "", "", "直接"], ["维持", "结果纠正", "其他结果", "起诉"]
    above, below = piece(0, [HEAD, [*names[:3], ""]]), piece(1, [[*rests[:3], "总计"], ["1", "0", "0", "1"]])
    mend_break(above, set(), below)
    assert texts(below)[0] == ["结果维持", "结果纠正", "其他结果", "总计"]
    assert texts(above) == [HEAD]
