"""The archive against warcio and FastWARC: exchanges a second written and read, bytes a page, access, share of a crawl.

    make bench-archive        or        python -m bench.archive --pages 300 --rounds 5

Every tool gets the same exchanges (response, request, metadata; one gzip member a record, level 6, digests), and each
round runs all of them one after the other; what is printed are medians and ratios of medians, which stand on a noisy
machine where the seconds do not.
"""

from __future__ import annotations

import argparse
import io
import random
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecord, WarcRecordType
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser
from warcio.warcwriter import WARCWriter

from archive import ArchiveReader, Exchange, WarcWriter, iterate, verify
from bench.archive_share import print_share

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
REQUEST = (
    b"GET /%d.html HTTP/1.1\r\nHost: portal.invalid\r\nUser-Agent: gongkai\r\nAccept: text/html\r\n"
    b"Accept-Encoding: identity\r\nAccept-Language: zh-CN\r\n\r\n"
)
VIA = "http://portal.invalid/xxgk/nb/"
METADATA = f"via: {VIA}\r\ndepth: 2\r\nrule: report\r\n".encode()


def bodies(number: int) -> tuple[list[bytes], str]:
    """Pages to archive: the corpus, each made different by a line, or invented ones where it is not there."""
    found = sorted(CORPUS.glob("*/*.html"))
    dice = random.Random(1)
    if found:
        sources = [path.read_bytes() for path in found]
        said = f"{len(sources)} real pages"
    else:
        signs = [chr(0x4E00 + n) for n in range(600)]
        sources = [
            "".join(
                f"<td>{''.join(dice.choices(signs, k=4))}</td><td>{dice.randrange(900)}</td>" for _ in range(size)
            ).encode()
            for size in (200, 1000, 3000)
        ]
        said = "invented pages"
    return [sources[n % len(sources)] + b"<!-- %032x -->" % dice.getrandbits(128) for n in range(number)], said


