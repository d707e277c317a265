"""What the front page, the places and the organs show, read from the precomputed tables."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from publish.report_page import Row, first, places, read_contact, rows


@dataclass(slots=True)
class Matrix:
    """Places by years: reports found and verified in each cell."""

    years: list[int]
    lines: list[tuple[Row, dict[int, Row]]]


def totals(connection: sqlite3.Connection) -> Row:
    """How much there is, and how fresh."""
    counted = first(connection, """SELECT (SELECT count(*) FROM report) AS reports, (SELECT count(*) FROM organ) AS
    organs,
      (SELECT count(*) FROM portal) AS portals, (SELECT min(year) FROM report) AS first_year, (SELECT max(year) FROM
      report) AS last_year,
      (SELECT count(*) FROM report WHERE verdict = 'verified') AS verified, (SELECT max(started) FROM crawl) AS
      last_crawl""")  # fmt: skip
    assert counted is not None
    return counted


def matrix(connection: sqlite3.Connection, parent: str | None) -> Matrix:
    """Coverage of the provinces (``parent`` None), or of the places below one, each with all that lies below it."""
    if parent is None:
        cells = rows(
            connection,
            "SELECT province AS code, year, sum(found) AS found, sum(verified) AS verified, sum(expected) AS "
            "expected FROM coverage WHERE province IS NOT NULL GROUP BY 1, 2",
        )
        names = rows(connection, "SELECT code, name, name_en FROM division WHERE level = 'province' ORDER BY code")
    else:
        below = rows(connection, "SELECT code, name, name_en FROM division WHERE parent = ? ORDER BY code", parent)
        names = below
        cells = []
        for place in below:
            cells += rows(
                connection,
                "SELECT ? AS code, year, sum(found) AS found, sum(verified) AS verified, sum(expected) AS expected "
                "FROM coverage "
                "WHERE division = ? OR division IN (SELECT code FROM division WHERE parent = ?) GROUP BY 2",
                place["code"], place["code"], place["code"],
            )  # fmt: skip
    return _matrix(names, cells)


def portals_without_division(connection: sqlite3.Connection) -> list[Row]:
    """The portals of organs that have no division code (invented, abroad, or not yet known): places of their own."""
    return rows(
        connection,
        "SELECT p.id, p.name, p.home, count(*) AS organs FROM organ o JOIN portal p ON p.id = o.portal "
        "WHERE o.division IS NULL GROUP BY p.id ORDER BY p.name, p.id",
    )


def portal_matrix(connection: sqlite3.Connection) -> Matrix:
    """Coverage by portal, of the organs that have no division code."""
    names = portals_without_division(connection)
    cells = rows(
        connection,
        "SELECT portal AS code, year, count(*) AS found, sum(verdict = 'verified') AS verified FROM panel "
        "WHERE division IS NULL GROUP BY portal, year",
    )
    return _matrix([row | {"code": row["id"], "name_en": row["name"]} for row in names], cells)


def _matrix(names: list[Row], cells: list[Row]) -> Matrix:
    by_place: dict[str, dict[int, Row]] = {}
    for cell in cells:
        share = cell["verified"] / cell["found"] if cell["found"] else 0
        cell["shade"] = 0 if not cell["found"] else 1 + sum(share >= step for step in (0.6, 0.8, 0.95))
        by_place.setdefault(cell["code"], {})[cell["year"]] = cell
    years = sorted({cell["year"] for cell in cells})
    return Matrix(years, [(name, by_place[name["code"]]) for name in names if name["code"] in by_place])


@dataclass(slots=True)
class PortalPage:
    """A portal: its organs by years, and what is known of its crawls and problems."""

    portal: Row
    place: list[Row]
    organs: list[tuple[Row, dict[int, Row]]]
    years: list[int]
    crawls: list[Row]
    problems: list[Row]


def portal(connection: sqlite3.Connection, identity: str) -> PortalPage | None:
    """The page of a portal, or None. Of very many organs the first by name are listed; the table has all."""
    found = first(connection, "SELECT * FROM portal WHERE id = ?", identity)
    if found is None:
        return None
    organs = rows(
        connection,
        "SELECT id, name, kind FROM organ WHERE portal = ? ORDER BY kind <> 'government', length(name), name LIMIT 300",
        identity,
    )
    reports: dict[str, dict[int, Row]] = {}
    for row in rows(
        connection, "SELECT id, organ, year, verdict, new_received FROM report WHERE portal = ? ORDER BY year", identity
    ):
        reports.setdefault(row["organ"], {})[row["year"]] = row
    return PortalPage(
        portal=found, place=places(connection, found["division"]),
        organs=[(organ, reports.get(organ["id"], {})) for organ in organs],
        years=sorted({year for known in reports.values() for year in known}),
        crawls=rows(connection, "SELECT * FROM crawl WHERE portal = ? ORDER BY started DESC LIMIT 10", identity),
        problems=rows(
            connection,
            "SELECT code, message, place, severity, first_seen FROM problem WHERE portal = ? AND report IS NULL "
            "ORDER BY first_seen DESC, id LIMIT 50",
            identity,
        ),
    )  # fmt: skip


def example_initials(connection: sqlite3.Connection) -> list[str]:
    """The pinyin initials of one organ that there is, for the hint under the search box."""
    found = first(
        connection, "SELECT initials FROM organ WHERE kind = 'government' AND initials <> '' ORDER BY length(name), id"
    )
    return [found["initials"]] if found else []


def newest(connection: sqlite3.Connection, limit: int = 8) -> list[Row]:
    """The reports found last."""
    return rows(connection, """SELECT r.id, r.title, r.year, r.verdict, r.published, r.first_seen, o.name AS organ_name
    FROM report r
      JOIN organ o ON o.id = r.organ ORDER BY r.first_seen DESC, r.id LIMIT ?""", limit)  # fmt: skip


def edits(connection: sqlite3.Connection, limit: int = 8) -> list[Row]:
    """The reports that changed last after their first version."""
    return rows(connection, """SELECT v.report AS id, v.version, v.seen, o.name AS organ_name, r.year, r.verdict,
      (SELECT count(*) FROM figure_change f WHERE f.report = v.report AND f.version = v.version) AS cells
      FROM report_version v JOIN report r ON r.id = v.report JOIN organ o ON o.id = r.organ WHERE v.version > 1
      ORDER BY v.seen DESC, v.report LIMIT ?""", limit)  # fmt: skip


def corrections(connection: sqlite3.Connection, limit: int = 8) -> list[Row]:
    """The reports of which figures were corrected last, by a better reading of the same page."""
    return rows(connection, """SELECT c.report AS id, c.noticed, c.organ_name, c.year, count(*) AS cells
      FROM correction c WHERE EXISTS (SELECT 1 FROM report WHERE id = c.report) GROUP BY c.noticed, c.report
      ORDER BY c.noticed DESC, c.report LIMIT ?""", limit)  # fmt: skip


@dataclass(slots=True)
class OrganPage:
    """An organ's years, names, contacts and portal."""

    organ: Row
    place: list[Row]
    names: list[Row]
    years: list[Row]
    missing: list[int]
    contacts: list[Row]
    portal: Row | None


