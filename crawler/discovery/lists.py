"""What a column lists, page by page, and the proof that it was read to its end.

A list that stops short of it is ``incomplete``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from crawler.address import canonical, host_of
from crawler.discovery.page import Link
from crawler.families.listing import Listing, Step
from crawler.frontier.frontier import Frontier, Row, Target

_MISSING = " is missing"


@dataclass(slots=True)
class Turned:
    """One page of a list as it was noted.

    How many entries, how many of them new, which known ones read differently now.
    """

    entries: int
    new: int
    changed: list[str]
    vanished: list[str]  # stood on this page before and do not now: removed, or moved on by newer ones
    returned: list[str]  # had vanished, and are listed again
    rearranged: bool = False  # entries of later pages stand here now, as they do where a list is sorted anew


def note(frontier: Frontier, row: Row, name: str, number: int, links: Iterable[Link]) -> Turned:
    """Record the entries of one page."""
    entries: dict[str, Link] = {}
    for link in links:
        known_link = entries.setdefault(canonical(link.url), link)
        if link.date and not known_link.date:
            entries[canonical(link.url)] = link
    new, changed, returned = 0, [], []
    risen = 0
    with frontier.transaction() as db:
        db.execute(  # a page that was missing is there again
            "UPDATE listing SET proof = NULL WHERE portal = ? AND listing = ? AND proof = ?",
            (frontier.portal, name, missing(number)),
        )
        before = db.execute(
            "SELECT canonical FROM entry WHERE portal = ? AND listing = ? AND number = ?",
            (frontier.portal, name, number),
        ).fetchall()
        vanished = [key for (key,) in before if key not in entries] if row.checks and entries else []
        db.executemany(
            "UPDATE entry SET number = NULL WHERE portal = ? AND listing = ? AND canonical = ?",
            [(frontier.portal, name, key) for key in vanished],  # told once, not at every visit
        )
        for key, link in entries.items():
            known = db.execute(
                "SELECT text, listed, number FROM entry WHERE portal = ? AND listing = ? AND canonical = ?",
                (frontier.portal, name, key),
            ).fetchone()
            if known is None:
                new += 1
            elif link.text != known[0] or (link.date and known[1] and link.date != known[1]):
                changed.append(key)
            elif known[2] is None:
                returned.append(key)
            risen += known is not None and known[2] is not None and known[2] > number
            db.execute(
                "INSERT INTO entry (portal, listing, canonical, text, listed, number) VALUES (?,?,?,?,?,?)"
                " ON CONFLICT DO UPDATE SET text = excluded.text, listed = coalesce(excluded.listed, listed),"
                " number = excluded.number",
                (frontier.portal, name, key, link.text, link.date, number),
            )
    sorted_anew = risen > 1 or (risen > 0 and _oldest_first(entries.values()))  # one removed entry moves one up
    return Turned(len(entries), new, changed, vanished, returned, sorted_anew and row.checks > 0)


def _oldest_first(links: Iterable[Link]) -> bool:
    dates = [link.date for link in links if link.date]
    return len(dates) > 1 and dates == sorted(dates) and dates[0] < dates[-1]


def announce(frontier: Frontier, name: str, url: str, title: str, listing: Listing | None) -> bool:
    """Record a list and what it says about its length; what one page does not say another may have said.

    Whether it had announced another length before.
    """
    with frontier.transaction() as db:
        before = db.execute(
            "SELECT records, pages FROM listing WHERE portal = ? AND listing = ?", (frontier.portal, name)
        ).fetchone()
        db.execute(
            "INSERT INTO listing (portal, listing, url, title, family, records, pages) VALUES (?,?,?,?,?,?,?)"
            " ON CONFLICT DO UPDATE SET records = coalesce(excluded.records, records), pages ="
            " coalesce(excluded.pages, pages),"
            " family = coalesce(excluded.family, family)",
            (
                frontier.portal, name, url, title[:200], listing.family if listing else None,
                listing.records if listing else None, listing.pages if listing else None,
            ),
        )  # fmt: skip
    if before is None or listing is None:
        return False
    if before[1] is None and (listing.pages or 0) > 1:  # one page needs no count
        return True
    now = (listing.records, listing.pages)
    return any(old and new and old != new for old, new in zip(before, now, strict=True))


def close(frontier: Frontier, name: str, number: int, proof: str, *, failed: bool = False, error: bool = False) -> str:
    """Decide whether a list that ended at page ``number`` was read whole.

    ``failed``: the page was missing, empty or repeated: templates count one more than anybody published. ``error``: the
    portal could not give the page, which is there for all that is known.
    """
    found = frontier.db.execute(
        "SELECT records, pages,"
        " (SELECT count(*) FROM entry e WHERE e.portal = l.portal AND e.listing = l.listing), proof"
        " FROM listing l WHERE portal = ? AND listing = ?",
        (frontier.portal, name),
    ).fetchone()
    if not found:
        return "open"
    records, pages, entries, before = found
    state = "complete"
    if records is not None and entries < records:
        state, proof = "incomplete", f"{entries} of {records} announced entries; {proof}"
    elif records is None and pages is not None and number - error < pages:
        state, proof = "incomplete", f"{number - failed} of {pages} announced pages; {proof}"
    elif records is not None:
        proof = f"{entries} of {records} announced entries"
    elif error and pages is None:
        state = "incomplete"
    elif (before or "").endswith(_MISSING) and number > 1:
        state, proof = "incomplete", str(before)
    frontier.db.execute(
        "UPDATE listing SET state = ?, proof = ? WHERE portal = ? AND listing = ?",
        (state, proof, frontier.portal, name),
    )
    return state


def goes_on(frontier: Frontier, name: str, number: int, targets: list[Target]) -> None:
    """Close a list all of whose further pages are known as those of another one, which tells of their end."""
    others = [found.listing for each in targets if (found := frontier.get(each.canonical))]
    if len(others) == len(targets) > 0 and not {each.listing for each in targets}.intersection(others):
        close(frontier, name, number, f"goes on as {others[0]}")


def known(frontier: Frontier, name: str) -> int:
    """How many entries a list has shown."""
    counted = "SELECT count(*) FROM entry WHERE portal = ? AND listing = ?"
    return int(frontier.db.execute(counted, (frontier.portal, name)).fetchone()[0])


def missing(number: int) -> str:
    """The proof of a list that lacks this page."""
    return f"page {number}{_MISSING}"


def more_pages(frontier: Frontier, name: str, number: int) -> bool:
    """Whether a list announces pages behind this one."""
    found = frontier.db.execute(
        "SELECT pages FROM listing WHERE portal = ? AND listing = ?", (frontier.portal, name)
    ).fetchone()
    return bool(found and found[0] and found[0] > number)


def leave(frontier: Frontier, name: str, state: str, proof: str) -> None:
    """Record why a list was not read to its end."""
    frontier.db.execute(
        "UPDATE listing SET state = ?, proof = ? WHERE portal = ? AND listing = ?",
        (state, proof, frontier.portal, name),
    )


def sample(frontier: Frontier) -> None:
    """Lists of notices whose next page was left with all exploration were looked into, and promise nothing."""
    frontier.db.execute(
        "UPDATE listing SET state = 'sampled', proof = 'a list of notices, left because exploration found nothing'"
        " WHERE portal = ? AND state = 'open' AND listing IN (SELECT listing FROM page WHERE portal = ?"
        " AND kind = 'notice' AND state = 'dropped' AND reason LIKE 'low yield%')",
        (frontier.portal, frontier.portal),
    )


def short(frontier: Frontier, name: str) -> str:
    """What says of a list that more is there than was seen of it, but for a page that its portal has lost; else ""."""
    found = frontier.db.execute(
        "SELECT proof FROM listing WHERE portal = ? AND listing = ? AND state = 'incomplete'", (frontier.portal, name)
    ).fetchone()
    proof = str(found[0] or "incomplete") if found else ""
    return "" if proof.endswith(_MISSING) else proof


def complete(frontier: Frontier, name: str) -> bool:
    """Whether a list was read to its end before."""
    found = frontier.db.execute(
        "SELECT state FROM listing WHERE portal = ? AND listing = ?", (frontier.portal, name)
    ).fetchone()
    return bool(found and found[0] == "complete")


def last_page(frontier: Frontier, name: str) -> int:
    """The number of the last page of a list on which entries stand; 0 where none do."""
    found = frontier.db.execute(
        "SELECT max(number) FROM entry WHERE portal = ? AND listing = ?", (frontier.portal, name)
    ).fetchone()
    return int(found[0] or 0)


def target(step: Step, *, kind: str, priority: float, name: str, family: str | None = None) -> Target:
    """A list's next page as a row of the frontier."""
    memo = dict(step.memo)
    if step.otherwise:
        memo["otherwise"] = [pack(each) for each in step.otherwise]
    return Target(
        url=step.url,
        canonical=key_of(step),
        host=host_of(step.url),
        kind=kind,
        priority=priority,
        rule=f"page {step.number} of the list",
        method=step.method,
        body=step.body,
        family=step.family,
        memo=json.dumps(memo, ensure_ascii=False, sort_keys=True) if memo else None,
        listing=name,
        number=step.number,
        branch=f"pager:{name}",
    )


