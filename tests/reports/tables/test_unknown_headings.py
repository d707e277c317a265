"""Table 3 under headings that are no names of the form: the form's order is then no more than a guess.

The sums cannot tell two kinds of organisations from each other.
"""

import pytest

from demo.figures import balanced
from tests.reports.tables.test_crowded import APPLICANTS, lines, row
from tests.reports.tables.test_other_shapes import read_one
from tests.reports.tables.test_parts_as_text import without

FIGURES = balanced("parts as text", requests=700)
SWAPPED = [APPLICANTS[place] for place in (0, 2, 1, 3, 4, 5, 6)]
NAMED = "、".join(SWAPPED)


def drawn(head="", parting=None):
    rows = [(label, [values[place] for place in (0, 2, 1, 3, 4, 5, 6)]) for label, values in lines(FIGURES)]
    cells = (row(label, *values) if parting is None else row(label, parting.join(values)) for label, values in rows)
    return f"<table>{head}{''.join(cells)}</table>"


HEADINGS = {
    "a line": (f"<p>各列依次为：{NAMED}</p>", ""),
    "a sentence": (f"<p>下列各列依次为{NAMED}。</p>", ""),
    "a sentence with a year": (f"<p>2023年全年数据如下。各列从左到右为{NAMED}。</p>", ""),
    "a cell": ("", f"<tr><td>申请人情况</td><td colspan=7>依次为{NAMED}</td></tr>"),
    "a cell over all": ("", f"<tr><td colspan=8>（{NAMED}）</td></tr>"),
    "another language": ("", row("", "Person", "Research", "Business", "Social", "Legal", "Other", "Total")),
    "pictures": ("", row("", *["<img src=1.png>"] * 7)),
}


@pytest.mark.parametrize("heading", HEADINGS)
def test_columns_named_in_other_words_are_not_verified(heading):
    above, head = HEADINGS[heading]
    record = read_one(without("applications", above + drawn(head)))
    assert record.verdict == "incomplete"
    assert "columns-ambiguous" in {problem.code for problem in record.problems}


@pytest.mark.parametrize("parting", [" ", "、", "/"])
@pytest.mark.parametrize("heading", ["", f"<tr><td>申请人情况</td><td>依次为{NAMED}</td></tr>"])
def test_figures_in_one_cell_need_the_names_of_the_columns(heading, parting):
    assert read_one(without("applications", drawn(heading, parting))).verdict == "incomplete"


def test_names_in_another_order_in_one_cell_are_followed():
    record = read_one(without("applications", drawn(row("申请人情况", " ".join(SWAPPED)), " ")))
    assert record.verdict == "verified"
    assert record.applications is not None
    of_business = next(values for _, values in lines(FIGURES))[1]
    assert record.applications["new_received"]["business"] == int(of_business)
