"""Datasette's metadata, written from the codebook: titles, descriptions, facets, sort, label columns, hidden tables."""

from __future__ import annotations

from typing import Any

from publish import codebook
from publish.language import Language, text

SEARCHED = {
    "section": {"fts_table": "search", "fts_pk": "id"},
    "report": {"fts_table": "search_report", "fts_pk": "seq"},
    "organ": {"fts_table": "search_organ", "fts_pk": "seq"},
}
PAGE = {"figures": 10, "section": 20, "panel": 20, "report": 40}  # wide rows cost Datasette a millisecond and more each


def metadata(table_columns: dict[str, list[str]]) -> dict[str, Any]:
    """For these tables and views with these columns. Both languages in each text: Datasette's JSON serves everybody."""
    return {
        "title": f"{text('site', 'zh')} · {text('site', 'en')}",
        "description": f"{text('site_about', 'zh')} {text('site_about', 'en')}",
        "license": text("license", "en"),
        "databases": {
            "gongkai": {
                "allow_sql": False,
                "tables": {name: _table(name, columns) for name, columns in table_columns.items()},
            }
        },
    }


def _table(name: str, columns: list[str]) -> dict[str, Any]:
    if name in codebook.hidden() or name not in codebook.tables():
        return {"hidden": True}
    table = codebook.tables()[name]
    entry: dict[str, Any] = {
        "title": f"{table.label} · {table.label_en}",
        "description": f"{table.about} {table.about_en}",
        "columns": {code: both(name, code) for code in columns},
    }
    if name in SEARCHED:
        entry |= SEARCHED[name]
    if table.labelled_by:
        entry["label_column"] = table.labelled_by
    if table.sort_desc:
        entry["sort_desc"] = table.sort_desc
    elif table.sort:
        entry["sort"] = table.sort
    if table.sortable is not None:
        keys = [
            key for key in ("id", "report") if columns[:1] == [key] and name in ("report", "panel", "figures", "organ")
        ]
        entry["sortable_columns"] = [column for column in (*keys, *table.sortable) if column in columns]
    if name in PAGE:
        entry["size"] = PAGE[name]
    return entry


def both(table: str, code: str) -> str:
    """A column in both languages: label, unit, definition, formula."""
    column = codebook.column(table, code)
    languages: tuple[Language, ...] = ("zh", "en")
    return " · ".join(
        f"{column.title(language)}" + (f" ({described})" if (described := column.describe(language)) else "")
        for language in languages
    )
