"""``gongkai serve``: the archive in Datasette, with the project's own pages."""

from __future__ import annotations

from pathlib import Path

import click

from cli.options import archive_option, existing_archive, fail


@click.command(short_help="open the archive in Datasette")
@archive_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 picks a free one.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
def command(archive: Path, host: str, port: int, open_browser: bool) -> None:
    """Open the archive in Datasette, read-only, with pages for reports, organs, places, indicators and problems. With a
    table of inhabitants in the archive (population.csv: division, year, population) also requests per 100,000.

    \b
    Example:
      gongkai serve --port 8001      # then open http://127.0.0.1:8001/
    """
    from publish.population import BadTable
    from publish.serve import NoDatabase, PortTaken, serve

    try:
        serve(existing_archive(archive, snapshot_will_do=True), host=host, port=port, open_browser=open_browser)
    except (NoDatabase, PortTaken, BadTable) as error:
        fail(str(error))
