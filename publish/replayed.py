"""An archived page as a browser may show it: nothing runs, nothing is asked of the portal, and it looks like itself.

Stylesheets, their imports and pictures come from the archive, as near in time to the page as there are. What is not in
the archive is left out of the markup, so that a browser does not even try; the sandbox and its policy are the second
lock (``publish.pages.archived``).
"""

from __future__ import annotations

import sqlite3
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode
from w3lib.url import safe_url_string

import archive as keeping
from archive.style import Kind, rewritten
from publish import archived
from publish.report_page import Row, first
from reports.document import Grid
from reports.readers.charset import decode
from reports.record import Cell

MARK = "gongkai-cell"
PLACE = "gongkai-place"
ROWS_ABOVE = 8
_STYLE = (
    f"#{MARK}{{outline:4px solid #a3291f !important;outline-offset:1px;"
    f"background:#ffe9a8 !important;color:#000 !important}}"
)
_REMOVED = (
    "script, noscript, iframe, frame, object, embed, applet, base, portal, meta[http-equiv],"
    " audio, video, form input[type=password]"
)
_LOADING = ("src", "background", "lowsrc")  # attributes with the address of a picture
_NEVER = ("srcset", "data-src", "dynsrc", "poster", "ping", "imagesrcset", "xlink:href")
_HREF = ("a", "area")  # elements whose href is only followed when somebody asks for it


def page_with_mark(
    connection: sqlite3.Connection, capture: Row, record: keeping.ArchivedRecord, cell: Cell | None
) -> tuple[bytes, bool]:
    """The archived HTML without anything that runs, the cell marked; and whether the cell was found."""
    decoded = decode(record.body, archived.content_type(record))
    tree = LexborHTMLParser(decoded.text.replace("\0", ""))
    marked = False
    if cell is not None:
        node = _node(tree, record, capture, cell)
        if node is not None:
            node.attrs["id"] = MARK
            _place(node).attrs["id"] = PLACE
            marked = True
    quieten(connection, tree, capture)
    markup = tree.html or ""
    head = f'<meta charset="utf-8"><style>{_STYLE}</style>'
    at = markup.lower().find("<head>")
    markup = markup[: at + 6] + head + markup[at + 6 :] if at >= 0 else head + markup
    return markup.encode("utf-8", "replace"), marked


def _place(node: LexborNode) -> LexborNode:
    """Where the reader's eye should begin: some rows above the cell, so that the cell stands in its context.

    (``scroll-margin`` in a sandboxed frame sends Chromium to wrong places.)
    """
    row = node.parent
    while row is not None and row.tag != "tr":
        row = row.parent
    above = row
    for _ in range(ROWS_ABOVE):
        before = above.prev if above is not None else None
        while before is not None and before.tag != "tr":
            before = before.prev
        if before is None:
            break
        above = before
    if above is None:
        return node
    return above if above.prev is not None else (above.parent or above)


def _node(tree: LexborHTMLParser, record: keeping.ArchivedRecord, capture: Row, cell: Cell) -> LexborNode | None:
    """The element of the cell: the same table, the same cell counted in source order, the same text."""
    document = archived.document_of(record, capture)
    if document is None or document.kind != "html":
        return None
    grid = next((grid for grid in document.grids if grid.index == cell.position[0]), None)
    tables = tree.css("table")
    if grid is None or cell.position[0] >= len(tables):
        return None
    ordinal = _ordinal(grid, cell.position[1], cell.position[2])
    elements = _own_cells(tables[cell.position[0]])
    candidates = [elements[ordinal]] if ordinal is not None and ordinal < len(elements) else []
    for node in candidates:
        if archived.squeezed(node.text(deep=True)) == archived.squeezed(cell.raw):
            return node
    return None


