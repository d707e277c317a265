"""Rows whose cells one mark parts, so that each blank one leaves its mark."""

from __future__ import annotations

import random

import pytest

from demo.figures import balanced
from demo.layout import layout
from reports import extract
from reports.forms import TABLES
from reports.readers.texts.counted_blanks import names_columns
from tests.reports.readers.texts.test_on_paper import noughts
from tests.reports.tables.pages import HEADINGS, differences


def folded(text, size=9):
    return [text[at : at + size] for at in range(0, len(text), size)]


def report(figures, row_of):
    lines = ["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况", "本机关按照要求做好各项工作。"]
    for table in TABLES:
        lines.append(HEADINGS[table])
        for row in layout(table, figures):
            texts = [cell.text.replace("\n", "") for cell in row]
            lines += row_of(row) if table == "applications" else ["\t".join(texts)]
    return [*lines, "五、存在的主要问题及改进情况", "仍需努力。"]


def spaced(row):
    """As a program prints a table whose cells it joins with spaces: labels folded, headings a cell after the other."""
    labels = [cell.text.replace("\n", "") for cell in row if not cell.code]
    values = [cell.text for cell in row if cell.code]
    lines = [piece for label in labels for piece in folded(label)]
    return [*lines[:-1], " ".join([lines[-1], *values])] if values else lines


def read(lines):
    (record,) = extract("\n".join(lines).encode(), name="report.txt")
    return record


@pytest.mark.parametrize("share", [0.3, 1.0])
@pytest.mark.parametrize("generation", ["2019", "2021"])
def test_two_spaces_are_a_blank_cell(generation, share):
    figures = balanced("counted", proactive=generation, applications=generation, requests=60)
    figures = noughts(figures, random.Random(share), share)
    record = read(report(figures, spaced))
    assert differences(record, figures) == []
    assert record.verdict == "verified"


def test_a_row_of_other_width_leaves_all_of_them_in_doubt():
    figures = noughts(balanced("counted", requests=60), random.Random(1), 0.5)
    lines = report(figures, spaced)
    at = next(at for at, line in enumerate(lines) if "开 " in line and "  " in line)
    record = read([*lines[:at], lines[at].replace("  ", " ", 1), *lines[at + 1 :]])
    assert record.verdict != "verified"
    assert not [each for each in differences(record, figures) if each[2] not in ("absent", None)]


@pytest.mark.parametrize("spaces", [2, 3])
def test_spaces_that_part_all_figures_are_no_blank_cells(spaces):
    blank = ("business", "research", "social_organisation", "legal_service")[: spaces + 1]
    figures = balanced("apart", requests=60, persons_only=True).columns_blanked(*blank)

    def apart(row):
        *labels, last = [cell.text.replace("\n", "") for cell in row if not cell.code] or [""]
        values = [cell.text for cell in row if cell.code and cell.text]
        return [*labels, f"{last} {(' ' * spaces).join(values)}"] if values else [*labels, last]

    record = read(report(figures, apart))
    assert record.verdict == "incomplete"
    assert not [each for each in differences(record, figures) if each[2] != "absent"]


def test_slashes_around_blanks_are_no_dashes():
    figures = noughts(balanced("slashes", requests=60), random.Random(2), 0.5)

    def enclosed(row):
        labels = [cell.text.replace("\n", "") for cell in row if not cell.code]
        values = "/".join(cell.text for cell in row if cell.code)
        return [*labels[:-1], f"{labels[-1]}（{values}）"] if values else [" ".join(labels)]

    record = read(report(figures, enclosed))
    assert (differences(record, figures), record.verdict) == ([], "verified")


def test_a_total_without_parts_is_told_by_the_rows_that_have_some():
    figures = balanced("tallied", requests=60, persons_only=True)

    def tallied(row):
        labels = [cell.text.replace("\n", "") for cell in row if not cell.code]
        values = [cell.text for cell in row if cell.code]
        if not values:
            return []
        parts = f"（自然人{values[0]}件）" if values[0] != "0" else ""
        return [*labels[:-1], f"{labels[-1]}：{values[-1]}件{parts}"]

    record = read(report(figures, tallied))
    applications = record.applications or {}
    assert len(applications) == 25
    for key, row in applications.items():
        total = figures.values[f"applications_{key}_total"]
        assert (row["total"], row["natural_person"], row["business"]) == (total, total or None, None)


@pytest.mark.parametrize("word", ["NaN", "None", "（空）", "null", "N/A"])
def test_what_programs_write_for_an_empty_cell_is_no_figure(word):
    figures = noughts(balanced("written", requests=60), random.Random(word), 0.5)
    lines = report(figures, lambda row: [cell.text.replace("\n", "") or word for cell in row])
    record = read([cell for line in lines for cell in line.split("\t")])
    assert (differences(record, figures), record.verdict) == ([], "verified")


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        (["自", "然人", "法人或其他组织 总", "计商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"], True),
        (["申请人情况 申请人情况", "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"], True),
        (["自然人", "总计", "科研机构", "商业企业", "社会公益组织", "法律服务机构", "其他"], False),
        (["自然人 科研机构 商业企业 社会公益组织 法律服务机构 其他 总计"], False),
        (["自然人", "总计", "商业企业", "科研机构", "其他"], False),
    ],
)  # fmt: skip
def test_headings_are_named_cell_by_cell(lines, known):
    assert names_columns(lines) is known
