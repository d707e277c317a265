"""Rows that are written out with marks of their own: in brackets, behind dots, heading by heading, total first."""

from __future__ import annotations

import pytest

from demo.figures import balanced
from demo.layout import layout
from reports import extract
from reports.forms import TABLES, form
from reports.tables.listed import written_out
from tests.reports.tables.pages import HEADINGS, differences, page

FIGURES = balanced("written out", requests=300)
APPLICANTS = [column["label"] for column in form("applications")["columns"]]
OUTCOMES = [column["label"] for column in form("review")["columns"]]


def report(figures, lines_of):
    lines = ["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况", "本机关按照要求做好各项工作。"]
    for table in TABLES:
        lines += [HEADINGS[table], *lines_of(table, layout(table, figures))]
    return [*lines, "五、存在的主要问题及改进情况", "仍需努力。"]


def read(lines, as_page):
    source = page("".join(f"<p>{line}</p>" for line in lines)) if as_page else "\n".join(lines).encode()
    (record,) = extract(source, name="report")
    return record


def is_figure(cell):
    return bool(cell.code)


def in_rows(write):
    def lines_of(_table, rows):
        lines = []
        for row in rows:
            labels = [cell.text for cell in row if not is_figure(cell)]
            figures = [cell.text for cell in row if is_figure(cell)]
            lines += [*labels[:-1], write("".join(labels[-1:]), figures)] if figures else [" ".join(labels)]
        return lines

    return lines_of


MARKS = {
    "brackets": lambda label, figures: f"{label}（{'；'.join(figures)}）",
    "corners": lambda label, figures: f"{label}【{'、'.join(figures)}】",
    "dots": lambda label, figures: f"{label}{'……' * bool(label)}{'、'.join(figures)}",
    "dashes": lambda label, figures: f"{label}{' —— ' * bool(label)}{'；'.join(figures)}",
    "below": lambda label, figures: f"{label}\n{'、'.join(figures)}".strip(),
}


@pytest.mark.parametrize("as_page", [False, True])
@pytest.mark.parametrize("marks", MARKS)
def test_a_row_between_marks(marks, as_page):
    lines = "\n".join(report(FIGURES, in_rows(MARKS[marks]))).split("\n")
    record = read(lines, as_page)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize("as_page", [False, True])
def test_an_organs_own_mistake_in_a_row_between_marks_stays_its_own(as_page):
    figures = FIGURES.planted("applications_handled_total_business", by=3)
    record = read(report(figures, in_rows(MARKS["brackets"])), as_page)
    assert (differences(record, figures), record.verdict) == ([], "inconsistent")


def heading_by_heading(table, rows):
    if table == "review":
        blocks, figures = form("review")["rows"], [cell.text for cell in rows[-1]]
        return [
            line
            for place, block in enumerate(blocks)
            for line in (block["label"], *_told(OUTCOMES, figures[5 * place : 5 * place + 5]))
        ]
    lines, headings = [], APPLICANTS
    for row in rows:
        labels = [cell.text for cell in row if not is_figure(cell)]
        figures = [cell.text for cell in row if is_figure(cell)]
        if table == "proactive" and not figures and len(labels) > 1:
            headings = labels[1:]
        elif figures:
            lines += [*labels, *_told(headings, figures)]
        elif len(labels) == 1:
            lines += labels
    return lines


def _told(headings, figures):
    return [f"{heading}：{figure}" for heading, figure in zip(headings, figures, strict=True)]


@pytest.mark.parametrize("as_page", [False, True])
def test_each_figure_behind_its_heading(as_page):
    figures = FIGURES.blanked("applications_granted_research", "applications_handled_total_research")
    record = read(report(FIGURES, heading_by_heading), as_page)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")
    assert differences(read(report(figures, heading_by_heading), as_page), figures) == []


def test_a_total_before_its_parts():
    assert written_out("（一）予以公开：3件（其中：自然人2件，其他1件）") == (
        *APPLICANTS, "（一）予以公开", "2件", "", "", "", "", "1件", "3件",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["（一）予以公开：3件（其中修订1件）", "规章（含修订）", "第二十条第（一）项", "规章（其中修订2件）", "1，234"],
)
def test_a_note_in_brackets_is_no_list(text):
    assert len(written_out(text)) in (0, 2)
