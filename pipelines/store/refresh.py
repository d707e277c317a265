"""What is computed over many reports: panel, coverage, crawl counts, similarity, the search index."""

from __future__ import annotations

import re
import sqlite3

from pipelines.store import concentration, panel, summary
from pipelines.store.removal import unlabel
from pipelines.store.search import tokens

_BATCH = 500
_NOT_WORDS = re.compile(r"[\W\d_]+")
_SHINGLE = 6  # characters; long enough that the law's stock phrases alone do not make two reports alike


def refresh(connection: sqlite3.Connection) -> int:
    """Brings everything that is precomputed up to date. Inside the caller's transaction; how many changed."""
    dirty = [report for (report,) in connection.execute("SELECT report FROM dirty ORDER BY report")]
    if dirty:
        _similarities(connection)
        # A report's growth is told from the year before: the one after a changed report changes with it.
        connection.execute(
            "INSERT OR IGNORE INTO dirty SELECT later.id FROM dirty JOIN report r ON r.id = dirty.report "
            "JOIN report later ON later.organ = r.organ AND later.year = r.year + 1"
        )
        connection.execute("DELETE FROM panel WHERE report IN (SELECT report FROM dirty)")
        connection.execute(panel.insert())
        _coverage(connection)
        concentration.measure(connection)
        _labels(connection)
        connection.execute("DELETE FROM dirty")
    index_sections(connection)
    _crawls(connection)
    connection.execute(
        "UPDATE problem SET report = (SELECT MIN(report) FROM report_address WHERE url = problem.place) "
        "WHERE source = 'crawl' AND report IS NULL AND place IN (SELECT url FROM report_address)"
    )
    return len(dirty)


def _crawls(connection: sqlite3.Connection) -> None:
    connection.execute(
        "WITH first AS (SELECT report, MIN(time || capture) AS at FROM reading WHERE report IS NOT NULL GROUP BY "
        "report), "
        "new AS (SELECT c.crawl AS crawl, COUNT(*) AS n FROM first JOIN capture c ON c.id = SUBSTR(first.at, 25) "
        "GROUP BY 1), "
        "changed AS (SELECT c.crawl AS crawl, COUNT(DISTINCT v.report) AS n FROM report_version v "
        "JOIN capture c ON c.id = v.capture WHERE v.version > 1 GROUP BY 1) "
        "UPDATE crawl SET reports_new = COALESCE((SELECT n FROM new WHERE new.crawl = crawl.id), 0), "
        "reports_changed = COALESCE((SELECT n FROM changed WHERE changed.crawl = crawl.id), 0)"
    )
    for (portal,) in connection.execute("SELECT id FROM portal ORDER BY id").fetchall():
        summary.portal_state(connection, portal)


def _coverage(connection: sqlite3.Connection) -> None:
    """Expected are the organs known by then: from its first report to the latest year that anybody published.

    Only the divisions of changed reports are counted again, unless something has changed for all.
    """
    (all_of_them,) = connection.execute(
        "SELECT (SELECT MAX(year) FROM coverage) IS NOT (SELECT MAX(year) FROM report) "
        "OR EXISTS (SELECT 1 FROM dirty WHERE report NOT IN (SELECT id FROM report)) "  # removed: nobody knows whose
        "OR EXISTS (SELECT 1 FROM coverage c LEFT JOIN division d ON d.code = c.division WHERE c.province IS NOT "
        "d.province)"
    ).fetchone()
    changed = "SELECT o.division FROM dirty JOIN report r ON r.id = dirty.report JOIN organ o ON o.id = r.organ"
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
        "WHERE o.id IN (SELECT r.organ FROM report r JOIN dirty ON dirty.report = r.id)"
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
    """How much of a narrative stood in the one of the year before, for changed reports and those after them."""
    wanted = connection.execute(
        "SELECT r.id, b.id FROM report r LEFT JOIN report b ON b.organ = r.organ AND b.year = r.year - 1 "
        "WHERE r.id IN (SELECT report FROM dirty) OR b.id IN (SELECT report FROM dirty) ORDER BY r.id"
    ).fetchall()
    last: tuple[str, set[str]] = ("", set())  # an organ's years come one after the other: each is cut up once
    for report, before in wanted:
        value = None
        if before is not None:
            old = last[1] if last[0] == before else _shingles(_text(connection, before))
            last = report, _shingles(_text(connection, report))
            value = _shared(old, last[1])
        changed = connection.execute(
            "UPDATE report SET similarity = ?1 WHERE id = ?2 AND similarity IS NOT ?1 RETURNING 1", (value, report)
        ).fetchone()  # fmt: skip
        if changed:
            connection.execute("INSERT OR IGNORE INTO dirty VALUES (?)", (report,))


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