def answer(body: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nServer: portal\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
    return head % len(body) + body


def write_ours(folder: Path, exchanges: list[tuple[str, bytes, bytes]]) -> None:
    with WarcWriter(folder, portal="bench", crawl="bench-1") as writer:
        for url, request, response in exchanges:
            writer.write(
                Exchange(url, request, response, datetime.now(UTC), "192.0.2.1", via=VIA, depth=2, rule="report")
            )


def write_warcio(path: Path, exchanges: list[tuple[str, bytes, bytes]]) -> None:
    with path.open("wb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        writer = WARCWriter(file, gzip=True, warc_version="WARC/1.1")
        parser = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"])
        for url, request, response in exchanges:
            stream = io.BytesIO(response)
            head = parser.parse(stream)
            got = writer.create_warc_record(url, "response", payload=stream, http_headers=head)
            line, *fields = request.decode().rstrip("\r\n").split("\r\n")
            named = [tuple(field.split(": ", 1)) for field in fields]
            asked = StatusAndHeaders(line, named, is_http_request=True)
            sent = writer.create_warc_record(url, "request", http_headers=asked)
            writer.write_request_response_pair(sent, got)
            more = writer.create_warc_record(
                url,
                "metadata",
                payload=io.BytesIO(METADATA),
                warc_content_type="application/warc-fields",
            )
            writer.write_record(more)


def write_fastwarc(path: Path, exchanges: list[tuple[str, bytes, bytes]]) -> None:
    with path.open("wb") as file:
        stream = GzipWriter(file, 6)
        for url, request, response in exchanges:
            for kind, content, media_type in (
                (WarcRecordType.response, response, "application/http; msgtype=response"),
                (WarcRecordType.request, request, "application/http; msgtype=request"),
                (WarcRecordType.metadata, METADATA, "application/warc-fields"),
            ):
                record = WarcRecord()
                record.init_headers(kind, content_length=len(content))
                record.headers["WARC-Target-URI"] = url
                record.headers["Content-Type"] = media_type
                record.set_bytes_content(content)
                record.write(stream, checksum_data=True)
                stream.finish()


def read_ours(folder: Path) -> int:
    return sum(len(body) for _, body in iterate(folder))


def read_warcio(path: Path) -> int:
    with path.open("rb") as file:
        return sum(
            len(record.content_stream().read()) for record in ArchiveIterator(file) if record.rec_type == "response"
        )


def read_fastwarc(path: Path) -> int:
    with path.open("rb") as file:
        found = FastIterator(file, record_types=WarcRecordType.response, parse_http=True)
        return sum(len(record.reader.read()) for record in found)


def check_warcio(path: Path) -> int:
    """What ``warcio check`` does: all digests."""
    with path.open("rb") as file:
        records = 0
        for record in ArchiveIterator(file, check_digests=True):
            record.content_stream().read()
            assert record.digest_checker.passed is not False
            records += 1
        return records


def check_fastwarc(path: Path) -> int:
    """What ``fastwarc check`` does: block digests."""
    with path.open("rb") as file:
        return sum(record.verify_block_digest() for record in FastIterator(file, parse_http=False))


def rounds(number: int, work: dict[str, Callable[[int], object]]) -> dict[str, float]:
    """Median CPU seconds of each, interleaved."""
    took: dict[str, list[float]] = {name: [] for name in work}
    for turn in range(number):
        for name, run in work.items():
            start = time.process_time()
            run(turn)
            took[name].append(time.process_time() - start)
    return {name: statistics.median(values) for name, values in took.items()}


def table(title: str, took: dict[str, float], pages: int) -> None:
    print(f"{title}, exchanges a CPU second (ours : theirs):")
    ours = took["ours"]
    for name, seconds in took.items():
        ratio = "" if name == "ours" else f"   ratio {seconds / ours:.2f}"
        print(f"  {name:10} {pages / seconds:9.0f}{ratio}")


def main() -> None:
    parser = argparse.ArgumentParser(description="The archive against warcio and FastWARC")
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    sources, said = bodies(chosen.pages)
    exchanges = [(f"http://portal.invalid/{n}.html", REQUEST % n, answer(body)) for n, body in enumerate(sources)]
    size = sum(map(len, sources))
    print(f"{chosen.pages} exchanges from {said}, {size / chosen.pages / 1000:.0f} KB a page, {chosen.rounds} rounds")
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as place:
        root = Path(place)
        table(
            "Written",
            rounds(
                chosen.rounds,
                {
                    "ours": lambda turn: write_ours(root / f"ours-{turn}", exchanges),
                    "warcio": lambda turn: write_warcio(root / f"warcio-{turn}.warc.gz", exchanges),
                    "fastwarc": lambda turn: write_fastwarc(root / f"fastwarc-{turn}.warc.gz", exchanges),
                },
            ),
            chosen.pages,
        )
        ours, theirs, fast = root / "ours-0", root / "warcio-0.warc.gz", root / "fastwarc-0.warc.gz"
        file = next(ours.glob("warc/bench/*.warc.gz"))
        assert read_ours(ours) == read_warcio(theirs) == read_fastwarc(fast) == size
        table(
            "Read back with decoded bodies (ours with their digests)",
            rounds(
                chosen.rounds,
                {
                    "ours": lambda _: read_ours(ours),
                    "warcio": lambda _: read_warcio(file),
                    "fastwarc": lambda _: read_fastwarc(file),
                },
            ),
            chosen.pages,
        )
        table(
            "Verified, all three on our file (ours: manifest, file digest, references besides block digests)",
            rounds(
                chosen.rounds,
                {
                    "ours": lambda _: verify(ours),
                    "warcio": lambda _: check_warcio(file),
                    "fastwarc": lambda _: check_fastwarc(file),
                },
            ),
            chosen.pages,
        )
        for name, path in (("ours", file), ("warcio", theirs), ("fastwarc", fast)):
            print(f"Bytes on disk a page, {name}: {path.stat().st_size / chosen.pages:.0f}")
        captures = [capture for capture, _ in iterate(ours)]
        random.Random(2).shuffle(captures)
        with ArchiveReader(ours) as reader:
            start = time.perf_counter()
            for capture in captures:
                reader.read(capture.warc, capture.offset)
            print(f"One capture at its place: {1000 * (time.perf_counter() - start) / len(captures):.2f} ms")
    print_share([answer(body) for body in sources[:400]], 3)


if __name__ == "__main__":
    main()
