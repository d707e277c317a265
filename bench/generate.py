"""A database of invented reports from a seed: figures that balance (but for those meant not to), believable organs.

    python -m bench.generate FILE --reports 300000

For the site's benchmarks and tests. Provinces are real; every prefecture, county, organ, portal and figure is
invented. The
same seed gives the same database.
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import math
import random
import sqlite3
from pathlib import Path

import sqlite_utils

from bench.places import DEPARTMENTS, Organ, organs
from bench.stories import SECTIONS, YEARS, Story, career
from bench.waiting import Rows, digest, index
from pipelines.store import concentration, migrations, panel
from pipelines.store.connection import SCHEMA
from pipelines.store.snapshot import prepare
from reports import forms

CAREERS = 120  # of each class of size
BATCH = 1000  # organs


def generate(path: Path, *, reports: int = 2000, seed: int = 1, sentences: int = 3, progress: bool = False) -> None:
    """Write the database to ``path``, which must not exist. ``sentences`` are the sentences in each section."""
    chance = random.Random(seed)
    database = sqlite_utils.Database(path)
    connection = database.conn
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "foreign_keys = OFF",
                   "cache_size = -262144", "temp_store = MEMORY"):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")
    migrations.apply(database)
    connection.execute(f"PRAGMA user_version = {SCHEMA}")
    later = _without_indexes(connection)
    for name in ("search", "search_report", "search_organ"):  # few large segments instead of many small ones
        connection.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('hashsize', 67108864)")
    connection.commit()
    connection.execute("BEGIN")
    rows = Rows()
    wanted = max(1, reports // len(YEARS) + 1)
    invented = itertools.islice(organs(chance, rows, per_county=_departments(reports)), int(wanted * 1.04) + 1)
    _items(rows)
    careers: dict[int, list[tuple[Story, ...]]] = {}
    made = 0
    for organ in invented:
        told = _own_or_told(chance, careers, organ.size, sentences)
        for year, story in zip(YEARS, told, strict=True):
            if made < reports and chance.random() >= 0.03:
                made += 1
                _report(chance, rows, organ, year, made, story)
        if organ.seq % BATCH == 0:
            rows.write(connection)
            if progress:
                print(f"\r{made:,} of {reports:,}", end="", flush=True)
    rows.write(connection)
    for statement in later:
        connection.execute(statement)
    connection.execute("INSERT INTO dirty SELECT id FROM report")
    connection.execute(panel.insert())
    connection.execute("DELETE FROM dirty")
    connection.execute(_COVERAGE)
    concentration.measure(connection)
    connection.execute(_COUNTS)
    connection.commit()
    connection.close()
    prepare(path)


def _without_indexes(connection: sqlite3.Connection) -> list[str]:
    """Drops the indexes, which are made faster over full tables; the statements that make them again."""
    known = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in known:
        connection.execute(f'DROP INDEX "{name}"')
    return [sql for _, sql in known]


def _own_or_told(
    chance: random.Random, careers: dict[int, list[tuple[Story, ...]]], size: float, sentences: int
) -> tuple[Story, ...]:
    """An organ's career: a new one until there are many of this size, then one that another organ had."""
    like = careers.setdefault(round(math.log2(size + 0.05)), [])
    if len(like) < CAREERS:
        like.append(career(chance, size, sentences))
        return like[-1]
    return chance.choice(like)


_COUNTS = """UPDATE crawl SET reports_new = (SELECT count(*) FROM report WHERE report.portal = crawl.portal),
captures = (SELECT count(*) FROM capture WHERE capture.crawl = crawl.id), requests = (SELECT count(*) FROM capture
WHERE capture.crawl = crawl.id) + 7,
bytes = (SELECT total(length) FROM capture WHERE capture.crawl = crawl.id)"""
_COVERAGE = """INSERT INTO coverage SELECT organ.division, report.year, division.province,
(SELECT count(*) FROM organ o WHERE o.division = organ.division), count(*), sum(report.verdict = 'verified')
FROM report JOIN organ ON organ.id = report.organ JOIN division ON division.code = organ.division GROUP BY 1, 2"""


def _departments(reports: int) -> int:
    """How many departments a county has: few for a small database, so that it still has several provinces."""
    return 2 if reports < 20_000 else len(DEPARTMENTS) - 3


def _items(rows: Rows) -> None:
    for order, each in enumerate(forms.figures()):
        rows.add("item", each.code, each.table, each.row, each.column, each.label, each.label_en, each.unit,
        each.unit_en,
                 ",".join(each.generations), None, order)  # fmt: skip


