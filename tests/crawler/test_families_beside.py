# ruff: noqa: E501 - markup and scripts as portals write them
"""Columns of known families as other authors write them: several lists side by side, sums, names with underscores."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.crawler import portals
from tests.crawler.crawls import crawl, rows
from tests.crawler.portals import titles
from tests.crawler.site import Answer, Asked, items
from tests.crawler.test_opened_lists import column, listings, serving

ENTRIES = [(f"/detail/{n}.html", title) for n, (_, _, title) in enumerate(titles())]


def test_the_lists_of_a_jcms_column_that_has_several(tmp_path: Path) -> None:
    """Departments and towns have a unit each; the news beside them are none of the column's."""
    units = {"71": ENTRIES[:17], "72": ENTRIES[17:], "73": [(f"/xw/{n}.html", f"工作动态{n}") for n in range(90)]}

    def records(part: list[tuple[str, str]]) -> str:
        return "".join(f"<record><![CDATA[<li><a href='{url}'>{text}</a></li>]]></record>" for url, text in part)

    def store(unit: str) -> str:
        following = f"/module/web/jpage/dataproxy.jsp?page=1&col=1&webid=9&columnid=70&unitid={unit}"
        return (
            f"<div id='{unit}'></div><script type='text/xml'><datastore><nextgroup><![CDATA[<a href=\"{following}\"></a>]]></nextgroup>"
            f"<recordset>{records(units[unit][:6])}</recordset></datastore></script><script>$('#{unit}').jpage({{perPage:2}})</script>"
        )

    def proxy(asked: Asked) -> Answer:
        fields = parse_qs(asked.body) | parse_qs(urlsplit(asked.path).query)
        unit = units[fields["unitid"][0]]
        part = unit[int(fields["startrecord"][0]) - 1 : int(fields["endrecord"][0])]
        return Answer(
            f"<datastore><totalrecord>{len(unit)}</totalrecord><recordset>{records(part)}</recordset></datastore>",
            media="text/xml",
        )

    pages = column("".join(map(store, units)), at="/col/col70/index.html")
    with serving(pages | {"/module/web/jpage/dataproxy.jsp?*": proxy}) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)
        assert not [each for each in site.asked if "unitid=73" in each.body + each.path]
    assert listings(tmp_path) == {("complete",)}


def test_a_label_whose_parameters_stand_behind_the_page_number(tmp_path: Path) -> None:
    """龙讯: the page's navigation names other columns before the script says which one it asks for."""

    def label(asked: Asked) -> Answer:
        query = parse_qs(asked.path.split("?")[1])
        if (query["catId"], query["type"], query["organId"]) != (["9"], ["5"], ["65"]):
            return Answer("<p></p>")
        page = int(query["pageIndex"][0])
        return Answer(items(*ENTRIES[page * 10 - 10 : page * 10]))

    pages = column(
        "<a href='/public/column/65?type=4&catId=3&action=list'>公开制度</a><div id='list'></div><script>function load(pageIndex){"
        "$('#list').load('/site/label/8888?labelName=publicInfoList&siteId=7&pageSize=10&pageIndex='+pageIndex+'&organId=65&type=5&catId=9')}"
        "load(1)</script>",
        at="/public/column/65?type=5&action=list",
    )
    pages["/public/column/65?type=5&action=list"] = pages.pop("/public/column/65")
    with serving(pages | {"/site/label/8888?*": label}) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)


def test_a_reversed_pager_whose_name_ends_in_an_underscore(tmp_path: Path) -> None:
    pages = portals.reversed_pager()
    answer = pages["/n1/n2/index.html"]
    assert isinstance(answer, str)
    pages["/n1/n2/index.html"] = answer.replace('purl="../../n1/n2/index_260"', 'purl="index_260_"')
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)
    assert not rows(tmp_path, "SELECT url FROM page WHERE status = 404 AND url LIKE '%index%'")


def test_a_portal_that_does_not_hear_the_pages_number_leaves_its_list_incomplete(tmp_path: Path) -> None:
    """jpaas as it is seen from abroad: each page is the first one, and that is full."""
    pages = portals.jpaas()
    unit = "/api-gateway/jpaas-publish-server/front/page/build/unit?*"
    build = pages[unit]
    assert callable(build)
    pages[unit] = lambda asked: build(replace(asked, path=re.sub(r"pageNo=\d+", "pageNo=1", asked.path)))
    with serving(pages) as site:
        for _ in range(2):
            assert crawl(site, tmp_path).reports_known == 15
            assert listings(tmp_path) == {("incomplete",)}


def test_entries_of_a_page_that_a_variable_counts_are_as_many_as_usual(tmp_path: Path) -> None:
    pages = portals.jcms()
    column = pages["/col/col55/index.html"]
    assert isinstance(column, str)
    pages["/col/col55/index.html"] = column.replace("perpage=5", "var opts = {perpage: pageSize}")
    with serving(pages) as site:
        run = crawl(site, tmp_path)
    assert run.counts["reports"] == len(portals.titles())
    assert not [each for each in run.problems if each["code"] == "spider-error"]
