"""``gongkai status``: coverage, freshness, failures, overdue reports."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.table import Table

from cli.options import archive_option, fail, one_line_errors, printer

MOST_OVERDUE = 20  # lines; all of them are on the site


@click.command(short_help="coverage, freshness, failures, overdue reports")
@archive_option
def command(archive: Path) -> None:
    """Show what the archive holds, when each portal was last crawled and how that ended, and which reports are overdue
    against the statutory dates. Exit status 1 if a portal's last crawl failed.

    \b
    Example:
      gongkai status
    """
    from pipelines.status import status
    from pipelines.store import StoreError

    if not (archive / "gongkai.db").is_file():
        fail(f"no database in {archive}: crawl first, or make it again with gongkai rebuild")
    with one_line_errors():
        try:
            found = status(archive)
        except StoreError as error:
            fail(str(error))
    out = printer()
    verdicts = ", ".join(f"{number} {verdict}" for verdict, number in found.verdicts.items())
    out.print(f"{found.reports} reports of {found.organs} organs: {verdicts}", soft_wrap=True)
    out.print(
        f"{found.captures} captures; {found.changed} reports edited after publication, {found.gone} gone, "
        f"{found.late} published late",
        soft_wrap=True,
    )
    if found.not_in_database:
        out.print(
            f"{found.not_in_database} captures not in the database yet; the next crawl reads them", soft_wrap=True
        )
    out.print(_coverage(found.years))
    out.print(_portals(found.portals))
    if found.overdue:
        out.print(f"Overdue against the statutory date: {len(found.overdue)}")
        for late in found.overdue[:MOST_OVERDUE]:
            out.print(f"  {late.name} {late.year}: due {late.due}, {late.days} days ago", markup=False, soft_wrap=True)
        if len(found.overdue) > MOST_OVERDUE:
            out.print(f"  … and {len(found.overdue) - MOST_OVERDUE} more; gongkai serve shows them all")
    if found.problems:
        told = ", ".join(
            f"{number} {code}" for code, number in sorted(found.problems.items(), key=lambda each: -each[1])
        )
        out.print(f"Problems: {told}", soft_wrap=True, markup=False)
    if found.failures:
        for portal in found.failures:
            told = f"{portal.id}: the last crawl was {portal.outcome}" + (f": {portal.reason}" if portal.reason else "")
            if portal.silent_since:
                told += f"; silent since {portal.silent_since[:10]}"
            out.print(told, markup=False, soft_wrap=True)
        sys.exit(1)


def _coverage(years: dict[int, tuple[int, int]]) -> Table:
    table = Table("year", "found", "expected", title="Coverage", title_justify="left")
    for year in sorted(years, reverse=True):
        found, expected = years[year]
        table.add_row(str(year), str(found), str(expected))
    return table


def _portals(portals: list) -> Table:  # type: ignore[type-arg]
    table = Table(
        "portal", "reports", "verified", "last crawl", "days ago", "outcome", title="Portals", title_justify="left"
    )
    for each in portals:
        table.add_row(
            each.name or each.id, str(each.reports), str(each.verified), (each.last_crawl or "never")[:10],
            "" if each.days_since is None else str(each.days_since), each.outcome or "",
        )  # fmt: skip
    return table
