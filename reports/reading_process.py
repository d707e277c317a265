"""The process that reads for ``reports.supervised``: how it is started, what goes over its pipes, and what it does.

It is started as ``python -m reports.reading_process``, or forked ahead from a process that has the readers in memory
already (``fork_ahead``), which spares each crawl half a second. Frames are a four-byte big-endian length and the bytes;
of a request two, its words in msgpack and the source, of an answer one, the records in msgpack. Before the first it
sends one byte, when it is ready. It outlives nobody: it ends when its
standard input is closed, on Linux with the thread that started it, and everywhere by an alarm of the kernel when a
source takes it too long. It has no file open but its pipes and standard error, so it holds no lock of its parent.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

import msgspec

MEGABYTES = 360  # resident memory; with the process that asks, its copy of the source included, 500
_ALONE = 60  # megabytes of it that a new Python with the readers takes
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_PAGE = resource.getpagesize()


class Request(msgspec.Struct):
    """What is to be read of the source that follows."""

    name: str
    alarm: float  # seconds after which the process ends itself, should nobody be left to end it
    url: str | None = None
    content_type: str | None = None
    hints: dict[str, Any] | None = None


class ReadingProcess:
    """A child process that reads, seen from its parent."""

    def __init__(self, pid: int, requests: IO[bytes], answers: IO[bytes], process: subprocess.Popen[bytes] | None):
        self.pid = pid
        self.requests = requests
        self.answers = answers
        self._process = process
        self._status: int | None = None
        self._shared = 0.0  # megabytes that a forked one has only as its parent has them

    @classmethod
    def start(cls) -> ReadingProcess:
        """A new Python, which loads what it needs. Raises ``OSError`` where it does not start."""
        process = subprocess.Popen(
            [sys.executable, "-m", "reports.reading_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).resolve().parent.parent,
        )
        assert process.stdin is not None and process.stdout is not None
        return cls(process.pid, process.stdin, process.stdout, process)

    def ready(self) -> None:
        """Wait until it is. Raises ``EOFError`` where it has ended instead."""
        _read(self.answers, 1)
        if self._process is None:
            self._shared = max(0.0, _resident_megabytes(self.pid) - _ALONE)

    def megabytes(self) -> float:
        """Its own memory; 0 where the system does not tell."""
        return _resident_megabytes(self.pid) - self._shared

    def runs(self) -> bool:
        """Whether it has not ended."""
        return self._ended(os.WNOHANG) is None

    def wait(self) -> int:
        """Its exit status, when it has ended."""
        status = self._ended(0)
        assert status is not None
        return status

    def status(self, seconds: float) -> int:
        """Its exit status within so many seconds; after them it is ended."""
        until = time.monotonic() + seconds
        while self.runs() and time.monotonic() < until:
            time.sleep(0.005)
        if self.runs():
            os.kill(self.pid, signal.SIGKILL)
        return self.wait()

    def _ended(self, how: int) -> int | None:
        if self._process is not None:
            return self._process.poll() if how else self._process.wait()
        if self._status is None:
            ended, status = os.waitpid(self.pid, how)
            self._status = os.waitstatus_to_exitcode(status) if ended else None
        return self._status

    def close(self) -> None:
        """Let it end in order."""
        self.requests.close()
        self.answers.close()
        self.wait()

    def end(self) -> None:
        """End it at once."""
        if self.runs():
            os.kill(self.pid, signal.SIGKILL)
        self.wait()
        for pipe in (self.requests, self.answers):
            try:
                pipe.close()
            except BrokenPipeError:
                continue  # unsent bytes for a child that is gone


_ahead: list[ReadingProcess] = []


def fork_ahead() -> None:
    """Fork a reader that the next ``SupervisedExtractor`` of this process will take; each call one more.

    For a process that has one thread and no database open yet. The reader ends with the thread that forked it.
    """
    theirs_in, requests = os.pipe()
    answers, theirs_out = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.dup2(theirs_in, 0)
            os.dup2(theirs_out, 1)
            os.closerange(3, os.sysconf("SC_OPEN_MAX"))
            serve(os.fdopen(0, "rb", closefd=False), os.fdopen(1, "wb", closefd=False))
            status = 0
        finally:
            os._exit(status)
    os.close(theirs_in)
    os.close(theirs_out)
    _ahead.append(ReadingProcess(pid, os.fdopen(requests, "wb"), os.fdopen(answers, "rb"), None))


def forked_ahead() -> ReadingProcess | None:
    """A reader that waits, once; None where there is none."""
    return _ahead.pop(0) if _ahead else None


def dismiss() -> None:
    """Let the readers that were forked ahead end, where no extractor has taken them."""
    while (reader := forked_ahead()) is not None:
        reader.close()


def _resident_megabytes(pid: int) -> float:
    try:
        with open(f"/proc/{pid}/statm", "rb", buffering=0) as told:  # noqa: PTH123  asked for after every page
            pages = int(told.read(200).split()[1])
    except (OSError, IndexError):  # not Linux, or just ended: the seconds still bound it
        return 0.0
    return pages * _PAGE / 1_000_000


def _address_space() -> int:
    """This process's, in bytes; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * _PAGE
    except (OSError, IndexError):  # not Linux
        return 0


def send(pipe: IO[bytes], frame: bytes) -> None:
    """Write one frame."""
    pipe.write(struct.pack(">I", len(frame)))
    pipe.write(frame)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """Read one frame. Raises ``EOFError`` where it breaks off."""
    (length,) = struct.unpack(">I", _read(pipe, 4))
    return _read(pipe, length)


def _read(pipe: IO[bytes], length: int) -> bytes:
    found = pipe.read(length)
    if len(found) < length:
        raise EOFError
    return found


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """In the child: answer requests until there are no more."""
    sys.stdout = sys.stderr  # nothing that a library prints may stand between the frames
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all: the parent decides
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    # Address space beyond what it begins with, which a forked one has of its parent: a backstop behind the look
    # that the parent has at its resident memory.
    limit = _address_space() + int(1.4 * MEGABYTES) * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    from reports import Hints, extract

    answers.write(b"+")
    answers.flush()
    while head := requests.read(4):
        (length,) = struct.unpack(">I", head)
        request = msgspec.msgpack.decode(_read(requests, length), type=Request)
        source = receive(requests)
        signal.setitimer(signal.ITIMER_REAL, request.alarm)
        records = extract(
            source,
            name=request.name,
            url=request.url,
            content_type=request.content_type,
            hints=Hints(**request.hints) if request.hints else None,
        )
        signal.setitimer(signal.ITIMER_REAL, 0)
        send(answers, msgspec.msgpack.encode(records))


if __name__ == "__main__":
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except BrokenPipeError:  # who started it has ended without a question: nobody is left to be told
        os._exit(0)
