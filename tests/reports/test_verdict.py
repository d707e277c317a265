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


def named(figures):
    return [problem.message for problem in read(figures).problems if problem.code == "likely-cell"]


def exchanged(figures, one, other):
    difference = figures.values[other] - figures.values[one]
    return figures.planted(one, difference).planted(other, -difference)


def test_two_cells_that_changed_places_are_named():
    figures = balanced(7, requests=200)
    row = [f"applications_granted_{column}" for column in ("natural_person", "business", "total")]
    assert len({figures.values[code] for code in row}) == 3
    for one, other in ((row[0], row[1]), (row[0], row[2])):
        (message,) = named(exchanged(figures, one, other))
        assert message.startswith("two cells that changed places explain the failed sums: ")
        assert all(code.replace("applications_granted_", "applications.granted.") in message for code in (one, other))


def test_a_column_that_is_a_copy_of_another_is_named():
    figures = balanced(7, requests=200)
    for code, value in list(figures.values.items()):
        if code.startswith("applications_") and code.endswith("_natural_person"):
            copied = code.replace("_natural_person", "_research")
            figures = figures.planted(copied, value - figures.values[copied])
    assert named(figures) == [
        "columns natural_person and research hold the same figures, which may explain the failed sums"
    ]


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
