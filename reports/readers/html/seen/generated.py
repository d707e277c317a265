"""Words that a style sheet writes before or behind elements: ``td.n::before { content: "12" }`` prints twelve.

What is certain is put into the tree as text. What only the browser knows (a counter, the sign of a font of its own)
makes the cell unreadable, where it may be its figure: a blank cell it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from reports.readers.html.seen.painted import LONGEST, MOST, cell_of_figures, is_beside_label, put
from reports.readers.html.seen.signs import Sign, Signs
from reports.readers.html.seen.style_rules import parted, rules_of, specificity
from reports.readers.html.seen.styles import BLANK, CUT, DOUBT, GONE, UNSEEN, WHITE, Marks, inline, is_read, nodes_of
from reports.readers.marks import PICTURE

_GENERATING: Final = Sign(rb"content\s*:")
_CONTENT = re.compile(r"content(?<![\w-]content)\s*:", re.I)
_SIDE = re.compile(r"::?(before|after|marker)\s*$", re.I)
_SAID = re.compile(r"(?<![\w-])content\s*:\s*((?:\"[^\"]*\"|'[^']*'|[^;\"'])*)", re.I)
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_NAMED = re.compile(r"attr\(\s*([\w-]+)\s*\)", re.I)
_NOTHING: Final = frozenset(("", "none", "normal", "open-quote", "close-quote", "no-open-quote", "inherit", "initial"))
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_SIZED = re.compile(r"(?<![\w-])(?:font-size|font)\s*:\s*[^;]*[1-9]", re.I)
_PLACED = re.compile(r"(?<![\w-])(?:text-indent|position|float|display|visibility)\s*:", re.I)
_ESCAPED = re.compile(r"\\0{0,4}(3[0-9])(?![0-9a-f])\s?", re.I)  # "\\31" is the figure 1
_WORDS = re.compile(r"(?=.*\w)[^\\\ue000-\uf8ff]+", re.S)  # not the signs of icon fonts
_SIGN = re.compile(r"[\\\ue000-\uf8ff]|counter|var\(|url\(|attr\(", re.I)
_CELLS: Final = frozenset(("td", "th"))
_MOST_RULES = 200


@dataclass(slots=True)
class Content:
    """What one rule writes beside the elements of a selector."""

    selector: str
    before: bool
    words: str | None = None  # None where it cannot be known
    attribute: str | None = None  # that holds the words
    important: bool = False
    sized: bool = False  # in a size of its own
    placed: bool = False  # at a place of its own, or visible of its own

    def text(self, held: str | None) -> str:
        """What is written beside an element. ``held``: the attribute's value."""
        return PICTURE if self.words is None else (held or "" if self.attribute else self.words).strip()


def generated(sheet: str) -> Iterator[Content]:
    """Of a sheet's ``content`` rules, what each writes; words are empty where a rule writes nothing."""
    made = 0
    layered = "@layer" in sheet  # some rules go before others by layers, whose order is not read
    for selectors, declarations, certain in _rules(sheet):
        said = _SAID.search(declarations)
        if said is None:
            continue
        value, mark, _ = said[1].partition("!")
        value = value.strip()
        words: str | None = ""
        named = _NAMED.fullmatch(value)
        if value.lower() not in _NOTHING and named is None:
            words = _shown(_known(value), declarations, certain and not layered)
        for selector in parted(selectors):
            side = _SIDE.search(selector)
            if side is not None and made < _MOST_RULES:
                made += 1
                place = selector[: side.start()].strip() or "*"
                known = (
                    None if words and side[1].lower() == "marker" else words
                )  # it is shown of an item of a list only
                content = Content(place, side[1].lower() != "after", known, named[1].lower() if named else None)
                content.important = bool(mark)
                content.sized, content.placed = bool(_SIZED.search(declarations)), bool(_PLACED.search(declarations))
                yield content


