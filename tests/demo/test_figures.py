"""Figures made from a seed balance, whatever the seed; and what is planted is exactly what differs."""

from __future__ import annotations

import pytest

from demo.figures import COLUMNS, balanced, carried_forward
from reports import forms


@pytest.mark.parametrize("generation", ["2019", "2021"])
@pytest.mark.parametrize("seed", range(20))
def test_every_equation_of_the_form_holds(generation: str, seed: int) -> None:
    figures = balanced(seed, proactive=generation, applications=generation)
    table = figures.applications()
    outcomes = [row for row in table if row not in ("new_received", "carried_in", "handled_total", "carried_forward")]
    assert len(table) == (23 if generation == "2019" else 25)
    for row in table.values():
        assert sum(row[column] or 0 for column in COLUMNS) == row["total"]
    for column in (*COLUMNS, "total"):
        assert sum(table[row][column] or 0 for row in outcomes) == table["handled_total"][column]
        incoming = (table["new_received"][column] or 0) + (table["carried_in"][column] or 0)
        assert incoming == (table["handled_total"][column] or 0) + (table["carried_forward"][column] or 0)
    review = figures.table("review")
    for block in ("review", "suit_direct", "suit_after_review"):
        parts = sum(review[f"{block}_{column}"] or 0 for column in ("upheld", "corrected", "other", "pending"))
        assert parts == review[f"{block}_total"]
    expected = {each.code for each in forms.figures() if generation in each.generations}
    assert set(figures.values) == expected


def test_carried_over_the_year() -> None:
    first = balanced(1)
    second = balanced(2, carried_in=carried_forward(first))
    assert second.applications()["carried_in"]["total"] == first.applications()["carried_forward"]["total"]


def test_planting_changes_one_figure() -> None:
    figures = balanced(3)
    wrong = figures.planted("applications_granted_total", 7)
    different = [code for code in figures.values if figures.values[code] != wrong.values[code]]
    assert different == ["applications_granted_total"]


def test_blank_prints_nothing_and_dash_prints_its_mark() -> None:
    figures = balanced(4).blanked("review_review_total", mark="—")
    assert figures.text("review_review_total") == "—" and figures.values["review_review_total"] is None
