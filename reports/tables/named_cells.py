"""Rows that name each figure beside it (``予以公开 | 自然人 | 5 | …``, ``自然人：5 | …``), and table 2 across.

Pages for narrow screens name figures so, each in its row. Table 2 across has one row of figures under its kinds and
what is counted of them (规章本年制发件数), in one row of headings or in two.
"""

from __future__ import annotations

from reports.document import Cell, Grid
from reports.tables.kind_and_figure import kind_and_figure, tells_kind_and_figure
from reports.tables.labels import fold
from reports.tables.listed import is_value, written_out
from reports.tables.rows import Row, token_of
from reports.tables.sequence import Moved

_LEAST_PAIRS = {"column": 5, "outcome": 5}  # of a row of table 3, of a block of table 4
_LEAST_ROWS = 3  # the blocks of table 4
_LEAST_FIGURES = 5  # of table 2
_MOST_LABELS = 3  # cells before the pairs
Text = tuple[str, Cell]


def unnamed(grid: Grid, rows: list[Row]) -> Grid | None:
    """The grid with the names over the figures, as the forms print them; None where it names none so."""
    lines = _with_headings(rows) or _listed(rows) or _across(rows)
    if not lines:
        return None
    width = max(map(len, lines))
    made: list[list[Cell | None]] = []
    for number, line in enumerate(lines):
        cells: list[Cell | None] = [
            Moved(text, number, place, origin=(grid.index, cell.row, cell.column))
            for place, (text, cell) in enumerate(line)
        ]
        made.append(cells + [None] * (width - len(line)))
    return Grid(grid.index, made, grid.page, grid.sheet, grid.hidden, ruled=grid.ruled,
                uncertain=[*grid.uncertain, "figures are named beside them"])  # fmt: skip


def _texts(row: Row) -> list[Text]:
    """The texts of a row, name and figure of one cell apart."""
    found: list[Text] = []
    for cell, token in zip(row.cells, row.tokens, strict=True):
        written = () if token.numeric or not any(colon in cell.text for colon in ":：") else written_out(cell.text)
        found += [(text, cell) for text in written or (cell.text,)]
    return found


def _with_headings(rows: list[Row]) -> list[list[Text]]:
    """Rows of tables 3 and 4 with a row of headings before each; nothing where hardly any names its figures."""
    lines: list[list[Text]] = []
    found = 0
    for row in rows:
        texts = _texts(row) if len(row.cells) >= min(_LEAST_PAIRS.values()) else []
        at = next((at for at in range(min(_MOST_LABELS, len(texts)) + 1) if texts and _are_pairs(texts[at:])), None)
        if at is None:
            lines.append([(cell.text, cell) for cell in row.cells])
            continue
        found += 1
        lines.append([*(("", cell) for _, cell in texts[:at]), *texts[at::2]])
        lines.append([*texts[:at], *texts[at + 1 :: 2]])
    return lines if found >= _LEAST_ROWS else []


def _are_pairs(texts: list[Text]) -> bool:
    """Names of columns of one table, each with its figure, or a blank, behind it."""
    if len(texts) % 2:
        return False
    values = [token_of(text) for text, _ in texts[1::2]]
    if not all(is_value(token, blank=True) for token in values) or all(token.blank for token in values):
        return False
    for kind, least in _LEAST_PAIRS.items():
        keys = [label.key for text, _ in texts[::2] if (label := token_of(text).label(kind)) is not None]
        if len(keys) == len(set(keys)) == len(values) >= least:
            return True
    return False


def _listed(rows: list[Row]) -> list[list[Text]]:
    """A line for each figure of table 2 whose kind, what is counted and value stand in one cell."""
    lines: list[list[Text]] = []
    for row in rows:
        for cell, token in zip(row.cells, row.tokens, strict=True):
            if not cell.text:
                continue
            told = () if token.numeric or not tells_kind_and_figure(cell.text) else written_out(cell.text)
            if not told:
                return []
            lines.append([(text, cell) for text in told])
    return lines if len(lines) >= _LEAST_FIGURES else []


def _across(rows: list[Row]) -> list[list[Text]]:
    """A line for each figure of table 2 where all stand in one row; nothing where they do not."""
    of_figures = [row for row in rows if row.numbers]
    if len(of_figures) != 1 or (row := of_figures[0]).numbers < _LEAST_FIGURES or not row.index:
        return []
    lines: list[list[Text]] = []
    for cell, token in zip(row.cells, row.tokens, strict=True):
        above = row.grid.rows[row.index - 1][cell.column]
        over = row.grid.rows[row.index - 2][cell.column] if row.index > 1 else None
        if above is None or not is_value(token, blank=True):
            if cell.column:
                return []
            continue  # 数量, before the figures
        if (named := kind_and_figure(above.text)) is not None:
            lines.append([*((text, above) for text in named), (cell.text, cell)])
        elif over is not None and token_of(over.text).label("kind") and token_of(above.text).label("figure"):
            lines.append([(over.text, over), (above.text, above), (cell.text, cell)])
        else:
            return []
    names = {tuple(fold(text) for text, _ in line[:2]) for line in lines}
    return lines if len(names) == len(lines) else []
