"""Extraction in a process of its own, so that no source can take the run down with it.

A hostile or damaged file may loop, eat memory, or crash a C library. Here the reading happens in a child process that
is ended when it uses more than its seconds or its memory; the source then gives a record that says so, and the next
source gets a new child. The pipe costs a fraction of a millisecond a page.

A reading that was given up is the source's fault only where the child worked for its seconds, took too much memory or
crashed: ``reader-stopped``, ``reader-crashed``. Where the machine was too busy, or something else ended the child, the
record says ``reader-interrupted``: nothing is known of the source, and it has to be read again.

``reports.reading_process`` is that process.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from reports import reading_process
from reports.reading_process import ReadingProcess, Request
from reports.record import Problem, Record

SECONDS = 8.0  # for the reading itself
MEGABYTES = reading_process.MEGABYTES
START = 1.5  # seconds more that the start of a child may take: ten with what is around it, whatever the source
_POLL = 0.02  # seconds between looks at the child
_GRACE = 5.0  # seconds after which the child ends itself, should nobody be left to end it
_TIRED = 0.5  # of the megabytes: a child that keeps so much is replaced, lest the next source be blamed for it
_BUSY = 0.6  # of the seconds: a child that worked less in them was kept from working
_FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM)  # no library ends a process so
_TELLS = sys.platform.startswith("linux")  # what a process has worked
_TICKS = os.sysconf("SC_CLK_TCK")


class Interrupted(Exception):
    """A reading that was ended through no fault of the source."""


class SupervisedExtractor:
    """``reports.extract`` in a child process, bounded in time and memory.

    A context manager. One source at a time, and all of them from one thread, since the child ends with it. The child
    is started when it is first needed, or by ``start``. With ``patience`` above 1 the seconds are those of the child's
    own work, and the clock may show so many times more: a machine that is busy with other things then gives the same
    records.
    """

    def __init__(self, seconds: float = SECONDS, megabytes: int = MEGABYTES, patience: float = 1.0) -> None:
        self.seconds = seconds
        self.patience = patience
        self.megabytes = megabytes
        self._child: ReadingProcess | None = None
        self._ready = False  # whether the child has said that it is
        self._fresh = True  # whether the child has answered nothing yet

    def __enter__(self) -> SupervisedExtractor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def extract(
        self,
        source: bytes,
        *,
        name: str,
        url: str | None = None,
        content_type: str | None = None,
        hints: Any = None,
    ) -> list[Record]:
        """The records of a source, at least one. A source that breaks the bounds gives one ``unreadable`` record.

        Raises ``OSError`` where no child can be started, which is no fault of the source.
        """
        given = msgspec.to_builtins(hints) if hints is not None else None
        alarm = self.seconds * self.patience + _GRACE
        request = msgspec.msgpack.encode(Request(name, alarm, url, content_type, given))
        until = time.monotonic() + (self.seconds + START) * self.patience
        try:
            try:
                frame = self._asked(request, source, until)
            except (BrokenPipeError, EOFError, MemoryError):
                if self._fresh:
                    raise
                self._end()  # it may have died of what came before: this source gets a child of its own
                frame = self._asked(request, source, until)
        except (BrokenPipeError, EOFError):
            if self._status() in [-number for number in _FROM_OUTSIDE]:
                return [_given_up(name, url, "reader-interrupted", "the process that read this was ended from outside")]
            return [_given_up(name, url, "reader-crashed", "the reader crashed on this source")]
        except Interrupted as error:
            self._end()
            return [_given_up(name, url, "reader-interrupted", str(error))]
        except (TimeoutError, MemoryError) as error:
            self._end()
            self.start()  # while the caller looks for the next source
            return [_given_up(name, url, "reader-stopped", str(error))]
        self._fresh = False
        if self._child is not None and self._child.megabytes() > _TIRED * self.megabytes:
            self._end()
        return msgspec.msgpack.decode(frame, type=list[Record])

    def start(self) -> None:
        """Starts the child, if there is none, without waiting until it is ready."""
        if self._child is None or not self._child.runs():
            self._end()
            self._fresh, self._ready = True, False
            self._child = reading_process.forked_ahead() or ReadingProcess.start()

    def close(self) -> None:
        """End the child process."""
        child, self._child = self._child, None
        if child is not None:
            child.close()

    def _asked(self, request: bytes, source: bytes, until: float) -> bytes:
        self.start()
        child = self._child
        assert child is not None
        if not self._ready:
            self._wait_until_ready(child, until)
        reading_process.send(child.requests, request)
        reading_process.send(child.requests, source)
        return self._receive(child, min(until, time.monotonic() + self.seconds * self.patience))

    def _wait_until_ready(self, child: ReadingProcess, until: float) -> None:
        if not select.select([child.answers], [], [], max(until - time.monotonic(), 0.0))[0]:
            raise Interrupted("the machine was too busy to start the process that reads: read this source again")
        try:
            child.ready()
        except EOFError:
            raise ChildProcessError(f"the process that reads pages does not start (status {self._status()})") from None
        self._ready = True

    def _receive(self, child: ReadingProcess, until: float) -> bytes:
        started = time.monotonic()
        worked: float | None = None  # when it was first looked at; most sources are read before that
        while not select.select([child.answers], [], [], _POLL)[0]:
            now, work = time.monotonic(), _worked_seconds(child.pid)
            worked = work if worked is None else worked
            spent = work - worked
            if spent > self.seconds or (now > until and (spent >= _BUSY * self.seconds or not _TELLS)):
                raise TimeoutError(f"reading took longer than {self.seconds:g} seconds and was stopped")
            if now > until:
                told = f"{spent:.1f} seconds of work in {now - started:.1f}"
                raise Interrupted(f"the machine was too busy to read this source ({told}): read it again")
            if child.megabytes() > self.megabytes:
                raise MemoryError(f"reading took more than {self.megabytes} MB of memory and was stopped")
        return reading_process.receive(child.answers)

    def _status(self) -> int:
        """What a child that has closed its pipes ended with: minus the number of a signal."""
        assert self._child is not None
        status = self._child.status(1.0)
        self._end()
        return status

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()


def _given_up(name: str, url: str | None, code: str, message: str) -> Record:
    problem = Problem(code=code, message=message, severity="error")
    return Record(source=name, url=url, verdict="unreadable", problems=[problem])


def _worked_seconds(pid: int) -> float:
    """The CPU time of a process and of the helpers that it has waited for."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):  # not Linux, or just ended: the clock still bounds it
        return 0.0
    return sum(int(ticks) for ticks in fields[11:15]) / _TICKS
