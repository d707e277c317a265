"""A whole report in one line, its cells parted by one mark."""

from __future__ import annotations

import time

import pytest

from demo.figures import balanced
from demo.layout import layout
from reports import extract
from reports.forms import TABLES
from reports.readers.texts.run_on import cells_of
from tests.reports.tables.pages import HEADINGS, differences, page

PROSE = "本机关按照要求做好各项工作，" + "把公开贯穿于办理的全过程，" * 6 + "取得实效。"
FIGURES = balanced("run on", requests=300)


def cells():
    parts = ["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况", PROSE]
    for table in TABLES:
        parts += [HEADINGS[table], *(cell.text for row in layout(table, FIGURES) for cell in row)]
    return [*parts, "五、存在的主要问题及改进情况", "仍需努力。", "六、其他需要报告的事项", "无。"]


@pytest.mark.parametrize("parting", [" ", "|", " | ", "\t", "\u3000"])
def test_a_report_in_one_line_is_read_as_cells(parting):
    (record,) = extract(parting.join(cells()).encode(), name="report.txt")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")
    assert (record.organ, record.year) == ("青山县民政局", 2023)


def test_a_page_that_shows_it_in_one_paragraph_is_read_too():
    text = " ".join(cells())
    (record,) = extract(page(f"<p>{text}</p>"), name="page.html")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_a_long_sentence_with_figures_is_no_table():
    sentence = "全年收到申请 12 件，予以公开 3 件，部分公开 2 件，属于国家秘密 0 件，行政许可 5 件。" * 12
    assert cells_of(sentence) == []


def test_endless_lines_take_no_time():
    begin = time.process_time()
    for line in ("自然人 1 " * 20_000, "| " * 60_000, "规章|0|" * 12_000, "\u3000" * 100_000):
        cells_of(line)
    assert time.process_time() - begin < 2
