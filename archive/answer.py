"""Reads an HTTP answer as it came over the wire: head, framing, body, and the body as its reader sees it.

Lenient like a browser, since the bytes are kept whatever they are: LF-only heads, header bytes in GBK, lines without a
colon, wrong lengths. Sources: RFC 9112 (framing), RFC 9110 section 8.4 (content coding).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from archive.decoding import LARGEST_BODY, Inflate, decoded, decoder_of, packed
from archive.exchange import Wire

Framing = Literal["none", "length", "chunked", "close"]
Outcome = Literal["whole", "open", "broken"]

LONGEST_HEAD = 1 << 20  # bytes; an answer whose head has not ended by then has none
LONGEST_CHUNK_LINE = 1 << 16  # bytes of a chunk's size and extensions
STEP = 1 << 18

_CHUNK_SIZE = re.compile(rb"[0-9A-Fa-f]{1,16}")
_END_OF_HEAD = re.compile(rb"\n\r?\n")
_STATUS = re.compile(rb"^HTTP/(\d+(?:\.\d+)?)[ \t]+(\d{3})(?:[ \t]+([^\r\n]*))?", re.IGNORECASE)
_BEFORE = b"\r\n"  # line ends before a status line: left over from the answer before, and passed over by browsers


@dataclass(frozen=True, slots=True)
class Answer:
    """Where the parts of one answer lie in its bytes."""

    wire: Wire
    interim: int  # bytes of 1xx answers (and of stray line ends) before the head
    head_end: int  # where the body begins; the whole length where the head never ended
    body_end: int  # where the framing says that the body ends; what comes after are extra bytes
    status: int  # 0 where there is no status line
    headers: tuple[tuple[bytes, bytes], ...]  # in order, names as sent, values stripped
    framing: Framing
    complete_head: bool
    stated: int | None = None  # bytes of the body, where framing is "length"

    def header(self, name: bytes) -> bytes | None:
        """The first value of a header, names compared without case; None where there is none."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower().rstrip() == wanted), None)

    @property
    def media_type(self) -> str:
        """``text/html`` of ``Text/HTML; charset=gbk``; empty where the server named none."""
        return (self.header(b"content-type") or b"").split(b";")[0].strip().lower().decode("latin-1")

    @property
    def head(self) -> bytes:
        """Status line and headers of the final answer with the blank line, exactly as sent."""
        return bytes(self.wire[self.interim : self.head_end])

    @property
    def raw_body(self) -> bytes:
        """Everything after the head, exactly as sent: chunk framing, trailers and extra bytes included."""
        return bytes(self.wire[self.head_end :])

    @property
    def plain(self) -> bool:
        """True where the bytes after the head are the entity: not chunked, no extra bytes, no interim answers.

        Only then do all tools agree on what the payload is, so only then is it digested and compared.
        """
        return (
            self.complete_head
            and self.status > 0
            and not self.interim
            and self.framing != "chunked"
            and self.body_end == len(self.wire)
        )

    @property
    def outcome(self) -> Outcome:
        """Whether all of it is there, as its framing says; ``open`` where more bytes, or the connection's end, tell.

        ``broken`` is what no more bytes can mend: no HTTP, or chunks that stop being chunks.
        """
        if not self.complete_head:
            begins = bytes(self.wire[self.interim : self.interim + LONGEST_HEAD]).lstrip(_BEFORE)
            promising = self.status or (b"HTTP/".startswith(begins[:5].upper()) and b"\n" not in begins)
            return "open" if promising and len(begins) < LONGEST_HEAD else "broken"
        if self.framing == "chunked":
            return _chunked_outcome(self.wire, self.head_end)
        if self.framing == "close":
            return "open"
        return "whole" if self.framing == "none" or self.body_end - self.head_end == self.stated else "open"

    def chunks(self) -> Iterator[bytes]:
        """The body after transfer and content decoding, in pieces."""
        pieces = self._entity()
        for coding in reversed(self._codings()):
            decoder = decoder_of(coding)
            if decoder is None:
                break  # a coding that nobody here can read: the body stays as it is
            pieces = decoded(pieces, decoder)
        yield from pieces

    def body(self) -> bytes:
        """The body after transfer and content decoding."""
        return b"".join(self.chunks())

    def broken_off(self) -> bool:
        """Whether a gzip body stops before its own end, though its length is the one that was announced."""
        if self._codings() not in ([b"gzip"], [b"x-gzip"]):
            return False
        inflate = Inflate(gzip=True)
        size = sum(map(len, decoded(self._entity(), inflate)))
        return inflate.told and not inflate.ended and size < LARGEST_BODY

    def measure(self) -> tuple[str, int]:
        """Digest (``sha256:…``) and size of the decoded body, without holding it in memory."""
        digest, size = sha256(), 0
        for piece in self.chunks():
            digest.update(piece)
            size += len(piece)
        return "sha256:" + digest.hexdigest(), size

    def _codings(self) -> list[bytes]:
        return [
            coding
            for name, value in self.headers
            if name.lower().rstrip() == b"content-encoding"
            for each in value.split(b",")
            if (coding := each.strip().lower()) not in (b"", b"identity")
        ]

    def _entity(self) -> Iterator[bytes]:
        if self.framing == "chunked" and _begins_with_chunk(self.wire, self.head_end):
            yield from (bytes(self.wire[start:end]) for start, end, _ in _chunk_spans(self.wire, self.head_end))
        elif len(self.wire) - self.head_end <= STEP:
            yield bytes(self.wire[self.head_end : self.body_end])
        else:
            for start in range(self.head_end, self.body_end, STEP):
                yield bytes(self.wire[start : min(start + STEP, self.body_end)])


