"""Entering a portal: one look, an entry, and a test that fails until a person has looked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import demo
from crawler.registration import RegistrationError, ask, register
from crawler.registry import load, resolve


@pytest.fixture(scope="module")
def server() -> demo.DemoServer:
    with demo.serve() as running:
        yield running


def test_a_portal_is_entered_with_its_family_and_a_failing_test(server: demo.DemoServer, tmp_path: Path) -> None:
    home = server.home("demo-lanchuan")
    lines = list(register(home, allow_private_hosts=True, folder=tmp_path, tests=tmp_path / "tests"))
    (portal,) = load(tmp_path).values()
    assert portal.home == home and portal.state == "unverified"
    assert any(portal.id in line for line in lines)
    (written,) = (tmp_path / "tests").glob("test_*.py")
    ran = subprocess.run([sys.executable, "-m", "pytest", "-q", written], capture_output=True, text=True, check=False)
    assert ran.returncode == 1, ran.stdout


def test_a_known_portal_is_not_entered_twice(server: demo.DemoServer, tmp_path: Path) -> None:
    home = server.home("demo-qinglan")
    list(register(home, allow_private_hosts=True, folder=tmp_path, tests=tmp_path))
    with pytest.raises(RegistrationError, match="known already"):
        list(register(home, allow_private_hosts=True, folder=tmp_path, tests=tmp_path))


def test_what_does_not_answer_is_not_entered(tmp_path: Path) -> None:
    with pytest.raises(RegistrationError, match="does not answer"):
        list(register("http://127.0.0.1:9/", allow_private_hosts=True, folder=tmp_path, tests=tmp_path))
    assert not list(tmp_path.iterdir())


def test_private_hosts_are_refused(server: demo.DemoServer) -> None:
    answer = ask(resolve(server.home("demo-yanpu")))
    assert not answer.answers and "private" in answer.what
