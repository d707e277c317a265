"""One page in the browser: what it asks for is answered by the crawl or from memory, or refused."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from scrapy.http import Response

from crawler.browser import places

logger = logging.getLogger(__name__)

SETTLE = 180.0  # seconds for a page to come to rest; its requests wait for each other
MOST_REQUESTS = 40  # of one page as it is loaded
PER_STEP = 4  # more for each step of a walk
_STILL = 0.04  # seconds between looks whether anything is asked for
_LOOKS = 3  # of them without a request: what a click began is done

#: Answers a browser's request (Playwright's); None where it may not be made.
Fetch = Callable[[Any], Awaitable[Response | None]]


class PageVisit:
    """Answers a page's requests, keeps it where it is while it is walked through, and tells where it wanted to go."""

    def __init__(self, fetch: Fetch, response: Response, url: str, page: Any) -> None:
        self.fetch, self.response, self.url, self.page = fetch, response, url, page
        self.until = time.monotonic() + SETTLE
        self.asked = 0
        self.most = MOST_REQUESTS
        self._answers: dict[tuple[str, str, bytes], Response] = {}
        self._under_way = 0
        self._opening = True  # a page of its own accord may send on while it is loaded
        self._led: str | None = None

    async def serve(self, route: Any) -> None:
        """Give the page what the crawl has or fetches, refuse the rest."""
        self._under_way += 1
        try:
            await self._serve(route, route.request)
        finally:
            self._under_way -= 1

    async def _serve(self, route: Any, wanted: Any) -> None:
        if not self._opening and wanted.is_navigation_request() and wanted.frame == self.page.main_frame:
            self._led = wanted.url if wanted.method == "GET" else None
            await route.fulfill(status=204)  # nothing to show: the browser stays where it is
            return
        try:
            found = await self._found(wanted)
        except Exception as error:  # whatever keeps the downloader from answering is an error of the network there
            logger.info("%s is not had for the browser: %s", wanted.url, error)
            found = None
        if found is None:
            await route.abort()
            return
        headers = {
            name.decode("latin-1"): b", ".join(values).decode("latin-1")
            for name, values in found.headers.items()
            if name.lower() not in (b"content-length", b"transfer-encoding", b"content-encoding", b"set-cookie")
        }
        await route.fulfill(status=found.status, headers=headers, body=found.body)

    async def _found(self, wanted: Any) -> Response | None:
        key = (wanted.method, wanted.url, wanted.post_data_buffer or b"")
        if key in self._answers:
            return self._answers[key]
        if self.asked >= self.most or time.monotonic() > self.until:
            return None
        first = wanted.is_navigation_request() and self.asked == 0  # fetched already
        self.asked += 1
        found = self.response if first else await self.fetch(wanted)
        if found is not None:
            self._answers[key] = found
        return found

    async def reopen(self) -> None:
        """Show the page as it was at first, coming from elsewhere: else another route of it would load nothing."""
        self._opening = True
        await self.page.goto("about:blank")
        await self.page.goto(self.url, wait_until="load", timeout=SETTLE * 1000)
        await self.quiet()

    async def quiet(self) -> None:
        """Wait until nothing is asked for; from now on a click does not load another page."""
        self.most += PER_STEP
        looks = 0
        while looks < _LOOKS and time.monotonic() < self.until:
            await self.page.evaluate(places.PAUSE)  # on a busy machine the page may not have come to the click yet
            await asyncio.sleep(_STILL)
            looks = 0 if self._under_way else looks + 1
        self._opening = False

    def led(self) -> str | None:
        """Where the last click would have loaded another page; asked once."""
        led, self._led = self._led, None
        return led
