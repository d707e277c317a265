"""Rows of a sheet saved as text whose headings are broken in their cells, and rows ruled off by dashes."""

from __future__ import annotations

import csv
import io
import time

import pytest

from demo.figures import balanced
from demo.layout import Td, expanded, layout
from reports import extract
from reports.forms import TABLES
from reports.readers.texts.quoted import whole_rows
from tests.reports.tables.pages import HEADINGS, differences

FIGURES = balanced("quoted rows", requests=1_500)


def broken(text):
    return f"{text[:2]}\n{text[2:]}" if len(text) in (4, 6) else text


def saved(figures, parting):
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=parting, lineterminator="\n")
    for table in TABLES:
        lines.write(HEADINGS[table] + "\n")
        for row in expanded(layout(table, figures)):
            writer.writerow(
                [broken(cell.text) if first and not cell.code else cell.text * first for cell, first in row]
            )
    return f"青山县民政局2023年政府信息公开工作年度报告\n一、总体情况\n{lines.getvalue()}五、存在的主要问题及改进情况\n"


@pytest.mark.parametrize("parting", ["\t", ","])
def test_headings_broken_in_their_cells(parting):
    (record,) = extract(saved(FIGURES, parting).encode(), name="report.txt")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (['a\t"b', 'c"\t1'], ["a\tb c\t1"]),
        (['a,"b', 'c",1'], ['a,"b c",1']),
        (['"1,234"\t5'], ["1,234\t5"]),
        (['"三安全', "没有下文"], ['"三安全', "没有下文"]),
        (['他说"好', '的"。'], ['他说"好', '的"。']),
        (['"自然', '人"'], ['"自然', '人"']),
    ],
)
def test_a_quote_runs_to_the_one_that_closes_it(lines, whole):
    assert whole_rows(lines) == whole


@pytest.mark.parametrize("line", ['\t"' + "字" * 50, '字"\t"字' + "字" * 40, '"' * 60])
def test_quotes_that_nothing_closes_take_no_time(line):
    lines = [line] * 50_000
    begun = time.process_time()
    whole_rows(lines)
    assert time.process_time() - begun < 3


@pytest.mark.parametrize("rule", ["-" * 40, "=" * 30, "─" * 30, "----  ------  ----"])
def test_lines_of_dashes_rule_rows_off(rule):
    lines = ["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况"]
    for table in TABLES:
        lines += [HEADINGS[table], rule]
        for row in layout(table, FIGURES):
            lines += ["  ".join((cell if isinstance(cell, Td) else cell[0]).text for cell in row), rule]
    (record,) = extract("\n".join(lines).encode(), name="report.txt")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('规章,="12",="0"', "规章,12,0"),
        ('规章,"=""12""","=""0"""', "规章,12,0"),
        ('"规章";"=""1,234"""', '"规章";"1,234"'),
        ('规章\t="12"\t="3"', "规章\t12\t3"),
        ('a="12" b', 'a="12" b'),
    ],
)
def test_numbers_that_a_program_forces_to_be_texts(line, shown):
    assert whole_rows([line]) == [shown]
