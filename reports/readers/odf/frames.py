"""Frames of an OpenDocument file: which pictures and formulas stand in the place of a figure, and which float."""

from __future__ import annotations

import re
from typing import Any, Final

from reports.readers.odf.styles import get, name_of

_HIGHEST, _WIDEST = 1.5, 4.0  # centimetres, of a picture that stands for a figure
_LENGTH = re.compile(r"(\d{1,5}(?:\.\d{1,6})?)(cm|mm|in|pt|pc|px)")
_CENTIMETRES: Final = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72, "pc": 2.54 / 6, "px": 2.54 / 96}


def stands_in_line(frame: Any) -> bool:
    """A picture or formula that takes its place among the characters, as a figure may; a seal floats over them."""
    held = {name_of(each) for each in frame}
    return get(frame, "anchor-type") == "as-char" and "text-box" not in held and bool(held & {"image", "object"})


def lies_on_cell(frame: Any) -> bool:
    """A picture or formula on a cell of a sheet, no larger than a figure's cell: a seal or logo is."""
    held = {name_of(each) for each in frame} if name_of(frame) == "frame" else set()
    size = _centimetres(get(frame, "height")), _centimetres(get(frame, "width"))
    return "text-box" not in held and bool(held & {"image", "object"}) and size[0] <= _HIGHEST and size[1] <= _WIDEST


def _centimetres(written: str) -> float:
    """A length with its unit; 0 where none is told."""
    length = _LENGTH.fullmatch(written)
    return float(length[1]) * _CENTIMETRES[length[2]] if length else 0.0
