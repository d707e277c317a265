"""Hidden, struck and raised text in a cell is no part of the figure beside it, in either way of reading HTML."""

import pytest

from reports.readers.html.page import read_html
from reports.readers.html.second.again import read_html_again
from reports.tables.numbers import read_value


def texts(grid):
    return [[None if cell is None else cell.text for cell in row] for row in grid.rows]


def row(*cells):
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


FIGURES = row("规章", 1, 2, 3) + row("规范性文件", 4, 5, 6) + row("行政许可", 7, 8, 9)

UNREAD_BESIDE_A_FIGURE = {
    "struck by tag": ("", "<s>7</s>32"),
    "struck by an old tag": ("", "<strike>7</strike>32"),
    "deleted": ("", "<del>7</del><ins>32</ins>"),
    "struck inside deleted": ("", "<del>7<s>8</s></del>32"),
    "struck by style": ("", "<span style='text-decoration: line-through'>7</span>32"),
    "struck by class": (".d{text-decoration:underline line-through}", "<span class=d>7</span>32"),
    "hidden by style": ("", "<span style='DISPLAY : none'>7</span>32"),
    "hidden attribute": ("", "<b hidden>7</b>32"),
    "hidden by class": (".h{display:none}", "<span class='a h'>7</span>32"),
    "hidden by id in a comment": ("<!-- #h { visibility : hidden } -->", "<span id=h>7</span>32"),
    "hidden by name and class": ("@media screen { td b.h , i{display:none!important} }", "<b class=h>7</b>32"),
    "hidden within": (".h{display:none}", "<p>3<span class=h><b>7</b></span>2</p>"),
    "without size": ("", "<font style='font-size:0'>7</font>32"),
    "without size by class": (".z{font-size:0px}", "<i class=z>7</i>32"),
    "transparent": ("", "<i style='opacity: 0.0'>7</i>32"),
    "white": ("", "<i style='color:#FFF'>7</i>32"),
    "white by class": (".w{color:white}", "<i class=w>7</i>32"),
    "white on white": (".w{color:#fff;background:#fff} td{background:none}", "<i class=w>7</i>32"),
    "white on a table's ground": ("table{background:#369} .w{color:#fff}", "<i class=w>7</i>32"),
    "transparent by its colour": ("", "<i style='color:rgba(10,10,10,0)'>7</i>32"),
    "filtered away": ("", "<i style='filter: opacity(0%)'>7</i>32"),
    "moved off the page": (".m{position:absolute;transform:translateX(-9999px)}", "<i class=m>7</i>32"),
    "contents hidden": (".c{content-visibility:hidden;display:inline-block}", "<i class=c>7</i>32"),
    "clipped away": ("", "<i style='position:absolute;clip:rect(0,0,0,0)'>7</i>32"),
    "of one point": (".o{position:absolute;width:1px;height:1px;overflow:hidden}", "<i class=o>7</i>32"),
    "for screen readers, by a sheet elsewhere": ("", "<i class='x sr-only'>7</i>32"),
    "hidden by what it is not": ("i:not(.a, .b){display:none}", "<i class=d>7</i><i class=b>32</i>"),
    "hidden by its place": ("i:nth-child(2){display:none}", "<i>32</i><i>7</i>"),
    "hidden by one of several": (":is(i.h, .k){display:none}", "<i class=h>7</i>32"),
    "hidden on wide screens": (
        "@media screen and (min-width:800px){.h{display:none}} @media (max-width:800px){.w{display:none}}",
        "<i class=h>7</i><i class=w>32</i>",
    ),
    "hidden where grids are known": ("@supports (display:grid){ @layer a{.h{display:none}} }", "<i class=h>7</i>32"),
    "hidden by a rule in a rule": (".o{color:red; .h{display:none} &.x{top:0}}", "<b class=o><i class=h>7</i>32</b>"),
    "field of a form, hidden": (".h{display:none}", "32<input class=h value=7>"),
    "closed": ("", "<details><summary>32</summary>7</details>"),
    "a box that only a script opens": ("", "<span popover>7</span>32"),
    "a dialogue": ("", "<dialog>7</dialog>32"),
    "a list to choose from": ("", "<datalist><option>7</option></datalist>32"),
    "spoken": ("", "<ruby>32<rp>(</rp><rt>jiàn</rt></ruby>"),
    "soft hyphen and direction marks": ("", "3\u00ad\u200e2\u202c"),
    "nearly white": (".w{color:#fefefe}", "<i class=w>7</i>32"),
    "white by its lightness": (".w{color:oklch(1 0 0)} .v{color:lab(100 0 0)}", "<i class=w>7</i>3<i class=v>7</i>2"),
    "white by its parts": (".w{color:color(srgb 1 1 1)}", "<i class=w>7</i>3<i style='color:hwb(0 100% 0%)'>7</i>2"),
    "white by another name": ("", "<i style='color:rgb(255 255 255 / 1)'>7</i>32"),
    "transparent by its last digits": (".w{color:#00000000}", "<i class=w>7</i>32"),
    "letters without a filling": (".w{-webkit-text-fill-color:transparent}", "<i class=w>7</i>32"),
    "hardly there": ("", "<i style='opacity:.01'>7</i>32"),
    "in a font without size": (".z{font:0/0 a}", "<i class=z>7</i>32"),
    "in letters of a hundredth point": ("", "<i style='font-size:0.01px'>7</i>32"),
    "indented by all its width": (
        ".i{display:inline-block;width:9px;overflow:hidden;text-indent:100%;white-space:nowrap}", "<i class=i>7</i>32"
    ),
    "clipped to no form": (".p{position:absolute;clip-path:polygon(0 0,0 0,0 0)}", "<i class=p>7</i>32"),
    "moved away by all sides": (".m{position:absolute;inset:-9999px auto auto -9999px}", "<i class=m>7</i>32"),
    "moved away by the screen's width": ("", "<i style='position:absolute;translate:-200vw 0'>7</i>32"),
    "with a comment in its style": ("", "<i style='display:/*x*/none'>7</i>32"),
    "hidden on screens of a range": ("@media (600px <= width < 4000px){.h{display:none}}", "<i class=h>7</i>32"),
    "hidden on all but paper": ("@media not print{.h{display:none}}", "<i class=h>7</i>32"),
    "hidden on paper and screens": ("@media print, screen{.h{display:none}}", "<i class=h>7</i>32"),
    "hidden where a mouse is": ("@media (hover:hover) and (orientation:landscape){.h{display:none}}",
                                "<i class=h>7</i>32"),
    "hidden by a screen in a rule": (".h{ @media (min-width:100px){display:none} }", "<i class=h>7</i>32"),
    "hidden with a value that is none behind": (".h{visibility:hidden;visibility:gone}", "<i class=h>7</i>32"),
}  # fmt: skip


