"""Where the answers lie to which revisits refer: at the place that they name, else found by id, address or payload."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from archive.errors import ArchiveError, Damaged, Orphan
from archive.records import WarcRecord, from_urn
from archive.shelf import Shelf


class Originals:
    """The originals of an archive's revisits, read with the functions of its reader: the record at a place, and all
    records of a file that can be read."""

    def __init__(
        self,
        folder: Path,
        record: Callable[[str, int], WarcRecord],
        readable: Callable[[str, Path], Iterator[WarcRecord]],
    ) -> None:
        self._folder = folder
        self._record = record
        self._readable = readable
        self._indexes: dict[str, dict[str, tuple[str, int]]] = {}

    def of(self, record: WarcRecord, warc: str) -> WarcRecord:
        """The response to which a revisit in a file refers. Raises ``Damaged`` where it cannot be read, ``Orphan``
        where it was never given."""
        portal = warc.partition("/")[0]
        wanted = from_urn(record.headers.get("warc-refers-to", ""))
        name = record.headers.get("warc-refers-to-filename")
        place = record.headers.get("warc-refers-to-file-offset", "")
        if name and place.isdigit():
            original = self._response_at(f"{portal}/{name}", int(place), wanted)
            if original is not None:
                return original
        index = self._index(portal)
        h = record.headers
        keys = [
            wanted,
            f"{h.get('warc-refers-to-target-uri')} {h.get('warc-refers-to-date')}",
            h.get("warc-payload-digest", ""),
        ]
        for key in keys:
            if key in index:
                return self._record(*index[key])
        missing = f"the original of the revisit at offset {record.offset} of {warc} is not in the archive"
        raise Damaged(missing) if _written_here(record) else Orphan(missing)

    def _response_at(self, warc: str, offset: int, identifier: str) -> WarcRecord | None:
        """The response with this id, if it lies where the revisit says; else the index has to find it."""
        try:
            record = self._record(warc, offset)
        except ArchiveError:
            return None
        return record if record.kind == "response" and record.id == identifier else None

    def _index(self, portal: str) -> dict[str, tuple[str, int]]:
        """Responses by id, by address and date, by payload: for revisits of other people's files, made when needed."""
        if portal not in self._indexes:
            index: dict[str, tuple[str, int]] = {}
            shelf = Shelf(self._folder, portal)
            for path in shelf.files():
                warc = shelf.named(path)
                for record in self._readable(warc, path):
                    if record.kind == "response":
                        place = (warc, record.offset)
                        index.setdefault(record.id, place)
                        address = record.headers.get("warc-target-uri", "").strip("<>")
                        index.setdefault(f"{address} {record.headers.get('warc-date')}", place)
                        if digest := record.headers.get("warc-payload-digest"):
                            index.setdefault(digest, place)
            self._indexes[portal] = index
        return self._indexes[portal]


def _written_here(revisit: WarcRecord) -> bool:
    """Whether a revisit was written by this archive's writer; those of imported files may refer to what others keep."""
    return "warc-refers-to-filename" in revisit.headers
