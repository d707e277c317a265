"""``gongkai serve``: Datasette on the archive's database, read-only, with the site's own pages and plugins."""

from __future__ import annotations

import sqlite3
import webbrowser
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette, DatasetteClient
from datasette.plugins import pm

from publish import plugin
from publish.database import NAME, SNAPSHOT, SiteDatabase, database_file
from publish.metadata import metadata
from publish.site import STATIC, TEMPLATES, Site, asset_version, count_rows, data_version
from publish.summary import summarise

SETTINGS = {
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "sql_time_limit_ms": 2000,
    "default_facet_size": 20,
    "facet_time_limit_ms": 600,
    "suggest_facets": False,
    "allow_download": False,
    "default_allow_sql": False,
    "allow_facet": True,
    "default_cache_ttl": 60,
    "truncate_cells_html": 280,
    "max_csv_mb": 0,
    "num_sql_threads": 3,
    "cache_size_kb": 65536,
}


class NoDatabase(FileNotFoundError):
    """There is no database to show; the message says what to do."""


def build(archive: Path, *, file: Path | None = None, immutable: bool | None = None) -> Datasette:
    """The site as a Datasette instance (an ASGI application is its ``.app()``).

    ``file`` is the database, by default the archive's snapshot or ``gongkai.db``. A snapshot is opened immutable: a crawl
    replaces it whole. Raises ``NoDatabase``.
    """  # noqa: E501
    file = file or database_file(archive)
    if not file.is_file():
        raise NoDatabase(f"there is no database in {archive}: crawl first, or make it again with gongkai rebuild")
    if immutable is None:
        immutable = file.name == SNAPSHOT
    if not pm.is_registered(plugin):
        pm.register(plugin, name="gongkai")
        # Datasette's own prints every failure, a 404 too, with the value of every variable: ours stands in for it.
        pm.unregister(name="datasette.handle_exception")
    datasette = Datasette(
        files=[],
        cors=True,
        template_dir=str(TEMPLATES),
        static_mounts=[("assets", str(STATIC))],
        settings=SETTINGS,
    )
    datasette.remove_database("_memory")
    database = SiteDatabase(datasette, file, immutable=immutable)
    datasette.add_database(database, name=NAME)
    site = Site(archive, database, assets=asset_version())
    datasette.gongkai_site = site
    load(datasette, site)
    datasette.client = DatasetteClient(datasette)  # the one made above does not know the site's routes
    return datasette


def load(datasette: Any, site: Site) -> None:
    """Read from the present file what is read once: counts, version, the columns that the metadata describes."""
    mode = "immutable=1" if not site.database.is_mutable else "mode=ro"
    connection = sqlite3.connect(f"file:{site.database.path}?{mode}", uri=True)
    try:
        site.version = data_version(connection)
        site.remembered = {}
        site.summary = summarise(connection)
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


def serve(archive: Path, *, host: str = "127.0.0.1", port: int = 8001, open_browser: bool = False) -> None:
    """Serve until interrupted."""
    application = build(archive).app()
    address = f"http://{host}:{port}/"
    if open_browser:
        webbrowser.open(address)
    uvicorn.run(
        application, host=host, port=port, log_level="warning", lifespan="on", server_header=False, date_header=True,
        proxy_headers=True, forwarded_allow_ips="127.0.0.1",
    )  # fmt: skip
