"""A second way from HTML to tables, for when a sum of the first reading fails.

Nothing is shared with the first but the charset: libxml2 builds the tree instead of lexbor, tables are found from their
cells upwards, and spans are expanded on a map of occupied slots instead of row by row.
"""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree, html

from reports.document import Cell, Document, Grid
from reports.readers.charset import decode

_MOST_CELLS = 60_000
_MOST_COLUMNS = 300
_BREAKS: Final = frozenset(("br", "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "dd",
                            "dt", "section", "article", "center", "blockquote", "pre", "caption"))  # fmt: skip
_UNREAD: Final = frozenset(("script", "style", "noscript", "template", "select", "textarea", "button", "title"))
_GONE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.I)


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
    tables = [table for table in root.iter("table") if isinstance(table, html.HtmlElement)]
    number = {id(table): index for index, table in enumerate(tables)}
    cells: list[list[list[Any]]] = [[] for _ in tables]
    rows_seen: dict[int, tuple[int, int]] = {}
    held: list[Any] = []  # lxml makes a new proxy, perhaps with an old id, of an element that nothing refers to
    for count, cell in enumerate(root.iter("td", "th")):
        if count > _MOST_CELLS:
            break
        row = _above(cell, "tr")
        table = _above(cell, "table")
        if table is None or _is_gone(cell):
            continue
        index = number[id(table)]
        key = id(row) if row is not None and _above(row, "table") is table else id(cell)
        if key not in rows_seen:
            if row is not None and _is_gone(row) and not _is_gone_above(table):
                continue
            cells[index].append([])
            held.append(row)
            rows_seen[key] = (index, len(cells[index]) - 1)
        cells[index][rows_seen[key][1]].append(cell)
    for index, table in enumerate(tables):
        nested = _above(table, "table") is not None
        grid = Grid(index, _occupied(cells[index]), hidden=_is_gone_above(table), nested=nested)
        grid.layout = any(inner is not table for inner in table.iter("table"))
        document.flow.append(grid)
    return document


def _above(element: Any, tag: str) -> Any:
    parent = element.getparent()
    while parent is not None and parent.tag != tag:
        parent = parent.getparent()
    return parent


def _is_gone(element: Any) -> bool:
    return element.get("hidden") is not None or bool(_GONE.search(element.get("style") or ""))


def _is_gone_above(element: Any) -> bool:
    return any(_is_gone(each) for each in (element, *element.iterancestors()))


def _occupied(rows: list[list[Any]]) -> list[list[Cell | None]]:
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
            cell = Cell(_text(element), y, x, down, across)
            for slot_y in range(y, y + down):
                for slot_x in range(x, x + across):
                    taken.setdefault((slot_y, slot_x), cell)
            width = max(width, x + 1)
            x += across
    return [[taken.get((y, x)) for x in range(width)] for y in range(len(rows))]


def _number(written: str | None, default: int) -> int:
    digits = re.match(r"\s*\+?(\d{1,6})", written or "")
    return int(digits.group(1)) if digits else default


def _text(element: Any) -> str:
    """What the cell prints, its own text only: tables in it are read as their own."""
    pieces: list[str] = []
    for event, each in etree.iterwalk(element, events=("start", "end")):
        tag = each.tag if isinstance(each.tag, str) else ""
        outside = each is not element and _is_left_out(each, element)
        if event == "start":
            if tag in _BREAKS:
                pieces.append("\n")
            if not outside and each.text:
                words = re.sub(r"[\r\n]+", " ", each.text) if tag != "pre" else each.text
                raised = tag == "sup" and len(words.strip()) <= 4 and words.strip()[:1] not in "[([（【"
                pieces.append(f"[{words.strip()}]" if raised else words)  # a footnote's mark, no digit of the figure
        else:
            if tag in _BREAKS and tag != "br":
                pieces.append("\n")
            if each is not element and each.tail and not _is_left_out(each.getparent(), element):
                pieces.append(re.sub(r"[\r\n]+", " ", each.tail))
    lines = (" ".join(line.replace("\u200b", "").replace("\ufeff", "").split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _is_left_out(element: Any, cell: Any) -> bool:
    while element is not cell and element is not None:
        if element.tag in _UNREAD or (element.tag == "table" and len(element.xpath(".//td")) > 1) or _is_gone(element):
            return True
        element = element.getparent()
    return False
