"""A PostgreSQL of the tests' own: a cluster in a folder, on a socket in it, ended with the test."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

#: Debian keeps the programs out of the PATH, by version.
DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, or None."""
    found = shutil.which("initdb") or (str(DEBIAN[-1]) if DEBIAN else None)
    return Path(found).resolve().parent if found else None


@contextmanager
def cluster() -> Iterator[str]:
    """Its address, ``postgresql://…``. PostgreSQL does not run as root: root lets the user nobody run it."""
    folder = programs()
    assert folder is not None
    # A socket's path has at most 107 characters: not below pytest's folders.
    with TemporaryDirectory(prefix="gongkai-pg-") as scratch:
        as_nobody: list[str] = []
        if os.getuid() == 0:
            shutil.chown(scratch, "nobody")
            as_nobody = ["setpriv", "--reuid=nobody", "--clear-groups"]
        data, log = f"{scratch}/data", f"{scratch}/log"

        def run(program: str, *arguments: str) -> None:
            subprocess.run(
                [*as_nobody, str(folder / program), "--pgdata", data, *arguments],
                check=True, cwd=scratch, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env={**os.environ, "HOME": scratch},
            )  # fmt: skip

        run("initdb", "--username=gongkai", "--auth=trust", "--encoding=UTF8", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={scratch} -c fsync=off"
        run("pg_ctl", "start", "--wait", "--log", log, "--options", options)
        try:
            yield f"postgresql://gongkai@/postgres?host={scratch}"
        finally:
            run("pg_ctl", "stop", "--mode=immediate")
