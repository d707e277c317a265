"""Sentences whose numbers are not what they look like, and phrasings that few writers use (data/narrative.yaml)."""

from __future__ import annotations

from typing import Any

import pytest

from reports.narrative import read_figures
from reports.record import Section


def figures(text: str) -> list[tuple[str, Any]]:
    sections = [Section(number="一", title="总体情况", text=text)]
    return [(each.key, each.value) for each in read_figures(sections, year=2024)]


@pytest.mark.parametrize(
    "text",
    [
        "收到第一件政府信息公开申请，已当场办理。",
        "全年收到政府信息公开申请数十件。",
        "全年收到政府信息公开申请上百件。",
        "较上年新增政府信息公开申请4件。",
        "按照《关于制定3件规范性文件的通知》执行。",
        "培训工作人员120人次，收集意见建议30件。",
        "通过政府网站、微信公众号发布信息97条。",
        "我局作为被告的行政诉讼案件80件，其中涉及政府信息公开的案件另行统计。",
        "受理行政复议申请63件，均与政府信息公开工作无关。",
        "未发生因政府信息公开被纠错的行政复议、行政诉讼案件。",
        "受理“一件事”申请2300件，办结2300件。",
        "将依申请公开信息3条转为主动公开。",
        "市场主体准入受理申请900件。",
    ],
)
def test_numbers_that_are_no_figures(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("平均每季度收到政府信息公开申请10件。", [("received_partial", 10)]),
        ("月均受理政府信息公开申请15件。", [("received_partial", 15)]),
        ("2024年5月，收到政府信息公开申请3件。", [("received_partial", 3)]),
        ("收到书面申请2件、网上申请21件。", [("received_part", 2)]),
        ("2023年、2024年分别收到政府信息公开申请51件、53件。", [("received_part", 51)]),
        ("收到政府信息公开申请9件，超期未答复2件。", [("received", 9)]),
        ("上年结转政府信息公开申请数量2件。", [("carried_in", 2)]),
        ("部分公开3件，部分不予公开1件。", [("partly_granted", 3)]),
        (
            "依申请公开办件总量11件，其中新收9件、上年结转2件，办结8件。",
            [("received", 9), ("carried_in", 2), ("handled", 8)],
        ),
        ("处理投诉举报320件，处理公开申请9件。", [("handled", 9)]),
        ("自条例实施以来累计收到政府信息公开申请312件，其中2024年收到9件。", [("received", 9)]),
        ("累计主动公开政府信息5.6万条，其中2024年主动公开信息97条。", [("published_items", 97)]),
        ("发布解读材料23篇，其中视频解读2个。", [("interpretations", 23), ("interpretations_part", 2)]),
        ("办理行政复议案件136件、行政应诉案件52件，其中涉及政府信息公开的行政复议1件。", [("reviews", 1)]),
        ("政府公报创刊以来共出版831期。", []),
    ],
)
def test_figures_of_a_part_or_of_another_time(text: str, expected: list[tuple[str, Any]]) -> None:
    assert [each for each in figures(text) if not each[0].endswith("cumulative")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("信息公开申请：9件；办结：8件。", [("received", 9), ("handled", 8)]),
        ("申请量为9件，与上年持平。", [("received", 9)]),
        ("政府信息公开申请受理量9件。", [("received", 9)]),
        ("依申请公开受理9件、办结8件。", [("received", 9), ("handled", 8)]),
        ("公民向本机关申请获取政府信息9件。", [("received", 9)]),
        ("共接到信息公开申请9起。", [("received", 9)]),
        ("本年度没有收到依申请公开事项。", [("received", 0)]),
        ("全年共办理依申请公开件8件。", [("handled", 8)]),
        ("2023年度结转至2024年度2件。", [("carried_in", 2)]),
        ("剩余3件未到答复期限，结转下一年度。", [("carried_forward", 3)]),
        ("不同意公开3件。", [("refused", 3)]),
        ("政府信息公开行政复议、行政诉讼均为0件。", [("reviews", 0), ("lawsuits", 0)]),
        ("全年无一件政府信息公开行政复议。", [("reviews", 0)]),
        ("政府公报全年编发19期。", [("gazette_issues", 19)]),
        ("政府公报出刊4期。", [("gazette_issues", 4)]),
        ("召开新闻发布会（通气会）5场。", [("press_conferences", 5)]),
        ("制定并公开行政规范性文件3件。", [("normative_documents_issued", 3)]),
        ("无公民、法人和其他组织向我局提出政府信息公开申请。", [("received", 0)]),
        ("收到的9件申请均已办理。", [("received", 9)]),
        ("2023年度结转办理2件。", [("carried_in", 2)]),
        ("答复申请人8件政府信息公开申请。", [("handled", 8)]),
        ("编印《临江市人民政府公报》4期。", [("gazette_issues", 4)]),
        ("举办新闻发布会、政策吹风会共6场次。", [("press_conferences", 6)]),
        ("共有9人次递交政府信息公开申请书9份。", [("received", 9)]),
        ("工作平稳有序，全年申请受理数9件。", [("received", 9)]),
        ("有3件申请跨年度办理。", [("carried_forward", 3)]),
        ("平均办理用时12天，办理政府信息公开申请8件。", [("handled", 8)]),
    ],
)
def test_rarer_phrasings(text: str, expected: list[tuple[str, Any]]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("受理、答复依申请公开分别为12件和10件。", [("received", 12), ("handled", 10)]),
        ("全年收到、办结政府信息公开申请分别为12件、10件。", [("received", 12), ("handled", 10)]),
        ("新收申请和上年结转申请分别为12件和3件。", [("received", 12), ("carried_in", 3)]),
        ("因信息公开引起的行政复议、行政诉讼分别为4件和2件。", [("reviews", 4), ("lawsuits", 2)]),
        ("线上、线下收到申请分别为9件、3件。", []),
        ("县政府办公室、县公安局收到申请分别为9件、3件。", []),
        ("线上受理、线下受理申请分别为9件和3件。", []),
    ],
)
def test_figures_that_are_named_first_and_counted_then(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(key, value) for key, value in figures(text) if not key.endswith("_part")] == expected


def test_a_count_up_to_a_month_is_of_a_part_of_the_year() -> None:
    assert figures("截至2024年6月底，共收到政府信息公开申请20件。") == [("received_partial", 20)]
    assert figures("截至2024年12月底，共收到政府信息公开申请20件。") == [("received", 20)]


def test_what_this_year_is_compared_with_is_an_earlier_figure() -> None:
    assert figures("较2023年政府信息公开申请31件增加15件。") == [("received_earlier", 31)]
    assert ("handled", 46) not in figures("全年接收处理政府信息公开申请46件。")
