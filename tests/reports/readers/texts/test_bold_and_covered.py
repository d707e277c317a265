"""Texts that programs make of pages: bold cells of Markdown, and blank lines for what merged labels cover."""

from demo.figures import balanced
from demo.layout import expanded, layout
from reports.extract import extract
from reports.forms import TABLES
from tests.reports.tables.pages import HEADINGS, differences

FIGURES = balanced("bold-and-covered", requests=300)
TITLE = "青山县民政局2023年政府信息公开工作年度报告"


def text(draw):
    parts = [TITLE, "一、总体情况", "本机关按照要求做好各项工作。"]
    for table in TABLES:
        parts += [HEADINGS[table], "", draw(expanded(layout(table, FIGURES))), ""]
    return "\n".join([*parts, "五、存在的主要问题及改进情况", "仍需努力。"]).encode()


def test_bold_cells_of_markdown():
    def draw(lines):
        rows = [[f"**{cell.text}**" if first and cell.text else "" for cell, first in line] for line in lines]
        ruled = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
        return "\n".join("| " + " | ".join(row) + " |" for row in ruled)

    (record,) = extract(text(draw), name="report.md")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_blank_lines_for_what_merged_labels_cover_are_no_cells():
    def draw(lines):
        cells = []
        for line in lines:
            figures = [cell.text for cell, first in line if first and cell.code]
            blank = len(figures) == 7 and all(text == "0" for text in figures[1:6])
            labels = [cell.text for cell, first in line if first and not cell.code]
            covered = [""] * sum(not first and cell.rowspan > 1 for cell, first in line)
            values = [figures[0], *[""] * 5, figures[6]] if blank else figures
            cells += [*covered, *labels, *values]
        return "\n".join(cells)

    (record,) = extract(text(draw), name="report.txt")
    wrong = [each for each in differences(record, FIGURES) if (each[1], each[2]) != (0, None)]
    assert wrong == []
    assert sum(value is None for row in record.applications.values() for value in row.values()) > 20


def test_values_with_a_space_behind_each_comma():
    def draw(lines):
        return "\n".join(", ".join(cell.text if first else "" for cell, first in line) for line in lines)

    (record,) = extract(text(draw), name="report.csv")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")
