"""Where a page's article ends: with the part of the page that holds all the headings of the report.

What a template prints below it (advertisements, what others read, the reader's day) is no text of the last section, and
another at every visit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

from reports.document import Document
from reports.metadata.headings import Heading
from reports.metadata.signed import is_date_line, is_signature

_SURE = 3  # known headings: fewer may stand in a box of their own
_SAID = 4  # characters of a section's text, at least, that stand beside its heading


class _Line(Protocol):
    text: str
    at: int
    heading: Heading | None


def end_of_article(document: Document, lines: Sequence[_Line], first: int, last: int) -> int:
    """Where the lines end that stand in the same part of the page as the first and the last heading of the report.

    The signature below it is the report's too. All lines, where no part of the page is marked off, or the last
    section has its text elsewhere.
    """
    known = sum(1 for line in lines[first : last + 1] if line.heading is not None and line.heading.trusted)
    if not document.boxes or known < _SURE:
        return len(lines)
    places = {id(part): at for at, part in enumerate(document.flow)}
    ends = [
        (end - start, end)
        for start, end in ((places.get(id(a)), places.get(id(b))) for a, b in document.boxes)
        if start is not None and end is not None and start <= lines[first].at and end >= lines[last].at
    ]
    if not ends:
        return len(lines)
    end = bisect_right(lines, min(ends)[1], key=lambda line: line.at)
    heading = lines[last].heading
    if end == last + 1 and heading is not None and len(lines[last].text) - heading.end < _SAID:
        return len(lines)
    for further in lines[end : end + 2]:
        if not (is_signature(further.text) or is_date_line(further.text)):
            break
        if is_date_line(further.text):
            return end + lines[end : end + 2].index(further) + 1
    return end
