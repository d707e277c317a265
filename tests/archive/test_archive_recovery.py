"""What a kill or power cut leaves, brought into order at the next start."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive import Damaged, PortalBusy, WarcWriter, iterate, recover, verify
from archive.manifest import Manifest
from archive.shelf import Shelf
from tests.archive.faults.count import PORTAL
from tests.archive.faults.damage import boundaries, fill


def left_open(folder: Path, exchanges: int = 6) -> Path:
    fill(folder, exchanges, seal=False)
    return next((folder / "warc" / PORTAL).glob("*.open"))


def test_an_open_file_is_sealed_and_said(tmp_path: Path) -> None:
    path = left_open(tmp_path)
    before = list(iterate(tmp_path))
    report = recover(tmp_path, PORTAL)
    assert report.sealed == [path.name.removesuffix(".open")]
    assert report.torn == report.empty == report.problems == []
    assert list(iterate(tmp_path)) == before
    assert verify(tmp_path).ok
    assert [line.by for line in Manifest(path.parent).lines()] == ["recovery"]
    assert recover(tmp_path, PORTAL).lines() == []


def test_a_torn_tail_is_set_aside_whole(tmp_path: Path) -> None:
    path = left_open(tmp_path)
    whole, last = path.read_bytes(), boundaries(path)[-1]
    path.write_bytes(whole[: last + 20])
    assert len(list(iterate(tmp_path))) == 6, "reading stops quietly at a torn tail"
    report = recover(tmp_path, PORTAL)
    assert len(report.torn) == 1
    assert (path.parent / report.torn[0]).read_bytes() == whole[last : last + 20]
    assert (path.parent / report.sealed[0]).read_bytes() == whole[:last]
    assert verify(tmp_path).ok
    assert "set aside" in "\n".join(report.lines())


def test_bytes_that_are_no_record_are_set_aside(tmp_path: Path) -> None:
    path = left_open(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole + bytes(4096))  # what some file systems leave after a power cut
    report = recover(tmp_path, PORTAL)
    assert (path.parent / report.torn[0]).read_bytes() == bytes(4096)
    assert verify(tmp_path).ok


def test_a_file_without_a_record_leaves_nothing_behind(tmp_path: Path) -> None:
    path = left_open(tmp_path)
    path.write_bytes(b"")
    report = recover(tmp_path, PORTAL)
    assert report.empty == [path.name.removesuffix(".open")]
    assert not list(path.parent.glob("*.warc.gz*"))


def test_a_kill_between_manifest_line_and_new_name(tmp_path: Path) -> None:
    fill(tmp_path, 3)
    path = next((tmp_path / "warc" / PORTAL).glob("*.warc.gz"))
    path.rename(path.with_name(path.name + ".open"))
    assert recover(tmp_path, PORTAL).sealed == [path.name]
    assert verify(tmp_path).ok
    assert len(Manifest(path.parent).lines()) == 1


def test_an_open_file_that_is_not_the_listed_one_is_left_alone(tmp_path: Path) -> None:
    fill(tmp_path, 3)
    path = next((tmp_path / "warc" / PORTAL).glob("*.warc.gz"))
    path.rename(path.with_name(path.name + ".open"))
    with path.with_name(path.name + ".open").open("ab") as file:
        file.write(b"x")
    assert "not the file that the manifest names" in recover(tmp_path, PORTAL).lines()[0]
    assert not verify(tmp_path).ok


def test_a_torn_manifest_line_is_set_aside(tmp_path: Path) -> None:
    fill(tmp_path, 3)
    manifest = tmp_path / "warc" / PORTAL / "manifest.jsonl"
    whole = manifest.read_bytes()
    manifest.write_bytes(whole + b'{"file":"x')
    assert not verify(tmp_path).ok
    recover(tmp_path, PORTAL)
    assert manifest.read_bytes() == whole
    assert verify(tmp_path).ok


def test_recovery_waits_for_nobody(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, portal=PORTAL, crawl="x"), pytest.raises(PortalBusy):
        recover(tmp_path, PORTAL)
    assert recover(tmp_path, "never-crawled").lines() == []
    assert not Shelf(tmp_path, "never-crawled").path.exists()


def test_damage_in_the_middle_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    fill(tmp_path, 6)
    path = next((tmp_path / "warc" / PORTAL).glob("*.warc.gz"))
    before = list(iterate(tmp_path))
    victim = before[2][0]
    data = bytearray(path.read_bytes())
    data[victim.offset + victim.length // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(Damaged):
        list(iterate(tmp_path))
    told: list[tuple[str, int, str]] = []
    after = list(iterate(tmp_path, on_damage=lambda *what: told.append(what)))
    assert [(warc, offset) for warc, offset, _ in told] == [(victim.warc, victim.offset)]
    assert after == [item for item in before if item[0].id != victim.id and item[0].refers_to != victim.id]
