"""The download handler that archives whatever goes over the wire: pages, robots.txt, redirects, retries, errors.

It sits below all middlewares, so nothing that is fetched can pass it by. Keys of ``request.meta`` that it reads:
``gongkai_via``, ``gongkai_anchor``, ``gongkai_depth``, ``gongkai_rule`` (go into the metadata record) and
``gongkai_accept_encoding`` (``identity`` by default, which keeps digests stable). Keys that it sets:
``gongkai_capture``, the `archive.Capture` of the answer, also where the download then fails (timeout in the middle of a
body), and ``gongkai_failure``, a word for why there is no answer: private, dns, refused, timeout, tls, disconnect,
other.

The response that it returns has the body as the archive decodes it, so that a crawl and a rebuild read the same bytes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from OpenSSL import SSL
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    StopDownload,
)
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.utils.defer import maybe_deferred_to_future
from service_identity import VerificationError
from twisted.internet.error import CertificateError, ConnectionClosed
from twisted.web._newclient import ParseError

from archive import ArchiveFull, Exchange, WarcWriter
from archive.answer import Answer, read_answer
from archive.exchange import Wire as WireBytes
from archive.writer import FULL
from crawler.capture import tee
from crawler.capture.full_disk import stop_crawl
from crawler.capture.hosts import PrivateAddress, admit_public, resolve
from crawler.capture.reconstructed import rebuilt_request, rebuilt_response
from crawler.capture.wire import Wire

logger = logging.getLogger(__name__)

CAPTURE = "gongkai_capture"
FAILURE = "gongkai_failure"
REFUSED = "refused"  # flag of a response that Twisted refused, and that the archive's reader read


class ArchivingDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler with the archive's tap on its connections."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._public_only = not crawler.settings.getbool("GONGKAI_ALLOW_PRIVATE_HOSTS")
        # Twisted would ask again at once where a server hangs up instead of answering: within the Crawl-delay, and
        # unseen by whoever counts the faults. The row is asked for again in its turn.
        self._pool.retryAutomatically = False
        self._exact = capture_kind(crawler) == "exact"
        if self._exact:
            self._pool._factory = tee.TeeFactory

    async def download_request(self, request: Request) -> Response:
        """Fetches and archives. Raises as Scrapy's handler does, ``PrivateAddress`` for addresses that are not public,
        and IgnoreRequest once the archive's disk is full, after telling the engine to close the spider."""
        writer: WarcWriter | None = getattr(self._crawler, "gongkai_writer", None)
        if writer is None:
            raise RuntimeError("nothing is fetched without an archive: crawler.capture.extension is not enabled")
        request.meta.pop(CAPTURE, None)  # a redirect or retry inherits the meta of the request before it
        request.meta.pop(FAILURE, None)
        request.headers[b"Accept-Encoding"] = request.meta.get("gongkai_accept_encoding", "identity")
        guarded = self._public_only and not request.meta.get("proxy")
        wire = Wire(writer.shelf.path, admit_public if guarded else None)
        try:
            try:
                if self._public_only:
                    admit_public(urlsplit(request.url).hostname or "")
                response = await self._fetch(request, wire)
            except BaseException as error:  # a cancelled download as well: what came until then is kept
                if not (wire.refused or _whole_after_all(error, wire, request)):
                    self._archive_failure(writer, request, wire, error)
                    raise
                response = None  # Twisted refused it, and the archive's reader reads it
            return self._archive(writer, request, wire, response)
        finally:
            wire.close()

    async def _fetch(self, request: Request, wire: Wire) -> Response:
        if not self._exact:
            if self._public_only and not request.meta.get("proxy"):
                from twisted.internet import reactor

                for address in await maybe_deferred_to_future(resolve(reactor, urlsplit(request.url).hostname or "")):
                    admit_public(address)
            return await super().download_request(request)
        agent = tee.TappedAgent(
            wire=wire,
            pool=self._pool,
            public_only=self._public_only,
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
            tls_verbose_logging=self._tls_verbose_logging,
        )
        with tee.scrapy_errors():
            return await maybe_deferred_to_future(agent.download_request(request))

    def _archive(self, writer: WarcWriter, request: Request, wire: Wire, response: Response | None) -> Response:
        sent, received, exact = wire.request, _received(wire), True
        if response is not None and received is not None and not len(received):
            if self._exact:
                logger.error("The tap saw nothing of %s: its answer is archived as reconstructed", request.url)
            sent, received, exact = rebuilt_request(request), rebuilt_response(response), False
        if received is None:
            stop_crawl(self._crawler, f"no space left to spool the answer of {request.url}")
            raise IgnoreRequest("the archive is full")
        answer = read_answer(received, request.method.encode())
        truncated = None
        if response is None or wire.refused or ("dataloss" in response.flags and answer.outcome == "whole"):
            response = read_again(request, answer, wire.ip)
        elif "dataloss" in response.flags or (wire.broken and answer.framing == "close"):
            truncated = "disconnect"
        elif "download_stopped" in response.flags:
            truncated = "unspecified"
        elif answer.broken_off():
            truncated = "unspecified"
            response = response.replace(flags=[*response.flags, "dataloss"])
        ip = wire.ip or (str(response.ip_address) if response.ip_address else None)
        try:
            request.meta[CAPTURE] = writer.write(_exchange(request, wire, sent, received, ip, truncated, exact))
        except ArchiveFull as error:
            stop_crawl(self._crawler, str(error))
            raise IgnoreRequest("the archive is full") from error
        return as_archived(response, answer)

    def _archive_failure(self, writer: WarcWriter, request: Request, wire: Wire, error: BaseException) -> None:
        """Keeps what came before the failure; without a byte of an answer, that and why there was none."""
        received = _received(wire)
        if received is None:
            stop_crawl(self._crawler, f"no space left to spool the answer of {request.url}")
            return
        kind = failure_kind(error)
        try:
            if len(received):
                exchange = _exchange(request, wire, wire.request, received, wire.ip, truncation(error), True)
                request.meta[CAPTURE] = writer.write(exchange)
            else:
                request.meta[FAILURE] = kind
                exchange = _exchange(request, wire, wire.request, b"", wire.ip, None, self._exact)
                writer.write_failure(exchange, f"{kind}: {error}")
        except ArchiveFull as full:
            stop_crawl(self._crawler, str(full))
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(f"gongkai/failure/{kind}")


