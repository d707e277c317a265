# ruff: noqa: E501 - scripts as portals write them
"""Ways that lead over one page more: parts of a list of organs, trees of organs alone, pages before a report's text."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from tests.crawler.crawls import crawl
from tests.crawler.portals import ORGANS, Pages, frame, titles
from tests.crawler.site import Answer, Asked, html, items, report, serving
from tests.crawler.test_opened_lists import column, told

REPORTS = {f"/r/{n}.html": report(organ, year) for n, (organ, year, _) in enumerate(titles())}


def of(organ: str) -> str:
    return items(*((f"/r/{n}.html", title) for n, (name, _, title) in enumerate(titles()) if name == organ))


def found(pages: Pages, tmp_path: Path) -> bool:
    with serving(pages) as site:
        return crawl(site, tmp_path).reports_known == len(titles())


def organs_in_parts(parts: dict[str, list[int]], turns: str) -> Pages:
    """A list of organs in parts, each organ with a page of its own whose column holds its reports."""
    pages: Pages = REPORTS | {
        "/": html("云溪市", '<a href="/gk/">政府信息公开</a>'),
        "/gk/": html("政府信息公开", '<a href="/gk/bm.html">部门信息公开目录</a>'),
    }
    for address, numbers in parts.items():
        listed = items(*((f"/gk/d{number}/", ORGANS[number]) for number in numbers)) if numbers else ""
        pages[address] = html("部门信息公开目录", f"{listed}<div class='page'>{turns}</div>")
    for number, organ in enumerate(ORGANS):
        pages[f"/gk/d{number}/"] = html(organ, f"<a href='/gk/d{number}/nb.html'>公开年报</a>")
        pages[f"/gk/d{number}/nb.html"] = html("公开年报", of(organ))
    return pages


def test_organs_by_the_first_letter_of_their_names(tmp_path: Path) -> None:
    letters = "RJCSM"
    turns = "".join(f"<a href='/gk/bm.html?letter={each}'>{each}</a>" for each in sorted(letters))
    parts = {"/gk/bm.html": []} | {f"/gk/bm.html?letter={each}": [number] for number, each in enumerate(letters)}
    assert found(organs_in_parts(parts, turns), tmp_path)


def test_organs_over_several_pages(tmp_path: Path) -> None:
    parts = {"/gk/bm.html": [0, 1], "/gk/bm_2.html": [2, 3], "/gk/bm_3.html": [4]}
    turns = "".join(f"<a href='{address}'>{number}</a>" for number, address in enumerate(parts, 1))
    assert found(organs_in_parts(parts, turns), tmp_path)


def test_the_days_of_a_calendar_are_no_parts_of_a_list_of_organs(tmp_path: Path) -> None:
    pages = organs_in_parts({"/gk/bm.html": list(range(len(ORGANS)))}, "")
    listed = pages["/gk/bm.html"]
    assert isinstance(listed, str)
    days = "".join(f"<td><a href='/hd/{day}.html'>{day}</a></td>" for day in range(1, 32))
    pages["/gk/bm.html"] = listed.replace("</body>", f"<table class='rl'><tr>{days}</tr></table></body>")
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(titles())
        assert sum(path.startswith("/hd/") for path in site.paths()) <= 3


def test_organs_that_a_script_asks_for(tmp_path: Path) -> None:
    pages = organs_in_parts({}, "")
    pages["/gk/bm.html"] = html(
        "部门信息公开目录",
        "<ul id='u'></ul><script>$.getJSON('/gk/orgs.json',function(d){for(var i=0;i<d.length;i++)$('#u').append('<li><a href=\"/gk/d'+d[i].code+'/\">'+d[i].name+'</a></li>')})</script>",
    )
    pages["/gk/orgs.json"] = told([{"code": number, "name": organ} for number, organ in enumerate(ORGANS)])
    assert found(pages, tmp_path)


def test_a_tree_in_a_file_that_a_page_of_disclosure_asks_for(tmp_path: Path) -> None:
    columns = [{"label": organ, "link": f"/nb/o{number}.html"} for number, organ in enumerate(ORGANS)]
    tree = [{"label": "政府信息公开", "children": [{"label": "年报", "children": columns}]}]
    pages: Pages = REPORTS | {
        "/": html("云溪市", '<a href="/gk/">政府信息公开</a>'),
        "/gk/": html(
            "政府信息公开", "<div id='tree'></div><script>$.get('/api/tree.json',function(d){render(d)})</script>"
        ),
        "/api/tree.json": told(tree),
    }
    pages |= {f"/nb/o{number}.html": html("公开年报", of(organ)) for number, organ in enumerate(ORGANS)}
    assert found(pages, tmp_path)


def test_a_tree_of_organs_alone_in_the_column(tmp_path: Path) -> None:
    nodes = "".join(
        f"d.add({number + 1},0,'{organ}','/nb/dw.jsp?area=1133{number:04d}');" for number, organ in enumerate(ORGANS)
    )
    pages = column(f"<script>d=new dTree('d');d.add(0,-1,'单位');{nodes}document.write(d);</script>") | REPORTS

    def asked(request: Asked) -> Answer:
        return Answer(html("年报", of(ORGANS[int(request.path[-4:])])))

    pages["/nb/dw.jsp?*"] = asked
    assert found(pages, tmp_path)


def test_a_page_that_leads_on_to_the_text_of_its_report(tmp_path: Path) -> None:
    pages = frame("/nb/") | REPORTS
    entries = [(f"/i/{n}.html", title) for n, (_, _, title) in enumerate(titles())]
    pages["/nb/"] = html("政府信息公开年报", items(*entries))
    for n, (address, title) in enumerate(entries):
        pages[address] = html(
            title, f"<h1>{title}</h1><p>索引号：Y{n}</p><p><a href='/r/{n}.html'>点击查看全文</a></p>"
        )
    assert found(pages, tmp_path)


def test_a_list_and_articles_with_their_parameters_in_the_path(tmp_path: Path) -> None:
    """As a regulator's portal keeps the answers of its service: data_itemId=925,pageIndex=2,pageSize=18.json."""
    listed = "/data/SelectDocByItemId/data_itemId=925,pageIndex={},pageSize=18.json"
    shell = html(
        "详情",
        "<div id='c'></div><script>var docId=getParam('docId');$http.get('/data/SelectByDocId/data_docId='+docId+'.json').then(show);</script>",
    )
    pages = column(
        "<div ng-repeat='x in list'><a ng-href='/view/ItemDetail.html?docId={{x.docId}}&itemId=925'>{{x.docSubtitle}}</a></div>"
        f"<script>$http.get('{listed.format(1)}').then(draw)</script>"
    )
    pages["/view/ItemDetail.html?*"] = Answer(shell)
    rows = [{"docId": n, "docSubtitle": title, "publishDate": "2025-01-20"} for n, (_, _, title) in enumerate(titles())]
    for number in (1, 2):
        pages[listed.format(number)] = told(
            {"data": {"total": len(rows), "rows": rows[18 * number - 18 : 18 * number]}}
        )
    for n, (organ, year, title) in enumerate(titles()):
        pages[f"/data/SelectByDocId/data_docId={n}.json"] = told(
            {"data": {"docSubtitle": title, "docClob": report(organ, year)}}
        )
    assert found(pages, tmp_path)


