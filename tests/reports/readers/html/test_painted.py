"""Figures that a browser paints without text: form fields, generated content; and what only looks like a blank cell."""

import pytest

from reports.readers.html.page import read_html
from reports.readers.html.second.again import read_html_again
from reports.tables.numbers import read_value

FIGURES = "".join(f"<tr><td>规章</td><td>{n}</td><td>{n + 1}</td><td>{n + 2}</td></tr>" for n in range(4))

SHOWN = {
    "a field": ("<input value='32'>", "32"),
    "a field for numbers": ("<input type=number value=32 readonly>", "32"),
    "a hidden field": ("7<input type=hidden value=32>", "7"),
    "a box to tick": ("7<input type=checkbox value=32>", "7"),
    "an area": ("<textarea> 32 </textarea>", "32"),
    "a choice": ("<select><option>1</option><option selected>32</option></select>", "32"),
    "the first of a choice": ("<select><option>32</option><option>1</option></select>", "32"),
    "a button": ("<button>32</button>", "32"),
    "a picture": ("<img src='/upload/32.png' alt='32'>", "[图]"),
    "a picture beside a figure": ("32<img src=/up.png>", "32"),
    "an empty picture": ("<img src=/images/spacer.gif>", ""),
    "a picture of a dot": ("<img src=/x.png width=1 height=12>", ""),
    "a drawing": ("<svg><text>32</text></svg>", "[图]"),
    "far to the left": ("<i style='position:absolute; left:-9999px'>7</i>32", "32"),
    "indented out of sight": ("<i style='text-indent: -9999px; display:inline-block'>7</i>32", "32"),
    "clipped": ("<i style='position:absolute;clip:rect(0 0 0 0);overflow:hidden'>7</i>32", "32"),
    "without room": ("<i style='display:block;height:0;overflow:hidden'>7</i>32", "32"),
    "without height, shown all the same": ("<i style='height:0'>32</i>", "32"),
}


def cell_of(read, added, sheet=""):
    markup = (
        f"<style>{sheet}</style><table>{FIGURES}<tr><td>行政许可</td><td>{added}</td><td>2</td><td>3</td></tr></table>"
    )
    grid = next(each for each in read(f"<meta charset=utf-8>{markup}".encode()).grids if not each.hidden)
    return grid.rows[-1][1].text


@pytest.mark.parametrize("read", [read_html, read_html_again])
@pytest.mark.parametrize(("added", "text"), SHOWN.values(), ids=SHOWN)
def test_what_a_cell_shows(read, added, text):
    assert cell_of(read, added) == text


@pytest.mark.parametrize(
    ("sheet", "added", "text"),
    [
        (".n::before{content:'32'}", "<i class=n></i>", "32"),
        (".n:after { content : '2' }", "<i class=n>3</i>", "32"),
        ("i::before{content:attr(data-n)}", "<i data-n=32></i>", "32"),
        (".n::before{content:''} .n::after{content:'·'}", "<i class=n>32</i>", "32"),
        (".m::before{content:'7'}", "<i class=n>32</i>", "32"),
    ],
)
def test_content_that_a_style_sheet_generates(sheet, added, text):
    assert cell_of(read_html, added, sheet) == text


@pytest.mark.parametrize("read", [read_html, read_html_again])
@pytest.mark.parametrize("added", ["<bdo dir=rtl>23</bdo>", "\u202e23\u202c"])
def test_digits_set_from_right_to_left_are_no_figure(read, added):
    assert read_value(cell_of(read, added)).state == "unreadable"


def test_a_table_as_a_picture_stays_a_picture():
    document = read_html(b"<meta charset=utf-8><table><tr><td><img src=/t.png width=900 height=700></td></tr></table>")
    assert len(document.images) == 1
    assert not list(document.paragraphs)


def test_fields_of_a_drawn_table_are_figures():
    rows = "".join(f"<div><span>规章</span><span><input value={n}></span><span>{n}</span></div>" for n in range(4))
    (grid,) = read_html(f"<meta charset=utf-8><div>{rows}</div><p><input value=搜索></p>".encode()).grids
    assert [cell.text for cell in grid.rows[3]] == ["规章", "3", "3"]


@pytest.mark.parametrize("read", [read_html, read_html_again])
def test_a_cell_that_waits_for_a_script_to_count_up_is_unreadable(read):
    page = "<table><tr><td>规章<td><b data-to=16>0</b><td data-sum=3>3</table><script>count()</script>"
    (grid,) = read(page.encode()).grids
    assert read_value(grid.rows[0][1].text).state == "unreadable"
    assert grid.rows[0][2].text == "3"


def test_a_figure_made_of_an_escaped_character_is_read():
    page = "<style>.d::before{content:'\\31'}</style><table><tr><td>规章<td><b class=d>6</b></table>"
    for read in (read_html, read_html_again):
        (grid,) = read(page.encode()).grids
        assert grid.rows[0][1].text == "16"
