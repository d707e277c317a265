"""How the cells of a workbook look, as far as it decides what is read of them: number formats, and white on white."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from reports.readers.number_formats import GENERAL, code_of, is_date, is_telling, shown_number, shown_text

_WHITE: Final = ("FFFFFFFF", "00FFFFFF", "FFFFFF")
_WHITE_INDEX: Final = ("1", "9")  # of the standard palette
_WHITE_THEME: Final = "0"  # the first colour of a theme, the paper's


@dataclass(frozen=True, slots=True)
class Look:
    """Of a cell: the code of its number format, and whether its text has the colour of the paper."""

    code: str = GENERAL
    unseen: bool = False

    @property
    def tells(self) -> bool:
        """Whether the cell may show something else than its value."""
        return self.unseen or is_telling(self.code)

    @property
    def is_date(self) -> bool:
        """Whether numbers are shown as dates."""
        return is_date(self.code)

    def number(self, value: float, plain: str) -> str:
        """What a number shows."""
        return "" if self.unseen else shown_number(value, self.code, plain)

    def text(self, text: str) -> str:
        """What a text shows."""
        return "" if self.unseen else shown_text(text, self.code)


PLAIN: Final = Look()


def looks_of_styles(root: Any) -> list[Look]:
    """The looks that cells name by number, from ``xl/styles.xml``."""
    named = {_integer(each.get("numFmtId")): each.get("formatCode", "") for each in root.iter("{*}numFmt")}
    white = [_is_white(font.find("{*}color")) for font in _children(root, "fonts")]
    bare = [_is_bare(fill) for fill in _children(root, "fills")]
    found = []
    for style in _children(root, "cellXfs"):
        font, fill = _integer(style.get("fontId")), _integer(style.get("fillId"))
        unseen = font < len(white) and white[font] and (fill >= len(bare) or bare[fill])
        found.append(Look(code_of(_integer(style.get("numFmtId")), named), unseen))
    return found


def _children(root: Any, name: str) -> Any:
    found = root.find(f"{{*}}{name}")
    return found if found is not None else ()


def _is_white(colour: Any) -> bool:
    if colour is None:
        return False
    if colour.get("theme") is not None:
        return bool(colour.get("theme") == _WHITE_THEME) and _is_untinted(colour)
    return (colour.get("rgb") or "").upper() in _WHITE or colour.get("indexed") in _WHITE_INDEX


def _is_untinted(colour: Any) -> bool:
    return (colour.get("tint") or "0").strip("-0.") == ""


def _is_bare(fill: Any) -> bool:
    """No pattern, or the paper's own colour."""
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return len(fill) == 0  # a gradient is a ground
    if pattern.get("patternType", "none") == "none":
        return True
    return pattern.get("patternType") == "solid" and _is_white(pattern.find("{*}fgColor"))


def _integer(written: str | None) -> int:
    return int(written) if written and written.isdigit() else 0
