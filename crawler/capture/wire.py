"""What goes over the wire for one request, as the connection sees it."""

from __future__ import annotations

import mmap
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from archive.answer import Outcome, read_answer
from archive.exchange import Wire as WireBytes
from archive.growing import SPOOL


class Wire:
    """Collects the bytes of one request and its answer; an answer above 4 MB goes through a file in ``folder``."""

    def __init__(self, folder: Path, admit: Callable[[str], None] | None = None) -> None:
        self._folder = folder
        self._admit = admit
        self._sent: list[bytes] = []
        self._received: list[bytes] = []
        self._spool: IO[bytes] | None = None
        self.size = 0  # bytes received
        self.started: datetime | None = None
        self.ip: str | None = None
        self.broken = False  # the connection ended otherwise than by an orderly close
        self.spool_error: OSError | None = None
        self.finished = False
        self.refused = False  # the framework's parser refused the answer, and the archive's reader found it whole
        self._seen = 0  # bytes when it was last looked at
        self._awaited: int | None = None  # bytes of the whole, where its head states them

    def begin(self, peer: str) -> None:
        """A connection to this peer is about to carry the request. Raises ``PrivateAddress`` where it must not.

        Called a second time where a kept-alive connection turned out to be dead and the request goes out once more:
        nothing had come back over the first.
        """
        if self._admit is not None:
            self._admit(peer)
        self._sent, self._received, self.size, self.broken, self._seen = [], [], 0, False, 0
        self.started, self.ip = datetime.now(UTC), peer

    def sent(self, data: bytes) -> None:
        """Bytes handed to the connection."""
        self._sent.append(data)

    def received(self, data: bytes) -> None:
        """Bytes that came out of the connection."""
        if self.finished:
            return
        self.size += len(data)
        if self._spool is None and self.size <= SPOOL:
            self._received.append(data)
            return
        if self.spool_error is not None:
            return
        try:
            if self._spool is None:
                self._spool = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115  closed in close()
                self._spool.write(b"".join(self._received))
                self._received = []
            self._spool.write(data)
        except OSError as error:  # told when the exchange is archived: this is called from inside the connection
            self.spool_error = error

    def outcome(self, method: bytes, ended: bool = False) -> Outcome:
        """How much of the answer is there, as the archive's reader sees it; ``ended`` where no more bytes will come.

        A long answer is only looked at again where its last bytes may end it.
        """
        if self._spool is not None or self.spool_error is not None:
            return "broken"  # above 4 MB nobody waits for what the framework's parser has refused
        received = b"".join(self._received)
        self._received = [received]
        enough = self._awaited is not None and self.size >= self._awaited
        if not ended and self._seen and self.size < 2 * self._seen and not (enough or received.endswith(b"\n")):
            return "open"
        answer = read_answer(received, method)
        self._seen = self.size
        self._awaited = None if answer.stated is None else answer.head_end + answer.stated
        if ended and answer.framing == "close" and answer.complete_head:
            return "broken" if self.broken else "whole"
        return answer.outcome

    @property
    def request(self) -> bytes:
        """The request as sent."""
        return b"".join(self._sent)

    def finish(self) -> WireBytes:
        """The answer as received; what comes later does not belong to it. Raises OSError where the spool failed."""
        self.finished = True
        if self.spool_error is not None:
            raise self.spool_error
        if self._spool is None:
            return b"".join(self._received)
        self._spool.flush()
        return mmap.mmap(self._spool.fileno(), 0, access=mmap.ACCESS_READ)

    def close(self) -> None:
        """Lets go of the spool file."""
        if self._spool is not None:
            self._spool.close()
            self._spool = None
