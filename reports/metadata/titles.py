"""The report's title and year: from the text first, then the page's metadata, the link and the address."""

from __future__ import annotations

import re
from collections import Counter

from reports.characters import plain, without_spaces
from reports.document import Document
from reports.metadata.broken_titles import is_loose, joined, mended, tidy
from reports.metadata.dates import Moment
from reports.metadata.description import Hints
from reports.metadata.labelled import begins_with_label
from reports.metadata.own_title import own_title
from reports.metadata.places import Places
from reports.record import Candidate, Problem
from reports.title import TitleReading, read_title
from reports.years import arabic_years

_RANK = {("report", "strong"): 30, ("report", "weak"): 10, ("other", "column"): 20}
_NAMED_WEAK = 25  # 某某局2023年政务公开工作年度报告: more than the column's name, less than the report's own
_OWN = ("heading", "meta articletitle")  # where the page itself says what its title is
#: 现将我局2023年政府信息公开工作报告如下: no title; nor is the line of a file that begins 根据…条例规定，现公布….
_SENTENCE = re.compile(r"[。；;!！]|[，,].*[，,]|如下|^\s*(?:根据|按照|依据|依照|遵照|为(?:贯彻|落实)).*[，,]")
_QUOTED = re.compile(r"《([^《》]+)》")


def title(document: Document, places: Places, hints: Hints) -> tuple[str | None, list[Candidate]]:
    """The title and all candidates, the chosen one first. The fullest reading wins; among equals the text's own."""
    found: list[tuple[str, str]] = [(text, "heading") for text in document.headings[:8]]
    lines = [line.raw for line in places.head if line.linked < 0.5 and 1 < len(line.text) <= 90]
    lines = [line for line in lines if not _SENTENCE.search(line)][:60]
    lines = [last for line in lines if (last := _last_step(line))]
    labelled = [line for line in lines if _is_labelled(line)]
    lines = ["" if line in labelled else line for line in lines]
    found += [(whole, "text") for whole in mended(lines)]
    found += [(line, "text") for line in lines if line]
    found += [(whole, "text") for whole in joined(lines)]
    found += [(each.value, f"label {each.label}") for each in places.labelled("title")]
    found += [
        (value, "meta articletitle") for value in places.meta.get("articletitle", []) + places.meta.get("title", [])
    ]
    own, is_file_name = own_title(document.title)
    own = _without_site_before(own, document.headings) if own else own
    if own and not is_file_name:
        found.append((own, "page title"))
    found += [(re.split("[:：]", line, maxsplit=1)[-1], "text") for line in labelled]  # 信息分类 is nobody's name
    tidied = [(tidy(text), source) for text, source in found if text and len(text) <= 300]
    rated = [(text, source, read_title(text)) for text, source in tidied if len(text) <= 120]
    if own and is_file_name and all(_rank(reading) < _RANK["report", "strong"] for _, _, reading in rated):
        rated.append((tidy(own), "page title", read_title(own)))  # a file's name: less than a title that is printed
    reports = [each for each in rated if _rank(each[2])]
    if len({text for text, source, reading in reports if source == "text" and is_loose(reading)}) > 1:
        reports = [each for each in reports if each[1] != "text" or not is_loose(each[2])]  # a side column's years
    if not reports and hints.anchor and read_title(hints.anchor).kind == "report":
        reports = [(tidy(hints.anchor), "link", read_title(hints.anchor))]
    best = max(reports, key=_preference, default=None)
    if best is None or (_rank(best[2]) < _RANK["report", "strong"] and best[1] not in (*_OWN, "link")):
        named = [each for each in rated if each[1] in (*_OWN, "page title")]
        named.sort(key=lambda each: (each[2].kind != "decoy", each[1] != "meta articletitle"))
        other = next(iter(named), None)
        if best is None or (other and other[2].kind == "decoy"):
            best = other
    if best is None or (best[1] == "page title" and best[2].strength == "none"):
        best = _named_otherwise(rated, lines) or best
    if best is None:
        return None, []
    chosen = _without_site(best[0], best[2])
    candidates = [Candidate(value=chosen, source=best[1])]
    candidates += [Candidate(value=text, source=source) for text, source, reading in reports if text != chosen]
    return chosen, [each for number, each in enumerate(candidates) if each not in candidates[:number]][:8]


def _named_otherwise(
    rated: list[tuple[str, str, TitleReading]], lines: list[str]
) -> tuple[str, str, TitleReading] | None:
    """Another paper that the first lines of the text name, where nothing names a report; further down with its year."""
    for each in rated:
        text, source, reading = each
        if source == "text" and reading.kind == "decoy" and text in lines[: 12 if reading.year else 3]:
            return each
    return None


_STEPS = re.compile(r"[>＞»›→]+")
_TRAIL = re.compile(r"^\W*(?:您?(?:的|现|所)?在?(?:当前|现在|所在)?(?:的)?(?:位置|页面)|首\s*页)")


def _last_step(line: str) -> str | None:
    """The line; of a breadcrumb (当前位置: 首页 > 政府信息公开年报 > …) its last step where that names a report."""
    steps = _STEPS.split(line)
    if len(steps) < 2 or not (len(steps) > 2 or _TRAIL.match(line)):
        return line
    last = steps[-1].strip()
    return last if read_title(last).strength == "strong" and read_title(last).kind == "report" else None


def _is_labelled(line: str) -> bool:
    """Whether a line is a label of the page's with its value (信息分类: 政府信息公开年报), which is nobody's title."""
    return not line.lstrip().startswith("附件") and begins_with_label(plain(line))


