"""Lists that say in a script how many pages there are (``totalPage``, ``countPage``, ``pageCount``) and build the
links there; 上海 among them.
"""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.address import absolute
from crawler.discovery.page import Page
from crawler.families import asked, terms
from crawler.families.brackets import balanced
from crawler.families.listing import Listing, Step

NAME = "jslist"
_TOTAL = re.compile(
    r"(?i)\b(?:totalPages?|countPage|pageCount|page_count|pageTotal)\b['\"]?\s*[:=]\s*(?:parseInt\()?['\"]?(\d{1,5})\b"
)
_PARSED = re.compile(r"\btotal\w*\s*[:=]\s*parseInt\(\s*['\"](\d{1,4})['\"]")  # 延安
_BUILT = re.compile(r"""(\w+)_\\?['"]\s*\+[^;'"]{1,40}\+\s*\\?['"]\.(\w{3,5})\b""")  # 'index_' + (i + 1) + '.shtml'
_PLAIN = re.compile(r"[\w)]\s*\+\s*\\?['\"]\.(?:s?html?)\b")  # i + '.html'
_JOINED = re.compile(r"_\\?['\"]\s*\+")  # name + '_' + i
_LOOP = re.compile(
    r"\bfor\s*\([^;{}]*;\s*(\w+)\s*<=?\s*(\w+)\s*;[^{]{0,40}\{[^}]{0,200}?\b\1\s*\+\s*\\?['\"]\.s?html?\b"
)
_PAGINATION = re.compile(r"\.pagination\s*\(\s*(?=\{)")
_CALLED = re.compile(r"createPage(?:HTML)?\s*\(\s*[^{\s]")  # trs, ucap; createPage({totalPage: …}) is none of theirs
_NAME = re.compile(r"\bpagename\s*=\s*['\"](\w+)['\"]", re.I)  # <div pagecount="4" pagename="index" pageext="shtml">
_EXTENSION = re.compile(r"\bpageext\s*=\s*['\"](\w+)['\"]", re.I)
_SUFFIX = re.compile(
    r"(?i)\b(?:suffix|postfix|ext(?:ension)?|(?:page|file)ext)\w{0,4}['\"]?\s*[:=]\s*['\"]\.?(s?html?)['\"]"
)
_CURRENT = re.compile(
    r"(?i)\b(?:currentPage|curPage|pageNo|pageIndex|current_page|pageNum)\b['\"]?\s*[:=]\s*(?:parseInt\()?['\"]?(\d{1,5})\b"
)


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """The next page beside this one: index_2.html (上海), or index_1.html where the script counts from 0."""
    pages = None if _CALLED.search(page.text) else _pages(page)
    if pages is None:
        return None
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
        query[key] = str(int(query[key]) + 1) if query[key].isdecimal() else str(number + 1)
        listing.steps = [Step(page.url.split("?")[0] + "?" + urlencode(query), number + 1)]
        return listing
    last = parts.path.rsplit("/", 1)[-1]
    stem, extension = last.rsplit(".", 1) if "." in last else _built(page)
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
        bare = [Step(address, 2) for address in plain if address]
        steps = [*bare[:1], *steps, *bare[1:]] if _builds_plainly(page) else steps + bare
    if steps:
        steps[0].otherwise = steps[1:] if number == 1 else []
        listing.steps = steps[:1]
    return listing


def _pages(page: Page) -> int | None:
    """How many pages there are: a number by its name, what a loop of links counts to, or entries by size."""
    total = _TOTAL.search(page.text) or _PARSED.search(page.text)
    if total:
        return int(total[1])
    loop = _LOOP.search(page.text)
    counted = terms.text_of(page, loop[2]) if loop else None
    if counted and counted.isdecimal():
        return int(counted)
    for call in _PAGINATION.finditer(page.text) if _builds_plainly(page) else ():  # 新点
        options = balanced(page.text, call.end()) or ""
        entries, size = (terms.text_of(page, asked.option(each, options)) or "" for each in ("total", "pageSize"))
        if entries.isdecimal() and size.isdecimal() and int(size):
            return -(-int(entries) // int(size))
    return None


def builds(page: Page) -> bool:
    """Whether a script of the page builds the addresses of its pages, by whatever name."""
    return any(each.search(page.text) for each in (_BUILT, _PLAIN, _JOINED, _NAME, _PAGINATION))


def _builds_plainly(page: Page) -> bool:
    """Whether its script names the pages by their number alone (2.html), and not behind the column's name."""
    return bool(_PLAIN.search(page.text)) and not _JOINED.search(page.text)


def _built(page: Page) -> tuple[str, str]:
    """Name and extension of the pages beside a column's own address: as its script builds them, else with the
    extension that the script names or that the column's entries have (太原: .shtml)."""
    source = page.text
    name, extension = _NAME.search(source), _EXTENSION.search(source)
    if name and extension:
        return name[1], extension[1]
    built = _BUILT.search(source)
    if built:
        return built[1], built[2]
    suffix = _SUFFIX.search(source)
    if suffix:
        return "index", suffix[1].lower()
    own = page.url.split("?")[0]
    ends = Counter(
        end[1] for link in page.links if link.url.startswith(own) and (end := re.search(r"\.(s?html?)$", link.url))
    )
    return "index", max(ends, key=lambda each: ends[each], default="html")
