"""Headings of table 2 that the lines of a text cut: no figure goes to its neighbour, none changes its unit."""

from __future__ import annotations

import pytest

from demo.figures import balanced
from demo.layout import layout
from reports import extract
from reports.forms import TABLES
from reports.tables.proactive import unit_in
from tests.reports.tables.pages import HEADINGS, differences

FIGURES = balanced("cut headings", requests=200)
ISSUED = "本年制发件数"


def read(rewritten, figures=FIGURES):
    lines = ["青山县民政局2023年政府信息公开工作年度报告"]
    for table in TABLES:
        lines.append(HEADINGS[table])
        for row in layout(table, figures):
            lines += rewritten([cell.text for cell in row])
    (record,) = extract("\n".join(lines).encode(), name="report")
    return record


def placed(row):
    """Cells at the places of their columns: two for each letter of Chinese."""
    if len(row) > 4:
        return "\t".join(row)
    line = ""
    for place, text in zip((0, 24, 44, 64), row, strict=False):
        line += " " * (place - len(line) - sum(not letter.isascii() for letter in line)) + text
    return line


@pytest.mark.parametrize("at", [2, 3, 4, 5])
@pytest.mark.parametrize("joined", ["    ".join, " ".join, "\t".join, placed])
def test_a_heading_that_goes_on_in_the_next_line_gives_no_figure_to_its_neighbour(at, joined):
    def cut(row):
        if ISSUED not in row:
            return [joined(row)]
        return [joined([text.replace(ISSUED, ISSUED[:at]) for text in row]), placed(["", ISSUED[at:]])]

    record = read(cut)
    for key, value in (record.proactive or {}).items():
        assert value in (None, FIGURES.values[f"proactive_{key}"]), key
    assert record.verdict == ("verified" if joined is placed and at > 3 else record.verdict)


def test_a_piece_that_is_printed_behind_the_headings_beside_its_beginning_has_its_place():
    def cut(row):
        if ISSUED not in row:
            return row
        return [row[0], "本年制", *row[2:], "发件数"]

    record = read(cut)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize("at", [2, 3])
def test_a_piece_behind_the_other_headings_gives_no_figure_to_a_neighbour(at):
    def cut(row):
        if ISSUED not in row:
            return [" ".join(row)]
        rest = [text for text in row if text not in (ISSUED, row[0])]
        return [ISSUED[:at], " ".join([row[0], *rest]), ISSUED[at:]]

    record = read(cut)
    for key, value in (record.proactive or {}).items():
        assert value in (None, FIGURES.values[f"proactive_{key}"]), key
    assert record.verdict == "incomplete"


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("本年收费金额（单位：万元）", "万元"),
        ("本年收费金额（单位：元）", "元"),
        ("本年收费金额（单位：万\\元）", "?"),
        ("本年收费金额（单位：万信息内容元）", "?"),
        ("元）", "?"),
        ("采购总金额（元/万元）", "?"),
        ("元氏县", None),
        ("本年收费金额（单位：方元）", "?"),  # 万, misprinted
        ("采购总金额（单位：美元）", "?"),
        ("采购总金额（人民币元）", "元"),
    ],
)
def test_a_piece_of_a_unit_is_no_unit(heading, unit):
    assert unit_in(heading) == unit


def test_the_mark_with_which_markdown_breaks_a_cell_is_not_read():
    money = "本年收费金额（单位：万元）"
    edge = "+" + "-" * 20 + "+" + "-" * 30 + "+"

    def wide(text, places):
        return text + " " * (places - 2 * len(text))

    def drawn(row):
        if money not in row:
            return ["\t".join(row)]
        return [edge, f"| {wide('信息内容', 19)}| {'本年收费金额（单位：万' + chr(92):<18}|",
                f"| {wide('', 19)}| {wide('元）', 29)}|", edge]  # fmt: skip

    record = read(drawn)
    assert (record.proactive or {}).get("fees_10k_yuan") in (None, FIGURES.values["proactive_fees_10k_yuan"])
