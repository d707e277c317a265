"""Figures of parts in sentences: who asked, why it was refused, how reviews ended, decisions; and what is none."""

from __future__ import annotations

from typing import Any

import pytest

from reports.narrative import compare, read_figures
from reports.record import Record, Section


def figures(text: str, organ: str | None = None, title: str = "总体情况") -> list[tuple[str, Any]]:
    sections = [Section(number="一", title=title, text=text)]
    return [(each.key, each.value) for each in read_figures(sections, organ is None, 2024, organ)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "收到政府信息公开申请70件，其中自然人申请61件、企业申请9件。",
            [("received", 70), ("received_natural_person", 61), ("received_business", 9)],
        ),
        (
            "依申请公开方面，自然人提出申请61件，法人和其他组织提出申请9件。",
            [("received_natural_person", 61), ("received_organisations", 9)],
        ),
        ("共收到依申请公开70件，其中61件由自然人提出。", [("received", 70), ("received_natural_person", 61)]),
        (
            "因行政执法案卷不予公开1件，因保护第三方合法权益不予公开2件，因内部事务信息不予公开3件。",
            [("refused_enforcement_file", 1), ("refused_third_party_rights", 2), ("refused_internal_affairs", 3)],
        ),
        (
            "没有现成信息需要另行制作的2件，本机关不掌握相关政府信息的17件。",
            [("unavailable_needs_creation", 2), ("unavailable_not_held", 17)],
        ),
        (
            "不予公开6件，其中1件属于行政执法案卷。重复申请2件。",
            [("refused", 6), ("refused_enforcement_file", 1), ("not_processed_repeat", 2)],
        ),
        (
            "因政府信息公开被申请行政复议5件，其中维持3件，纠正1件；被提起行政诉讼4件，法院判决维持2件，1件尚未审结。",
            [
                ("reviews", 5),
                ("review_upheld", 3),
                ("review_corrected", 1),
                ("lawsuits", 4),
                ("lawsuits_upheld", 2),
                ("lawsuits_pending", 1),
            ],
        ),
        (
            "政府信息公开行政诉讼4件，其中未经复议直接起诉3件，复议后起诉1件。",
            [("lawsuits", 4), ("suit_direct", 3), ("suit_after_review", 1)],
        ),
        (
            "制发行政规范性文件6件，废止2件，现行有效31件。",
            [
                ("normative_documents_issued", 6),
                ("normative_documents_repealed", 2),
                ("normative_documents_in_force", 31),
            ],
        ),
        (
            "作出行政许可决定1874件、行政处罚决定143件、行政强制决定12件。",
            [("licence_decisions", 1874), ("penalty_decisions", 143), ("coercion_decisions", 12)],
        ),
        ("行政处罚决定143件，行政强制措施12件。", [("penalty_decisions", 143), ("coercion_decisions", 12)]),
        (
            "新制作规范性文件6件，对外公开总数31件。",
            [("normative_documents_issued", 6), ("normative_documents_in_force", 31)],
        ),
        ("行政事业性收费金额为305.27万元。", [("fees_yuan", 3052700)]),
        ("办结申请65件，尚在办理9件。", [("handled", 65), ("carried_forward", 9)]),
        ("新收申请70件，上年结转4件，合计应办74件。", [("received", 70), ("carried_in", 4), ("to_handle", 74)]),
        ("收到信息公开申请件70件，收到信函8件。", [("received", 70)]),
        ("收到70件依申请公开。", [("received", 70)]),
        ("受理依申请政府信息公开事项70例。", [("received", 70)]),
        ("全区共处理政府信息公开申请件65件。", [("handled", 65)]),
        (
            "答复申请65件（含上年度转结申请4件，另有9件申请转结下年度继续办理）。",
            [("handled", 65), ("carried_in", 4), ("carried_forward", 9)],
        ),
        ("因本机关不掌握等原因无法提供的19件。", [("unavailable_mostly", 19)]),
        (
            "制定发布规范性文件6件，现行有效文件31件。",
            [("normative_documents_issued", 6), ("normative_documents_in_force", 31)],
        ),
        ("收到申请70件，其中公民申请61件。", [("received", 70), ("received_natural_person", 61)]),
    ],
)
def test_figures_of_parts(text: str, expected: list[tuple[str, Any]]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "属于过程性信息、内部事务信息不予公开4件。",  # of two grounds
        "收到公民、法人和其他组织政府信息公开申请。企业和群众办事70件。",
        "自然人、企业网上办事70件。",
        "办理行政复议案件45件，维持30件，纠正5件。",
        "政府信息公开工作平稳。\n法院审结行政诉讼案件88件，判决维持30件。",
        "清理规范性文件110件，废止15件。",
        "审核规范性文件草案12件，废止5件。",
        "公示行政许可信息1874条，不予行政处罚决定12件，减免行政事业性收费12万元。",
        "申报农机补贴申请1300件，办结1290件。",
        "收到12345转办件211件，办结209件。",
        "经补正后受理的申请6件。",
        "转送其他机关办理申请5件，配合县政府办答复申请7件。",
        "办结88件。",
        "因涉及商业秘密不予公开2件。",
    ],
)
def test_what_is_no_figure_of_a_part(text: str) -> None:
    assert [each for each in figures(text) if not each[0].endswith("_part")] == []


