"""Tables that a page draws without ``<table>``: rows of ``<div>``s, list items, definition lists or CSS grids.

Looked for only on pages whose real tables hold no figures. Such drawings say little about merged cells, so their grids
are unruled, with what had to be guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from reports.document import Document, Grid, Paragraph
from reports.readers.spans import RawCell, expand
from reports.readers.typeset import one_line

PACKED: Final = "drawn without a table: cells are taken in order, merged cells may be lost"
_BOXES: Final = ("div", "li", "span", "p", "dd", "dt", "section", "label", "strong", "b", "em", "i", "a", "font")
_HOLDERS: Final = frozenset(("div", "ul", "ol", "dl", "section", "article", "main", "form", "li", "p"))
_WHOLE: Final = frozenset(("table", "grid", "rowgroup", "treegrid"))  # roles of what holds rows
_LONGEST = 90  # characters of a cell
_FIGURE = re.compile(r"^[-+−－]?[\d０-９][\d０-９,，.．]*(?:件|条|项|个|元|万元)?$|^[/／—－-]$")
_TEMPLATE = re.compile(r"grid-template-columns\s*:\s*([^;}]+)", re.I)
_REPEAT = re.compile(r"repeat\(\s*(\d{1,3})\s*,[^)]*\)", re.I)
_SPAN = re.compile(r"grid-(column|row)(?:-end)?\s*:[^;]*?span\s+(\d{1,3})", re.I)
_RULES = re.compile(r"\.([\w-]+)[^{},]*\{([^{}]*)\}")
_MOST = 40_000  # elements of a page that are looked at


@dataclass(slots=True)
class _Drawn:
    rows: list[list[RawCell]] = field(default_factory=list)

    def figures(self) -> int:
        return sum(1 for row in self.rows for cell in row if _FIGURE.match(cell.text))

    def texts(self) -> list[str]:
        return [cell.text for row in self.rows for cell in row if cell.text]


def add_drawn_tables(tree: LexborHTMLParser, document: Document, tables: int) -> int:
    """Puts drawn tables in the place of the paragraphs that their cells were read as; returns how many were found."""
    drawn = [each for each in _drawn(tree) if len(each.rows) >= 2 and each.figures() >= 4]
    for number, each in enumerate(drawn):
        rows, notes = expand(each.rows)
        grid = Grid(tables + number, rows, ruled=False, uncertain=[PACKED, *notes])
        _replace(document, each.texts(), grid)
    return len(drawn)


def _drawn(tree: LexborHTMLParser) -> list[_Drawn]:
    styles = _columns_by_class(tree)
    found: list[_Drawn] = []
    taken: set[int] = set()
    body = tree.body
    if body is None:
        return []
    last_parent: int | None = None
    for count, node in enumerate(body.traverse()):
        if count > _MOST:
            break
        if node.tag not in _HOLDERS or (node.parent is not None and node.parent.mem_id in taken):
            if node.parent is not None and node.parent.mem_id in taken:
                taken.add(node.mem_id)
            continue
        columns = _grid_columns(node, styles)
        cells = _cells(node, columns)
        if cells is None:
            continue
        taken.add(node.mem_id)
        if columns:
            found.append(_Drawn(_flowed(cells, columns)))
            last_parent = None
            continue
        parent = node.parent
        group = _group(parent)
        if found and last_parent is not None and group == last_parent:
            found[-1].rows.append(cells)
        else:
            found.append(_Drawn([cells]))
        last_parent = group
    return found


def _group(parent: Any) -> int | None:
    """Rows belong together below one element; head and body of a drawn table are one level further down."""
    if parent is None:
        return None
    names = f"{parent.attributes.get('class') or ''} {parent.attributes.get('id') or ''}".lower()
    if re.search(r"t?head|t?body|tfoot", names) and parent.tag != "body" and parent.parent is not None:
        return int(parent.parent.mem_id)
    return int(parent.mem_id)


def _cells(node: Any, columns: int) -> list[RawCell] | None:
    """The children as cells, if all of the element's text stands in short children; None where it is no row."""
    if (node.attributes.get("role") or "").lower() in _WHOLE or _holds_rows(node):
        return None
    cells = []
    child = node.child
    while child is not None:
        if child.tag == "-text":
            if (child.text_content or "").strip():
                return None
        elif child.tag in _BOXES:
            if columns == 0 and any(inner.tag in ("div", "li", "ul", "table", "dl") for inner in child.iter()):
                return None
            text = one_line(child.text() or "")
            if len(text) > _LONGEST:
                return None
            attributes = child.attributes
            style = attributes.get("style") or ""
            spans = {kind.lower(): int(size) for kind, size in _SPAN.findall(style)}
            across = _number(attributes.get("colspan") or attributes.get("data-colspan")) or spans.get("column", 1)
            down = _number(attributes.get("rowspan") or attributes.get("data-rowspan")) or spans.get("row", 1)
            cells.append(RawCell(text, down, across))
        elif child.tag not in ("-comment", "br", "hr"):
            return None
        child = child.next
    if len(cells) < 2 and not columns:
        # a lone heading of a block counts only inside a run of rows; it is a paragraph otherwise
        return None
    return cells if any(cell.text for cell in cells) else None


