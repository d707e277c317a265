"""Search: organs by name or pinyin, and the text of reports, with the words marked."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

import markupsafe

from pipelines.store import search
from publish.report_page import Row, rows

AROUND = 48
LIMIT = 30


@dataclass(slots=True)
class Found:
    """What a query finds. ``more`` where there are more hits than shown."""

    organs: list[Row]
    sections: list[Row]
    more: bool


def find(
    connection: sqlite3.Connection, query: str, *, year: int | None = None, province: str | None = None, page: int = 1
) -> Found:
    """Organs first (a government before its departments, short names first), then sections, the newest reports first."""  # noqa: E501
    asked = search.match_query(query)
    if asked == '""':
        return Found([], [], False)
    organs: list[Row] = []
    if page == 1:
        organs = rows(
            connection,
            "SELECT o.id, o.name, o.kind, d.full_name AS place FROM (SELECT rowid FROM search_organ WHERE search_organ MATCH ? LIMIT 400) s "  # noqa: E501
            "JOIN organ o ON o.seq = s.rowid LEFT JOIN division d ON d.code = o.division "
            "ORDER BY o.initials <> lower(?), o.kind <> 'government', length(o.name), o.id LIMIT 12",
            asked, query.strip(),
        )  # fmt: skip
    conditions: list[str] = []
    parameters: list[int | str] = []
    if year:
        conditions.append("s.year = ?")
        parameters.append(year)
    if province:
        conditions.append("s.province = ?")
        parameters.append(province)
    where = (" WHERE " + " AND ".join(conditions)) if conditions else ""
    # The newest reports were stored last: rowid order is order of discovery, and lets FTS5 stop early.
    bound = 400 + 40 * LIMIT * page if not conditions else 20_000
    hits = rows(
        connection,
        "SELECT s.report, s.n, s.number, s.title, s.text, s.year, o.name AS organ_name, r.verdict FROM "
        f"(SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT {bound}) f JOIN section s ON s.id = f.rowid "  # noqa: E501
        f"JOIN organ o ON o.id = s.organ JOIN report r ON r.id = s.report{where} ORDER BY s.year DESC, s.report, s.n LIMIT ? OFFSET ?",  # noqa: E501
        asked, *parameters, LIMIT + 1, (page - 1) * LIMIT,
    )  # fmt: skip
    words = terms(query)
    for hit in hits:
        hit["snippet"] = snippet(hit.pop("text"), words)
        hit["heading"] = mark(hit["title"], words)
    return Found(organs, hits[:LIMIT], len(hits) > LIMIT)


def terms(query: str) -> list[str]:
    """The words that are marked in what was found, longest first."""
    return sorted(
        {word for word in re.split(r"[\s\"'“”‘’,，、。]+", query) if word}, key=lambda word: (-len(word), word)
    )


def snippet(text: str, words: list[str]) -> markupsafe.Markup:
    """The text around the first word that stands in it, the words marked."""
    lowered = text.lower()
    places = [at for word in words if (at := lowered.find(word.lower())) >= 0]
    start = max(0, min(places) - AROUND) if places else 0
    end = min(len(text), start + 3 * AROUND)
    return markupsafe.Markup("{}{}{}").format(
        "…" if start else "", mark(text[start:end].replace("\n", " "), words), "…" if end < len(text) else ""
    )


def mark(text: str, words: list[str]) -> markupsafe.Markup:
    """The text, escaped, with the words in ``<mark>``."""
    if not words:
        return markupsafe.escape(text)
    pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    parts, at = [], 0
    for found in pattern.finditer(text):
        parts.append(markupsafe.escape(text[at : found.start()]))
        parts.append(markupsafe.Markup("<mark>{}</mark>").format(found.group()))
        at = found.end()
    parts.append(markupsafe.escape(text[at:]))
    return markupsafe.Markup("").join(parts)
