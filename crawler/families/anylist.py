"""Lists of no known family that a script loads: any JSON or HTML fragment whose request stands in the page's scripts.

By which words such an address is known is in data/discovery.yaml, ``sources``. A page whose own scripts ask for nothing
has its script files looked into.
"""

from __future__ import annotations

import functools
import re
from itertools import pairwise

import data
from crawler.discovery.page import Page
from crawler.families import asked, chosen, made, terms, turned, widgets, ztree
from crawler.families.listing import Listing, Step, announced, html_links, json_listing
from crawler.families.xmllist import xml_listing

NAME = "anylist"
_QUOTED = re.compile(r"""['"`]((?:https?:)?(?:/|\.{0,2}/)?[^'"`\s<>{}()]+)['"`]""")
SCRIPT_FILE = re.compile(r"<script\b[^>]*\bsrc\s*=\s*['\"]?([^'\"\s>]+\.js\b[^'\"\s>]*)", re.I)
#: In a request's memo: it asks for what lies behind the page that the column shows, by the script's "next" page, or by
#: its "first" one where that has more or fewer entries than the column's; "stuck" where a button of the page leads on.
BEHIND = "behind"
#: In a request's memo: nothing is known of it but an address that stands in a script.
QUOTED = "quoted"
_TRIED = 3  # addresses of one page
_FILES = 3  # script files of one page


@functools.cache
def _rule(name: str) -> re.Pattern[str]:
    words = data.load_yaml("discovery.yaml")["sources"]
    if name == "paths":
        ends = (re.escape(each) + r"(?![a-z])" * each[-1].isalpha() for each in words["paths"])
        return re.compile("|".join(ends), re.I)
    if name == "libraries":
        return re.compile("|".join(words["libraries"]), re.I)
    return re.compile(rf"([?&]\$?(?:{'|'.join(words[name])})=)(\d*)", re.I)


def sources(page: Page, shown: int = 0, entries: int = 0, sure: bool = False) -> list[Step]:
    """The request that may bring the page's list, the others behind it.

    For a column that shows no entries; or, with the number of pages and entries that it has ``shown``, one whose next
    page cannot be asked for otherwise. ``sure``: only requests that turn a list by all that is known of such ones.
    """
    steps = _requests(page) or ([] if shown else _feeds(page))
    if shown:
        steps = [
            behind for each in steps if not sure or _is_list(each) if (behind := _behind(each, shown, entries, sure))
        ]
    return _in_turn(steps)[:1]


def _behind(step: Step, shown: int, entries: int, sure: bool) -> Step | None:
    """The request for what a list has behind the page that is shown, of one that asks for its first page.

    Where the script has more or fewer entries a page, its second page would leave a gap: its first one is asked for.
    """
    step.number = shown
    following = turned.following(step)
    size = turned.size_of(step)
    if following is None or (sure and size is not None and 2 * entries < size):
        return None
    # 加载更多 may send the number of the page that is shown, and count on afterwards (WordPress)
    again = size != entries if sure and size is not None else bool(step.memo.get("later"))
    if again:
        following.url, following.body = step.url, step.body
        following.memo = dict(step.memo)
    following.memo[BEHIND] = "first" if again else "next" if sure else "stuck"
    return following


def _is_list(step: Step) -> bool:
    """Whether a request has a size, a page's number or the path of a list, beside what turns it."""
    return lists(step) or bool(_rule("paths").search(step.url.split("?")[0]))


def lists(step: Step) -> bool:
    """Whether a request says how many entries it asks for, or which page of them."""
    given = turned.parameters(step)
    return turned.size_of(step) is not None or any(map(terms.turns, given))


def by_year(page: Page) -> dict[int, Step]:
    """The requests for the lists of all years that a page lets one choose, as far as its scripts ask for them so."""
    page.years = offered = chosen.years(page)
    requests = [each for each in asked.requests(page) if _may_choose(each)] if offered else []
    page.years = []
    shapes = made.shapes(page) if requests else []
    wanted = (found for each in requests if (found := chosen.by_year(each, offered)))
    steps = {}
    for year, request in next(wanted, {}).items():
        address = page.address(request.address)
        if address:
            steps[int(year)] = turned.step_of(address, request, shapes, 1, NAME)
            steps[int(year)].memo["column"] = year
    return steps


def _may_choose(request: asked.Asked) -> bool:
    """Whether a request may be for the list of a year: it looks like a list's, or names a year."""
    return _loads(request.address, request.fields) or any(map(terms.of_year, request.fields))


