"""Tables of another time on a report's page: last year's beside this year's, a state from before a correction.

Asked only where a table is printed twice with different figures: then the headings over them must tell which is the
report's. Place alone tells nothing, for last year's tables are appended by some and put first by others.
"""

from __future__ import annotations

import functools
import re

import data
from reports.document import Document, Grid, Paragraph
from reports.metadata.period import read_period
from reports.tables.labels import exact_labels, fold
from reports.title import read_title

LONGEST = 48  # characters of a heading over a table
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?=年)")
_SHEET_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_COMPARING = re.compile(
    "(?:上一?年度?|去年)[无未没有]{0,2}结转|(?:[比较与同]|相比|相较|不如|多于|少于)(?:于)?(?:上一?年度?|去年|前年|往年|20[0-9]{2}年)"
)
#: 受理申请61件，较去年减少17件。: a sentence of figures under the section's heading is no heading of the table.
_COUNTS = re.compile(r"^[^下表如据]*(?:[0-9]\s*[件宗]|未?收到|未发生)[^下表如据]*。\s*$")
_SECTION = re.compile(r"^\W*[一二三四五六七八]\s*[、.．,，]")


@functools.cache
def _words(key: str = "of_another_time") -> tuple[str, ...]:
    return tuple(fold(word) for word in data.load_yaml("forms/headings.yaml")[key])


def _is_about_above(text: str) -> bool:
    """A line that speaks of the table before it: （以上为上年度数据）."""
    return fold(text).startswith(_words("of_the_above"))


def begins_anew(text: str) -> bool:
    """A heading of a section or a report's title: what stood over the tables before says nothing below it."""
    return _SECTION.match(text) is not None or read_title(text).kind == "report"


def is_of_another_time(headings: list[str], year: int | None) -> bool:
    """Whether the headings over a table say that it shows another time than the report of this year.

    The nearest one that speaks of a time counts: above it stands what was said of the table before.
    """
    for text in reversed(headings):
        if exact_labels(text) or _is_about_above(text) or _COUNTS.search(text):
            continue
        folded = _COMPARING.sub("", fold(text))
        if any(word in folded for word in _words()):
            return True
        if (years := _years_in(folded)) and year is not None:
            return year not in years
        if any(word in folded for word in _words("this_time")):
            return False
    return False


def another_year(headings: list[str], document: Document) -> int | None:
    """The year that the nearest heading over a table which names one names instead of the report's."""
    for text in reversed(headings):
        if exact_labels(text) or _is_about_above(text) or _COUNTS.search(text):
            continue
        if years := _years_in(_COMPARING.sub("", fold(text))):
            year = year_of(document)  # asked last, for few headings over tables name a year
            return None if year is None or year in years else max(years)
    return None


def year_of_sheet(grids: list[Grid], document: Document) -> int | None:
    """The year that a sheet's name gives to its tables instead of the report's, where its own lines name none."""
    for grid in grids:
        named = _SHEET_YEAR.findall(grid.sheet or "")
        if not named or (year := year_of(document)) is None or str(year) in named:
            continue
        own = (cell.text for row in range(len(grid.rows)) for cell in grid.own_cells(row) if len(cell.text) <= LONGEST)
        if not any(_YEAR.search(fold(text)) for text in own):
            return max(map(int, named))
    return None


def _years_in(folded: str) -> set[int]:
    return {int(each) for each in _YEAR.findall(folded)}


def year_of(document: Document) -> int | None:
    """The year in the first report's title on the page, else that of its 统计期限."""
    texts = [document.title, *document.headings]
    texts += [part.text for part in document.flow[:60] if isinstance(part, Paragraph) and len(part.text) <= 80]
    readings = (read_title(text) for text in texts if text)
    titled = next((each.year for each in readings if each.kind == "report" and each.year), None)
    return titled or _year_counted(document)


def _year_counted(document: Document) -> int | None:
    """The year from whose first to whose last day a sentence says that the report counts."""
    for part in document.flow:
        if isinstance(part, Paragraph) and "统计" in part.text and (period := read_period(part.text)) and period[1]:
            return period[0]
    return None
