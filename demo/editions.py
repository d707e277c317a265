"""The four demo portals' content in its two states: what stands where, and which report has which fate.

State 1 is the portal as a first crawl finds it; in state 2 a report has been edited, one published late, one is gone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import data
from demo.editorial import Article, Column, Desk, attached, career, edited, report_article
from demo.figures import Figures, balanced
from demo.organs import ContactData, Organ, Place, place
from demo.writing import Report, write
from reports import forms

SEED = 2026
NOW = {1: date(2026, 4, 10), 2: date(2026, 9, 1)}


@dataclass
class Edition:
    """A portal's content in one state."""

    place: Place
    root: Column
    now: date


def lanchuan(state: int = 1) -> Edition:
    """A city's TRS portal: columns by organ, a sub-site, a PDF, a Word file, wrong sums, a late one, an edit."""
    city = place("lanchuan")
    desk = Desk(city, SEED)
    first = {"szf": 2018, "sfgw": 2019, "sjyj": 2020, "sgaj": 2021, "ssthjj": 2021, "szrzyj": 2021, "zlx": 2018,
             "sdq": 2020}  # fmt: skip
    written = {organ.slug: career(organ, range(first[organ.slug], 2026), SEED) for organ in city.organs}
    _change(written["sgaj"], 2023, lambda report: _wrong(report, "applications_handled_total_total", 2))
    _change(written["sdq"], 2022, lambda report: replace(report, published=date(2023, 6, 9)))
    _change(written["zlx"], 2020, lambda report: write(report.organ, 2020, None, SEED, verdict="incomplete"))
    written["szrzyj"] = [report for report in written["szrzyj"] if report.year != 2023]
    hands = {"szf": "clean", "sfgw": "word", "sgaj": "boxed", "zlx": "word"}
    kinds = {("sjyj", 2022): "pdf", ("ssthjj", 2021): "docx"}
    articles: dict[str, list[Article]] = {}
    for slug, reports in written.items():
        for report in reports:
            number, kind = desk.number(), kinds.get((slug, report.year))
            if kind:
                article = attached(report, number, "pdf" if kind == "pdf" else "docx")
            else:
                article = report_article(report, number, hands.get(slug, "clean"))
            articles.setdefault(slug, []).append(article)
    if state == 2:
        changed = next(each for each in articles["sfgw"] if each.report and each.report.year == 2024)
        assert changed.report is not None
        again = report_article(edited(changed.report), changed.number, "word")
        articles["sfgw"][articles["sfgw"].index(changed)] = replace(again, changed=date(2026, 7, 2))
    else:
        late = [each for each in articles["szrzyj"] if each.report and each.report.year == 2025]
        articles["szrzyj"].remove(late[0])
    if state == 2:
        newest = articles["szrzyj"][-1]
        newest.published = date(2026, 6, 18)
        assert newest.report is not None
        newest.report = replace(newest.report, published=newest.published)
    departments = [each for slug in ("sfgw", "sjyj", "ssthjj", "szrzyj") for each in articles[slug]]
    police = next(organ for organ in city.organs if organ.slug == "sgaj")
    yearly = Column("zfxxgknb", "政府信息公开年报", children=[
        Column("szf", "市政府", _newest(articles["szf"])),
        Column("bm", "市直部门", _newest(departments)),
        Column("qx", "县区", children=[
            Column("zlx", "竹陵县", _newest(articles["zlx"])), Column("sdq", "松渡区", _newest(articles["sdq"])),
        ]),
    ])  # fmt: skip
    own_site = Column("sgaj", "市公安局", host=police, children=[
        Column("jwzx", "警务资讯", desk.news(20)),
        Column("zfxxgk", "政府信息公开", children=[
            _guide(desk, police), Column("ndbg", "信息公开年度报告", _newest(articles["sgaj"])),
        ]),
    ])  # fmt: skip
    root = Column("", "首页", children=[
        Column("xwzx", "新闻中心", children=[
            Column("yw", "澜川要闻", desk.news(70)), Column("bmdt", "部门动态", desk.news(40)),
        ]),
        Column("zwgk", "政务公开", children=[
            Column("tzgg", "通知公告", _newest([*desk.notices(45), desk.decoy("notice", city.organs[0], 2025),
                                            desk.decoy("news", city.organs[0], 2024)])),
            Column("zfxxgk", "政府信息公开", children=[
                _guide(desk, city.organs[0]),
                Column("zfxxgkzd", "政府信息公开制度", [desk.decoy("system", city.organs[0])]),
                Column("fdzdgknr", "法定主动公开内容", desk.notices(30)),
                yearly,
                Column("fzzfjsndbg", "法治政府建设年度报告",
                       [desk.decoy("rule_of_law", organ, year) for organ in city.organs for year in (2022, 2023)]),
                Column("wzgzndbb", "政府网站工作年度报表",
                       [desk.decoy("website", organ, year) for organ in city.organs[:3] for year in (2022, 2023)]),
            ]),
        ]),
        Column("zcjd", "政策解读", [*desk.notices(12), desk.decoy("picture", city.organs[0], 2024)]),
        Column("hdjl", "互动交流", desk.notices(14)),
        own_site,
    ])  # fmt: skip
    return Edition(city, root, NOW[state])


