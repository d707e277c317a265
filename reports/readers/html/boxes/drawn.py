"""Tables that a page draws without ``<table>``: rows of ``<div>``s, list items, definition lists or CSS grids.

Looked for only on pages whose real tables hold no figures, or whose lines name the rows of the forms. They are written
again as ``<table>``s, so that everything that is known of cells (what is hidden, struck, raised, painted) holds for
them too. Such drawings say little about merged cells, so their grids are unruled, with what had to be guessed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from reports.document import Document, Grid, Paragraph
from reports.readers.html.boxes.drawn_boxes import FIGURE, TABLE_ROW, Box, cells_of, is_custom, is_said_row
from reports.readers.html.boxes.drawn_styles import put_styles
from reports.readers.html.kinds import DROPPED

PACKED: Final = "drawn without a table: cells are taken in order, merged cells may be lost"
_HOLDERS: Final = frozenset(("div", "ul", "ol", "dl", "section", "article", "main", "form", "li", "p"))
_NO_SIGN = r"\s\u200b-\u200f\u202a-\u202c\u2060\ufeff\u00ad&nbsp;"  # what a browser shows as nothing or a space
#: The text between two tags that a box with a figure holds at least one of: ``1<b>,200</b>件`` holds ``1``.
_ALONE = re.compile(
    rf">[{_NO_SIGN}]*+(?:[-+−－]?[{_NO_SIGN}]*+[\d０-９][\d０-９,，.．件条项个元万{_NO_SIGN}]*+|[/／—－-][{_NO_SIGN}]*+)(?=<)"
)
_TEMPLATE = re.compile(r"grid-template-columns\s*:\s*([^;}]+)", re.I)
_TEMPLATE_ROWS = re.compile(r"grid-template-rows\s*:\s*([^;}]+)", re.I)
_REPEAT = re.compile(r"repeat\(\s*(\d{1,3})\s*,[^)]*\)", re.I)
_RULES = re.compile(r"\.([\w-]+)[^{},]*\{([^{}]*)\}")
_LEAST_FIGURES = 4  # of one of them; table 2 may be drawn as blocks of one figure
_MOST = 40_000  # elements of a page that are looked at
_LONGEST_LINE = 400  # characters of a line that may be a drawn row whose cells run together
_ROWS_NAMED = re.compile(
    "结转下年|结转下一年|尚未审结|复议后起诉|不掌握相关|重复申请|本年处理决定数|现行有效件|行政规范性文件|对外公开总数|采购项目数"
)
_MARK = "\ue0d0{}\ue0d1"  # stands in the tree where a drawn table begins


@dataclass(slots=True)
class _Drawn:
    rows: list[list[Box]] = field(default_factory=list)
    nodes: list[Any] = field(default_factory=list)  # the elements that are its rows, or the one that holds all cells
    said: bool = False  # by the markup itself: it may be a block without any figure

    def figures(self) -> int:
        return sum(1 for row in self.rows for box in row if FIGURE.match(box.text))


def may_draw(document: Document) -> bool:
    """Lines of the page name rows of the forms: cheap, for it is asked of every page whose tables hold figures.

    Sentences name them too (尚有2件结转下一年度。), on every fifth page: only what stands behind a line's last full
    stop may be a drawn row. The search that follows may take longer than all other reading.
    """
    lines = (part.text for part in document.flow if isinstance(part, Paragraph) and len(part.text) <= _LONGEST_LINE)
    rows = "\n".join(line.rpartition("。")[2] for line in lines)
    return len(set(_ROWS_NAMED.findall("".join(rows.split())))) >= 2


def as_tables(tree: LexborHTMLParser, hidden: Collection[int]) -> str | None:
    """The page's markup with its drawn tables as ``<table>``s; None where it draws none. Changes the tree.

    ``hidden``: the elements that the page does not show.
    """
    written = tree.html or ""
    if len(_ALONE.findall(written)) < _LEAST_FIGURES:
        return None  # the search looks at every element, and hardly any page that is no report has four such texts
    put_styles(tree)
    found = _drawn(tree, hidden, "rtl" in written.lower())
    drawn = [each for each in found if len(each.rows) >= 2 and (each.said or each.figures())]
    if not any(each.figures() >= _LEAST_FIGURES for each in drawn):
        return None
    tables = [_written(each.rows) for each in drawn]
    for number, each in enumerate(drawn):
        first, *others = each.nodes
        first.replace_with(_MARK.format(number))
        for node in others:
            node.decompose()
    markup = tree.html or ""
    for number, table in enumerate(tables):
        markup = markup.replace(_MARK.format(number), table)
    return markup


def _written(rows: list[list[Box]]) -> str:
    cells = (
        "".join(f"<td colspan={box.colspan} rowspan={box.rowspan}>{box.node.html or ''}</td>" for box in row)
        for row in rows
    )
    return f'<table data-drawn="">{"".join(f"<tr>{row}</tr>" for row in cells)}</table>'


def settle_drawn(tree: LexborHTMLParser, document: Document) -> None:
    """Says of the grids of such markup which were drawn, and numbers them after the page's own tables."""
    tables = [table for table in tree.css("table") if not _is_dropped(table)]
    drawn = [table.attributes.get("data-drawn") is not None for table in tables]
    own, further = 0, len(drawn) - sum(drawn)
    numbers = []
    for is_drawn in drawn:
        numbers.append(further if is_drawn else own)
        own, further = own + (not is_drawn), further + is_drawn
    for part in document.flow:
        if isinstance(part, Grid) and part.index < len(drawn):
            if drawn[part.index]:
                part.ruled, part.layout = False, False
                part.uncertain.insert(0, PACKED)
            part.index = numbers[part.index]


