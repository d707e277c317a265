"""When a report was published: what the page shows, then its address, then metadata that can be believed.

``PubDate`` is the time at which the page was generated on UCAP sites (it equals 页面生成时间 to the second), holds two
datetimes in one elsewhere, and is years off after migrations. All candidates are kept.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import NamedTuple

import data
from reports.document import Document
from reports.metadata.dates import Moment, address_date, find_dates, read_date, short_date
from reports.metadata.places import Places, under_title
from reports.metadata.sections import signature
from reports.record import Candidate, Problem

#: Labels that may stand for the day of the last edit, or for a clock: after the others.
_WEAK = ("时间", "日期", "录入时间", "上传时间")
_RUNNING_TEXT = (
    80  # characters: a line above the first section that is longer is the opening, below which no date line stands
)
_BRACKETED = re.compile(r"\s*\([^()]{6,20}\)\s*")
_UNDER_TITLE = "date under the title"  # (2024年1月15日): when it was signed
_GENERATED = ("htmlgeneratetime", "generatetime", "others", "other")


def printed_dates(document: Document, places: Places, title: str | None) -> list[tuple[Moment, str]]:
    """Every date that could be that of publication with its source, the most believable first."""
    shown = _shown(document, places, title)
    generated = [each for name in _GENERATED for value in places.meta.get(name, []) for each in _minutes(value)]
    told = [(read_date(value), name, value) for name in _names(places.meta) for value in places.meta[name]]
    believed: list[tuple[Moment, str]] = []
    refused: list[tuple[Moment, str]] = []
    for read, name, value in told:
        if read is not None:
            twin = any(minute in generated for minute in _minutes(value))
            (refused if twin else believed).append((read, f"meta {name}" + (" (page generation time)" if twin else "")))
    address = address_date(document.address) if document.address else None
    from_address = [(address, "address")] if address else []
    _, signed = signature(places)
    signed_date = read_date(signed) if signed else None
    if signed_date:  # a page made again, where nothing but its metadata tells a day: the report was out before
        refused += [(read, f"{name} (page generation time)") for read, name in believed if _is_move(signed_date, read)]
        believed = [each for each in believed if not _is_move(signed_date, each[0])]
    written = [(read, f"label {each.label}") for each in places.labelled("written") if (read := read_date(each.value))]
    signed_above = [each for each in shown if each[1] == _UNDER_TITLE]
    edits = [each for each in shown if _is_edit(each[1])]
    days = {read for read, _ in edits}  # a date line that tells an edit's day is the line of its label
    shown = [each for each in shown if each[1] != _UNDER_TITLE and each not in edits]
    shown = [each for each in shown if each[0] not in days or each[1].startswith("label")]
    order = [*shown, *_agreeing(from_address, believed), *edits, *written, *signed_above]
    order += [(signed_date, "signature")] if signed_date else []
    return order + refused


def _names(meta: Iterable[str]) -> list[str]:
    """The names of <meta> elements that tell the time of publication, the most usual first."""
    ranked = [(rank, name) for name in meta if (rank := _rank(name)) is not None]
    return [name for _, name in sorted(ranked, key=lambda each: each[0])]


@functools.lru_cache(maxsize=1024)
def _rank(name: str) -> int | None:
    patterns = data.load_yaml("labels.yaml")["meta_published"]
    return next((rank for rank, pattern in enumerate(patterns) if re.fullmatch(pattern, name)), None)


def choose(order: list[tuple[Moment, str]], year: int | None) -> tuple[Moment | None, list[Candidate]]:
    """The first date that a report on this year can have, as precise as another source has it; and all candidates.

    The day on which a page was generated is a candidate that is never chosen: it may be years off. So is that of an
    edit after the months in which reports are published: the report may have stood there long before.
    """
    believed = [each for each in order if "generation" not in each[1] and not (year and _is_late_edit(each, year))]
    chosen = next((read for read, _ in believed if _possible(read, year)), None)
    if chosen is None and believed:
        chosen = believed[0][0]
    if chosen is not None:
        better = [read for read, _ in believed if chosen.covers(read)]
        chosen = max(better, key=lambda read: len(str(read)), default=chosen)
    return chosen, _candidates(order, chosen)


def moved(order: list[tuple[Moment, str]], chosen: Moment | None) -> list[Problem]:
    """That the page was published more than a year after the report was signed: the day of a move to another system,
    likely, and no measure of lateness.
    """
    signed = next((read for read, source in order if source == "signature"), None)
    if signed is None or chosen is None or not _is_move(signed, chosen):
        return []
    message = f"published {chosen}, signed {signed}: likely the day on which the page was moved"
    return [Problem(code="date-of-a-move", message=message)]


def _is_move(signed: Moment, told: Moment) -> bool:
    """Whether a day is more than a year after the one on which the report was signed."""
    return told.year * 12 + (told.month or 1) > signed.year * 12 + (signed.month or 1) + 12


@functools.cache
def _edit_labels() -> frozenset[str]:
    return frozenset(data.load_yaml("labels.yaml")["edited"])


def _is_edit(source: str) -> bool:
    return source.removeprefix("label ") in _edit_labels()


def _is_late_edit(told: tuple[Moment, str], year: int) -> bool:
    """Whether an edit is later than the reports on a year are due (31 March of the next)."""
    return _is_edit(told[1]) and (told[0].year, told[0].month or 1) > (year + 1, 3)


def edited(order: list[tuple[Moment, str]], chosen: Moment | None) -> list[Problem]:
    """That the page tells no other date than that of its last edit (更新时间).

    The report may have been published long before: it is in time if the edit is, and nobody knows how late if not.
    """
    told = [each for each in order if chosen is None or each[0] == chosen]
    told = [each for each in told if "generation" not in each[1]]
    if not told or not all(_is_edit(source) for _, source in told):
        return []
    day, source = told[0]
    message = f"the page shows the time of its last edit only ({source.removeprefix('label ')} {day})"
    return [Problem(code="date-of-an-edit", message=message, severity="info")]


def _shown(document: Document, places: Places, title: str | None) -> list[tuple[Moment, str]]:
    """What the page prints as its date: labels, the CMS's own element, a date line under the title."""
    found = []
    for each in places.labelled("published"):
        read = read_date(each.value) or short_date(each.value)
        if read is not None and not (each.label in ("时间", "日期") and _line_words().clock.search(each.value)):
            found.append((read, f"label {each.label}"))
    weak = {*_WEAK, *_edit_labels()}
    found.sort(key=lambda each: each[1].removeprefix("label ") in weak)
    found += [(read, f"element {name}") for name, read in _tagged(document)]
    title_at = len(places.head) - len(under_title(places.head, title))
    for number, line in enumerate(places.head[:40]):
        if len(line.text) > _RUNNING_TEXT and "。" in line.text:
            break
        read = _date_line(line.text, number >= title_at) if len(line.text) <= _RUNNING_TEXT else None
        if read is not None:
            found.append((read, _UNDER_TITLE if _BRACKETED.fullmatch(line.text) else "date line"))
    return found


