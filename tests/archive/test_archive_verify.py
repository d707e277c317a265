"""What verify reports, and the manifest with its signatures."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from archive import ArchiveError, WarcWriter, verify
from archive.manifest import Manifest, signature_problem
from archive.verification import digest_fits
from tests.archive.faults.count import PORTAL, child
from tests.archive.faults.damage import boundaries, fill
from tests.archive.faults.kills import crawl_until_killed


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    fill(tmp_path, 8)
    return tmp_path / "warc" / PORTAL


def said(folder: Path) -> str:
    return "\n".join(map(str, verify(folder).problems))


def test_counts_and_progress(shelf: Path, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    report = verify(tmp_path, progress=lambda done, total, _: steps.append((done, total)))
    assert report.ok
    assert (report.files, report.captures, report.records) == (1, 8, 8 * 3 + 1)
    assert report.bytes == next(shelf.glob("*.warc.gz")).stat().st_size
    assert steps[-1] == (report.bytes, report.bytes)


def test_a_record_removed_whole_is_named(shelf: Path, tmp_path: Path) -> None:
    path = next(shelf.glob("*.warc.gz"))
    whole, edges = path.read_bytes(), boundaries(path)
    path.write_bytes(whole[: edges[1]] + whole[edges[2] :])
    assert "has 24 records that can be read, the manifest says 25" in said(tmp_path)
    assert "warc-concurrent-to names the record" in said(tmp_path)


def test_strange_bytes_between_records(shelf: Path, tmp_path: Path) -> None:
    path = next(shelf.glob("*.warc.gz"))
    whole, edges = path.read_bytes(), boundaries(path)
    path.write_bytes(whole[: edges[3]] + b"hello" + whole[edges[3] :])
    assert f"at {edges[3]}: no valid gzip member" in said(tmp_path)


def test_files_beside_the_manifest(shelf: Path, tmp_path: Path) -> None:
    path = next(shelf.glob("*.warc.gz"))
    shutil.copy(path, shelf / "stranger.warc.gz")
    assert "faulty/stranger.warc.gz: is not in the manifest" in said(tmp_path)
    assert "comes a second time" in said(tmp_path)
    (shelf / "stranger.warc.gz").unlink()
    path.unlink()
    assert "is listed and not there" in said(tmp_path)


def test_a_running_crawl_is_no_problem_and_a_killed_one_is_told(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, portal="demo", crawl="demo-1") as writer:
        writer.write_resource("urn:x", "text/plain", b"x")
        report = verify(tmp_path)
        assert report.ok
        assert report.open_files == ["demo/demo-1-00001.warc.gz"]
    assert verify(tmp_path).open_files == []


def test_no_such_portal(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="portal nowhere is not in the archive"):
        verify(tmp_path, "nowhere")


def test_digests_as_others_write_them() -> None:
    assert digest_fits("sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N", b"abc"[:0]) is False
    assert digest_fits("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", b"abc")
    assert digest_fits("SHA-256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", b"abc")
    assert not digest_fits("md5:00", b"abc")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed")
    path = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path, "-C", "archivist"], check=True)
    return path


def test_signed_manifest(tmp_path: Path, key: Path) -> None:
    archive, signers = tmp_path / "archive", tmp_path / "signers"
    for crawl in ("demo-1", "demo-2"):
        with WarcWriter(archive, portal="demo", crawl=crawl, sign_with=key) as writer:
            writer.write_resource("urn:x", "text/plain", b"x")
    public = key.with_name("key.pub").read_text()
    signers.write_text(f"archivist@portal.invalid {public}")
    assert verify(archive, allowed_signers=signers).ok
    assert verify(archive).unsigned == 0

    other = tmp_path / "other"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", other], check=True)
    signers.write_text(f"somebody@else.invalid {other.with_name('other.pub').read_text()}")
    assert "not among the allowed signers" in str(verify(archive, allowed_signers=signers).problems[0])

    lines = Manifest(archive / "warc" / "demo").lines()
    forged = lines[0].__class__(
        **{f: getattr(lines[0], f) for f in lines[0].__struct_fields__ if f != "records"}, records=9
    )
    assert signature_problem(forged) == "the signature does not fit the line"


def test_unsigned_lines_are_told_where_signatures_are_wanted(shelf: Path, tmp_path: Path, key: Path) -> None:
    assert verify(tmp_path).unsigned == 1
    assert "not signed" in str(verify(tmp_path, allowed_signers=key.with_name("key.pub")).problems[0])


def test_a_key_that_cannot_sign_is_said_in_one_line(tmp_path: Path, key: Path) -> None:
    key.with_name("broken").write_text("no key")
    writer = WarcWriter(tmp_path / "archive", portal="demo", crawl="demo-1", sign_with=key.with_name("broken"))
    writer.write_resource("urn:x", "text/plain", b"x")
    with pytest.raises(ArchiveError, match="cannot sign with"):
        writer.close()
    with WarcWriter(tmp_path / "archive", portal="demo", crawl="demo-2") as writer:
        assert writer.recovered.sealed == ["demo-1-00001.warc.gz"]
    assert verify(tmp_path / "archive").ok


def test_child_processes_end_by_themselves_when_the_portal_is_busy(tmp_path: Path) -> None:
    import os

    with WarcWriter(tmp_path, portal=PORTAL, crawl="mine"):
        process, pipe = child(lambda end: crawl_until_killed(tmp_path, end, 1))
        os.close(pipe)
        assert os.waitpid(process, 0)[1] != 0
