"""The addresses that scripts and templates make of an entry's fields (``'/detail/' + row.id + '.html'``), for lists
whose entries have ids and no addresses.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin

from crawler.discovery.calls import opened_by
from crawler.discovery.links import Page
from crawler.families import asked
from crawler.families.brackets import split
from crawler.families.entries import PLACEHOLDER
from crawler.families.terms import text_of

_MEMBER = re.compile(r"^\(?\s*(?:[A-Za-z_$][\w$]*(?:\[\w+\])?\s*\.\s*)+([A-Za-z_]\w*)\s*\)?$")
_CELL = re.compile(r"^[A-Za-z_$][\w$.]*(?:\[\w+\])?\[(\d)\]$")
_HREF = re.compile(
    r"""(?:href|data-url|data-href)\s*=\s*\\?["']?([^"'\s>\\]+)|(?:open|href\s*=)\s*\(?\\?["']([^"'\s)\\]+)"""
)
_BOUND = re.compile(r"""(?:v-bind:|ng-|:)?href\s*=\s*("[^"]*"|'[^']*')""", re.I)
_KNOCKOUT = re.compile(r"\bhref['\"]?\s*:\s*'([^'\s]+)'\s*\+\s*(?:\$data\.)?([A-Za-z_]\w*)")
_MUSTACHE = re.compile(
    r"\{\{[{#\s]*(?:[\w$]+\.)*(\w+)\s*\}?\}\}|<%=\s*(?:[\w$]+\.)*(\w+)\s*%>|\$\{\s*(?:[\w$]+\.)*(\w+)\s*\}"
)
#: A quotation, a name with what it is called with, or a mark that ends a sum.
_TOKEN = re.compile(
    r"""'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|([\w$.\[\]]+(?:\(\s*['"]?[\w$.,\s]{0,30}['"]?\s*\))?)|([^\s+])"""
)
_ARTICLE = re.compile(
    r"(?:(?:\bfetch|\baxios|\brequest|\.\s*(?:get|post|ajax|getJSON|request))\s*\(\s*(?:\{[^{}]{0,80}?\burl\s*:\s*)?"
    r"|[\w$)\]]\(\{\s*url\s*:\s*)"
    r"(?:['\"](/?[\w./-]+[/=])['\"]\s*\+\s*(?:[\w$]+\s*\.\s*)*([A-Za-z_]\w*)\s*(?=[,)}])"
    r"|`(/?[\w./-]+[/=?&\w]*)\$\{\s*(?:[\w$]+\s*\.\s*)*([A-Za-z_]\w*)\s*\}([\w./-]*)`)"
)
_ROUTER = re.compile(
    r"\$router\b|VueRouter|createRouter|createWebHashHistory|createHashRouter|\brouter\.push|\bpath\s*:\s*['\"]/?[\w/-]*:\w"
)
_MOST = 12  # of one page
_OPEN, _CLOSE = "\x01", "\x02"  # around an entry's field in an address
_CALLED = re.compile(rf"([A-Za-z_$][\w$]*)\(([^()]{{0,120}}{_OPEN}[^()]{{0,120}})\)")


def shapes(page: Page) -> list[str]:
    """Addresses with places for an entry's fields, as the page's scripts and templates make them."""
    found: dict[str, None] = {}
    for script in page.scripts:
        for line in split(script, ";\n"):
            if "+" in line and ("/" in line or "?" in line):
                for made in _sums(page, line):
                    found.update(dict.fromkeys((*_addresses(made), *_called(page, made))))
            elif "+" in line and "(" in line:
                for made in _sums(page, line):
                    found.update(dict.fromkeys(_called(page, made)))
    for bound in _BOUND.finditer(page.text):
        written = html.unescape(bound[1][1:-1])
        for made in _sums(page, written):
            found.update(dict.fromkeys(_addresses(made, whole=True)))
    for bound in _KNOCKOUT.finditer(page.text) if "data-bind" in page.text else ():
        found[f"{bound[1]}{_OPEN}{bound[2]}{_CLOSE}"] = None
    marked = _MUSTACHE.sub(lambda name: f"{_OPEN}{name[1] or name[2] or name[3]}{_CLOSE}", page.text)
    if _OPEN in marked:
        for each in _HREF.finditer(marked):
            found.update(dict.fromkeys(_addresses(each[1] or each[2])))
        for quoted in re.finditer(rf"[`'\"]([^`'\"\s<>]*{_OPEN}[^`'\"\s<>]*)[`'\"]", marked):
            found.update(dict.fromkeys(_addresses(quoted[1])))
        found.update(dict.fromkeys(_called(page, marked)))
    articles = dict.fromkeys(_articles(page))
    # the routes of a page that draws its articles itself are no addresses: what it asks for comes first
    found = articles | found if _ROUTER.search(page.text) else found | articles
    return [_rooted(page, each) for each in found][:_MOST]


def cell(number: int) -> str:
    """The name of a cell of a row that has no names (``rows[i][0]``)."""
    return f"cell_{number}"


def _called(page: Page, made: str) -> Iterator[str]:
    """What the page's functions open that a click on an entry calls with its fields (``onclick="view('{{id}}')"``)."""
    for call in _CALLED.finditer(made) if _OPEN in made else ():
        given = [each.strip("\\'\" &;") for each in call[2].split(",")]
        fields = {f"gongkaifield{number}x": field for number, field in enumerate(PLACEHOLDER.findall(call[2]))}
        values = []
        for each in given:
            for mark, field in fields.items():
                each = each.replace(f"{_OPEN}{field}{_CLOSE}", mark)
            values.append(each)
        address = opened_by(page, call[1], values)
        for mark, field in fields.items() if address else ():
            address = (address or "").replace(mark, f"{_OPEN}{field}{_CLOSE}")
        if address and _OPEN in address:
            yield address


def _articles(page: Page) -> Iterator[str]:
    """What an article is asked by, of pages that are drawn in the page itself (``axios.get('/api/article/' + id)``)."""
    for script in map(asked.summed_up, page.scripts):
        for asks in _ARTICLE.finditer(script):
            before = script[max(0, asks.start() - 20) : asks.end()].split("(")[0] + "("
            made = f"{asks[1]}{_OPEN}{asks[2]}{_CLOSE}" if asks[2] else f"{asks[3]}{_OPEN}{asks[4]}{_CLOSE}{asks[5]}"
            yield asked.based(page, before, made)


def _rooted(page: Page, made: str) -> str:
    """Such an address as in the page that shows it, wherever the entries come from."""
    return made if made.startswith((_OPEN, "/")) else urljoin(page.base, made)


def _sums(page: Page, line: str) -> Iterator[str]:
    """Each run of texts, constants and members of an entry that are added up, with places for the members."""
    made = ""
    for token in _TOKEN.finditer(line):
        celled = _CELL.match(token[3]) if token[3] else None
        if celled:
            made += f"{_OPEN}{cell(int(celled[1]))}{_CLOSE}"
            continue
        member = _MEMBER.match(token[3]) if token[3] else None
        if token[4]:
            yield made
            made = ""
        elif member:
            made += f"{_OPEN}{member[1]}{_CLOSE}"
        elif token[3]:
            constant = text_of(page, token[3])
            if constant is None:
                yield made
            made = "" if constant is None else made + constant
        else:
            made += token[1] or token[2] or ""
    yield made


def _addresses(made: str, *, whole: bool = False) -> Iterator[str]:
    """The addresses in a sum; ``whole``: it is bound to a link, so that a field alone is an address too."""
    if _OPEN not in made:
        return
    whole = whole or "<" in made
    if "<" not in made and " " not in made:
        candidates = [made]
    else:
        candidates = [each[1] or each[2] for each in _HREF.finditer(made)]
    for each in candidates:
        fixed = PLACEHOLDER.sub("", each)
        if (
            _OPEN in each
            and ("/" in fixed or "?" in fixed or ".htm" in fixed or (whole and not fixed))
            and not fixed.startswith(("javascript", "#"))
        ):
            yield each