def _report(chance: random.Random, rows: Rows, organ: Organ, year: int, seq: int, story: Story) -> None:
    """One report of an organ, with everything that hangs on it."""
    identity = f"{organ.id}-{year}"
    late = chance.random() < 0.12
    due = datetime.date(year + 1, 3, 31) if organ.kind == "government" else datetime.date(year + 1, 1, 31)
    published = due + datetime.timedelta(
        days=int(chance.expovariate(1 / 30)) + 1 if late else -int(chance.random() * 25)
    )
    url = f"http://www.{organ.portal}.example/zfxxgk/{year}/{organ.seq}.html"
    title = f"{organ.name}{year}年政府信息公开工作年度报告"
    capture, content = digest("capture", identity)[:32], digest("content", identity)
    time = f"2026-04-01T02:{seq % 30:02d}:{seq % 60:02d}.000Z"
    crawl = f"{organ.portal}-20260401T020000Z"
    scope = "jurisdiction" if organ.kind == "government" else "organ"
    printed = (story.forms[0], story.forms[1], story.forms[1]) if story.verdict != "unreadable" else (None,) * 3
    version = 2 if chance.random() < 0.02 and story.granted is not None else 1
    failed = sum(1 for check in story.checks if check[2] == "fail")
    length = sum(len(text) for text, _ in story.texts)
    rows.add(
        "capture", capture, crawl, organ.portal, url, time, "response", 200, "text/html", f"sha256:{content}",
        48_000 + seq % 9000, f"{organ.portal}/{crawl}.warc.gz", seq * 9000, 8_900, None, None, None, 2, "report", None,
        1,
    )  # fmt: skip
    rows.add("content (digest, extractor, record)", content, "0.1.0", b"")
    rows.add(
        "report", identity, organ.id, year, title, published.isoformat(), due.isoformat(), (published - due).days,
        scope, *printed, story.verdict, capture, 0, url, organ.portal, version, "0.1.0", "html", time, time, None,
        *story.totals, *story.cases, failed, 0, 0, length, round(chance.betavariate(5, 4), 4), content,
        content[:32], seq,
    )  # fmt: skip
    rows.add("figures", identity, *story.row)
    rows.add("report_address", identity, url, time, time, None)
    rows.add("report_version", identity, version, time, capture, story.verdict, content)
    if version == 2 and story.granted is not None:
        _edit(chance, rows, identity, story.granted, crawl, organ, url, seq)
    for check in story.checks:
        rows.add("check", identity, *check)
    if story.dash:
        rows.add("cell_note", identity, "proactive", "regulations", story.dash, "dash", "/", None, None)
    label = f"{title} {organ.name}"
    rows.add("search_label", "report", seq, label)
    index(rows, "search_report", seq, label)
    for n, ((number, heading), (text, words)) in enumerate(zip(SECTIONS, story.texts, strict=True)):
        rowid = seq * 6 + n
        rows.add("section", rowid, identity, n, number, heading, text, organ.id, year, organ.province, 1)
        rows.add("search (rowid, text)", rowid, words)
    rows.add(
        "contact", digest("contact", identity)[:32], organ.id, identity, organ.name,
        f"{organ.name[:3]}人民路{organ.seq % 90 + 1}号", f"{100000 + organ.seq % 800000}",
        f'["0{770 + organ.seq % 30}-{2000000 + organ.seq}"]', "[]", f'["xxgk{organ.seq}@{organ.portal}.example"]',
        f'["http://www.{organ.portal}.example"]', time, time,
    )  # fmt: skip


def _edit(
    chance: random.Random, rows: Rows, identity: str, after: int, crawl: str, organ: Organ, url: str, seq: int
) -> None:
    earlier, content = digest("capture", identity, 1)[:32], digest("content", identity, 1)
    seen = "2026-02-15T01:00:00.000Z"
    rows.add(
        "capture", earlier, crawl, organ.portal, url, seen, "response", 200, "text/html", f"sha256:{content}", 47_000,
        f"{organ.portal}/{crawl}.warc.gz", seq * 9000 + 4000, 8_800, None, None, None, 2, "report", None, 1,
    )  # fmt: skip
    rows.add("report_version", identity, 1, seen, earlier, "inconsistent", content)
    before = after + chance.choice([1, 3, 7])
    changed = ("applications", "granted", "natural_person")
    rows.add("figure_change", identity, 2, *changed, before, after, str(before), str(after))


def main() -> None:
    """The command."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("file", type=Path)
    asked.add_argument("--reports", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--sentences", type=int, default=3, help="sentences in each section")
    given = asked.parse_args()
    given.file.unlink(missing_ok=True)
    generate(given.file, reports=given.reports, seed=given.seed, sentences=given.sentences, progress=True)
    print(f"\n{given.file}: {given.file.stat().st_size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
