"""The archive, or a portal and year of it, as one WACZ file that any replay tool opens (py-wacz makes it)."""

from __future__ import annotations

import contextlib
import io
import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from archive.cdxj import left_to_the_collector, sealed
from archive.errors import ArchiveError
from archive.records import read_records


@dataclass(frozen=True, slots=True)
class Page:
    """An entry of the package's list of pages."""

    url: str
    time: str  # of the capture, as ``Capture.time``
    title: str


@dataclass(frozen=True, slots=True)
class Package:
    """What went into a WACZ file."""

    path: Path
    files: tuple[str, ...]
    pages: int
    bytes: int


def write_wacz(
    folder: Path | str,
    output: Path,
    pages: Iterable[Page] = (),
    *,
    portal: str | None = None,
    year: int | None = None,
    title: str = "",
    description: str = "",
) -> Package:
    """Packs the sealed WARC files of a portal (or all), of a year of captures (or all), with a list of pages.

    A file that holds captures of the year goes in whole, and with it those files to whose records its revisits refer.
    Pages without a capture in the package are left out by nobody: give those that belong. Raises ``ArchiveError``.
    """
    files = sealed(folder, portal)
    if year is not None:
        files = _of_year(files, year)
        if not files:
            raise ArchiveError(f"no captures of {year} in the archive {folder}")
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=".wacz-") as workplace:
        listing, made = Path(workplace) / "pages.jsonl", Path(workplace) / "package.wacz"
        count = _write_pages(listing, pages, title)
        command = ["create", *map(str, files), "--output", str(made), "--pages", str(listing), "--copy-pages"]
        command += ["--title", title] if title else []
        command += ["--desc", description] if description else []
        _run_wacz(command)
        size = made.stat().st_size
        made.replace(output)
    return Package(output, tuple(path.name for path in files), count, size)


def _write_pages(listing: Path, pages: Iterable[Page], title: str) -> int:
    count = 0
    with listing.open("w", encoding="utf-8") as file:
        header = {"format": "json-pages-1.0", "id": "pages", "title": title or "Pages"}
        file.write(json.dumps(header, ensure_ascii=False) + "\n")
        for count, page in enumerate(pages, 1):
            entry = {"id": f"page-{count}", "url": page.url, "ts": page.time, "title": page.title or page.url}
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
    return count


def _run_wacz(command: list[str]) -> None:
    from wacz.main import main

    said = io.StringIO()
    with contextlib.redirect_stdout(said), left_to_the_collector():
        status = main(command)
    if status:
        raise ArchiveError(f"wacz cannot make the package: {said.getvalue().strip().splitlines()[-1:]}")


def _of_year(files: list[Path], year: int) -> list[Path]:
    looked = {path: _look(path) for path in files}
    by_place = {(path.parent, path.name): path for path in files}
    chosen = [path for path in files if str(year) in looked[path][0]]
    known = set(chosen)
    for path in chosen:  # grows while it is walked, until no original is missing
        for name in looked[path][1]:
            original = by_place.get((path.parent, name))
            if original is not None and original not in known:
                known.add(original)
                chosen.append(original)
    return [path for path in files if path in known]


def _look(path: Path) -> tuple[set[str], set[str]]:
    """The years of a file's captures, and the names of the files to which its revisits refer."""
    years: set[str] = set()
    names: set[str] = set()
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        for record in read_records(descriptor):
            if record.kind in ("response", "revisit"):
                years.add(record.headers.get("warc-date", "")[:4])
                names.add(record.headers.get("warc-refers-to-filename", path.name))
    finally:
        os.close(descriptor)
    return years, names
