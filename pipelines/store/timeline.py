"""What became of a report: from the readings of its addresses, in the order of their captures, to its versions.

A pure function of what was seen, ordered by time and capture: whoever crawled first, the same sightings give the same
versions.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlsplit

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Reading:
    """One record read at one address at one time. ``content`` is None where the address said the same before."""

    capture: str
    n: int
    portal: str
    url: str
    time: str
    verdict: str
    sense: str
    figures: str
    quality: int
    content: str | None
    page: str | None
    cut: int = 0  # 1: the answer broke off


@dataclass(frozen=True, slots=True)
class Sighting:
    """One answer of an address of the report: ``holds`` says what it was for this report."""

    time: str
    capture: str
    url: str
    # report, same (304, or the bytes that were read last), gone (404, 410, moved for good, or the crawl says so), other
    # (another report), nothing (a page without a report)
    holds: str
    sent: int = 0  # 1: with a page (status 200), which later answers may repeat


@dataclass(slots=True)
class Address:
    """One address of the report, and what stands there now."""

    url: str
    first_seen: str
    last_seen: str
    reading: Reading
    gone_since: str | None = None
    replaced: str | None = None  # capture that shows a page without any report there


@dataclass(frozen=True, slots=True)
class Version:
    """One state of the report. ``reading`` has its content."""

    number: int
    seen: str
    reading: Reading


@dataclass(slots=True)
class Timeline:
    """Everything that follows from the sightings. ``current`` is the last version's reading."""

    addresses: dict[str, Address] = field(default_factory=dict)
    versions: list[Version] = field(default_factory=list)
    doubled: list[Reading] = field(default_factory=list)  # other figures for the same report on the same page
    redundant: list[Reading] = field(default_factory=list)  # readings whose content is that of the one before

    @property
    def current(self) -> Reading:
        """The reading that the report shows."""
        return self.versions[-1].reading

    @property
    def gone_since(self) -> str | None:
        """Since when no address has it any more; None while one has."""
        gone = [address.gone_since for address in self.addresses.values()]
        return None if not gone or None in gone else max(time for time in gone if time)

    def conflicting(self) -> list[Address]:
        """Live addresses that state other figures than the report shows: for a person to decide."""
        return sorted(
            (
                address
                for address in self.addresses.values()
                if address.gone_since is None and address.reading.figures and self.current.figures
                and address.reading.figures != self.current.figures
            ),
            key=lambda address: address.url,
        )  # fmt: skip


def fold(readings: Iterable[Reading], sightings: Iterable[Sighting]) -> Timeline:
    """The timeline of one report. Needs at least one reading."""
    by_capture: dict[tuple[str, str], list[Reading]] = {}
    for reading in readings:
        by_capture.setdefault((reading.capture, reading.url), []).append(reading)
    timeline = Timeline()
    told: dict[str, str] = {}  # what the last page at each address was for the report
    for sighting in sorted(sightings, key=lambda each: (each.time, each.capture)):
        if sighting.holds == "same":
            sighting = replace(sighting, holds=told.get(sighting.url, "same"))
        elif sighting.sent and sighting.holds != "unknown":
            told[sighting.url] = "same" if sighting.holds == "report" else sighting.holds
        found = by_capture.get((sighting.capture, sighting.url))
        if found and sighting.holds != "gone":  # a soft 404 may read like a report whose link promised one
            # One page may hold the same report twice (its tables again in an annex): the fuller reading speaks.
            best = max(found, key=lambda each: (each.quality, -each.n))
            timeline.doubled.extend(each for each in found if each.n != best.n and each.figures != best.figures)
            _see(timeline, best)
        elif (address := timeline.addresses.get(sighting.url)) is not None:
            _notice(address, sighting)
            if address.gone_since is not None and timeline.current.url == address.url:
                _fall_back(timeline, sighting.time)
    return timeline


def _notice(address: Address, sighting: Sighting) -> None:
    if sighting.holds == "same":
        address.last_seen, address.gone_since, address.replaced = sighting.time, None, None
    elif sighting.holds in ("gone", "other"):
        address.gone_since = address.gone_since or sighting.time
    elif sighting.holds == "nothing":
        # A soft 404 or a challenge page: a person may look, but nothing is marked as gone for it.
        address.replaced = address.replaced or sighting.capture


def _see(timeline: Timeline, reading: Reading) -> None:
    address = timeline.addresses.get(reading.url)
    if address is None:
        timeline.addresses[reading.url] = Address(reading.url, reading.time, reading.time, reading)
        edited = False
    else:
        address.last_seen, address.gone_since, address.replaced = reading.time, None, None
        if address.reading.sense == reading.sense and address.reading.cut <= reading.cut:  # whole beats cut
            timeline.redundant.append(reading)
            return
        address.reading, edited = reading, True
    if not timeline.versions:
        timeline.versions.append(Version(1, reading.time, reading))
        return
    current = timeline.current
    if edited and current.url == reading.url:
        # The page was edited. A worse reading of it (its tables are pictures now) is still what it shows.
        _replace(timeline, reading, reading.time)
    elif _takes_place(timeline, reading):
        _replace(timeline, reading, reading.time)
    elif reading.figures == current.figures and reading.sense == current.sense:
        return
    elif _better(reading, current):
        _replace(timeline, reading, reading.time)
    elif reading.figures and reading.figures != current.figures and reading.quality == current.quality:
        # Two addresses contradict each other and are equally good: the newer one counts, and a person is told.
        _replace(timeline, reading, reading.time)


