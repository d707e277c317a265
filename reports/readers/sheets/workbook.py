"""Excel workbooks to a ``Document``: XLSX from its XML, XLS by calamine. Formulas count with their stored values."""

from __future__ import annotations

import io
import re
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from reports.document import Document, ReaderProblem
from reports.readers.package import Package, PackageError
from reports.readers.sheets.conditions import column_number, conditions_of, hiding_looks
from reports.readers.sheets.formulas import Uncounted
from reports.readers.sheets.looks import Look, font_of, looks_of_styles
from reports.readers.sheets.pictures import pictured_cells
from reports.readers.sheets.rich import PLAIN_FONT, Font, Rich, rich
from reports.readers.sheets.room import DEFAULT_WIDTH, Room, width
from reports.readers.sheets.sheet import MOST_COLUMNS, MOST_ROWS, Sheet, fill
from reports.readers.sheets.xls_records import Shape, Shapes, shapes

_BINARY = "xl/workbook.bin"
_MOST_SLOTS = 4_000_000  # of an XLS sheet, which calamine holds whole
_REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")
_LOWEST, _NARROWEST = 1.5, 0.2  # points, characters: of rows and columns that show nothing


def read_xlsx(source: bytes, url: str | None = None) -> Document:
    """The workbook as a document: a grid a sheet, and what stands alone in a row as a paragraph too."""
    document = Document("xlsx", address=url)
    try:
        package = Package(source)
        sheets = _binary_sheets(source, document) if _BINARY in package else _xlsx_sheets(package, document)
    except PackageError as error:
        code = "encrypted" if "encrypted" in str(error) else "damaged"
        document.problems.append(ReaderProblem(code, str(error)))
        return document
    fill(document, sheets)
    return document


def read_xls(source: bytes, url: str | None = None) -> Document:
    """The same for the older binary format."""
    document = Document("xls", address=url)
    sheets = calamine_sheets(source, document)
    fill(document, sheets)
    return document


def read_xlsx_again(source: bytes) -> Document | None:
    """The same workbook by calamine; None where a sheet claims more cells than calamine may hold."""
    first, document = Document("xlsx"), Document("xlsx")
    try:
        package = Package(source)
        if _BINARY in package:
            return None
        known = {sheet.name: sheet for sheet in _xlsx_sheets(package, first)}
    except PackageError:
        return None
    if first.problems or any(sheet.cut for sheet in known.values()):
        return None
    fill(document, calamine_sheets(source, document, known))
    return document


def calamine_sheets(source: bytes, document: Document, known: dict[str, Sheet] | None = None) -> list[Sheet]:
    """The sheets as calamine reads them, of either format; problems go to the document.

    It does not tell what is hidden, nor how numbers are shown: of XLSX that comes from ``known``, by the sheets' names.
    """
    told = shapes(source) if source.startswith(b"\xd0\xcf") else Shapes()
    if told.size > _MOST_SLOTS:
        document.problems.append(ReaderProblem("cut", f"a sheet spreads over {told.size} cells; it was not read"))
        return []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(source))
        found = []
        for number, meta in enumerate(book.sheets_metadata):
            if str(meta.typ).rsplit(".", 1)[-1] != "WorkSheet":
                continue
            raw = book.get_sheet_by_name(meta.name)
            sheet = Sheet(meta.name, hidden=str(meta.visible).rsplit(".", 1)[-1] != "Visible")
            other = (known or {}).get(meta.name) or (told.sheets[number] if number < len(told.sheets) else None)
            if other is not None:
                sheet.hidden_rows, sheet.hidden_columns = other.hidden_rows, other.hidden_columns
                sheet.looks, sheet.zeros, sheet.conditions = other.looks, other.zeros, other.conditions
                sheet.pictured = other.pictured
                sheet.room = Room(other.room.widths, other.room.otherwise)
            rows = raw.to_python(skip_empty_area=False, nrows=MOST_ROWS)
            _put_rows(sheet, rows, other if isinstance(other, Shape) else Shape(0), anew=not told.counted)
            if isinstance(other, Sheet):
                _take_over(sheet, other)
            sheet.merges = [(a, b, c, d) for (a, b), (c, d) in raw.merged_cell_ranges or []]
            found.append(sheet)
    except PasswordError:
        document.problems.append(ReaderProblem("encrypted", "the workbook asks for a password"))
        return []
    except (CalamineError, OSError, ValueError) as error:
        document.problems.append(ReaderProblem("damaged", f"the workbook cannot be opened: {error}"))
        return []
    return found


