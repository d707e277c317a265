"""Pages that stand where reports stand and are none, and reports that look like other papers (reports/nature.py)."""

from __future__ import annotations

import pytest

from reports import Hints, extract
from reports.record import Record

SECTIONS = (
    "一、总体情况", "2023年，我局主动公开信息320条，按时发布政府网站工作年度报表和法治政府建设年度报告。",
    "二、主动公开政府信息情况", "制发规范性文件0件。", "三、收到和处理政府信息公开申请情况", "未收到政府信息公开申请。",
    "五、存在的主要问题及改进情况", "公开形式不够丰富，将加强培训。", "六、其他需要报告的事项", "无。",
)  # fmt: skip
OTHER = (
    "一、主要举措和成效",
    "全面推行政务公开。",
    "二、存在的不足和原因",
    "能力有待提高。",
    "三、下一步安排",
    "继续努力。",
)


def page(title: str, lines: tuple[str, ...], heading: bool) -> bytes:
    """An article under the column of the reports, as most portals show one."""
    body = "".join(f"<p>{line}</p>" for line in lines)
    shown = f"<h1>{title}</h1>" if heading else f"<p>{title}</p>"
    return (
        f"<html><head><meta charset=utf-8><title>{title}-临江市人民政府</title></head><body>"
        f"<div>当前位置：首页 &gt; 政府信息公开 &gt; 政府信息公开年报</div>{shown}"
        f"<div>发布时间：2024-01-18</div>{body}</body></html>"
    ).encode()


def read(title: str, lines: tuple[str, ...], heading: bool = True) -> Record:
    (record,) = extract(page(title, lines, heading), name="page.html")
    return record


@pytest.mark.parametrize("heading", [True, False])
@pytest.mark.parametrize(
    "title",
    [
        "政府网站工作年度报表（2023年度）",
        "临江市2023年法治政府建设年度报告",
        "2024年临江市政府工作报告",
        "临江市教育局2023年度部门决算",
        "临江市公安局2023年行政执法统计年报",
        "临江市2023年环境信息公开年度报告",
        "临江市2023年卫生健康信息公开年报",
        "临江市人民政府2023年行政复议工作年度报告",
        "临江市中心医院2023年信息公开工作年度报告",
        "我市2023年政府信息公开工作年度报告全部按期发布",
        "关于撤回临江市水务局2023年政府信息公开工作年度报告的说明",
        "临江市人民政府公报2023年第12期",
    ],
)
def test_another_paper_in_the_reports_column(title: str, heading: bool) -> None:
    assert read(title, OTHER, heading).verdict == "not_a_report"


@pytest.mark.parametrize("title", ["临江市2023年法治政府建设年度报告", "临江市教育局政府信息公开指南"])
def test_another_paper_as_bare_text(title: str) -> None:
    (record,) = extract("\n".join((title, *OTHER)).encode(), name="paper.txt")
    assert (record.verdict, record.title) == ("not_a_report", title)


def test_the_breadcrumb_is_no_part_of_the_title() -> None:
    title = "临江市审计局2023年政务公开工作年度报告"
    for heading in (True, False):
        record = read(title, SECTIONS, heading)
        assert (record.title, record.organ, record.year) == (title, "临江市审计局", 2023)
        assert record.verdict == "incomplete"


def test_a_breadcrumb_that_ends_in_the_title_tells_it() -> None:
    body = "".join(f"<p>{line}</p>" for line in SECTIONS)
    title = "临江市水务局2023年政府信息公开工作年度报告"
    (record,) = extract(
        f"<html><body><p>首页 &gt; 年报 &gt; {title}</p>{body}</body></html>".encode(), name="page.html"
    )
    assert record.title == title


