"""HTML to a ``Document``: lexbor parses as browsers do, ``walk`` reads its tree in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote, urljoin

from selectolax.lexbor import LexborHTMLParser

from reports.document import Document, Grid, Image, Link, ReaderProblem
from reports.readers.charset import decode
from reports.readers.flow import lay_out
from reports.readers.html.boxes.drawn import as_tables, may_draw, settle_drawn
from reports.readers.html.guard import HARMLESS, tamed
from reports.readers.html.open import Walked
from reports.readers.html.scripted import MOST, described, scripted
from reports.readers.html.seen.rewriting import writes_cells
from reports.readers.html.walk import walk
from reports.readers.marks import tell

LARGEST = 6_000_000  # bytes of markup that are read; a report is a fiftieth of that
_DATA_URI = re.compile(rb"data:[a-z/+.-]{0,40};base64,[A-Za-z0-9+/=\s]{200,}", re.I)
_SIZE = re.compile(r"\s*(\d{1,5})")
_VIEWER = re.compile(r"[?&](?:file|url|src|path)=([^&#\s]+\.(?:pdf|docx?|wps|xlsx?|ofd))", re.I)
_VIEWED = re.compile(
    r"viewer[\w.-]{0,20}\.\w{2,5}\?(?:[^#\s]{0,200}&)?file=((?:%2f|/|https?:|https?%3a|\.\.)[^&#\s]+)", re.I
)
_CONCEALING = (
    (re.compile("<!--"), re.compile("-->")),
    (re.compile(r"<textarea[^>]{0,400}>", re.I), re.compile("</textarea", re.I)),
)
_MOST_CONCEALED = 40  # comments and text areas with tables in them
_SCANT = 400  # characters of running text: a page with fewer shows no article of its own
_TABLE = re.compile(r"<table\b", re.I)
_WIDE = ("utf-16-le", "utf-16-be")
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_SCRIPTED = re.compile(r"""["']([^"'<>\s]{1,400}\.(?:pdf|docx?|wps|xlsx?|ofd)(?:\?[^"'<>\s]{0,200})?)["']""", re.I)


def read_html(source: bytes, url: str | None = None, content_type: str | None = None) -> Document:
    """The page as a document. ``url`` makes its links absolute."""
    document = Document("html", address=url)
    if len(source) > LARGEST:
        source = _DATA_URI.sub(b"", source)
    if len(source) > LARGEST:
        document.problems.append(ReaderProblem("cut", f"only the first {LARGEST} bytes of {len(source)} were read"))
        source = source[:LARGEST]
    decoded = decode(source, content_type)
    text, document.encoding = decoded.text, decoded.charset
    document.problems += decoded.problems
    careful, left_out = len(text) > HARMLESS and text.count("<") > HARMLESS, None
    if careful:
        text, left_out = tamed(text)
    if left_out:
        document.problems.append(ReaderProblem("cut", left_out))
        careful = text.count("<") > HARMLESS
    if b"\0" in source and "\0" in text:  # asked of the bytes first: among wide characters it takes long to be found
        text = text.replace("\0", "")
    as_sent = document.encoding == "utf-8" and not left_out and not decoded.problems and b"\0" not in source
    tree = LexborHTMLParser(source if as_sent else text)
    walked = walk(tree, source if document.encoding not in _WIDE else text.encode("utf-8", "replace"), careful=careful)
    fill(document, walked)
    figures = any(_holds_figures(grid) for grid in document.grids)
    if figures and writes_cells(walked.scripts):
        document.problems.append(ReaderProblem("rewritten", "a script writes into the page's tables by their place"))
    if (not figures or may_draw(document)) and (markup := as_tables(tree, walked.left_out)) is not None:
        tree = LexborHTMLParser(markup)
        document.flow, document.links, document.images, document.boxes = [], [], [], []
        fill(document, walk(tree, markup.encode("utf-8", "replace"), careful=careful))
        settle_drawn(tree, document)
    elif not figures and not _read_scripted(walked, document):
        _read_concealed(text, document, walked.tables)
    return document


def _holds_figures(grid: Grid) -> bool:
    """Whether it could be one of a report's tables; stops at the eighth figure."""
    if grid.layout or grid.hidden:
        return False
    found = 0
    for y in range(len(grid.rows)):
        found += sum(1 for cell in grid.own_cells(y) if cell.text and cell.text[0] in _DIGITS and len(cell.text) < 16)
        if found >= 8:
            return True
    return False


def _read_scripted(walked: Walked, document: Document) -> bool:
    """The articles that scripts show, and pages in frames, at the end of the flow; whether there is one."""
    shown = sum(len(part.text) for part in document.paragraphs if part.region == "body" and part.linked < 0.5)
    held = scripted(walked.scripts, narrative=shown < _SCANT)
    count = walked.tables
    articles = (*walked.framed, *held.articles)
    for article in articles:
        part, tables = _held(article, document, count)
        count += tables
        document.flow += part.flow
        document.links += part.links
        document.images += part.images
    if held.left:
        message = f"only the first {MOST} of {MOST + held.left} articles in the page's scripts were read"
        document.problems.append(ReaderProblem("cut", message))
    if articles and held.title:
        document.headings.insert(0, held.title)
    if articles and held.published:
        document.tagged.append(("publishtime", held.published))
    return bool(articles)


