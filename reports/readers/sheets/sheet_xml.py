"""Workbooks in Excel's XML of 2003, which portals and programs write as ``.xls``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from reports.document import Document, ReaderProblem
from reports.readers.package import LARGEST_XML, PackageError, parse_xml
from reports.readers.paper import is_paper
from reports.readers.sheets.conditions import EVERYWHERE, Condition, column_letters
from reports.readers.sheets.formulas import Uncounted
from reports.readers.sheets.looks import Look
from reports.readers.sheets.number_formats import GENERAL
from reports.readers.sheets.rich import PLAIN_FONT, Font, Rich, rich
from reports.readers.sheets.room import DEFAULT_WIDTH, scale_of, width
from reports.readers.sheets.sheet import MOST_COLUMNS, MOST_ROWS, Sheet, fill

_S: Final = "{urn:schemas-microsoft-com:office:spreadsheet}"
_H: Final = "{http://www.w3.org/TR/REC-html40}"
_X: Final = "{urn:schemas-microsoft-com:office:excel}"
#: The formats that it names by word.
_NAMED: Final = {
    "General Number": GENERAL, "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
    "Currency": "¥#,##0.00", "General Date": "yyyy-mm-dd", "Short Date": "yyyy-mm-dd", "Medium Date": "yyyy-mm-dd",
    "Long Date": "yyyy-mm-dd",
}  # fmt: skip
_QUALIFIERS: Final = {
    "Equal": "=", "NotEqual": "<>", "Less": "<", "Greater": ">", "LessOrEqual": "<=", "GreaterOrEqual": ">=",
}  # fmt: skip
_WRITES_WHITE = re.compile(r"(?<![\w-])color:\s*(?:white|#ffffff)\b", re.I)
_FILLS = re.compile(r"background:\s*(?!white\b|#ffffff\b|none\b)[\w#]", re.I)
_RANGE = re.compile(r"(?:R(\d{1,7}))?(?:C(\d{1,5}))?(?::(?:R(\d{1,7}))?(?:C(\d{1,5}))?)?")
_FAR = re.compile(r"\bR(\[-?\d{1,7}\]|\d{1,7}|)C(\[-?\d{1,5}\]|\d{1,5}|)(?![\w(])")
_PLAIN_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")
_MOST_RULES: Final = 100


def read_sheet_xml(source: bytes, url: str | None = None) -> Document:
    """The workbook as a document, as other workbooks are."""
    document = Document("xlsx", address=url)
    try:
        if len(source) > LARGEST_XML:
            raise PackageError(f"the file has {len(source)} bytes")
        root = parse_xml(source, "the workbook")
    except PackageError as error:
        document.problems.append(ReaderProblem("damaged", str(error)))
        return document
    styles = {style.get(f"{_S}ID", ""): style for style in root.iterfind(f"{_S}Styles/{_S}Style")}
    points = _points(styles.get("Default"), 10.0)
    looks = {name: _look(style, points) for name, style in styles.items()}
    fill(document, [_sheet(element, looks, points / 2) for element in root.iterfind(f"{_S}Worksheet")])
    return document


def _points(style: Any | None, otherwise: float) -> float:
    """The size of a style's font."""
    font = style.find(f"{_S}Font") if style is not None else None
    return (width(font.get(f"{_S}Size")) if font is not None else None) or otherwise


def _look(style: Any, usual: float) -> Look:
    format_, font, ground = style.find(f"{_S}NumberFormat"), style.find(f"{_S}Font"), style.find(f"{_S}Interior")
    code = format_.get(f"{_S}Format", GENERAL) if format_ is not None else GENERAL
    aligned = style.find(f"{_S}Alignment")
    fits = aligned is not None and (aligned.get(f"{_S}ShrinkToFit") == "1" or bool(aligned.get(f"{_S}Rotate")))
    filled = ground is not None and ground.get(f"{_S}Pattern", "None") != "None"
    return Look(
        _NAMED.get(code, code),
        white=font is not None and is_paper(font.get(f"{_S}Color", "")),
        bare=not filled or is_paper(ground.get(f"{_S}Color", "#FFFFFF")),
        scale=scale_of(_points(style, usual), usual, fits=fits),
    )


def _sheet(element: Any, looks: dict[str, Look], digit: float) -> Sheet:
    visible = element.findtext(f"{_X}WorksheetOptions/{_X}Visible") or ""
    sheet = Sheet(element.get(f"{_S}Name", ""), hidden=visible.startswith("Sheet"))
    for rule in islice(element.iterfind(f"{_X}ConditionalFormatting"), _MOST_RULES):
        sheet.conditions += _conditions(rule)
    table = element.find(f"{_S}Table")
    usual = width(table.get(f"{_S}DefaultColumnWidth")) if table is not None else None
    sheet.room.otherwise = usual / digit if usual else DEFAULT_WIDTH
    x = 0
    for column in element.iterfind(f"{_S}Table/{_S}Column"):
        x = _number(column, "Index", x + 1)
        last = x + _number(column, "Span", 0)
        if column.get(f"{_S}Hidden") == "1" or column.get(f"{_S}Width") == "0":
            sheet.hidden_columns.update(range(x - 1, min(last, MOST_COLUMNS)))
        elif points := width(column.get(f"{_S}Width")):
            sheet.room.widths.update(dict.fromkeys(range(x - 1, min(last, MOST_COLUMNS)), points / digit))
        x = last
    y = 0
    uncounted = Uncounted(anew=False)
    for row in element.iterfind(f"{_S}Table/{_S}Row"):
        y = _number(row, "Index", y + 1)
        if y > MOST_ROWS:
            sheet.cut = True
            break
        if row.get(f"{_S}Hidden") == "1" or row.get(f"{_S}Height") == "0":
            sheet.hidden_rows.add(y - 1)
        _cells(row, y - 1, sheet, looks, uncounted)
        y += _number(row, "Span", 0)
    uncounted.settle(sheet)
    return sheet


