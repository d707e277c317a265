"""Where the portals' processes come from: one process imports Scrapy, the readers and the store once, and forks.

Starting Python and importing all this costs more CPU than crawling a small portal; a nightly run has hundreds. Each
crawl is still a process of its own, with its job on standard input and its JSON lines on standard output, as
``python -m crawler.processes.run_portal`` has them.

The nursery's standard input is a socket. A byte with four descriptors asks for a child: its standard input, output
and error, and a pipe on which the nursery tells the child's process id at once and its exit status at its end. When
the socket closes (the runner has ended or died), no more are born; the children notice their own standard input.
"""

from __future__ import annotations

import gc
import logging
import os
import select
import selectors
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Any
from weakref import WeakSet

from crawler.processes import specimen
from reports import reading_process

_HOME = "http://www.example.gov.cn/"  # of the pages that are read to warm up
#: The settings that name components.
_SETTINGS = ("DOWNLOAD_HANDLERS", "EXTENSIONS", "ITEM_PIPELINES", "DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES")


class Nursery:
    """The runner's side. A context manager; children may be asked for from several threads."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair()
        self._children: WeakSet[Child] = WeakSet()
        root = str(Path(__file__).resolve().parents[2])
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))}
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "crawler.processes.nursery"], stdin=theirs.fileno(), env=environment
            )

    def __enter__(self) -> Nursery:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Wait for the children that are left, then for the nursery: their CPU time is the caller's children's."""
        self._socket.close()
        self._process.wait()

    def child(self, log: IO[bytes]) -> Child:
        """A new child with standard error in ``log``. Raises ``OSError`` where the nursery has died."""
        theirs_in, job = os.pipe()
        lines, theirs_out = os.pipe()
        news, theirs_news = os.pipe()
        theirs = [theirs_in, theirs_out, log.fileno(), theirs_news]
        try:
            socket.send_fds(self._socket, [b"c"], theirs)
        except OSError:
            for each in (job, lines, news):
                os.close(each)
            raise
        finally:
            for each in (theirs_in, theirs_out, theirs_news):
                os.close(each)
        born = Child(job, lines, news)
        self._children.add(born)
        return born

    def stop(self) -> None:
        """Ask the children that are at work to end in order, as if their runner had died."""
        for each in list(self._children):
            with suppress(BrokenPipeError):
                each.stdin.close()


class Child:
    """One crawl's process: ``stdin`` takes its job and keeps it alive, ``stdout`` gives its JSON lines."""

    def __init__(self, job: int, lines: int, news: int) -> None:
        self.stdin = os.fdopen(job, "w", encoding="utf-8")
        self.stdout = os.fdopen(lines, encoding="utf-8")
        self._news = os.fdopen(news, "rb", buffering=0)
        self._heard = b""
        self._over = False

    def wait(self, timeout: float | None = None) -> int | None:
        """Its exit status (-9 where a signal 9 ended it, or the nursery died), or None after ``timeout`` seconds."""
        while not self._over:
            ready, _, _ = select.select([self._news], [], [], timeout)
            if not ready:
                return None
            heard = self._news.read(64) or b""
            self._heard += heard
            self._over = not heard or self._heard.count(b"\n") == 2
        told = self._heard.split()
        return int(told[1]) if len(told) == 2 else -9

    def kill(self) -> None:
        """End it at once."""
        told = self._heard.split()
        if not self._over and told:
            with suppress(ProcessLookupError):
                os.kill(int(told[0]), signal.SIGKILL)

    def close(self) -> None:
        """Close what is still open."""
        for each in (self.stdin, self.stdout, self._news):
            with suppress(BrokenPipeError):
                each.close()


