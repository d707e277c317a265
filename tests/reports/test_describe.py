"""Title, organ, year, date, scope, sections and lateness of a report (reports/metadata), on documents built by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.characters import plain
from reports.classify import classify
from reports.document import Cell, Document, Grid, Paragraph
from reports.metadata import Description, Hints, describe
from reports.metadata.statutory import is_local_government, statutory_date
from reports.narrative import read_figures

OPENING = "本报告根据条例编制，统计期限自2024年1月1日起至12月31日止。"
BODY = [
    "一、总体情况",
    "2024年，我局收到政府信息公开申请3件。",
    "二、主动公开政府信息情况",
    "六、其他需要报告的事项",
    "无。",
]


def grid(*rows: list[str]) -> Grid:
    return Grid(0, [[Cell(text, r, c) for c, text in enumerate(row)] for r, row in enumerate(rows)])


def page(*parts: str | Grid, **more: Any) -> Document:
    flow = [Paragraph(part, at) if isinstance(part, str) else part for at, part in enumerate(parts)]
    return Document("html", flow=flow, **more)


def read(*parts: str | Grid, hints: Hints | None = None, **more: Any) -> Description:
    return describe(page(*parts, **more), hints)


def test_a_plain_report() -> None:
    found = read(
        "临江市水务局2024年政府信息公开工作年度报告",
        "发布日期：2025-01-20 来源：水务局",
        OPENING,
        *BODY,
        "临江市水务局",
        "2025年1月18日",
    )
    assert (found.title, found.organ, found.year) == (
        "临江市水务局2024年政府信息公开工作年度报告",
        "临江市水务局",
        2024,
    )
    assert (found.published, found.statutory_date, found.days_late) == ("2025-01-20", "2025-01-31", -11)
    assert [(s.number, s.title) for s in found.sections] == [
        ("一", "总体情况"), ("二", "主动公开政府信息情况"), ("六", "其他需要报告的事项"),
    ]  # fmt: skip
    assert found.sections[-1].text == "无。"
    assert found.scope == "organ"


def test_a_title_broken_over_two_lines_and_completed_from_the_opening() -> None:
    found = read(
        "洪江区人民政府", "2024 年政府信息公开工作年度报告", "本报告由淮临市洪江区人民政府办公室根据条例编制。", *BODY
    )
    assert found.title == "洪江区人民政府2024年政府信息公开工作年度报告"
    assert found.organ == "淮临市洪江区人民政府"


@pytest.mark.parametrize(
    ("title", "opening", "meta", "organ"),
    [
        (
            "2024年政府信息公开工作年度报告",
            "如有疑问，请与临江市水务局联系（电话：0578-2090823）。2024年我局",
            [],
            "临江市水务局",
        ),
        (
            "2024年政府信息公开工作年度报告",
            OPENING,
            [("contentsource", "临江市财政局"), ("sitename", "临江市人民政府")],
            "临江市财政局",
        ),
        ("县应急管理局2024年政府信息公开年度报告", OPENING, [("sitename", "德临县人民政府")], "德临县应急管理局"),
        ("贵临市2024年政府信息公开工作年度报告", "本报告在贵临市人民政府门户网站公布。", [], "贵临市人民政府"),
        (
            "临江市水务局2024年政府信息公开工作年度报告",
            "请与临江市人民政府办公室联系。",
            [("sitename", "临江市人民政府")],
            "临江市水务局",
        ),
        (
            "2024年政府信息公开工作年度报告",
            "现将临江市审计局2024年政府信息公开工作年度报告公布如下。",
            [("sitename", "临江市人民政府")],
            "临江市审计局",
        ),
    ],
)
def test_organs(title: str, opening: str, meta: list[tuple[str, str]], organ: str) -> None:
    assert read(title, opening, *BODY, meta=meta).organ == organ


@pytest.mark.parametrize(
    ("title", "opening", "organ"),
    [
        ("市水务局2024年政府信息公开工作年度报告", "根据条例，临江市水务局编制了本报告。", "临江市水务局"),
        ("临江市委（统战部）2024年政府信息公开工作年度报告", OPENING, "临江市委（统战部）"),
        (
            "临江市水务局关于报送2024年政府信息公开工作年度报告的报告",
            "市政府办公室：现将我局2024年政府信息公开工作报告如下。",
            "临江市水务局",
        ),
    ],
)  # fmt: skip
def test_names_at_their_fullest(title: str, opening: str, organ: str) -> None:
    found = read(title, opening, *BODY, headings=[title])
    assert (found.title, found.organ) == (title, organ)


def test_a_title_in_quotes() -> None:
    title = "临江市水务局2024年政府信息公开工作年度报告"
    assert read(f"《{title}》", OPENING, *BODY).title == title


def test_the_metadata_table() -> None:
    table = grid(["索引号", "014/2025-1", "发布机构", "县文旅局"], ["名称", "2024年报", "公开日期", "2025-01-06"])
    found = read(table, "2024年度政府信息公开工作年度报告", OPENING, *BODY)
    assert (found.organ, found.published) == ("县文旅局", "2025-01-06")
    below = grid(["索引号", "发布机构", "发布日期"], ["014/2025-1", "临江县文旅局", "2025年1月7日"])
    found = read(below, "2024年度政府信息公开工作年度报告", OPENING, *BODY)
    assert (found.organ, found.published) == ("临江县文旅局", "2025-01-07")


def test_pubdate_is_not_believed_when_it_is_the_generation_time() -> None:
    meta = [("pubdate", "2026-04-24 10:00:43"), ("others", "页面生成时间 2026-04-24 10:00:43")]
    found = read(
        "临江市水务局2024年政府信息公开工作年度报告",
        OPENING,
        *BODY,
        meta=meta,
        address="http://a.example/nb/202501/t20250115_1.html",
    )
    assert found.published == "2025-01-15"
    assert any("generation" in each.source for each in found.candidates["published"])
    alone = read("临江市水务局2024年政府信息公开工作年度报告", OPENING, *BODY, meta=meta)
    assert alone.published is None
    assert [each.value for each in alone.candidates["published"]] == ["2026-04-24"]
    found = read(
        "临江市水务局2024年政府信息公开工作年度报告",
        OPENING,
        *BODY,
        meta=meta,
        tagged=[("publishtime", "2025-01-16 10:49:00")],
    )
    assert found.published == "2025-01-16"


def test_pubdate_makes_an_addresss_month_more_precise() -> None:
    title = "临江市水务局2024年政府信息公开工作年度报告"
    address = "http://a.example/x/202501/46aba5e181454bc798b5443c493da056.shtml"
    assert read(title, *BODY, address=address).published == "2025-01"
    assert read(title, *BODY, address=address).days_late is None
    assert read(title, *BODY, address=address, meta=[("pubdate", "2025-01-16 10:00")]).published == "2025-01-16"
    assert read(title, *BODY, address=address, meta=[("pubdate", "2026-05-16 10:00")]).published == "2025-01"


@pytest.mark.parametrize("line", ["信息时间：2025-01-20 点击数：33", "添加时间：2025-1-20"])
def test_rarer_labels_of_the_date(line: str) -> None:
    title = "临江市水务局2024年政府信息公开工作年度报告"
    assert read(title, line, *BODY, "临江市水务局", "2025年1月18日").published == "2025-01-20"


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("来源：临江市水务局 2025-01-20 09:33", "2025-01-20"),
        ("作者：张三 编辑：李四 2025年1月20日", "2025-01-20"),
        ("【字体：大 中 小】 2025-01-20", "2025-01-20"),
        ("报告日期：2025-01-20", "2025-01-20"),
        ("来源：临江市水务局 截止日期：2025-12-31", None),
        ("统计期限：2024-01-01至2024-12-31 来源：水务局", None),
    ],
)
def test_date_lines_without_a_label(line: str, published: str | None) -> None:
    found = read("临江市水务局2024年政府信息公开工作年度报告", line, *BODY)
    assert (found.published, found.organ) == (published, "临江市水务局")


def test_a_signature_under_text_without_sections_is_no_date_line() -> None:
    title, text = "临江市水务局2009年政府信息公开年度报告", "2009年，我局公开信息30条，收到政府信息公开申请12件。" * 8
    found = read(title, text, "临江市水务局", "2010年3月18日", address="http://a.example/art/2010/3/20/art_1_2.html")
    assert found.published == "2010-03-20"


@pytest.mark.parametrize("line", ["临江市教育局 2025年1月17日", "临江市教育局，二〇二五年一月十七日"])
def test_organ_and_date_signed_in_one_line(line: str) -> None:
    found = read("2024年政府信息公开工作年度报告", OPENING, *BODY, line)
    assert (found.organ, found.published) == ("临江市教育局", "2025-01-17")


def test_a_sentence_with_a_date_is_no_signature() -> None:
    found = read("临江市教育局2024年政府信息公开工作年度报告", OPENING, *BODY[:-1], "下一次检查定于2025年3月1日。")
    assert found.published is None


def test_an_organ_that_publishes_in_its_own_name() -> None:
    opening = "根据条例规定，临江市水务局现公布2024年政府信息公开工作年度报告。"
    assert read("2024年政府信息公开工作年度报告", opening, *BODY).organ == "临江市水务局"


def test_the_clock_of_the_page_is_no_date() -> None:
    assert read("2025年12月30日 星期二", "临江市水务局2024年政府信息公开工作年度报告", *BODY).published is None


def test_a_page_that_was_moved_years_later_says_so() -> None:
    title = "临江市水务局2011年政府信息公开年度报告"
    signed = ("临江市水务局", "2012年3月18日")
    body = [line.replace("2024", "2011") for line in BODY]
    found = read(title, "发布时间：2020-03-17", *body, *signed)
    assert [each.code for each in found.problems] == ["date-of-a-move"]
    assert not read(title, "发布时间：2012-03-20", *body, *signed).problems


@pytest.mark.parametrize(
    ("title", "lines", "problem"),
    [
        (2023, ["现公布临江市水务局2024年政府信息公开工作年度报告。"], "title (text) 2023, opening 2024"),
        (2024, ["现公布临江市水务局2023年政府信息公开工作年度报告。"], "title (text) 2024, opening 2023"),
        (2023, [], "title (text) 2023, first section 2024"),
        (2024, ["根据《关于做好2023年政府信息公开工作年度报告编制发布工作的通知》编制本报告。"], None),
        (2024, ["与2023年年度报告相比，本报告增加了新的内容。"], None),
    ],
)
def test_a_year_that_was_not_changed_in_a_copy_is_a_problem(title: int, lines: list[str], problem: str | None) -> None:
    found = read(f"临江市水务局{title}年政府信息公开工作年度报告", *lines, *BODY)
    assert found.year == title  # the title is believed, and what contradicts it is told
    told = [each.message for each in found.problems if each.code == "year-conflict"]
    assert len(told) == (problem is not None) and (problem or "") in "".join(told)


@pytest.mark.parametrize(
    ("organ", "lines", "signed", "problem"),
    [
        ("临江市水务局", ["现公布青山县民政局2024年政府信息公开工作年度报告。"], "", "opening 青山县民政局"),
        ("临江市水务局", [], "青山县民政局", "signature 青山县民政局"),
        ("临江市水务局", [], "临江市民政局", "signature 临江市民政局"),
        ("临江市水务局", [], "市民政局", "signature 市民政局"),
        ("临江市人民政府", [], "青山市人民政府", "signature 青山市人民政府"),
        ("临江市水务局", [], "临江市水务局办公室", None),
        ("临江市市场监督管理局", [], "临江市市监局", None),
        ("临江市卫生健康委员会", [], "临江市卫健局", None),
        ("临江市人民政府", ["本报告由临江市行政审批局按照《条例》编制。"], "临江市人民政府办公室", None),
        ("洪山区人民政府", [], "临江市洪山区人民政府", None),
        ("临江市水务局", [], "临江市人民政府", None),
    ],
)
def test_an_organ_that_was_not_changed_in_a_copy_is_a_problem(
    organ: str, lines: list[str], signed: str, problem: str | None
) -> None:
    found = read(
        f"{organ}2024年政府信息公开工作年度报告", *lines, *BODY, *([signed, "2025年1月17日"] if signed else [])
    )
    told = [each.message for each in found.problems if each.code == "organ-conflict"]
    assert len(told) == (problem is not None) and (problem or "") in "".join(told)


def test_a_title_that_cannot_be_true_gives_way_to_the_period() -> None:
    found = read("临江市水务局2025年政府信息公开工作年度报告", "发布时间：2025-01-20", OPENING, *BODY)
    assert found.year == 2024
    assert [problem.code for problem in found.problems] == ["year-conflict"]
    for date in ("2024-01-05", "2024-10-08"):  # of a title and a period that agree, no date makes another year
        found = read("临江市水务局2024年政府信息公开工作年度报告", f"发布时间：{date}", OPENING, *BODY)
        assert found.year == 2024
        assert [problem.code for problem in found.problems] == ["year-conflict"]
    found = read("临江市水务局2023年政府信息公开工作年度报告", "发布时间：2025-01-20", OPENING, *BODY)
    assert found.year == 2023
    assert [problem.code for problem in found.problems] == ["year-conflict"]


@pytest.mark.parametrize(
    ("period", "year", "source"),
    [
        ("统计期限为2022年1月1日至2022年12月31日", 2022, "period"),
        ("统计期限自2022年1月1日起，至12月31日止", 2022, "period"),
        ("数据自2016年1月1日——2016年12月31日", 2016, "period"),
        ("统计期限为20221月1日至202212月31日", 2022, "period (doubtful)"),
        ("数据截至2022年12月31日", 2022, "period (doubtful)"),
        ("统计期限自二〇二二年1月1日起至12月31日止", 2022, "period"),
    ],
)
def test_periods(period: str, year: int, source: str) -> None:
    found = read("临江市水务局政府信息公开工作年度报告", f"本报告{period}。", "一、总体情况", "无。")
    assert found.year == year
    assert found.candidates["year"][0].source == source


@pytest.mark.parametrize(
    ("organ", "year", "due"),
    [
        ("临江市人民政府", 2024, "2025-03-31"),
        ("临江市", 2024, "2025-03-31"),
        ("临江市水务局", 2024, "2025-01-31"),
        ("临江市人民政府办公室", 2024, "2025-01-31"),
        ("临江县城关镇人民政府", 2024, "2025-01-31"),
        ("临江经济技术开发区", 2024, "2025-01-31"),
        ("临江市水务局", 2016, "2017-03-31"),
    ],
)
def test_statutory_dates(organ: str, year: int, due: str) -> None:
    assert str(statutory_date(organ, year)) == due


def test_governments() -> None:
    assert is_local_government("内临古自治区人民政府")
    assert not is_local_government("临江区人民政府解放街道办事处")
    assert is_local_government("上海市浦东新区") and is_local_government("神农架林区")  # districts by law
    assert not is_local_government("临江新区") and not is_local_government("临江市国有林区")


@pytest.mark.parametrize(
    ("organ", "sentence", "scope"),
    [
        (
            "临江市人民政府",
            "2024年，我市共收到申请30件。本报告反映的是临江市人民政府本级的数据，不含所属部门。",
            "organ",
        ),
        ("临江市人民政府", "全市行政机关共受理政府信息公开申请30件。", "jurisdiction"),
        ("临江市人民政府", "本报告汇总全市各部门的数据。", "jurisdiction"),
        ("临江市人民政府", "市政府办公室代表市政府受理申请3件。", "organ"),
        ("临江市人民政府", "工作取得新进展。", None),
        ("临江市水务局", "我局全年收到政府信息公开申请3件。", "organ"),
        ("临江市水务局", "为全市经济发展提供支撑，共收到政府信息公开申请3件。", None),
        ("临江市水务局", "临江市水务局收到政府信息公开申请3件。", "organ"),
        ("临江市水务局", "本报告数据包括局机关及各县区局、派出机构。", "jurisdiction"),
        ("临江市人民政府", "全市收到政府信息公开申请30件，其中市政府办公室收到3件。", "jurisdiction"),
        ("临江市人民政府", "本报告综合各县（市、区）和各部门年度报告编制而成。", "jurisdiction"),
        ("临江市人民政府", "根据《关于做好全市年度报告编制工作的通知》编制本报告。", None),
        ("临江县人民政府", "报告反映的是县本级政府信息公开工作情况。", "organ"),
        ("临江市解放街道办事处", "报告反映的是街道本级政府信息公开工作情况。", "organ"),
        ("临江经济开发区管理委员会", "本报告综合了各部门和各街道的年度报告。", "jurisdiction"),
        ("临江市水务局", "本报告数据统计范围为局机关及局属单位。", "jurisdiction"),
        ("临江市水务局", "本局及所属事业单位全年收到政府信息公开申请5件。", "jurisdiction"),
        ("黄江海关", "本报告数据包含黄江海关及隶属海关。", "jurisdiction"),
        ("临江市水务局", "本报告数据为局机关数据，不包括局机关及所属单位以外的数据。", "organ"),
        ("临江市水务局", "我局收到申请5件，并及时与所属科室沟通。", "organ"),
        ("临江市统计局", "现将临江市统计局2024年工作情况报告如下。", None),
        ("临江市综合行政执法支队", "请与临江市综合行政执法支队联系。", None),
        ("临江市水务局", "请到人民路1号综合办公楼联系临江市水务局。", None),
    ],
)
def test_scope(organ: str, sentence: str, scope: str | None) -> None:
    assert (
        read(f"{organ}2024年政府信息公开工作年度报告", "一、总体情况", sentence, "二、主动公开政府信息情况").scope
        == scope
    )


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


def test_a_title_on_three_lines_of_a_cover() -> None:
    found = read("临江市水务局", "2024年政府信息公开", "工作年度报告", "2025年1月", OPENING, *BODY)
    assert found.title == "临江市水务局2024年政府信息公开工作年度报告"
    assert found.published == "2025-01"


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


def test_hints_help_only_where_the_page_is_silent() -> None:
    hints = Hints(anchor="临江市教育局2023年政府信息公开年报", portal_organ="临江市人民政府")
    found = read("一、总体情况", "工作有序。", "二、主动公开政府信息情况", hints=hints)
    assert (found.organ, found.year) == ("临江市教育局", 2023)
    found = read("临江市水务局2024年政府信息公开工作年度报告", *BODY, hints=hints)
    assert (found.organ, found.year) == ("临江市水务局", 2024)


@pytest.mark.parametrize(
    ("parts", "verdict"),
    [
        (
            ["临江市水务局2024年政府信息公开工作年度报告", OPENING, *BODY, "三、收到和处理政府信息公开申请情况"],
            "report",
        ),
        (["临江市2024年政府网站工作年度报表", "网站名称：临江市人民政府"], "not_a_report"),
        (["临江市2024年法治政府建设年度报告", "一、主要做法", "内容"], "not_a_report"),
        (["政府信息公开指南", "受理机构：办公室"], "not_a_report"),
        (["关于做好2024年政府信息公开工作年度报告编制工作的通知", "各部门：请按时编制。"], "not_a_report"),
        (["市政府召开专题会议", "会议强调要抓好落实。"], "not_a_report"),
    ],
)
def test_classify(parts: list[str], verdict: str) -> None:
    document = page(*parts, headings=[parts[0]])
    assert classify(document, describe(document))[0] == verdict


ALPHABET = (
    "政府信息公开工作年度报告一二、（）()：:，,。;\n 2024年1月7日0578-209823@#"
    "地址电话邮编传真联系与请全市我局件申请受理复议.gov.cnAThttp/www"
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.text(alphabet=ALPHABET, max_size=120), max_size=12),
    st.lists(st.text(alphabet=ALPHABET, max_size=20), max_size=8),
)
def test_any_page_is_described_without_an_error(texts: list[str], cells: list[str]) -> None:
    parts: list[str | Grid] = [*texts]
    if cells:
        parts.insert(0, grid(cells, list(reversed(cells))))
    document = page(*parts, headings=texts[:2], title="".join(texts[:1]), meta=[("pubdate", "".join(texts[:1]))])
    found = describe(document)
    classify(document, found)
    for figure in read_figures(found.sections):
        section = next(each for each in found.sections if each.number == figure.section)
        assert figure.raw == section.text[figure.start : figure.end] or len(found.sections) > 1
    assert all(len(plain(text)) == len(text) for text in texts)


def test_a_validity_is_no_date_of_a_signature() -> None:
    found = read("临江市水务局2024年政府信息公开工作年度报告", "有效期：2025-01-17", *BODY)
    assert found.published is None


@pytest.mark.parametrize(
    "title",
    ["【2024年】临江市水务局政府信息公开工作年度报告", "临江市水务局2024年1-12月政府信息公开工作年度报告"],
)
def test_brackets_and_months_are_no_part_of_the_organ(title: str) -> None:
    assert read(title, *BODY).organ == "临江市水务局"


def test_a_label_of_the_page_is_no_organ() -> None:
    opening = "本报告由临江市水务局按照《条例》编制。"
    found = read("信息分类：政府信息公开年报", "政府信息公开工作年度报告", opening, *BODY)
    assert found.organ == "临江市水务局"


def test_the_organ_in_full_stands_anywhere_in_the_text() -> None:
    found = read(
        "临江县青山乡2024年政府信息公开年报", *BODY[:2], "2024年我乡印发《临江县青山乡人民政府工作规则》。", *BODY[2:]
    )
    assert found.organ == "临江县青山乡人民政府"


def test_the_organ_on_a_line_of_its_own_under_the_title() -> None:
    body = [line.replace("我局", "全年") for line in BODY]
    assert read("2024年政府信息公开工作年度报告", "临江市水务局", *body).organ == "临江市水务局"


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("2025年01月17日 星期五 10:20 来源：水务局", "2025-01-17"),
        ("今天是2025年3月5日 星期三 来源：水务局", None),
        ("有效期至2026年12月31日", None),
    ],
)
def test_a_weekday_beside_the_source_and_a_day_on_which_something_ends(line: str, published: str | None) -> None:
    assert read("临江市水务局2024年政府信息公开工作年度报告", line, *BODY).published == published
