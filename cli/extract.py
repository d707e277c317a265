"""``gongkai extract``: pure extraction, no archive touched."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import click
import httpx

from cli.options import console, progress_bar
from reports import extract
from reports.record import Problem, Record, to_json
from reports.supervised import SECONDS, SupervisedExtractor

#: Problems with which a source counts as failed, beside those that could not be opened at all.
FAILED = ("damaged", "reader-stopped", "reader-crashed", "reader-interrupted")
WARC_ENDINGS = (".warc", ".warc.gz", ".warc.gz.open", ".wacz")


class Unreadable(Exception):
    """A source that cannot be read at all: the reason, in a few words."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


@click.command(short_help="read reports from files or addresses")
@click.argument("sources", nargs=-1, required=True, metavar="FILE|URL|- ...")
@click.option("--url", help="The address of a single FILE, as if it had been fetched from there.")
@click.option("--seconds", type=float, default=SECONDS, show_default=True, help="Give up on a source after this time.")
@click.option("--ocr", is_flag=True, help="Recognise pages that are pictures with tesseract: half a minute a report.")
@click.option("--allow-private-hosts", is_flag=True, help="Let URL be a loopback or private address.")
def command(sources: tuple[str, ...], url: str | None, seconds: float, ocr: bool, allow_private_hosts: bool) -> None:
    """Read reports from HTML, PDF, OFD, Word, Excel, OpenDocument, text, ZIP or WARC and write one JSON record a line.

    Every source gives at least one record, whatever happens to it; the verdict and the problems say what was found.
    Exit status 1 if a source could not be read at all.

    \b
    Example:
      gongkai extract report.html attachment.pdf | jq -r '[.organ, .year, .verdict] | @tsv'
      curl -s http://www.example.gov.cn/nb/2024.html | gongkai extract --url http://www.example.gov.cn/nb/2024.html -
    """
    if url is not None and len(sources) > 1:
        raise click.UsageError("--url goes with a single source")
    failures: list[str] = []
    with SupervisedExtractor(seconds=seconds) as extractor, progress_bar("sources") as progress:
        extractor.start()
        task = progress.add_task("reading", total=len(sources))
        for source in sources:
            try:
                for body, name, address, media_type in _opened(source, allow_private_hosts):
                    found = extractor.extract(body, name=name, url=url or address, content_type=media_type)
                    if ocr and any(told.code == "no-text-layer" for told in found[0].problems):
                        found = extract(body, name=name, url=url or address, content_type=media_type, ocr=True)
                    for record in found:
                        _write(record)
                        failures += [f"{name}: {told.message}" for told in record.problems if told.code in FAILED]
            except Unreadable as error:
                failures.append(f"{source}: {error}")
                problem = Problem(code=error.code, message=str(error), severity="error")
                _write(Record(source=source, url=url, verdict="unreadable", problems=[problem]))
            progress.advance(task)
    for line in failures:
        console.print(f"gongkai extract: {line}", markup=False, soft_wrap=True)
    if failures:
        sys.exit(1)


def _write(record: Record) -> None:
    sys.stdout.buffer.write(to_json(record) + b"\n")
    sys.stdout.buffer.flush()


def _opened(source: str, allow_private_hosts: bool) -> Iterator[tuple[bytes, str, str | None, str | None]]:
    """Body, name, address and media type of each document of a source: one, or each answer of a WARC file."""
    if source == "-":
        yield _not_empty(sys.stdin.buffer.read()), "-", None, None
    elif urlsplit(source).scheme in ("http", "https"):
        yield _fetched(source, allow_private_hosts)
    else:
        body = _file(Path(source))
        if source.lower().endswith(WARC_ENDINGS):
            yield from _warc(Path(source))
        else:
            yield body, Path(source).name, None, None


def _file(path: Path) -> bytes:
    if path.is_dir():
        raise Unreadable("is-a-directory", "is a directory; name the files in it")
    try:
        return _not_empty(path.read_bytes())
    except FileNotFoundError:
        raise Unreadable("no-such-file", "no such file") from None
    except OSError as error:
        raise Unreadable("cannot-open", error.strerror or str(error)) from None


def _not_empty(body: bytes) -> bytes:
    if not body:
        raise Unreadable("empty", "is empty")
    return body


def _warc(path: Path) -> Iterator[tuple[bytes, str, str | None, str | None]]:
    from archive import ArchiveError
    from archive.foreign import answers

    found = False
    try:
        for answer in answers(path):
            if answer.body:
                found = True
                yield answer.body, f"{path.name}#{answer.offset}", answer.url, answer.media_type
    except ArchiveError as error:
        raise Unreadable("damaged", str(error)) from None
    if not found:
        raise Unreadable("no-answers", "holds no answer of a server with a body")


def _fetched(address: str, allow_private_hosts: bool) -> tuple[bytes, str, str | None, str | None]:
    """One page, for a look at it: nothing is archived. Each redirect is held to the same rule as the address itself."""
    from crawler.capture.single import public_transport
    from crawler.settings import USER_AGENT

    transport = None if allow_private_hosts else public_transport()
    try:
        with httpx.Client(
            follow_redirects=True, timeout=30, headers={"User-Agent": USER_AGENT}, transport=transport
        ) as web:
            answer = web.get(address)
            answer.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:  # among them a private address, an unknown name
        raise Unreadable("not-fetched", f"not fetched: {error}") from None
    return _not_empty(answer.content), address, str(answer.url), answer.headers.get("content-type")
