"""The requests for lists that a page's scripts make, read off the scripts; no script is run.

``$.ajax({type: 'POST', url: '/loadData', data: {columnId: 7, page: p}})``, ``axios.get('/q', {params: {…}})``,
``fetch(API, {method: 'POST', body: JSON.stringify({…})})``: the address, the method and the parameters, as far as they
are literals, constants of the page or parameters of its own address; what turns the pages begins at the first.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

import data
from crawler.discovery.links import Page
from crawler.families.brackets import balanced, split
from crawler.families.passed import first_passed

Value = str | int | list["Value"] | dict[str, "Value"]

#: Stands in an address before the number of a list's page that is a part of its path.
PLACED = "gongkai-page-"
#: Stands in a request for what was chosen on a page that offers several years.
CHOSEN = "\x04"

_CALL = re.compile(
    r"(?:\b(?:fetch|axios|request|ajax)|[\w$)\]]\s*\.\s*(?:get|post|getJSON|ajax|request|load|open))\s*\(", re.I
)
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
_STRINGIFY = re.compile(r"\s*(?:JSON|qs)\.stringify\s*\(\s*")
_KEY = re.compile(r"\s*(?:'([^']*)'|\"([^\"]*)\"|([\w$]+))\s*:\s*")
_SHORT = re.compile(r"\s*([A-Za-z_$][\w$]*)\s*$")  # {page, size}
_LITERAL = re.compile(
    r"\s*[=:]\s*(?:(?:parseInt|Number)\(\s*)?(?:'([^'\n]*)'|\"([^\"\n]*)\"|`([^`$\n]*)`|(-?\d+))\s*(?=[;,}\n)]|$)"
)
_NAMED = re.compile(r"[A-Za-z_$][\w$]*(?:\s*\.\s*[A-Za-z_$][\w$]*)*$")
_ASKS_OWN = re.compile(r"^[\w$.]+\(\s*['\"](\w+)['\"]\s*\)$|^[\w$.]*search\(\)\.(\w+)$")  # getParam('id')
_HELD = re.compile(r"\.\s*(?:data|attr)\(\s*['\"](?:data-)?(\w+)['\"]\s*\)$")
_FIELD = re.compile(
    r"^(?:\$|jQuery)\(\s*['\"]#([\w-]+)['\"]\s*\)\.val\(\)$|^document\.getElementById\(\s*['\"]([\w-]+)['\"]\s*\)\.value$"
)
_PASSED = re.compile(r"^(?:encodeURI(?:Component)?|String|Number|parseInt|\$\.trim)\((.*?)(?:,\s*\d+)?\)$", re.S)


@dataclass(slots=True)
class Asked:
    """A request as a script makes it. ``address`` is as written; ``fields`` are its parameters beside the address."""

    address: str
    method: str = "GET"
    json: bool = False  # the body is JSON
    fields: dict[str, Value] = field(default_factory=dict)


def requests(page: Page) -> Iterator[Asked]:
    """The requests in the page's scripts whose address can be read, in the order in which they stand."""
    for script in page.scripts:
        for call in _CALL.finditer(script):
            inside = balanced(script, call.end() - 1)
            if inside is None:
                continue
            found = _request(page, script[: call.end()], inside, script[call.end() + len(inside) :])
            if found is not None:
                yield found


def _request(page: Page, before: str, inside: str, behind: str) -> Asked | None:
    before = before[-60:]
    parts = list(split(inside, ","))
    if before.rstrip("( ").endswith("open") and len(parts) > 1:  # XMLHttpRequest.open('GET', address)
        address, options = parts[1], ""
        options = f"data: {balanced(behind, sent.end()) or ''}" if (sent := _SEND.search(behind, 0, _NEAR)) else ""
    elif inside.lstrip().startswith("{"):
        address, options = _after(_URL, inside), inside
    else:
        address, options = parts[0], inside[len(parts[0]) + 1 :]
    url = _sum(page, address) if address else None
    if not url:
        return None
    asked = Asked(_based(page, before, url.strip()))
    if _POST.search(before) or _POST.search(inside) or _METHOD.search(options):
        asked.method = "POST"
        asked.json = bool(_SENDS_JSON.search(options) or _CLIENTS_OF_JSON.search(before))
    written = _after(_FIELDS, options)
    whole = options is inside  # $.ajax({url: …}): what is beside the address is how it is asked, not what for
    if not written and not whole and options.strip() and not _METHOD.search(options):
        written = next(iter(split(options, ",")), "")
        written = written[found.end() :] if (found := _STRINGIFY.match(written)) else written  # $.post(address, {…})
    asked.fields = object_of(page, written)
    return asked


