"""The requests for lists that stand in a page's scripts, in the ways in which scripts write them."""

from __future__ import annotations

import json

import pytest

from crawler.discovery.page import Page
from crawler.families import anylist, made, read_answer

COLUMN = "http://a.gov.cn/gk/list.html?itemId=41"


def scripted(script: str) -> Page:
    """A column without entries, with this script."""
    return Page(url=COLUMN, text=f"<div id='list'></div><script>{script}</script>", base=COLUMN)


@pytest.mark.parametrize(
    ("script", "method", "url", "body"),
    [
        ("$.get('/list/query?page='+page+'&size=9', draw)", "GET", "/list/query?page=1&size=9", None),
        (
            'axios.get("/w/articles/query", {params: {channel: "nb", pageNum: cur, pageSize: 12}})',
            "GET",
            "/w/articles/query?channel=nb&pageNum=1&pageSize=12",
            None,
        ),
        (
            "$.ajax({type: 'POST', url: '/x/loadData', data: {columnId: '0a9', page: p, rows: 10}, success: fill})",
            "POST",
            "/x/loadData",
            "columnId=0a9&page=1&rows=10",
        ),
        ("var cat = 7; $.post('/x/list.do', {cat: cat, pageIndex: 0})", "POST", "/x/list.do", "cat=7&pageIndex=0"),
        (
            "const API='/g/page'; fetch(API, {method: 'POST', body: JSON.stringify({channelId: 33, pageNo: no})})",
            "POST",
            "/g/page",
            '{"channelId": 33, "pageNo": 1}',
        ),
        (
            "var data = {codes: ['a', 'b'], pageNo: 1}; axios.post('/g/page', data)",
            "POST",
            "/g/page",
            '{"codes": ["a", "b"], "pageNo": 1}',
        ),
        ("fetch(`/d/list?item=${getParam('itemId')}&page=${n}`)", "GET", "/d/list?item=41&page=1", None),
        ("var itemId=q('itemId');fetch('/d/list?itemId='+itemId+'&page='+n)", "GET", "/d/list?itemId=41&page=1", None),
        ("var r = new XMLHttpRequest(); r.open('GET', '/d/list?page=' + n)", "GET", "/d/list?page=1", None),
        (
            "x.open('POST', '/s/query.do', true); x.onload = draw; x.send('lm=8&page=' + p + '&rows=5')",
            "POST",
            "/s/query.do",
            "lm=8&page=1&rows=5",
        ),
        (
            "$.ajax({type: 'post', url: '/s/query.do', data: 'page=' + p + '&lm=8', success: draw})",
            "POST",
            "/s/query.do",
            "page=1&lm=8",
        ),
        (
            "let b = new FormData(); b.append('lm', '8'); b.append('pageNo', n);"
            " fetch('/s/list', {method: 'POST', body: b})",
            "POST",
            "/s/list",
            "lm=8&pageNo=1",
        ),
    ],
)
def test_what_a_script_asks_for_is_read(script: str, method: str, url: str, body: str | None) -> None:
    step = anylist.sources(scripted(script))[0]
    assert (step.method, step.url, step.body) == (method, f"http://a.gov.cn{url}", body)


def test_the_page_in_a_body_is_counted_up() -> None:
    step = anylist.sources(scripted("$.post('/x/list.do', {cat: 7, page: 1})"))[0]
    answer = {"total": 40, "rows": [{"title": "云溪市2023年政府信息公开工作年度报告", "url": "/1.html"}]}
    listing = read_answer("anylist", json.dumps(answer), step.url, 1, step.memo)
    assert listing is not None and listing.records == 40
    assert listing.steps[0].body == "cat=7&page=2"


@pytest.mark.parametrize(
    "script",
    [
        "rows.forEach(d => { h += '<a href=\"/show.html?id=' + d.docId + '&item=' + itemId + '\">' + d.t + '</a>' })",
        'rows.forEach(d => h += `<a href="/show.html?id=${d.docId}&item=41">${d.t}</a>`)',
        "function go(d) { window.open('/show.html?id=' + d.docId + '&item=' + itemId) }",
        "var tpl = '<a href=\"/show.html?id={{docId}}&item=41\">{{t}}</a>'",
    ],
)
def test_the_address_that_a_script_makes_of_an_id(script: str) -> None:
    page = scripted(f"$.get('/list/q?page=1'); var itemId = getParam('itemId'); {script}")
    step = anylist.sources(page)[0]
    answer = {"rows": [{"docId": 9, "docSubtitle": "云溪市2023年政府信息公开工作年度报告"}]}
    listing = read_answer("anylist", json.dumps(answer), step.url, 1, step.memo)
    assert listing is not None
    assert [link.url for link in listing.links] == ["http://a.gov.cn/show.html?id=9&item=41"]


def test_an_address_bound_in_a_template() -> None:
    page = Page(
        url=COLUMN, text="""<li v-for="a in list"><a :href="'/show/' + a.id + '.html'">x</a></li>""", base=COLUMN
    )
    assert made.shapes(page) == ["/show/\x01id\x02.html"]


def test_a_next_page_that_only_a_script_knows() -> None:
    page = scripted("function more(n){ $.get('/list/part?page=' + n, add) }")
    assert [step.url for step in anylist.sources(page, shown=1)] == ["http://a.gov.cn/list/part?page=2"]


def test_a_script_file_is_looked_into_but_no_library() -> None:
    page = Page(
        url=COLUMN, text='<script src="/js/jquery.min.js"></script><script src="js/nb.js?v=2"></script>', base=COLUMN
    )
    assert anylist.sources(page) == []
    assert anylist.files(page) == ["http://a.gov.cn/gk/js/nb.js?v=2"]
