"""One pass over lexbor's tree: blocks, tables, links, metadata.

A page is read in document order without recursion, so that nesting of any depth costs no stack. Elements are classed by
what they do to the text around them; unknown elements (``<o:p>``, ``<ucapcontent>``, ``<st1:chsdate>``) do nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from reports.readers import page_parts
from reports.readers.flow import Line, Region, Table, TableCell
from reports.readers.typeset import one_line

BLOCK, DROP, TABLE, ROW, CELL, BREAK, LINK, HEADING, META, FRAME, IMAGE, TITLE, GROUP, BASE, PRE, SCRIPT = range(1, 17)
REGION, UNHIDE, SEVERAL, FOOT = range(17, 21)

_BLOCKS = (
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li", "main",
    "menu", "nav", "ol", "p", "section", "summary", "ul", "caption", "ucapcontent", "ucaptitle",
)  # fmt: skip
_DROPPED = (
    "style", "noscript", "template", "select", "datalist", "svg", "math", "canvas", "audio", "video", "button",
    "colgroup",
)  # fmt: skip
KINDS: Final[dict[str, int]] = {
    **dict.fromkeys(_BLOCKS, BLOCK),
    **dict.fromkeys(_DROPPED, DROP),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), HEADING),
    **dict.fromkeys(("iframe", "frame", "embed", "object"), FRAME),
    **dict.fromkeys(("tbody", "thead", "tfoot"), GROUP),
    "script": SCRIPT, "table": TABLE, "tr": ROW, "td": CELL, "th": CELL, "br": BREAK, "a": LINK, "meta": META,
    "img": IMAGE, "title": TITLE, "base": BASE, "pre": PRE, "textarea": PRE,
}  # fmt: skip
_NAMED = frozenset((*_BLOCKS, "td", "table", "span"))
_NUMBER = re.compile(r"\s*\+?(\d{1,7})")
_HIDING = "[hidden],[style*='none' i],[style*='hidden' i],textarea,[style*='mso-hide' i]"
_HIDING_WORDS = ("isplay", "ISPLAY", "idden", "mso-hide", "IDDEN", "ollapse")
_DISPLAY_NONE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)", re.I
)


@dataclass(slots=True)
class Walked:
    """What a page holds, before it is laid out. Addresses are as written."""

    blocks: list[Line | Table] = field(default_factory=list)
    title: str = ""
    headings: list[tuple[int, str]] = field(default_factory=list)  # (rank, text): 0 is <ucaptitle>, 2 <h1>, 3 by name
    meta: list[tuple[str, str]] = field(default_factory=list)
    tagged: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str, str, bool]] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    images: list[tuple[str, str, str, str, bool]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    base: str | None = None
    tables: int = 0


_BLOCK_END = (BLOCK,)
_INLINE = "span,font,b,strong,i,em,u,sup,sub,ins,o\\:p"


class _Simple:
    """Which cells and paragraphs hold nothing but characters, so that their text can be taken in one call.

    The tree is asked by selectors, which run in C: nine tenths of a report pasted from Word are spans in such cells.
    """

    def __init__(self, tree: LexborHTMLParser, *, skip: bool) -> None:
        self.slow: set[int] = set()  # cells and paragraphs that have to be walked
        self.spanning = {cell.mem_id for cell in tree.css("[colspan],[rowspan]")}
        if skip:
            return
        for node in tree.css("td > p ~ *,td > * ~ p,th > p ~ *,th > * ~ p"):
            if node.parent is not None:
                self.slow.add(node.parent.mem_id)
        seen: set[int] = set()
        for node in tree.css(f"td :not(p,{_INLINE}),th :not(p,{_INLINE}),p :not({_INLINE})"):
            parent = node.parent
            while parent is not None and (place := parent.mem_id) not in seen:
                seen.add(place)
                if parent.tag in _READ_WHOLE:
                    self.slow.add(place)
                    if parent.tag != "p":
                        break
                parent = parent.parent
        for node in tree.css("td :not(td,th) > p,th :not(td,th) > p"):
            parent = node.parent
            while parent is not None and parent.tag not in _READ_WHOLE:
                parent = parent.parent
            if parent is not None:
                self.slow.add(parent.mem_id)


_READ_WHOLE = frozenset(("td", "th", "p"))


def _plain_row(row: Any, simple: _Simple, sink: _Sink) -> list[TableCell] | None:
    """The cells of a row that is nothing but plain cells; None for any other, which has to be walked."""
    slow, spanning = simple.slow, simple.spanning
    hidden, region = sink.hidden, sink.region
    cells: list[TableCell] = []
    node = row.child
    while node is not None:
        tag = node.tag
        if tag == "td" or tag == "th":
            place = node.mem_id
            if place in slow:
                return None  # a break, several blocks or a link in it
            text = one_line(node.text())
            if text:
                beside = node.text(deep=False).strip()
                if beside and one_line(beside) != text:
                    return None  # text beside a paragraph is a line of its own
            cell = TableCell()
            if place in spanning:
                attributes = node.attributes
                cell.rowspan = _span(attributes.get("rowspan"), 1)
                cell.colspan = _span(attributes.get("colspan"), 1)
            if text:
                cell.say(Line(text, 0, None, hidden, region))
            cells.append(cell)
        elif tag != "-text":
            return None
        node = node.next
    return cells


@dataclass(slots=True)
class _Sink:
    """Where lines go: the page, a cell, or something hidden."""

    blocks: list[Line | Table]
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    hidden: bool = False
    region: Region = "body"
    level: int | None = None

    def flush(self) -> None:
        if not self.pieces:
            return
        text = one_line("".join(self.pieces))
        if text:
            self.blocks.append(Line(text, min(self.linked, len(text)), self.level, self.hidden, self.region))
        self.pieces.clear()
        self.linked = 0


@dataclass(slots=True)
class _State:
    """What is open while the tree is walked."""

    walked: Walked
    tables: list[Table] = field(default_factory=list)
    rows: list[list[TableCell]] = field(default_factory=list)
    link: tuple[str, str, list[str]] | None = None
    feet: list[tuple[Table, list[list[TableCell]], int]] = field(default_factory=list)

    def close(self, end: tuple[Any, ...], sink: _Sink) -> _Sink:
        """Does what is due at the end of an element, and says where the text goes from here on."""
        what = end[0]
        if what == BLOCK:
            sink.flush()
        elif what == CELL:
            sink.flush()
            _, outer, cell, shown = end
            cell.close()
            if shown and self.rows:
                self.rows[-1].append(cell)
            return outer  # type: ignore[no-any-return]
        elif what == ROW:
            cells = self.rows.pop()
            if end[1] or self.tables[-1].hidden:
                self.tables[-1].rows.append(cells)
            else:
                self.tables[-1].uncertain.append("a hidden row was left out")
        elif what == TABLE:
            sink.flush()
            table = self.tables.pop()
            while self.feet and self.feet[-1][0] is table:
                _, rows, last = self.feet.pop()
                if last < len(table.rows):  # a foot that is written before the body is shown after it
                    del table.rows[last - len(rows) : last]
                    table.groups = [group - len(rows) if group >= last else group for group in table.groups]
                    table.groups.append(len(table.rows))
                    table.rows += rows
            table.close()
            sink.blocks.append(table)
        elif what == LINK:
            if self.link is not None:
                href, title, pieces = self.link
                self.walked.links.append((href, one_line("".join(pieces)), title, sink.region == "body"))
            self.link = None
        elif what == HEADING:
            sink.flush()
            text = "\n".join(block.text for block in sink.blocks[end[1] :] if isinstance(block, Line))
            if text and len(text) < 300:
                self.walked.headings.append((end[3], text))
            sink.level = end[2]
        elif what == FOOT:
            table = self.tables[-1]
            self.feet.append((table, table.rows[end[1] :], len(table.rows)))
        elif what == REGION:
            sink.flush()
            sink.region = "body"
        elif what == UNHIDE:
            sink.flush()
            return end[1]  # type: ignore[no-any-return]
        else:
            for each in end[1:]:
                sink = self.close(each, sink)
        return sink


def _bracket_footnotes(tree: LexborHTMLParser) -> None:
    """A raised mark behind a figure is a footnote's: 12<sup>1</sup> prints 12 and must not be read as 121."""
    for raised in tree.css("td sup, th sup"):
        mark = (raised.text() or "").strip()
        if mark and len(mark) <= 4:
            raised.replace_with(mark if mark[0] in "[([（【" else f"[{mark}]")