def _is_dropped(node: Any) -> bool:
    while node is not None and node.tag not in DROPPED:
        node = node.parent
    return node is not None


def _drawn(tree: LexborHTMLParser, hidden: Collection[int], may_turn: bool) -> list[_Drawn]:
    """The drawn tables. ``may_turn``: something on the page is set from right to left."""
    styles, row_names = _columns_by_class(tree), _names_of_rows(tree)
    found: list[_Drawn] = []
    taken: set[int] = set()
    body = tree.body
    if body is None:
        return []
    open_group: int | None = None  # of the table whose next row may follow
    for count, node in enumerate(body.traverse()):
        if count > _MOST:
            break
        if taken and (parent := node.parent) is not None and parent.mem_id in taken:
            taken.add(node.mem_id)
            continue
        holds = node.tag in _HOLDERS or is_custom(node)
        columns = (_grid_columns(node, styles) or _downwards(node)) if holds else 0
        said = holds and is_said_row(node, row_names)
        cells = cells_of(node, columns, said, hidden, may_turn) if holds else None
        if cells is None:
            if open_group is not None and _prints(node):
                open_group = None  # what stands between two tables parts them
            continue
        taken.add(node.mem_id)
        if columns and (down := _downwards(node)) > 1:
            found.append(_Drawn([cells[y::down] for y in range(down)], [node]))
            open_group = None
            continue
        if columns or any(cell.place is not None for cell in cells):
            found.append(_Drawn(_laid(cells) or _flowed(cells, columns or len(cells)), [node]))
            open_group = None
            continue
        group = _group(node.parent)
        if open_group is None or group != open_group:
            found.append(_Drawn(said=said))
        found[-1].rows += _parted(node, cells)
        found[-1].nodes.append(node)
        open_group = group
    for table in found:
        if len(table.nodes) > 1 and "column-reverse" in (table.nodes[0].parent.attributes.get("style") or "").lower():
            table.rows.reverse()
    return found


def _prints(node: Any) -> bool:
    """Text of its own stands in the element."""
    if node.tag in ("script", "style", *DROPPED):
        return False
    child = node.child
    while child is not None:
        if child.tag == "-text" and (child.text_content or "").strip():
            return True
        child = child.next
    return False


def _group(parent: Any) -> int | None:
    """Rows belong together below one element; head and body of a drawn table are one level further down."""
    if parent is None:
        return None
    names = f"{parent.attributes.get('class') or ''} {parent.attributes.get('id') or ''}".lower()
    if re.search(r"t?head|t?body|tfoot", names) and parent.tag != "body" and parent.parent is not None:
        return int(parent.parent.mem_id)
    return int(parent.mem_id)


def _parted(node: Any, cells: list[Box]) -> list[list[Box]]:
    """The rows of one element: of a definition list each run of terms begins one."""
    if node.tag != "dl" or all(cell.node.tag == "dt" for cell in cells):
        return [cells]
    rows: list[list[Box]] = [[]]
    for cell in cells:
        if cell.node.tag == "dt" and rows[-1] and rows[-1][-1].node.tag == "dd":
            rows.append([])
        rows[-1].append(cell)
    return rows


def _columns_by_class(tree: LexborHTMLParser) -> dict[str, int]:
    found: dict[str, int] = {}
    for style in tree.css("style"):
        for name, rules in _RULES.findall(style.text() or ""):
            if (count := _template(rules)) > 1:
                found[name] = count
    return found


def _names_of_rows(tree: LexborHTMLParser) -> frozenset[str]:
    """The classes that the page's own styles make rows of a table."""
    rules = (found for style in tree.css("style") for found in _RULES.findall(style.text() or ""))
    return frozenset(name for name, written in rules if TABLE_ROW.search(written))


def _template(rules: str, pattern: re.Pattern[str] = _TEMPLATE) -> int:
    match = pattern.search(rules)
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


def _downwards(node: Any) -> int:
    """The rows of a CSS grid that is filled column by column."""
    style = (node.attributes.get("style") or "").lower()
    if not re.search(r"grid-auto-flow\s*:\s*column", style):
        return 0
    return _template(style, _TEMPLATE_ROWS)


def _laid(cells: list[Box]) -> list[list[Box]]:
    """The children of a CSS grid whose lines are all given; nothing where they are not, or lie upon each other."""
    rows: dict[int, list[tuple[int, Box]]] = {}
    covered: set[tuple[int, int]] = set()
    for cell in cells:
        if cell.place is None:
            return []
        top, left, down, across = cell.place
        slots = {(y, x) for y in range(top, top + down) for x in range(left, left + across)}
        if slots & covered:
            return []
        covered |= slots
        rows.setdefault(top, []).append((left, cell._replace(rowspan=down, colspan=across)))
    return [[cell for _, cell in sorted(row, key=lambda each: each[0])] for _, row in sorted(rows.items())]


def _flowed(cells: list[Box], columns: int) -> list[list[Box]]:
    """The children of a CSS grid, broken into rows as the browser does."""
    rows: list[list[Box]] = [[]]
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
