"""政府信息公开情况统计表 of the reports for 2014-2018: a long list of indicator, unit and value, one line each."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import data
from reports.document import Document, Grid
from reports.halves import MOST_ROWS, goes_on, in_halves
from reports.list_columns import WIDEST, own_columns
from reports.record import Statistic
from reports.tables.labels import distance, fold, fold_characters
from reports.tables.numbers import Value, plain, read_value, to_10k_yuan

FEWEST = 8  # known indicators that make a 统计表: other lists share one or two

_NUMBER = re.compile(r"^(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}|其中)+")
_NOTE = re.compile(r"[(\[【].*?[)\]】]", re.DOTALL)
_TOLD = re.compile(r"\s*((?:其中[:：])?[^:：]{2,90})[:：]\s*([0-9０-９][0-9０-９.,，．]*)\s*([^\W\d]{0,2})[;；。]?\s*")
_UNIT_NOTE = re.compile(r"[(（](?:单位)?[:：]?([^()（）]{1,4})[)）]\s*$")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the national form."""

    key: str | None  # None for a heading
    label: str
    unit: str | None
    section: str


@functools.cache
def indicators() -> tuple[Indicator, ...]:
    """The lines of the national form, headings included, in its order."""
    return tuple(
        Indicator(line.get("key"), line["label"], line.get("unit"), section["label"])
        for section in data.load_yaml("forms/statistics-2014.yaml")["sections"]
        for line in section["indicators"]
    )


@functools.cache
def _known() -> dict[str, tuple[Indicator, ...]]:
    known: dict[str, list[Indicator]] = {}
    for section in data.load_yaml("forms/statistics-2014.yaml")["sections"]:
        known.setdefault(fold(section["label"]), []).append(Indicator(None, section["label"], None, section["label"]))
        for line in section["indicators"]:
            each = Indicator(line.get("key"), line["label"], line.get("unit"), section["label"])
            for text in (line["label"], *line.get("aliases", ())):
                for note in ("", line.get("note", "")):
                    entries = known.setdefault(fold(text + note), [])
                    if each not in entries:
                        entries.insert(sum(other.key is not None for other in entries), each)  # before a heading
    return {text: tuple(entries) for text, entries in known.items()}


@functools.lru_cache(maxsize=4096)
def _exactly(text: str) -> tuple[Indicator, ...]:
    folded = fold(text)
    known = _known()
    if folded in known:
        return known[folded]
    bare = _NUMBER.sub("", folded)
    if bare in known:
        return known[bare]
    return known.get(_NUMBER.sub("", fold(_NOTE.sub("", fold_characters(text)))), ()) if len(text) < 90 else ()


