"""Tables larger than any report's: bounded in time by what is read, and what is not read is told."""

import pytest

from demo.figures import balanced
from reports import extract
from tests.reports.tables.pages import body, differences, page

FIGURES = balanced("limits", requests=300)
REPORT = body(FIGURES)


def rows(count, cells="<td>序号</td><td>1</td>"):
    return f"<table>{f'<tr>{cells}</tr>' * count}</table>"


@pytest.mark.parametrize(
    ("before", "code"),
    [
        (rows(1, "<td>1</td>" * 20_000), "table-too-wide"),
        (rows(1, "<td>规章</td>" * 20_000), "table-too-wide"),
        (rows(2_500), "table-cut"),
    ],
)
def test_what_is_too_large_is_told_and_the_report_beside_it_is_read(before, code):
    (record,) = extract(page(before + REPORT), name="large.html")
    assert differences(record, FIGURES) == []
    assert code in [problem.code for problem in record.problems]


def test_many_tables_too_large_are_told_in_a_few_lines():
    (record,) = extract(page(rows(1, "<td>1</td>" * 200) * 30 + REPORT), name="large.html")
    told = [problem.message for problem in record.problems if problem.code in ("table-cut", "table-too-wide")]
    assert len(told) == 6
    assert "25 further" in told[-1]


def test_a_report_below_the_last_row_that_is_read_is_not_missing_in_silence():
    (record,) = extract(page(REPORT.replace("<table>", "<table>" + "<tr><td>x</td></tr>" * 2_500)), name="deep.html")
    assert record.verdict != "verified"
    assert "table-cut" in [problem.code for problem in record.problems]


def test_more_tables_than_a_page_of_reports_has_are_counted():
    each = [f"<p>青山县民政局2023年政府信息公开工作年度报告</p><p>一、总体情况</p>{body(balanced(str(n), requests=90))}"
            for n in range(16)]  # fmt: skip
    records = extract(page("".join(each)), name="many.html")
    assert len(records) == 14
    assert "tables-cut" in [problem.code for problem in records[0].problems]
