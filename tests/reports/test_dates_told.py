"""When a report was published and of which year it is: what the page tells, and what is not believed."""

from __future__ import annotations

import pytest

from reports.metadata.statutory import statutory_date
from tests.reports.described import BODY, OPENING, read


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
        ("来源：临江市水务局 浏览次数：20250120", None),
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


@pytest.mark.parametrize(
    "line",
    ["临江市教育局 2025年1月17日", "临江市教育局，二〇二五年一月十七日", "临江市教育局\n二〇二五年一月十七日印发"],
)
def test_organ_and_date_signed_in_one_line(line: str) -> None:
    found = read("2024年政府信息公开工作年度报告", OPENING, *BODY, *line.split("\n"))
    assert (found.organ, found.published) == ("临江市教育局", "2025-01-17")


def test_a_sentence_with_a_date_is_no_signature() -> None:
    found = read("临江市教育局2024年政府信息公开工作年度报告", OPENING, *BODY[:-1], "下一次检查定于2025年3月1日。")
    assert found.published is None


def test_the_clock_of_the_page_is_no_date() -> None:
    assert read("2025年12月30日 星期二", "临江市水务局2024年政府信息公开工作年度报告", *BODY).published is None


def test_a_page_that_was_moved_years_later_says_so() -> None:
    title = "临江市水务局2011年政府信息公开年度报告"
    signed = ("临江市水务局", "2012年3月18日")
    body = [line.replace("2024", "2011") for line in BODY]
    found = read(title, "发布时间：2020-03-17", *body, *signed)
    assert [each.code for each in found.problems] == ["date-of-a-move"]
    assert found.days_late is None  # the day of a move is no measure of lateness
    assert not read(title, "发布时间：2012-03-20", *body, *signed).problems


@pytest.mark.parametrize("label", ["更新时间", "最后更新时间", "修改时间"])
def test_a_page_that_shows_only_its_last_edit_is_not_called_late(label: str) -> None:
    title = "临江市水务局2024年政府信息公开工作年度报告"
    found = read(title, f"{label}：2025-06-17", *BODY)
    assert (found.published, found.days_late) == (None, None)  # it may have stood there long before
    assert [each.code for each in found.problems] == ["date-of-an-edit"]
    assert [each.value for each in found.candidates["published"]] == ["2025-06-17"]
    in_time = read(title, f"{label}：2025-01-17", *BODY)
    assert in_time.days_late == -14  # published before the edit, so in time as well
    both = read(title, "发布时间：2025-02-03", f"{label}：2025-06-17", *BODY)
    assert (both.published, both.days_late, both.problems) == ("2025-02-03", 3, [])


def test_the_address_and_the_signature_go_before_the_day_of_an_edit() -> None:
    lines = ("临江市水务局2024年政府信息公开工作年度报告", "更新时间：2025-06-17", *BODY)
    assert read(*lines, "临江市水务局", "2025年1月17日").published == "2025-01-17"
    assert read(*lines, address="http://www.linjiang.gov.cn/art/2025/1/20/art_12_345.html").published == "2025-01-20"


