"""Plain text to a ``Document``: saved text of pages, with or without marks between the cells.

Text has lost the merged cells, so every grid from it is unruled: rows hold the cells that are printed, packed to the
left, and ``uncertain`` says what could not be known.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

from reports.document import Document, Grid, Paragraph, ReaderProblem
from reports.readers.charset import decode
from reports.readers.flow import plain_grid
from reports.readers.page_furniture import furniture
from reports.readers.texts.boxes import BARS, boxed
from reports.readers.texts.cells import FIGURE, MOST_HEADERS, PACKED, Reading, Row, between_tabs, one_a_line
from reports.readers.texts.folded import unfolded
from reports.readers.texts.in_order import tables_in_order
from reports.readers.texts.markup import marked_up
from reports.readers.texts.numbered import without_numbers
from reports.readers.texts.on_paper import tables_on_paper
from reports.readers.texts.places import by_places
from reports.readers.texts.quoted import closed_up, whole_rows
from reports.readers.texts.review_on_paper import reviews_on_paper
from reports.readers.texts.run_on import run_apart
from reports.readers.typeset import one_line

LARGEST = 2_000_000
MOST_LINES = 60_000
PADDED = "blank cells at the end of a row may be padding"
_RULE_LINE = re.compile("^[\\s|+:=\\-—\u2500-\u257f]+$")
_RULED_OFF = re.compile(r"^(?=.*([-=—─━═＿_~*])\1{3})[-=—─━═＿_~*\s]+$")
_DOUBLED = re.compile(r"\|\|(?:[^|]*\|\|)+")  # || a || b ||: how wikis mark a header
_TAG = re.compile(
    r"</?(?:span|div|p|u|br|big|center|references)\b(?![^<>]*(?:style|hidden))[^<>]{0,200}>", re.I
)  # as wikis have here and there
_BOLD = re.compile(r"\*\*([^|*]{1,300})\*\*")  # **18**, in a cell of Markdown
_ESCAPED = re.compile(r"\\(?=[-.+*_#()\[\]])")  # \-2 and 26632\.5968, as writers of Markdown have them
_BROKEN_OFF = re.compile(r"(?<=\|)\s*\\\\$")  # behind the last bar: the mark of a broken line
_BAR = str.maketrans(dict.fromkeys(BARS, "|"))
_FIELDS = re.compile(r"\t+|[ \u3000]{2,}")
_LONGEST_BLOCK = 3  # rows of table 2 under one heading, with it
_LONGEST_RECORD = 600  # characters of a line of comma-separated values
_LISTED = re.compile(r"[^,;]*[:：]\s*[-—/\d０-９]")  # 规章：0, 3, 5 is a label with its figures, no record
_EMPTY_FIELDS = re.compile(r"[,;]{3,}\s*$")  # behind the only one of a line
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SENTENCE = re.compile(r"[。；;！？]")


def read_text(source: bytes, url: str | None = None, content_type: str | None = None) -> Document:
    """The text as a document: its tables as grids, its other lines as paragraphs."""
    document = Document("text", address=url)
    if len(source) > LARGEST:
        document.problems.append(ReaderProblem("cut", f"only the first {LARGEST} bytes of {len(source)} were read"))
        source = source[:LARGEST]
    decoded = decode(source, content_type)
    text, document.encoding = decoded.text, decoded.charset
    document.problems += decoded.problems
    fill_from_lines(document, text.splitlines())
    return document


def fill_from_lines(document: Document, lines: list[str]) -> None:
    """Sorts lines into paragraphs and tables, and appends both to the document's flow."""
    writer = _Writer(document)
    if len(lines) > MOST_LINES:
        message = f"only the first {MOST_LINES} lines of {len(lines)} were read"
        document.problems.append(ReaderProblem("cut", message))
        lines = lines[:MOST_LINES]
    lines = whole_rows(run_apart([_TAG.sub("", line) if "<" in line else line for line in lines]))
    lines = closed_up(lines)
    lines = [_BOLD.sub(r"  \1  ", line) if "**" in line and "|" in line else line for line in lines]
    heads, rules = furniture(lines), _rules(lines)
    kept = [place for place in range(len(lines)) if place not in heads and place not in rules]
    breaks = [at for at, place in enumerate(kept) if place - 1 in heads or not lines[place].strip()]
    lines = [lines[place] for place in kept]
    tables = {**tables_on_paper(lines, breaks), **tables_in_order(lines), **reviews_on_paper(lines)}
    begun = 0
    for begin, (rows, notes, end) in sorted(tables.items()):
        if begin >= begun:
            _fill(writer, lines[begun:begin])
            writer.grid(rows, notes)
            begun = end
    _fill(writer, lines[begun:])


