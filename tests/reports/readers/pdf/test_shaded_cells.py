"""PDF: tables that are drawn as shaded cells, with gutters between them or in every other column only."""

import pytest

from reports.readers.pdf.page import Glyph
from reports.readers.pdf.ruled.lattice import Lattice, Slot, without_slivers
from reports.readers.pdf.ruled.ruled import holds_stacks


@pytest.mark.parametrize(("gutter", "columns"), [(3.2, 2), (20.0, 3)])
def test_gutters_between_shaded_cells_are_no_columns(gutter, columns):
    xs = [50.0, 120.0, 120.0 + gutter, 180.0]
    label, empty, figure = (Slot(0, x, 1, 1, xs[x], 0, xs[x + 1], 20) for x in range(3))
    whole = Slot(1, 0, 1, 3, xs[0], 20, xs[3], 40)
    table = Lattice(xs, [0.0, 20.0, 40.0], [[label, empty, figure], [whole, whole, whole]], [])
    kept = without_slivers(table, lambda slot: slot is not empty)
    assert [len(row) for row in kept.slots] == [columns] * 2
    assert (figure.column, whole.colspan) == (columns - 1, columns)


def line(text, top):
    return [Glyph(character, 10 + 5 * at, top, 15 + 5 * at, top + 10) for at, character in enumerate(text)]


@pytest.mark.parametrize(("rows", "stacked"), [(("12", "3"), True), (("12件",), False), (("规范性", "文件3"), False)])
def test_figures_of_several_rows_in_one_shaded_cell_are_a_stack(rows, stacked):
    glyphs = [glyph for number, text in enumerate(rows) for glyph in line(text, 20 * number)]
    slots = [Slot(0, x, 1, 1, 0, 0, 60, 60) for x in range(3)]
    assert holds_stacks({id(slot): (slot, glyphs) for slot in slots}) == stacked
