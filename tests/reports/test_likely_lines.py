"""Planted errors that take a whole row or column: which one is told."""

from dataclasses import replace

import pytest

from demo.figures import balanced
from publish.messages import in_chinese
from reports.forms import form
from reports.tables.applications_form import COLUMNS
from tests.reports.tables.pages import read

FIGURES = balanced("lines", requests=3000, cases=9)
ROWS = [row["key"] for row in form("applications")["rows"] if "2021" in row["generations"]]


def told(changes):
    """What is said of the figures with these changed, by row and column."""
    values = {f"applications_{row}_{column}": value for (row, column), value in changes.items()}
    record = read(replace(FIGURES, values={**FIGURES.values, **values}))
    assert record.verdict == "inconsistent"
    (problem,) = [each for each in record.problems if each.code == "likely-cell"]
    assert in_chinese(problem.message)
    return problem.message


def row(key):
    return [FIGURES.values[f"applications_{key}_{column}"] for column in COLUMNS]


def become(key, values):
    return {(key, column): value for column, value in zip(COLUMNS, values, strict=True)}


def test_two_rows_that_changed_places():
    message = told(become("handled_total", row("carried_forward")) | become("carried_forward", row("handled_total")))
    assert message.endswith(": handled_total and carried_forward")


@pytest.mark.parametrize("way", ["left", "right"])
def test_a_row_that_moved_by_a_cell(way):
    values = row("granted")
    moved = [*values[1:], 0] if way == "left" else [0, *values[:-1]]
    assert told(become("granted", moved)).endswith("moved by one cell explains the failed sums: granted")


def test_a_row_copied_from_the_one_above():
    assert "rows granted and partly_granted hold the same figures" in told(become("partly_granted", row("granted")))


def test_an_outcome_that_the_total_leaves_out():
    total = [whole - part for whole, part in zip(row("handled_total"), row("granted"), strict=True)]
    forward = [whole + part for whole, part in zip(row("carried_forward"), row("granted"), strict=True)]
    message = told(become("handled_total", total) | become("carried_forward", forward))
    assert message.endswith("that was not counted explains the failed sums: granted")


def test_a_column_of_other_figures():
    wrong = {
        (key, "business"): FIGURES.values[f"applications_{key}_business"] + place % 3 for place, key in enumerate(ROWS)
    }
    assert told(wrong).endswith("one column that is wrong in several cells explains the failed sums: business")


def test_a_wrong_carry_over():
    key = "applications_carried_in"
    persons, total = FIGURES.values[f"{key}_natural_person"], FIGURES.values[f"{key}_total"]
    message = told({("carried_in", "natural_person"): persons + 3, ("carried_in", "total"): total + 3})
    told_of = f"applications.carried_in.natural_person ({persons + 3}, {persons} would balance)"
    assert f"{told_of} and applications.carried_in.total ({total + 3}, {total} would balance)" in message


def test_rows_of_which_no_sum_can_be_made():
    places = {f"applications_{key}_total": None for key in ("granted", "handled_total", "carried_forward")}
    record = read(replace(FIGURES, values={**FIGURES.values, **places, "review_review_total": 99}))
    assert record.verdict == "incomplete"
    assert any(each.code == "likely-cell" for each in record.problems)
