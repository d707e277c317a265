"""Lists that say in a script how many pages there are (``totalPage``, ``countPage``, ``pageCount``) and build the
links there; 上海 among them.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.address import absolute
from crawler.discovery.page import Page
from crawler.families.listing import Listing, Step

NAME = "jslist"
_TOTAL = re.compile(
    r"(?i)\b(?:totalPages?|countPage|pageCount|page_count|pageTotal)\b['\"]?\s*[:=]\s*(?:parseInt\()?['\"]?(\d{1,5})\b"
)
_PARSED = re.compile(r"\btotal\w*\s*[:=]\s*parseInt\(\s*['\"](\d{1,4})['\"]")  # 延安
_BUILT = re.compile(r"""(\w+)_\\?['"]\s*\+[^;'"]{1,40}\+\s*\\?['"]\.(\w{3,5})\b""")  # 'index_' + (i + 1) + '.shtml'
_NAME = re.compile(r"\bpagename\s*=\s*['\"](\w+)['\"]", re.I)  # <div pagecount="4" pagename="index" pageext="shtml">
_EXTENSION = re.compile(r"\bpageext\s*=\s*['\"](\w+)['\"]", re.I)
_CURRENT = re.compile(
    r"(?i)\b(?:currentPage|curPage|pageNo|pageIndex|current_page|pageNum)\b['\"]?\s*[:=]\s*(?:parseInt\()?['\"]?(\d{1,5})\b"
)


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """The next page beside this one: index_2.html (上海), or index_1.html where the script counts from 0."""
    total = _TOTAL.search(page.text) or _PARSED.search(page.text)
    if not total or "createPage" in page.text:
        return None
    pages = int(total[1])
    listing = Listing(NAME, pages=pages)
    if number >= pages:
        listing.end = f"page {number} of {pages}"
        return listing
    current = _CURRENT.search(page.text)
    first = memo.get("first")
    if not isinstance(first, int):
        first = 0 if current and int(current[1]) == 0 and number == 1 else 1
    parts = urlsplit(page.url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    key = next(
        (
            each
            for each in query
            if each.lower() in ("page", "pageno", "pageindex", "cur_page", "p", "pagenum", "curpage")
        ),
        None,
    )
    if key:
        query[key] = str(int(query[key]) + 1) if query[key].isdigit() else str(number + 1)
        listing.steps = [Step(page.url.split("?")[0] + "?" + urlencode(query), number + 1)]
        return listing
    last = parts.path.rsplit("/", 1)[-1]
    stem, extension = last.rsplit(".", 1) if "." in last else _built(page.text)
    counted = re.fullmatch(r"\d+", stem) and (number > 1 or stem == "1")
    if counted:  # 延安: 1.html, 2.html, beside the column's own page or as it
        address = absolute(page.url, f"{int(stem) + 1}.{extension}")
        listing.steps = [Step(address, number + 1)] if address else []
        return listing
    stem = re.sub(r"_\d+$", "", stem) if number > 1 else stem
    steps = [
        Step(address, number + 1, memo={"first": habit})
        for habit in (first, 1 - first)
        if (address := absolute(page.url, f"{stem}_{number + habit}.{extension}"))
    ]
    if number == 1:
        plain = (absolute(page.url, f"{each}.{extension}") for each in (2, 1))
        steps += [Step(address, 2) for address in plain if address]
    if steps:
        steps[0].otherwise = steps[1:] if number == 1 else []
        listing.steps = steps[:1]
    return listing


def _built(source: str) -> tuple[str, str]:
    """Name and extension of the pages beside a column's own address, as its script builds them."""
    name, extension = _NAME.search(source), _EXTENSION.search(source)
    if name and extension:
        return name[1], extension[1]
    built = _BUILT.search(source)
    return (built[1], built[2]) if built else ("index", "html")
