"""A database of invented reports from a seed: figures that balance (but for those meant not to), believable organs.

    python -m bench.generate FILE --reports 300000

For the site's benchmarks and tests. Provinces are real; every prefecture, county, organ, portal and figure is
invented. The
same seed gives the same database.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import itertools
import math
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlite_utils
from pypinyin import Style, lazy_pinyin

import data
from pipelines.store import concentration, migrations, panel, search
from pipelines.store.snapshot import prepare
from reports import forms

PROVINCES = [
    ("110000", "北京市", "Beijing"), ("120000", "天津市", "Tianjin"), ("130000", "河北省", "Hebei"), ("140000",
    "山西省", "Shanxi"),
    ("150000", "内蒙古自治区", "Inner Mongolia"), ("210000", "辽宁省", "Liaoning"), ("220000", "吉林省", "Jilin"),
    ("230000", "黑龙江省", "Heilongjiang"), ("310000", "上海市", "Shanghai"), ("320000", "江苏省", "Jiangsu"),
    ("330000", "浙江省", "Zhejiang"), ("340000", "安徽省", "Anhui"), ("350000", "福建省", "Fujian"), ("360000",
    "江西省",
    "Jiangxi"),
    ("370000", "山东省", "Shandong"), ("410000", "河南省", "Henan"), ("420000", "湖北省", "Hubei"), ("430000",
    "湖南省", "Hunan"),
    ("440000", "广东省", "Guangdong"), ("450000", "广西壮族自治区", "Guangxi"), ("460000", "海南省", "Hainan"),
    ("500000", "重庆市", "Chongqing"), ("510000", "四川省", "Sichuan"), ("520000", "贵州省", "Guizhou"), ("530000",
    "云南省",
    "Yunnan"),
    ("540000", "西藏自治区", "Tibet"), ("610000", "陕西省", "Shaanxi"), ("620000", "甘肃省", "Gansu"), ("630000",
    "青海省",
    "Qinghai"),
    ("640000", "宁夏回族自治区", "Ningxia"), ("650000", "新疆维吾尔自治区", "Xinjiang"),
]  # fmt: skip
FIRST, SECOND = "云清安平华宁溪临东西南北青长永新嘉泰和金海江河山", "岭川州阳陵源原城浦港泽湖林峰台宁安康平昌"
DEPARTMENTS = [("自然资源局", "natural_resources"), ("教育局", "education"), ("公安局", "public_security"), ("财政局",
"finance"),
               ("卫生健康委员会", "health"), ("住房和城乡建设局", "housing"), ("市场监督管理局", "market_regulation"),
               ("民政局",
               "civil_affairs"),
               ("人力资源和社会保障局", "human_resources"), ("生态环境局", "ecology"), ("交通运输局", "transport"),
               ("农业农村局",
               "agriculture"),
               ("水利局", "water"), ("文化和旅游局", "culture_tourism"), ("应急管理局", "emergency"), ("发展和改革局",
               "development_reform")]  # fmt: skip
CAREERS = 120  # of each class of size
BATCH = 1000  # organs
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


@dataclass
class Organ:
    """An invented organ."""

    id: str
    name: str
    division: str
    province: str
    portal: str
    kind: str
    level: str
    seq: int
    size: float


@dataclass
class _Rows:
    """Rows waiting to be written, by table."""

    held: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)

    def add(self, table: str, *row: Any) -> None:
        self.held.setdefault(table, []).append(row)

    def write(self, connection: sqlite3.Connection) -> None:
        for table, rows in self.held.items():
            places = ", ".join("?" * len(rows[0]))
            name = table if " " in table else f'"{table}"'
            connection.executemany(f"INSERT INTO {name} VALUES ({places})", rows)
        self.held.clear()


def generate(path: Path, *, reports: int = 2000, seed: int = 1, sentences: int = 3, progress: bool = False) -> None:
    """Write the database to ``path``, which must not exist. ``sentences`` are the sentences in each section."""
    chance = random.Random(seed)
    database = sqlite_utils.Database(path)
    connection = database.conn
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "foreign_keys = OFF",
                   "cache_size = -262144", "temp_store = MEMORY"):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")
    migrations.apply(database)
    later = _without_indexes(connection)
    for index in ("search", "search_report", "search_organ"):  # few large segments instead of many small ones
        connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('hashsize', 67108864)")
    connection.commit()
    connection.execute("BEGIN")
    rows = _Rows()
    wanted = max(1, reports // len(YEARS) + 1)
    organs = itertools.islice(_organs(chance, rows, per_county=_departments(reports)), int(wanted * 1.04) + 1)
    _items(rows)
    careers: dict[int, list[tuple[_Story, ...]]] = {}
    made = 0
    for organ in organs:
        career = _own_or_told(chance, careers, organ.size, sentences)
        for year, story in zip(YEARS, career, strict=True):
            if made < reports and chance.random() >= 0.03:
                made += 1
                _report(chance, rows, organ, year, made, story)
        if organ.seq % BATCH == 0:
            rows.write(connection)
            if progress:
                print(f"\r{made:,} of {reports:,}", end="", flush=True)
    rows.write(connection)
    for statement in later:
        connection.execute(statement)
    connection.execute("INSERT INTO dirty SELECT id FROM report")
    connection.execute(panel.insert())
    connection.execute("DELETE FROM dirty")
    connection.execute(_COVERAGE)
    concentration.measure(connection)
    connection.execute(_COUNTS)
    connection.commit()
    connection.close()
    prepare(path)


def _without_indexes(connection: sqlite3.Connection) -> list[str]:
    """Drops the indexes, which are made faster over full tables; the statements that make them again."""
    known = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in known:
        connection.execute(f'DROP INDEX "{name}"')
    return [sql for _, sql in known]


def _own_or_told(
    chance: random.Random, careers: dict[int, list[tuple[_Story, ...]]], size: float, sentences: int
) -> tuple[_Story, ...]:
    """An organ's career: a new one until there are many of this size, then one that another organ had."""
    like = careers.setdefault(round(math.log2(size + 0.05)), [])
    if len(like) < CAREERS:
        like.append(_career(chance, size, sentences))
        return like[-1]
    return chance.choice(like)


