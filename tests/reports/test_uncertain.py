"""What is only inferred of organ, year and date is said so (reports/metadata/uncertain.py)."""

from __future__ import annotations

import reports
from tests.reports.described import read

SECTIONS = ["一、总体情况", "工作有序推进。", "二、主动公开政府信息情况", "六、其他需要报告的事项", "无。"]


def codes(*lines: str, **more: object) -> list[str]:
    return [each.code for each in read(*lines, *SECTIONS, **more).problems]


def test_the_sites_name_is_no_organ_that_the_report_names() -> None:
    title = "2024年政府信息公开工作年度报告"
    site = [("sitename", "临江市人民政府")]
    found = read(title, *SECTIONS, meta=site)
    assert found.organ == "临江市人民政府"
    assert [each.code for each in found.problems] == ["organ-uncertain"]
    assert codes(title, "本报告由临江市水务局编制。", meta=site) == []
    assert codes(title, meta=[*site, ("contentsource", "临江市水务局")]) == []


def test_a_year_that_only_the_date_of_publication_gives() -> None:
    title = "临江市水务局政府信息公开工作年度报告"
    assert codes(title, "发布日期：2025-01-20") == ["year-uncertain"]
    assert codes(title, "发布日期：2025-01-20", "统计期限为2024年1月1日至2024年12月31日。") == []


def test_a_date_that_cannot_be_believed() -> None:
    generated = [("pubdate", "2026-04-24 10:00:43"), ("others", "页面生成时间 2026-04-24 10:00:43")]
    title = "临江市水务局2024年政府信息公开工作年度报告"
    assert codes(title, meta=generated) == ["date-uncertain"]
    assert codes(title, "发布日期：2025-01-20", meta=generated) == []
    assert codes(title) == []


def test_a_page_that_is_no_report_is_not_asked_whose_it_is() -> None:
    page = "<title>通知公告-临江市人民政府</title><p>发布日期：2025-01-20</p><p>今日停水。</p>"
    (record,) = reports.extract(page.encode(), name="a.html")
    assert record.verdict == "not_a_report"
    assert not [each.code for each in record.problems if each.code.endswith("-uncertain")]
