"""One pass over a document's rows: each goes to the reader of the table whose labels it carries.

Rows without a label of the forms follow the table that they stand in. A first row that comes again begins another
report.
"""

from __future__ import annotations

import re

from reports.document import Document, Grid, Paragraph
from reports.record import Table
from reports.tables import by_applicant, other_times
from reports.tables.applications import ApplicationsReader
from reports.tables.belonging import (
    applicants_beside_figures,
    applicants_in,
    has_blank_figures,
    is_applications_header,
    is_strong,
    table_of,
)
from reports.tables.crowded import CROWDED
from reports.tables.extra_rows import explain_extras
from reports.tables.in_form import in_form
from reports.tables.instances import Instance, Tables, is_of_many_organs, is_part_of, is_piece_before, of_another_time
from reports.tables.kind_and_figure import tells_kind_and_figure
from reports.tables.labels import exact_labels
from reports.tables.limits import MOST_ROWS, MOST_TABLES, WIDEST
from reports.tables.proactive import ProactiveReader, unit_in
from reports.tables.review import ReviewReader
from reports.tables.rows import OWN_ROWS, Reading, Row
from reports.tables.titled import is_of_another
from reports.tables.two_times import BESIDE
from reports.tables.unread import whole_again

#: Where one of these stands behind 单位, it is a body and no measure.
_ORGAN = re.compile(r"[省市区县旗镇乡街村局府委院会站所]")
_TELLS_UNIT = re.compile(r"\s*(?:均|统一)?(?:[:：为是以（(]|[百千]?万?元)")


