"""What a page prints around its report, and what must not be taken for a part of it; on pages as portals build them."""

from __future__ import annotations

import pytest

from demo.figures import balanced
from reports import extract
from reports.record import Record
from tests.reports.tables.pages import body

TITLE = "青山县民政局2023年政府信息公开工作年度报告"
REPORT = body(balanced(5))
BROKEN = "<p><strong>青山县民政局2023年<br>政府信息公开工作年度报告</strong></p>"


def read(page: str) -> Record:
    (record,) = extract(f"<html><body>{page}</body></html>".encode(), name="page.html")
    return record


@pytest.mark.parametrize(
    "above",
    [
        "<div>无障碍浏览 | 进入适老模式 | 您已进入主内容区，按Tab键浏览</div>",
        "<div>信息分类：政府信息公开年报</div>",
        "<dl><dt>索引号：</dt><dd>700000001/2024-00017</dd><dt>信息分类：</dt><dd>政府信息公开年报</dd></dl>",
        "<ul><li>2023年</li><li>2022年</li></ul>",
        "<div><span>2023年</span><span>2022年</span></div>",
    ],
)
def test_what_stands_above_a_broken_title_is_no_part_of_it(above: str) -> None:
    record = read(above + BROKEN + REPORT)
    assert (record.title, record.organ, record.year) == (TITLE, "青山县民政局", 2023)


def test_a_labelled_title_is_read_without_its_label() -> None:
    assert read(f"<ul><li>名称：{TITLE}</li><li>文号：无</li></ul>{REPORT}").title == TITLE


def test_a_side_columns_years_do_not_date_a_title_without_year() -> None:
    years = "<ul><li>2022</li><li>2023</li><li>2024</li></ul>"
    period = "<p>本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。</p>"
    record = read(f"{years}<p>青山县民政局</p>{years}<p>政府信息公开工作年度报告</p>{period}{REPORT}")
    assert (record.title, record.year) == ("政府信息公开工作年度报告", 2022)


@pytest.mark.parametrize(
    "footer",
    [
        "<footer><p>青山县人民政府</p><p>地址：青山县府前街1号 邮编：300001 电话：0300-1234567</p></footer>",
        "<div><span>版权所有：青山县人民政府</span><span>地址：青山县府前街1号 邮编：300001</span>"
        "<span>网站电话：0300-1234567（仅受理网站建设维护相关事宜，其他问题请向有关单位反映）</span></div>",
        "<p>您是第 12003 位访问者</p><p>监督电话：12345 举报邮箱：jubao@qingshan.example</p>",
    ],
)
def test_the_sites_own_footer_is_no_contact(footer: str) -> None:
    contact = read(f"<h1>{TITLE}</h1>{REPORT}{footer}").contact
    assert (contact.address, contact.postcode, contact.phones, contact.emails) == (None, None, [], [])


def test_a_tables_own_heading_row_begins_no_section() -> None:
    heading = "三、收到和处理政府信息公开申请情况"
    page = REPORT.replace(f"<p>{heading}</p><table>", f"<p>{heading}</p><table><tr><td colspan=10>{heading}</td></tr>")
    assert page != REPORT
    assert [section.number for section in read(f"<h1>{TITLE}</h1>{page}").sections] == list("一二三四五六")
