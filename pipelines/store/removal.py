"""Takes the rows of a report away, and its words out of the search index, which must hear of each."""

from __future__ import annotations

import sqlite3

from pipelines.store.search import tokens

# What hangs on a report and is made anew with it. Sections are apart: the search index must hear of them.
_CHILDREN = (
    "figures",
    "report_address",
    "report_version",
    "figure_change",
    "cell_note",
    '"check"',
    "contact",
    "narrative",
    "statistic",
    "attachment",
)


def clear(connection: sqlite3.Connection, report: str) -> None:
    """Takes away what hangs on a report. The report's own row stays, others may point at it."""
    for table in _CHILDREN:
        connection.execute(f"DELETE FROM {table} WHERE report = ?", (report,))
    connection.execute("DELETE FROM problem WHERE report = ? AND source != 'crawl'", (report,))


def remove(connection: sqlite3.Connection, report: str) -> None:
    """Takes away a report that no reading speaks of any more (its page is read as another organ's or year's now)."""
    clear(connection, report)
    clear_sections(connection, report)
    row = connection.execute("SELECT seq FROM report WHERE id = ?", (report,)).fetchone()
    connection.execute("DELETE FROM panel WHERE report = ?", (report,))
    # What is computed over many reports is without it now, and the year after has nothing before it.
    connection.execute("INSERT OR IGNORE INTO dirty VALUES (?)", (report,))
    connection.execute(
        "INSERT OR IGNORE INTO dirty SELECT later.id FROM report r JOIN report later ON later.organ = r.organ "
        "AND later.year = r.year + 1 WHERE r.id = ?",
        (report,),
    )
    connection.execute("UPDATE problem SET report = NULL WHERE report = ?", (report,))
    connection.execute("DELETE FROM report WHERE id = ?", (report,))
    if row is not None:
        unlabel(connection, "report", row[0])


def unlabel(connection: sqlite3.Connection, kind: str, seq: int) -> None:
    """Takes the words of a title or name out of the search index."""
    old = connection.execute("SELECT text FROM search_label WHERE kind = ? AND seq = ?", (kind, seq)).fetchone()
    if old is not None:
        connection.execute(
            f"INSERT INTO search_{kind} (search_{kind}, rowid, text) VALUES ('delete', ?, ?)", (seq, old[0])
        )
        connection.execute("DELETE FROM search_label WHERE kind = ? AND seq = ?", (kind, seq))


def clear_sections(connection: sqlite3.Connection, report: str) -> None:
    """Takes a report's sections away, and their words out of the search index."""
    for number, title, text in connection.execute(
        "SELECT id, title, text FROM section WHERE report = ? AND indexed = 1", (report,)
    ).fetchall():  # fmt: skip
        connection.execute(
            "INSERT INTO search (search, rowid, text) VALUES ('delete', ?, ?)", (number, tokens(f"{title}\n{text}"))
        )  # fmt: skip
    connection.execute("DELETE FROM section WHERE report = ?", (report,))