@pytest.mark.parametrize(
    "title",
    [
        "临江市司法局2023年政府信息公开工作年度报告",
        "临江市统计局2023年政府信息公开工作年度报告（附：政府网站工作年度报表）",
        "关于临江市教育局2023年政府信息公开工作年度报告",
        "临江市教育局关于公布2023年度政府信息公开工作报告的通知",
        "临江市教育局2023年政务信息公开工作总结",
    ],
)
def test_reports_that_look_like_other_papers(title: str) -> None:
    opening = "根据条例和市政府办公室《关于做好2023年政府信息公开工作年度报告编制发布工作的通知》编制本报告。"
    assert read(title, (opening, *SECTIONS)).verdict == "incomplete"


@pytest.mark.parametrize(
    "shape", ["<p>{}</p>", "<tr><td>{}</td><td>2024-01-18</td></tr>", "<div onclick=go()>{}</div>"]
)
def test_titles_of_several_reports_are_a_list(shape: str) -> None:
    titles = [f"临江市{office}2023年政府信息公开工作年度报告" for office in ("教育局", "水务局", "司法局")]
    lines = "".join(shape.format(title) for title in titles)
    body = f"<table><tr><th>标题</th><th>日期</th></tr>{lines}</table>" if "<td>" in shape else lines
    (record,) = extract(f"<html><head><title>年报</title></head><body>{body}</body></html>".encode(), name="page.html")
    assert record.verdict == "not_a_report"


def test_a_report_beside_a_list_of_others_is_one() -> None:
    others = "".join(
        f"<a href=/{at}.html>临江市{office}2023年政府信息公开年报</a>" for at, office in enumerate("甲乙丙丁")
    )
    title = "临江市水务局2023年政府信息公开工作年度报告"
    assert read(title, (others, *SECTIONS)).verdict == "incomplete"
    assert read(title, (others, "<a href=/a.pdf>附件</a>")).verdict == "incomplete"


@pytest.mark.parametrize("title", ["临江市2023年党务公开工作报告", "临江市某局2023年政府信息公开工作年度报告（模板）"])
def test_other_disclosure_and_models(title: str) -> None:
    lines = ("一、总体情况", "略。", "二、主动公开情况", "略。", "三、存在问题", "略。")
    assert read(title, lines).verdict == "not_a_report"


NAMED = Hints(anchor="临江市教育局2023年政府信息公开工作年度报告")


@pytest.mark.parametrize(
    "body",
    [
        "<title>访问受限</title><p>您的访问过于频繁，请完成安全验证后继续访问</p>",
        "<title>安全验证</title><form>请输入验证码<input><img src=code.jpg></form>",
        "<script>eval(1)</script>",
        "<title>提示信息</title><div><a href=/>首页</a></div><p>您访问的页面不存在或已删除</p>",
        "<title>临江市人民政府</title><h1>栏目维护中</h1><p>请稍后再来。</p>",
    ],
)
def test_what_only_the_link_calls_a_report(body: str) -> None:
    source = f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()
    (record,) = extract(source, name="page.html", hints=NAMED)
    assert record.verdict == "not_a_report"


@pytest.mark.parametrize(
    "body", ["<img src=1.jpg width=800 height=1200>", "<a href=1.pdf>附件</a>", "<iframe src=v.html>"]
)
def test_what_only_the_link_calls_a_report_may_be_one_in_pictures_or_files(body: str) -> None:
    source = f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()
    (record,) = extract(source, name="page.html", hints=NAMED)
    assert record.verdict in ("unreadable", "incomplete")


#: The list of a year, and around it a banner of 600 pixels that leads to another page.
LISTED = "".join(
    f"<li><a href=/a/{n}.html>临江市{n}局2023年政府信息公开工作年度报告</a></li>" for n in ("水务", "财政", "民政")
)


@pytest.mark.parametrize("href", ["http://zt.linjiang.gov.cn/", "/zt/2024/index.shtml"])
def test_advertisements_on_a_list_are_no_report_in_pictures(href: str) -> None:
    banner = f"<div><a href={href}><img src=/img/zt.jpg width=600 height=200></a></div>"
    title = "<title>2023年政府信息公开年报</title>"
    source = f"<html><head><meta charset=utf-8>{title}</head><body>{banner}<ul>{LISTED}</ul></body></html>".encode()
    (record,) = extract(source, name="list.html", hints=Hints(anchor="2023年", parent_title="政府信息公开年报"))
    assert record.verdict == "not_a_report"