@functools.lru_cache(maxsize=4096)
def _lookup(text: str) -> tuple[Indicator, ...]:
    if found := _exactly(text):
        return found
    without = _NUMBER.sub("", fold(_NOTE.sub("", fold_characters(text))))
    if len(without) < 6 or len(without) > 60:
        return ()
    known, letters = _known(), set(without)
    near = sorted(
        (distance(without, label, 3), label)
        for label in known
        if abs(len(label) - len(without)) <= 2 and len(letters.difference(label)) <= 3
    )
    if near and near[0][0] <= max(1, len(without) // 8) and (len(near) == 1 or near[1][0] > near[0][0] + 1):
        return known[near[0][1]]
    return ()


def _worth_a_try(document: Document) -> bool:
    """Enough lines of the national form stand in it, letter by letter."""
    found: set[Indicator] = set()
    for part in document.flow:
        if isinstance(part, Grid):
            rows = min(len(part.rows), MOST_ROWS) if part.width <= WIDEST else 0
            texts = [cell.text for row in range(rows) for cell in part.own_cells(row)]
        else:
            texts = [part.text, *_pieces(part.text)[:1]] if len(part.text) <= 120 else []
        for text in texts:
            if 4 <= len(text) <= 120:
                found.update(_exactly(text))
        if len(found) >= FEWEST:
            return True
    return False


@functools.cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    loaded = data.load_yaml("forms/statistics-2014.yaml")
    return frozenset(loaded["units"]), frozenset(loaded["header_words"]), frozenset(loaded["totals"])


@functools.cache
def _filled_in() -> frozenset[str]:
    return frozenset(data.load_yaml("forms/statistics-2014.yaml")["filled_in"])


class _Lines:
    """The lines of a 统计表 as they come: a label opens one, its unit and its value fill it."""

    def __init__(self) -> None:
        self.found: list[Statistic] = []
        self.section = ""
        self.known = 0
        self._read: set[str | None] = set()  # keys: a line that comes a second time is of the next section
        self._label: str | None = None
        self._indicator: Indicator | None = None
        self._unit: str | None = None
        self._value: Value | None = None
        self._raw = ""
        self._spoiled = False

    def close(self) -> None:
        label, indicator, value = self._label, self._indicator, self._value
        if label is not None and (value is not None or (indicator is not None and indicator.key)):
            unit = self._unit or (indicator.unit if indicator else None)
            number = None if value is None or self._spoiled else _in_unit(value, unit)
            key = indicator.key if indicator else None
            if self._raw or self._unit:  # a bare heading may be followed by the line of the same words
                self._read.add(key)
            if key or (indicator is None and self._raw):
                self.found.append(Statistic(indicator=label, unit=unit, value=number, raw=self._raw, key=key))
                self.known += key is not None
        self._label, self._indicator, self._unit, self._value, self._raw, self._spoiled = (
            None,
            None,
            None,
            None,
            "",
            False,
        )

    def take(self, text: str, only_known: bool) -> None:
        units, headers, totals = _words()
        solid = "".join(text.split())
        if not solid:
            if self._label is not None and self._unit is not None and self._value is None and not only_known:
                self._value = read_value("")
            return
        if solid in units:
            self._unit = self._unit or solid
            return
        value = read_value(text)
        if value.state != "unreadable":
            if self._label is not None and self._value is not None and self._raw:
                self._spoiled = True  # two figures for one indicator
            self._value, self._raw = value, text
            return
        if solid in headers or (solid in totals and self._indicator is not None and self._value is None):
            return
        self.close()
        if solid.rstrip(":：") in _filled_in():  # 联系电话 8221234
            return
        entries = _lookup(text)
        if not entries and only_known:
            return
        fresh = [each for each in entries if each.key is None or each.key not in self._read] or entries
        chosen = next((each for each in fresh if each.section == self.section), fresh[0] if fresh else None)
        if chosen is not None and (len(entries) == 1 or chosen.key is None or chosen.label == chosen.section):
            self.section = chosen.section  # a line that no other section has says which one this is
        note = _UNIT_NOTE.search(text)
        self._label, self._indicator = " ".join(text.split()), chosen
        self._unit = note[1] if note and note[1] in units else None


def _in_unit(value: Value, unit: str | None) -> int | float | None:
    """The value in the line's unit; money in the cell in another unit is converted."""
    if value.tentative or value.number is None:
        return None
    if value.unit and unit in ("万元", "元") and value.unit != unit:
        in_10k = to_10k_yuan(value, None).number
        if in_10k is None:
            return None
        return plain(in_10k if unit == "万元" else in_10k * 10000)
    return value.figure


def statistics(document: Document) -> list[Statistic] | None:
    """The 统计表 of a report of 2014-2018, None where there is none. Lines that the form lacks have no key."""
    if not _worth_a_try(document):
        return None
    for lines in _readings(document):
        if lines.known >= FEWEST:
            return _without_bare_headings(lines.found)
    return None


def _readings(document: Document) -> Iterator[_Lines]:
    """The list by its tables, by those that the page hides or lays itself out with too, by all that is printed."""
    yield _of_tables([own_columns(grid, document) for grid in document.grids if not grid.layout and not grid.hidden])
    yield _of_tables([own_columns(grid, document) for grid in document.grids])
    yield _of_flow(document)


def _of_tables(grids: list[Grid]) -> _Lines:
    """The lines of those tables that are the list, or a piece of it."""
    lines = _Lines()
    kept: Grid | None = None  # the last one of the list
    begun: tuple[Grid, list[Statistic]] | None = None  # a table of one known line, which may be the list's first
    for pieces, halves in in_halves(grids):
        before = len(lines.found), lines.known
        for first, behind in halves:
            for cells in (grid.own_cells(row) for grid in pieces for row in range(min(len(grid.rows), MOST_ROWS))):
                for cell in cells:
                    if first <= cell.column < behind:
                        lines.take(cell.text, only_known=False)
                lines.close()
        if lines.known - before[1] >= 2 or (lines.known > before[1] and goes_on(kept, pieces[0])):
            kept = pieces[-1]
            if begun is not None and goes_on(begun[0], pieces[0]):
                lines.found[before[0] : before[0]] = begun[1]
                lines.known += 1
            begun = None
        else:  # a table of something else, or the first line alone above a page break
            begun = (pieces[-1], lines.found[before[0] :]) if lines.known > before[1] else None
            del lines.found[before[0] :]
            lines.known = before[1]
    return lines


def _of_flow(document: Document) -> _Lines:
    """The known lines of all that is printed, in tables or not."""
    lines = _Lines()
    for part in document.flow:
        if isinstance(part, Grid):
            texts = [cell.text for row in range(len(part.rows)) for cell in part.own_cells(row)]
        elif len(part.text) <= 120:
            texts = _pieces(part.text)
        else:
            lines.close()
            continue
        for text in texts:
            lines.take(text, only_known=True)
    lines.close()
    return lines


def _without_bare_headings(lines: list[Statistic]) -> list[Statistic]:
    """Without the headings that say nothing and are followed by the line of the same words with the figure."""
    return [
        line
        for line, behind in zip(lines, [*lines[1:], None], strict=True)
        if line.raw or line.key is None or behind is None or behind.key != line.key
    ]


def _pieces(text: str) -> list[str]:
    """A line of label, unit and value, parted by spaces or bars; the label alone where it is one cell a line.

    Also of a label and its figure behind a colon: 2.网络申请数：14件.
    """
    units = _words()[0]
    told = _TOLD.fullmatch(text)
    if told and (not told[3] or told[3] in units):
        return [told[1], *filter(None, (told[3], told[2]))]
    words = text.replace("|", " ").split()
    end = len(words)
    while end > 1 and (words[end - 1] in units or read_value(words[end - 1]).number is not None):
        end -= 1
    return ["".join(words[:end]), *words[end:]] if words else []
