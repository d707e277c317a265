"""What a title, an anchor text or a file name says: a yearly report on government information, a decoy, or neither.

The crawler asks for every link that it sees, so the cheap refusal comes first and readings are cached. Knowledge is in
``data/titles.yaml`` and ``data/decoys.yaml``.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

import data

Kind = Literal["report", "decoy", "other"]
Strength = Literal["strong", "weak", "column", "year", "none"]

FIRST_YEAR, LAST_YEAR = 2003, 2049  # the first local rules on disclosure are of 2003; the national ones of 2008


@dataclass(frozen=True, slots=True)
class TitleReading:
    """What a title says.

    ``kind`` and ``strength`` go together. A report is ``strong`` (names the report and its year) or ``weak``
    (2024年度报告, 政务公开年报: true only in the right column). A decoy is ``strong`` (another paper) or ``weak``
    (about the report: the page's text decides). Of ``other``, ``column`` is the report's name without a
    year (the column of the reports, or a report whose title forgot it), ``year`` is 2024年度 or an organ's name with
    a year, as lists of departments have it, and ``none`` is everything else.
    """

    kind: Kind
    organ: str | None
    year: int | None
    why: str
    strength: Strength


NOTHING = TitleReading("other", None, None, "", "none")

_MAYBE = re.compile(
    r"公开|公開|年报|年報|报告|報告|报表|報表|年度|法治|指南|(?:19|20|１９|２０)[0-9０-９]{2}|二[〇零○ΟОOo0◯０]"
)
_TAG = re.compile(r"<[^<>]{0,80}>")
_SPACE = re.compile(r"[\s\u200b-\u200f\u2028-\u202f\u2060\ufeff\xa0\u3000]+")
_EXTENSION = re.compile(
    r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|zip|rar|7z|jpe?g|png|gif|txt|rtf|s?html?|aspx?|jsp|pptx?)$", re.I
)
_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日?|[-./]\d{1,2}[-./]\d{1,2}|[01]\d[0-3]\d)(?:\d\d:\d\d(?::\d\d)?)?(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-—–~至到、和]((?:19|20)\d\d|\d\d))?(?!\d)(?:年年度|年度|年|度)?")
_BARE_YEAR = re.compile(r"[【\[(（]?((?:19|20)\d\d)(?:年度|年|年度报告|年年报|年度年报)?[】\])）]?")
_SPLIT = re.compile(r"\s*(?:[_|│｜]+|(?<!\d)[-－–—]+|[-－–—]+(?!\d)|[>»›]+|::+)\s*")
_YEAR_MARK = "\x00"


@functools.cache
def _traditional() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in data.load_yaml("titles.yaml")["traditional"].split()}


@functools.cache
def traditional_marks() -> re.Pattern[str]:
    """Finds any of the traditional characters that ``simplified`` maps."""
    return re.compile("[" + "".join(map(chr, _traditional())) + "]")


@functools.cache
def _numeral_year() -> tuple[re.Pattern[str], dict[str, str]]:
    digits = {key: str(value) for key, value in data.load_yaml("titles.yaml")["numerals"].items()}
    zeros = "".join(key for key, value in digits.items() if value == "0")
    every = "".join(digits)
    return re.compile(f"二[{zeros}][{every}][{every}](?=年|度|\\s)"), digits


def simplified(text: str) -> str:
    """The text with the traditional characters of our vocabulary as simplified ones; nothing else is touched."""
    text = text.translate(_traditional())
    return text.replace("资讯公开", "信息公开") if "资讯" in text else text


def squeezed(text: str) -> str:
    """NFKC, simplified, without tags and white space: the form in which titles and labels are compared."""
    text = _TAG.sub("", text) if "<" in text else text
    return simplified(_SPACE.sub("", unicodedata.normalize("NFKC", text)))


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = data.load_yaml("titles.yaml")
    heads = "|".join(sorted(map(re.escape, words["heads"]), key=len, reverse=True))
    tails = "|".join(sorted(map(re.escape, words["tails"]), key=len, reverse=True))
    other = "".join(f"(?<!{re.escape(each)})" for each in words["other_information"])
    mark = rf"[（(【\[]?{_YEAR_MARK}?[)）】\]]?"
    core = re.compile(rf"(?:{heads}|{other}信息公开)(?:工作)?{mark}的?(?:{tails})")
    weak = re.compile("|".join(sorted(map(re.escape, words["weak"]), key=len, reverse=True)))
    loose = re.compile(rf"^(?:年度|年)?{_YEAR_MARK}?(?:年度报告|年报|年度工作报告|报告|年度年报)$")
    return core, weak, loose


@functools.cache
def _decoys(strength: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (name, tuple(line.split("+")))
        for name, lines in data.load_yaml("decoys.yaml")[strength].items()
        for line in lines
    )


def _decoy(text: str, strength: str) -> str | None:
    for name, words in _decoys(strength):
        if all(word in text for word in words):
            return name
    return None


def years_in(text: str) -> list[tuple[int, int, int]]:
    """The years that a squeezed text names, as (year, start, end); full dates and ranges' first years left out."""
    dates = [match.span() for match in _DATE.finditer(text)]
    found = []
    for match in _YEAR.finditer(text):
        if any(start <= match.start() < end for start, end in dates):
            continue
        year = int(match[1])
        if match[2]:
            last = int(match[2]) if len(match[2]) == 4 else year // 100 * 100 + int(match[2])
            year = last if last > year else year
        if FIRST_YEAR <= year <= LAST_YEAR:
            found.append((year, *match.span()))
    return found


def arabic_years(text: str) -> str:
    """The text with years in Chinese numerals (二〇二四年) in Arabic ones; same length."""
    if "二" not in text:
        return text
    pattern, digits = _numeral_year()
    return pattern.sub(lambda match: "2" + "".join(digits[each] for each in match[0][1:]), text)


@functools.lru_cache(maxsize=16384)
def read_title(text: str) -> TitleReading:
    """What an anchor text, a page's title, a heading or a file's name says. Never raises; constant time for long texts.

    ``organ`` is as printed (it may be short, or lack its place); ``year`` is the reported year, never a date's year.
    """
    if not _MAYBE.search(text):
        return NOTHING
    whole = text if len(text) <= 300 else text[:300]
    whole = unicodedata.normalize("NFKC", _TAG.sub("", whole) if "<" in whole else whole)
    whole = arabic_years(simplified(_EXTENSION.sub("", whole.strip())))
    flat = _SPACE.sub("", whole)
    bare = _BARE_YEAR.fullmatch(flat)
    if bare and FIRST_YEAR <= int(bare[1]) <= LAST_YEAR and "报" not in flat:
        return TitleReading("other", None, int(bare[1]), "a year alone", "year")

    core, weak, loose = _patterns()
    years = years_in(flat)
    marked = _marked(flat, years)
    match = core.search(marked)
    if match is None:
        other = _decoy(flat, "strong")
        match = None if other else weak.search(marked)
        if match is None:
            about = other or (_decoy(flat, "weak") if "信息公开" in flat or "政务公开" in flat else None)
            if about:
                return TitleReading(
                    "decoy", None, years[-1][0] if years else None, about, "strong" if other else "weak"
                )
            return _without_name(marked, years, loose)
        strength: Strength = "weak"
    else:
        strength = "strong"

    segment, match, marked = _segment(whole, marked, match, core if strength == "strong" else weak)
    ahead = flat[: max(flat.find(segment), 0)]  # 一图读懂 | 2023年…
    before, after = marked[: match.start()], marked[match.end() :]
    year = _year(segment, years)
    why = _about(before, match[0], after) or (_PICTURES if _is_picture(ahead) else None)
    if why:
        hard = _decoy(before + "|" + after, "strong")
        return TitleReading("decoy", None, year, hard or why, "strong" if hard else "weak")
    if match[0].startswith("人民政府"):
        before += "人民政府"
    organ = _organ(before, after)
    if "学年" in segment or (match[0].startswith("信息公开") and organ and _NO_GOVERNMENT.search(organ)):
        return TitleReading("decoy", organ, year, "report of a school, hospital or company", "strong")
    if year is None:
        return TitleReading("other", organ, None, f"{match[0]} without a year", "column")
    return TitleReading("report", organ, year, match[0].replace(_YEAR_MARK, ""), strength)


def _marked(flat: str, years: list[tuple[int, int, int]]) -> str:
    for _, start, end in reversed(years):
        flat = flat[:start] + _YEAR_MARK + flat[end:]
    return flat


def _segment(whole: str, marked: str, match: re.Match[str], pattern: re.Pattern[str]) -> tuple[str, re.Match[str], str]:
    """The part of a page title that holds the report's name: 年度报告-沭阳县发改局, 万载县人民政府 | 年度报告."""
    parts = [part for part in _SPLIT.split(whole) if part]
    if len(parts) > 1:
        flats = [_SPACE.sub("", part) for part in parts]
        for flat in sorted(flats, key=lambda flat: not years_in(flat)):  # stable: parts with a year first
            inner = _marked(flat, years_in(flat))
            found = pattern.search(inner)
            if found:
                return flat, found, inner
    return _SPACE.sub("", whole), match, marked


def _without_name(marked: str, years: list[tuple[int, int, int]], loose: re.Pattern[str]) -> TitleReading:
    """2024年度报告 (true in the right column only), and 某某局2024年 as lists of departments print it."""
    if len(years) != 1:
        return NOTHING
    if loose.match(marked):
        return TitleReading("report", None, years[0][0], "a yearly report of something", "weak")
    lead, _, rest = marked.partition(_YEAR_MARK)
    if not rest.strip("()（）") and 3 <= len(lead) <= 40 and _ORGAN_END.search(lead.rstrip("()")):
        organ = _organ(lead, "")
        return TitleReading("other", organ, years[0][0], "an organ and a year", "year") if organ else NOTHING
    return NOTHING


def _year(segment: str, years: list[tuple[int, int, int]]) -> int | None:
    """The year of the segment that names the report; of several, the one before its name (2025年…2025年度…)."""
    here = years_in(segment) or years
    if not here:
        return None
    place = segment.find("公开")
    before = [each for each in here if each[1] < place]
    return (before or here)[-1 if before else 0][0]


def _about(before: str, name: str, after: str) -> str | None:
    """Why the title is about the report and not the report's own; None where it is its own."""
    words = data.load_yaml("decoys.yaml")
    lead = _NOISE.sub("", before.replace(_YEAR_MARK, ""))
    begin = lead.removeprefix("关于")
    for verb in words["verbs_before"]:
        if lead.endswith((verb, verb + "了", verb + "《")) or begin.startswith(verb):
            return f"notice or news about the report ({verb})"
    if any(each in lead for each in words["collectives"]):
        return "about the reports of several organs"
    rest = after.lstrip("》”\"')）的")
    for verb in words["verbs_after"]:
        if rest.startswith(verb):
            return f"news about the report ({verb})"
    sentence = _WRAPPED_ANYWHERE.sub("", rest)
    for verb in words["news_after"]:
        if verb in sentence:
            return f"news about the report ({verb})"
    return _decoy(name + after, "weak") or (_PICTURES if _is_picture(lead) else None)


_PICTURES = "picture or digest of the report"


def _is_picture(lead: str) -> bool:
    return any(each in lead for each in data.load_yaml("decoys.yaml")["weak"][_PICTURES])


_BRACKETED = re.compile(r"[（(【\[〔]([^（(【\[〔)）】\]〕]{2,30})[)）】\]〕]")
_ORGAN_END = re.compile(
    r"(?:政府|局|委|委员会|厅|办|办公室|办公厅|处|所|站|院|中心|公司|队|部|署|会|行|馆|社|街道|镇|乡|区|县|市|省|旗|盟|州|苏木|海关|机关|街|场|校|台|园|关区|团)$"
)
_NO_GOVERNMENT = re.compile(r"(?:大学|学院|学校|小学|中学|幼儿园|医院|卫生院|公司|集团)$")
_NOISE = re.compile(
    r"^(?:[0-9]{1,3}[.、:)）]|[一二三四五六七八九十]{1,3}[、.]|[:：.、，,;；·•*#\-—–_|《〈<“\"'\[【(（\x00]|[a-zA-Z]+[.:])+"
)
_TAIL_NOISE = re.compile(r"[:：.、，,;；·•*#\-—–_|“\"'\[【(（》〉>\x00]+$")


def is_organ_like(text: str) -> bool:
    """Whether a short text could be an organ's or a place's name: Chinese characters that end as such names do."""
    return 3 <= len(text) <= 40 and bool(_ORGAN_END.search(text)) and text not in _not_organs()


_WRAPPED_ANYWHERE = re.compile(r"[（(【\[〔].*?(?:[)）】\]〕]|$)")
_WRAPPED = re.compile(r"^[（(【\[]([^（(【\[)）】\]]{2,30})[)）】\]]")
_ENDING = re.compile(r"(?:关于|的|年度?|之|原|^\d+)$")


@functools.cache
def _leading() -> re.Pattern[str]:
    words = "|".join(map(re.escape, data.load_yaml("titles.yaml")["leading"]))
    return re.compile(rf"^(?:(?:{words})\d*|附(?=[:：]))")


@functools.cache
def _not_organs() -> frozenset[str]:
    return frozenset(data.load_yaml("titles.yaml")["not_organs"])


def _organ(before: str, after: str) -> str | None:
    """The organ named in a title, or None: before the report's name, else in brackets after it."""
    text = before
    wrapped = _WRAPPED.match(before)
    if wrapped:  # (西安市人防办)2011年…, but 【年报】西安市人防办2011年…
        rest = before[wrapped.end() :].strip(_YEAR_MARK)
        text = rest if len(rest) >= 3 else wrapped[1] + rest
    while True:
        earlier = text
        text = _TAIL_NOISE.sub("", _NOISE.sub("", text)).replace(_YEAR_MARK, "")
        text = _ENDING.sub("", _leading().sub("", text))
        if text == earlier:
            break
    if text.endswith("人民"):
        text += "政府"
    text = text.replace("》", "").replace("《", "")
    if len(text) < 2 or text in _not_organs() or not re.search(r"[\u3400-\u9fff]", text):
        text = ""
    if not text:
        for match in _BRACKETED.finditer(after):
            if _ORGAN_END.search(match[1]) and match[1] not in _not_organs():
                return match[1]
        return None
    return _half_repeated(text)


def _half_repeated(text: str) -> str:
    """北京市水务局北京市水务局 → 北京市水务局: the organ's line and the title's line run together."""
    half = len(text) // 2
    return text[:half] if len(text) % 2 == 0 and half >= 4 and text[:half] == text[half:] else text
