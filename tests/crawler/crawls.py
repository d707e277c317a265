"""Crawls for the crawler's tests: real processes and a real archive, from one nursery, without delay."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from crawler.processes import runner
from crawler.processes.nursery import Nursery
from tests.crawler.site import Site

#: Discovery is tested without extraction; the whole line has its own tests.
PLAIN: dict[str, Any] = {"ITEM_PIPELINES": {}, "GONGKAI_RETRY_SECONDS": 0.05}

_nursery: list[Nursery] = []


def nursery() -> Nursery:
    """The session's one, made when it is first needed."""
    if not _nursery:
        _nursery.append(Nursery())
    return _nursery[0]


def close() -> None:
    """At the end of the session."""
    while _nursery:
        _nursery.pop().close()


def crawl(site: Site | str, archive: Path, **options: Any) -> runner.PortalRun:
    """One crawl of one portal."""
    home = site if isinstance(site, str) else site.home
    options = {"allow_private_hosts": True, "delay": 0.0, "settings": PLAIN, "children": nursery(), **options}
    return runner.crawl([home], archive=archive, **options).runs[0]


def rows(archive: Path, query: str) -> list[Any]:
    """Rows of the frontier."""
    with closing(sqlite3.connect(archive / "frontier.db")) as db:
        return db.execute(query).fetchall()
