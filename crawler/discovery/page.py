"""A fetched page as discovery sees it.

Its text, its links with the heading above them, their place, and the list they stand in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.address import absolute

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.I)
_SPACE = re.compile(r"[\s\u200b\ufeff\xa0\u3000]+")
_DATE = re.compile(r"((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})")
_MARKED = re.compile(
    r"(?:^|[-_\s])(?:tit(?:le)?\d*|hd|head(?:ing)?|caption|bt|lm_?(?:name|title)|column-?name)(?:$|[-_\s\d])", re.I
)
_QUOTED = re.compile(r"""['"]([^'"\s]*(?:/|\.s?html?|\.jsp|\.aspx?|\.php)[^'"\s]*)['"]""")
_LOCATION = re.compile(r"""(?:location(?:\.href)?\s*=|location\.replace\(|window\.open\()\s*['"]([^'"]+)['"]""")
_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\";]+)", re.I)
_COMMENT = re.compile(r"<!--(.*?)-->", re.S)
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.S | re.I)

_PLACES = (
    ("crumb", re.compile(r"crumb|position|location|dqwz|curpos|\bwz\b|weizhi|path", re.I)),
    ("foot", re.compile(r"foot|copyright|friend|yqlj|youqing|bottom", re.I)),
    ("nav", re.compile(r"(?:^|[-_\s])(?:nav|menu|header|top|banner|navi)", re.I)),
    ("pager", re.compile(r"pag(?:e|ing|ination|er)|fenye|fanye", re.I)),
    ("side", re.compile(r"side|left|aside|tree|zlm", re.I)),
)
_TAGS = {"nav": "nav", "header": "nav", "footer": "foot", "aside": "side"}


@dataclass(slots=True)
class Link:
    """One link of a page. ``text`` is squeezed (NFKC, no white space); ``heading`` is the nearest heading above it."""

    url: str
    text: str
    heading: str = ""
    place: str = "body"  # body, nav, side, foot, crumb, pager
    block: int = 0  # links of one list share it
    date: str | None = None  # printed beside it, YYYY-MM-DD
    tag: str = "a"  # a, iframe, frame, option, area, script, meta, comment, json
    title: str = ""


@dataclass(slots=True)
class Page:
    """An HTML answer, decoded and read once."""

    url: str
    text: str  # the decoded source
    base: str
    title: str = ""
    crumbs: str = ""
    headings: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    visible: int = 0  # characters of text, about
    redirect: str | None = None  # meta refresh or a script that only sends on

    @property
    def scripts(self) -> Iterator[str]:
        """The inline scripts."""
        return (match[1] for match in _SCRIPT.finditer(self.text))

    def block(self, number: int) -> list[Link]:
        """The links of one list."""
        return [link for link in self.links if link.block == number]


def squeeze(text: str) -> str:
    """NFKC and no white space: how texts are compared."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a page.

    Bytes that are UTF-8 are UTF-8 whatever header and meta say; else the declared charset, else GB18030.
    """
    if body.startswith(b"\xef\xbb\xbf"):
        return body[3:].decode("utf-8", "replace")
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(body) - 4:  # cut within a character
            return body.decode("utf-8", "replace")
    declared = [
        match.decode("ascii").lower()
        for match in _CHARSET.findall(content_type.encode("latin-1", "replace") + b" " + body[:4096])
    ]
    for name in [*(each for each in declared if each.startswith(("gb", "big5"))), "gb18030"]:
        try:
            return body.decode("gb18030" if name.startswith("gb") else name)
        except (UnicodeDecodeError, LookupError):
            continue
    best = max(("utf-8", "gb18030"), key=lambda name: -body.decode(name, "replace").count("\ufffd"))
    return body.decode(best, "replace")


def read_page(url: str, text: str) -> Page:
    """Read a page's links and headings, those in comments that hold a list (UCAP) included."""
    tree = LexborHTMLParser(text)
    page = Page(url=url, text=text, base=url)
    _head(tree, page)
    body = tree.body or tree.root
    if body is not None:
        _Walk(page).run(body)
    for match in _COMMENT.finditer(text):
        inner = match[1]
        if "<li" in inner and "href" in inner and "<![endif" not in inner:
            hidden = LexborHTMLParser(inner)
            if hidden.body is not None:
                before = len(page.links)
                _Walk(page, comment=True).run(hidden.body)
                for link in page.links[before:]:
                    link.block = link.block or -1
                    link.tag = "comment"
    _redirect(page)
    return page


