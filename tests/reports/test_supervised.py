"""Extraction in a process of its own: bounds hold, and the next source is read all the same."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from reports import Hints, extract
from reports.supervised import SupervisedExtractor

GUIDE = "<title>政府信息公开指南</title><p>为方便公民、法人查询，编制本指南。</p>".encode()
HEAVY = ("<table><tr><td>" * 40_000 + "规章").encode()


def test_records_are_those_of_a_direct_call() -> None:
    hints = Hints(anchor="2023年政府信息公开工作年度报告")
    with SupervisedExtractor() as extractor:
        for source in (GUIDE, b"\x00\x01\x02", b"plain"):
            told = extractor.extract(source, name="a", url="http://www.example.gov.cn/a", hints=hints)
            assert told == extract(source, name="a", url="http://www.example.gov.cn/a", hints=hints)


@pytest.mark.parametrize(("seconds", "megabytes", "word"), [(0.0, 500, "seconds"), (10.0, 1, "memory")])
def test_a_source_that_breaks_the_bounds_is_a_record(seconds: float, megabytes: int, word: str) -> None:
    if megabytes == 1 and not sys.platform.startswith("linux"):
        pytest.skip("resident memory is read from /proc")
    with SupervisedExtractor(seconds, megabytes) as extractor:
        (record,) = extractor.extract(HEAVY, name="heavy.html")
        assert record.verdict == "unreadable"
        assert record.problems[0].code == "reader-stopped" and word in record.problems[0].message
        extractor.seconds, extractor.megabytes = 10.0, 500
        assert extractor.extract(GUIDE, name="guide.html")[0].verdict == "not_a_report"


def test_a_reader_that_died_is_a_record_and_the_next_source_is_read() -> None:
    with SupervisedExtractor() as extractor:
        extractor.extract(GUIDE, name="guide.html")
        assert extractor._child is not None
        os.kill(extractor._child.pid, signal.SIGSTOP)
        extractor.seconds = 0.2
        assert extractor.extract(GUIDE, name="guide.html")[0].problems[0].code == "reader-stopped"
        extractor.seconds = 10.0
        assert extractor.extract(GUIDE, name="guide.html")[0].verdict == "not_a_report"
        os.kill(extractor._child.pid, signal.SIGKILL)
        extractor._child.wait()
        assert extractor.extract(GUIDE, name="guide.html")[0].verdict == "not_a_report"