def _based(page: Page, before: str, url: str) -> str:
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
        inner = balanced(page.text, given.end()) if given else _appended(page, written)
    elif written.startswith("{"):
        inner = balanced(written, 0)
    else:
        inner = None
    pairs: dict[str, Value] = {}
    for part in split(inner or "", ","):
        keyed, short = _KEY.match(part), _SHORT.match(part)
        if keyed:
            name = keyed[1] or keyed[2] or keyed[3] or ""
            value = value_of(page, part[keyed.end() :], name)
            if not inside and (as_json := _STRINGIFY.match(part, keyed.end())):
                value = object_of(page, part[as_json.end() :], inside=True)
        elif short:
            name, value = short[1], value_of(page, short[1], short[1])
        else:
            continue
        if turns(name):
            value = 0 if value in (0, "0") or first_passed(page, part.rsplit(":", 1)[-1]) == "0" else 1
        elif value is None and name.lower() in named("parents"):
            value = first_passed(page, part.rsplit(":", 1)[-1]) or ""
        elif value is None and name.lower() in named("cursors") | named("last_ids"):
            value = ""  # null, undefined: nothing has been answered yet
        if value is not None:
            pairs[name] = value
    return pairs


def _appended(page: Page, name: str) -> str:
    """The pairs that are put one by one into a form that a script makes (``b.append('page', p)``)."""
    calls = re.finditer(rf"\b{re.escape(name)}\s*\.\s*(?:append|set)\s*(?=\()", page.text)
    pairs = (list(split(balanced(page.text, call.end()) or "", ",")) for call in calls)
    return ",".join(f"{pair[0]}:{pair[1]}" for pair in pairs if len(pair) == 2)


def turns(name: str) -> bool:
    """Whether a parameter of this name turns the pages (data/discovery.yaml, ``sources``)."""
    return name.lower() in named("turning")


def of_year(name: str) -> bool:
    """Whether a parameter of this name says of which year a list is."""
    return name.lower() in named("years")


@functools.cache
def named(kind: str) -> frozenset[str]:
    """The names, in lower case, of a kind of parameters."""
    return frozenset(str(each).lower() for each in data.load_yaml("discovery.yaml")["sources"][kind])


def value_of(page: Page, written: str, name: str = "") -> Value | None:
    """A parameter's value: a literal, a list of literals, a constant of the page, a parameter of its own address."""
    written = written.strip()
    if re.fullmatch(r"-?\d+", written):
        return int(written)
    if written.startswith("[") and written.endswith("]"):
        found = [value_of(page, each) for each in split(written[1:-1], ",") if each.strip()]
        return [each for each in found if each is not None]
    text = text_of(page, written)
    if text is None and name:
        chosen = CHOSEN if page.years and of_year(name) else None
        return dict(parse_qsl(urlsplit(page.url).query)).get(name, chosen)
    return text


def text_of(page: Page, written: str) -> str | None:
    """The text of a sum of literals, templates, constants and parameters of the page's own address.

    An unknown term behind ``page=`` is 1, behind the name of another parameter it is what the page's own address has.
    """
    text = _sum(page, written)
    return None if text and PLACED in text else text


