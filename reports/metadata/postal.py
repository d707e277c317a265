"""Postal addresses and postcodes, after their labels or without."""

from __future__ import annotations

import re

POSTCODE = re.compile(r"(?<![\d-])(\d\s?\d\s?\d\s?\d\s?\d\s?\d)(?![^\S\n]?\d|-\d)")
_ROAD = "路|街|大道|巷|道|村|镇|乡|胡同|社区|大街|广场|行政中心|市民中心|政务中心|大院|大厦"
_STREET = re.compile(
    rf"[一-鿿A-Za-z0-9\s]*?(?:{_ROAD})[一-鿿A-Za-z0-9\s#\-—()]{{0,40}}?(?:"
    r"(?:\d+|[一二三四五六七八九十]+)\s*(?:号|幢|栋|楼|室|层|弄|组|社)[一-鿿A-Za-z0-9#\-]*"
    r"|[东西南北中]段|(?:交叉|交汇|十字路)[口处][东西南北]{0,2}[侧角]?(?:约?\d+米)?)"
)
_STANDS = re.compile(r"(?:位于|设在|设于|在)")
_BESIDE = re.compile(r"\s*(\([一-鿿\d]{2,24}(?:[楼层室内侧旁院]|对面|大厅|中心|大楼)\))")
_BY_A_ROAD = re.compile(rf"[一-鿿]{{2,}}[省市县区旗州][一-鿿]{{2,20}}(?:{_ROAD})")  # 临江市迎宾大道(体育馆旁)
_PART_OF_ADDRESS = re.compile(r"[路街道号楼室层院厦村镇乡区市县东西南北侧旁内]|\d|^$")
# 来信请寄至…, 位于…: no part of the address
_WRITE_TO = re.compile(
    r"^.{0,8}?(?:(?:写信|寄信|来信|来函|致函|邮寄|寄送|寄|送)请?[到至往]|[位处]于|前往|到访)|^(?:也?可|请)(?:直接)?[到至]|^(?:或|也可|亦可)?(?:来信|来函|致函)(?![到至往])"
)

_HOUSE = r"(?:\d|[一二三四五六七八九十])[号层楼室幢栋]|大院|大楼|大厦|中心"
_WITH_OFFICE = re.compile(
    rf"(.+(?:{_HOUSE}))([一-鿿()（）]{{3,30}}(?:办公室|[科股处])|[一-鿿()（）]{{4,30}}?(?=[(（]?收))([(（]?收[)）]?)?"
)
_PLACE = re.compile(r"[一-鿿]{2,}[省市县区旗州镇乡].*(?:[区楼层室院号内旁侧]|大厦|中心)")
_COME_TO = re.compile(r"(?:现场|当面)?(?:咨询|查阅|反映|办理|索取|领取)$")  # 可到某某路1号某某局咨询


def parted(address: str) -> tuple[str, str | None, bool]:
    """An address and the office at its end (…人民路12号某某局办公室), and whether letters are to go to it (…收)."""
    match = _WITH_OFFICE.fullmatch(address)
    return (match[1], match[2], match[3] is not None) if match else (address, None, False)


def is_place(note: str) -> bool:
    """Whether a note in brackets behind an office says where it sits: 某某局办公室(临江市东山行政办公区)."""
    return _PLACE.fullmatch(note) is not None and not note.endswith("办公室")


def postal_address(value: str, raw: str, colon: bool) -> str | None:
    """An address after its label: up to a separator outside brackets, or the sentence's end; as printed."""
    lead = " :" if colon else " :("  # 来信(某某路1号,邮编…)
    raw = raw[len(value) - len(value.lstrip(lead)) :]
    value = value.lstrip(lead)
    if stands := _STANDS.match(value):
        value, raw = value[stands.end() :], raw[stands.end() :]
    depth, cut = 0, len(value)
    for at, char in enumerate(value):
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        if depth < 0 or (depth == 0 and char in ",;。，；\n]】【"):
            cut = at
            break
    chunks = re.split(r"\s", raw[:cut])  # 人民路12号 受理申请(电话: …)
    while len(chunks) > 1 and not _PART_OF_ADDRESS.search(chunks[-1]):
        cut -= len(chunks.pop()) + 1
    text = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", raw[:cut]).strip(" ,;:、(（.").rstrip("或及和")
    text = re.sub(r"\s*\d{6}$|[(（](?:邮编)?[:：]?$", "", text).strip()
    if not 3 <= len(text) <= 80 or not re.search(r"[一-鿿]{2}", text) or "http" in text:
        return None
    return text if colon or re.search(r"[路街道号楼村镇乡室县区市]", text) else None


def street(passage: str) -> str | None:
    """An address without a label: a chunk between separators that has a street and a number."""
    chunks = re.split(r"[,;。\n()::]", passage)
    for chunk in (*chunks, *(word for each in chunks for word in each.split())):  # 某某路1号 某某局办公室 0571-…
        piece = _COME_TO.sub("", _WRITE_TO.sub("", chunk.strip()))
        if (
            6 <= len(piece) <= 60
            and (_STREET.fullmatch(piece) or (_BY_A_ROAD.fullmatch(piece) and _beside(passage, piece)))
            and not re.search(r"联系|报告|公开|年度|信息|电话", piece)
        ):
            return re.sub(r"\s+", "", piece + _beside(passage, piece))
    return None


def _beside(passage: str, piece: str) -> str:
    """The note in brackets behind a street and number that says which building: (县政务服务中心二楼)."""
    at = passage.find(piece)
    while at >= 0:
        if match := _BESIDE.match(passage, at + len(piece)):
            return match[1]
        at = passage.find(piece, at + 1)
    return ""
