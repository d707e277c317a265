# ruff: noqa: E501 - markup and scripts as portals write them
"""Lists that go on by what the last answer gives, that are asked for by year, and that script files open."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.crawler.crawls import crawl, rows
from tests.crawler.portals import YEARS, Pages, frame, titles
from tests.crawler.site import Answer, Asked, html, items, report, serving

ENTRIES = [{"id": n, "title": title, "year": year} for n, (_, year, title) in enumerate(titles())]
ADD = "function add(v) { u.innerHTML += '<li><a href=\"/detail/' + v.id + '.html\">' + v.title + '</a></li>' }"
OFFERED = "".join(f"<option value='{year}'>{year}年</option>" for year in YEARS)


def column(body: str, *, at: str = "/zfxxgk/nb/", **more: Answer | str | Callable[[Asked], Answer]) -> Pages:
    """A portal whose column of reports is this, with the reports' pages."""
    pages = frame(at) | {urlsplit(at).path: html("政府信息公开年报", body)}
    for number, (organ, year, _) in enumerate(titles()):
        pages[f"/detail/{number}.html"] = report(organ, year)
    return pages | {path.replace("__", "/").replace("_js", ".js"): page for path, page in more.items()}


def told(of: object) -> Answer:
    return Answer(json.dumps(of), media="application/json")


def given(asked: Asked) -> dict[str, str]:
    pairs = parse_qs(asked.body or urlsplit(asked.path).query, keep_blank_values=True)
    return {name: values[0] for name, values in pairs.items()}


def listings(archive: Path) -> set[tuple[str]]:
    return set(rows(archive, "SELECT state FROM listing"))


def test_a_list_that_is_carried_on_by_a_cursor(tmp_path: Path) -> None:
    pages = column(
        f"<ul id='u'></ul><script>{ADD} let c = ''; async function more() {{ const r = await fetch(`/api/nb?size=7&cursor=${{c}}`);"
        " const d = await r.json(); d.list.forEach(add); c = d.nextCursor } more()</script>"
    )

    def part(asked: Asked) -> Answer:
        first = int(given(asked)["cursor"].removeprefix("c=") or 0)
        further = first + 7 if first + 7 < len(ENTRIES) else None
        return told({"list": ENTRIES[first : first + 7], "nextCursor": further and f"c={further}"})

    pages["/api/nb?*"] = part
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)
    assert listings(tmp_path) == {("complete",)}


def test_a_list_that_is_carried_on_from_the_id_of_its_last_entry(tmp_path: Path) -> None:
    pages = column(
        f"<ul id='u'></ul><script>{ADD} var lastId = null; function load() {{ $.ajax({{url: '/nb/next', data: {{lastId: lastId,"
        " limit: 8}, success: d => d.rows.forEach(v => { add(v); lastId = v.id })}) } load()</script>"
    )
    pages["/nb/next?*"] = lambda asked: told(
        {"rows": [each for each in ENTRIES if int(str(each["id"])) > int(given(asked)["lastId"] or -1)][:8]}
    )
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)
    assert listings(tmp_path) == {("complete",)}


def test_an_answer_as_long_as_was_asked_for_is_not_taken_for_the_whole_list(tmp_path: Path) -> None:
    pages = column(f"<ul id='u'></ul><script>{ADD} $.get('/api/nb?limit=8', d => d.rows.forEach(add))</script>")
    pages["/api/nb?*"] = told({"rows": ENTRIES[:8]})
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 8
    assert listings(tmp_path) == {("incomplete",)}


LOAD = f"{ADD} function load(nd) {{ $.post('/nb/list.do', {{nd: nd, lm: 'nb'}}, d => d.forEach(add)) }}"
YEARLY = f"{ADD} $('#tabs li').click(function () {{ var y = $(this).data('year'); $.getJSON('/data/' + y + '.json', d => d.forEach(add)) }})"


@pytest.mark.parametrize(
    ("body", "file"),
    [
        (f"<select onchange='load(this.value)'>{OFFERED}</select><ul id='u'></ul><script>{LOAD}</script>", ""),
        (f"<select id='nd'>{OFFERED}</select><ul id='u'></ul><script src='/js/nb.js'></script>", LOAD),
        (
            f"<ul id='tabs'>{''.join(f'<li data-year={y}>{y}</li>' for y in YEARS)}</ul><script src='/js/nb.js'></script>",
            YEARLY,
        ),
    ],
)
def test_lists_that_are_asked_for_by_the_year_that_is_chosen(body: str, file: str, tmp_path: Path) -> None:
    pages = column(body) | {"/js/nb.js": Answer(file, media="application/javascript")}
    pages["/nb/list.do"] = lambda asked: told([each for each in ENTRIES if str(each["year"]) == given(asked).get("nd")])
    for year in YEARS:
        pages[f"/data/{year}.json"] = told([each for each in ENTRIES if each["year"] == year])
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)
        assert listings(tmp_path) == {("complete",)}
        site.asked.clear()
        crawl(site, tmp_path)
        assert not [path for path in site.paths() if path.startswith("/detail/")]


