"""Figures in sentences (reports/narrative) and their comparison with the tables; sentences written for the test."""

from __future__ import annotations

import random
import re
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import narrative as benchmark
from demo.figures import balanced
from demo.organs import invented
from demo.render import html
from demo.writing import write
from reports import extract
from reports.narrative import compare, comparison, read_figures
from reports.narrative.numbers import chinese
from reports.record import Record, Section


def figures(text: str) -> list[tuple[str, Any]]:
    return [(each.key, each.value) for each in read_figures([Section(number="一", title="总体情况", text=text)])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年登记政府信息公开申请9件，上年度为14件，“予以公开”6件（占67%）、“不予公开”3件。",
         [("received", 9), ("granted", 6), ("refused", 3)]),
        ("共有8件政府信息公开申请，作出予以公开决定的5件，无法提供类2件，1件其他处理。",
         [("received", 8), ("granted", 5), ("unavailable", 2), ("other_outcome", 1)]),
        ("收到申请9件，其中予以公开6件，不予公开3件，全年办结9件。",
         [("received", 9), ("granted", 6), ("refused", 3), ("handled", 9)]),
        ("新收依申请公开10件，结转上年度申请1件，办理结果：予以公开6件。",
         [("received", 10), ("carried_in", 1), ("granted", 6)]),
        ("全年处理政府信息公开申请，其中新收16件，结转下一年度办理2件。", [("received", 16), ("carried_forward", 2)]),
        ("本局依申请公开收件19件。", [("received", 19)]),
        ("被申请政府信息公开行政复议的7件，被提起行政诉讼的3件。", [("reviews", 7), ("lawsuits", 3)]),
        ("门户网站全年发布信息1763余条，抖音号发布短视频87条。", [("website_items", 1763), ("new_media_items", 87)]),
        ("2021年，临江市信访局新收到申请5件。", [("received", 5)]),
        ("受理行政许可申请8268件，办结8260件。", []),
        ("审理行政复议案件11件，办结10件。", []),
        ("办理市长信箱来信87件，答复85件。", []),
        ("预计2026年受理政府信息公开申请50件左右。", []),
        ("审核拟公开文件178件，其中予以公开169件，不予公开9件。", []),
        ("全年新收政府信息公开申请21件，上年结转3件。", [("received", 21), ("carried_in", 3)]),
        ("2023 年全区受理政府信息公开申请 1,136 件。", [("received", 1136)]),
        ("共收到申请公开政府信息请求1件。", [("received", 1)]),
        ("收到政府信息公开申请一件。", [("received", 1)]),
        ("全年政府信息公开申请收到数为0件。", [("received", 0)]),
        (
            "制发行政规范性文件6件，现行有效45件。",
            [("normative_documents_issued", 6), ("normative_documents_in_force", 45)],
        ),
        ("公布规章和规范性文件目录，现行有效45件。", []),
        ("共收到12件政府信息公开申请。", [("received", 12)]),
        ("全年未收到政府信息公开申请。", [("received", 0)]),
        (
            "处理申请462件（其中，2023年结转28件），转2025年继续办理22件。",
            [("handled", 462), ("carried_in", 28), ("carried_forward", 22)],
        ),
        ("另有72件申请按规定顺延到下年度答复。", [("carried_forward", 72)]),
        (
            "予以公开3件，部分公开4件，不予公开5件，无法提供6件，不予处理7件，其他处理8件。",
            [
                ("granted", 3),
                ("partly_granted", 4),
                ("refused", 5),
                ("unavailable", 6),
                ("not_processed", 7),
                ("other_outcome", 8),
            ],
        ),
        ("予以公开及部分公开258件。", [("granted_and_partly", 258)]),
        ("不予处理和其他处理8件。", [("not_processed_and_other", 8)]),
        ("因政府信息公开被申请行政复议5件、提起行政诉讼2件。", [("reviews", 5), ("lawsuits", 2)]),
        ("全年未发生因政府信息公开引起的行政复议、行政诉讼。", [("reviews", 0), ("lawsuits", 0)]),
        ("编辑出版政府公报9期。", [("gazette_issues", 9)]),
        ("全年网站累计发布5万余条信息。", [("website_items", 50000)]),
        ("收取政府信息公开信息处理费0元。", [("processing_fees_yuan", 0)]),
        ("审查备案行政复议案件30件。", []),
        ("12345热线受理群众申请公开诉求3000件。", []),
        ("2024年，我局继续努力。", []),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[tuple[str, Any]]) -> None:
    assert sorted(figures(text)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年收到政府信息公开申请88件，2023年收到53件。", [("received_earlier", 88), ("received", 53)]),
        ("与2022年的88件相比，2023年收到政府信息公开申请53件。", [("received", 53)]),
        ("收到政府信息公开申请53件（上一年度为88件），予以公开20件。", [("received", 53), ("granted", 20)]),
        ("自2008年以来累计受理政府信息公开申请5321件。", [("received_cumulative", 5321)]),
        ("2023年以来，共收到政府信息公开申请53件。", [("received", 53)]),
        ("第一季度收到政府信息公开申请12件。", [("received_partial", 12)]),
        ("2024年计划受理政府信息公开申请100件以内。", []),
        (
            "2022年结转3件，2023年新收62件，结转2024年2件。",
            [("carried_in", 3), ("received", 62), ("carried_forward", 2)],
        ),
        ("上年度结转本年度办理的申请5件。", [("carried_in", 5)]),
        ("收到不动产登记申请62000件，受理法律援助申请622件。", []),
        ("没有收到公民、法人和其他组织提出的政府信息公开申请。", [("received", 0)]),
        ("办结申请60件，其中20件予以公开，13件不予公开。", [("handled", 60), ("granted", 20), ("refused", 13)]),
        ("审核公文1200件，主动公开800件，不予公开400件。", []),
        ("全年办理行政复议案件343件、行政诉讼122件，涉及征收等领域。", []),
        ("本年度未收取信息处理费。", [("processing_fees_yuan", 0)]),
        ("信息处理费收取总金额为0.2万元。", [("processing_fees_yuan", 2000)]),
        ("收到政府信息公开申请壹拾贰件。", [("received", 12)]),
        ("收到信件、网络等形式的公开申请共15件。", [("received", 15)]),
        ("“十四五”以来共收到政府信息公开申请520件。", [("received_cumulative", 520)]),
        (
            "全年新制定行政规范性文件3件、废止2件。",
            [("normative_documents_issued", 3), ("normative_documents_repealed", 2)],
        ),
        ("指导全市办理政府信息公开行政复议15件。", []),
        ("因政府信息公开被提起行政复议的案件共3件。", [("reviews", 3)]),
    ],
)  # fmt: skip
def test_figures_of_other_times_and_other_things(text: str, expected: list[tuple[str, Any]]) -> None:
    found = read_figures([Section(number="一", title="总体情况", text=text)], year=2023)
    assert [(each.key, each.value) for each in found] == expected


