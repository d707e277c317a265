"""Whether a document is a yearly report on government information, from its words; the tables are looked at elsewhere.

A page is refused for what its title says (``data/decoys.yaml``), for being a list of reports, or for having none of a
report's sections; a page that only links the report as a file is a report page (``is_attachment_only``).
"""

from __future__ import annotations

import functools
import re
from typing import Literal

from reports.characters import plain
from reports.document import Document, Grid
from reports.metadata.description import Description
from reports.metadata.headings import read_heading
from reports.title import read_title

Verdict = Literal["report", "not_a_report"]

_SENTENCES = re.compile(r"信息公开条例|统计期限|本年度报告|年度报告|依申请公开|主动公开")
#: The sections that only such a report has; 总体情况, 存在的主要问题 and 其他需要报告的事项 head many a report.
_OF_DISCLOSURE = frozenset(("proactive", "applications", "review"))
_ADDRESSED = re.compile(r"(?:各|[市县区省]直|机关各|局属各|[市县区]政府各|委属各|厅属各)[^。]{1,60}[:：]")
_FORM = re.compile(
    r"第二十条第|勾稽关系|本年新收政府信息公开申请|行政事业性收费|结转下年度继续办理|统计指标|主动公开政府信息数"
)


def classify(document: Document, description: Description) -> tuple[Verdict, str]:
    """The verdict and why, in one sentence. The caller overrules ``not_a_report`` where it found the forms' tables."""
    reading = read_title(description.title, own=True) if description.title else None
    kinds = known_sections(description)
    form = has_form_labels(document)
    text = _body_length(document)
    if reading and reading.kind == "decoy" and reading.strength == "strong":
        return "not_a_report", f"the title names another paper: {reading.why}"
    listed = listed_reports(document)
    if reading and reading.kind == "decoy":
        filled = any(each.text.strip() for each in description.sections if each.title) or document.images
        # six headings without a word between them are the report's model (…年度报告格式)
        if (form or (len(kinds) >= 4 and filled)) and not _is_addressed(document):
            return "report", f"the title reads like one about the report ({reading.why}), but the report's text is here"
        return "not_a_report", f"the title is about the report: {reading.why}"
    if form and (len(kinds) >= 2 or (reading and reading.kind == "report")):
        return "report", "the forms' labels and the report's sections are here"
    if listed >= 3 and len(kinds) < 3 and text < 1500:
        return "not_a_report", f"a list of {listed} reports"
    if len(kinds) >= 3 and kinds & _OF_DISCLOSURE:
        return "report", f"has {len(kinds)} of the report's sections"
    if reading and reading.kind == "report" and reading.strength == "strong":
        if is_attachment_only(document, description):
            return "report", "the page's title names the report, which is a linked file"
        if text >= 300 and _about_disclosure(document):
            return "report", "the title names the report and the text speaks of it"
        if text < 300 and (document.images or document.frames):
            return "report", "the title names the report, which is a picture or a frame"
        if listed >= 2:
            return "not_a_report", f"a list of {listed} reports"
        return "not_a_report", "the title names the report, but no text of it is here"
    if form:
        return "report", "the forms' labels are here"
    if reading and reading.strength == "column" and len(kinds) >= 2 and text >= 500:
        return "report", "the title names the report without its year; the text has its sections"
    return "not_a_report", "neither the title nor the text is a report's"


def known_sections(description: Description) -> set[str]:
    """Which of the forms' sections (overview, proactive, applications, review, problems, other) the text has."""
    kinds = set()
    for section in description.sections:
        if not section.title:
            continue
        heading = read_heading(plain(f"{section.number or '一'}、{section.title}"))
        if heading is not None and heading.kind is not None:
            kinds.add(heading.kind)
    return kinds


def has_form_labels(document: Document) -> bool:
    """Whether at least two labels of the national forms stand in its tables or its text."""
    seen: set[str] = set()
    for part in document.flow:
        if part.hidden:
            continue
        texts = (
            (cell.text for row in range(len(part.rows)) for cell in part.own_cells(row))
            if isinstance(part, Grid)
            else (part.text,)
        )
        for text in texts:
            if len(text) > 3:
                seen |= _form_words(text) if len(text) <= 100 else _form_words.__wrapped__(text)
        if len(seen) >= 2:
            return True
    return False


@functools.lru_cache(maxsize=4096)
def _form_words(text: str) -> frozenset[str]:
    """The forms' words in a text; the labels come again and again, so they are kept."""
    return frozenset(_FORM.findall("".join(text.split())))


def listed_reports(document: Document) -> int:
    """How many different reports the page links by their titles."""
    return len({link.url for link in document.links if _names_report(link.title or link.text)})


def printed_titles(document: Document) -> int:
    """How many different reports the page names in lines or cells of their own, linked or not."""
    texts = [part.text for part in document.paragraphs if not part.hidden]
    texts += [
        cell.text for grid in document.grids if not grid.hidden for row in range(min(len(grid.rows), 60))
        for cell in grid.own_cells(row)
    ]  # fmt: skip
    lines = {line.strip() for text in texts if len(text) < 5000 for line in text.split("\n")}
    readings = {read_title(line) for line in lines if 8 < len(line) <= 90 and _names_report(line)}
    return len({(reading.organ, reading.year) for reading in readings})


def links_reports(document: Document) -> bool:
    """Whether a link in the page's body bears a report's name."""
    return any(link.in_body and _names_report(link.text or link.title) for link in document.links)


def _names_report(text: str) -> bool:
    reading = read_title(text)
    return reading.kind == "report" and reading.strength == "strong"


def is_attachment_only(document: Document, description: Description) -> bool:
    """Whether the report is in a linked file or a frame, and the page itself has no text of it."""
    files = [each for each in description.attachments if re.search(r"pdf|docx?|wps|ofd|xlsx?|zip|down", each.url, re.I)]
    return (
        bool(files or document.frames)
        and not any(each.title for each in description.sections)
        and _body_length(document) < 1200
    )


def _body_length(document: Document) -> int:
    return sum(len(p.text) for p in document.paragraphs if p.region == "body" and not p.hidden and p.linked < 0.5)


def _is_addressed(document: Document) -> bool:
    """Whether the text is a letter to those who must write reports (各县区人民政府，市直各部门：): a notice."""
    lines = [p.text for p in document.paragraphs if p.region == "body" and not p.hidden and p.linked < 0.5]
    return any(_ADDRESSED.fullmatch(re.sub(r"\s", "", line)) for line in lines[:25])


def _about_disclosure(document: Document) -> bool:
    text = "".join(p.text for p in document.paragraphs if p.region == "body" and not p.hidden)
    return len(set(_SENTENCES.findall(text))) >= 3
