"""Several machines share the portals by a queue in PostgreSQL that Procrastinate keeps: ``gongkai crawl --queue``.

A portal stays with the machine that crawled it first: its frontier and its WARC files lie there, and another machine
would have to fetch everything again. A machine that has not been heard of for a week gives its portals up. No portal
is crawled by two machines at once, so that it sees one polite visitor. The portals of a machine that dies stay in the
queue.

Each machine has an archive of its own. Their ``warc/`` folders hold different portals: laid into one folder, ``gongkai
rebuild`` makes the database of all.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crawler.portals.registry import Portal
from crawler.processes.runner import PortalRun, RunReport

#: Who may be asked to crawl a portal that no machine has yet.
ANYONE = "anyone"
#: After this time without a sign a machine is taken for lost, and its portals are anyone's.
LOST = "7 days"
#: A crawl of the whole registry leaves out what was finished so short a time ago: cron starts all machines together.
FRESH = "12 hours"
#: Seconds without a heartbeat after which a job's machine is taken for dead.
STALLED = 20.0
CONNECT_SECONDS = 10.0
#: How often the queue is asked for work in one call: another machine may let go of a portal that was put in once more
#: between the last question and the count of what is left.
_ROUNDS = 3

_SCHEMA_LOCK = 20_190_403  # an advisory lock's number: two machines may begin on an empty database together

_TABLE = """
CREATE TABLE IF NOT EXISTS gongkai_portal (
  portal text PRIMARY KEY,
  machine text NOT NULL,
  heard timestamptz NOT NULL DEFAULT now(),
  finished timestamptz
)
"""


class QueueError(Exception):
    """The queue cannot be used; the message says why, in one line."""


def machine_of(archive: Path) -> str:
    """The name under which a machine holds its portals: host and archive, for it is the archive that has them."""
    return f"{socket.gethostname()}:{archive.resolve()}"


def _queue_of(machine: str) -> str:
    # A name of at most 63 bytes goes over PostgreSQL's NOTIFY, with Procrastinate's own words before it.
    return "machine-" + hashlib.sha256(machine.encode()).hexdigest()[:16]


def share(
    url: str,
    portals: Sequence[Portal],
    crawl: Callable[[str], PortalRun],
    *,
    archive: Path,
    workers: int,
    named: bool,
    stop: Callable[[], None],
) -> RunReport:
    """Put the portals into the queue at ``url`` (``postgresql://…``), and crawl what it gives until it gives no more.

    ``crawl`` takes a portal's id or home address and is called in threads, ``workers`` at a time. ``named``: the
    portals were asked for by name, so that they are crawled again however short a time ago they were. The report has
    this machine's portals only. A signal to end calls ``stop``, which ends the crawls that are at work in order, and is
    delivered again when they have ended. Raises ``QueueError``, and what ``crawl`` raised.
    """
    try:
        import procrastinate
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        raise QueueError(f"{error}: crawl --queue needs the extra `queue`: pip install 'gongkai[queue]'") from error
    _log_into(archive)
    try:
        conninfo_to_dict(url)
        with _signals(stop) as interruptible:
            return asyncio.run(interruptible(_share(url, portals, crawl, machine_of(archive), workers, named)))
    except (psycopg.Error, procrastinate.exceptions.ConnectorException) as error:
        told = " ".join(str(error.__cause__ or error).split())
        raise QueueError(f"the queue cannot be used: {told[:300]}; nothing archived is lost") from error


@contextmanager
def _signals(
    stop: Callable[[], None],
) -> Iterator[Callable[[Coroutine[Any, Any, RunReport]], Coroutine[Any, Any, RunReport]]]:
    """Around an asyncio program: a signal stops the crawls, cancels it, and reaches its former handler afterwards."""
    former = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    heard: list[signal.Signals] = []

    async def interruptible(program: Coroutine[Any, Any, RunReport]) -> RunReport:
        running = asyncio.ensure_future(program)

        def interrupt(number: signal.Signals) -> None:
            heard.append(number)
            stop()
            running.cancel()

        for each, handler in former.items():
            if handler is not signal.SIG_IGN:  # nohup has had its hang-ups ignored
                asyncio.get_running_loop().add_signal_handler(each, interrupt, each)
        return await running

    try:
        yield interruptible
    except asyncio.CancelledError:
        if not heard:
            raise
    finally:
        for each, handler in former.items():
            signal.signal(each, handler)
    if heard:
        signal.raise_signal(heard[0])


async def _share(
    url: str, portals: Sequence[Portal], crawl: Callable[[str], PortalRun], machine: str, workers: int, named: bool
) -> RunReport:
    import procrastinate

    await _prepare(url)
    shared = RunReport([])
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url, timeout=CONNECT_SECONDS))
    ask = app.connector.execute_query_async
    loop = asyncio.get_running_loop()
    raised: list[Exception] = []

    @app.task(name="crawl", pass_context=False)
    async def task(portal: str, target: str) -> None:
        await ask(
            "INSERT INTO gongkai_portal (portal, machine) VALUES (%(portal)s, %(machine)s) "
            "ON CONFLICT (portal) DO UPDATE SET machine = excluded.machine, heard = now()",
            portal=portal,
            machine=machine,
        )
        try:
            run = await loop.run_in_executor(None, crawl, target)
        except Exception as error:  # no disk, no permission: the worker would only log it
            raised.append(error)
            raise
        shared.runs.append(run)
        if run.outcome != "finished":
            raise RuntimeError(run.reason or run.outcome)  # for the queue's own record; the caller tells it
        await ask("UPDATE gongkai_portal SET finished = now() WHERE portal = %(portal)s", portal=portal)

    async with app.open_async():
        await ask("UPDATE gongkai_portal SET heard = now() WHERE machine = %(machine)s", machine=machine)
        held, fresh = await _known(app)
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
            await app.job_manager.retry_job(job, queue=held.get(str(job.task_kwargs["portal"]), ANYONE))
        await _put(app, task, [each for each in portals if named or each.id not in fresh], held)
        for _ in range(_ROUNDS):
            await app.run_worker_async(
                queues=[_queue_of(machine), ANYONE],
                wait=False,
                concurrency=workers,
                install_signal_handlers=False,
                listen_notify=False,
                delete_jobs="always",  # what became of a crawl stands in the archive
                update_heartbeat_interval=STALLED / 4,
            )
            if raised:
                raise raised[0]
            left = await app.connector.execute_query_one_async(
                "SELECT count(*) AS jobs FROM procrastinate_jobs AS mine WHERE status = 'todo' "
                "AND queue_name = ANY(%(queues)s) AND NOT EXISTS (SELECT 1 FROM procrastinate_jobs AS other "
                "WHERE other.lock = mine.lock AND other.status = 'doing')",
                queues=[_queue_of(machine), ANYONE],
            )
            if not left["jobs"]:
                break
        else:
            raise QueueError(f"the work ended with {left['jobs']} portals still to crawl; logs/queue.log says why")
        waiting = await app.connector.execute_query_one_async(
            "SELECT count(*) AS jobs FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
        )
        shared.elsewhere = waiting["jobs"]
    return shared


async def _prepare(url: str) -> None:
    """The queue's tables, made by whoever comes first."""
    import procrastinate
    import psycopg

    connecting = psycopg.AsyncConnection.connect(url, autocommit=True, connect_timeout=int(CONNECT_SECONDS))
    async with await connecting as connection:
        await connection.execute("SELECT pg_advisory_lock(%s)", (_SCHEMA_LOCK,))
        there = await (await connection.execute("SELECT to_regclass('procrastinate_jobs')")).fetchone()
        if there == (None,):
            await connection.execute(procrastinate.schema.SchemaManager.get_schema())
        await connection.execute(_TABLE)


async def _known(app: Any) -> tuple[dict[str, str], set[str]]:
    """The queue of the machine that has a portal, unless it is lost; and the portals that were finished lately."""
    known = await app.connector.execute_query_all_async(
        "SELECT portal, machine, heard > now() - %(lost)s::interval AS alive, "
        "coalesce(finished > now() - %(fresh)s::interval, false) AS fresh FROM gongkai_portal",
        lost=LOST,
        fresh=FRESH,
    )
    held = {row["portal"]: _queue_of(row["machine"]) for row in known if row["alive"]}
    return held, {row["portal"] for row in known if row["fresh"]}


async def _put(app: Any, task: Any, portals: Sequence[Portal], held: dict[str, str]) -> None:
    """A job a portal, addressed to the machine that has it; none where one waits already."""
    from procrastinate.exceptions import AlreadyEnqueued

    for portal in portals:
        queue = held.get(portal.id, ANYONE)
        target = portal.id if portal.file else portal.home
        try:
            await task.configure(queue=queue, lock=portal.id, queueing_lock=portal.id).defer_async(
                portal=portal.id, target=target
            )
        except AlreadyEnqueued:
            # It waits already, perhaps for a machine that is lost by now.
            await app.connector.execute_query_async(
                "UPDATE procrastinate_jobs SET queue_name = %(queue)s WHERE queueing_lock = %(portal)s "
                "AND status = 'todo'",
                queue=queue,
                portal=portal.id,
            )


def _log_into(archive: Path) -> None:
    """What the queue itself has to say goes to ``ARCHIVE/logs/queue.log``, beside the crawls' logs."""
    (archive / "logs").mkdir(parents=True, exist_ok=True)
    log = logging.getLogger("procrastinate")
    log.propagate = False
    if not log.handlers:
        log.addHandler(logging.FileHandler(archive / "logs" / "queue.log", encoding="utf-8", delay=True))
        log.handlers[0].setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
