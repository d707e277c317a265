"""``gongkai crawl``: from home pages to figures."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.progress import Progress, TaskID

from cli.options import archive_option, console, fail, one_line_errors, progress_bar

if TYPE_CHECKING:  # imported where it is used: --help must not wait for Scrapy
    from crawler.processes.runner import PortalRun, RunReport

#: Problems of a crawl that are told at its end, beside its outcome: what it could not see.
TOLD = (
    "list-incomplete",
    "links-left",
    "blocked",
    "budget-spent",
    "needs-browser",
    "not-rendered",
    "walk-cut",
    "opens-in-place",
    "robots-forbids",
    "robots-disallow",
    "robots-unreachable",
    "crawl-delay",
    "unreachable",
)
MOST_TOLD = 5  # lines a portal


class YearRange(click.ParamType[range]):
    """``2019-2025`` or ``2023``: the reported years, as a range."""

    name = "years"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> range:
        """The range, both ends included; wrong usage where it is not one."""
        if isinstance(value, range):
            return value
        found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", str(value))
        if not found or int(found[1]) > int(found[2] or found[1]):
            self.fail(f"{value!r} is not a year or a range of years, such as 2023 or 2019-2025", param, ctx)
        return range(int(found[1]), int(found[2] or found[1]) + 1)


class CrawlProgress:
    """What the crawl's children tell, as bars on a terminal and as one plain line a portal elsewhere."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, event: dict[str, Any]) -> None:
        portal = event.get("portal", "")
        if event.get("event") == "start":
            self._tasks[portal] = self.progress.add_task(portal, total=None)
        elif event.get("event") == "progress" and portal in self._tasks:
            requests, pending = event.get("requests", 0), event.get("pending", 0)
            self.progress.update(
                self._tasks[portal],
                completed=requests,
                total=requests + pending,
                description=f"{portal}: {event.get('reports', 0)} reports",
            )
        elif event.get("event") == "end" and portal in self._tasks:
            self.progress.remove_task(self._tasks.pop(portal))


def _queue_address(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not re.match(r"postgres(?:ql)?://", value):
        raise click.BadParameter(f"{value!r} is not the address of a PostgreSQL database (postgresql://…)", ctx, param)
    return value


@click.command(short_help="discover, fetch, archive, extract, check and store")
@click.argument("targets", nargs=-1, metavar="[PORTAL|URL ...]")
@archive_option
@click.option("--years", type=YearRange(), metavar="YYYY[-YYYY]", help="Only reports for these years.")
@click.option("--max-pages", type=click.IntRange(min=1), help="At most so many requests a portal.")
@click.option("--delay", type=click.FloatRange(min=0), help="Seconds between two requests to a host.")
@click.option("--workers", type=click.IntRange(min=1), default=1, show_default=True, help="Portals side by side.")
@click.option("--allow-private-hosts", is_flag=True, help="Do not refuse loopback and private addresses.")
@click.option("--full", is_flag=True, help="Fetch again what is known to be unchanged.")
@click.option(
    "--queue",
    metavar="URL",
    callback=_queue_address,
    help="Share the portals with other machines by a queue in PostgreSQL: postgresql://USER@HOST/DATABASE.",
)
def command(
    targets: tuple[str, ...],
    archive: Path,
    years: range | None,
    max_pages: int | None,
    delay: float | None,
    workers: int,
    allow_private_hosts: bool,
    full: bool,
    queue: str | None,
) -> None:
    """Find the yearly reports of each PORTAL (an id of the registry, or any home page), archive every answer, read the
    figures and store them. Without a PORTAL: every enabled one of the registry.

    Exit status 0 only if every portal went well; finding nothing is a failure.

    \b
    Example:
      gongkai crawl qinzhou
      gongkai crawl http://www.qinzhou.gov.cn/ --years 2019-2025 --delay 3
    """
    from archive import ArchiveError
    from crawler.portals.registry import UnknownPortal
    from crawler.processes.machines import QueueError
    from crawler.processes.runner import crawl
    from pipelines.store import StoreError, publish_snapshot

    with one_line_errors(), progress_bar("requests") as progress:
        crawling = partial(
            crawl,
            archive=archive,
            years=years,
            max_pages=max_pages,
            delay=delay,
            allow_private_hosts=allow_private_hosts,
            full=full,
            progress=CrawlProgress(progress),
            ended=_tell,
        )
        try:
            if queue is None:
                report = crawling(targets, workers=workers)
            else:
                report = _shared(queue, targets, crawling, archive, workers)
            publish_snapshot(archive)
        except (UnknownPortal, ArchiveError, StoreError, QueueError) as error:
            fail(str(error))
    if report.elsewhere is not None:
        click.echo(
            f"{len(report.runs)} portals crawled here; {report.elsewhere} more are in the queue for other machines"
        )
    if not report.ok:
        for run in report.failed:
            console.print(f"gongkai crawl: {run.portal}: {run.reason or run.outcome}", markup=False, soft_wrap=True)
        sys.exit(1)


def _tell(run: PortalRun) -> None:
    """One line a portal as it ends, and what it could not see."""
    counts = run.counts
    found = f"{run.reports_known} reports, {counts.get('requests', 0)} requests"
    if run.incomplete:
        found += f", {run.incomplete} columns incomplete"
    click.echo(f"{run.portal}: {run.outcome} ({found})" + (f": {run.reason}" if run.reason else ""))
    told = [
        each
        for each in run.problems
        if each.get("code") in TOLD and not (run.reason or "").startswith(str(each.get("message")))
    ]
    for problem in told[:MOST_TOLD]:
        click.echo(f"  {problem['message']}: {problem.get('where') or run.home}")
    if len(told) > MOST_TOLD:
        click.echo(f"  … and {len(told) - MOST_TOLD} more; {run.log} and gongkai serve have all of them")
    sys.stdout.flush()


def _shared(
    queue: str, targets: tuple[str, ...], crawling: Callable[..., RunReport], archive: Path, workers: int
) -> RunReport:
    """The portals that the queue gives this machine, all from one nursery."""
    from crawler.processes.machines import share
    from crawler.processes.nursery import Nursery
    from crawler.processes.runner import chosen

    with Nursery() as children:

        def one(target: str) -> PortalRun:
            return crawling([target], children=children).runs[0]

        return share(
            queue, chosen(targets), one, archive=archive, workers=workers, named=bool(targets), stop=children.stop
        )
