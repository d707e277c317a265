"""``gongkai rebuild``: the database again from the archived pages."""

from __future__ import annotations

import os
from pathlib import Path

import click

from cli.options import archive_option, console, existing_archive, fail, one_line_errors, progress_bar


@click.command(short_help="make the database again from the archive")
@archive_option
@click.option("--jobs", type=click.IntRange(min=1), default=os.cpu_count() or 1, show_default="all cores")
@click.option("--dry-run", is_flag=True, help="Only list, cell by cell, what would be read differently.")
def command(archive: Path, jobs: int, dry_run: bool) -> None:
    """Extract every archived page again, without network, into a fresh database that replaces the old one when it is
    complete. What the present extractor reads differently is listed cell by cell. An interrupted rebuild goes on where
    it stopped.

    \b
    Example:
      gongkai rebuild --dry-run | tee differences.txt
    """
    from archive import ArchiveError
    from pipelines.rebuild import rebuild
    from pipelines.store import StoreError, publish_snapshot

    existing_archive(archive)
    with one_line_errors():
        try:
            with progress_bar("bytes") as progress:
                task = progress.add_task("extracting", total=None)

                def advance(done: int, total: int, what: str) -> None:
                    progress.update(task, completed=done, total=total, description=what or "extracting")

                made = rebuild(archive, jobs=jobs, progress=advance, dry_run=dry_run)
            if made.swapped:
                publish_snapshot(archive)
        except (ArchiveError, StoreError) as error:
            fail(str(error))
    for difference in made.differences:
        click.echo(str(difference))
    for line in [*filter(None, [made.uncompared]), *made.damage]:
        console.print(f"gongkai rebuild: {line}", markup=False, soft_wrap=True)
    outcome = "the new database is in place" if made.swapped else "nothing was replaced (--dry-run)"
    click.echo(
        f"{made.captures} captures, {made.reports} reports, {len(made.differences)} differences; {outcome}", err=dry_run
    )
    if made.damage:
        fail(f"{len(made.damage)} archived records could not be read; gongkai verify says more")
