"""Table 3 in several tables, cut by kind of applicant."""

import pytest

from demo.figures import balanced
from demo.layout import layout
from reports import extract
from tests.reports.tables.pages import body, differences, page, table_html

FIGURES = balanced("by applicant", requests=3000)
OF = {"natural_person": "自然人", "business": "商业企业", "total": "总计"}


def columns(kept):
    """Table 3 with these kinds of applicants alone."""
    cut = []
    for row in layout("applications", FIGURES):
        cells = [cell for cell in row if not cell.code or any(cell.code.endswith(f"_{key}") for key in kept)]
        cut.append([cell for cell in cells if cell.text not in dropped_by(kept)])
    return cut


def dropped_by(kept):
    organisations = ["法人或其他组织", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    return [
        *([] if "business" in kept else organisations),
        *(OF[key] for key in ("natural_person", "total") if key not in kept),
    ]


PERSONS = ["natural_person"]
ORGANISATIONS = ["business", "research", "social_organisation", "legal_service", "other_organisation"]


@pytest.mark.parametrize(
    "pieces",
    [[PERSONS, ORGANISATIONS, ["total"]], [PERSONS, [*ORGANISATIONS, "total"]], [[*PERSONS, "total"], ORGANISATIONS]],
)
def test_pieces_that_complete_each_other(pieces):
    whole = table_html(layout("applications", FIGURES))
    content = body(FIGURES).replace(whole, "<p>其中：</p>".join(table_html(columns(kept)) for kept in pieces))
    (record,) = extract(page(content), name="page.html")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_without_the_totals_nothing_proves_them():
    whole = table_html(layout("applications", FIGURES))
    cut = "".join(table_html(columns(kept)) for kept in (PERSONS, ORGANISATIONS))
    (record,) = extract(page(body(FIGURES).replace(whole, cut)), name="page.html")
    assert record.verdict == "incomplete"
    assert [problem.message for problem in record.problems if problem.code == "column-missing"] == [
        "table 3 has no column total"
    ]
