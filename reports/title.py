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
from reports.characters import simplified
from reports.decoys import about, behind, decoy, picture
from reports.names import ends_like_an_organ, is_no_government, is_organ_like, organ_in_title
from reports.years import FIRST_YEAR, LAST_YEAR, arabic_years, years_in

Kind = Literal["report", "decoy", "other"]
Strength = Literal["strong", "weak", "column", "year", "none"]


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
_BARE_YEAR = re.compile(r"[【\[(（]?((?:19|20)\d\d)(?:年度|年|年度报告|年年报|年度年报)?[】\])）]?")
_SPLIT = re.compile(r"\s*(?:[_|│｜·•]+|(?<!\d)[-－–—]+|[-－–—]+(?!\d)|[>»›]+|::+)\s*")
_JOINED = re.compile(r"^([\u3400-\u9fff()]+)—{1,2}$")  # 某某局——2023年政府信息公开工作年度报告
_PERIOD = re.compile(r"((?:19|20)\d\d)\s*年\s*1\s*月\s*1\s*日\s*(?:至|到|[-—–~]+)\s*(?:\1\s*年\s*)?12\s*月\s*31\s*日")
_SENT = re.compile("^关于(?:报送|上报|呈报|公布|印发|发布|公开|报告)")
_YEAR_MARK = "\x00"


@functools.cache
def _of_other_information() -> re.Pattern[str]:
    """公共服务信息公开年度报告: the report's name, of information that is not the government's."""
    words = data.load_yaml("titles.yaml")
    other, tails = ("|".join(map(re.escape, words[key])) for key in ("other_information", "tails"))
    return re.compile(rf"(?:{other})信息公开(?:工作)?{_YEAR_MARK}?(?:{tails})")


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = data.load_yaml("titles.yaml")
    heads = "|".join(sorted(map(re.escape, words["heads"]), key=len, reverse=True))
    tails = "|".join(sorted(map(re.escape, words["tails"]), key=len, reverse=True))
    other = "".join(f"(?<!{re.escape(each)})" for each in words["other_information"])
    mark = rf"[（(【\[]?{_YEAR_MARK}?[)）】\]]?"
    core = re.compile(rf"(?:{heads}|{other}信息公开)(?:工作)?{mark}的?(?:{tails})")
    weak_heads = "|".join(sorted(map(re.escape, words["weak_heads"]), key=len, reverse=True))
    weak = re.compile(rf"(?:{weak_heads})(?:工作)?{mark}的?(?:{tails})")
    loose = re.compile(rf"^(?:年度|年)?{_YEAR_MARK}?(?:年度报告|年报|年度工作报告|报告|年度年报)$")
    return core, weak, loose


@functools.lru_cache(maxsize=16384)
def read_title(text: str, *, own: bool = False) -> TitleReading:
    """What an anchor text, a page's title, a heading or a file's name says. Never raises; constant time for long texts.

    ``organ`` is as printed (it may be short, or lack its place); ``year`` is the reported year, never a date's year.
    ``own`` says that the text is a page's own title: a link's may go on behind the report's name (…年报市直部门).
    """
    if not _MAYBE.search(text):
        return NOTHING
    whole = text if len(text) <= 300 else text[:300]
    whole = unicodedata.normalize("NFKC", _TAG.sub("", whole) if "<" in whole else whole)
    whole = arabic_years(simplified(_EXTENSION.sub("", whole.strip())))
    if "12月" in whole:  # 2023年1月1日至12月31日政府信息公开工作年度报告
        whole = _PERIOD.sub(r"\1年", whole)
    whole = whole.replace("(年度)", "年度")  # 工作(年度)报告
    flat = _SPACE.sub("", whole)
    bare = _BARE_YEAR.fullmatch(flat)
    if bare and FIRST_YEAR <= int(bare[1]) <= LAST_YEAR and "报" not in flat:
        return TitleReading("other", None, int(bare[1]), "a year alone", "year")

    core, weak, loose = _patterns()
    years = years_in(flat)
    marked = _marked(flat, years)
    match = core.search(marked)
    if match is None:
        match = weak.search(marked)
        other = decoy(marked[match.start() :] if match else flat, "strong")  # 行政执法 may be in the organ's name
        match = None if other else match
        if match is None:
            if other is None and _of_other_information().search(marked):
                other = "report on other information"
            refused = other or (decoy(flat, "weak") if "信息公开" in flat or "政务公开" in flat else None)
            if refused:
                return TitleReading(
                    "decoy", None, years[-1][0] if years else None, refused, "strong" if other else "weak"
                )
            return _without_name(marked, years, loose)
        strength: Strength = "weak"
    else:
        strength = "strong"

    segment, match, marked = _segment(whole, marked, match, core if strength == "strong" else weak)
    if years and segment != flat and not years_in(segment) and (instead := _beside_a_column(whole, segment)):
        return instead
    ahead = flat[: max(flat.find(segment), 0)]  # 一图读懂 | 2023年…
    before, after = marked[: match.start()], marked[match.end() :]
    year = _year(segment, years)
    why = about(before.replace(_YEAR_MARK, ""), match[0], after) or picture(ahead) or (behind(after) if own else None)
    if why:
        hard = decoy(before + "|" + after, "strong")
        lead = organ_in_title(before.partition("关于")[0], "")  # 某某局关于报送…, 某某局重新发布…
        if not lead and (sent := _SENT.match(before)):  # 关于报送某某局2023年…的函
            lead = organ_in_title(before[sent.end() :], "")
        organ = lead if lead and is_organ_like(lead) else None
        return TitleReading("decoy", organ, year, hard or why, "strong" if hard else "weak")
    if not before.strip(_YEAR_MARK) and (joined := _JOINED.search(ahead)) and is_organ_like(joined[1]):
        before = joined[1]
    if match[0].startswith("人民政府"):
        before += "人民政府"
    organ = organ_in_title(before, after)
    if "学年" in segment or (match[0].startswith("信息公开") and organ and is_no_government(organ)):
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


def _beside_a_column(whole: str, column: str) -> TitleReading | None:
    """What a page title says whose year stands in another part than the report's name: 政府信息公开年报 is the column
    then, and the part with the year the article, which may be any paper of that column.
    """
    dated = [flat for part in _SPLIT.split(whole) if part and years_in(flat := _SPACE.sub("", part)) and flat != column]
    readings = [read_title(flat) for flat in dated]
    if any(each.kind == "report" or each.strength in ("column", "year") for each in readings):
        return None
    if any(is_organ_like(_undated(flat)) or not _undated(flat) for flat in dated):
        return None
    return next((each for each in readings if each.kind == "decoy"), NOTHING)


def _undated(flat: str) -> str:
    return _marked(flat, years_in(flat)).replace(_YEAR_MARK, "").strip("()（）【】[]度")


def _without_name(marked: str, years: list[tuple[int, int, int]], loose: re.Pattern[str]) -> TitleReading:
    """2024年度报告 (true in the right column only), and 某某局2024年 as lists of departments print it."""
    if len(years) != 1:
        return NOTHING
    if loose.match(marked):
        return TitleReading("report", None, years[0][0], "a yearly report of something", "weak")
    lead, _, rest = marked.partition(_YEAR_MARK)
    if not rest.strip("()（）") and 3 <= len(lead) <= 40 and ends_like_an_organ(lead.rstrip("()")):
        organ = organ_in_title(lead, "")
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
