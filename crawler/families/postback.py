"""ASP.NET: pages are turned by sending the page's own form back (``__doPostBack('…Pager','2')``)."""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode

from crawler.address import absolute
from crawler.discovery.links import Page, squeeze
from crawler.discovery.pager import turns_to
from crawler.families.listing import Listing, Step, announced

NAME = "postback"
_LINK = re.compile(r"__doPostBack\(\s*'([^']*)'\s*,\s*'([^']*)'\s*\)[^>]*>(.*?)</a>", re.S)
_FORM = re.compile(r"<form\b[^>]*\baction\s*=\s*['\"]([^'\"]*)['\"]", re.I)
_INPUT = re.compile(r"<input\b[^>]*>", re.I)


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """The next page: the form's hidden fields with the target and the argument of the link that turns."""
    source = html.unescape(page.text.replace("&quot;", "&#34;"))
    links = [(match[1], match[2], squeeze(re.sub(r"<[^>]*>", "", match[3]))) for match in _LINK.finditer(source)]
    records, pages = announced(page.text)
    listing = Listing(NAME, records=records, pages=pages)
    following = next(((target, argument) for target, argument, text in links if turns_to(text, number + 1)), None)
    if following is None:
        return listing if number > 1 else None
    form = _FORM.search(page.text)
    address = absolute(page.url, html.unescape(form[1])) if form and form[1] else page.url
    fields = _hidden(page.text) | {"__EVENTTARGET": following[0], "__EVENTARGUMENT": following[1]}
    listing.steps = [Step(address or page.url, number + 1, "POST", urlencode(fields))]
    return listing


def _hidden(source: str) -> dict[str, str]:
    fields = {}
    for match in _INPUT.finditer(source):
        values = {
            name.lower(): html.unescape(value)
            for name, value in re.findall(r"\b(type|name|value)\s*=\s*[\"']([^\"']*)[\"']", match[0], re.I)
        }
        if values.get("type", "").lower() == "hidden" and values.get("name"):
            fields[values["name"]] = values.get("value", "")
    return fields
