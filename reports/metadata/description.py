"""What is known about a report beside its tables, and what the place of its link told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from reports.record import Attachment, Candidate, Contact, Narrative, Problem, Section


@dataclass(frozen=True, slots=True)
class Hints:
    """What the place of the link told; the page's own text goes first, always."""

    anchor: str | None = None  # the link's text
    parent_title: str | None = None  # of the page that holds the link (an attachment's page, a column)
    portal_organ: str | None = None  # whose portal it is


@dataclass(slots=True)
class Description:
    """The fields of ``reports.record.Record`` that do not come from the tables.

    ``candidates`` has the keys title, organ, year and published; each list begins with the reading that was chosen.
    ``published`` and ``statutory_date`` are ISO 8601, as precise as the page is; ``days_late`` needs a day.
    """

    title: str | None = None
    organ: str | None = None
    year: int | None = None
    published: str | None = None
    scope: Literal["jurisdiction", "organ"] | None = None
    contact: Contact = field(default_factory=Contact)
    sections: list[Section] = field(default_factory=list)
    narrative: list[Narrative] = field(default_factory=list)  # the figures that the sections' sentences state
    attachments: list[Attachment] = field(default_factory=list)
    candidates: dict[str, list[Candidate]] = field(default_factory=dict)
    statutory_date: str | None = None
    days_late: int | None = None
    problems: list[Problem] = field(default_factory=list)
