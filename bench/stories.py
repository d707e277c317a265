"""What invented reports tell: figures that balance, unless a report is meant to contradict itself, and texts."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from pipelines.store import search
from reports import forms

YEARS = (2019, 2020, 2021, 2022, 2023, 2024, 2025)
OUTCOMES = [
    ("granted", 40), ("partly_granted", 11), ("refused_state_secret", 1), ("refused_prohibited_by_law", 1),
    ("refused_third_party_rights", 2),
    ("refused_internal_affairs", 3), ("refused_deliberative_process", 3), ("refused_enforcement_file", 2),
    ("refused_administrative_query", 2),
    ("unavailable_not_held", 26), ("unavailable_needs_creation", 3), ("unavailable_still_unclear", 2),
    ("not_processed_petition", 4),
    ("not_processed_repeat", 2), ("not_processed_publication", 1), ("not_processed_excessive", 1),
    ("not_processed_reconfirmation", 1),
]  # fmt: skip
APPLICANTS = ["natural_person", "business", "research", "social_organisation", "legal_service", "other_organisation"]
SHARES = [82, 9, 1, 2, 4, 2]
PHRASES = [
    "坚持以公开促落实、促规范、促服务，全年政务公开工作平稳有序",
    "进一步健全依申请公开办理流程，逐件登记、逐件审核、按期答复",
    "围绕重点领域及时更新栏目内容，方便群众查询使用", "对规范性文件开展集中清理，清理结果向社会公布",
    "组织业务培训，提升工作人员答复水平",
    "对涉及征收补偿、工程建设的申请，主动与申请人沟通", "部分科室主动公开意识仍需加强",
    "答复文书说理不够充分，个别案件在行政复议中被纠正",
    "下一步将完善内部审核机制，压实工作责任", "加强政策解读，丰富图文、视频等形式", "本年度未收取信息处理费",
    "推进基层政务公开标准化规范化，更新事项目录",
]  # fmt: skip
SECTIONS = [("一", "总体情况"), ("二", "主动公开政府信息情况"), ("三", "收到和处理政府信息公开申请情况"),
            ("四", "政府信息公开行政复议、行政诉讼情况"), ("五", "存在的主要问题及改进情况"), ("六",
            "其他需要报告的事项")]  # fmt: skip


def _split(chance: random.Random, total: int, weights: list[int]) -> list[int]:
    """``total`` things over places by weight; the parts add up to it."""
    parts = [0] * len(weights)
    for at in chance.choices(range(len(weights)), weights, k=min(total, 60)):
        parts[at] += 1
    if total > 60:
        scaled = [part * total // 60 for part in parts]
        scaled[0] += total - sum(scaled)
        return scaled
    return parts


def _figures(chance: random.Random, size: float, generation: str, carried: dict[str, int] | None) -> dict[str, Any]:
    """Every figure of a report whose sums are right."""
    found: dict[str, Any] = {}
    rows = [row["key"] for row in forms.form("applications")["rows"] if generation in row["generations"]]
    outcomes = (
        [*OUTCOMES, ("other_outcome", 4)]
        if generation == "2019"
        else [*OUTCOMES, ("other_not_corrected", 2), ("other_other", 2)]
    )
    for row in rows:
        for column in (*APPLICANTS, "total"):
            found[f"applications_{row}_{column}"] = 0
    received = int(chance.lognormvariate(2.2, 1.1) * size)
    for column, new in zip(APPLICANTS, _split(chance, received, SHARES), strict=True):
        before = (carried or {}).get(column, 0)
        left = min(new + before, int((new + before) * chance.random() * 0.15))
        found[f"applications_new_received_{column}"] = new
        found[f"applications_carried_in_{column}"] = before
        found[f"applications_carried_forward_{column}"] = left
        found[f"applications_handled_total_{column}"] = new + before - left
        for (row, _), part in zip(
            outcomes, _split(chance, new + before - left, [weight for _, weight in outcomes]), strict=True
        ):
            found[f"applications_{row}_{column}"] = part
    for row in rows:
        found[f"applications_{row}_total"] = sum(found[f"applications_{row}_{column}"] for column in APPLICANTS)
    for block, share in (("review", 0.05), ("suit_direct", 0.02), ("suit_after_review", 0.015)):
        parts = _split(chance, int(received * share * chance.random() * 2), [60, 15, 15, 10])
        for result, part in zip(("upheld", "corrected", "other", "pending"), parts, strict=True):
            found[f"review_{block}_{result}"] = part
        found[f"review_{block}_total"] = sum(parts)
    for each in forms.figures():
        if each.table == "proactive" and generation in each.generations:
            big = each.row in ("licence", "penalty") and each.column == "decisions"
            found[each.code] = 0 if each.row == "regulations" else round(chance.random() * 900,
            2) if each.decimals else (
                int(chance.lognormvariate(6, 1.5)) if big else int(chance.lognormvariate(1.2, 1)))  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class Story:
    """What a report tells, whoever tells it: figures, verdict, texts. Told again by other organs of like size."""

    forms: tuple[str, str]  # generation of the first table, of the other two
    verdict: str
    checks: tuple[tuple[Any, ...], ...]
    row: tuple[Any, ...]  # the figures in the order of the table
    totals: tuple[int | None, ...]
    cases: tuple[int | None, int | None]
    dash: str | None  # the column of the cell that holds a dash
    granted: int | None
    texts: tuple[tuple[str, str], ...]  # each section's text, and its words as the index holds them


_TOTALS = ("new_received", "carried_in", "granted", "partly_granted", "handled_total", "carried_forward")


def career(chance: random.Random, size: float, sentences: int) -> tuple[Story, ...]:
    """One organ's reports over all years, each carrying in what the one before carried forward."""
    stories: list[Story] = []
    carried: dict[str, int] | None = None
    for year in YEARS:
        story, carried = _story(chance, size, year, carried, sentences)
        stories.append(story)
    return tuple(stories)