def _sum(page: Page, written: str) -> str | None:
    """As ``text_of``; the number of a page that a path holds is ``PLACED``, and what the page begins with."""
    own = dict(parse_qsl(urlsplit(page.url).query))
    result = ""
    for term in split(written, "+"):
        value = _term(page, term.strip(), own)
        if value is None:
            behind = re.search(r"[?&](\w+)=$", result)
            if "/" in result and "?" not in result and not page.years and (number := first_passed(page, term)):
                result += PLACED + number  # '/nb/list_' + n + '.html'
                continue
            if not behind and not page.years:
                return None
            name = behind[1] if behind else ""
            chosen = CHOSEN if page.years and (not name or of_year(name)) else _route(page.url)
            first = first_passed(page, term) or "1"
            value = first if turns(name) else own.get(name, chosen)
        result += value
    return result or None


def _route(url: str) -> str:
    """The last part of the route of a page that a script makes (``/app/#/annual/town``): what its requests ask for."""
    parts = urlsplit(url).fragment.strip("/").split("/")
    return parts[-1] if len(parts) > 1 else ""


def _term(page: Page, term: str, own: dict[str, str]) -> str | None:
    if len(term) > 1 and term[0] == term[-1] and term[0] in "'\"":
        return term[1:-1].replace("\\/", "/")
    if len(term) > 1 and term[0] == term[-1] == "`":
        return _template(page, term[1:-1], own)
    if term.isdigit():
        return term
    passed = _PASSED.match(term)
    if passed:
        return _term(page, passed[1].strip(), own)
    held = _HELD.search(term)
    if held:
        return _attribute(page.text, held[1])
    field_ = _FIELD.match(term)
    if field_:
        return _entered(page.text, field_[1] or field_[2])
    asks = _ASKS_OWN.match(term)
    if asks:
        return own.get(asks[1] or asks[2])
    if term in page.bound:
        return page.bound[term]
    if _NAMED.match(term):
        last = term.rsplit(".", 1)[-1].strip()
        given = _given(page.text, last)
        if given is not None:
            return given
        taken = re.search(rf"\b{re.escape(last)}\s*=\s*([^;,\n]+)", page.text)
        if taken and _FIELD.match(taken[1].strip()):
            return _term(page, taken[1].strip(), own)
        return own.get(_asked_of(page.text, last) or last)
    return None


def _asked_of(script: str, name: str) -> str | None:
    """The parameter of the page's own address that a name is set to (``cid = getQuery('channelId')``)."""
    given = re.search(rf"\b{re.escape(name)}\s*=\s*([\w$.]+\([^;\n]{{0,60}}?\)|[\w$.]*search\(\)\.\w+)", script)
    asks = _ASKS_OWN.match(given[1]) if given else None
    return (asks[1] or asks[2]) if asks else None


def _entered(source: str, name: str) -> str | None:
    """What stands in a field of the page that a script reads (``$('#siteId').val()``), mostly a hidden one."""
    field_ = re.search(rf"<input\b[^>]*?\bid\s*=\s*['\"]?{re.escape(name)}(?![\w-])[^>]*>", source, re.I)
    value = re.search(r"\bvalue\s*=\s*(?:'([^']*)'|\"([^\"]*)\"|([^\s>]+))", field_[0], re.I) if field_ else None
    return next((each for each in value.groups() if each is not None), None) if value else None


def _attribute(source: str, name: str) -> str | None:
    """The value of an attribute that a script reads (``button.data('src')``), where all elements have the same."""
    values = set(re.findall(rf"\bdata-{re.escape(name)}\s*=\s*['\"]([^'\"]*)['\"]", source))
    return values.pop() if len(values) == 1 else None


def _given(script: str, name: str) -> str | None:
    """The literal that a name is first set to (``name = 'a'``, ``name: 1``), or None."""
    at = script.find(name)
    while at >= 0:
        given = _LITERAL.match(script, at + len(name))
        if given and (at == 0 or script[at - 1].isspace() or script[at - 1] in ";,{(."):
            return next(each for each in given.groups() if each is not None)
        at = script.find(name, at + 1)
    return None


def _template(page: Page, inner: str, own: dict[str, str]) -> str | None:
    terms = re.split(r"\$\{([^}]*)\}", inner)
    return _sum(page, "+".join(f"'{each}'" if n % 2 == 0 else each for n, each in enumerate(terms)))
