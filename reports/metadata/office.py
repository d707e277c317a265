"""The office that a report tells its readers to ask: 请与某某局办公室联系. Words in ``data/contact.yaml``."""

from __future__ import annotations

import functools
import re

import data

_NUMBERS_FOLLOW = (
    r"\((?:办公|联系|通[讯信])?(?:地\s*址|电\s*话|联系|邮|电子|0\d)|[,;:]\s*(?:联系|办公)?(?:地\s*址|电\s*话|邮|手机|座机)"
    r"|\((?=[^。]{0,80}?(?:电\s*话|邮\s*编|邮政编码)|[^()。]{0,60}?\d{7})"  # 请联系某某科(人民路1号,邮编…)
    r"|:\s*\(?\d{3}|(?:联系|办公|咨询|服务)?电话[:为是]?\(?\d{3}"  # 请致电某某局: 0571-…, 请拨打某某局电话0571-…
)
_LABEL_FOLLOWS = r"(?:联系|办公|通[讯信])?(?:地址|电话|邮编|邮政编码|联系人):"  # in a line of its own
_DOES = ("联系", "联络", "咨询", "垂询", "致电", "致函", "告知", "询", "洽")


def _any(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@functools.cache
def _asked_again() -> re.Pattern[str]:
    """What asks once more in front of a name: 请与某某局; 向阳区 and 和平县 begin so themselves."""
    asked = r"(?:[请可]|直接|径直?)(?:及时)?(?:与|向|同|联系|联络|咨询|致电|致函)"
    return re.compile(rf"{asked}|(?:或者?|[和、])?(?:致电|致函|来电|来函)|^联系|^(?!{_places()})(?:与|向)")


def _places() -> str:
    return _any(data.load_yaml("titles.yaml")["organ_in_text"]["begins_a_place"])


@functools.cache
def _phone_labels() -> re.Pattern[str]:
    """A label in front of a name: 联系方式 as a heading, and the office in the line below it."""
    labels = data.load_yaml("contact.yaml")["labels"]["phone"]
    return re.compile(rf"^(?:{_any([each for each in labels if len(each) > 3])}):?")


@functools.cache
def _asked() -> re.Pattern[str]:
    """A name between the words that ask; a part of it in brackets (（人事科）) belongs to it, its address does not."""
    words = data.load_yaml("contact.yaml")
    return re.compile(
        rf"(?!{_places()})(?:{_any(words['ask_before'])})\s*:?\s*[“\"]?([一-鿿][一-鿿()、\s]{{1,44}}?)[”\"]?\s*"
        rf"(\([一-鿿]{{2,16}}[局委厅科股室处办]\))?(?:\([^()]{{0,200}}\))?\s*(?={_any(words['ask_after'])}|{_NUMBERS_FOLLOW})"
    )


@functools.cache
def _told() -> re.Pattern[str]:
    """The whole object of 请联系 and the like, which says what to do before it says whom: no word need follow."""
    before = [each for each in data.load_yaml("contact.yaml")["ask_before"] if each.endswith(_DOES)]
    return re.compile(
        rf"(?:{_any(before)})\s*[:,]?\s*[“\"]?([一-鿿][一-鿿()、]{{1,44}}?)[”\"]?"
        rf"(\([一-鿿]{{2,16}}[局委厅科股室处办]\))?(?=[。,;:(]|0\d{{2}}|$|{_LABEL_FOLLOWS})"
    )


@functools.cache
def _named() -> tuple[re.Pattern[str], ...]:
    """An office that is named and not asked: 由某某科受理; 某某局办公室电话:0571-…"""
    by_then = _any(data.load_yaml("contact.yaml")["by_then"])
    return (
        re.compile(rf"由([一-鿿()]{{3,40}}?)(?={by_then})"),
        re.compile(r"(?:^|[,;。)\n为])((?:(?!为)[一-鿿]){3,40}?)(?=[,(]?(?:联系|办公|咨询)?电话[:为是]?\(?0\d{2})"),
        re.compile(r"\d\)?联系([一-鿿]{3,40}?)(?=[。,;]|$)"),  # 拨打0571-…联系某某局办公室
        re.compile(r"与(?:我们|我[局委厅办镇乡]|本机关)联系:([一-鿿()]{3,40}?)(?=[。,;(]|$)"),
        re.compile(
            rf"(?:{_any(data.load_yaml('contact.yaml')['office_is'])})(?:为|是)([一-鿿()]{{3,40}}?)(?=[。,;]|\((?:地|电|办)|$)"
        ),
    )


@functools.cache
def _kinds() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = data.load_yaml("contact.yaml")
    ends = re.compile(rf"(?:{_any(words['office_ends'])})$|\)$")
    own = re.compile(
        rf"^(?:我|本)(?:{_any(words['own'])})(?=办公室|$|[一-鿿]{{2,}}(?:科|处|股|室))"
    )  # 我局办公室, 我局
    return ends, re.compile("|".join(words["not_offices"])), own


def is_office(name: str) -> bool:
    """Whether a name ends as offices' names do."""
    return bool(_kinds()[0].search(name))


@functools.cache
def _beside() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What may stand before a name in a run of characters without a sign, the name up to what may stand behind it, and
    what no name holds.
    """
    words = data.load_yaml("contact.yaml")
    ends, behind = _any(words["office_ends"]), "|".join(words["beside_after"])
    return (
        re.compile(rf"^(?!{_places()})(?:{'|'.join(words['beside_before'])})"),
        re.compile(rf"(.+(?:{ends})(?:\([一-鿿]{{2,16}}[局委厅科股室处办]\))?)(?:(?:{behind}).*)?$"),
        re.compile("|".join(words["no_name_holds"])),
    )


_PART = re.compile(r"\([一-鿿]{2,16}[局委厅科股室处办]\)")
_RUN = re.compile(r"[一-鿿]{2,48}(?:\([一-鿿]{2,16}[局委厅科股室处办]\))?")
_NUMBER = re.compile(r"\d{7}|@|\x01|0\d{2,3}-|\d{4}-\d{4}")
_ATTACHED = re.compile(r"^(?:附件?|注|备注)\d?:")
_PLACE = re.compile(r"[一-鿿]{1,7}?(?:自治[区州县旗]|[省市县区旗盟州镇乡])")
_LEADS = re.compile("现?[将把]?(?:公布|联系|咨询|拨打|找|由|归)")
_FARTHEST = 14  # characters before the organ's place in a run: 本报告解释权归
_LONGEST_LINE = 40  # characters of one above the number


def office_beside(passage: str, address: str | None, organ: str | None) -> str | None:
    """An office that stands beside the numbers and nobody asks for: 致电0571-…(某某局办公室), 寄至某某路1号,某某局收.

    For passages in which ``office`` finds none: a run of characters that is a name, in a sentence with a number or in
    a line above or below one.
    """
    lines = re.split(r"[。\n]", re.sub(r"[ \t]+", "", passage))
    where = (address or "").replace("（", "(").replace("）", ")")
    for at, line in enumerate(lines):
        line = _ATTACHED.sub("", line)
        here = _NUMBER.search(line) is not None or (len(where) > 5 and where in line)
        around = "".join(lines[max(at - 1, 0) : at] + lines[at + 1 : at + 4])
        if not here and not (len(line) <= _LONGEST_LINE and _NUMBER.search(around)):
            continue
        for run in _RUN.finditer(line):
            name = _name_in(run[0], organ)
            if not here and run[0] != line.strip(":,;") and "由" not in run[0]:
                continue
            if name and len(name) >= 4 and name not in where and not _kinds()[1].search(name):
                return name
    return None


def is_bare_name(line: str) -> bool:
    """Whether a line is an office's name and nothing else, above the line of its telephone."""
    run = _RUN.fullmatch(line.strip())
    return run is not None and 4 <= len(line) <= 30 and _name_in(run[0], None) == run[0]


def _name_in(run: str, organ: str | None) -> str | None:
    """The office's name in a run of characters: from the organ's own name or place on, else behind what asks for it."""
    before, whole, never = _beside()
    begun = _begun(run, organ)
    if begun is None:
        while match := before.match(run):
            run = run[match.end() :]
    match = whole.match(run[begun or 0 :])
    return match[1] if match and not never.search(match[1]) else None


def _begun(run: str, organ: str | None) -> int | None:
    """Where the organ's name or its place begins in a run: 意见请反馈至|临江市某某局."""
    if organ is None:
        return None
    places = (run.find(each) for each in (organ, *_PLACE.findall(organ)))
    return min((at for at in places if 0 <= at <= _FARTHEST), default=None)


def office(passage: str, organ: str | None) -> str | None:
    """The first office that a passage (half-width) says may be asked; 我局 is the organ."""
    _, others, own = _kinds()
    squeezed = re.sub(r"[ \t\n]+", "", passage)
    patterns = (_asked(), _told(), *_named())
    for match in (each for pattern in patterns for each in pattern.finditer(squeezed)):
        part = _PART.match(squeezed, match.end(1))  # 办公室(政务公开股)
        name = _phone_labels().sub("", _asked_again().split(match[1] + (part[0] if part else ""))[-1])
        if organ:
            name = own.sub(organ, name)
            if (begun := _begun(name, organ)) and _LEADS.fullmatch(name[:begun]):
                name = name[begun:]
        if len(name) >= 2 and is_office(name) and not others.search(name) and not _beside()[2].search(name):
            return name
    return None
