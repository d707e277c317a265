"""The command line as a person or cron meets it: real processes, their exit status and what they say."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cli.main import VERBS

ROOT = Path(__file__).resolve().parent.parent.parent


def gongkai(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the console script; standard error and output apart."""
    return subprocess.run(
        [sys.executable, "-c", "from cli.main import main; main()", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", **environment},
    )


def records(ran: subprocess.CompletedProcess[bytes]) -> list[dict]:
    """The records on standard output."""
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_help_names_every_verb() -> None:
    ran = gongkai("--help")
    assert ran.returncode == 0
    for verb in VERBS:
        assert f"\n  {verb}" in ran.stdout.decode()


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(verb: str) -> None:
    ran = gongkai(verb, "--help")
    assert ran.returncode == 0, ran.stderr
    assert "Example" in ran.stdout.decode()


WRONG_USAGE = [
    ("fetch",),
    ("extract",),
    ("export",),
    ("crawl", "--years", "x"),
    ("crawl", "--queue", "redis://h/d"),
]


@pytest.mark.parametrize("arguments", WRONG_USAGE)
def test_wrong_usage_is_status_2(arguments: tuple[str, ...]) -> None:
    ran = gongkai(*arguments)
    assert ran.returncode == 2
    assert b"Traceback" not in ran.stderr


def test_sources_that_cannot_be_read_give_a_record_each_and_status_1(tmp_path: Path) -> None:
    (tmp_path / "empty.html").touch()
    (tmp_path / "noise.pdf").write_bytes(bytes(range(256)) * 9)
    sources = [tmp_path / "missing.html", tmp_path, tmp_path / "empty.html", tmp_path / "noise.pdf"]
    ran = gongkai("extract", *sources)
    assert ran.returncode == 1
    assert [record["verdict"] for record in records(ran)] == ["unreadable"] * 4
    assert all(record["problems"] for record in records(ran))
    said = ran.stderr.decode().splitlines()
    assert len(said) == 4, said
    assert "no such file" in said[0] and "directory" in said[1] and "empty" in said[2]


def test_a_bad_source_does_not_stop_the_others(tmp_path: Path) -> None:
    page = tmp_path / "guide.html"
    page.write_text("<title>政府信息公开指南</title><p>为方便公民查询，编制本指南。</p>", encoding="utf-8")
    ran = gongkai("extract", tmp_path / "missing.html", page)
    assert ran.returncode == 1
    assert [record["verdict"] for record in records(ran)] == ["unreadable", "not_a_report"]


def test_extract_reads_standard_input_with_an_address() -> None:
    url = "http://www.example.gov.cn/zfxxgknb/202401/t20240115_1.html"
    ran = gongkai("extract", "--url", url, "-", stdin="<title>通知公告</title><p>放假安排</p>".encode())
    assert ran.returncode == 0, ran.stderr
    assert records(ran)[0]["source"] == "-" and records(ran)[0]["url"] == url


def test_loopback_is_refused_unless_allowed() -> None:
    ran = gongkai("extract", "http://127.0.0.1:9/report.html")
    assert ran.returncode == 1
    assert "private" in ran.stderr.decode()


@pytest.mark.parametrize("verb", ["status", "verify", "rebuild", "serve"])
def test_without_an_archive_one_line_and_status_1(verb: str, tmp_path: Path) -> None:
    ran = gongkai(verb, "--archive", tmp_path / "none")
    assert ran.returncode == 1
    assert len(ran.stderr.decode().splitlines()) == 1
    assert not (tmp_path / "none").exists()


def test_the_archive_may_be_named_by_the_environment(tmp_path: Path) -> None:
    ran = gongkai("status", GONGKAI_ARCHIVE=str(tmp_path / "elsewhere"))
    assert ran.returncode == 1
    assert "elsewhere" in ran.stderr.decode()


def test_an_unknown_portal_is_one_clear_line(tmp_path: Path) -> None:
    ran = gongkai("crawl", "atlantis", "--archive", tmp_path / "archive")
    assert ran.returncode == 1
    assert "atlantis" in ran.stderr.decode() and len(ran.stderr.decode().splitlines()) == 1


def test_a_portal_that_does_not_answer_is_a_failure(tmp_path: Path) -> None:
    ran = gongkai("crawl", "http://127.0.0.1:9/", "--allow-private-hosts", "--delay", "0", "--archive", tmp_path / "a")
    assert ran.returncode == 1
    assert "refused" in ran.stderr.decode().lower()


def test_interrupted_is_status_130_and_a_line(tmp_path: Path) -> None:
    """Ctrl-C while standard input is being waited for, after the first source was told."""
    page = tmp_path / "guide.html"
    page.write_text("<title>政府信息公开指南</title><p>为方便公民查询，编制本指南。</p>", encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", "from cli.main import main; main()", "extract", page, "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
    ) as child:  # fmt: skip
        assert child.stdout is not None and child.stderr is not None
        assert b"not_a_report" in child.stdout.readline()
        child.send_signal(signal.SIGINT)
        said = child.stderr.read().decode()
        status = child.wait(30)
    assert status == 130
    assert "interrupted" in said and "Traceback" not in said


@pytest.mark.parametrize("verb", [("status",), ("verify",), ("export", "out"), ("package", "out.wacz"), ("crawl", "x")])
def test_a_damaged_database_is_a_clear_line(verb: tuple[str, ...], tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    (archive / "warc").mkdir(parents=True)
    (archive / "gongkai.db").write_bytes(b"no database at all " * 500)
    placed = [str(tmp_path / each) if each.startswith("out") else each for each in verb]
    ran = gongkai(*placed, "--archive", archive)
    said = ran.stderr.decode()
    assert ran.returncode == 1 and "Traceback" not in said
    assert 1 <= len(said.splitlines()) <= 2, said