def test_the_list_of_a_year_that_has_only_begun_is_no_report() -> None:
    listed = "<ul><li><a href=/a/1.html>临江市水务局2025年政府信息公开工作年度报告</a><span>2026-01-22</span></li></ul>"
    frame = "<div><a href=/>首页</a></div><div>今天是2026年1月22日 多云</div>{}<div>主办：临江市人民政府办公室</div>"
    title = "<title>2025年政府信息公开年报_临江市人民政府</title>"
    source = f"<html><head><meta charset=utf-8>{title}</head><body>{frame.format(listed)}</body></html>".encode()
    (record,) = extract(source, name="list.html", hints=Hints(anchor="2025年", parent_title="政府信息公开年报"))
    assert record.verdict == "not_a_report"


@pytest.mark.parametrize("href", ["1_big.JPG", "javascript:void(0)", "#", "/files/2023.pdf?down=1"])
def test_a_scan_may_be_a_link_to_itself(href: str) -> None:
    scan = f"<a href='{href}'><span><img src=1.jpg width=800 height=1200></span></a>"
    source = f"<html><head><meta charset=utf-8></head><body>{scan}</body></html>".encode()
    (record,) = extract(source, name="page.html", hints=NAMED)
    assert record.verdict in ("unreadable", "incomplete")


@pytest.mark.parametrize(
    "title",
    [
        "临江市政府信息公开年度报告数据分析（2023年）",
        "临江市水务局2023年信访工作年度报告",
        "临江市水务局2023年工作总结及2024年工作计划",
        "临江市水务局2023年度政务公开工作总结和2024年工作计划",
        "临江市水务局关于2023年政府信息公开工作自查情况的报告",
    ],
)
def test_summaries_self_inspections_and_analyses_are_other_papers(title: str) -> None:
    assert read(title, OTHER).verdict == "not_a_report"


@pytest.mark.parametrize("organ", ["临江市信访局", "临江市数据局", "临江市统计局"])
def test_an_organ_s_name_does_not_make_another_paper_of_its_report(organ: str) -> None:
    assert read(f"{organ}2023年政府信息公开工作年度报告", SECTIONS).verdict == "incomplete"


GENERAL = (
    "一、总体情况", "工作稳步推进，政府信息公开有序开展。", "二、主要做法", "加强培训。",
    "三、存在的主要问题及改进情况", "能力有待提高。", "四、其他需要报告的事项", "无。",
)  # fmt: skip


@pytest.mark.parametrize(
    "title",
    [
        "临江市水务局2023年工作总结",
        "临江市2023年行政复议年度报告",
        "临江市公安局2023年行政执法工作报告",
        "临江市财政局2023年专项资金信息公开工作情况报告",
        "临江市推进基层政务公开标准化规范化工作情况报告",
    ],
)
def test_sections_that_head_many_a_report_make_none_of_another_paper(title: str) -> None:
    assert read(title, GENERAL).verdict == "not_a_report"
    assert read("临江市水务局2023年政府信息公开工作年度报告", GENERAL).verdict == "incomplete"


def test_a_reports_title_over_a_page_that_is_gone() -> None:
    title = "临江市水务局2023年政府信息公开工作年度报告"
    assert read(title, ("您访问的页面不存在或已删除。",)).verdict == "not_a_report"


def test_headings_without_a_word_between_them_are_the_reports_model() -> None:
    headings = tuple(each for each in SECTIONS if each[1] == "、")
    assert read("政府信息公开工作年度报告格式（2021年版）", headings).verdict == "not_a_report"
    assert read("临江市水务局2011年政府信息公开工作总结", SECTIONS).verdict == "incomplete"
