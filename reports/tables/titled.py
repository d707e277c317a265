"""A table below another report's title is that report's, though the report above it lacks one.

Of two reports in one file, or on one page, the second may hold what the first does not: an organ without reviews, and
the one behind it, whose other tables were not read.
"""

from __future__ import annotations

from collections.abc import Iterable

from reports.document import Grid, Paragraph
from reports.title import TitleReading, read_title

_LONGEST = 80  # characters of a title


def is_of_another(above: Iterable[Paragraph | Grid], between: Iterable[Paragraph | Grid]) -> bool:
    """Whether what stands between a report's last table and the next one names another organ's or year's report than
    what stands ``above`` its first table."""
    title = _last_title(between)
    own = _last_title(above) if title is not None else None
    if title is None or own is None:
        return False
    another_year = None not in (title.year, own.year) and title.year != own.year
    return another_year or (bool(title.organ and own.organ) and not _may_be_one(str(title.organ), str(own.organ)))


def _last_title(parts: Iterable[Paragraph | Grid]) -> TitleReading | None:
    found: TitleReading | None = None
    for part in parts:
        if isinstance(part, Paragraph) and not part.hidden and len(part.text) <= _LONGEST and "公开" in part.text:
            reading = read_title(part.text)
            if reading.kind == "report" and reading.strength == "strong":
                found = reading
    return found


def _may_be_one(one: str, other: str) -> bool:
    """Whether one is the other's name in short: 市政府办公室 for 云溪市人民政府办公室."""
    short, long = sorted((one, other), key=len)
    letters = iter(long)
    return all(letter in letters for letter in short)
