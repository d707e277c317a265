"""Score the extraction, field by field, on the generated documents and the real ones: ``python -m tests.gold.score``.

    python -m tests.gold.score              # every style, five documents each, and ../shared/corpus
    python -m tests.gold.score --fast       # what continuous integration runs
    python -m tests.gold.score --style pdf --show   # every difference of the styles whose name holds "pdf"
    python -m tests.gold.score --write-floors       # pin the floors at what is reached now (say why in the commit)

A field counts where the truth knows it. ``wrong under verified`` is the project's promise: a figure that differs from
the page's under the verdict ``verified``; its floor is 0 and stays 0.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import reports
from reports import forms
from reports.record import Record
from tests.gold.cases import Sample, Truth
from tests.gold.others import OTHERS
from tests.gold.styles import STYLES, Style, sample

FOLDER = Path(__file__).resolve().parent
FLOORS = FOLDER / "floors.json"
CORPUS = FOLDER.parents[2] / "shared" / "corpus"
FIELDS = (
    "tables", "cells", "contact", "dates", "organ", "year", "title", "scope", "sections", "statistics", "attachments",
    "verdict", "one record",
)  # fmt: skip
FAST, WHOLE = 1, 5


@dataclass
class Score:
    """Right and all, a field; and each difference as a line."""

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)
    wrong_under_verified: int = 0
    documents: int = 0
    lines: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def share(self, name: str) -> float:
        """The share of right ones, 1.0 where nothing was to be found."""
        return self.right[name] / self.all[name] if self.all[name] else 1.0

    def count(self, name: str, right: bool, where: str, found: object = "", truth: object = "") -> None:
        """One thing compared."""
        self.all[name] += 1
        self.right[name] += right
        if not right:
            self.lines.append(f"{where}: {name}: found {found!r}, the page has {truth!r}")


def figures_of(record: Record) -> dict[str, int | float | None]:
    """A record's figures by code: those that it says are on the page."""
    found: dict[str, int | float | None] = {}
    for each in forms.figures():
        if each.table == "applications":
            row = (record.applications or {}).get(each.row)
            if row is not None and each.column in row:
                found[each.code] = row[each.column]
        else:
            table = record.proactive if each.table == "proactive" else record.review
            if table is not None and each.key in table:
                found[each.code] = table[each.key]
    return found


def compare(score: Score, records: list[Record], truths: list[Truth], where: str) -> None:
    """Count one document."""
    score.documents += 1
    if not truths[0].more_records_are_fair:
        score.count("one record", len(records) == len(truths), where, len(records), len(truths))
    for record, truth in zip(records, truths, strict=False):
        _figures(score, record, truth, where)
        _description(score, record, truth, where)


def _figures(score: Score, record: Record, truth: Truth, where: str) -> None:
    for table, generation in truth.forms.items():
        got = getattr(record.forms, table)
        right = got is not None if table == "review" else got == generation
        score.count("tables", right, where, f"{table} {got}", generation)
    found = figures_of(record) if truth.verdict != "not_a_report" else {}
    different = [code for code in {*found, *truth.values} if not _same(found, truth.values, code)]
    score.all["cells"] += len(truth.values)
    score.right["cells"] += len(truth.values) - len([code for code in different if code in truth.values])
    if different:
        code = min(different)
        told = f"{found.get(code, 'missing')!r}, the page has {truth.values.get(code, 'no such cell')!r}"
        score.lines.append(f"{where}: cells: {len(different)} differ, {code}: found {told}")
        if record.verdict == "verified":
            score.wrong_under_verified += len(different)
            score.lines.append(f"{where}: WRONG UNDER VERIFIED: {len(different)} figures")
    if truth.verdict is not None:
        reason = (
            [f"{each.code} {each.where}" for each in record.problems][:4] if record.verdict != truth.verdict else ""
        )
        score.count("verdict", record.verdict == truth.verdict, where, f"{record.verdict} {reason}", truth.verdict)


def _same(found: dict[str, Any], truth: dict[str, Any], code: str) -> bool:
    if (code in found) != (code in truth):
        return False
    one, two = found[code], truth[code]
    return one == two if one is None or two is None else abs(one - two) < 1e-6


