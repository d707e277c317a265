"""What of a parsed page a browser shows, so that no figure takes in what stands hidden, struck or raised beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from reports.readers.html.seen.apart import set_apart
from reports.readers.html.seen.arranged import arrange
from reports.readers.html.seen.awaited import mark_awaited
from reports.readers.html.seen.doubtful import mark_doubtful
from reports.readers.html.seen.generated import generate
from reports.readers.html.seen.listed import mark_numbered
from reports.readers.html.seen.painted import PAINTING, cell_of_figures, paint, put
from reports.readers.html.seen.panels import behind_tabs
from reports.readers.html.seen.revealed import reveal
from reports.readers.html.seen.scripted_styles import imported, in_doubt
from reports.readers.html.seen.signs import Sign, Signs
from reports.readers.html.seen.style_signs import telling
from reports.readers.html.seen.styles import (
    BLANK,
    CUT,
    DOUBT,
    GONE,
    GROUND,
    GROUNDS,
    HIDDEN,
    READERS_ONLY,
    STRUCK,
    UNSEEN,
    WHITE,
    Effects,
    Marks,
    apply,
    empty_marks,
    inline,
    read_sheets,
    selected,
    sheets_of,
)
from reports.readers.marks import PICTURE

_CELLS: Final = frozenset(("td", "th"))
_STRUCK_TAGS: Final = frozenset(("s", "del", "strike"))
_RAISED_TAGS: Final = frozenset(("sup", "sub", "rt", "rp"))
_TELLING_TAGS = re.compile(rf"<({'|'.join((*_STRUCK_TAGS, *_RAISED_TAGS, *PAINTING, 'dialog'))})[\s>/]".encode())
_FOR_READERS: Final = tuple(Sign(name.encode()) for name in READERS_ONLY)
_RAISED_STYLE: Final = Sign(rb"vertical-align\s*:\s*su")
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.I)
#: What draws letters that have no colour of their own all the same.
_DRAWN = re.compile(
    r"text-shadow\s*:\s*(?!none|0\s*[;}!])|text-stroke[a-z-]*\s*:\s*(?!0\s*[;}!])|text-fill-color\s*:\s*(?!transparent|white|#f)",
    re.I,
)
_HIDDEN: Final = Sign(rb"hidden[\s>=/]")
_DISPLAYED: Final[Effects] = ((DOUBT, "display", re.compile(r"(?!none\b)\S")),)
_OPENING = "[([（【〔"
_LONGEST_STRUCK = 200  # characters; more of a cell under one <s> is a tag left open


@dataclass(slots=True)
class Shown:
    """What the walk has to leave out, by the elements' addresses in the tree."""

    gone: set[int] = field(default_factory=set)  # takes no place: display:none
    unseen: set[int] = field(default_factory=set)  # takes its place, blank
    struck: bool = False  # text that was struck through has been taken out
    unsure: bool = False  # the page's sheets are too many to tell what is shown: its figures have been marked

    def __bool__(self) -> bool:
        return bool(self.gone or self.unseen)


def shown(tree: LexborHTMLParser, markup: bytes) -> Shown:
    """What is hidden; painted, raised and struck text in cells is settled in the tree itself."""
    result = Shown()
    signs = Signs.of(markup)
    tags = frozenset(tag.decode() for tag in set(_TELLING_TAGS.findall(signs.tags)))
    if _HIDDEN.stands_in(signs):
        result.gone.update(_hidden(tree))
    if any(name.stands_in(signs) for name in _FOR_READERS):
        result.gone.update(node.mem_id for node in tree.css(",".join(f".{name}" for name in READERS_ONLY)))
    if "dialog" in tags:
        result.gone.update(node.mem_id for node in tree.css("dialog:not([open])"))
    if b"popover" in signs.words:  # until a script opens it
        result.gone.update(node.mem_id for node in tree.css("[popover]"))
    if "del" in tags:  # whole tables that were taken back
        result.gone.update(node.mem_id for node in tree.css("del") if node.css_first("table") is not None)
    marks = empty_marks()
    if selector := telling(signs):
        result.unsure = not _mark(tree, selector, marks)
    opened = behind_tabs(tree, result.gone | marks[GONE])
    result.gone -= opened
    marks[GONE] -= opened
    generate(tree, signs, marks)
    if marks[UNSEEN] or marks[BLANK]:
        reveal(tree, signs.tags, sheets_of(tree), marks)
    hidden = result.gone | marks[GONE] | marks[UNSEEN]
    mark_awaited(tree, signs, hidden)
    paint(tree, tags, signs.tags, hidden)
    mark_numbered(tree, markup, signs.tags, hidden)
    raised = arrange(tree, signs)
    raised |= set_apart(tree, markup, signs.tags, result.gone.union(*(marks[effect] for effect in HIDDEN)))
    if raised or tags & _RAISED_TAGS or _RAISED_STYLE.stands_in(signs):
        _bracket_marks(tree, raised)
    if marks[STRUCK] or tags & _STRUCK_TAGS:
        result.struck = _take_out_struck(tree, marks[STRUCK])
    result.gone |= marks[GONE]
    result.unseen |= marks[UNSEEN] | marks[BLANK] | marks[WHITE]
    return result


