# ruff: noqa: E501 - markup and scripts as portals write them
"""Lists that a form of the page asks for: by a year that one chooses, or page by page."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, quote

from tests.crawler.crawls import crawl
from tests.crawler.portals import YEARS, titles
from tests.crawler.site import Answer, Asked, html, items
from tests.crawler.test_opened_lists import column, given, listings, serving

ENTRIES = [(f"/detail/{n}.html", title) for n, (_, _, title) in enumerate(titles())]
BY_YEAR = {year: [entry for entry, (_, of, _) in zip(ENTRIES, titles(), strict=True) if of == year] for year in YEARS}


def options(shown: int) -> str:
    return "".join(
        f"<option value='{year}'{' selected' if year == shown else ''}>{year}年</option>" for year in YEARS[::-1]
    )


def test_the_years_of_a_form_are_lists_of_their_own(tmp_path: Path) -> None:
    def listed(asked: Asked) -> Answer:
        query = parse_qs(asked.path.partition("?")[2], encoding="gb18030")
        if query.get("lm") != ["年报"]:
            return Answer("没有这个栏目", 404)
        year = int(query.get("nd", [str(YEARS[-1])])[0])
        form = f"<form action='class.asp'><input type=hidden name=lm value='年报'><select name=nd onchange='this.form.submit()'>{options(year)}</select></form>"
        page = html("政府信息公开年报", form + items(*BY_YEAR[year]))
        return Answer(page.encode("gb18030"), media="text/html; charset=gb2312")

    pages = column("", at=f"/nb/class.asp?lm={quote('年报', encoding='gb18030')}")
    with serving(pages | {"/nb/class.asp?*": listed}) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)
        site.asked.clear()
        crawl(site, tmp_path)
        assert len(site.paths()) <= 2 + len(YEARS)
    assert listings(tmp_path) == {("complete",)}


def test_a_form_that_shows_all_years_is_not_asked_for_each(tmp_path: Path) -> None:
    form = f"<form method=post action='/nb/query'><select name=nd><option value=''>全部</option>{options(0)}</select></form>"
    with serving(column(form + items(*ENTRIES))) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)
        assert "/nb/query" not in site.paths()


def test_the_years_and_pages_of_a_form_that_is_posted_back(tmp_path: Path) -> None:
    """ASP.NET: what is chosen goes with every request, the pages of a year are turned with it."""

    def listed(asked: Asked) -> Answer:
        fields = given(asked) if asked.method == "POST" else {}
        if asked.method == "POST" and fields.get("__VIEWSTATE") != "abc=":
            return Answer("", 500)
        year, number = int(fields.get("ddlYear", YEARS[-1])), 1
        if fields.get("__EVENTTARGET") == "gv":
            number = int(fields["__EVENTARGUMENT"].removeprefix("Page$"))
        numbers = "".join(
            f"<td>{n}</td>" if n == number else f"<td><a href=\"javascript:__doPostBack('gv','Page${n}')\">{n}</a></td>"
            for n in (1, 2)
        )
        change = r"javascript:setTimeout('__doPostBack(\'ddlYear\',\'\')', 0)"
        return Answer(
            html(
                "信息公开年报",
                f"<form method='post' action='list.aspx?cid=7' id='form1'><input type='hidden' name='__VIEWSTATE' value='abc=' />"
                f'<select name="ddlYear" onchange="{change}">{options(year)}</select>'
                f"{items(*BY_YEAR[year][number * 3 - 3 : number * 3])}<table><tr>{numbers}</tr></table></form>",
            )
        )

    with serving(column("", at="/nb/list.aspx?cid=7") | {"/nb/list.aspx?*": listed}) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)
    assert listings(tmp_path) == {("complete",)}


def test_a_form_that_is_known_by_its_id_turns_the_pages(tmp_path: Path) -> None:
    def listed(asked: Asked) -> Answer:
        number = int(given(asked).get("pageNo", "1"))
        last = -(-len(ENTRIES) // 8)
        return Answer(
            html(
                "政府信息公开年报",
                "<form id='qf' method='post' action='/nb/query.do'><input type='hidden' name='type' value='nb'>"
                f"<input type='hidden' id='no' name='pageNo' value='{number}'></form>{items(*ENTRIES[number * 8 - 8 : number * 8])}"
                f'<a href="javascript:void(0)" onclick="go({min(number + 1, last)})">下一页</a>'
                "<script>function go(n){document.getElementById('no').value=n;document.getElementById('qf').submit();}</script>",
            )
        )

    with serving(column("", at="/nb/query.do?type=nb") | {"/nb/query.do": listed, "/nb/query.do?*": listed}) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)
    assert listings(tmp_path) == {("complete",)}
