"""Lists of no known family that a script loads: any JSON or HTML fragment whose request stands in the page's scripts.

By which words such an address is known is in data/discovery.yaml, ``sources``. A page whose own scripts ask for nothing
has its script files looked into.
"""

from __future__ import annotations

import functools
import json
import re
from itertools import pairwise
from urllib.parse import parse_qsl, urlencode, urlsplit

import data
from crawler.discovery.page import Page
from crawler.families import asked, made
from crawler.families.listing import Listing, Step, announced, html_links, json_listing
from crawler.families.xmllist import xml_listing

NAME = "anylist"
_QUOTED = re.compile(r"""['"`]((?:https?:)?(?:/|\.{0,2}/)?[^'"`\s<>{}()]+)['"`]""")
_FILE = re.compile(r"<script\b[^>]*\bsrc\s*=\s*['\"]?([^'\"\s>]+\.js\b[^'\"\s>]*)", re.I)
_TRIED = 3  # addresses of one page
_FILES = 3  # script files of one page
_LONG = 400_000  # characters of a script file that is a library


@functools.cache
def _rule(name: str) -> re.Pattern[str]:
    words = data.load_yaml("discovery.yaml")["sources"]
    if name == "paths":
        return re.compile("|".join(rf"{re.escape(each)}(?![a-z])" for each in words["paths"]), re.I)
    if name == "libraries":
        return re.compile("|".join(words["libraries"]), re.I)
    return re.compile(rf"([?&](?:{'|'.join(words[name])})=)(\d*)", re.I)


def sources(page: Page, turned: int = 0) -> list[Step]:
    """The request that may bring the page's list, the others behind it.

    For a column that shows no entries; or, with the number of pages that it has ``turned``, one whose next page cannot
    be asked for otherwise.
    """
    steps = _requests(page)
    if turned:
        steps = [following for each in steps if (following := _following(each.url, turned, each.memo))]
    elif not steps:
        files = [page.address(path) for path in _FILE.findall(page.text)]
        steps = [
            Step(each, 1, family=NAME, memo={"page": page.url})
            for each in dict.fromkeys(files)
            if each and not _rule("libraries").search(each.rsplit("/", 1)[-1])
        ][-_FILES:]
    return _in_turn(steps)[:1]


def _requests(page: Page) -> list[Step]:
    """The requests of the page's scripts that look like a list's, those that name a page of it first."""
    shapes = made.shapes(page)
    found: dict[tuple[str, str], tuple[int, Step]] = {}
    for each in asked.requests(page):
        address = page.address(each.address)
        if address and _loads(each.address, each.fields):
            step = _step(address, each, shapes, 1)
            rank = 0 if _turning(address, each.fields) else 1
            found.setdefault((step.url, step.body or ""), (rank, step))
    known = {step.url.split("?")[0] for _, step in found.values()}
    for script in page.scripts:
        for match in _QUOTED.finditer(script):
            path = match[1] + ("1" if match[1].endswith("=") else "")  # '/list?page=' + page
            address = page.address(path) if _loads(path, {}) else None
            if address and address.split("?")[0] not in known:
                memo: dict[str, object] = {"shapes": shapes} if shapes else {}
                found.setdefault((address, ""), (2, Step(address, 1, family=NAME, memo=memo)))
    return [step for _, step in sorted(found.values(), key=lambda each: each[0])][:_TRIED]


def _step(address: str, request: asked.Asked, shapes: list[str], number: int) -> Step:
    """The request of one page of a list."""
    memo: dict[str, object] = {"shapes": shapes} if shapes else {}
    fields = request.fields
    if request.method == "GET":
        query = dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
        query |= {name: _plain(value) for name, value in fields.items()}
        whole = address.split("?")[0] + (f"?{urlencode(query)}" if query else "")
        return Step(whole, number, family=NAME, memo=memo)
    memo |= {"fields": fields, "json": int(request.json)}
    body = json.dumps(fields, ensure_ascii=False) if request.json else urlencode(fields, doseq=True)
    return Step(address, number, "POST", body, NAME, memo)


