"""Trees of organs or years that a page keeps as nodes without addresses (zTree): a click's script makes the address of
a node's number."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.discovery.links import Link, squeeze
from crawler.discovery.page import Page
from crawler.discovery.scoring import under_annual
from crawler.families import asked, made, terms
from crawler.families.brackets import balanced, split
from crawler.families.entries import entry_of
from crawler.families.listing import Listing, Step

NAME = "ztree"
_NODES = re.compile(r"[=:(,]\s*(?=\[\s*\{)")
_LONGEST = 400_000  # characters of a tree
_KEY = re.compile(r"([{,]\s*)([A-Za-z_$][\w$]*)\s*:")
#: By which a node says that there are branches below it.
_SAYS: dict[str, tuple[object, ...]] = {
    "isParent": (True, "true", 1),
    "hasChildren": (True, "true", 1),
    "leaf": (False, "false", 0),
    "isLeaf": (False, "false", 0),
    "state": ("closed",),
}
_ROOTS = ("", "0", "-1", "root")
_NAMES = ("name", "title", "text", "label")
_BELOW = ("children", "nodes", "child")
_ASKS = re.compile(r"\basync\s*:\s*(?=\{)")
_PARAMETER = re.compile(r"autoParam\s*:\s*\[\s*['\"](\w+)\s*(?:=\s*(\w+)\s*)?['\"]")
_POST = re.compile(r"\btype\s*:\s*['\"]post['\"]", re.I)
_BRANCHES = re.compile(r"tree|child|node", re.I)
_MOST = 300  # branches of one tree
_UP = 6  # nodes above one
_QUOTED = re.compile(r"'((?:[^'\\\n]|\\.)*)'")


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """The nodes of the page's trees that have a name and an address, their own or one that a script makes; and, of a
    tree that is asked for branch by branch, the request for its root."""
    shapes = made.shapes(page)
    links: list[Link] = []
    steps: list[Step] = []
    for script in page.scripts:
        for start in _NODES.finditer(script):
            inside = balanced(script, start.end(), _LONGEST)
            if inside is not None:
                links += [link for each in _objects(inside) if (link := entry_of(each, page.url, shapes))]
        steps += [root for asks in _ASKS.finditer(script) if (root := _root(page, script, asks.end(), shapes))]
    return Listing(NAME, links=links, steps=steps[:1]) if links or steps else None


def branches(page: Page) -> list[Link]:
    """The leaves of a page's trees of columns that have no addresses, where a click makes one of a leaf's number.

    ``heading`` is the nearest node above that speaks of yearly reports, else the next one.
    """
    if not _joined().search(page.text):
        return []
    shapes = made.shapes(page)
    links: list[Link] = []
    for script in page.scripts if shapes else ():
        for start in _NODES.finditer(script):
            links += _leaves(page, _objects(balanced(script, start.end(), _LONGEST) or ""), shapes)
    return links


def _leaves(page: Page, nodes: list[dict[str, Any]], shapes: list[str]) -> Iterator[Link]:
    above = {str(each.get("id", "")): each for each in nodes}
    parents = {_above(each) for each in nodes} - {None}
    for each in nodes:
        link = entry_of(each, page.url, shapes) if each and str(each.get("id", "")) not in parents else None
        if link is None or _above(each) is None:
            continue
        names: list[str] = []
        node: dict[str, Any] | None = each
        while len(names) < _UP and node and (node := above.get(_above(node) or "")) is not None:
            names.append(next((squeeze(str(node[name])) for name in _NAMES if node.get(name)), ""))
        link.heading = next((name for name in names if under_annual(name)), names[0] if names else "")
        link.block, link.tag = -4, "script"
        yield link


def _above(node: dict[str, Any]) -> str | None:
    """The id of the node above one."""
    return next((str(value) for name, value in node.items() if name.lower() in terms.named("parents")), None)


@functools.cache
def _joined() -> re.Pattern[str]:
    """Nodes that name the one above them: a quick look at every page of disclosure."""
    return re.compile(rf"[{{,]\s*['\"]?(?:{'|'.join(terms.named('parents'))})['\"]?\s*:", re.I)


def _root(page: Page, script: str, start: int, shapes: list[str]) -> Step | None:
    inside = balanced(script, start) or ""
    address = terms.text_of(page, next(iter(split(inside.partition("url:")[2].strip(), ",")), ""))
    parameter = _PARAMETER.search(inside)
    url = page.address(address) if address else None
    if not url or not parameter:
        return None
    memo: dict[str, object] = {"url": url, "as": parameter[2] or parameter[1], "from": parameter[1], "shapes": shapes}
    return _branch(memo | {"post": int(bool(_POST.search(inside)))}, "")


def asked_for(address: str, request: asked.Asked, shapes: list[str]) -> Step | None:
    """The request for a tree's root that a script makes by itself (``$.getJSON('/tree', {pid: pid}, …)``)."""
    fields = dict(parse_qsl(urlsplit(address).query, keep_blank_values=True)) | request.fields
    parent = _parent_of(urlsplit(address).path, fields)
    if parent is None or str(fields[parent]) not in _ROOTS or any(map(terms.turns, fields)):
        return None
    rest = {name: str(value) for name, value in fields.items() if name != parent}
    url = f"{address.split('?')[0]}?{urlencode(rest)}" if rest else address.split("?")[0]
    memo: dict[str, object] = {"url": url, "as": parent, "from": "id", "shapes": shapes}
    return _branch(memo | {"post": int(request.method == "POST")}, str(fields[parent]))


