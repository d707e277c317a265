"""Cells and paragraphs that hold nothing but characters, told apart by selectors so that their text is one call."""

from __future__ import annotations

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from reports.readers.flow import Line, Region, TableCell
from reports.readers.html_shown import Shown
from reports.readers.typeset import one_line

_NUMBER = re.compile(r"\s*\+?(\d{1,7})")

_INLINE = "span,font,b,strong,i,em,u,sup,sub,ins,o\\:p"


class Plain:
    """Which cells and paragraphs hold nothing but characters, so that their text can be taken in one call.

    The tree is asked by selectors, which run in C: nine tenths of a report pasted from Word are spans in such cells.
    """

    def __init__(self, tree: LexborHTMLParser, left_out: Shown, *, skip: bool) -> None:
        self.slow: set[int] = set()  # cells and paragraphs that have to be walked
        self.spanning = {cell.mem_id for cell in tree.css("[colspan],[rowspan]")}
        if skip:
            return
        if left_out:
            self._keep_out(tree, left_out)
        for node in tree.css("td > p:not(:only-child),th > p:not(:only-child)"):  # something beside a paragraph
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

    def _keep_out(self, tree: LexborHTMLParser, left_out: Shown) -> None:
        """What holds something hidden has to be walked."""
        marked = left_out.gone | left_out.unseen
        self.slow |= marked
        for node in tree.css("tr,td,th,td *,th *,p,p *"):
            if node.mem_id in marked:
                parent = node.parent
                while parent is not None and parent.mem_id not in self.slow:
                    self.slow.add(parent.mem_id)
                    parent = parent.parent


_READ_WHOLE = frozenset(("td", "th", "p"))


def plain_row(row: Any, simple: Plain, hidden: bool, region: Region) -> list[TableCell] | None:
    """The cells of a row that is nothing but plain cells; None for any other, which has to be walked."""
    slow, spanning = simple.slow, simple.spanning
    if row.mem_id in slow:
        return None
    cells: list[TableCell] = []
    node = row.child
    while node is not None:
        tag = node.tag
        if tag == "td" or tag == "th":
            place = node.mem_id
            if place in slow:
                return None  # a break, several blocks or a link in it
            whole = node.text()
            text = one_line(whole)
            if text:
                beside = node.text(deep=False)
                if beside and beside != whole and not beside.isspace() and one_line(beside) != text:
                    return None  # text beside a paragraph is a line of its own
            cell = TableCell()
            if place in spanning:
                attributes = node.attributes
                cell.rowspan = span(attributes.get("rowspan"), 1)
                cell.colspan = span(attributes.get("colspan"), 1)
            if text:
                cell.say(Line(text, 0, None, hidden, region))
            cells.append(cell)
        elif tag != "-text":
            return None
        node = node.next
    return cells


def span(written: str | None, default: int) -> int:
    """The number that a ``colspan`` or ``rowspan`` claims."""
    match = _NUMBER.match(written or "")
    return int(match.group(1)) if match else default
