"""Search: places and organs by name or pinyin, and the text of reports, with the words marked."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from typing import Any

import markupsafe

from pipelines.store import search
from publish.report_page import Row, rows

AROUND = 48
LIMIT = 30
COMMON = 3000  # places of a word in the index above which it is a common one
READ_ON = 6000  # sections that are read for a common word
MOST = 20_000  # places of a word that are sorted


@dataclass(slots=True)
class Found:
    """What a query finds. ``more`` where there are more hits than shown."""

    places: list[Row]
    organs: list[Row]
    sections: list[Row]
    more: bool


def find(
    connection: sqlite3.Connection,
    query: str,
    *,
    year: int | None = None,
    province: str | None = None,
    section: str | None = None,
    page: int = 1,
) -> Found:
    """Places and organs first (a government before its departments, short names first), then sections, the newest
    years first."""
    asked = search.match_query(query)
    if asked == '""':
        return Found([], [], [], False)
    words = terms(query)
    chosen = {"s.year = ?": year, "s.province = ?": province, "s.number = ?": section}
    kept = {condition: value for condition, value in chosen.items() if value}
    hits = _sections(connection, asked, words, kept, page)
    more = len(hits) > LIMIT
    hits = [hit for hit in hits[:LIMIT] if search.holds(f"{hit['title']}\n{hit['text']}", query)]
    for hit in hits:
        hit["snippet"] = snippet(hit.pop("text"), words)
        hit["heading"] = mark(hit["title"], words)
    if page > 1:
        return Found([], [], hits, more)
    return Found(places(connection, query), _organs(connection, asked, query), hits, more)


def places(connection: sqlite3.Connection, query: str) -> list[Row]:
    """Places by the beginning of their name, in Chinese or English, or by pinyin: the higher ones first."""
    asked = query.strip().lower().replace(" ", "")
    if len(asked) < 2:
        return []
    return rows(
        connection,
        "SELECT code, name, full_name, name_en FROM division WHERE level <> 'nation' AND (instr(name, ?1) = 1 OR "
        "full_name = ?1 OR instr(replace(pinyin, ' ', ''), ?1) = 1 OR instr(replace(lower(name_en), ' ', ''), ?1) = 1) "
        "ORDER BY level <> 'province', level <> 'prefecture', length(name), code LIMIT 8",
        asked,
    )


def organs(connection: sqlite3.Connection, query: str) -> list[Row]:
    """Organs by name, earlier name, pinyin or initials; nothing where there is no letter in the query."""
    asked = search.match_query(query)
    return [] if asked == '""' else _organs(connection, asked, query)


def _organs(connection: sqlite3.Connection, asked: str, query: str) -> list[Row]:
    return rows(
        connection,
        "SELECT o.id, o.name, o.kind, d.full_name AS place FROM "
        "(SELECT rowid FROM search_organ WHERE search_organ MATCH ? LIMIT 400) s "
        "JOIN organ o ON o.seq = s.rowid LEFT JOIN division d ON d.code = o.division "
        "ORDER BY o.initials <> lower(?), o.kind <> 'government', length(o.name), o.id LIMIT 12",
        asked,
        query.strip(),
    )


_CHOSEN = "s.report, s.n, s.number, s.title, s.text, s.year, o.name AS organ_name, r.verdict"
_NAMED = "JOIN organ o ON o.id = s.organ JOIN report r ON r.id = s.report"


def _sections(
    connection: sqlite3.Connection, asked: str, words: list[str], kept: dict[str, Any], page: int
) -> list[Row]:
    """A page of sections and one more. A common word is met soon when the newest texts are read one after the other; a
    rare one has few places in the index. Which of the two a word is shows after the first thousands of its places.
    """
    skipped = (page - 1) * LIMIT
    single = len(words) == 1 and len(words[0]) == 1
    if single:
        # The places of all words that begin with the character would be gathered first: look before that.
        found = _read_on(connection, words, kept, skipped, "LIMIT 4000")
        if len(found) > LIMIT:
            return found
    common = not single and (
        len(connection.execute("SELECT rowid FROM search WHERE search MATCH ? LIMIT ?", (asked, COMMON)).fetchall())
        == COMMON
    )
    if common:
        found = _read_on(connection, words, kept, skipped, f"LIMIT {READ_ON}")
        if len(found) > LIMIT:
            return found
    where = "".join(f" AND {condition}" for condition in kept)
    return rows(
        connection,
        f"SELECT {_CHOSEN} FROM (SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT {MOST}) f "
        f"JOIN section s ON s.id = f.rowid{where} {_NAMED} ORDER BY s.year DESC, s.id DESC LIMIT ? OFFSET ?",
        asked, *kept.values(), LIMIT + 1, skipped,
    )  # fmt: skip


def _read_on(
    connection: sqlite3.Connection, words: list[str], kept: dict[str, Any], skipped: int, bound: str
) -> list[Row]:
    """The newest sections that hold all words, by reading them, the newest year first, as far as ``bound``."""
    where = " AND ".join(["1", *kept])
    holds = " AND ".join("(instr(s.text, ?) OR instr(s.title, ?))" for _ in words)
    return rows(
        connection,
        f"SELECT {_CHOSEN} FROM (SELECT s.id FROM section s WHERE {where} ORDER BY s.year DESC, s.id DESC {bound}) f "
        f"CROSS JOIN section s ON s.id = f.id {_NAMED} WHERE {holds} LIMIT ? OFFSET ?",
        *kept.values(), *(word for each in words for word in (each, each)), LIMIT + 1, skipped,
    )  # fmt: skip


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
