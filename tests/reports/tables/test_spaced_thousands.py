"""A space before the last three digits of a figure, which may part its thousands, or two figures of one cell."""

from dataclasses import replace

import pytest

from demo.figures import balanced
from tests.reports.tables.pages import differences, read

LICENCES = "proactive_licence_decisions"
BALANCED = balanced("spaced", requests=9000)
FIGURES = replace(BALANCED, values={**BALANCED.values, LICENCES: 1216384})
SMALL = balanced("spaced", requests=40)


def spaced(space, but=()):
    def bend(table, rows):
        def written(cell):
            plain = not cell.code or not cell.text.isdigit() or cell.code in but
            return cell.text if plain else f"{int(cell.text):,}".replace(",", space)

        return [[[replace(cell, text=written(cell)) for cell in row] for row in rows]]

    return bend


@pytest.mark.parametrize("space", [" ", "\xa0", "\u2009", "\u202f"])
def test_where_sums_prove_it_of_other_cells_a_space_parts_the_thousands_of_table_2(space):
    record = read(FIGURES, spaced(space))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize("space", [" ", "\u202f"])
def test_an_organ_s_own_mistake_is_told_with_the_figures_as_printed(space):
    total = "applications_new_received_total"
    figures = replace(FIGURES, values={**FIGURES.values, total: FIGURES.values[total] + 1})
    record = read(figures, spaced(space))
    assert (differences(record, figures), record.verdict) == ([], "inconsistent")


def test_where_other_figures_go_without_a_space_may_part_two_figures():
    total = "applications_new_received_total"
    assert FIGURES.values[total] >= 1000
    record = read(FIGURES, spaced(" ", but=(total,)))
    assert (record.proactive["licence_decisions"], record.verdict) == (None, "incomplete")


def test_without_any_proof_only_a_narrow_space_parts_thousands():
    figures = replace(SMALL, values={**SMALL.values, LICENCES: 1216})
    assert read(figures, spaced(" ")).proactive["licence_decisions"] is None
    record = read(figures, spaced("\u202f"))
    assert (record.proactive["licence_decisions"], record.verdict) == (1216, "verified")
