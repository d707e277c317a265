"""Table 4, 政府信息公开行政复议、行政诉讼情况: three blocks of five figures.

Its first header row is often misaligned in PDFs (行政诉讼 over column 8 where it should be over 5), so that the
blocks are read from the lower headings, and from the order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reports.document import Cell, Grid
from reports.forms import form
from reports.tables.align import padding
from reports.tables.lost_blanks import MADE_OF_LINES
from reports.tables.numbers import BLANK, Value
from reports.tables.review_arranged import places_in_blocks
from reports.tables.rows import Reading, Row, token_of

BLOCKS: tuple[str, ...] = tuple(row["key"] for row in form("review")["rows"])
OUTCOMES: tuple[str, ...] = tuple(column["key"] for column in form("review")["columns"])
Place = tuple[str, str]
FORM_ORDER: list[Place] = [(block, outcome) for block in BLOCKS for outcome in OUTCOMES]
_WORD = re.compile("[\u4e00-\u9fff]")


@dataclass(slots=True)
class _Band:
    """Heading rows and the figures under them."""

    header: list[Row]
    rows: list[Row]
    caption: str | None  # the block that a paragraph above named


class ReviewReader:
    """Takes the rows that belong to table 4, in reading order: one grid, three, or one on its side."""

    def __init__(self, places: bool = False) -> None:
        """``places``: name cells by the headings over and beside them only, never by order: the second model."""
        self.reading = Reading("review")
        self._places = places
        self._bands: list[_Band] = []

    @property
    def complete(self) -> bool:
        """As many figures as the form has stand under the headings."""
        return sum(sum(_figures(row) for row in band.rows) for band in self._bands) >= len(FORM_ORDER)

    def headers(self, rows: list[Row], caption: str | None) -> None:
        """The heading rows over the next figures; ``caption``: the block that a paragraph above them named."""
        self._note_grid(rows[-1].grid)
        self._bands.append(_Band(rows, [], caption))

    def row(self, row: Row) -> None:
        """A row of figures, perhaps with its labels beside them."""
        self._note_grid(row.grid)
        if not self._bands:
            self._bands.append(_Band([], [], None))
        self._bands[-1].rows.append(row)

    def finish(self) -> Reading:
        """The table, and what is missing of it."""
        for band in self._bands:
            self._read(band)
        reading = self.reading
        for block in BLOCKS:
            for outcome in OUTCOMES:
                if (block, outcome) not in reading.cells:
                    reading.gap("figure-missing", f"table 4 has no {block}_{outcome}")
        return reading

    def _note_grid(self, grid: Grid) -> None:
        if not self.reading.grids or self.reading.grids[-1] is not grid:
            self.reading.grids.append(grid)

    # two ways of naming a cell ------------------------------------------------------------------------------------

    def _read(self, band: _Band) -> None:
        rows = [row for row in band.rows if any(not token.blank for token in row.tokens)] or band.rows[:1]
        order = self._header_order(band) if band.header else []
        of_labels = set() if order else {cell.column for row in rows for cell, _ in row.labels("outcome")}
        for row in rows:
            beside = bool({"outcome", "block"} & row.kinds)
            start = max((place + 1 for place, token in enumerate(row.tokens) if token.labels), default=0)
            if not start and row.cells and len(row.cells) > 1 and row.tokens[0].value.state == "unreadable":
                start = int(bool(_WORD.search(row.cells[0].text)))  # 件数 or the like; 0< is a broken figure
            # beside a list of outcomes, 行政复议 has a gap where the two kinds of suits are named
            values = row.cells[start:]
            if beside and len(values) > 1:
                values = [cell for cell in values if cell.text or cell.column not in of_labels]
            by_place = self._by_place(band, row, start)
            if len(values) > len(order):
                values = _under_headings(values, band.header, len(order))
                least = len(order) if row.grid.ruled else max(len(order), len(values) - padding(row.grid))
                values = _without_edges(values, by_place, least)
            if not order and not beside and len(values) > len(FORM_ORDER):
                values = [cell for cell in values if not self._adds_up_suits(band, cell)]
            by_place = {id(cell): by_place[id(cell)] for cell in values}
            places = set(by_place.values())
            complete = None not in places and len(places) == len(values) and len(values) > 0
            if beside and len(values) == len(OUTCOMES) and not self._places:
                order = self._beside_order(band, row) or order
            ordered = order and len(values) == len(order) and (not beside or order[0][0] == order[-1][0])
            if ordered and not self._places:
                named = dict(zip((id(cell) for cell in values), order, strict=True))
                clash = complete and any(by_place[id(cell)] != named[id(cell)] for cell in values)
                unsure = order != FORM_ORDER[: len(order)] and len(order) == len(FORM_ORDER) and not complete
                if unsure or (clash and set(order) == places):
                    self.reading.gap(
                        "columns-ambiguous", "the headings of table 4 name the figures in two ways", row.where
                    )
            elif complete or (places - {None} and beside) or (order and places - {None} == set(order)):
                named = {cell: place for cell, place in by_place.items() if place is not None}
            elif MADE_OF_LINES in row.grid.uncertain and order == FORM_ORDER and 0 < len(values) < len(order):
                self._arrange(row, values)
                continue
            else:
                if values:
                    self.reading.gap("row-misaligned", "the figures of table 4 do not match its headings", row.where)
                continue
            self._put(row, values, named)

    def _arrange(self, row: Row, values: list[Cell]) -> None:
        """Fewer figures than the form has, in a text whose blank cells left no trace: what all sums agree on."""
        figures = [token_of(cell.text).value for cell in values]
        counts = [value.figure or 0 for value in figures]
        told = places_in_blocks([int(count) for count in counts], len(BLOCKS), len(OUTCOMES))
        if any(value.state not in ("number", "dash") for value in figures) or not all(told):
            self.reading.gap("row-misaligned", "the figures of table 4 do not match its headings", row.where)
            return
        for number, (place, ways) in enumerate(zip(FORM_ORDER, told, strict=True)):
            if len(ways) > 1:
                message = f"nothing tells what table 4 prints for {'_'.join(place)}: blank cells left no trace"
                self.reading.gap("cell-missing", message, row.where)
            elif (way := next(iter(ways))) is None:
                self.reading.put(*place, Cell("", row.index, len(row.cells) + number), BLANK, row.grid)
            else:
                self.reading.put(*place, values[way], figures[way], row.grid)
        told_so = "the figures of table 4 stand where alone all sums balance: blank cells left no trace"
        self.reading.problem("rows-arranged", told_so, row.where)

    def _put(self, row: Row, values: list[Cell], named: dict[int, Place]) -> None:
        for cell in values:
            place = named.get(id(cell))
            token = token_of(cell.text)
            if place is None:
                if not token.blank:
                    self.reading.gap("cell-left-over", f"table 4 has a further cell “{cell.text[:40]}”", row.where)
                continue
            value = token.value
            if not token.blank and (
                cell.rowspan > 1 and len(row.grid.rows) > cell.row + 1 and self._covers_more(row, cell)
            ):
                value = Value("unreadable", reason="a merged cell covers several figures")
            if place in self.reading.cells:
                if self.reading.value(*place) != value.figure:
                    self.reading.gap(
                        "figure-twice", f"{'_'.join(place)} is printed twice with different figures", row.where
                    )
                continue
            self.reading.put(*place, cell, value, row.grid)

    def _covers_more(self, row: Row, cell: Cell) -> bool:
        below = row.grid.rows[cell.row + 1 : cell.row + cell.rowspan]
        return any(
            other is not None and other is not cell and other.row != cell.row and other.text
            for line in below
            for other in line
        )

    def _by_place(self, band: _Band, row: Row, start: int) -> dict[int, Place | None]:
        """Each value cell by the headings above and beside it."""
        beside = [label for cell in row.covering() for label in token_of(cell.text).labels]
        grid = row.grid
        over = band.header if band.header and band.header[-1].grid is grid else []
        lines = [grid.rows[header.index] for header in over if header.grid is grid]
        named: dict[int, Place | None] = {}
        for cell in row.cells[start:]:
            labels = list(beside)
            for line in lines:
                for each in line[cell.column : cell.column + cell.colspan]:
                    if each is not None:
                        labels += token_of(each.text).labels
            outcomes = {label.key for label in labels if label.kind == "outcome"}
            blocks = {label.key for label in labels if label.kind == "block"}
            exact = blocks & {"suit_direct", "suit_after_review"}
            block = next(iter(exact)) if len(exact) == 1 else "review" if blocks == {"review"} else None
            if block is None and not blocks and band.caption:
                block = band.caption
            named[id(cell)] = (block, next(iter(outcomes))) if block and len(outcomes) == 1 else None
        return named

    def _adds_up_suits(self, band: _Band, cell: Cell) -> bool:
        """It stands below 行政诉讼 and 合计 alone: the organ's own sum over both kinds of suits."""
        over = [header.grid.rows[header.index][cell.column] for header in band.header]
        labels = [label for above in over if above is not None for label in token_of(above.text).labels]
        blocks = {label.key for label in labels if label.kind == "block"}
        return blocks == {"suit"} and {label.key for label in labels if label.kind == "outcome"} == {"total"}

    def _header_order(self, band: _Band) -> list[Place]:
        """The figures' names in the order of the headings, or nothing where the headings do not tell."""
        outcomes = self._outcome_sequence(band)
        if not outcomes or len(outcomes) % 5:
            return []
        fives = [outcomes[place : place + 5] for place in range(0, len(outcomes), 5)]
        if any(set(five) != set(OUTCOMES) for five in fives):
            return []
        labelled = [(cell.column, row.index, label.key) for row in band.header for cell, label in row.labels("block")]
        blocks = [key for _, _, key in sorted(labelled) if key in BLOCKS]
        if not blocks and band.caption and len(fives) == 1:
            blocks = [band.caption]
        if len(fives) == 3 and sorted(blocks) == ["suit_after_review", "suit_direct"]:
            blocks = ["review", *blocks]  # its own heading is missing; the form begins with it
        elif not band.header[-1].grid.ruled and _begins_with_suits(band):
            blocks = [*(block for block in blocks if block != "review"), "review"]
        if len(blocks) != len(fives) or len(set(blocks)) != len(blocks):
            return []
        return [(block, outcome) for block, five in zip(blocks, fives, strict=True) for outcome in five]

    def _beside_order(self, band: _Band, row: Row) -> list[Place]:
        """The five figures of one block whose name stands beside them, in the order of the one line of headings."""
        lines = [header.labels("outcome") for header in band.header if header.labels("outcome")]
        blocks = {label.key for _, label in row.labels("block")} - {"suit"}
        if len(lines) != 1 or len(blocks) != 1:
            return []
        outcomes = [label.key for _, label in lines[0]]
        return (
            [(min(blocks), outcome) for outcome in outcomes]
            if set(outcomes) == set(OUTCOMES) and len(outcomes) == len(OUTCOMES)
            else []
        )

    def _outcome_sequence(self, band: _Band) -> list[str]:
        """The outcomes from left to right, over header rows that lie deeper in some columns than in others."""
        labelled = [(row, row.labels("outcome")) for row in band.header]
        full = [found for _, found in labelled if len(found) == 15]
        if full:
            return [label.key for _, label in full[-1]]
        placed: dict[int, str] = {}
        for _, found in labelled:
            for cell, label in found:
                placed[cell.column] = label.key
        by_left = [placed[column] for column in sorted(placed)]
        total = sum(len(found) for _, found in labelled)
        if total == len(by_left):
            return by_left
        return self._expanded(band)

    def _expanded(self, band: _Band) -> list[str]:
        """A header without rowspans: the lower row's labels belong to the sub-blocks named in the upper one."""
        upper = next((row for row in band.header if row.labels("outcome") and row.labels("block")), None)
        lower = [row for row in band.header if row.labels("outcome") and row is not upper]
        if upper is None or len(lower) != 1:
            return []
        below = [label.key for _, label in lower[0].labels("outcome")]
        sequence: list[str] = []
        for token in upper.tokens:
            outcome, block = token.label("outcome"), token.label("block")
            if outcome is not None:
                sequence.append(outcome.key)
            elif block is not None and block.key != "suit":
                sequence += below[:5]
                below = below[5:]
        return sequence if not below else []


