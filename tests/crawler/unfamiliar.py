# ruff: noqa: E501 - markup as portals write it
"""Small portals of no known make: trees of calls, rows that name what a link opens, tabs that a script fills."""

from __future__ import annotations

from tests.crawler.hidden import entries, reports
from tests.crawler.portals import ORGANS, YEARS, Pages, frame, titles
from tests.crawler.site import html, items


def _of(organ: str) -> list[tuple[str, str]]:
    return [entry for entry, (name, _, _) in zip(entries(), titles(), strict=True) if name == organ]


def _plain(links: list[tuple[str, str]]) -> str:
    return "".join(f'<li><a href="{url}">{title}</a></li>' for url, title in links)


def a_tree_of_calls() -> Pages:
    """``d.add(4, 3, …)``: levels and organs stand under 年度报告, which has no address itself."""
    calls = ["d.add(0,-1,'政务公开');", "d.add(1,0,'公开指南','/zn/');", "d.add(3,0,'年度报告','');"]
    calls.append("d.add(4,3,'县直部门','');")
    calls += [f"d.add({10 + n},4,'{organ[3:]}','list.jsp?org={n}','','main');" for n, organ in enumerate(ORGANS)]
    tree = f"<div><script>d=new dTree('d');{''.join(calls)}document.write(d);</script></div>"
    lists = {f"/zfxxgk/list.jsp?org={n}": html("列表", _plain(_of(organ))) for n, organ in enumerate(ORGANS)}
    return frame("/zn/") | reports() | {"/zfxxgk/": html("政府信息公开", tree)} | lists


def rows_that_name_their_links() -> Pages:
    """All links say 查看详情; one row names the title, another the organ and the year."""
    lines = "".join(
        f"<tr><td>{n + 1}</td><td>{title}</td><td>2025-01-20</td><td><a href='{url}'>查看详情</a></td></tr>"
        if year > 2021
        else f"<tr><td>{n + 1}</td><td>{organ}</td><td>{year}年</td><td><a href='{url}'>[查看]</a> </td></tr>"
        for n, ((url, title), (organ, year, _)) in enumerate(zip(entries(), titles(), strict=True))
    )
    return frame("/nb/") | reports() | {"/nb/": html("年报", f"<table><tr><th>序号</th></tr>{lines}</table>")}


def tabs_that_a_script_fills() -> Pages:
    """A disclosure page whose years are fragments, loaded into their boxes; its head and foot are loaded too."""
    loads = "".join(f"$('#y{year}').load('/part/{year}.html');" for year in YEARS)
    boxes = "".join(f"<a href='#y{year}'>{year}年</a><div id='y{year}'></div>" for year in YEARS)
    around = "$('#head').load('/part/head.html');$('.f').load('/part/footer.html', ready);"
    parts = {
        f"/part/{year}.html": f"<ul>{_plain([e for e in entries() if f'{year}年' in e[1]])}</ul>" for year in YEARS
    }
    column = html("公开", f"<h2>政府信息公开年报</h2>{boxes}<script>$(function(){{{around}{loads}}});</script>")
    return frame("/zn/") | reports() | {"/zfxxgk/": column} | parts


def a_home_page_that_sends_on_to_its_own_name() -> Pages:
    """``/`` only loads ``index.html``, which is known under the same name."""
    pages = frame("/nb/") | reports() | {"/nb/": html("年报", items(*entries()))}
    pages["/index.html"] = pages["/"]
    pages["/"] = "<html><head><META HTTP-EQUIV='Refresh' CONTENT='0; URL=index.html'></head></html>"
    return pages


def pages_that_arrows_turn() -> Pages:
    """Nothing but ``>`` and ``>>|`` under the list, in a box that no name explains."""
    pages, size = frame("/nb/") | reports(), 7
    parts = [entries()[first : first + size] for first in range(0, len(entries()), size)]
    for number, part in enumerate(parts, start=1):
        turn = f"<a href='./index_{number + 1}.html'>&gt;</a>" if number < len(parts) else ""
        last = f"<p>{turn}<a href='./index_{len(parts)}.html'>&gt;&gt;|</a></p>"
        pages["/nb/" if number == 1 else f"/nb/index_{number}.html"] = html("年报", _plain(part) + last)
    return pages


def functions_called_with_a_path() -> Pages:
    """``go('gk/nb')``: what the function makes of it is the address, not what it is called with."""
    script = "<script>function go(s){window.location='/'+s+'/index.html';}function show(id){window.open('/r/'+id+'.html');}</script>"
    lines = "".join(f"<p onclick=\"show('{n}')\">{title}</p>" for n, (_, title) in enumerate(entries()))
    return reports() | {
        "/": html("县政府", f"<a href='javascript:void(0)' onclick=\"go('gk')\">政府信息公开</a>{script}"),
        "/gk/index.html": html("公开", f"<ul><li onclick=\"go('gk/nb')\">政府信息公开年报</li></ul>{script}"),
        "/gk/nb/index.html": html("年报", f"<dl><dt>部门</dt><dd>{lines}</dd></dl>{script}"),
    }


ALL = (
    a_tree_of_calls,
    rows_that_name_their_links,
    tabs_that_a_script_fills,
    a_home_page_that_sends_on_to_its_own_name,
    pages_that_arrows_turn,
    functions_called_with_a_path,
)
