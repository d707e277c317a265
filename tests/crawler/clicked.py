# ruff: noqa: E501 - markup as portals write it
"""Small portals that are walked by clicks: pages that a function turns, years that are chosen, rows that are links."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from tests.crawler.hidden import entries, reports
from tests.crawler.portals import ORGANS, YEARS, Pages, frame
from tests.crawler.site import Answer, Asked, html, items, report

SIZE = 12


def _parts() -> list[list[tuple[str, str]]]:
    found = entries()
    return [found[start : start + SIZE] for start in range(0, len(found), SIZE)]


def pages_by_a_function() -> Pages:
    """``javascript:gotoPage(2)``: the function's text tells the address, its first page apart."""
    pages = frame("/nb/list.html") | reports()
    parts = _parts()
    for number, part in enumerate(parts, start=1):
        turn = "".join(f"<a href='javascript:gotoPage({n})'>{n}</a>" for n in range(1, len(parts) + 1))
        turn += f"<script>function gotoPage(n){{if(n==1)location.href='list.html';else window.location.href='list-p'+n+'.html';}}</script><p>共 {len(entries())} 条</p>"
        pages["/nb/list.html" if number == 1 else f"/nb/list-p{number}.html"] = html("年报", items(*part) + turn)
    return pages


def pages_by_postback() -> Pages:
    """ASP.NET: the form is sent back with its hidden state."""

    def answer(asked: Asked) -> Answer:
        form = parse_qs(asked.body)
        number = int(form["__EVENTARGUMENT"][0]) if form else 1
        assert not form or form["__VIEWSTATE"] == [f"state/{number - 1}=="]
        turn = "".join(
            f'<a href="javascript:__doPostBack(&#39;pager&#39;,&#39;{n}&#39;)">{n}</a>'
            for n in range(1, 4)
            if n != number
        )
        state = f"<input type='hidden' name='__VIEWSTATE' value='state/{number}=='>"
        return Answer(
            html("年报", f"<form action='list.aspx?c=1'>{state}{items(*_parts()[number - 1])}共3页{turn}</form>")
        )

    return frame("/list.aspx?c=1") | reports() | {"/list.aspx?*": answer}


def years_that_are_chosen() -> Pages:
    """A <select> whose choice is put into the address."""
    choice = "".join(f"<option value='{year}'>{year}年</option>" for year in reversed(YEARS))

    def answer(asked: Asked) -> Answer:
        year = parse_qs(urlsplit(asked.path).query).get("year", [str(YEARS[-1])])[0]
        mine = [each for each in entries() if f"{year}年" in each[1]]
        return Answer(
            html(
                "年报",
                f"<select onchange=\"go(this.value)\">{choice}</select><script>function go(y){{location.href='/nb.jsp?year='+y}}</script>{items(*mine)}",
            )
        )

    return frame("/nb.jsp") | reports() | {"/nb.jsp": answer, "/nb.jsp?*": answer}


def rows_that_are_links() -> Pages:
    """Table rows with data-href or onclick, a button with data-url."""
    rows = "".join(
        f"<tr data-href='{url}'><td>{title}</td></tr>"
        if n % 2
        else f"<tr onclick=\"window.open('{url}')\"><td>{title}</td></tr>"
        for n, (url, title) in enumerate(entries())
    )
    return reports() | {
        "/": html("县政府", "<button data-url='/gk.html'>政府信息公开专栏</button>"),
        "/gk.html": html("公开", "<button onclick=\"location='/nb.html'\">政府信息公开年报专栏</button>"),
        "/nb.html": html("年报", f"<table>{rows}</table>"),
    }


def menu_in_a_file() -> Pages:
    """The home page's menu is written by a script file."""
    menu = 'document.write(\'<a href="/gk/">县政府信息公开</a><a href="/xw/">新闻</a>\')'
    return reports() | {
        "/": html(
            "县政府", "<p>欢迎</p>", "<script src='/js/jquery.js'></script><script src='/js/menu.js?v=3'></script>"
        ),
        "/js/menu.js?v=3": Answer(menu, media="application/x-javascript"),
        "/gk/": html("公开", "<a href='/nb/'>信息公开年报</a>"),
        "/nb/": html("年报", items(*entries())),
    }


def sessions_and_endless_paths() -> Pages:
    """Every page writes a new session id, under a name of its own, into all links, and one link leads into itself."""
    counter = iter(range(100, 10_000))

    def answer(body: str) -> object:
        def page(asked: Asked) -> Answer:
            session = f"?skey=a{next(counter)}"
            menu = "".join(
                f"<a href='/{each}/@'>{text}</a>"
                for each, text in (("", "首页"), ("gk", "政务公开"), ("nb", "信息公开年报"))
            )
            return Answer(html("县政府", (menu + body).replace("@", session) + "<a href='more/'>更多</a>"))

        return page

    pages: Pages = {}
    for path, body in {
        "/": "<p>欢迎</p>",
        "/gk/": "<a href='/nb/@'>政府信息公开年报</a><a href='/zn/@'>政府信息公开指南</a>",
        "/zn/": "<p>指南</p>",
        "/nb/": items(*((f"{url}@", title) for url, title in entries())),
    }.items():
        pages[path] = pages[f"{path}?*"] = answer(body)  # type: ignore[assignment]
    for depth in range(1, 40):
        for start in ("/", "/gk/", "/nb/", "/zn/"):
            pages[start + "more/" * depth] = html("更多", f"<p>第{depth}层</p><a href='more/'>更多</a>")
    for url, (organ, year) in zip(
        (url for url, _ in entries()), ((o, y) for y in reversed(YEARS) for o in ORGANS), strict=True
    ):
        text = report(organ, year)
        pages[f"{url}?*"] = lambda asked, text=text: Answer(text)  # type: ignore[misc]
    return pages


ALL = (pages_by_a_function, pages_by_postback, years_that_are_chosen, rows_that_are_links, menu_in_a_file)
