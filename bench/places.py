"""Invented prefectures and counties in the real provinces, with their portals and organs."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass

from pypinyin import Style, lazy_pinyin

import data
from bench.waiting import Rows, digest, index

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


def organs(chance: random.Random, rows: Rows, per_county: int) -> Iterator[Organ]:
    """Organ after organ, with the rows of its place and portal; a county has so many departments."""
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
                rows.add("problem", digest("p", portal)[:32], portal, f"{portal}-20260401T020000Z", None, None,
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
    chance: random.Random, rows: Rows, counter: Iterator[int], name: str, division: str, province: str, portal: str,
    kind: str, level: str, size: float
) -> Organ:  # fmt: skip
    seq = next(counter)
    spelled, initials = _pinyin(name)
    organ = Organ(
        digest("organ", seq, name)[:12],
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
    index(rows, "search_organ", seq, label)
    return organ


def _pinyin(name: str) -> tuple[str, str]:
    return " ".join(lazy_pinyin(name)), "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
