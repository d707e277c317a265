"""大汉 xxgk.

``xxgkAnnualReport.jsp?area=<organ's code>&fbtime=<year>`` is the report itself, one address an organ and year. The
organs are links, or nodes of a tree whose script makes the address.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.discovery.page import Link, Page
from crawler.families.listing import Listing, quoted

NAME = "annual_jsp"
PAGE = "xxgkAnnualReport.jsp"
_AREA = re.compile(r"area=([0-9A-Za-z]{6,20})\b")
_WRITTEN = re.compile(r"['\"]([^'\"\s]*xxgkAnnualReport\.jsp)\?")
_NODE = re.compile(r"\{[^{}]*\}")
_CODE = re.compile(r":\s*['\"](\d[0-9A-Za-z]{14,19})['\"]")
_SELECTED = re.compile(r"<option[^>]*value=['\"]((?:19|20)\d\d)['\"]")


def here(page: Page) -> bool:
    """Whether the page itself is such a report."""
    return _is_one(page.url)


def _is_one(url: str) -> bool:
    return PAGE.lower() in url.lower()


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """The organs of the page with the years that it names, where the page itself does not link them all."""
    models = [link for link in page.links if _is_one(link.url) and _AREA.search(link.url)]
    own_report = here(page)
    written = _WRITTEN.search(page.text) if not models and not own_report else None
    model = models[0].url if models else page.url if own_report else page.address(written[1]) if written else None
    if model is None:
        return None
    names: dict[str, str] = _nodes(page) if written else {}
    for link in page.links:
        area = _AREA.search(link.url)
        if area:
            names.setdefault(area[1], link.text)
    own = dict(parse_qsl(urlsplit(page.url).query))
    if own_report and own.get("area"):
        names.setdefault(own["area"], "")
    years = {
        value
        for link in [*models, Link(page.url, "")]
        for key, value in parse_qsl(urlsplit(link.url).query)
        if key == "fbtime"
    }
    years |= set(_SELECTED.findall(page.text))
    known = {tuple(sorted(parse_qsl(urlsplit(link.url).query))) for link in models}
    listing = Listing(NAME, context="annual")
    for code, name in names.items():
        for year in sorted(years, reverse=True):
            pairs = (("area", code), ("fbtime", year))
            if pairs not in known:
                address = model.split("?")[0] + "?" + urlencode(pairs)
                listing.links.append(
                    Link(
                        address,
                        f"{name}{year}年" if len(name) > 4 else f"{year}年",
                        heading="年报",
                        block=-3,
                        tag="json",
                    )
                )
    return listing if listing.links else None


def siblings(page: Page) -> list[Link]:
    """An organ's other reports as a report's own page names them: by links, and by the years that can be chosen."""
    if not here(page):
        return []
    listing = read(page, 1, {})
    linked = [link for link in page.links if _is_one(link.url) and _AREA.search(link.url)]
    named = [Link(link.url, link.text, heading="年报", block=-3) for link in linked if link.url != page.url]
    return named + (listing.links if listing is not None else [])


def newest(url: str, year: int | None, this_year: int) -> bool:
    """Whether an address is a report of this kind that will name the organ's next one: nothing else does."""
    return year is not None and year >= this_year - 2 and _is_one(url)


def _nodes(page: Page) -> dict[str, str]:
    """The organs of a tree of the page by their codes."""
    nodes = (node[0] for script in page.scripts for node in _NODE.finditer(script))
    return {code[1]: quoted(node, "name") or "" for node in nodes if (code := _CODE.search(node))}