def read_answer(wire: Wire, method: bytes = b"GET") -> Answer:
    """Finds the parts of an answer; never raises, whatever the bytes are.

    ``method`` is the request's, since an answer to HEAD has no body whatever its head says.
    """
    stray = 0
    while stray < len(wire) and wire[stray] in _BEFORE:
        stray += 1
    start = stray
    while True:
        head_end, complete = _head_end(wire, start)
        head = bytes(wire[start:head_end])
        match = _STATUS.match(head)
        status = int(match[2]) if match else 0
        if not (complete and 100 <= status < 200 and status != 101):
            break
        start = head_end
    headers = tuple(_headers(head)) if match else ()
    if not match:  # not HTTP at all: there is no head to speak of
        start = 0 if start == stray else start
        return Answer(wire, start, start, len(wire), 0, (), "close", False)
    framing, body_end, stated = _framing(wire, head_end, status, headers, method)
    return Answer(wire, start, head_end, body_end, status, headers, framing, complete, stated)


def _head_end(wire: Wire, start: int) -> tuple[int, bool]:
    window = bytes(wire[start : start + 8192])
    match = _END_OF_HEAD.search(window)
    if match is None and len(wire) - start > 8192:
        match = _END_OF_HEAD.search(bytes(wire[start : start + LONGEST_HEAD]))
    return (start + match.end(), True) if match else (len(wire), False)


def _headers(head: bytes) -> Iterator[tuple[bytes, bytes]]:
    lines: list[bytes] = []
    for line in head.split(b"\n")[1:]:
        line = line.removesuffix(b"\r")
        if line[:1] in (b" ", b"\t") and lines:
            lines[-1] += line  # a folded line, RFC 9112 section 5.2
        else:
            lines.append(line)
    for line in lines:
        name, colon, value = line.partition(b":")
        if colon:
            yield name, value.strip()


def _framing(
    wire: Wire, head_end: int, status: int, headers: Iterable[tuple[bytes, bytes]], method: bytes
) -> tuple[Framing, int, int | None]:
    values: dict[bytes, list[bytes]] = {}
    for name, value in headers:
        values.setdefault(name.lower().rstrip(), []).append(value)
    if method.upper() == b"HEAD" or status in (204, 304):
        return "none", head_end, None
    codings = [c.strip().lower() for v in values.get(b"transfer-encoding", []) for c in v.split(b",")]
    if codings and codings[-1] == b"chunked":
        if not _begins_with_chunk(wire, head_end):
            return "chunked", len(wire), None
        return "chunked", max((after for _, _, after in _chunk_spans(wire, head_end)), default=head_end), None
    lengths = {v.strip() for values_ in values.get(b"content-length", []) for v in values_.split(b",")}
    if len(lengths) == 1 and (length := lengths.pop()).isdigit():
        if int(length) < len(wire) - head_end and _unpacked(wire, head_end, values):
            return "close", len(wire), None
        return "length", min(head_end + int(length), len(wire)), int(length)
    return "close", len(wire), None


def _unpacked(wire: Wire, position: int, values: dict[bytes, list[bytes]]) -> bool:
    """Whether a tool took the compression off and left the head as it was: its length is that of the packed body."""
    codings = [c.strip().lower() for v in values.get(b"content-encoding", []) for c in v.split(b",")]
    stated = [coding for coding in codings if coding not in (b"", b"identity")]
    return bool(stated) and not packed(stated[-1], bytes(wire[position : position + 4096]))


def _begins_with_chunk(wire: Wire, position: int) -> bool:
    """Whether there are chunks at all: many archiving tools store the body without them and leave the header."""
    line, end, _ = bytes(wire[position : position + LONGEST_CHUNK_LINE]).partition(b"\n")
    digits = line.partition(b";")[0].strip()
    return not line or (bool(_CHUNK_SIZE.fullmatch(digits)) and (bool(end) or len(line) < LONGEST_CHUNK_LINE))


def _chunk_spans(wire: Wire, position: int) -> Iterator[tuple[int, int, int]]:
    """(start, end, position after it) of each chunk; the last is empty and its position lies after the trailers."""
    size = len(wire)
    while position < size:
        line_end = wire.find(b"\n", position, position + LONGEST_CHUNK_LINE)
        if line_end < 0:
            return
        digits = bytes(wire[position:line_end]).partition(b";")[0].strip()
        if not _CHUNK_SIZE.fullmatch(digits):
            return  # not a chunk: what could be read stands, the bytes are kept anyway
        length = int(digits, 16)
        start = line_end + 1
        if length == 0:
            yield start, start, _trailers_end(wire, start)
            return
        end = min(start + length, size)
        after = end
        if wire[after : after + 2] == b"\r\n":
            after += 2
        elif wire[after : after + 1] == b"\n":
            after += 1
        yield start, end, after
        position = after


def _chunked_outcome(wire: Wire, position: int) -> Outcome:
    start = end = after = position
    for start, end, after in _chunk_spans(wire, position):  # noqa: B007  the last one counts
        continue
    trailers = bytes(wire[end:after]) if start == end else b""
    if trailers in (b"\r\n", b"\n") or trailers.endswith((b"\n\r\n", b"\n\n")):
        return "whole"
    rest = bytes(wire[after : after + LONGEST_CHUNK_LINE])
    return "broken" if b"\n" in rest.lstrip(b"\r\n") or len(rest) == LONGEST_CHUNK_LINE else "open"


def _trailers_end(wire: Wire, position: int) -> int:
    while True:
        line_end = wire.find(b"\n", position)
        if line_end < 0:
            return len(wire)
        line = bytes(wire[position : line_end + 1])
        position = line_end + 1
        if line in (b"\r\n", b"\n"):
            return position
