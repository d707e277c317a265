"""Plain text as programs leave it: drawn, framed, padded, numbered, for wikis, copied from a browser."""

from __future__ import annotations

import functools
from collections.abc import Callable

from demo.layout import Layout, expanded
from tests.gold.cases import Case
from tests.gold.files import Printed, lines_of
from tests.gold.lines import drawn, framed, padded

Drawing = Callable[[Layout], list[str]]


def markdown(rows: Layout) -> list[str]:
    """A converter's table: an empty header, blanks for the further columns of a cell, nothing for its further rows."""
    told = ["| " + " | ".join(cell.text + " |" * (cell.colspan - 1) for cell in row) + " |" for row in rows]
    return ["|  |  |  |", "| --- | --- | --- |", *told]


def wiki(rows: Layout) -> list[str]:
    """The header between doubled bars."""
    first, *others = ([cell.text for cell in row] for row in rows)
    return ["|| " + " || ".join(first) + " ||", *("| " + " | ".join(row) + " |" for row in others)]


def numbered(rows: Layout) -> list[str]:
    """Tabs; each row of figures begins with its number, under a heading that says so."""
    lines, number = [], 0
    for place, row in enumerate(rows):
        figures = any(cell.code for cell in row)
        number += figures
        first = str(number) if figures else "" if place else "序号"
        lines.append("\t".join((first, *(cell.text for cell in row))))
    return lines


def frame_of_data(rows: Layout) -> list[str]:
    """Rows and columns numbered from 0 by a program, merged cells repeated, the columns told by spaces."""
    texts = [[cell.text.replace("\n", "") or "NaN" for cell, _ in row] for row in expanded(rows)]
    cells = [["", *map(str, range(len(texts[0])))], *([str(y), *row] for y, row in enumerate(texts))]
    return ["   ".join(row) for row in cells]


def copied(rows: Layout) -> list[str]:
    """From a browser, of cells that hold paragraphs: a tab on a line of its own between the cells of a row."""
    return [line for row in rows for line in "\n\t\n".join(cell.text for cell in row).split("\n")]


def _printer(table: Drawing, encoding: str = "utf-8") -> Callable[[Case], Printed]:
    return lambda made: (lines_of(made, table).encode(encoding), "report.txt", "text/plain")


def _frame(signs: str, narrow: int) -> Drawing:
    return functools.partial(framed, signs=signs, narrow=narrow)


PRINTERS: dict[str, Callable[[Case], Printed]] = {
    "text-drawn": _printer(functools.partial(drawn, signs="┼─│", narrow=12)),
    "text-framed": _printer(_frame("+-|", 80)),
    "text-framed-folded": _printer(_frame("┼─│", 16)),
    "text-framed-double": _printer(_frame("╬═║", 24)),
    "text-padded-left": _printer(functools.partial(padded, side="left")),
    "text-padded-right": _printer(functools.partial(padded, side="right"), "gb18030"),
    "text-padded-middle": _printer(functools.partial(padded, side="middle")),
    "text-markdown": _printer(markdown),
    "text-wiki": _printer(wiki),
    "text-numbered": _printer(numbered, "utf-16"),
    "text-frame-of-data": _printer(frame_of_data),
    "text-copied": _printer(copied),
}
