"""Where on a page things stand: its metadata labels, the report's opening, sections and closing, the page's furniture.

One pass over the paragraphs and the small grids; everything else in this package reads from the result.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass, field

import data
from reports.characters import simplified, traditional_marks
from reports.document import Cell, Document, Grid, Paragraph
from reports.metadata.headings import Heading, read_heading
from reports.title import read_title

_HALF = {
    code: unicodedata.normalize("NFKC", chr(code))
    for span in ((0x2E80, 0x2FE0), (0xF900, 0xFB00), (0xFE30, 0xFE70), (0xFF00, 0xFFF0))
    for code in range(*span)
    if len(unicodedata.normalize("NFKC", chr(code))) == 1
} | dict.fromkeys((0x00A0, 0x3000, 0x2002, 0x2003, 0x2009, 0x202F, 0x0009), " ")
# str.translate is the slowest step of all over Chinese text: the few signs that make up nearly all of it go first
_COMMON = (*((wide, unicodedata.normalize("NFKC", wide)) for wide in "，：；（）！？"), ("\u3000", " "), ("\xa0", " "))
_RARE = re.compile("[" + re.escape("".join(chr(code) for code in _HALF)) + "]")
_SPACE = re.compile(r"\s+")
_TRAIL = re.compile(r"(?:位置|首\s*页).{0,40}?[>＞»›]")
LONGEST_LINE = 20_000  # characters: hostile pages hold megabytes in one


def plain(text: str) -> str:
    """Half-width punctuation and digits, unified characters, of the same length: positions stay true for the raw
    text.
    """
    if text.isascii():
        return text
    half = text
    for wide, narrow in _COMMON:
        half = half.replace(wide, narrow)
    if _RARE.search(half):
        half = half.translate(_HALF)
    return simplified(half) if traditional_marks().search(half) else half


@dataclass(slots=True)
class Labelled:
    """A value under one of our labels. ``key`` is its group in ``data/labels.yaml``."""

    key: str
    label: str
    value: str


@dataclass(slots=True)
class Line:
    """A paragraph of the report's text, in half-width form, with its place in the flow."""

    text: str
    raw: str
    at: int  # index in Document.flow
    heading: Heading | None = None
    level: int | None = None
    linked: float = 0.0


@dataclass
class Places:
    """A page, taken apart."""

    head: list[Line] = field(default_factory=list)  # what stands before the first section: titles, date lines, opening
    body: list[Line] = field(default_factory=list)  # from the first section's heading on, without the page's furniture
    tail: list[Line] = field(default_factory=list)  # furniture after the text
    footer: list[Line] = field(default_factory=list)
    labels: list[Labelled] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)
    cut: bool = False  # a line was longer than any that people write
    trail: list[str] = field(default_factory=list)  # the breadcrumb's steps

    def labelled(self, key: str) -> list[Labelled]:
        """The values under a group of labels, in the page's order."""
        return [each for each in self.labels if each.key == key]

    @functools.cached_property
    def opening(self) -> str:
        """The text before the first section, in one string; of a page without sections its first 3000 characters."""
        text = "\n".join(line.text for line in self.head)
        return text if self.body else text[:3000]

    @functools.cached_property
    def text(self) -> str:
        """All the report's text, in half-width form."""
        return "\n".join(line.text for line in (*self.head, *self.body))


@functools.cache
def _vocabulary() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = data.load_yaml("labels.yaml")
    keys = {
        label: key
        for key in ("published", "written", "organ", "source", "title", "other", "generated")
        for label in words[key]
    }

    def spaced(label: str) -> str:
        return r"\s*".join(map(re.escape, label)) if len(label) > 1 else re.escape(label)

    every = "|".join(spaced(label) for label in sorted(keys, key=len, reverse=True))
    inline = re.compile(rf"(?:(?<=^)|(?<=[\s|\[【(;；,，>/]))({every})\s*[\]】)]?\s*:\s*|[\[【]({every})[\]】]\s*")
    alone = re.compile(rf"\s*[\[【]?({every})[\]】]?\s*:?\s*")
    begins = "|".join(map(re.escape, words["furniture"]))
    furniture = re.compile(rf"^[\s\[【(·>]*(?:{begins})|" + "|".join(map(re.escape, words["imprints"])))
    return keys, inline, alone, furniture


