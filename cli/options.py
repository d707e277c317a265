"""What the verbs share: the archive's folder, how failure is told, progress for a person who is watching."""

from __future__ import annotations

import errno
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Verb = TypeVar("Verb", bound=Callable[..., object])

#: What is said to a person goes to standard error; data (records, tables asked for) goes to standard output.
console = Console(stderr=True, highlight=False)

PIPE_WIDTH = 140  # columns, where there is no terminal to ask: tables must not be cut


def printer() -> Console:
    """For what was asked for, on standard output."""
    out = Console(highlight=False)
    if not out.is_terminal:
        out.width = PIPE_WIDTH
    return out


def archive_option(verb: Verb) -> Verb:
    """``--archive DIR``: where the archive lies. Default data/archive, or the variable GONGKAI_ARCHIVE."""
    return click.option(
        "--archive",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path("data/archive"),
        show_default=True,
        envvar="GONGKAI_ARCHIVE",
        show_envvar=True,
        help="The archive's folder.",
    )(verb)


def existing_archive(archive: Path, *, snapshot_will_do: bool = False) -> Path:
    """The archive's folder if there is one; else one clear line and exit status 1. What only shows the data can do with
    a snapshot alone, as it is copied to a public server."""
    known = ["gongkai.db", "warc", *(["snapshot.db"] if snapshot_will_do else [])]
    if not any((archive / name).exists() for name in known):
        fail(f"no archive in {archive}: crawl first (gongkai crawl PORTAL), or name another folder with --archive")
    return archive


def fail(message: str) -> NoReturn:
    """Say in one line what failed, where, and what to do; exit status 1."""
    raise click.ClickException(message)


#: Errors of this house and of SQLite whose message is the line to say; by name, so that no verb waits for the others'
#: modules.
TOLD = frozenset(
    {
        "data.DataFileError",
        "crawler.portals.registry.UnknownPortal",
        "archive.errors.ArchiveError",
        "pipelines.store.connection.StoreError",
    }
)


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn what the machine refuses (disk full, no permission) or finds damaged into one line and exit status 1."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            fail(f"the disk is full ({error}); nothing archived is lost: make room and run the same command again")
        damaged = type(error) is sqlite3.DatabaseError
        advice = "gongkai.db can be made again from the archive with `gongkai rebuild`" if damaged else "try again"
        fail(f"the database cannot be used: {error}; {advice}")
    except Exception as error:
        if any(f"{each.__module__}.{each.__qualname__}" in TOLD for each in type(error).__mro__):
            fail(" ".join(str(error).split()))
        if not isinstance(error, OSError) or isinstance(error, BrokenPipeError):
            raise
        where = f" ({error.filename})" if error.filename else ""
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            fail(f"the disk is full{where}; nothing archived is lost: make room and run the same command again")
        fail(f"{error.strerror or error}{where}")


def progress_bar(unit: str = "") -> Progress:
    """A progress bar on standard error; nothing on anything but a terminal (verbs print plain lines there)."""
    return Progress(
        SpinnerColumn(),
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not sys.stderr.isatty(),
    )
