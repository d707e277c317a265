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