def _hidden(tree: LexborHTMLParser) -> set[int]:
    """Elements with the attribute ``hidden``; those that a style gives a ``display`` are shown, and are in doubt."""
    nodes = tree.css("[hidden]")
    found: Marks = {DOUBT: set(), CUT: set()}
    found[DOUBT] = {node.mem_id for node in nodes if inline(node.attributes.get("style") or "", _DISPLAYED)}
    if nodes:
        apply(read_sheets(sheets_of(tree), _DISPLAYED), lambda selector: selected(tree, selector), found)
    hidden = {node.mem_id for node in nodes}
    found[DOUBT] &= hidden
    mark_doubtful(tree, found)
    return hidden - found[DOUBT]


def _mark(tree: LexborHTMLParser, selector: str, marks: Marks) -> bool:
    """Marks what styles hide; whether all of them could be asked."""
    for node in tree.css(selector):
        for effect in inline(node.attributes.get("style") or ""):
            marks[effect].add(node.mem_id)
    written = sheets_of(tree)
    written += imported(written)
    written += in_doubt([node.text() or "" for node in tree.css("script")], written)
    sheet = read_sheets(written)
    whole = sheet.whole
    if sheet.hides():
        whole = apply(sheet, lambda selector: selected(tree, selector), marks)
    if marks[WHITE]:
        whole &= apply(read_sheets(written, GROUNDS), lambda selector: selected(tree, selector), marks)
    if marks[BLANK] or marks[WHITE]:
        cells = [cell for cell in tree.css("td,th") if cell.css_first("table") is None]
        marks[BLANK] = {node.mem_id for node in _inside(cells, marks[BLANK])}
        marks[DOUBT] |= set(_white_as_a_whole(cells, marks[WHITE], marks[GROUND]))
        white = set(_white(cells, marks[WHITE], marks[GROUND]))
        drawn = white and (any(map(_DRAWN.search, written)) or _draws_otherwise(tree))
        marks[DOUBT] |= white if drawn else set()
        marks[WHITE] = set() if drawn else white
    if marks[CUT] or marks[DOUBT] or not whole:
        mark_doubtful(tree, marks, every=not whole)
    return whole


def _draws_otherwise(tree: LexborHTMLParser) -> bool:
    """Whether an element's own style draws its letters by a shadow, a stroke or a filling."""
    named = tree.css("[style*='text-s' i],[style*='text-fill' i]")
    return any(_DRAWN.search(node.attributes.get("style") or "") for node in named)


def _inside(cells: Iterable[Any], marked: set[int]) -> Iterator[Any]:
    for cell in cells if marked else ():
        for node in cell.css("*"):
            if node.mem_id in marked:
                yield node


def _white(cells: Iterable[Any], marked: set[int], grounds: set[int]) -> Iterator[int]:
    """White text beside text that is not white, on no ground of its own: it is there for nobody to see."""
    for cell in cells if marked else ():
        found = list(_outermost(cell.css("*"), lambda node: node.mem_id in marked))
        found = [node for node in found if node.tag not in _CELLS and not _has_ground(node, grounds)]
        if found and sum(_size(node) for node in found) < _size(cell):
            yield from (node.mem_id for node in found)


