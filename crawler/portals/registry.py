"""The registry: which portals there are. Entries are rows of data/portals/*.yaml; an address needs none."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

import data
from crawler.address import canonical
from crawler.politeness.window import Window

_ID = re.compile(r"[a-z0-9][a-z0-9.-]{0,62}")


class UnknownPortal(ValueError):
    """A target that is neither a portal of the registry nor an address; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Portal:
    """One portal.

    ``state`` is unverified until the project has had contact; ``hosts`` are further domains that belong to it.
    """

    id: str
    home: str
    name: str | None = None
    division: str | None = None
    state: str = "unverified"
    enabled: bool = True
    hosts: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()
    expect: str | None = None  # "none": no reports, and that is no failure
    scripted: bool = False
    delay: float | None = None
    window: str | None = None  # hours of China in which it may be asked, "22:00-06:00"
    file: str | None = None


def load(folder: Path | None = None) -> dict[str, Portal]:
    """All portals by id. A malformed or doubled entry is an error that names the file."""
    folder = folder or data.path("portals")
    portals: dict[str, Portal] = {}
    for file in sorted(folder.glob("*.yaml")):
        entries = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
        for entry in entries.get("portals") or []:
            portal = _portal(entry, file.name)
            if portal.id in portals:
                raise data.DataFileError(
                    f"data/portals/{file.name}: {portal.id} stands also in {portals[portal.id].file}"
                )
            portals[portal.id] = portal
    return portals


def _portal(entry: Any, file: str) -> Portal:
    if not isinstance(entry, dict) or not _ID.fullmatch(str(entry.get("id", ""))):
        raise data.DataFileError(f"data/portals/{file}: an entry without a valid id: {entry}")
    home = str(entry.get("home") or "")
    if urlsplit(home).scheme not in ("http", "https") or not urlsplit(home).hostname:
        raise data.DataFileError(f"data/portals/{file}: {entry['id']} has no home address")
    unknown = set(entry) - {
        "id",
        "home",
        "name",
        "division",
        "state",
        "enabled",
        "hosts",
        "seeds",
        "expect",
        "scripted",
        "delay",
        "window",
    }
    if unknown:
        raise data.DataFileError(f"data/portals/{file}: {entry['id']} has unknown keys {', '.join(sorted(unknown))}")
    try:
        window = str(Window.parse(str(entry["window"]))) if entry.get("window") else None
    except ValueError as error:
        raise data.DataFileError(f"data/portals/{file}: {entry['id']}: {error}") from error
    return Portal(
        id=str(entry["id"]),
        home=home,
        name=entry.get("name"),
        division=str(entry["division"]) if entry.get("division") else None,
        state=str(entry.get("state", "unverified")),
        enabled=bool(entry.get("enabled", True)),
        hosts=tuple(entry.get("hosts") or ()),
        seeds=tuple(entry.get("seeds") or ()),
        expect=entry.get("expect"),
        scripted=bool(entry.get("scripted", False)),
        delay=float(entry["delay"]) if entry.get("delay") is not None else None,
        window=window,
        file=file,
    )


