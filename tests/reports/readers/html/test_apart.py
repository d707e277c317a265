"""Digits in one cell that only a style sets apart, raises or moves: two figures are not one, nor is a note's mark."""

from dataclasses import replace

import pytest

from demo.figures import balanced
from reports import extract
from reports.readers.html.page import read_html
from reports.tables.numbers import read_value
from tests.reports.readers.html.test_painted import cell_of
from tests.reports.tables.pages import body, page

FIGURES = balanced("apart", requests=300)
APART = {
    "a margin": ("<b class=y>3</b><b class=y>7</b>", ".y{margin-right:2em}"),
    "a margin at every side": ("<b class=y>3</b><b>7</b>", ".y{margin:0 6px}"),
    "padding of their own": ("<b style='padding-left:1em'>3</b><b style='padding-left:1em'>7</b>", ""),
    "below zero": ("<b class=y>-3</b><b class=y>7</b>", ".y{padding:5px}"),
    "to the right": ("<b style='float:right'>3</b>7", ""),
    "past each other": (
        "<b style='position:relative;left:20px'>3</b><b style='position:relative;left:-20px'>7</b>",
        "",
    ),
    "small": ("12<b class=n>2</b>", ".n{font-size:60%}"),
    "boxes from right to left": ("<b dir=rtl><i style='display:inline-block'>3</i><i class=x>7</i></b>", ""),
    "in a face with a Chinese name": (
        "<b style='font-family:\"宋体\"'><i class=y>3</i></b><b>7</b>",
        ".y{margin:0 1em}",
    ),
    "so by a class": ("<b class=r><i class=b>3</i><i class=b>7</i></b>", ".r{direction:rtl}.b{display:inline-block}"),
}
ONE = {
    "nothing between": ("<b class=y>3</b><b class=y>7</b>", ".y{margin:0;padding:0 0}", "37"),
    "room above": ("<b class=y>3</b><b class=y>7</b>", ".y{margin-top:5px;margin:5px 0}", "37"),
    "a margin around the whole": ("<b class=y>37</b>", ".y{margin:0 5px}", "37"),
    "all raised": ("<b class=u>3</b><b class=u>7</b>", ".u{position:relative;top:-1pt}", "37"),
    "in another size": ("<b style='font-size:12pt'>3</b><b style='font-size:10.5pt'>7</b>", "", "37"),
    "plain digits from right to left": ("<b dir=rtl>37</b>", "", "37"),
    "beside a hidden one": ("<i style='display:none'>9</i><b style='margin-left:5px'>37</b>", "", "37"),
    "a mark, by length": ("12<b style='vertical-align:5px;font-size:60%'>2</b>", "", "12[2]"),
    "a mark, by place": ("12<b class=n>2</b>", ".n{position:relative;top:-6px;font-size:8px}", "12[2]"),
}


@pytest.mark.parametrize(("added", "sheet"), APART.values(), ids=APART)
def test_what_is_set_apart_is_no_figure(added, sheet):
    assert read_value(cell_of(read_html, added, sheet)).state == "unreadable"


@pytest.mark.parametrize(("added", "sheet", "text"), ONE.values(), ids=ONE)
def test_what_stands_together_is_one(added, sheet, text):
    assert cell_of(read_html, added, sheet) == text


@pytest.mark.parametrize("figure", ["<b class=y>{}</b><b class=y>7</b>", "<b dir=rtl><i>{}</i><i>1</i></b>"])
def test_the_second_reading_does_not_overrule_what_is_seen_to_be_two(figure):
    bent = body(FIGURES, lambda table, rows: [[[_bent(table, cell, figure) for cell in row] for row in rows]])
    bent = bent.replace("&lt;", "<").replace("&gt;", ">")
    (record,) = extract(page(f"<style>.y{{margin:0 1em}}</style>{bent}"), name="page")
    assert record.verdict == "incomplete"
    assert not any((record.proactive or {}).values())


def _bent(table, cell, figure):
    return replace(cell, text=figure.format(cell.text)) if cell.code and table == "proactive" else cell


