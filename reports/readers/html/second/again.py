"""A second way from HTML to tables, for when a sum of the first reading fails.

Nothing is shared with the first but the charset: libxml2 builds the tree instead of lexbor, tables are found from their
cells upwards, and spans are expanded on a map of occupied slots instead of row by row.
"""

from __future__ import annotations

import re
from typing import Any

from cssselect import SelectorError
from lxml import etree, html

from reports.document import Cell, Document, Grid, Paragraph
from reports.readers.charset import decode
from reports.readers.html.second.again_cells import UNREAD, is_gone, printed
from reports.readers.html.second.again_words import words_held, words_shown
from reports.readers.html.second.drawn_again import drawn_rows
from reports.readers.html.seen.doubtful import settle_cut
from reports.readers.html.seen.generated import generated
from reports.readers.html.seen.styles import (
    CUT,
    GROUNDS,
    UNSEEN,
    WHITE,
    Marks,
    apply,
    empty_marks,
    inline,
    is_read,
    read_sheets,
)

_MOST_CELLS = 60_000
_MOST_COLUMNS = 300
_NONE_OF = re.compile(r":not\(([^()]*,[^()]*)\)")
_MOST_LOOKS = 60_000_000  # elements and ancestors that the selectors of style sheets are tried on


def read_html_again(source: bytes, content_type: str | None = None) -> Document | None:
    """The tables of the page by the other way, numbered as the first way does; None where libxml2 finds no page."""
    decoded = decode(source, content_type)
    document = Document("html", encoding=decoded.charset)
    text = re.sub(r"<\?xml[^>]*\?>", "", decoded.text[:12_000_000]).replace("\0", "")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    for details in list(root.iter("details")):
        if details.get("open") is None and any(each.tag in ("td", "th") for each in details.iterancestors()):
            _close(details)
    marks, marked, sure = _styled(root)
    if not sure:
        return None
    tables = [table for table in root.iter("table") if isinstance(table, html.HtmlElement)]
    number = {id(table): index for index, table in enumerate(tables)}
    cells: list[list[list[Any]]] = [[] for _ in tables]
    rows_seen: dict[int, tuple[int, int]] = {}
    held: list[Any] = [*marked]  # lxml makes a new proxy, perhaps with an old id, of an element that nothing refers to
    for count, cell in enumerate(root.iter("td", "th")):
        if count > _MOST_CELLS:
            break
        row = _above(cell, "tr")
        table = _above(cell, "table")
        if table is None or is_gone(cell, marks):
            continue
        index = number[id(table)]
        key = id(row) if row is not None and _above(row, "table") is table else id(cell)
        if key not in rows_seen:
            if row is not None and is_gone(row, marks) and not _is_gone_above(table, marks):
                continue
            cells[index].append([])
            held.append(row)
            rows_seen[key] = (index, len(cells[index]) - 1)
        cells[index][rows_seen[key][1]].append(cell)
    for index, table in enumerate(tables):
        nested = _above(table, "table") is not None
        grid = Grid(index, _occupied(cells[index], marks), hidden=_is_gone_above(table, marks), nested=nested)
        grid.layout = any(inner is not table for inner in table.iter("table"))
        document.flow.append(grid)
    for rows in drawn_rows(root, lambda element: _is_gone_above(element, marks)):
        shown = [[cell for cell in row if not is_gone(cell, marks)] for row in rows]
        document.flow.append(Grid(len(document.flow), _occupied(shown, marks), ruled=False))
    words = f"{words_shown(root, lambda element: is_gone(element, marks))} {words_held(text)}"
    document.flow.append(Paragraph(words, 0, hidden=True))
    return document


def _above(element: Any, tag: str) -> Any:
    parent = element.getparent()
    while parent is not None and parent.tag != tag:
        parent = parent.getparent()
    return parent


def _is_gone_above(element: Any, marks: Marks) -> bool:
    return any(
        each.tag in UNREAD or each.tag == "del" or is_gone(each, marks) or id(each) in marks[UNSEEN]
        for each in (element, *element.iterancestors())
    )