def _tagged(document: Document) -> list[tuple[str, Moment]]:
    """What elements and scripts tell; of several <time>s none: lists of articles have them."""
    told = [(name, value) for name, value in document.tagged if "time" in name or "date" in name]
    read = [(name, moment) for name, value in told if (moment := read_date(value))]
    times = {moment for name, moment in read if name == "time"}
    return [(name, moment) for name, moment in read if name != "time" or len(times) == 1]


class _LineWords(NamedTuple):
    beside: re.Pattern[str]  # 来源, 字号: what stands in an article's date line
    other: re.Pattern[str]  # 有效期至: another date than that of publication
    clock: re.Pattern[str]
    now: re.Pattern[str]
    edit: re.Pattern[str]


@functools.cache
def _line_words() -> _LineWords:
    words = data.load_yaml("labels.yaml")
    return _LineWords(
        re.compile("|".join(r"\s*".join(each) for each in words["dateline"])),
        re.compile(rf"(?:{'|'.join(words['not_dateline'])})(?:日期|时间)?\s*[:：]?\s*$"),
        re.compile("|".join([*words["weekdays"], *words["now"]])),
        re.compile("|".join(words["now"])),
        re.compile(rf"\s(?:{'|'.join(sorted(words['edited'], key=len, reverse=True))})\s*:"),
    )


def _date_line(text: str, below_title: bool) -> Moment | None:
    """The one date of a line that tells the source or the reader's tools beside it, or of one that begins with it.

    The latter stands below the title: what stands above it is the clock of the page's head.
    """
    words = _line_words()
    if ":" in text:
        text = words.edit.split(text)[0] or text  # 2024-01-17 更新: 2024-09-03
    begins = below_title and len(text) <= 60 and re.match(r"\W*(?:19|20)\d\d[-年/.]\s*\d", text)
    told = words.beside.search(text)
    clock = (words.now if told else words.clock).search(text)  # 2024年1月19日 星期五 来源: 水务局 tells the article's
    if clock or not (begins or told):
        return None
    dates = find_dates(text)
    if len(dates) != 1 or dates[0][0].day is None or words.other.search(text[: dates[0][1]]):
        return None
    return dates[0][0]


def _agreeing(address: list[tuple[Moment, str]], told: list[tuple[Moment, str]]) -> list[tuple[Moment, str]]:
    """The address goes before PubDate, unless PubDate says the same more precisely."""
    if address and address[0][0].day is None:
        same = [each for each in told if address[0][0].covers(each[0])]
        return [*same, *address, *(each for each in told if each not in same)]
    return [*address, *told]


def _possible(read: Moment, year: int | None) -> bool:
    """Not before the reported year's last weeks (九台 published in December; a template's date of last year is
    wrong).
    """
    return year is None or (read.year, read.month or 12) >= (year, 11)


def _minutes(text: str) -> list[str]:
    digits = re.sub(r"\D", "", text)
    return [digits[:12]] if len(digits) >= 12 else []


def _candidates(order: list[tuple[Moment, str]], chosen: Moment | None) -> list[Candidate]:
    found = dict.fromkeys((str(read), source) for read, source in order)
    first = str(chosen)
    told = sorted(found, key=lambda each: each[0] != first)
    return [Candidate(value=value, source=source) for value, source in told]