def test_a_sentence_in_pieces_says_nothing_of_a_cell():
    cell = "<tr><td>规章</td><TD title='件'><b class=y>3</b><b>7</b></TD><td>1</td></tr>"
    sentence = "<p>统计期限自2024<b class=y>年</b>1<b>2</b>月起，电话0571-12<b>34</b></p>"
    document = read_html(f"<style>.y{{margin-right:1em}}</style>{sentence}<table>{cell}</table>".encode())
    assert read_value(next(document.grids).rows[0][1].text).state == "unreadable"
    assert "34" in next(document.paragraphs).text


@pytest.mark.parametrize("charset", ["gbk", "big5", "utf-16"])
def test_the_charset_does_not_matter(charset):
    row = "<tr><td>件數</td><td><b class=y>3</b><b>7</b></td><td>1</td></tr>"
    source = f"<html><meta charset={charset}><style>.y{{float:right}}</style><p>申請件數如下。</p><table>{row}</table>"
    document = read_html(source.encode(charset))
    assert read_value(next(document.grids).rows[0][1].text).state == "unreadable"


LICENCES = str(FIGURES.values["proactive_licence_decisions"])
RECEIVED = str(FIGURES.values["applications_new_received_total"])
OUTER = "<link rel=stylesheet href=site.css>"
IMPORTED = "<style>@import url(site.css);</style>"


@pytest.mark.parametrize("sheet", [OUTER, IMPORTED])
@pytest.mark.parametrize("figure", [LICENCES, RECEIVED])
def test_digits_that_only_a_sheet_elsewhere_may_hide(sheet, figure):
    assert one(figure, f"<span class=old>9</span>{figure}", sheet).verdict == "incomplete"


@pytest.mark.parametrize(
    ("name", "sheet"),
    [("16", OUTER), ("font5", OUTER), ("old", ""), ("old", f"{OUTER}<style>.old{{color:red}}</style>")],
)
def test_digits_in_pieces_as_editors_write_them(name, sheet):
    for figure in (LICENCES, RECEIVED):
        pieces = f"<span class={name}>{figure[0]}</span><span>{figure[1:]}</span>"
        assert one(figure, pieces, sheet).verdict == "verified"


UNSURE = {
    "as pale as its ground": "<b style='color:#eef;background:#eef'>9</b>",
    "in white": "<font color=white>9</font>",
    "in white by its number": "<font color='#FFFFFF'>9</font>",
    "clipped away": "<b style='clip-path:ellipse(0 0)'>9</b>",
    "blended with its ground": "<b style='mix-blend-mode:screen'>9</b>",
    "turned aside": "<b style='display:inline-block;transform:rotateY(90deg)'>9</b>",
    "as a column": "<b style='display:table-column'>9</b>",
    "of a size that is worked out": "<b style='font-size:max(0px,0px)'>9</b>",
}


@pytest.mark.parametrize("case", UNSURE)
@pytest.mark.parametrize("figure", [LICENCES, RECEIVED])
def test_digits_of_which_nobody_knows_whether_they_are_seen(case, figure):
    assert one(figure, UNSURE[case] + figure, "").verdict == "incomplete"


@pytest.mark.parametrize("rule", ["animation:z 1ms forwards", "opacity:calc(0)", "color:#eee", "filter:blur(9px)"])
def test_digits_that_a_rule_makes_uncertain(rule):
    assert one(LICENCES, f"<b class=k>9</b>{LICENCES}", f"<style>.k{{{rule}}}</style>").verdict == "incomplete"


def test_the_number_of_a_footnote_that_it_leads_to():
    record = one(RECEIVED, f"{RECEIVED}<a href='#n1'>1</a>", "")
    assert (record.verdict, record.applications["new_received"]["total"]) == ("verified", int(RECEIVED))


def test_sums_say_that_pieces_of_unknown_names_are_one_figure():
    record = one(RECEIVED, f"<span class=old>{RECEIVED[0]}</span>{RECEIVED[1:]}", OUTER)
    assert (record.verdict, record.applications["new_received"]["total"]) == ("verified", int(RECEIVED))


def one(figure, written, sheet):
    content = body(FIGURES).replace(f">{figure}<", f">{written}<", 1)
    (record,) = extract(page(content).replace(b"</head>", sheet.encode() + b"</head>"), name="page.html")
    return record