_COUNTS = """UPDATE crawl SET reports_new = (SELECT count(*) FROM report WHERE report.portal = crawl.portal),
captures = (SELECT count(*) FROM capture WHERE capture.crawl = crawl.id), requests = (SELECT count(*) FROM capture
WHERE capture.crawl = crawl.id) + 7,
bytes = (SELECT total(length) FROM capture WHERE capture.crawl = crawl.id)"""
_COVERAGE = """INSERT INTO coverage SELECT organ.division, report.year, division.province,
(SELECT count(*) FROM organ o WHERE o.division = organ.division), count(*), sum(report.verdict = 'verified')
FROM report JOIN organ ON organ.id = report.organ JOIN division ON division.code = organ.division GROUP BY 1, 2"""


def _departments(reports: int) -> int:
    """How many departments a county has: few for a small database, so that it still has several provinces."""
    return 2 if reports < 20_000 else len(DEPARTMENTS) - 3


def _pinyin(name: str) -> tuple[str, str]:
    return " ".join(lazy_pinyin(name)), "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))


def _digest(*parts: object) -> str:
    return hashlib.sha256("\x00".join(map(str, parts)).encode()).hexdigest()


def _organs(chance: random.Random, rows: _Rows, per_county: int) -> Iterator[Organ]:
    for order, kind in enumerate(data.load_yaml("organs.yaml")["kinds"]):
        rows.add("organ_kind", kind["code"], kind["label"], kind["label_en"], order)
    rows.add("division", "000000", "中国", "中国", "China", "zhongguo", "nation", None, None)
    for code, name, english in PROVINCES:
        rows.add("division", code, name, name, english, _pinyin(name)[0], "province", "000000", code)
    counter = itertools.count(1)
    names = [first + second for first in FIRST for second in SECOND if first != second]
    for prefecture in range(1, 12):
        for code, province, _ in PROVINCES:
            chance.shuffle(names)
            city = f"{names[0]}市"
            city_code = f"{code[:2]}{prefecture:02d}00"
            rows.add(
                "division",
                city_code,
                city,
                province + city,
                _pinyin(names[0])[0].title(),
                _pinyin(city)[0],
                "prefecture",
                code,
                code,
            )
            portal = f"p{city_code[:4]}"
            home = f"http://www.p{city_code[:4]}.example/"
            rows.add("portal", portal, f"{city}人民政府", home, city_code, chance.choice(["ucap", "trs", "jpage",
            "hanweb", None]),
                     chance.choice(["ok", "ok", "ok", "unverified", "silent"]),
                     "2026-02-11T03:20:00.000Z" if chance.random() < 0.06 else None)  # fmt: skip
            rows.add(
                "crawl",
                f"{portal}-20260401T020000Z",
                portal,
                "2026-04-01T02:00:00.000Z",
                "2026-04-01T02:31:00.000Z",
                "finished",
                0,
                0,
                0,
                0,
                0,
                1,
            )
            if chance.random() < 0.2:
                rows.add("problem", _digest("p", portal)[:32], portal, f"{portal}-20260401T020000Z", None, None,
                "portal-refused", "warning",
                         "门户对列表页返回 412，按规定停止访问", home, "2026-04-01T02:03:00.000Z", "crawl")  # fmt: skip
            yield _organ(
                chance, rows, counter, f"{city}人民政府", city_code, code, portal, "government", "prefecture", 5
            )
            yield _organ(
                chance,
                rows,
                counter,
                f"{city}人民政府办公室",
                city_code,
                code,
                portal,
                "government_office",
                "prefecture",
                1,
            )
            for department, kind in DEPARTMENTS[: per_county + 2]:
                yield _organ(chance, rows, counter, city + department, city_code, code, portal, kind, "prefecture", 1.5)
            for county in range(1, 9):
                seat = names[county] + chance.choice("县区县区市")
                county_code = f"{city_code[:4]}{county:02d}"
                rows.add(
                    "division",
                    county_code,
                    seat,
                    province + city + seat,
                    _pinyin(names[county])[0].title(),
                    _pinyin(seat)[0],
                    "county",
                    city_code,
                    code,
                )
                yield _organ(
                    chance, rows, counter, f"{seat}人民政府", county_code, code, portal, "government", "county", 1.6
                )
                for department, kind in DEPARTMENTS[:per_county]:
                    yield _organ(
                        chance, rows, counter, seat + department, county_code, code, portal, kind, "county", 0.3
                    )