def prepare() -> None:
    """Import what a crawl needs, and let everything that is read or compiled once be so. No reactor, no thread.

    A component that the settings name may have a ``prepare`` of its own (the store's: places and their spellings).
    """
    from scrapy.settings import Settings
    from scrapy.utils.misc import load_object

    import reports

    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    named: list[Any] = [settings["SCHEDULER"], settings["DUPEFILTER_CLASS"], settings["LOG_FORMATTER"]]
    for name in _SETTINGS:
        merged = {**settings.getdict(f"{name}_BASE"), **settings.getdict(name)}
        named += (
            merged.values() if name == "DOWNLOAD_HANDLERS" else [each for each, at in merged.items() if at is not None]
        )
    for path in named:
        if isinstance(path, str) and "." in path:
            own = getattr(load_object(path), "prepare", None)
            if own is not None:
                own()
    _discover()
    for page in (specimen.LIST, specimen.report()):
        reports.extract(page.encode(), name="page.html", url=_HOME)


def _discover() -> None:
    """Let discovery read a page that asks for most of its patterns and words."""
    import crawler.spiders.reports  # noqa: F401
    from crawler import families
    from crawler.address import Boundary
    from crawler.discovery.page import decode, read_page
    from crawler.discovery.reading import read_links
    from crawler.politeness import blocks, robots

    robots.read_robots(200, b"User-agent: *\nDisallow: /private/\n", "gongkai", _HOME)
    blocks.challenge(200, "", specimen.LIST.encode("gb18030"))
    page = read_page(_HOME, decode(specimen.LIST.encode("gb18030"), "text/html"))
    blocks.soft_404(page.title, page.text)
    for kind in ("seed", "column", "notice"):
        read_links(page, kind=kind, row=1, boundary=Boundary.around(_HOME))
    for name in families.ORDER:
        families.family(name)
    families.read_lists(page, 1, {})


def serve() -> int:
    """The nursery itself."""
    prepare()
    gc.collect()
    gc.freeze()  # what is imported stays shared between parent and children
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # of a terminal or service: the children end in order, and then this
    signal.signal(signal.SIGCHLD, lambda *_: None)
    woken, wake = socket.socketpair()
    woken.setblocking(False)
    wake.setblocking(False)
    signal.set_wakeup_fd(wake.fileno())
    asked = socket.socket(fileno=0)
    news: dict[int, int] = {}
    with selectors.DefaultSelector() as selector:
        selector.register(asked, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        closing = False
        while not (closing and not news):
            for key, _ in selector.select():
                if key.fileobj is woken:
                    with suppress(BlockingIOError):
                        woken.recv(4096)
                    _reap(news)
                    continue
                message, descriptors, _, _ = socket.recv_fds(asked, 1, 4)
                if not message:
                    selector.unregister(asked)
                    closing = True
                    continue
                child = os.fork()
                if child == 0:
                    own = [asked.detach(), woken.detach(), wake.detach(), *news.values()]
                    os._exit(_born(descriptors, own))
                for each in descriptors[:3]:
                    os.close(each)
                news[child] = descriptors[3]
                _tell(news[child], child)
            _reap(news)
    return 0


def _reap(news: dict[int, int]) -> None:
    while news:
        child, status = os.waitpid(-1, os.WNOHANG)
        if child == 0:
            return
        _tell(news[child], os.waitstatus_to_exitcode(status))
        os.close(news.pop(child))


def _tell(pipe: int, number: int) -> None:
    with suppress(BrokenPipeError):  # the runner has died, or does not want to know
        os.write(pipe, b"%d\n" % number)


def _born(descriptors: list[int], foreign: list[int]) -> int:
    """In the child: its own standard streams and signals, then the crawl."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # Scrapy takes both; at a hang-up the runner closes standard input
    for number, each in enumerate(descriptors[:3]):
        os.dup2(each, number)
    for each in [*descriptors, *foreign]:
        if each > 2:
            os.close(each)
    reading_process.fork_ahead()
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    from crawler.processes import run_portal

    try:
        return run_portal.main()
    except BaseException:
        logging.getLogger(__name__).exception("the crawl's process failed")
        return 1
    finally:
        reading_process.dismiss()
        logging.shutdown()
        sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(serve())
