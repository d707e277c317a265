"""Tables recalled from a page laid out alike are what reading them row by row gives, whatever their figures are."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demo.figures import balanced
from demo.layout import layout
from reports import readers
from reports.forms import TABLES
from reports.tables import recalled
from reports.tables.recalled import UnlikeError, is_figure, recall, shape_of
from reports.tables.walk import Walk
from tests.gold.score import sample
from tests.gold.styles import STYLES
from tests.reports.tables.pages import body, page, table_html

FIGURES = balanced("recalled", requests=40)
PRINTED = re.compile(r"(?<=>)\d+(?=<)")  # the figure of a cell
ODD = ["0", "7", "7", "2023", "2019", "100000", "007", "1,024", "3.5", "12345678901234", "", "-", "5件", "２０"]


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    monkeypatch.setattr(recalled, "_known", {})


def chosen(source):
    (document,) = readers.read(source, name="page.html")
    return document, {id(grid) for grid in document.grids if not grid.hidden and not grid.layout}


def rows_read(source):
    """What reading row by row gives."""
    return Walk(*chosen(source), places=False).run()


def is_recalled(source):
    """Whether all tables of a page are alike some that were read."""
    try:
        return len(recalled._Recalling(*chosen(source), places=False).run()) > 0
    except UnlikeError:
        return False


def with_figures(markup, figures):
    """The markup with other figures in its cells, in their order."""
    new = iter(figures)
    return PRINTED.sub(lambda old: next(new, old[0]), markup)


def test_the_next_page_of_the_same_layout_is_recalled():
    first, second = (
        page(body(FIGURES)),
        page(body(balanced("another", requests=77)), "白水县水务局2023年政府信息公开年度报告"),
    )
    assert not is_recalled(second)
    assert recall(*chosen(first)) == rows_read(first)
    assert is_recalled(second)
    assert recall(*chosen(second)) == rows_read(second)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(ODD) | st.integers(0, 99999).map(str), min_size=226, max_size=226))
def test_any_figures_are_read_as_row_by_row(figures):
    recall(*chosen(page(body(FIGURES))))
    changed = page(with_figures(body(FIGURES), figures))
    for _ in range(2):  # the second time what the first kept
        assert recall(*chosen(changed)) == rows_read(changed)


@pytest.mark.parametrize(
    "bent",
    [
        lambda rows: [rows, rows],  # the table twice, with the same figures
        lambda rows: [rows[:5], rows[5:]],  # cut
        lambda rows: [[*rows, rows[-1]]],  # the last row twice
        lambda rows: [rows[:-1]],
        lambda rows: [[row[:-1] for row in rows]],
    ],
)
@pytest.mark.parametrize("table", TABLES)
def test_bent_tables_are_read_as_row_by_row(table, bent):
    for source in (
        page(body(FIGURES)),
        page(body(FIGURES, lambda each, rows: bent(rows) if each == table else [rows])),
    ):
        for changed in (source, page(with_figures(source.decode(), map(str, range(1, 300))))):
            assert recall(*chosen(changed)) == rows_read(changed)


def test_two_rows_with_the_same_figures_do_not_stand_for_two_that_differ():
    twice = body(FIGURES, lambda table, rows: [[*rows, rows[-1]]] if table == "applications" else [rows])
    recall(*chosen(page(twice)))
    assert not is_recalled(page(twice))


def test_numbers_that_may_be_years_are_words():
    assert is_figure("1999") and is_figure("20") and is_figure("20230")
    assert not is_figure("2023") and not is_figure("０") and not is_figure("007") and not is_figure("20.")
    recall(*chosen(page(body(FIGURES))))
    count = len(PRINTED.findall(body(FIGURES)))
    years = page(with_figures(body(FIGURES), ["2022", "2023"] * count))
    assert not is_recalled(years)
    assert recall(*chosen(years)) == rows_read(years)
    assert not is_recalled(years)  # nothing was kept of them


def test_money_is_doubted_as_much_as_ever():
    said = table_html(layout("proactive", FIGURES))
    fees = with_figures(said, ["9"] * 40)
    recall(*chosen(page(fees)))
    much = page(with_figures(said, ["9"] * (len(PRINTED.findall(said)) - 1) + ["100001"]))
    assert is_recalled(much)
    assert recall(*chosen(much)) == rows_read(much)


def test_what_a_line_above_says_is_a_part_of_the_layout():
    plain = page(body(FIGURES))
    recall(*chosen(plain))
    in_yuan = page(body(FIGURES).replace("<table>", "<p>单位：元</p><table>", 1))
    assert not is_recalled(in_yuan)
    assert recall(*chosen(in_yuan)) == rows_read(in_yuan)
    assert is_recalled(plain) and is_recalled(in_yuan)


def test_what_is_kept_is_bounded(monkeypatch):
    monkeypatch.setattr(recalled, "MOST_KEPT", 4)
    for number in range(6):
        recall(*chosen(page(body(FIGURES).replace("自然人", "自然人" + "（个）" * number))))
    assert len(recalled._known) == 4


def test_grids_whose_cells_were_inferred_have_no_shape():
    (document,) = readers.read("\n".join(["| 自然人 | 1 |", "| 总计 | 1 |"] * 8).encode(), name="page.txt")
    assert [shape_of(grid) for grid in document.grids if not grid.ruled] == [None] * sum(1 for _ in document.grids)


@pytest.mark.parametrize(
    "style", [style for style in STYLES if style.name.startswith("html-")][::3], ids=lambda each: each.name
)
def test_documents_of_one_style_after_each_other(style):
    for number in random.Random(style.name).sample(range(50), 3):
        made = sample(style, number)
        for document in readers.read(made.body, name=made.name, content_type=made.content_type):
            grids = {id(grid) for grid in document.grids if not grid.hidden and not grid.layout}
            assert recall(document, grids) == Walk(document, grids, places=False).run()
