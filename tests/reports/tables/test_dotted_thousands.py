"""A dot before the last three digits of a count (1.856), which may part its thousands: the sums tell."""

from dataclasses import replace

import pytest

from demo.figures import balanced
from reports import extract
from tests.reports.tables.pages import body, differences, page

FIGURES = balanced("dotted", requests=9000)
LICENCES, FEES = "proactive_licence_decisions", "proactive_fees_10k_yuan"


def dotted(tables):
    def bend(table, rows):
        def written(cell):
            return f"{int(cell.text):,}".replace(",", ".") if cell.code and cell.text.isdigit() else cell.text

        return [[[replace(cell, text=written(cell)) for cell in row] for row in rows] if table in tables else rows]

    return bend


def read(figures, bend):
    (record,) = extract(page(body(figures, bend)), name="page.html")
    return record


def test_counts_that_the_sums_confirm():
    record = read(FIGURES, dotted(("applications", "review")))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")
    assert any(problem.code == "cell-settled" for problem in record.problems)


@pytest.mark.parametrize("fees", [12.5, 8416])
def test_counts_of_table_2_and_money_beside_them_are_in_doubt(fees):
    figures = replace(FIGURES, values={**FIGURES.values, LICENCES: 69897, FEES: fees})
    record = read(figures, dotted(("proactive",)))
    assert record.verdict == "incomplete"
    assert record.proactive["licence_decisions"] is None
    assert record.proactive["fees_10k_yuan"] == (12.5 if fees == 12.5 else None)


def test_money_of_three_decimals_alone_is_no_thousand():
    record = read(replace(FIGURES, values={**FIGURES.values, FEES: 8.416}), None)
    assert (record.proactive["fees_10k_yuan"], record.verdict) == (8.416, "verified")


def test_what_the_sums_deny_is_no_mistake_of_the_organ():
    received = FIGURES.values["applications_new_received_total"]
    figures = replace(FIGURES, values={**FIGURES.values, "applications_new_received_total": received + 1})
    assert read(figures, dotted(("applications",))).verdict == "incomplete"
