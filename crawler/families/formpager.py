"""Pages turned by a form: ``page(2)``, where ``function page(n){document.f.no.value=n;document.f.submit()}`` stands."""

from __future__ import annotations

import html
import re

from selectolax.lexbor import LexborNode

from crawler.discovery.calls import CALL, body_of
from crawler.discovery.links import Page, squeeze
from crawler.discovery.pager import turns_to
from crawler.families.forms import fields_of, sent
from crawler.families.listing import Listing, announced

NAME = "formpager"
_SETS = (
    r"(?:getElementById\(\s*['\"]|getElementsByName\(\s*['\"]|\$\(\s*['\"]#|[.\[]\s*['\"]?)([\w-]+)['\"\])]*(?:\[0\])?"
)
_TURNING = "a[href^='javascript:'], [onclick]"  # many portals send a search by script, few their pages


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """The next page: the fields of the form that the call of the link that turns sends, with the page's number in."""
    if page.tree is None:
        return None
    for node in page.tree.css(_TURNING):
        attributes = node.attributes
        script = html.unescape(f"{attributes.get('href') or ''} {attributes.get('onclick') or ''}")
        if not turns_to(squeeze(node.text() or attributes.get("value") or ""), number + 1):
            continue
        for call in CALL.finditer(script):  # href="javascript:void(0)" is one too
            listing = _turned(page, call[1], call[2].strip("'\" "), number + 1)
            if listing is not None:
                listing.records, listing.pages = announced(page.text)
                return listing
    return None


def _turned(page: Page, function: str, argument: str, number: int) -> Listing | None:
    found = filled(page, function, argument) if argument.isdecimal() else None
    if found is None:
        return None
    form, fields = found
    if fields == fields_of(form) and number > 2:  # the last page's 下一页 leads to itself
        return Listing(NAME, end="no next page")
    return Listing(NAME, steps=[sent(page, form, fields, number)])


def filled(page: Page, function: str, argument: str) -> tuple[LexborNode, dict[str, str]] | None:
    """The form that a function of the page fills with what it is called with and sends, and its fields then."""
    names, body = body_of(page, function)
    if len(names) != 1 or "submit" not in body or page.tree is None:
        return None
    parameter = re.escape(names[0])
    sets = re.search(rf"{_SETS}\s*\.\s*(?:value\s*=\s*{parameter}\b|val\(\s*{parameter}\s*\))", body)
    for form in page.tree.css("form") if sets else []:
        fields = fields_of(form)
        field = _field(form, sets[1]) if sets else None
        if field in fields:
            return form, fields | {field: argument}
    return None


def _field(form: LexborNode, name: str) -> str:
    """The name of the field that a script calls by its name or its id."""
    for each in form.css("input"):
        if name in (each.attributes.get("name"), each.attributes.get("id")):
            return each.attributes.get("name") or ""
    return ""