def _read_concealed(text: str, document: Document, count: int) -> None:
    """Tables in comments and text areas, marked hidden: some portals keep the article there and show it by script."""
    read = 0
    for opening, closing in _CONCEALING:
        for held in _between(text, opening, closing):
            if "<t" not in held and "&lt;t" not in held:
                continue
            inner = unescape(held) if "&lt;t" in held else held
            if not _TABLE.search(inner):
                continue
            read += 1
            if read > _MOST_CONCEALED:
                document.problems.append(ReaderProblem("cut", f"only {_MOST_CONCEALED} tables in comments were read"))
                return
            part, tables = _held(inner, document, count)
            for each in part.flow:
                each.hidden = True
            document.flow += part.flow
            count += tables


def _held(markup: str, document: Document, count: int) -> tuple[Document, int]:
    """Markup that the page holds without showing it as such, numbered on behind ``count`` tables; and its tables."""
    part = Document("html", address=document.address)
    tree = LexborHTMLParser(markup)
    walked = walk(tree, markup.encode("utf-8", "replace"))
    fill(part, walked)
    drawable = not any(_holds_figures(grid) for grid in part.grids) or may_draw(part)
    if drawable and (drawn := as_tables(tree, walked.left_out)) is not None:
        part = Document("html", address=document.address)
        tree = LexborHTMLParser(drawn)
        walked = walk(tree, drawn.encode("utf-8", "replace"))
        fill(part, walked)
        settle_drawn(tree, part)
    before = sum(1 for _ in document.paragraphs)
    for each in part.flow:
        each.index += count if isinstance(each, Grid) else before
    return part, walked.tables


def _between(text: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> Iterator[str]:
    """What stands between two marks, in time that grows with the text even where nothing is ever closed."""
    at = 0
    while (start := opening.search(text, at)) is not None:
        end = closing.search(text, start.end())
        if end is None:
            return
        if end.start() - start.end() >= 60:
            yield text[start.end() : end.start()]
        at = end.end()


def fill(document: Document, walked: Walked) -> None:
    """Puts what was found on the page into the document, with absolute addresses."""
    lay_out(walked.blocks, document, walked.boxes)
    _settle_regions(document)
    document.title = walked.title
    document.headings = [text for _, text in sorted(walked.headings, key=lambda each: each[0])]
    document.meta = walked.meta
    document.tagged = [*walked.tagged, *described(walked.scripts)]
    document.drawing = document.drawing or walked.drawing
    if walked.unsure:
        document.problems.append(ReaderProblem("cut", "the page has too many rules of style to tell what is shown"))
    if walked.struck:
        tell(document, revised=False, struck=True)
    base = _join(document.address, walked.base.strip()) if walked.base else document.address
    for href, text, title, in_body in walked.links:
        target = _join(base, href.strip())
        if target:
            document.links.append(Link(target, text, title, in_body))
    for source in (*walked.frames, *_scripted(walked)):
        target = _join(base, source.strip())
        if target and target not in document.frames:
            document.frames.append(target)
    for source, alt, width, height, in_body, away in walked.images:
        if in_body and not source.startswith("data:"):
            target = _join(base, source.strip())
            if target:
                document.images.append(Image(target, alt, _size(width), _size(height), away))


def _settle_regions(document: Document) -> None:
    """Names of parts are only believed as long as most of the running text is not in them."""
    running = {"body": 0, "navigation": 0, "footer": 0}
    for part in document.paragraphs:
        if part.region != "body" or part.linked < 0.5:
            running[part.region] += len(part.text)
    elsewhere = running["navigation"] + running["footer"]
    if elsewhere > 300 and running["body"] < elsewhere // 2:
        for part in document.paragraphs:
            if part.linked < 0.5:
                part.region = "body"


def _scripted(walked: Walked) -> Iterator[str]:
    """Documents that a script loads: ``viewer.html?file=/a/b.pdf``, and file names in inline scripts."""
    for frame in walked.frames:
        if match := _VIEWER.search(frame) or _VIEWED.search(frame):
            yield unquote(match.group(1))
    for script in walked.scripts:
        if "pdf" in script or "doc" in script or "ofd" in script:
            for name in _SCRIPTED.findall(script[:200_000]):
                match = _VIEWER.search(name)
                yield unquote(match.group(1)) if match else name


def _join(base: str | None, reference: str) -> str | None:
    lowered = reference[:11].lower()
    if not reference or lowered.startswith(("javascript:", "#", "data:", "about:")):
        return None
    reference = reference.replace("\n", "").replace("\r", "").replace("\t", "")
    if base is None or lowered.startswith(("http://", "https://")):
        return reference
    try:
        return urljoin(base, reference)
    except ValueError:
        return None


def _size(written: str) -> int | None:
    match = _SIZE.match(written)
    return int(match.group(1)) if match else None