def _conditions(rule: Any) -> list[Condition]:
    """The conditions of a rule that write in white, with their tests where they compare the cell with a number."""
    ranges = (rule.findtext(f"{_X}Range") or "").split(",")
    places = [_place(each) for each in ranges[:_MOST_RULES]]
    found: list[Condition] = []
    for condition in islice(rule.iterfind(f"{_X}Condition"), _MOST_RULES):
        looks = [each.get("Style", "") for each in condition.iterfind(f"{_X}Format")]
        if not any(_WRITES_WHITE.search(look) and not _FILLS.search(look) for look in looks):
            continue
        sign = _QUALIFIERS.get(condition.findtext(f"{_X}Qualifier") or "")
        value = (condition.findtext(f"{_X}Value1") or "").strip().lstrip("=")
        test = (sign, float(value)) if sign and _PLAIN_NUMBER.fullmatch(value) else None
        found += [Condition(place, test) for place in places]
    return found


def _place(written: str) -> tuple[int, int, int, int]:
    """Rows and columns from 0; whole rows and columns, and what is written otherwise, go as far as a sheet does."""
    match = _RANGE.fullmatch(written.strip())
    if match is None:
        return EVERYWHERE
    top, left = (int(each) - 1 if each else 0 for each in match.group(1, 2))
    last = match.group(3, 4) if ":" in written else match.group(1, 2)
    bottom, right = (int(each) - 1 if each else end for each, end in zip(last, EVERYWHERE[2:], strict=True))
    return top, left, bottom, right


def _cells(row: Any, y: int, sheet: Sheet, looks: dict[str, Look], uncounted: Uncounted) -> None:
    x = 0
    for cell in row.iterfind(f"{_S}Cell"):
        x = _number(cell, "Index", x + 1)
        if x > MOST_COLUMNS:
            sheet.cut = True
            break
        look = looks.get(cell.get(f"{_S}StyleID") or row.get(f"{_S}StyleID") or "Default")
        if look is not None and look.tells:
            sheet.looks[y, x - 1] = look
        across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
        if (across or down) and len(sheet.merges) < 20_000:
            sheet.merges.append((y, x - 1, y + down, x - 1 + across))
        said = cell.find(f"{_S}Data")
        value = _value(said) if said is not None else None
        formula = cell.get(f"{_S}Formula", "")
        if isinstance(value, Rich):
            sheet.put_rich(y, x - 1, value, bare=look is None or look.bare)
        elif formula and not uncounted.formula(y, x - 1, _by_letters(formula, y, x - 1), value):
            pass  # what it shows is settled when all cells are known
        elif value is not None:
            uncounted.value(y, x - 1, value)
            sheet.put(y, x - 1, value)
        x += across


def _by_letters(formula: str, y: int, x: int) -> str:
    """A formula in a cell, which names others by how far they lie away, with letters and numbers instead."""

    def named(match: re.Match[str]) -> str:
        row, column = (_place_from(own, written) for own, written in ((y, match[1]), (x, match[2])))
        return f"{column_letters(column)}{row + 1}" if row >= 0 and column >= 0 else match[0]

    return _FAR.sub(named, formula.lstrip("="))


def _place_from(own: int, written: str) -> int:
    return own + int(written[1:-1]) if written.startswith("[") else int(written) - 1 if written else own


def _runs(said: Any, font: Font = PLAIN_FONT) -> Iterator[tuple[str, Font]]:
    """The text of a cell in its runs, which are marked as in HTML."""
    yield said.text or "", font
    for each in said:
        name = each.tag.rpartition("}")[2]
        inner = font._replace(
            struck=font.struck or name == "S",
            raised=font.raised or name in ("Sup", "Sub"),
            white=is_paper(each.get(f"{_H}Color") or "") if each.get(f"{_H}Color") else font.white,
        )
        yield from _runs(each, inner)
        yield each.tail or "", font


def _value(said: Any) -> float | str | Rich:
    text = "".join(said.itertext())
    kind = said.get(f"{_S}Type", "String")
    if kind == "String" and len(said):
        return rich(_runs(said))
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    if kind == "DateTime":
        return text.partition("T")[0]
    return ("TRUE" if text == "1" else "FALSE") if kind == "Boolean" else text


def _number(element: Any, name: str, otherwise: int) -> int:
    written = element.get(f"{_S}{name}", "")
    return min(int(written), 2_000_000) if written.isdecimal() else otherwise
