"""Reading an HTTP answer as it came over the wire."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.answer import read_answer
from archive.decoding import LARGEST_BODY


def test_parts_are_exactly_as_sent() -> None:
    head = b"HTTP/1.1 200 Fine So Far\r\ncOnTent-LENGTH: 5\r\nX-Gbk: \xd6\xd0\xb9\xfa\r\n\r\n"
    answer = read_answer(head + b"hello")
    assert answer.head == head
    assert answer.raw_body == answer.body() == b"hello"
    assert answer.status == 200
    assert answer.headers == ((b"cOnTent-LENGTH", b"5"), (b"X-Gbk", b"\xd6\xd0\xb9\xfa"))
    assert answer.framing == "length"
    assert answer.plain


def test_chunks_with_extensions_and_trailers() -> None:
    raw = b'5;a="b"\r\nhello\r\n1 \r\n!\r\n0\r\nX-Trailer: 1\r\n\r\n'
    answer = read_answer(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n" + raw + b"extra")
    assert answer.body() == b"hello!"
    assert answer.raw_body == raw + b"extra"
    assert answer.body_end == len(answer.wire) - len(b"extra")
    assert not answer.plain


@pytest.mark.parametrize("cut", [b"", b"5", b"5\r", b"5\r\nhel", b"5\r\nhello\r\n"])
def test_chunks_that_break_off_give_what_came(cut: bytes) -> None:
    answer = read_answer(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + cut)
    assert answer.body() == {b"5\r\nhel": b"hel", b"5\r\nhello\r\n": b"hello"}.get(cut, b"")


@pytest.mark.parametrize("body", [b"zz\r\nhello", b"<p>hello</p>", b"-5\r\nhello", b"0x5\nhello", b"{}\n"])
def test_a_body_that_was_stored_without_its_chunks_is_read_as_it_is(body: bytes) -> None:
    """As browser extensions and some archiving proxies write their WARC files."""
    answer = read_answer(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
    assert answer.body() == body
    assert not answer.plain


def test_chunks_after_the_first_that_are_none_end_the_body() -> None:
    answer = read_answer(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2 \r\nok\r\n_1\r\nx")
    assert answer.body() == b"ok"


def test_lf_only_head_and_folded_line() -> None:
    answer = read_answer(
        b"HTTP/1.0 404 Not There\nContent-Type: Text/HTML;\n charset=gb2312\nno colon here\n\nbody\n\nx"
    )
    assert (answer.status, answer.media_type, answer.body()) == (404, "text/html", b"body\n\nx")
    assert answer.framing == "close"


def test_interim_answers_come_before_the_head() -> None:
    interim = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    answer = read_answer(interim + b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab")
    assert answer.interim == len(interim)
    assert (answer.status, answer.body()) == (200, b"ab")
    assert not answer.plain


def test_extra_bytes_are_kept_and_are_not_the_body() -> None:
    answer = read_answer(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabEXTRA")
    assert answer.body() == b"ab"
    assert answer.raw_body == b"abEXTRA"
    assert not answer.plain


def test_head_has_no_body_whatever_its_length_says() -> None:
    wire = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"
    assert read_answer(wire, b"HEAD").framing == "none"
    assert read_answer(wire, b"HEAD").body() == b""
    assert read_answer(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n").framing == "none"


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"x" * 9000, mtime=0)),
        ("X-GZIP", gzip.compress(b"x" * 4000, mtime=0) + gzip.compress(b"x" * 5000, mtime=0)),
        ("deflate", zlib.compress(b"x" * 9000)),
        ("deflate", zlib.compress(b"x" * 9000)[2:-4]),  # without the zlib head, as old servers send it
        ("br", brotli.compress(b"x" * 9000)),
        ("identity", b"x" * 9000),
        ("gzip", b"x" * 9000),  # the header lies
        ("sdch", b"x" * 9000),  # nobody knows it any more
        ("gzip, br", brotli.compress(gzip.compress(b"x" * 9000, mtime=0))),
    ],
)
def test_content_codings(coding: str, packed: bytes) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {len(packed)}\r\n\r\n".encode()
    assert read_answer(head + packed).body() == b"x" * 9000


def test_a_cut_compressed_body_gives_its_beginning() -> None:
    text = "".join(f"{number} " for number in range(60_000)).encode()
    packed = gzip.compress(text, mtime=0)
    answer = read_answer(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + packed[: len(packed) // 2])
    assert len(answer.body()) > 10_000
    assert text.startswith(answer.body())


@pytest.mark.parametrize("wire", [b"x", b"\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Le", b"<html>no head at all</html>"])
def test_what_is_no_answer_is_never_plain(wire: bytes) -> None:
    answer = read_answer(wire)
    assert not answer.plain
    assert answer.head + answer.raw_body == wire


@given(st.binary(max_size=300), st.sampled_from([b"", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"]))
def test_no_bytes_make_it_fail(rest: bytes, start: bytes) -> None:
    answer = read_answer(start + rest)
    assert bytes(answer.wire[: answer.interim]) + answer.head + answer.raw_body == start + rest
    assert answer.measure()[1] == len(answer.body())


@given(st.lists(st.binary(min_size=1, max_size=40), max_size=6), st.sampled_from([b"\r\n", b"\n"]))
def test_chunking_and_back(parts: list[bytes], end: bytes) -> None:
    raw = b"".join(b"%X" % len(part) + end + part + end for part in parts) + b"0" + end + end
    answer = read_answer(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + raw)
    assert answer.body() == b"".join(parts)
    assert answer.body_end == len(answer.wire)


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("wire", "outcome"),
    [
        (b"", "open"),
        (b"HT", "open"),
        (b"\r\nHTTP/1.1 200", "open"),
        (b"SSH-2.0", "broken"),
        (b"HTTP/1.1 OK\r\n", "broken"),
        (OK + b"Content-Le", "open"),
        (OK + b"\r\nuntil it hangs up", "open"),
        (OK + b"Content-Length: 4\r\n\r\nbod", "open"),
        (OK + b"Content-Length: 4\r\n\r\nbody", "whole"),
        (OK + b"Content-Length: 4\r\n\r\nbodyextra", "whole"),
        (b"HTTP/1.1 304 Same\r\nContent-Length: 9\r\n\r\n", "whole"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", "open"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\n", "open"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel", "open"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "open"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n", "open"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: 1\r\n", "open"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: 1\r\n\r\n", "whole"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "whole"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5 \nhello\n0 \n\n", "whole"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello and more\r\n", "broken"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello", "broken"),
    ],
)
def test_it_is_known_whether_all_of_an_answer_is_there(wire: bytes, outcome: str) -> None:
    assert read_answer(wire).outcome == outcome


def test_a_body_that_unfolds_without_end_is_cut_and_has_not_broken_off() -> None:
    packed = gzip.compress(bytes(LARGEST_BODY + (1 << 20)), 1)
    answer = read_answer(
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed
    )
    assert answer.measure()[1] == LARGEST_BODY
    assert not answer.broken_off()


def test_a_small_page_whose_packing_is_broken_has_broken_off() -> None:
    """All of it fits into one step of the decoder: it was taken for one that was never compressed, a file of gzip."""
    page = "".join(f"<p>{number * 7919 % 10007}政府信息公开</p>" for number in range(400)).encode()
    packed = gzip.compress(page)
    assert len(packed) < 4096
    broken = packed[: len(packed) // 2] + bytes(len(packed) // 2)
    answer = read_answer(OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(broken) + broken)
    assert answer.broken_off()
    assert page.startswith(answer.body()[:500]) and len(answer.body()) > 500
    whole = read_answer(OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed)
    assert whole.body() == page and not whole.broken_off()


@pytest.mark.parametrize("coding", [b"gzip", b"deflate", b"br", b"zstd"])
def test_a_body_that_a_tool_unpacked_is_not_cut_at_the_packed_length(coding: bytes) -> None:
    page = "<html><p>政府信息公开工作年度报告</p>".encode() * 50
    head = OK + b"Content-Encoding: " + coding + b"\r\nContent-Length: 99\r\n\r\n"
    assert read_answer(head + page).body() == page


@pytest.mark.parametrize("protocol", [b"HTTP/2", b"HTTP/2.0", b"HTTP/3", b"http/1.1"])
def test_other_versions_status_lines_are_read(protocol: bytes) -> None:
    answer = read_answer(protocol + b" 200\r\n:status: 200\r\ncontent-type: text/html\r\n\r\npage")
    assert (answer.status, answer.media_type, answer.body()) == (200, "text/html", b"page")