def _description(score: Score, record: Record, truth: Truth, where: str) -> None:
    if truth.organ:
        score.count("organ", record.organ == truth.organ, where, record.organ, truth.organ)
    if truth.year:
        score.count("year", record.year == truth.year, where, record.year, truth.year)
    if truth.title:
        score.count("title", record.title == truth.title, where, record.title, truth.title)
    if truth.published:
        score.count("dates", record.published == truth.published, where, record.published, truth.published)
    if truth.scope:
        score.count("scope", record.scope == truth.scope, where, record.scope, truth.scope)
    if truth.sections:
        got = [(section.number or "", section.title) for section in record.sections]
        score.count("sections", got == truth.sections, where, got, truth.sections)
    contact = record.contact
    got_contact: dict[str, Any] = {
        "name": contact.name, "address": contact.address, "postcode": contact.postcode, "phone": contact.phones,
        "fax": contact.faxes, "email": contact.emails, "website": contact.websites,
    }  # fmt: skip
    if truth.contact:
        for key, got_value in got_contact.items():
            if truth.contact_is_partial and key not in truth.contact:
                continue
            wanted: Any = truth.contact.get(key)
            if isinstance(got_value, list):
                wanted = [wanted] if wanted else []
            score.count("contact", _plain(got_value) == _plain(wanted), where, f"{key} {got_value}", wanted)
    if truth.attachments:
        urls = [each.url for each in record.attachments]
        score.count("attachments", urls == truth.attachments, where, urls, truth.attachments)
    if truth.statistics:
        wanted = [(label, value) for label, _, value in truth.statistics if value is not None]
        got_lines = [(each.indicator, each.value) for each in record.statistics or []]
        for label, value in wanted:
            score.count("statistics", any(v == value and same_label(k, label) for k, v in got_lines), where, "", label)


