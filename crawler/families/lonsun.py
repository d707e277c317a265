"""龙讯 (Anhui and beyond): lists are HTML fragments of ``/site/label/8888?labelName=publicInfoList&…&pageIndex=N``.

Which labels are a list's is in data/families.yaml; a column that shows its newest report loads the older ones by one.
"""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

import data
from crawler.address import absolute
from crawler.discovery.page import Page
from crawler.families.listing import Listing, Step, announced, html_links, quoted

NAME = "lonsun"
_LABEL = re.compile(r"""['"]([^'"\s]*/site/label/\d+[^'"]*)['"]""")
_SUM = re.compile(r"""(?:\s*\+\s*(?:'[^'\n]*'|"[^"\n]*"|[\w$.]+(?:\([^()]*\))?))+""")
_FIELDS = (
    "labelName",
    "siteId",
    "organId",
    "catId",
    "cId",
    "type",
    "pageSize",
    "file",
    "action",
    "isDate",
    "dateFormat",
    "length",
    "result",
    "keyWords",
)


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """The first fragment of the column."""
    source = html.unescape(page.text)
    steps = []
    for label in _LABEL.finditer(source):
        address = absolute(page.url, label[1])
        if address is None:
            continue
        fields = dict(parse_qsl(urlsplit(address).query, keep_blank_values=True)) | _added(source, label.end())
        own = dict(parse_qsl(urlsplit(page.url).query))
        organ = re.search(r"/public/column/(\d+)", page.url)
        if organ:
            fields.setdefault("organId", organ[1])
        for name in ("type", "catId"):
            if name in own:
                fields.setdefault(name, own[name])
        for name in _FIELDS:  # last: the page's navigation names the columns beside this one too
            value = quoted(source, name) if name not in fields else None
            if value is not None:
                fields[name] = value
        fields.setdefault("labelName", "publicInfoList")
        if any(each in fields["labelName"].lower() for each in data.load_yaml("families.yaml")["labels"]):
            fields.setdefault("pageSize", "20")
            fields.pop("pageIndex", None)
            steps.append(_step(address.split("?")[0], fields, 1))
            break
    return Listing(NAME, steps=steps) if steps else None


def _added(source: str, start: int) -> dict[str, str]:
    """The parameters in the texts that a script adds to the address (``… + pageIndex + '&catId=7'``)."""
    sum_ = _SUM.match(source, start)
    texts = re.findall(r"""['"]([^'"]*)['"]""", sum_[0]) if sum_ else []
    pairs = [pair for text in texts for pair in parse_qsl(text, keep_blank_values=True)]
    return {name: value for name, value in pairs if name in _FIELDS and value}


def _step(address: str, fields: dict[str, str], number: int) -> Step:
    query = {**fields, "pageIndex": str(number)}
    return Step(f"{address}?{urlencode(query)}", number, family=NAME, memo={"label": address, "fields": fields})


def read_answer(text: str, url: str, number: int, memo: dict[str, object]) -> Listing | None:
    """One fragment; they go on until the announced pages are read, or one is empty or repeats."""
    links = [link for link in html_links(text, url) if "/site/label/" not in link.url and link.place != "pager"]
    listing = Listing(NAME, links=links)
    listing.records, listing.pages = announced(text)
    total = quoted(text, "total") or quoted(text, "totalCount") or quoted(text, "dataCount")
    pages = quoted(text, "pageCount") or quoted(text, "totalPage")
    if listing.records is None and total and total.isdecimal():
        listing.records = int(total)
    if listing.pages is None and pages and pages.isdecimal():
        listing.pages = int(pages)
    fields = memo.get("fields")
    if not links:
        listing.end = "empty fragment"
    elif listing.pages is not None and number >= listing.pages:
        listing.end = f"page {number} of {listing.pages}"
    elif isinstance(fields, dict):
        listing.steps = [_step(str(memo["label"]), fields, number + 1)]
    return listing