def key_of(step: Step) -> str:
    """The row's canonical address: a POST is known by its body too, a fragment by its reader."""
    key = canonical(step.url)
    return f"POST {key} {step.body or ''}" if step.method == "POST" else key


def pack(step: Step) -> dict[str, object]:
    """A step as JSON."""
    return {
        "url": step.url, "number": step.number, "method": step.method, "body": step.body, "family": step.family,
        "memo": step.memo, "otherwise": [pack(each) for each in step.otherwise],
    }  # fmt: skip


def unpack(value: object) -> Step:
    """The step that ``pack`` wrote."""
    assert isinstance(value, dict)
    return Step(
        url=value["url"], number=value["number"], method=value["method"], body=value["body"], family=value["family"],
        memo=value["memo"], otherwise=[unpack(each) for each in value["otherwise"]],
    )  # fmt: skip


def longer(frontier: Frontier, name: str, number: int, listing: Listing) -> bool:
    """Whether what was the last page of a list leads on to one that is new."""
    was_last = number >= last_page(frontier, name)
    keys = [key_of(step) for step in listing.steps if step.linked or (listing.pages or 0) > number]
    return was_last and any(frontier.state_of(key) is None for key in keys)


def all_announced(frontier: Frontier, name: str, *, exactly: bool = False) -> bool:
    """Whether as many entries of a list have been seen as it announces."""
    found = frontier.db.execute(
        "SELECT records, (SELECT count(*) FROM entry e WHERE e.portal = l.portal AND e.listing = l.listing)"
        " FROM listing l WHERE portal = ? AND listing = ?",
        (frontier.portal, name),
    ).fetchone()
    return bool(found and found[0] and (found[1] == found[0] if exactly else found[1] >= found[0]))