def resolve(target: str, portals: dict[str, Portal] | None = None) -> Portal:
    """The portal that a word of the command line means: an id, the home address of one, or any http(s) address."""
    portals = load() if portals is None else portals
    if target in portals:
        return portals[target]
    if "://" not in target and re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?(/.*)?", target):
        target = f"http://{target}"
    try:
        parts = urlsplit(target)
        port = parts.port
    except ValueError as error:
        raise UnknownPortal(f"{target} is not an address: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        if "://" in target:
            raise UnknownPortal(f"{target}: only http and https addresses can be crawled")
        raise UnknownPortal(
            f"there is no portal {target}; `gongkai portals list` shows them, or give an address (http://…)"
        )
    if not parts.path:
        target = target + "/"
    for portal in portals.values():
        if canonical(portal.home) == canonical(target):
            return portal
    host = parts.hostname.lower().removeprefix("www.")
    host = f"ipv6-{host.strip(':')}" if ":" in host else host  # the archive's folder is named so
    name = f"{host}-{port}" if port and port not in (80, 443) else host
    return Portal(id=re.sub(r"[^a-z0-9.-]", "-", name), home=target, state="by address")


def add(url: str, *, folder: Path | None = None, family: str | None = None) -> tuple[Portal, Path]:
    """Write an entry for an address to data/portals/added.yaml, state unverified. Refuses what is known."""
    portals = load(folder)
    portal = resolve(url, portals)
    if portal.file is not None:
        raise ValueError(f"{url} is known already as {portal.id} (data/portals/{portal.file})")
    file = (folder or data.path("portals")) / "added.yaml"
    if not file.exists():
        file.write_text(
            "# Portals added with `gongkai portals add`. Look at each, name it, give its division code, and"
            " move it.\nportals:\n",
            encoding="utf-8",
        )
    line = {"id": portal.id, "home": portal.home, "state": "unverified"}
    text = yaml.safe_dump([line], allow_unicode=True, sort_keys=False, default_flow_style=True, width=200).strip()[1:-1]
    with file.open("a", encoding="utf-8") as out:
        out.write(f"  - {text}" + (f"  # looks like {family}" if family else "") + "\n")
    return resolve(portal.id, load(folder)), file


@dataclass(frozen=True, slots=True)
class Health:
    """What the frontier knows of a portal: when it was visited, how that ended, since when it is silent."""

    portal: str
    home: str
    last_visit: str | None
    outcome: str | None
    reason: str | None
    silent_since: str | None  # the first of the failed visits without a finished one after them
    families: tuple[str, ...]
    reports: int
    blocked: tuple[str, ...]

    @property
    def line(self) -> str:
        """For the terminal."""
        if self.last_visit is None:
            return "never crawled"
        lists = f" in lists of {', '.join(self.families)}" if self.families else ""
        told = f"{self.reports} reports{lists}, last crawled {self.last_visit}: {self.outcome}"
        return told + (f", silent since {self.silent_since}" if self.silent_since else "")


def health(archive: Path, only: Portal | None = None) -> list[Health]:
    """What is known of the registered and the visited portals, from the archive's frontier; asks no network.

    For a portal that has never been visited everything but its home is None or 0.
    """
    portals = {only.id: only} if only else load()
    file = archive / "frontier.db"
    if not file.is_file():
        return [Health(each.id, each.home, None, None, None, None, (), 0, ()) for each in portals.values()]
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        homes = {name: portal.home for name, portal in portals.items()}
        if only is None:
            for name, url in db.execute("SELECT portal, url FROM page WHERE kind = 'seed' ORDER BY id DESC"):
                homes.setdefault(name, url)
        return [_health(db, name, home) for name, home in homes.items()]


def _health(db: sqlite3.Connection, portal: str, home: str) -> Health:
    visits = db.execute(
        "SELECT started, outcome, reason FROM visit WHERE portal = ? AND ended IS NOT NULL ORDER BY started DESC",
        (portal,),
    ).fetchall()
    silent: float | None = None
    for started, outcome, _ in visits:
        if outcome == "finished":
            break
        silent = started
    families = db.execute(
        "SELECT DISTINCT family FROM listing WHERE portal = ? AND family IS NOT NULL ORDER BY family", (portal,)
    ).fetchall()
    reports = db.execute("SELECT count(*) FROM page WHERE portal = ? AND report = 1", (portal,)).fetchone()[0]
    blocked = db.execute(
        "SELECT host, kind, until FROM block WHERE portal = ? AND until > ?", (portal, time.time())
    ).fetchall()
    last = visits[0] if visits else (None, None, None)
    return Health(
        portal, home, _day(last[0]), last[1], last[2], _day(silent), tuple(name for (name,) in families), reports,
        tuple(f"{host} ({kind}) until {_day(until)}" for host, kind, until in blocked),
    )  # fmt: skip


def _day(moment: float | None) -> str | None:
    return None if moment is None else datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d")
