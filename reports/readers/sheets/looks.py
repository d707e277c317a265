"""How the cells of a workbook look, as far as it decides what is read of them: number formats, and white on white."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from reports.readers.paper import is_paper
from reports.readers.sheets.number_formats import (
    GENERAL,
    code_of,
    is_date,
    is_shown_white,
    is_telling,
    scales,
    shown_number,
    shown_text,
)
from reports.readers.sheets.rich import Font
from reports.readers.sheets.room import scale_of, width

_WHITE_INDEX: Final = ("1", "9")  # of the standard palette
_WHITE_THEME: Final = "0"  # the first colour of a theme, the paper's


@dataclass(frozen=True, slots=True)
class Look:
    """Of a cell: its number format's code, whether its font is white or struck, and its ground the paper's."""

    code: str = GENERAL
    white: bool = False
    bare: bool = True
    struck: bool = False
    scale: float = 1.0  # the font's size by the default font's; 0 where the text is fitted to the cell

    @property
    def tells(self) -> bool:
        """Whether the cell may show something else than its value."""
        return self.struck or self.scale != 1.0 or (self.white and self.bare) or is_telling(self.code)

    @property
    def is_date(self) -> bool:
        """Whether numbers are shown as dates."""
        return is_date(self.code)

    @property
    def rounds(self) -> bool:
        """Whether decimals that the column has no room for are dropped."""
        return self.code in (GENERAL, "@", "")

    def number(self, value: float, plain: str) -> str:
        """What a number shows."""
        if self.bare:
            by_format = is_shown_white(value, self.code)
            if self.white if by_format is None else by_format:
                return ""
        return shown_number(value, self.code, plain)

    def text(self, text: str) -> str:
        """What a text shows."""
        return "" if self.white and self.bare else shown_text(text, self.code)

    def scales(self, value: float) -> bool:
        """Whether the number is shown in thousands: what is printed is not what the cell holds."""
        return scales(value, self.code)


PLAIN: Final = Look()


def looks_of_styles(root: Any) -> list[Look]:
    """The looks that cells name by number, from ``xl/styles.xml``."""
    named = {_integer(each.get("numFmtId")): each.get("formatCode", "") for each in root.iter("{*}numFmt")}
    fonts = [font_of(font) for font in children(root, "fonts")]
    bare = [is_bare(fill) for fill in children(root, "fills")]
    sizes = [width(_size(font)) or 0.0 for font in children(root, "fonts")]
    found = []
    for style in children(root, "cellXfs"):
        font, fill = _integer(style.get("fontId")), _integer(style.get("fillId"))
        found.append(
            Look(
                code_of(_integer(style.get("numFmtId")), named),
                white=font < len(fonts) and fonts[font].white,
                bare=fill >= len(bare) or bare[fill],
                struck=font < len(fonts) and fonts[font].struck,
                scale=scale_of(sizes[font], sizes[0], fits=_is_fitted(style)) if font < len(sizes) else 1.0,
            )
        )
    return found


def _size(font: Any) -> str:
    size = font.find("{*}sz")
    return str(size.get("val", "")) if size is not None else ""


def _is_fitted(style: Any) -> bool:
    """Whether cells shrink their text to their width, or turn it."""
    aligned = style.find("{*}alignment")
    return aligned is not None and (
        aligned.get("shrinkToFit") in ("1", "true") or aligned.get("textRotation", "0") != "0"
    )


def children(root: Any, name: str) -> Any:
    """What a list of the styles holds; nothing where there is no such list."""
    found = root.find(f"{{*}}{name}")
    return found if found is not None else ()


def font_of(properties: Any) -> Font:
    """What the properties of a font say, of a cell or of a run of its text."""
    struck, raised = properties.find("{*}strike"), properties.find("{*}vertAlign")
    return Font(
        white=is_white(properties.find("{*}color")),
        struck=struck is not None and struck.get("val", "1") not in ("0", "false"),
        raised=raised is not None and raised.get("val", "baseline") != "baseline",
    )


def is_white(colour: Any) -> bool:
    """Whether a colour is the paper's."""
    if colour is None:
        return False
    if colour.get("theme") is not None:
        return bool(colour.get("theme") == _WHITE_THEME) and _is_untinted(colour)
    return is_paper(colour.get("rgb") or "") or colour.get("indexed") in _WHITE_INDEX


def _is_untinted(colour: Any) -> bool:
    return (colour.get("tint") or "0").strip("-0.") == ""


def is_bare(fill: Any) -> bool:
    """No pattern, or the paper's own colour."""
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return len(fill) == 0  # a gradient is a ground
    if pattern.get("patternType", "none") == "none":
        return True
    return pattern.get("patternType") == "solid" and is_white(pattern.find("{*}fgColor"))


def _integer(written: str | None) -> int:
    return int(written) if written and written.isdecimal() else 0
