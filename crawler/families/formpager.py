"""Pages turned by a form: ``page(2)``, where ``function page(n){document.f.no.value=n;document.f.submit()}`` stands."""

from __future__ import annotations

import html
import re

from selectolax.lexbor import LexborNode

from crawler.discovery.calls import CALL, body_of
from crawler.discovery.links import Page, squeeze
from crawler.discovery.pager import turns_to
from crawler.families.brackets import split
from crawler.families.forms import fields_of, sent, value_of
from crawler.families.listing import Listing, announced

NAME = "formpager"
_SETS = (
    r"(?:getElementById\(\s*['\"]|getElementsByName\(\s*['\"]|\$\(\s*['\"]#|[.\[]\s*['\"]?)([\w-]+)['\"\])]*(?:\[0\])?"
)
_FILLS = re.compile(
    rf"{_SETS}\s*\.\s*(?:value\s*=(?!=)\s*|val\(\s*)(?:'([^']*)'|\"([^\"]*)\"|(\d+)|([A-Za-z_$][\w$]*))"
)
_NUMBER = re.compile(r"第?(\d{1,4})页?(?:/共?\d{1,4}页?)?")
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
            listing = _turned(page, call[1], call[2], number + 1)
            if listing is not None:
                listing.records, listing.pages = announced(page.text)
                return listing
    return _numbered(page, number)


def _turned(page: Page, function: str, given: str, number: int) -> Listing | None:
    found = filled(page, function, given) if re.search(r"(?<![\w-])\d+(?![\w-])", given) else None
    if found is None:
        return None
    form, fields = found
    if fields == fields_of(form) and number > 2:  # the last page's 下一页 leads to itself
        return Listing(NAME, end="no next page")
    return Listing(NAME, steps=[sent(page, form, fields, number)])


def filled(page: Page, function: str, given: str) -> tuple[LexborNode, dict[str, str]] | None:
    """The form that a function of the page fills with what it is called with and sends, and its fields then.

    What it fills in besides (a page's number, set back to 1 for another organ) is filled in too.
    """
    names, body = body_of(page, function)
    if not names or "submit" not in body or page.tree is None:
        return None
    known = dict(
        zip(names, (each.strip().strip("'\"").replace("\\\\", "\\") for each in split(given, ",")), strict=False)
    )
    sets = [(each[1], each[2] or each[3] or each[4], known.get(each[5] or "")) for each in _FILLS.finditer(body)]
    for form in page.tree.css("form") if any(passed for *_, passed in sets) else []:
        fields = fields_of(form)
        filled_in = {
            field: passed or written or ""
            for name, written, passed in sets
            if (passed or written is not None) and (field := _field(form, name)) in fields
        }
        if any(passed and _field(form, name) in filled_in for name, _, passed in sets):
            return form, fields | filled_in
    return None


def _numbered(page: Page, number: int) -> Listing | None:
    """The next page of a form that has a menu of nothing but the list's pages, and sends itself when one is chosen."""
    assert page.tree is not None
    for form in page.tree.css("form"):
        for menu in form.css("select[name][onchange]"):
            options = [(value_of(each), _NUMBER.fullmatch(squeeze(each.text()))) for each in menu.css("option")]
            pages = {int(said[1]): value for value, said in options if said}
            sends = menu.attributes.get("onchange") or ""
            if len(pages) != len(options) or sorted(pages) != list(range(1, len(pages) + 1)):
                continue
            if "submit" not in sends and not any(
                "submit" in body_of(page, call[1])[1] for call in CALL.finditer(sends)
            ):
                continue
            fields = fields_of(form) | {menu.attributes.get("name") or "": pages.get(number + 1, "")}
            steps = [sent(page, form, fields, number + 1)] if number + 1 in pages else []
            return Listing(NAME, pages=len(pages), steps=steps, end=None if steps else f"page {number} of {len(pages)}")
    return None


def _field(form: LexborNode, name: str) -> str:
    """The name of the field that a script calls by its name or its id."""
    for each in form.css("input"):
        if name in (each.attributes.get("name"), each.attributes.get("id")):
            return each.attributes.get("name") or ""
    return ""
