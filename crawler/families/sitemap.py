"""A portal's sitemap.xml, asked for where its home page shows no way: only the words in its addresses say anything."""

from __future__ import annotations

import html
import re

from crawler.address import absolute
from crawler.discovery.links import Link
from crawler.discovery.slugs import slug_kind
from crawler.families.listing import Listing, Step

NAME = "sitemap"
_PLACE = re.compile(r"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]+)", re.I)
_MOST = 3  # maps of a map of maps


def read_answer(text: str, url: str, number: int, memo: dict[str, object]) -> Listing | None:
    """The addresses of a map, or the maps that it names; none of either where it is no map."""
    places = [found for each in _PLACE.findall(text) if (found := absolute(url, html.unescape(each)))]
    if "<sitemapindex" in text:
        maps = [Step(place, 1, family=NAME, memo={"column": place}) for place in places[:_MOST]]
        return Listing(NAME, steps=maps)
    links = [Link(place, "", tag="sitemap") for place in places if slug_kind(place)]
    return Listing(NAME, links=links, end="the site's map") if places else None
