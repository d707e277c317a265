"""What is computed over many reports: panel, coverage, similarity, concentration, the search index.

Only what a changed report can change is computed again: every portal's crawl ends with this, and while it lasts no
other can write.
"""

from __future__ import annotations

import re
import sqlite3

from pipelines.store import concentration, crawls, panel
from pipelines.store.removal import unlabel
from pipelines.store.search import tokens

_BATCH = 500
_NOT_WORDS = re.compile(r"[\W\d_]+")
_SHINGLE = 6  # characters; long enough that the law's stock phrases alone do not make two reports alike
#: The changed reports, looked up one by one: the planner takes ``dirty``, of which it knows nothing, for a large table.
_CHANGED = "dirty CROSS JOIN report r ON r.id = dirty.report"


def refresh(connection: sqlite3.Connection) -> int:
    """Brings everything that is precomputed up to date. Inside the caller's transaction; how many changed."""
    crawls.settle(connection)
    dirty = [report for (report,) in connection.execute("SELECT report FROM dirty ORDER BY report")]
    if dirty:
        # A report's growth and likeness are told from the year before: the one after a changed report changes with it.
        connection.execute(
            f"INSERT OR IGNORE INTO dirty SELECT later.id FROM {_CHANGED} "
            "CROSS JOIN report later ON later.organ = r.organ AND later.year = r.year + 1"
        )
        _similarities(connection)
        connection.execute("DELETE FROM panel WHERE report IN (SELECT report FROM dirty)")
        connection.execute(panel.insert())
        everywhere = _removed(connection)
        _coverage(connection, everywhere)
        concentration.measure(connection, everywhere)
        _labels(connection)
        connection.execute("DELETE FROM dirty")
    index_sections(connection)
    connection.execute(
        "UPDATE problem SET report = (SELECT MIN(report) FROM report_address WHERE url = problem.place) "
        "WHERE source = 'crawl' AND report IS NULL AND place IN (SELECT url FROM report_address)"
    )
    return len(dirty)


def _removed(connection: sqlite3.Connection) -> bool:
    """Whether a report has been taken away: nobody knows any more where it counted."""
    query = "SELECT EXISTS (SELECT 1 FROM dirty WHERE report NOT IN (SELECT id FROM report))"
    return bool(connection.execute(query).fetchone()[0])


def _coverage(connection: sqlite3.Connection, everywhere: bool) -> None:
    """Expected are the organs known by then: from its first report to the latest year that anybody published.

    Only the divisions of changed reports are counted again, unless something has changed for all.
    """
    (outdated,) = connection.execute(
        "SELECT (SELECT MAX(year) FROM coverage) IS NOT (SELECT MAX(year) FROM report) "
        "OR EXISTS (SELECT 1 FROM coverage c LEFT JOIN division d ON d.code = c.division WHERE c.province IS NOT "
        "d.province)"
    ).fetchone()
    all_of_them = everywhere or outdated
    changed = f"SELECT o.division FROM {_CHANGED} JOIN organ o ON o.id = r.organ"
    within = "" if all_of_them else f"AND o.division IN ({changed})"
    connection.execute(f"DELETE FROM coverage {'' if all_of_them else f'WHERE division IN ({changed})'}")
    connection.execute(
        "WITH RECURSIVE latest AS (SELECT MAX(year) AS year FROM report), "
        "span AS (SELECT o.id AS organ, o.division AS division, MIN(r.year) AS year FROM organ o JOIN report r "
        "ON r.organ = o.id "
        f"WHERE o.division IS NOT NULL {within} GROUP BY o.id), "
        "years(organ, division, year) AS (SELECT organ, division, year FROM span UNION ALL "
        "SELECT organ, division, years.year + 1 FROM years, latest WHERE years.year < latest.year) "
        "INSERT INTO coverage SELECT y.division, y.year, d.province, COUNT(*), COUNT(r.id), "
        "COALESCE(SUM(r.verdict = 'verified'), 0) FROM years y JOIN division d ON d.code = y.division "
        "LEFT JOIN report r ON r.organ = y.organ AND r.year = y.year GROUP BY y.division, y.year"
    )


