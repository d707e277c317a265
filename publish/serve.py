"""``gongkai serve``: Datasette on the archive's database, read-only, with the site's own pages and plugins."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
import urllib.request
import webbrowser
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette, DatasetteClient
from datasette.plugins import pm

from pipelines.store.fitting import misfit
from publish import plugin, population
from publish.database import NAME, SNAPSHOT, SiteDatabase, database_file
from publish.site import STATIC, TEMPLATES, Site, asset_version, load

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
    "cache_size_kb": 16384,
}


WARMED = (
    "/", "/problems", "/problems/missing", "/problems/inconsistent", "/feed.atom", "/places", "/gongkai",
    "/gongkai/report", "/gongkai/panel", "/gongkai/panel?_facet=year&_facet=verdict&_facet=province&_facet=kind",
    "/gongkai/missing", "/gongkai/check", "/indicators/disclosure_rate_partly", "/outcomes",
    "/outcomes?kind=department",
)  # fmt: skip


class PortTaken(OSError):
    """The address cannot be listened on; the message says which and why."""


class NoDatabase(FileNotFoundError):
    """There is no database to show, or none that this version can show; the message says what to do."""


class SiteDatasette(Datasette):  # type: ignore[misc]
    """Datasette that works out a table's permission once: its own copies all metadata each time, 80 times a page."""

    def _table_permission_allows(self, database: str, table: str) -> Any:
        known = self.__dict__.setdefault("_known_permissions", {})
        key = (id(self._metadata_local), database, table)
        if key not in known:
            known[key] = super()._table_permission_allows(database, table)
        return known[key]


def build(archive: Path, *, file: Path | None = None, immutable: bool | None = None) -> Datasette:
    """The site as a Datasette instance (an ASGI application is its ``.app()``).

    ``file`` is the database, by default the archive's snapshot or ``gongkai.db``. A snapshot is opened immutable: a
    crawl
    replaces it whole. Raises ``NoDatabase``, and ``population.BadTable`` where the table of inhabitants is wrong.
    """
    file = file or database_file(archive)
    if not file.is_file():
        raise NoDatabase(f"there is no database in {archive}: crawl first, or make it again with gongkai rebuild")
    if why := misfit(file):
        raise NoDatabase(why)
    if immutable is None:
        immutable = file.name == SNAPSHOT
    if not pm.is_registered(plugin):
        pm.register(plugin, name="gongkai")
        # Datasette's own prints every failure, a 404 too, with the value of every variable: ours stands in for it.
        pm.unregister(name="datasette.handle_exception")
    datasette = SiteDatasette(
        files=[],
        cors=True,
        template_dir=str(TEMPLATES),
        static_mounts=[("assets", str(STATIC))],
        settings=SETTINGS,
    )
    datasette.remove_database("_memory")
    database = SiteDatabase(datasette, file, immutable=immutable)
    datasette.add_database(database, name=NAME)
    site = Site(archive, database, assets=asset_version(), population=population.read(archive))
    datasette.gongkai_site = site
    load(datasette, site)
    datasette.client = DatasetteClient(datasette)  # the one made above does not know the site's routes
    return datasette


def serve(
    archive: Path, *, host: str = "127.0.0.1", port: int = 8001, open_browser: bool = False, file: Path | None = None
) -> None:
    """Serve until interrupted; the address is printed once it answers.

    Raises as ``build``, and ``PortTaken`` where the address cannot be listened on.
    """
    listening = _listen(host, port)
    with listening:
        application = build(archive, file=file, immutable=True if file else None).app()
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listening.getsockname()[1]}/"
        config = uvicorn.Config(
            application, log_level="warning", lifespan="on", server_header=False, date_header=True,
            proxy_headers=True, forwarded_allow_ips="127.0.0.1",
        )  # fmt: skip
        server = _Announced(config, address, open_browser)
        with contextlib.suppress(KeyboardInterrupt):  # the server has ended in good order by then
            server.run(sockets=[listening])


class _Announced(uvicorn.Server):
    """A server that says where it is, and then looks at the pages that take longest, before a reader does."""

    def __init__(self, config: uvicorn.Config, address: str, open_browser: bool) -> None:
        super().__init__(config)
        self.address = address
        self.open_browser = open_browser

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.should_exit:
            return
        sys.stdout.write(f"serving {self.address} (Ctrl-C ends)\n")
        sys.stdout.flush()
        if self.open_browser:
            webbrowser.open(self.address)
        threading.Thread(target=self._warm, daemon=True, name="warm-up").start()

    def _warm(self) -> None:
        port = self.address.rstrip("/").rpartition(":")[2]
        for path in WARMED:
            if self.should_exit:
                return
            with contextlib.suppress(OSError):  # a page that is not ready yet is made when a reader asks
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60).close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise PortTaken(f"cannot listen on {host}: {error.strerror or error}") from None
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except OSError as error:
        listening.close()
        raise PortTaken(f"cannot listen on {host}:{port}: {error.strerror or error}; choose another --port") from None
    return listening
