"""Styles that may show a figure otherwise: rare ones, sheets that scripts write, rules that scripts switch on."""

from __future__ import annotations

import pytest

from reports.readers.html.page import read_html
from reports.tables.numbers import read_value
from tests.reports.readers.html.test_painted import cell_of

HIDDEN = {
    "by an escaped letter": ("", "<b style='display:n\\6fne'>7</b>32"),
    "by an escaped name of a property": (".k{d\\69splay:none}", "<b class=k>7</b>32"),
    "by a sheet that ends too soon": (".k{display:none", "<b class=k>7</b>32</b>"),
    "by a sheet behind one that ends too soon": (
        "@media screen{.z{margin:0}</style><style>.k{display:none}",
        "<b class=k>7</b>32",
    ),
    "by what a string with a brace names": ('[title="a}b"]{display:none}', '<b title="a}b">7</b>32'),
    "by a sheet that is imported as data": ("@import url('data:text/css,.k{display:none}');", "<b class=k>7</b>32"),
}
RARE = {
    "indented away": (".k{display:inline-block;text-indent:-99px;overflow:hidden}", "<b class=k>7</b>32"),
    "as wide as one digit": (".k{display:inline-block;width:1ch;overflow:hidden}", "<b class=k>732</b>"),
    "as high as nothing, worked out": (".k{display:inline-block;height:calc(0px);overflow:hidden}", "<b class=k>7</b>"),
    "lines of no height": (".k{display:inline-block;line-height:0;overflow:hidden}", "<b class=k>7</b>32"),
    "scaled to nothing in depth": (".k{display:inline-block;transform:scale3d(0,0,0)}", "<b class=k>7</b>32"),
    "of no size, in a percentage": ("", "<b style='font-size:0.1%'>7</b>32"),
    "of no size, clamped": (".k{font-size:clamp(0px,0px,0px)}", "<b class=k>7</b>32"),
    "on a path": (".k{display:inline-block;offset-path:path('M 9999 0 L 9999 1')}", "<b class=k>7</b>32"),
    "from top to bottom": (".k{display:inline-block;writing-mode:vertical-rl}", "<b class=k>732</b>"),
    "behind a list mark of digits": (".k{display:list-item;list-style:inside '7'}", "<div class=k>32</div>"),
    "between quotation marks that are digits": ("q{quotes:'7' ''}", "<q>32</q>"),
    "all white on no ground": (".k{color:#fff}", "<b class=k>3</b><b class=k>2</b>"),
}
SCRIPTED = {
    "a class of the page": (".js .k{display:none}", "document.documentElement.className += ' js';"),
    "a class list": (".on .k{visibility:hidden}", "document.body.classList.toggle('on');"),
    "an attribute": ("[data-js] .k{display:none}", "document.documentElement.setAttribute('data-js', '1');"),
    "a piece of data": ("html[data-js] .k{display:none}", "document.documentElement.dataset.js = 1;"),
    "an id": ("#pg .k{display:none}", "document.body.id = 'pg';"),
    "a sheet": ("", "var s=document.createElement('style');s.innerHTML='.k{display:none}';document.head.append(s)"),
    "a sheet in two strings": ("", "document.writeln('<style>'+'.k{display:none}'+'<\\/style>')"),
    "a rule": ("", "document.styleSheets[0].insertRule('.k{display:none}', 0)"),
    "an old rule": ("", "document.styleSheets[0].addRule('.k', 'display:none')"),
    "what is hidden": ("", "document.querySelector('.k').hidden = true;"),
    "what is moved": ("", "document.querySelector('.k').animate({opacity: [0, 0]}, {fill: 'forwards'});"),
}
CELL = "<b class=k>7</b>32"


def state(cell: str, sheet: str) -> str:
    return read_value(cell_of(read_html, cell, sheet)).state


@pytest.mark.parametrize("case", HIDDEN)
def test_what_a_browser_hides_is_not_read(case: str) -> None:
    sheet, cell = HIDDEN[case]
    assert cell_of(read_html, cell, sheet) == "32"


@pytest.mark.parametrize("case", RARE)
def test_what_a_rare_style_touches_is_in_doubt(case: str) -> None:
    sheet, cell = RARE[case]
    assert state(cell, sheet) == "unreadable"


@pytest.mark.parametrize("case", SCRIPTED)
def test_what_a_script_may_hide_is_in_doubt(case: str) -> None:
    sheet, script = SCRIPTED[case]
    assert state(CELL, f"{sheet}</style><script>{script}</script><style>") == "unreadable"


@pytest.mark.parametrize(
    ("sheet", "script"),
    [
        (".js .menu{display:none} .k{color:red}", "document.documentElement.className += ' js';"),
        (".js .k{margin:0}", "document.documentElement.className += ' js';"),
        (".print .k{display:none}", "document.documentElement.className += ' js';"),
        ("", "var s = document.createElement('style'); s.innerHTML = '.menu{display:none}';"),
    ],
)
def test_rules_that_touch_no_figure_raise_no_doubt(sheet: str, script: str) -> None:
    assert cell_of(read_html, CELL, f"{sheet}</style><script>{script}</script><style>") == "732"


def test_a_handler_of_a_picture_that_is_missing_may_hide_a_figure() -> None:
    handler = "<img src=x onerror=\"document.getElementById('kk').style.display='none'\">"
    assert state(f"<b id=kk>7</b>32{handler}", "") == "unreadable"
