"""What a stylesheet loads: other stylesheets, pictures, fonts.

The crawl archives the first two with the page that needs them; the site shows them from the archive, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

Kind = Literal["stylesheet", "picture", "font"]
#: Gives the address that takes the place of another; None for what is not to be loaded.
Place = Callable[[str, Kind], str | None]

NOTHING = "data:,"
# White space around an address without quotes is among its characters: a long run of it must not be tried in every way.
_INSIDE = r"""\(\s*"([^"]*)"\s*\)|\(\s*'([^']*)'\s*\)|\(([^"'()]*)\)"""
_URL = re.compile(rf"url(?:{_INSIDE})", re.IGNORECASE)
_IMPORT = re.compile(rf"""@import\s*(?:url(?:{_INSIDE})|"([^"]*)"|'([^']*)')([^;{{}}]*);?""", re.IGNORECASE)
_FONT_FACE = re.compile(r"@font-face\s*\{[^{}]*(?:\}|\Z)", re.IGNORECASE)


def references(style: str) -> Iterator[tuple[str, Kind]]:
    """The addresses as they are written, in the order of their kinds: imports, fonts, pictures."""
    found: list[tuple[str, Kind]] = []

    def note(address: str, kind: Kind) -> None:
        found.append((address, kind))

    rewritten(style, note)
    yield from found


def rewritten(style: str, place: Place) -> str:
    """The stylesheet with other addresses. Of what has none, an import is taken out, and a font with its whole rule,
    lest a browser complain of it; a picture becomes an empty one. Addresses inside the page (``#…``) and data stay."""

    def imported(match: re.Match[str]) -> str:
        address = place(_written(match), "stylesheet")
        return f'@import url("{address}"){match[6]};' if address else ""

    def painted(kind: Kind) -> Callable[[re.Match[str]], str]:
        def named(match: re.Match[str]) -> str:
            address = _written(match)
            if not address or address.startswith("#") or address.lower().startswith("data:"):
                return match[0]
            return f'url("{place(address, kind) or NOTHING}")'

        return named

    # Each in its turn, with marks in its place, so that no address is given two times.
    kept: list[str] = []

    def keep(text: str) -> str:
        kept.append(text)
        return f"\0{len(kept) - 1}\0"

    def face(match: re.Match[str]) -> str:
        rule = _URL.sub(painted("font"), match[0])
        return "" if NOTHING in rule else keep(rule)

    style = _IMPORT.sub(lambda match: keep(imported(match)), style.replace("\0", ""))
    style = _FONT_FACE.sub(face, style)
    style = _URL.sub(painted("picture"), style)
    return re.sub("\0(\\d+)\0", lambda match: kept[int(match[1])], style)


def _written(match: re.Match[str]) -> str:
    """The address, whichever quotes stand around it."""
    return next((group for group in match.groups()[:5] if group is not None), "").strip()
