"""The columns of table 3: the kinds of applicants, from header rows that lie in one line, in two or in a tree."""

from __future__ import annotations

from reports.document import Cell, Grid
from reports.tables.align import Aligned, Column, align, by_place, once, rectangular
from reports.tables.applications_form import COLUMNS, ORGANISATIONS
from reports.tables.labels import Label, labels_of
from reports.tables.lost_blanks import MADE_OF_LINES
from reports.tables.rows import Reading, Row, token_of


class Applicants:
    """The columns that stand over the next rows of table 3, and which figure lies under which."""

    def __init__(self, reading: Reading, places: bool) -> None:
        """``places``: align by where cells lie only, never by order; what is doubtful goes into ``reading``."""
        self._reading = reading
        self._places = places
        self.header: list[Row] = []
        self.columns: list[Column] = []
        self.grid: Grid | None = None  # the header's, where the places of its cells can be trusted
        self.named_above: list[str] = []  # kinds of applicants in a line above that was not read as a header
        self.reordered = False  # the headings' places give another order than the form's

    def below(self, header: list[Row]) -> None:
        """Begin anew below these header rows; the columns are made with the first row of figures.

        A page that had room for the header alone is followed by one that prints it again: only that one counts.
        """
        nearest = [row for row in header if row.grid is header[-1].grid]
        again = _named(nearest) >= _named(header)
        self.header, self.columns = _telling_all(nearest if again else list(header)), []

    def make(self, first: Row) -> None:
        """Read the columns from the header's rows; ``first`` is the first row of figures below it."""
        cells: list[tuple[Cell, Label, Row]] = []
        for row in self.header:
            cells += [(cell, label, row) for cell, label in self._new_columns(row)]
        if not cells:
            self._reading.order_only = True
            self.columns = [Column(key, key, -1, -1) for key in COLUMNS]
            self.grid = None
            if self.named_above not in ([], [key for key in COLUMNS if key in self.named_above]):
                told = "a line above table 3 names the applicants in another order than the form"
                self._reading.gap("columns-ambiguous", told, first.where)
            if _has_unknown_header(first):
                told = "the headings of table 3 are in words that the form does not have, or cannot be read"
                self._reading.gap("columns-ambiguous", told, first.where)
            self._reading.problem(
                "header-missing", "table 3 has no header: columns taken in the form's order", first.where
            )
            return
        by_left = sorted(cells, key=lambda each: (each[0].column, each[2].index))
        logical = self._flat_order() or self._logical_order()
        trusted = logical is None or [id(cell) for cell, _, _ in by_left] == [id(cell) for cell in logical]
        if not trusted and logical is not None:
            by_cell = {id(each[0]): each for each in cells}
            by_left = [by_cell[id(cell)] for cell in logical if id(cell) in by_cell]
        self.grid = self.header[-1].grid if trusted else None
        columns = [Column(label.key, cell.text, cell.column, cell.column + cell.colspan) for cell, label, _ in by_left]
        if trusted:
            columns = once(columns, beside=False)
        columns += self._unknown_columns([each[0] for each in by_left]) if trusted else self._unknown_at_the_end()
        columns.sort(key=lambda column: column.left) if trusted else None
        self.columns = self._without_duplicates(columns)
        known = [column.key for column in self.columns if column.key is not None]
        self.reordered = trusted and known != sorted(known, key=COLUMNS.index) and not self._in_one_line(known)

    def _in_one_line(self, known: list[str]) -> bool:
        """All headings stand whole in one line, the total last: only the applicants change places."""
        lines = [row for row in self.header if row.labels("column")]
        if len(lines) != 1 or lines[0].grid.ruled or any(not label.exact for _, label in lines[0].labels("column")):
            return False
        return len(known) == len(COLUMNS) and known[-1] == COLUMNS[-1]

    def _flat_order(self) -> list[Cell] | None:
        """The columns of a header that lies in one line: the five under 法人或其他组织 may follow after 总计."""
        if self.header[-1].grid.ruled or len([row for row in self.header if row.labels("column")]) != 1:
            return None
        row = next(row for row in self.header if row.labels("column"))
        columns = row.labels("column")
        group = [cell.column for cell, label in row.labels("column_group") if not label.key.startswith("申请人")]
        behind = [cell for cell, label in columns if label.key in ORGANISATIONS]
        size = len(behind)  # five, or fewer where the organ left some out
        if len(group) == 1 and size > 1 and behind == [cell for cell, _ in columns[-size:]]:
            before = [cell for cell, _ in columns[:-size] if cell.column < group[0]]
            if not before and MADE_OF_LINES in row.grid.uncertain:
                told = "the lines of the header tell their cells' heights, not their order: 法人或其他组织 stands first"
                self._reading.gap("columns-ambiguous", told, row.where)
                before = [cell for cell, _ in columns[:1]]
            return before + behind + [cell for cell, _ in columns[len(before) : -size] if cell.column > group[0]]
        return [cell for cell, _ in columns]

    def _new_columns(self, row: Row) -> list[tuple[Cell, Label]]:
        """The column labels of a header row, without those that only repeat the heading right above them.

        Programs that know no merged cells write 自然人 and 总计 again in each row of the header.
        """
        above = {
            (label.key, cell.column, cell.colspan)
            for header in self.header
            if header.index < row.index and header.grid is row.grid
            for cell, label in header.labels("column")
        }
        return [
            (cell, label) for cell, label in row.labels("column")
            if (label.key, cell.column, cell.colspan) not in above
        ]  # fmt: skip

    def _logical_order(self) -> list[Cell] | None:
        """The column labels in the order of a header read as a tree: 法人或其他组织 stands for the row below it."""
        ordered: list[Cell] | None = None
        for row in self.header:
            columns = self._new_columns(row)
            groups = [cell for cell, label in row.labels("column_group") if not label.key.startswith("申请人")]
            if not columns:
                continue
            if ordered is None:
                ordered = [cell for cell, token in zip(row.cells, row.tokens, strict=True)
                           if token.label("column") or any(cell is group for group in groups)]  # fmt: skip
                continue
            at = [place for place, cell in enumerate(ordered) if token_of(cell.text).label("column_group")]
            if not at and [label.key for _, label in columns] == list(ORGANISATIONS):
                ordered[1:1] = [cell for cell, _ in columns]  # 法人或其他组织 itself is missing above them
                continue
            if len(at) != 1:
                return None
            ordered[at[0] : at[0] + 1] = [cell for cell, _ in columns]
        if ordered is None or any(token_of(cell.text).label("column_group") for cell in ordered):
            return None
        return ordered

    def _unknown_columns(self, known: list[Cell]) -> list[Column]:
        """Printed header cells to the right of the first column that stand over no known column."""
        first = min(cell.column for cell in known)
        found: list[Column] = []
        covered = {place for cell in known for place in range(cell.column, cell.column + cell.colspan)}
        for row in self.header:
            for cell, token in zip(row.cells, row.tokens, strict=True):
                places = set(range(cell.column, cell.column + cell.colspan))
                if (
                    cell.text
                    and not token.labels
                    and not token.numeric
                    and cell.column >= first
                    and not places & covered
                ):
                    found.append(Column(None, cell.text, cell.column, cell.column + cell.colspan))
                    covered |= places
        return found

    def _unknown_at_the_end(self) -> list[Column]:
        """Printed header cells behind all that the form has, where the header's places say nothing."""
        found: list[Column] = []
        for row in self.header:
            last = max((place for place, token in enumerate(row.tokens) if token.labels), default=len(row.tokens))
            found += [Column(None, cell.text, -1, -1) for cell in row.cells[last + 1 :] if cell.text]
        return found

    def _without_duplicates(self, columns: list[Column]) -> list[Column]:
        kept: list[Column] = []
        for column in columns:
            twins = [each for each in columns if each.key == column.key and column.key is not None]
            if len(twins) > 1 and self._is_lesser(column, twins):
                self._reading.problem("extra-column", f"table 3 has a further column {column.name}")
                column = Column(None, column.name, column.left, column.right)
            elif column.key is None:
                self._reading.problem(
                    "extra-column", f"table 3 has a column that the form does not have: {column.name}"
                )
            kept.append(column)
        return kept

    def _is_lesser(self, column: Column, twins: list[Column]) -> bool:
        exact = [
            each for each in twins if not all(label.alias for label in labels_of(each.name) if label.key == each.key)
        ]
        if len(exact) == 1:
            return column is not exact[0]
        self._reading.gap("column-twice", f"table 3 prints the column {column.name} twice")
        return column is not twins[0]

    def aligned(self, row: Row, start: int) -> Aligned:
        """A row's figures from its ``start``-th cell by the columns."""
        if self._places and self.grid is row.grid:
            return by_place(self.columns, row, start)
        return align(self.columns, row, start, self.grid, self.header[-1] if self.header else None)

    def under_headings(self, aligned: Aligned, row: Row) -> bool:
        """Columns in another order than the form's count only where each figure lies under its heading.

        No sum would notice two columns of applicants that have changed places: a header whose rows are broken.
        """
        if row.grid is not self.grid:
            return True  # goes on below a page break
        if not (row.grid.ruled or rectangular(row.grid)):
            return False
        return all(
            cell is not None and cell.column < column.right and column.left < cell.column + cell.colspan
            for column in self.columns
            if column.key is not None
            for cell in (aligned.cells.get(column.key),)
        )


def _telling_all(header: list[Row]) -> list[Row]:
    """The rows of a header from the one on that names every kind of applicant once.

    Boxes say nothing of merged cells, and their programs write 自然人 and 总计 again in each row of the header.
    """
    for at, row in enumerate(header):
        named = [label.key for _, label in row.labels("column")]
        if not row.grid.ruled and sorted(named) == sorted(COLUMNS):
            return header[at:]
    return header


def _has_unknown_header(first: Row) -> bool:
    """As many cells as the form has columns stand above the first row of figures, and none is a label or a figure."""
    above = Row(first.grid, first.index - 1) if first.index and first.grid.ruled else None
    return above is not None and len(above.cells) >= len(COLUMNS) and not above.numbers and not above.labelled


def _named(header: list[Row]) -> set[str]:
    """The kinds of applicants that header rows name."""
    return {label.key for row in header for _, label in row.labels("column")}
