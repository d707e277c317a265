"""The CDXJ index of the archive, line for line as cdxj-indexer gives it: that is what makes it."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from cdxj_indexer.main import CDXJIndexer

from archive.errors import ArchiveError
from archive.shelf import shelves

INDEXED = ("response", "revisit", "resource", "metadata")


class _Indexer(CDXJIndexer):  # type: ignore[misc]
    """cdxj-indexer as its command line runs it; importing wacz adds warcinfo to the kinds for the whole process."""

    def filter_record(self, record: Any) -> bool:
        if record.rec_type not in INDEXED:
            return False
        fields = record.rec_headers.get_header("Content-Type") == "application/warc-fields"
        return not (record.rec_type in ("resource", "metadata") and fields)


@contextmanager
def left_to_the_collector() -> Iterator[None]:
    """warcio and those who build on it leave files for the garbage collector to close; that is not ours to report."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield


def sealed(folder: Path | str, portal: str | None = None) -> list[Path]:
    """The sealed WARC files of a portal or all, in order. Raises ``ArchiveError`` where there is none."""
    found = [path for shelf in shelves(folder, portal) for path in shelf.sealed_files()]
    if not found:
        raise ArchiveError(f"no sealed WARC file {f'of {portal} ' if portal else ''}in the archive {folder}")
    return found


def write_cdxj(folder: Path | str, output: Path | TextIO, portal: str | None = None, sort: bool = True) -> int:
    """Writes the index of all sealed files of a portal or all, sorted as replay tools want it. Returns their number."""
    files = sealed(folder, portal)
    target = str(output) if isinstance(output, os.PathLike) else output
    with left_to_the_collector():
        _Indexer(target, [str(path) for path in files], sort=sort).process_all()
    return len(files)
