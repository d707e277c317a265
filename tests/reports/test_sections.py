"""The sections of a report: headings in every dress, and what is no text of them."""

from __future__ import annotations

import pytest

from reports.document import Cell
from tests.reports.described import BODY, OPENING, grid, read


@pytest.mark.parametrize(
    "headings",
    [
        ["一、总体情况", "二、主动公开政府信息情况", "六、其他需要报告的事项"],
        ["一、 总 体 情 况", "二、主 动 公 开 政府信息情况", "六、 其他需要报告的事项："],
        ["总体情况", "主动公开政府信息情况", "其他需要报告的事项"],
        ["一、总体情况", "一、主动公开政府信息情况", "三、其他需要报告的事项"],
        ["（一）总体情况", "（二）主动公开政府信息情况", "（三）其他需要报告的事项"],
        ["1、总体情况", "2、主动公开政府信息情况", "3.其他需要报告的事项"],
        ["第一部分 总体情况", "第二部分 主动公开政府信息情况", "第三部分 其他需要报告的事项"],
        ["壹、总体情况", "贰、主动公开政府信息情况", "叁、其他需要报告的事项"],
        ["- 总体情况", "• 主动公开政府信息情况", "◆其他需要报告的事项"],
        ["一，总体情况", "二，主动公开政府信息情况", "三，其他需要报告的事项"],
    ],
)
def test_headings_in_every_dress(headings: list[str]) -> None:
    parts = [part for heading in headings for part in (heading, "这一段是这一节的正文，写得稍长一些。")]
    found = read("临江市水务局2024年政府信息公开工作年度报告", OPENING, *parts)
    assert [section.title for section in found.sections] == ["总体情况", "主动公开政府信息情况", "其他需要报告的事项"]
    assert {section.text for section in found.sections} == {"这一段是这一节的正文，写得稍长一些。"}


@pytest.mark.parametrize(
    "heading",
    [
        "政府信息公开行政复议和行政诉讼情况",
        "行政机关主动公开政府信息情况",
        "需要报告的其他事项",
        "存在的不足和改进措施",
    ],
)
def test_titles_that_offices_reword(heading: str) -> None:
    found = read("临江市水务局2024年政府信息公开工作年度报告", OPENING, "总体情况", "正文。", heading, "无。")
    assert [section.title for section in found.sections] == ["总体情况", heading]


def test_headings_that_are_rows_of_one_table() -> None:
    title = "临江市水务局2024年政府信息公开工作年度报告"
    joined = grid(["信息内容", "本年制发件数"], ["规章", "0"], ["三、收到和处理政府信息公开申请情况"], ["申请", "3"])
    joined.rows[2] = [Cell("三、收到和处理政府信息公开申请情况", 2, 0, colspan=2)] * 2
    joined.rows = [[*row, None][:2] for row in joined.rows]
    found = read(title, "一、总体情况", "正文。", "二、主动公开政府信息情况", joined, "六、其他需要报告的事项", "无。")
    assert [section.number for section in found.sections] == ["一", "二", "三", "六"]


def test_an_annex_between_sections_is_no_section() -> None:
    title = "临江市水务局2024年政府信息公开工作年度报告"
    parts = [
        "一、总体情况",
        "正文。",
        "二、主动公开政府信息情况",
        "附表",
        "六、其他需要报告的事项",
        "无。",
        "附表",
        "见下。",
    ]
    assert [section.title for section in read(title, *parts).sections] == [
        "总体情况", "主动公开政府信息情况", "其他需要报告的事项", "附表",
    ]  # fmt: skip


def test_a_heading_glued_to_its_text() -> None:
    found = read(
        "临江市水务局2024年政府信息公开工作年度报告", "一、总体情况2024年，我局继续努力。", "二、主动公开政府信息情况"
    )
    assert (found.sections[0].title, found.sections[0].text) == ("总体情况", "2024年，我局继续努力。")


def test_an_article_in_one_paragraph_with_breaks() -> None:
    found = read("\n".join(["临江市水务局", "2024年政府信息公开工作年度报告", OPENING, *BODY]))
    assert (found.organ, found.year, len(found.sections)) == ("临江市水务局", 2024, 3)
    assert found.title == "临江市水务局2024年政府信息公开工作年度报告"


def test_a_report_without_headings_keeps_its_text() -> None:
    text = "2009年，我局公开信息30条，收到政府信息公开申请12件，均按时答复。" * 8
    found = read("临江市水务局2009年政府信息公开年度报告", text)
    assert [(section.number, section.title) for section in found.sections] == [(None, "")]
    assert ("received", 12) in {(each.key, each.value) for each in found.narrative}


def test_the_pages_furniture_is_no_section_text() -> None:
    found = read(
        "临江市水务局2024年政府信息公开工作年度报告", *BODY, "扫一扫在手机打开当前页", "上一篇：别的报告", "相关新闻"
    )
    assert found.sections[-1].text == "无。"


@pytest.mark.parametrize("below", ["相关阅读", "今日热点：防汛演练在临江举行", "阅读：123次", "网民评论（3）"])
def test_what_stands_below_the_article_without_links_is_no_section_text(below: str) -> None:
    found = read("临江市水务局2024年政府信息公开工作年度报告", *BODY, below, "茶叶节筹备就绪")
    assert found.sections[-1].text == "无。"


def test_words_of_furniture_inside_the_report_cut_nothing() -> None:
    inner = [
        "一、总体情况",
        "打印宣传册300份。",
        "相关信息及时公开。",
        "二、主动公开政府信息情况",
        "附件：表",
        "六、其他需要报告的事项",
        "无。",
    ]
    found = read("临江市水务局2024年政府信息公开工作年度报告", *inner, "打印本页", "上一篇：别的报告")
    assert [section.text for section in found.sections] == ["打印宣传册300份。\n相关信息及时公开。", "附件：表", "无。"]