def _binary_sheets(source: bytes, document: Document) -> list[Sheet]:
    """The sheets of an XLSB, of which only the stored values are read: how they are shown is not known."""
    sheets = calamine_sheets(source, document)
    for sheet in sheets:
        sheet.doubtful = sum(text[:1].isdigit() for text in sheet.cells.values())
    return sheets


def _put_rows(sheet: Sheet, rows: list[list[Any]], shape: Shape, *, anew: bool) -> None:
    """The values that calamine reads, and what the records say of some cells; ``anew``: formulas are counted later."""
    uncounted = Uncounted(anew)
    formulas = shape.formulas.found
    for (y, x), (formula, stored) in formulas.items():
        if y < MOST_ROWS and x < MOST_COLUMNS:
            uncounted.formula(y, x, formula, stored)
    for y, row in enumerate(rows):
        for x, value in enumerate(row[:MOST_COLUMNS]):
            if (y, x) in shape.texts:
                uncounted.value(y, x, value)
                sheet.put_rich(y, x, *shape.texts[y, x])
            elif value != "" and (y, x) not in formulas:
                uncounted.value(y, x, value)
                sheet.put(y, x, value)
    uncounted.settle(sheet)


def _take_over(sheet: Sheet, other: Sheet) -> None:
    """What calamine does not know: fonts within a text, results that formulas have when the workbook is opened."""
    for place in other.unlike:
        sheet.cells.pop(place, None)
        if place in other.cells:
            sheet.cells[place] = other.cells[place]


def _xlsx_sheets(package: Package, document: Document) -> list[Sheet]:
    shared = _shared_strings(package)
    styles = package.xml("xl/styles.xml") if "xl/styles.xml" in package else None
    looks = looks_of_styles(styles) if styles is not None else []
    hiding = hiding_looks(styles) if styles is not None else frozenset()
    main = package.main_part() or "xl/workbook.xml"
    links = package.xml(f"xl/_rels/{main.rpartition('/')[2]}.rels")
    relations = {each.get("Id"): each.get("Target", "") for each in links}
    found = []
    book = package.xml(main)
    counts_anew = _counts_anew(book)
    for element in book.iter("{*}sheet"):
        key = next((value for name, value in element.items() if name.endswith("}id")), None)
        target = relations.get(key, "").lstrip("/")
        path = target if target.startswith("xl/") else f"xl/{target}"
        sheet = Sheet(element.get("name", ""), hidden=element.get("state", "visible") != "visible")
        try:
            root = package.xml(path)
            sheet.conditions = conditions_of(root, hiding)
            _read_sheet(root, shared, looks, sheet, Uncounted(counts_anew))
            sheet.pictured = pictured_cells(package, path, root)
        except PackageError as error:
            document.problems.append(ReaderProblem("damaged", str(error), sheet.name))
        found.append(sheet)
    return found


def _counts_anew(book: Any) -> bool:
    """Whether a workbook's formulas are counted when it is opened, whatever results are stored."""
    settings = book.find("{*}calcPr")
    return settings is None or settings.get("fullCalcOnLoad") in ("1", "true")


