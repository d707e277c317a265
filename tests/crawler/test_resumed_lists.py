"""Lists in a crawl that was killed or stopped on the way: the next one reads them as the first would have."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawler import portals
from tests.crawler.crawls import crawl, rows
from tests.crawler.site import Answer, Asked, Reply, html, items, report, serving

FIRST = "/first.html"  # a report that the home page links: once it is stored, the home page is done with
LABEL = "/site/label/8888?*"
NAMES = ("新闻动态", "政务服务", "政民互动", "走进云溪", "网站地图", "关于我们")
MENU = "".join(f'<li><a href="/m{number}/">{name}</a></li>' for number, name in enumerate(NAMES))
CRAWL = (
    "import sys; from pathlib import Path; from crawler.processes import runner;"
    "runner.crawl([sys.argv[1]], archive=Path(sys.argv[2]), allow_private_hosts=True, delay=0,"
    " settings={'ITEM_PIPELINES': {}})"
)


def by_label(announced: int) -> portals.Pages:
    """龙讯 with the portal's menu on every page, ten reports a fragment, each of which announces so many."""
    pages = portals.lonsun()
    for path, page in pages.items():
        if isinstance(page, str):
            pages[path] = page.replace("<body>", f"<body><div><ul>{MENU}</ul></div>")
    home = pages["/"]
    assert isinstance(home, str)
    pages["/"] = home.replace("</body>", f'<a href="{FIRST}">云溪市档案局2023年政府信息公开工作年度报告</a></body>')
    pages[FIRST] = report("云溪市档案局", 2023)
    fragment = pages[LABEL]
    assert callable(fragment)

    def counted(asked: Asked) -> Answer:
        answer = fragment(asked)
        assert isinstance(answer.body, str)
        return Answer(f"{answer.body}<p>共{announced}条</p>" if answer.body else "")

    return pages | {LABEL: counted}


def all_read(archive: Path) -> None:
    """Every report was found, and the list holds its entries and nothing else."""
    assert rows(archive, "SELECT count(*) FROM page WHERE report = 1") == [(31,)]
    assert (
        rows(archive, "SELECT canonical FROM entry WHERE listing LIKE '%type=4%' AND canonical NOT LIKE '%/65/%'") == []
    )
    proofs = rows(archive, "SELECT state, proof FROM listing WHERE records = 30")
    assert proofs == [("complete", "30 of 30 announced entries")]


@pytest.mark.parametrize("pages", [1, 2, 3, 4, 5])
def test_a_menu_is_no_part_of_a_list_when_the_next_crawl_goes_on(pages: int, tmp_path: Path) -> None:
    with serving(by_label(30)) as site:
        crawl(site, tmp_path, max_pages=pages)
        crawl(site, tmp_path)
    all_read(tmp_path)


@pytest.mark.parametrize("where", ["/public/column/65?type=4&action=list", LABEL])
def test_a_list_is_whole_after_a_kill_at_its_first_page(where: str, tmp_path: Path) -> None:
    pages = by_label(30)
    with serving(pages) as site:
        answered: Reply = site.pages[where]
        process = subprocess.Popen([sys.executable, "-c", CRAWL, site.home, str(tmp_path)], start_new_session=True)

        def kill(asked: Asked) -> Answer:
            site.put(where, answered)
            os.killpg(process.pid, signal.SIGKILL)
            return answered(asked) if callable(answered) else answered

        site.put(where, kill)
        assert process.wait(60) == -signal.SIGKILL
        crawl(site, tmp_path)
    all_read(tmp_path)


def test_what_a_killed_visit_saw_change_stirs_the_one_that_goes_on(tmp_path: Path) -> None:
    """The new report is in the list, which is read; the kill comes before the known reports are asked for again."""

    def listed(*years: int) -> str:
        named = ((f"/nb/{year}.html", f"云溪市教育局{year}年政府信息公开工作年度报告") for year in years)
        return html("政府信息公开年报", items(*named))

    pages: portals.Pages = {"/": html("云溪市", '<a href="/nb/">政府信息公开年报</a>'), "/nb/": listed(2023, 2022)}
    pages |= {f"/nb/{year}.html": report("云溪市教育局", year) for year in (2022, 2023)}
    with serving(pages) as site:
        crawl(site, tmp_path)
        site.put("/nb/", listed(2024, 2023, 2022))
        process = subprocess.Popen([sys.executable, "-c", CRAWL, site.home, str(tmp_path)], start_new_session=True)

        def kill(asked: Asked) -> Answer:
            site.put("/nb/2024.html", report("云溪市教育局", 2024))
            os.killpg(process.pid, signal.SIGKILL)
            return Answer(report("云溪市教育局", 2024))

        site.put("/nb/2024.html", kill)
        assert process.wait(60) == -signal.SIGKILL
        site.asked.clear()
        crawl(site, tmp_path)
        assert {"/nb/2022.html", "/nb/2023.html", "/nb/2024.html"} <= set(site.paths())
        site.asked.clear()
        crawl(site, tmp_path)
        assert not [path for path in site.paths() if path.startswith("/nb/2")]


@pytest.mark.parametrize("announced", [4, 12])
def test_a_list_of_more_than_it_announces_is_read_to_its_end(announced: int, tmp_path: Path) -> None:
    with serving(by_label(announced)) as site:
        crawl(site, tmp_path)
    assert rows(tmp_path, "SELECT count(*) FROM page WHERE report = 1") == [(31,)]


def test_a_home_page_without_links_is_asked_for_conditionally_too(tmp_path: Path) -> None:
    pages = {
        "/": '<html><head><meta http-equiv="refresh" content="0;url=/main/"></head><body></body></html>',
        "/main/": f'<html><body><a href="{FIRST}">云溪市档案局2023年政府信息公开工作年度报告</a></body></html>',
        FIRST: report("云溪市档案局", 2023),
    }
    with serving(pages) as site:
        crawl(site, tmp_path)
        crawl(site, tmp_path)  # tests whether the host's 304 says anything
        site.asked.clear()
        crawl(site, tmp_path)
        (again,) = [asked for asked in site.asked if asked.path == "/"]
    assert again.status == 304
