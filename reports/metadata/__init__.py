"""What a report says of itself beside its tables: title, organ, year, date, scope, sections, contact, attachments.

Sources in this order: the text (title, 统计期限, opening, signature), the page's metadata, the address. All
candidates are kept with their source.
"""

from __future__ import annotations

from reports.document import Document
from reports.metadata.attachments import attachments
from reports.metadata.conflicts import organ_conflict
from reports.metadata.contact import contact
from reports.metadata.description import Description, Hints
from reports.metadata.organ import organ
from reports.metadata.period import read_period
from reports.metadata.places import LONGEST_LINE, take_apart
from reports.metadata.published import choose, edited, moved, printed_dates
from reports.metadata.scope import scope
from reports.metadata.sections import read_sections
from reports.metadata.statutory import days_late, is_local_government, measured, statutory_date
from reports.metadata.titles import title, year
from reports.metadata.uncertain import uncertain
from reports.narrative import read_figures
from reports.record import Problem

__all__ = ["Description", "Hints", "describe"]


def describe(document: Document, hints: Hints | None = None) -> Description:
    """What is known about the report in a document beside its tables. Never raises on odd pages; absent is None."""
    hints = hints or Hints()
    places = take_apart(document)
    chosen_title, titles = title(document, places, hints)
    period = read_period(places.opening)
    printed = printed_dates(document, places, chosen_title)
    date, dates = choose(printed, None)
    chosen_year, years, problems = year(places, hints, chosen_title, titles, period, date)
    if chosen_year is not None:
        date, dates = choose(printed, chosen_year)
    edit = edited(printed, date)
    problems += moved(printed, date) + edit
    name, organs = organ(places, hints, chosen_title, document.title)
    problems += organ_conflict(organs)
    problems += uncertain(organs, years, dates, date is not None or bool(edit))
    due = statutory_date(name, chosen_year)
    sections = read_sections(places)
    told = not places.body or any(line.heading is not None and line.heading.trusted for line in places.body)
    if places.cut:
        problems.append(
            Problem(code="text-cut", message=f"a line is longer than {LONGEST_LINE} characters; its rest is left out")
        )
    return Description(
        title=chosen_title,
        organ=name,
        year=chosen_year,
        published=str(date) if date else None,
        scope=scope(places, name),
        contact=contact(places, name, chosen_title, document.links),
        sections=sections,
        narrative=read_figures(sections, name is None or is_local_government(name), chosen_year, name) if told else [],
        attachments=attachments(document),
        candidates={
            key: found
            for key, found in (("title", titles), ("organ", organs), ("year", years), ("published", dates))
            if found
        },
        statutory_date=due.isoformat() if due else None,
        days_late=measured(days_late(due, date), (each.code for each in problems)),
        problems=problems,
    )