def _read_sheet(root: Any, shared: list[str | Rich], looks: list[Look], sheet: Sheet, uncounted: Uncounted) -> None:
    usual = root.find("{*}sheetFormatPr")
    sheet.room.otherwise = (width(usual.get("defaultColWidth")) if usual is not None else None) or DEFAULT_WIDTH
    for columns in root.iter("{*}col"):
        first, last = columns.get("min", ""), columns.get("max", "")
        if not (first.isdecimal() and last.isdecimal()):
            continue
        places = range(max(int(first) - 1, 0), min(int(last), MOST_COLUMNS))
        if columns.get("hidden") in ("1", "true") or _is_below(columns.get("width"), _NARROWEST):
            sheet.hidden_columns.update(places)
        elif (wide := width(columns.get("width"))) is not None:
            sheet.room.widths.update(dict.fromkeys(places, wide))
    sheet.zeros = all(view.get("showZeros") not in ("0", "false") for view in root.iter("{*}sheetView"))
    y = -1
    for row in root.iter("{*}row"):
        number = row.get("r", "")
        y = int(number) - 1 if number.isdecimal() else y + 1
        if y >= MOST_ROWS or y < 0:
            sheet.cut = True
            continue
        if row.get("hidden") in ("1", "true") or _is_below(row.get("ht"), _LOWEST):
            sheet.hidden_rows.add(y)
        x = -1
        for cell in row:
            place = _REFERENCE.match(cell.get("r") or "")
            x = column_number(place.group(1)) if place else x + 1
            if x >= MOST_COLUMNS:
                sheet.cut = True
                break
            style = cell.get("s", "")
            if style.isdecimal() and int(style) < len(looks) and looks[int(style)].tells:
                sheet.looks[y, x] = looks[int(style)]
            value = _cell_value(cell, shared)
            if len(cell) and cell[0].tag.endswith("}f"):
                stored = None if isinstance(value, Rich) or (value == "" and cell.get("t") != "str") else value
                if not uncounted.formula(y, x, cell[0].text or "", stored):
                    continue
            elif value != "":
                uncounted.value(y, x, value)
            if isinstance(value, Rich):
                sheet.put_rich(y, x, value, not style.isdecimal() or int(style) >= len(looks) or looks[int(style)].bare)
            elif value != "":
                sheet.put(y, x, value)
    uncounted.settle(sheet)
    for merge in root.iter("{*}mergeCell"):
        first, _, last = (merge.get("ref") or "").partition(":")
        a, b = _REFERENCE.match(first), _REFERENCE.match(last)
        if a and b and len(sheet.merges) < 20_000:
            sheet.merges.append(
                (int(a.group(2)) - 1, column_number(a.group(1)), int(b.group(2)) - 1, column_number(b.group(1)))
            )


def _cell_value(cell: Any, shared: list[str | Rich]) -> float | bool | str | Rich:
    """What the file holds for a cell: of a formula its stored result."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _rich(cell)
    value: str | None = cell.findtext("{*}v")
    if value is None:
        return ""
    if kind == "s":
        return shared[int(value)] if value.isdecimal() and int(value) < len(shared) else ""
    if kind in ("str", "e", "d"):
        return value
    if kind == "b":
        return value == "1"
    try:
        number = float(value)
    except ValueError:
        return value
    return number if number == number and abs(number) != float("inf") else value


def _rich(item: Any) -> str | Rich:
    """A text in its runs, without the readings written above it."""
    return rich(
        (text.text or "", _run_font(text.getparent()))
        for text in item.iter("{*}t")
        if not text.getparent().tag.endswith("}rPh")
    )


def _run_font(run: Any) -> Font:
    properties = run.find("{*}rPr")
    return font_of(properties) if properties is not None else PLAIN_FONT


def _shared_strings(package: Package) -> list[str | Rich]:
    if "xl/sharedStrings.xml" not in package:
        return []
    return [_rich(item) for item in package.xml("xl/sharedStrings.xml")]


def _is_below(size: str | None, least: float) -> bool:
    """A height or width of next to nothing hides like the mark for it."""
    try:
        return size is not None and float(size) < least
    except ValueError:
        return False
