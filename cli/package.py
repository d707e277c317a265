"""``gongkai package``: the archive as one WACZ file, or the CDXJ index of its WARC files."""

from __future__ import annotations

from pathlib import Path

import click

from cli.options import archive_option, existing_archive, fail, one_line_errors


@click.command(short_help="write the archive as one WACZ file")
@click.argument("output", metavar="FILE.wacz|FILE.cdxj", type=click.Path(dir_okay=False, path_type=Path))
@archive_option
@click.option("--portal", metavar="PORTAL", help="Only this portal.")
@click.option("--year", type=int, help="Only captures made in this year.")
def command(output: Path, archive: Path, portal: str | None, year: int | None) -> None:
    """Write the archive, or one portal or year of it, as a WACZ file for any replay tool; the reports are its pages.
    With a name that ends in .cdxj, write only the index of the WARC files, as cdxj-indexer would.

    \b
    Example:
      gongkai package qinzhou-2026.wacz --portal qinzhou --year 2026
    """
    from archive import ArchiveError
    from archive.cdxj import write_cdxj
    from archive.package import Page, write_wacz
    from pipelines.pages import report_pages
    from pipelines.store import StoreError

    existing_archive(archive)
    if output.suffix == ".cdxj":
        if year is not None:
            raise click.UsageError("an index is of whole WARC files: --year is for packages")
        with one_line_errors():
            try:
                files = write_cdxj(archive, output, portal)
            except ArchiveError as error:
                fail(str(error))
        click.echo(f"{output}: the index of {files} WARC files")
        return
    with one_line_errors():
        try:
            pages = [Page(*page) for page in report_pages(archive, portal=portal, year=year)]
            made = write_wacz(archive, output, pages, portal=portal, year=year, title="gongkai 公开")
        except (ArchiveError, StoreError) as error:
            fail(str(error))
    click.echo(f"{made.path}: {len(made.files)} WARC files, {made.pages} pages, {made.bytes} bytes")
