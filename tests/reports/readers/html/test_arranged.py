"""Pieces of a cell that styles put below each other, in the opposite order, or above the line."""

import pytest

from reports.readers.html.page import read_html
from reports.tables.numbers import read_value


def cell(sheet: str, markup: str) -> str:
    page = f"<style>{sheet}</style><table><tr><td>规章</td><td>{markup}</td><td>1</td></tr></table>"
    (grid,) = read_html(page.encode()).grids
    found = grid.rows[0][1]
    assert found is not None
    return found.text


@pytest.mark.parametrize(
    ("sheet", "markup"),
    [
        ("", "<span style='display:block'>12</span><span style='display:block'>3</span>"),
        (".line{display:block}", "<b class=line>12</b><b class=line>3</b>"),
        (
            "p > b{color:red;display:block}",
            "<span style='display:block'>12</span><span style='DISPLAY: block'>3</span>",
        ),
        ("div{display:block}", "<i onclick='if(a){b()}' style='display:block'>12</i><i style='display:block'>3</i>"),
        ("td > span{display:flex}", "<span>12</span><span>3</span>"),
        ("", "<i style='--a:\">{\";display:block'>12</i><i style='--a:\">{\";display:block'>3</i>"),
    ],
)
def test_two_figures_below_each_other_are_not_one(sheet: str, markup: str) -> None:
    assert cell(sheet, markup) == "12\n3"


@pytest.mark.parametrize(
    ("sheet", "markup"),
    [
        (".r{display:flex;flex-direction:row-reverse}", "<span class=r><i>6</i><i>1</i></span>"),
        ("", "<span style='display:flex'><i style='order:2'>6</i><i style='order:1'>1</i></span>"),
        (".t{direction:rtl;unicode-bidi:bidi-override}", "<span class=t>61</span>"),
    ],
)
def test_digits_shown_in_another_order_are_read_by_nobody(sheet: str, markup: str) -> None:
    assert read_value(cell(sheet, markup)).state == "unreadable"


def test_cells_of_a_row_shown_from_the_right_are_read_by_nobody() -> None:
    rows = "<tr><td>规章<td>件数<tr class=r><td>7<td>甲"
    page = f"<style>tr.r{{display:flex;flex-direction:row-reverse}}</style><table>{rows}</table>"
    (grid,) = read_html(page.encode()).grids
    assert [read_value(each.text).state for each in grid.own_cells(1) if "7" in each.text] == ["unreadable"]


@pytest.mark.parametrize(
    "markup",
    [
        "<span style='display:block'>12</span>",
        "<span style='display:flex;order:3'>12</span>",
        "<div style='display:flex;flex-direction:row-reverse'><span>12</span></div>",
        "<span style='display:inline-block'>1</span><span style='display:inline-block'>2</span>",
    ],
)
def test_styles_that_change_nothing_for_the_reader(markup: str) -> None:
    assert cell("", markup) == "12"


def test_a_mark_raised_by_a_class_is_a_footnote() -> None:
    assert cell(".up{vertical-align:super;font-size:8px}", "12<span class=up>1</span>") == "12[1]"
