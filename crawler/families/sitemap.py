"""A portal's sitemap.xml, asked for where its home page shows no way: only the words in its addresses say anything.

Where they say nothing either (``/show-123.html``), the addresses themselves are looked into, as far as that pays.
"""

from __future__ import annotations

import html
import re
import zlib

from crawler.address import absolute
from crawler.discovery.links import Link
from crawler.discovery.slugs import slug_kind
from crawler.families.listing import Listing, Step

NAME = "sitemap"
_PLACE = re.compile(r"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]+)", re.I)
_MOST = 8  # maps of a map of maps
_SAMPLE = 1000  # addresses without a word of what they are
_LONGEST = 40 << 20  # bytes of a map


def read_answer(text: str, url: str, number: int, memo: dict[str, object]) -> Listing | None:
    """The addresses of a map, or the maps that it names; none of either where it is no map."""
    places = [found for each in _PLACE.findall(text) if (found := absolute(url, html.unescape(each)))]
    if "<sitemapindex" in text:
        maps = [Step(place, 1, family=NAME, memo={"column": place}) for place in places[:_MOST]]
        return Listing(NAME, steps=maps)
    places = [place for place in places if slug_kind(place)] or places[:_SAMPLE]
    links = [Link(place, "", tag="sitemap") for place in places]
    return Listing(NAME, links=links, end="the site's map") if places else None


def unpacked(body: bytes) -> bytes:
    """A map as it is, or out of its compressed file (sitemap1.xml.gz)."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(31).decompress(body, _LONGEST)
    except zlib.error:
        return b""
