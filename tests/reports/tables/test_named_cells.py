"""Rows that name each figure beside it, and table 2 with all its figures in one row."""

import pytest

from demo.figures import balanced
from tests.reports.tables.pages import differences
from tests.reports.tables.test_crowded import APPLICANTS, lines, row
from tests.reports.tables.test_other_shapes import read_one
from tests.reports.tables.test_parts_as_text import BLOCKS, PARTS, PROACTIVE, without

FIGURES = balanced("parts as text", requests=700)
OUTCOMES = PARTS | {"total": "总计"}


@pytest.mark.parametrize("colon", [True, False])
def test_table_3(colon):
    drawn = ""
    for label, values in lines(FIGURES):
        pairs = list(zip(APPLICANTS, values, strict=True))
        drawn += row(label, *(f"{name}：{value}" for name, value in pairs)) if colon else row(label, *sum(pairs, ()))
    record = read_one(without("applications", f"<table>{drawn}</table>"))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize("colon", [True, False])
def test_table_4(colon):
    figures = FIGURES.table("review")
    drawn = ""
    for block, name in BLOCKS.items():
        pairs = [(label, str(figures[f"{block}_{key}"])) for key, label in OUTCOMES.items()]
        drawn += row(name, *(f"{label}:{value}" for label, value in pairs)) if colon else row(name, *sum(pairs, ()))
    record = read_one(without("review", f"<table>{drawn}</table>"))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_table_2_two_figures_a_row():
    figures = FIGURES.table("proactive")
    told = [f"{label}：{figures[key]}" for key, label in PROACTIVE.items()]
    drawn = "".join(row(*told[at : at + 2]) for at in range(0, len(told), 2))
    record = read_one(without("proactive", f"<table>{drawn}</table>"))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_table_2_across_under_headings_that_name_kind_and_figure():
    figures = FIGURES.table("proactive")
    drawn = row(*PROACTIVE.values()) + row(*(figures[key] for key in PROACTIVE))
    record = read_one(without("proactive", f"<table>{drawn}</table>"))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_table_2_across_under_two_rows_of_headings():
    figures = FIGURES.table("proactive")
    kinds = {"规章": 3, "行政规范性文件": 3, "行政许可": 1, "行政处罚": 1, "行政强制": 1, "行政事业性收费": 1}
    upper = "".join(f"<td colspan={count}>{kind}</td>" for kind, count in kinds.items())
    lower = row(*(next(label[len(kind) :] for kind in kinds if label.startswith(kind)) for label in PROACTIVE.values()))
    drawn = f"<tr>{upper}</tr>{lower}{row(*(figures[key] for key in PROACTIVE))}"
    record = read_one(without("proactive", f"<table>{drawn}</table>"))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_table_2_across_under_a_heading_over_two_figures_is_not_read():
    figures = FIGURES.table("proactive")
    first, *others = PROACTIVE.values()
    drawn = f"<tr><td colspan=2>{first}</td>{row(*others)[4:]}" + row(*(figures[key] for key in PROACTIVE), 7)
    assert read_one(without("proactive", f"<table>{drawn}</table>")).verdict == "incomplete"


def test_table_2_across_behind_a_word():
    figures = FIGURES.table("proactive")
    drawn = row("项目", *PROACTIVE.values()) + row("数量", *(figures[key] for key in PROACTIVE))
    record = read_one(without("proactive", f"<table>{drawn}</table>"))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_a_name_without_its_figure_is_not_read_by_order():
    rows = [(label, list(zip(APPLICANTS, values, strict=True))) for label, values in lines(FIGURES)]
    drawn = "".join(row(label, *sum(pairs, ())) for label, pairs in rows)
    first = row(rows[0][0], *sum(rows[0][1], ()))
    broken = drawn.replace(
        first, first.replace(f"<td>商业企业</td><td>{dict(rows[0][1])['商业企业']}</td>", "<td>商业企业</td>")
    )
    assert broken != drawn
    assert read_one(without("applications", f"<table>{broken}</table>")).verdict == "incomplete"
