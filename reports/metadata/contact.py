"""Whom to ask: stub until the office's paragraph is read."""

from __future__ import annotations

from reports.metadata.places import Places
from reports.record import Contact


def contact(places: Places, organ: str | None) -> Contact:
    """The office to ask."""
    return Contact()