def _close(details: Any) -> None:
    """Of closed details in a cell the summary is seen, and nothing else; tables in them keep their numbers."""
    if details.find(".//table") is not None:
        return
    summary = next(details.iter("summary"), None)
    words = "" if summary is None else "".join(summary.itertext())
    for child in list(details):
        details.remove(child)
    details.text = words


def _styled(root: Any) -> tuple[Marks, list[Any], bool]:
    """What styles hide or strike, the marked elements, kept lest their ids be given anew, and whether all was asked."""
    marks, held = empty_marks(), []
    for element in root.iter(etree.Element):
        for effect in inline(element.get("style") or "") if element.get("style") else ():
            marks[effect].add(id(element))
            held.append(element)

    size, deepest, looks = 0, 1, _MOST_LOOKS

    def select(written: str) -> list[tuple[int, str]]:
        nonlocal looks
        cost = size * deepest ** written.count(" ") * (1 + 2 * written.count(":"))
        if cost > looks:
            return []
        looks -= cost
        try:
            found = root.cssselect(_NONE_OF.sub(_each_not, written))
        except (SelectorError, etree.XPathError):
            return []
        held.extend(found)
        return [(id(element), element.get("style") or "") for element in found]

    sheets = [element.text or "" for element in root.iter("style") if is_read(element.attrib)]
    for written in sheets:
        _generate(root, written, held)
    sheet = read_sheets(sheets)
    sure = sheet.whole
    if sheet.hides() or marks[WHITE]:
        depth = 0
        for event, _ in etree.iterwalk(root, events=("start", "end")):
            depth += 1 if event == "start" else -1
            deepest = max(deepest, depth)
            size += event == "start"
        sure = apply(sheet, select, marks)
        if marks[WHITE]:
            sure &= apply(read_sheets(sheets, GROUNDS), select, marks)
    settle_cut(marks, [(id(element), element.tag) for element in held if id(element) in marks[CUT]])
    return marks, held, sure


def _each_not(found: re.Match[str]) -> str:
    """``:not(.a, .b)`` as ``:not(.a):not(.b)``, which says the same and is known here."""
    return "".join(f":not({each.strip()})" for each in found[1].split(","))


def _generate(root: Any, sheet: str, held: list[Any]) -> None:
    """Puts into the tree the words that a sheet writes before or behind elements."""
    for content in generated(sheet):
        try:
            found = root.cssselect(content.selector) if content.words != "" or content.attribute else []
        except (SelectorError, etree.XPathError):
            continue
        held.extend(found)
        for element in found:
            if content.words is None and not _may_be_figure(element):
                continue
            text = content.text(element.get(content.attribute) if content.attribute else None)
            if content.before:
                element.text = text + (element.text or "")
            elif len(element):
                element[-1].tail = (element[-1].tail or "") + text
            else:
                element.text = (element.text or "") + text


def _may_be_figure(element: Any) -> bool:
    cell = element if element.tag in ("td", "th") else _above(element, "td")
    return cell is not None and not any(map(str.isalpha, "".join(cell.itertext())))


def _occupied(rows: list[list[Any]], marks: Marks) -> list[list[Cell | None]]:
    """The rectangle, from a map of occupied slots."""
    taken: dict[tuple[int, int], Cell] = {}
    width = 0
    for y, row in enumerate(rows):
        x = 0
        for element in row:
            while (y, x) in taken:
                x += 1
            if x >= _MOST_COLUMNS:
                break
            across = min(_number(element.get("colspan"), 1) or 1, 60)
            down = _number(element.get("rowspan"), 1)
            down = min(down or len(rows) - y, len(rows) - y)
            cell = Cell(printed(element, marks), y, x, down, across)
            for slot_y in range(y, y + down):
                for slot_x in range(x, x + across):
                    taken.setdefault((slot_y, slot_x), cell)
            width = max(width, x + 1)
            x += across
    return [[taken.get((y, x)) for x in range(width)] for y in range(len(rows))]


def _number(written: str | None, default: int) -> int:
    digits = re.match(r"\s*\+?(\d{1,6})", written or "")
    return int(digits.group(1)) if digits else default
