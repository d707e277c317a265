"""What a link promises.

A report, the column of the reports, the way to it, or nothing. All words and weights are in data/discovery.yaml.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

import data
from crawler import address
from crawler.discovery.links import Link
from crawler.discovery.slugs import is_article, is_document, is_never, slug_kind
from reports.title import TitleReading, read_title

Context = Literal["home", "hub", "organs", "annual", "notice", "organ", "other"]


@dataclass(frozen=True, slots=True)
class Promise:
    """What is expected behind a link. ``reason`` says why it is refused; then nothing is fetched."""

    kind: str
    priority: float
    rule: str
    year: int | None = None
    reason: str | None = None
    context: Context = "other"  # of the page behind it


def explore() -> float:
    """The priority below which a request is exploration."""
    return float(_rules()["explore"])  # type: ignore[arg-type]


@functools.cache
def _rules() -> dict[str, object]:
    rules: dict[str, object] = data.load_yaml("discovery.yaml")
    return rules


@functools.cache
def _any(*path: str) -> re.Pattern[str]:
    lines = _rules()
    for step in path:
        lines = lines[step]  # type: ignore[assignment]
    return re.compile("|".join(f"(?:{line})" for line in lines), re.I)


@functools.cache
def _hubs() -> tuple[tuple[re.Pattern[str], float], ...]:
    return tuple(
        (re.compile(each["pattern"]), float(each["priority"])) for each in data.load_yaml("discovery.yaml")["hubs"]
    )


@functools.cache
def _passages() -> frozenset[str]:
    return frozenset(data.load_yaml("discovery.yaml")["passages"])


@functools.cache
def _organ() -> re.Pattern[str]:
    return re.compile(data.load_yaml("discovery.yaml")["organ_name"])


def priority(name: str) -> float:
    """The priority of a kind of link, from data/discovery.yaml."""
    return float(data.load_yaml("discovery.yaml")["priorities"][name])


@functools.lru_cache(maxsize=8192)
def sure_organ(text: str) -> bool:
    """An organ's name whatever words it holds (财政局, 文化和旅游局): nothing to refuse."""
    return bool(re.fullmatch(data.load_yaml("discovery.yaml")["sure_organ"], text))


_OF_SEVERAL = "about the reports of several organs"
_ARCHIVE = re.compile(r"\.(?:zip|rar|7z)(?:$|[?#])", re.I)
_NAME = 24  # characters of the longest name of a column
#: A title that its list has cut off behind a year: 云溪市水利局2023年政府信...
_CUT_SHORT = re.compile(r"(?:19|20)\d\d年?[^\d]{0,24}(?:…|\.{2,})$")
_OF_ORGAN = re.compile(
    r"(\D{2,24})((?:19|20)\d\d\D{2,12})|((?:19|20)\d\d年?度?)(\D{2,24}?)((?:年度|工作|年度工作)?(?:年报|报告))"
)
_DECORATION = re.compile(r"^[·•>»\-—|\[【(（、.]+|[>»|\]】)）:：]+$|^\d{1,2}[.、]")


def names_branch(text: str) -> bool:
    """Whether a text names an organ, a level or a year, as what leads down from a column of the yearly reports does."""
    text = _DECORATION.sub("", text)
    if not 2 <= len(text) <= _NAME:
        return False
    return bool(_organ().fullmatch(text) or _any("levels").fullmatch(text)) or read_title(text).strength == "year"


def under_annual(text: str) -> bool:
    """Whether a heading, breadcrumb or column name speaks of the yearly reports."""
    text = _DECORATION.sub("", text)
    if not text:
        return False
    reading = read_title(text)
    if reading.kind == "decoy" and reading.strength == "strong":
        return False
    if reading.strength in ("strong", "column"):
        return True
    return bool(_any("columns", "strong").fullmatch(text)) or bool(_any("columns", "weak").fullmatch(text))


class _Asked(NamedTuple):
    """What of a link its promise depends on: the same on many pages, where it is the portal's navigation."""

    url: str
    text: str
    heading: str
    place: str
    tag: str
    listed: bool  # it stands in a list of links
    dated: bool


def judge(link: Link, context: Context, *, home: bool = False) -> Promise:
    """What a link on a page of this context promises.

    ``home`` says that the same address is linked from the portal's home page: then it is the site's own navigation,
    and loose words
    (an organ's name, an entry without a date) do not make it a part of the yearly reports' tree.
    """
    asked = _Asked(link.url, link.text, link.heading, link.place, link.tag, bool(link.block), bool(link.date))
    return _judged(asked, context, home)


