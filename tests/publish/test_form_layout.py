"""The tables as the official form prints them."""

from __future__ import annotations

import pytest

from publish.form_layout import Place, layout
from reports import forms
from reports.record import Table


@pytest.mark.parametrize("generation", ["2019", "2021"])
@pytest.mark.parametrize("table", forms.TABLES)
def test_rows_are_equally_wide_once_expanded(table: Table, generation: str) -> None:
    drawn = layout(table, generation)
    rows = [*drawn.head, *drawn.body]
    filled: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        column = 0
        for place in row:
            while (at, column) in filled:
                column += 1
            for down in range(place.rowspan):
                for along in range(place.colspan):
                    assert (at + down, column + along) not in filled, "two cells in one place"
                    filled.add((at + down, column + along))
    widths = {sum(1 for line, _ in filled if line == at) for at in range(len(rows))}
    assert len(widths) == 1
    assert max(line for line, _ in filled) == len(rows) - 1, "a span that goes beyond the table"


@pytest.mark.parametrize("generation", ["2019", "2021"])
@pytest.mark.parametrize("table", forms.TABLES)
def test_every_figure_of_the_generation_stands_once(table: Table, generation: str) -> None:
    expected = [each.code for each in forms.figures() if each.table == table and generation in each.generations]
    found = layout(table, generation).codes
    assert sorted(found) == sorted(expected)
    assert len(set(found)) == len(found)


def test_numbering_as_the_form_has_it() -> None:
    labels = [
        place.label
        for row in layout("applications", "2021").body
        for place in row
        if isinstance(place, Place) and place.label
    ]
    assert labels[0] == "一、本年新收政府信息公开申请数量"
    assert "（一）予以公开" in labels
    assert "1.属于国家秘密" in labels
    assert "（六）其他处理" in labels
    assert labels[-1] == "四、结转下年度继续办理"
    assert len(layout("applications", "2019").body) == 23
    assert len(layout("applications", "2021").body) == 25


def test_fees_say_their_unit() -> None:
    labels = [place.label for row in layout("proactive", "2021").body for place in row]
    assert "本年收费金额（单位：万元）" in labels
