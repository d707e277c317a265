"""What each element does to the text around it."""

from __future__ import annotations

from typing import Final

BLOCK, DROP, TABLE, ROW, CELL, BREAK, LINK, HEADING, META, FRAME, IMAGE, TITLE, GROUP, BASE, PRE, SCRIPT = range(1, 17)
REGION, UNHIDE, SEVERAL, FOOT = range(17, 21)

BLOCKS = (
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li", "main",
    "menu", "nav", "ol", "p", "section", "summary", "ul", "caption", "ucapcontent", "ucaptitle",
)  # fmt: skip
DROPPED = (
    "style", "noscript", "template", "select", "datalist", "svg", "math", "canvas", "audio", "video", "button",
    "colgroup", "meter", "progress",
)  # fmt: skip
KINDS: Final[dict[str, int]] = {
    **dict.fromkeys(BLOCKS, BLOCK),
    **dict.fromkeys(DROPPED, DROP),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), HEADING),
    **dict.fromkeys(("iframe", "frame", "embed", "object"), FRAME),
    **dict.fromkeys(("tbody", "thead", "tfoot"), GROUP),
    "script": SCRIPT, "table": TABLE, "tr": ROW, "td": CELL, "th": CELL, "br": BREAK, "a": LINK, "meta": META,
    "img": IMAGE, "title": TITLE, "base": BASE, "pre": PRE, "textarea": PRE,
}  # fmt: skip
