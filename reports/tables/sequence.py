"""Tables that have lost their shape: one cell a line, or a row a line of text. Rows are made again from the labels.

Blank cells are lost in such texts, so that a row with fewer figures than columns cannot be read, and is not.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from reports.document import Cell, Document, Grid, Paragraph
from reports.readers.page_furniture import furniture
from reports.readers.texts.boxes import BARS
from reports.readers.texts.run_on import cells_of
from reports.readers.texts.text import fill_from_lines
from reports.tables.applications_form import COLUMNS
from reports.tables.broken_labels import LooseRow, whole_labels
from reports.tables.cut_labels import whole
from reports.tables.labels import exact_labels
from reports.tables.limits import MOST_ROWS
from reports.tables.listed import in_one_sentence, is_tallied, is_value, total_alone, written_out
from reports.tables.lost_blanks import MADE_OF_LINES
from reports.tables.pairs import as_rows
from reports.tables.rows import Token, token_of
from reports.title import read_title

_MOST_LINES = 20_000
_LEAST_PARTED = 10  # lines that bars or commas part: a table, not a sentence or two
_LEAST_LABELS = 10  # in fewer lines than these
_MOST_CELLS = 60  # of a line
_CELL_MARKS = re.compile(rf"[{''.join(BARS)}\t\n,]+|\s{{2,}}")
_LEAST_NAMED = 5  # kinds of applicants side by side: a header
_LONGEST = 60  # characters of a line that may be a cell
_LETTERS = re.compile(r"(?<!\S)(?!无)[\u4e00-\u9fff](?:\s(?!无)[\u4e00-\u9fff])+(?!\S)")  # a word, its letters apart
_RULE = re.compile("^[\\s+=\\-—\u2500-\u257f]{3,}$")  # between the rows of a drawing
_STARTS = frozenset(("paragraph", "content", "kind", "group"))
_WORDS_OF_OTHERS = frozenset(("other_other", "handled_total"))


class Moved(Cell, gc=False):
    """A cell that stands elsewhere in the source's own grid: ``origin`` is table, row and column there."""

    origin: tuple[int, int, int] | None = None


def barred(document: Document) -> Document | None:
    """The document with lines that are parted into cells (``a | b |``, commas, tabs, spaces) as grids; None without.

    Beside tables of the forms only runs of such lines count: one table of a page that was pasted as text.
    """
    if any(_names_figures(grid) for grid in document.grids):
        return _with_runs(document)
    lines = [part.spaced or part.text for part in document.flow if isinstance(part, Paragraph) and not part.hidden]
    parted = sum(_is_parted(line) for line in lines)
    if parted < _LEAST_PARTED and not any(cells_of(line) for line in lines):
        return None
    read = Document(document.kind)
    fill_from_lines(read, [line for text in lines for line in text.split("\n")])
    return replace(document, flow=read.flow)


def _with_runs(document: Document) -> Document | None:
    """The document with each run of lines that are parted into cells as a grid in its place; None without any."""
    flow: list[Paragraph | Grid] = []
    index = max(grid.index for grid in document.grids) + 1
    made = False
    of_lines = itertools.groupby(document.flow, key=lambda part: _line_of(part) is not None)
    for parted, parts in of_lines:
        run = list(parts)
        lines = [line for part in run if (line := _line_of(part)) is not None]
        if not parted or not _is_table(lines):
            flow += run
            continue
        read = Document(document.kind)
        fill_from_lines(read, [line for text in lines for line in text.split("\n")])
        made = made or any(True for _ in read.grids)
        for part in read.flow:
            if isinstance(part, Grid):
                part.index, index = index, index + 1
            flow.append(part)
    return replace(document, flow=flow) if made else None


def _is_table(lines: list[str]) -> bool:
    """Many lines, or some whose cells are labels of the forms: table 4 has four."""
    if sum(line.count("\n") + 1 for line in lines) >= _LEAST_PARTED:
        return True
    cells = (cell for line in lines for cell in _CELL_MARKS.split(line)[:_MOST_CELLS])
    return sum(bool(exact_labels(cell)) for cell in cells) >= _LEAST_LABELS


