"""The extension that opens the crawl's archive: what it tells of the crawl, and what stops it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import scrapy
from scrapy.crawler import Crawler
from scrapy.settings import Settings

from archive import ArchiveFull, PortalBusy, WarcWriter, iterate, verify
from archive.records import parse_fields, read_records
from crawler.capture.extension import ArchiveExtension


def crawler(folder: Path, **more: object) -> Crawler:
    values = {"GONGKAI_ARCHIVE": str(folder), "GONGKAI_PORTAL": "demo", "ROBOTSTXT_OBEY": True, **more}
    return Crawler(scrapy.Spider, Settings(values))


def warcinfo(folder: Path) -> dict[str, str]:
    with next(folder.glob("warc/demo/*.warc.gz")).open("rb") as file:
        return parse_fields(next(read_records(file.fileno())).block)


def test_settings_and_seeds_are_kept_without_secrets(tmp_path: Path) -> None:
    host = crawler(
        tmp_path,
        GONGKAI_CRAWL_ID="demo-1",
        GONGKAI_SEEDS=["http://portal.invalid/"],
        GONGKAI_CONTACT="archivist@portal.invalid",
        GONGKAI_SIGN_KEY=None,
        FTP_PASSWORD="hunter2",
        ITEM_PIPELINES={"a.B": 1, scrapy.Spider: 2},
        USER_AGENT="gongkai/1",
    )
    ArchiveExtension.from_crawler(host).engine_stopped()
    (settings, body), (seeds, listed) = iterate(tmp_path)
    assert settings.url == "urn:gongkai:crawl:demo-1:settings"
    assert (seeds.url, listed) == ("urn:gongkai:crawl:demo-1:seeds", b"http://portal.invalid/\n")
    kept = json.loads(body)
    assert kept["GONGKAI_PORTAL"] == "demo"
    assert kept["ITEM_PIPELINES"] == {"a.B": 1, "<class 'scrapy.spiders.Spider'>": 2}
    assert b"hunter2" not in body
    said = warcinfo(tmp_path)
    assert said["settings-digest"] == settings.digest
    assert (said["robots"], said["operator"], said["http-header-user-agent"], said["capture"]) == (
        "obey",
        "archivist@portal.invalid",
        "gongkai/1",
        "exact",
    )
    assert said["software"].startswith("gongkai/")
    assert verify(tmp_path).ok


def test_the_same_settings_have_the_same_digest(tmp_path: Path) -> None:
    for name in ("one", "two"):
        more = {"GONGKAI_ARCHIVE": str(tmp_path), "DOWNLOAD_HANDLERS": {"http": "a.B"}, "GONGKAI_CRAWL_ID": name}
        host = crawler(tmp_path, **more)
        host.settings.set("GONGKAI_CRAWL_ID", name)
        ArchiveExtension.from_crawler(host).engine_stopped()
    first, second = (json.loads(body) for capture, body in iterate(tmp_path) if capture.url.endswith("settings"))
    assert {key for key in first if first[key] != second[key]} == {"GONGKAI_CRAWL_ID"}


def test_a_busy_portal_stops_the_crawl_before_it_begins(tmp_path: Path) -> None:
    extension = ArchiveExtension.from_crawler(crawler(tmp_path, GONGKAI_CRAWL_ID="demo-1"))
    with pytest.raises(PortalBusy, match="demo is being crawled by another process"):
        ArchiveExtension.from_crawler(crawler(tmp_path, GONGKAI_CRAWL_ID="demo-2"))
    extension.engine_stopped()
    extension.engine_stopped()


def test_the_project_s_own_crawl_says_that_it_obeys_robots(tmp_path: Path) -> None:
    own = {"ROBOTSTXT_OBEY": False, "SCHEDULER": "crawler.politeness.scheduler.FrontierScheduler"}
    ArchiveExtension.from_crawler(crawler(tmp_path, **own)).engine_stopped()
    assert warcinfo(tmp_path)["robots"] == "obey"


def test_too_little_free_space_stops_the_crawl_before_it_begins(tmp_path: Path) -> None:
    with pytest.raises(ArchiveFull, match="MB are kept in reserve"):
        ArchiveExtension.from_crawler(crawler(tmp_path, GONGKAI_RESERVE_BYTES=10**17))
    assert not list(tmp_path.glob("warc/demo/*.warc.gz*"))
    WarcWriter(tmp_path, portal="demo", crawl="the lock is free again").close()
