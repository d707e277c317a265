"""What the redundancy of the forms settles: doubtful cells, doubtful readings, and whose mistake a failed sum is.

A failed sum is the organ's only where two readings agree on the printed cells; where one reading balances and the other
does not, the balancing one is taken, and said so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import msgspec

from reports.checks import Place, cells_of, check, check_tables, equations, failed
from reports.document import Document, Grid
from reports.forms import TABLES
from reports.readers.marks import PICTURE
from reports.record import Cell, Check, Problem, Table
from reports.tables.find import find_tables
from reports.tables.instances import Tables
from reports.tables.listed import written_out
from reports.tables.numbers import read_value
from reports.tables.rows import Reading, Row, token_of
from reports.tables.two_times import of_this_time

Readings = dict[Table, Reading]
_DOTTED = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_PARTED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:\.\d+)?")
_UNPARTED = re.compile(r"\d{4,}(?:\.\d+)?")
_FIGURE = re.compile(r"(?<![\d.,])-?\d[\d,]*(?:\.\d+)?")
_PROVED_PARTED = 3  # cells whose sums prove that spaces part thousands
_NOT_TO_BE_READ = ("\u202e", PICTURE)
_BALANCED = frozenset(("pass", "consistent_with_blanks_as_zero"))
_FOLDING = frozenset(("html", "pdf"))  # kinds of documents whose cells of two lines are one figure, or two


@dataclass(slots=True)
class Settled:
    """A report's tables after all that the sums can tell."""

    readings: Readings
    checks: list[Check]
    agreed: bool = True
    problems: list[Problem] = field(default_factory=list)


def settle(
    document: Document,
    tables: Tables,
    number: int,
    read_again: Callable[[frozenset[int] | None], Document | None] | None = None,
) -> Settled:
    """Check a report's tables; where a sum fails or a cell is in doubt, read again in other ways.

    ``number`` is the report's place among those of the document. ``read_again`` gives another reading of the source, or
    of some of its grids.
    """
    settled = _settle_tentative(tables.readings, document)
    if not _in_doubt(settled):
        return settled
    suspects = _suspects(settled)
    grids = _grids(settled.readings, suspects)
    by_place = _by_place(document, settled.readings, suspects, grids if number == 0 else None)
    by_place = by_place or _nth(find_tables(document, places=True), number)
    others = [by_place]
    same_cells = document.kind != "html"  # of a page there is another reading, and it has to agree
    another = read_again(grids) if read_again is not None else None
    if another is not None:
        found = _nth(find_tables(another, wanted=TABLES if grids is None else suspects), number)
        if grids is not None and found is not None:  # the rest has been read, and its sums balance
            found = {table: reading for table, reading in found.items() if table in suspects}
        found = _same_tables(found, settled.readings)
        others.append({**settled.readings, **found} if grids is not None and found else found)
        same_cells = _prints(another, settled.readings, suspects)
    for readings in others:
        if readings is None:
            continue
        other = _settle_tentative(readings, document)
        complete = set(other.readings) >= set(settled.readings) and _count(other) >= _count(settled)
        complete = complete and not _contradicts(other.readings, tables.readings)
        complete = complete and not _overlooks(other.readings, tables.readings)
        if complete and _sound(other) and not _sound(settled):
            message = "two readings of the tables differ; the one whose sums balance was taken"
            other.problems.append(Problem(code="reading-chosen", message=message))
            return other
    named_alike = by_place is not None and all(
        _same(settled.readings.get(each), by_place.get(each)) for each in suspects
    )
    settled.agreed = same_cells and (named_alike or _exact(settled.readings, suspects))
    return settled


def _grids(readings: Readings, suspects: set[Table]) -> frozenset[int] | None:
    """The suspects' grids in a paged source, by number, if every cell was read and only sums fail; None for all."""
    if not suspects or any(reading.gaps or reading.tentative for reading in readings.values()):
        return None
    grids = [grid for table in suspects & set(readings) for grid in readings[table].grids]
    return frozenset(grid.index for grid in grids if grid.page is not None) or None


def _by_place(
    document: Document, readings: Readings, suspects: set[Table], grids: frozenset[int] | None
) -> Readings | None:
    """The tables with the cells of the suspects named by where they lie; None where their grids do not tell it."""
    if grids is None:
        return None
    flow = [part for part in document.flow if not isinstance(part, Grid) or part.index in grids]
    found = _nth(find_tables(replace(document, flow=flow), places=True, wanted=suspects), 0)
    if found is None or not suspects <= set(found):
        return None
    return {**readings, **{table: found[table] for table in suspects}}


