"""How the schema came to be, step by step, applied by sqlite-utils. A step once released is never edited."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from pipelines.store import panel, schema, views, whole

migrations = Migrations("gongkai")


@migrations()
def the_house(database: Database) -> None:
    """All tables, indexes and views of the first release."""
    for statement in schema.base():
        database.conn.execute(statement)
    database.conn.execute(schema.figures_table())
    for statement in schema.statements(panel.table()):
        database.conn.execute(statement)
    for name, select in views.views().items():
        database.conn.execute(f'CREATE VIEW "{name}" AS {select}')


@migrations()
def growth_and_corrections(database: Database) -> None:
    """The panel with growth, contacts and reports of zeros; concentration; corrections; the history of place codes."""
    there = set(database.table_names())
    for statement in schema.growth_and_corrections():
        if statement.split()[2] not in there:
            database.conn.execute(statement)
    database.conn.execute("DROP TABLE panel")
    for statement in schema.statements(panel.table()):
        database.conn.execute(statement)
    database.conn.execute("INSERT OR IGNORE INTO dirty SELECT id FROM report")


@migrations()
def reports_of_several_pages(database: Database) -> None:
    """The further pages of a report are looked up with every page that is read, and are few."""
    database.conn.execute(f"CREATE INDEX capture_further ON capture (via) WHERE rule = '{whole.FURTHER}'")


@migrations()
def what_is_up_to_date(database: Database) -> None:
    """What has not changed is not counted or compared again by every portal's crawl."""
    for statement in schema.what_is_up_to_date():
        database.conn.execute(statement)
    database.conn.execute("INSERT INTO dirty_crawl SELECT id FROM crawl")


@migrations()
def new_names_of_organs(database: Database) -> None:
    """Which name is another organ's new one, on which portal."""
    database.conn.execute(schema.RENAMED)


def apply(database: Database) -> None:
    """Bring a database, empty or old, to the present schema."""
    migrations.apply(database)
