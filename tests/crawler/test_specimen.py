"""The pages that the nursery reads before it forks are such as a crawl meets: whole, so that all is loaded for them."""

from __future__ import annotations

import reports
from crawler.discovery.page import read_page
from crawler.discovery.reading import looks_like_report
from crawler.processes import specimen


def test_the_report_is_read_with_all_that_a_report_has() -> None:
    page = specimen.report()
    assert looks_like_report(page)
    (record,) = reports.extract(page.encode(), name="page.html", url="http://www.example.gov.cn/nb/1.html")
    assert record.verdict == "verified"
    assert (record.organ, record.year, record.published) == ("某某市教育局", 2024, "2025-01-20")
    assert record.proactive and record.applications and record.review
    assert record.contact.address and record.contact.phones and record.contact.emails
    assert len(record.sections) == 6 and record.narrative and record.attachments


def test_the_list_has_links_of_every_kind() -> None:
    links = read_page("http://www.example.gov.cn/", specimen.LIST).links
    assert {"教育局", "通知公告", "2023年", "新闻"} <= {link.text for link in links}