def _white_as_a_whole(cells: Iterable[Any], marked: set[int], grounds: set[int]) -> Iterator[int]:
    """Cells of nothing but white text where no ground is known: a sheet elsewhere may give them one."""
    for cell in cells if marked else ():
        found = list(_outermost((cell, *cell.css("*")), lambda node: node.mem_id in marked))
        whole = found and (found[0].mem_id == cell.mem_id or sum(map(_size, found)) >= _size(cell) > 0)
        if whole and not any(_has_ground(node, grounds, beyond=True) for node in found):
            yield cell.mem_id


def _has_ground(node: Any, grounds: set[int], beyond: bool = False) -> bool:
    """Whether something up to the table, or ``beyond``, gives an element a ground."""
    while node is not None and (beyond or node.tag != "table"):
        attributes = node.attributes
        if node.mem_id in grounds or "bgcolor" in attributes or "background" in (attributes.get("style") or "").lower():
            return True
        node = node.parent
    return False


def _size(node: Any) -> int:
    return len("".join((node.text() or "").split()))


def _outermost(nodes: Iterable[Any], wanted: Callable[[Any], bool]) -> Iterator[Any]:
    """Those of the nodes, in document order, that stand in none of the others."""
    taken: set[int] = set()
    for node in nodes:
        if node.mem_id in taken or not wanted(node):
            continue  # lexbor gives an element twice that two selectors of a list match
        parent = node.parent
        while parent is not None and parent.mem_id not in taken and parent.tag not in _CELLS:
            parent = parent.parent
        if parent is None or parent.mem_id not in taken:
            taken.add(node.mem_id)
            yield node


def _bracket_marks(tree: LexborHTMLParser, marked: set[int]) -> None:
    """A raised mark behind a figure is a footnote's: 12<sup>1</sup> prints 12 and must not be read as 121."""
    selector = "td sup,th sup,td sub,th sub,td rt,th rt,td rp,th rp,td [style*='align' i],th [style*='align' i]"
    if marked:
        selector = "td *,th *"
    for raised in list(_outermost(tree.css(selector), lambda node: node.mem_id in marked or _is_raised(node))):
        mark = (raised.text() or "").strip()
        if raised.tag in ("rt", "rp"):  # how a character is spoken
            cell = cell_of_figures(raised, {}) if raised.tag == "rt" and any(map(str.isdigit, mark)) else None
            if cell is not None:  # a figure above a figure is no way to speak it: a browser shows both
                put(cell, PICTURE, before=True)
            raised.replace_with("")
        elif mark and len(mark) <= 4:
            raised.replace_with(mark if mark[0] in _OPENING else f"[{mark}]")


def _is_raised(node: Any) -> bool:
    tag = node.tag
    if tag in ("sup", "sub", "rt", "rp"):
        return True
    return tag not in _CELLS and _RAISED.search(node.attributes.get("style") or "") is not None


def _take_out_struck(tree: LexborHTMLParser, marked: set[int]) -> bool:
    """Struck text does not count: it is left out where something else stands in its cell, else marked ``~~12~~``."""
    by_cell: dict[int, tuple[Any, list[Any]]] = {}
    selector = "td s,th s,td del,th del,td strike,th strike"
    if marked:
        selector += ",td,th,td *,th *"
    struck = _outermost(tree.css(selector), lambda node: node.tag in ("s", "del", "strike") or node.mem_id in marked)
    for node in list(struck):
        if node.css_first("table,tr,td td") is not None or not 0 < _size(node) <= _LONGEST_STRUCK:
            continue
        cell = node
        while cell is not None and cell.tag not in _CELLS:
            cell = cell.parent
        if cell is not None:
            by_cell.setdefault(cell.mem_id, (cell, []))[1].append(node)
    for cell, nodes in by_cell.values():
        alone = sum(map(_size, nodes)) >= _size(cell)
        for node in nodes:
            kept = f"~~{(node.text() or '').strip()}~~" if alone else ""
            if node.tag not in _CELLS:
                node.replace_with(kept)
                continue
            while node.child is not None:
                node.child.decompose()
            node.insert_child(kept)
    return bool(by_cell)
