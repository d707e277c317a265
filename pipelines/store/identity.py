"""Which organ a printed name means: (organ, year) is a report's identity, so this must neither split nor merge.

A pure function of the name and of the portal's place: never of what else the database holds, so that the same captures
give the same organs in whatever order the portals were crawled.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace

import data
from pipelines.store.divisions import NATION, Division, ancestors, divisions, full_name, locate

_SPACE = re.compile(r"[\s\u200b-\u200f\u3000\ufeff]+")
_ASIDE = re.compile(r"[(（\[【〔](?:挂|加挂|本级|机关|原|含|以下简称|简称|盖章|公章)[^)）\]】〕]*[)）\]】〕]")
# 自然资源局(林业局), 教育局(县委教育工作委员会): a second name of the same organ behind its first
_SECOND_NAME = re.compile(r"(?<=[局厅委室会])[(【〔][^()【】〔〕]{2,20}(?:局|委|委员会|办|办公室|研究室|工委)[)】〕]$")
_ITSELF = re.compile(r"(?<=[局厅委室会])机关$")
_BRACKETS = re.compile(r"[()（）\[\]【】〔〕]")
_TOWNSHIP = re.compile("[镇乡]$|[镇乡]人民政府$|苏木|街道")
_PLACE = re.compile(
    r"([^政局厅委府]{2,12}?(?:自治州|自治县|自治区|新区|开发区|省|市|县|区|州|旗))(?=$|人民|政府|门户|公开|信息|网|政务)"
)
# A place that the table need not have, at the beginning of a name. With one character before its level only where the
# name cannot go on otherwise: 何镇人民政府, but not 城市管理局.
_OWN_PLACE = re.compile(
    "((?:[^和与及、局厅委办部署处院省市县区旗州盟镇乡]{2,10}(?:省|市|县|区|旗|州|盟|镇|乡|街道)"
    "|[^和与及、局厅委办部署处院省市县区旗州盟镇乡](?:市|县|区|旗|州|镇|乡)(?=人民政府|政府|$)))"
)
_GOVERNMENT = re.compile(r"(?<!人民)政府")


@dataclass(frozen=True, slots=True)
class Portal:
    """What identity needs to know of the portal that a page came from."""

    id: str
    division: str | None = None
    name: str | None = None  # its own name, 青溪市人民政府门户网站: tells its place where the table does not


@dataclass(frozen=True, slots=True)
class Identity:
    """An organ. ``id`` is stable; ``key`` is what was compared; ``rivals`` are places that the name may mean."""

    id: str
    key: str
    name: str
    division: str | None
    level: str | None
    kind: str
    rivals: tuple[str, ...] = ()


def identify(printed: str, portal: Portal) -> Identity | None:
    """The organ that a printed name means on a portal; None where the name says nothing (empty, 本机关)."""
    name = tidy(printed)
    if len(name) < 2 or name in _nobody() or re.sub("^[我本全各][省市县区州旗]", "", name) in _nobody():
        return None
    name = _renamed().get(name, name)
    if portal.division is not None and portal.division not in divisions():
        portal = replace(portal, division=None)
    if _is_central(name):
        rest = name.removeprefix("中华人民共和国")
        return _identity(printed, NATION, compared(rest), ())
    head, tail = _vertical(name)
    place = locate(tail, portal.division)
    code, rest, rivals = place.code, place.rest, place.rivals
    if code is None and not rivals:
        code, rest = _by_level_word(rest, portal.division)
        if code is None and portal.division is not None:
            code = portal.division
    if code == NATION and portal.division == NATION:
        rest = head + tail
    if rivals:
        # Two places bear the name: the portal keeps them apart until a person has decided.
        return _identity(
            printed, None, f"{portal.id}:{tail[: len(tail) - len(rest)]}{compared(rest)}", rivals, portal.id
        )
    if code is None:
        # A place that the table does not have (a new zone, the demo's): the portal's own name stands for it.
        own = _own_place(portal)
        if own and rest.startswith(own):
            rest = rest[len(own) :]
        elif own and _is_level_word(own[-1], rest):
            rest = rest[1:]
        return _identity(printed, None, f"{portal.id}:{compared(rest)}", (), portal.id)
    return _identity(printed, code, compared(rest), ())


def tidy(printed: str) -> str:
    """A name as it is compared with lists: NFKC, no spaces, no asides; brackets of a name proper become part of it."""
    name = _ASIDE.sub("", _SPACE.sub("", unicodedata.normalize("NFKC", printed)))
    name = _ITSELF.sub("", _SECOND_NAME.sub("", name))
    return _BRACKETS.sub("", name).strip("·,，。.:：;；《》\"'“”")


@functools.lru_cache(maxsize=4096)
def compared(rest: str) -> str:
    """The organ's own name without its place, in the one spelling in which it is compared.

    Nothing (钦州市) and 本级 mean the government itself; 政府 is 人民政府; 办公厅 and 办公室, 委 and 委员会 are one.
    """
    known = data.load_yaml("organs.yaml")
    rest = rest.removesuffix("本级").removesuffix("机关本级")
    if rest in ("", "政府", "人民政府", "人民政府机关", "政府机关"):
        return "人民政府"
    rest = _GOVERNMENT.sub("人民政府", rest)
    rest = re.sub(r"(人民政府)办$|^府办(?:公[室厅])?$", "人民政府办公室", rest)
    rest = re.sub(r"^人民政府(?!办公)(?=.+街道|.{2,}(?:[局委厅]|委员会|办公室|办)$)", "", rest)
    rest = re.sub(r"街道办$", "街道办事处", rest)
    if not _TOWNSHIP.search(rest):  # 太和街道 has its 和 for good
        for filler in known["fillers"]:
            rest = rest.replace(filler, "")
    stem, ending = _ending(rest)
    rest = known["abbreviations"].get(stem, stem) + ending
    for before, after in known["spelling"]:
        rest = rest.replace(before, after)
    if rest.endswith(("镇", "乡", "苏木")):
        rest += "人民政府"
    elif rest.endswith("街道"):
        rest += "办事处"
    return re.sub(r"街道人民政府办事处$|街道办事处办事处$", "街道办事处", rest)


def _ending(rest: str) -> tuple[str, str]:
    for printed, full in (
        ("委员会", "委员会"),
        ("委", "委员会"),
        ("局", "局"),
        ("厅", "厅"),
        ("办公室", "办公室"),
        ("办", "办公室"),
    ):
        if rest.endswith(printed) and len(rest) > len(printed) and not (printed == "委" and rest.endswith("常委")):
            return rest[: -len(printed)], full
    return rest, ""


@functools.cache
def _nobody() -> frozenset[str]:
    return (
        frozenset(data.load_yaml("titles.yaml")["not_organs"])
        if (data.FOLDER / "titles.yaml").exists()
        else frozenset()
    )


@functools.cache
def _renamed() -> dict[str, str]:
    return {was: each["name"] for each in data.load_yaml("organs.yaml")["renamed"] for was in each["was"]}


def _is_central(name: str) -> bool:
    bare = name.removeprefix("中华人民共和国")
    if bare in data.load_yaml("organs.yaml")["central"]:
        return True
    if not bare.startswith(("国务院", "国家", "中国", "中央", "全国", "最高")):
        return False
    head, tail = _vertical(bare)
    # 国家税务总局 itself is central; 国家税务总局钦州市税务局 is not, nor that of a place that the table does not have.
    return not head or not tail or (locate(tail).code is None and not _names_a_place(tail))


def _own_place(portal: Portal) -> str:
    found = _PLACE.match(tidy(portal.name or ""))
    return found.group(1) if found else ""


def _vertical(name: str) -> tuple[str, str]:
    for head in sorted(data.load_yaml("organs.yaml")["vertical"], key=len, reverse=True):
        if name.startswith(head):
            return head, name[len(head) :]
    return "", name


def _is_level_word(word: str, rest: str) -> bool:
    """Whether 市 in 市水利局 stands for the place; in 市场监督管理局 it does not."""
    return (
        rest.startswith(word)
        and len(rest) > len(word) + 1
        and not rest.startswith(tuple(data.load_yaml("organs.yaml")["not_level_words"]))
    )


def _by_level_word(rest: str, near: str | None) -> tuple[str | None, str]:
    """县发展和改革局 on a county's portal: the place of that level above or at the portal's own."""
    known = data.load_yaml("organs.yaml")
    if near is None or near == NATION or rest.startswith(tuple(known["not_level_words"])):
        return None, rest
    for word, level in known["level_words"].items():
        if rest.startswith(word) and len(rest) > len(word) + 1:
            for code in ancestors(near):
                place = divisions()[code]
                if place.level == level or (word == "市" and place.name.endswith("市")):
                    return code, rest[len(word) :]
    return None, rest


def _identity(printed: str, code: str | None, key: str, rivals: tuple[str, ...], portal: str = "") -> Identity:
    digest = hashlib.sha256(f"{code or ''}:{key}".encode()).hexdigest()[:8]
    kind = kind_of(key.split(":")[-1], code)
    place = divisions().get(code) if code else None
    owner = code or re.sub(r"[^a-z0-9]+", "-", portal.lower()).strip("-") or "x"
    return Identity(
        id=f"{owner}-{digest}", key=f"{code or ''}:{key}", name=display(printed, place), division=code,
        level=_level(place, kind, printed), kind=kind, rivals=rivals,
    )  # fmt: skip


def display(printed: str, place: Division | None) -> str:
    """The name to show: as printed, with its place in front only where it is ambiguous without (水利局, 县教育局)."""
    name = _SPACE.sub("", unicodedata.normalize("NFKC", printed)).strip("·,，。.:：;；")
    if place is None or place.code == NATION:
        return name
    _, tail = _vertical(tidy(name))
    if locate(tail, place.code).code == place.code and not tail.startswith(tuple("省市县区州旗")):
        return name
    if _names_a_place(tail):
        return name
    rest = _by_level_word(tail, place.code)[1]
    chain = full_name(place.code) if place.level == "county" else place.name
    own = chain[len(divisions()[place.province].name) :] if place.province and place.level == "county" else chain
    return (own or place.name) + rest


def _names_a_place(name: str) -> bool:
    """Whether a name begins with a place of its own, in the table or not: 云梧县…, 大垌镇…, not 城乡建设…, 开发区…."""
    found = _OWN_PLACE.match(name)
    if found is None:
        return False
    stem = found.group(1)
    for word in data.load_yaml("organs.yaml")["not_places"]:
        stem = stem.replace(word, "")
    return stem != ""


def kind_of(key: str, code: str | None) -> str:
    """The kind of organ (``organ_kind``), from the compared name."""
    if key.split(":")[-1] == "人民政府" and code is not None:
        return "government"
    return next(code for code, pattern in _kinds() if pattern.search(key))


@functools.cache
def _kinds() -> list[tuple[str, re.Pattern[str]]]:
    return [(each["code"], re.compile(each["pattern"])) for each in data.load_yaml("organs.yaml")["kinds"]]


def _level(place: Division | None, kind: str, printed: str) -> str | None:
    """The level of an organ: its place's, unless it names a place below that the table does not have (云梧县水利局 on
    a city's portal): then what that place's last character tells."""
    if place is None or kind == "township":
        return "township" if place is not None else None
    if place.level in ("province", "prefecture"):
        _, tail = _vertical(tidy(printed))
        own = _OWN_PLACE.match(tail)
        if own and _names_a_place(tail) and locate(tail, place.code).code is None:
            return "county" if own.group(1)[-1] in "县旗区" else None
    return place.level
