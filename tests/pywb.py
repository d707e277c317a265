"""A real pywb on loopback: the replay system that reads our files without any code of ours.

pywb does not get along with our environment (it breaks brotli), so it has one of its own, from ``tests/pywb.lock``;
``make test`` makes it in ``.venv-pywb``.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("GONGKAI_TEST_PYWB") or ".venv-pywb").absolute() / "bin"
needed = pytest.mark.skipif(
    not (FOLDER / "wayback").exists(), reason="pywb has no environment of its own: make .venv-pywb/.installed-from-lock"
)
PATIENCE = 60  # seconds until it must answer


@contextmanager
def serving(place: Path, collection: str, files: Sequence[Path], *options: str) -> Iterator[str]:
    """pywb with one collection of some WARC or WACZ files, in an empty folder; the address of the collection.

    The options are those of ``wb-manager add``.
    """
    for verb in (["init", collection], ["add", *options, collection, *map(str, files)]):
        done = subprocess.run([FOLDER / "wb-manager", *verb], cwd=place, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [FOLDER / "wayback", "-b", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            deadline = time.monotonic() + PATIENCE
            while server.poll() is None:
                with socket.socket() as probe:
                    if not probe.connect_ex(("127.0.0.1", port)):
                        break
                assert time.monotonic() < deadline, "pywb does not answer"
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}/{collection}"
        finally:
            server.terminate()
