"""Scripts that write into cells by their place: no figure of such a page is believed, and others cost nothing."""

import pytest

from demo.figures import balanced
from reports import extract
from reports.readers.html.seen.rewriting import writes_cells
from tests.reports.tables.pages import body, page

WRITING = {
    "by its number": "document.querySelectorAll('td')[30].textContent = '5'",
    "by row and cell": "var t = document.getElementById('t1'); t.rows[3].cells[2].innerHTML = '4'",
    "through a name": "const c = document.getElementsByTagName('td'); for (let i in d) { c[i].innerText = d[i] }",
    "one of several": "for (const c of document.querySelectorAll('.main td')) { if (c.title) c.textContent = c.title }",
    "jQuery's number": "$('td').eq(30).text('5')",
    "jQuery's selector": '$("table td:eq(5)").html("7")',
    "jQuery, line by line": "$('.main table')\n  .find('tr')\n  .last()\n  .text(n)",
    "each in turn": "$('td').each(function (i) { if (i == 3) $(this).text('5') })",
    "lent from an array": "[].forEach.call(document.querySelectorAll('td'), function (e, i) { e.innerText = d[i] })",
    "of the whole page": "document.all[57].innerText = 3",
    "the next but one": "heading.nextElementSibling.nextSibling.nodeValue = '5'",
    "by a sheet's selector": "document.querySelector('tr:nth-child(3) > td:nth-child(2)').textContent += '5'",
    "all texts in turn": "w = document.createTreeWalker(document.body, 4); while (w.nextNode()) w.currentNode.data = 1",
    "by a path": "document.evaluate('//td[5]', document, null, 9).singleNodeValue.textContent = '5'",
    "replaced in all the markup": "m.innerHTML = m.innerHTML.replace(/(\\d)1/g, '$12')",
    "a row taken out": "document.getElementById('t1').rows[4].remove()",
    "rows that are hidden": "$('.main tr:gt(4)').hide()",
}
HARMLESS = {
    "wrapped for phones": "$('.main table').each(function () { $(this).wrap('<div class=wide></div>') })",
    "given a width": "$('.main table td').css('padding', '3px'); $('.nav').html('<a>up</a>')",
    "looked at before a word is written": "$('tr').each(function () { $(this).addClass('x') }); $('#a').html('up')",
    "the day": "document.getElementById('today').innerHTML = new Date().toLocaleDateString()",
    "a list from rows of data": "for (var i in data.rows) { s += '<li>' + data.rows[i].title } $('#list').html(s)",
    "read, not written": "if ($('td').text() == '') { log($('tr').html()) }",
    "striped": "var r = document.getElementsByTagName('tr'); for (var i in r) { r[i].className = 'odd' }",
    "printed": "document.body.innerHTML = document.getElementById('main').innerHTML",
    "a menu": "this.parentNode.getElementsByTagName('ul')[0].style.display = 'none'",
}  # fmt: skip
FIGURES = balanced("rewriting", requests=60)


@pytest.mark.parametrize("case", WRITING)
def test_what_writes_by_place(case):
    assert writes_cells(["var a = 1;", WRITING[case]])


@pytest.mark.parametrize("case", HARMLESS)
def test_what_does_not(case):
    assert not writes_cells([HARMLESS[case]])


@pytest.mark.parametrize(
    ("script", "verdict"), [(WRITING["by its number"], "incomplete"), (HARMLESS["the day"], "verified")]
)
def test_a_page_that_is_written_over_is_not_verified(script, verdict):
    (record,) = extract(page(f"{body(FIGURES)}<script>{script}</script>"), name="page.html")
    assert record.verdict == verdict
    assert ("rewritten" in {problem.code for problem in record.problems}) == (verdict == "incomplete")