@pytest.mark.parametrize("case", UNREAD_BESIDE_A_FIGURE)
def test_what_nobody_sees_beside_a_figure_is_not_read(case):
    sheet, cell = UNREAD_BESIDE_A_FIGURE[case]
    source = f"<style>{sheet}</style><table>{FIGURES}{row('决定', cell, '5', '6')}</table>".encode()
    (grid,) = read_html(source).grids
    assert texts(grid)[-1] == ["决定", "32", "5", "6"]
    (again,) = read_html_again(source).grids
    assert texts(again)[-1] == ["决定", "32", "5", "6"]


SHOWN = {
    "striped rows": (".r{background:linear-gradient(#fff,#eee)}", "<b class=r>32</b>"),
    "hidden on paper only": ("@media print{.h{display:none}}", "<span class=h>3</span>2"),
    "hidden on phones only": ("@media (max-width:600px){.h{display:none} b{display:none}}", "<b class=h>3</b>2"),
    "shown by a later rule": (".h{display:none} .h{display:inline}", "<b class=h>3</b>2"),
    "shown by a later word of the rule": (".h{display:none;display:inline}", "<b class=h>3</b>2"),
    "visible by a later word of the rule": (".h{visibility:hidden;visibility:visible}", "<b class=h>3</b>2"),
    "shown by a later word of its own": ("", "<b style='display:none;display:inline'>3</b>2"),
    "shown by an important word": (".h{display:inline !important;display:none}", "<b class=h>3</b>2"),
    "shown by a stronger rule": (".h.on{display:inline} .h{display:none}", "<b class='h on'>3</b>2"),
    "shown by its own style": (".h{display:none}", "<b class=h style='display:inline'>3</b>2"),
    "a state": (".h:hover{display:none}", "<b class=h>3</b>2"),
    "a box without gaps": (".g{font-size:0}", "<div class=g><b style='font-size:14px'>32</b></div>"),
    "white on a ground": ("", "<b style='color:#fff;background:#f00'>3</b>2"),
    "white on the ground of a class": (".n{color:#fff;background:#c00}", "<b class=n>3</b>2"),
    "white on the ground of its cell's row": ("tr{background-color:#369} .w{color:#fff}", "<b class=w>3</b>2"),
    "all white on a ground": (".w{color:#fff} table{background:#036}", "<b class=w>3</b><b class=w>2</b>"),
    "hidden from an old browser": (".h{display:none\\9}", "<b class=h>3</b>2"),
    "hidden on screens of an old browser": ("@media \\0screen{.h{display:none}}", "<b class=h>3</b>2"),
    "hidden at night": ("@media (prefers-color-scheme:dark){.h{display:none}}", "<b class=h>3</b>2"),
    "hidden on no screen": ("@media not all and (min-width:100px){.h{display:none}}", "<b class=h>3</b>2"),
    "hidden by a rule behind a stray bracket": ("} .h{display:none}", "<b class=h>3</b>2"),
    "hidden by a rule that has no weight": (".h{display:inline} :where(b.h){display:none}", "<b class=h>3</b>2"),
    "hidden by a rule for another browser": (".h, .g::-ms-clear{display:none}", "<b class=h>3</b>2"),
    "without size, and its size taken back": (".h{font-size:0} td .h{font-size:medium}", "<b class=h>3</b>2"),
    "dark by its lightness": (".w{color:oklch(0.4 0.1 20)}", "<i class=w>3</i><i style='color:lab(29% 39 20)'>2</i>"),
    "half faded": ("", "<b style='opacity:0.5'>3</b><b style='font-size:0.9em'>2</b>"),
}


