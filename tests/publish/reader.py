"""A reader with a browser: what browser tests of the site have in common."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit


class Person:
    """A reader with a browser, of whom everything is noted that should not happen."""

    def __init__(self, browser: Any, address: str, *, language: str = "zh-CN", width: int = 1280) -> None:
        self.address = address
        self.context = browser.new_context(
            locale=language, viewport={"width": width, "height": 900}, accept_downloads=True
        )
        self.page = self.context.new_page()
        self.noted: list[str] = []
        self.page.on(
            "console", lambda message: self.noted.append(message.text) if message.type in ("error", "warning") else None
        )
        self.page.on("pageerror", lambda error: self.noted.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.noted.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("request", self._asked)
        self.page.on("requestfailed", self._blocked)

    def _asked(self, request: Any) -> None:
        if urlsplit(request.url).scheme in ("http", "https") and not request.url.startswith(self.address):
            self.noted.append(f"asked another host: {request.url}")

    def _blocked(self, request: Any) -> None:
        """What the page's policy stopped was never sent."""
        if "csp" in str(request.failure).lower() or "BLOCKED" in str(request.failure):
            self.noted = [note for note in self.noted if note != f"asked another host: {request.url}"]

    def go(self, path: str) -> None:
        answer = self.page.goto(self.address + path)
        assert answer is not None and answer.status == 200, path
        self.page.locator("figure.chart:not([data-drawn])").first.wait_for(state="detached")
