"""The site as a Datasette plugin: routes, templates' words, cells, connections, and the outermost layer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import markupsafe
from datasette import hookimpl
from datasette.handle_exception import handle_exception as datasettes_own

from pipelines.store import search
from publish import cells, failures, pages, population, site, words
from publish.database import NAME
from publish.language import text
from publish.outermost import outermost

# A row of a report's text is far below this; ``zeroblob(900000000)`` is not.
_LONGEST_VALUE = 32_000_000
_LONGEST_SQL = 1_000_000


@hookimpl  # type: ignore[untyped-decorator]
def register_routes(datasette: Any) -> list[tuple[str, Callable[..., Any]]]:
    """The site's own addresses. They go before Datasette's."""
    return pages.routes() if site.of(datasette) else []


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Any) -> None:
    """Limits against values that eat the memory, and the search box's own query language.

    Last of all plugins, because Datasette's own ``escape_fts`` is registered by one.
    """
    served = site.of(datasette)
    if not served or database != NAME:
        return
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    conn.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, _LONGEST_SQL)
    conn.execute("PRAGMA query_only = 1")
    conn.create_function("escape_fts", 1, search.match_query, deterministic=True)
    population.offer(conn, served.population)


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Functions that every template uses."""
    env.globals.update(words.functions(), table_body=cells.table_body, shortened=cells.shortened)


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(request: Any, datasette: Any) -> dict[str, Any]:
    """What depends on the reader's request: language, where they are, the data's version."""
    return words.for_request(request, datasette)


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(
    row: Any, value: Any, column: str, table: str, database: str, datasette: Any
) -> markupsafe.Markup | None:
    """Codes in words, identities as links to the site's pages."""
    if not site.of(datasette) or table is None:
        return None
    return cells.render(row, value, column, table)


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Language, headers, closed doors."""
    return outermost(datasette)


@hookimpl  # type: ignore[untyped-decorator]
def forbidden(datasette: Any, request: Any, message: str) -> Any:
    """What is closed to readers: SQL, the file itself."""
    if not site.of(datasette):
        return None

    async def refuse() -> Any:
        return await failures.page(datasette, request, 403, text("forbidden_about"))

    return refuse


@hookimpl  # type: ignore[untyped-decorator]
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """Failures in the site's own clothes, without traces."""
    if site.of(datasette):
        return failures.answer(datasette, request, exception)
    return datasettes_own(datasette=datasette, request=request, exception=exception)
