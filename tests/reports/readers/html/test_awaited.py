"""A cell whose figure scripts, fonts or sheets elsewhere put in is neither blank nor read as what stands in it."""

import pytest

from reports.readers.html.page import read_html
from reports.tables.numbers import read_value
from tests.reports.readers.html.test_painted import cell_of

AWAITED = {
    "written by a script": "<script>document.write(32)</script>",
    "written by the variable that an id is": "<b id=sum></b><script>sum.textContent = 32</script>",
    "written into an element by its id": "<b id=sum></b><script>document.getElementById('sum').innerText = 32</script>",
    "written over what stands there": "<b id=sum>0</b><script>$('#sum').text(32)</script>",
    "by an id put together": "<b id=n_7>0</b><script>document.getElementById('n_' + k).innerText = 32</script>",
    "by an id in a template": "<b id=n_7>0</b><script>$(`#n_${k}`).text(32)</script>",
    "by an id among a script's keys": "<b id=all>0</b><script>d = {all: 32}; for (k in d) $('#' + k).text(32)</script>",
    "by an id in a variable": "<b id=all>0</b><script>k = 'all'; document.getElementById(k).innerHTML = 32</script>",
    "taken away by a script": "<b class=x>7</b>32<script>document.querySelector('.x').remove()</script>",
    "taken away by place and name": "<b class=x>7</b>32<script>$('.news li b.x:visible').remove()</script>",
    "hidden by a class": "<b class=x>7</b>32<script>document.querySelector('.x').classList.add('off')</script>",
    "written by its class": "<b class=x>7</b><script>document.getElementsByClassName('x')[0].innerText = 32</script>",
    "held by an attribute": "<b data-figure=32></b>",
    "counted up from one": "<b data-from=1 data-to=32>1</b>",
    "bound to a script's data": "<b v-text='all.granted'></b>",
    "an element of its own": "<n-figure of=32></n-figure><script>customElements.define('n-figure', F)</script>",
    "in a tree of its own": "<b><template shadowrootmode=open>32</template>7</b>",
    "a sign of a font": "<i class='iconfont icon-3'></i><i class='iconfont icon-2'></i>",
    "a sign before digits": "<i class='num num-3'></i>2",
    "a picture behind": "<i style='background:url(3.png)'></i>2",
    "a picture of a digit": "<img src=/images/n3.gif>2",
    "drawn before digits": "<svg><use href='#n3'/></svg>2",
    "the number of a list": "<ol start=32><li></li></ol>",
}


@pytest.mark.parametrize("case", AWAITED)
def test_what_only_a_browser_knows_is_unreadable(case):
    assert read_value(cell_of(read_html, AWAITED[case])).state == "unreadable"


def test_cells_that_are_all_headings_are_looked_at_too():
    row = "<tr><th>行政许可</th><th><b data-to=32>0</b></th><th>2</th></tr>"
    (grid,) = read_html(f"<meta charset=utf-8><table>{row * 4}</table>".encode()).grids
    assert read_value(grid.rows[0][1].text).state == "unreadable"


CERTAIN = {
    "an editor's data": ("<b data-row=3 data-col=2></b>", ""),
    "the same figure as data": ("<b data-value=1200>1,200</b>", "1,200"),
    "an empty element of Word": ("<p class=MsoNormal><span class=font5></span></p>", ""),
    "an arrow beside a figure": ("32<i class='iconfont icon-up'></i>", "32"),
    "a meter": ("<meter value=1>7</meter>32", "32"),
    "a variable of another name": ("<b id=sum>32</b><script>box.sum.innerHTML = 7; x.innerHTML = 5</script>", "32"),
    "other ids put together": (
        "<b id=sum>32</b><script>document.getElementById('tab' + k).innerHTML = 5</script>",
        "32",
    ),
    "other ids in a variable": (
        "<b id=sum>32</b><script>k = 'tab'; document.getElementById(k).innerHTML = 5</script>",
        "32",
    ),
    "a script that reads": ("<b id=sum>32</b><script>log(document.getElementById('sum').offsetTop)</script>", "32"),
}


@pytest.mark.parametrize("case", CERTAIN)
def test_what_is_certain_stays(case):
    added, text = CERTAIN[case]
    assert cell_of(read_html, added) == text


@pytest.mark.parametrize(
    "cells", ["<td>行政许可</td><td><canvas></canvas></td>", "<th>行政许可</th><th><svg></svg></th>"]
)
def test_a_picture_alone_beside_its_label_is_no_blank(cells):
    (grid,) = read_html(f"<meta charset=utf-8><table><tr>{cells}</tr></table>".encode()).grids
    assert read_value(grid.rows[0][1].text).state == "unreadable"


@pytest.mark.parametrize(
    ("sheet", "text"),
    [
        (".n::before{content:'7';position:absolute;left:-9999px}", "32"),
        (".n::before{content:'7';font-size:0}", "32"),
        ("@media print{.n::before{content:'7'}}", "32"),
        ("@media (min-width:300px){.n::before{content:'7'}}", "732"),
        (".n{ &::before{content:'7'} }", "732"),
        (".n::before{content:none!important} b.n::before{content:'7'}", "32"),
    ],
)
def test_generated_content_is_read_as_far_as_it_is_shown(sheet, text):
    assert cell_of(read_html, "<b class=n>32</b>", sheet) == text


@pytest.mark.parametrize(
    ("sheet", "added"),
    [
        (".n::before{content:'7';color:#fff}", "<b class=n>32</b>"),
        (".n::before{content:''} @layer a{b.n::before{content:'7'}}", "<b class=n>32</b>"),
        (".n{display:inline-block;transform:translateX(-9px)}", "<i>3</i><i class=n>2</i>"),
        (".n{letter-spacing:-2em}", "<b class=n>32</b>"),
        (".n{display:inline-block;transform:scaleX(-1)}", "<b class=n>32</b>"),
        ("", "32<small>1</small>"),
    ],
)
def test_digits_of_which_the_order_or_number_is_not_known_are_no_figure(sheet, added):
    assert read_value(cell_of(read_html, added, sheet)).state == "unreadable"


def test_a_class_that_names_a_raised_mark_is_one():
    assert cell_of(read_html, "32<span class=sup>1</span>") == "32[1]"