def _whole_after_all(error: BaseException, wire: Wire, request: Request) -> bool:
    """Whether the framework waited for more (a chunk that ends in LF alone), and the archive's reader has it all."""
    waited = isinstance(error, DownloadTimeoutError | ResponseDataLossError)
    return waited and wire.outcome(request.method.encode()) == "whole"


def capture_kind(crawler: Crawler) -> str:
    """``exact``, or ``reconstructed`` where Scrapy's inside is not what the tap was written for, or the setting
    GONGKAI_CAPTURE says so."""
    if tee.MISSING is not None or crawler.settings.get("GONGKAI_CAPTURE") == "reconstructed":
        return "reconstructed"
    return "exact"


def truncation(error: BaseException) -> str:
    """The word of WARC-Truncated for an answer that broke off with this error."""
    if isinstance(error, DownloadTimeoutError):
        return "time"
    if isinstance(error, DownloadCancelledError):
        return "length"
    if isinstance(error, StopDownload):
        return "unspecified"
    parse_errors = any(isinstance(cause, ValueError | ParseError | KeyError) for cause in _causes(error))
    return "unspecified" if parse_errors else "disconnect"


def failure_kind(error: BaseException) -> str:
    """Why there is no whole answer, in one word, for the crawl's summary."""
    if isinstance(error, PrivateAddress):
        return "private"
    if isinstance(error, CannotResolveHostError):
        return "dns"
    if isinstance(error, DownloadConnectionRefusedError):
        return "refused"
    if isinstance(error, DownloadTimeoutError):
        return "timeout"
    causes = list(_causes(error))
    if any(isinstance(cause, SSL.Error | CertificateError | VerificationError) for cause in causes):
        return "tls"
    if any(isinstance(cause, ConnectionClosed) for cause in causes):
        return "disconnect"
    return "other"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error, what it wraps (Twisted keeps a list of reasons) and what it came from."""
    while error is not None:
        yield error
        for reason in getattr(error, "reasons", ()):
            yield from _causes(reason.value)
        error = error.__cause__


def _received(wire: Wire) -> WireBytes | None:
    try:
        return wire.finish()
    except OSError as error:
        if error.errno in FULL:
            return None
        raise


def _exchange(
    request: Request, wire: Wire, sent: bytes, received: WireBytes, ip: str | None, truncated: str | None, exact: bool
) -> Exchange:
    meta = request.meta
    rule = meta.get("gongkai_rule")
    if rule is None and urlsplit(request.url).path == "/robots.txt":
        rule = "robots"
    return Exchange(
        url=request.url.partition("#")[0],
        request=sent,
        response=received,
        started=wire.started or datetime.now(UTC),
        ip=ip,
        truncated=truncated,
        exact=exact,
        via=meta.get("gongkai_via"),
        anchor=meta.get("gongkai_anchor"),
        depth=meta.get("gongkai_depth") or 0,
        rule=rule,
    )


def as_archived(response: Response, answer: Answer) -> Response:
    """The response with its body decoded as the archive's reader decodes it; nothing is left for Scrapy to decode."""
    if not answer.header(b"content-encoding"):
        return response
    body = answer.body()
    headers = response.headers.copy()
    headers.pop(b"Content-Encoding", None)
    kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
    return response.replace(body=body, headers=headers, cls=kind)


def read_again(request: Request, answer: Answer, ip: str | None) -> Response:
    """An answer that the framework refused, as the archive's reader reads it; its flags say ``refused``."""
    headers = Headers()
    for name, value in answer.headers:
        headers.appendlist(name.strip(), value)
    headers.pop(b"Content-Encoding", None)
    body = answer.body()
    kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
    address = ip_address(ip.partition("%")[0]) if ip else None
    return kind(
        url=request.url, status=answer.status, headers=headers, body=body, flags=[REFUSED], ip_address=address,
        protocol="HTTP/1.1",
    )  # fmt: skip
