"""How a run of a Word file looks, as far as it bears on figures: hidden, struck through, raised or lowered.

Said by the run itself, by the style that it names, or by the paragraph's style; the nearest word counts.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from reports.readers.package import Package, PackageError

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TELLING: Final = (b"vanish", b"strike", b"vertAlign")


class Looks(NamedTuple):
    """Of a run of text."""

    hidden: bool = False
    struck: bool = False
    raised: bool = False


PLAIN: Final = Looks()


class Styles:
    """The looks that ``word/styles.xml`` gives to named styles; read when the first style is asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._elements: dict[str, Any] | None = None
        self._looks: dict[str, Looks] = {}

    def run(self, properties: Any, around: Looks) -> Looks:
        """A run with these properties (``w:rPr``) in a paragraph that looks like ``around``."""
        style = properties.find(f"{_W}rStyle")
        if style is not None:
            named = self.of(style.get(f"{_W}val"))
            around = Looks(*(one or other for one, other in zip(named, around, strict=True)))
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
        elements = self._elements if self._elements is not None else self._read()
        chain: list[Any] = []
        at: str | None = name
        while at in elements and len(chain) < 20:
            chain.append(elements[at])
            based = elements[at].find(f"{_W}basedOn")
            at = based.get(f"{_W}val") if based is not None else None
        looks = PLAIN
        for element in reversed(chain):
            properties = element.find(f"{_W}rPr")
            if properties is not None:
                looks = _said(properties, looks)
        return looks

    def _read(self) -> dict[str, Any]:
        self._elements = {}
        if "word/styles.xml" not in self._package:
            return self._elements
        try:
            source = self._package.read("word/styles.xml")
            if any(word in source for word in _TELLING):
                root = self._package.parsed(source, "word/styles.xml")
                self._elements = {each.get(f"{_W}styleId", ""): each for each in root.iter(f"{_W}style")}
        except PackageError:
            return self._elements  # the text is there without its styles
        return self._elements


def _said(properties: Any, before: Looks) -> Looks:
    """The looks after a ``w:rPr`` has had its say."""
    hidden, struck, raised = before
    place = None
    for each in properties:
        tag = each.tag
        if tag == f"{_W}vanish" or tag == f"{_W}specVanish":
            hidden = is_on(each)
        elif tag == f"{_W}strike" or tag == f"{_W}dstrike":
            struck = is_on(each) or (struck and tag == f"{_W}dstrike")
        elif tag == f"{_W}vertAlign":
            raised = each.get(f"{_W}val") in ("superscript", "subscript")
        elif tag == f"{_W}position":
            place = each.get(f"{_W}val", "")
        elif tag == f"{_W}sz" and place is not None and place.isdigit() and int(place) >= 6:
            raised = True  # raised by hand, with a size of its own
    return Looks(hidden, struck, raised)


def is_on(element: Any) -> bool:
    """A switch of Word's: there and not switched off."""
    return element is not None and (element.get(f"{_W}val") or "1").lower() not in ("0", "false", "off", "none")
