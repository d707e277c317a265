"""Which WARC records an exchange becomes, and what each of them says: response or revisit, request, metadata."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from archive.answer import Answer
from archive.capture import Capture
from archive.exchange import Exchange
from archive.growing import Batch
from archive.payloads import Payload
from archive.records import SAME_PAYLOAD, format_fields, new_id, urn, warc_date

HTTP_REQUEST = "application/http;msgtype=request"
HTTP_RESPONSE = "application/http;msgtype=response"
FIELDS = "application/warc-fields"


def payload_digest(answer: Answer) -> str | None:
    """As WARC-Payload-Digest has it; None where tools disagree on what the payload is."""
    if not answer.plain:
        return None
    return "sha256:" + sha256(memoryview(answer.wire)[answer.head_end :]).hexdigest()


def add_answer(
    batch: Batch, exchange: Exchange, answer: Answer, digest: str | None, earlier: Payload | None, warcinfo: str
) -> Capture:  # fmt: skip
    """The answer as a response; as a revisit, the head alone, where an ``earlier`` record has the same payload.

    The capture that it is, but for the place where it will lie: crawl, portal, file and offset are the writer's.
    """
    time, identifier = warc_date(exchange.started), new_id()
    headers: list[tuple[str, str | None]] = [
        ("WARC-Date", time),
        ("WARC-Target-URI", exchange.url),
        ("WARC-IP-Address", exchange.ip),
        ("WARC-Warcinfo-ID", urn(warcinfo)),
        ("WARC-Payload-Digest", digest),
        ("WARC-Truncated", exchange.truncated),
    ]
    if earlier is not None:
        headers += [
            ("WARC-Profile", SAME_PAYLOAD),
            ("WARC-Refers-To", urn(earlier.id)),
            ("WARC-Refers-To-Target-URI", earlier.url),
            ("WARC-Refers-To-Date", earlier.time),
            ("WARC-Refers-To-Filename", earlier.warc.rpartition("/")[2]),  # as Heritrix writes them
            ("WARC-Refers-To-File-Offset", str(earlier.offset)),
        ]
    kind = "revisit" if earlier else "response"
    length = batch.add(kind, identifier, headers, HTTP_RESPONSE, answer.head if earlier else exchange.response)
    body_digest, body_size = _body(answer, digest, earlier)
    return Capture(
        id=identifier,
        crawl="",
        portal="",
        url=exchange.url,
        time=time,
        kind="revisit" if earlier else "response",
        status=answer.status,
        media_type=answer.media_type,
        digest=body_digest,
        size=body_size,
        warc="",
        offset=0,
        length=length,
        refers_to=earlier.id if earlier else None,
        via=one_line(exchange.via),
        anchor=one_line(exchange.anchor),
        depth=exchange.depth,
        rule=one_line(exchange.rule),
        truncated=exchange.truncated,
        exact=exchange.exact,
    )


def _body(answer: Answer, digest: str | None, earlier: Payload | None) -> tuple[str, int]:
    """Digest and size of the decoded body: those of the payload where nothing is to be decoded."""
    if earlier is not None:
        return earlier.body_digest, earlier.body_size
    if digest is not None and not answer.header(b"content-encoding"):
        return digest, len(answer.wire) - answer.head_end
    return answer.measure()


def add_request(batch: Batch, exchange: Exchange, warcinfo: str, concurrent: str | None) -> str | None:
    """The request, if one was sent; its id."""
    if not exchange.request:
        return None
    identifier = new_id()
    headers = [
        ("WARC-Date", warc_date(exchange.started)),
        ("WARC-Target-URI", exchange.url),
        ("WARC-IP-Address", exchange.ip),
        ("WARC-Concurrent-To", urn(concurrent) if concurrent else None),
        ("WARC-Warcinfo-ID", urn(warcinfo)),
    ]
    batch.add("request", identifier, headers, HTTP_REQUEST, exchange.request)
    return identifier


def add_metadata(
    batch: Batch, exchange: Exchange, warcinfo: str, concurrent: str | None, more: Iterable[tuple[str, str]] = ()
) -> None:  # fmt: skip
    """Why the address was asked, and what else is to be said; nothing where there is nothing."""
    fields: list[tuple[str, str | None]] = [
        ("via", one_line(exchange.via)),
        ("anchor", one_line(exchange.anchor)),
        ("depth", str(exchange.depth) if exchange.depth else None),
        ("rule", one_line(exchange.rule)),
        ("capture", None if exchange.exact else "reconstructed"),
        *more,
    ]
    block = format_fields(fields)
    if not block:
        return
    headers = [
        ("WARC-Date", warc_date(exchange.started)),
        ("WARC-Target-URI", exchange.url),
        ("WARC-Concurrent-To", urn(concurrent) if concurrent else None),
        ("WARC-Warcinfo-ID", urn(warcinfo)),
    ]
    batch.add("metadata", new_id(), headers, FIELDS, block)


def one_line(text: str | None) -> str | None:
    """As a metadata record can hold it, so that a capture reads back as it was written."""
    return " ".join(text.split()) or None if text else None