def _labels(connection: sqlite3.Connection) -> None:
    """The index of titles and names: the words of each changed report, and of its organ in every spelling."""
    reports = connection.execute(
        "SELECT r.seq, COALESCE(r.title, '') || ' ' || r.year || ' ' || o.name || ' ' || o.initials || ' ' || "
        "(SELECT GROUP_CONCAT(name, ' ') FROM organ_name WHERE organ = o.id) FROM report r JOIN organ o ON o.id "
        "= r.organ "
        "WHERE r.id IN (SELECT report FROM dirty)"
    )
    _put(connection, "report", reports.fetchall())
    organs = connection.execute(
        "SELECT o.seq, o.name || ' ' || (SELECT GROUP_CONCAT(name, ' ') FROM organ_name WHERE organ = o.id) || ' ' || "
        "o.initials || ' ' || REPLACE(o.pinyin, ' ', '') || ' ' || o.pinyin || ' ' || COALESCE(d.full_name || ' "
        "' || d.name_en, '') "
        "FROM organ o LEFT JOIN division d ON d.code = o.division "
        f"WHERE o.id IN (SELECT r.organ FROM {_CHANGED})"
    )
    _put(connection, "organ", organs.fetchall())


def _put(connection: sqlite3.Connection, kind: str, labels: list[tuple[int, str]]) -> None:
    for seq, text in labels:
        words = tokens(text)
        old = connection.execute("SELECT text FROM search_label WHERE kind = ? AND seq = ?", (kind, seq)).fetchone()
        if old is not None:
            if old[0] == words:
                continue
            unlabel(connection, kind, seq)
        connection.execute(f"INSERT INTO search_{kind} (rowid, text) VALUES (?, ?)", (seq, words))
        connection.execute("INSERT INTO search_label VALUES (?, ?, ?)", (kind, seq, words))


def index_sections(connection: sqlite3.Connection) -> None:
    """Takes the words of sections that are not in the search index into it. Inside the caller's transaction."""
    while True:
        batch = connection.execute(
            "SELECT id, title, text FROM section WHERE indexed = 0 ORDER BY id LIMIT ?", (_BATCH,)
        ).fetchall()  # fmt: skip
        if not batch:
            return
        connection.executemany(
            "INSERT INTO search (rowid, text) VALUES (?, ?)",
            [(number, tokens(f"{title}\n{text}")) for number, title, text in batch],
        )
        connection.executemany("UPDATE section SET indexed = 1 WHERE id = ?", [(number,) for number, _, _ in batch])


def _similarities(connection: sqlite3.Connection) -> None:
    """How much of a changed report's narrative stood in the one of the year before."""
    wanted = connection.execute(
        f"SELECT r.id, b.id FROM {_CHANGED} LEFT JOIN report b ON b.organ = r.organ AND b.year = r.year - 1 "
        "ORDER BY r.id"
    ).fetchall()
    last: tuple[str, set[str]] = ("", set())  # an organ's years come one after the other: each is cut up once
    for report, before in wanted:
        value = None
        if before is not None:
            old = last[1] if last[0] == before else _shingles(_text(connection, before))
            last = report, _shingles(_text(connection, report))
            value = _shared(old, last[1])
        connection.execute(
            "UPDATE report SET similarity = ?1 WHERE id = ?2 AND similarity IS NOT ?1", (value, report)
        )  # fmt: skip


def _text(connection: sqlite3.Connection, report: str) -> str:
    rows = connection.execute("SELECT text FROM section WHERE report = ? ORDER BY n", (report,))
    return "".join(text for (text,) in rows)


def similarity(before: str, after: str) -> float | None:
    """Shared six-character pieces over all (Jaccard), 0 to 1, without digits and punctuation; null without text."""
    return _shared(_shingles(before), _shingles(after))


def _shared(old: set[str], new: set[str]) -> float | None:
    if not old or not new:
        return None
    both = len(old & new)
    return round(both / (len(old) + len(new) - both), 4)


def _shingles(text: str) -> set[str]:
    bare = _NOT_WORDS.sub("", text)
    return {bare[at : at + _SHINGLE] for at in range(len(bare) - _SHINGLE + 1)}
