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
    "by the value that a property begins with": (
        "@property --d{syntax:'*';inherits:true;initial-value:none}.k{display:var(--d)}",
        "<b class=k>7</b>32",
    ),
    "as a link": ("a:any-link{display:none}", "<a href=/x>7</a>32"),
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
    "hidden by a name with two values": (":root{--d:inline}td{--d:none}.k{display:var(--d)}", "<b class=k>7</b>32"),
    "by a name that a sheet explains": (":root{--d:none}", "<b style='display:var(--d)'>7</b>32"),
    "not yet defined": ("x-n:not(:defined){display:none}", "<x-n>7</x-n>32"),
    "not yet defined, whatever it is": (":not(:defined){display:none}", "<x-n>7</x-n>32"),
    "defined": ("b:defined{display:none}", "<b>7</b>32"),
    "where no mouse is": (".k:not(:hover,:focus){display:none}", "<b class=k>7</b>32"),
    "of a scope": ("@scope (td) to (i){.k{display:none}}", "<i><b class=k>3</b></i>2"),
    "of a scope elsewhere": ("@scope (.menu){b{display:none}}", "<b>3</b>2"),
    "transparent with a shadow": (".k{color:transparent;text-shadow:0 0 0 #000}", "3<b class=k>2</b>"),
    "transparent with a shadow of its own": ("", "3<b style='color:transparent;text-shadow:0 0 0 #000'>2</b>"),
    "in named areas": (
        ".w{display:inline-grid;grid-template-areas:'b a'}.a{grid-area:a}.b{grid-area:b}",
        "<span class=w><i class=a>3</i><i class=b>2</i></span>",
    ),
    "a later digit to the left": (".k{float:left}", "<i>3</i><i class=k>2</i>"),
    "a digit to the left of plain ones": ("", "3<i style='float:left'>2</i>"),
    "the first digit to the right": (".k::first-letter{float:right}", "<div class=k>32</div>"),
    "behind marks of the page's own": (
        "@counter-style z{system:cyclic;symbols:'7';suffix:''}.k{display:list-item;list-style:z inside}",
        "<div class=k>32</div>",
    ),
    "behind the number of an entry": ("", "<ol start=5><li>32</ol>"),
    "behind the number that an entry is given": ("", "<ol><li value=9><p>32</p></ol>"),
    "behind a number that a sheet writes": ("ul{list-style:decimal inside}", "<ul><li>32</ul>"),
    "below another figure": ("", "<ruby>32<rt>35</rt></ruby>"),
    "upside down": (".k{display:inline-block;rotate:180deg}", "<b class=k>69</b>"),
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


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [
        ("ul{list-style:none}", "<ul><li>32</ul>"),
        ("ol,ul{list-style:none}", "<ol><li>32</ol>"),
        ("ol{list-style:decimal}", "<ul><li>32</ul>"),
        ("ul{list-style:disc inside}", "<ul><li>32</ul>"),
        ("p::first-letter{float:left;font-size:2em}", "<p>32</p>"),
        ("i{float:left}", "<i>3</i><i>2</i>"),
        (":root{--c:#000}.dark{--c:#fff}.k{color:var(--c)}", "<b class=k>32</b>"),
        (":not(:defined){display:none}", "<b>32</b>"),
        ("a:link{color:#06c}", "<a href=/x>32</a>"),
        ("th{text-shadow:0 0 1px #ccc}", "32"),
        (".k:hover{display:none}", "<b class=k>3</b>2"),
    ],
)
def test_styles_of_ordinary_pages_raise_no_doubt(sheet: str, cell: str) -> None:
    assert cell_of(read_html, cell, sheet) == "32"
