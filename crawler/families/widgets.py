"""The requests for lists that a page leaves to a ready-made table (layui, bootstrap-table, EasyUI, DataTables, jqGrid).

No script of the page asks for anything: the table does, by its own names for the page and its size
(data/families.yaml, ``widgets``), at the address that its options or its element's attributes tell.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator

import data
from crawler.discovery.links import Page
from crawler.families import asked, terms
from crawler.families.brackets import balanced

_OPTIONS = re.compile(r"\bdata-options\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
_ELEMENT = re.compile(r"<table\b[^>]*\bdata-url\s*=[^>]*>", re.I)
_ATTRIBUTE = re.compile(r"\bdata-([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
_POST = re.compile(r"\b(?:type|method)['\"]?\s*:\s*['\"]post['\"]", re.I)


@functools.cache
def _widgets() -> tuple[dict[str, str], ...]:
    return tuple(data.load_yaml("families.yaml")["widgets"])


def requests(page: Page) -> Iterator[asked.Asked]:
    """The first request of each table."""
    for widget in _widgets():
        if widget["mark"] not in page.text:
            continue
        for options in _options(page, widget):
            found = _asked(page, widget, options)
            if found is not None:
                yield found


def _options(page: Page, widget: dict[str, str]) -> Iterator[str]:
    """What the table was told, as a script writes it."""
    for script in page.scripts:
        for call in re.finditer(rf"\b{re.escape(widget['mark'])}\s*\(\s*(?:['\"][\w.]+['\"]\s*,\s*)?(?=\{{)", script):
            yield balanced(script, call.end()) or ""
    if widget.get("told") == "data-options":
        yield from (html.unescape(each[1] or each[2] or "") for each in _OPTIONS.finditer(page.text))
    elif widget.get("told") == "data-url":
        for element in _ELEMENT.finditer(page.text):
            pairs = ((each[1], html.unescape(each[2] or each[3] or "")) for each in _ATTRIBUTE.finditer(element[0]))
            yield ", ".join(f"{re.sub('-(.)', lambda part: part[1].upper(), name)}: '{value}'" for name, value in pairs)


def _asked(page: Page, widget: dict[str, str], options: str) -> asked.Asked | None:
    address = terms.text_of(page, asked.option("url", options) or asked.option("ajax", options))
    if not address:
        return None
    fields = asked.object_of(page, asked.option(widget["extra"], options))
    if "size" in widget:
        renamed = asked.option("request", options)  # request: {pageName: 'curr', limitName: 'nums'}
        turns, sized = (
            terms.text_of(page, asked.option(each, renamed)) if renamed else None for each in ("pageName", "limitName")
        )
        widget = {**widget, "turns": turns or widget["turns"], "size": sized or widget["size"]}
        size = terms.value_of(page, asked.option(widget["told_size"], options)) or _size(page, widget)
        fields |= {widget["size"]: size, widget["turns"]: 0 if widget["turns"] in terms.named("offsets") else 1}
    posts = _POST.search(options) or (widget.get("sends") == "POST" and not re.search(r"['\"]get['\"]", options, re.I))
    turning = widget["turns"] if "size" in widget and widget["turns"] not in terms.named("offsets") else ""
    return asked.Asked(address, "POST" if posts else "GET", fields=fields, turning=turning)


def _size(page: Page, widget: dict[str, str]) -> str:
    """The size of a table's page that is told beside its options (the store's, the toolbar's), else the usual one."""
    told = re.search(rf"\b(?:{widget['told_size']}|{widget['size']})['\"]?\s*:\s*['\"]?(\d{{1,4}})\b", page.text)
    return told[1] if told and widget.get("beside") else widget["usual"]
