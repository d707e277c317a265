"""Pages turned by a form: ``page(2)``, where ``function page(n){document.f.no.value=n;document.f.submit()}`` stands."""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode

from selectolax.lexbor import LexborNode

from crawler.discovery.calls import CALL, body_of
from crawler.discovery.links import Page, squeeze
from crawler.discovery.pager import turns_to
from crawler.families.listing import Listing, Step, announced

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
        text = squeeze(node.text() or attributes.get("value") or "")
        call = CALL.search(script) if turns_to(text, number + 1) else None
        step = _step(page, call[1], call[2], number + 1) if call else None
        if step is not None:
            records, pages = announced(page.text)
            return Listing(NAME, records=records, pages=pages, steps=[step])
    return None


def _step(page: Page, function: str, argument: str, number: int) -> Step | None:
    names, body = body_of(page, function)
    if len(names) != 1 or "submit" not in body or not argument.strip("'\" ").isdigit():
        return None
    parameter = re.escape(names[0])
    sets = re.search(rf"{_SETS}\s*\.\s*(?:value\s*=\s*{parameter}\b|val\(\s*{parameter}\s*\))", body)
    assert page.tree is not None
    for form in page.tree.css("form") if sets else []:
        fields = _fields(form)
        field = fields.get(sets[1]) if sets else None
        if field is None:
            continue
        values = dict(fields.values()) | {field[0]: argument.strip("'\" ")}
        address = page.address(form.attributes.get("action") or "") or page.url
        if (form.attributes.get("method") or "get").lower() == "post":
            return Step(address, number, "POST", urlencode(values), linked=True)
        return Step(f"{address.split('?')[0]}?{urlencode(values)}", number, linked=True)
    return None


def _fields(form: LexborNode) -> dict[str, tuple[str, str]]:
    """The hidden and text fields of a form by name and by id: what they are sent as, and their values."""
    found: dict[str, tuple[str, str]] = {}
    for each in form.css("input"):
        attributes = each.attributes
        name = attributes.get("name")
        if name and (attributes.get("type") or "text").lower() in ("hidden", "text", "number"):
            known = (name, attributes.get("value") or "")
            found[name] = known
            if (other := attributes.get("id")) and other != name:
                found.setdefault(other, known)
    return found