@pytest.mark.parametrize(
    ("entry", "file"),
    [
        (
            '<div class="row" data-aid="{id}"><span>{title}</span><i>2025-01-20</i></div>',
            "$(document).on('click', '.row', function () { var aid = $(this).attr('data-aid');"
            " window.open(root + '/' + aid + '.html') })",
        ),
        (
            '<a href="javascript:;" onclick="show({id})">{title}</a>',
            "function show(n) { location.href = '/detail/' + n + '.html' }",
        ),
    ],
)
def test_entries_that_a_script_file_opens(entry: str, file: str, tmp_path: Path) -> None:
    listed = ["".join(entry.format(**each) for each in part) for part in (ENTRIES[:20], ENTRIES[20:])]
    scripts = (
        "<script>var root = '/detail'</script><script src='/js/jquery.js'></script><script src='/js/open.js'></script>"
    )
    pages = column(f"<div>{listed[0]}</div><a href='2.html'>下一页</a>{scripts}") | {
        "/zfxxgk/nb/2.html": html("政府信息公开年报", f"<div>{listed[1]}</div>{scripts}"),
        "/js/open.js": Answer(file, media="application/javascript"),
    }
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)
        assert site.paths().count("/js/open.js") == 1 and "/js/jquery.js" not in site.paths()
    assert listings(tmp_path) == {("complete",)}


def test_entries_that_nothing_opens_are_told(tmp_path: Path) -> None:
    listed = "".join(f"<div data-id='{each['id']}'>{each['title']}</div>" for each in ENTRIES)
    with serving(column(f"{listed}<script src='/js/open.js'></script>")) as site:
        assert crawl(site, tmp_path).reports_known == 0
    assert listings(tmp_path) == {("incomplete",)}


def test_the_routes_of_one_shell_are_pages_of_their_own(tmp_path: Path) -> None:
    shell = "<!doctype html><html><head><title>公开</title></head><body><div id='app'></div><script src='app.js'></script></body></html>"
    file = f"{ADD} const level = location.hash.split('/').pop(); fetch('/app/api/list?level=' + level + '&pageNo=1').then(d => d.rows.forEach(add))"
    pages = column("", at="/app/#/annual/gov") | {
        "/app/": Answer(shell),
        "/app/app.js": Answer(file, media="application/javascript"),
    }
    hub = str(html("政府信息公开", '<a href="/app/#/annual/gov">政府年报</a><a href="/app/#/annual/dept">部门年报</a>'))
    pages["/zfxxgk/"] = hub

    def part(asked: Asked) -> Answer:
        own = [each for each in ENTRIES if ("人民政府" in str(each["title"])) == (given(asked)["level"] == "gov")]
        first = 20 * (int(given(asked)["pageNo"]) - 1)
        return told({"total": len(own), "rows": own[first : first + 20]})

    pages["/app/api/list?*"] = part
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)


def test_a_tree_that_is_asked_for_branch_by_branch(tmp_path: Path) -> None:
    tree = (
        "<ul class='ztree'></ul><script>var setting = {async: {enable: true, url: '/nb/nodes', autoParam: ['id=node'], type: 'post'},"
        " callback: {onClick: (e, t, n) => { location.href = '/nb/of?year=' + n.id }}}; $.fn.zTree.init($('.ztree'), setting)</script>"
    )
    pages = column(tree)
    groups = [{"id": "a", "name": "近年", "isParent": True}, {"id": "b", "name": "历年", "isParent": True}]
    pages["/nb/nodes"] = lambda asked: told(
        [{"id": y, "name": f"{y}年", "isParent": False} for y in YEARS if (y > 2021) == (given(asked)["node"] == "a")]
        if given(asked)["node"]
        else groups
    )
    for year in YEARS:
        own = [(f"/detail/{each['id']}.html", str(each["title"])) for each in ENTRIES if each["year"] == year]
        pages[f"/nb/of?year={year}"] = html("政府信息公开年报", items(*own))
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)
        assert listings(tmp_path) == {("complete",)}
        site.asked.clear()
        crawl(site, tmp_path)
        assert not [path for path in site.paths() if path.startswith("/detail/")]


@pytest.mark.parametrize("setting", ["f.src = '/nb/list.html'", "$('#f').attr('src', '/nb/list.html')"])
def test_a_frame_whose_address_a_script_sets_is_the_columns_list(setting: str, tmp_path: Path) -> None:
    listed = [(f"/detail/{each['id']}.html", str(each["title"])) for each in ENTRIES]
    pages = column(f"<iframe id='f'></iframe><script>{setting}</script>") | {"/nb/list.html": html("", items(*listed))}
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)


def test_an_empty_column_with_the_portals_menu_is_told(tmp_path: Path) -> None:
    menu = "<div class='main'><a href='/zx/'>服务中心</a></div>"
    pages = column(f"{menu}<ul></ul><script>var empty = '暂无数据'; draw(atob('eA=='))</script>")
    pages["/"] = str(pages["/"]).replace("</body>", f"{menu}</body>")
    with serving(pages) as site:
        crawl(site, tmp_path)
    assert listings(tmp_path) == {("incomplete",)}


def test_older_years_behind_an_archives_link(tmp_path: Path) -> None:
    listed = [(f"/detail/{each['id']}.html", str(each["title"])) for each in ENTRIES]
    pages = column(items(*listed[:10]) + "<a href='/old/'>历史公开</a>") | {
        "/old/": html("历史公开", items(*listed[10:]))
    }
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)


def test_a_new_year_that_is_the_report_itself_has_the_others_looked_at(tmp_path: Path) -> None:
    def listed(*years: int) -> str:
        return html("政府信息公开年报", "".join(f"<p><a href='{year}nb/'>{year}</a></p>" for year in years))

    pages = frame("/nb/") | {"/nb/": listed(2023, 2022)}
    pages |= {f"/nb/{year}nb/": report("云溪市教育局", year) for year in (2022, 2023, 2024)}
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 2
        site.put("/nb/", listed(2024, 2023, 2022))
        site.asked.clear()
        assert crawl(site, tmp_path).reports_known == 3
        assert {"/nb/2024nb/", "/nb/2023nb/"} <= set(site.paths())
