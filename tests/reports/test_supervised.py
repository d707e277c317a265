"""Extraction in a process of its own: bounds hold, and the next source is read all the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from reports import Hints, extract
from reports.supervised import SupervisedExtractor

ROOT = Path(__file__).resolve().parents[2]
GUIDE = "<title>政府信息公开指南</title><p>为方便公民、法人查询，编制本指南。</p>".encode()
HEAVY = ("<table><tr><td>" * 40_000 + "规章").encode()


def test_records_are_those_of_a_direct_call() -> None:
    hints = Hints(anchor="2023年政府信息公开工作年度报告")
    with SupervisedExtractor(patience=10) as extractor:
        for source in (GUIDE, b"\x00\x01\x02", b"plain"):
            told = extractor.extract(source, name="a", url="http://www.example.gov.cn/a", hints=hints)
            assert told == extract(source, name="a", url="http://www.example.gov.cn/a", hints=hints)


@pytest.mark.parametrize(("seconds", "megabytes", "word"), [(0.0, 500, "seconds"), (10.0, 1, "memory")])
def test_a_source_that_breaks_the_bounds_is_a_record(seconds: float, megabytes: int, word: str) -> None:
    if megabytes == 1 and not sys.platform.startswith("linux"):
        pytest.skip("resident memory is read from /proc")
    with SupervisedExtractor(patience=10) as extractor:
        extractor.extract(GUIDE, name="guide.html")
        extractor.seconds, extractor.megabytes, extractor.patience = seconds, megabytes, 1.0
        (record,) = extractor.extract(HEAVY, name="heavy.html")
        assert record.verdict == "unreadable"
        assert record.problems[0].code == "reader-stopped" and word in record.problems[0].message
        extractor.seconds, extractor.megabytes, extractor.patience = 10.0, 500, 10.0
        assert extractor.extract(GUIDE, name="guide.html")[0].verdict == "not_a_report"


def test_a_reader_that_died_is_a_record_and_the_next_source_is_read() -> None:
    with SupervisedExtractor(patience=10) as extractor:
        extractor.extract(GUIDE, name="guide.html")
        assert extractor._child is not None
        os.kill(extractor._child.pid, signal.SIGSTOP)
        extractor.seconds, extractor.patience = 0.2, 1.0
        record = extractor.extract(GUIDE, name="guide.html")[0]
        assert record.problems[0].code == "reader-interrupted", "it did no work: that is not the source's fault"
        assert "read it again" in record.problems[0].message
        extractor.seconds, extractor.patience = 10.0, 10.0
        assert extractor.extract(GUIDE, name="guide.html")[0].verdict == "not_a_report"
        os.kill(extractor._child.pid, signal.SIGKILL)
        extractor._child.wait()
        assert extractor.extract(GUIDE, name="guide.html")[0].verdict == "not_a_report"


def test_a_child_that_did_too_much_before_is_replaced_and_the_source_is_read() -> None:
    with SupervisedExtractor(patience=10) as extractor:
        extractor.extract(GUIDE, name="guide.html")
        first = extractor._child
        assert first is not None
        os.kill(first.pid, signal.SIGSTOP)
        threading.Timer(0.3, os.kill, (first.pid, signal.SIGKILL)).start()  # as the system does when memory is short
        assert extractor.extract(GUIDE, name="guide.html")[0].verdict == "not_a_report"


def test_patience_counts_the_work_and_not_the_clock() -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("a process's work is read from /proc")
    with SupervisedExtractor(seconds=0.3, patience=100) as extractor:
        extractor.extract(GUIDE, name="guide.html")
        assert extractor._child is not None
        os.kill(extractor._child.pid, signal.SIGSTOP)
        threading.Timer(1.0, os.kill, (extractor._child.pid, signal.SIGCONT)).start()
        assert extractor.extract(GUIDE, name="guide.html")[0].verdict == "not_a_report"


PARENT = """
import sys
import threading
import time
from pathlib import Path
from reports.supervised import SupervisedExtractor
extractor = SupervisedExtractor(seconds=60)
extractor.extract(b"plain", name="plain.txt")
print(extractor._child.pid, flush=True)
sys.stdin.read(1)
"""


@pytest.mark.parametrize("ahead", ["", "from reports import reading_process; reading_process.fork_ahead()"])
def test_the_child_does_not_outlive_a_parent_that_is_killed(ahead: str) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("asks /proc")
    with subprocess.Popen(
        [sys.executable, "-c", ahead + PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        os.kill(child, signal.SIGSTOP)  # it cannot notice that its input is closed
        parent.kill()
    until = time.monotonic() + 10
    while _runs(child):
        assert time.monotonic() < until, "the child survived"
        time.sleep(0.02)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in ("Z", "X")
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_child_that_cannot_start_is_no_fault_of_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with SupervisedExtractor() as extractor, pytest.raises(ChildProcessError, match="does not start"):
        extractor.extract(GUIDE, name="guide.html")


def test_a_child_that_is_ended_from_outside_is_no_fault_of_the_source() -> None:
    """As the system does when memory is short: a child of its own for the source, ended in the middle of it."""
    with SupervisedExtractor(patience=10) as extractor:
        extractor.start()
        child = extractor._child
        assert child is not None
        os.kill(child.pid, signal.SIGSTOP)  # it has answered nothing yet, and will not
        extractor._ready = True
        threading.Timer(0.3, os.kill, (child.pid, signal.SIGKILL)).start()
        (record,) = extractor.extract(GUIDE, name="guide.html")
        assert [problem.code for problem in record.problems] == ["reader-interrupted"]
        assert extractor.extract(GUIDE, name="guide.html")[0].verdict == "not_a_report"


AHEAD = """
import os
import sys
from reports import extract, reading_process
from reports.supervised import SupervisedExtractor
page = b"<title>x</title><p>y</p>"
held = open(sys.argv[1], "w")
reading_process.fork_ahead()
with SupervisedExtractor(patience=10) as extractor:
    first = extractor.extract(page, name="a.html")
    pid = extractor._child.pid
    files = sorted(os.readlink(f"/proc/{pid}/fd/{each}").split(":")[0] for each in os.listdir(f"/proc/{pid}/fd"))
    print(os.readlink(f"/proc/{pid}/exe") == os.readlink("/proc/self/exe"), files.count("pipe"), sys.argv[1] in files)
    print(first == extract(page, name="a.html"), extractor._child._process is None)
    os.kill(pid, 9)
    print(extractor.extract(page, name="a.html") == first, extractor._child._process is None)