@functools.lru_cache(maxsize=8192)
def _judged(link: _Asked, context: Context, home: bool) -> Promise:
    text = _DECORATION.sub("", _DECORATION.sub("", link.text))[:200]
    url = link.url
    if is_never(url) and not _drawn(link):
        return Promise("file", 0, "picture or media", reason="refused: picture or media")
    document = is_document(url)
    reading = _read(text)
    heading = _DECORATION.sub("", link.heading)
    annual = context == "annual" or (bool(heading) and under_annual(heading))
    slug = slug_kind(url)

    named = reading.kind == "decoy" and len(text) <= _NAME and not address.trap(url)
    if named and (reading.why in _passages() or (not reading.year and _any("columns", "indexes").fullmatch(text))):
        passage = _passage(text, context)
        if passage is not None:
            return passage
    if document and reading.kind == "decoy" and reading.why == _OF_SEVERAL and _ARCHIVE.search(url):
        return Promise("attachment", priority("attachment"), "the reports of several organs in one file", reading.year)
    if reading.kind == "decoy" and reading.strength == "strong":
        return Promise("decoy", 0, reading.why, reading.year, f"decoy: {reading.why}")
    if reading.kind == "report" and (reading.strength == "strong" or annual or slug == "annual"):
        kind = "attachment" if document else "report"
        return Promise(kind, priority("report"), f"title: {reading.why}", reading.year)
    if reading.kind == "decoy":
        # a notice or picture about the report: the page may carry the report itself, so it is fetched late, in the
        # column only
        if annual and not document:
            return Promise("candidate", priority("candidate") - 14, reading.why, reading.year)
        return Promise("decoy", 0, reading.why, reading.year, f"decoy: {reading.why}")
    strong = len(text) <= 40 and bool(reading.strength == "column" or _any("columns", "strong").fullmatch(text))
    trap = address.trap(url, words=not (annual or strong))  # a column may be a search for its reports
    if trap:
        return Promise("trap", 0, trap, reason=trap)
    if slug == "decoy":
        return Promise("decoy", 0, "address of another report", reason="decoy: address of another report")
    if document:
        if annual or slug == "annual":
            return Promise("attachment", priority("candidate"), "file in the column of the reports", reading.year)
        return Promise("file", 0, "file elsewhere", reason="refused: file outside the reports")

    if strong:
        return Promise(
            "column", priority("column") - (4 if link.place == "foot" else 0), "text names the column", context="annual"
        )
    if _any("columns", "weak").fullmatch(text) and (
        context in ("hub", "organ", "organs", "annual") or "公开" in heading or slug == "annual"
    ):
        return Promise("column", priority("column") - 2, "年报 under disclosure", context="annual")
    if _any("columns", "home").fullmatch(text) and context in ("home", "other") and link.place != "foot":
        return Promise("column", priority("column_alone"), "年报 without a word of what it reports", context="annual")
    if _any("columns", "branches").fullmatch(text) and (annual or (context in ("hub", "organ", "organs") and not home)):
        return Promise("column", priority("column") - 3, "a branch's column of the reports", context="annual")
    if (
        reading.kind == "report"
        and context in ("hub", "organ", "organs")
        and link.place not in ("foot", "nav")
        and not home
    ):
        # 2023年度报告 among what an organ discloses: in its column's tab, which no heading names
        return Promise("candidate", priority("candidate") - 2, "a yearly report under disclosure", reading.year)
    if reading.strength == "year":
        if annual or slug == "annual":
            return Promise(
                "year", priority("year") + _recent(reading.year), "bare year under 年报", reading.year, context="annual"
            )
        return Promise("other", priority("other"), "bare year", reading.year)
    entry = link.dated or is_article(url)
    if slug == "annual" and link.place != "foot" and not entry:
        return Promise("column", priority("slug"), "address names the column", context="annual")
    if (annual or (slug == "annual" and entry)) and link.place not in ("foot", "crumb", "nav") and not home:
        promise = _in_column(link, text, reading.year)
        if promise:
            return promise
    return _way(link, text, heading, context, slug, home)


def _drawn(link: _Asked) -> bool:
    """Whether data are an article that a script draws: an answer's entry, or what names a report opens them."""
    if not link.url.split("?")[0].endswith(".json"):
        return False
    return link.tag == "json" or read_title(link.text).kind == "report"


def _read(text: str) -> TitleReading:
    """What a link's text says; 财政局2023年度报告 is as much of a title as 2023年度报告."""
    reading = read_title(text)
    parts = _OF_ORGAN.fullmatch(text) if reading.strength == "none" else None
    if parts is None or not sure_organ(parts[1] or parts[4]):
        return reading
    return read_title(parts[2] or f"{parts[3]}{parts[5]}")


