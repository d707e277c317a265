"""What the archive costs a crawl: the CPU of a spider that does nothing, with the archive's tap and without it."""

from __future__ import annotations

import asyncio
import json
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import scrapy
from scrapy.crawler import AsyncCrawlerProcess

from archive import iterate

ROOT = Path(__file__).resolve().parent.parent


def print_share(answers: list[bytes], turns: int) -> None:
    """Prints the CPU of both crawls of the answers (whole, head and body), medians of as many ``turns`` each."""
    pages = len(answers)
    took: dict[str, list[float]] = {"archived": [], "bare": []}
    serve = [sys.executable, "-m", "bench.archive_share", "serve"]
    with subprocess.Popen(serve, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as server:
        assert server.stdin and server.stdout
        server.stdin.write(json.dumps([answer.hex() for answer in answers]).encode() + b"\n")
        server.stdin.flush()
        port = int(server.stdout.readline())
        for _ in range(turns):
            for kind in took:
                with tempfile.TemporaryDirectory() as folder:
                    before = resource.getrusage(resource.RUSAGE_CHILDREN)
                    fetch = [sys.executable, "-m", "bench.archive_share", kind, str(port), str(pages), folder]
                    subprocess.run(fetch, check=True, cwd=ROOT)
                    after = resource.getrusage(resource.RUSAGE_CHILDREN)
                took[kind].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        server.terminate()
    archived, bare = (1000 * statistics.median(took[kind]) / pages for kind in ("archived", "bare"))
    print(f"Crawl of {pages} pages on loopback, start included, CPU a page: without archive {bare:.2f} ms,")
    print(f"  with it {archived:.2f} ms: ratio {archived / bare:.2f}, the archive's share {1 - bare / archived:.0%}")


def serve() -> None:
    """Gives the answers that come by standard input, one an address, ``/0`` and so on; prints the port."""
    answers = [bytes.fromhex(text) for text in json.loads(sys.stdin.readline())]

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            while (await reader.readline()).strip():
                pass
            writer.write(answers[int(line.split(b" ")[1].strip(b"/"))])
            await writer.drain()

    async def run() -> None:
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    asyncio.run(run())


def fetch(kind: str, port: int, pages: int, folder: str) -> None:
    """Crawls the pages, ``archived`` into the folder or ``bare``."""

    class IdleSpider(scrapy.Spider):
        name = "idle"
        start_urls = [f"http://127.0.0.1:{port}/{n}" for n in range(pages)]  # noqa: RUF012

        def parse(self, response: scrapy.http.Response) -> None:
            return None

    handler = "crawler.capture.handler.ArchivingDownloadHandler"
    settings: dict[str, object] = {
        "LOG_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
    }
    settings |= {"COOKIES_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 4, "DOWNLOAD_DELAY": 0}
    if kind == "archived":
        settings |= {
            "DOWNLOAD_HANDLERS": {"http": handler},
            "EXTENSIONS": {"crawler.capture.extension.ArchiveExtension": 0},
            "GONGKAI_ARCHIVE": folder,
            "GONGKAI_PORTAL": "bench",
            "GONGKAI_ALLOW_PRIVATE_HOSTS": True,
        }
    process = AsyncCrawlerProcess(settings)
    process.crawl(IdleSpider)
    process.start()
    if kind == "archived":
        assert sum(1 for _ in iterate(folder)) == pages + 1


if __name__ == "__main__":
    # the two processes of ``print_share``: its server, and one crawl
    if sys.argv[1] == "serve":
        serve()
    else:
        fetch(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
