"""From bytes to records: readers, tables, metadata, checks and verdict put together. Pure: no network, no clock."""

from __future__ import annotations

import functools
import hashlib
import itertools
from collections.abc import Iterator
from pathlib import Path

import data
from reports import readers
from reports.checks import cells_of, failed
from reports.document import Document
from reports.forms import TABLES
from reports.likely import likely_cells
from reports.metadata import Description, Hints, describe
from reports.narrative import compare
from reports.nature import Nature, nature_of
from reports.once import told_once
from reports.parts import is_report_of_its_own, parts_of
from reports.record import Forms, Problem, Record, Table, Verdict
from reports.statistics import statistics
from reports.tables.applications_form import COLUMNS, ROW_KEYS, ROWS
from reports.tables.find import MOST_BESIDE, find_tables
from reports.tables.generation import review_generation
from reports.tables.instances import Tables
from reports.tables.labels import exact_labels, fold
from reports.tables.limits import MOST_ROWS, beyond_limits
from reports.tables.numbers import read_value
from reports.tables.proactive import KEYS
from reports.tables.rows import Reading
from reports.tables.settle import Settled, settle
from reports.together import put_together
from reports.verdict import judge


def extract(
    source: bytes,
    *,
    name: str,
    url: str | None = None,
    content_type: str | None = None,
    hints: Hints | None = None,
    ocr: bool = False,
) -> list[Record]:
    """The records of one source, at least one.

    ``name`` is what the source is called in the record; ``url`` its address; ``hints`` what the place of its link told.
    ``ocr`` lets tesseract recognise pages that are pictures, which takes seconds a page and is never ``verified``.
    Never raises on bad bytes: a source that cannot be read gives a record with a verdict and a problem.
    """

    def records_of(document: Document) -> list[Record]:
        try:
            return _records(document, source, name, url, hints)
        except Exception as error:
            message = f"the extraction gave up: {type(error).__name__}: {error}"[:300]
            problem = Problem(code="extraction-failed", message=message, severity="error")
            return [Record(source=name, url=url, verdict="unreadable", problems=[problem], extractor=version())]

    documents = readers.read(source, name=name, url=url, content_type=content_type, ocr=ocr)
    files = [(document, records_of(document)) for document in documents]
    records = [record for _, found in files for record in found]
    if len(files) > 1 and (whole := put_together(files)) is not None:
        records = records_of(whole)
    records = _worth_keeping(told_once(records))
    return records or [Record(source=name, url=url, verdict="not_a_report", extractor=version())]


#: The data files that reading depends on: a change of any is another extractor. tests/test_house.py keeps it so.
KNOWLEDGE = (
    "blocks.yaml",
    "charsets.yaml",
    "contact.yaml",
    "decoys.yaml",
    "divisions.csv",
    "labels.yaml",
    "narrative.yaml",
    "scope.yaml",
    "sections.yaml",
    "statutory.yaml",
    "titles.yaml",
)
KNOWLEDGE_FOLDERS = ("forms", "readers")


