"""Cells placed as those of a table before are where expanding their spans puts them."""

from hypothesis import given
from hypothesis import strategies as st

from reports.document import Grid
from reports.readers import laid
from reports.readers.laid import place
from reports.readers.spans import RawCell, expand

SPAN = st.sampled_from([1, 1, 1, 1, 2, 3, 0, -1, 9, 70, 100_000])
CELL = st.builds(RawCell, st.text("一二3", max_size=2), SPAN, SPAN)


def slots(rows):
    """Which places are one cell, and what it says."""
    numbers = {}
    return [[cell and (numbers.setdefault(id(cell), len(numbers)), cell) for cell in row] for row in rows]


@given(st.lists(st.lists(CELL, max_size=9), max_size=7), st.sets(st.integers(0, 7)))
def test_cells_are_placed_as_their_spans_are_expanded(raw, groups):
    groups = sorted(group for group in groups if group < len(raw))
    rows, notes = expand(raw, groups)
    for _ in range(2):
        placed = place(raw, groups)
        assert (slots(placed.rows), placed.notes) == (slots(rows), notes)
        told, found = Grid(0, placed.rows, own=placed.own), Grid(0, rows)
        assert [told.own_cells(row) for row in range(len(rows))] == [found.own_cells(row) for row in range(len(rows))]


def test_tables_that_claim_the_same_lie_alike():
    one, other = ([[RawCell(text, 2), RawCell("1")], [RawCell("2")]] for text in "甲乙")
    assert place(one).laid is place(other).laid
    assert place([[RawCell("甲"), RawCell("1")], [RawCell("2")]]).laid is not place(one).laid


def test_very_large_tables_are_not_kept(monkeypatch):
    monkeypatch.setattr(laid, "MOST", 3)
    raw = [[RawCell("1"), RawCell("2")], [RawCell("3"), RawCell("4")]]
    placed = place(raw)
    assert placed.laid is placed.own is None
    assert placed.rows == expand(raw)[0]
