"""The promise: a figure of a verified report is the figure on the page."""

import pytest

from demo.figures import balanced
from reports.forms import figures as all_figures
from tests.reports.tables.bends import BENDS
from tests.reports.tables.pages import differences, read


def planted(generation, change):
    figures = balanced(7, proactive=generation, applications=generation, requests=200, cases=5)
    for figure in all_figures():
        if figure.table != "proactive" and figure.code in figures.values:
            changed = change(figures, figure.code)
            if changed is not None:
                yield figure.code, changed


@pytest.mark.parametrize("generation", ["2019", "2021"])
@pytest.mark.parametrize("bend", ["same", "cut-14"])
def test_no_single_wrong_figure_is_verified(generation, bend):
    for code, figures in planted(generation, lambda known, code: known.planted(code, 3)):
        record = read(figures, BENDS[bend])
        assert record.verdict == "inconsistent", code
        assert differences(record, figures) == [], code
        assert any(check.status == "fail" for check in record.checks)


def test_no_filled_cell_left_blank_is_verified():
    def blank(known, code):
        return known.blanked(code) if known.values[code] else None

    for code, figures in planted("2021", blank):
        assert read(figures).verdict == "incomplete", code


def test_a_nought_left_blank_is_consistent():
    def blank(known, code):
        return known.blanked(code, mark="/") if known.values[code] == 0 else None

    for code, figures in planted("2021", blank):
        record = read(figures)
        assert record.verdict == "verified", code
        assert any(check.status == "consistent_with_blanks_as_zero" for check in record.checks)


def test_the_wrong_cell_is_named():
    figures = balanced(7, requests=200).planted("applications_granted_natural_person", 4)
    record = read(figures)
    (problem,) = [problem for problem in record.problems if problem.code == "likely-cell"]
    assert "granted.natural_person" in problem.message


@pytest.mark.parametrize("table", ["proactive", "applications", "review"])
def test_a_missing_table_is_incomplete(table):
    figures = balanced(3).without(table)
    record = read(figures)
    assert record.verdict == "incomplete"
    assert getattr(record, table) is None
    assert "table-missing" in {problem.code for problem in record.problems}


def test_whole_organisation_columns_blank_can_be_verified():
    figures = balanced(5, persons_only=True).columns_blanked(
        "business", "research", "social_organisation", "legal_service", "other_organisation"
    )
    record = read(figures)
    assert record.verdict == "verified"
    assert record.applications["granted"]["business"] is None


def test_totals_left_blank_over_filled_parts_cannot_be_verified():
    figures = balanced(5)
    record = read(figures.columns_blanked("total"))
    assert record.verdict == "incomplete"


@pytest.mark.parametrize(
    ("text", "status"),
    [("1.5", "fail"), ("-2", "fail"), ("x", "not_assessable"), ("", "consistent_with_blanks_as_zero")],
)
def test_a_count_of_table_2_is_whole_and_not_negative(text, status):
    figures = balanced(5)
    figures.printed["proactive_licence_decisions"] = text
    checks = {(check.rule, check.at): check.status for check in read(figures).checks}
    assert checks["proactive.type", "licence_decisions"] == status