def _begins_with_suits(band: _Band) -> bool:
    """Whether 行政诉讼 is written before 行政复议, where places tell nothing: then its two kinds go first.

    Where words have places, 行政复议 beside two rows of headings stands lower than 行政诉讼, and further left.
    """
    named = [(label.key, cell.column) for row in band.header for cell, label in row.labels("block")]
    suit = next((at for at, (key, _) in enumerate(named) if key == "suit"), None)
    review = next((at for at, (key, _) in enumerate(named) if key == "review"), None)
    return suit is not None and review is not None and suit < review and named[suit][1] <= named[review][1]


def _figures(row: Row) -> int:
    return sum(
        not token.labels and (token.numeric or token.blank or token.value.state == "dash") for token in row.tokens
    )


def _under_headings(values: list[Cell], header: list[Row], count: int) -> list[Cell]:
    """The cells, one under each of so many headings: without blank ones beside a figure, or between the headings.

    A converter drew the column as two, or a sheet forgot its merged cells. All cells where a figure stands elsewhere.
    """
    headings = sorted((cell for row in header for cell, _ in row.labels("outcome")), key=lambda cell: cell.column)
    if not count or len(headings) != count:
        return values
    left = [cell for cell in values if cell.text]
    kept: list[Cell] = []
    for heading in headings:
        below = [cell for cell in values if 0 <= cell.column - heading.column < heading.colspan]
        filled = [cell for cell in below if cell.text]
        if not below or len(filled) > 1:
            return values
        kept.append(filled[0] if filled else below[0])
        left = [cell for cell in left if cell is not kept[-1]]
    return values if left else kept


def _without_edges(values: list[Cell], by_place: dict[int, Place | None], least: int) -> list[Cell]:
    """Without the empty cells beside the table, as far as there are too many; an empty one among figures is one."""
    kept = list(values)
    for edge in (-1, 0):
        while len(kept) > least and not kept[edge].text and by_place[id(kept[edge])] is None:
            kept.pop(edge)
    return kept
