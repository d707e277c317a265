"""One pass over a page's elements: links, the headings above them, their place, their list, the date beside them."""

from __future__ import annotations

import functools
import re

from selectolax.lexbor import LexborNode

import data
from crawler.discovery.beside import name_beside, name_in_table, names_nothing, says_no_word
from crawler.discovery.calls import address_of, held_in, listened
from crawler.discovery.links import ARROWS, Link, Page, squeeze
from reports.title import read_title

_DATE = re.compile(r"((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})")
_YEAR = re.compile(r"(?:19|20)\d\d(?:年|年度)?")
_MARKED = re.compile(
    r"(?:^|[-_\s])(?:tit(?:le)?\d*|hd|head(?:ing)?|caption|bt|lm_?(?:name|title)|column-?name)(?:$|[-_\s\d])", re.I
)
_QUOTED = re.compile(r"""['"]([^'"\s]*(?:/|\.s?html?|\.jsp|\.aspx?|\.php)[^'"\s]*)['"]""")
LOCATION = re.compile(r"""(?:location(?:\.href)?\s*=|location\.replace\(|window\.open\()\s*['"]([^'"]+)['"]""")

_OWN = re.compile(
    r"(?:\$\(\s*this\s*\)|this)\s*\.\s*(?:(?:getAttribute|attr|data)\(\s*['\"]([\w-]+)['\"]\s*\)|dataset\s*\.\s*(\w+))"
)
_ESCAPED = re.compile(r"\\u00([0-7][0-9a-fA-F])")

_PLACES = (
    ("crumb", re.compile(r"crumb|position|location|dqwz|curpos|\bwz\b|weizhi|path", re.I)),
    ("foot", re.compile(r"foot|copyright|friend|yqlj|youqing|bottom", re.I)),
    ("pager", re.compile(r"pag(?:e|ing|er|ination)[-_]?nav|nav[-_]?pag|nav-links", re.I)),  # page-navigator
    ("nav", re.compile(r"(?:^|[-_\s])(?:nav|menu|header|top|banner|navi)", re.I)),
    ("pager", re.compile(r"pag(?:e|ing|ination|er)|fenye|fanye|(?:^|[-_\s])fy(?:$|[-_\s\d])", re.I)),
    ("side", re.compile(r"side|left|aside|tree|zlm", re.I)),
)
#: Attributes of elements that are no links in which a script finds where a click leads.
_HELD = ("data-href", "data-url", "data-link", "hx-get", "data-hx-get", "up-href")
#: Elements that show another page in their place; the last two are those of libraries for pages without scripts.
_FRAMES = ("iframe", "frame", "embed", "object", "turbo-frame", "include-fragment")
#: When such an attribute is asked for without a click: its answer is a part of the page.
_LOADED = re.compile(r"load|reveal|intersect", re.I)
_CLICKS = ("onclick", "onClick", "ONCLICK")  # as it is written
_WHOLE = 1  # the block of links that stand in the body itself; no element has this number
_OF_REPORTS = "a, area, h1, h2, h3, h4, h5, h6, dt, legend, iframe, frame, embed, object, turbo-frame, option"
_TAGS = {"nav": "nav", "header": "nav", "footer": "foot", "aside": "side"}


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(data.load_yaml("discovery.yaml")["reading"][name])


def _with_own(script: str | None, attributes: dict[str, str | None]) -> str | None:
    """A click's script with the element's own attributes in the place where it takes them
    (``this.getAttribute('data-dir')``)."""
    if not script or "this" not in script:
        return script

    def own(taken: re.Match[str]) -> str:
        name = taken[1] or taken[2]
        value = attributes.get(name) or attributes.get(f"data-{name}")
        return taken[0] if value is None else f"'{value}'"

    return _OWN.sub(own, script)


def _longer(text: str, length: int) -> bool:
    """Whether a text has more characters than this when it is squeezed. Of a whole article only the beginning is."""
    beginning = 8 * length + 100
    return len(squeeze(text[:beginning])) > length or (len(text) > beginning and len(squeeze(text)) > length)


