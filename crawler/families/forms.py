"""What a browser would send with a form of a page, as it stands."""

from __future__ import annotations

from urllib.parse import urlencode

from selectolax.lexbor import LexborNode

from crawler.discovery.links import Page
from crawler.families.listing import Step

_TEXTS = ("hidden", "text", "number", "search")


def fields_of(form: LexborNode) -> dict[str, str]:
    """The form's fields and their values: hidden ones, texts, what is ticked and what is chosen."""
    found: dict[str, str] = {}
    for each in form.css("input[name], select[name]"):
        attributes = each.attributes
        name, kind = attributes.get("name") or "", (attributes.get("type") or "text").lower()
        if each.tag == "select":
            option = chosen(each)
            if name and option is not None:
                found[name] = value_of(option)
        elif name and (kind in _TEXTS or (kind in ("radio", "checkbox") and "checked" in attributes)):
            found[name] = attributes.get("value") or ""
    return found


def chosen(select: LexborNode) -> LexborNode | None:
    """The option that a <select> shows."""
    return select.css_first("option[selected]") or select.css_first("option")


def value_of(option: LexborNode) -> str:
    """What an option sends."""
    value = option.attributes.get("value")
    return option.text().strip() if value is None else value


def sent(page: Page, form: LexborNode, values: dict[str, str], number: int, *, posted: bool = False) -> Step:
    """The request that sends the form with these values, in the page's own charset."""
    address = page.address(form.attributes.get("action") or "") or page.url
    written = urlencode(values, encoding=page.charset, errors="xmlcharrefreplace")
    if posted or (form.attributes.get("method") or "get").lower() == "post":
        return Step(address, number, "POST", written, linked=True)
    return Step(f"{address.split('?')[0]}?{written}", number, linked=True)
