"""What a source without tables is: a narrative report, a report in pictures, a damaged file, or no report at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

import data
from reports.classify import classify, links_reports, printed_titles
from reports.document import Document
from reports.metadata import Description, Hints
from reports.record import Verdict
from reports.title import TitleReading, read_title

_DAMAGED = frozenset(("damaged", "encrypted", "unsupported", "too-large", "bomb", "empty"))
_FURNITURE = re.compile(
    r"(?:foot|head|top|bottom|nav|banner|menu)[a-z]*[\d_-]*\.s?html?$", re.I
)  # framed parts of a page
_TABLE_SECTIONS = ("主动公开政府信息情况", "收到和处理政府信息公开申请", "行政复议、行政诉讼", "行政诉讼情况")


@dataclass(frozen=True, slots=True)
class Nature:
    """The verdict on a source without tables of figures, with its reason. ``refused``: its title is a decoy's."""

    verdict: Verdict
    code: str
    why: str
    refused: bool = False
    named: bool = False  # the title is a report's


def nature_of(document: Document, description: Description, hints: Hints | None) -> Nature:
    """Judge by the title first, by the sections and pictures then."""
    codes = {problem.code for problem in document.problems}
    reading = _title_reading(document, description, hints)
    sections = [section.title for section in description.sections if section.title]
    letters = sum(len(part.text) for part in document.paragraphs)
    if document.kind == "unknown" or (codes & _DAMAGED and letters < 50):
        reason = next((each.message for each in document.problems), "the file is of no known kind")
        return Nature("unreadable", "damaged", f"the file cannot be read: {reason}")
    if "no-text-layer" in codes and letters < 200:
        return Nature("unreadable", "no-text-layer", "the pages are pictures without text")
    if "text-garbled" in codes:
        return Nature("unreadable", "text-garbled", "the file does not say which characters its text is made of")
    refused = classify(document, description)[0] == "not_a_report"
    if reading.kind == "decoy" and (reading.strength == "strong" or len(sections) < 3 or refused):
        return Nature("not_a_report", "decoy", f"another paper: {reading.why or reading.kind}", refused=True)
    named = reading.kind == "report"
    pictures = [
        image for image in document.images
        if (image.width or 999) >= 200 and (image.height or 999) >= 100 and not image.away
    ]  # fmt: skip
    elsewhere = bool(description.attachments or [each for each in document.frames if not _FURNITURE.search(each)])
    if document.kind == "html" and not sections and not elsewhere and _named_by_link(description):
        own = sum(len(part.text) * (1 - part.linked) for part in document.paragraphs)
        if (own < 300 and not pictures) or (own < 1000 and _refuses(document)):
            return Nature("not_a_report", "not-a-report", "only the link names a report", refused=True)
    if not (sections or elsewhere or pictures) and letters < 1000 and _refuses(document):
        return Nature("not_a_report", "not-a-report", "the page says that it has nothing to show", refused=True)
    if not named and (refused or len(sections) < 3):
        return Nature("not_a_report", "not-a-report", "neither title nor sections of a yearly report", refused=True)
    announced = any(phrase in title for title in sections for phrase in _TABLE_SECTIONS)
    if pictures and (announced or ((letters < 200 or (named and _prose(document) < 100)) and not elsewhere)):
        return Nature("unreadable", "tables-as-image", "a report whose tables are only pictures")
    if not sections and letters < 300:
        if elsewhere:
            return Nature("incomplete", "report-in-attachment", "the report stands in an attachment or a frame")
        if reading.strength != "strong":
            return Nature("not_a_report", "not-a-report", "a title without a report", refused=True)
    if not sections and _is_list(document):
        return Nature("not_a_report", "list-page", "a page of links", refused=True)
    if not sections and not elsewhere and _claims_none(description) and printed_titles(document) >= 3:
        return Nature("not_a_report", "list-page", "a list of reports' titles", refused=True)
    nameless = not reading.organ and _prose(document) < 100
    if not (sections or elsewhere or pictures) and nameless and links_reports(document):
        return Nature("not_a_report", "list-page", "a list that links reports", refused=True)
    if not sections and refused and letters >= 300 and not elsewhere and not pictures:
        return Nature("not_a_report", "not-a-report", "a text about the report, without its sections", refused=True)
    return Nature("incomplete", "no-tables", "a report without the tables of the forms", named=named)


def _title_reading(document: Document, description: Description, hints: Hints | None) -> TitleReading:
    own = [description.title or "", *document.headings, document.title]
    links = [hints.anchor or "", hints.parent_title or ""] if hints is not None else []
    readings = [read_title(text, own=text in own) for text in (*own, *links) if text]
    for kind in ("report", "decoy"):
        for reading in readings[:1]:
            if reading.kind == kind:
                return reading
    for wanted in ("decoy", "report"):
        for reading in readings:
            if reading.kind == wanted:
                return reading
    return readings[0] if readings else read_title("")


def _named_by_link(description: Description) -> bool:
    """Whether nothing of the page itself bears a report's name."""
    chosen = description.candidates.get("title", [])[:1]
    return all(each.source in ("link", "parent page") for each in chosen)


def _refuses(document: Document) -> bool:
    """Whether the page refuses or says that there is none: a challenge, a soft 404 (data/blocks.yaml)."""
    blocks = data.load_yaml("blocks.yaml")
    text = "".join([document.title, *(part.text for part in document.paragraphs)])
    words = [each["body"] for each in blocks["challenges"] if "body" in each]
    soft = blocks["soft_404"]
    return any(all(word in text for word in group) for group in words) or any(
        phrase in text for phrase in [*soft["phrases"], *soft["titles"]]
    )


def _claims_none(description: Description) -> bool:
    """Whether the chosen title is only a line or a cell of the page's text, not what the page says is its title."""
    chosen = description.candidates.get("title", [])[:1]
    return all(each.source == "text" or each.source.startswith("label") for each in chosen)


def _prose(document: Document) -> int:
    """How much running text the page shows, furniture apart."""
    return sum(
        len(part.text)
        for part in document.paragraphs
        if part.region == "body" and not part.hidden and part.linked < 0.5 and "。" in part.text
    )


def _is_list(document: Document) -> bool:
    linked = sum(len(part.text) * part.linked for part in document.paragraphs)
    letters = sum(len(part.text) for part in document.paragraphs)
    return letters > 0 and linked / letters > 0.5
