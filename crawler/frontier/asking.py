"""The request of a row of the frontier, with what the archive is to know of it."""

from __future__ import annotations

from functools import partial

from scrapy import Request

from crawler.discovery import parts
from crawler.frontier.frontier import Row
from crawler.frontier.validators import conditions
from crawler.politeness import refusals
from crawler.spiders.portal import PortalSpider


def request_for(spider: PortalSpider, row: Row) -> Request:
    """The request of a row, conditional where the page is known."""
    headers = conditions(spider.frontier, row)
    if row.body is not None:
        headers["Content-Type"] = (
            "application/json;charset=UTF-8"
            if row.body[:1] in "{["
            else "application/x-www-form-urlencoded; charset=UTF-8"
        )
    if row.family:
        headers["X-Requested-With"] = "XMLHttpRequest"
        if row.via:
            headers["Referer"] = row.via
    spider.counts["requests"] += 1
    return Request(
        row.url,
        method=row.method,
        body=row.body,
        headers=headers,
        callback=spider.parse,
        errback=partial(refusals.failed, spider),
        dont_filter=True,
        meta={
            "gongkai_row": row,
            "gongkai_host": row.host,
            "gongkai_via": row.via,
            "gongkai_anchor": row.anchor,
            "gongkai_depth": row.depth,
            "gongkai_rule": "recheck" if row.done and row.kind != parts.KIND else row.rule,
            "download_slot": spider.scheduler.servers.of(row.host),
        },
    )
