"""Rows made of the lines of a text: blank cells as empty lines, broken labels, tabs in <pre>, several reports."""

from __future__ import annotations

import pytest

from demo.figures import balanced
from demo.layout import Td, expanded, layout
from reports import extract
from reports.forms import TABLES
from reports.tables.broken_labels import whole_labels
from tests.reports.tables.pages import HEADINGS, differences, page

FIGURES = balanced("rows of lines", requests=300)
NOUGHTS = [code for code, value in FIGURES.values.items() if value == 0 and not code.startswith("proactive")]
BLANKED = FIGURES.blanked(*NOUGHTS[::3], "proactive_regulations_repealed")


def report(figures, lines_of, organ="青山县民政局", rows=layout):
    lines = [f"{organ}2023年政府信息公开工作年度报告", "一、总体情况", "本机关按照要求做好各项工作。"]
    for table in TABLES:
        lines += [HEADINGS[table], *(line for row in rows(table, figures) for line in lines_of(row))]
    return [*lines, "五、存在的主要问题及改进情况", "仍需努力。"]


def cells(row):
    return [cell.text for cell in row]


def read_one(lines, **wrap):
    text = "\n".join(lines)
    source = page(f"<pre>{text}</pre>") if wrap.get("pre") else text.encode()
    (record,) = extract(source, name="report")
    return record


@pytest.mark.parametrize("pre", [False, True])
@pytest.mark.parametrize("gap", [[], [""]])
def test_empty_lines_are_blank_cells_where_they_make_the_rows_equally_long(gap, pre):
    lines = report(BLANKED, cells)
    places = [place for place, line in enumerate(lines) if line in HEADINGS.values()]
    for place in reversed(places):
        lines[place:place] = gap
    record = read_one(lines, pre=pre)
    assert (differences(record, BLANKED), record.verdict) == ([], "verified")


def test_blank_cells_that_end_with_a_bar_are_kept():
    record = read_one(report(BLANKED, lambda row: [f"{text} |" for text in cells(row)]))
    assert (differences(record, BLANKED), record.verdict) == ([], "verified")


def test_an_empty_line_after_every_row_is_no_cell():
    lines = report(FIGURES, lambda row: [*cells(row), ""])
    record = read_one(lines)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize("empty", ["applications_new_received_total", "proactive_licence_decisions"])
def test_a_lost_blank_among_spacing_is_never_a_wrong_figure(empty):
    figures = FIGURES.blanked(empty)
    record = read_one(report(figures, lambda row: [text for text in cells(row) if text] + [""]))
    assert record.verdict != "verified"
    assert not [each for each in differences(record, figures) if each[2] != "absent"]


@pytest.mark.parametrize("unmerged", [False, True])
def test_tabs_in_pre_part_cells(unmerged):
    def rows(table, figures):
        if not unmerged:
            return layout(table, figures)
        return [[cell if first else Td("") for cell, first in row] for row in expanded(layout(table, figures))]

    record = read_one(report(BLANKED, lambda row: ["\t".join(cells(row))], rows=rows), pre=True)
    assert (differences(record, BLANKED), record.verdict) == ([], "verified")


def test_rows_typed_with_unfoldable_spaces():
    lines = report(FIGURES, lambda row: ["&nbsp; &nbsp; ".join(cells(row))])
    (record,) = extract(page("".join(f"<p>&nbsp;&nbsp;{line}</p>" for line in lines)), name="report")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def broken(where, parting):
    def lines_of(row):
        labels = [cell.text.replace("\n", "") for cell in row if not cell.code]
        values = [cell.text for cell in row if cell.code]
        if not values:
            return [parting.join(labels)]
        label = labels[-1] if labels else ""
        pieces = [label[at : at + 7] for at in range(0, len(label), 7)] or [""]
        at = 0 if where == "first" else -1
        pieces[at] = parting.join([pieces[at], *values]).strip()
        return [*labels[:-1], *pieces]

    return lines_of


@pytest.mark.parametrize("parting", [" ", "   ", "\t"])
@pytest.mark.parametrize("where", ["first", "last"])
def test_a_label_broken_over_lines_is_put_together(where, parting):
    record = read_one(report(FIGURES, broken(where, parting)))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_pieces_that_are_no_label_together_stay_apart():
    rows = [
        [("一、本年新收", None), ("3", None)],
        [("某项说明", None)],
        [("（二）部分", None)],
        [("其他", None), ("4", None)],
    ]
    assert whole_labels(rows) == rows


@pytest.mark.parametrize("parting", ["、", "；"])
def test_rows_parted_by_marks_without_a_colon(parting):
    record = read_one(report(FIGURES, lambda row: [parting.join(cells(row))]))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_spaces_between_letters_are_no_cells():
    spread = {"规章": "规 章", "行政许可": "行 政 许 可", "信息内容": "信 息 内 容", "总计": "总 计"}
    lines = report(FIGURES, lambda row: [" ".join(spread.get(text, text) for text in cells(row))])
    record = read_one(lines)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize("parting", [" ", "\t", "\n"])
def test_two_reports_in_one_text_are_two_records(parting):
    other = balanced("the other report", requests=80)
    lines = [*report(FIGURES, lambda row: parting.join(cells(row)).split("\n")), ""]
    lines += report(other, lambda row: parting.join(cells(row)).split("\n"), "临水县司法局")
    first, second = extract("\n".join(lines).encode(), name="report")
    assert (first.organ, second.organ) == ("青山县民政局", "临水县司法局")
    assert (differences(first, FIGURES), first.verdict) == ([], "verified")
    assert (differences(second, other), second.verdict) == ([], "verified")


def test_cells_between_lines_of_a_tab():
    def lines_of(row):
        return [line for place, text in enumerate(cells(row)) for line in (["\t"] if place else []) + [text]]

    record = read_one(report(BLANKED, lines_of))
    assert (differences(record, BLANKED), record.verdict) == ([], "verified")


@pytest.mark.parametrize("line", ["行政强制 1,080,755", "行政强制,1,080,755"])
def test_a_comma_of_thousands_parts_no_figures(line):
    lines = report(FIGURES, lambda row: [" ".join(cells(row))])
    place = next(place for place, text in enumerate(lines) if text.startswith("行政强制"))
    lines[place] = line
    record = read_one(lines)
    assert (record.proactive or {}).get("coercion_decisions", 1080755) == 1080755