def _drawn(source: str) -> str:
    """What the picture of a link says that has no other text, as far as its name tells: only that it turns a page."""
    name = source.rsplit("/", 1)[-1].split(".")[0].lower()
    return "下一页" if name in _words("next_pictures") else ""


class Walk:
    """One pass over the elements in document order, keeping the headings above and the links in each ancestor."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heading: dict[int, str] = {}  # element → the heading that was last seen directly below it
        self.place: dict[int, str] = {}
        self.found: list[tuple[LexborNode, Link, list[LexborNode]]] = []
        self.inside: dict[int, int] = {}  # element → links below it
        self.held = held_in(page)
        self.listened = listened(page)
        self.clickable = (
            any(word in page.text for word in _CLICKS)
            or bool(self.held)
            or bool(self.listened)
            or any(f"{name}=" in page.text for name in _HELD)
            or any(word in page.text for word in _words("more"))
        )

    def run(self, root: LexborNode, *, report: bool = False) -> None:
        """Read the elements below ``root``. On a report's own page only its real headings count: its tables' cells and
        the thousands of spans that Word leaves say nothing of its links."""
        self.place[root.mem_id] = "body"
        for node in root.css(_OF_REPORTS) if report else root.traverse(include_text=False):
            tag = node.tag
            if tag == "a" or tag == "area":
                self._anchor(node)
            elif tag in ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "legend", "th", "strong", "b"):
                self._heading(node, tag)
                if self.clickable and ("onclick" in (held := node.attributes) or not held.keys().isdisjoint(self.held)):
                    self._clicked(node, held)
            elif tag in _FRAMES:
                self._frame(node, tag)
            elif tag == "option":
                self._option(node)
            elif tag in ("tr", "button", "dd", "input", "img"):
                if self.clickable:
                    self._clicked(node, node.attributes)
            elif tag in ("div", "p", "span", "li", "td", "ucaptitle", "label"):
                attributes = node.attributes
                if self.clickable and _LOADED.search(attributes.get("hx-trigger") or ""):
                    self._frame(node, tag)
                elif self.clickable:
                    self._clicked(node, attributes)
                if tag == "td" or tag == "ucaptitle" or _MARKED.search(attributes.get("class") or ""):
                    self._heading(node, tag)
        self._blocks()

    def _heading(self, node: LexborNode, tag: str) -> None:
        text = squeeze(node.text(separator=""))
        if not 2 <= len(text) <= 60:
            return
        if tag in ("td", "b", "strong") and (len(text) > 24 or len(node.css("a[href]")) > 1):
            return
        if tag not in ("h1", "h2", "h3", "h4", "h5", "h6", "dt") and len(node.css("a[href]")) > 2:
            return
        self._scope(node, text)
        if tag in ("h1", "h2", "h3", "ucaptitle") and len(self.page.headings) < 12:
            self.page.headings.append(text)

    def _scope(self, node: LexborNode, text: str) -> None:
        parent = node.parent
        for _ in range(3):
            if parent is None:
                return
            self.heading[parent.mem_id] = text
            # the heading has its element nearly for itself (更多>>): it is above what follows outside too
            if parent.parent is not None and _longer(parent.text(separator=""), len(text) + 6):
                return
            parent = parent.parent

    def _above(self, node: LexborNode, text: str) -> str:
        current = node.parent
        for _ in range(14):
            if current is None:
                return ""
            found = self.heading.get(current.mem_id)
            if found and found != text:
                return found
            current = current.parent
        return ""

    def _place(self, node: LexborNode) -> str:
        path: list[LexborNode] = []
        current: LexborNode | None = node
        place = "body"
        while current is not None:
            known = self.place.get(current.mem_id)
            if known is not None:
                place = known
                break
            path.append(current)
            current = current.parent
        for each in reversed(path):
            own = _TAGS.get(each.tag or "")
            if own is None and place == "body":
                attributes = each.attributes
                marks = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip()
                if marks:
                    own = next((name for name, pattern in _PLACES if pattern.search(marks)), None)
            place = own or place
            self.place[each.mem_id] = place
        return place

    def _anchor(self, node: LexborNode) -> None:
        attributes = node.attributes
        text = squeeze(node.text(separator=""))
        title = squeeze(attributes.get("title") or "")
        if not text:  # a picture, or a part of one (<area>), is named by its alternative text
            picture = node if node.tag == "area" else node.css_first("img")
            named = picture.attributes if picture is not None else {}
            text = squeeze(named.get("alt") or named.get("title") or "") or _drawn(named.get("src") or "")
        if title and (not text or text.endswith(("…", "...", "..")) or (len(title) > len(text) and text[:6] in title)):
            text = title
        shown = text
        if names_nothing(text):
            text = name_in_table(node, of_years=True) or name_beside(node) or text
        elif says_no_word(text):
            text = name_in_table(node) or text
        sibling = node.next
        while sibling is not None and sibling.tag == "-text":
            sibling = sibling.next
        if (
            sibling is not None
            and sibling.tag in ("ul", "ol", "dl")
            and 2 <= len(text) <= 40
            and node.parent is not None
        ):
            self.heading[node.parent.mem_id] = text
        href = attributes.get("href") or ""
        url = self.page.address(href)
        here = href.startswith("#") and "#" not in (url or "")  # a place on this very page, or a click's handle
        if url is None or here:
            clicked = _with_own(attributes.get("onclick"), attributes) or ""
            script = f"{href if href.startswith('javascript:') else ''} {clicked}"
            url = self._opened(script) or self._held_by(text, attributes) or self._heard(node)
            url = url or self._drawn_from(text, script)
            if url is None:
                self._unread(text, f"{href} {attributes.get('onclick') or ''}", attributes)
        if url is None:
            return
        heading = self._label(node, text) or self._above(node, shown)
        self._keep(node, Link(url=url, text=text, heading=heading, place=self._place(node), title=title))

    def _label(self, node: LexborNode, text: str) -> str:
        """What stands before the first of several links that say only a year: 年度报告：2023 2022 2021."""
        if not _YEAR.fullmatch(text) or node.parent is None:
            return ""
        first = next(node.parent.iter(include_text=True), None)
        said = (
            squeeze(first.text() or "") if first is not None and first.tag in ("-text", "b", "strong", "span") else ""
        )
        return said.rstrip(":：") if 2 <= len(said) <= 24 and not _YEAR.fullmatch(said) else ""

    def _clicked(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        """An element that is no link and leads somewhere: by a script, or by an address that a script will look up."""
        script = _with_own(attributes.get("onclick"), attributes)
        text = squeeze(node.text(separator="") or attributes.get("value") or attributes.get("alt") or "")
        url = self._opened(script) if script else self._held_by(text, attributes) or self._heard(node)
        url = url or self._drawn_from(text, script or "")
        if url is None:
            self._unread(text, script or "", attributes)
            return
        if len(text) < 120:
            self._keep(
                node, Link(url=url, text=text, heading=self._above(node, text), place=self._place(node), tag="script")
            )

    def _unread(self, text: str, script: str, attributes: dict[str, str | None]) -> None:
        """A next page that a script turns of which no address can be read: the list goes on, and nobody knows where."""
        turns = (text.strip(ARROWS) or text) in _words("next")
        if (turns and "(" in script.replace("void(0)", "")) or text in _words("more"):
            marks = f"{attributes.get('class') or ''} {'disabled' if 'disabled' in attributes else ''}"
            hidden = re.search(r"display\s*:\s*none", attributes.get("style") or "")
            off = hidden or re.search(r"disabled|forbid|no-?next", marks, re.I)
            self.page.stuck = self.page.stuck or not off
            held = (value for name, value in attributes.items() if name.startswith("data-") and "/" in (value or ""))
            self.page.more = self.page.more or next((self.page.address(each or "") for each in held), None)

    def _opened(self, script: str) -> str | None:
        """Where a click's script leads: what it sets, what a function of the page makes of what it is called with
        (``go('xxgk/nb')`` is no address yet), else the address that it names."""
        if "\\u00" in script:  # RefreshPageTo(event, "/AllItems.aspx?Paged=TRUE\u0026p_ID=30")
            script = _ESCAPED.sub(lambda each: chr(int(each[1], 16)), script)
        found = LOCATION.search(script)
        url = self.page.address(found[1]) if found else address_of(self.page, script) if "(" in script else None
        named = None if url else _QUOTED.search(script)
        return self.page.address(named[1]) if named else url

    def _drawn_from(self, text: str, script: str) -> str | None:
        """The data of which a click draws the report that it names."""
        if "getJSON" not in self.page.text or "(" not in script or read_title(text).kind != "report":
            return None
        return address_of(self.page, script, data=True)

    def _held_by(self, text: str, attributes: dict[str, str | None]) -> str | None:
        """The address that an element holds for a script; a button that loads more is asked with a page's number."""
        return None if text in _words("more") else self._named(attributes) or self._handled(attributes)

    def _heard(self, node: LexborNode) -> str | None:
        """Where a click on an element leads to which a script listens."""
        handler = self.listened.get(node.mem_id)
        return handler(node) if handler else None

    def _named(self, attributes: dict[str, str | None]) -> str | None:
        held = next((attributes[name] for name in _HELD if attributes.get(name)), None)
        return self.page.address(held) if held else None

    def _handled(self, attributes: dict[str, str | None]) -> str | None:
        """Where a click leads that a script handles by what the element holds (``data-id``)."""
        for name, handler in self.held.items():
            value = attributes.get(name)
            if value:
                return handler(value)
        return None

    def _frame(self, node: LexborNode, tag: str) -> None:
        attributes = node.attributes
        named = (attributes.get(name) or "" for name in ("src", "data", "data-src", "hx-get", "data-hx-get"))
        source = next((each for each in named if each and not each.startswith("about:")), "")
        url = self.page.address(source) if source else None
        if url:
            self._keep(
                node, Link(url=url, text=squeeze(attributes.get("title") or ""), place=self._place(node), tag="iframe")
            )

    def _option(self, node: LexborNode) -> None:
        value = node.attributes.get("value") or ""
        if "/" in value or ".htm" in value or ".jsp" in value:
            url = self.page.address(value)
        else:
            menu = node.parent if node.parent is None or node.parent.tag == "select" else node.parent.parent
            script = (menu.attributes.get("onchange") or "") if menu is not None else ""
            if script and self._fills_another(menu):  # of areas: the menu of organs beside it is filled
                return
            url = address_of(self.page, script, value) if script and value else None
        if url:
            text = squeeze(node.text(separator=""))
            self._keep(
                node,
                Link(url=url, text=text, heading=self._above(node, text), place=self._place(node), tag="option"),
            )

    def _fills_another(self, menu: LexborNode | None) -> bool:
        """Whether another menu of the form is empty until one is chosen in this one."""
        form = menu
        while form is not None and form.tag not in ("form", "body"):
            form = form.parent
        if menu is None or form is None:
            return False
        for each in form.css("select[name]"):
            if each.mem_id != menu.mem_id and not any(one.attributes.get("value") for one in each.css("option")):
                return True
        return False

    def _keep(self, node: LexborNode, link: Link) -> None:
        if link.place == "crumb":
            self.page.crumbs += ">" + link.text
        ancestors: list[LexborNode] = []
        current = node.parent
        while current is not None and current.tag not in ("body", "html", None) and len(ancestors) < 8:
            ancestors.append(current)
            self.inside[current.mem_id] = self.inside.get(current.mem_id, 0) + 1
            current = current.parent
        self.found.append((node, link, ancestors))

    def _blocks(self) -> None:
        for node, link, ancestors in self.found:
            item = node
            for ancestor in ancestors:
                if self.inside[ancestor.mem_id] >= 3:
                    link.block = ancestor.mem_id
                    break
                item = ancestor
            beside = item.text(separator=" ") if item is not node and link.text else ""
            if len(beside) < 400:
                match = _DATE.search(beside)
                if match and 1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31:
                    link.date = f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"
            self.page.links.append(link)
        loose = [link for _, link, _ in self.found if not link.block]
        if len(loose) >= 3 and 2 * len(loose) > len(self.found):  # a frame that holds nothing but one list
            for link in loose:
                link.block = _WHOLE
