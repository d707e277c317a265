"""How often the narrative rules agree with the tables: passes, failures and what could not be compared, a rule.

On the real reports of ``../shared/corpus`` and on written ones (the demo's writer, whose sentences agree with their
tables: each failure there is a false alarm). Run: ``python -m bench.narrative [SEEDS]``.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from demo.figures import balanced
from demo.organs import invented
from demo.render import html
from demo.writing import write
from reports import extract
from reports.record import Record

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "reports"


def written(seeds: int) -> list[Record]:
    """Records of written reports whose sentences are true."""
    records = []
    for seed in range(seeds):
        for organ in invented(seed, 10).organs:
            year = 2019 + seed % 6
            form = "2019" if year < 2021 else "2021"
            figures = balanced(
                f"{seed} {organ.name}", proactive=form, applications=form, requests=organ.requests, cases=organ.cases
            )
            page = html.article(write(organ, year, figures, seed), ("clean", "word", "boxed")[seed % 3])
            records += extract(page.encode(), name=f"{seed}.html")
    return records


def counts(records: list[Record]) -> Counter[tuple[str, str]]:
    """How often a rule ended in a status."""
    return Counter(
        (check.rule, check.status)
        for record in records
        for check in record.checks
        if check.rule.startswith("narrative.")
    )


def line(name: str, statuses: dict[str, int]) -> str:
    """One line of the output."""
    return f"  {name:40} " + "  ".join(f"{status} {count}" for status, count in statuses.items())


def main() -> None:
    """Print the counts of both corpora, a rule and in all."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    real = [record for path in sorted(CORPUS.glob("*")) for record in extract(path.read_bytes(), name=path.name)]
    for name, records in (("real", real), ("written", written(seeds))):
        found = counts(records)
        print(f"{name}: {len(records)} reports")
        statuses = ("pass", "fail", "not_assessable")
        for rule in sorted({rule for rule, _ in found}):
            print(line(rule, {status: found[rule, status] for status in statuses}))
        print(line("in all", {each: sum(n for (_, status), n in found.items() if status == each) for each in statuses}))


if __name__ == "__main__":
    main()
