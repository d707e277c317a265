"""Lists that a script loads as XML: RSS, Atom, and whatever a portal makes up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lxml import etree

from crawler.families.entries import entry_of
from crawler.families.listing import Listing, totals_of

#: Elements with which a fragment of a page begins: it is no data.
_MARKUP = frozenset(
    (
        "html", "body", "div", "ul", "ol", "li", "dl", "dt", "dd", "table", "tbody", "thead", "tr", "td", "a",
        "p", "span", "section", "article", "main", "nav", "aside", "header", "footer", "h1", "h2", "h3", "h4",
        "h5", "h6", "form", "select", "option", "label", "strong", "b", "em", "i", "font", "center", "br",
        "hr", "img", "input", "script", "style", "template",
    )
)  # fmt: skip
_LONGEST = 4_000_000  # characters


def xml_listing(text: str, url: str, name: str, shapes: Sequence[str] = ()) -> Listing | None:
    """Read any XML list: the elements of that name of which most have a title and an address, as children or as
    attributes, and the totals beside them. No entity is expanded and nothing is loaded."""
    start = text.lstrip("\ufeff \r\n\t")[:200]
    if not start.startswith("<") or start[:14].lower().startswith(("<!doctype html", "<html")) or len(text) > _LONGEST:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(text.lstrip("\ufeff \r\n\t").encode(), parser)
    except etree.XMLSyntaxError:
        return None
    if root is None or not isinstance(root.tag, str) or root.tag.lower() in _MARKUP:
        return None
    found = [
        (_name(element), link)
        for element in root.iter(etree.Element)
        if (link := entry_of(_fields(element), url, shapes)) is not None
    ]
    if not found:
        return None
    (usual, _), *_ = Counter(each for each, _ in found).most_common(1)
    listing = Listing(name, links=[link for each, link in found if each == usual])
    listing.records, listing.pages = totals_of(_fields(root))
    return listing


def _fields(element: etree._Element) -> dict[str, str]:
    """An element's attributes and the texts of its children; Atom's ``<link href>`` by its address."""
    fields = {str(key): str(value) for key, value in element.attrib.items()}
    for child in element:
        if isinstance(child.tag, str):
            fields[_name(child)] = (child.text or "").strip() or child.get("href") or ""
    return fields


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