def _preference(candidate: tuple[str, str, TitleReading]) -> tuple[int, bool]:
    """The fullest reading; of names without a year, which a side column prints too, where the page says its title."""
    _, source, reading = candidate
    return _rank(reading), reading.strength == "column" and source in _OWN


def _rank(reading: TitleReading) -> int:
    base = _RANK.get((reading.kind, reading.strength), 0)
    if reading.kind == "report" and reading.strength == "weak" and reading.organ:
        base = _NAMED_WEAK
    return base + (2 if reading.organ else 0) + (1 if reading.year else 0) if base else 0


_APART = re.compile(r"[\s_|│｜>»›\-－–—]$")


def _without_site_before(own: str, headings: list[str]) -> str:
    """The page's title without the site's name that a template sets before it, as the article's heading shows.

    云溪市人民政府 2024年政府信息公开工作年度报告 over the heading 2024年政府信息公开工作年度报告: any organ's report.
    """
    for heading in headings[:8]:
        before = own.removesuffix(heading)
        if len(before) < len(own) and _APART.search(before) and read_title(heading).strength == "strong":
            return heading
    return own


def _without_site(text: str, reading: TitleReading) -> str:
    """The part of a page title that names the report (…年度报告-沭阳县发改局)."""
    if reading.strength == "none":
        return text
    if reading.kind == "report" and (quoted := _QUOTED.fullmatch(text)):
        return quoted[1]
    for part in re.split(r"\s*(?:[_|│｜>»›]|(?<!\d)[-－–—]+|[-－–—]+(?!\d))\s*", text):
        inner = read_title(part)
        if (inner.kind, inner.year, inner.organ) == (reading.kind, reading.year, reading.organ):
            return part.strip()
    return text


_NAMED = re.compile(r"《[^《》]*》|〈[^〈〉]*〉")
_PRESENTED = re.compile(
    r"(?:公布|发布|编制|编写|形成|现将|制作)[^。;]{0,40}?(?<!\d)(20\d\d)年(?:度)?[^。;,，\d]{0,24}?(?:年度报告|年报|工作报告)"
)
_BEGINS = re.compile(r"(?:^|[\n。])\s*(20\d\d)\s*年(?:度|以来)?[,，]")


def _presented(opening: str) -> int | None:
    """The year of the report that the opening presents (现公布…2023年政府信息公开工作年度报告), not of one it cites."""
    match = _PRESENTED.search(_NAMED.sub("", without_spaces(opening)))
    return int(match[1]) if match else None


def _begun(opening: str) -> int | None:
    """The year with which the first sentence above the sections begins: 2023年，我局认真…."""
    lines = [line for line in opening.split("\n") if "。" in line]
    match = _BEGINS.match(lines[0]) if lines else None
    return int(match[1]) if match else None


def _is_its_subject(year: int, first: str) -> bool:
    """Whether the first section begins with a year (2023年，我局…) and never speaks of the one that was chosen."""
    return _BEGINS.search(first) is not None and str(year) not in first


def year(
    places: Places,
    hints: Hints,
    title_text: str | None,
    titles: list[Candidate],
    period: tuple[int, bool] | None,
    date: Moment | None,
) -> tuple[int | None, list[Candidate], list[Problem]]:
    """The reported year, its candidates and what is doubtful: title, 统计期限, text, link, date of publication,
    address.
    """
    found: list[tuple[int, str]] = []
    for each in titles:
        read = read_title(str(each.value))
        if read.year and (read.kind == "report" or read.strength == "year"):
            found.append((read.year, f"title ({each.source})"))
            break
    if period and period[1]:
        found.append((period[0], "period"))
    opening = arabic_years(places.opening)
    if presented := _presented(opening) or _begun(opening):
        found.append((presented, "opening"))
    first = arabic_years("\n".join(line.text for line in places.body[:6]))
    said = Counter(re.findall(r"(?<!\d)(20\d\d)\s*年(?:度)?[,，\s]?", first))
    if said:
        found.append((int(said.most_common(1)[0][0]), "first section"))
    if period and not period[1]:
        found.append((period[0], "period (doubtful)"))
    for hint, source in ((hints.anchor, "link"), (hints.parent_title, "parent page")):
        read_hint = read_title(hint) if hint else None
        if read_hint and read_hint.year:
            found.append((read_hint.year, source))
    if date is not None:
        found.append((date.year - 1, "date of publication"))
    problems: list[Problem] = []
    if not found:
        return None, [], problems
    chosen, source = found[0]
    if date is not None and source.startswith("title") and (date.year, date.month or 12) < (chosen, 11):
        # A title that names the year in which it was written? The text must say so: it may be the date that is wrong.
        written = [(y, s) for y, s in found[1:] if s in ("period", "first section", "link")]
        message = f"the title says {chosen}, the page was published on {date}"
        problems.append(Problem(code="year-conflict", message=message, where=source))
        if all(y != chosen for y, s in written if s == "period"):
            chosen, source = next(((y, s) for y, s in written if (date.year, date.month or 12) >= (y, 11)), found[0])
    witnesses = ("title", "period", "opening", "first section")
    told = [
        (value, where)
        for value, where in found
        if where.startswith(witnesses) and (where != "first section" or _is_its_subject(chosen, first))
    ]
    if len({value for value, _ in told}) > 1 and not problems:
        said_years = ", ".join(f"{where} {value}" for value, where in told)
        problems.append(
            Problem(code="year-conflict", message=f"the year is told in two ways: {said_years}", where=source)
        )
    found.sort(key=lambda each: each != (chosen, source))
    return chosen, [Candidate(value=value, source=where) for value, where in found], problems