def _line_of(part: Paragraph | Grid) -> str | None:
    """A shown line that is parted into cells; None of all else."""
    if not isinstance(part, Paragraph) or part.hidden:
        return None
    line = part.spaced or part.text
    return line if _is_parted(line) or _RULE.match(line) else None


def _is_parted(line: str) -> bool:
    return (
        not BARS.isdisjoint(line)
        or "\t" in line
        or "\n" in line
        or "  " in line.strip()
        or (line.count(",") >= 2 and "。" not in line)
    )


def _names_figures(grid: Grid) -> bool:
    """A table of the forms, not of the portal's own facts about the page."""
    if grid.hidden or grid.layout:
        return False
    cells = (cell for row in range(min(len(grid.rows), MOST_ROWS)) for cell in grid.own_cells(row))
    return sum(bool(exact_labels(cell.text)) for cell in cells) >= 3


def as_sequence(document: Document, keep: bool = False, hidden: bool = False) -> Document | None:
    """The document with its loose lines and inferred grids put into rows by their labels; None where there are none.

    ``keep``: grids whose marks show their blank cells stay as they are, and only the lines between them become rows:
    the blocks of table 2 that have one figure a row, in a text with tabs. ``hidden``: lines that the page does not show
    are taken too.
    """
    if not _worth_a_try(document, hidden):
        return None
    flow: list[Paragraph | Grid] = []
    run: list[tuple[str, tuple[int, int, int] | None, Paragraph | None]] = []
    index = max((grid.index for grid in document.grids), default=-1)
    made = False
    lines = list(document.paragraphs)
    tallied = any(is_tallied(line.text) for line in lines if len(line.text) <= 200)
    left_out = {lines[place].index for place in furniture([line.text for line in lines])}

    def close() -> None:
        nonlocal index, made
        grid = _grid(run, index + 1, (3, 1) if keep else (5, 5)) if run else None
        if grid is not None:
            index, made = index + 1, True
            flow.append(grid)
        else:
            flow.extend(paragraph for _, _, paragraph in run if paragraph is not None)
        run.clear()

    for part in document.flow:
        if isinstance(part, Paragraph) and (part.index in left_out):
            flow.append(part)
        elif (part.hidden and not hidden) or (isinstance(part, Paragraph) and _begins_report(part.text)):
            close()
            flow.append(part)
        elif isinstance(part, Grid):
            if part.ruled or (keep and not any("blank" in doubt for doubt in part.uncertain)):
                close()
                flow.append(part)
                continue
            shows_blanks = not any("blank" in doubt for doubt in part.uncertain)
            for row in range(len(part.rows)):
                outcomes = 0
                figures = False  # its cells stand for figures from its label on: a blank among them is one of them
                for cell in part.own_cells(row):
                    if _begins_report(cell.text):
                        close()
                        flow.append(Paragraph(cell.text, cell.row))
                        continue
                    if cell.text or (figures and shows_blanks):
                        texts = written_out(cell.text) or (cell.text,)
                        run += [(text, (part.index, cell.row, cell.column), None) for text in texts]
                    labels = token_of(cell.text).labels
                    outcomes += any(label.kind == "outcome" for label in labels)
                    figures = figures or outcomes >= 5 or any(label.kind in ("row", "kind") for label in labels)
        elif (
            not (words := (tallied and list(total_alone(part.text))) or _words(part.text.strip(" |")))
            and len(part.text) > _LONGEST
            and not token_of(part.text).labels
        ):
            close()
            flow.append(part)
        else:
            words = words or [part.text.strip(" |")]
            run += [(word, None, part if place == 0 else None) for place, word in enumerate(words)]
    close()
    return replace(document, flow=flow) if made else None