def _of_this_time(grid: Grid, document: Document) -> Grid:
    return of_this_time(grid, [Row(grid, index) for index in range(min(len(grid.rows), 8))], document) or grid


def _prints(another: Document, readings: Readings, suspects: set[Table]) -> bool:
    """Another reading of the source prints the same figures side by side, whatever it makes of the labels.

    Of other files than pages a reading that finds hardly any of the rows is of no use, and says nothing.
    """
    grids = [_of_this_time(grid, another) for grid in another.grids]
    printed = _run(cell.text for grid in grids for row in range(len(grid.rows)) for cell in grid.own_cells(row))
    printed += "\n" + _run(
        each for part in another.paragraphs for word in part.text.split() for each in written_out(word) or (word,)
    )
    for part in another.paragraphs:  # rows that are lines: 自然人：12件 商业企业：3件, or figures between bars
        printed += "\n" + _run(_FIGURE.findall(part.text))
    rows: dict[tuple[Table, tuple[int, int]], list[Cell]] = {}
    for table in suspects & set(readings):
        for cell in readings[table].cells.values():
            rows.setdefault((table, cell.position[:2]), []).append(cell)
    runs = [_run(cell.raw for cell in sorted(cells, key=lambda cell: cell.position)) for cells in rows.values()]
    found = sum(run in printed for run in runs)
    return found == len(runs) or (another.kind != "html" and found < 0.2 * len(runs))


def _run(texts: Iterable[str]) -> str:
    """The numbers among these texts, as one string."""
    numbers = (token_of(text).value.figure for text in texts)
    return "".join(f"|{number}|" for number in numbers if number is not None)


def _nth(found: list[Tables], number: int) -> Readings | None:
    return found[number].readings if number < len(found) and not found[number].hidden else None


def _same_tables(other: Readings | None, readings: Readings) -> Readings | None:
    """Another reading, if it is of the tables that the first one read: not of a copy, or of the next report."""
    if other is None or any(
        other[table].grids
        and reading.grids
        and not {grid.index for grid in other[table].grids} & {grid.index for grid in reading.grids}
        for table, reading in readings.items()
        if table in other
    ):
        return None
    return other


def _gaps(settled: Settled) -> bool:
    return any(reading.gaps for reading in settled.readings.values())


def _sound(settled: Settled) -> bool:
    return not _gaps(settled) and not failed(settled.checks) and len(settled.readings) == 3


def _count(settled: Settled) -> int:
    """How many figures were read: a reading that loses them balances all the easier."""
    return sum(cell.value is not None for reading in settled.readings.values() for cell in reading.cells.values())


def _contradicts(other: Readings, readings: Readings) -> bool:
    """Whether it says what no sum can tell to be right, where the first one says otherwise.

    So it is of a cell that it takes for blank, or reads, though the first one saw that it shows what cannot be read;
    and of table 2, over which there is no sum: where the first reading had no doubt at all, where it saw digits that
    are no figure to it, or where both see the same words, which have another unit by what the first one saw above.
    """
    for table, reading in readings.items():
        for place, cell in reading.cells.items():
            found = other[table].cells.get(place) if table in other else None
            if found is None:
                continue
            if cell.state == "unreadable" and (
                found.state in ("blank", "dash") or any(mark in cell.raw for mark in _NOT_TO_BE_READ)
            ):
                return True
            doubted = cell.state == "unreadable" and any(map(str.isdigit, cell.raw))
            known = not reading.gaps or found.raw == cell.raw or doubted
            if table == "proactive" and found.value != cell.value and known:
                return True
    return False


def _overlooks(other: Readings, readings: Readings) -> bool:
    """Whether it takes table 3's columns in the form's order, where the first one saw the page name another order."""
    one, two = readings.get("applications"), other.get("applications")
    if one is None or two is None or not (one.order_only and two.order_only):
        return False
    return any(gap.code == "columns-ambiguous" for gap in one.gaps)


def _in_doubt(settled: Settled) -> bool:
    codes = {"row-misaligned", "columns-ambiguous", "cell-missing", "cell-left-over", "cell-unreadable"}
    return bool(failed(settled.checks)) or any(
        gap.code in codes for reading in settled.readings.values() for gap in reading.gaps
    )


