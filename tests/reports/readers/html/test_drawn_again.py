"""The second reading of tables drawn without ``<table>``: its word decides whose mistake a failed sum is."""

import pytest

from demo.figures import balanced
from reports import extract
from tests.reports.tables.bends import unmerged
from tests.reports.tables.pages import body, page

FIGURES = balanced(11)
WRONG = FIGURES.planted("applications_granted_total", 7)
HIDDEN = f"<div style='display:none'>{body(FIGURES)}</div>"
COMMENTED = f"<!-- {body(FIGURES)} -->"


def drawn(figures, parts):
    markup = body(figures, unmerged)
    for tag, written in zip(("table", "tr", "td"), parts, strict=True):
        markup = markup.replace(f"<{tag}", f"<div {written}").replace(f"</{tag}>", "</div>")
    return markup


STYLED = ("style='display:table'", "style='display: table-row'", "style='display:table-cell'")
NAMED = ("class=t", "class=r", "class=c")
ROLES = ("role=table", "role=row", "role=cell")
SHEET = "<style>.t{display:table} .r, .q{display:table-row} .c{display:table-cell}</style>"


@pytest.mark.parametrize("beside", ["", HIDDEN, COMMENTED])
@pytest.mark.parametrize("parts", [STYLED, NAMED, ROLES, ("class=x", "class=y", "class=z")])
def test_the_organs_error_in_a_drawn_table_is_the_organs(parts, beside):
    sheet = SHEET if parts is NAMED else ""
    (record,) = extract(page(sheet + drawn(WRONG, parts) + beside), name="page.html")
    assert record.verdict == "inconsistent"
    (record,) = extract(page(sheet + drawn(FIGURES, parts) + beside), name="page.html")
    assert record.verdict == "verified"