@pytest.mark.parametrize("case", SHOWN)
def test_what_is_shown_is_read(case):
    sheet, cell = SHOWN[case]
    source = f"<style>{sheet}</style><table>{FIGURES}{row('决定', cell, '5', '6')}</table>".encode()
    (grid,) = read_html(source).grids
    assert texts(grid)[-1] == ["决定", "32", "5", "6"]
    (again,) = read_html_again(source).grids
    assert texts(again)[-1] == ["决定", "32", "5", "6"]


@pytest.mark.parametrize("attributes", ["media=print", "media='(max-width: 700px)'", "type=text/less"])
def test_a_sheet_that_is_not_for_the_screen_hides_nothing(attributes):
    sheet, cells = f"<style {attributes}>.h{{display:none}}</style>", row("决定", "<b class=h>3</b>2", 5, 6)
    source = f"{sheet}<table>{FIGURES}{cells}</table>"
    assert texts(next(read_html(source.encode()).grids))[-1][1] == "32"
    assert texts(next(read_html_again(source.encode()).grids))[-1][1] == "32"


DOUBTFUL = {
    "in a container of some size": ("@container (min-width:1px){.h{display:none}}", "<b class=h>3</b>2"),
    "where something unknown is known": ("@supports (of:some){.h{display:none}}", "<b class=h>3</b>2"),
    "words in a line without room": (".h{width:0;overflow:hidden}", "<b class=h>32</b>"),
    "moved away, perhaps": (".h{left:-9999px}", "<b class=h>32</b>"),
    "faded in": ("@keyframes in{to{opacity:1}} .h{opacity:0;animation:in 1s forwards}", "<b class=h>32</b>"),
    "a line of the ground": (".h{background:linear-gradient(transparent 9%,red,transparent 9%)}", "<b class=h>7</b>32"),
    "behind a mask": (".h{-webkit-mask-image:linear-gradient(transparent,transparent)}", "<b class=h>7</b>32"),
    "mixed of colours": (".w{color:color-mix(in srgb,#fff 100%,#000)}", "<i class=w>7</i>32"),
    "dots for digits": ("", "<b style='-webkit-text-security:disc'>7</b>32"),
    "clipped, perhaps": (".h{clip:rect(0,0,0,0)}", "<b class=h>32</b>"),
    "its row, perhaps": ("@container (min-width:1px){tr:last-child{display:none}}", "32"),
}