def _label_key(match: re.Match[str]) -> tuple[str, str]:
    label = _SPACE.sub("", next(each for each in match.groups() if each))
    return _vocabulary()[0][label], label


def _alone(text: str) -> tuple[str, str] | None:
    if len(text) > 16:
        return None
    match = _vocabulary()[2].fullmatch(text)
    return _label_key(match) if match else None


def _inline(text: str) -> list[Labelled]:
    if ":" not in text and "【" not in text and "[" not in text:
        return []
    matches = list(_vocabulary()[1].finditer(text))
    found = []
    ends = [*(match.start() for match in matches[1:]), len(text)]
    for match, end in zip(matches, ends, strict=False):
        value = text[match.end() : end].strip(" |[]【】\n")
        key, label = _label_key(match)
        found.append(Labelled(key, label, value[:200]))
    return found


@dataclass(frozen=True, slots=True)
class _Printed:
    """A metadata table's cell: in half-width form, the label that it is, the labels with their values in it."""

    half: str
    label: tuple[str, str] | None
    inline: tuple[Labelled, ...]


@functools.lru_cache(maxsize=4096)
def _printed(text: str) -> _Printed:
    """What a cell of at most 400 characters says; the forms' cells come again and again, so it is kept."""
    half = plain(text)
    label = _alone(half)
    return _Printed(half, label, () if label else tuple(_inline(half)))


def _label_in(cell: Cell) -> tuple[str, str] | None:
    return _printed(cell.text).label if len(cell.text) <= 16 else None


def _grid_labels(grid: Grid) -> list[Labelled]:
    """Labels in a metadata table: the value is the next cell of the row, or the cell below where a row is all
    labels.
    """
    found: list[Labelled] = []
    for number, row in enumerate(grid.rows[:40]):
        own = grid.own_cells(number)
        heads = len(own) > 1 and all(map(_label_in, own))
        for column, cell in enumerate(row):
            if cell is None or cell.row != number or cell.column != column or len(cell.text) > 400:
                continue
            printed = _printed(cell.text)
            label = printed.label
            if label is None:
                found += printed.inline
                continue
            right = column + cell.colspan
            beside = row[right] if right < len(row) else None
            below = grid.rows[number + cell.rowspan][column] if number + cell.rowspan < len(grid.rows) else None
            if beside is not None and not heads and _label_in(beside) is None:
                found.append(Labelled(*label, plain(beside.text).strip()))
            elif heads and below is not None and _label_in(below) is None:
                found.append(Labelled(*label, plain(below.text).strip()))
    return found


def _is_metadata(grid: Grid) -> bool:
    """Metadata tables are small, and one of their first cells is a label.

    The forms' tables are told apart so, cheaply.
    """
    if grid.hidden or grid.layout or not 0 < len(grid.rows) <= 20 or grid.width > 8:
        return False
    for row in grid.rows[:3]:
        for cell in row[:4]:
            if cell is not None and len(cell.text) <= 400:
                printed = _printed(cell.text)
                if printed.label or ":" in printed.half:
                    return True
    return False


def _is_box(grid: Grid) -> bool:
    """Whether a table is running text in a frame: one column (narrative boxes of PDFs, pasted Word frames), or a cell
    that holds a whole article, as old templates lay their pages out.
    """
    if grid.hidden or grid.layout or grid.sheet is not None:  # a workbook's lines are paragraphs already
        return False
    for row in grid.rows[:12]:
        for cell in row:
            if cell is not None and len(cell.text) >= 80 and "\n" in cell.text and "。" in cell.text:
                return True
    if grid.width > 1 and any(cell is not row[0] for row in grid.rows for cell in row):
        return False
    return sum(len(cell.text) for place in range(len(grid.rows)) for cell in grid.own_cells(place)) >= 40


def _boxed(grid: Grid) -> list[str]:
    """The paragraphs of a box; rows that break off in the middle of a sentence go on in the next one."""
    found: list[str] = []
    for row in range(len(grid.rows)):
        for cell in grid.own_cells(row):
            for text in filter(None, map(str.strip, cell.text.split("\n"))):
                broken = found and grid.width == 1 and len(found[-1]) >= 18 and found[-1][-1] not in "。；;：:！？)）"
                if broken and read_title(found[-1]).kind != "report":
                    found[-1] += text
                else:
                    found.append(text)
    return found


