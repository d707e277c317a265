"""Title, organ, year, date, scope, sections and lateness of a report (reports/metadata), on documents built by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.characters import plain
from reports.classify import classify
from reports.document import Grid
from reports.metadata import Hints, describe
from reports.narrative import read_figures
from tests.reports.described import BODY, OPENING, grid, page, read


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


@pytest.mark.parametrize(
    ("organ", "sentence", "scope"),
    [
        ("临江市人民政府", "本报告为临江市人民政府本级报告，各单位报告另行发布。", "organ"),
        ("临江市教育局", "全市教育系统主动公开信息3000条，我局收到申请12件。", "organ"),
        ("临江市人民政府", "本报告数据为市本级和各县（市、区）合计数。", "jurisdiction"),
        ("临江县农业农村局", "2024年，县农业农村局共收到政府信息公开申请3件。", "organ"),
        ("临江县卫生健康委员会", "2024年，县卫健委受理政府信息公开申请3件。", "organ"),
        ("临江县农业农村局", "2024年，县教育局受理政府信息公开申请3件。", None),
        ("临江县沙溪镇人民政府", "2024年，临江县沙溪镇人民政府受理政府信息公开申请3件。", "organ"),
        ("临江县沙溪镇人民政府", "2024年，镇机关各办公室收到政府信息公开申请3件。", "organ"),
        ("临江市人民政府", "本报告由市政府各部门和乡镇（街道）的报告综合形成。", "jurisdiction"),
        ("临江市人民政府", "本报告统计数据为市政府及其办公室的数据，各部门、各乡镇另行公布。", "organ"),
        ("临江市人民政府", "2024年，市政府办公室以市政府名义受理申请8件。", "organ"),
        ("临江市人民政府", "2024年，市政府（含办公室）收到政府信息公开申请8件。", "organ"),
        ("临江市人民政府", "2024年，市县镇三级共收到政府信息公开申请88件。", "jurisdiction"),
        ("临江市人民政府", "本报告仅反映市政府本级受理情况。", "organ"),
        ("临江市发展和改革委员会", "本报告包括临江市发展和改革委员会及其管理的单位。", "jurisdiction"),
        ("临江市人民政府", "2024年，市、镇两级机关收到申请34件。", "jurisdiction"),
        ("临江市人民政府", "2024年，市政府及其部门、乡镇共收到申请88件。", "jurisdiction"),
        ("临江市人民政府", "本报告仅涉及市政府机关，不涉及部门与乡镇。", "organ"),
        ("临江县农业农村局", "数据口径：局机关。", "organ"),
        ("临江县农业农村局", "2024年，局机关和各分局收到政府信息公开申请3件。", "jurisdiction"),
        ("临江县农业农村局", "2024年，局属单位与机关合计收到政府信息公开申请3件。", "jurisdiction"),
        ("临江县农业农村局", "按照统一部署，县农业农村局严格落实，收到政府信息公开申请3件。", "organ"),
        ("临江市人民政府", "2024年，全域共办理政府信息公开申请88件。", "jurisdiction"),
        ("临江市人民政府", "2024年，临江市各级各类行政机关收到政府信息公开申请88件。", "jurisdiction"),
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
        ("临江市人民政府", "2024年，我市稳步推进。报告所列数据仅为临江市人民政府本级，不包括各部门和乡镇。", "organ"),
        ("临江市水务局", "本报告所列数据不包含局属单位。", "organ"),
        ("临江市水务局", "统计范围为临江市水务局本级。", "organ"),
        ("临江市人民政府", "本报告涵盖临江市各乡镇人民政府和政府各部门。", "jurisdiction"),
        ("临江市水务局", "报告数据包括临江市水务局本级及所属单位的数据。", "jurisdiction"),
        ("临江市水西区人民政府", "本报告数据统计范围：区人民政府及区政府办公室。", "organ"),
        ("临江市水西区人民政府", "所列数据为以水西区人民政府名义办理的申请数据。", "organ"),
        ("临江市水西区人民政府", "各镇街、区直部门年度报告另行公布。", "organ"),
        ("临江市石门镇人民政府", "本报告反映石门镇人民政府2024年工作情况。", "organ"),
        ("临江市石门镇人民政府", "报告数据含镇属各单位及所辖各村（社区）。", "jurisdiction"),
        ("临江市人民政府办公室", "本报告为市政府办公室本级报告，不代表全市。", "organ"),
        ("临江市人民政府", "2024年，临江市受理申请30件，其中市政府本级受理3件。", "jurisdiction"),
        ("临江市人民政府", "统计范围包括：市政府（含市政府办公室）、市直各部门、各乡镇。", "jurisdiction"),
        ("临江市人民政府", "本报告所列数据包括20个乡镇、35个市政府部门。", "jurisdiction"),
        ("临江市人民政府", "市政府各部门、各乡镇的数据不在本报告统计范围内。", "organ"),
        ("临江市人民政府办公室", "市政府办公室收到向市人民政府、市政府办公室提出的申请3件。", "organ"),
        ("国家税务总局临江市税务局", "本报告所列数据包括全市各级税务机关。", "jurisdiction"),
        ("国家税务总局临江市税务局", "统计范围包括临江市税务局及所辖各县（区）税务局。", "jurisdiction"),
        ("临江市人民政府", "共收到申请12件；各部门收到的申请由其自行统计公布。", "organ"),
        ("临江市沙溪镇人民政府", "2024年，镇政府收到政府信息公开申请2件。", "organ"),
        ("临江市人民政府办公室", "本报告数据为市政府办公室数据，全市数据见市人民政府年度报告。", "organ"),
        ("临江高新区管理委员会", "2024年，高新区管委会收到政府信息公开申请20件。", "organ"),
        ("临江市人民政府", "报告中的数据仅为临江市人民政府及其办公室所产生。", "organ"),
        ("临江县沙溪乡人民政府", "乡政府机关全年受理申请1件。", "organ"),
        ("临江省水利厅", "2024年，厅机关共收到申请25件。", "organ"),
        ("临江市人民政府", "2024年，临江市行政机关共收到政府信息公开申请98件。", "jurisdiction"),
        ("临江市人民政府", "本报告为临江市人民政府本级年度报告，全市汇总情况另行发布。", "organ"),
        ("临江市教育局", "本报告统计数据不包括各学校。", "organ"),
        ("临江市沙溪镇人民政府", "2024年，沙溪镇共收到政府信息公开申请2件。", "organ"),
        ("临江省水利局", "2024年，省局共收到申请320件。", "organ"),
        ("临江省水利局", "本报告数据仅限省局机关。", "organ"),
        ("国家统计局临江调查队", "2024年，临江调查队收到政府信息公开申请1件。", "organ"),
        ("交通运输部", "2024年，部机关新收政府信息公开申请520件。", "organ"),
        ("临江市人民政府", "以市人民政府为答复主体的政府信息公开申请共12件。", "organ"),
        ("临江市人民政府", "各部门、各乡镇年度报告已分别公布，本报告不再汇总。", "organ"),
        ("黟县宏村镇人民政府", "宏村镇人民政府收到政府信息公开申请1件。", "organ"),
        ("临江高新区管理委员会", "本报告数据包括管委会各部门及所辖街道、镇。", "jurisdiction"),
    ],
)
def test_scope(organ: str, sentence: str, scope: str | None) -> None:
    assert (
        read(f"{organ}2024年政府信息公开工作年度报告", "一、总体情况", sentence, "二、主动公开政府信息情况").scope
        == scope
    )


def test_a_title_on_three_lines_of_a_cover() -> None:
    found = read("临江市水务局", "2024年政府信息公开", "工作年度报告", "2025年1月", OPENING, *BODY)
    assert found.title == "临江市水务局2024年政府信息公开工作年度报告"
    assert found.published == "2025-01"


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


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("附件1\n临江市水务局2024年政府信息公开工作年度报告", "临江市水务局2024年政府信息公开工作年度报告"),
        (
            "关于公布临江市水务局2024年政府信息公开工作年度报告的公告_临江市水务局网站",
            "关于公布临江市水务局2024年政府信息公开工作年度报告的公告",
        ),
    ],
)
def test_what_stands_around_a_title_is_taken_away(heading: str, title: str) -> None:
    assert read("首页", *BODY, headings=[heading]).title == title


def test_a_title_broken_in_its_year() -> None:
    found = read("临江市水务局20", "24年政府信息公开工作年度报告", *BODY)
    assert (found.title, found.year) == ("临江市水务局2024年政府信息公开工作年度报告", 2024)


def test_a_table_of_contents_hides_nothing() -> None:
    contents = [
        "目　录",
        "一、总体情况……1",
        "二、主动公开政府信息情况……2",
        "三、收到和处理政府信息公开申请情况",
        "六、其他需要报告的事项",
    ]
    title = "2024年政府信息公开工作年度报告"
    opening = "本报告由临江市水务局编制，统计期限自2024年1月1日起至12月31日止。"
    body = [
        "一、总体情况",
        "工作有序。",
        "二、主动公开政府信息情况",
        "略。",
        "三、收到和处理政府信息公开申请情况",
        "无。",
    ]
    found = read(title, *contents, "发布日期：2025-01-20", opening, *body, "六、其他需要报告的事项", "无。")
    assert (found.organ, found.year, found.published) == ("临江市水务局", 2024, "2025-01-20")
    assert [section.text for section in found.sections] == ["工作有序。", "略。", "无。", "无。"]
    assert any(each.source == "period" for each in found.candidates["year"])


def test_headings_without_text_are_no_table_of_contents() -> None:
    headings = [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "六、其他需要报告的事项",
    ]
    assert len(read("临江市水务局2024年政府信息公开工作年度报告", *headings, "无。").sections) == 4


def test_a_title_broken_in_its_name() -> None:
    found = read("临江市水务局2024年政", "府信息公开工作年度报告", *BODY)
    assert (found.title, found.organ) == ("临江市水务局2024年政府信息公开工作年度报告", "临江市水务局")
