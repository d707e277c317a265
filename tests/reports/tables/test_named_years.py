"""Labels with the year by its number, 2023年新收: those of the report's own year are the form's labels, no others."""

from dataclasses import replace

import pytest

from demo.figures import balanced
from reports import extract
from tests.reports.tables.pages import body, differences, page

FIGURES = {form: balanced("named", proactive=form, applications=form, requests=300) for form in ("2019", "2021")}


def in_years(year):
    """The forms with 本年, 上年 and 下年度 counted from this year."""

    def bend(table, rows):
        def named(text):
            for word, named_year in (("本年", year), ("上一年", year - 1), ("上年", year - 1), ("下年", year + 1)):
                text = text.replace(word, f"{named_year}年")
            return text

        return [[[cell if cell.code else replace(cell, text=named(cell.text)) for cell in row] for row in rows]]

    return bend


@pytest.mark.parametrize("generation", ["2019", "2021"])
def test_of_the_reports_own_year(generation):
    (record,) = extract(page(body(FIGURES[generation], in_years(2023))), name="page.html")
    assert (differences(record, FIGURES[generation]), record.verdict) == ([], "verified")


@pytest.mark.parametrize("year", [2022, 2024])
def test_of_another_year_nothing_is_read(year):
    (record,) = extract(page(body(FIGURES["2021"], in_years(year))), name="page.html")
    assert record.verdict == "incomplete"
    assert "new_received" not in (record.applications or {})
    assert "normative_documents_issued" not in (record.proactive or {})
