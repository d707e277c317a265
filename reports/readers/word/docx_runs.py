"""What the runs of a Word paragraph print: texts, breaks, symbols, links, results of fields, and the boxes in them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from reports.document import Document, Image, Link
from reports.readers.marks import Printed, doubted
from reports.readers.symbols import SYMBOL, has_signs, in_symbol, place_of, sign
from reports.readers.typeset import fold
from reports.readers.word.docx_styles import Looks, Styles
from reports.readers.word.eq_fields import formula_text
from reports.readers.word.wordml import (
    SKIPPED,
    R,
    alternative_of,
    attribute_of,
    child_of,
    is_unseen_drawing,
    name_of,
)

_LONGEST_CODE = 2_000
_USUAL_SIZE = 21  # half points, of text that says no size
_SHAPES = ("shape", "rect", "group")
DRAWINGS = (*_SHAPES, "anchor", "inline")
RIGHT_TO_LEFT = "\u202e"  # what follows is set so, digits too


class Fields:
    """The fields of a paragraph that are open: what stands in a field's code is not printed.

    A code holds no text of its own, but the results of fields inside it: ``{IF {PAGE} = 1 …}``. Text that stands
    in a code nevertheless is shown by some programs only.
    """

    def __init__(self) -> None:
        self._in_code: list[bool] = []
        self._codes_open = 0  # how many of them are in their code: thousands may be nested
        self._codes: list[str] = []

    def mark(self, kind: str | None) -> str:
        """Takes in a field's mark, ``begin``, ``separate`` or ``end``; gives what a formula prints that ends here."""
        if kind == "begin":
            self._in_code.append(True)
            self._codes_open += 1
            self._codes.append("")
        elif kind == "separate" and self._in_code:
            self._codes_open -= self._in_code[-1]
            self._in_code[-1] = False
        elif kind == "end" and self._in_code:
            code = self._codes.pop()
            was_code = self._in_code.pop()
            self._codes_open -= was_code
            if was_code and self.prints:
                return formula_text(code) or ""
        return ""

    def code(self, text: str) -> None:
        """Takes in a part of the innermost field's code."""
        if self._codes and len(self._codes[-1]) < _LONGEST_CODE:
            self._codes[-1] += text

    @property
    def prints(self) -> bool:
        """Whether a text here is printed."""
        return not self._in_code or self._codes_open == self._in_code[-1]

    def shown(self, text: str) -> str:
        """A text here that is printed: digits in a field's code are no figure."""
        return doubted(text) if self._in_code and self._in_code[-1] else text


class Runs:
    """Collects what paragraphs print; links and pictures go to the document."""

    def __init__(self, document: Document, styles: Styles, targets: dict[str, tuple[str, str]]) -> None:
        self.document = document
        self.styles = styles
        self.targets = targets  # of relationships: kind and target by their id
        self.revised = False
        self.shaded = False  # the cell has a ground
        self.pictures = 0  # that stand in lines so far
        self._floating = False  # inside a drawing that floats over the page
        self._fields = Fields()

    def of(self, paragraph: Any, printed: Printed, looks: Looks) -> list[Any]:
        """Collects a paragraph into ``printed``; the contents of text boxes in it are returned."""
        boxes: list[Any] = []
        self._fields = Fields()
        self._collect(paragraph, printed, boxes, looks)
        return boxes

    def _collect(self, parent: Any, printed: Printed, boxes: list[Any], looks: Looks) -> None:
        for child in parent:
            name = name_of(child)
            if name == "t":
                if child.text and self._fields.prints:
                    text = in_symbol(child.text) if has_signs(child.text) and _is_in_symbol(parent) else child.text
                    text = self._fields.shown(looks.shown(text))
                    printed.add(text, raised=looks.raised, struck=looks.struck, size=looks.size or _USUAL_SIZE)
            elif name == "r":
                self._run(child, printed, boxes, looks)
            elif name in ("br", "cr"):
                printed.add("\n")
            elif name in ("tab", "ptab"):
                printed.add(" ")
            elif name == "noBreakHyphen":
                printed.add("-")
            elif name == "sym":
                printed.add(sign(attribute_of(child, "font"), place_of(attribute_of(child, "char"))))
            elif name == "fldChar":
                printed.add(self._fields.mark(attribute_of(child, "fldCharType")))
            elif name == "instrText":
                self._fields.code(child.text or "")
            elif name in ("sup", "sub"):  # of a formula
                self._collect(child, printed, boxes, looks._replace(raised=True))
            elif name == "den":
                printed.add("/")
                self._collect(child, printed, boxes, looks)
            elif name == "txbxContent":
                boxes.append(child)
            elif name == "AlternateContent":
                chosen = alternative_of(child)
                if chosen is not None:
                    self._collect(chosen, printed, boxes, looks)
            elif name == "hyperlink":
                start = len(printed.pieces)
                self._collect(child, printed, boxes, looks)
                kind, target = self.targets.get(child.get(f"{R}id", ""), ("", ""))
                if kind == "hyperlink" and target and not target.lower().startswith("javascript:"):
                    address = urljoin(self.document.address, target) if self.document.address else target
                    self.document.links.append(Link(address, fold(printed.since(start))))
            elif name == "bdo" and attribute_of(child, "val") == "rtl":
                printed.add(RIGHT_TO_LEFT)
                self._collect(child, printed, boxes, looks)
            elif name == "textpath":
                printed.add(child.get("string") or "")
            elif name in DRAWINGS and is_unseen_drawing(child):
                continue
            elif name == "anchor" or (name in _SHAPES and floats(child.get("style"))):
                outside, self._floating = self._floating, True
                self._collect(child, printed, boxes, looks)
                self._floating = outside
            elif name in ("imagedata", "OLEObject"):
                self.pictures += not self._floating
            elif name == "blip":
                self.pictures += not self._floating
                kind, target = self.targets.get(child.get(f"{R}embed", ""), ("", ""))
                if kind == "image":
                    self.document.images.append(Image(target))
            elif name in ("del", "moveFrom"):
                self.revised = True
            elif name not in SKIPPED:
                self._collect(child, printed, boxes, looks)

    def _run(self, element: Any, printed: Printed, boxes: list[Any], looks: Looks) -> None:
        properties = child_of(element, "rPr")
        if properties is not None:
            looks = self.styles.run(properties, looks)
        if looks.hidden or (looks.white and not looks.shaded and not self.shaded):
            for mark in element.iterfind("{*}fldChar"):  # a field's marks are hidden more often than its result
                self._fields.mark(attribute_of(mark, "fldCharType"))
            return
        note = child_of(element, "footnoteReference")
        if note is not None and attribute_of(note, "customMarkFollows") not in (None, "0", "false"):
            looks = looks._replace(raised=True)
        self._collect(element, printed, boxes, looks)


def floats(style: str | None) -> bool:
    """Whether a shape with this style floats over the page, as seals do, instead of standing in its line."""
    return "position:absolute" in (style or "").replace(" ", "").lower()


def _is_in_symbol(run: Any) -> bool:
    """Whether a run is set in the font Symbol."""
    properties = child_of(run, "rPr")
    fonts = child_of(properties, "rFonts") if properties is not None else None
    return fonts is not None and SYMBOL in (attribute_of(fonts, "ascii"), attribute_of(fonts, "hAnsi"))
