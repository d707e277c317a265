"""One small archive, one generated database, one running site and one browser for all tests of publish."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from bench.generate import generate
from publish.serve import build
from tests.publish import small_archive

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of invented reports, with WARC files, database and snapshot."""
    return small_archive.build(tmp_path_factory.mktemp("publish") / "archive")


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of 1,500 generated reports."""
    path = tmp_path_factory.mktemp("generated") / "snapshot.db"
    generate(path, reports=1500)
    return path


Get = Callable[..., httpx.Response]


def client_of(datasette: Any) -> Get:
    """Ask a Datasette instance, each request in a loop of its own."""

    def get(path: str, **options: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            await datasette.invoke_startup()
            return await datasette.client.get(path, **options)

        # In a thread of its own: while a browser is open, Playwright's loop runs in this one.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(ask())).result()

    return get


@pytest.fixture(scope="session")
def get(archive: Path) -> Get:
    """Ask the site of the small archive."""
    return client_of(build(archive))


@pytest.fixture(scope="session")
def get_generated(generated: Path) -> Get:
    """Ask the site of the generated database."""
    return client_of(build(generated.parent, file=generated, immutable=True))


@pytest.fixture(scope="session")
def address(archive: Path) -> Iterator[str]:
    """The site of the small archive, served on loopback."""
    with served(build(archive)) as running:
        yield running


@pytest.fixture(scope="session")
def generated_address(generated: Path) -> Iterator[str]:
    """The site of the generated database, served on loopback."""
    with served(build(generated.parent, file=generated, immutable=True)) as running:
        yield running


@contextlib.contextmanager
def served(datasette: Any) -> Iterator[str]:
    """A Datasette instance on loopback, in a thread of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(datasette.app(), host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    assert server.started
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The system's Chromium. A module at a time: Playwright's event loop runs in this thread for as long as it is open,
    and no later test could start one of its own."""
    if not CHROMIUM.exists():
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
        )
        yield chromium
        chromium.close()


def identity(archive: Path, where: str) -> tuple[str, str]:
    """The id and capture of a report of the small archive."""
    import sqlite3

    connection = sqlite3.connect(archive / "snapshot.db")
    try:
        found = connection.execute(f"SELECT id, capture FROM report WHERE {where} ORDER BY id LIMIT 1").fetchone()
    finally:
        connection.close()
    assert found is not None, where
    return found[0], found[1]