@pytest.mark.parametrize("words", ["申请人", "依法申请公开", "公民、法人等形式", "公开申请、"])
def test_a_sentence_that_never_comes_to_its_figure_is_read_at_once(words: str) -> None:
    text = "2023年收到" + words * (2900 // len(words)) + "。"
    began = time.process_time()
    assert figures(text) == []
    assert time.process_time() - began < 1


def test_reviews_are_disclosures_where_the_paragraph_is() -> None:
    text = "（二）依申请公开\n全年处理政府信息公开申请46件。办理行政复议5件。\n（三）法治建设。\n办理行政复议340件。"
    found = read_figures([Section(number="一", title="总体情况", text=text)])
    assert [each.value for each in found if each.key == "reviews"] == [5]


def test_the_place_points_at_the_words() -> None:
    section = Section(number="一", title="总体情况", text="前言。\n2024 年全市受理 政府信息公开申请 21 件，均已答复。")
    figure = read_figures([section])[0]
    assert section.text[figure.start : figure.end] == figure.raw == "受理 政府信息公开申请 21 件"
    assert (figure.section, figure.scope) == ("一", "jurisdiction")


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("零", 0),
        ("一", 1),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("三千二百", 3200),
        ("一万二千", 12000),
    ],
)
def test_chinese_numbers(words: str, number: int) -> None:
    assert chinese(words) == number


