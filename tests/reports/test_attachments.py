"""Which linked files are a report's own."""

from __future__ import annotations

import pytest

import reports

TABLES = "<table><tr><td>本年新收政府信息公开申请数量</td><td>1</td></tr></table>"


def named(behind: str) -> list[str]:
    """The attachments of a report's page that ends with this."""
    page = (
        "<html><head><title>云溪市水利局2023年政府信息公开工作年度报告</title></head><body><h1>云溪市水利局2023年政府信息公开工作年度报告</h1>"
        f"<div class='content'><p>一、总体情况</p><p>云溪市水利局按条例要求编制本报告。</p>{TABLES}"
        f"<p>附件：<a href='own.docx'>附表</a></p></div>{behind}</body></html>"
    )
    record = reports.extract(page.encode(), name="a.html", url="http://www.example.gov.example/nb/a.html")[0]
    return [each.name for each in record.attachments]


@pytest.mark.parametrize(
    "behind",
    [
        "<p>上一篇：<a href='b.pdf'>云溪市财政局2023年政府信息公开工作年度报告</a></p>",
        "<ul><li><span>下一条：</span><a href='c.xlsx'>云溪市水利局2022年政府信息公开工作年度报告</a></li></ul>",
        "<div><a href='d.docx'>上一篇：云溪市民政局2023年政府信息公开工作年度报告</a></div>",
    ],
)
def test_the_files_of_neighbouring_entries_are_none(behind: str) -> None:
    assert named(behind) == ["附表"]


def test_a_file_beside_them_is_one() -> None:
    assert named("<p>上一篇：<a href='b.pdf'>甲</a></p><p>下载：<a href='own.pdf'>全文</a></p>") == ["附表", "全文"]
