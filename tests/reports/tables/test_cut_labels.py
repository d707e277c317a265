"""Labels that lines cut anywhere and run together, as programs print the narrow cells of a page."""

from __future__ import annotations

import time

import pytest

from demo.figures import balanced
from demo.layout import layout
from reports import extract
from reports.forms import TABLES
from reports.tables.cut_labels import whole
from tests.reports.tables.pages import HEADINGS, differences


def texts(*lines):
    return [text for text, _ in whole([(line, None) for line in lines])]


@pytest.mark.parametrize(
    ("lines", "labels"),
    [
        (["自然", "人", "总计商业企", "业", "其", "他"], ["自然人", "总计", "商业企业", "其他"]),
        (["结果维持 结果纠正 其他", "结果 尚未审结"], ["结果维持", "结果纠正", "其他结果", "尚未审结"]),
        (["（三）不予公", "开", "1.属于国家秘密"], ["（三）不予公开", "1.属于国家秘密"]),
        (["2.其他", "法律行政法规禁止公开"], ["2.其他法律行政法规禁止公开"]),
        (["本年收费金额（单", "位：万元）"], ["本年收费金额（单位：万元）"]),
        (["其他需要报告的事项 商业企", "业"], ["其他需要报告的事项 商业企", "业"]),
        (["商业企", "3", "业"], ["商业企", "3", "业"]),
    ],
)
def test_labels_are_found_letter_by_letter(lines, labels):
    assert texts(*lines) == labels


def folded(text, size):
    return [text[at : at + size] for at in range(0, len(text), size)]


@pytest.mark.parametrize("size", [3, 4, 6])
@pytest.mark.parametrize("generation", ["2019", "2021"])
def test_a_page_printed_cell_by_cell(size, generation):
    figures = balanced("cut labels", proactive=generation, applications=generation, requests=400)
    lines = ["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况", "本机关按照要求做好各项工作。"]
    for table in TABLES:
        lines.append(HEADINGS[table])
        for row in layout(table, figures):
            printed = [cell.text for cell in row if cell.code]
            for cell in row:
                lines += folded(cell.text, size) if not cell.code else []
            lines += [" ".join(printed)] if printed else []
    (record,) = extract("\n".join([*lines, "五、存在的主要问题及改进情况", "无。"]).encode(), name="report.txt")
    assert (differences(record, figures), record.verdict) == ([], "verified")


def test_many_cut_labels_take_little_time():
    lines = [(word, None) for word in ["其他结", "果", "总计商业企", "业", "不予公"] * 10_000]
    begun = time.process_time()
    whole(lines)
    whole([(word, None) for word in ["其他结", "果总计", "商业企", "业一、本年新收", "1"] * 10_000])
    assert time.process_time() - begun < 4
