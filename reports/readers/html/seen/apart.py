"""Digits in one cell that only a style tells apart: set at a distance, raised, made small, or moved past each other.

``<b class="year">3</b><b class="year">7</b>`` with a margin shows two figures, not 37, and a small raised 2 behind 12
is a note's mark. Nearly no page has such cells: they are looked for first, and styles read only where there are any.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from reports.readers.html.seen.painted import TURNED, cell_of_figures
from reports.readers.html.seen.styles import Effects, Marks, apply, inline, read_sheets, selected, sheets_of
from reports.readers.html.seen.visible import visible_text

RAISED, APART, UNSURE, FLOATED = "raised", "apart", "unsure", "floated"
_SOME = r"[-+]?\d*\.?\d*[1-9]"
_ACROSS = re.compile(rf"(?:{_SOME}\S*$|\S+\s+{_SOME}|\S+\s+\S+\s+\S+\s+{_SOME})")
_LENGTH = re.compile(_SOME)
_SMALL = re.compile(
    r"(?:0*[1-8](?:\.\d+)?px|0*[1-6](?:\.\d+)?pt|[1-7]\d?(?:\.\d+)?%(?<!7[5-9]%)|0?\.[1-7]\d*r?em|x+-small|smaller)\s*$"
)
_CONCEALING: Final = (
    "clip", "clip-path", "filter", "mix-blend-mode", "mask", "mask-image", "-webkit-mask-image", "zoom",
    "overflow", "perspective", "rotate", "font-size-adjust", "animation", "animation-name",
)  # fmt: skip
_ANY = re.compile(r"(?!(?:none|normal|auto|visible|inherit|initial|unset|1(?:\.0*)?|100%)\s*$)\S")
_PALE: Final = r"light|snow|ivory|azure|aliceblue|gainsboro|silver|whitesmoke|#[d-f]{3}\b|#(?:[d-f][\da-f]){3}"
_FAINT = re.compile(rf"(?!#(?:f{{3}}|f{{6}})\b)(?:{_PALE}|.*\(.*var\()")  # white is looked at with what it stands on
_PALE_FONT = re.compile(rf"white|{_PALE}")
_EFFECTS: Final[Effects] = (
    *((APART, name, _ACROSS) for name in ("margin", "padding")),
    *(
        (APART, f"{name}-{side}", _LENGTH)
        for name in ("margin", "padding")
        for side in ("left", "right", "inline-start", "inline-end", "inline")
    ),
    *((APART, name, _LENGTH) for name in ("left", "right", "margin-inline", "padding-inline")),
    (APART, "float", re.compile(r"(?:right|inline-end)\b")),
    (APART, "position", re.compile(r"(?:absolute|fixed)\b")),
    (APART, "font-size", _SMALL),
    (APART, "transform", re.compile(r".*\b(?:translate(?:x|3d)?|matrix)\(")),
    (APART, "translate", re.compile(_SOME)),
    (FLOATED, "float", re.compile(r"(?:left|inline-start)\b")),
    *(
        (APART, f"grid-{place}", re.compile(r"(?!(?:auto|none|inherit|initial|unset|revert)\s*$)\S"))
        for place in ("area", "column", "column-start", "column-end", "row", "row-start", "row-end")
    ),
    (RAISED, "transform", re.compile(r".*\b(?:translatey|scale)\(")),
    (RAISED, "vertical-align", re.compile(rf"(?:super|sub|text-top|text-bottom|{_SOME})")),
    *((RAISED, name, _LENGTH) for name in ("top", "bottom")),
    # how much of the digits is seen then nobody knows without a browser
    *((UNSURE, name, _ANY) for name in _CONCEALING),
    (UNSURE, "display", re.compile("table-column")),
    (UNSURE, "transform", re.compile(r".*\b(?:rotate|skew|perspective)")),
    (UNSURE, "font-size", re.compile(r".*\(")),
    (UNSURE, "text-indent", re.compile(r"-\s*\d")),
    (UNSURE, "opacity", re.compile(r".*\(|0?\.[12]")),
    (UNSURE, "color", _FAINT),
)
_INLINE: Final = ("span", "font", "b", "strong", "i", "em", "u", "a", "small", "big", "label")
#: A digit, elements of a line that begin or end, another digit: hardly any page has it, and it is quickly looked for.
_BETWEEN: Final = rf"/?(?i:{'|'.join(_INLINE)})\b[^>]*>\s*"
_PARTED = re.compile(rf"<(?<=[0-9]<){_BETWEEN}(?:<{_BETWEEN})*[-.0-9]".encode())
_ENDED = re.compile(rf"<(?<=[0-9]<)/?(?:{'|'.join(_INLINE)})\b".encode())  # its beginning, in lower case
_TAG: Final = rf"<(?:{'|'.join(_INLINE)})\s[^>]*".encode()
_CLASSED = re.compile(_TAG + rb"(?:class|id)=")
_STYLED = re.compile(
    _TAG + rb"(?:margin|padding|float|position\s*:|transform|translate|grid|vertical-align\s*:\s*(?:[-+.\d]|text-|su)|"
    rb"font-size\s*:\s*(?:0*[1-8](?:\.\d+)?px|0*[1-6](?:\.\d+)?pt|[1-7]\d?(?:\.\d+)?%|0?\.\d|x|smaller|[a-z]+\()|"
    rb"clip|filter|blend|mask|opacity|zoom|overflow|perspective|rotate|size-adjust|animation|table-col|indent\s*:\s*-|"
    rb"color\s*[:=]\s*[\"']?\s*(?:#[d-f]|[a-z]*white|light|snow|ivory|azure|alice|gains|silver))"
)
_WANTED: Final = (
    ("[class]", _CLASSED), ("[id]", _CLASSED), ("[style]", _STYLED), ("[color]", _STYLED),
    ("small", re.compile(rb"<small\b")), ("[href^='#']", re.compile(rb"<a\s[^>]*href\s*=\s*[\"']?#")),
)  # fmt: skip
_RAISED_NAMES: Final = frozenset(("sup", "super", "superscript", "sub", "subscript", "footnote", "noteref"))
_FIGURE = re.compile(r"[-+−－]?[\d.,，]{1,20}(?:件|个|条|项|万元|元)?")
_QUOTED: Final = rb"[^>\"']*+(?:\"[^\"]*\"[^>\"']*+|'[^']*'[^>\"']*+)*+>"
_ANY_TAG = re.compile(rb"<(?:(t[dh]\b)|[/a-z!?])" + _QUOTED, re.I)
#: No figure of ``_FIGURE`` holds such a byte before its last digit, in UTF-8, GBK or Big5; nearly all words do.
_WORD = re.compile(rb"[\xe4-\xe9]")
_FOREIGN_SHEET = re.compile(rb"rel\s*=\s*[\"']?[a-z\s]*stylesheet|@import")
#: Classes that Word, WPS and Excel give to their own characters.
_OF_EDITORS = re.compile(r"\d+|(?:font|xl|et)\d+|mso\w*|spelle|grame|apple-\S*", re.I)
_MOST = 20_000  # elements that are looked at
_MOST_PLACES, _LOOK_BACK = 40, 3_000  # of digits in pieces, and the bytes before each that may tell of its cell
_MOST_PIECES = 60  # of one cell; the first are the outermost


def set_apart(tree: LexborHTMLParser, markup: bytes, signs: bytes, hidden: Collection[int]) -> set[int]:
    """Marks cells whose digits are not one figure; the elements that are raised beside a figure.

    ``markup``: the page's; ``signs``: its tags in lower case; ``hidden``: the elements that it does not show.
    """
    # in this order: to look through the whole markup takes longest
    if not _ENDED.search(signs) or not any(told.search(signs) for _, told in _WANTED):
        return set()
    if not _PARTED.search(markup) or (not hidden and not _in_cells(markup)):
        return set()
    cells = _in_pieces(tree, [sign for sign, told in _WANTED if told.search(signs)], hidden)
    if not cells:
        return set()
    marks = _marks_of(tree, [piece for _, pieces in cells.values() for piece in pieces])
    raised: set[int] = set()
    foreign = _FOREIGN_SHEET.search(signs) is not None
    known = " ".join(sheets_of(tree)) if foreign else ""
    for cell, pieces in cells.values():
        above = [piece for piece in pieces if piece.mem_id in marks[RAISED]]
        if above and sum(_digits(piece, hidden) for piece in above) < _digits(cell, hidden):
            raised.update(piece.mem_id for piece in above)
            continue
        floated = [piece for piece in pieces if piece.mem_id in marks[FLOATED]]  # goes before what stands in the line
        past = floated and sum(_digits(piece, hidden) for piece in floated) < _digits(cell, hidden)
        if (past or any(piece.mem_id in marks[APART] for piece in pieces)) and cell.child is not None:
            cell.child.insert_before(TURNED)
            continue
        for piece in pieces:  # set apart by a space they count as one figure where a sum says so
            if piece.mem_id in marks[UNSURE] or (foreign and _is_named_elsewhere(piece, known)):
                piece.insert_before(" ")
                piece.insert_after(" ")
    return raised


def _marks_of(tree: LexborHTMLParser, pieces: list[Any]) -> Marks:
    """What styles, names and attributes do to these elements."""
    marks: Marks = {RAISED: set(), APART: set(), UNSURE: set(), FLOATED: set()}
    for piece in pieces:
        attributes = piece.attributes
        for effect in inline(attributes.get("style") or "", _EFFECTS):
            marks[effect].add(piece.mem_id)
        if _PALE_FONT.match((attributes.get("color") or "").strip().lower()):
            marks[UNSURE].add(piece.mem_id)
        if _is_note(attributes):
            marks[RAISED].add(piece.mem_id)
        elif piece.tag == "small":
            marks[APART].add(piece.mem_id)
    if not apply(read_sheets(sheets_of(tree), _EFFECTS), lambda selector: selected(tree, selector), marks):
        marks[APART] |= {piece.mem_id for piece in pieces}
    return marks


def _is_note(attributes: Mapping[str, str | None]) -> bool:
    """The mark of a footnote, by its name or because it leads to one."""
    names = (attributes.get("class") or "").lower().split()
    return not _RAISED_NAMES.isdisjoint(names) or (attributes.get("href") or "").startswith("#")


def _is_named_elsewhere(piece: Any, known: str) -> bool:
    """Whether only a sheet that is not read could say how some digits of a figure look, or that they are not shown."""
    names = [*(piece.attributes.get("class") or "").split(), *(piece.attributes.get("id") or "").split()]
    return any(name not in known and _OF_EDITORS.fullmatch(name) is None for name in names)


def _in_cells(markup: bytes) -> bool:
    """Whether digits in pieces may stand in a cell of nothing but digits; in ``2024<b>01</b>`` of a sentence none do.

    Words between the opening of a cell and the digits say that they do not, which saves a page pasted from Word the
    search among all its elements: as much as a third of the parse. Asked only where nothing is hidden.
    """
    for number, place in enumerate(_PARTED.finditer(markup)):
        if number == _MOST_PLACES:
            return True
        at = place.start()
        tag = markup.find(b"<", max(0, at - _LOOK_BACK), at)
        before = markup[tag:at] if tag >= 0 else b""
        beside = _ANY_TAG.sub(lambda tag: b"<" if tag[1] else b"", before).rpartition(b"<")[2]
        if not _WORD.search(beside):
            return True
    return False


def _digits(node: Any, hidden: Collection[int]) -> int:
    return sum(map(str.isdigit, visible_text(node, hidden)))


def _in_pieces(tree: LexborHTMLParser, wanted: list[str], hidden: Collection[int]) -> dict[int, tuple[Any, list[Any]]]:
    """The cells of nothing but digits of which an element holds a part, with such elements."""
    cells: dict[int, tuple[Any, list[Any]]] = {}
    asked: Counter[int] = Counter()
    seen: dict[int, bool] = {}
    names = [f"{name}{sign}" for sign in wanted for name in _INLINE if sign[0] == "["]
    names += [sign for sign in wanted if sign[0] != "["]
    selector = ",".join(f"{cell} {name}" for cell in ("td", "th") for name in names)
    for node in tree.css(selector)[:_MOST]:
        cell = cell_of_figures(node, seen)
        if cell is None or asked[cell.mem_id] == _MOST_PIECES:
            continue
        asked[cell.mem_id] += 1
        text = visible_text(node, hidden).strip()
        if not _FIGURE.fullmatch(text):
            continue
        whole = visible_text(cell, hidden).strip()
        if len(whole) > len(text) and _FIGURE.fullmatch(whole):
            pieces = cells.setdefault(cell.mem_id, (cell, []))[1]
            if all(node.mem_id != each.mem_id for each in pieces):
                pieces.append(node)
    return cells
