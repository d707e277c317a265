"""Table 2, 主动公开政府信息情况: blocks by paragraph of article 20, each with its own heading row."""

from __future__ import annotations

import functools
import re
from collections import Counter

from reports.document import Grid
from reports.forms import figures, form
from reports.tables.align import Aligned, Column, align, by_place, once
from reports.tables.cut_headings import with_cut_ones
from reports.tables.labels import Label, fold_characters
from reports.tables.numbers import Value, counted_in, in_ones, is_unit, to_10k_yuan
from reports.tables.rows import Extra, Reading, Row, token_of

KEYS: tuple[str, ...] = tuple(figure.key for figure in figures() if figure.table == "proactive")
MONEY = frozenset(figure.key for figure in figures() if figure.table == "proactive" and figure.decimals)
SIGNED = frozenset(figure.key for figure in figures() if figure.table == "proactive" and figure.signed)


def _blocks(generation: str) -> list[dict[str, object]]:
    blocks: list[dict[str, object]] = form("proactive")["generations"][generation]
    return blocks


@functools.cache
def _by_paragraph() -> dict[str, dict[str, dict[str, object]]]:
    return {g: {str(block["paragraph"]): block for block in _blocks(g)} for g in ("2019", "2021")}


@functools.cache
def _keys(generation: str, paragraph: str) -> frozenset[str]:
    return frozenset(keys_of(next(block for block in _blocks(generation) if block["paragraph"] == paragraph)))


def keys_of(block: dict[str, object]) -> list[str]:
    """The keys of a block's figures."""
    return [f"{row['key']}_{column['key']}" for row in block["rows"] for column in block["columns"]]  # type: ignore[attr-defined]


# 行政事业性收费 is "fees" in the form of 2021 and "fee" in that of 2019: the column tells which.
_KINDS: dict[str, frozenset[str]] = {}
for _generation in ("2019", "2021"):
    for _block in _blocks(_generation):
        for _row in _block["rows"]:  # type: ignore[attr-defined]
            _KINDS[_row["label"]] = _KINDS.get(_row["label"], frozenset()) | {_row["key"]}
_SAME_LABEL = {key: keys for keys in _KINDS.values() for key in keys}

#: The names of the columns in the order of the forms.
_ORDER: list[str] = list(
    dict.fromkeys(
        column["key"]
        for generation in ("2019", "2021")
        for block in form("proactive")["generations"][generation]
        for column in block["columns"]
    )
)

#: Not what places are named by: 元氏县, 元谋县, 元江县, 元阳县, 元宝山区, 元宝区.
_UNIT = re.compile(r"(亿元|千万元|百万元|万元|千元|元)(?![氏谋江阳宝])")
_REST_OF_UNIT = re.compile(r"元[)\]】〕]")  # 万 stood in the line above
_MULTIPLE = re.compile(r"[万亿]")
#: 它元, 方元, 美元: what stands before 元 may be a misprint of 万, or another money.
_OTHER_MONEY = re.compile(r"(?<![亿千百十万币位为是以按计额数量])(?<=\w)元|\ufffd元")


@functools.lru_cache(maxsize=1024)
def unit_in(text: str) -> str | None:
    """The money unit that a heading names: 本年收费金额（单位：万元）; "?" where it names several, or a piece of one.

    Lines may cut 万元 in two, and what stood beside it or a program's mark may have come in between.
    """
    solid = "".join(fold_characters(text).split())
    found = set(_UNIT.findall(solid))
    if "元" in found and (_REST_OF_UNIT.match(solid) or _MULTIPLE.search(solid) or _OTHER_MONEY.search(solid)):
        return "?"
    return found.pop() if len(found) == 1 else "?" if found else None