def _suspects(settled: Settled) -> set[Table]:
    """The tables with a failed sum."""
    tables: set[Table] = set()
    for each in failed(settled.checks):
        tables.add(each.rule.partition(".")[0])  # type: ignore[arg-type]
    return tables


def _exact(readings: Readings, suspects: set[Table]) -> bool:
    """Every row of these tables had as many cells as the header has columns: nothing was inferred from places."""
    return all(not readings[table].gaps and not readings[table].inferred for table in suspects if table in readings)


def _same(one: Reading | None, other: Reading | None) -> bool:
    if one is None or other is None:
        return one is other
    return {place: _printed(cell) for place, cell in one.cells.items()} == {
        place: _printed(cell) for place, cell in other.cells.items()
    }


def _printed(cell: Cell) -> tuple[str, object]:
    return ("blank" if cell.state in ("blank", "dash") else "read", cell.value)


def _settle_tentative(readings: Readings, document: Document) -> Settled:
    """Keep a doubtful number only where every equation over it balances, or it is written as those are; else not."""
    checks = check_tables(readings.values())
    if not any(reading.tentative for reading in readings.values()):
        return Settled(readings, checks)
    cells = cells_of(readings.values())
    _doubt_dotted_money(readings)
    status = {(each.rule, each.at): each.status for each in checks}
    over: dict[Place, list[str]] = {}
    for equation in equations(cells):
        for place in (*equation.parts, *equation.wholes):
            over.setdefault(place, []).append(status[equation.rule, equation.at])
    problems = []
    two = document.kind in _FOLDING and any(_balances_by_line(readings, cells, line) for line in (0, -1))
    doubted = [(reading, *named) for reading in readings.values() for named in sorted(reading.tentative)]
    proved: list[Cell] = []
    for reading, row, column in doubted:
        cell, told = reading.cells[row, column], over.get((reading.table, row, column), [])
        if told and all(each in _BALANCED for each in told) and not (two and len(cell.raw.split()) > 1):
            proved.append(cell)
    parted = _parts_thousands(cells.values(), proved)
    for reading, row, column in doubted:
        cell = reading.cells[row, column]
        if any(cell is each for each in proved):
            message = f"“{cell.raw}” was read as {cell.value}, and every sum over it balances"
        elif parted and _PARTED.fullmatch(cell.raw):
            message = f"“{cell.raw}” was read as {cell.value}: sums prove that spaces part thousands here"
        else:
            cell.state, cell.value = "unreadable", None
            reading.gap("cell-unreadable", f"“{cell.raw}” can be read in more than one way", _where(cell))
            continue
        problems.append(Problem(code="cell-settled", message=message, where=_where(cell), severity="info"))
    for reading in readings.values():
        reading.tentative.clear()
    return Settled(readings, check_tables(readings.values()), problems=problems)


def _parts_thousands(cells: Iterable[Cell], proved: list[Cell]) -> bool:
    """Whether a space parts thousands in these tables: sums prove it of several cells, and no figure goes without."""
    parted = sum(_PARTED.fullmatch(cell.raw) is not None for cell in proved)
    return parted >= _PROVED_PARTED and not any(_UNPARTED.fullmatch(cell.raw) for cell in cells)


def _doubt_dotted_money(readings: Readings) -> None:
    """Where a count's point seems to part thousands (1.856), that of a sum of money may do so too."""
    dotted = [
        (reading, place) for reading in readings.values() for place, cell in reading.cells.items()
        if _DOTTED.fullmatch(cell.raw)
    ]  # fmt: skip
    if any(place in reading.tentative for reading, place in dotted):
        for reading, place in dotted:
            reading.tentative.add(place)


def _balances_by_line(readings: Readings, cells: dict[Place, Cell], line: int) -> bool:
    """The sums hold too where each cell of two lines is two figures, and one of them counts: this year's, last year's.

    Digits that a narrow column has parted would hardly balance piece by piece.
    """
    changed = dict(cells)
    for reading in readings.values():
        for row, column in reading.tentative:
            place = (reading.table, row, column)
            pieces = cells[place].raw.split()
            if len(pieces) > 1 and (value := read_value(pieces[line])).number is not None:
                changed[place] = msgspec.structs.replace(cells[place], value=value.figure)
    apart = {place for place, cell in changed.items() if cell is not cells[place]}
    over = [each for each in equations(changed) if apart.intersection((*each.parts, *each.wholes))]
    return bool(over) and all(check(each, changed).status in _BALANCED for each in over)


def _where(cell: Cell) -> str:
    return "table {}, row {}, column {}".format(*cell.position)
