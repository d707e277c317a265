"""A snapshot of another version of the program: one line says what it is and what to do, before a page is asked for."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.serve import command
from pipelines.store import Store, publish_snapshot
from pipelines.store.fitting import misfit
from publish.serve import NoDatabase, build


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    Store.open(tmp_path).close()
    publish_snapshot(tmp_path)
    return tmp_path


MADE = {
    "PRAGMA user_version = 1": "was made by an older version of gongkai (schema 1",
    "PRAGMA user_version = 99": "was made by a newer version of gongkai (schema 99",
    "ALTER TABLE figures RENAME COLUMN {figure} TO other": "was made by another version of gongkai (without {figure})",
    "DROP TABLE panel": "was made by another version of gongkai (without ",
}


def test_what_this_version_made_fits(archive: Path) -> None:
    assert misfit(archive / "snapshot.db") is None
    assert misfit(archive / "gongkai.db") is None
    assert build(archive)


@pytest.mark.parametrize("statement", MADE)
def test_another_versions_database_is_told_at_once(archive: Path, statement: str) -> None:
    with closing(sqlite3.connect(archive / "snapshot.db")) as connection:
        figure = connection.execute("SELECT name FROM pragma_table_info('figures') LIMIT 1 OFFSET 1").fetchone()[0]
        connection.execute(statement.format(figure=figure))
    with pytest.raises(NoDatabase, match=r"snapshot\.db") as told:
        build(archive)
    assert MADE[statement].format(figure=figure) in str(told.value)
    ran = CliRunner().invoke(command, ["--archive", str(archive), "--port", "0"])
    assert ran.exit_code == 1
    assert str(told.value) in ran.output


def test_what_is_no_database_is_told_at_once(archive: Path) -> None:
    (archive / "snapshot.db").write_bytes(b"no database at all" * 300)
    with pytest.raises(NoDatabase, match=r"cannot be read .*: run `gongkai rebuild`"):
        build(archive)
