"""First contact with a portal: one polite look at its home page, before it is entered or to see that it still answers.

Two requests a portal, robots.txt and the home page, with the crawl's own user agent. Nothing is archived: a crawl
does that.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import httpx

from crawler.address import Boundary, origin_of
from crawler.capture.hosts import PrivateAddress
from crawler.capture.single import public_transport
from crawler.discovery.page import decode, read_page
from crawler.families import recognise
from crawler.politeness.blocks import challenge, outage
from crawler.politeness.robots import Rules, read_robots
from crawler.portals.registry import Health, Portal, add, health, load, resolve
from crawler.settings import USER_AGENT

TIMEOUT = 30.0  # seconds; slow portals answer within it
LONGEST = 60.0  # seconds for a whole home page
MOST_BYTES = 2_000_000  # of a home page: enough for its title and its vendor's words
_TITLE = re.compile(r"<title[^>]*>([^<]{1,200})", re.I)


class RegistrationError(ValueError):
    """The portal was not entered; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a portal's home page answered."""

    portal: Portal
    answers: bool
    what: str  # "200, trs" or why not
    title: str = ""
    families: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """For the terminal."""
        return f"{self.portal.id}: {self.what} ({self.portal.home})"


class _Outside(ValueError):
    """An address that must not be asked for: a redirect that leaves the portal, or what robots.txt forbids."""


def ask(portal: Portal, *, allow_private_hosts: bool = False) -> Answer:
    """Look at a home page once. Never raises on what the network does."""
    boundary = Boundary.around(portal.home, portal.hosts)
    known: dict[str, Rules] = {}

    def admit(request: httpx.Request) -> None:
        """Every request, those of redirects too: inside the portal, and as its robots.txt allows."""
        url = str(request.url)
        if not boundary.holds(url):
            raise _Outside(f"sends on to {url}, outside the portal; enter that address if it is the new one")
        if request.url.path == "/robots.txt":
            return
        origin = origin_of(url)
        if origin not in known:
            robots = web.get(urljoin(url, "/robots.txt"))
            known[origin] = read_robots(robots.status_code, robots.content, USER_AGENT, url)
            time.sleep(min(known[origin].delay, TIMEOUT))
        if not known[origin].allows(url, USER_AGENT):
            raise _Outside(
                "robots.txt answers with an error"
                if known[origin].state == "unreachable"
                else f"robots.txt forbids {'the home page' if url == portal.home else url}"
            )

    web = httpx.Client(
        headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity"},
        timeout=TIMEOUT,
        follow_redirects=True,
        event_hooks={"request": [admit]},
        transport=None if allow_private_hosts else public_transport(),
    )
    try:
        with web, web.stream("GET", portal.home) as home:
            body, until = b"", time.monotonic() + LONGEST
            for piece in home.iter_bytes():
                body += piece
                if len(body) > MOST_BYTES:
                    break
                if time.monotonic() > until:
                    raise httpx.ReadTimeout("the answer does not end")
    except _Outside as outside:
        return Answer(portal, False, str(outside))
    except (httpx.HTTPError, httpx.InvalidURL, PrivateAddress, ValueError) as error:
        return Answer(portal, False, f"does not answer: {error or type(error).__name__}")
    blocked = challenge(home.status_code, home.headers.get("set-cookie", ""), body)
    if blocked is not None:
        return Answer(portal, False, f"blocked by a challenge page ({blocked}); it is not attacked")
    if home.status_code != 200:
        return Answer(portal, False, f"answers {home.status_code}")
    text = decode(body, home.headers.get("content-type", ""))
    found = _TITLE.search(text)
    title = " ".join(unescape(found[1]).split()) if found else ""
    if not text.strip():
        return Answer(portal, False, "answers with an empty page")
    page = read_page(str(home.url), text)
    if outage(page, boundary):
        return Answer(portal, False, f"says that it is shut for a while ({title})")
    families = tuple(recognise(text))
    sends = f"; the page only sends on to {page.redirect}" if page.redirect else ""
    return Answer(portal, True, f"200, {', '.join(families) or 'no known family'}{sends}", title, families)


def register(
    url: str, *, allow_private_hosts: bool = False, folder: Path | None = None, tests: Path | None = None
) -> Iterator[str]:
    """Enter a portal and write the test that fails until somebody has looked. Gives lines for the terminal.

    Raises ``RegistrationError`` where the address is known already, is none, or does not answer.
    """
    try:
        portal = resolve(url, load(folder))
        if portal.file is not None:
            raise RegistrationError(f"{url} is known already as {portal.id} (data/portals/{portal.file})")
        answer = ask(portal, allow_private_hosts=allow_private_hosts)
        if not answer.answers:
            raise RegistrationError(f"{portal.home}: {answer.what}; nothing was entered")
        entered, file = add(url, folder=folder, family=answer.families[0] if answer.families else None)
    except ValueError as error:
        raise error if isinstance(error, RegistrationError) else RegistrationError(str(error)) from error
    yield f"{entered.id}: {answer.what}; the page calls itself “{answer.title}”"
    yield f"entered in {file}: give it a name and its division code there"
    yield f"written {_test(entered, tests)}, which fails until that is done"


def check(
    target: str | None = None, *, archive: Path | None = None, allow_private_hosts: bool = False
) -> Iterator[tuple[Answer, Health | None]]:
    """Ask one portal, or every enabled one of the registry, one after the other; with what an archive knows of each.

    A portal that refuses (a block in the archive's frontier) is not asked before the day on which a crawl may.
    """
    portals = [resolve(target)] if target else [portal for portal in load().values() if portal.enabled]
    only = portals[0] if target else None
    known = {each.portal: each for each in health(archive, only)} if archive else {}
    for portal in portals:
        found = known.get(portal.id)
        if found is not None and found.blocked:
            yield Answer(portal, False, f"not asked, it is left alone: {', '.join(found.blocked)}"), found
        else:
            yield ask(portal, allow_private_hosts=allow_private_hosts), found


def _test(portal: Portal, folder: Path | None) -> Path:
    folder = folder or Path(__file__).resolve().parents[2] / "tests" / "crawler" / "registered"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"test_{re.sub(r'[^a-z0-9]', '_', portal.id)}.py"
    path.write_text(
        f'''"""Written by `gongkai portals add {portal.home}`: fails until somebody has looked at the entry."""

from crawler.portals.registry import load


def test_somebody_has_looked_at_it() -> None:
    portal = load()["{portal.id}"]
    assert portal.name and portal.division, (
        "open {portal.home} in a browser, then give the portal's name and its GB/T 2260 division code in data/portals/"
    )
''',
        encoding="utf-8",
    )
    return path
