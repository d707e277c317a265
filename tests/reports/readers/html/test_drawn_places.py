"""Tables that a page draws by styles alone: read as they are seen, whatever the order of the source."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from demo.figures import balanced
from demo.layout import Layout, Td, expanded, layout
from reports import extract
from reports.forms import TABLES
from reports.readers.html.boxes.drawn_places import Place, by_edges, in_sight, on_grid
from reports.record import Record
from tests.reports.tables.pages import HEADINGS, differences, page

FIGURES = balanced("drawn places", requests=300)


def placed(rows: Layout) -> list[tuple[int, int, Td]]:
    found: dict[int, tuple[int, int, Td]] = {}
    for y, row in enumerate(expanded(rows)):
        for x, (cell, _) in enumerate(row):
            found.setdefault(id(cell), (y, x, cell))
    return list(found.values())


def shuffled(boxes: list[str]) -> str:
    random.Random("drawn places").shuffle(boxes)
    return "".join(boxes)


def by_lines(rows: Layout) -> str:
    boxes = [
        f'<div style="grid-area:{y + 1}/{x + 1}/{y + 1 + cell.rowspan}/{x + 1 + cell.colspan}">{cell.text}</div>'
        for y, x, cell in placed(rows)
    ]
    return (
        f'<div style="display:grid;grid-template-columns:repeat({len(expanded(rows)[0])},1fr)">{shuffled(boxes)}</div>'
    )


def by_pixels(rows: Layout) -> str:
    boxes = [
        f'<div style="position:absolute;left:{x * 80}px;top:{y * 30}px;width:{cell.colspan * 80}px;'
        f'height:{cell.rowspan * 30}px">{cell.text}</div>'
        for y, x, cell in placed(rows)
    ]
    return f'<div style="position:relative">{shuffled(boxes)}</div>'


def by_order(rows: Layout) -> str:
    drawn = [
        shuffled([f'<div style="order:{place}">{cell.text}</div>' for place, cell in enumerate(row)]) for row in rows
    ]
    return "<div>" + "".join(f'<div style="display:flex">{row}</div>' for row in drawn) + "</div>"


def from_the_right(rows: Layout) -> str:
    drawn = ["".join(f'<div style="float:right">{cell.text}</div>' for cell in reversed(row)) for row in rows]
    return "<div>" + "".join(f'<div>{row}<div style="clear:both"></div></div>' for row in drawn) + "</div>"


def made_up(rows: Layout) -> str:
    drawn = ["".join(f"<x-cell><x-text>{cell.text}</x-text></x-cell>" for cell in row) for row in rows]
    return "<x-table>" + "".join(f"<x-row>{row}</x-row>" for row in drawn) + "</x-table>"


def read(draw: Callable[[Layout], str]) -> Record:
    markup = "".join(f"<p>{HEADINGS[table]}</p>{draw(layout(table, FIGURES))}" for table in TABLES)
    (record,) = extract(page(markup), name="page.html")
    return record


@pytest.mark.parametrize("draw", [by_lines, by_pixels, by_order, from_the_right, made_up])
def test_a_drawn_table_is_read_as_it_is_seen(draw: Callable[[Layout], str]) -> None:
    record = read(draw)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_a_header_that_ran_together_with_its_first_row_gives_no_columns_of_the_form() -> None:
    def listed(rows: Layout) -> str:
        if any(cell.text == "科研机构" for row in rows for cell in row):  # exchanged with 法律服务机构, figures too
            for row in rows:
                if len(row) == 5 and row[0].text == "商业企业":
                    row[1], row[3] = row[3], row[1]
                elif sum(bool(cell.code) for cell in row) == 7:
                    row[-5], row[-3] = row[-3], row[-5]
        boxes = (f"<dd>{cell.text}</dd>" if cell.code else f"<dt>{cell.text}</dt>" for row in rows for cell in row)
        return f"<dl>{''.join(boxes)}</dl>"

    record = read(listed)
    assert record.verdict == "incomplete" or differences(record, FIGURES) == []


def test_places_are_read_from_styles() -> None:
    assert on_grid("grid-row: 2; grid-column: 3 / span 2") == Place(1, 2, 1, 2)
    assert on_grid("grid-column: span 2") is None
    assert on_grid("grid-area: head") is None
    assert by_edges(["position:absolute;left:0;top:0", "position:absolute;left:9px;top:0"]) is None
    assert by_edges(["position:absolute;left:0;top:0;height:20px", "position:absolute;left:9px;top:10px"]) == [
        Place(0, 0, 1, 1),
        Place(1, 1, 1, 1),
    ]
    assert in_sight("display:flex;flex-direction:row-reverse", ["", "", ""]) == [2, 1, 0]
    assert in_sight("", ["position:absolute;left:50%", "position:absolute;left:0"]) == [1, 0]
