"""The site's own addresses, a module a kind of page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from publish.pages import archived, front, indicators, memento, outcomes, plain, problems, report


def routes() -> list[tuple[str, Callable[..., Any]]]:
    """Every address of ours, with what answers it."""
    return [
        (r"^/$", front.front),
        (r"^/places$", front.places),
        (r"^/place/(?P<code>\d{6,12})$", front.place),
        (r"^/portal/(?P<id>[^/]+?)$", front.portal),
        (r"^/organ/(?P<id>[^/]+?)$", front.organ),
        (r"^/report/(?P<id>[^/]+?)$", report.page),
        (r"^/archive/(?P<capture>[0-9A-Za-z_.-]+)$", archived.page),
        (r"^/-/raw/(?P<capture>[0-9A-Za-z_.-]+)$", archived.raw),
        (r"^/-/page/(?P<capture>[0-9A-Za-z_.-]+)$", archived.replay),
        (r"^/-/picture/(?P<capture>[0-9A-Za-z_.-]+)$", archived.picture),
        (r"^/-/timemap/(?P<capture>[0-9A-Za-z_.-]+)$", memento.timemap),
        (r"^/-/timegate/(?P<address>.+)$", memento.timegate),
        (r"^/indicators$", indicators.listing),
        (r"^/indicators/(?P<code>[a-z0-9_]+)$", indicators.one),
        (r"^/outcomes$", outcomes.page),
        (r"^/problems$", problems.listing),
        (r"^/problems/(?P<kind>[a-z]+)$", problems.one),
        (r"^/search$", plain.search),
        (r"^/codebook$", plain.codebook_page),
        (r"^/feed\.atom$", plain.feed),
        (r"^/robots\.txt$", plain.robots),
    ]