def _fill(writer: _Writer, drawn: list[str]) -> None:
    """Sorts lines, as they are drawn, by the marks between their cells."""
    lines = [line.translate(_BAR) for line in drawn]
    next_figure = _next_figures(lines)
    at = placed_until = barren_until = 0
    while at < len(lines):
        if (box := boxed(drawn, at, writer.grids)) is not None:
            grid, at = box
            writer.drawn(grid)
            continue
        if (table := marked_up(lines, at, writer.grids)) is not None:
            cells, at = table
            if isinstance(cells, Grid):
                writer.drawn(cells)
            else:
                writer.grid(cells, [PACKED])
            continue
        read = _barred(lines, at) or between_tabs(lines, at)
        if read is None and at >= placed_until:
            read, placed_until = by_places(lines, at)
        if read is None and at >= barren_until:
            read, barren_until = _columns(lines, at)
        if read is None and next_figure[at] - at <= MOST_HEADERS:
            read = one_a_line(lines, at)
        if read is not None:
            rows, notes, at = read
            writer.grid(rows, notes)
        else:
            writer.paragraph(lines[at])
            at += 1


def _rules(lines: list[str]) -> set[int]:
    """Lines of dashes alone, which rule rows off: where no bar stands beside them that they could meet in a drawing."""
    return {
        at
        for at, line in enumerate(lines)
        if _RULED_OFF.match(line) and not any(BARS & set(near) for near in lines[max(at - 1, 0) : at + 2])
    }


def _next_figures(lines: list[str]) -> list[int]:
    """For each line, where the next line stands that is nothing but a figure."""
    following = len(lines) + 10**6
    found = [following] * len(lines)
    for at in range(len(lines) - 1, -1, -1):
        if FIGURE.match(lines[at].strip().removesuffix("|").rstrip()):
            following = at
        found[at] = following
    return found


@dataclass(slots=True)
class _Writer:
    document: Document
    paragraphs: int = 0
    grids: int = 0

    def paragraph(self, line: str) -> None:
        text = one_line(_EMPTY_FIELDS.sub("", line.replace("|", " ")))
        if text:
            self.document.flow.append(Paragraph(text, self.paragraphs))
            self.paragraphs += 1

    def drawn(self, grid: Grid) -> None:
        self.document.flow.append(grid)
        self.grids += 1

    def grid(self, rows: list[Row], notes: list[str]) -> None:
        self.document.flow.append(plain_grid(self.grids, without_numbers(rows), ruled=False, uncertain=notes))
        self.grids += 1


def _barred(lines: list[str], at: int) -> Reading | None:
    """Cells ended by bars, from the line ``at``: a row a line, or a cell a line with a lone bar opening each row."""
    if "|" not in lines[at]:
        return None
    if lines[at].strip() == "|":
        return _opened_rows(lines, at)
    end = at
    barred: list[str] = []
    while end < len(lines):
        line = lines[end].strip()
        if line.endswith("\\\\"):
            line = _BROKEN_OFF.sub("", line)
        if _DOUBLED.fullmatch(line):
            line = line.replace("||", "|")
        if line == "|" or "|" not in line:
            if line and not _RULE_LINE.match(line):
                break
            if not line and (end + 1 >= len(lines) or "|" not in lines[end + 1] or lines[end + 1].strip() == "|"):
                break
            if line == "|":
                break
        elif not _RULE_LINE.match(line) or line.strip("| ") == "":
            barred.append(line)
        end += 1
    barred = unfolded(barred)
    opened = all(line.startswith("|") for line in barred)  # else a bar that opens a line ends an empty first cell
    closed = opened or all(line.endswith("|") for line in barred)  # else such a bar begins an empty last cell
    rows = [_cells(line, opened, closed) for line in barred]
    if len(rows) < 2 or max(len(row) for row in rows) < 2:
        return None
    return rows, [PACKED], end


def _cells(line: str, opened: bool, closed: bool) -> Row:
    """``| a | b |``, ``a | b |`` and ``a | b``: the cells between the bars; what only pads the line is no cell."""
    line = line.strip()
    pieces = line.split("|")
    if opened:
        pieces = pieces[1:]
    if closed and line.endswith("|"):
        pieces = pieces[:-1]
    return [one_line(_ESCAPED.sub("", piece) if "\\" in piece else piece) for piece in pieces]


