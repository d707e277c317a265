"""``/search``, ``/codebook``, ``/feed.atom``, ``/robots.txt``."""

from __future__ import annotations

import sqlite3
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from datasette.utils.asgi import Response

from publish import codebook, finding, overview, site, summary
from publish.cells import shortened
from publish.language import current, text
from publish.pages.answer import ask, base, html, whole
from publish.report_page import Row, rows

LONGEST_QUERY = 200
SECTIONS = ("一", "二", "三", "四", "五", "六")  # the official form has these six


async def search(datasette: Any, request: Any) -> Any:
    """Organs and texts that hold the words."""
    query = (request.args.get("q") or "").strip()[:LONGEST_QUERY]
    province = request.args.get("province") or ""
    year = whole(request, "year") or None
    asked_section = request.args.get("section") or ""
    section = asked_section if asked_section in SECTIONS else None
    page = min(max(1, whole(request, "page", 1)), 50)
    served = site.of(datasette)
    assert served is not None
    found = (
        await ask(
            datasette,
            lambda c: finding.find(c, query, year=year, province=province or None, section=section, page=page),
        )
        if query
        else None
    )
    provinces = await ask(datasette, lambda c: served.remember("province list", c, _provinces))
    years = sorted({at for at, _ in served.summary.verdicts}, reverse=True)
    crumbs = [(text("home"), "/"), (text("nav_search"), None)]
    return await html(datasette, request, "search.html", {
        "query": query, "found": found, "provinces": provinces, "years": years, "year": year, "province": province,
        "crumbs": crumbs,
        "section": section, "section_numbers": SECTIONS,
        "page_number": page,
    })  # fmt: skip


def _provinces(connection: sqlite3.Connection) -> list[Row]:
    return rows(connection, "SELECT code, name, name_en FROM division WHERE level = 'province' ORDER BY code")


async def codebook_page(datasette: Any, request: Any) -> Any:
    """Every table and column, from the codebook's one source."""
    database = datasette.get_database("gongkai")
    tables = []
    for name, table in codebook.tables().items():
        columns = [codebook.column(name, code) for code in await database.table_columns(name)]
        tables.append((table, columns))
    crumbs = [(text("home"), "/"), (text("nav_codebook"), None)]
    return await html(datasette, request, "codebook.html", {
        "tables": tables, "crumbs": crumbs,
        "indicators": [summary.entry(each) for each in summary.indicators().values()],
    })  # fmt: skip


async def feed(datasette: Any, request: Any) -> Response:
    """An Atom feed of new reports, of edits and of our own corrections, the newest first."""
    address = base(request)

    def gather(connection: sqlite3.Connection) -> tuple[list[Row], list[Row], list[Row]]:
        return overview.newest(connection, 50), overview.edits(connection, 50), overview.corrections(connection, 50)

    served = site.of(datasette)
    assert served is not None
    new, edited, corrected = await ask(datasette, lambda c: served.remember("feed", c, gather))
    told = [
        (row["first_seen"], row, text("feed_new", None, verdict=codebook.value_label(row["verdict"], current.get())),
         "v1")
        for row in new
    ] + [
        (row["seen"], row, text("feed_edit", None, version=row["version"], cells=row["cells"]), f"v{row['version']}")
        for row in edited
    ] + [
        (row["noticed"], row, text("feed_corrected", None, cells=row["cells"]), f"corrected-{row['noticed']}")
        for row in corrected
    ]  # fmt: skip
    entries = [
        (time, f"{address}/report/{quote(row['id'])}", f"{row['organ_name']} {row['year']}", about, mark)
        for time, row, about, mark in told
    ]
    entries.sort(reverse=True)
    updated = entries[0][0] if entries else "2026-01-01T00:00:00Z"
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{escape(text('site_name'))}</title><id>{escape(address)}/</id><updated>{updated}</updated>",
        f'<link rel="self" href={quoteattr(address + "/feed.atom")}/><link '
        f"href={quoteattr(address + '/')}/><author><name>gongkai</name></author>",
    ]
    for time, link, title, about, mark in entries:
        parts.append(
            f"<entry><title>{_xml(shortened(title))}</title><id>{escape(link)}#{mark}</id><link "
            f"href={quoteattr(link)}/><updated>{time}</updated>"
            f"<summary>{_xml(about)}</summary></entry>"
        )
    return Response(
        "\n".join(parts) + "\n</feed>\n",
        content_type="application/atom+xml; charset=utf-8",
        headers={"cache-control": "max-age=300"},
    )


def _xml(words: str) -> str:
    """Text for XML: characters that a portal may hold and XML may not are left out."""
    return escape("".join(each for each in words if each in "\t\n" or (each >= " " and each not in "\ufffe\uffff")))


async def robots(request: Any) -> Response:
    """Pages may be indexed; the archive, exports and filtered tables may not."""
    lines = [
        "User-agent: *",
        "Disallow: /-/",
        "Disallow: /archive/",
        "Disallow: /search",
        "Disallow: /*?",
        "Disallow: /*.csv",
        "Disallow: /*.json",
        "Crawl-delay: 2",
        "",
    ]
    return Response.text("\n".join(lines), headers={"cache-control": "max-age=86400"})