for _ in range(4):
    reading_process.fork_ahead()
waiting = [reader.pid for reader in reading_process._ahead]
with SupervisedExtractor(patience=10) as one, SupervisedExtractor(patience=10) as other:
    print([each.extract(page, name="a.html") == first for each in (one, other)], end=" ")
    print([one._child.pid, other._child.pid] == waiting[:2])
reading_process.dismiss()
print([os.path.exists(f"/proc/{each}") for each in waiting], flush=True)
"""


def test_a_reader_forked_ahead_reads_the_same_holds_no_file_and_is_replaced(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("asks /proc")
    held = str(tmp_path / "lock")
    told = subprocess.run(
        [sys.executable, "-c", AHEAD, held], stdout=subprocess.PIPE, check=True, stdin=subprocess.PIPE
    )
    assert told.stdout.decode().splitlines() == [
        "True 2 False",
        "True True",
        "True False",
        "[True, True] True",
        "[False, False, False, False]",
    ]


@pytest.mark.slow
def test_the_worst_of_the_hostile_sources_stay_within_the_limits() -> None:
    """``make hostile`` reads all of them."""
    if not sys.platform.startswith("linux"):
        pytest.skip("memory is read from /proc")
    # In a process of its own: the limit is that of a reading and its parent, not of a run of a thousand tests.
    command = [sys.executable, "-m", "bench.hostile", "forms.pdf", "stream.pdf", "levels.rtf", "laughs.docx"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "4 sources, 0 beyond" in run.stdout


def test_a_reader_whose_parent_has_ended_before_it_was_ready_says_nothing() -> None:
    """`gongkai extract missing.html` ends sooner than its reader has begun."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "reports.reading_process"]
    ran = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (0, b"")


FROM_A_LARGE_PARENT = """
import mmap
held = [mmap.mmap(-1, 100_000_000) for _ in range(10)]  # more than a reader's backstop, none of it touched
from reports import reading_process
from reports.supervised import SupervisedExtractor
reading_process.fork_ahead()
with SupervisedExtractor(30.0) as extractor:
    page = "<title>2024年政府信息公开工作年度报告</title><table><tr>" + "<td>1" * 200_000
    print(extractor.extract(page.encode(), name="page.html")[0].verdict)
"""


def test_a_reader_forked_from_a_large_parent_has_room_of_its_own() -> None:
    told = subprocess.run([sys.executable, "-c", FROM_A_LARGE_PARENT], stdout=subprocess.PIPE, check=True, cwd=ROOT)
    assert told.stdout.decode().strip() == "incomplete"
