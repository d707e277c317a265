"""Pages turned by a widget that tells a function where to go: ``jump: function(o){location.href = '?curr=' + o.curr}``.

layui's laypage, jQuery's pagination and their like: the address is a sum that ends with the page chosen.
"""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.address import canonical
from crawler.discovery.calls import openers, sent_with
from crawler.discovery.links import Page
from crawler.discovery.pager import alike
from crawler.families import terms
from crawler.families.listing import Listing, Step, announced

NAME = "jumps"
_CHOSEN = r"[\w$]+\s*\.\s*(?:curr|current|currentPage|page|pageNum|pageNo|pageIndex|pageNumber|getCurrent\(\))"
_JUMP = re.compile(
    r"(?:location(?:\.href)?\s*=(?!=)|location\.(?:replace|assign)\s*\()\s*"
    rf"([^;\n{{}}]{{1,120}}?\+\s*)(?:\(\s*)?{_CHOSEN}(?:\s*\))?((?:\s*\+\s*[^;\n{{}})]{{1,40}})?)"
)
_BESIDE = 250  # characters around the jump in which the widget's other options stand
_FIELD = "gongkai_field"  # stands for what is typed into a field
_COUNTS = re.compile(r"\b(?:count|total|totalCount|totalData|dataCount|items)['\"]?\s*:\s*['\"]?(\d{1,6})\b")
_SIZES = re.compile(r"\b(?:limit|pageSize|showData|perPage|itemsOnPage|size)['\"]?\s*:\s*['\"]?(\d{1,4})\b")
_OWN_COUNT = re.compile(r"\b(?:total\w{0,6}|count|records?|recordCount|sum)['\"]?\s*[:=]\s*['\"]?(\d{1,6})\b", re.I)
_OWN_SIZE = re.compile(r"\b(?:per\w{0,5}|limit|page_?size|psize|size|rows)['\"]?\s*[:=]\s*['\"]?(\d{1,4})\b", re.I)
_PAGES = re.compile(r"\b(?:pages?Count|pages|totalPages?|pageTotal)['\"]?\s*:\s*['\"]?(\d{1,5})\b", re.I)


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """The next page's address, with the number of pages where the widget is told it."""
    return _jumped(page, number) or _typed(page, number) or _called(page, number)


def _called(page: Page, number: int) -> Listing | None:
    """Of a page whose own function opens a page by its number, wherever its pager is drawn (``function goPage(p)``).

    Called with the number of the page that is shown, it leads to that very page, or to the like beside it.
    """
    for names, _, opened in openers(page):
        own, following = (opened({names[0]: str(each)}) for each in (number, number + 1))
        if len(names) != 1 or own is None or following is None or own == following:
            continue
        here = canonical(page.url)
        sure = terms.turns(names[0]) or number > 1  # of page 1 a column's own number may be the same: l.asp?id=1
        if not sure or (canonical(own) != here and not (number == 1 and alike(following, here))):
            continue
        records, pages = announced(page.text)
        script = "\n".join(page.scripts)
        count, size = _OWN_COUNT.search(script), _OWN_SIZE.search(script)
        if pages is None and count and size and int(size[1]):
            records = records or int(count[1])
            pages = -(-int(count[1]) // int(size[1]))
        if pages is not None and number >= pages:
            return Listing(NAME, records=records, pages=pages, end=f"page {number} of {pages}")
        return Listing(NAME, records=records, pages=pages, steps=[Step(following, number + 1)])
    return None


def _typed(page: Page, number: int) -> Listing | None:
    """Of a page that says how many there are: where its field leads into which a reader types a page's number."""
    records, pages = announced(page.text)
    if pages is None or pages <= number or page.tree is None:
        return None
    for field in page.tree.css("input[id]"):
        name = re.escape(field.attributes.get("id") or "")
        takes = re.compile(
            rf"\$\(\s*['\"]#{name}['\"]\s*\)\s*\.\s*val\(\)|getElementById\(\s*['\"]{name}['\"]\s*\)\s*\.\s*value\b"
        )
        text, count = takes.subn(_FIELD, page.text)
        if not count:
            continue
        names = {_FIELD, *re.findall(rf"([A-Za-z_$][\w$]*)\s*=\s*(?:[\w.]+\(\s*)?[\w.]*{_FIELD}\b", text)}
        address = sent_with(replace(page, text=text), dict.fromkeys(names, str(number + 1)))
        if address:
            return Listing(NAME, records=records, pages=pages, steps=[Step(address, number + 1)])
    return None


def _jumped(page: Page, number: int) -> Listing | None:
    jump = next((found for script in page.scripts if (found := _JUMP.search(script))), None)
    if jump is None:
        return None
    options = jump.string[max(0, jump.start() - _BESIDE) : jump.end() + _BESIDE]  # another widget counts other things
    before = terms.text_of(page, jump[1].strip().rstrip("+"))
    behind = terms.text_of(page, jump[2].strip().lstrip("+")) if jump[2].strip() else ""
    if before is None or behind is None:
        return None
    records, pages = announced(page.text)
    records, pages = _told(options, records, pages)
    listing = Listing(NAME, records=records, pages=pages)
    if pages is not None and number >= pages:
        listing.end = f"page {number} of {pages}"
        return listing
    address = page.address(f"{before}{number + 1}{behind}")
    listing.steps = [Step(address, number + 1)] if address else []
    return listing


def _told(options: str, records: int | None, pages: int | None) -> tuple[int | None, int | None]:
    """What the widget is told of entries and pages, where the page itself prints nothing."""
    count, size, of = _COUNTS.search(options), _SIZES.search(options), _PAGES.search(options)
    if records is None and count and size:
        records = int(count[1])
    if pages is None and of:
        pages = int(of[1])
    elif pages is None and records is not None and size and int(size[1]):
        pages = -(-records // int(size[1]))
    return records, pages
