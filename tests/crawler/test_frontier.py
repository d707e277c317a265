"""The best address next, whatever host it is of, at the same cost for one host and for hundreds of sub-sites."""

from __future__ import annotations

import random
from pathlib import Path

from crawler.frontier.frontier import Frontier, Target


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
