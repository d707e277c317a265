"""A workbook with a report a sheet: of two years, on the forms of two generations."""

import io

import openpyxl
import pytest

from demo.figures import balanced
from demo.layout import expanded
from demo.organs import invented
from demo.render import parts
from demo.writing import write
from reports import extract
from tests.gold.score import figures_of

ORGAN = invented("years", 8).organs[3]


@pytest.mark.parametrize("years", [(2021, 2020), (2020, 2021), (2023, 2022)])
def test_a_sheet_a_year(years):
    book = openpyxl.Workbook()
    book.remove(book.active)
    forms = ["2019" if year < 2021 else "2021" for year in years]
    made = [
        write(ORGAN, year, balanced(f"years {year}", proactive=form, applications=form), "years")
        for year, form in zip(years, forms, strict=True)
    ]
    for report in made:
        sheet = book.create_sheet(f"{report.year}年")
        sheet.append([report.title])
        for _, part in parts(report):
            for line in [[part]] if isinstance(part, str) else expanded(part):
                sheet.append([each if isinstance(each, str) else each[0].text if each[1] else None for each in line])
    held = io.BytesIO()
    book.save(held)
    records = extract(held.getvalue(), name="years.xlsx")
    assert [(record.year, record.verdict) for record in records] == [(year, "verified") for year in years]
    assert [record.forms.proactive for record in records] == forms
    assert all(len(figures_of(record)) > 190 for record in records)
