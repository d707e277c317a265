"""What a second reading may say, and what not: it is taken only where it says nothing that no sum would tell."""

from dataclasses import replace

import pytest

from demo.figures import balanced
from reports.document import Document
from reports.readers.html.page import read_html
from reports.tables.find import find_tables
from reports.tables.settle import settle
from tests.reports.tables.pages import body, page

RIGHT = balanced("second reading", requests=300)
TOTAL, PENALTIES = "applications_granted_total", "proactive_penalty_decisions"
WRONG = replace(RIGHT, values={**RIGHT.values, TOTAL: RIGHT.values[TOTAL] + 1})


def document(figures, printed=None) -> Document:
    """The page as read; ``printed``: what stands in the cell of fines in place of its figure."""
    marked = replace(figures, values={**figures.values, PENALTIES: 7654321})
    shown = str(figures.values[PENALTIES]) if printed is None else printed
    content = body(marked)
    assert content.count("7654321") == 1
    return read_html(page(content.replace("7654321", shown)))


def settled(first: Document, second: Document | None):
    (tables,) = find_tables(first)
    return settle(first, tables, 0, lambda _: second)


def test_the_reading_that_balances_is_taken():
    found = settled(document(WRONG), document(RIGHT))
    assert any(problem.code == "reading-chosen" for problem in found.problems)


@pytest.mark.parametrize(
    ("first", "second"),
    [("12", "13"), ("12", ""), ("\u202e21", "21"), ("1½", "")],
    ids=["another figure of table 2", "a blank there", "an order turned round", "a blank for what cannot be read"],
)
def test_not_where_it_says_otherwise_of_what_no_sum_covers(first, second):
    found = settled(document(WRONG, first), document(RIGHT, second))
    assert not any(problem.code == "reading-chosen" for problem in found.problems)
    assert not found.agreed


def test_an_organ_s_error_on_a_page_needs_a_second_reading_that_prints_it():
    assert settled(document(WRONG), document(WRONG)).agreed
    assert not settled(document(WRONG), None).agreed
