"""What the terms of a script stand for: literals, sums, templates, the page's constants and fields, its own address.

No script is run. A term of which nothing is known is None.
"""

from __future__ import annotations

import functools
import re
from urllib.parse import parse_qsl, urlsplit

import data
from crawler.discovery.links import Page
from crawler.families.brackets import split
from crawler.families.passed import first_passed

Value = str | int | list["Value"] | dict[str, "Value"]

#: Stands in an address before the number of a list's page that is a part of its path.
PLACED = "gongkai-page-"
#: Stands in a request for what was chosen on a page that offers several years.
CHOSEN = "\x04"

_LITERAL = re.compile(
    r"['\"]?\s*[=:]\s*(?:(?:parseInt|Number)\(\s*)?"
    r"(?:'((?:[^'\\\n]|\\.)*)'|\"((?:[^\"\\\n]|\\.)*)\"|`([^`$\n]*)`|(-?\d+))\s*(?=[;,}\n)]|$)"
)
_UNESCAPED = re.compile(r"\\([/'\"\\])")  # "http:\\/\\/…", {\\"category\\": …}
_NAMED = re.compile(r"[A-Za-z_$][\w$]*(?:\s*\.\s*[A-Za-z_$][\w$]*)*$")
_ASKS_OWN = re.compile(r"^[\w$.]+\(\s*['\"](\w+)['\"]\s*\)$|^[\w$.]*search\(\)\.(\w+)$")  # getParam('id')
_HELD = re.compile(r"\.\s*(?:(?:data|attr|getAttribute)\(\s*['\"](?:data-)?([\w-]+)['\"]\s*\)|dataset\s*\.\s*(\w+))$")
_LOCATION = re.compile(r"(?:(?:window|document|self)\s*\.\s*)?location\s*\.\s*(pathname|origin|href|search)$")
_FIELD = re.compile(
    r"^(?:\$|jQuery)\(\s*['\"]#([\w-]+)['\"]\s*\)\.val\(\)$|^document\.getElementById\(\s*['\"]([\w-]+)['\"]\s*\)\.value$"
)
_PASSED = re.compile(r"^(?:encodeURI(?:Component)?|String|Number|parseInt|\$\.trim)\((.*?)(?:,\s*\d+)?\)$", re.S)


def turns(name: str) -> bool:
    """Whether a parameter of this name turns the pages (data/discovery.yaml, ``sources``)."""
    return name.lower().lstrip("$") in named("turning")


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
        routed = _route(page.url) if _NAMED.match(written) and not turns(name) else ""  # of /#/list/12 the list's id
        return dict(parse_qsl(urlsplit(page.url).query)).get(name, chosen) or routed or None
    return text


def text_of(page: Page, written: str) -> str | None:
    """The text of a sum of literals, templates, constants and parameters of the page's own address.

    An unknown term behind ``page=`` is 1, behind the name of another parameter it is what the page's own address has.
    """
    text = summed(page, written)
    return None if text and PLACED in text else text


def summed(page: Page, written: str) -> str | None:
    """As ``text_of``; the number of a page that a path holds is ``PLACED``, and what the page begins with."""
    own = dict(parse_qsl(urlsplit(page.url).query))
    result = ""
    for term in split(written, "+"):
        value = _term(page, term.strip(), own)
        if value is None:
            behind = re.search(r"[?&]\$?(\w+)=$", result)
            if page.holes and (kept := _kept_open(term, behind[1] if behind else "", result)):
                result += kept
                continue
            if "/" in result and "?" not in result and not page.years and (number := first_passed(page, term)):
                result += PLACED + number  # '/nb/list_' + n + '.html'
                continue
            if not behind and not page.years:
                return None
            name = behind[1] if behind else ""
            chosen = CHOSEN if page.years and (not name or of_year(name)) else _route(page.url)
            first = first_passed(page, term) or "1"
            value = first if turns(name) else own.get(name, chosen) or first_passed(page, term) or ""
        if value.isdecimal() and "/" in result and "?" not in result and _counts_pages(term):
            value = PLACED + value  # `/list/${page}/${size}`, where page = 1 is the first
        result += value
    return result or None


