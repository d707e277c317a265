"""Portals in the database: as the registry (``data/portals``) says, or as the first page of another one shows."""

from __future__ import annotations

import functools
import html
import re
import sqlite3
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import data
from archive.capture import Capture
from pipelines.store.divisions import divisions, locate
from pipelines.store.identity import Portal, tidy
from reports.title import read_title

# 政府网站标识码: ten digits, the first six the division's code. Every official site must show it.
_SITE_CODE = re.compile(
    rb"""(?:SiteIDCode["']?\s+content\s*=\s*["']?|\xe6\xa0\x87\xe8\xaf\x86\xe7\xa0\x81\D{0,40}?|\xb1\xea\xca\xb6\xc2\xeb\D{0,40}?)(\d{10})(?!\d)""",
    re.I,
)
_TITLE = re.compile(rb"<title[^>]*>(.{0,300}?)</title>", re.I | re.S)
_TAILS = re.compile(r"(?:门户网站|门户|官方网站|政务网|网站|首页|欢迎您|欢迎访问|[-_|—·\s])+$")


@functools.cache
def registered() -> dict[str, dict[str, Any]]:
    """The registry's entries by id: the files of ``data/portals``, one portal or a list of them each."""
    found: dict[str, dict[str, Any]] = {}
    folder = data.FOLDER / "portals"
    for path in sorted(folder.glob("**/*.yaml")) if folder.is_dir() else ():
        loaded = data.load_yaml(str(path.relative_to(data.FOLDER)))
        entries = loaded.get("portals", [loaded]) if isinstance(loaded, dict) else loaded
        for entry in entries:
            if isinstance(entry, dict):
                found[str(entry.get("id") or path.stem)] = entry
    return found


def ensure(connection: sqlite3.Connection, capture: Capture, body: bytes | Callable[[], bytes]) -> Portal:
    """The portal of a capture, with its row in the database.

    An unregistered portal learns its name and place from its first web page of status 200, its home, and keeps them:
    organs are identified with its place, and must not change their identity with the portal's next design.
    """
    row = connection.execute("SELECT id, division, name, home FROM portal WHERE id = ?", (capture.portal,)).fetchone()
    if row is None:
        entry = registered().get(capture.portal, {})
        code = str(entry.get("division") or "") or None
        connection.execute(
            "INSERT INTO portal (id, name, home, division, family) VALUES (?, ?, ?, ?, ?)",
            (
                capture.portal, str(entry.get("name") or capture.portal),
                str(entry.get("home") or (_origin(capture.url) if _on_the_web(capture) else "")),
                code if code in divisions() else None, entry.get("family"),
            ),
        )  # fmt: skip
        row = (capture.portal, code if code in divisions() else None, str(entry.get("name") or capture.portal), "")
    portal = Portal(row[0], row[1], row[2])
    if _on_the_web(capture) and not row[3]:
        connection.execute(
            "UPDATE portal SET home = ? WHERE id = ? AND home = ''", (_origin(capture.url), capture.portal)
        )
    if portal.name == portal.id and capture.status == 200 and "html" in capture.media_type:
        page = body if isinstance(body, bytes) else body()
        portal = Portal(portal.id, portal.division or site_division(page), site_name(page) or portal.name)
        connection.execute(
            "UPDATE portal SET name = ?, division = ? WHERE id = ?", (portal.name, portal.division, portal.id)
        )
    return portal


def known(connection: sqlite3.Connection, portal: str) -> Portal | None:
    """A portal as the database has it."""
    row = connection.execute("SELECT id, division, name FROM portal WHERE id = ?", (portal,)).fetchone()
    return Portal(*row) if row else None


def site_division(page: bytes) -> str | None:
    """The place of a site: by its 标识码, else by the name in its title; None where neither is certain."""
    found = _SITE_CODE.search(page)
    if found:
        code = found.group(1).decode()[:6]
        for wider in (code, code[:4] + "00", code[:2] + "0000"):
            if wider in divisions():
                return wider
    title = _title(page)
    return locate(tidy(title)).code if title else None


def site_name(page: bytes) -> str | None:
    """The name of a site, from the title of its home page; None where the title is a report's own."""
    title = _title(page)
    return None if title is None or read_title(title).kind == "report" else title


def _title(page: bytes) -> str | None:
    found = _TITLE.search(page)
    if not found:
        return None
    for encoding in ("utf-8", "gb18030"):
        try:
            text = found.group(1).decode(encoding)
        except UnicodeDecodeError:
            continue
        return _TAILS.sub("", " ".join(html.unescape(text).split())) or None
    return None


def _on_the_web(capture: Capture) -> bool:
    return capture.kind != "resource" or capture.status == 200


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"
