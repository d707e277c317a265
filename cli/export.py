"""``gongkai export``: the data set with its codebook."""

from __future__ import annotations

from pathlib import Path

import click

from cli.options import archive_option, console, existing_archive, fail, one_line_errors


@click.command(short_help="write the data set with its codebook")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@archive_option
@click.option(
    "--format",
    "formats",
    default="csv,jsonl",
    show_default=True,
    metavar="LIST",
    help="Some of csv, jsonl, xlsx, provinces (a workbook each), parquet, dta, sqlite, separated by commas.",
)
def command(folder: Path, archive: Path, formats: str) -> None:
    """Write the data set into DIR, with the codebook (CSV and HTML) and datapackage.json. The same data gives the same
    bytes, so that two exports can be compared.

    \b
    Example:
      gongkai export data-set --format csv,parquet,dta
    """
    from publish.export import ExportError, export

    existing_archive(archive, snapshot_will_do=True)
    chosen = frozenset(name.strip() for name in formats.split(",") if name.strip())
    with one_line_errors():
        try:
            written = export(archive, folder, chosen, tell=lambda line: console.print(line, markup=False))
        except ExportError as error:
            if str(error).startswith("unknown format"):
                raise click.UsageError(str(error)) from None
            fail(str(error))
    for path in written:
        click.echo(path)
