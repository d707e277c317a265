"""What the robots.txt of a scheme, host and port allows (RFC 9309), and how long it wants between two requests."""

from __future__ import annotations

import re
from dataclasses import dataclass

from protego import Protego

from crawler.discovery.charset import decode

_MOST = 512_000  # bytes of a file that are read; RFC 9309 wants 500 KiB at least
_RULE = re.compile(r"^\s*(?:user-agent|disallow)\s*:", re.I | re.M)
# What people write and the parser would not take: a name with its version, 2,5 and 10s for seconds.
_VERSION = re.compile(r"^(\s*user-agent\s*:\s*[a-z_-]+)/[^\s#]*", re.I | re.M)
_SECONDS = re.compile(
    r"^(\s*crawl-delay\s*:\s*\d+)(?:[.,](\d+))?[^\S\n]*(?:s|sec|seconds?|秒)?[^\S\n]*(?=#|$)", re.I | re.M
)


@dataclass(slots=True)
class Rules:
    """The rules of one scheme, host and port.

    ``state`` is what is recorded: allowed, disallowed (all of it), unavailable, unreachable. ``delay`` is the seconds
    between two requests, as they are asked for. ``silent``: there was no answer at all.
    """

    state: str
    delay: float = 0.0
    robots: Protego | None = None
    silent: bool = False

    def allows(self, url: str, agent: str) -> bool:
        """Whether this address may be asked for."""
        if self.state == "unreachable":
            return False
        return self.robots is None or bool(self.robots.can_fetch(url, product(agent)))


def read_robots(status: int, body: bytes, agent: str, host_url: str) -> Rules:
    """The rules from the answer to /robots.txt.

    4xx means no rules, 5xx that nothing may be fetched now (RFC 9309, 2.3.1), and so does 429: too many requests.
    """
    if status >= 500 or status == 429:
        return Rules("unreachable")
    agent = product(agent)
    if status != 200:
        return Rules("unavailable")
    text = decode(body[:_MOST]).lstrip("\ufeff")
    if ("<html" in text[:2000].lower() or "<!doctype" in text[:200].lower()) and not _RULE.search(text):
        return Rules("unavailable")  # a soft 404
    text = _VERSION.sub(r"\1", text)
    robots = Protego.parse(_SECONDS.sub(lambda found: f"{found[1]}.{found[2] or 0}", text))
    delay = robots.crawl_delay(agent)
    rate = robots.request_rate(agent)
    seconds = float(delay or 0)
    if rate is not None and rate.requests:
        seconds = max(seconds, rate.seconds / rate.requests)
    everything = not robots.can_fetch(host_url.rstrip("/") + "/", agent)
    return Rules("disallowed" if everything else "allowed", seconds, robots)


def product(agent: str) -> str:
    """The token by which robots.txt names us: the user agent without version and contact, whose words are no names."""
    return agent.partition("/")[0]
