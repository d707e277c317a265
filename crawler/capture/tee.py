"""Taps the connection of Scrapy's HTTP/1.1 download handler, so that request and answer are kept byte for byte.

A downloader middleware cannot do this: reason phrase, header case and order, and chunk framing are gone before it runs.
This module is the only one that touches private names of Scrapy; it is written for 2.19. Where they are not what it
expects, ``MISSING`` says so and the handler falls back to putting answers together again (``capture=reconstructed``);
the contract test in tests/crawler/capture compares stored bytes with a raw socket server's log.
"""

from __future__ import annotations

from contextlib import nullcontext
from importlib import import_module
from typing import Any

from twisted.internet.defer import Deferred, fail
from twisted.internet.error import ConnectionDone, ConnectionLost
from twisted.internet.interfaces import ISSLTransport
from twisted.web.client import HTTPConnectionPool

from archive.answer import LONGEST_HEAD
from crawler.capture.hosts import PublicEndpoints
from crawler.capture.wire import Wire

MISSING: str | None = None  # which private name Scrapy does not have any more
_Protocol: Any = object
_Factory: Any = object
_Agent: Any = object
scrapy_errors: Any = nullcontext  # turns Twisted's errors into Scrapy's
try:
    _http11 = import_module("scrapy.core.downloader.handlers.http11")
    _Protocol = _http11._LenientHTTP11ClientProtocol
    _Factory = _http11._LenientHTTP11ClientFactory
    _Agent = _http11._ScrapyAgent
    _ = _Protocol._giveUp, _Protocol._disconnectParser
    scrapy_errors = import_module("scrapy.utils._download_handlers").wrap_twisted_exceptions
except (ImportError, AttributeError) as error:
    MISSING = str(error)

KEY = "_gongkai_wire"  # on Twisted's request object


class _TeeTransport:
    """A transport that also tells the wire what is written to it."""

    def __init__(self, transport: Any, wire: Wire) -> None:
        self._transport = transport
        self._wire = wire

    def write(self, data: bytes) -> None:
        self._wire.sent(bytes(data))
        self._transport.write(data)

    def writeSequence(self, parts: Any) -> None:  # noqa: N802  Twisted's name
        parts = list(parts)
        self._wire.sent(b"".join(parts))
        self._transport.writeSequence(parts)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class TeeProtocol(_Protocol):  # type: ignore[misc]
    """Scrapy's client protocol, with a tap on what is read and written (inside TLS, where there is TLS).

    Twisted's parser refuses answers that browsers read: two spaces in a status line, a blank after a chunk's size, a
    length stated twice. The connection is then listened to until the answer is whole for the archive's reader
    (``wire.refused``), or can become so no more; only then the request fails, and the handler takes what was archived.
    """

    wire: Wire | None = None
    _refusal: Any = None  # why the parser has stopped reading
    _method = b"GET"

    def request(self, request: Any) -> Any:
        wire: Wire | None = getattr(request, KEY, None)
        if wire is None:  # the request came another way than through the tapped pool: it is told as reconstructed
            self.wire = None
            return super().request(request)
        try:
            wire.begin(self.transport.getPeer().host)
        except Exception as error:
            self.transport.abortConnection()
            return fail(error)
        self.wire = wire
        write_to = type(request).writeTo
        request.writeTo = lambda transport: write_to(request, _TeeTransport(transport, wire))
        self._method = request.method
        done = super().request(request)
        if self._parser is not None:
            self._parser.MAX_LENGTH = LONGEST_HEAD  # of one line: some portals' cookies are longer than Twisted's 16 KB
        return done

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        if self.wire is not None:
            self.wire.received(data)
        if self._refusal is None:
            super().dataReceived(data)
        else:
            self._listen(ended=False)

    def _giveUp(self, reason: Any) -> None:  # noqa: N802
        if self.wire is None or reason.check(ConnectionDone):  # the answer has been read, and nothing is to follow
            super()._giveUp(reason)
            return
        self._refusal = reason
        self.transport.resumeProducing()
        self._listen(ended=False)

    def _listen(self, ended: bool) -> None:
        assert self.wire is not None
        outcome = self.wire.outcome(self._method, ended)
        if outcome != "open" or ended:
            self.wire.refused = outcome == "whole"
            super()._giveUp(self._refusal)

    def connectionLost(self, reason: Any) -> None:  # noqa: N802
        # over TLS many servers just hang up after the last byte, which looks like a broken connection and is none
        if self.wire is not None and reason.check(ConnectionLost) and not ISSLTransport.providedBy(self.transport):
            self.wire.broken = True
        if self._refusal is not None and self._parser is not None:
            self._listen(ended=True)
        super().connectionLost(reason)


class TeeFactory(_Factory):  # type: ignore[misc]
    """Makes the protocols of the connection pool."""

    noisy = False

    def buildProtocol(self, addr: Any) -> TeeProtocol:  # noqa: N802
        return TeeProtocol(self._quiescentCallback)


class _TappedConnection:
    """A connection of the pool that hands its request the wire to write to, a retry over a new connection included."""

    def __init__(self, connection: Any, wire: Wire) -> None:
        self._connection = connection
        self._wire = wire

    def request(self, request: Any) -> Any:
        setattr(request, KEY, self._wire)
        return self._connection.request(request)


class _TappedPool:
    """The connection pool as one request sees it."""

    def __init__(self, pool: HTTPConnectionPool, wire: Wire) -> None:
        self._pool = pool
        self._wire = wire
        self.persistent = pool.persistent

    def getConnection(self, key: Any, endpoint: Any) -> Deferred[Any]:  # noqa: N802
        return self._pool.getConnection(key, endpoint).addCallback(_TappedConnection, self._wire)


class TappedAgent(_Agent):  # type: ignore[misc]
    """Scrapy's agent for one request, over tapped connections, to public addresses only (unless allowed)."""

    def __init__(self, *, wire: Wire, pool: HTTPConnectionPool, public_only: bool, **options: Any) -> None:
        tapped: Any = _TappedPool(pool, wire)
        super().__init__(pool=tapped, **options)
        self._public_only = public_only

    def _get_agent(self, request: Any, timeout: float) -> Any:
        from twisted.internet import reactor

        agent = super()._get_agent(request, timeout)
        if self._public_only and not request.meta.get("proxy"):
            bind_address = agent._endpointFactory._bindAddress
            agent._endpointFactory = PublicEndpoints(reactor, self._contextFactory, timeout, bind_address)
        return agent
