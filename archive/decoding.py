"""Takes the compression off a body: gzip, deflate, and where the libraries are there, brotli and zstd.

Source: RFC 9110 section 8.4.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

_FIRST = 64  # bytes: a gzip head and a little more
LARGEST_BODY = 1 << 27  # bytes after decoding; a compressed body that unfolds to more is cut there (a bomb)


class Inflate:
    """zlib, gzip and raw deflate: servers send any of the three under the name deflate."""

    def __init__(self, gzip: bool) -> None:
        self._decoder: Any = zlib.decompressobj(47 if gzip else 15)
        self._gzip = gzip
        self._begun = False
        self.told = False  # something compressed has been read

    @property
    def ended(self) -> bool:
        """Whether the compressed body has come to its end."""
        return bool(self._decoder.eof)

    def __call__(self, data: bytes) -> bytes:
        if not self._begun and not self._gzip and data:
            try:
                zlib.decompressobj(15).decompress(data[:2])
            except zlib.error:
                self._decoder = zlib.decompressobj(-15)
        self._begun = self._begun or bool(data)
        parts = [self._decoder.decompress(data)]
        self.told = self.told or bool(data)
        while self._gzip and self._decoder.eof and self._decoder.unused_data.startswith(b"\x1f\x8b"):
            rest = self._decoder.unused_data
            self._decoder = zlib.decompressobj(31)
            parts.append(self._decoder.decompress(rest))
        return b"".join(parts)


def decoder_of(coding: bytes) -> Callable[[bytes], bytes] | None:
    """What takes off a content coding; None for one that nobody here can read."""
    if coding in (b"gzip", b"x-gzip", b"deflate"):
        return Inflate(gzip=coding != b"deflate")
    modules = {b"br": ("brotli", "Decompressor"), b"zstd": ("backports.zstd", "ZstdDecompressor")}
    if coding not in modules:
        return None
    module, name = modules[coding]
    try:
        decoder = getattr(import_module(module), name)()
    except ImportError:
        return None
    step: Callable[[bytes], bytes] = decoder.process if coding == b"br" else decoder.decompress
    return step


def packed(coding: bytes, beginning: bytes) -> bool:
    """Whether a body is compressed as its head says, from its first bytes; True where nobody here can tell."""
    decode = decoder_of(coding)
    try:
        return decode is None or decode(beginning) is not None
    except Exception:  # each codec has its own error class
        return False


def _steps(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces for a decoder, the first so short that a body which breaks later is told from one never compressed."""
    size = _FIRST
    for piece in pieces:
        start = 0
        while start < len(piece):
            yield piece[start : start + size]
            start, size = start + size, min(4096, size * 4)


def decoded(pieces: Iterable[bytes], decode: Callable[[bytes], bytes]) -> Iterator[bytes]:
    """Decodes as far as the bytes go: a cut or broken body gives the part before the break, one that never was
    compressed (a header that lies) stays as it is."""
    total = 0
    steps = _steps(pieces)
    for index, step in enumerate(steps):
        try:
            out = decode(step)
        except Exception:  # each codec has its own error class
            if index == 0:
                yield step
                yield from steps
            return
        if total + len(out) > LARGEST_BODY:
            yield out[: LARGEST_BODY - total]  # up to the limit: a body below it that does not end has broken off
            return
        total += len(out)
        if out:
            yield out
