"""The requests for lists that a page's scripts make, read off the scripts; no script is run.

``$.ajax({type: 'POST', url: '/loadData', data: {columnId: 7, page: p}})``, ``axios.get('/q', {params: {…}})``,
``fetch(API, {method: 'POST', body: JSON.stringify({…})})``: the address, the method and the parameters, as far as they
are literals, constants of the page or parameters of its own address; what turns the pages begins at the first.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from crawler.discovery.links import Page
from crawler.families.brackets import balanced, split
from crawler.families.passed import first_passed, object_passed, passed_around, variable_passed
from crawler.families.terms import Value, hole, named, summed, text_of, turns, value_of

_CALL = re.compile(
    r"(?:\b(?:fetch|axios|request|ajax)|[\w$)\]]\s*\.\s*(?:get|post|getJSON|ajax|request|load|open))\s*\("
    # a bundle's client has a name of one letter: i({url: "/list", method: "get", params: t})
    r"|[\w$)\]]\((?=\s*\{(?=[^{}]*\bmethod['\"]?\s*:)[^{}]*?\burl['\"]?\s*:\s*['\"`])",
    re.I,
)
_JOINED = re.compile(r"((?:'[^'\n]*'|\"[^\"\n]*\"))\.concat\(([^()\n]{1,200})\)")  # "/article/".concat(id)
_POST = re.compile(r"\.\s*post\s*\($|^\s*['\"]post['\"]\s*,", re.I)
_METHOD = re.compile(r"['\"]?\b(?:type|method)\b['\"]?\s*:\s*['\"]post['\"]", re.I)
_SENDS_JSON = re.compile(r"(?:\b(?:data|body)['\"]?\s*:|^)\s*JSON\.stringify|application/json", re.I)
_CLIENTS_OF_JSON = re.compile(r"(?:axios|\$?http|request|service|api)\s*\.\s*post\s*\($", re.I)
_BASE = re.compile(r"\bbaseURL['\"]?\s*[:=]\s*['\"]([^'\"\s]+)['\"]")
_PLAIN = re.compile(r"(?:\bfetch|\$\s*\.\s*\w+|jQuery\s*\.\s*\w+|\bopen)\s*\($")  # clients that know no root
_URL = re.compile(r"['\"]?\burl\b['\"]?\s*:\s*", re.I)
_FIELDS = re.compile(
    r"['\"]?\b(?:data|params|body)\b['\"]?\s*:\s*(?:JSON\.stringify\s*\(|qs\.stringify\s*\()?\s*", re.I
)
_SEND, _NEAR = re.compile(r"\.\s*send\s*(?=\()"), 400  # of an XMLHttpRequest; characters behind its open()
_COUNTED_UP = re.compile(r"(?<![\w$.])((?:[A-Za-z_$][\w$]*\.)+[A-Za-z_$][\w$]*)\s*(?:\+\+|\+=\s*1\b)")
_ENCLOSES = re.compile(
    r"\bfunction\s+([\w$]+)\s*\(([^)]*)\)"
    r"|([\w$.]+)\s*[:=]\s*(?:async\s*)?(?:function\s*[\w$]*\s*\(([^)]*)\)|\(?([\w$\s,]{1,60}?)\)?\s*=>)"
)
_STRINGIFY = re.compile(r"\s*(?:JSON|qs)\.stringify\s*\(\s*")
_KEY = re.compile(r"\s*(?:'([^']*)'|\"([^\"]*)\"|([\w$]+))\s*:\s*")
_SPREAD = re.compile(r"\s*\.\.\.(?:[\w$]+\.)*([A-Za-z_$][\w$]*)\s*")
_SHORT = re.compile(r"\s*([A-Za-z_$][\w$]*)\s*$")  # {page, size}


@dataclass(slots=True)
class Asked:
    """A request as a script makes it. ``address`` is as written; ``fields`` are its parameters beside the address."""

    address: str
    method: str = "GET"
    json: bool = False  # the body is JSON
    fields: dict[str, Value] = field(default_factory=dict)
    turning: str = ""  # the parameter that turns the pages, where its name does not tell
    later: bool = False  # the number that turns the pages is counted up behind the request, not before it
    unread: bool = False  # a parameter's value could not be read: what is answered may be another list, or none


def requests(page: Page, *, holes: bool = False) -> Iterator[Asked]:
    """The requests in the page's scripts whose address can be read, in the order in which they stand.

    ``holes``: a parameter of which nothing is known is kept as a hole (``crawler.families.terms.hole``).
    """
    for script in map(summed_up, page.scripts):
        page.holes = holes
        for call in _CALL.finditer(script):
            inside = balanced(script, call.end() - 1)
            if inside is None:
                continue
            page.within = _around(script[max(0, call.start() - _NEAR) : call.start()])
            found = _request(page, script[: call.end()], inside, script[call.end() + len(inside) :])
            page.holes = False
            if found is not None:
                yield found
            page.holes = holes
        page.holes = False


def _around(before: str) -> tuple[str, list[str]] | None:
    """The function in which a request stands, by what stands before it: its name and its parameters."""
    found: re.Match[str] | None = (
        deque(_ENCLOSES.finditer(before), maxlen=1).pop() if _ENCLOSES.search(before) else None
    )
    if found is None:
        return None
    names = next((each for each in (found[2], found[4], found[5]) if each is not None), "")
    return (found[1] or found[3] or "").rsplit(".", 1)[-1], [each.strip() for each in names.split(",")]


def summed_up(script: str) -> str:
    """A script with the sums that a compiler wrote as calls (``"/article/".concat(id)``) as sums again."""
    if ".concat(" not in script:
        return script
    return _JOINED.sub(lambda each: "+".join((each[1], *(part.strip() for part in split(each[2], ",")))), script)


def _request(page: Page, before: str, inside: str, behind: str) -> Asked | None:
    whole_before, before = before, before[-60:]
    parts = list(split(inside, ","))
    if before.rstrip("( ").endswith("open") and len(parts) > 1:  # XMLHttpRequest.open('GET', address)
        address, options = parts[1], ""
        options = f"data: {balanced(behind, sent.end()) or ''}" if (sent := _SEND.search(behind, 0, _NEAR)) else ""
    elif inside.lstrip().startswith("{"):
        address, options = _after(_URL, inside), inside
    else:
        address, options = parts[0], inside[len(parts[0]) + 1 :]
    url = summed(page, address) if address else None
    if not url:
        return None
    asked = Asked(based(page, before, url.strip()))
    if _POST.search(before) or _POST.search(inside) or _METHOD.search(options):
        asked.method = "POST"
        client = _CLIENTS_OF_JSON.search(before) or (_BASE.search(page.text) and not _PLAIN.search(before))
        asked.json = bool(_SENDS_JSON.search(options) or client)
    written = _after(_FIELDS, options)
    whole = options is inside  # $.ajax({url: …}): what is beside the address is how it is asked, not what for
    if not written and not whole and options.strip() and not _METHOD.search(options):
        written = next(iter(split(options, ",")), "")
        written = written[found.end() :] if (found := _STRINGIFY.match(written)) else written  # $.post(address, {…})
    asked.fields = object_of(page, written)
    asked.turning = next((name for name in asked.fields if turns(name)), "") or _counted(page, written)
    asked.later = _counted_later(whole_before[-_NEAR:] + inside, whole_before[-_NEAR:], inside + behind[:_NEAR])
    asked.unread = len(asked.fields) < sum(1 for _ in _keyed(written))
    return asked


def _counted_later(written: str, before: str, behind: str) -> bool:
    """Whether the number that turns the pages is counted up behind a request, and not before it as well."""
    for counted in _COUNTED_UP.finditer(behind):
        sent = re.search(rf"['\"]?([\w$]+)['\"]?\s*:\s*{re.escape(counted[1])}(?![\w$.])", written)
        if sent and turns(sent[1]) and not any(each[1] == counted[1] for each in _COUNTED_UP.finditer(before)):
            return True
    return False


def based(page: Page, before: str, url: str) -> str:
    """The address under the root that the page's client was made with (``axios.create({baseURL: '/api'})``)."""
    root = _BASE.search(page.text) if url.startswith("/") and not _PLAIN.search(before) else None
    return url if root is None or url.startswith(root[1]) else root[1].rstrip("/") + url


