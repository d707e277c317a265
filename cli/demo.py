"""``gongkai demo``: the main job on built-in portals, without network."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
from rich.table import Table

from cli.crawl import CrawlProgress
from cli.options import archive_option, console, fail, one_line_errors, printer, progress_bar
from demo import DemoServer, PortInUse, portals, serve
from pipelines.store import publish_snapshot
from reports.record import Verdict

VERDICTS: tuple[Verdict, ...] = ("verified", "inconsistent", "incomplete", "unreadable")
#: Which state of the portals the archive has seen, so that a demo that was killed goes on where it was.
STATE = "demo.json"
#: Tried in turn where the demo's own ports are taken.
SHIFTS = range(0, 100, 10)


@click.command(short_help="the main job on built-in portals")
@archive_option
@click.option("--serve", "then_serve", is_flag=True, help="Leave Datasette running on the result.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="Port of --serve.")
def command(archive: Path, then_serve: bool, port: int) -> None:
    """Start the built-in demo portals on loopback, crawl them from their home pages, let organs edit and remove
    reports, crawl again, and show what was found. Needs no network. The organs are invented, but for Qinzhou's report
    for 2024.

    \b
    Example:
      gongkai demo --serve
    """
    with one_line_errors():
        archive.mkdir(parents=True, exist_ok=True)
        state = _state(archive)
        with _served(archive, state) as server:
            _crawl_all(server, archive, state)
        publish_snapshot(archive)
    _show(archive)
    if then_serve:
        from publish.serve import serve as serve_site

        serve_site(archive, port=port)


def _state(archive: Path) -> dict[str, int]:
    """Which state of the portals the archive has seen (1 before their edits, 2 after), and on which ports. An archive
    of other portals is left alone."""
    mark = archive / STATE
    if mark.is_file():
        state: dict[str, int] = json.loads(mark.read_text())
        return state
    warcs = archive / "warc"
    if warcs.is_dir() and any(warcs.iterdir()):
        fail(f"{archive} holds an archive that is not the demo's; name another folder with --archive")
    return {"state": 1}


def _keep(archive: Path, state: dict[str, int]) -> None:
    (archive / STATE).write_text(json.dumps(state))


@contextmanager
def _served(archive: Path, state: dict[str, int]) -> Iterator[DemoServer]:
    """The portals, on the ports that this archive knows them by; a new archive takes the first that are free."""
    shifts = [state["shift"]] if "shift" in state else list(SHIFTS)
    for shift in shifts:
        server = serve([replace(portal, port=portal.port + shift) for portal in portals()])
        try:
            server.__enter__()
        except PortInUse as error:
            if shift == shifts[-1]:
                fail(str(error))
            continue
        _keep(archive, state | {"shift": shift})
        state["shift"] = shift
        try:
            yield server
        finally:
            server.__exit__(None, None, None)
        return


def _crawl_all(server: DemoServer, archive: Path, state: dict[str, int]) -> None:
    if state["state"] == 1:
        _crawl(server, archive, "first visit")
        _keep(archive, state | {"state": 2})
    server.advance()
    _crawl(server, archive, "second visit, after edits on the portals", full=True)


def _crawl(server: DemoServer, archive: Path, what: str, full: bool = False) -> None:
    from crawler.processes.runner import crawl

    if not sys.stderr.isatty():
        console.print(f"Crawling {len(server.homes)} demo portals from their home pages: {what}", soft_wrap=True)
    with progress_bar("requests") as progress:
        report = crawl(
            server.homes,
            archive=archive,
            delay=0.0,
            workers=2,
            allow_private_hosts=True,
            full=full,
            progress=CrawlProgress(progress),
            settings={"HTTPPROXY_ENABLED": False},  # loopback: a proxy of the environment does not know the portals
        )
    if not report.ok:
        failed = "; ".join(f"{run.portal}: {run.reason or run.outcome}" for run in report.failed)
        fail(f"the demo's crawl failed: {failed}")


def _show(archive: Path) -> None:
    """The table at the end: a row a portal."""
    out = printer()
    table = Table(title="What the crawl found, from four home pages", title_justify="left", title_style="bold")
    table.add_column("portal", no_wrap=True)
    for heading in ("organs", "reports", *VERDICTS, "edited", "figures", "problems"):
        table.add_column(heading, justify="right")
    rows = _rows(archive)
    for row in rows:
        table.add_row(row[0], *(str(number) for number in row[1:]))
    table.add_section()
    table.add_row("all", *(str(sum(row[number] for row in rows)) for number in range(1, len(rows[0]))), style="bold")
    out.print(table)
    where = "" if archive == Path("data/archive") else f" --archive {archive}"
    out.print("Go on with:")
    out.print(f"  gongkai serve{where}             browse it in Datasette", soft_wrap=True)
    out.print(f"  gongkai export data-set{where}   CSV, JSON Lines and more, with a codebook", soft_wrap=True)
    out.print(f"  gongkai status{where}            coverage, freshness, failures, overdue reports", soft_wrap=True)


def _rows(archive: Path) -> list[tuple]:  # type: ignore[type-arg]
    """Portal, organs, reports, reports by verdict, edited reports, figures read, problems."""
    from reports.forms import figures

    counted = " + ".join(f"(f.{figure.code} IS NOT NULL)" for figure in figures())
    by_verdict = ", ".join(f"coalesce(sum(r.verdict = '{verdict}'), 0)" for verdict in VERDICTS)
    with sqlite3.connect(f"file:{archive / 'gongkai.db'}?mode=ro", uri=True) as database:
        return database.execute(
            f"""
            SELECT coalesce(p.name, p.id), count(DISTINCT o.id), count(r.id), {by_verdict},
                   coalesce(sum(r.version > 1), 0), coalesce(sum({counted}), 0),
                   (SELECT count(*) FROM problem WHERE problem.portal = p.id)
            FROM portal p
            LEFT JOIN organ o ON o.portal = p.id
            LEFT JOIN report r ON r.organ = o.id
            LEFT JOIN figures f ON f.report = r.id
            GROUP BY p.id ORDER BY p.id
            """
        ).fetchall()