def _parent_of(path: str, fields: dict[str, terms.Value]) -> str | None:
    """The parameter that says whose branch is asked for: by its name, or ``id`` where the path says that it is a
    tree's (``/tree/children?id=0``)."""
    named = next((name for name in fields if name.lower() in terms.named("parents")), None)
    return named or ("id" if "id" in fields and _BRANCHES.search(path) else None)


def of_tree(request: asked.Asked) -> bool:
    """Whether a request is for the root of a tree."""
    return asked_for(request.address, request, []) is not None


def _branch(memo: dict[str, object], node: str) -> Step:
    url, body = str(memo["url"]), urlencode({str(memo["as"]): node})
    memo = memo | {"column": node}
    if memo["post"]:
        return Step(url, 1, "POST", body, NAME, memo)
    return Step(f"{url}{'&' if '?' in url else '?'}{body}", 1, family=NAME, memo=memo)


def read_answer(text: str, url: str, number: int, memo: dict[str, object]) -> Listing | None:
    """The nodes of one branch: leaves lead to lists, the others are asked for in turn."""
    try:
        nodes = json.loads(text)
    except ValueError:
        return None
    nodes = list(_all(nodes))
    kept = memo["shapes"]
    shapes = kept if isinstance(kept, list) else []
    leaves = [each for each in nodes if not _parent(each)]
    links = [link for each in leaves if (link := entry_of(each, str(memo["url"]), shapes))]
    branches = [str(each.get(str(memo["from"]), "")) for each in nodes if _parent(each)]
    steps = [_branch(memo, each) for each in dict.fromkeys(branches[:_MOST]) if each and each != memo["column"]]
    end = None if steps else "the tree has no further branches"
    return Listing(NAME, links=links, steps=steps, end=end, context="annual") if nodes else None


def _parent(node: dict[str, Any]) -> bool:
    """Whether a node has branches that its answer does not hold."""
    says = [node[name] in told for name, told in _SAYS.items() if name in node]
    return any(says) and not any(node.get(name) for name in _BELOW)


def _all(value: Any) -> Iterator[dict[str, Any]]:
    """The nodes of an answer, whatever they are wrapped in."""
    for each in value if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
        if isinstance(each, dict) and any(name in each for name in _NAMES):
            yield each
        if isinstance(each, list | dict):
            yield from _all(each)


def _objects(inside: str) -> list[dict[str, object]]:
    """The objects of an array as a script writes it: its keys need no quotes."""
    plain = _KEY.sub(r'\1"\2":', _QUOTED.sub(lambda text: json.dumps(text[1], ensure_ascii=False), inside))
    try:
        found = json.loads(f"[{plain.rstrip().rstrip(',')}]")
    except ValueError:
        return []
    return [each for each in found if isinstance(each, dict)]