def _shown(words: str | None, declarations: str, certain: bool) -> str | None:
    """What is seen of these words: nothing where their own style hides them, None where that cannot be known."""
    effects = inline(declarations)
    if effects & {GONE, UNSEEN, BLANK}:
        return ""
    doubtful = not certain or bool(effects & {WHITE, CUT, DOUBT})
    return None if doubtful and words and any(map(str.isdigit, words)) else words


def _rules(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """Selectors, declarations and whether they hold, of the rules that write something.

    They are few of a sheet's, so the others are not read, unless one stands in another rule.
    """
    found: list[tuple[str, str, bool]] = []
    last, counted, open_blocks = -1, 0, 0
    for content in _CONTENT.finditer(sheet):
        brace = sheet.rfind("{", 0, content.start())
        if brace > last:
            last = brace
            end = sheet.find("}", content.end())
            start = max(sheet.rfind("}", 0, brace), sheet.rfind("{", 0, brace)) + 1
            open_blocks += sheet.count("{", counted, start) - sheet.count("}", counted, start)
            counted = start
            if open_blocks:
                yield from rules_of(_COMMENT.sub(" ", sheet))
                return
            found.append((sheet[start:brace], sheet[brace + 1 : end if end >= 0 else len(sheet)], True))
    yield from found


def _known(value: str) -> str | None:
    """The words of a ``content`` value: empty where it is a mere sign, None where they cannot be known."""
    pieces = [_ESCAPED.sub(lambda code: chr(int(code[1], 16)), one or other) for one, other in _QUOTED.findall(value)]
    words = "".join(pieces)
    if _SIGN.search(words) or _SIGN.search(_QUOTED.sub("", value)):
        return None
    return words if _WORDS.fullmatch(words) and len(words) <= LONGEST else ""


def generate(tree: LexborHTMLParser, signs: Signs, marks: Marks) -> None:
    """Puts into the tree what its sheets write. ``marks``: what styles hide."""
    if not _GENERATING.stands_in(signs):
        return
    left = MOST
    seen: dict[int, bool] = {}
    held: dict[tuple[int, bool], tuple[tuple[int, ...], Any, Content]] = {}
    styles = [style for style in tree.css("style") if is_read(style.attributes)]
    contents = [content for style in styles for content in generated(style.text() or "")]
    if not any(content.words != "" or content.attribute for content in contents):
        return
    for content in contents:
        nodes = nodes_of(tree, content.selector) if left > 0 else []
        left -= len(nodes) + 1
        rank = (content.important, *specificity(content.selector))
        for node in nodes if len(nodes) <= MOST else ():
            key = node.mem_id, content.before
            if key not in held or held[key][0] <= rank:
                held[key] = rank, node, content
    for style in styles:
        if style.child is not None:  # what is written again is not to be painted again
            style.child.replace_with(_CONTENT.sub("painted:", style.text() or ""))
    for _, node, content in held.values():
        text = content.text(node.attributes.get(content.attribute) if content.attribute else None)
        if not text or len(text) > LONGEST:
            continue
        cell = cell_of_figures(node, seen)
        if text == PICTURE:
            if cell is not None and _may_be_figure(cell):
                _write(node, PICTURE, content, marks)
        elif cell is not None or text.isdigit():
            _write(node, text, content, marks)


def _may_be_figure(cell: Any) -> bool:
    """Beside words it is the sign of a list or a link."""
    return not any(map(str.isalpha, cell.text() or "")) and is_beside_label(cell)


def _write(node: Any, text: str, content: Content, marks: Marks) -> None:
    """Puts the words where they are shown, though the element's own text may not be."""
    place = node.mem_id
    blank = place in marks[BLANK]
    out_of_sight = place in marks[GONE] or place in marks[UNSEEN]
    if (blank and not content.sized) or (out_of_sight and not content.placed):
        return
    if not blank and not out_of_sight:
        put(node, text, content.before)
        return
    shown = PICTURE if out_of_sight else text
    if node.tag not in _CELLS:
        node.insert_before(shown)
        return
    while node.child is not None:
        node.child.decompose()
    node.insert_child(shown)
    marks[BLANK].discard(place)
    marks[UNSEEN].discard(place)
