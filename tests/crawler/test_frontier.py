"""The best address next, whatever host it is of, at the same cost for one host and for hundreds of sub-sites."""

from __future__ import annotations

import random
from pathlib import Path

from crawler.frontier.frontier import Frontier, Target
from tests.crawler.crawls import crawl, rows
from tests.crawler.portals import frame
from tests.crawler.site import html, items, report, serving


def filled(folder: Path, hosts: int, each: int) -> Frontier:
    """A frontier with addresses of many hosts, of priorities of which several are the same."""
    chance = random.Random(7)
    frontier = Frontier(folder / "frontier.db", "portal")
    names = [f"{organ}.example.gov.cn" for organ in range(hosts)]
    frontier.add(
        Target(f"http://{host}/{n}", f"{host}/{n}", host, "report", float(chance.randrange(9)), "test")
        for n in range(each)
        for host in names
    )
    return frontier


def test_the_best_free_and_due_address_comes_first_and_none_twice(tmp_path: Path) -> None:
    frontier = filled(tmp_path, hosts=12, each=9)
    busy = {"3.example.gov.cn", "8.example.gov.cn"}
    frontier.db.execute("UPDATE page SET due = 50 WHERE host = '5.example.gov.cn'")
    expected = frontier.db.execute(
        "SELECT id FROM page WHERE host NOT IN (?, ?) AND due <= 10 ORDER BY priority DESC, id", tuple(busy)
    ).fetchall()
    claimed = []
    while (row := frontier.next(busy, 10.0)) is not None:
        claimed.append((row.id,))
    assert claimed == expected and len(claimed) == 9 * 9
    assert frontier.next(frontier.hosts, 10.0) is None
    frontier.close()


def test_hundreds_of_hosts_are_asked_for_at_once(tmp_path: Path) -> None:
    """A prefecture's portal has that many sub-sites: a query for each took longer than reading the page."""
    frontier = filled(tmp_path, hosts=300, each=1)
    asked: list[str] = []
    frontier.db.set_trace_callback(asked.append)
    assert frontier.next(set(), 10.0) is not None
    frontier.db.set_trace_callback(None)
    assert [statement.split()[0] for statement in asked] == ["SELECT", "UPDATE"]
    frontier.close()


def test_what_a_branch_has_yielded_is_looked_up_and_not_searched_for(tmp_path: Path) -> None:
    """A list may have thousands of entries, and is asked for its yield at each of them."""
    frontier = Frontier(tmp_path / "frontier.db", "portal")
    asked: list[str] = []
    frontier.db.set_trace_callback(asked.append)
    frontier.branch_misses("1:candidate:7")
    frontier.db.set_trace_callback(None)
    plan = " ".join(row[3] for row in frontier.db.execute(f"EXPLAIN QUERY PLAN {asked[0]}"))
    frontier.close()
    assert "page_yield" in plan and "TEMP B-TREE" not in plan


def test_what_promises_nothing_is_left_at_once(tmp_path: Path) -> None:
    """A home page with thousands of links: each was taken from the frontier and judged by a search of all others."""
    pages = frame("/nb/")
    news = "".join(f"<li><a href='/xw/list/{number}/'>第{number}次会议</a></li>" for number in range(200))
    home = pages["/"]
    assert isinstance(home, str)
    pages["/"] = home.replace('<div class="main">', f'<div class="main"><ul>{news}</ul>')
    pages["/nb/"] = html("政府信息公开年报", items(("/r.html", "云溪市水利局2024年政府信息公开工作年度报告")))
    pages["/r.html"] = report("云溪市水利局", 2024)
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 1
    why = "reason LIKE 'low yield: a column of reports has been found%'"
    ((all_of_them, taken),) = rows(tmp_path, f"SELECT count(*), count(claimed) FROM page WHERE {why}")
    assert all_of_them > 150 and taken == 1