def _holds_rows(node: Any) -> bool:
    """Most of its children are rows of ``<span>``s: it is a table, not a row."""
    children = [child for child in node.iter() if child.tag in _BOXES]
    rows = sum(sum(inner.tag in _BOXES for inner in child.iter()) > 1 for child in children)
    return rows > 1 and 2 * rows > len(children)


def _number(written: str | None) -> int:
    return int(written) if written and written.isdigit() and len(written) < 4 else 0


def _columns_by_class(tree: LexborHTMLParser) -> dict[str, int]:
    found: dict[str, int] = {}
    for style in tree.css("style"):
        for name, rules in _RULES.findall(style.text() or ""):
            if (count := _template(rules)) > 1:
                found[name] = count
    return found


def _template(rules: str) -> int:
    match = _TEMPLATE.search(rules)
    if match is None:
        return 0
    written = match.group(1)
    repeated = sum(int(count) for count in _REPEAT.findall(written))
    return min(repeated + len(_REPEAT.sub(" ", written).split()), 60)


def _grid_columns(node: Any, styles: dict[str, int]) -> int:
    attributes = node.attributes
    own = _template(attributes.get("style") or "")
    if own > 1:
        return own
    return next((styles[name] for name in (attributes.get("class") or "").split() if name in styles), 0)


def _flowed(cells: list[RawCell], columns: int) -> list[list[RawCell]]:
    """The children of a CSS grid, broken into rows as the browser does."""
    rows: list[list[RawCell]] = [[]]
    filled: list[int] = [0]  # slots of each row that are taken, cells from above included
    for cell in cells:
        across = min(cell.colspan, columns)
        while filled[-1] + across > columns:
            rows.append([])
            filled.append(0)
            y = len(rows) - 1
            for above in range(max(0, y - 40), y):
                filled[y] += sum(each.colspan for each in rows[above] if above + each.rowspan > y)
        rows[-1].append(cell._replace(colspan=across))
        filled[-1] += across
    return rows


def _replace(document: Document, texts: list[str], grid: Grid) -> None:
    """Sets the grid where its texts stand as paragraphs, and takes those away; at the end, where they do not."""
    places = [(at, part.text) for at, part in enumerate(document.flow) if isinstance(part, Paragraph)]
    if not texts:
        return
    squeezed = "".join(texts).replace(" ", "")
    for start, (at, text) in enumerate(places):
        if not squeezed.startswith(text.replace(" ", "")):
            continue
        built = ""
        for end in range(start, len(places)):
            built += places[end][1].replace(" ", "")
            if not squeezed.startswith(built):
                break
            if built == squeezed:
                gone = {place for place, _ in places[start : end + 1]}
                document.flow[at] = grid
                document.flow[:] = [
                    part for place, part in enumerate(document.flow) if place == at or place not in gone
                ]
                return
    document.flow.append(grid)
