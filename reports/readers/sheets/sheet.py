"""A sheet of a workbook, of whatever format: what its cells show, and the grid that they make."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from reports.document import Cell, Document, Grid, Paragraph, ReaderProblem
from reports.readers.alone import lines_around
from reports.readers.marks import PICTURE
from reports.readers.sheets.conditions import Condition
from reports.readers.sheets.looks import Look
from reports.readers.sheets.rich import Rich
from reports.readers.sheets.room import Room
from reports.readers.typeset import fold

MOST_ROWS, MOST_COLUMNS = 5_000, 120  # of a sheet; a report fills some sixty rows and fifteen columns
NO_ROOM = "###"  # so a sheet shows a number that its column is too narrow for
_LAST_DAY = 2_958_466  # the year 9999

Merge = tuple[int, int, int, int]  # first row, first column, last row, last column


@dataclass(slots=True)
class Sheet:
    """One sheet: the texts of its cells by row and column, its merged ranges, its hidden rows and columns."""

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    looks: dict[tuple[int, int], Look] = field(default_factory=dict)  # of cells that may not show their plain value
    conditions: list[Condition] = field(default_factory=list)  # under which figures are not shown
    pictured: set[tuple[int, int]] = field(default_factory=set)  # cells that a picture of their size lies on
    unlike: set[tuple[int, int]] = field(default_factory=set)  # cells that show something else than is stored for them
    room: Room = field(default_factory=Room)
    zeros: bool = True  # whether noughts are shown
    crowded: int = 0  # figures that their columns have no room for
    doubtful: int = 0  # figures of which nobody can say what the sheet means to show
    hidden: bool = False
    cut: bool = False

    def put(self, y: int, x: int, value: Any) -> None:
        """Takes in a cell's value as the sheet shows it."""
        text = printed(value)
        look = self.looks.get((y, x))
        if isinstance(value, int | float) and not isinstance(value, bool):
            if value == 0 and not self.zeros:
                text = ""
            elif look is not None:
                shown = day(value) if look.is_date and 0 <= value < _LAST_DAY else look.number(value, text)
                text = shown if not is_padded(shown, value) else text
                self.doubtful += look.scales(value)
            hidden = [condition.hides(y, x, value) for condition in self.conditions]
            if True in hidden:
                text = ""
            elif None in hidden:
                self.doubtful += 1
            scale, rounds = (look.scale, look.rounds) if look is not None else (1.0, True)
            self.room.note(y, x, text, scale, rounds=rounds)
        elif look is not None:
            text = look.text(text)
        if text:
            self.cells[y, x] = f"~~{text}~~" if look is not None and look.struck else text

    def put_rich(self, y: int, x: int, text: Rich, bare: bool) -> None:
        """Takes in a text in several fonts; ``bare``: its cell has the paper's ground."""
        self.put(y, x, text.bare if bare else text.grounded)
        self.unlike.add((y, x))

    def crowd(self) -> None:
        """Puts ``###`` for the figures that neither their column nor the cells they are merged with have room for."""
        if not self.room.tight:
            return
        merged = {(top, left): right for top, left, _, right in self.merges}
        for (y, x), (least, whole) in self.room.tight.items():
            wide = self.room.of(x, merged.get((y, x), x))
            if x in self.hidden_columns or y in self.hidden_rows or whole <= wide:
                continue
            if least > wide:
                self.cells[y, x] = NO_ROOM
                self.crowded += 1
            else:
                self.doubtful += 1


def printed(value: Any) -> str:
    """A cell's value as a sheet shows it in its general format."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d")
    return fold(str(value))


def is_padded(shown: str, value: float) -> bool:
    """Whether a format only puts noughts before a whole number, as ``000`` does: 007 in a sheet is seven."""
    return shown[:1] == "0" and shown.isdecimal() and shown.isascii() and len(shown) < 16 and int(shown) == value


def day(value: float) -> str:
    """A day by its number since 1900; below 61 Excel counts one day more than there was."""
    return (datetime.date(1899, 12, 31 if value < 60 else 30) + datetime.timedelta(days=int(value))).isoformat()


def fill(document: Document, sheets: Iterable[Sheet]) -> None:
    """Grids and paragraphs of all sheets. What is hidden is marked, for it is read only where nothing else is there."""
    for index, sheet in enumerate(sheets):
        sheet.crowd()
        if sheet.cut:
            message = f"only {MOST_ROWS} rows and {MOST_COLUMNS} columns of a sheet are read"
            document.problems.append(ReaderProblem("cut", message, sheet.name))
        if sheet.doubtful and not sheet.hidden:
            message = f"{sheet.doubtful} figures are stored otherwise than the sheet shows them, or perhaps not shown"
            document.problems.append(ReaderProblem("shown-otherwise", message, sheet.name))
        if sheet.crowded and not sheet.hidden:
            message = f"{sheet.crowded} figures are wider than their columns: the sheet shows ### for them"
            document.problems.append(ReaderProblem("no-room", message, sheet.name))
        grid = to_grid(sheet, index)
        above, below = lines_around(grid)
        parts: list[Paragraph | Grid] = [Paragraph(text, 0, hidden=sheet.hidden) for text in above]
        parts += [grid] if sheet.cells else []
        document.flow += [*parts, *(Paragraph(text, 0, hidden=sheet.hidden) for text in below)]
    for number, paragraph in enumerate(document.paragraphs):
        paragraph.index = number
    if not document.title and sheets:
        document.title = next((part.text for part in document.flow if isinstance(part, Paragraph)), "")[:120]


def to_grid(sheet: Sheet, index: int) -> Grid:
    """The sheet's used area as a grid; rows and columns that are hidden are left out, and the grid says so."""
    height = max((y for y, _ in sheet.cells), default=-1) + 1
    width = max((x for _, x in sheet.cells), default=-1) + 1
    down = {y: new for new, y in enumerate(y for y in range(height) if y not in sheet.hidden_rows)}
    across = {x: new for new, x in enumerate(x for x in range(width) if x not in sheet.hidden_columns)}
    rows: list[list[Cell | None]] = [
        [Cell(sheet.cells.get((y, x), ""), new_y, new_x) for x, new_x in across.items()] for y, new_y in down.items()
    ]
    for top, left, bottom, right in sheet.merges:
        ys = [down[y] for y in range(top, min(bottom, height - 1) + 1) if y in down]
        xs = [across[x] for x in range(left, min(right, width - 1) + 1) if x in across]
        if ys and xs:
            cell = Cell(sheet.cells.get((top, left), ""), ys[0], xs[0], len(ys), len(xs))
            for y in ys:
                rows[y][xs[0] : xs[-1] + 1] = [cell] * len(xs)
    for y, x in sheet.pictured:
        pictured = rows[down[y]][across[x]] if y in down and x in across else None
        if pictured is not None and not pictured.text and any(cell and cell.text for cell in rows[down[y]]):
            pictured.text = PICTURE
    left_out = [
        (len(sheet.hidden_rows), "rows", len(down) < height),
        (len(sheet.hidden_columns), "columns", len(across) < width),
    ]
    uncertain = [f"{count} hidden {what} were left out" for count, what, used in left_out if used]
    return Grid(index, rows, sheet=sheet.name, hidden=sheet.hidden, uncertain=uncertain)
