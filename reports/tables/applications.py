"""Table 3, 收到和处理政府信息公开申请情况: requests received and what became of them, by kind of applicant."""

from __future__ import annotations

from reports.document import Cell, Grid
from reports.tables.applicants import Applicants
from reports.tables.applications_form import COLUMNS, GROUP_OF, OTHERS, rows_of
from reports.tables.applications_labels import is_only_numbered, is_piece, key_of, label_of, named_by
from reports.tables.extra_rows import is_subtotal
from reports.tables.labels import Label, labels_of, row_by_piece
from reports.tables.lost_blanks import LostBlanks
from reports.tables.numbers import Value
from reports.tables.rows import Extra, Reading, Row, token_of


class ApplicationsReader:
    """Takes the rows that belong to table 3, in reading order, over as many grids as it is cut into."""

    def __init__(self, places: bool = False) -> None:
        """``places``: align by where cells lie only, never by order: the second, independent model."""
        self.reading = Reading("applications")
        self._applicants = Applicants(self.reading, places)
        self._group = ""
        self._last: str | None = None
        self._cut: Row | None = None
        self._read_keys: set[str] = set()
        self._printed: list[str | tuple[Row, int]] = []  # keys in the order printed; a row without a label as it is
        self._heading_groups: dict[str, Row] = {}
        self._lone: list[Row] = []
        self._lost = LostBlanks()
        self._doubtful: list[Extra] = []  # named rows of the organ's own, in a grid that was inferred

    def named_above(self, columns: list[str]) -> None:
        """The kinds of applicants that a line above the table names, in its order, should it have no header."""
        self._applicants.named_above = columns

    def has(self, key: str) -> bool:
        """The row has been read already."""
        return key in self._read_keys

    # rows ---------------------------------------------------------------------------------------------------------

    def headers(self, rows: list[Row]) -> None:
        """The header rows; those in the middle of the table (repeated on each page) replace the columns' places."""
        self._applicants.below(rows)
        self._note_grid(rows[-1].grid)

    def row(self, row: Row) -> None:
        """A row of figures, known or not."""
        self._note_grid(row.grid)
        if not self._applicants.columns:
            self._applicants.make(row)
        start, label = self._label_of(row)
        group = self._group_of(row, start)
        key = key_of(label, named_by(row, start, label), group, self._last)
        unsure = key is None or (label is not None and not label.exact)
        if self._cut is not None and unsure and self._mends_cut(row, start):
            return
        if key is None:
            self._lost.pass_by(row, start)
            self._unknown(row, start, label, group)
            return
        bare = all(token.blank for token in row.tokens[start:])
        if bare and label is not None and not label.exact and row.index == len(row.grid.rows) - 1:
            self._cut = row  # 属于三类内部事 is no misprint where 务信息 goes on in the next grid with the figures
        elif bare and key == "other_outcome":
            self._heading_groups["other"], self._group = row, "other"  # perhaps only the heading of its three rows
        else:
            self._read(key, row, start)

    def finish(self) -> Reading:
        """The table, with its generation, and what is missing of it."""
        reading = self.reading
        if self._cut is not None:
            self._settle_cut()
        self._settle_other()
        self._settle_unlabelled()
        for extra in self._doubtful:
            if not (extra.is_part or is_subtotal(reading, extra)):
                self._tell_unknown(extra)
        self._lost.settle(reading, self._applicants.columns, self._read_keys, bool(self._lone))
        found = {row for row, _ in reading.cells}
        if found & set(OTHERS):
            reading.generation = "2021"
            self._demote_subtotal()
            found.discard("other_outcome")
        elif "other_outcome" in found:
            reading.generation = "2019"
        for key in rows_of(reading.generation or "2021"):
            if key not in found:
                reading.gap("row-missing", f"table 3 has no row {key}")
        for row in self._lone if reading.gaps else ():
            reading.gap("row-unknown", "a number without a label stands between the rows", row.where)
        present = {column.key for column in self._applicants.columns}
        for column in COLUMNS:
            if self._applicants.columns and column not in present:
                reading.gap("column-missing", f"table 3 has no column {column}")
        return reading

    def _note_grid(self, grid: Grid) -> None:
        if not self.reading.grids or self.reading.grids[-1] is not grid:
            self.reading.grids.append(grid)

    # labels -------------------------------------------------------------------------------------------------------

    def _label_of(self, row: Row) -> tuple[int, Label | None]:
        return label_of(row, len(self._applicants.columns))

    def _group_of(self, row: Row, start: int) -> str:
        """The innermost group cell over this row; where it is empty or cut, the group that went before."""
        limit = row.cells[start].column if start < len(row.cells) else row.grid.width
        last: Cell | None = None
        for cell in reversed(row.grid.rows[row.index][:limit]):
            if cell is None or cell is last:
                continue
            last = cell
            token = token_of(cell.text)
            label = token.label("group") if token.labels else None
            if label is not None and (cell.row != row.index or row.cells[start - 1] is not cell):
                if label.key != "result":
                    self._group = label.key
                    return label.key
                return self._group if label.number == "" else "result"
        return self._group

    def _read(self, key: str, row: Row, start: int) -> None:
        reading = self.reading
        if self.has(key) and not (start < len(row.cells) and self._lost.leave(key)):
            self._twice(key, row, start)
            return
        self._read_keys.add(key)
        self._printed.append(key)
        self._last, self._group = key, self._group if GROUP_OF[key] == "result" else GROUP_OF[key]
        label = row.tokens[start - 1].label("row")
        if label is not None and not label.exact:
            reading.problem("label-typo", f"read “{row.cells[start - 1].text}” as {key}", row.where, "info")
        if self._lost.take(key, row, start):
            return
        aligned = self._applicants.aligned(row, start)
        if aligned.how == "none":
            reading.gap("row-misaligned", f"the cells of {key} do not match the columns", row.where)
            for column in self._applicants.columns:
                if column.key:
                    reading.take_out(key, column.key)
            return
        if self._applicants.reordered and aligned.how == "order" and not self._applicants.under_headings(aligned, row):
            reading.gap("columns-ambiguous", f"the cells of {key} do not lie under their headings", row.where)
        reading.inferred |= aligned.how != "order"
        for column_key, cell in aligned.cells.items():
            if cell is None:
                reading.gap("cell-missing", f"the row {key} has no cell for {column_key}", row.where)
                continue
            value = token_of(cell.text).value
            if column_key in aligned.merged:
                value = Value("unreadable", reason="a merged cell covers several figures")
            reading.put(key, column_key, cell, value, row.grid)
        for cell in aligned.left_over:
            reading.gap("cell-left-over", f"the row {key} has a further cell “{cell.text[:40]}”", row.where)

    def _twice(self, key: str, row: Row, start: int) -> None:
        aligned = self._applicants.aligned(row, start)
        same = aligned.how != "none" and all(
            cell is not None and token_of(cell.text).value.figure == self.reading.value(key, column)
            for column, cell in aligned.cells.items()
        )
        if same:
            self.reading.problem("row-repeated", f"the row {key} is printed twice with the same figures", row.where)
        else:
            self.reading.gap("row-twice", f"the row {key} is printed twice with different figures", row.where)

    def _unknown(self, row: Row, start: int, label: Label | None, group: str) -> None:
        name = " ".join(cell.text for cell in row.cells[:start] if cell.text)
        if not any(not token.blank for token in row.tokens[start:]):
            if label is not None and label.kind == "group":
                self._group = label.key  # a heading of its own
                return
            if name and row.index == len(row.grid.rows) - 1:
                self._cut = row
            return
        if name and self._cut is None and row.index == len(row.grid.rows) - 1 and is_piece(row.cells[start - 1].text):
            self._cut = row
            return
        if is_only_numbered(row) or (row.numbers == 0 and start == len(row.cells)):
            return  # words only
        if not name and row.numbers == 0:
            return
        first_of_group = (
            label is not None and label.kind == "group" and len(row.cells) == start + len(self._applicants.columns) + 1
        )
        if first_of_group and not row.cells[start].text:  # with its own label empty
            name, start = "", start + 1
        if not name:
            if row.numbers == 1 and len(row.cells) == 1 and not row.grid.ruled:
                self._lone.append(row)  # a page's number, unless a figure is missing
            else:
                self._printed.append((row, start))
            return
        self._local(row, start, group)

    def _local(self, row: Row, start: int, group: str) -> None:
        """A row with a name that the form does not have: kept beside the form's own."""
        name = " ".join(cell.text for cell in row.cells[:start] if cell.text)
        aligned = self._applicants.aligned(row, start)
        values = {column: token_of(cell.text).value.figure for column, cell in aligned.cells.items() if cell}
        if aligned.how == "none":
            values = {}
        extra = Extra(name, row.where, values, self._last, group or None)
        if row.numbers and aligned.how == "none":
            self._tell_unknown(extra)
        elif any(values.values()) and not row.grid.ruled:
            self._doubtful.append(extra)  # of inferred rows the label may be at fault
        self.reading.extras.append(extra)

    def _tell_unknown(self, extra: Extra) -> None:
        name = extra.name[:60]
        self.reading.gap("row-unknown", f"a row of numbers that the form does not have: “{name}”", extra.where)

    def _settle_unlabelled(self) -> None:
        """Rows without a label are the form's rows between their neighbours, if there are just as many: a guess."""
        order = rows_of("2021" if self._read_keys & set(OTHERS) else "2019")
        printed = self._printed
        for place, each in enumerate(list(printed)):
            if isinstance(each, str):
                continue
            row, start = each
            before = next((key for key in reversed(printed[:place]) if isinstance(key, str)), None)
            after = next((key for key in printed[place:] if isinstance(key, str)), None)
            key = None
            if before in order and after in order:
                first, last = printed.index(before), printed.index(after)
                between = order[order.index(before) + 1 : order.index(after)]
                if len(between) == last - first - 1 and not self._read_keys & set(between):
                    key = between[place - first - 1]
            if key is None:
                if row.numbers:
                    self.reading.gap("row-unknown", "a row of numbers without a label", row.where)
                continue
            keys, self._printed = self._printed, []
            self._read(key, row, start)
            self._printed = keys
            self._read_keys.discard(key)
            self.reading.gap("label-missing", f"a row without a label was read as {key}, by its place", row.where)

    # labels cut at a page break -----------------------------------------------------------------------------------

    def _mends_cut(self, row: Row, start: int) -> bool:
        """Read a row whose label is cut at a page break: its first part ended one grid, the second begins this one."""
        first, self._cut = self._cut, None
        assert first is not None
        end, _ = self._label_of(first)
        head = first.cells[end - 1].text if end else ""
        tail = row.cells[start - 1].text if start else ""
        joined = [label for label in labels_of(head + tail) if label.kind == "row"]
        if len(joined) == 1 and tail and row.grid is not first.grid:
            filled = [
                each for each, begin in ((first, end), (row, start)) if any(not t.blank for t in each.tokens[begin:])
            ]
            if len(filled) == 1:
                source, begin = (first, end) if filled[0] is first else (row, start)
                self._read(joined[0].key, source, begin)
                return True
        self._cut = first
        self._settle_cut()
        return False

    def _settle_cut(self) -> None:
        first, self._cut = self._cut, None
        assert first is not None
        end, label = self._label_of(first)
        key = row_by_piece(first.cells[end - 1].text) if end else None
        if key is not None and not self.has(key) and any(not token.blank for token in first.tokens[end:]):
            self.reading.problem("label-cut", f"read the cut label “{first.cells[end - 1].text}” as {key}", first.where)
            self._read(key, first, end)
        elif first.numbers:
            self._local(first, end, self._group)
        elif named := key_of(label, first.tokens[end - 1], self._group_of(first, end), self._last):
            self._read(named, first, end)  # a misprint after all, over blank cells

    # 其他处理 --------------------------------------------------------------------------------------------------------

    def _settle_other(self) -> None:
        """A 其他处理 row with blank cells: the 2019 form's row, unless the 2021 form's three rows followed."""
        row = self._heading_groups.pop("other", None)
        if row is None:
            return
        if any(self.has(key) for key in OTHERS):
            return
        start, _ = self._label_of(row)
        self._read("other_outcome", row, start)

    def _demote_subtotal(self) -> None:
        """其他处理 with figures of its own over its three rows is a sub-total, not a row of the form."""
        reading = self.reading
        values: dict[str, int | float | None] = {}
        for column in COLUMNS:
            cell = reading.take_out("other_outcome", column)
            if cell is not None:
                values[column] = cell.value
        if values:
            reading.extras.append(Extra("其他处理", "", values, None, "other"))
