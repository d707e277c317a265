"""Merged cells: the rectangle is what a browser shows, and nonsense stays bounded."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.readers.spans import AREA, RawCell, expand


def texts(rows):
    return [[None if cell is None else cell.text for cell in row] for row in rows]


def test_rowspan_and_colspan_repeat_one_cell():
    rows, notes = expand([[RawCell("a", 2, 1), RawCell("b", 1, 2)], [RawCell("c"), RawCell("d")]])
    assert texts(rows) == [["a", "b", "b"], ["a", "c", "d"]]
    assert rows[0][0] is rows[1][0] and rows[0][1] is rows[0][2]
    assert notes == []


def test_a_claim_of_a_hundred_thousand_is_cut_to_the_table():
    rows, notes = expand([[RawCell("a", 100_000, 100_000), RawCell("b")], [RawCell("c")], [RawCell("d")]])
    assert len(rows) == 3
    assert max(len(row) for row in rows) <= 70
    assert any("100000" in note for note in notes)
    assert rows[0][-1].text == "b"


def test_zero_reaches_to_the_end_of_the_row_group():
    rows, _ = expand([[RawCell("a", 0), RawCell("1")], [RawCell("2")], [RawCell("b"), RawCell("3")]], groups=[0, 2])
    assert texts(rows) == [["a", "1"], ["a", "2"], ["b", "3"]]


def test_a_slot_belongs_to_the_cell_that_came_first():
    rows, notes = expand([[RawCell("a"), RawCell("b", 2), RawCell("c")], [RawCell("d", 1, 2), RawCell("e")]])
    assert texts(rows) == [["a", "b", "c"], ["d", "b", "e"]]
    assert notes == ["a cell in row 1 overlaps another"]
    assert rows[1][0].colspan == 1


def test_columns_that_only_spans_reach_are_removed():
    rows, _ = expand([[RawCell("head", 1, 9)], [RawCell("1"), RawCell("2")]])
    assert texts(rows) == [["head", "head"], ["1", "2"]]
    assert rows[0][0].colspan == 2


def test_short_rows_are_filled_with_nothing():
    rows, _ = expand([[RawCell("a"), RawCell("b")], [RawCell("c")], []])
    assert texts(rows) == [["a", "b"], ["c", None], [None, None]]


raw_cells = st.builds(
    RawCell,
    st.text(alphabet="甲乙丙丁0123", max_size=3),
    st.one_of(st.integers(-1, 4), st.sampled_from([100, 65_534, 10**6])),
    st.one_of(st.integers(-1, 4), st.sampled_from([100, 1000, 10**6])),
)


@settings(deadline=None)
@given(st.lists(st.lists(raw_cells, max_size=8), max_size=12), st.lists(st.integers(0, 12), max_size=3))
def test_every_cell_stands_once_where_it_says_and_nothing_is_lost(raw, groups):
    rows, _ = expand(raw, groups)
    assert len(rows) == len(raw)
    width = len(rows[0]) if rows else 0
    assert all(len(row) == width for row in rows)
    found = {}
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            if cell is not None:
                found.setdefault(id(cell), (cell, []))[1].append((y, x))
    for cell, places in found.values():
        inside = {
            (y, x)
            for y in range(cell.row, cell.row + cell.rowspan)
            for x in range(cell.column, cell.column + cell.colspan)
        }
        assert (cell.row, cell.column) == places[0]
        assert set(places) <= inside
    assert sum(len(row) for row in raw) == len(found)
    for y, source in enumerate(raw):
        own = sorted((cell for cell, _ in found.values() if cell.row == y), key=lambda cell: cell.column)
        assert [cell.text for cell in own] == [cell.text for cell in source]


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 10**6), st.integers(1, 10**6))
def test_the_area_is_bounded(height, width, down, across):
    rows, _ = expand([[RawCell("x", down, across)] * width for _ in range(height)])
    assert sum(len(row) for row in rows) <= AREA
