"""Tables of a text between bars, without a rule between the rows: as terminals, wikis and Markdown print them."""

from __future__ import annotations

import pytest

from demo.figures import balanced
from demo.layout import Layout, layout
from reports import extract
from reports.forms import TABLES
from reports.readers.texts.folded import unfolded
from tests.gold.lines import framed
from tests.reports.tables.pages import HEADINGS, differences


def read(figures, print_):
    lines = ["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况", "本机关按照要求做好各项工作。"]
    for table in TABLES:
        lines += [HEADINGS[table], *print_(layout(table, figures))]
    lines += ["五、存在的主要问题及改进情况", "仍需努力。"]
    (record,) = extract("\n".join(lines).encode(), name="report.txt")
    return record


@pytest.mark.parametrize("signs", ["+-|", "┼─│", "╬═║"])
@pytest.mark.parametrize("narrow", [80, 16])
@pytest.mark.parametrize("generation", ["2019", "2021"])
def test_each_line_of_a_frame_without_rules_is_a_row(signs, narrow, generation):
    figures = balanced("framed", proactive=generation, applications=generation, requests=300)
    record = read(figures, lambda rows: framed(rows, signs, narrow))
    assert (differences(record, figures), record.verdict) == ([], "verified")


@pytest.mark.parametrize("code", ["applications_granted_business", "proactive_licence_decisions"])
@pytest.mark.parametrize("narrow", [80, 16])
def test_a_blank_cell_of_a_frame_stays_blank(code, narrow):
    figures = balanced("framed blank", requests=300).blanked(code)
    record = read(figures, lambda rows: framed(rows, "+-|", narrow))
    assert differences(record, figures) == []


def as_markdown(rows: Layout) -> list[str]:
    """A converter's rows: blanks for the further columns of a cell, nothing for its further rows."""
    lines = ["|  |  |  |", "| --- | --- | --- |"]
    for row in rows:
        lines.append("| " + " | ".join(cell.text + " |" * (cell.colspan - 1) for cell in row) + " |")
    return lines


def test_blanks_behind_a_label_that_reaches_over_columns_are_no_figures():
    figures = balanced("markdown", requests=300)
    record = read(figures, as_markdown)
    assert (differences(record, figures), record.verdict) == ([], "verified")


def as_wiki(rows: Layout) -> list[str]:
    first, *others = ([cell.text for cell in row] for row in rows)
    return ["|| " + " || ".join(first) + " ||", *("| " + " | ".join(row) + " |" for row in others)]


def test_the_doubled_bars_of_a_wikis_header_are_bars():
    figures = balanced("wiki", requests=300)
    record = read(figures, as_wiki)
    assert (differences(record, figures), record.verdict) == ([], "verified")


def test_a_line_goes_on_with_the_one_above_only_where_that_fills_its_column():
    assert unfolded(["|公益性组|3|", "|织      | |"]) == ["|公益性组织|3|"]
    for kept in (["|公益|3|", "|织      | |"], ["|公益性组|3|", "|2.其他  | |"], ["|公益性组|3|", "|织      |4|"]):
        assert unfolded(["|社会公益组|1|", *kept]) == ["|社会公益组|1|", *kept]