def _plain(value: Any) -> Any:
    """Without what is a matter of taste: a closing slash of an address, the word before an extension."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.rstrip("/").replace("转", "-") if isinstance(value, str) else value


def same_label(one: str, two: str) -> bool:
    """Whether two indicator labels are the same but for numbering and notes."""
    bare = [each.split("（不", 1)[0].strip() for each in (one, two)]
    return bare[0].endswith(bare[1][-6:]) or bare[1].endswith(bare[0][-6:])


def chosen(styles: str = "") -> Iterator[Style]:
    """The styles whose name holds ``styles``, without those whose program this machine does not have."""
    return (style for style in STYLES if styles in style.name)


def documents(each: int, styles: str = "", slow: bool = True) -> Iterator[Sample | str]:
    """``each`` documents of every style; a string names a style that cannot be made here, with the reason."""
    for style in chosen(styles):
        if style.needs and shutil.which(style.needs) is None:
            yield f"{style.name}: {style.needs} is not installed"
            continue
        if style.slow and not slow:
            continue
        for number in range(min(each, 2) if style.slow else each):
            yield sample(style, number)
    for name, make in OTHERS.items():
        if styles in name:
            yield from (make(number) for number in range(each))


def generated(score: Score, each: int, styles: str = "", slow: bool = True) -> None:
    """Score generated documents."""
    for made in documents(each, styles, slow):
        if isinstance(made, str):
            score.skipped.append(made)
            continue
        found = reports.extract(made.body, name=made.name, url=made.url, content_type=made.content_type)
        compare(score, found, made.truths, made.label)


def real(score: Score) -> None:
    """Score the real reports of ../shared/corpus, where it is."""
    if not (CORPUS / "gold.jsonl").exists():
        score.skipped.append("real reports: ../shared/corpus is not there")
        return
    for line in (CORPUS / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        path = CORPUS / gold["file"]
        found = reports.extract(path.read_bytes(), name=path.name, url=gold.get("url"))
        compare(score, found, [real_truth(gold)], path.name)


def real_truth(gold: dict[str, Any]) -> Truth:
    """The truth of a line of gold.jsonl. Contacts are scored where gold has them."""
    values: dict[str, int | float | None] = {}
    for each in forms.figures():
        if each.table == "applications":
            if each.column in gold["applications"].get(each.row, {}):
                values[each.code] = gold["applications"][each.row][each.column]
        elif each.key in gold[each.table]:
            values[each.code] = gold[each.table][each.key]
    contact = gold.get("contact", {})
    told = {key: contact[key] for key in ("name", "address", "postcode") if key in contact}
    for one, many in (("phone", "phones"), ("email", "emails"), ("website", "websites"), ("fax", "faxes")):
        if contact.get(many):
            told[one] = contact[many][0]
    organ = gold["organ"] if "not in this text" not in gold.get("note", "") else None
    return Truth(organ, gold["year"], None, gold.get("published"), dict(gold["forms"]), values, told, [],
                 gold["verdict"], contact_is_partial=True)  # fmt: skip


def corpus_digest(each: int = FAST) -> str:
    """A digest of the generated documents: the floors belong to exactly these.

    Without those that need another program, and without packed formats, whose packers write the clock.
    """
    digest = hashlib.sha256()
    for style in STYLES:
        for number in range(0 if style.slow else each):
            made = sample(style, number)
            if not made.name.endswith((".xlsx", ".docx", ".zip")):
                digest.update(made.label.encode() + hashlib.sha256(made.body).digest())
    return digest.hexdigest()[:16]


def report(score: Score, seconds: float) -> str:
    """The table that the command prints."""
    lines = [f"{score.documents} documents, {seconds:.1f} s", f"{'field':<14}{'right':>8}{'of':>8}{'share':>10}"]
    lines += [
        f"{name:<14}{score.right[name]:>8}{score.all[name]:>8}{score.share(name):>10.2%}"
        for name in FIELDS
        if score.all[name]
    ]
    lines.append(f"wrong figures under verified: {score.wrong_under_verified}")
    lines += [f"not made: {each}" for each in score.skipped]
    return "\n".join(lines)


def main() -> int:
    """The command. Exit status 1 where a floor is missed (whole or fast corpus, no --style)."""
    parser = argparse.ArgumentParser(prog="python -m tests.gold.score", description="score the extraction on gold")
    parser.add_argument("--fast", action="store_true", help="one document a style, none that needs another program")
    parser.add_argument("--each", type=int, help="documents a style")
    parser.add_argument("--style", default="", help="only styles whose name holds this")
    parser.add_argument("--show", action="store_true", help="print every difference")
    parser.add_argument("--write-floors", action="store_true", help="pin the floors at what is reached now")
    options = parser.parse_args()
    which = "fast" if options.fast else "whole"
    scores, start = {which: Score()}, time.perf_counter()
    generated(scores[which], options.each or (FAST if options.fast else WHOLE), options.style, slow=not options.fast)
    if not options.style:
        scores["real"] = Score()
        real(scores["real"])
    for name, score in scores.items():
        if options.show:
            print("\n".join(score.lines))
        print(f"{name}: {report(score, time.perf_counter() - start)}\n")
    if options.style:
        return int(scores[which].wrong_under_verified > 0)
    return _gate(scores, options.write_floors)


def _gate(scores: dict[str, Score], write: bool) -> int:
    pinned = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    if write:
        pinned["digest"] = corpus_digest()
        for which, score in scores.items():
            if score.documents:
                pinned[which] = {name: _down(score.share(name)) for name in FIELDS if score.all[name]}
        pinned["wrong under verified"] = 0
        FLOORS.write_text(json.dumps(pinned, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"floors written to {FLOORS.relative_to(FOLDER.parents[1])}: {', '.join(scores)}")
    missed = [line for which, score in scores.items() for line in missed_floors(score, pinned.get(which, {}))]
    print("\n".join(missed) if missed else "every floor is held")
    return int(bool(missed))


def _down(share: float) -> float:
    return int(share * 10000) / 10000


def missed_floors(score: Score, floors: dict[str, float]) -> list[str]:
    """What fell below its floor, a line each."""
    missed = [
        f"FLOOR MISSED: {name} {score.share(name):.4f} < {floor}"
        for name, floor in floors.items()
        if score.all[name] and _down(score.share(name)) < floor
    ]
    if score.wrong_under_verified:
        missed.append(f"FLOOR MISSED: {score.wrong_under_verified} wrong figures under verified; the floor is 0")
    return missed


if __name__ == "__main__":
    sys.exit(main())
