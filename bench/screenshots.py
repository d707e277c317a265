"""Pictures of the site for the README: ``python -m bench.screenshots [ARCHIVE]`` writes docs/screenshots/*.png.

Without an archive it builds the tests' small one of invented reports. Needs the system's Chromium.
"""

from __future__ import annotations

import socket
import sqlite3
import sys
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from publish.serve import build
from tests.publish import small_archive

OUT = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
CHROMIUM = "/usr/bin/chromium"


def main() -> None:
    """The command."""
    with tempfile.TemporaryDirectory() as scratch:
        archive = Path(sys.argv[1]) if len(sys.argv) > 1 else small_archive.build(Path(scratch) / "archive")
        site = build(archive)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(site.app(), host="127.0.0.1", port=port, log_level="warning"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        try:
            _take(f"http://127.0.0.1:{port}", archive)
        finally:
            server.should_exit = True
            thread.join(10)


def _take(address: str, archive: Path) -> None:
    connection = sqlite3.connect(f"file:{archive / 'snapshot.db'}?mode=ro", uri=True)
    wrong = _first(connection, "verdict = 'inconsistent'") or _first(connection, "1")
    right = _first(connection, "verdict = 'verified' AND form_applications = '2021'") or wrong
    connection.close()
    cell = "applications_granted_natural_person"
    pictures = {
        "front": ("/?lang=zh", 1280, False), "front-en": ("/?lang=en", 1280, False),
        "report": (f"/report/{right[0]}?lang=zh", 1280, True),
        "report-inconsistent": (f"/report/{wrong[0]}?lang=zh", 1280, False),
        "report-phone": (f"/report/{right[0]}?lang=zh", 390, False),
        "archived-cell": (f"/archive/{right[1]}?report={right[0]}&cell={cell}&lang=zh", 1280, False),
        "indicator": ("/indicators/new_received?lang=zh", 1280, False),
        "table": ("/gongkai/panel?_facet=verdict&_facet=kind&lang=zh", 1280, False),
        "search": ("/search?q=公开&lang=zh", 1280, False),
    }  # fmt: skip
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking", "--no-first-run"]
        )
        for name, (path, width, whole) in pictures.items():
            page = browser.new_page(viewport={"width": width, "height": 860})
            page.goto(address + path)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=OUT / f"{name}.png", full_page=whole)
            page.close()
            print(OUT / f"{name}.png")
        browser.close()


def _first(connection: sqlite3.Connection, where: str) -> tuple[str, str]:
    found: tuple[str, str] = connection.execute(
        f"SELECT id, capture FROM report WHERE {where} ORDER BY id LIMIT 1"
    ).fetchone()
    return found


if __name__ == "__main__":
    main()
