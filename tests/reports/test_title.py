"""What titles, anchors and file names say (reports/title.py)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.title import read_title
from reports.years import years_in

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"

REPORTS = [
    ("云溪县三河镇人民政府2019年至2021年政府信息公开工作年度报告", "云溪县三河镇人民政府", 2021),
    ("云溪县教育局2019年度至2020年度政府信息公开年报", "云溪县教育局", 2020),
    ("临江市水务局2024年政府信息公开工作年度报告", "临江市水务局", 2024),
    ("临江市水务局2024年度政府信息公开工作报告", "临江市水务局", 2024),
    ("2019年宅坪镇政府信息公开工作报告", "宅坪镇", 2019),
    ("云江省卫生健康委关于2022年政府信息公开工作的年度报告", "云江省卫生健康委", 2022),
    ("2025年度政府信息公开工作年度报告", None, 2025),
    ("2014年华江县人民政府信息公开工作年度报告", "华江县人民政府", 2014),
    ("临江市水务局2023年政府信息公开工作告年度报", "临江市水务局", 2023),
    ("2025年临江市2025年政府信息公开工作年度报告", "临江市", 2025),
    ("临江市水务局二〇二四年政府信息公开工作年度报告", "临江市水务局", 2024),
    ("临江市水务局二○一四年度政府信息公开年报", "临江市水务局", 2014),
    ("临江市水务局2O21年政府信息公开工作年度报告", "临江市水务局", 2021),
    ("临江市2022年政府信息公开工作年度报告（临江市城市管理局）", "临江市城市管理局", 2022),
    ("信息公开工作年度报告（临江市投资促进中心2023年）", "临江市投资促进中心", 2023),
    ("临江县2022年政府信息公开工作年度报告（县住建局）", "临江县住建局", 2022),
    ("临江市信訪局2009年度政府資訊公開年度報告", "临江市信访局", 2009),
    ("临江市水务局<br>2024 年政府信息公开<br/>工作年度报告", "临江市水务局", 2024),
    ("临江市水务局2023年政府信息公开年度报告-临江市水务局", "临江市水务局", 2023),
    ("临江市人民政府 | 临江市财政局2023年政府信息公开年度报告", "临江市财政局", 2023),
    ("临江市水务局2023年政府信息公开年度报告_临江市人民政府", "临江市水务局", 2023),
    ("附件1：临江市财政局2023年政府信息公开工作年度报告.docx", "临江市财政局", 2023),
    ("2023年政府信息公开年报20240118.pdf", None, 2023),
    ("2025年度政府信息公开工作年度报告（临江县文旅广电局）", "临江县文旅广电局", 2025),
    ("临江市卫生健康委员会政府信息公开工作年度报告（2023年度）", "临江市卫生健康委员会", 2023),
    ("首页 > 政府信息公开年报 > 临江县2021年政府信息公开年报", "临江县", 2021),
    ("学院路街道办事处2021年政府信息公开工作年度报告", "学院路街道办事处", 2021),
    ("【年报】临江市水务局2023年政府信息公开年报", "临江市水务局", 2023),
    ("（临江市人防办）2011年度信息公开报告", "临江市人防办", 2011),
    ("临江市委组织部2020年信息公开工作年度报告", "临江市委组织部", 2020),
    ("临江市发改委（临江市粮食局）2023年政府信息公开工作年度报告", "临江市发改委(临江市粮食局)", 2023),
    ("临江市水务局——2023年政府信息公开工作年度报告", "临江市水务局", 2023),
    ("临江市水务局公开2023年政府信息公开工作年度报告", "临江市水务局", 2023),
    ("临江市水务局2023年政府信息公开工作基本情况报告", "临江市水务局", 2023),
    ("〔2023〕临江市水务局政府信息公开工作年度报告", "临江市水务局", 2023),
    ("临江市水务局发布的2023年政府信息公开工作年度报告", "临江市水务局", 2023),
    ("临江市水务局2023年1月1日至12月31日政府信息公开工作年度报告", "临江市水务局", 2023),
    ("临江市水务局贯彻落实《中华人民共和国政府信息公开条例》2009年度报告", "临江市水务局", 2009),
    ("临江市水务局关于贯彻《政府信息公开条例》2009年工作情况的报告", "临江市水务局", 2009),
    ("临江市水务局政府信息公开条例实施情况2009年度报告", "临江市水务局", 2009),
    ("更正：临江市水务局2023年政府信息公开工作年度报告", "临江市水务局", 2023),
    ("临江市水务局（2023年）政府信息公开工作年度报告", "临江市水务局", 2023),
    ("No.1 临江市水务局2023年政府信息公开工作年度报告", "临江市水务局", 2023),
    ("临江市水务局2023年第1号 政府信息公开工作年度报告", "临江市水务局", 2023),
    ("临江市水务局2023财年政府信息公开工作年度报告", "临江市水务局", 2023),
    ("临江市水务局2023年度政府信息主动公开和依申请公开工作年度报告", "临江市水务局", 2023),
    ("2023年政府信息公开工作年度报告临江市水务局", None, 2023),
    ("临江市水务局2023年政府信息公开工作（年度）报告", "临江市水务局", 2023),
]

DISCLOSURE_OF_AFFAIRS = [  # another name of it, in the reports' column
    ("临江市综合行政执法局2023年政务公开工作年度报告", "临江市综合行政执法局", 2023),
    ("临江市水务局2023年政务公开工作情况报告", "临江市水务局", 2023),
    ("临江市水务局2023年政府信息与政务公开工作年度报告", "临江市水务局", 2023),
]

DECOYS = [
    "三分钟看懂临江市水务局2023年政府信息公开年报",
    "临江市水务局2023年政府信息公开工作年度报告（可视化版）",
    "临江市水务局2023年度“三公”经费信息公开情况报告",
    "临江市贯彻落实《政府信息公开条例》实施办法",
    "2023年度政府信息公开工作年度报告填报系统使用手册",
    "关于征集2023年度政府信息公开年报意见建议的公告",
    "2023年政府信息公开年报“画”重点",
    "漫说年报|临江市水务局2023年政府信息公开工作年度报告",
    "2023年度政府信息公开工作年度报告起草说明",
    "临江市2023年度政府信息公开社会评议报告",
    "临江市公共交通集团有限公司2023年度企业信息公开报告",
    "临江市殡仪馆2023年公共服务信息公开年度报告",
    "2024年政府网站工作年度报表",
    "政府网站监管年度报表",
    "临江市2024年法治政府建设年度报告",
    "2024年政府工作报告",
    "政府信息公开指南",
    "政府信息公开年报制度",
    "关于报送2023年政府信息公开工作年度报告的通知",
    "关于做好2023年政府信息公开工作年度报告编制发布工作的通知",
    "市政府发布2023年政府信息公开工作年度报告",
    "图解：临江市2023年政府信息公开年报",
    "一图读懂临江市2023年政府信息公开工作年度报告",
    "临江市2015年国民经济和社会发展统计公报",
    "临江市水务局2022年度部门决算",
    "2023年政务公开工作要点",
    "2023年政务公开工作总结",
    "企业年报公示",
    "我市各部门2024年政府信息公开工作年度报告陆续公布",
    "临江市2024年政府信息公开工作年度报告全部公布",
    "临江大学2022-2023学年信息公开工作年度报告",
    "一图读懂｜2023年临江市政府信息公开工作年度报告",
    "我市2023年政府信息公开工作年度报告全部按期发布",
    "政务公开 | 2023年政府信息公开年报来了！",
]

OTHER_INFORMATION = [
    "临江市2023年环境信息公开年度报告",
    "临江市2023年卫生健康信息公开年报",
    "临江市财政局关于2023年度财政信息公开情况的报告",
]


@pytest.mark.parametrize(("text", "organ", "year"), REPORTS)
def test_reports(text: str, organ: str | None, year: int) -> None:
    reading = read_title(text)
    assert (reading.kind, reading.strength, reading.organ, reading.year) == ("report", "strong", organ, year)


@pytest.mark.parametrize(("text", "organ", "year"), DISCLOSURE_OF_AFFAIRS)
def test_reports_on_the_disclosure_of_affairs(text: str, organ: str | None, year: int) -> None:
    reading = read_title(text)
    assert (reading.kind, reading.strength, reading.organ, reading.year) == ("report", "weak", organ, year)


@pytest.mark.parametrize("text", DECOYS)
def test_decoys(text: str) -> None:
    assert read_title(text).kind == "decoy"


@pytest.mark.parametrize("text", OTHER_INFORMATION)
def test_information_that_is_not_the_governments(text: str) -> None:
    assert read_title(text).kind != "report"


@pytest.mark.parametrize("text", ["政府信息公开年报", "政府信<br>息公开年 报", "临江市水务局政府信息公开年度报告"])
def test_the_reports_name_without_a_year_is_a_column(text: str) -> None:
    assert (read_title(text).kind, read_title(text).strength) == ("other", "column")


@pytest.mark.parametrize(
    ("text", "year"), [("2024", 2024), ("2019年度", 2019), ("二〇二四年", 2024), ("临江市审计局2021年", 2021)]
)
def test_a_bare_year(text: str, year: int) -> None:
    assert (read_title(text).strength, read_title(text).year) == ("year", year)


def test_every_title_of_the_corpus_gives_its_year() -> None:
    path = CORPUS / "report_addresses.csv"
    if not path.exists():
        pytest.skip("the shared corpus is not beside this clone")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if "信息公开" in row["title"] and row["report_year"]]
    rows = [row for row in rows if "成绩单" not in row["title"]]
    assert len(rows) > 90
    assert [row["title"] for row in rows if read_title(row["title"]).year != int(row["report_year"])] == []
    assert [row["title"] for row in rows if read_title(row["title"]).kind != "report"] == []


@given(st.text(alphabet="政府信息公开工作年度报告关于的2019二〇三四年()（）-_|<>br 市局图解", max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    reading = read_title(text)
    assert reading.year is None or 2003 <= reading.year <= 2049


def test_dates_are_no_years() -> None:
    assert years_in("2023年年报2024-01-18") == [(2023, 0, 5)]


@pytest.mark.parametrize(
    "text",
    [
        "2023年政府信息公开年度报告里的民生温度",
        "临江市2023年政府信息公开工作年度报告上新",
        "临江市水务局2023年政府信息公开年报有哪些亮点",
        "临江市水务局2023年政府信息公开工作年度报告政策问答",
    ],
)
def test_words_behind_the_report_s_name_in_a_page_s_own_title(text: str) -> None:
    assert read_title(text, own=True).kind == "decoy"


def test_the_organ_of_a_notice() -> None:
    assert read_title("临江市水务局重新发布2023年政府信息公开工作年度报告").organ == "临江市水务局"


@pytest.mark.parametrize(
    "text", ["2023年政府信息公开年报市直部门", "临江市水务局2023年政府信息公开工作年度报告阅读全文"]
)
def test_words_behind_the_report_s_name_in_a_link(text: str) -> None:
    assert read_title(text).kind == "report"


def test_the_organ_of_a_letter_that_sends_a_report() -> None:
    assert read_title("关于报送临江市水务局2019年政府信息公开工作年度报告的函").organ == "临江市水务局"
    assert read_title("关于报送各部门2019年政府信息公开工作年度报告的通知").organ is None