def _plain(value: asked.Value) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _turning(address: str, fields: dict[str, asked.Value]) -> bool:
    return bool(_rule("turning").search(address)) or any(asked.turns(name) for name in fields)


def _loads(path: str, fields: dict[str, asked.Value]) -> bool:
    """Whether an address in a script looks like one of a list."""
    named = path.split("?")[0]
    if ("/" not in path and ".json" not in path) or named.lower().endswith((".js", ".css", ".png", ".jpg", ".gif")):
        return False
    return bool(
        _rule("paths").search(named)
        or _rule("turning").search(path)
        or _rule("sizes").search(path)
        or any(asked.turns(name) for name in fields)
    )


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """Nothing by itself: only a column without entries asks for ``sources``."""
    return None


def read_answer(text: str, url: str, number: int, memo: dict[str, object]) -> Listing | None:
    """JSON, XML or HTML, whatever it is; the page's number in the address or in the body is counted up."""
    if "page" in memo:
        return _file(text, str(memo["page"]))
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
        following = _following(url, number, memo) or _further(url, number, memo, listing)
        listing.steps = [following] if following else []
    return listing


def _further(url: str, number: int, memo: dict[str, object], listing: Listing) -> Step | None:
    """The request of the next page, where it is asked for by the number of entries before it."""
    fields = memo.get("fields")
    shapes = memo.get("shapes")
    made_of = shapes if isinstance(shapes, list) else []
    if isinstance(fields, dict):
        name = next((each for each in fields if each.lower() in _offsets()), None)
        passed = int(fields[name]) + len(listing.links) if name and str(fields[name]).isdigit() else None
        if name is None or passed is None or (listing.records or passed + 1) <= passed:
            return None
        return _step(
            url, asked.Asked(url, "POST", bool(memo.get("json")), {**fields, name: passed}), made_of, number + 1
        )
    place = _rule("offsets").search(url)
    if place is None or not place[2]:
        return None
    passed = int(place[2]) + len(listing.links)
    if listing.records is not None and passed >= listing.records:
        return None
    address = f"{url[: place.start(2)]}{passed}{url[place.end(2) :]}"
    return Step(address, number + 1, family=NAME, memo={key: memo[key] for key in ("shapes",) if key in memo})


@functools.cache
def _offsets() -> frozenset[str]:
    return frozenset(str(each).lower() for each in data.load_yaml("discovery.yaml")["sources"]["offsets"])


def _following(url: str, number: int, memo: dict[str, object]) -> Step | None:
    """The request of the next page; None where nothing in it turns pages."""
    fields = memo.get("fields")
    if isinstance(fields, dict):
        name = next((each for each in fields if asked.turns(each)), None)
        if name is None:
            return None
        request = asked.Asked(url, "POST", bool(memo.get("json")), {**fields, name: int(fields[name]) + 1})
        shapes = memo.get("shapes")
        return _step(url, request, shapes if isinstance(shapes, list) else [], number + 1)
    place = _rule("turning").search(url)
    if place is None or not place[2]:
        return None
    address = url[: place.start(2)] + str(int(place[2]) + 1) + url[place.end(2) :]
    return Step(address, number + 1, family=NAME, memo={key: memo[key] for key in ("shapes",) if key in memo})


def _file(text: str, url: str) -> Listing | None:
    """A script file of a page without a list: the request that it makes for one."""
    if len(text) > _LONG:
        return None
    steps = _requests(Page(url=url, text=f"<script>{text}</script>", base=url))
    return Listing(NAME, steps=_in_turn(steps)[:1]) if steps else None


def _in_turn(steps: list[Step]) -> list[Step]:
    """Each is asked where the one before it gave no list."""
    for step, following in pairwise(steps):
        step.otherwise = [following]
    return steps
