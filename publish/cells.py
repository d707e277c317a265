"""How a value looks in Datasette's tables: codes in words, identities as links, texts around what was searched."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import markupsafe

from publish import codebook, language
from publish.explain import rule_text
from publish.words import row_link, web_link

_CODES = {"verdict", "scope", "kind", "level", "status", "severity", "state"}
_PAGES = {
    "report": "/report/",
    "organ": "/organ/",
    "division": "/place/",
    "province": "/place/",
    "prefecture": "/place/",
    "capture": "/archive/",
}
_OWN = {
    ("report", "id"): "/report/",
    ("organ", "id"): "/organ/",
    ("division", "code"): "/place/",
    ("capture", "id"): "/archive/",
}
_ADDRESSES = {"url", "home", "via"}
_LONG = 160


def render(row: Any, value: Any, column: str, table: str) -> markupsafe.Markup | None:
    """The cell's markup, or None where Datasette's own will do."""
    if value is None:
        return markupsafe.Markup('<span class="null">—</span>')
    if isinstance(value, dict):
        label, key = value["label"], value["value"]
        page = _PAGES.get(column)
        if page is None:
            return None
        return markupsafe.Markup('<a href="{}">{}</a>').format(page + quote(str(key), safe=""), shortened(label or key))
    page = _OWN.get((table, column)) or _PAGES.get(column)
    if page and isinstance(value, str) and value:
        return markupsafe.Markup('<a href="{}">{}</a>').format(page + quote(value, safe=""), value)
    if column == "verdict" and table in ("report", "panel", "report_version"):
        label = codebook.value_label(value, language.current.get())
        return markupsafe.Markup('<span class="badge {}">{}</span>').format(value, label)
    if isinstance(value, str) and (column in _CODES or (table == "problem" and column == "code")):
        label = codebook.value_label(value, language.current.get())
        return markupsafe.Markup('<span title="{}">{}</span>').format(value, label)
    if table == "check" and column == "rule":
        return markupsafe.Markup('<span title="{}">{}</span>').format(value, language.pick(rule_text(value)))
    if column in _ADDRESSES and isinstance(value, str):
        return web_link(value)
    if table == "section" and column == "text" and len(value) > _LONG:
        return markupsafe.escape(value[:_LONG] + "…")
    return None


def shortened(label: object) -> str:
    """A name that a portal wrote, no longer than a name is: it may stand in every row of a page."""
    text = str(label)
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"


def table_body(display_rows: Any) -> markupsafe.Markup:
    """The rows of a table's page. Written here: in a template each of the thousand cells costs a step of its loop."""
    escape = markupsafe.escape
    parts = []
    for row in display_rows:
        parts.append("<tr>")
        for cell in row:
            value = cell["value"]
            if cell["column"] == "Link":
                value = row_link(value)
            elif cell["value_type"] == "float" and float(cell["raw"]).is_integer():
                value = int(cell["raw"])
            parts.append(f'<td class="type-{cell["value_type"]}">{escape(value)}</td>')
        parts.append("</tr>\n")
    return markupsafe.Markup("".join(parts))