def _head(tree: LexborHTMLParser, page: Page) -> None:
    base = tree.css_first("base[href]")
    if base is not None:
        page.base = absolute(page.url, base.attributes.get("href") or "") or page.url
    title = tree.css_first("title")
    page.title = squeeze(title.text()) if title is not None else ""
    for meta in tree.css("meta"):
        attributes = meta.attributes
        name = (attributes.get("name") or attributes.get("http-equiv") or "").lower()
        content = attributes.get("content") or ""
        if name and name not in page.meta:
            page.meta[name] = content


def _redirect(page: Page) -> None:
    refresh = page.meta.get("refresh", "")
    found = _REFRESH.search(refresh) if refresh else None
    if found is None and len(page.text) < 4000 and len(page.links) < 3:
        found = _LOCATION.search(page.text)
    if found:
        target = absolute(page.base, found[1])
        if target and target.split("#")[0] != page.url.split("#")[0]:
            page.redirect = target


class _Walk:
    """One pass over the elements in document order, keeping the headings above and the links in each ancestor."""

    def __init__(self, page: Page, *, comment: bool = False) -> None:
        self.page = page
        self.comment = comment
        self.heading: dict[int, str] = {}  # element → the heading that was last seen directly below it
        self.place: dict[int, str] = {}
        self.found: list[tuple[LexborNode, Link, list[LexborNode]]] = []
        self.inside: dict[int, int] = {}  # element → links below it

    def run(self, root: LexborNode) -> None:
        self.place[root.mem_id] = "body"
        for node in root.traverse(include_text=False):
            tag = node.tag
            if tag == "a" or tag == "area":
                self._anchor(node)
            elif tag in ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "legend", "th", "strong", "b"):
                self._heading(node, tag)
            elif tag in ("iframe", "frame", "embed", "object"):
                self._frame(node, tag)
            elif tag == "option":
                self._option(node)
            elif tag in ("div", "p", "span", "li", "td", "ucaptitle", "label"):
                attributes = node.attributes
                if "onclick" in attributes:
                    self._onclick(node, attributes.get("onclick") or "")
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
            outer = squeeze(parent.text(separator="")) if parent.parent is not None else ""
            if (
                len(outer) > len(text) + 6
            ):  # the heading has its element nearly for itself (更多>>): it is above what follows outside too
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
        if not text:
            image = node.css_first("img")
            text = squeeze(
                (image.attributes.get("alt") or image.attributes.get("title") or "") if image is not None else ""
            )
        if title and (not text or text.endswith(("…", "...", "..")) or (len(title) > len(text) and text[:6] in title)):
            text = title
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
        url = absolute(self.page.base, href)
        if url is None:
            found = _QUOTED.search(href) if href.startswith("javascript:") else None
            found = (
                found
                or _QUOTED.search(attributes.get("onclick") or "")
                or _QUOTED.search(attributes.get("data-href") or "")
            )
            url = absolute(self.page.base, found[1]) if found else None
        if url is None or (href.startswith("#") and not url.rsplit("#", 1)[-1].isdigit()):
            return
        self._keep(
            node, Link(url=url, text=text, heading=self._above(node, text), place=self._place(node), title=title)
        )

    def _onclick(self, node: LexborNode, script: str) -> None:
        found = _LOCATION.search(script) or _QUOTED.search(script)
        url = absolute(self.page.base, found[1]) if found else None
        text = squeeze(node.text(separator=""))
        if url and len(text) < 120:
            self._keep(
                node, Link(url=url, text=text, heading=self._above(node, text), place=self._place(node), tag="script")
            )

    def _frame(self, node: LexborNode, tag: str) -> None:
        attributes = node.attributes
        source = attributes.get("src") or attributes.get("data") or attributes.get("data-src") or ""
        url = absolute(self.page.base, source) if source else None
        if url:
            self._keep(
                node, Link(url=url, text=squeeze(attributes.get("title") or ""), place=self._place(node), tag="iframe")
            )

    def _option(self, node: LexborNode) -> None:
        value = node.attributes.get("value") or ""
        if "/" in value or ".htm" in value or ".jsp" in value:
            url = absolute(self.page.base, value)
            if url:
                text = squeeze(node.text(separator=""))
                self._keep(
                    node,
                    Link(url=url, text=text, heading=self._above(node, text), place=self._place(node), tag="option"),
                )

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
        body = self.page
        if not self.comment:
            body.visible = len(body.text) if len(body.text) > 200_000 else _visible(body.text)


def _visible(text: str) -> int:
    text = _SCRIPT.sub("", text)
    text = re.sub(r"<style\b.*?</style>|<!--.*?-->|<[^>]*>", "", text, flags=re.S | re.I)
    return len(_SPACE.sub("", text))
