"""How text, cells and tables of an OpenDocument file look, as far as it bears on figures: hidden, struck, raised.

Styles are named, and based on others; the nearest word counts. Sizes are in points.
"""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from reports.readers.paper import is_paper
from reports.readers.symbols import SYMBOL, draws

_SIZE = re.compile(r"([\d.]+)(pt|mm|cm|in)$")
_POINTS: Final = {"pt": 1.0, "mm": 2.835, "cm": 28.35, "in": 72.0}
_TINY: Final = 2.0


class TextLook(NamedTuple):
    """Of a text."""

    hidden: bool = False
    struck: bool = False
    raised: bool = False
    white: bool = False
    shaded: bool = False
    symbols: bool = False  # set in the font Symbol
    size: float = 10.5  # points
    blacked: bool = False  # letters have the colour of their own ground: blacked out by hand


PLAIN: Final = TextLook()


class Styles:
    """The styles of a file: those of its ``content.xml`` go before those of its ``styles.xml``."""

    def __init__(self, content: Any, common: Any | None) -> None:
        self._elements: dict[str, Any] = {}
        for root in (common, content):
            for each in root.iter("{*}style") if root is not None else ():
                self._elements[get(each, "name")] = each
        self._formats = {
            get(each, "name"): _format(each)
            for root in (common, content)
            for each in (root.iter("{*}number-style", "{*}text-style") if root is not None else ())
        }
        faces = [each for root in (common, content) if root is not None for each in root.iter("{*}font-face")]
        self._symbol_fonts = {get(each, "name") for each in faces if get(each, "font-family").strip("'") == SYMBOL}
        self._picture_fonts = {get(each, "name") for each in faces if draws(get(each, "font-family").strip("'"))}
        self._looks: dict[str, TextLook] = {}
        self._white_formats = {
            get(each.getparent(), "name")
            for root in (common, content)
            for each in (root.iter("{*}text-properties") if root is not None else ())
            if name_of(each.getparent()).endswith("-style") and is_paper(get(each, "color"))
        }

    def text(self, name: str) -> TextLook:
        """What a paragraph's or a text's style says."""
        return self.span(name, PLAIN)

    def span(self, name: str, around: TextLook) -> TextLook:
        """A text of this style inside one that looks like ``around``."""
        look = around
        for style in reversed(self._chain(name)):
            for properties in style:
                if name_of(properties) == "text-properties":
                    look = _said(properties, look)
                    if font := get(properties, "font-name"):
                        look = look._replace(symbols=font in self._symbol_fonts)
                        if font in self._picture_fonts:
                            look = look._replace(blacked=True)
        return look

    def has_ground(self, name: str) -> bool:
        """Whether a cell or paragraph of this style has a ground that is not the paper's."""
        return any(
            get(properties, "background-color") not in ("", "transparent")
            and not is_paper(get(properties, "background-color"))
            for style in self._chain(name)
            for properties in style
            if name_of(properties) in ("table-cell-properties", "paragraph-properties")
        )

    def is_hidden(self, name: str) -> bool:
        """Whether a sheet of this style is not shown."""
        return any(
            get(properties, "display") == "false"
            for style in self._chain(name)
            for properties in style
            if name_of(properties) == "table-properties"
        )

    def conditions(self, name: str) -> list[tuple[str, str]]:
        """The conditions of a cell's style, each with the style that it chooses."""
        maps = [each for style in self._chain(name) for each in style if name_of(each) == "map"]
        return [(get(each, "condition"), get(each, "apply-style-name")) for each in maps]

    def shows_nothing(self, name: str) -> bool:
        """Whether a cell of this style shows nothing: white on the paper, or by a number format without a place."""
        look = self.text(name)
        if look.hidden or (look.white and not self.has_ground(name)):
            return True
        parts = self._parts_of_format(name)
        return bool(parts) and not any(parts)

    def may_show_nothing(self, name: str) -> bool:
        """Whether the number format of a cell's style shows nothing of some numbers."""
        return not all(self._parts_of_format(name))

    def _parts_of_format(self, name: str) -> list[str]:
        """What the number format of a style prints, and those that it chooses by conditions; empty without a format."""
        return [self._formats.get(part, ("x", []))[0] for part in self._names_of_format(name)]

    def _names_of_format(self, name: str) -> list[str]:
        formats = [get(style, "data-style-name") for style in self._chain(name)]
        chosen = next((each for each in formats if each), "")
        return [chosen, *(each for _, each in self._formats.get(chosen, ("", []))[1])] if chosen else []

    def writes_white(self, name: str) -> bool | None:
        """Whether the number format of a cell's style writes in white on the paper; None where it does so of some."""
        parts = self._names_of_format(name) if self._white_formats else []
        white = [part in self._white_formats for part in parts]
        if not any(white) or self.has_ground(name):
            return False
        return True if all(white) else None

    def is_unseen_row(self, name: str) -> bool:
        """Whether a row of this style is exactly so low that nothing of it is seen."""
        heights = [get(properties, "row-height") for style in self._chain(name) for properties in style]
        size = next((found for found in map(_SIZE.match, heights) if found is not None), None)
        return size is not None and float(size.group(1)) * _POINTS[size.group(2)] <= _TINY

    def length(self, name: str, wanted: str) -> float | None:
        """A length that a style says, as ``column-width``, in points; None where it says none."""
        said = (get(properties, wanted) for style in self._chain(name) for properties in style)
        size = next((found for found in map(_SIZE.match, said) if found is not None), None)
        return float(size.group(1)) * _POINTS[size.group(2)] if size is not None else None

    def is_fitted(self, name: str) -> bool:
        """Whether cells of this style shrink their text to their width, or turn it."""
        said = [properties for style in self._chain(name) for properties in style]
        turned = next((angle for each in said if (angle := get(each, "rotation-angle"))), "0")
        fitted = next((fits for each in said if (fits := get(each, "shrink-to-fit"))), "false")
        return fitted == "true" or turned.strip("0.") != ""

    def _chain(self, name: str) -> list[Any]:
        """The style and those that it is based on, the nearest first."""
        chain: list[Any] = []
        while name in self._elements and len(chain) < 20:
            chain.append(self._elements[name])
            name = get(chain[-1], "parent-style-name")
        return chain


