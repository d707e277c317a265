"""Where on a page things stand: its metadata labels, the report's opening, sections and closing, the page's furniture.

One pass over the paragraphs and the small grids; everything else in this package reads from the result.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

import data
from reports.characters import plain, without_spaces
from reports.document import Document, Grid
from reports.metadata.article import end_of_article
from reports.metadata.boxes import boxed, heading_rows, is_box, leaked
from reports.metadata.contact_table import contact_lines
from reports.metadata.headings import Heading, read_heading
from reports.metadata.labelled import Labelled, begins_with_label, grid_labels, inline_labels, is_metadata, lone_label

_TRAIL = re.compile(r"(?:位置|首\s*页).{0,40}?[>＞»›]")
_LONGEST_IMPRINT = 200  # characters
LONGEST_LINE = 20_000  # characters: hostile pages hold megabytes in one


@dataclass(slots=True)
class Line:
    """A paragraph of the report's text, in half-width form, with its place in the flow."""

    text: str
    raw: str
    at: int  # index in Document.flow
    heading: Heading | None = None
    level: int | None = None
    linked: float = 0.0
    tabled: bool = False  # a row of its own in a table


@dataclass
class Places:
    """A page, taken apart."""

    head: list[Line] = field(default_factory=list)  # what stands before the first section: titles, date lines, opening
    body: list[Line] = field(default_factory=list)  # from the first section's heading on, without the page's furniture
    tail: list[Line] = field(default_factory=list)  # furniture after the text
    footer: list[Line] = field(default_factory=list)
    labels: list[Labelled] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)  # the lines of tables that tell whom to ask
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
def _furniture() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = data.load_yaml("labels.yaml")
    begins = "|".join(map(re.escape, words["furniture"]))
    return re.compile(rf"^[\s\[【(·>]*(?:{begins})"), re.compile("|".join(map(re.escape, words["imprints"])))


def _is_furniture(text: str) -> bool:
    """Whether a line after the text is the page's: short and begun so, or with the imprint of a site in it."""
    begins, imprints = _furniture()
    return (len(text) <= 60 and begins.search(text) is not None) or (
        len(text) <= _LONGEST_IMPRINT and imprints.search(text) is not None
    )


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
            if is_box(part):
                for text in boxed(part):
                    half = plain(text)
                    places.labels += inline_labels(half) if len(half) <= 400 else []
                    lines.append(Line(half, text, at))
            elif told := contact_lines(part):
                places.contacts += told
            elif not part.ruled and not part.hidden:
                lines += [Line(half[:LONGEST_LINE], raw[:LONGEST_LINE], at, tabled=True) for half, raw in leaked(part)]
            elif is_metadata(part):
                places.labels += grid_labels(part)
            elif not part.hidden and not part.layout:
                lines += [Line(plain(text), text, at, tabled=True) for text in heading_rows(part)]
            pending = None
            continue
        if not places.trail and len(part.text) <= 200 and _TRAIL.search(part.text):
            places.trail = [step.strip() for step in re.split(r"[>＞»›]+|\s/\s", part.text) if step.strip()]
        if part.hidden or (part.linked > 0.9 and part.region == "navigation"):
            continue
        text = plain(part.text)
        if pending is not None:
            if lone_label(text) is None and not begins_with_label(text):
                places.labels.append(Labelled(*pending, text.strip()[:200]))
            pending = None
        if len(text) <= 400:
            alone = lone_label(text)
            if alone is not None:
                pending = alone
            else:
                places.labels += inline_labels(text)
        into = {"footer": places.footer, "body": lines}.get(part.region)
        if into is None:
            continue
        # a whole article in one paragraph with <br>s is common in older pages
        for raw, half in zip(part.text.split("\n"), text.split("\n"), strict=True):
            if half.strip():
                places.cut = places.cut or len(half) > LONGEST_LINE
                into.append(Line(half[:LONGEST_LINE], raw[:LONGEST_LINE], at, None, part.level, part.linked))
    _split(places, lines, document)
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


_CONTENTS = re.compile(r"目\s*[录次]")
_PAGE_NUMBER = re.compile(r"[\s.…·\-—_。\d]*")  # ………3
_LAST_CONTENTS = 200  # lines down a page: below them no table of contents begins
_LEAST_CONTENTS = 4  # headings in a row, of which a report has at least that many


def _contents(lines: list[Line]) -> range:
    """Where a table of contents stands: headings in a row without any text, each of which comes again below."""
    start = 0
    while start < min(len(lines), _LAST_CONTENTS):
        end = start
        while end < len(lines) and _is_bare(lines[end]):
            end += 1
        names = {line.heading.title for line in lines[start:end] if line.heading}
        if len(names) >= _LEAST_CONTENTS and names <= {line.heading.title for line in lines[end:] if line.heading}:
            headed = start > 0 and _CONTENTS.fullmatch(lines[start - 1].text.strip())
            return range(start - 1 if headed else start, end)
        start = max(end, start + 1)
    return range(0)


def _is_bare(line: Line) -> bool:
    """Whether a line is a section's heading, with its page's number or without, and nothing else."""
    return line.heading is not None and _PAGE_NUMBER.fullmatch(line.text, line.heading.end) is not None


def _is_known(line: Line) -> bool:
    return line.heading is not None and line.heading.trusted


def _split(places: Places, lines: list[Line], document: Document) -> None:
    for line in lines:
        if line.linked < 0.5:
            line.heading = read_heading(line.text, line.level)
    contents = _contents(lines)
    lines = [line for number, line in enumerate(lines) if number not in contents]
    first = _first_section(lines)
    if first is None:
        places.head = lines
        return
    places.head = lines[:first]
    last = max(number for number in range(first, len(lines)) if _is_known(lines[number]) or number == first)
    end = end_of_article(document, lines, first, last)
    for number in range(last + 1, end):
        if _is_furniture(lines[number].text):
            end = number
            break
    while end > last + 1 and lines[end - 1].linked > 0.9:  # what the template advertises below an article changes daily
        end -= 1
    places.body, places.tail = lines[first:end], lines[end:]


def under_title(lines: list[Line], title: str | None) -> list[Line]:
    """The lines from the report's title on: a side column's box (联系我们) and a clock stand above it."""
    flat = without_spaces(title or "")
    found: int | None = None
    for number in range(len(lines) - 1, -1, -1):
        line = without_spaces(lines[number].raw)
        if len(line) >= 8 and line in flat:
            if "报" in line:
                return lines[number:]
            found = number if found is None else found  # a piece of the title, or the organ's name under the report
    return lines if found is None else lines[found:]