class ProactiveReader:
    """Takes the rows that belong to table 2, in reading order, over as many grids as its blocks are cut into."""

    def __init__(self, places: bool = False) -> None:
        """``places``: align by where cells lie only, never by order: the second, independent model."""
        self.reading = Reading("proactive")
        self._places = places
        self._columns: list[Column] = []
        self._units: dict[str, str | None] = {}
        self._header_grid: Grid | None = None
        self._header: Row | None = None
        self._money_unit_above: str | None = None
        self._last: str | None = None
        self.unit_said: str | None = None  # the money unit in a line over the table: 单位：元

    def has_all(self, kinds: set[str]) -> bool:
        """Figures of all these rows have been read."""
        found = {row for row, _ in self.reading.cells}
        return all(found & _SAME_LABEL.get(kind, frozenset((kind,))) for kind in kinds)

    def would_repeat(self, headers: list[Row], row: Row) -> bool:
        """The figures of this row under these headings have been read: the table begins again."""
        kinds = [label.key for _, label in row.labels("kind")]
        columns = [label.key for header in headers for _, label in header.labels("figure")]
        return any(
            (key, column) in self.reading.cells
            for kind in kinds
            for key in _SAME_LABEL.get(kind, frozenset((kind,)))
            for column in columns
        )

    def header(self, row: Row) -> None:
        """第二十条第…项 alone, or 信息内容 with the names of the columns."""
        self._note_grid(row.grid)
        named = with_cut_ones(row)
        if not named:
            self._columns = [] if row.labels("paragraph") else self._columns
            self._money_unit_above = unit_in(" ".join(cell.text for cell in row.cells))
            return
        self._columns, self._units = [], {}
        for cell, label in named:
            self._columns.append(Column(label.key, cell.text, cell.column, cell.column + cell.colspan))
            self._units[label.key] = self._unit_of(cell.text)
            if not label.exact:
                self.reading.problem("label-typo", f"read the heading “{cell.text}” as {label.key}", row.where, "info")
        self._columns = once(self._columns, beside=True)
        if len({column.key for column in self._columns}) < len(self._columns):
            self.reading.gap("column-twice", "table 2 prints a heading twice", row.where)
        self._note_further_columns(row, {cell.column for cell, _ in named})
        self._columns.sort(key=lambda column: column.left)
        self._doubt_order([label for _, label in named], row)
        self._header_grid, self._header = row.grid, row

    def _doubt_order(self, labels: list[Label], row: Row) -> None:
        """Headings of lines in another order than the form's count only letter by letter: 制发件数 may be a piece."""
        keys = [column.key for column in self._columns if column.key is not None]
        sure = row.grid.ruled or all(label.exact and not label.alias for label in labels)
        if not sure and keys != sorted(keys, key=_ORDER.index):
            told = "the headings of table 2 stand in another order than the form's, and one of them may be cut"
            self.reading.gap("columns-ambiguous", told, row.where)
            self._columns = []

    def _heading_of(self, key: str) -> str:
        return next((column.name for column in self._columns if column.key == key), "")

    def _unit_of(self, heading: str) -> str | None:
        """A column's money unit: its heading's, or the row's above it, which a line over the table must not deny."""
        unit = unit_in(heading) or self._money_unit_above
        return "?" if unit and self.unit_said and self.unit_said != unit else unit or self.unit_said

    def _note_further_columns(self, row: Row, named: set[int]) -> None:
        """Headings that the form does not have, and empty ones between its own: a row without a cell there has moved.

        No sum would tell it in table 2.
        """
        for place, (cell, token) in enumerate(zip(row.cells, row.tokens, strict=True)):
            if place == 0 or token.numeric or cell.column in named:
                continue
            if cell.text:
                if any(token.label(kind) for kind in ("figure", "content", "paragraph", "kind")):
                    continue
                self.reading.problem(
                    "extra-column", f"table 2 has a column that the form does not have: {cell.text}", row.where
                )
            elif not (row.grid.ruled and min(named) < cell.column < max(named)):
                continue
            self._columns.append(Column(None, cell.text, cell.column, cell.column + cell.colspan))

    def row(self, row: Row) -> None:
        """A row of figures, known or not."""
        self._note_grid(row.grid)
        start, kind = 0, None
        for place, token in enumerate(row.tokens):
            label = token.label("kind")
            if label is not None:
                start, kind = place + 1, label
        if kind is None or not self._columns:
            self._unknown(row)
            return
        if not kind.exact:
            self.reading.problem("label-typo", f"read “{row.cells[start - 1].text}” as {kind.key}", row.where, "info")
        aligned = self._aligned(row, start)
        if aligned.how == "none":
            self.reading.gap("row-misaligned", f"the cells of {kind.key} do not match the headings", row.where)
            return
        if _has_figure_beside(row, start, aligned):
            told = f"{kind.key} has a figure in a column that the form does not have, and none in its own"
            self.reading.gap("columns-ambiguous", told, row.where)
        units = [f"（单位：{cell.text}）" for cell in row.cells[start:] if is_unit(cell.text)]
        beside = "".join([row.cells[start - 1].text, *units])  # 行政事业性收费 | 元 | 8040
        for column, cell in aligned.cells.items():
            key = next(
                (key for key in sorted(_SAME_LABEL.get(kind.key, {kind.key})) if f"{key}_{column}" in KEYS), None
            )
            if key is None and (cell is None or token_of(cell.text).value.state in ("blank", "dash")):
                continue  # of a table with a column for every figure of any kind
            if key is None:
                self.reading.gap("figure-unknown", f"the form has no figure {column} of {kind.key}", row.where)
                continue
            if cell is None:
                self.reading.gap("cell-missing", f"{kind.key} has no cell for {column}", row.where)
                continue
            value = token_of(cell.text).value
            if column in aligned.merged:
                value = Value("unreadable", reason="a merged cell covers several figures")
            if f"{key}_{column}" in MONEY:
                unit = self.reading.units[key, column] = _one_unit(self._units.get(column), unit_in(beside))
                value = to_10k_yuan(value, unit)
            elif value.unit:
                value = Value("unreadable", reason="a sum of money where a count belongs")
            elif (unit := counted_in(f"{self._heading_of(column)} {beside}")) is not None:
                self.reading.units[key, column] = unit
                value = in_ones(value, unit, cell.text)
            if (key, column) in self.reading.cells:
                if self.reading.value(key, column) != value.figure:
                    self.reading.gap(
                        "figure-twice", f"{key}_{column} is printed twice with different figures", row.where
                    )
                continue
            self.reading.put(key, column, cell, value, row.grid)
        for cell in aligned.left_over:
            self.reading.gap("cell-left-over", f"{kind.key} has a further cell “{cell.text[:40]}”", row.where)
        self._last = kind.key

    def unit_below(self, unit: str) -> None:
        """A note below the table names a unit: 注：收费金额单位为元."""
        for (key, column), known in self.reading.units.items():
            if f"{key}_{column}" in MONEY and self.reading.value(key, column) and unit != (known or "万元"):
                told = f"a line below table 2 names another unit than {key}_{column} was read in"
                self.reading.gap("unit-ambiguous", told)

    def finish(self) -> Reading:
        """The table, with the generation of its majority, and what is missing of it."""
        reading = self.reading
        found = {f"{row}_{column}" for row, column in reading.cells}
        votes: Counter[str] = Counter()
        chosen: list[dict[str, object]] = []
        blocks = _by_paragraph()
        for paragraph in blocks["2019"]:
            old, new = blocks["2019"][paragraph], blocks["2021"].get(paragraph)
            of_old = _keys("2019", paragraph)
            of_new = _keys("2021", paragraph) if new else frozenset()
            old_only, new_only, either = found & (of_old - of_new), found & (of_new - of_old), found & of_new & of_old
            if old_only and new_only:
                reading.gap("block-mixed", f"{paragraph} of table 2 has figures of both generations")
            if old_only:
                votes["2019"] += 1
                chosen.append(old)
            elif new_only or either:
                votes["2021"] += 1
                chosen.append(new or old)
            elif new is not None:
                chosen.append(new)
        if votes:
            reading.generation = max(votes, key=lambda generation: (votes[generation], generation))
        if len(votes) > 1:
            told = ", ".join(f"{count} of {generation}" for generation, count in sorted(votes.items()))
            reading.problem("forms-mixed", f"table 2 mixes the forms: blocks {told}")
        if reading.generation == "2019":
            chosen = [
                blocks["2019"][str(block["paragraph"])] if not (set(keys_of(block)) & found) else block
                for block in chosen
            ]
            if blocks["2019"]["第二十条第（九）项"] not in chosen:
                chosen.append(blocks["2019"]["第二十条第（九）项"])
        for block in chosen:
            for key in keys_of(block):
                if key not in found:
                    reading.gap("figure-missing", f"table 2 has no {key}")
        return reading

    def _aligned(self, row: Row, start: int) -> Aligned:
        if self._places and self._header_grid is row.grid:
            return by_place(self._columns, row, start)
        return align(self._columns, row, start, self._header_grid, self._header)

    def _note_grid(self, grid: Grid) -> None:
        if not self.reading.grids or self.reading.grids[-1] is not grid:
            self.reading.grids.append(grid)

    def _unknown(self, row: Row) -> None:
        """A row that the form does not have is kept as a problem with its figures."""
        if row.numbers == 0:
            return
        name = next((cell.text for cell, token in zip(row.cells, row.tokens, strict=True) if not token.numeric), "")
        values = " ".join(cell.text for cell, token in zip(row.cells, row.tokens, strict=True) if token.numeric)
        self.reading.extras.append(Extra(name, row.where, {}, self._last))
        told = f"table 2 has a row that the form does not have: “{name[:60]}” ({values})"
        if name:
            self.reading.problem("extra-row", told, row.where)
        else:
            self.reading.gap("row-unknown", "table 2 has a row of figures without a label", row.where)


def _one_unit(heading: str | None, beside: str | None) -> str | None:
    """The money unit of a heading and of what stands beside the figure (行政事业性收费（元）); "?" if they differ."""
    return "?" if heading and beside and heading != beside else heading or beside


def _has_figure_beside(row: Row, start: int, aligned: Aligned) -> bool:
    """Whether a figure stands in none of the form's columns while one of them is blank: a heading may be cut in two."""
    own = {id(cell) for cell in aligned.cells.values()}
    blank = any(cell is not None and token_of(cell.text).blank for cell in aligned.cells.values())
    return blank and any(
        token.numeric and id(cell) not in own for cell, token in zip(row.cells[start:], row.tokens[start:], strict=True)
    )
