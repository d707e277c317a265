"""``gongkai package``: the archive as one WACZ file."""

from __future__ import annotations

from pathlib import Path

import click

from cli.options import archive_option, existing_archive, fail, one_line_errors


@click.command(short_help="write the archive as one WACZ file")
@click.argument("output", metavar="FILE.wacz", type=click.Path(dir_okay=False, path_type=Path))
@archive_option
@click.option("--portal", metavar="PORTAL", help="Only this portal.")
@click.option("--year", type=int, help="Only captures made in this year.")
def command(output: Path, archive: Path, portal: str | None, year: int | None) -> None:
    """Write the archive, or one portal or year of it, as a WACZ file for any replay tool; the reports are its pages.

    \b
    Example:
      gongkai package qinzhou-2026.wacz --portal qinzhou --year 2026
    """
    from archive import ArchiveError
    from archive.package import Page, write_wacz
    from pipelines.pages import report_pages
    from pipelines.store import StoreError

    existing_archive(archive)
    with one_line_errors():
        try:
            pages = [Page(*page) for page in report_pages(archive, portal=portal, year=year)]
            made = write_wacz(archive, output, pages, portal=portal, year=year, title="gongkai 公开")
        except (ArchiveError, StoreError) as error:
            fail(str(error))
    click.echo(f"{made.path}: {len(made.files)} WARC files, {made.pages} pages, {made.bytes} bytes")
