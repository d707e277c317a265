"""The record: what is known of one report, in the form of the contract (``gongkai extract``, the exported JSON Lines).

Field names are public interface: extended, never renamed. ``gc=False``: holds nothing that could hold it in turn, so
the garbage collector need not look at it; a report has hundreds of them.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Number = int | float
State = Literal["number", "blank", "dash", "annotated", "unreadable"]
Status = Literal["pass", "fail", "not_assessable", "consistent_with_blanks_as_zero"]
Verdict = Literal["verified", "inconsistent", "incomplete", "unreadable", "not_a_report"]
Severity = Literal["error", "warning", "info"]
Table = Literal["proactive", "applications", "review"]


class Cell(msgspec.Struct, kw_only=True, gc=False):
    """A figure's cell: key of its table, row and column (``FORMS``), the raw text, and where it stands in the source.

    ``value`` is in the unit of the key (件, or 万元 for ``*_10k_yuan``); ``raw`` is untouched. ``position`` is table,
    row and column of the source's own grid, from 0; ``box`` is page, left, top, right, bottom in points, of paged
    sources.
    """

    table: Table
    row: str
    column: str
    raw: str
    value: Number | None
    state: State
    position: tuple[int, int, int]
    box: tuple[int, float, float, float, float] | None = None
    note: str | None = None  # of an annotated or converted cell: what stood beside the number


class Check(msgspec.Struct, kw_only=True, gc=False):
    """One equation at one place. ``expected`` is what the parts give, ``actual`` what the page prints."""

    rule: str
    at: str
    status: Status
    expected: Number | None = None
    actual: Number | None = None
    severity: Severity = "error"
    message: str | None = None


class Problem(msgspec.Struct, kw_only=True, gc=False):
    """Something that a person should know, with a stable code, in one sentence, and where on the page."""

    code: str
    message: str
    where: str = ""
    severity: Severity = "warning"


class Contact(msgspec.Struct, kw_only=True):
    """Whom to ask, as printed. Phones keep their area code and extension."""

    name: str | None = None
    address: str | None = None
    postcode: str | None = None
    phones: list[str] = msgspec.field(default_factory=list)
    faxes: list[str] = msgspec.field(default_factory=list)
    emails: list[str] = msgspec.field(default_factory=list)
    websites: list[str] = msgspec.field(default_factory=list)


class Section(msgspec.Struct, kw_only=True):
    """One of the report's numbered sections: its Chinese numeral, its title, its text without the tables."""

    number: str | None
    title: str
    text: str


class Attachment(msgspec.Struct, kw_only=True):
    """A file that the report's page links."""

    url: str
    name: str


class Statistic(msgspec.Struct, kw_only=True):
    """One line of the 统计表 of 2014-2018. ``key`` is the national indicator where it is recognised."""

    indicator: str
    unit: str | None
    value: Number | None
    raw: str
    key: str | None = None


class Narrative(msgspec.Struct, kw_only=True, gc=False):
    """A figure that the running text states, with its place: section number and the character range in its text."""

    key: str
    value: Number
    raw: str
    section: str | None
    start: int
    end: int
    scope: str | None = None


class Candidate(msgspec.Struct, kw_only=True, gc=False):
    """One reading of a title, organ, year or date, and where it came from. The first of a list is the one chosen."""

    value: str | int
    source: str


class Forms(msgspec.Struct, kw_only=True):
    """The generation of each table, from its labels. Null where the table is not there."""

    proactive: str | None = None
    applications: str | None = None
    review: str | None = None


class Record(msgspec.Struct, kw_only=True):
    """A report as read from one source, or the statement that the source holds none."""

    source: str
    url: str | None = None
    title: str | None = None
    organ: str | None = None
    year: int | None = None
    published: str | None = None  # YYYY-MM-DD, YYYY-MM or YYYY: never an invented day
    scope: Literal["jurisdiction", "organ"] | None = None
    forms: Forms = msgspec.field(default_factory=Forms)
    proactive: dict[str, Number | None] | None = None
    applications: dict[str, dict[str, Number | None]] | None = None
    review: dict[str, Number | None] | None = None
    statistics: list[Statistic] | None = None
    contact: Contact = msgspec.field(default_factory=Contact)
    sections: list[Section] = msgspec.field(default_factory=list)
    attachments: list[Attachment] = msgspec.field(default_factory=list)
    narrative: list[Narrative] = msgspec.field(default_factory=list)
    checks: list[Check] = msgspec.field(default_factory=list)
    cells: list[Cell] = msgspec.field(default_factory=list)
    verdict: Verdict = "not_a_report"
    problems: list[Problem] = msgspec.field(default_factory=list)
    statutory_date: str | None = None
    days_late: int | None = (
        None  # against the statutory date; negative or 0 is in time; null where the day is not known
    )
    candidates: dict[str, list[Candidate]] = msgspec.field(default_factory=dict)
    reader: str | None = None  # html, pdf, docx …; "ocr" where the text was recognised from a picture
    extractor: str | None = None  # version of the extraction code and its data files


def to_json(record: Record) -> bytes:
    """The record as one line of JSON (UTF-8, no line break)."""
    return msgspec.json.encode(record)


def to_builtins(record: Record) -> dict[str, Any]:
    """The record as dictionaries and lists."""
    built: dict[str, Any] = msgspec.to_builtins(record)
    return built
