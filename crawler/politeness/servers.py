"""Which host names are one server: sub-sites, www and the bare name, mobile twins. They share one queue and one delay.

"One request at a time" would mean little to a server that is known by thirty names. Names are resolved before their
first request, through the resolver of the crawl, whose cache the request then uses.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

logger = logging.getLogger(__name__)


class Servers:
    """Server by host name: its first address with the port, or the name itself where it cannot be resolved."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._looking: set[str] = set()

    def of(self, host: str) -> str | None:
        """The server of a host, or None where it is not known yet."""
        return self._known.get(host)

    @property
    def looking(self) -> bool:
        """Whether a name is being resolved."""
        return bool(self._looking)

    def names(self, servers: set[str], hosts: set[str]) -> set[str]:
        """Those of ``hosts`` that are one of ``servers``, or whose server is being looked up."""
        return {host for host in hosts if host in self._looking or self._known.get(host) in servers}

    def look_up(self, host: str, then: Callable[[], None]) -> None:
        """Resolve a name; ``then`` is called when its server is known."""
        from twisted.internet import reactor as installed  # the one that Scrapy has chosen by now

        from crawler.capture.hosts import resolve

        reactor: Any = installed
        name, colon, port = host.rpartition(":") if host.rpartition(":")[2].isdecimal() else (host, "", "")
        self._looking.add(host)

        def found(addresses: list[str]) -> None:
            self._looking.discard(host)
            self._known[host] = f"{min(addresses)}{colon}{port}" if addresses else host
            then()

        def failed(failure: Any) -> None:
            logger.info("%s cannot be resolved: %s", host, failure.getErrorMessage())
            found([])

        resolve(reactor, name.strip("[]")).addCallbacks(found, failed)