def organ(connection: sqlite3.Connection, identity: str) -> OrganPage | None:
    """The page of an organ, or None."""
    found = first(connection, "SELECT * FROM organ WHERE id = ?", identity)
    if found is None:
        return None
    years = rows(connection, """SELECT p.*, r.id, r.title, r.problems FROM panel p JOIN report r ON r.id = p.report
      WHERE p.organ = ? ORDER BY p.year""", identity)  # fmt: skip
    latest = connection.execute("SELECT max(year) FROM report").fetchone()[0]
    have = {row["year"] for row in years}
    contacts: list[Row] = []
    for contact in rows(
        connection,
        """SELECT c.*, r.year FROM contact c JOIN report r ON r.id = c.report WHERE c.organ = ? ORDER BY r.year DESC""",
        identity,
    ):
        kept = tuple(contact[key] for key in ("name", "address", "phones", "emails"))  # what the page shows
        if contacts and contacts[-1]["kept"] == kept:
            contacts[-1]["from_year"] = contact["year"]
            continue
        contacts.append((read_contact(contact) or {}) | {"kept": kept, "from_year": contact["year"]})
    return OrganPage(
        organ=found, place=places(connection, found["division"]),
        names=rows(connection, "SELECT * FROM organ_name WHERE organ = ? ORDER BY last_seen DESC, name", identity),
        years=years,
        missing=[year for year in range(min(have), (latest or 0) + 1) if year not in have] if have else [],
        contacts=contacts,
        portal=first(connection, "SELECT * FROM portal WHERE id = ?", found["portal"]),
    )  # fmt: skip