def _story(
    chance: random.Random, size: float, year: int, carried: dict[str, int] | None, sentences: int
) -> tuple[Story, dict[str, int]]:
    generation = "2019" if year < 2021 or chance.random() < 0.03 else "2021"
    table2 = "2019" if year < 2021 else "2021"
    figures = _figures(chance, size, generation, carried)
    if table2 != generation:
        figures = {code: value for code, value in figures.items() if not code.startswith("proactive")}
        other = _figures(chance, size, table2, None)
        figures |= {code: value for code, value in other.items() if code.startswith("proactive")}
    forward = {column: figures[f"applications_carried_forward_{column}"] for column in APPLICANTS}
    verdict, checks = "verified", []
    luck = chance.random()
    if luck < 0.09:
        verdict = "inconsistent"
        checks = _spoil(chance, figures)
    elif luck < 0.14:
        verdict = "incomplete"
        for column in (*APPLICANTS[1:],):
            figures[f"applications_carried_in_{column}"] = None
        figures["applications_carried_in_total"] = None
        checks = [("applications.balance", "total", "not_assessable", "error", None, None, None)]
    elif luck < 0.16:
        verdict, figures = "unreadable", {}
    dash = None
    if figures and chance.random() < 0.15:
        dash = "issued" if table2 == "2021" else "made"
        figures[f"proactive_regulations_{dash}"] = None
    totals = tuple(figures.get(f"applications_{name}_total") for name in _TOTALS)
    suits = figures["review_suit_direct_total"] + figures["review_suit_after_review_total"] if figures else None
    texts = []
    for _, heading in SECTIONS:
        said = "。".join(chance.sample(PHRASES, min(sentences, len(PHRASES))))
        text = f"{said}。本年度共收到申请{totals[0] or 0}件。"
        texts.append((text, search.tokens(f"{heading} {text}")))
    return Story(
        forms=(table2, generation), verdict=verdict, checks=tuple(checks),
        row=tuple(figures.get(each.code) for each in forms.figures()), totals=totals,
        cases=(figures.get("review_review_total"), suits), dash=dash,
        granted=figures.get("applications_granted_natural_person"), texts=tuple(texts),
    ), forward  # fmt: skip


def _spoil(chance: random.Random, figures: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Make a report contradict itself as real ones do: a total that is not the sum of its parts."""
    row = chance.choice(["new_received", "granted", "handled_total"])
    right = figures[f"applications_{row}_total"]
    wrong = right + chance.choice([1, 2, -1, 10])
    wrong = max(wrong, 0) if wrong != right else right + 1
    wrong = wrong if wrong != right else right + 1
    figures[f"applications_{row}_total"] = wrong
    checks: list[tuple[Any, ...]] = [("applications.row_total", row, "fail", "error", right, wrong, None)]
    if row == "granted":
        checks.append(("applications.handled", "total", "fail", "error",
        figures["applications_handled_total_total"] - right + wrong,
                       figures["applications_handled_total_total"], None))  # fmt: skip
    else:
        incoming = figures["applications_new_received_total"] + figures["applications_carried_in_total"]
        outgoing = figures["applications_handled_total_total"] + figures["applications_carried_forward_total"]
        checks.append(("applications.balance", "total", "fail", "error", incoming, outgoing, None))
        if row == "handled_total":
            checks.append(("applications.handled", "total", "fail", "error", right, wrong, None))
    return checks
