"""A page's tables, each as it is printed once: copies, summaries, and those of another time than the report's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from reports.document import Document, Grid, Paragraph
from reports.forms import TABLES
from reports.metadata.attachments import attachments
from reports.record import Table
from reports.tables.other_times import another_year, begins_anew, is_of_another_time, year_of, year_of_sheet
from reports.tables.rows import OWN_ROWS, Reading
from reports.tables.unread import is_behind_the_end, links_tables, names_again, shows_pictures
from reports.title import read_title


class Reader(Protocol):
    """What reads one of the three tables."""

    reading: Reading

    def finish(self) -> Reading: ...


@dataclass(slots=True)
class Instance:
    """One table as printed once, with the reader at work on it."""

    table: Table
    reader: Reader
    first: int
    last: int
    headings: list[str]  # short paragraphs over it, since the section's heading


@dataclass(slots=True)
class Tables:
    """The tables of one report, and the part of the document's flow that they stand in."""

    readings: dict[Table, Reading] = field(default_factory=dict)
    first: int = 0  # in the flow
    last: int = 0
    beside: int = 0  # lines around the tables that are labels of the forms' rows: the tables in another shape
    flow: list[Paragraph | Grid] | None = None  # in which they were found, where lines had to be made into rows
    hidden: bool = False  # read from what the page does not show, because nothing that it shows could be read

    @property
    def complete(self) -> bool:
        """All three were found."""
        return len(self.readings) == 3


def same_figures(one: Reading, other: Reading) -> bool:
    """Two printed tables hold the same figures at the same places."""
    return {place: cell.value for place, cell in one.cells.items()} == {
        place: cell.value for place, cell in other.cells.items()
    }


def is_part_of(one: Reading, other: Reading) -> bool:
    """All that one printed table holds is also in the other, at the same places: it is a copy of it, or of a piece."""
    whole = other.cells
    return bool(one.cells) and all(
        place in whole and whole[place].value == cell.value for place, cell in one.cells.items()
    )


def is_piece_before(one: Reading, other: Reading, between: list[Paragraph | Grid]) -> bool:
    """A table is a piece of the one that is printed behind it, ahead of which no other report begins.

    Nought is in every report: a piece of nothing else says nothing. ``between``: what stands between the two.
    """
    return (
        len(one.cells) < len(other.cells)
        and is_part_of(one, other)
        and any(cell.value for cell in one.cells.values())
        and not any(
            isinstance(part, Paragraph)
            and len(part.text) <= 80
            and ("总体情况" in part.text or read_title(part.text).kind == "report")
            for part in between
        )
    )


def is_of_many_organs(instance: Instance, reading: Reading) -> bool:
    """Under the headings of table 3 stand rows of other things only, with a total below: a summary of organs."""
    return instance.table == "applications" and {row for row, _ in reading.cells} <= OWN_ROWS


def of_another_time(instances: list[Instance], readings: list[Reading], document: Document) -> set[int]:
    """Of a table that is printed several times with different figures, those whose headings give another time."""
    found: set[int] = set()
    for table in TABLES:
        several = [
            (instance, reading)
            for instance, reading in zip(instances, readings, strict=True)
            if instance.table == table and reading.cells
        ]
        if len(several) < 2 or all(same_figures(several[0][1], reading) for _, reading in several):
            continue
        year = year_of(document)
        old = {id(each) for each, _ in several if is_of_another_time(_since_section(each), year)}
        own = [reading for each, reading in several if id(each) not in old]
        if old and own:
            message = f"table {table} of another time stands on the page too, as the heading over it says"
            own[0].problem("further-tables", message)
            found |= old
    for instance in instances if found else ():
        if is_of_another_time(_since_section(instance), year_of(document)):
            found.add(id(instance))  # of a table that this year's report lacks
    for instance, reading in zip(instances, readings, strict=True) if not found else ():
        if is_of_another_time(_since_section(instance), None):
            reading.gap("another-time", f"the heading over table {instance.table} says that it is of another time")
        elif (other := another_year(_since_section(instance), document)) and (
            names_again(document, reading) or shows_pictures(document) or attachments(document)
        ):
            message = f"table {instance.table} of {other} was read: another one, which may be the report's, was not"
            reading.gap("another-time", message)
        elif other := year_of_sheet(reading.grids, document):
            reading.gap("another-time", f"the sheet of table {instance.table} is called by another year: {other}")
        elif shows_pictures(document) and is_behind_the_end(document, instance.first):
            message = f"table {instance.table} stands behind the last section, and the page shows pictures or frames"
            reading.gap("further-tables", message)
        elif links_tables(document) and is_behind_the_end(document, instance.first):
            message = f"table {instance.table} stands behind the last section, and the page links a file of tables"
            reading.gap("further-tables", message)
    return found


def _since_section(instance: Instance) -> list[str]:
    """The headings over a table, up to that of its section or report."""
    headings = instance.headings
    for place in range(len(headings) - 1, -1, -1):
        if begins_anew(headings[place]):
            return headings[place:]
    return headings
