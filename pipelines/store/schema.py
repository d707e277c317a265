"""The tables: what the database knows, in STRICT tables with foreign keys (``schema.sql``).

A null figure is a blank, a dash, or a row that the page does not have: ``cell_note`` and the record in ``content`` tell
which.
"""

from __future__ import annotations

from pathlib import Path

from reports.forms import figures


def base() -> list[str]:
    """The statements for all tables but the two whose columns come from data files (``figures``, ``panel``)."""
    text = (Path(__file__).parent / "schema.sql").read_text(encoding="utf-8")
    return statements("\n".join(line for line in text.splitlines() if not line.startswith("--")))


def growth_and_corrections() -> list[str]:
    """The tables of the second migration."""
    return statements("""CREATE TABLE concentration (
  year INTEGER NOT NULL, level TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('government', 'department')),
  area TEXT NOT NULL REFERENCES division(code), organs INTEGER NOT NULL, requests INTEGER NOT NULL,
  top_ten INTEGER NOT NULL, share REAL, PRIMARY KEY (year, level, kind, area)
) STRICT, WITHOUT ROWID;
CREATE TABLE correction (
  noticed TEXT NOT NULL, report TEXT NOT NULL, organ_name TEXT NOT NULL, year INTEGER NOT NULL, "table" TEXT NOT NULL,
  row TEXT NOT NULL, "column" TEXT NOT NULL, before ANY, after ANY, extractor_before TEXT, extractor_after TEXT,
  PRIMARY KEY (noticed, report, "table", row, "column")
) STRICT, WITHOUT ROWID;
CREATE TABLE division_name (
  code TEXT NOT NULL, name TEXT NOT NULL, level TEXT NOT NULL, parent TEXT, valid_from INTEGER, valid_to INTEGER,
  successor TEXT, PRIMARY KEY (code, name)
) STRICT, WITHOUT ROWID;
""")


def what_is_up_to_date() -> list[str]:
    """The fourth migration: the crawls whose counts are outdated, the way from a portal to its crawls, and of which
    data files the lookup tables are."""
    return statements("""CREATE TABLE dirty_crawl (crawl TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE filled (digest TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE INDEX crawl_portal ON crawl (portal, started, id);
""")


#: The fifth migration: an id that a name gives, and the organ whose new name it is on a portal.
RENAMED = """CREATE TABLE renamed (
  portal TEXT NOT NULL, named TEXT NOT NULL, organ TEXT NOT NULL, PRIMARY KEY (portal, named)
) STRICT, WITHOUT ROWID"""


def statements(script: str) -> list[str]:
    """A script as single statements: ``executescript`` would commit, and a migration is one transaction."""
    return [statement.strip() for statement in script.split(";\n") if statement.strip()]


def figures_table() -> str:
    """One wide row a report, a column a figure of every generation: INTEGER, or REAL where the form prints 万元."""
    columns = ",\n  ".join(f"{each.code} {'REAL' if each.decimals else 'INTEGER'}" for each in figures())
    return f"CREATE TABLE figures (\n  report TEXT PRIMARY KEY REFERENCES report(id),\n  {columns}\n) STRICT"