def qinglan(state: int = 1) -> Edition:
    """A city's UCAP portal: a column a year with bare years as names, lists in comments, blank columns, mixed forms."""
    city = place("qinglan")
    desk = Desk(city, SEED)
    articles: list[Article] = []
    for organ in city.organs:
        reports = career(organ, range(2020, 2026), SEED)
        if organ.slug == "qlsczj":
            for year in (2023, 2024):
                _change(reports, year, _persons_only)
        if organ.slug == "yxx":
            _change(reports, 2022, _mixed)
        if organ.slug == "yxxnyj":
            _change(reports, 2023, _dashes)
        hand = "word" if organ.kind != "government" else "boxed"
        articles += [report_article(report, desk.number(), hand) for report in reports]
    articles = [each for each in articles if not (each.source == "砚溪县农业农村局" and each.report
                                                 and each.report.year == 2021)]  # fmt: skip
    years = [
        Column(f"c{year % 100}0{117 + 13 * (year % 7)}", f"{year}",
               _newest([each for each in articles if each.report and each.report.year == year]))
        for year in range(2025, 2019, -1)
    ]  # fmt: skip
    root = Column("", "首页", children=[
        Column("c100201", "新闻动态", children=[
            Column("c100211", "青岚要闻", desk.news(45)), Column("c100212", "县区动态", desk.news(30)),
        ]),
        Column("c100301", "政府信息公开", children=[
            _guide(desk, city.organs[0]),
            Column("c100312", "法定主动公开内容", desk.notices(36)),
            Column("c100313", "政府信息公开年报", children=years),
            Column("c100314", "法治政府建设报告",
                   [desk.decoy("rule_of_law", organ, 2024) for organ in city.organs]),
        ]),
        Column("c100401", "通知公告", _newest([*desk.notices(32), desk.decoy("notice", city.organs[0], 2024)])),
    ])  # fmt: skip
    return Edition(city, root, NOW[state])


def yanpu(state: int = 1) -> Edition:
    """A county's handmade portal: a tree of organs, a column that is the report, a report among the notices."""
    county = place("yanpu")
    desk = Desk(county, SEED)
    columns, filed_elsewhere = [], []
    for organ in county.organs:
        reports = career(organ, range(2022, 2026), SEED)
        made = [report_article(report, desk.number(), "boxed" if organ.kind == "government" else "clean")
                for report in reports]  # fmt: skip
        if organ.slug == "xslj":
            if state == 2:
                made = made[1:]  # 2022 has gone
            filed_elsewhere = [made.pop()]
        if organ.slug == "sqx":  # one column a year, and the column is the report
            children = [Column(f"sqx{each.report.year}", f"{each.report.year}年", page=each)
                        for each in reversed(made) if each.report]  # fmt: skip
            columns.append(Column(organ.slug, "石泉乡", children=children))
        else:
            columns.append(Column(organ.slug, organ.name.removeprefix("雁浦县"), _newest(made)))
    root = Column("", "首页", children=[
        Column("xw", "今日雁浦", desk.news(60)),
        Column("gg", "公示公告", _newest([*desk.notices(40), *filed_elsewhere])),
        Column("gk", "信息公开", children=[
            _guide(desk, county.organs[0]),
            Column("nb", "信息公开年报", children=columns),
            Column("fz", "法治政府建设", [desk.decoy("rule_of_law", organ, 2023) for organ in county.organs[:3]]),
        ]),
        Column("fw", "办事服务", desk.notices(20)),
    ])  # fmt: skip
    return Edition(county, root, NOW[state])