def files(page: Page) -> list[str]:
    """The last of the page's script files that are no libraries."""
    addresses = (page.address(path) for path in SCRIPT_FILE.findall(page.text))
    own = dict.fromkeys(each for each in addresses if each and not _rule("libraries").search(each.rsplit("/", 1)[-1]))
    return list(own)[-_FILES:]


def _requests(page: Page) -> list[Step]:
    """The requests of the page's scripts that look like a list's, those that name a page of it first."""
    shapes = made.shapes(page)
    found: dict[tuple[str, str], tuple[int, Step]] = {}
    asks = [each for each in asked.requests(page) if _loads(each.address, each.fields) or ztree.of_tree(each)]
    for each in (*asks, *widgets.requests(page)):
        address = page.address(each.address)
        if address:
            step = ztree.asked_for(address, each, shapes) or turned.step_of(address, each, shapes, 1, NAME)
            rank = 0 if _turning(address, each.fields) else 1
            found.setdefault((step.url, step.body or ""), (rank, step))
    known = {step.url.split("?")[0] for _, step in found.values()}
    for script in page.scripts:
        for match in _QUOTED.finditer(script):
            path = match[1] + ("1" if match[1].endswith("=") else "")  # '/list?page=' + page
            address = page.address(path) if _loads(path, {}) else None
            if address and address.split("?")[0] not in known:
                memo: dict[str, object] = {"shapes": shapes, QUOTED: 1} if shapes else {QUOTED: 1}
                found.setdefault((address, ""), (2, Step(address, 1, family=NAME, memo=memo)))
    return [step for _, step in sorted(found.values(), key=lambda each: each[0])][:_TRIED]


def _feeds(page: Page) -> list[Step]:
    """The feeds (RSS, Atom) that a column names in its head."""
    if page.tree is None or "alternate" not in page.text:
        return []
    named = page.tree.css("link[rel=alternate][type*=xml][href]")
    urls = (page.address(node.attributes.get("href") or "") for node in named)
    return [Step(url, 1, family=NAME) for url in dict.fromkeys(urls) if url][:_TRIED]


def _turning(address: str, fields: dict[str, terms.Value]) -> bool:
    return bool(_rule("turning").search(address)) or any(terms.turns(name) for name in fields)


def _loads(path: str, fields: dict[str, terms.Value]) -> bool:
    """Whether an address in a script looks like one of a list."""
    named = path.split("?")[0]
    if terms.PLACED in named:
        return True
    if "/" not in path and not named.endswith((".json", ".xml")):
        return False
    if named.lower().endswith((".js", ".css", ".png", ".jpg", ".gif")):
        return False
    return bool(
        _rule("paths").search(named)
        or _rule("turning").search(path)
        or _rule("sizes").search(path)
        or _rule("offsets").search(path)
        or any(terms.turns(name) or name.lower() in terms.named("sizes") for name in fields)
    )


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """Nothing by itself: only a column without entries asks for ``sources``."""
    return None


def read_answer(text: str, url: str, number: int, memo: dict[str, object]) -> Listing | None:
    """JSON, XML or HTML, whatever it is; the page's number in the address or in the body is counted up."""
    shapes = memo.get("shapes")
    made_of = shapes if isinstance(shapes, list) else []
    listing = json_listing(text, url, NAME, made_of) or xml_listing(text, url, NAME, made_of)
    if listing is None:
        links = html_links(text, url) if "<a" in text else []
        if not links:
            return None
        records, pages = announced(text)
        listing = Listing(NAME, links=links, records=records, pages=pages)
    if not listing.links:
        listing.end = "empty answer"
        return listing
    if not listing.end and not (listing.pages is not None and number >= listing.pages):
        _carry_on(Step(url, number, "POST" if "fields" in memo else "GET", None, NAME, memo), listing)
    return listing


def _carry_on(step: Step, listing: Listing) -> None:
    following = turned.following(step, listing)
    if following is not None:
        listing.steps = [following]
    elif turned.carried(step):
        listing.end = "the answer names no further part"
    elif listing.records is None and turned.is_full(step, listing):
        listing.unread = "as many entries came as were asked for, and nothing says how to ask for more"


def _in_turn(steps: list[Step]) -> list[Step]:
    """Each is asked where the one before it gave no list."""
    for step, following in pairwise(steps):
        step.otherwise = [following]
    return steps