def _leaked(grid: Grid, at: int) -> list[Line]:
    """Headings and running text among the cells of a table that was made from single lines."""
    found: list[Line] = []
    for row in range(len(grid.rows)):
        for cell in grid.own_cells(row):
            raw = cell.text
            if len(raw) < 5 or raw[0].isdigit() or ("。" not in raw and not _numbered(raw)):
                continue
            half = plain(raw)
            heading = read_heading(half)
            if (len(raw) >= 20 and "。" in raw) or (heading is not None and heading.trusted and not heading.bracketed):
                found.append(Line(half[:LONGEST_LINE], raw[:LONGEST_LINE], at))
    return found


def _numbered(text: str) -> bool:
    return text[0] in "一二三四五六七八九" and text[1] in "、.．, 　"


def take_apart(document: Document) -> Places:
    """The page's parts. Hidden text is left out; a page without sections is all head."""
    places = Places()
    for name, value in document.meta:
        places.meta.setdefault(name.lower(), []).append(value.strip())
    flow = document.flow
    lines: list[Line] = []
    pending: tuple[str, str] | None = None
    for at, part in enumerate(flow):
        if isinstance(part, Grid):
            if _is_box(part):
                places.labels += [each for text in _boxed(part) if len(text) <= 400 for each in _inline(plain(text))]
                lines += [Line(plain(text), text, at) for text in _boxed(part)]
            elif not part.ruled and not part.hidden:
                lines += _leaked(part, at)
            elif _is_metadata(part):
                places.labels += _grid_labels(part)
            pending = None
            continue
        if not places.trail and len(part.text) <= 200 and _TRAIL.search(part.text):
            places.trail = [step.strip() for step in re.split(r"[>＞»›]+|\s/\s", part.text) if step.strip()]
        if part.hidden or (part.linked > 0.9 and part.region == "navigation"):
            continue
        text = plain(part.text)
        if pending is not None:
            if _alone(text) is None and not _vocabulary()[1].match(text):
                places.labels.append(Labelled(*pending, text.strip()[:200]))
            pending = None
        if len(text) <= 400:
            alone = _alone(text)
            if alone is not None:
                pending = alone
            else:
                places.labels += _inline(text)
        into = {"footer": places.footer, "body": lines}.get(part.region)
        if into is None:
            continue
        # a whole article in one paragraph with <br>s is common in older pages
        for raw, half in zip(part.text.split("\n"), text.split("\n"), strict=True):
            if half.strip():
                places.cut = places.cut or len(half) > LONGEST_LINE
                into.append(Line(half[:LONGEST_LINE], raw[:LONGEST_LINE], at, None, part.level, part.linked))
    _split(places, lines, flow)
    return places


def _first_section(lines: list[Line]) -> int | None:
    """Where the report's sections begin: at 一、总体情况 or what comes nearest; a side column may hold such words
    too.
    """
    found = [(number, line.heading) for number, line in enumerate(lines) if line.heading is not None]
    numbered = any(heading.trusted and heading.number and not heading.bracketed for _, heading in found)
    for number, heading in found:
        if heading.trusted and not heading.bracketed and (heading.number or not numbered or heading.kind == "overview"):
            return number
    return next((number for number, heading in found if not heading.bracketed), found[0][0] if found else None)


def _is_known(line: Line) -> bool:
    return line.heading is not None and line.heading.trusted


def _split(places: Places, lines: list[Line], flow: list[Paragraph | Grid]) -> None:
    furniture = _vocabulary()[3]
    for line in lines:
        if line.linked < 0.5:
            line.heading = read_heading(line.text, line.level)
    first = _first_section(lines)
    if first is None:
        places.head = lines
        return
    places.head = lines[:first]
    last = max(number for number in range(first, len(lines)) if _is_known(lines[number]) or number == first)
    end = len(lines)
    for number in range(last + 1, len(lines)):
        if len(lines[number].text) <= 60 and furniture.search(lines[number].text):
            end = number
            break
    while end > last + 1 and lines[end - 1].linked > 0.9:  # what the template advertises below an article changes daily
        end -= 1
    places.body, places.tail = lines[first:end], lines[end:]