def test_the_next_report_that_only_the_last_one_names(tmp_path: Path) -> None:
    """大汉 xxgk: the tree of organs stays as it is; the years stand on the organ's reports."""
    address = "/module/xxgk/xxgkAnnualReport.jsp?area=11330824753996260L&fbtime={}"

    def reports(years: range) -> Pages:
        links = "".join(f"<a href='{address.format(year)}'>{year}年</a>" for year in years)
        return {address.format(year): report(ORGANS[0], year, extra=f"<div>{links}</div>") for year in years}

    this = time.gmtime().tm_year
    tree = html("政府信息公开年报", f"<ul><li><a href='{address.format(this - 3)}'>{ORGANS[0]}</a></li></ul>")
    pages = frame("/module/xxgk/tree.jsp") | {"/module/xxgk/tree.jsp": tree} | reports(range(this - 3, this - 1))
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 2
        for path, page in reports(range(this - 3, this)).items():
            site.put(path, page)
        with closing(sqlite3.connect(tmp_path / "frontier.db")) as db, db:
            soon = "SELECT year FROM page WHERE report = 1 AND due < ?"
            assert (this - 2,) in db.execute(soon, (time.time() + 7.5 * 86_400,)).fetchall()
            db.execute("UPDATE page SET due = due - ?", (7.5 * 86_400,))
        assert crawl(site, tmp_path).reports_known == 3
