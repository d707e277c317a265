"""``gongkai verify``: every archived record read back, every row of the database resolved."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cli.options import archive_option, console, existing_archive, progress_bar


@click.command(short_help="read the whole archive back")
@archive_option
@click.option("--deep", is_flag=True, help="Also extract every report again and compare its figures with the database.")
def command(archive: Path, deep: bool) -> None:
    """Read every archive record back, compare digests and the manifest, and check that each row of the database points
    at bytes that are there. Exit status 1 if anything is missing, cut or altered.

    \b
    Example:
      gongkai verify --archive /srv/gongkai/archive
    """
    from archive import verify
    from pipelines.verify import check_database

    existing_archive(archive)
    with progress_bar("files") as progress:
        task = progress.add_task("reading back", total=None)

        def advance(done: int, total: int, what: str) -> None:
            progress.update(task, completed=done, total=total, description=what)

        kept = verify(archive, progress=advance)
        shown = check_database(archive, deep=deep, progress=advance)
    for line in (*kept.problems, *shown.problems):
        console.print(str(line), markup=False, soft_wrap=True)
    click.echo(
        f"{kept.files} WARC files, {kept.records} records, {kept.bytes} bytes; "
        f"{shown.captures} capture rows, {shown.reports} reports: "
        + ("all well" if not kept.problems and not shown.problems else
           f"{len(kept.problems) + len(shown.problems)} problems")
    )  # fmt: skip
    if kept.problems or shown.problems:
        sys.exit(1)