def _after(name: re.Pattern[str], source: str) -> str:
    """What stands behind ``url:`` or ``data:``, up to the comma or bracket that ends it."""
    found = name.search(source)
    return next(iter(split(source[found.end() :], ",")), "") if found else ""


def option(name: str, source: str) -> str:
    """What stands behind ``name:`` among the options of a call."""
    return _after(re.compile(rf"(?<![\w.-])['\"]?{name}['\"]?\s*:\s*"), source)


def object_of(page: Page, written: str, *, inside: bool = False) -> dict[str, Value]:
    """The pairs of ``{name: value, …}``, or of the page's variable that holds such an object.

    A pair may be an object itself, sent as JSON; one ``inside`` another has none. Or a text (``'id=5&page=' + p``).
    """
    if re.match(r"\s*['\"`]", written):
        return dict(parse_qsl((text_of(page, f"'?'+{written}") or "")[1:]))
    written = written.strip().rstrip(")")
    if re.fullmatch(r"[A-Za-z_$][\w$]*", written):
        given = re.search(rf"\b{re.escape(written)}\s*=\s*(?:new URLSearchParams\(\s*)?(?=\{{)", page.text)
        inner = balanced(page.text, given.end()) if given else object_passed(page, written) or _appended(page, written)
        if not inner and page.holes and (name := variable_passed(page, written)):
            return _held(page, name)
    elif written.startswith("{"):
        inner = balanced(written, 0)
    else:
        inner = None
    pairs: dict[str, Value] = {}
    for part in split(inner or "", ","):
        keyed, short = _KEY.match(part), _SHORT.match(part)
        if spread := _SPREAD.fullmatch(part):
            pairs |= _held(page, spread[1])
            continue
        if keyed:
            name = keyed[1] or keyed[2] or keyed[3] or ""
            value = value_of(page, part[keyed.end() :], name)
            if not inside and part[keyed.end() :].startswith("{"):  # page: {pageNo: p, pageSize: 10}
                if held := object_of(page, part[keyed.end() :], inside=True):
                    pairs[name] = held
                continue
            if not inside and (as_json := _STRINGIFY.match(part, keyed.end())):
                value = object_of(page, part[as_json.end() :], inside=True)
        elif short:
            name, value = short[1], value_of(page, short[1], short[1])
        else:
            continue
        if not turns(name) and value is None and (first := _first_of(page, part)) is not None:
            value = first  # {no: i + 1}, called with 0: by whatever name, it turns the pages
        if turns(name):
            counted = part.rsplit(":", 1)[-1]
            value = 0 if value in (0, "0") or "0" in (first_passed(page, counted), passed_around(page, counted)) else 1
        elif value is None and name.lower() in named("parents"):
            value = first_passed(page, part.rsplit(":", 1)[-1]) or ""
        elif value in (None, "") and page.holes and name.lower() not in named("sizes"):
            value = hole(name)
        elif value is None and name.lower() in named("cursors") | named("last_ids"):
            value = ""  # null, undefined: nothing has been answered yet
        if value is not None:
            pairs[name] = value
    return pairs


