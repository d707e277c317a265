"""Extraction in a process of its own, so that no source can take the run down with it.

A hostile or damaged file may loop, eat memory, or crash a C library. Here the reading happens in a child process that
is ended when it uses more than its seconds or its memory; the source then gives a record that says so, and the next
source gets a new child. The pipe costs a fraction of a millisecond a page.

A reading that was given up is the source's fault only where the child worked for its seconds, took too much memory or
crashed: ``reader-stopped``, ``reader-crashed``. Where the machine was too busy, or something else ended the child, the
record says ``reader-interrupted``: nothing is known of the source, and it has to be read again.

Protocol: frames of a four-byte big-endian length and the bytes; of a request two, its words in msgpack and the source,
of an answer one, the records in msgpack. The child is ``python -m reports.supervised SECONDS``. The child outlives
nobody: it ends when its standard input is closed, on Linux with the thread that started it, and everywhere by an alarm
of the kernel when a source takes it too long. It inherits no file but its pipes, so it holds no lock of its parent.
"""

from __future__ import annotations

import ctypes
import os
import resource
import select
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import msgspec

from reports.record import Problem, Record

SECONDS = 8.0  # for the reading itself
START = 1.5  # seconds more that the start of a child may take: ten with what is around it, whatever the source
MEGABYTES = 380  # resident memory of the child; with the process that asks, its copy of the source included, 500
_POLL = 0.02  # seconds between looks at the child
_GRACE = 5.0  # seconds after which the child ends itself, should nobody be left to end it
_TIRED = 0.5  # of the megabytes: a child that keeps so much is replaced, lest the next source be blamed for it
_BUSY = 0.6  # of the seconds: a child that worked less in them was kept from working
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM)  # no library ends a process so
_TELLS = sys.platform.startswith("linux")  # what a process has worked
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = resource.getpagesize()


class _Request(msgspec.Struct):
    name: str
    url: str | None = None
    content_type: str | None = None
    hints: dict[str, Any] | None = None


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
        self._child: subprocess.Popen[bytes] | None = None
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
        request = msgspec.msgpack.encode(_Request(name, url, content_type, given))
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
        if self._child is not None and _resident_megabytes(self._child.pid) > _TIRED * self.megabytes:
            self._end()
        return msgspec.msgpack.decode(frame, type=list[Record])

    def start(self) -> None:
        """Starts the child, if there is none, without waiting until it is ready."""
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._fresh, self._ready = True, False
            self._child = subprocess.Popen(
                [sys.executable, "-m", "reports.supervised", f"{self.seconds * self.patience + _GRACE:g}"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=Path(__file__).resolve().parent.parent,
            )

    def close(self) -> None:
        """End the child process."""
        child, self._child = self._child, None
        if child is not None:
            assert child.stdin is not None and child.stdout is not None
            child.stdin.close()
            child.stdout.close()
            child.wait()

    def _asked(self, request: bytes, source: bytes, until: float) -> bytes:
        self.start()
        child = self._child
        assert child is not None and child.stdin is not None and child.stdout is not None
        if not self._ready:
            self._wait_until_ready(child, until)
        _send(child.stdin, request)
        _send(child.stdin, source)
        return self._receive(child, min(until, time.monotonic() + self.seconds * self.patience))

    def _wait_until_ready(self, child: subprocess.Popen[bytes], until: float) -> None:
        assert child.stdout is not None
        if not select.select([child.stdout], [], [], max(until - time.monotonic(), 0.0))[0]:
            raise Interrupted("the machine was too busy to start the process that reads: read this source again")
        try:
            _read(child.stdout, 1)
        except EOFError:
            raise ChildProcessError(f"the process that reads pages does not start (status {self._status()})") from None
        self._ready = True

    def _receive(self, child: subprocess.Popen[bytes], until: float) -> bytes:
        assert child.stdout is not None
        started = time.monotonic()
        worked = _worked_seconds(child.pid)
        while not select.select([child.stdout], [], [], _POLL)[0]:
            now = time.monotonic()
            spent = _worked_seconds(child.pid) - worked
            if spent > self.seconds or (now > until and (spent >= _BUSY * self.seconds or not _TELLS)):
                raise TimeoutError(f"reading took longer than {self.seconds:g} seconds and was stopped")
            if now > until:
                told = f"{spent:.1f} seconds of work in {now - started:.1f}"
                raise Interrupted(f"the machine was too busy to read this source ({told}): read it again")
            if _resident_megabytes(child.pid) > self.megabytes:
                raise MemoryError(f"reading took more than {self.megabytes} MB of memory and was stopped")
        (length,) = struct.unpack(">I", _read(child.stdout, 4))
        return _read(child.stdout, length)

    def _status(self) -> int:
        """What a child that has closed its pipes ended with: minus the number of a signal."""
        assert self._child is not None
        child = self._child
        try:
            child.wait(1.0)
        except subprocess.TimeoutExpired:
            child.kill()
        status = child.wait()
        self._end()
        return status

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    try:
                        pipe.close()
                    except BrokenPipeError:
                        continue  # unsent bytes for a child that is gone


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


def _resident_megabytes(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):  # not Linux, or just ended: the seconds still bound it
        return 0.0
    return pages * _PAGE / 1_000_000


def _send(pipe: IO[bytes], frame: bytes) -> None:
    pipe.write(struct.pack(">I", len(frame)))
    pipe.write(frame)
    pipe.flush()


def _read(pipe: IO[bytes], length: int) -> bytes:
    read = pipe.read(length)
    if len(read) < length:
        raise EOFError
    return read


def _serve() -> None:
    """The child: answers requests on standard input until it is closed."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all: the parent decides
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS + _GRACE
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing that a library prints may stand between the frames
    limit = 3 * MEGABYTES * 1_000_000  # address space, a backstop behind the parent's look at resident memory
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    from reports import Hints, extract

    answers.write(b"+")
    answers.flush()
    while head := requests.read(4):
        (length,) = struct.unpack(">I", head)
        request = msgspec.msgpack.decode(_read(requests, length), type=_Request)
        (length,) = struct.unpack(">I", _read(requests, 4))
        signal.setitimer(signal.ITIMER_REAL, seconds)
        records = extract(
            _read(requests, length),
            name=request.name,
            url=request.url,
            content_type=request.content_type,
            hints=Hints(**request.hints) if request.hints else None,
        )
        signal.setitimer(signal.ITIMER_REAL, 0)
        _send(answers, msgspec.msgpack.encode(records))


if __name__ == "__main__":
    _serve()
