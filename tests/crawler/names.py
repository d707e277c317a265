"""Names for a portal of several hosts on loopback: a resolver that knows them, and servers on several addresses."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import ThreadingHTTPServer
from typing import Any

from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer

from tests.crawler.site import Reply, Site, serving

DOMAIN = "yunxi.gov.cn"
#: 信息公开 and 教育 are one server by two names, 财政 is another, and what is no name of the portal is a third.
ADDRESSES = {f"www.{DOMAIN}": "127.0.0.1", f"jyj.{DOMAIN}": "127.0.0.1", f"czj.{DOMAIN}": "127.0.0.2"}
ELSEWHERE = "127.0.0.3"
#: For ``crawl(…, settings=…)``.
SETTING = {"TWISTED_DNS_RESOLVER": "tests.crawler.names.Resolver"}


class Resolver(CachingThreadedResolver):
    """Every name has an address here."""

    def getHostByName(self, name: str, timeout: Any = ()) -> defer.Deferred[str]:
        """At once."""
        return defer.succeed(ADDRESSES.get(name, name if name[:1].isdigit() else ELSEWHERE))


@contextmanager
def serving_names(pages: dict[str, Reply | str]) -> Iterator[Site]:
    """One site on all the addresses, under one port; its pages look at the header Host where it matters."""
    with serving(pages) as site, ExitStack() as stack:
        for address in {*ADDRESSES.values(), ELSEWHERE} - {"127.0.0.1"}:
            server = ThreadingHTTPServer((address, site.port), site.server.RequestHandlerClass)
            server.daemon_threads = True
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
        site.home = f"http://www.{DOMAIN}:{site.port}/"
        yield site