def walk(tree: LexborHTMLParser, markup: str, *, careful: bool = False) -> Walked:
    """Everything on the page, in document order. ``markup`` is what the tree was made of."""
    walked = Walked()
    root = tree.root
    if root is None:
        return walked
    if "<sup" in markup or "<SUP" in markup:
        _bracket_footnotes(tree)
    hidden = _hidden(tree, markup)
    careful = careful or bool(hidden)  # selectors take quadratic time in trees of hostile depth
    simple = _Simple(tree, skip=careful)
    slow = simple.slow
    sink = _Sink(walked.blocks)
    kinds = KINDS
    tagged_elements = page_parts.tagged_elements()
    title_elements = page_parts.title_elements()
    state = _State(walked)
    tables = state.tables
    ends: list[tuple[Any, ...] | None] = []  # what to do when an element ends, innermost last
    node = root
    while True:
        tag = node.tag
        down = True
        end: tuple[Any, ...] | None = None
        if tag == "-text":
            text = node.text_content
            if text and (sink.pieces or not text.isspace()):
                sink.pieces.append(text)
                link = state.link
                if link is not None:
                    link[2].append(text)
                    sink.linked += len(text.strip())
            down = False
        else:
            kind = kinds.get(tag, 0) if tag is not None else 0
            if kind == BLOCK:
                if sink.pieces:
                    sink.flush()
                if tag == "p" and not careful and node.mem_id not in slow:
                    text = one_line(node.text())
                    if text:
                        link = state.link
                        if link is not None:
                            link[2].append(text)
                        sink.blocks.append(Line(text, len(text) if link else 0, sink.level, sink.hidden, sink.region))
                    down = False
                else:
                    end = _BLOCK_END
            elif kind == CELL:
                cell = TableCell()
                place = node.mem_id
                if place in simple.spanning:
                    attributes = node.attributes
                    cell.rowspan = _span(attributes.get("rowspan"), 1)
                    cell.colspan = _span(attributes.get("colspan"), 1)
                end = (CELL, sink, cell, place not in hidden)
                sink = _Sink(cell.blocks, region=sink.region, hidden=sink.hidden)
            elif kind == BREAK:
                sink.flush()
                down = False
            elif kind == LINK:
                if state.link is None:
                    attributes = node.attributes
                    href = attributes.get("href")
                    if href:
                        state.link = (href, attributes.get("title") or "", [])
                        end = (LINK,)
            elif kind == ROW:
                if tables:
                    plain = None if careful else _plain_row(node, simple, sink)
                    if plain is not None:
                        tables[-1].rows.append(plain)
                        down = False
                    else:
                        end = (ROW, node.mem_id not in hidden)
                        state.rows.append([])
            elif kind == TABLE:
                sink.flush()
                table = Table(walked.tables, hidden=sink.hidden, nested=bool(tables))
                walked.tables += 1
                tables.append(table)
                end = (TABLE, table)
            elif kind == GROUP:
                if tables:
                    table = tables[-1]
                    table.groups.append(len(table.rows))
                    if tag == "tfoot":
                        end = (FOOT, len(table.rows))
            elif kind == DROP:
                down = False
            elif kind == SCRIPT:
                walked.scripts.append(node.attributes.get("src") or node.text() or "")
                down = False
            elif kind == HEADING:
                sink.flush()
                depth = int(str(tag)[1])
                end = (HEADING, len(sink.blocks), sink.level, 2 * depth)
                sink.level = depth
            elif kind == META:
                _meta(node.attributes, walked)
                down = False
            elif kind == IMAGE:
                attributes = node.attributes
                source = attributes.get("src") or attributes.get("data-src") or attributes.get("oldsrc")
                if source:
                    walked.images.append((source, attributes.get("alt") or "", attributes.get("width") or "",
                                          attributes.get("height") or "", sink.region == "body"))  # fmt: skip
                down = False
            elif kind == TITLE:
                if not walked.title:
                    walked.title = one_line(node.text() or "")
                down = False
            elif kind == FRAME:
                attributes = node.attributes
                source = attributes.get("src") or attributes.get("data")
                if source:
                    walked.frames.append(source)
                down = tag == "object"
            elif kind == PRE:
                sink.flush()
                for piece in re.split(r"[\r\n]+", node.text() or ""):
                    line = one_line(piece)
                    if line:
                        concealed = sink.hidden or tag == "textarea"
                        sink.blocks.append(Line(line, 0, None, concealed, sink.region))
                down = False
            elif kind == BASE:
                walked.base = walked.base or node.attributes.get("href")
                down = False
            elif tag is None or tag[0] == "-":
                down = tag == "-document"
            # what an element's attributes say about the text in it
            if down and tag is not None:
                if tag in _NAMED:
                    attributes = node.attributes
                    if attributes:
                        names = attributes.get("class")
                        identity = attributes.get("id")
                        part: Region | None = None
                        if names:
                            part = page_parts.region(names)
                            if end is not None and end[0] == BLOCK and page_parts.names_title(names):
                                end = (HEADING, len(sink.blocks), sink.level, 3)
                        if identity and part is None:
                            part = page_parts.region(identity)
                            if end is not None and end[0] == BLOCK and page_parts.names_title(identity):
                                end = (HEADING, len(sink.blocks), sink.level, 3)
                        if tag == "footer":
                            part = "footer"
                        elif tag in ("nav", "header"):
                            part = "navigation"
                        if part is not None and sink.region == "body":
                            sink.flush()
                            sink.region = part
                            end = (REGION,) if end is None else (SEVERAL, end, (REGION,))
                if tag in tagged_elements:
                    text = one_line(node.text() or "")
                    if text and len(text) < 300:
                        walked.tagged.append((tag, text))
                        if tag in title_elements:
                            walked.headings.append((0, text))
                if hidden and kind not in (ROW, CELL) and node.mem_id in hidden and not sink.hidden:
                    end = (UNHIDE, sink) if end is None else (SEVERAL, end, (UNHIDE, sink))
                    if kind == TABLE:
                        state.tables[-1].hidden = True
                    sink = _Sink(sink.blocks, hidden=True, region=sink.region)
        if down:
            child = node.child
            if child is not None:
                ends.append(end)
                node = child
                continue
        end = end if down else None
        while True:
            if end is not None:
                sink = state.close(end, sink)
            following = node.next
            if following is not None:
                node = following
                break
            if not ends:
                sink.flush()
                return walked
            node = node.parent  # type: ignore[assignment]  # never None: the ends below it are counted
            end = ends.pop()


def _hidden(tree: LexborHTMLParser, markup: str) -> frozenset[int]:
    """The elements that a browser would not show, by their address in the tree."""
    if not any(word in markup for word in _HIDING_WORDS):
        return frozenset()
    found = []
    for node in tree.css(_HIDING):
        attributes = node.attributes
        if "hidden" in attributes or _DISPLAY_NONE.search(attributes.get("style") or ""):
            found.append(node.mem_id)
    return frozenset(found)


def _span(written: str | None, default: int) -> int:
    match = _NUMBER.match(written or "")
    return int(match.group(1)) if match else default


def _meta(attributes: dict[str, str | None], walked: Walked) -> None:
    name = (
        attributes.get("name")
        or attributes.get("property")
        or attributes.get("http-equiv")
        or attributes.get("itemprop")
    )
    content = attributes.get("content")
    if name and content is not None:
        walked.meta.append((name.strip().lower(), content.strip()))
