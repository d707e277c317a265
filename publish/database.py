"""Datasette's database with three amendments that this site needs: paging that loses no row, a snapshot that can be
replaced while the site runs, and counts that are not counted again.
"""

from __future__ import annotations

import asyncio
import contextvars
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from datasette.database import Database, QueryInterrupted, Results

from publish import codebook

Answer = TypeVar("Answer")

NAME = "gongkai"
SNAPSHOT = "snapshot.db"
_LOCAL = threading.local()

# The query of a table page, as Datasette 0.65 writes it: sorted by one column, without the tie-break that its later
# pages
# assume (views/table.py). [column] is quoted where it is a reserved word.
_SORTED_ONCE = re.compile(
    r"^select .*? from (?P<table>\S+) .*order by (?P<column>[\[\]\"\w]+)(?P<desc> desc)? limit \d+$",
    re.DOTALL,
)
# The sections that hold a word. ``id in (select …)`` would gather every hit before the first row is shown: a common
# word
# has hundreds of thousands. The index gives them in the order of id, so that the page reads only what it shows.
_HITS = "id in (select rowid from search where search match escape_fts(:search))"
_FOUND = re.compile(
    rf"^select (?P<columns>[^()]*) from section where (?P<before>.*?){re.escape(_HITS)}(?P<after>.*?)"
    r" order by id limit (?P<limit>\d+)$",
    re.DOTALL,
)
_COUNT_FOUND = f"select count(*) from section where {_HITS}"
_COUNT = re.compile(r"^select count\(\*\) from ", re.IGNORECASE)
_FACET = re.compile(r"^\s*select .* as value, count\(\*\) as count from \(", re.DOTALL | re.IGNORECASE)
# The same over all rows of a table, for a column that its page offers: there are few, and each is asked once.
_FACET_OF_ALL = re.compile(
    r"^\s*select \[?(?P<column>\w+)\]? as value, count\(\*\) as count from \(\s*select [^()]* from "
    rf"\[?(?P<table>{'|'.join(codebook.tables())})\]?\s*\)\s*where",
    re.IGNORECASE,
)
FACET_OF_ALL = 10_000  # milliseconds
COUNT = 600  # milliseconds for the number of rows over a table; a page does without it
TRY_AGAIN = 60.0  # seconds after which a question that took too long is asked again
_REMEMBERED = 2000
CHECK_EVERY = 2.0  # seconds between looks whether the snapshot was replaced


def database_file(archive: Path) -> Path:
    """What to serve: the snapshot that a finished crawl published, else the crawl's own database."""
    snapshot = archive / SNAPSHOT
    return snapshot if snapshot.exists() else archive / "gongkai.db"