def _place(url: str) -> str:
    """Where a page stands, by http or https, with www or without: a portal that changes these moves no page."""
    return url.partition("://")[2].removeprefix("www.")


def _takes_place(timeline: Timeline, reading: Reading) -> bool:
    """Whether the report is from now on read at this address: the other has gone, or names no year."""
    current = timeline.current
    if reading.figures == current.figures and _names_year(reading.url, current.url):
        return True
    return not _alive(timeline, current) and bool(reading.figures or not current.figures)


def _names_year(url: str, other: str) -> bool:
    """Whether an address is the other one with a year beside it: that one shows whatever report is the newest."""
    one, two = urlsplit(url), urlsplit(other)
    more, less = set(parse_qsl(one.query)), set(parse_qsl(two.query))
    years = (value for _, value in more - less if _YEAR.fullmatch(value))
    return (one.netloc, one.path) == (two.netloc, two.path) and less < more and any(years)


def _better(reading: Reading, current: Reading) -> bool:
    return reading.quality > current.quality and reading.figures != current.figures


def _class(reading: Reading) -> int:
    return reading.quality // 10_000  # the verdict, without the number of figures


def _alive(timeline: Timeline, reading: Reading) -> bool:
    return timeline.addresses[reading.url].gone_since is None


def _fall_back(timeline: Timeline, time: str) -> None:
    """The address that the report was read from has gone: another one that still has it takes its place."""
    live = [address.reading for address in timeline.addresses.values() if address.gone_since is None]
    if live:
        best = max(live, key=lambda each: (each.quality, each.time, each.capture, each.n))
        if _class(best) >= _class(timeline.current) and (best.figures or not timeline.current.figures):
            _replace(timeline, best, time)


def _replace(timeline: Timeline, reading: Reading, time: str) -> None:
    """A new version where figures or the same page's text changed; the same version, better read, otherwise: so is the
    whole page after an answer that had broken off."""
    current = timeline.current
    elsewhere = _place(reading.url) != _place(current.url)
    same = elsewhere and (
        not current.figures  # only the attachment's link, or an unreadable scan: nothing that could have changed
        or reading.figures == current.figures
        or _class(reading) > _class(current)  # the same report, but whole; if it says otherwise, that is told apart
    )
    if current.cut > reading.cut or same or reading.sense == current.sense:
        timeline.versions[-1] = replace(timeline.versions[-1], reading=reading)
    else:
        timeline.versions.append(Version(timeline.versions[-1].number + 1, time, reading))


def readings_of(connection: sqlite3.Connection, report: str) -> list[Reading]:
    """All readings of a report."""
    rows = connection.execute(
        "SELECT r.capture, r.n, r.portal, r.url, r.time, r.verdict, r.sense, r.figures, r.quality, r.content, r.page, "
        "c.truncated IS NOT NULL FROM reading r JOIN capture c ON c.id = r.capture "
        "WHERE r.report = ? ORDER BY r.time, r.capture, r.n",
        (report,),
    )
    readings = [Reading(*row) for row in rows]
    kept = {(each.url, each.sense): each.content for each in reversed(readings) if each.content is not None}
    return [
        each if each.content is not None else replace(each, content=kept.get((each.url, each.sense)))
        for each in readings
    ]


#: The digest of what was read last at an address before an answer ``c`` (``pipelines.store.repeats``).
_READ_LAST = (
    "SELECT b.digest FROM reading g JOIN capture b ON b.id = g.capture WHERE g.url = c.url AND g.portal = c.portal AND "
    "(g.time, g.capture) < (c.time, c.id) AND b.truncated IS NULL ORDER BY g.time DESC, g.capture DESC LIMIT 1"
)


def sightings_of(connection: sqlite3.Connection, report: str, urls: Iterable[str]) -> list[Sighting]:
    """Every answer of the report's addresses."""
    found: list[Sighting] = []
    for url in sorted(set(urls)):
        rows = connection.execute(
            "SELECT c.time, c.id, c.url, CASE WHEN c.status IN (404, 410, 301, 308) OR EXISTS "
            "(SELECT 1 FROM problem p WHERE p.capture = c.id AND p.code = 'report-gone') THEN 'gone' "
            "WHEN c.status = 304 THEN 'same' "
            "WHEN SUM(r.report = ?) THEN 'report' WHEN COUNT(r.report) THEN 'other' "
            "WHEN c.status = 200 AND COUNT(r.capture) THEN 'nothing' "
            f"WHEN c.status = 200 AND c.truncated IS NULL AND c.digest = ({_READ_LAST}) THEN 'same' "
            "ELSE 'unknown' END, c.status = 200 "
            "FROM capture c LEFT JOIN reading r ON r.capture = c.id WHERE c.url = ? "
            "AND (c.kind != 'resource' OR c.status = 200) GROUP BY c.id",
            (report, url),
        )
        found.extend(Sighting(*row) for row in rows)
    return found
