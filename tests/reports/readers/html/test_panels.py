"""Sections of a report behind tabs are on the page; other years and copies behind them are not what it shows."""

from __future__ import annotations

import pytest

from demo.figures import balanced
from demo.layout import layout
from reports import extract
from reports.forms import TABLES
from tests.reports.tables.pages import HEADINGS, differences, page, table_html

FIGURES = balanced("behind tabs", requests=60)
OLD = balanced("behind tabs, the year before", requests=90)
SECTIONS = ("一、主动公开", "二、收到和处理申请", "三、复议、诉讼")
SHEET = "<style>.con{display:none} .con.on{display:block}</style>"


def tables_of(figures) -> list[str]:
    return [f"<p>{HEADINGS[table]}</p>{table_html(layout(table, figures))}" for table in TABLES]


def tabbed(names, panels, closed="style='display:none'") -> str:
    tabs = "".join(f"<li>{name}</li>" for name in names)
    shown, *others = panels
    drawn = f"<div class='con on'>{shown}</div>" + "".join(f"<div class='con' {closed}>{each}</div>" for each in others)
    return f"<p>一、总体情况</p><div class='tab'><ul>{tabs}</ul></div><div class='cons'>{drawn}</div>"


@pytest.mark.parametrize(("closed", "sheet"), [("style='display:none'", ""), ("hidden", ""), ("", SHEET)])
def test_the_sections_of_a_report_behind_tabs_are_read(closed, sheet):
    (record,) = extract(page(sheet + tabbed(SECTIONS, tables_of(FIGURES), closed)), name="page.html")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize(
    "names", [("2023年度", "2022年度"), ("本级申请诉讼", "全县"), ("2023年主动公开申请", "2022年主动公开申请")]
)
def test_of_tabs_for_years_or_organs_the_one_that_is_shown_counts(names):
    content = tabbed(names, ["".join(tables_of(FIGURES)), "".join(tables_of(OLD))])
    (record,) = extract(page(content), name="page.html")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_a_hidden_table_without_a_tab_is_not_read_for_the_one_that_is_a_picture():
    first, *others = tables_of(FIGURES)
    content = f"<p>一、总体情况</p>{first}<img src=a.png><div class=con style='display:none'>{''.join(others)}</div>"
    (record,) = extract(page(content), name="page.html")
    assert (record.applications, record.verdict) == (None, "incomplete")