def _ordinal(grid: Grid, row: int, column: int) -> int | None:
    """Which of the table's cells, in source order, covers this place."""
    if not (0 <= row < len(grid.rows) and 0 <= column < grid.width):
        return None
    wanted = grid.rows[row][column]
    at = 0
    for line in range(len(grid.rows)):
        for cell in grid.own_cells(line):
            if cell is wanted:
                return at
            at += 1
    return None


def _own_cells(table: LexborNode) -> list[LexborNode]:
    """The table's cells in source order, without those of tables inside it."""
    found = []
    for node in table.css("td, th"):
        parent = node.parent
        while parent is not None and parent.tag != "table":
            parent = parent.parent
        if parent is not None and parent.mem_id == table.mem_id:
            found.append(node)
    return found


def stylesheet(connection: sqlite3.Connection, capture: Row, record: keeping.ArchivedRecord) -> bytes:
    """An archived stylesheet whose imports and pictures come from the archive."""
    text = decode(record.body, archived.content_type(record)).text
    return _restyled(connection, capture, capture["url"], text).encode("utf-8", "replace")


def quieten(connection: sqlite3.Connection, tree: LexborHTMLParser, capture: Row) -> None:
    """Takes out what runs or loads; stylesheets and pictures that are in the archive are loaded from it."""
    anchor = tree.css_first("base[href]")
    around = _joined(capture["url"], anchor.attributes.get("href")) if anchor is not None else None
    base = around or capture["url"]
    for node in tree.css(_REMOVED):
        node.decompose()
    for node in tree.css("link"):
        sheet = "stylesheet" in (node.attributes.get("rel") or "").lower()
        address = _kept(connection, capture, base, node.attributes.get("href"), style=True) if sheet else None
        if address:
            node.attrs["href"] = address
        else:
            node.decompose()
    for node in tree.css("style"):
        styled = _restyled(connection, capture, base, node.text(deep=True) or "")
        for child in list(node.iter(include_text=True)):
            child.decompose()
        node.insert_child(styled)
    for node in tree.css("*"):
        for name in list(node.attributes):
            _quieten_attribute(connection, capture, base, node, name)


def _quieten_attribute(connection: sqlite3.Connection, capture: Row, base: str, node: LexborNode, name: str) -> None:
    value = (node.attributes[name] or "").strip()
    if name == "style":
        if "(" in value:
            node.attrs[name] = _restyled(connection, capture, base, value)
    elif name in _LOADING:
        if not value.lower().startswith("data:"):
            address = _kept(connection, capture, base, value)
            if address:
                node.attrs[name] = address
            else:
                del node.attrs[name]
    elif name == "href" and node.tag == "link":
        return  # seen to above
    elif (
        name.startswith("on")
        or name in _NEVER
        or (name == "href" and node.tag not in _HREF)
        or value.lower().startswith(("javascript:", "vbscript:"))
    ):
        del node.attrs[name]


def _restyled(connection: sqlite3.Connection, capture: Row, base: str, text: str) -> str:
    def place(address: str, kind: Kind) -> str | None:
        if address.startswith("/-/"):
            return address
        return None if kind == "font" else _kept(connection, capture, base, address, style=kind == "stylesheet")

    return rewritten(text, place)


def _kept(
    connection: sqlite3.Connection, capture: Row, base: str, reference: str | None, style: bool = False
) -> str | None:
    """Where this site shows the archived stylesheet or picture; None where there is none."""
    address = _joined(base, reference)
    if address is None:
        return None
    found = first(
        connection,
        "SELECT id FROM capture WHERE url IN (?, ?) AND status = 200 AND media_type NOT LIKE '%html%' "
        "ORDER BY ABS(julianday(time) - julianday(?)), id LIMIT 1",
        address,
        safe_url_string(address),
        capture["time"],
    )
    return f"/-/{'page' if style else 'raw'}/{found['id']}" if found else None


def _joined(base: str, reference: str | None) -> str | None:
    if not reference or not reference.strip():
        return None
    try:
        return urljoin(base, reference.strip()).partition("#")[0]
    except ValueError:
        return None
