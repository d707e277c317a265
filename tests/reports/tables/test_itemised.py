"""Table 2 on its side, and as a list with one figure a line."""

from dataclasses import replace

import pytest

from demo.figures import balanced
from demo.layout import Td, expanded
from reports import extract
from tests.reports.tables.pages import body, differences, page

FIGURES = {form: balanced("items", proactive=form, applications=form, requests=300) for form in ("2019", "2021")}


def blocks_of(rows):
    """The blocks below each 第二十条第…项: their headings and their rows."""
    blocks = []
    for row in rows:
        if len(row) == 1:
            blocks.append([])
        else:
            blocks[-1].append(row)
    return [(heads[1:], rows) for heads, *rows in blocks]


def itemised(table, rows, line):
    if table != "proactive":
        return [rows]
    listed = [[Td("项目"), Td("指标"), Td("数量")]]
    for heads, kinds in blocks_of(rows):
        for kind, *values in kinds:
            for place, (head, value) in enumerate(zip(heads, values, strict=True)):
                listed.append(line(kind.text, head.text, Td(value.text), place, len(values)))
    return [listed]


def in_one(kind, head, value, place, count):
    return [Td(f"{kind}{head}", colspan=2), value]


def in_two(kind, head, value, place, count):
    return [*([Td(kind, rowspan=count)] if place == 0 else []), Td(head), value]


def kind_repeated(kind, head, value, place, count):
    return [Td(kind), Td(head), value]


@pytest.mark.parametrize("generation", ["2019", "2021"])
@pytest.mark.parametrize("line", [in_one, in_two, kind_repeated])
def test_a_list_of_figures(generation, line):
    figures = FIGURES[generation]
    content = body(figures, lambda table, rows: itemised(table, rows, line))
    (record,) = extract(page(content), name="page.html")
    assert (differences(record, figures), record.verdict) == ([], "verified")
    assert len({cell.position for cell in record.cells if cell.table == "proactive"}) == len(record.proactive)


@pytest.mark.parametrize("nothing", ["", "/"])
def test_a_list_with_a_figure_left_blank(nothing):
    values = {**FIGURES["2021"].values, "proactive_regulations_repealed": None}
    figures = replace(FIGURES["2021"], values=values)

    def line(kind, head, value, place, count):
        return in_two(kind, head, value if value.text else Td(nothing), place, count)

    (record,) = extract(page(body(figures, lambda table, rows: itemised(table, rows, line))), name="page.html")
    assert (differences(record, figures), record.verdict) == ([], "verified")


def turned(rows):
    lines = zip(*expanded(rows), strict=True)
    return [[Td(cell.text, cell.colspan, cell.rowspan, cell.code) for cell, first in line if first] for line in lines]


@pytest.mark.parametrize("generation", ["2019", "2021"])
@pytest.mark.parametrize("whole", [True, False])
def test_table_2_on_its_side(generation, whole):
    figures = FIGURES[generation]

    def bend(table, rows):
        if table != "proactive":
            return [rows]
        return [turned(rows)] if whole else [turned([heads, *kinds]) for heads, kinds in with_heads(rows)]

    (record,) = extract(page(body(figures, bend)), name="page.html")
    assert (differences(record, figures), record.verdict) == ([], "verified")


def with_heads(rows):
    return [([Td("信息内容"), *heads], kinds) for heads, kinds in blocks_of(rows)]


def test_a_column_for_every_figure_of_any_kind():
    figures = FIGURES["2021"]

    def bend(table, rows):
        if table != "proactive":
            return [rows]
        blocks = blocks_of(rows)
        named = list(dict.fromkeys(head.text for heads, _ in blocks for head in heads))
        lines = [[Td("信息内容"), *map(Td, named)]]
        for heads, kinds in blocks:
            for kind, *values in kinds:
                told = dict(zip((head.text for head in heads), values, strict=True))
                lines.append([Td(kind.text), *(Td(told[name].text) if name in told else Td("/") for name in named)])
        return [lines]

    (record,) = extract(page(body(figures, bend)), name="page.html")
    assert (differences(record, figures), record.verdict) == ([], "verified")


def test_a_further_line_of_a_list_is_told():
    figures = FIGURES["2021"]

    def bend(table, rows):
        further = [[Td("行政确认", colspan=2), Td("12")]] if table == "proactive" else []
        return [itemised(table, rows, in_one)[0] + further]

    (record,) = extract(page(body(figures, bend)), name="page.html")
    assert differences(record, figures) == []
    assert any("行政确认" in problem.message for problem in record.problems)
