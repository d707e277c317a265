"""Tables of a text that print one cell a line: a row begins where a label follows figures.

Empty lines are blank cells where they make all rows equally long, or where a bar ends every cell; else they only space
the lines, and blank cells are lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from reports.readers.typeset import one_line

Row = list[str | None]
Reading = tuple[list[Row], list[str], int]  # the rows, what could not be known, and the line after them

PACKED = "merged cells are lost: the cells of a row are packed to the left"
FIGURE = re.compile(
    r"^[-+−－]?[\d０-９][\d０-９,，.．]*(?<![.．])\s*(?:件|条|个|项|元|万元)?(?:[（(][^（()）]{1,20}[）)]|\*)?$|^[/／\-—－]{1,2}$|^无$"
)
#: The rest of a figure that a viewer broke at its comma: ``1,182`` and ``,595`` in the line below.
_REST = re.compile(r"[,，]\d{3}(?:[,，]\d{3})*(?:[.．]\d+)?$")
_JOINED = "\0"  # in the place of a line that was joined to the one above
_BROKEN_OFF = re.compile(r"(?:^|\D)\d{1,3}(?:[,，]\d{3})*$")
MOST_HEADERS = 24  # lines of labels above the first figure of a table
_MOST_CELLS = 800
_MOST_BETWEEN = 8  # lines between two lines of a tab: more are text between two tables
_LEAST_ROWS = 8  # rows of one length: an accident of the spacing does not make so many
_FEWEST_FIGURES = 7  # of a row of table 3
_TABLE_4 = 15  # figures that stand in one row of their own
_SECTION = re.compile(r"^[二三四五六]\s*[、.．].*情况")
_LATER = re.compile(r"^[五六]\s*[、.．]")
_SENTENCE = re.compile(r"[。；;！？]")


def one_a_line(lines: list[str], at: int) -> Reading | None:
    """The rows of a table from the line ``at``; None where no figures follow as cells."""
    if not lines[at].strip() or len(lines[at].strip()) > 60:
        return None
    barred = _ends_with_bar(lines[at])
    cells: list[str] = []
    end = at
    while end < len(lines) and len(cells) < _MOST_CELLS:
        line = one_line(lines[end])
        if len(line) > 60 and (len(line) > 120 or _SENTENCE.search(line)):
            break
        if line and end + 1 < len(lines) and _is_tab(lines[end + 1]):
            break  # such a table begins here
        if barred and line:
            if not _ends_with_bar(line):
                break
            cells.append(line[:-1].rstrip())
        elif not barred and _REST.match(line) and cells and _BROKEN_OFF.search(cells[-1]):
            cells[-1] += line
            cells.append(_JOINED)
        elif not barred:
            cells.append(line)
        end += 1
    end -= _behind(cells)
    cells = [cell for cell in cells[: end - at] if cell is not _JOINED]
    printed = [cell for cell in cells if cell]
    figures = [bool(FIGURE.match(cell)) for cell in printed]
    least = 1 if barred else 6
    if sum(figures) < least or sum(figures) < (0.1 if barred else 0.3) * len(printed):
        return None
    above = figures.index(True)
    if above > MOST_HEADERS or any(cell.endswith("。") for cell in printed[:above]):
        return None  # text before the table
    if barred:
        return _rows(cells), [PACKED], end
    if (counted := _counted(_rows(cells))) is not None:
        return counted, [PACKED], end
    return _rows(printed), ["one cell a line without marks: rows were inferred, blank cells are lost"], end


def _behind(cells: list[str]) -> int:
    """How many lines at the end are text behind the table: from its next section, or a sentence, on."""
    last = max((at for at, cell in enumerate(cells) if FIGURE.match(cell)), default=len(cells))
    text = next((at for at in range(last + 1, len(cells)) if _LATER.match(cells[at]) or cells[at].endswith("。")), None)
    return 0 if text is None else len(cells) - text


def between_tabs(lines: list[str], at: int) -> Reading | None:
    """The rows of a table from the line ``at`` whose cells are parted by lines of a tab, and rows by nothing.

    So browsers copy tables whose cells hold paragraphs: of the lines between two tabs the first ends a row, and the
    last begins one.
    """
    if at + 1 >= len(lines) or not lines[at].strip() or not _is_tab(lines[at + 1]):
        return None
    rows: list[Row] = [[one_line(lines[at])]]
    end = at + 1
    while end < len(lines) and _is_tab(lines[end]):
        begin = end = end + 1
        while end < len(lines) and end - begin < _MOST_BETWEEN and not _is_tab(lines[end]):
            end += 1
        if end == len(lines) or not _is_tab(lines[end]):
            end = begin + 1
            rows[-1].append(one_line(lines[begin]) if begin < len(lines) else "")
            break
        if end == begin:
            return None  # a tab right below a tab: a cell has gone, and nobody knows what it held
        last, *first = (one_line(line) for line in lines[begin:end])
        rows[-1].append(last)
        rows += [[cell] for cell in first]
    return (rows, [PACKED], end) if len(rows) >= 2 else None


def _is_tab(line: str) -> bool:
    return "\t" in line and not line.strip()


def _ends_with_bar(line: str) -> bool:
    return line.count("|") == 1 and line.rstrip().endswith("|")


def _rows(cells: list[str]) -> list[Row]:
    """A row begins where a text follows figures or blanks."""
    rows: list[Row] = []
    was_slot = False
    for cell in cells:
        slot = not cell or bool(FIGURE.match(cell))
        if not rows or (was_slot and not slot):
            rows.append([])
        rows[-1].append(cell)
        was_slot = slot
    return rows


def _counted(rows: list[Row]) -> list[Row] | None:
    """The rows with their blank cells, if these make the rows of figures equally long; what only parts rows goes.

    Some programs print a blank line too for each place that a merged label covers: then rows are as long as from their
    first figure to their last.
    """
    counted = _equally_long(rows, len)
    if counted is None and (counted := _equally_long(rows, _printed_length)) is not None:
        counted = [_without_covered(row) for row in counted]
    return counted


def _printed_length(slots: Row) -> int:
    return max((place for place, text in enumerate(slots, 1) if text), default=0)


def _equally_long(found_rows: list[Row], length: Callable[[Row], int]) -> list[Row] | None:
    rows = [row.copy() for row in found_rows]
    slots = [_slots(row) for row in rows]
    long = [length(each) for each in slots if 5 <= length(each) < _TABLE_4 and any(each)]
    if not long:
        return None
    usual, times = Counter(long).most_common(1)[0]
    if times < _LEAST_ROWS:
        return None
    _without_gaps(rows, slots, usual)
    kept: list[Row] = []
    blanks = last = 0
    for row, found in zip(rows, slots, strict=True):
        size = _TABLE_4 if len(found) >= _TABLE_4 else usual
        further = len(found) - size
        if further > 0 and not any(found[size:]):
            row, found = row[:-further], found[:size]
        if len(found) > 4 and any(found) and len(found) != size:
            return None
        blanks += sum(not each for each in found) if length is len or any(found) else 0
        last += len(found) == usual and bool(found[-1])
        kept.append(row)
    return kept if blanks and last else None


def _without_covered(row: Row) -> Row:
    """A row of headings without the blanks behind them: fewer than a row of figures has, they are covered places."""
    blanks = len(row) - max((place for place, text in enumerate(row, 1) if text), default=0)
    return (
        row[: len(row) - blanks]
        if 0 < blanks < _FEWEST_FIGURES and not any(map(FIGURE.match, filter(None, row)))
        else row
    )


def _without_gaps(rows: list[Row], slots: list[Row], usual: int) -> None:
    """Empty lines before a section's heading part the two; if one was a blank cell, its row is too short to count."""
    for place, row in enumerate(rows[1:]):
        if not _SECTION.match(row[0] or ""):
            continue
        while len(slots[place]) not in (0, 1, usual, _TABLE_4) and not slots[place][-1]:
            slots[place].pop()
            rows[place].pop()


def _slots(row: Row) -> Row:
    """The figures and blanks behind a row's labels."""
    start = next(
        (place for place in range(len(row), 0, -1) if row[place - 1] and not FIGURE.match(row[place - 1] or "")), 0
    )
    return row[start:]
