"""What a cell prints, by the second way of reading HTML: over libxml2's tree, without what no browser shows."""

from __future__ import annotations

import itertools
import re
from typing import Any, Final

from lxml import etree

from reports.readers.html.seen.painted import FIELDS, PICTURES, TURNED, field_text, is_spacer, waits
from reports.readers.html.seen.styles import BLANK, GONE, GROUND, READERS_ONLY, STRUCK, UNSEEN, WHITE, Marks
from reports.readers.marks import PICTURE

_BREAKS: Final = frozenset(("br", "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "dd",
                            "dt", "section", "article", "center", "blockquote", "pre", "caption"))  # fmt: skip
UNREAD: Final = frozenset(("script", "style", "noscript", "template", "select", "textarea", "button", "title", "rt",
                           "rp", "audio", "datalist"))  # fmt: skip
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202c\u2060\ufeff\u00ad]")
_STRUCK: Final = frozenset(("s", "strike", "del"))
_OPENING = "[([（【〔"
_LONGEST_NESTED = 24  # characters of a table of nothing but a few figures
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.I)


def is_gone(element: Any, marks: Marks) -> bool:
    """The element takes no place on the page."""
    return (
        element.get("hidden") is not None
        or id(element) in marks[GONE]
        or (element.tag == "dialog" and element.get("open") is None)
        or "popover" in element.attrib
        or not READERS_ONLY.isdisjoint((element.get("class") or "").split())
    )


def printed(cell: Any, marks: Marks) -> str:
    """What the cell prints; text struck through only where nothing else is there, and marked so."""
    if id(cell) in marks[UNSEEN]:
        return ""
    kept, struck = _text(cell, marks, struck=False), ""
    if not kept:
        struck = _text(cell, marks, struck=True)
    if not kept and not struck and _nests_figures(cell):
        return PICTURE
    return f"~~{struck}~~" if struck else kept


def _text(cell: Any, marks: Marks, *, struck: bool) -> str:
    """The cell's own text: tables in it are read as their own."""
    pieces: list[str] = []
    white: list[str] = []  # shown only where no text of another colour is there
    left: list[Any] = []  # open elements whose text is left out
    pale = 0
    pictures = False
    for event, each in etree.iterwalk(cell, events=("start", "end")):
        tag = each.tag if isinstance(each.tag, str) else ""
        if event == "start":
            if not left and tag in FIELDS and not _is_left_out(each, cell, marks, fields=True):
                pieces.append(_filled(each))
            if not left and each.attrib and waits(tag, each.attrib, "".join(each.itertext())):
                pieces.append(PICTURE)
            pictures |= not left and tag in PICTURES and not is_spacer(tag, dict(each.attrib))
            if tag == "bdo" and (each.get("dir") or "").lower() == "rtl":
                pieces.append(TURNED)
            if left or (_is_left_out(each, cell, marks) or (not struck and _is_struck(each, marks))):
                left.append(each)
            pale += _is_pale(each, marks)
            if tag in _BREAKS:
                pieces.append("\n")
            if not left and each.text:
                words = re.sub(r"[\r\n]+", " ", each.text) if tag != "pre" else each.text
                if _is_raised(each, cell) and len(words.strip()) <= 4 and words.strip()[:1] not in _OPENING:
                    words = f"[{words.strip()}]"  # a footnote's mark, no digit of the figure
                (white if pale and each is not cell else pieces).append(words)
        else:
            if left:
                left.pop()
            pale -= _is_pale(each, marks)
            if tag in _BREAKS and tag != "br":
                pieces.append("\n")
            if each is not cell and each.tail and not left:
                (white if pale else pieces).append(re.sub(r"[\r\n]+", " ", each.tail))
    shown = pieces if any(map(str.strip, pieces)) else white
    lines = (" ".join(_INVISIBLE.sub("", line).split()) for line in "".join(shown).split("\n"))
    text = "\n".join(line for line in lines if line)
    return text or (PICTURE if pictures and not struck else "")


def _nests_figures(cell: Any) -> bool:
    """A small table in the cell shows figures: which of them is the cell's is not known, and blank it is not."""
    words = "".join("".join(cell.itertext()).split())
    return len(words) <= _LONGEST_NESTED and any(map(str.isdigit, words)) and cell.find(".//table") is not None


def _filled(element: Any) -> str:
    """What a form field shows."""
    options = [("".join(option.itertext()), option.get("selected") is not None) for option in element.iter("option")]
    return field_text(element.tag, dict(element.attrib), "".join(element.itertext()), options) or ""


def _is_pale(element: Any, marks: Marks) -> bool:
    """White, on no ground of its own or of what is around it in the table."""
    if id(element) not in marks[WHITE]:
        return False
    around = itertools.takewhile(lambda each: each.tag != "table", (element, *element.iterancestors()))
    return not any(
        id(each) in marks[GROUND] or "bgcolor" in each.attrib or "background" in (each.get("style") or "").lower()
        for each in around
    )


def _is_raised(element: Any, cell: Any) -> bool:
    return element.tag in ("sup", "sub") or (
        element is not cell and _RAISED.search(element.get("style") or "") is not None
    )


def _is_struck(element: Any, marks: Marks) -> bool:
    return element.tag in _STRUCK or id(element) in marks[STRUCK]


def _is_left_out(element: Any, cell: Any, marks: Marks, *, fields: bool = False) -> bool:
    if element is cell:
        return False
    if id(element) in marks[BLANK]:
        return not any(
            "font-size" in (each.get("style") or "").lower() for each in element.iterdescendants(etree.Element)
        )
    nests = element.tag == "table" and len(element.xpath(".//td")) > 1
    unread = (element.tag in UNREAD or element.tag in PICTURES) and not (fields and element.tag in FIELDS)
    return unread or nests or is_gone(element, marks) or id(element) in marks[UNSEEN]
