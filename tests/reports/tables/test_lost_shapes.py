"""Tables whose cells came down as lines, with bars, tabs, spaces or nothing between them, in text and on pages."""

import pytest

from demo.figures import balanced
from demo.layout import expanded, layout
from reports import extract
from reports.forms import TABLES
from tests.reports.tables.pages import HEADINGS, differences, page

STYLES = {
    "a cell a line": lambda rows: [cell.text for row in rows for cell in row],
    "a cell a line, empty lines between": lambda rows: [
        text for row in rows for cell in row for text in (cell.text, "")
    ],
    "bars": lambda rows: ["| " + " | ".join(cell.text for cell in row) + " |" for row in rows],
    "bars at the end": lambda rows: [" | ".join(cell.text for cell in row) + " |" for row in rows],
    "bars, unmerged": lambda rows: [
        "| " + " | ".join(cell.text if first else "" for cell, first in row) + " |" for row in expanded(rows)
    ],
    "tabs": lambda rows: ["\t".join(cell.text for cell in row) for row in rows],
    "tabs, unmerged": lambda rows: [
        "\t".join(cell.text if first else "" for cell, first in row) for row in expanded(rows)
    ],
    "two spaces": lambda rows: ["  ".join(cell.text for cell in row) for row in rows],
    "one space": lambda rows: [" ".join(cell.text for cell in row) for row in rows],
    "a barred cell a line": lambda rows: [cell.text + " |" for row in rows for cell in row],
    "a lone bar a row": lambda rows: [text for row in rows for text in ("|", *(cell.text + " |" for cell in row))],
}


def lines_of(figures, style):
    lines = ["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况", "本机关按照要求做好各项工作。"]
    for table in TABLES:
        lines += [HEADINGS[table], *style(layout(table, figures))]
    return [*lines, "五、存在的主要问题及改进情况", "仍需努力。"]


WRAPS = {
    "text": lambda lines: "\n".join(lines).encode(),
    "paragraphs": lambda lines: page("".join(f"<p>{line}</p>" for line in lines)),
    "breaks": lambda lines: page("<div>" + "<br>".join(lines) + "</div>"),
}


@pytest.mark.parametrize("generation", ["2019", "2021"])
@pytest.mark.parametrize("wrap", WRAPS)
@pytest.mark.parametrize("style", STYLES)
def test_every_figure_is_read(style, wrap, generation):
    figures = balanced(style, proactive=generation, applications=generation, requests=500)
    (record,) = extract(WRAPS[wrap](lines_of(figures, STYLES[style])), name="report")
    assert differences(record, figures) == []
    assert record.verdict == "verified", [problem.message for problem in record.problems]


def with_suits_first(rows):
    blocks, upper, lower, values = rows
    return [blocks[::-1], [*upper[5:], *upper[:5]], lower, [*values[5:], *values[:5]]]


def with_kinds_of_suits_swapped(rows):
    blocks, upper, lower, values = rows
    return [blocks, [*upper[:5], upper[6], upper[5]], lower, [*values[:5], *values[10:], *values[5:10]]]


@pytest.mark.parametrize("change", [with_suits_first, with_kinds_of_suits_swapped])
@pytest.mark.parametrize("wrap", WRAPS)
@pytest.mark.parametrize("style", STYLES)
def test_blocks_of_table_4_in_another_order_are_not_read_in_the_forms(style, wrap, change):
    figures = balanced("suits first", requests=500)
    lines = ["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况", "本机关按照要求做好各项工作。"]
    for table in TABLES:
        rows = layout(table, figures)
        lines += [HEADINGS[table], *STYLES[style](change(rows) if table == "review" else rows)]
    (record,) = extract(WRAPS[wrap]([*lines, "五、存在的主要问题及改进情况", "仍需努力。"]), name="report")
    wrong = [each for each in differences(record, figures) if each[2] != "absent"]
    assert wrong == [] or record.verdict == "incomplete"


@pytest.mark.parametrize("style", ["a cell a line", "one space", "two spaces"])
@pytest.mark.parametrize(
    "code", ["applications_granted_business", "review_review_other", "proactive_regulations_repealed"]
)
def test_a_lost_blank_is_never_verified(style, code):
    figures = balanced("blank", requests=500).blanked(code)
    lines = [line for line in lines_of(figures, STYLES[style]) if line]
    (record,) = extract("\n".join(lines).encode(), name="report.txt")
    assert record.verdict != "verified"
    assert not [each for each in differences(record, figures) if each[2] != "absent"]


@pytest.mark.parametrize("style", ["bars", "bars at the end", "tabs", "two spaces", "one space", "a cell a line"])
@pytest.mark.parametrize(
    "label", ["规章", "行政规范性文件", "一、本年新收政府信息公开申请数量", "4.无正当理由大量反复申请", "（七）总计"]
)
def test_a_row_one_cell_short_is_never_verified(style, label):
    figures = balanced("short", requests=500)
    for lost in (1, 2, -1):
        lines = ["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况", "本机关按照要求做好各项工作。"]
        for table in TABLES:
            rows = layout(table, figures)
            for row in rows:
                at = next((place for place, cell in enumerate(row) if cell.text == label), None)
                if at is not None:
                    del row[at + lost if lost > 0 else lost]
            lines += [HEADINGS[table], *STYLES[style](rows)]
        (record,) = extract("\n".join(lines).encode(), name="report.txt")
        assert record.verdict != "verified"


@pytest.mark.parametrize("wrap", WRAPS)
def test_tabs_keep_blanks_while_the_small_blocks_come_as_lines(wrap):
    blank = [f"applications_{row}_business" for row in ("new_received", "granted", "handled_total", "carried_forward")]
    figures = balanced("tabs", requests=500).blanked(*blank) if wrap == "text" else balanced("tabs", requests=500)
    lines = lines_of(figures, STYLES["tabs"])
    (record,) = extract(WRAPS[wrap](lines), name="report.txt" if wrap == "text" else "report")
    assert differences(record, figures) == []


@pytest.mark.parametrize("style", ["a cell a line", "a barred cell a line", "tabs", "bars"])
def test_sections_are_found_among_the_lines_of_tables(style):
    lines = lines_of(balanced("sections", requests=500), STYLES[style])
    (record,) = extract("\n".join(lines).encode(), name="report.txt")
    assert [section.number for section in record.sections] == ["一", "二", "三", "四", "五"]


@pytest.mark.parametrize("style", ["bars", "tabs"])
def test_a_row_one_cell_long_whose_last_cell_is_blank_is_never_verified(style):
    figures = balanced("long", requests=500).blanked("proactive_regulations_in_force")
    lines = ["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况", "本机关按照要求做好各项工作。"]
    for table in TABLES:
        rows = layout(table, figures)
        for row in rows:
            if row[0].text == "规章":
                row.insert(1, row[1])
        lines += [HEADINGS[table], *STYLES[style](rows)]
    (record,) = extract("\n".join(lines).encode(), name="report.txt")
    assert record.verdict != "verified"
