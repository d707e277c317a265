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


SITE = "青山县人民政府-政府信息公开年报-"


@pytest.mark.parametrize(
    "paper",
    [
        "青山县政府网站工作年度报表（2023年度）",
        "青山县民政局2023年度部门决算公开报告",
        "青山县2023年国民经济和社会发展统计公报",
        "青山县2023年度网民留言办理情况统计",
    ],
)
def test_a_paper_in_the_reports_column_is_judged_by_its_own_name(paper: str) -> None:
    page = f"<head><title>{SITE}{paper}</title></head><div>{paper}</div><p>现将有关情况公布如下。</p>"
    assert read(page).verdict == "not_a_report"


@pytest.mark.parametrize(
    "name", ["青山县民政局-2023年-政府信息公开年报", "政府信息公开年报-青山县民政局2023年", f"{SITE}{TITLE}"]
)
def test_a_report_in_its_column_is_one(name: str) -> None:
    record = read(f"<head><title>{name}</title></head>{REPORT}")
    assert (record.verdict, record.year) == ("verified", 2023)


def test_a_breadcrumb_is_not_glued_to_the_row_below_it() -> None:
    paper = "青山县民政局2023年法治政府建设年度报告"
    trail = "您当前的位置：网站首页&gt;政府信息公开&gt;政府信息公开年报"
    told = "2023年，局机关依法履行职责，办理许可12件，各项工作取得进展。" * 6
    rows = "".join(f"<tr><td>{text}</td></tr>" for text in (trail, paper, told))
    assert read(f"<table>{rows}</table>").verdict == "not_a_report"


def test_another_paper_further_down_is_known_by_its_name_and_year() -> None:
    lines = ["首页", "新闻中心", "政务公开", "互动交流", "专题专栏"]
    paper = "青山师范大学2022—2023学年度信息公开工作报告"
    sections = ["一、概述", "二、主动公开情况", "三、依申请公开情况", "四、存在的问题"]
    told = "".join(f"<p>{text}</p>" for text in (*lines, paper, *(f"{each}。学校认真做好公开。" for each in sections)))
    assert read(f"<head><title>青山市人民政府</title></head>{told}").verdict == "not_a_report"


def test_a_report_in_pictures_is_told_below_whatever_furniture() -> None:
    furniture = "".join(f"<p>栏目导航与服务说明第{number}项</p>" for number in range(30))
    picture = "<img src='1.jpg' width=900 height=1300>"
    framed = "<iframe src='/common/footer.shtml'></iframe>"
    record = read(f"{furniture}<h1>{TITLE}</h1><p>发布日期：2024-01-19</p>{picture}{picture}{framed}")
    assert record.verdict == "unreadable"
