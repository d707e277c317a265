"""One pass over lexbor's tree: blocks, tables, links, metadata.

A page is read in document order without recursion, so that nesting of any depth costs no stack. Elements are classed by
what they do to the text around them; unknown elements (``<o:p>``, ``<ucapcontent>``, ``<st1:chsdate>``) do nothing.
"""

from __future__ import annotations

from typing import Any

from selectolax.lexbor import LexborHTMLParser

from reports.readers import page_parts
from reports.readers.flow import Line, Region, Table, TableCell
from reports.readers.html.kinds import (
    BASE,
    BLOCK,
    BLOCKS,
    BREAK,
    CELL,
    DROP,
    FOOT,
    FRAME,
    GROUP,
    HEADING,
    IMAGE,
    KINDS,
    LINK,
    META,
    PRE,
    REGION,
    ROW,
    SCRIPT,
    SEVERAL,
    TABLE,
    TITLE,
    UNHIDE,
)
from reports.readers.html.open import BLOCK_END, Sink, State, Walked
from reports.readers.html.plain import Plain, span
from reports.readers.html.seen.painted import leads_away, may_hold_table
from reports.readers.html.seen.shown import shown
from reports.readers.spaced import preformatted, typed_lines
from reports.readers.typeset import one_line

_NAMED = frozenset((*BLOCKS, "td", "table", "span"))
_PARTS = frozenset(("footer", "nav"))  # say what they are without any attribute


def walk(tree: LexborHTMLParser, markup: bytes, *, careful: bool = False) -> Walked:
    """Everything on the page, in document order. ``markup``: what the tree was parsed from."""
    walked = Walked()
    root = tree.root
    if root is None:
        return walked
    left_out = shown(tree, markup)
    walked.struck, walked.unsure = left_out.struck, left_out.unsure
    gone, unseen = left_out.gone, left_out.unseen
    hidden = gone | unseen
    walked.left_out = hidden
    simple = None if careful else Plain(tree, left_out)
    typed = typed_lines(tree, markup)
    sink = Sink(walked.blocks)
    kinds = KINDS
    tagged_elements = page_parts.tagged_elements()
    title_elements = page_parts.title_elements()
    state = State(walked)
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
            following = node.next
            if following is not None:
                node = following
                continue
            down = False
        else:
            kind = kinds.get(tag, 0) if tag is not None else 0
            if typed and node.mem_id in typed:
                kind = PRE
            if not kind:  # <span>, <b> and what nobody knows
                if tag is None or tag[0] == "-":
                    down = tag == "-document"
            elif kind == BLOCK:
                if sink.pieces:
                    sink.flush()
                text = simple.line(node) if simple is not None and tag == "p" else None
                if text is not None:
                    if text:
                        link = state.link
                        if link is not None:
                            link[2].append(text)
                        sink.blocks.append(Line(text, len(text) if link else 0, sink.level, sink.hidden, sink.region))
                    down = False
                else:
                    end = BLOCK_END if tag == "p" else (BLOCK, len(sink.blocks))
            elif kind == CELL:
                cell = TableCell()
                place = node.mem_id
                attributes = node.attributes
                cell.rowspan = span(attributes.get("rowspan"), 1)
                cell.colspan = span(attributes.get("colspan"), 1)
                end = (CELL, sink, cell, place not in gone)
                concealed = sink.hidden and not (tables and tables[-1].hidden)  # of a hidden table the cells are kept
                sink = Sink(cell.blocks, region=sink.region, hidden=concealed or place in unseen)
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
                    concealed = sink.hidden and not tables[-1].hidden
                    plain = None if simple is None else simple.row(node, concealed, sink.region)
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
                walked.drawing = walked.drawing or may_hold_table(node)
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
                    size = attributes.get("width") or "", attributes.get("height") or ""
                    walked.images.append(
                        (source, attributes.get("alt") or "", *size, sink.region == "body", leads_away(node))
                    )
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
                if (framed := attributes.get("srcdoc")) and not sink.hidden:
                    walked.framed.append(framed)
                down = tag == "object"
            elif kind == PRE:
                sink.flush()
                before: list[str] = []
                concealed = sink.hidden or tag == "textarea" or node.mem_id in hidden
                for piece in preformatted(node, hidden):
                    if line := one_line(piece):
                        written = "\n".join((*before, piece))
                        sink.blocks.append(Line(line, 0, None, concealed, sink.region, spaced=written))
                    before = [] if line else [*before, piece]
                down = False
            elif kind == BASE:
                walked.base = walked.base or node.attributes.get("href")
                down = False
            # what an element's attributes say about the text in it
            if down and tag is not None:
                if tag in _NAMED:
                    attributes = node.attributes
                    if attributes or tag in _PARTS:
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
                    named, told = _time(node.attributes) if tag == "time" else (tag, None)
                    text = one_line(told or node.text() or "")
                    if text and len(text) < 300:
                        walked.tagged.append((named, text))
                        if tag in title_elements:
                            walked.headings.append((0, text))
                if hidden and kind not in (ROW, CELL) and node.mem_id in hidden and not sink.hidden:
                    # first, so that what the element is called (share, h3) ends in the sink in which it began
                    end = (UNHIDE, sink) if end is None else (SEVERAL, (UNHIDE, sink), end)
                    if kind == TABLE:
                        state.tables[-1].hidden = True
                    sink = Sink(sink.blocks, hidden=True, region=sink.region)
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


def _time(attributes: dict[str, str | None]) -> tuple[str, str | None]:
    """What a <time> is called, where it says that it is that of publication, and the time that it stands for."""
    published = "pubdate" in attributes or attributes.get("itemprop") == "datePublished"
    return "publishtime" if published else "time", attributes.get("datetime")


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