@functools.cache
def version() -> str:
    """The version of the extraction: a digest of its code and of the data files that it reads."""
    digest = hashlib.sha256()
    package = Path(__file__).resolve().parent
    files = [*sorted(package.rglob("*.py")), *(data.path(name) for name in KNOWLEDGE)]
    files += [file for folder in KNOWLEDGE_FOLDERS for file in sorted(data.path(folder).glob("*.yaml"))]
    for file in files:
        digest.update(file.relative_to(package.parent).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _worth_keeping(records: list[Record]) -> list[Record]:
    """Of an archive's members, what is no report is told only where nothing else is there."""
    reports = [record for record in records if record.verdict != "not_a_report"]
    for record in records[:1] if not reports else ():  # whose report it would be is nobody's question
        record.problems = [problem for problem in record.problems if not problem.code.endswith("-uncertain")]
    return reports or records[:1]


def _records(document: Document, source: bytes, name: str, url: str | None, hints: Hints | None) -> list[Record]:
    found = find_tables(document)
    if not found:
        return [_without_tables(document, name, url, hints)]
    records: list[Record] = []
    parts = parts_of(document, found)

    @functools.cache
    def read_again(grids: frozenset[int] | None) -> Document | None:
        return readers.read_again(source, document, grids if len(parts) == 1 else None)

    for number, (part, tables) in enumerate(zip(parts, found, strict=True)):
        if number and not is_report_of_its_own(part):
            if all(_is_empty(reading) for reading in tables.readings.values()):
                continue  # the form to be filled in, on a workbook's second sheet
            message = "further tables with other figures stand on the page, and nothing says which are the report's"
            _lower(records[-1], Problem(code="further-tables", message=message))
            continue
        settled = settle(document, tables, number, read_again)
        records.append(_record(part, document, tables, settled, name, url, hints))
    for one, other in itertools.combinations(records, 2):
        if _is_same_report(one, other):
            message = "two versions of the report stand on the page, with different figures"
            for record in (one, other):
                _lower(record, Problem(code="two-versions", message=message))
    return records


def _lower(record: Record, problem: Problem) -> None:
    """A record whose figures may not be the report's is not to be trusted, whatever its sums say."""
    if all(each.code != problem.code for each in record.problems):
        record.problems.append(problem)
    if record.verdict in ("verified", "inconsistent"):
        record.verdict = "incomplete"


def _is_same_report(one: Record, other: Record) -> bool:
    """Two records on one page that claim to be of the same organ and year, or do not say of which."""
    return (one.organ == other.organ or None in (one.organ, other.organ)) and (
        one.year == other.year or None in (one.year, other.year)
    )


def _record(
    part: Document,
    document: Document,
    tables: Tables,
    settled: Settled,
    name: str,
    url: str | None,
    hints: Hints | None,
) -> Record:
    description = describe(part, hints)
    readings = settled.readings
    record = _described(description, document, name, url)
    verdict, reasons = judge(readings, settled.checks, settled.agreed)
    if not _has_figures(readings) and not nature_of(part, description, hints).named:
        verdict = "not_a_report"
        reasons = [Problem(code="not-a-report", message="the empty form, without a report's title")]
    if verdict in ("verified", "inconsistent") and (doubts := list(_doubts(document, tables, verdict))):
        verdict, reasons = "incomplete", [*reasons, *doubts]
    record.verdict = verdict
    record.forms = Forms(
        proactive=readings["proactive"].generation if "proactive" in readings else None,
        applications=readings["applications"].generation if "applications" in readings else None,
        review=review_generation(document, tables) if "review" in readings else None,
    )
    _fill(record, readings)
    record.checks = [*settled.checks, *compare(record)]
    record.problems = [*description.problems, *_reader_problems(document)]
    for table in TABLES:
        if table in readings:
            record.problems += readings[table].problems
    record.problems += settled.problems + reasons
    if verdict in ("inconsistent", "incomplete") and failed(settled.checks):
        record.problems += likely_cells(settled.checks, cells_of(readings.values()))
    return record


def _doubts(document: Document, tables: Tables, verdict: Verdict) -> Iterator[Problem]:
    """What keeps figures from being believed, whatever their sums say."""
    if document.ocr:
        message = "recognised from a picture: not every figure stands in a sum that would prove it"
        yield Problem(code="ocr-unproved", message=message)
    if not tables.hidden and tables.beside >= MOST_BESIDE:
        message = "the forms' labels stand on the page a second time, in lines that were not read as tables"
        yield Problem(code="two-versions", message=message)
    if tables.hidden and _shows_other_tables(document):
        message = "the tables that the page shows could not be read; the figures are from a copy that it does not show"
        yield Problem(code="hidden-copy", message=message)
    codes = {problem.code for problem in document.problems}
    if verdict == "verified" and "cut" in codes:
        message = "the source was read only in part: what follows might be another report, or correct this one"
        yield Problem(code="read-in-part", message=message)
    if "shown-otherwise" in codes:
        message = "the sheet shows other numbers than it holds, in thousands or not at all: which count nobody can say"
        yield Problem(code="shown-otherwise", message=message)
    if "rewritten" in codes:
        message = "which figures a script of the page writes over only a browser could tell"
        yield Problem(code="rewritten", message=message)


def _shows_other_tables(document: Document) -> bool:
    """The page shows the forms in some other way than the tables that were read: in lines, pictures or a frame."""
    shown = fold("".join(part.text for part in document.paragraphs if not part.hidden))
    told = sum(fold(str(row["label"])) in shown for row in ROWS)
    grids = (grid for grid in document.grids if not grid.hidden and not grid.layout)
    cells = (cell for grid in grids for row in range(min(len(grid.rows), MOST_ROWS)) for cell in grid.own_cells(row))
    return told >= 8 or bool(document.frames) or any(exact_labels(cell.text) for cell in cells)


def _has_figures(readings: dict[Table, Reading]) -> bool:
    return any(cell.value is not None for reading in readings.values() for cell in reading.cells.values())


def _is_empty(reading: Reading) -> bool:
    return all(cell.state == "blank" for cell in reading.cells.values())


def _fill(record: Record, readings: dict[Table, Reading]) -> None:
    """The figures in the order of the form."""
    if "proactive" in readings:
        cells = {f"{row}_{column}": cell for (row, column), cell in readings["proactive"].cells.items()}
        record.proactive = {key: cells[key].value for key in KEYS if key in cells}
        record.cells += [cells[key] for key in KEYS if key in cells]
    if "applications" in readings:
        found = readings["applications"].cells
        rows = {}
        for row in ROW_KEYS:
            if printed := [cell for column in COLUMNS if (cell := found.get((row, column))) is not None]:
                rows[row] = {cell.column: cell.value for cell in printed}
                record.cells += printed
        record.applications = rows
    if "review" in readings:
        record.review = {"_".join(place): cell.value for place, cell in readings["review"].cells.items()}
        record.cells += readings["review"].cells.values()


def _without_tables(document: Document, name: str, url: str | None, hints: Hints | None) -> Record:
    description = describe(document, hints)
    nature = nature_of(document, description, hints)
    record = _described(description, document, name, url)
    record.problems = [*description.problems, *_reader_problems(document)]
    found = statistics(document)
    if found is not None and nature.code != "decoy":
        record.statistics = found
        nature = Nature("incomplete", "statistics-form", "a report on the form of 2014-2018, without the later tables")
        record.problems += [
            Problem(code="cell-unreadable", message=f"“{each.raw}” cannot be read as {each.indicator[:40]}")
            for each in found
            if each.value is None and each.raw and read_value(each.raw).state not in ("blank", "dash")
        ]
    record.verdict = nature.verdict
    record.problems.append(Problem(code=nature.code, message=nature.why))
    return record


def _described(description: Description, document: Document, name: str, url: str | None) -> Record:
    return Record(
        source=name,
        url=url,
        title=description.title,
        organ=description.organ,
        year=description.year,
        published=description.published,
        scope=description.scope,
        contact=description.contact,
        sections=description.sections,
        narrative=description.narrative,
        attachments=description.attachments,
        candidates=description.candidates,
        statutory_date=description.statutory_date,
        days_late=description.days_late,
        reader="ocr" if document.ocr else document.kind,
        extractor=version(),
    )


def _reader_problems(document: Document) -> list[Problem]:
    told = [Problem(code=each.code, message=each.message, where=each.where) for each in document.problems]
    return told + beyond_limits(document)


__all__ = ["Hints", "Nature", "extract", "version"]