class Walk:
    """One pass over a document's rows. Heading rows wait until the first row of figures tells whose they are."""

    def __init__(self, document: Document, chosen: set[int], places: bool) -> None:
        self._document = document
        self._chosen = chosen
        self._places = places
        self._instances: list[Instance] = []
        self._latest: dict[Table, Instance] = {}
        self._headers: dict[Table, list[Row]] = {"proactive": [], "applications": [], "review": []}
        self._current: Table | None = None
        self._caption: str | None = None
        self._headings: list[str] = []
        self._named: list[str] = []  # kinds of applicants in the latest line that names them
        self._beside: dict[str, set[str]] = {}  # rows of table 3 by the lines that name them
        self._in_cells: set[str] = set()  # lines of cells that were taken apart, which are lines of the page too
        self._unit: str | None = None  # the money unit of a line since the last table: 单位：元
        self._at = 0
        self._left_out = 0  # grids after more tables than a page of reports has

    def run(self) -> list[Tables]:
        """The reports, in reading order."""
        for at, part in enumerate(self._document.flow):
            self._at = at
            if isinstance(part, Paragraph):
                self._paragraph(part)
            elif id(part) in self._chosen:
                self._grid(part)
        return self._reports()

    def _paragraph(self, paragraph: Paragraph) -> None:
        if not paragraph.hidden:
            self._note_beside(paragraph.text)
        if named := applicants_in(paragraph.text):
            self._named = named
        if len(paragraph.text) > 60:
            return
        self._note_unit(paragraph.text)
        if len(paragraph.text) <= other_times.LONGEST:
            self._headings = [*self._headings[-5:], paragraph.text]
        for label in exact_labels(paragraph.text):
            if label.kind == "block" and label.key != "suit":
                self._caption = label.key

    def _note_beside(self, text: str) -> None:
        """Counts the rows of table 3 that lines name, alone or with their figures behind them."""
        for words in (text, *text.replace("|", " ").split(maxsplit=4)[:4]):
            if 4 <= len(words) <= 60:
                for label in exact_labels(words):
                    if label.kind == "row" and label.key not in OWN_ROWS:
                        self._beside.setdefault(label.key, set()).add(text)

    def _grid(self, grid: Grid) -> None:
        if grid.width > WIDEST or not self._promising(grid):
            return
        if len(self._instances) > MOST_TABLES:
            self._left_out += 1
            return
        rows = in_form(grid, self._document)
        if rows and CROWDED in rows[0].grid.uncertain:
            self._in_cells.update(cell.text for row in rows for cell in row.cells)
        tables = [table_of(row, None) for row in rows]
        if not any(tables) and not self._continues(rows):
            return
        weak = self._weak(rows, tables)
        if any(tables) and all(table is None or table in weak for table in tables):
            return  # words that happen to be labels, in a table of another kind
        for row in rows:
            for cell, token in () if row.numbers else zip(row.cells, row.tokens, strict=True):
                if not token.labels:
                    self._named = applicants_in(cell.text) or self._named
            self._named = applicants_beside_figures(row) or self._named
            if not row.labelled and not row.numbers:
                self._note_unit(" ".join(cell.text for cell in row.cells))
            table = table_of(row, self._current) or self._current
            if table is None or table in weak:
                continue
            self._current = table
            if table == "proactive":
                self._to_proactive(row)
            elif table == "applications":
                self._to_applications(row)
            else:
                self._to_review(row)
        if self._current != "proactive":
            self._unit = None

    def _note_unit(self, text: str) -> None:
        for said in text.split("单位")[1:]:
            if not _ORGAN.search(said[:12]) and (unit := unit_in(said[:12])):  # 填报单位：三元区司法局 names none
                self._unit = unit
                told = unit != "?" and _TELLS_UNIT.match(said) is not None  # 单位负责人：张元 does not
                latest = self._latest.get("proactive") if told and self._current == "proactive" else None
                if latest is not None and isinstance(latest.reader, ProactiveReader):
                    latest.reader.unit_below(unit)

    def _promising(self, grid: Grid) -> bool:
        """Some label of the forms stands in it, letter by letter; or it is short and may go on with a cut table."""
        if self._current is not None and len(grid.rows) <= 60:
            return True
        return any(
            exact_labels(cell.text) or tells_kind_and_figure(cell.text)
            for row in range(min(len(grid.rows), MOST_ROWS))
            for cell in grid.own_cells(row)
            if 1 < len(cell.text) <= 90 and not cell.text.isdigit()
        )

    def _weak(self, rows: list[Row], tables: list[Table | None]) -> set[Table]:
        """The tables whose labels in this grid are words of other tables too (行政许可, 行政复议, 总计)."""
        found = {table for table in tables if table is not None}
        strong: set[Table] = set()
        for row, table in zip(rows, tables, strict=True):
            if table is not None and table not in strong and is_strong(row, table):
                strong.add(table)
                if len(strong) == len(found):
                    return set()
        weak = found - strong
        latest = self._latest.get("proactive")
        if "proactive" in weak and self._current == "proactive":
            kinds = {label.key for row in rows for _, label in row.labels("kind")}
            if latest is None or (isinstance(latest.reader, ProactiveReader) and not latest.reader.has_all(kinds)):
                weak.discard("proactive")
        if self._current == "applications":
            weak.discard("applications")
        return weak

    def _continues(self, rows: list[Row]) -> bool:
        """A piece without any label: the figures of table 4 below a page break, or the end of a cut row of table 3."""
        if self._current == "review" and self._headers["review"]:
            return any(len(row.cells) >= 5 and row.numbers == len(row.cells) for row in rows)
        return self._current == "applications" and len(rows) == 1 and rows[0].numbers >= 6

    # to the readers -----------------------------------------------------------------------------------------------

    def _instance(self, table: Table, new: bool) -> Instance:
        """The table at work, or a new one where its figures begin again."""
        instance = self._latest.get(table)
        if instance is None or new:
            reader: ProactiveReader | ApplicationsReader | ReviewReader
            if table == "proactive":
                reader = ProactiveReader(self._places)
            elif table == "applications":
                reader = ApplicationsReader(self._places)
            else:
                reader = ReviewReader(self._places)
            instance = Instance(table, reader, self._at, self._at, self._headings)
            self._latest[table] = instance
            self._instances.append(instance)
        instance.last = self._at
        return instance

    def _waiting(self, table: Table) -> list[Row]:
        rows, self._headers[table] = self._headers[table], []
        return rows

    def _to_proactive(self, row: Row) -> None:
        if row.kinds & {"figure", "paragraph", "content"} and not ("kind" in row.kinds and row.numbers):
            self._headers["proactive"].append(row)
            return
        known = "kind" in row.kinds
        if not known and not row.numbers:
            return
        latest = self._latest.get("proactive")
        headers = self._headers["proactive"]
        if latest is None and not any(header.labels("figure") for header in headers):
            return  # 行政许可 in a table of another kind
        again = bool(headers) and latest is not None and self._others_since(latest, row.grid)
        if headers and latest is not None and isinstance(latest.reader, ProactiveReader):
            again = again or latest.reader.would_repeat(headers, row)
        instance = self._instance("proactive", again)
        if isinstance(instance.reader, ProactiveReader):
            instance.reader.unit_said = self._unit
            for header in self._waiting("proactive"):
                instance.reader.header(header)
            instance.reader.row(row)

    def _others_since(self, latest: Instance, grid: Grid) -> bool:
        """Tables 3 or 4 began after this table, or with it on an earlier sheet: a further table 2 is another report's.

        ``grid`` is where the further one stands.
        """
        others = [each.first for each in self._instances if each.table != latest.table]
        another_sheet = grid.sheet is not None and latest.last < self._at
        return any(first > latest.last or (another_sheet and first == latest.last) for first in others)

    def _to_applications(self, row: Row) -> None:
        if is_applications_header(row):
            self._headers["applications"].append(row)
            return
        if not any(cell.text for cell in row.cells):
            return
        latest = self._latest.get("applications")
        again = False
        if latest is not None and isinstance(latest.reader, ApplicationsReader):
            first_row = any(label.key == "new_received" for _, label in row.labels("row"))
            headed = bool(self._headers["applications"])
            begun = latest.reader.has("new_received") and (headed or latest.reader.has("carried_in"))
            again = (first_row and begun) or (headed and latest.reader.has("carried_forward"))
        elif not row.numbers and not row.labels("row") and not row.labels("group"):
            return
        instance = self._instance("applications", again)
        if isinstance(instance.reader, ApplicationsReader):
            headers = self._waiting("applications")
            if headers:
                instance.reader.headers(headers)
            instance.reader.named_above(self._named)
            instance.reader.row(row)

    def _to_review(self, row: Row) -> None:
        headers = self._headers["review"]
        labelled = bool(row.kinds & {"outcome", "block"})
        if labelled and row.numbers == 0 and not has_blank_figures(row):
            headers.append(row)
            return
        seen = sum(len(header.labels("outcome")) for header in headers)
        blank_figures = not row.numbers and bool(headers) and len(row.cells) >= max(seen, 1)
        if not (row.numbers or labelled or blank_figures):
            return
        latest = self._latest.get("review")
        again = bool(
            latest is not None and isinstance(latest.reader, ReviewReader) and headers and latest.reader.complete
        )
        instance = self._instance("review", again)
        if isinstance(instance.reader, ReviewReader):
            if headers:
                instance.reader.headers(self._waiting("review"), self._caption)
                self._caption = None
            instance.reader.row(row)

    def _goes_before(self, piece: Reading, whole: Reading, report: Tables) -> bool:
        """Whether the latest report has a piece of a table that is printed whole behind it."""
        places = {id(each.reader.reading): each for each in self._instances}
        one, other = places.get(id(piece)), places.get(id(whole))
        if one is None or other is None or report.readings.get(other.table) is not piece:
            return False
        return is_piece_before(piece, whole, self._document.flow[one.last + 1 : other.first])

    def _is_of_another(self, report: Tables, instance: Instance) -> bool:
        """Whether a table that the latest report lacks stands below the title of another organ's or year's."""
        flow = self._document.flow
        return is_of_another(flow[: report.first], flow[report.last + 1 : instance.first])

    # reports ------------------------------------------------------------------------------------------------------

    def _reports(self) -> list[Tables]:
        """The tables put together: a table that is there already begins the next report, unless it is a copy."""
        reports: list[Tables] = []
        readings = [instance.reader.finish() for instance in self._instances]
        by_applicant.join(readings)
        old = of_another_time(self._instances, readings, self._document)
        for instance, reading in zip(self._instances, readings, strict=True):
            if not reading.cells or id(instance) in old or is_of_many_organs(instance, reading):
                continue
            if instance.table == "applications":
                explain_extras(reading)
            if any(BESIDE in grid.uncertain for grid in reading.grids):
                reading.problem("further-tables", f"in table {instance.table} {BESIDE}", severity="info")
            if not reports or instance.table in reports[-1].readings or self._is_of_another(reports[-1], instance):
                twins = [each for report in reports if (each := report.readings.get(instance.table)) is not None]
                if any(is_part_of(reading, each) for each in twins):
                    twins[-1].problem("table-copy", f"table {instance.table} is printed twice with the same figures")
                    continue
                if twins and self._goes_before(twins[-1], reading, reports[-1]):  # 速览 above the tables
                    reading.problem("table-copy", f"a piece of table {instance.table} is printed before it as well")
                    reports[-1].readings[instance.table] = reading
                    reports[-1].last = max(reports[-1].last, instance.last)
                    continue
                reports.append(Tables(first=instance.first, last=instance.last))
            reports[-1].readings[instance.table] = reading
            reports[-1].last = max(reports[-1].last, instance.last)
        if self._left_out:
            message = f"more than {MOST_TABLES} tables of reports: {self._left_out} further ones were not read"
            self._instances[0].reader.reading.problem("tables-cut", message)
        for report in reports:
            report.beside = sum(not texts <= self._in_cells for texts in self._beside.values())
            for table, reading in report.readings.items():  # which does not stand for its like that was not read
                lost = [grid for each in readings if each.table == table and not each.cells for grid in each.grids]
                if whole_again(lost, table):
                    reading.gap(
                        "further-tables", f"table {table} stands on the page again, and could not be read there"
                    )
        return reports