@pytest.mark.parametrize("case", DOUBTFUL)
def test_what_may_be_hidden_is_neither_blank_nor_read(case):
    sheet, cell = DOUBTFUL[case]
    source = f"<style>{sheet}</style><table>{FIGURES}{row('决定', cell, '5', '6')}</table>".encode()
    (grid,) = read_html(source).grids
    assert read_value(texts(grid)[-1][1]).state == "unreadable"


def test_a_page_put_in_the_middle_by_half_its_width_is_shown():
    page = ".page{position:absolute;left:50%;width:960px;margin-left:-480px} .far{color:#fff;display:none}"
    source = f"<style>{page}</style><div class=page><table>{FIGURES}</table></div>".encode()
    assert not next(read_html(source).grids).hidden


def test_a_cell_that_is_all_struck_is_marked_and_said():
    source = f"<table>{FIGURES}{row('决定', '<s>7</s>', '<p><s>1</s><s>2</s></p>', '6')}</table>".encode()
    document = read_html(source)
    (grid,) = document.grids
    assert texts(grid)[-1][1] == "~~7~~"
    assert "~~" in texts(grid)[-1][2]
    assert "struck-through" in [problem.code for problem in document.problems]
    (again,) = read_html_again(source).grids
    assert "~~" in texts(again)[-1][1] and "~~" in texts(again)[-1][2]


@pytest.mark.parametrize("raised", ["<sup>1</sup>", "<sub>1</sub>", "<span style='vertical-align:super'>1</span>"])
def test_a_raised_or_lowered_mark_is_no_digit(raised):
    source = f"<table>{FIGURES}{row('决定', '32' + raised, '5', '6')}</table>".encode()
    assert texts(next(read_html(source).grids))[-1][1] == "32[1]"
    assert texts(next(read_html_again(source).grids))[-1][1] == "32[1]"


def test_a_cell_hidden_in_place_stays_blank():
    hidden = "<tr><td>决定</td><td style='visibility:hidden'>9</td><td>5</td></tr>"
    source = f"<table>{FIGURES}{hidden}</table>".encode()
    assert texts(next(read_html(source).grids))[-1][:3] == ["决定", "", "5"]
    assert texts(next(read_html_again(source).grids))[-1][:3] == ["决定", "", "5"]


def test_struck_figures_of_head_cells_in_a_layout_table_are_left_out():
    """lexbor gives an element twice that two selectors of a list match; it was counted twice, as all of its cell."""
    table = "<table><tr><th>规章</th><th>3<i class=d>7</i></th></tr><tr><th>规范性文件</th><th>5</th></tr></table>"
    page = f"<style>.d{{text-decoration:line-through}}</style><table><tr><td><p>一</p>{table}</td></tr></table>"
    inner = list(read_html(page.encode()).grids)[-1]
    assert texts(inner) == [["规章", "3"], ["规范性文件", "5"]]


@pytest.mark.parametrize(
    "rules",
    [
        "".join(f".a{number},.b{number}{{display:none}}" for number in range(3_000)),
        "".join(f"td:not(.a{number}){{visibility:hidden}}" for number in range(1_500)),
        f"/*{'-' * 300_000}*/",
    ],
)
def test_of_a_page_of_too_many_rules_no_figure_is_believed(rules):
    page = f"<style>{rules} .h{{display:none}}</style><table>{row('规章', '<b class=h>7</b>32', 5)}</table>"
    document = read_html(page.encode())
    (grid,) = document.grids
    assert [read_value(cell.text).state for cell in grid.rows[0][1:]] == ["unreadable"] * 2
    assert [problem.code for problem in document.problems] == ["cut"]
    assert read_html_again(page.encode()) is None


