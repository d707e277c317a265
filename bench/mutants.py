"""Documents that are bent: a report's tables before they are printed, or the bytes of a finished document.

What is on the page is known either way, so that a wrong figure can be told from one that the page really shows.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from demo.layout import Layout, Td
from demo.render import docx, pdf
from demo.render.html import HANDS
from reports.record import Table
from tests.gold.cases import DIRTS, Case, case
from tests.gold.files import text as as_text
from tests.gold.pages import Page, encoded, wrapped


@dataclass
class Mutant:
    """One mutated document. ``truth`` is what its page shows; ``open`` are codes whose place on it cannot be told;
    ``never_verified``: a cell is gone, so that not every cell can have been read."""

    name: str
    body: bytes
    done: list[str]
    truth: dict[str, int | float | None]
    open: set[str] = field(default_factory=set)
    never_verified: bool = False
    content_type: str | None = None


class Bender:
    """Bends the drawn tables of one report and keeps the truth in step. One bend a document, sometimes two."""

    def __init__(self, made: Case, chance: random.Random) -> None:
        self.chance = chance
        self.truth = dict(made.truth.values)
        self.open: set[str] = set()
        self.never_verified = False
        self.done: list[str] = []
        self.plan = {
            table: chance.choices(self.bends(table), k=chance.choice((1, 1, 2)))
            for table in chance.sample(sorted(made.truth.forms), chance.choice((1, 1, 2)))
        }

    def bends(self, table: Table) -> list[Callable[[Layout], Layout]]:
        """What can be done to a table."""
        common = [self.digit, self.swap_values, self.lose_cell, self.double_cell, self.typo, self.lose_label,
                  self.wrong_span, self.empty_row, self.odd_mark]  # fmt: skip
        return [*common, self.lose_row, self.double_row, self.swap_rows] if table == "applications" else common

    def __call__(self, table: Table, rows: Layout) -> Layout:
        for bend in self.plan.get(table, []):
            rows = bend(rows)
        return rows

    def value(self, rows: Layout) -> Td:
        """Some cell that holds a figure."""
        return self.chance.choice([cell for row in rows for cell in row if cell.code in self.truth])

    def note(self, what: str) -> None:
        """Write down what was done."""
        self.done.append(what)

    def digit(self, rows: Layout) -> Layout:
        """Change one digit of one figure: no equation may notice, in table 2."""
        cell = self.value(rows)
        if cell.text.isdecimal() and cell.code:
            place = self.chance.randrange(len(cell.text))
            new = cell.text[:place] + str(self.chance.randint(1, 9)) + cell.text[place + 1 :]
            self.note(f"{cell.code}: {cell.text} becomes {new}")
            cell.text, self.truth[cell.code] = new, int(new)
        return rows

    def swap_values(self, rows: Layout) -> Layout:
        """Swap two figures."""
        one, two = self.value(rows), self.value(rows)
        assert one.code and two.code
        if "10k_yuan" not in one.code + two.code:
            self.note(f"{one.code} and {two.code} swapped")
            one.text, two.text = two.text, one.text
            self.truth[one.code], self.truth[two.code] = self.truth[two.code], self.truth[one.code]
        return rows

    def lose_cell(self, rows: Layout) -> Layout:
        """A figure's cell is gone: its row is short by one."""
        cell = self.value(rows)
        row = next(row for row in rows if any(each is cell for each in row))
        self.open |= {each.code for each in row if each.code}
        self.never_verified = True
        self.note(f"the cell of {cell.code} is gone")
        row[:] = [each for each in row if each is not cell]
        return rows

    def double_cell(self, rows: Layout) -> Layout:
        """A figure's cell stands twice: its row is long by one."""
        cell = self.value(rows)
        row = next(row for row in rows if any(each is cell for each in row))
        self.open |= {each.code for each in row if each.code}
        self.note(f"the cell of {cell.code} stands twice")
        at = next(n for n, each in enumerate(row) if each is cell)
        row.insert(at, replace(cell, code=None))
        return rows

    def typo(self, rows: Layout) -> Layout:
        """One character of one label is wrong or gone."""
        labels = [cell for row in rows for cell in row if not cell.code and len(cell.text) > 4]
        cell = self.chance.choice(labels)
        at = self.chance.randrange(len(cell.text))
        new = cell.text[:at] + self.chance.choice(("", "的", " ", "它", "x")) + cell.text[at + 1 :]
        self.note(f"label {cell.text} becomes {new}")
        cell.text = new
        return rows

    def lose_label(self, rows: Layout) -> Layout:
        """One label is blank: its figures may be given up."""
        row = self.chance.choice([row for row in rows if any(not cell.code and cell.text for cell in row)])
        cell = self.chance.choice([cell for cell in row if not cell.code and cell.text])
        self.note(f"label {cell.text} is blank")
        cell.text = ""
        return rows

    def lose_row(self, rows: Layout) -> Layout:
        """A row of figures is gone, and with it what its labels spanned."""
        row = self.chance.choice([row for row in rows if any(cell.code for cell in row)])
        for cell in row:
            if cell.code:
                self.truth.pop(cell.code, None)
        self.note(f"the row of {[cell.text for cell in row if not cell.code]} is gone")
        self.open |= {code for code in self.truth if code.startswith("applications_")} if any(
            cell.rowspan > 1 for cell in row) else set()  # fmt: skip
        at = next(n for n, each in enumerate(rows) if each is row)
        for above in rows[:at]:
            for cell in above:
                if cell.rowspan > 1 and not cell.code and at < len(rows) - 1:
                    start = next(n for n, each in enumerate(rows) if each is above)
                    if start + cell.rowspan > at:
                        cell.rowspan -= 1
        return [each for each in rows if each is not row]

    def double_row(self, rows: Layout) -> Layout:
        """A row of figures stands twice, the second time with other figures: which is meant, nobody can tell."""
        row = self.chance.choice([row for row in rows if any(cell.code for cell in row) and row[0].rowspan == 1])
        self.open |= {cell.code for cell in row if cell.code}
        self.never_verified = True
        self.note(f"the row of {[cell.text for cell in row if not cell.code]} stands twice")
        at = next(n for n, each in enumerate(rows) if each is row)
        for above in rows[:at]:
            for cell in above:
                start = next(n for n, each in enumerate(rows) if each is above)
                if not cell.code and start + cell.rowspan > at:
                    cell.rowspan += 1
        copy = [replace(cell, text="7" if cell.code else cell.text, code=None) for cell in row]
        return [*rows[: at + 1], copy, *rows[at + 1 :]]

    def swap_rows(self, rows: Layout) -> Layout:
        """Two neighbouring rows of one group change places, labels and figures together."""
        pairs = [n for n in range(3, len(rows) - 1) if all(cell.rowspan == 1 for cell in (*rows[n], *rows[n + 1]))]
        pairs = [n for n in pairs if len(rows[n]) == len(rows[n + 1])]
        at = self.chance.choice(pairs)
        self.note(f"rows {at} and {at + 1} change places")
        rows[at], rows[at + 1] = rows[at + 1], rows[at]
        return rows

    def wrong_span(self, rows: Layout) -> Layout:
        """A cell claims another span than it has. What a browser then shows is anybody's guess, so figures of the
        rows from there on are open."""
        at = self.chance.randrange(len(rows))
        cell = self.chance.choice(rows[at])
        if self.chance.random() < 0.5:
            cell.colspan = self.chance.choice((2, 3, 5, 99))
        else:
            cell.rowspan = self.chance.choice((2, 3, 70))
        self.note(f"row {at}, {cell.text!r}: colspan {cell.colspan}, rowspan {cell.rowspan}")
        self.open |= {each.code for row in rows[at:] for each in row if each.code}
        return rows

    def empty_row(self, rows: Layout) -> Layout:
        """An empty row somewhere below the header."""
        at = self.chance.randrange(len(rows) // 2, len(rows))
        self.note(f"an empty row before row {at}")
        return [*rows[:at], [Td("")], *rows[at:]]

    def odd_mark(self, rows: Layout) -> Layout:
        """Something beside a figure that is no part of it."""
        cell = self.value(rows)
        mark = self.chance.choice(("件", " 件", "（含上年）", "（其中3件为上年结转）", "。", "*", "①", " "))
        self.note(f"{cell.code}: {cell.text} becomes {cell.text + mark}")
        if cell.text and cell.text[-1].isdigit():
            cell.text += mark
            if mark in ("。", "*", "①"):
                self.open.add(str(cell.code))
        return rows


def structural(number: int, chance: random.Random) -> Mutant:
    """A document with bent tables."""
    made = case(chance.choice(DIRTS), number, "fuzz")
    bender = Bender(made, chance)
    kind = chance.choices(("html", "text", "docx", "pdf"), (30, 6, 1, 1))[0]
    content_type = None
    if kind == "html":
        hand = chance.choice(sorted(HANDS))
        article = HANDS[hand]().article(made.report, bender)
        body, content_type = encoded(wrapped(made.report, article, Page(), chance), "utf-8")
    elif kind == "text":
        body = as_text(" | ", bend=bender)(made)[0]
    else:
        try:
            body = (docx if kind == "docx" else pdf).render(made.report, bender)
        except (ValueError, IndexError, AssertionError, KeyError, AttributeError):
            return bytewise(number, chance)  # the bent table cannot be drawn in this format
    if any("gone" in each for each in bender.done) and any("twice" in each for each in bender.done):
        bender.never_verified = False  # the row may be as long as it was
    if kind in ("docx", "pdf"):
        bender.never_verified = False  # their renderers fill a short row with a blank cell, which the page then shows
    return Mutant(f"fuzz.{kind.replace('text', 'txt')}", body, [kind, *bender.done], bender.truth, bender.open,
                  bender.never_verified, content_type)  # fmt: skip


@functools.cache
def _finished(dirt: int, number: int, kind: str, hand: str) -> tuple[bytes, Case]:
    """A finished document to be damaged; made once."""
    made = case(DIRTS[dirt], number, "fuzz-bytes")
    if kind == "html":
        body, _ = encoded(
            wrapped(made.report, HANDS[hand]().article(made.report), Page(), random.Random(number)), "utf-8"
        )
    elif kind == "text":
        body = as_text(" | ")(made)[0]
    else:
        body = (docx if kind == "docx" else pdf).render(made.report)
    return body, made


def bytewise(number: int, chance: random.Random) -> Mutant:
    """A finished document with bytes changed, but not in its figures nor beside them."""
    kind = chance.choices(("html", "text", "docx", "pdf"), (30, 6, 3, 3))[0]
    hand = chance.choice(sorted(HANDS)) if kind == "html" else ""
    body, made = _finished(chance.randrange(4), chance.randrange(12), kind, hand)
    mutable, done = bytearray(body), [kind]
    for _ in range(chance.choice((1, 1, 2, 5, 40))):
        at = chance.randrange(len(mutable))
        if kind in ("html", "text") and any(48 <= byte <= 57 for byte in mutable[max(0, at - 3) : at + 4]):
            continue
        what = chance.choice(("flip", "delete", "insert", "cut"))
        if what == "flip":
            mutable[at] = chance.choice((0, 0xFF, 0x80, 0x3C, 0x3E, 0x22, 0x26, chance.randrange(58, 256)))
        elif what == "delete" or kind not in ("html", "text"):
            del mutable[at]
        elif what == "insert":
            mutable[at:at] = chance.choice((b"<", b">", b"</td>", b"<td>", b"<table>", b"</table>", b"<!--", b"\x00",
                                            b"</tr>", b"<tr>", b"<p>"))  # fmt: skip
        elif chance.random() < 0.1:
            del mutable[at:]
        done.append(f"{what} at {at}")
        if not mutable:
            break
    return Mutant(f"fuzz.{kind.replace('text', 'txt')}", bytes(mutable), done, dict(made.truth.values))


def mutant(seed: int, number: int) -> Mutant:
    """Document ``number`` of a seed, always the same."""
    chance = random.Random(f"fuzz {seed} {number}")
    return bytewise(number, chance) if chance.random() < 0.4 else structural(number, chance)
