"""The site's map as the last resort: of a portal that has shown everything that promises, and no report."""

from __future__ import annotations

from crawler.address import absolute, canonical, host_of, origin_of
from crawler.discovery.scoring import priority
from crawler.families import sitemap
from crawler.frontier.frontier import Target
from crawler.spiders.portal import PortalSpider

_MOST = 3  # maps that a robots.txt may name


def ask_for_map(spider: PortalSpider) -> bool:
    """Add the maps that the home's robots.txt names, else /sitemap.xml, once a visit; whether there is one to ask for.

    A home page whose links all promise something (years of news, 部门年报 on another host) has its column of reports
    on no page at all where a script draws the menu; the map names it.
    """
    if spider.mapped or spider.known_reports or spider.frontier.holds("report = 1"):
        return False
    spider.mapped = True
    rules = spider.scheduler.rules.get(origin_of(spider.home))
    named = [
        url
        for each in (rules.robots.sitemaps if rules and rules.robots else ())
        if (url := absolute(spider.home, each))
    ][:_MOST]
    usual = absolute(spider.home, "/sitemap.xml")
    maps = [url for url in named if spider.boundary.holds(url)] or ([usual] if usual else [])
    value = priority("frame")
    targets = [
        Target(url, canonical(url), host_of(url), "notice", value, "the site's map", branch="map", family=sitemap.NAME)
        for url in maps
    ]
    return bool(spider.frontier.add(targets))
