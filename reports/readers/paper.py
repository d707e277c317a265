"""Colours that nobody can tell from the paper's: text in them is not seen, and a ground of them is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_PALEST: Final = 0xFA  # of 255, for red, green and blue
_WRITTEN = re.compile("#?(?:[0-9a-f]{2})?((?:f[a-f]){3})", re.I)  # as FFFFFF, #ffffff, or with its opacity first


def is_paper(colour: str) -> bool:
    """Whether a colour in hexadecimal digits is the paper's."""
    return _WRITTEN.fullmatch(colour) is not None


def are_paper(parts: Iterable[int]) -> bool:
    """The same of red, green and blue, from 0 to 255."""
    return min(parts, default=0) >= _PALEST