def _begins_report(text: str) -> bool:
    """A report's title or first heading: on a page of several, what tells where the next one begins."""
    return (
        len(text) <= 80
        and ("报告" in text or "总体情况" in text)
        and ("总体情况" in text or read_title(text).kind == "report")
    )


def _worth_a_try(document: Document, hidden: bool) -> bool:
    """Enough labels of the forms stand in single lines or inferred grids, and it is no endless text."""
    labels = lines = 0
    for part in document.flow:
        if part.hidden and not hidden:
            continue
        if isinstance(part, Grid):
            if not part.ruled:
                lines += len(part.rows)
                labels += sum(bool(exact_labels(cell.text)) for row in part.rows for cell in row if cell is not None)
        elif len(part.text) > _LONGEST and in_one_sentence(part.text):
            return True
        elif len(part.text) <= 200:
            lines += 1
            words = part.text.replace("|", " ").split()
            labels += bool(
                exact_labels(part.text) or any(exact_labels(word) for word in words[:4]) or written_out(part.text)
            )
        if lines > _MOST_LINES:
            return False
    return labels >= 5


def _words(text: str) -> list[str]:
    """A line that holds a whole row: its label and figures, or several labels; nothing for running text."""
    if cells := in_one_sentence(text) or written_out(text):
        return list(cells)
    words = _LETTERS.sub(lambda run: "".join(run[0].split()), text).split()
    if len(words) < 2:
        return []
    if all(token_of(word).labels for word in words) or _names_applicants(words):
        return words
    figures = 0
    while figures < len(words) and is_value(token_of(words[-1 - figures])):
        figures += 1
    label = "".join(words[: len(words) - figures])
    if (
        figures == len(words)
        or (figures and token_of(label).labels)
        or (figures >= len(COLUMNS) and len(label) <= _LONGEST)
    ):
        return ([label] if label else []) + words[len(words) - figures :]
    return []


def _names_applicants(words: list[str]) -> bool:
    """The whole header of table 3 in one line, its note in the corner included."""
    named = [label.key for word in words for label in exact_labels(word) if label.kind == "column"]
    return len(set(named)) >= _LEAST_NAMED


def _grid(
    run: list[tuple[str, tuple[int, int, int] | None, Paragraph | None]], index: int, least: tuple[int, int]
) -> Grid | None:
    """The rows of a run of lines; nothing where it has fewer labels of the forms and values than ``least``."""
    rows: list[LooseRow] = []
    was_value = named_row = False
    labels = values = headings = 0
    before = ""
    for text, origin in as_rows(whole([(text, origin) for text, origin, _ in run])):
        token = token_of(text)
        value = not text or is_value(token)
        if text == before and token.labels:
            continue  # a merged label, printed at each place that it covers
        before = text
        labels += bool(token.labels)
        values += value and bool(text)
        if (
            not rows
            or (not value and (was_value or _starts_row(token)))
            or not (value or token.labels)
            or (value and not was_value and headings >= 5)  # the figures below the headings of table 4
            or (named_row and any(label.key == COLUMNS[0] for label in token.labels))  # headings below a group's name
        ):
            rows.append([])
            headings = 0
        headings += any(label.kind == "outcome" for label in token.labels)
        rows[-1].append((text, origin))
        was_value = value
        named_row = token.label("group") is not None or (
            token.label("row") is not None and token.label("column") is None
        )
    if labels < least[0] or values < least[1]:
        return None
    rows = whole_labels(rows)
    width = max(len(row) for row in rows)
    lines: list[list[Cell | None]] = []
    for number, row in enumerate(rows):
        cells: list[Cell | None] = [
            Moved(text, number, place, origin=origin) for place, (text, origin) in enumerate(row)
        ]
        lines.append(cells + [None] * (width - len(row)))
    return Grid(index, lines, ruled=False, uncertain=[MADE_OF_LINES])


def _starts_row(token: Token) -> bool:
    return any(
        label.kind in _STARTS or (label.kind == "row" and (label.key not in _WORDS_OF_OTHERS or label.number))
        for label in token.labels
    )