def hole(name: str) -> str:
    """What stands in a request for a parameter of which the page knows nothing: an answer may tell it."""
    return f"\x05{name}\x06"


def _kept_open(term: str, name: str, before: str) -> str:
    """The hole for a term that nothing is known of: a parameter's, or a variable's in the path."""
    if name:
        return "" if turns(name) or name.lower() in named("sizes") else hole(name)
    variable = _NAMED.match(term) and "/" in before and not turns(term.rsplit(".", 1)[-1].strip())
    return hole(term.rsplit(".", 1)[-1].strip()) if variable else ""


def _counts_pages(term: str) -> bool:
    """Whether a term is a variable whose name says that it is a page's number."""
    return bool(_NAMED.match(term)) and turns(term.rsplit(".", 1)[-1].strip())


def _route(url: str) -> str:
    """The last part of the route of a page that a script makes (``/app/#/annual/town``): what its requests ask for."""
    parts = urlsplit(url).fragment.strip("/").split("/")
    return parts[-1] if len(parts) > 1 else ""


def _term(page: Page, term: str, own: dict[str, str]) -> str | None:
    if len(term) > 1 and term[0] == term[-1] and term[0] in "'\"":
        return term[1:-1].replace("\\/", "/")
    if len(term) > 1 and term[0] == term[-1] == "`":
        return _template(page, term[1:-1], own)
    if term.isdecimal():
        return term
    passed = _PASSED.match(term)
    if passed:
        return _term(page, passed[1].strip(), own)
    held = _HELD.search(term)
    if held:
        return _attribute(page.text, held[1] or held[2])
    here = _LOCATION.match(term)
    if here:
        return _here(page.url, here[1])
    if term in page.bound:
        return page.bound[term]
    field_ = _FIELD.match(term)
    if field_:
        return _entered(page.text, field_[1] or field_[2])
    asks = _ASKS_OWN.match(term)
    if asks:
        return own.get(asks[1] or asks[2])
    if _NAMED.match(term):
        last = term.rsplit(".", 1)[-1].strip()
        if page.holes and "." in term and _differs(page.text, last):
            return None
        given = _given(page.text, last)
        if given is not None:
            return given
        if (read := re.search(rf"\b{re.escape(last)}\s*[:=]\s*([^;,\n}}]{{1,80}})", page.text)) and (
            attribute := _HELD.search(read[1].strip())
        ):  # colId: document.getElementById('app').dataset.col
            return _attribute(page.text, attribute[1] or attribute[2])
        taken = re.search(rf"\b{re.escape(last)}\s*=\s*([^;,\n]+)", page.text)
        if taken and _FIELD.match(taken[1].strip()):
            return _term(page, taken[1].strip(), own)
        return own.get(_asked_of(page.text, last) or last)
    return None


def _differs(source: str, name: str) -> bool:
    """Whether several objects of a page have something else under a name (``[{k: 'a', …}, {k: 'b', …}]``)."""
    return len(set(re.findall(rf"[{{,]\s*['\"]?{re.escape(name)}['\"]?\s*:\s*['\"]([^'\"]*)", source))) > 1


def _here(url: str, part: str) -> str:
    """A part of the page's own address, as scripts call it."""
    parts = urlsplit(url)
    if part == "pathname":
        return parts.path or "/"
    if part == "search":
        return f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}" if part == "origin" else url.split("#")[0]


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
        if given and (at == 0 or script[at - 1].isspace() or script[at - 1] in ";,{(.'\""):
            return _UNESCAPED.sub(r"\1", next(each for each in given.groups() if each is not None))
        at = script.find(name, at + 1)
    return None


def _template(page: Page, inner: str, own: dict[str, str]) -> str | None:
    terms = re.split(r"\$\{([^}]*)\}", inner)
    return summed(page, "+".join(f"'{each}'" if n % 2 == 0 else each for n, each in enumerate(terms)))