@pytest.mark.parametrize(
    ("title", "lines", "problem"),
    [
        (2023, ["现公布临江市水务局2024年政府信息公开工作年度报告。"], "title (text) 2023, opening 2024"),
        (2024, ["现公布临江市水务局2023年政府信息公开工作年度报告。"], "title (text) 2024, opening 2023"),
        (2024, ["2023年度，临江市水务局认真贯彻《条例》，现报告如下。"], "title (text) 2024, opening 2023"),
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
        ("统计期限为2022年1－12月", 2022, "period"),
        ("统计时间：2022年全年", 2022, "period"),
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


def test_a_validity_is_no_date_of_a_signature() -> None:
    found = read("临江市水务局2024年政府信息公开工作年度报告", "有效期：2025-01-17", *BODY)
    assert found.published is None


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


@pytest.mark.parametrize(
    "clock",
    [
        "2026年11月27日 农历十月十八 多云 8~15℃",
        "当前日期：2026年11月27日",
        "2026-11-27 14:33:05",
        "2026年11月27日 星期五",
    ],
)
def test_the_clock_in_a_pages_head_is_no_date_of_publication(clock: str) -> None:
    title = "临江市水务局2024年政府信息公开工作年度报告"
    assert read(clock, title, OPENING, *BODY, "临江市水务局", "2025年1月18日").published == "2025-01-18"
    assert read(clock, title, "2025-01-20", OPENING, *BODY).published == "2025-01-20"


def test_a_date_in_brackets_under_the_title_is_when_it_was_signed() -> None:
    title = "临江市水务局2024年政府信息公开工作年度报告"
    assert read("发文日期：2025-01-20", title, "（2025年1月12日）", OPENING, *BODY).published == "2025-01-20"
    assert read(title, "（2025年1月12日）", OPENING, *BODY).published == "2025-01-12"


def test_a_period_in_words_tells_the_year() -> None:
    opening = "所列数据统计时间为二〇二四年一月一日至十二月三十一日。"
    found = read("临江市水务局政府信息公开工作年度报告", opening, "一、总体情况", "二、主动公开政府信息情况")
    assert found.year == 2024


def test_a_documents_number_is_no_date() -> None:
    assert read("临江市水务局2024年政府信息公开工作年度报告", "（2025年第1号）", *BODY).published is None


@pytest.mark.parametrize("organ", ["临江经济开发区人民政府", "云台山风景名胜区", "临江临空经济区", "临江产业集聚区"])
def test_a_zone_is_no_local_government(organ: str) -> None:
    assert str(statutory_date(organ, 2024)) == "2025-01-31"


@pytest.mark.parametrize(
    "line",
    ["文章发布时间：2025-01-20", "发表于 2025-01-20 10:20", "发布时间 2025-01-20", "临江市水务局 发布于 2025年1月20日"],
)
def test_labels_of_the_date_without_a_colon(line: str) -> None:
    title = "临江市水务局2024年政府信息公开工作年度报告"
    assert read(title, line, OPENING, *BODY, "临江市水务局", "2025年1月18日").published == "2025-01-20"


@pytest.mark.parametrize(
    "line", ["临江市水务局办公室　2025年1月18日印发", "填报单位：临江市水务局　填报日期：2025年1月18日"]
)
def test_rarer_signatures(line: str) -> None:
    assert read("临江市水务局2024年政府信息公开工作年度报告", OPENING, *BODY, line).published == "2025-01-18"


@pytest.mark.parametrize(
    "lines",
    [
        ("更新时间", "2025-09-09"),
        ("更新时间：", "2025-09-09"),
        ("最后更新 2025-09-09",),
        ("更新于2025-09-09",),
        ("最后修改", "2025-09-09"),
    ],
)
def test_the_day_of_an_edit_below_its_label_is_no_signature(lines: tuple[str, ...]) -> None:
    found = read("临江市水务局2024年政府信息公开工作年度报告", *lines, OPENING, *BODY)
    assert (found.published, found.days_late, found.organ) == (None, None, "临江市水务局")


@pytest.mark.parametrize(
    "line",
    ["2025-01-17　更新：2025-09-09", "稿源：水务局　2025年1月17日 10:20", "首次发布：2025-01-17 页面更新：2025-09-09"],
)
def test_the_day_beside_that_of_an_edit(line: str) -> None:
    assert read("临江市水务局2024年政府信息公开工作年度报告", line, OPENING, *BODY).published == "2025-01-17"


def test_metadata_a_year_after_the_signature_tell_when_the_page_was_made_again() -> None:
    title, signed = "临江市水务局2024年政府信息公开工作年度报告", ("临江市水务局", "2025年1月17日")
    made = [("pubdate", "2026-11-20 03:00:00")]
    assert read(title, OPENING, *BODY, *signed, meta=made).published == "2025-01-17"
    assert read(title, OPENING, *BODY, *signed, meta=[("pubdate", "2025-02-03 03:00:00")]).published == "2025-02-03"
    shown = read(title, "发布时间：2026-11-20", OPENING, *BODY, *signed, meta=made)
    assert shown.published == "2026-11-20"  # said to be the day of a move


@pytest.mark.parametrize("label", ["报告发布时间", "稿件时间", "提供时间", "签发时间", "撰写日期"])
def test_rarer_labels_of_the_day(label: str) -> None:
    lines = ["临江市水务局2024年政府信息公开工作年度报告", f"{label}：2025-01-19 浏览：35"]
    assert read(*lines, *BODY).published == "2025-01-19"
