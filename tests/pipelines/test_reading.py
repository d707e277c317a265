"""A page that the machine was too busy to read is read again, and nothing is stored of it before it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive import iterate
from pipelines.compare import contents
from pipelines.store import Store, reading
from tests.pipelines.portal_desk import as_pdf, crawl, page, report

PORTAL = "http://www.shuyang.gov.cn"


def portal(archive: Path) -> None:
    with crawl(archive, "shuyang") as first:
        first.get(f"{PORTAL}/1.html", page(report("沭阳县教育局", 2024, 1)))
        first.get(f"{PORTAL}/2.pdf", as_pdf(report("沭阳县民政局", 2024, 2)), media_type="application/pdf")
        first.summary(outcome="finished", counts={"requests": 2})


def stored(archive: Path, name: str) -> dict[str, list[tuple[object, ...]]]:
    with Store.open(archive, database=archive / name) as store:
        store.catch_up()
        store.refresh()
        return contents(store.connection)


def test_a_reading_that_the_clock_ended_is_made_again(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    portal(archive)
    plain = stored(archive, "plain.db")
    assert len(plain["report"]) == 2
    monkeypatch.setattr(reading, "PATIENCE", 0.01)  # no child is ready after a tenth of a second
    monkeypatch.setattr(reading, "TRIES", 16)
    assert stored(archive, "busy.db") == plain


def test_nothing_is_stored_of_a_page_that_was_not_read(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    portal(archive)
    plain = stored(archive, "plain.db")
    captures = [capture for capture, _ in iterate(archive)]
    with monkeypatch.context() as busy, Store.open(archive, database=archive / "busy.db") as store:
        busy.setattr(reading, "PATIENCE", 0.001)
        busy.setattr(reading, "TRIES", 1)
        with pytest.raises(reading.NotRead, match=r"1\.html was not read in 1 tries: the machine was too busy"):
            store.ingest_all((capture, None, None) for capture in captures)
        assert not any(store.knows(capture.id) for capture in captures)
    assert stored(archive, "busy.db") == plain
