"""The site's own addresses, a module a kind of page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from publish.pages import report


def routes() -> list[tuple[str, Callable[..., Any]]]:
    """Every address of ours, with what answers it."""
    return [
        (r"^/report/(?P<id>[^/]+?)$", report.page),
    ]