class SiteDatabase(Database):  # type: ignore[misc]
    """One file. ``refresh()`` notices that the file was replaced and goes on with the new one."""

    def __init__(self, ds: Any, file: Path, *, immutable: bool) -> None:
        super().__init__(ds, str(file), is_mutable=not immutable)
        self.file = file
        self.generation = 0
        self.looked = 0.0  # when the file was last looked at, on the monotonic clock
        self._seen = self._mark()
        self._remembered: OrderedDict[tuple[str, str], Results | float] = OrderedDict()  # or when it took too long

    def _mark(self) -> tuple[int, int, int]:
        stat = self.file.stat()
        return (stat.st_ino, stat.st_mtime_ns, stat.st_size)

    def refresh(self) -> bool:
        """True where the file is another one than before; connections are then opened anew, each thread its own."""
        now = time.monotonic()
        if now - self.looked < CHECK_EVERY:
            return False
        self.looked = now
        try:
            mark = self._mark()
        except FileNotFoundError:
            return False  # between the two steps of a swap: go on with the open one
        if mark == self._seen:
            return False
        self._seen = mark
        self._remembered.clear()
        if not self.is_mutable:
            self.generation += 1
            self._cached_table_counts = None
            self.cached_hash = self.cached_size = None
        return not self.is_mutable

    async def execute_fn(self, fn: Callable[[Any], Answer]) -> Answer:
        """Run ``fn`` in a thread on that thread's connection to the present file."""
        generation = self.generation

        def in_thread() -> Answer:
            held = getattr(_LOCAL, "held", None)
            if held is None:
                held = _LOCAL.held = {}
            known = held.get(id(self))
            if known is None or known[0] != generation:
                if known is not None:
                    known[1].close()
                connection = self.connect()
                self.ds._prepare_connection(connection, self.name)
                known = held[id(self)] = (generation, connection)
            return fn(known[1])

        # The reader's language goes along into the thread.
        context = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, context.run, in_thread)

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:
        """Rows of the tables that readers see; None where counting takes longer than ``limit`` milliseconds.

        Datasette's own counts the indexes of the search too, which cannot be counted, and prints that as an error.
        """
        tables = [name for name in await self.table_names() if name in codebook.tables()]
        if not self.is_mutable:
            known: dict[str, int | None] = await super().table_counts(limit)
            return {name: known[name] for name in tables if name in known}
        counts: dict[str, int | None] = {}
        for name in tables:
            try:
                found = await self.execute(f"select count(*) from [{name}]", custom_time_limit=limit)
                counts[name] = found.rows[0][0]
            except QueryInterrupted:
                counts[name] = None
        return counts

    async def execute(self, sql: str, params: Any = None, *args: Any, **options: Any) -> Results:
        """As Datasette's, with the tie-break added where a page of a table is sorted by a column that is not unique."""
        sql = _streamed(sql)
        sorted_once = _SORTED_ONCE.match(sql)
        if sorted_once:
            sql = await self._with_tie_break(sql, sorted_once)
        if not self.is_mutable and (_COUNT.match(sql) or _FACET.match(sql)):
            whole = _FACET_OF_ALL.match(sql)
            if whole and whole["column"] in codebook.tables()[whole["table"]].facets:
                options["custom_time_limit"] = FACET_OF_ALL
            elif _COUNT.match(sql):
                options.setdefault("custom_time_limit", COUNT)
            return await self._once(sql, params, args, options)
        return await super().execute(sql, params, *args, **options)

    async def _with_tie_break(self, sql: str, found: re.Match[str]) -> str:
        table = found["table"].strip('[]"')
        column = found["column"].strip('[]"')
        keys = [key for key in await self.primary_keys(table) if key != column]
        if not keys and column == "rowid":
            return sql
        if not keys and not await self.primary_keys(table):
            if await self.get_view_definition(table):
                return sql
            keys = ["rowid"]
        head, _, tail = sql.rpartition(" limit ")
        return head + "".join(f", [{key}]" for key in keys) + " limit " + tail

    async def _once(self, sql: str, params: Any, args: tuple[Any, ...], options: dict[str, Any]) -> Results:
        """Counts and facets of an unchanging file are asked of it once; what took too long, once in a while."""
        key = (sql, repr(params))
        known = self._remembered.get(key)
        if isinstance(known, Results):
            self._remembered.move_to_end(key)
            return known
        if known is not None and time.monotonic() - known < TRY_AGAIN:
            raise QueryInterrupted("it took too long a moment ago", sql, params)
        try:
            results = await super().execute(sql, params, *args, **options)
        except QueryInterrupted:
            self._remembered[key] = time.monotonic()
            raise
        self._remembered[key] = results
        if len(self._remembered) > _REMEMBERED:
            self._remembered.popitem(last=False)
        return results


def _streamed(sql: str) -> str:
    """The search for sections as a walk along the word index, where that gives the same rows in the same order."""
    if sql.strip() == _COUNT_FOUND:
        return "select count(*) from search where search match escape_fts(:search)"
    found = _FOUND.match(sql)
    if found is None or "[text]" in found["before"] + found["after"] or '"text"' in found["before"] + found["after"]:
        return sql
    columns = ", ".join(f"section.{column.strip()}" for column in found["columns"].split(","))
    conditions = f"{found['before']}search match escape_fts(:search){found['after']}"
    conditions = re.sub(r"\bid > :p(\d+)", r"search.rowid > :p\1", conditions)
    return (
        f"select {columns} from search cross join section on section.id = search.rowid where {conditions} "
        f"order by search.rowid limit {found['limit']}"
    )
