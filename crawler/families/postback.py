"""ASP.NET: pages are turned by sending the page's own form back (``__doPostBack('…Pager','2')``)."""

from __future__ import annotations

import html
import re

from selectolax.lexbor import LexborNode

from crawler.discovery.links import Page, squeeze
from crawler.discovery.pager import turns_to
from crawler.families.forms import fields_of, sent
from crawler.families.listing import Listing, Step, announced

NAME = "postback"
CALL = re.compile(r"__doPostBack\(\s*\\?'([^'\\]*)\\?'\s*,\s*\\?'((?:[^'\\]|\\\\)*)\\?'\s*\)")
_LINK = re.compile(rf"{CALL.pattern}[^>]*>(.*?)</a>", re.S)


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """The next page: the form's fields with the target and the argument of the link that turns."""
    source = html.unescape(page.text.replace("&quot;", "&#34;"))
    links = [(match[1], match[2], squeeze(re.sub(r"<[^>]*>", "", match[3]))) for match in _LINK.finditer(source)]
    records, pages = announced(page.text)
    listing = Listing(NAME, records=records, pages=pages)
    following = next(((target, argument) for target, argument, text in links if turns_to(text, number + 1)), None)
    form = page.tree.css_first("form") if page.tree is not None else None
    if following is None or form is None:
        return listing if number > 1 else None
    listing.steps = [back(page, form, *following, number + 1)]
    return listing


def back(page: Page, form: LexborNode, target: str, argument: str, number: int, **more: str) -> Step:
    """The request that sends the page's form back for this target."""
    values = fields_of(form) | {"__EVENTTARGET": target, "__EVENTARGUMENT": argument.replace("\\\\", "\\")} | more
    step = sent(page, form, values, number, posted=True)
    step.linked = False
    return step
