"""Scripts of a page that write into cells by their place (``querySelectorAll("td")[30].textContent = "5"``).

Which figure they change nobody can tell without a browser. Scripts in files of their own are not seen, nor is what they
write by a name, which ``awaited`` finds in the markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_LONGEST: Final = 200_000  # characters of a script that are read
_MOST_HELD: Final = 40  # names that a script gives to cells
_WRITES: Final = (
    r"(?:\b(?:innertext|innerhtml|outerhtml|outertext|textcontent|nodevalue)\s*\+?=(?!=)|insertadjacent(?:html|text)\(|"
    r"(?:\.|replace)(?:text|html|replacewith|data)\(\s*[^\s)])"
)
_TAKES_OUT: Final = r"\b(?:delete|insert)(?:row|cell)\(|\.(?:remove|hide|detach)\(\)|\.display\s*=\s*[\"']none"
#: Cells, told by the names of their elements (in $(…), find(…), querySelectorAll(…) and the like) or as parts of rows.
_CELLS: Final = (
    r"(?:\.(?:cells|rows)\b|(?<=[$denlrty])\(\s*[\"'`]"
    r"(?:\*|(?:[^\"'`]*[\s>+~,])?(?:td|th|tr|table|tbody)(?![\w-])[^\"'`]*)[\"'`])"
)
#: Elements told by those beside them.
_NEAR: Final = (
    r"(?:document\.all\b|\b(?:next|previous)(?:element)?sibling\b|\b(?:first|last)(?:element)?child\b|"
    r"\bchild(?:ren|nodes)\[)"
)
_NEAR_SIGNS: Final = ("document.all", "sibling", "child")
#: What goes through all of a page's texts.
_WALKS: Final = ("createtreewalker(", "createnodeiterator(", "document.evaluate(")
_STATEMENT: Final = r"[^;{}]{0,300}?"
_ANY_WRITE = re.compile(rf"{_WRITES}|\.data\s*=(?!=)")
_REPLACED = re.compile(rf"innerhtml\s*=(?!=){_STATEMENT}innerhtml{_STATEMENT}\.replace\(")
_BY_NEARNESS = re.compile(rf"{_NEAR}{_STATEMENT}{_WRITES}")
_OF_CELLS = re.compile(_CELLS)
_BY_PLACE = re.compile(rf"{_CELLS}{_STATEMENT}(?:{_WRITES}|{_TAKES_OUT})")
_BY_EACH = re.compile(
    rf"(?:{_CELLS}{_STATEMENT}\b(?:each|foreach|map)\(|\b(?:each|call)\({_STATEMENT}{_CELLS})"
    rf"(?:(?!\}}\s*\)).){{0,400}}?{_WRITES}",  # up to the end of the function
    re.S,
)
_HELD = re.compile(rf"\b([\w$]+)\s*(?:=(?!=)|\bof\b){_STATEMENT}{_CELLS}")
#: One of these stands in every script that writes or takes out.
_SIGNS: Final = (
    "inner", "outer", "text", "html", "nodevalue", "replace", "row(", "cell(", "data", "remove(", "hide(", "detach(",
    "display",
)  # fmt: skip


def writes_cells(scripts: Iterable[str]) -> bool:
    """Whether one of these scripts writes into cells, or takes them away, that it knows by their place alone."""
    return any(_writes(script[:_LONGEST].lower()) for script in scripts)


def _writes(script: str) -> bool:
    if not any(sign in script for sign in _SIGNS):
        return False
    if any(sign in script for sign in _NEAR_SIGNS) and _BY_NEARNESS.search(script):
        return True
    if any(sign in script for sign in _WALKS) and _ANY_WRITE.search(script):
        return True
    if "innerhtml" in script and _REPLACED.search(script):
        return True
    if not _OF_CELLS.search(script):
        return False
    if _BY_PLACE.search(script) or _BY_EACH.search(script):
        return True
    names = sorted(set(_HELD.findall(script)))[:_MOST_HELD]
    held = "|".join(map(re.escape, names))
    write = rf"(?<![\w$.])(?:{held})\b{_STATEMENT}(?:{_WRITES}|{_TAKES_OUT})"
    return bool(held) and re.search(write, script) is not None