def test_hundreds_of_rules_are_all_read():
    rules = "".join(f".a{number}{{display:none}}.b{number}{{color:red}}" for number in range(700))
    page = f"<style>{rules} .h{{display:none}}</style><table>{row('规章', '<b class=h>7</b>32', 5)}</table>"
    assert texts(next(read_html(page.encode()).grids)) == [["规章", "32", "5"]]
    assert texts(next(read_html_again(page.encode()).grids)) == [["规章", "32", "5"]]


@pytest.mark.parametrize(
    "sheet",
    [
        ".x::before{content:'}'} .h{display:none}",
        ".x{content:'{'} .h{display:none}",
        ".x{background:url(a}b.png)} .h{display:none}",
        ".x{background:url(a{b.png)} .h{display:none}",
        ".x{--a:'/*'} .h{display:none}",
        ".h, .md\\:h{display:none}",
        ".h, .x:hover{display:none}",
        ".h, a[href$='.cn']{display:none}",
    ],
)
def test_braces_in_strings_and_addresses_end_no_rule(sheet):
    page = f"<style>{sheet}</style><table>{row('规章', '<b class=h>7</b>32', 5)}</table>"
    for read in (read_html, read_html_again):
        assert texts(next(read(page.encode()).grids)) == [["规章", "32", "5"]]


@pytest.mark.parametrize(
    ("sheet", "style"),
    [(".x{--a:'} .h{display:none}'}", ""), (".h{--a:';display:none'}", ""), ("", "--a:';display:none'")],
)
def test_what_stands_in_a_string_hides_nothing(sheet, style):
    figure = f'<b class=h style="{style}">7</b>32'
    page = f"<style>{sheet}</style><table>{row('规章', figure, 5)}</table>"
    for read in (read_html, read_html_again):
        assert texts(next(read(page.encode()).grids)) == [["规章", "732", "5"]]


@pytest.mark.parametrize(
    ("sheet", "markup"),
    [
        ("p::first-letter{font-size:0}", "<p>732</p>"),
        ("p:first-line{color:transparent}", "<p>732</p>"),
        (".s::after{content:'';position:absolute;left:0;right:0;top:50%;border-top:1px solid}", "<i class=s>7</i>32"),
        (".s:before{position:absolute;top:9px;width:100%;height:1px;background:red;content:''}", "<i class=s>7</i>32"),
        (".u{content:url(8.png)}", "<i class=u>7</i>32"),
        (".l:lang(zh){display:none}", "<i class=l>7</i>32"),
        ("[hidden]{display:inline}", "<b hidden>12</b>"),
        (".v{display:inline}", "<b hidden class=v>12</b>"),
        ("", "<b hidden style='display:inline'>12</b>"),
        (".h, .x:unheard-of{display:none}", "<i class=h>12</i>"),
        (".h, .x..y{display:none}", "<i class=h>12</i>"),
        (".h, , .x{display:none}", "<i class=h>12</i>"),
        ("li::marker{content:'12'}", "<ul><li></ul>"),
        ("@layer a,b; @layer b{.h{display:inline}} @layer a{.h{display:none}}", "<i class=h>12</i>"),
        (".h{display:inline} @layer a{.h{display:none}}", "<i class=h>12</i>"),
        ("", "<input placeholder=12>"),
    ],
)
def test_of_what_only_a_browser_could_tell_no_figure_is_read_and_no_blank(sheet, markup):
    page = f"<style>{sheet}</style><table>{row('规章', markup, 5)}</table>"
    (grid,) = read_html(page.encode()).grids
    assert [read_value(cell.text).state for cell in grid.rows[0][1:]] == ["unreadable", "number"]


@pytest.mark.parametrize(
    ("sheet", "markup"),
    [
        ("[hidden]{display:none!important} .v{display:inline}", "<b hidden class=v>7</b>32"),
        ("@layer a{.h{display:none}}", "<i class=h>7</i>32"),
        (".s::after{content:'';position:absolute;top:0;border-top:1px solid}", "<i class=s>32</i>"),
    ],
)
def test_what_can_be_told_is_in_no_doubt(sheet, markup):
    page = f"<style>{sheet}</style><table>{row('规章', markup, 5)}</table>"
    assert texts(next(read_html(page.encode()).grids)) == [["规章", "32", "5"]]
