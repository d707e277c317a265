"""``gongkai import``: captures that others made."""

from __future__ import annotations

from pathlib import Path

import click

from cli.options import archive_option, console, fail, one_line_errors


@click.command(name="import", short_help="take captures that others made")
@click.argument("files", nargs=-1, required=True, metavar="FILE.warc.gz|FILE.wacz ...")
@archive_option
@click.option("--portal", required=True, metavar="PORTAL", help="The portal to which the captures belong.")
def command(files: tuple[str, ...], archive: Path, portal: str) -> None:
    """Take the captures of WARC, ARC or WACZ files (browsertrix, wget, warcprox, Heritrix) into the archive with their
    own dates and their origin, and extract their reports. The same file a second time changes nothing.

    \b
    Example:
      gongkai import crawl.wacz --portal qinzhou
    """
    from archive import ArchiveError
    from archive.importer import import_file
    from pipelines.store import Store, StoreError, publish_snapshot

    failures: list[str] = []
    with one_line_errors():
        for file in files:
            try:
                taken = import_file(archive, Path(file), portal)
            except ArchiveError as error:
                failures.append(f"{file}: {error}")
                continue
            what = "imported before; nothing changed" if taken.already else f"{taken.captures} captures"
            what += f", {taken.known} records that were here already" if taken.known else ""
            what += f", {taken.orphans} of them repeat answers that are not here" if taken.orphans else ""
            click.echo(f"{file}: {what}")
            failures += [f"{file}: {problem}" for problem in taken.problems]
        try:
            with Store.open(archive) as store:
                store.catch_up()
                store.refresh()
            publish_snapshot(archive)
        except StoreError as error:
            fail(str(error))
    for line in failures:
        console.print(f"gongkai import: {line}", markup=False, soft_wrap=True)
    if failures:
        what = "a problem" if len(failures) == 1 else f"{len(failures)} problems"
        fail(f"{what} while importing; what could be read is in the archive")