@dataclass(slots=True)
class PlacePage:
    """A place: its government's own report and its departments, kept apart, and the places below."""

    place: Row
    above: list[Row]
    own: dict[int, Row]
    departments: dict[int, Row]
    below: dict[int, Row]
    organs: list[Row]
    matrix: Matrix
    years: list[int]
    children: list[Row]


_SUMS = """count(*) AS reports, sum(verdict = 'verified') AS verified, sum(new_received) AS new_received,
count(new_received) AS known,
  sum(disclosed) FILTER (WHERE handled_total > 0 AND disclosed IS NOT NULL) AS disclosed,
  sum(handled_total) FILTER (WHERE handled_total > 0 AND disclosed IS NOT NULL) AS handled"""


def place(connection: sqlite3.Connection, code: str) -> PlacePage | None:
    """The page of a place, or None. A government's report mostly covers its whole area: it is never added to others."""
    found = first(connection, "SELECT * FROM division WHERE code = ?", code)
    if found is None:
        return None
    governments = rows(
        connection, "SELECT * FROM panel WHERE division = ? AND kind = 'government' ORDER BY year, report", code
    )
    its_own = _its_own(found["name"], {row["organ"]: row["organ_name"] for row in governments})
    own = [row for row in governments if row["organ"] == its_own]
    departments = rows(
        connection, f"SELECT year, {_SUMS} FROM panel WHERE division = ? AND kind <> 'government' GROUP BY year", code
    )
    below = rows(
        connection,
        f"SELECT year, {_SUMS} FROM panel WHERE (division IN (SELECT code FROM division WHERE parent = ?) "
        "OR (division = ? AND organ IS NOT ?)) AND kind = 'government' GROUP BY year",
        code, code, its_own,
    )  # fmt: skip
    organs = rows(connection, """SELECT id, name, kind, (SELECT count(*) FROM report WHERE report.organ = organ.id) AS
    reports FROM organ
      WHERE division = ? ORDER BY kind <> 'government', kind, name LIMIT 400""", code)  # fmt: skip
    by_year: list[dict[int, Row]] = [{row["year"]: row for row in part} for part in (own, departments, below)]
    years = sorted({year for part in by_year for year in part})
    return PlacePage(
        place=found, above=places(connection, found["parent"]), own=by_year[0], departments=by_year[1],
        below=by_year[2], organs=organs,
        matrix=matrix(connection, code), years=years,
        children=rows(connection, "SELECT code, name, name_en FROM division WHERE parent = ? ORDER BY code", code),
    )  # fmt: skip


def _its_own(place: str, governments: dict[str, str]) -> str | None:
    """The organ that is the place's own government: by its name, else the only one that there is.

    A government below that has no code of its own stands under its portal's place, and must not pass for the place.
    """
    named = [organ for organ, name in governments.items() if name.endswith(f"{place}人民政府")]
    if named:
        return min(named, key=lambda organ: (len(governments[organ]), organ))
    return next(iter(governments)) if len(governments) == 1 else None


def rate(row: dict[str, Any] | None) -> float | None:
    """Disclosed over handled of a sum."""
    if not row or not row.get("handled"):
        return None
    return float(row["disclosed"]) / float(row["handled"])