def _format(style: Any) -> tuple[str, list[tuple[str, str]]]:
    """What a number format prints besides nothing, and the formats that it chooses by conditions."""
    printed = "".join("x" if name_of(each) not in ("text", "map") else (each.text or "").strip() for each in style)
    maps = [(get(each, "condition"), get(each, "apply-style-name")) for each in style if name_of(each) == "map"]
    return printed, maps


def _said(properties: Any, before: TextLook) -> TextLook:
    hidden, struck, raised, white, shaded, symbols, points, blacked = before
    colour = ground = ""
    for key, value in properties.items():
        name = key[key.rfind("}") + 1 :]
        if name == "display":
            hidden = value == "none"
        elif name == "text-line-through-style" or name == "text-line-through-type":
            struck = value != "none"
        elif name == "text-position":
            raised = value.split(" ")[0] not in ("0%", "")
        elif name == "color":
            white = is_paper(value)
            colour = value.lower()
        elif name == "background-color":
            ground = value.lower()
            shaded = value != "transparent" and not is_paper(value)
        elif name == "font-size":
            size = _SIZE.match(value)
            if size is not None:
                points = float(size.group(1)) * _POINTS[size.group(2)]
                hidden = hidden or points <= _TINY
    if colour or ground:
        blacked = shaded and colour == ground
    return TextLook(hidden, struck, raised, white, shaded, symbols, points, blacked)


def name_of(element: Any) -> str:
    """``p`` of a paragraph, whatever its namespace."""
    tag = element.tag
    return tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""


def get(element: Any, name: str) -> str:
    """An attribute, whatever its namespace; empty where it is not there."""
    return next((value for key, value in element.items() if key[key.rfind("}") + 1 :] == name), "")
