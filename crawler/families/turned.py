"""The request for the next part of a list, made of the last one.

What turns a list is known by its name (data/discovery.yaml, ``sources``): a page's number is counted up, an offset by
the entries that came; a cursor is what the answer gives, or its last entry's id.
"""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from crawler.address import absolute
from crawler.families import asked, terms
from crawler.families.listing import Listing, Step

_PLACED = re.compile(rf"{terms.PLACED}(\d+)")
#: data_itemId=925,pageIndex=1.json: parameters in a path, as files have them that are made for each page of a list
_IN_PATH = re.compile(r"(?<=[,;/_])([A-Za-z]\w*)=(\w+)")


def step_of(address: str, request: asked.Asked, shapes: list[str], number: int, family: str) -> Step:
    """The request of one page of a list."""
    memo: dict[str, object] = {"shapes": shapes} if shapes else {}
    if request.unread:
        memo["unread"] = 1
    if request.turning and not terms.turns(request.turning):
        memo["turning"] = request.turning
    if request.later:
        memo["later"] = 1
    fields = request.fields
    if placed := _PLACED.search(address):
        memo |= {"paged": _PLACED.sub(terms.PLACED, address), "at": int(placed[1])}
        address = _PLACED.sub(placed[1], address)
    if request.method == "GET":
        query = dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
        query |= {name: _plain(value) for name, value in fields.items()}
        whole = address.split("?")[0] + (f"?{urlencode(query)}" if query else "")
        return Step(whole, number, family=family, memo=memo)
    memo |= {"fields": fields, "json": int(request.json)}
    flat = {name: _plain(value) if isinstance(value, dict) else value for name, value in fields.items()}
    body = json.dumps(fields, ensure_ascii=False) if request.json else urlencode(flat, doseq=True)
    return Step(address, number, "POST", body, family, memo)


def following(step: Step, listing: Listing | None = None) -> Step | None:
    """The request behind this one, or None where nothing in it turns the list; ``listing`` is what it was answered."""
    given = parameters(step)
    counts = (name for name, value in given.items() if value.isdecimal() and _turns(step, name))
    turning = next(counts, None)
    if turning is not None:
        return _with(step, turning, int(given[turning]) + 1)
    paged, at = step.memo.get("paged"), step.memo.get("at")
    if isinstance(paged, str) and isinstance(at, int):
        turned_to = paged.replace(terms.PLACED, str(at + 1))
        return Step(turned_to, step.number + 1, family=step.family, memo=step.memo | {"at": at + 1})
    if listing is None:
        return None
    for name, value in given.items():
        if _is(name, "offsets") and value.isdecimal():
            passed = int(value) + len(listing.links)
            return None if listing.records is not None and passed >= listing.records else _with(step, name, passed)
        if _is(name, "cursors"):
            return _with(step, name, listing.cursor) if listing.cursor else None
        if _is(name, "last_ids") and listing.last_id:
            return _with(step, name, listing.last_id) if is_full(step, listing) is not False else None
    if listing.cursor and listing.cursor.startswith(("http://", "https://", "/", "?")):
        address = absolute(step.url, listing.cursor)
        sent = step.memo.get("fields")
        method, body = ("POST", urlencode(sent)) if isinstance(sent, dict) else ("GET", None)
        return Step(address, step.number + 1, method, body, step.family, step.memo) if address else None
    return None


def shows(address: str, number: int) -> bool:
    """Whether an address names this page of a list by a parameter that turns pages (``?page=2&fix=0``)."""
    given = parameters(Step(address, number))
    return [value for name, value in given.items() if terms.turns(name) and value.isdecimal()] == [str(number)]


def _turns(step: Step, name: str) -> bool:
    return terms.turns(name) or name == step.memo.get("turning")


def is_full(step: Step, listing: Listing) -> bool | None:
    """Whether an answer has as many entries as were asked for; None where the request does not say how many."""
    size = size_of(step)
    return None if size is None else len(listing.links) >= size


def size_of(step: Step) -> int | None:
    """How many entries a request asks for, where it says so."""
    size = next((value for name, value in parameters(step).items() if _is(name, "sizes")), "")
    return (int(size) or None) if size.isdecimal() else None


def carried(step: Step) -> bool:
    """Whether a list is carried on by what its last answer gives, so that one that gives nothing is the last."""
    return any(_is(name, "cursors", "last_ids") for name in parameters(step))


def parameters(step: Step) -> dict[str, str]:
    """What a request asks for, of its body or of its address."""
    fields = step.memo.get("fields")
    if isinstance(fields, dict):
        found = {str(name): _plain(value) for name, value in fields.items()}
        for inner in (value for value in fields.values() if isinstance(value, dict)):
            found |= {str(name): _plain(value) for name, value in inner.items()}
        return found
    address = urlsplit(step.url)
    in_path = dict(_IN_PATH.findall(address.path)) if "=" in address.path else {}
    return in_path | dict(parse_qsl(address.query, keep_blank_values=True))


def _is(name: str, *kinds: str) -> bool:
    return any(name.lower().lstrip("$") in terms.named(kind) for kind in kinds)


def _with(step: Step, name: str, value: str | int) -> Step:
    fields = step.memo.get("fields")
    kept = step.memo.get("shapes")
    shapes = kept if isinstance(kept, list) else []
    if isinstance(fields, dict):
        request = asked.Asked(step.url, "POST", bool(step.memo.get("json")), _set(fields, name, value))
        request.turning = str(step.memo.get("turning", ""))
        return step_of(step.url, request, shapes, step.number + 1, str(step.family))
    queried = name in dict(parse_qsl(urlsplit(step.url).query, keep_blank_values=True))
    written = f"(?:{re.escape(name)}|{re.escape(quote(name, safe=''))})"
    place = re.compile(rf"([?&]{written}=)[^&#]*" if queried else rf"((?<=[,;/_]){re.escape(name)}=)\w+")
    address = place.sub(lambda found: found[1] + quote(str(value), safe=""), step.url, count=1)
    memo = {key: step.memo[key] for key in ("shapes", "turning") if step.memo.get(key)}
    return Step(address, step.number + 1, family=step.family, memo=memo)


def _set(fields: dict[str, terms.Value], name: str, value: str | int) -> dict[str, terms.Value]:
    """The fields with this one changed, be it in an object that is a field itself."""
    if name not in fields:
        holds = next((key for key, inner in fields.items() if isinstance(inner, dict) and name in inner), None)
        inner = fields[holds] if holds is not None else None
        if holds is not None and isinstance(inner, dict):
            return {**fields, holds: {**inner, name: value}}
    return {**fields, name: value}


def _plain(value: terms.Value) -> str:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
