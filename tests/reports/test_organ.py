"""Whose report it is: names at their fullest, in every place that tells them, and where two differ."""

from __future__ import annotations

import pytest

from reports.metadata.statutory import is_local_government
from tests.reports.described import BODY, OPENING, read


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


def test_an_organ_that_publishes_in_its_own_name() -> None:
    opening = "根据条例规定，临江市水务局现公布2024年政府信息公开工作年度报告。"
    assert read("2024年政府信息公开工作年度报告", opening, *BODY).organ == "临江市水务局"


@pytest.mark.parametrize(
    ("organ", "lines", "signed", "problem"),
    [
        ("临江市水务局", ["现公布青山县民政局2024年政府信息公开工作年度报告。"], "", "opening 青山县民政局"),
        ("临江市水务局", [], "青山县民政局", "signature 青山县民政局"),
        ("临江市水务局", ["2024年，青山县民政局认真贯彻《条例》，现报告如下。"], "", "opening 青山县民政局"),
        ("临江市水务局", ["本报告由财政部青山监管局按照《条例》编制。"], "", "opening 财政部青山监管局"),
        ("临江市水务局", ["如有疑问，请与青山市民政局联系（电话：0777-2558895）。"], "", "(contact) 青山市民政局"),
        ("临江市水务局", ["如有疑问，请与临江市行政审批局联系（电话：0777-2558895）。"], "", None),
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


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("下一步，青山市水务局将加强公开。", True),
        ("2024年，青山市水务局通过网站公开信息30条。", True),
        ("2024年，临江市信访局推进公开。", False),  # another office of the place
        ("2024年，青山县水务局推进公开。", False),  # of a place below
        ("2024年，江北省水利厅推进公开。", False),  # above
    ],
)
def test_later_sections_name_other_organs_rightly_unless_of_another_place(sentence: str, told: bool) -> None:
    more = ("五、存在的主要问题及改进情况", "公开不够及时。", sentence)
    found = read("临江市水务局2024年政府信息公开工作年度报告", *BODY, *more)
    assert [each.code for each in found.problems] == (["organ-conflict"] if told else [])


def test_governments() -> None:
    assert is_local_government("内临古自治区人民政府")
    assert not is_local_government("临江区人民政府解放街道办事处")
    assert is_local_government("上海市浦东新区") and is_local_government("神农架林区")  # districts by law
    assert not is_local_government("临江新区") and not is_local_government("临江市国有林区")


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
