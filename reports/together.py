"""A report that an archive holds in pieces: its text in one file, its tables in others that do not name it."""

from __future__ import annotations

import re

from reports.document import Document
from reports.names import is_organ_like
from reports.readers.flow import insert
from reports.record import Record, Table
from reports.years import arabic_years

LONGEST = 60  # characters of a title
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_BEHIND_AN_ORGAN = re.compile(r"20[0-9]{2}|[（(]|政府信息|信息公开|主动公开|依申请|公开|年报|附表|附件")
Read = tuple[Document, list[Record]]  # a file of an archive, and what it gave by itself


def put_together(files: list[Read]) -> Document | None:
    """The one document that the files of an archive make, the text first; None where they are not pieces of one report.

    They are where one file alone names a report and has no tables, and the tables of the others come to one each.
    """
    texts = [document for document, records in files if len(records) == 1 and _is_text(records[0])]
    if len(texts) != 1:
        return None
    told = next(records[0] for document, records in files if document is texts[0])
    pieces: list[Document] = []
    found: list[Table] = []
    for document, records in files:
        tables = [table for record in records for table in _tables(record)]
        if not tables:
            continue
        if any(record.organ not in (None, told.organ) or record.year not in (None, told.year) for record in records):
            return None
        if _names_another(document, told):
            return None
        pieces.append(document)
        found += tables
    if not found or len(set(found)) < len(found):
        return None
    return _joined(texts[0], pieces)


def _names_another(piece: Document, told: Record) -> bool:
    """Whether a line of a file, or its name, is of another year or organ than the text: last year's, a town's."""
    lines = [piece.title, *(part.text for part in piece.paragraphs), *(grid.sheet or "" for grid in piece.grids)]
    years: set[int] = set()
    for line in ("".join(each.split()) for each in lines if each and len(each) <= LONGEST):
        years |= {int(year) for year in _YEAR.findall(arabic_years(line))}
        named = _BEHIND_AN_ORGAN.split(line.rpartition("：")[2])[0]
        if is_organ_like(named) and named not in str(told.organ) and str(told.organ) not in named:
            return True
    return bool(years) and told.year not in years


def _is_text(record: Record) -> bool:
    """A report by its title, without any table."""
    without = record.statistics is None and not _tables(record)
    return without and record.verdict == "incomplete" and None not in (record.organ, record.year)


def _tables(record: Record) -> list[Table]:
    held: list[tuple[Table, object]] = [
        ("proactive", record.proactive),
        ("applications", record.applications),
        ("review", record.review),
    ]
    return [table for table, figures in held if figures is not None]


def _joined(text: Document, pieces: list[Document]) -> Document:
    seconds = [document.again for document in (text, *pieces)]
    for piece in pieces:
        insert(text, piece)

    def again(_grids: frozenset[int] | None) -> Document | None:
        """The second reading of all files; None where any has none."""
        whole = Document(text.kind)
        for second in seconds:
            read = second(None) if second is not None else None
            if read is None:
                return None
            insert(whole, read)
        return whole

    text.again = again
    return text
