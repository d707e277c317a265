"""An address to fetch: as discovery proposes it, and as the frontier holds it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Target:
    """An address to fetch, as discovery or a family proposes it."""

    url: str
    canonical: str
    host: str
    kind: str
    priority: float
    rule: str
    method: str = "GET"
    body: str | None = None
    anchor: str | None = None
    context: str | None = None
    branch: str | None = None
    family: str | None = None
    memo: str | None = None
    listing: str | None = None
    number: int | None = None
    year: int | None = None
    listed: str | None = None
    reason: str | None = None  # dropped from the start: what was seen and refused


@dataclass(slots=True)
class Row:
    """One row of the frontier, claimed for fetching."""

    id: int
    canonical: str
    url: str
    method: str
    body: str | None
    host: str
    priority: float
    kind: str
    rule: str
    via: str | None
    anchor: str | None
    context: str | None
    parent: int | None
    branch: str | None
    depth: int
    family: str | None
    memo: str | None
    listing: str | None
    number: int | None
    year: int | None
    listed: str | None
    due: float
    digest: str | None
    etag: str | None
    modified: str | None
    report: int
    tries: int
    conditional: int
    checks: int
    done: float | None
    extra: dict[str, object] = field(default_factory=dict)
