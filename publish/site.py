"""The site's state that pages share: the archive's folder, the data's version, row counts; made once a snapshot."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pipelines.store.views import COLUMNS
from publish import codebook, population
from publish.database import NAME, SiteDatabase
from publish.metadata import metadata
from publish.summary import Summary, summarise
from reports import forms

Answer = TypeVar("Answer")
MOST_REMEMBERED = 400  # answers kept at once; there are far more pages than memory
STATIC = Path(__file__).parent / "static"
TEMPLATES = Path(__file__).parent / "templates"


@dataclass(slots=True)
class Site:
    """One served archive. ``version`` names the data: the day of the newest capture and a digest of all reports'
    contents.
    """

    archive: Path
    database: SiteDatabase
    version: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    assets: str = ""
    summary: Summary = field(default_factory=Summary)
    population: dict[tuple[str, int], int] = field(default_factory=dict)
    remembered: OrderedDict[str, Any] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def remember(
        self, key: str, connection: sqlite3.Connection, make: Callable[[sqlite3.Connection], Answer]
    ) -> Answer:
        """What does not change while the snapshot does not is made once. A database that a crawl is writing is asked
        anew.
        """
        if self.database.is_mutable:
            return make(connection)
        remembered = self.remembered  # a new snapshot begins a new one: what is made now belongs to the old
        with self.lock:
            if key in remembered:
                remembered.move_to_end(key)
                kept: Answer = remembered[key]
                return kept
        made = make(connection)
        with self.lock:
            remembered[key] = made
            if len(remembered) > MOST_REMEMBERED:
                remembered.popitem(last=False)
        return made


def of(datasette: Any) -> Site | None:
    """The site behind a Datasette instance; None for an instance of somebody else in the same process."""
    site: Site | None = getattr(datasette, "gongkai_site", None)
    return site


def load(datasette: Any, site: Site) -> None:
    """Read from the present file what is read once: counts, version, the columns that the metadata describes."""
    mode = "immutable=1" if not site.database.is_mutable else "mode=ro"
    connection = sqlite3.connect(f"file:{site.database.path}?{mode}", uri=True)
    try:
        site.version = data_version(connection)
        site.remembered = OrderedDict()
        population.offer(connection, site.population)
        site.summary = summarise(connection, population=bool(site.population))
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
        columns = {name: [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')] for name in names}
        if not site.database.is_mutable:
            site.counts = count_rows(connection)
            tables = {name: {"count": site.counts.get(name, 0)} for name in names}
            datasette.inspect_data = {
                NAME: {"hash": site.version, "size": site.database.file.stat().st_size, "file": NAME, "tables": tables}
            }
    finally:
        connection.close()
    datasette._metadata_local = metadata(columns)


def data_version(connection: sqlite3.Connection) -> str:
    """``2026-04-01-1f0c9a2b``: the same data has the same version, wherever it was built."""
    digest = hashlib.sha256()
    for row in connection.execute("SELECT id, version, verdict, content FROM report ORDER BY id"):
        digest.update(("\x1f".join(map(str, row)) + "\n").encode())
    newest = connection.execute("SELECT max(last_seen) FROM report").fetchone()[0]
    return f"{(newest or 'empty')[:10]}-{digest.hexdigest()[:8]}"


def count_rows(connection: sqlite3.Connection) -> dict[str, int]:
    """Rows of every table and view that is shown. The tall views are counted in one pass over the wide table."""
    counts = {}
    for name in codebook.tables():
        if name == "figure_long":
            sql = "SELECT " + " + ".join(f"count({each.code})" for each in forms.figures()) + " FROM figures"
        elif name == "applications":
            lines = [row["key"] for row in forms.form("applications")["rows"]]
            sql = (
                "SELECT "
                + " + ".join(
                    "count(COALESCE(" + ", ".join(f"applications_{line}_{column}" for column in COLUMNS) + "))"
                    for line in lines
                )
                + " FROM figures"
            )
        else:
            sql = f'SELECT count(*) FROM "{name}"'
        counts[name] = connection.execute(sql).fetchone()[0] or 0
    return counts


def asset_version() -> str:
    """A digest of the stylesheets and scripts, so that browsers keep them until they change."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.glob("*.*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
