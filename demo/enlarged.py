"""Many portals of every family from one seed, for ``bench/crawl.py``: ``demo.enlarge(seed, portals=20)``."""

from __future__ import annotations

import functools
import random
from datetime import date

from demo.editions import NOW, Edition
from demo.editorial import Article, Column, Desk, attached, career, edited, report_article
from demo.organs import invented
from demo.portals.dialects import Boda, Gkmlpt, Identifiers, Lonsun, Reversed, Timestamps
from demo.portals.family import Family, Site
from demo.portals.handmade import Handmade
from demo.portals.jcms import Jcms, Jpaas
from demo.portals.trs import Trs, TrsGuangxi
from demo.portals.ucap import Ucap
from demo.server import Portal

FAMILIES: tuple[type[Family], ...] = (
    Trs, Ucap, Jcms, Boda, Lonsun, Handmade, Gkmlpt, Jpaas, Reversed, TrsGuangxi, Timestamps, Identifiers,
)  # fmt: skip


def enlarge(seed: int | str, portals: int = 20, pages: int = 20000, *, only: str | None = None) -> list[Portal]:
    """Portals on free ports, their families in turn (or one family: ``only="jcms"``), about ``pages`` pages together.

    Pages are written when they are asked for. State 2 edits one report of each portal, adds one and removes one.
    """
    families = [family for family in FAMILIES if only in (None, family.name)]
    each = max(60, pages // portals)
    made = []
    for number in range(portals):
        family = families[number % len(families)]
        build = functools.lru_cache(maxsize=2)(functools.partial(_site, family, f"{seed}-{number}", each))
        made.append(Portal(f"p{number:02d}-{family.name}", f"{family.name} {number}", family.name, build))
    return made


def _site(family: type[Family], seed: str, pages: int, state: int) -> Site:
    made = edition(seed, pages, min(state, 2))
    return family(made.place, made.root, now=made.now, lazy=True).site()


def edition(seed: str, pages: int, state: int) -> Edition:
    """A portal's content: a tree of organs or years chosen by the seed, and as much else as it takes."""
    chance = random.Random(f"enlarged {seed}")
    place = invented(seed, chance.randint(8, 16))
    desk = Desk(place, seed)
    first = chance.choice((2019, 2020, 2021))
    hands = [chance.choice(("clean", "word", "boxed")) for _ in place.organs]
    articles: list[list[Article]] = []
    for organ, hand in zip(place.organs, hands, strict=True):
        mine = []
        for report in career(organ, range(first, 2026), seed):
            number, draw = desk.number(), chance.random()
            if draw < 0.04:
                mine.append(attached(report, number, "docx" if draw < 0.02 else "pdf"))
            else:
                mine.append(report_article(report, number, hand))
        articles.append(mine)
    if state == 1:
        articles[1].pop()
    else:
        articles[-1].pop(0)
        last = articles[0][-1]
        if last.report is not None and last.file is None:
            again = report_article(edited(last.report), last.number, hands[0])
            again.changed = date(2026, 7, 2)
            articles[0][-1] = again
    columns = _by_year(articles) if chance.random() < 0.4 else _by_organ(chance, articles)
    name = chance.choice(("政府信息公开年报", "信息公开年度报告", "政府信息公开工作年度报告"))
    yearly = Column("zfxxgknb", name, children=columns)
    reports = sum(len(each) for each in articles)
    rest = max(40, pages - reports - 60)
    root = Column("", "首页", children=[
        Column("xw", "新闻中心", children=[
            Column("yw", "要闻", desk.news(rest // 3)), Column("dt", "部门动态", desk.news(rest // 4)),
        ]),
        Column("zwgk", "政务公开", children=[
            Column("tzgg", "通知公告", desk.notices(rest // 4)),
            Column("xxgk", "政府信息公开", children=[
                Column("zn", "政府信息公开指南", page=desk.decoy("guide", place.organs[0])),
                Column("zd", "政府信息公开制度", [desk.decoy("system", place.organs[0])]),
                yearly,
                Column("fz", "法治政府建设年度报告",
                       [desk.decoy("rule_of_law", organ, year) for organ in place.organs for year in (2022, 2023)]),
                Column("wz", "政府网站工作年度报表", [desk.decoy("website", organ) for organ in place.organs[:4]]),
            ]),
        ]),
        Column("zc", "政策文件", desk.notices(rest - rest // 3 - 2 * (rest // 4))),
    ])  # fmt: skip
    return Edition(place, root, NOW[state])


def _newest(articles: list[Article]) -> list[Article]:
    return sorted(articles, key=lambda each: (each.published, each.number), reverse=True)


def _by_year(articles: list[list[Article]]) -> list[Column]:
    every = [each for mine in articles for each in mine]
    years = sorted({each.report.year for each in every if each.report}, reverse=True)
    return [
        Column(f"n{year}", f"{year}年", _newest([each for each in every if each.report and each.report.year == year]))
        for year in years
    ]


def _by_organ(chance: random.Random, articles: list[list[Article]]) -> list[Column]:
    if chance.random() < 0.5:
        government, others = articles[0], [each for mine in articles[1:] for each in mine]
        return [Column("zf", "政府", _newest(government)), Column("bm", "部门和乡镇", _newest(others))]
    return [
        Column(f"o{number}", mine[0].source.replace("人民政府", ""), _newest(mine))
        for number, mine in enumerate(articles)
        if mine
    ]