def qinzhou(state: int = 1) -> Edition:
    """A portal in the manner of Qinzhou's, with the city's real report for 2024 (figures and public contact data)."""
    city = place("qinzhou")
    desk = Desk(city, SEED)
    real = qinzhou_2024()
    counties = [
        report_article(report, desk.number(), "word")
        for organ in city.organs[1:]
        for report in career(organ, (2023, 2024), SEED)
    ]

    def year(number: int) -> Column:
        chosen = [each for each in counties if each.report and each.report.year == number]
        own = [Column("zfxxgknb", "市政府年报", [report_article(real, 19691926)])] if number == 2024 else []
        return Column(f"nb_{number}", f"{number}年", children=[*own, Column("xqnb", "县区、部门年报", _newest(chosen))])

    root = Column("", "首页", children=[
        Column("xwzx", "新闻中心", desk.news(30)),
        Column("zfxxgk", "政府信息公开", children=[
            _guide(desk, city.organs[1]),
            Column("zfxxgkgzndbg", "政府信息公开工作年度报告", children=[
                Column("sj", "市级", children=[year(2024), year(2023)]),
            ]),
            Column("fzzf", "法治政府建设年度报告", [desk.decoy("rule_of_law", city.organs[1], 2024)]),
        ]),
        Column("gggs", "公告公示", desk.notices(24)),
    ])  # fmt: skip
    return Edition(city, root, NOW[state])


def qinzhou_2024() -> Report:
    """The real report's figures and contact data (``data/demo``), in sentences written for the demo."""
    read = data.load_yaml("demo/qinzhou_2024.yaml")
    known = data.load_yaml("demo/organs.yaml")["qinzhou_2024"]
    columns = [column["key"] for column in forms.form("applications")["columns"]]
    values = {f"proactive_{key}": value for key, value in read["proactive"].items()}
    for row, line in read["applications"].items():
        values |= {f"applications_{row}_{column}": value for column, value in zip(columns, line, strict=True)}
    values |= {f"review_{key}": value for key, value in read["review"].items()}
    organ = place("qinzhou").organs[0]
    figures = Figures(dict(read["forms"]), values)
    return write(organ, 2024, figures, SEED, contact=ContactData(**known["contact"]), published=known["published"])


def _guide(desk: Desk, organ: Organ) -> Column:
    return Column("zfxxgkzn", "政府信息公开指南", page=desk.decoy("guide", organ))


def _newest(articles: list[Article]) -> list[Article]:
    return sorted(articles, key=lambda each: (each.published, each.number), reverse=True)


def _change(reports: list[Report], year: int, change: object) -> None:
    assert callable(change)
    for position, report in enumerate(reports):
        if report.year == year:
            reports[position] = change(report)


def _rewritten(report: Report, figures: Figures, verdict: str) -> Report:
    return write(report.organ, report.year, figures, SEED, verdict=verdict, published=report.published)


def _wrong(report: Report, code: str, by: int) -> Report:
    assert report.figures is not None
    return replace(report, figures=report.figures.planted(code, by), verdict="inconsistent")


def _persons_only(report: Report) -> Report:
    """Five organisation columns left blank, as some bureaus do: consistent with blanks as zero."""
    figures = balanced(f"persons {report.year}", requests=report.organ.requests, persons_only=True)
    blank = figures.columns_blanked("business", "research", "social_organisation", "legal_service",
                                    "other_organisation")  # fmt: skip
    return _rewritten(report, blank, "verified")


def _dashes(report: Report) -> Report:
    """A dash in every cell of the columns that hold nothing."""
    figures = balanced(f"dashes {report.year}", requests=report.organ.requests, persons_only=True)
    columns = ("research", "social_organisation", "legal_service")
    return _rewritten(report, figures.columns_blanked(*columns, mark="/"), "verified")


def _mixed(report: Report) -> Report:
    """Table 2 of 2021 with table 3 of 2019."""
    figures = balanced(f"mixed {report.year}", proactive="2021", applications="2019", requests=report.organ.requests)
    return _rewritten(report, figures, report.verdict)
