"""robots.txt of each scheme and host: asked for before its first address, obeyed, recorded where it forbids or fails.

That of the other scheme of a host is asked for only where an address of it is; one that leads to the other's is both's.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from crawler.address import absolute, host_of, origin_of
from crawler.discovery import lists
from crawler.frontier import visit
from crawler.frontier.frontier import Row
from crawler.pages import answer
from crawler.politeness import blocks, refusals
from crawler.politeness.robots import Rules, read_robots
from crawler.spiders.portal import PortalSpider

#: Seconds between two requests above which a Crawl-delay is told: a portal of a thousand reports takes a day and more.
TOLD_DELAY = 60.0


def refused_by_robots(spider: PortalSpider, row: Row, rules: Rules) -> None:
    """A row that robots.txt forbids is dropped; one whose robots.txt cannot be had waits for the next day."""
    if rules.state == "unreachable":
        if rules.silent and _in_plain(spider, row):
            return
        spider.frontier.postpone(row, time.time() + visit.NEXT_DAY, "robots.txt unreachable")
        return
    spider.counts["robots"] += 1
    spider.frontier.drop(row, "robots.txt forbids it")
    if row.listing and (row.number or 1) > 1:
        lists.leave(spider.frontier, row.listing, "incomplete", f"robots.txt forbids page {row.number}")
    if row.kind in ("report", "attachment", "column") and rules.state != "disallowed":
        told = f"robots.txt of {row.host} forbids it: {row.anchor or row.url}"
        spider.note("robots-forbids", told, row.url)


def _in_plain(spider: PortalSpider, row: Row) -> bool:
    """Ask by http for an address of a host that answers by http and not at all by https; once an address.

    Portals write https into links of hosts that have no certificate; a page on which http insists sends back to https.
    """
    plain = row.url.replace("https:", "http:", 1)
    known = spider.scheduler.rules.get(origin_of(plain))
    if plain == row.url or known is None or known.state == "unreachable" or row.id in spider.plain:
        return False
    spider.plain.add(row.id)
    spider.frontier.move(row, plain)
    spider.frontier.release(row)
    return True


def parse_robots(spider: PortalSpider, response: Response) -> Iterator[Request]:
    """The rules of a host."""
    host = response.meta["gongkai_host"]
    request = response.request
    assert request is not None
    spider.counts["robots_requests"] += 1
    _give_back(spider, request)
    if response.status in (301, 302, 303, 307, 308) and response.meta.get("gongkai_hops", 0) < 5:
        target = absolute(response.url, (response.headers.get(b"Location") or b"").decode("latin-1"))
        if target and spider.boundary.holds(target) and not spider.scheduler.shut(host_of(target)):
            yield request.replace(
                url=target, meta={**answer.own(response.meta), "gongkai_hops": response.meta.get("gongkai_hops", 0) + 1}
            )
            return
    tries = response.meta.get("gongkai_tries", 0)
    if "dataloss" in response.flags and tries < 2:  # what it forbids may stand in the part that is missing
        _again(spider, request, tries, None)
        return
    if response.status in (429, 500, 502, 503, 504) and tries < 2:
        wait = blocks.retry_after(response.headers.get(b"Retry-After"))
        if wait is None or wait <= refusals.PATIENCE:
            _again(spider, request, tries, wait)
            return
        wait = min(wait, refusals.LONGEST)
        message = f"robots.txt of {host} answers {response.status} and wants to be left alone"
        refusals.leave_alone(spider, host, "retry-after", response.url, wait, message)
    kind = blocks.challenge(response.status, answer.cookies(response), response.body)
    if kind and response.status != 200:
        refusals.blocked(spider, host, kind, response.url)
    rules = read_robots(response.status, response.body, spider.agent, response.meta["gongkai_origin"])
    if urlsplit(response.url).path == "/robots.txt":
        spider.scheduler.rules.setdefault(origin_of(response.url), rules)
    _rules(spider, response.meta["gongkai_origin"], rules, response.url)


def failed_robots(spider: PortalSpider, failure: Any) -> None:
    """No answer to robots.txt: the host does not answer."""
    request = failure.request
    _give_back(spider, request)
    tries = request.meta.get("gongkai_tries", 0)
    reason = answer.reason(failure)
    if tries < 2 and "private" not in reason.lower():
        _again(spider, request, tries, None)
        return
    host, origin = request.meta["gongkai_host"], request.meta["gongkai_origin"]
    spider.failures[reason] += 1
    spider.note("unreachable", f"{host} does not answer: {reason}", request.url, _severity(spider, origin))
    spider.scheduler.rules[origin] = Rules("unreachable", silent=True)
    spider.scheduler.release(host)


def _give_back(spider: PortalSpider, request: Request) -> None:
    """The host to which a redirect led is free again; that of the row stays taken until its rules are known."""
    lent = request.meta.pop("gongkai_lent", None)
    if lent is not None:
        spider.scheduler.release(lent)


def _again(spider: PortalSpider, request: Request, tries: int, wait: float | None) -> None:
    seconds = spider.pause * 2**tries if wait is None else wait
    from twisted.internet import reactor as installed  # the one that Scrapy has chosen by now

    reactor: Any = installed

    again = request.replace(meta={**answer.own(request.meta), "gongkai_tries": tries + 1})
    reactor.callLater(seconds, _resend, spider, again)


def _resend(spider: PortalSpider, request: Request) -> None:
    if spider.crawler.engine is not None and spider.crawler.engine.spider is not None:
        spider.crawler.engine.crawl(request)


def _rules(spider: PortalSpider, origin: str, rules: Rules, url: str) -> None:
    host = host_of(origin)
    spider.scheduler.rules[origin] = rules
    if rules.delay > TOLD_DELAY:
        _told_delay(spider, host, rules, url)
    spider.scheduler.release(host)
    if rules.state == "disallowed":
        message = f"robots.txt of {host} forbids everything; nothing is fetched"
        spider.note("robots-disallow", message, url, _severity(spider, origin))
        spider.failures[f"robots.txt of {host} forbids everything"] += 1
    elif rules.state == "unreachable":
        spider.note(
            "robots-unreachable",
            f"robots.txt of {host} answers with an error; nothing is fetched until it does",
            url,
            _severity(spider, origin),
        )
        spider.failures[f"robots.txt of {host} answers with an error"] += 1


def _told_delay(spider: PortalSpider, host: str, rules: Rules, url: str) -> None:
    """Keep a long Crawl-delay, and say what the visit will take; the operator's setting is the ceiling."""
    longest = spider.settings.getfloat("GONGKAI_LONGEST_CRAWL_DELAY")
    message = f"robots.txt of {host} wants {rules.delay:g} seconds between two requests, and gets them"
    if rules.delay > longest:
        message = message.replace("and gets them", f"and gets {longest:g} (GONGKAI_LONGEST_CRAWL_DELAY)")
        rules.delay = longest
    spider.note("crawl-delay", message, url, "warning")


def _severity(spider: PortalSpider, origin: str) -> str:
    """A portal whose home page cannot be asked for has failed; one of its sub-sites is a warning."""
    return "error" if spider.frontier.count("kind = 'seed' AND url LIKE ?", (f"{origin}/%",)) else "warning"
