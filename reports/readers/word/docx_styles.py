"""How a run of a Word file looks, as far as it bears on figures: hidden, struck through, raised or lowered, white.

Said by the run itself, by the style that it names, or by the paragraph's style; the nearest word counts.
"""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from reports.readers.marks import doubted
from reports.readers.package import Package, PackageError
from reports.readers.paper import is_paper
from reports.readers.symbols import draws
from reports.readers.word.wordml import W, attribute_of, child_of, is_on, is_shaded, value_of

#: What white text is said by: hardly any other colour can be told from the paper's.
WHITES: Final = re.compile(rb'"(?:[fF][a-fA-F]){3}"|"background1"|"bg1"|:noFill')
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TELLING: Final = re.compile(rb"vanish|strike|vertAlign|dings|" + WHITES.pattern)
_TINY: Final = ("1", "2", "3", "4")  # half points
_HIGHLIGHTS: Final = {
    "black": "000000",
    "blue": "0000FF",
    "cyan": "00FFFF",
    "green": "00FF00",
    "magenta": "FF00FF",
    "red": "FF0000",
    "yellow": "FFFF00",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "darkGray": "808080",
    "lightGray": "C0C0C0",
}


class Looks(NamedTuple):
    """Of a run of text."""

    hidden: bool = False
    struck: bool = False
    raised: bool = False
    white: bool = False
    shaded: bool = False  # the text's own ground, on which white can be read
    doubtful: bool = False  # programs disagree on whether it is seen, or it has its ground's colour
    size: int = 0  # half points; 0 where the run does not say

    def shown(self, text: str) -> str:
        """A text in these looks: where it may not be seen, its digits are no figure."""
        return doubted(text) if self.doubtful else text


PLAIN: Final = Looks()


class Styles:
    """The looks that ``word/styles.xml`` gives to named styles; read when the first style is asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._elements: dict[str, Any] | None = None
        self._looks: dict[str, Looks] = {}

    def run(self, properties: Any, around: Looks) -> Looks:
        """A run with these properties (``w:rPr``) in a paragraph that looks like ``around``."""
        style = properties.find(f"{W}rStyle")
        if style is not None:
            named = self.of(style.get(f"{W}val"))
            both = named.hidden and around.hidden  # Word shows what two kinds of styles hide, other programs do not
            around = Looks(
                named.hidden or around.hidden,
                named.struck or around.struck,
                named.raised or around.raised,
                named.white or around.white,
                named.shaded or around.shaded,
                named.doubtful or around.doubtful,
                named.size or around.size,
            )
            if both:
                around = around._replace(hidden=False, doubtful=True)
        return _said(properties, around)

    def of(self, name: str | None) -> Looks:
        """What a style says, with the styles that it is based on."""
        if not name:
            return PLAIN
        found = self._looks.get(name)
        if found is None:
            found = self._looks[name] = self._resolve(name)
        return found

    def _resolve(self, name: str) -> Looks:
        elements = self._read()
        chain: list[Any] = []
        at: str | None = name
        while at in elements and len(chain) < 20:
            chain.append(elements[at])
            at = _based_on(elements[at])
        looks = PLAIN
        for element in reversed(chain):
            properties = element.find(f"{W}rPr")
            if properties is not None:
                looks = _said(properties, looks)
            properties = element.find(f"{W}pPr")
            if properties is not None and is_shaded(properties):
                looks = looks._replace(shaded=True)
        return looks

    def gives_ground(self, name: str | None) -> bool:
        """Whether a table's style gives any of its cells a ground: which of them is not asked."""
        for _ in range(20):
            style = self._read(whatever=True).get(name or "")
            if style is None:
                return False
            if any(is_shaded(each.getparent()) for each in style.iter(f"{W}shd")):
                return True
            name = _based_on(style)
        return True

    def _read(self, *, whatever: bool = False) -> dict[str, Any]:
        """The styles by name; none where they tell nothing of runs, unless ``whatever`` they tell is asked for."""
        if self._elements is None or (whatever and not self._elements):
            self._elements = {}
            try:
                source = self._package.read("word/styles.xml") if "word/styles.xml" in self._package else b""
                if source and (whatever or _TELLING.search(source)):
                    root = self._package.parsed(source, "word/styles.xml")
                    self._elements = {each.get(f"{W}styleId", ""): each for each in root.iter(f"{W}style")}
            except PackageError:
                return self._elements  # the text is there without its styles
        return self._elements


def _based_on(style: Any) -> str | None:
    based = child_of(style, "basedOn")
    return attribute_of(based, "val") if based is not None else None


def _said(properties: Any, before: Looks) -> Looks:
    """The looks after a ``w:rPr`` has had its say."""
    hidden, struck, raised, white, shaded, doubtful, points = before
    place = None
    fill = None
    for each in properties:
        tag = each.tag
        if tag == f"{W}vanish" or tag == f"{W}specVanish":
            hidden = is_on(each)
            doubtful = False
        elif tag == f"{W}strike" or tag == f"{W}dstrike":
            struck = is_on(each) or (struck and tag == f"{W}dstrike")
        elif tag == f"{W}vertAlign":
            raised = each.get(f"{W}val") in ("superscript", "subscript")
        elif tag == f"{W}color":
            white = _is_white(each)
        elif tag == f"{W}rFonts":
            doubtful = doubtful or draws(each.get(f"{W}ascii"))
        elif tag == f"{W}position":
            place = each.get(f"{W}val", "")
        elif tag == f"{W}sz":
            size = each.get(f"{W}val", "")
            points = int(size) if size.isdecimal() and len(size) < 5 else 0
            if size in _TINY:
                hidden = True  # letters of two points are dots
            elif place is not None and place.isdecimal() and int(place) >= 6:
                raised = True  # raised by hand, with a size of its own
        elif tag == f"{_W14}textFill":
            fill = each
    if fill is not None:  # goes before the colour
        hidden = hidden or fill.find(f"{_W14}noFill") is not None
        white = _is_filled_white(fill)
    if is_shaded(properties):
        shaded = True
        doubtful = doubtful or _is_blacked_out(properties)
    return Looks(hidden, struck, raised, white, shaded, doubtful, points)


def _is_blacked_out(properties: Any) -> bool:
    """Whether letters have the colour of their own ground: figures that were blacked out by hand, in any colour."""
    colour = (value_of(properties, "color") or "auto").upper()
    marked = value_of(properties, "highlight")
    if marked is not None:
        ground = _HIGHLIGHTS.get(marked)
        return colour == ground or (colour == "AUTO" and marked == "black")
    shade = child_of(properties, "shd")
    return shade is not None and colour != "AUTO" and colour == (attribute_of(shade, "fill") or "").upper()


def _is_filled_white(fill: Any) -> bool:
    """Whether a ``w14:textFill`` fills letters with the colour of the paper."""
    colour = fill.find(f"{_W14}solidFill/*")
    if colour is None or len(colour):  # shades of it are children
        return False
    named = colour.get(f"{_W14}val") or ""
    return named in ("bg1", "lt1") or is_paper(named)


def _is_white(colour: Any) -> bool:
    theme = attribute_of(colour, "themeColor")
    if theme is not None:
        shade = attribute_of(colour, "themeShade") or attribute_of(colour, "themeTint")
        return theme in ("background1", "light1") and shade is None
    return is_paper(attribute_of(colour, "val") or "")
