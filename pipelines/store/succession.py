"""Organs that have another name now: their reports, at the addresses where they were, say so.

A reorganisation makes 教育局 a 教育体育局, and its pages of old carry the new name. (organ, year) is a report's
identity, so without this each would be a second report, and the first one gone. What is taken for a new name: the same
page of the same portal, the same year, the same figures, and a name that the portal had not shown before this crawl.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace

from archive.capture import Capture
from pipelines.store import removal
from pipelines.store.content import Content
from pipelines.store.identity import Identity

#: Bodies that stand beside each other under like names: a page that changes from one to the other corrects its title.
_APART = frozenset({"government", "government_office", "township", "zone"})
Tell = Callable[[str, str], None]  # takes a problem's code and message


def known(connection: sqlite3.Connection, portal: str, identity: Identity) -> Identity:
    """The organ that a name means on a portal, where that has become the name of another one."""
    row = connection.execute(
        "SELECT organ FROM renamed WHERE portal = ? AND named = ?", (portal, identity.id)
    ).fetchone()  # fmt: skip
    return identity if row is None else replace(identity, id=row[0])


def noticed(
    connection: sqlite3.Connection, capture: Capture, identity: Identity, year: int, content: Content, tell: Tell
) -> tuple[Identity, list[str]]:
    """The organ of a page that may name itself otherwise than before, and the reports that change hands by it."""
    before = connection.execute(
        "SELECT r.organ, r.organ_name, o.division, o.kind, r.figures, r.year, r.extractor FROM reading r JOIN organ o "
        "ON o.id = r.organ WHERE r.url = ? AND r.portal = ? AND (r.time, r.capture) < (?, ?) "
        "ORDER BY r.time DESC, r.capture DESC, r.n LIMIT 1",
        (capture.url, capture.portal, capture.time, capture.id),
    ).fetchone()
    if before is None or before[0] == identity.id or identity.rivals or capture.truncated or not content.figures:
        return identity, []
    organ, name, division, kind, *said = before
    if (division, *said) != (identity.division, content.figures, year, content.extractor):  # else we read it otherwise
        return identity, []
    apart = kind != identity.kind and bool(_APART & {kind, identity.kind})
    if apart or _shown_before(connection, capture, identity.id):
        tell("organ-changed", f"{capture.url} named {name} for {year} and now names {identity.name}: kept apart")
        return identity, []
    tell("organ-renamed", f"{name} is {identity.name} now, by the same figures at the same address")
    return replace(identity, id=organ), _hand_over(connection, capture.portal, identity.id, organ)


def _shown_before(connection: sqlite3.Connection, capture: Capture, organ: str) -> bool:
    """Whether the portal had reports under the other name before this crawl: then they are two organs."""
    return bool(
        connection.execute(
            "SELECT 1 FROM reading r JOIN capture c ON c.id = r.capture WHERE r.organ = ? AND r.portal = ? "
            "AND c.crawl IS NOT ? LIMIT 1",
            (organ, capture.portal, capture.crawl),
        ).fetchone()
    )


def _hand_over(connection: sqlite3.Connection, portal: str, named: str, organ: str) -> list[str]:
    """Every reading under the new name, a new report perhaps that was met first, is the organ's."""
    connection.execute("INSERT OR IGNORE INTO renamed VALUES (?, ?, ?)", (portal, named, organ))
    moved = connection.execute(
        "SELECT DISTINCT report, year FROM reading WHERE organ = ? AND portal = ? AND report IS NOT NULL",
        (named, portal),
    ).fetchall()
    connection.execute(
        "UPDATE reading SET organ = ?1, report = CASE WHEN report IS NULL THEN NULL ELSE ?1 || '-' || year END "
        "WHERE organ = ?2 AND portal = ?3",
        (organ, named, portal),
    )
    return [report for report, _ in moved] + [f"{organ}-{year}" for _, year in moved]


def drop_empty(connection: sqlite3.Connection, portal: str) -> None:
    """Takes away organs that are only names of others now. After the reports that were theirs."""
    for organ, seq in connection.execute(
        "SELECT o.id, o.seq FROM renamed n JOIN organ o ON o.id = n.named WHERE n.portal = ? AND NOT EXISTS "
        "(SELECT 1 FROM reading WHERE organ = o.id) AND NOT EXISTS (SELECT 1 FROM report WHERE organ = o.id)",
        (portal,),
    ).fetchall():
        removal.unlabel(connection, "organ", seq)
        connection.execute("DELETE FROM organ_name WHERE organ = ?", (organ,))
        connection.execute("DELETE FROM organ WHERE id = ?", (organ,))
