"""Dates that no line of a page prints as one: elements, linked data, scripts (reports/metadata/published.py)."""

from __future__ import annotations

import pytest

from reports import extract
from reports.metadata.dates import read_date

TITLE = "临江市水务局2023年政府信息公开工作年度报告"


def published(head: str = "", line: str = "", behind: str = "") -> str | None:
    markup = (
        f"<html><head><meta charset=utf-8><title>{TITLE}</title>{head}</head><body><h1>{TITLE}</h1>{line}"
        f"<p>一、总体情况</p><p>2023年，我局收到申请3件。</p><p>六、其他需要报告的事项</p><p>无。</p>{behind}</body></html>"
    )
    return extract(markup.encode(), name="page.html")[0].published


LINKED = '<script type="application/ld+json">{"datePublished": "%s", "dateModified": "2025-03-01"}</script>'


@pytest.mark.parametrize(
    "name",
    [
        'itemprop="datePublished"',
        'property="og:release_date"',
        'property="bytedance:published_time"',
        'name="weibo: article:create_at"',
        'name="DC.Date.Issued"',
        'name="PubTime"',
        'name="ReleaseTime"',
        'name="ArticleDate"',
        'name="dcterms.available"',
        'name="fbsj"',
    ],
)
def test_names_of_meta_elements(name: str) -> None:
    assert published(head=f'<meta {name} content="2024-01-19 09:20:00">') == "2024-01-19"


def test_linked_data() -> None:
    assert published(head=LINKED % "2024-01-19T09:30:00+08:00") == "2024-01-19"


def test_linked_data_without_a_time_of_publication() -> None:
    created = (LINKED % "2024-01-19").replace("Published", "Created")
    assert published(head=created) == "2024-01-19"
    assert published(head=created + LINKED % "2024-01-22") == "2024-01-22"


def test_linked_data_of_a_list_tell_nothing() -> None:
    assert published(head=LINKED % "2024-01-19" + LINKED % "2023-01-20") is None


def test_a_time_element_says_more_than_its_text() -> None:
    assert published(line='<div><time datetime="2024-01-19T08:20:00+08:00">1月19日</time></div>') == "2024-01-19"


def test_the_times_of_a_list_tell_nothing() -> None:
    times = "".join(f'<li><a href="{day}.html">通知</a><time datetime="2024-02-{day}"></time></li>' for day in (10, 11))
    assert published(behind=f"<ul>{times}</ul>") is None


def test_the_time_element_that_says_what_it_is() -> None:
    line = (
        '<div><time itemprop="datePublished" datetime="2024-01-19">1 月 19 日</time>'
        '<time itemprop="dateModified" datetime="2025-02-02">2 月 2 日</time></div>'
    )
    assert published(line=line) == "2024-01-19"


@pytest.mark.parametrize(
    "script",
    ["var article = {id: 3, pubDate: '2024-01-19 10:00:00'};", 'document.write(shortened("2024-01-19 10:00"));'],
)
def test_a_date_that_a_script_holds_as_a_string(script: str) -> None:
    assert published(line=f"<div>发布时间：<script>{script}</script></div>") == "2024-01-19"


def test_milliseconds_that_a_script_shows_as_a_date() -> None:
    script = "<script>var pubTime = 1705627200000; show(pubTime);</script>"
    assert published(line="<div>发布时间：<span id=t></span></div>", behind=script) == "2024-01-19"


def test_the_milliseconds_of_a_list_tell_nothing() -> None:
    script = '<script>var list = [{"publishTime": 1705627200000}, {"publishTime": 1706627200000}];</script>'
    assert published(behind=script) is None


@pytest.mark.parametrize("text", ["24-01-19", "24/1/19 09:12", "24.01.19"])
def test_a_year_of_two_digits_after_its_label(text: str) -> None:
    assert published(line=f"<div>发布时间：{text}　来源：水务局</div>") == "2024-01-19"


def test_a_signature_in_one_line_with_dots() -> None:
    assert published(behind="<p>临江市水务局　2024.1.19</p>") == "2024-01-19"


def test_universal_time_is_eight_hours_behind() -> None:
    assert str(read_date("2024-01-31T16:20:00Z")) == "2024-02-01"
    assert str(read_date("2024-01-31T15:20:00.000Z")) == "2024-01-31"
    assert str(read_date("2024-01-31T16:20:00+08:00")) == "2024-01-31"
