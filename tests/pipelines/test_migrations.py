"""A database of an earlier release is brought up to the present schema when it is opened."""

from __future__ import annotations

from pathlib import Path

from pipelines.store import Store
from pipelines.store.connection import FILE, SCHEMA, connect
from tests.pipelines.portal_desk import crawl, page, report

URL = "http://www.shuyang.gov.cn/jyj/gknb/t1.html"


def test_the_number_of_the_schema_is_that_of_the_migrations(archive: Path) -> None:
    connection = connect(archive / FILE)
    assert connection.execute("SELECT COUNT(*) FROM _sqlite_migrations").fetchone() == (SCHEMA,)
    connection.close()


def test_a_database_from_before_the_last_migration_goes_on(archive: Path) -> None:
    with crawl(archive) as visit:
        visit.get(URL, page(report()))
    with Store.open(archive) as store:
        store.catch_up()
        store.connection.execute("DROP TABLE renamed")
        store.connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'new_names_of_organs'")
        store.connection.execute(f"PRAGMA user_version = {SCHEMA - 1}")
    with crawl(archive, day=7) as later:
        later.get(URL, page(report(seed=2)))
    with Store.open(archive) as store:
        store.catch_up()
        assert store.connection.execute("SELECT version FROM report").fetchall() == [(2,)]