def record(text: str, scope: Any = None, **rows: int) -> Record:
    applications = {row: {"natural_person": value, "total": value} for row, value in rows.items()}
    made = Record(source="x", scope=scope, applications=applications)  # type: ignore[arg-type]
    made.narrative = read_figures([Section(number="一", title="总体情况", text=text)])
    return made


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("收到政府信息公开申请20件。", "pass"),  # new
        ("收到政府信息公开申请23件。", "pass"),  # new and carried in
        ("收到政府信息公开申请21件。", "fail"),
        ("收到政府信息公开申请21件。其中新收政府信息公开申请20件。", "fail"),
        ("市政府办公室代表市政府受理政府信息公开申请5件。", "not_assessable"),
    ],
)
def test_either_accepted_reading(text: str, status: str) -> None:
    checks = compare(record(text, "jurisdiction", new_received=20, carried_in=3))
    assert [(check.rule, check.status, check.severity) for check in checks] == [
        ("narrative.received", status, "warning")
    ]


def test_a_governments_office_counts_for_itself() -> None:
    text = "2023年，临江市政府办公室共收到政府信息公开申请12件。"
    made = record(text, new_received=37, carried_in=1)
    made.organ, made.scope = "临江市人民政府", "organ"
    assert [check.status for check in compare(made)] == ["not_assessable"]


def test_each_figure_has_its_own_scope() -> None:
    text = "全市收到政府信息公开申请300件，其中市政府办公室收到政府信息公开申请30件。"
    found = read_figures([Section(number="一", title="总体情况", text=text)])
    assert [(each.key, each.value, each.scope) for each in found] == [
        ("received", 300, "jurisdiction"),
        ("received_part", 30, "organ"),
    ]


@pytest.mark.parametrize("one", ["县住建局", "石桥镇", "县住房和城乡建设局", "临江经济开发区管委会"])
def test_the_figure_of_one_organ_is_not_the_area_s(one: str) -> None:
    found = read_figures([Section(number="一", title="总体情况", text=f"{one}收到政府信息公开申请12件。")])
    assert [each.scope for each in found] == ["organ"]


def test_rounded_figures_are_not_compared() -> None:
    assert compare(record("收到政府信息公开申请20余件。", new_received=23, carried_in=0)) == []


def test_a_missing_table_is_not_a_difference() -> None:
    assert [check.status for check in compare(record("予以公开3件。", new_received=1))] == ["not_assessable"]


@pytest.mark.parametrize("seed", range(3))
def test_true_sentences_raise_no_alarm_and_false_ones_do(seed: int) -> None:
    for organ in invented(seed, 6).organs:
        written = balanced(f"{seed} {organ.name}", requests=organ.requests, cases=organ.cases)
        report = write(organ, 2024, written, seed)
        found = extract(html.article(report).encode(), name="x.html")[0]
        assert [check for check in compare(found) if check.status == "fail"] == []
        for key, value in (found.review or {}).items():
            if value is not None:
                found.review = {**(found.review or {}), key: value + random.Random(seed).randint(100, 200)}
        stated = {each.key for each in found.narrative} & {"reviews", "lawsuits"}
        assert len([check for check in compare(found) if check.status == "fail"]) == len(stated)


@given(
    st.text(
        alphabet="收到受理政府信息公开申请予以部分不0123456789一二十百万余件条"
        "，。、（）其中行政复议诉讼未结转上下年度规范性文件 ",
        max_size=80,
    )
)
def test_any_sentence_is_read_without_an_error(text: str) -> None:
    for figure in read_figures([Section(number="一", title="总体情况", text=text)]):
        assert text[figure.start : figure.end] == figure.raw


def test_the_documented_counts_are_those_that_the_benchmark_prints() -> None:
    """Run ``python -m bench.narrative 10`` and copy its counts where this fails."""
    found = benchmark.counts(benchmark.written(10))
    told = re.findall(r"^ {4}(\w+) +(\d+) +(\d+) +\d+ +\d+$", comparison.__doc__ or "", re.MULTILINE)
    assert {rule.removeprefix("narrative.") for rule, _ in found} <= {rule for rule, _, _ in told}
    assert {rule: (found[f"narrative.{rule}", "pass"], found[f"narrative.{rule}", "fail"]) for rule, _, _ in told} == {
        rule: (int(passed), int(failed)) for rule, passed, failed in told
    }
