"""Looking into the elements of a Word file's XML: names without their namespace, switches, values, alternatives."""

from __future__ import annotations

from typing import Any, Final

from reports.readers.paper import is_paper

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_KNOWN_SPACES: Final = (
    "http://schemas.microsoft.com/",
    "urn:schemas-microsoft-com:",
    "http://schemas.openxmlformats.org/",
)
_LOWEST: Final = 40  # twentieths of a point

#: Elements that print nothing of what is in them.
SKIPPED: Final = frozenset(
    (
        "del", "moveFrom", "instrText", "delText", "pPr", "rPr", "rt", "tblPr", "tblGrid", "tcPr", "trPr", "tblPrEx",
        "sectPr", "proofErr",
    )
)  # fmt: skip


def name_of(element: Any) -> str:
    """``p`` of a paragraph, whatever its namespace."""
    tag: str = element.tag
    return tag[tag.rfind("}") + 1 :]


def child_of(parent: Any, name: str) -> Any:
    """The first child of this name, or None."""
    return parent.find(W + name)


def attribute_of(element: Any, name: str) -> str | None:
    """An attribute of Word's own."""
    value: str | None = element.get(W + name)
    return value


def value_of(parent: Any, name: str) -> str | None:
    """What a child says in its ``w:val``; None where there is no such child."""
    element = child_of(parent, name)
    return None if element is None else attribute_of(element, "val") or ""


def is_on(element: Any) -> bool:
    """A switch of Word's: there and not switched off."""
    return element is not None and (element.get(f"{W}val") or "1").lower() not in ("0", "false", "off", "none")


def is_shaded(properties: Any) -> bool:
    """Whether properties give a ground that is not the paper's, so that white text can be read on it."""
    shade = child_of(properties, "shd")
    if shade is not None:
        fill = attribute_of(shade, "fill") or "auto"
        pattern = (attribute_of(shade, "val") or "clear").lower()
        themed = attribute_of(shade, "themeFill") not in (None, "background1", "light1")
        if not (fill == "auto" or is_paper(fill)) or themed or pattern not in ("clear", "nil"):
            return True
    return (value_of(properties, "highlight") or "none") not in ("none", "white")


def alternative_of(element: Any) -> Any:
    """Of several drawings of the same thing the one that Word shows: reading all would print text boxes twice.

    A choice that requires what Word does not know is passed over, as Word does.
    """
    fallback = element.find(_MC + "Fallback")
    for choice in element.iterfind(_MC + "Choice"):
        spaces = [choice.nsmap.get(prefix, "") for prefix in choice.get("Requires", "").split()]
        if fallback is None or all(space.startswith(_KNOWN_SPACES) for space in spaces):
            return choice
    return fallback


def is_unseen_drawing(element: Any) -> bool:
    """Whether a drawing (``wp:inline``, ``wp:anchor``) or a shape of the older kind is hidden, with the text in it."""
    if name_of(element) in ("inline", "anchor"):
        said = next((child for child in element if name_of(child) == "docPr"), None)
        return said is not None and said.get("hidden") in ("1", "true")
    return "visibility:hidden" in (element.get("style") or "").replace(" ", "").lower()


def is_unseen_row(properties: Any) -> bool:
    """Whether a row's properties (``w:trPr``) hide it, or make it exactly so low that nothing of it is seen."""
    if is_on(child_of(properties, "hidden")):
        return True
    height = child_of(properties, "trHeight")
    if height is None or attribute_of(height, "hRule") != "exact":
        return False
    written = attribute_of(height, "val") or ""
    return written.isdecimal() and int(written) <= _LOWEST
