"""Extraction in a process of its own, so that no source can take the run down with it.

A hostile or damaged file may loop, eat memory, or crash a C library. Here the reading happens in a child process that
is ended when it uses more than its seconds or its memory; the source then gives a record that says so, and the next
source gets a new child. The pipe costs a fraction of a millisecond a page.

Protocol: frames of a four-byte big-endian length and msgpack, one request, one answer; the child is
``python -m reports.supervised SECONDS``. The child outlives nobody: it ends when its standard input is closed, on
Linux with the thread that started it, and everywhere by an alarm of the kernel when a source takes it too long.
It inherits no file but its pipes, so it holds no lock of its parent.
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

SECONDS = 10.0  # a verdict within this time, whatever the source
MEGABYTES = 500  # and within this resident memory
_POLL = 0.05  # seconds between looks at the child's memory
_GRACE = 5.0  # seconds after which the child ends itself, should nobody be left to end it
_TIRED = 0.5  # of the megabytes: a child that keeps so much is replaced, lest the next source be blamed for it
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = resource.getpagesize()


class _Request(msgspec.Struct):
    source: bytes
    name: str
    url: str | None = None
    content_type: str | None = None
    hints: dict[str, Any] | None = None


class SupervisedExtractor:
    """``reports.extract`` in a child process, bounded in time and memory.

    A context manager. One source at a time, and all of them from one thread, since the child ends with it. The child
    is started when it is first needed. With ``patience`` above 1 the seconds are those of the child's own work, and the
    clock may show so many times more: a machine that is busy with other things then gives the same records.
    """

    def __init__(self, seconds: float = SECONDS, megabytes: int = MEGABYTES, patience: float = 1.0) -> None:
        self.seconds = seconds
        self.patience = patience
        self.megabytes = megabytes
        self._child: subprocess.Popen[bytes] | None = None
        self._fresh = True  # whether the child has answered nothing yet
        self._loading = False  # whether it has not said yet that it is ready

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
        request = msgspec.msgpack.encode(_Request(source, name, url, content_type, given))
        try:
            try:
                frame = self._asked(request)
            except (BrokenPipeError, EOFError, MemoryError):
                if self._fresh:
                    raise
                self._end()  # it may have died of what came before: this source gets a child of its own
                frame = self._asked(request)
        except (BrokenPipeError, EOFError):
            self._end()
            return [_given_up(name, url, "reader-crashed", "the reader crashed on this source")]
        except (TimeoutError, MemoryError) as error:
            self._end()
            return [_given_up(name, url, "reader-stopped", str(error))]
        self._fresh = False
        if self._child is not None and _resident_megabytes(self._child.pid) > _TIRED * self.megabytes:
            self._end()
        return msgspec.msgpack.decode(frame, type=list[Record])

    def start(self) -> None:
        """Begin the child now instead of with the first source; the caller goes on while it loads what it needs."""
        if self._child is None:
            self._begin()

    def close(self) -> None:
        """End the child process."""
        child, self._child = self._child, None
        if child is not None:
            assert child.stdin is not None and child.stdout is not None
            child.stdin.close()
            child.stdout.close()
            child.wait()

    def _asked(self, request: bytes) -> bytes:
        child = self._started()
        assert child.stdin is not None
        _send(child.stdin, request)
        return self._receive(child)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._begin()
        child = self._child
        assert child is not None and child.stdout is not None
        if self._loading:
            try:
                _read(child.stdout, 1)  # it says when it is ready: its start does not count against a source
            except EOFError:
                status = child.wait()
                self._end()
                raise ChildProcessError(f"the process that reads pages does not start (status {status})") from None
            self._loading = False
        return child

    def _begin(self) -> None:
        self._fresh = self._loading = True
        self._child = subprocess.Popen(
            [sys.executable, "-m", "reports.supervised", f"{self.seconds * self.patience + _GRACE:g}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).resolve().parent.parent,
        )

    def _receive(self, child: subprocess.Popen[bytes]) -> bytes:
        assert child.stdout is not None
        until = time.monotonic() + self.seconds * self.patience
        worked = _worked_seconds(child.pid) if self.patience > 1 else 0.0
        while not select.select([child.stdout], [], [], _POLL)[0]:
            if time.monotonic() > until or (self.patience > 1 and _worked_seconds(child.pid) - worked > self.seconds):
                raise TimeoutError(f"reading took longer than {self.seconds:g} seconds and was stopped")
            if _resident_megabytes(child.pid) > self.megabytes:
                raise MemoryError(f"reading took more than {self.megabytes} MB of memory and was stopped")
        (length,) = struct.unpack(">I", _read(child.stdout, 4))
        return _read(child.stdout, length)

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
        signal.setitimer(signal.ITIMER_REAL, seconds)
        records = extract(
            request.source,
            name=request.name,
            url=request.url,
            content_type=request.content_type,
            hints=Hints(**request.hints) if request.hints else None,
        )
        signal.setitimer(signal.ITIMER_REAL, 0)
        _send(answers, msgspec.msgpack.encode(records))


if __name__ == "__main__":
    _serve()