def _organ(
    chance: random.Random, rows: _Rows, counter: Iterator[int], name: str, division: str, province: str, portal: str,
    kind: str, level: str, size: float
) -> Organ:  # fmt: skip
    seq = next(counter)
    spelled, initials = _pinyin(name)
    organ = Organ(
        _digest("organ", seq, name)[:12],
        name,
        division,
        province,
        portal,
        kind,
        level,
        seq,
        size * chance.lognormvariate(0, 0.9),
    )
    rows.add("organ", organ.id, name, division, portal, level, kind, spelled, initials, name, seq)
    rows.add("organ_name", organ.id, name, "2026-04-01T02:00:00.000Z", "2026-04-01T02:00:00.000Z")
    label = f"{name} {spelled.replace(' ', '')} {initials}"
    rows.add("search_label", "organ", seq, label)
    _index(rows, "search_organ", seq, label)
    return organ


def _index(rows: _Rows, table: str, rowid: int, text: str) -> None:
    rows.add(f"{table} (rowid, text)", rowid, search.tokens(text))


def _items(rows: _Rows) -> None:
    for order, each in enumerate(forms.figures()):
        rows.add("item", each.code, each.table, each.row, each.column, each.label, each.label_en, each.unit,
        each.unit_en,
                 ",".join(each.generations), None, order)  # fmt: skip


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
class _Story:
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


def _career(chance: random.Random, size: float, sentences: int) -> tuple[_Story, ...]:
    """One organ's reports over all years, each carrying in what the one before carried forward."""
    stories: list[_Story] = []
    carried: dict[str, int] | None = None
    for year in YEARS:
        story, carried = _story(chance, size, year, carried, sentences)
        stories.append(story)
    return tuple(stories)


def _story(
    chance: random.Random, size: float, year: int, carried: dict[str, int] | None, sentences: int
) -> tuple[_Story, dict[str, int]]:
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
    return _Story(
        forms=(table2, generation), verdict=verdict, checks=tuple(checks),
        row=tuple(figures.get(each.code) for each in forms.figures()), totals=totals,
        cases=(figures.get("review_review_total"), suits), dash=dash,
        granted=figures.get("applications_granted_natural_person"), texts=tuple(texts),
    ), forward  # fmt: skip


