"""What each crawl brought, and whether its portal answers: counted again only for the crawls that it can have changed
for.

``dirty_crawl`` holds them until the next ``settle``: those that have had captures since, and those whose captures were
read anew. Counting over everything took two seconds at the end of every portal of an archive of 300,000 reports.
"""

from __future__ import annotations

import sqlite3

from pipelines.store import summary

#: An edit, or an earlier answer that came late, also changes what the other crawls that saw the report count for.
_REACH = """
INSERT OR IGNORE INTO dirty_crawl
SELECT c.crawl FROM (
  SELECT report FROM dirty
  UNION SELECT r.report FROM dirty_crawl CROSS JOIN capture c ON c.crawl = dirty_crawl.crawl
    CROSS JOIN reading r ON r.capture = c.id WHERE r.report IS NOT NULL
) seen CROSS JOIN reading r ON r.report = seen.report CROSS JOIN capture c ON c.id = r.capture
"""
_READ = (
    "(SELECT DISTINCT r.report FROM capture c CROSS JOIN reading r ON r.capture = c.id "
    "WHERE c.crawl = crawl.id AND r.report IS NOT NULL) seen"
)
#: A report is new in the crawl of its first reading, and changed in those of its later versions.
_COUNT = f"""
UPDATE crawl SET
  reports_new = (SELECT COUNT(*) FROM {_READ} WHERE crawl.id = (
    SELECT c.crawl FROM reading f JOIN capture c ON c.id = f.capture
    WHERE f.report = seen.report ORDER BY f.time, f.capture LIMIT 1)),
  reports_changed = (SELECT COUNT(*) FROM {_READ} WHERE EXISTS (
    SELECT 1 FROM report_version v JOIN capture c ON c.id = v.capture
    WHERE v.report = seen.report AND v.version > 1 AND c.crawl = crawl.id))
WHERE id IN (SELECT crawl FROM dirty_crawl)
"""


def touch(connection: sqlite3.Connection, crawl: str) -> None:
    """A capture of this crawl has come, or is read anew."""
    connection.execute("INSERT OR IGNORE INTO dirty_crawl VALUES (?)", (crawl,))


def settle(connection: sqlite3.Connection) -> None:
    """Counts again where something may have changed. To be called while ``dirty`` still names the changed reports."""
    connection.execute(_REACH)
    connection.execute(_COUNT)
    portals = connection.execute(
        "SELECT DISTINCT portal FROM dirty_crawl CROSS JOIN crawl ON crawl.id = dirty_crawl.crawl ORDER BY portal"
    ).fetchall()
    for (portal,) in portals:
        summary.portal_state(connection, portal)
    connection.execute("DELETE FROM dirty_crawl")
