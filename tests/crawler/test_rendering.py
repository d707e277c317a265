"""A portal that shows nothing without its scripts, in the system's Chromium, whose every request is the crawl's own."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.browser import rendering
from crawler.portals import registry
from crawler.processes import runner
from tests.crawler import portals
from tests.crawler.crawls import crawl, rows
from tests.crawler.site import Answer, html, items, report, serving

SCRIPT = """
const parts = {"/": "/parts/home", "/zfxxgk/": "/parts/hub", "/nb/": "/parts/list"};
fetch(parts[location.pathname]).then(answer => answer.json()).then(part => {
  document.getElementById("app").innerHTML = part.html;
  new Image().src = "/picture.png";
  fetch("http://elsewhere.example.invalid/counter").catch(() => null);
});
"""
EMPTY = html("云溪市人民政府", '<div id="app"></div><script src="/app.js"></script>')

needs_chromium = pytest.mark.skipif(
    not any(map(shutil.which, rendering.CHROMIUM)), reason="Chromium is not installed: apt install chromium"
)


def scripted(entries: str) -> portals.Pages:
    """Home page, disclosure page and column are one empty page; what they show comes as JSON of no known family."""

    def part(markup: str) -> Answer:
        return Answer(json.dumps({"html": markup}), media="application/json")

    return {
        "/": EMPTY,
        "/zfxxgk/": EMPTY,
        "/nb/": EMPTY,
        "/app.js": Answer(SCRIPT, media="application/javascript"),
        "/parts/home": part('<a href="/zfxxgk/">政府信息公开</a>'),
        "/parts/hub": part('<a href="/nb/">政府信息公开年报</a>'),
        "/parts/list": part(entries),
        "/nb/1.html": report("云溪市教育局", 2024),
        "/nb/2.html": report("云溪市教育局", 2025),
    }


LISTED = items(("/nb/1.html", "云溪市教育局2024年政府信息公开工作年度报告"))


@needs_chromium
def test_an_empty_shell_is_rendered_at_every_visit(tmp_path: Path) -> None:
    with serving(scripted(LISTED)) as site:
        run = crawl(site, tmp_path)
        assert run.outcome == "finished", run.reason
        assert site.paths().count("/app.js") == 2, "once for the browser, once for what it asks for"
        assert "/picture.png" not in site.paths()
        assert run.counts["rendered"] == 2, "the list itself is the JSON behind the column"
        more = items(("/nb/2.html", "云溪市教育局2025年政府信息公开工作年度报告"))
        site.put("/parts/list", Answer(json.dumps({"html": LISTED + more}), media="application/json"))
        again = crawl(site, tmp_path)
    assert again.counts["new_reports"] == 1, "the shell has not changed, what it shows has"
    assert rows(tmp_path, "SELECT count(*) FROM page WHERE report = 1") == [(2,)]


@needs_chromium
def test_the_browser_asks_only_for_what_robots_txt_allows(tmp_path: Path) -> None:
    rules = Answer("User-agent: *\nDisallow: /parts/list\n", media="text/plain")
    with serving(scripted(LISTED) | {"/robots.txt": rules}) as site:
        run = crawl(site, tmp_path)
        assert "/parts/hub" in site.paths() and "/parts/list" not in site.paths()
    assert run.outcome == "failed"


def test_without_a_browser_the_problem_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_BROWSER", str(tmp_path / "no-such-browser"))
    with serving(scripted(LISTED)) as site:
        run = runner.crawl([site.home], archive=tmp_path, allow_private_hosts=True, delay=0).runs[0]
        # its script file and the site's map might have shown a way; what only a browser asks for is not asked for
        assert site.paths() == ["/", "/app.js", "/sitemap.xml"]
    assert run.outcome == "failed"
    assert "chromium" in (run.reason or "").lower() and "gongkai[browser]" in (run.reason or "")


@needs_chromium
def test_a_portal_marked_scripted_has_its_lists_rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = html("政府信息公开年报", "<p>" + "本栏目公开政府信息公开工作年度报告。" * 8 + '</p><div id="app"></div>')
    pages = scripted(LISTED)
    pages["/nb/"] = frame.replace("</body>", '<script src="/app.js"></script></body>')
    entered = registry.resolve
    with serving(pages) as site:
        unmarked = crawl(site, tmp_path / "unmarked")
        assert unmarked.counts["reports"] == 1, "the page is no empty shell, but it shows no entry"
        for module in (runner, registry):
            monkeypatch.setattr(module, "resolve", lambda *asked: replace(entered(*asked), scripted=True))
        run = crawl(site, tmp_path / "marked")
    assert run.outcome == "finished", run.reason
    assert run.counts["reports"] == 1


def test_a_family_that_is_known_needs_no_browser(tmp_path: Path) -> None:
    with serving(portals.gkmlpt()) as site:
        run = crawl(site, tmp_path)
    assert run.counts["reports"] == len(portals.titles())
    assert run.counts.get("rendered", 0) == 0


@needs_chromium
@pytest.mark.parametrize("last", ["disabled", "silent"])
def test_the_pages_of_a_list_that_only_a_browser_shows_are_turned(last: str, tmp_path: Path) -> None:
    """The address of a page of the list is made of a sum that no reading of the script gives."""
    years = list(range(2024, 2012, -1))
    script = """
      let page = 0;
      async function show(number) {
        const answer = await fetch("/parts/" + [17, 34, 51].map(each => each * 7)[number]);
        if (!answer.ok) return;
        page = number;
        const part = await answer.json();
        const entries = part.map(one => "<li><a href='" + one[0] + "'>" + one[1] + "</a></li>").join("");
        const turn = "<span>" + (number + 1) + "</span> <a onclick='show(page + 1)'>下一页</a>";
        document.getElementById("app").innerHTML = entries + "<div class='pages'>" + turn + "</div>";
        if (number === 2 && LAST) document.querySelector(".pages a").className = "disabled";
      }
      show(0);
    """.replace("LAST", "true" if last == "disabled" else "false")
    pages: portals.Pages = {
        "/": html("云溪市人民政府", '<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": html("政府信息公开年报", f'<ul id="app"></ul><script>{script}</script>'),
    }
    for number, key in enumerate((119, 238, 357)):
        part = [
            (f"/nb/{year}.html", f"云溪市教育局{year}年政府信息公开工作年度报告")
            for year in years[number * 4 : number * 4 + 4]
        ]
        pages[f"/parts/{key}"] = Answer(json.dumps(part), media="application/json")
    pages |= {f"/nb/{year}.html": report("云溪市教育局", year) for year in years}
    with serving(pages) as site:
        run = crawl(site, tmp_path)
    assert run.counts["reports"] == 12
    assert rows(tmp_path, "SELECT state FROM listing") == [("complete",)]
