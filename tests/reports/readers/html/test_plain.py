"""Rows and paragraphs of bare text are read in one step: just what walking their tree gives."""

import random

import pytest
from selectolax.lexbor import LexborHTMLParser

from bench.extract import generated
from demo.render.html import HANDS
from reports.readers.html.page import read_html
from reports.readers.html.walk import walk
from tests.gold.pages import Page, wrapped

CELLS = {
    "bare": "12",
    "a paragraph": "\n <p class=MsoNormal>12</p>\n ",
    "in words of a font": "<p><span lang='EN-US'><font size=2>1</font></span><b>2</b></p>",
    "references": "1 &lt; 2 &amp;&amp; 3&nbsp;&gt; 0 &amp;nbsp;",
    "an angle bracket in an attribute": "<p title='a > b'>1<span title='x<y>z'>2</span></p>",
    "a quotation mark in an attribute": "<p title='say \"12\" > 3'>12</p>",
    "an attribute with the name of a tag": "<p <td=''>12</p>",
    "a comment": "1<!-- <td>7</td> -->2",
    "a comment that begins in an attribute": "<p title='<!--'>1</p><!-- 2 -->",
    "Word's empty paragraph": "<p><o:p>&nbsp;</o:p></p>",
    "nothing": "",
    "a break": "大中型企业<br>总计",
    "two paragraphs": "<p>大中型企业</p><p>总计</p>",
    "text beside a paragraph": "12<p>3</p>",
    "text beside an empty paragraph": "12<p></p>",
    "a link": "<p><a href='/a.html'>12</a></p>",
    "a word that begins as a paragraph does": "<pre>1\n2</pre>",
    "a parameter": "<param name=a>12",
    "a list": "<ul><li>1<li>2</ul>",
    "a table": "<table><tr><td>1<td>2</table>",
    "a picture": "<img src=/1.png alt=12>",
    "a marked line wrapped in the source": "政府信\n  息\u200b公开\xad",
}


def both(markup: str):
    """What the walk gives with and without the short cut."""
    pages = [walk(LexborHTMLParser(markup), markup.encode(), careful=careful) for careful in (False, True)]
    return [repr(page.blocks) for page in pages]


@pytest.mark.parametrize("case", CELLS)
def test_a_row_is_read_as_it_is_walked(case):
    tail = "<td rowspan=2 colspan=' 3'>5</td><th>6</th>"
    plain, walked = both(f"<body><p>一</p><table><tr><td>{CELLS[case]}</td>{tail}</tr><tr></tr></table><p>二</p>")
    assert plain == walked


@pytest.mark.parametrize("case", CELLS)
def test_a_paragraph_is_read_as_it_is_walked(case):
    plain, walked = both(f"<body><p>一</p><p>{CELLS[case]}</p><p>二</p>")
    assert plain == walked


@pytest.mark.parametrize("hand", sorted(HANDS))
def test_a_report_is_read_as_it_is_walked(hand):
    for number, report in enumerate(generated()):
        plain, walked = both(wrapped(report, HANDS[hand]().article(report), Page(), random.Random(number)))
        assert plain == walked


@pytest.mark.parametrize("unread", ["script", "style", "noscript", "template"])
def test_what_a_template_puts_into_a_paragraph_for_machines_is_no_text(unread):
    """Column templates write the date by a script within the paragraph of the title."""
    code = f"<{unread}>var day = '2024-01-31';</{unread}>"
    page = f"<body><p>某市水务局{code}年度报告</p><table><tr><td>规章</td><td><p>1{code}2</p></td></tr></table>"
    document = read_html(page.encode())
    assert [part.text for part in document.paragraphs] == ["某市水务局年度报告"]
    assert [cell.text for grid in document.grids for cell in grid.own_cells(0)] == ["规章", "12"]


def test_rows_in_rows_are_read_as_they_are_walked():
    words = "<p><span>1</span><b>2</b></p>"
    plain, walked = both(f"<table><tr><td>{words}</td><td><span>3</span>" * 40 + "</table>" * 40)
    assert plain == walked


@pytest.mark.parametrize("hidden", ["tr", "td", "p", "span"])
def test_what_is_hidden_is_read_as_it_is_walked(hidden):
    row = "<tr><td><p><span>1</span></p></td><td>2</td></tr>"
    markup = f"<p><span>一</span></p><table>{row}{row.replace(hidden, f'{hidden} style=display:none', 1)}</table>"
    plain, walked = both(markup.replace(f"/{hidden} style=display:none", f"/{hidden}"))
    assert plain == walked
