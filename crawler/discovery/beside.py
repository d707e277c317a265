"""What a link opens that itself says only 查看 or 下载: the row or box in which it stands names it."""

from __future__ import annotations

import functools
import re

from selectolax.lexbor import LexborNode

import data
from crawler.discovery.links import ARROWS, squeeze
from reports.title import read_title

_CLIMB = 5  # elements around the link in which its name is looked for
_LONGEST = 300  # characters of a row
_NO_NAME = re.compile(r"(?!(?:19|20)\d\d(?:年度?)?$)[\d\-./:年月日]{1,20}")  # a running number, a date; not a year


@functools.cache
def _opening() -> frozenset[str]:
    return frozenset(data.load_yaml("discovery.yaml")["reading"]["opening"])


def names_nothing(text: str) -> bool:
    """Whether a link's text says only that something is opened."""
    return text.strip(ARROWS + "【】()") in _opening()


def says_no_word(text: str) -> bool:
    """Whether a link has no word at all: a tick (√), a bullet, a picture."""
    return len(text) <= 4 and not any(each.isalnum() for each in text)


def name_in_table(node: LexborNode, *, of_years: bool = False) -> str:
    """What the first cell of its row and the head of its column say of a link in a table: 水利局 and 2023年.

    ``of_years``: only where the head of its column is a year, for other tables name what they list in the row alone.
    """
    cell = node.parent
    for _ in range(_CLIMB):
        if cell is None or cell.tag in ("td", "th"):
            break
        cell = cell.parent
    row = cell.parent if cell is not None and cell.tag in ("td", "th") else None
    table = row.parent if row is not None else None
    if cell is None or row is None or table is None:
        return ""
    cells = _cells(row)
    place = next((number for number, each in enumerate(cells) if each.mem_id == cell.mem_id), 0)
    table = table.parent if table.tag in ("tbody", "thead") and table.parent is not None else table
    head = table.css_first("tr")
    above = _cells(head) if head is not None and head.mem_id != row.mem_id else []
    if place == 0 or len(above) != len(cells):
        return ""
    names = [squeeze(each.text(separator="")) for each in (cells[0], above[place])]
    if of_years and read_title(names[1]).strength != "year":
        return ""
    return "".join(names) if all(names) and sum(map(len, names)) < _LONGEST else ""


def _cells(row: LexborNode) -> list[LexborNode]:
    return [each for each in row.iter(include_text=False) if each.tag in ("td", "th")]


def name_beside(node: LexborNode) -> str:
    """The name of what a link opens: the title in its row, else all that its row says (an organ, a year).

    Empty where the nearest element that says more has other links too.
    """
    around = node.parent
    for _ in range(_CLIMB):
        if around is None or around.tag in ("body", "html", "table", "tbody", "ul", "ol"):
            return ""
        said = (squeeze(each) for each in around.text(separator="\n").split("\n"))
        pieces = [each for each in said if each and not names_nothing(each) and not _NO_NAME.fullmatch(each)]
        if pieces:
            named = any(not names_nothing(text) for each in around.css("a") if (text := squeeze(each.text())))
            if named or sum(map(len, pieces)) > _LONGEST:
                return ""
            return next((each for each in pieces if read_title(each).kind == "report"), "".join(pieces))
        around = around.parent
    return ""