def _passage(text: str, context: Context) -> Promise | None:
    """A decoy's name (公开目录, 公开指南, 年报专栏) that is also the name of a page on the way."""
    if _any("columns", "indexes").fullmatch(text):
        return Promise("column", priority("column"), "text names the column", context="annual")
    if context == "annual":
        return None
    if _any("organs").fullmatch(text):
        return Promise("organs", priority("organs"), "list of organs", context="organs")
    for pattern, value in _hubs():
        if pattern.fullmatch(text):
            return Promise("hub", value - 4 if value < 50 else value, "disclosure page", context="hub")
    return None


def _recent(year: int | None) -> float:
    return 0.0 if year is None else max(-2.0, min(1.0, (year - 2020) / 10))


def _in_column(link: _Asked, text: str, year: int | None) -> Promise | None:
    """A link in the body of the yearly reports' column that its text alone does not explain."""
    if link.tag in ("iframe", "frame"):
        return Promise("level", priority("frame"), "frame in the column", context="annual")
    if _any("levels").fullmatch(text):
        return Promise("level", priority("level"), "level of the tree", year, context="annual")
    if _CUT_SHORT.search(text):
        return Promise("candidate", priority("candidate"), "entry of the column, cut short", year, context="annual")
    organ = bool(_organ().fullmatch(text))
    if _any("refused").fullmatch(text) and not sure_organ(text):
        return None
    if is_article(link.url) or link.dated:
        if (
            organ
            or not text
            or "报告" in text
            or "年报" in text
            or "公开" in text
            or year
            or text.endswith(("…", ".."))
        ):
            return Promise("candidate", priority("candidate"), "entry of the column", year, context="annual")
        return Promise("candidate", priority("notice") + 4, "doubtful entry of the column", year)
    if organ and link.listed:
        return Promise("level", priority("level") - 3, "organ in the column", year, context="annual")
    return None


def _way(link: _Asked, text: str, heading: str, context: Context, slug: str | None, home: bool) -> Promise:
    """Hubs, organs, notices, and the rest."""
    if link.tag in ("iframe", "frame"):
        kind = context if context in ("hub", "organs", "organ") else "frame"  # what stands in it stands on the page
        loss = 40 if context == "other" else 20
        return Promise(kind, priority("frame") - loss, "frame", context=context)
    if not text and not slug:
        return Promise("other", priority("other") - 4, "no text")
    for pattern, value in _hubs():
        if pattern.fullmatch(text):
            value -= 6 if link.place == "foot" else 0
            if context in ("hub", "organ") and value < 60:
                value -= 8
            return Promise("hub", value, "disclosure hub", context="organ" if context in ("organs", "organ") else "hub")
    if _any("maps").fullmatch(text):
        return Promise("other", priority("site"), "map of the site", context="hub")
    if _any("refused").fullmatch(text) and not sure_organ(text):
        return Promise("refused", 0, "elsewhere", reason="refused: text leads elsewhere")
    numbered = text.isdigit() and link.place != "pager"  # the days of a calendar
    if context == "organs" and link.place != "foot" and not numbered and _any("shelves").fullmatch(text):
        return Promise("organs", priority("organs") - 10, "another part of a list of organs", context="organs")
    if _any("organs").fullmatch(text):
        near = context in ("hub", "organs") or "公开" in text or "公开" in heading
        return Promise("organs", priority("organs") - (0 if near else 26), "list of organs", context="organs")
    if _organ().fullmatch(text) and not is_article(link.url):
        if context in ("hub", "organs") and link.place != "foot":
            return Promise("organ", priority("organ"), "organ under disclosure", context="organ")
        return Promise("organ", priority("site"), "an organ's site", context="organ")
    if context in ("hub", "organs") and link.place != "foot" and not home and _any("governments").fullmatch(text):
        return Promise("organ", priority("organ"), "the portal's own government under disclosure", context="organ")
    if slug == "hub":
        return Promise(
            "hub",
            priority("site") + 24,
            "address of a hub",
            context="hub",
        )
    if (_any("notices").fullmatch(text) or slug == "notice") and not is_article(link.url):
        return Promise(
            "notice", priority("notice") + (3 if context in ("organ", "hub") else 0), "notices", context="notice"
        )
    value = priority("other")
    if "公开" in text:
        value += 10
    if is_article(link.url) or link.dated:
        value = 1.0  # an article whose title does not name a report holds none
    return Promise("other", value, "other")