def _report(chance: random.Random, rows: _Rows, organ: Organ, year: int, seq: int, story: _Story) -> None:
    """One report of an organ, with everything that hangs on it."""
    identity = f"{organ.id}-{year}"
    late = chance.random() < 0.12
    due = datetime.date(year + 1, 3, 31) if organ.kind == "government" else datetime.date(year + 1, 1, 31)
    published = due + datetime.timedelta(
        days=int(chance.expovariate(1 / 30)) + 1 if late else -int(chance.random() * 25)
    )
    url = f"http://www.{organ.portal}.example/zfxxgk/{year}/{organ.seq}.html"
    title = f"{organ.name}{year}年政府信息公开工作年度报告"
    capture, content = _digest("capture", identity)[:32], _digest("content", identity)
    time = f"2026-04-01T02:{seq % 30:02d}:{seq % 60:02d}.000Z"
    crawl = f"{organ.portal}-20260401T020000Z"
    scope = "jurisdiction" if organ.kind == "government" else "organ"
    printed = (story.forms[0], story.forms[1], story.forms[1]) if story.verdict != "unreadable" else (None,) * 3
    version = 2 if chance.random() < 0.02 and story.granted is not None else 1
    failed = sum(1 for check in story.checks if check[2] == "fail")
    length = sum(len(text) for text, _ in story.texts)
    rows.add(
        "capture", capture, crawl, organ.portal, url, time, "response", 200, "text/html", f"sha256:{content}",
        48_000 + seq % 9000, f"{organ.portal}/{crawl}.warc.gz", seq * 9000, 8_900, None, None, None, 2, "report", None,
        1,
    )  # fmt: skip
    rows.add("content (digest, extractor, record)", content, "0.1.0", b"")
    rows.add(
        "report", identity, organ.id, year, title, published.isoformat(), due.isoformat(), (published - due).days,
        scope, *printed, story.verdict, capture, 0, url, organ.portal, version, "0.1.0", "html", time, time, None,
        *story.totals, *story.cases, failed, 0, 0, length, round(chance.betavariate(5, 4), 4), content,
        content[:32], seq,
    )  # fmt: skip
    rows.add("figures", identity, *story.row)
    rows.add("report_address", identity, url, time, time, None)
    rows.add("report_version", identity, version, time, capture, story.verdict, content)
    if version == 2 and story.granted is not None:
        _edit(chance, rows, identity, story.granted, crawl, organ, url, seq)
    for check in story.checks:
        rows.add("check", identity, *check)
    if story.dash:
        rows.add("cell_note", identity, "proactive", "regulations", story.dash, "dash", "/", None, None)
    label = f"{title} {organ.name}"
    rows.add("search_label", "report", seq, label)
    _index(rows, "search_report", seq, label)
    for n, ((number, heading), (text, words)) in enumerate(zip(SECTIONS, story.texts, strict=True)):
        rowid = seq * 6 + n
        rows.add("section", rowid, identity, n, number, heading, text, organ.id, year, organ.province, 1)
        rows.add("search (rowid, text)", rowid, words)
    rows.add(
        "contact", _digest("contact", identity)[:32], organ.id, identity, organ.name,
        f"{organ.name[:3]}人民路{organ.seq % 90 + 1}号", f"{100000 + organ.seq % 800000}",
        f'["0{770 + organ.seq % 30}-{2000000 + organ.seq}"]', "[]", f'["xxgk{organ.seq}@{organ.portal}.example"]',
        f'["http://www.{organ.portal}.example"]', time, time,
    )  # fmt: skip


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


def _edit(
    chance: random.Random, rows: _Rows, identity: str, after: int, crawl: str, organ: Organ, url: str, seq: int
) -> None:
    earlier, content = _digest("capture", identity, 1)[:32], _digest("content", identity, 1)
    seen = "2026-02-15T01:00:00.000Z"
    rows.add(
        "capture", earlier, crawl, organ.portal, url, seen, "response", 200, "text/html", f"sha256:{content}", 47_000,
        f"{organ.portal}/{crawl}.warc.gz", seq * 9000 + 4000, 8_800, None, None, None, 2, "report", None, 1,
    )  # fmt: skip
    rows.add("report_version", identity, 1, seen, earlier, "inconsistent", content)
    before = after + chance.choice([1, 3, 7])
    changed = ("applications", "granted", "natural_person")
    rows.add("figure_change", identity, 2, *changed, before, after, str(before), str(after))


def main() -> None:
    """The command."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("file", type=Path)
    asked.add_argument("--reports", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--sentences", type=int, default=3, help="sentences in each section")
    given = asked.parse_args()
    given.file.unlink(missing_ok=True)
    generate(given.file, reports=given.reports, seed=given.seed, sentences=given.sentences, progress=True)
    print(f"\n{given.file}: {given.file.stat().st_size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
