"""Text that a child shows in what its parent hides, and what sheets write into hidden, blank and countless cells."""

from dataclasses import replace

import pytest

from demo.figures import balanced
from reports import extract
from reports.readers.html.page import read_html
from tests.reports.readers.html.test_painted import cell_of
from tests.reports.tables.pages import body, differences, page

FIGURES = balanced("revealed", requests=300)
VISIBLE = ".h{visibility:hidden}.v{visibility:visible}"

SHOWN = {
    "visible in hidden": ("<i style='visibility:hidden'>7<b style='visibility:visible'>32</b></i>", "", "32"),
    "by classes": ("<i class=h>7<b class=v>3</b>8<b class=v>2</b></i>", VISIBLE, "32"),
    "hidden in visible in hidden": ("<i class=h>7<b class=v>32<u class=h>9</u></b></i>", VISIBLE, "32"),
    "nothing in hidden": ("<i class=h>7<b class=v></b></i>", VISIBLE, ""),
    "sized in no size": ("<i style='font-size:0'>7<b style='font-size:14px'>32</b>9</i>", "", "32"),
    "sized by a class": ("<i class=z>7<b class=s>32</b></i>", ".z{font-size:0}.s{font-size:14px}", "32"),
    "a share of no size": ("<i class=z>7<b class=s>32</b></i>", ".z{font-size:0}.s{font-size:90%}", ""),
    "written beside no size": ("<i class=z>9</i>", ".z{font-size:0}.z::before{content:'32';font-size:14px}", "32"),
    "written in no size": ("<i class=z>9</i>", ".z{font-size:0}.z::before{content:'32'}", ""),
    "written over it": ("<i class=n></i>", ".n::before{content:'7'} i.n::before{content:'32'}", "32"),
    "taken back": ("<i class=n>32</i>", ".n::before{content:'7'} i.n::before{content:none}", "32"),
    "written and not shown": ("<i class=n>32</i>", ".n::before{content:'7';display:none}", "32"),
    "in pieces": ("<i class=n></i>", ".n::before{content:'3' '2'}", "32"),
    "counted": ("<i class=n style='counter-reset:n 32'></i>", ".n::before{content:counter(n)}", "[图]"),
    "a font's own sign": ("<i class=n></i>", ".n::before{content:'\\e932'}", "[图]"),
    "a link's own sign": ("<a class=n>见附件</a>", ".n::before{content:'\\e932'}", "见附件"),
    "out of sight": ("<i class=o>9</i>", ".o{text-indent:-999px}.o::before{content:'32';float:left}", "[图]"),
    "a value with a name": ("<i class=g>7</i>32", ":root{--x:none}.g{display:var(--x)}", "32"),
    "a value of a value": ("<i class=g>7</i>32", ":root{--x:var(--y);--y:none}.g{display:var(--x)}", "32"),
    "a value of itself": ("<i class=g>32</i>", ":root{--x:var(--x)}.g{display:var(--x)}", "32"),
    "a value with no name": ("<i class=g>32</i>", ".g{display:var(--x, inline)}", "32"),
}


@pytest.mark.parametrize(("added", "sheet", "text"), SHOWN.values(), ids=SHOWN)
def test_what_a_cell_shows(added, sheet, text):
    assert cell_of(read_html, added, sheet) == text


@pytest.mark.parametrize("figure", ["<i class=h>7<b class=v>{}</b></i>", "<i class=z>9<b class=s>{}</b></i>"])
def test_a_report_whose_figures_stand_so_is_read(figure):
    sheet = f"<style>{VISIBLE}.z{{font-size:0}}.s{{font-size:14px}}</style>"
    shown = body(FIGURES, lambda _, rows: [[[_bent(cell, figure) for cell in row] for row in rows]])
    shown = shown.replace("&lt;", "<").replace("&gt;", ">")
    (record,) = extract(page(sheet + shown), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def _bent(cell, figure):
    return replace(cell, text=figure.format(cell.text)) if cell.code else cell
