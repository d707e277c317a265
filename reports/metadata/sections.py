"""The report's numbered sections: numeral, title, and text without the tables."""

from __future__ import annotations

import re

from reports.characters import without_spaces
from reports.metadata.headings import Heading
from reports.metadata.labelled import lone_label
from reports.metadata.places import Line, Places
from reports.metadata.signed import is_date_line, is_signature
from reports.record import Section

_PAGE_NUMBER = re.compile(r"\s*[-–—]?\s*\d{1,3}\s*[-–—]?\s*|\s*第\s*\d+\s*页.{0,12}")
# lines of the forms' tables that stand outside them: a workbook's merged rows, a PDF's table titles
_TABLE_LINE = re.compile(r"\s*第二十一?条\s*第\s*[(（].[)）]\s*项\s*|\s*[(（]?本列数据的勾稽关系.{0,60}")


def read_sections(places: Places) -> list[Section]:
    """The sections in the order of the page, each with its text; a signature at the end is no part of the last one.

    Where no heading is numbered 一、, headings in brackets (（一）) are the sections.
    """
    top = any(line.heading and not line.heading.bracketed for line in places.body)
    found: list[tuple[str | None, str, list[str]]] = []
    latest: Heading | None = None
    numbered = [at for at, line in enumerate(places.body) if line.heading and line.heading.number]
    for at, line in enumerate(places.body):
        heading = line.heading
        if heading is not None and heading.kind == "annex" and not heading.number and numbered and at < numbered[-1]:
            heading = None  # 附表 above a table in the middle of the report
        if line.tabled and heading and latest and (heading.number, heading.kind) == (latest.number, latest.kind):
            continue  # the table's own first row says again what stands above it
        if heading is not None and (not heading.bracketed or not top):
            latest = heading
            rest = line.raw[heading.end :].lstrip(" :：。.\n\u3000")
            found.append((heading.number, heading.title, [rest] if rest else []))
        elif found:
            found[-1][2].append(line.raw)
    if found:
        _drop_signature(found[-1][2])
    if not found:
        found = _without_headings(places)
    sections = []
    for number, title, texts in found:
        kept = [text.strip() for text in texts if not (_PAGE_NUMBER.fullmatch(text) or _TABLE_LINE.fullmatch(text))]
        sections.append(Section(number=number, title=title, text="\n".join(each for each in kept if each)))
    return sections


def _without_headings(places: Places) -> list[tuple[str | None, str, list[str]]]:
    """The running text of a report without any heading, as one section without number and title."""
    texts = [line.raw for line in places.head if line.linked < 0.5 and (len(line.text) > 40 or "。" in line.text)]
    if sum(map(len, texts)) < 200 or not any("公开" in text for text in texts):
        return []
    _drop_signature(texts)
    return [(None, "", texts)]


def _drop_signature(texts: list[str]) -> None:
    while texts and is_date_line(texts[-1]):
        texts.pop()
        if texts and is_signature(texts[-1]):
            texts.pop()


_UNTIL = re.compile(r"(?:[至到止自于为是起]|期限?|时间|日期)$")  # 有效期至2026年12月31日: nobody signs so
#: The organ and the date in one line.
_SIGNED_AND_DATED = re.compile(
    r"(.{3,40}?)[\s,，]*((?:19|20)\d\d\s*年.{3,10}?|(?:19|20)\d\d([-./])\d{1,2}\3\d{1,2}|二\s*[〇○零0oO].{6,14}?)(?:印发)?"
)


def signature(places: Places) -> tuple[str | None, str | None]:
    """The organ and the date under the report, or before its first section as on a cover page."""
    for part in (places.body, places.head):
        lines = [line for line in part[-20:] if not _TABLE_LINE.fullmatch(line.text)]  # a workbook's further sheets
        for at in range(len(lines) - 1, max(len(lines) - 6, -1), -1):
            if is_date_line(lines[at].text):
                before: Line | None = lines[at - 1] if at else None
                if before and lone_label(before.text):  # 更新时间, and its day below
                    continue
                name = (
                    without_spaces(before.text) if before and is_signature(before.text) and not before.heading else None
                )
                return name, lines[at].text
            together = _SIGNED_AND_DATED.fullmatch(lines[at].text)
            if together and lone_label(together[1]):  # 最后更新 2025-09-09
                continue
            if together and is_signature(together[1]) and not _UNTIL.search(together[1]) and is_date_line(together[2]):
                return without_spaces(together[1]), together[2]
    return None, None