def _opened_rows(lines: list[str], at: int) -> Reading | None:
    """A lone bar opens a row, and every cell ends with a bar, mostly on a line of its own."""
    rows: list[list[str]] = []
    pads: list[int] = []
    pending: list[str] = []
    end = at
    last = at
    while end < len(lines):
        line = lines[end].strip()
        if line == "|":
            if pending and not _continues(pending):
                break
            complete = not rows or not pads or len(rows) == 1 or len(rows[-1]) + pads[-1] >= len(rows[0]) + pads[0]
            if pending:
                rows[-1].append(one_line(" ".join(pending)))
                pending = []
            elif complete and rows and not rows[-1]:
                break  # bars upon bars
            elif complete:
                rows.append([])
                pads.append(0)
            else:
                rows[-1].append("")  # a blank cell looks like the bar that opens a row
            last = end + 1
        elif "|" in line:
            *cells, rest = line.split("|")
            cells[0] = " ".join([*pending, cells[0]])
            pending = [rest] if rest.strip() else []
            while cells and not cells[-1].strip() and len(cells) > 1:
                cells.pop()
                pads[-1] += 1
            rows[-1] += [one_line(cell) for cell in cells]
            last = end + 1
        elif line:
            pending.append(line)
            if len(pending) > 4:
                break
        end += 1
    rows_found: list[Row] = [[*row, *([None] * pad)] for row, pad in zip(rows, pads, strict=True) if row or pad]
    if len(rows_found) < 2:
        return None
    return rows_found, [PACKED, PADDED], last


def _continues(pending: list[str]) -> bool:
    """Whether lines before a lone bar are a cell whose bar stands below it, not the text between two tables."""
    return len(pending) == 1 and bool(FIGURE.match(pending[0]))


def _columns(lines: list[str], at: int) -> tuple[Reading | None, int]:
    """Rows of fields parted by tabs, commas, semicolons or runs of spaces; and before which line none begin, else
    each line of a long list of names would be read again from there to its end."""
    rows: list[Row] = []
    end = at
    figures = 0
    tabs = 0
    while end < len(lines):
        line = lines[end].rstrip("\r\n")
        if not line.strip() and not ("\t" in line and rows and tabs == len(rows)):  # a row of blanks, between tabs
            following = _fields(lines[end + 1]) if end + 1 < len(lines) and rows else []
            if len(following) > 1 and ("," not in lines[end + 1] or len(following) == len(rows[-1])):
                end += 1
                continue
            break
        fields = _fields(line)
        if len(fields) < 2 or any(_SENTENCE.search(field) and len(field) > 60 for field in fields):
            break
        rows.append([one_line(field) for field in fields])
        tabs += "\t" in line or _parts(line, ",") >= 2 or line.count(";") >= 2
        figures += sum(1 for field in fields if FIGURE.match(field.strip()))
        end += 1
    marked = 0 < tabs == len(rows) and len(rows[0]) > 2  # a block of one figure, in cells that are surely cells
    if len(rows) < 2 or (figures < (1 if marked else 3) and not (tabs == len(rows) and _is_block_with_a_blank(rows))):
        may_go_on = end < len(lines) and "\t" in lines[end]  # from a later line, behind which a row of blanks counts
        return None, at if may_go_on or (figures and (tabs or figures > 2)) else end
    notes = [PACKED] if tabs else [PACKED, "columns were told apart by runs of spaces; blank cells are lost"]
    return (rows, notes, end), end


def _is_block_with_a_blank(rows: list[Row]) -> bool:
    """A block of table 2 that has one figure a row: its heading, and one or two rows, of which one is left blank."""
    pairs = len(rows) <= _LONGEST_BLOCK and all(len(row) == 2 and row[0] for row in rows)
    return pairs and bool(rows[0][1]) and any(not row[1] for row in rows)


def _fields(line: str) -> list[str]:
    if "\t" in line:
        return line.strip("\r\n").split("\t")
    for comma in ",;":
        if _parts(line, comma) >= 2 and "。" not in line and len(line) <= _LONGEST_RECORD and not _LISTED.match(line):
            return next(csv.reader([line], delimiter=comma), [])
    fields = [field for field in _FIELDS.split(line.strip()) if field]
    return [part for field in fields for part in _parted(field)] if len(fields) > 1 else fields


def _parted(field: str) -> list[str]:
    """A label that fills its column stands one space before its first figure."""
    label, space, figure = field.rpartition(" ")
    return [label, figure] if space and FIGURE.match(figure) and not FIGURE.match(label) else [field]


def _parts(line: str, comma: str) -> int:
    """How many of these part values: not those that part thousands, in a line that spaces part."""
    return line.count(comma) - (len(_THOUSANDS.findall(line)) if comma == "," and _FIELDS.search(line.strip()) else 0)