def test_who_asked_of_those_handled_is_another_figure() -> None:
    assert figures("受理申请70件，办结申请65件，其中自然人57件。") == [("received", 70), ("handled", 65)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("局属农机中心收到申请4件，办结4件。", [("received_part", 4), ("handled_part", 4)]),
        ("各乡镇共收到依申请公开33件，我局收到申请9件。", [("received_part", 33), ("received", 9)]),
        ("城南街道收到政府信息公开申请8件。", [("received_part", 8)]),
        ("2024年临溪县农业农村局共收到政府信息公开申请8件。", [("received", 8)]),
        ("县农业农村局收到政府信息公开申请8件。", [("received", 8)]),
        ("2024年县农业局依申请公开接件8件。", [("received", 8)]),
        ("2024年县司法局办理政府信息公开类行政复议案件18件。", [("reviews_part", 18)]),
    ],
)
def test_another_organ_s_figures_are_not_the_department_s(text: str, expected: list[tuple[str, Any]]) -> None:
    assert figures(text, "临溪县农业农村局") == expected


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("去年同期收到政府信息公开申请58件。", "received_earlier"),
        ("与去年同期收到申请58件相比略有上升。", "received_earlier"),
        ("“十四五”期间累计收到政府信息公开申请301件。", "received_cumulative"),
    ],
)
def test_figures_of_other_years(text: str, key: str) -> None:
    assert [each for each, _ in figures(text)] == [key]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("收到申请70件，其中自然人61件。", "pass"),
        ("收到申请74件，其中自然人65件。", "pass"),  # with those carried in
        ("收到申请70件，其中自然人64件。", "fail"),
    ],
)
def test_who_asked_is_compared_with_the_column(text: str, status: str) -> None:
    rows = {
        "new_received": {"natural_person": 61, "business": 9, "total": 70},
        "carried_in": {"natural_person": 4, "business": 0, "total": 4},
    }
    record = Record(source="x", applications=rows)  # type: ignore[arg-type]
    record.narrative = read_figures([Section(number="一", title="总体情况", text=text)])
    assert {each.rule: each.status for each in compare(record)}["narrative.received_natural_person"] == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("政府信息公开行政复议5件，维持3件。", {"pass"}),
        ("政府信息公开行政复议5件，维持4件。", {"pass", "fail"}),
        ("政府信息公开行政复议5件、行政诉讼1件，共维持4件。", {"pass"}),  # of both
    ],
)
def test_outcomes_are_compared_with_table_4(text: str, status: set[str]) -> None:
    review = dict.fromkeys(("upheld", "corrected", "other", "pending", "total"), 0)
    blocks = {
        f"{block}_{key}": n for block in ("review", "suit_direct", "suit_after_review") for key, n in review.items()
    }
    told = {"review_upheld": 3, "review_other": 2, "review_total": 5, "suit_direct_upheld": 1, "suit_direct_total": 1}
    record = Record(source="x", review={**blocks, **told})  # type: ignore[arg-type]
    record.narrative = read_figures([Section(number="四", title="政府信息公开行政复议、行政诉讼情况", text=text)])
    assert {each.status for each in compare(record)} == status


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("作出行政许可决定893件、行政处罚55件。", "licence_decisions penalty_decisions"),
        ("作出行政处罚决定55件、行政强制4件。", "penalty_decisions coercion_decisions"),
        ("制定规范性文件52件。本年废止失效1件。", "normative_documents_issued normative_documents_repealed"),
        ("现行有效规范性文件52件。本年新制发6件。", "normative_documents_in_force normative_documents_issued"),
        ("予以公开4件、无法提供2件、不予处理8件、其他4件。", "granted unavailable not_processed other_outcome"),
        ("收到政府信息公开申请9件，办结7件，余下2件依法结转。", "received handled carried_forward"),
        ("收到政府信息公开申请9件，除2件未到期外，其余7件均已按时答复。", "received carried_forward handled"),
        ("收到书面申请2件、网上申请3件，共计5件。", "received_part received"),
        ("开展依申请公开工作。全年受理5件，办结5件。", "received handled"),
        ("全年收到政府信息公开申请9件，办理结果总计9件。", "received handled"),
        ("行政复议总计4件，均涉及政府信息公开。", "reviews"),
        ("有3件针对我局的政府信息公开行政复议。", "reviews"),
        ("发布规范性文件三件。", "normative_documents_issued"),
        ("累计公开政府信息999条，其中2024年新增主动公开22条。", "published_items_cumulative published_items"),
        ("全年共公布政府信息1077条。", "published_items"),
        ("收取检索、复制、邮寄费12元。", "processing_fees_yuan"),
        ("全年不存在依申请公开情况。", "received"),
        ("收到政府信息公开申请9件，办结8件，未办结1件。", "received handled carried_forward"),
        ("2024年依申请公开的总数为9件，办结量为9件。", "received handled"),
        ("共受理政府信息公开申请案件45件。", "received"),
        ("2023年度结转下来的5件，因各类原因不予公开3件。", "carried_in refused"),
        ("；行政许可705件，行政处罚45件。", "licence_decisions penalty_decisions"),
        ("编发规范性文件21件。", "normative_documents_issued"),
        ("全年受理政府信息公开申请合计57件，办结合计55件。", "received handled"),
        ("新收申请数为6件，上年结转数为4件，结转下年数为3件。", "received carried_in carried_forward"),
        ("收到依申请公开8条，答复7条。", "received handled"),
        ("对5件依申请公开事项进行了答复。", "handled"),
        ("因政府信息公开被起诉的2件。", "lawsuits"),
        ("不予处理5件，7件作其他处理。", "not_processed other_outcome"),
        ("实施行政许可24件。", "licence_decisions"),
        ("全年我镇共公开信息386条；全年无依申请公开事项。", "published_items received"),
        ("收取复印费36元。", "processing_fees_yuan"),
        ("收到申请，其中来自个人9件。", "received_natural_person"),
        ("全年办理依申请公开信息19条。", "handled"),
        ("收到3份书面申请，要求公开征地信息，对3份申请均已按时答复。", "received handled"),
        ("收到公民提出的信息公开申请共14项。", "received"),
        ("依申请公开：新收42件，结转1件，办结43件。", "received carried_in handled"),
        ("依申请公开：新收42件，办结40件，结转2件。", "received handled carried_forward"),
        ("制发行政规范性文件3件，年末现行有效11件。", "normative_documents_issued normative_documents_in_force"),
        ("申请公开信息共29件。", "received"),
        ("依申请公开情况。2024年，共收到32件，已全部按期办结。", "received"),
        ("依申请公开：规范受理各环节，共受理31件，办结30件。", "received handled"),
        ("新收申请54件、办结52件、结转3件。", "received handled carried_forward"),
        ("行政复议5件，行政诉讼4件，均与政府信息公开有关。", "reviews lawsuits"),
        ("行政处罚439件、行政许可819件、行政强制17件。", "penalty_decisions licence_decisions coercion_decisions"),
        ("累计主动公开612条信息。", "published_items"),
        ("申请全部办结，其中公开40件、不予公开7件。", "granted refused"),
        ("依申请公开受理数16件，答复数16件。", "received handled"),
        ("收到并办理政府信息公开申请61件。", "received"),
        ("收到网上依申请公开10件。", "received"),
        ("受理依申请公开案件4起。", "received"),
        ("网上申请20件，信函申请8件，现场申请2件，合计30件。", "received"),
        ("全年未收到申请。", "received"),
        ("予以公开、部分公开、不予公开分别为11、0、5件。", "granted partly_granted refused"),
        ("行政诉讼案件10件，涉及政府信息公开工作。", "lawsuits"),
        ("受理申请量50件，办结量46件，结转量5件。", "received handled carried_forward"),
        ("自然人申请29件，商业企业申请2件，合计31件。", "received_natural_person received_business received"),
        ("2024年我局依申请公开数量为0，未产生费用。", "received"),
        ("处理公民、法人依申请公开事项28件。", "handled"),
        ("办结政府信息公开申请26件，结转4件至下年度。", "handled carried_forward"),
        ("共有3件政府信息公开申请，2件已办结。", "received handled"),
        ("现行有效规范性文件24件，其中2024年新制发1件。", "normative_documents_in_force normative_documents_issued"),
        ("收到信函、网络等各类申请45件。", "received"),
        ("因公开引发的行政复议1件、行政诉讼2件。", "reviews lawsuits"),
        ("发布微信365条；网站信息更新2100条。", "new_media_items website_items"),
        # what is none
        ("依申请公开方面，撤销或确认违法的行政复议案件10件。", ""),
        ("依申请公开方面，推行告知承诺制，办理申请1.2万件。", ""),
        ("依申请公开方面，全年新收行政复议案件230件。", ""),
        ("政务服务大厅受理申请15万件。", ""),
        ("依申请公开情况。做好信访工作，全年受理300件。", ""),
        ("依申请公开情况。信访工作有序。全年受理300件。", ""),
        ("评查依申请公开答复文书12件，其中不予公开3件。", ""),
        ("本年度收到行政复议申请96件（以本机关为复议机关），办结92件。", ""),
        ("申请办理时限压减至12天，提前办结申请10件。", ""),
        ("不予处理8件（其中信访投诉3件、重复5件），其他3件工作同步推进。", "not_processed"),
        ("全年受理行政许可5件，其他处理事项较多。", ""),
        ("通过公示栏公开政府信息12条。", ""),
    ],
)  # fmt: skip
def test_figures_in_other_words(text: str, expected: str) -> None:
    assert [key for key, _ in figures(text)] == expected.split()


def test_a_government_below_is_another_organ() -> None:
    assert figures("沙溪镇政府收到政府信息公开申请2件。", organ="临江市审计局") == [("received_part", 2)]
    assert figures("市政府收到政府信息公开申请2件。", organ="临江市人民政府办公室") == [("received", 2)]


def test_the_whole_organ_is_not_another_one() -> None:
    assert figures("2024年全局收到政府信息公开申请38件。", organ="临江市审计局") == [("received", 38)]