_COUNTED = re.compile(
    r"[^:]*:\s*\(?\s*(i|p|n|page|index|idx|num|curr|current|no|pageNo|pageNum|pageIndex)\s*(?:\+\s*(\d))?\s*\)?\s*$"
)


def _first_of(page: Page, part: str) -> int | None:
    """The first page's number as a pair has it that counts what its function is called with."""
    counted = _COUNTED.match(part)
    first = first_passed(page, counted[1]) if counted else None
    return int(first) + int((counted[2] if counted else None) or 0) if first is not None else None


def _counted(page: Page, written: str) -> str:
    """The name of the pair that counts what its function is called with."""
    for part in _keyed(written):
        keyed = _KEY.match(part)
        if keyed and _first_of(page, part) is not None:
            return keyed[1] or keyed[2] or keyed[3] or ""
    return ""


def _keyed(written: str) -> Iterator[str]:
    """The pairs of an object that is written where it is sent."""
    inner = balanced(written.strip(), 0) if written.strip().startswith("{") else None
    return (part for part in split(inner or "", ",") if _KEY.match(part) or _SHORT.match(part))


def _held(page: Page, name: str) -> dict[str, Value]:
    """The pairs of an object of the page that is spread in another (``{...this.page, id: 5}``)."""
    held = re.search(rf"\b{re.escape(name)}\s*[:=]\s*(?:[\w$.]+\(\s*)?(?=\{{)", page.text)  # q = reactive({…})
    inner = balanced(page.text, held.end()) if held else None
    return object_of(page, f"{{{inner}}}") if inner and "..." not in inner else {}


def _appended(page: Page, name: str) -> str:
    """The pairs that are put one by one into a form that a script makes (``b.append('page', p)``)."""
    calls = re.finditer(rf"\b{re.escape(name)}\s*\.\s*(?:append|set)\s*(?=\()", page.text)
    pairs = (list(split(balanced(page.text, call.end()) or "", ",")) for call in calls)
    return ",".join(f"{pair[0]}:{pair[1]}" for pair in pairs if len(pair) == 2)
