"""Articles that stand as a string in a script, and are shown by it."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from html import escape

import pytest

from demo.figures import balanced
from reports import extract
from reports.readers.html.scripted import scripted
from reports.record import Record
from tests.reports.tables.pages import body, differences

TITLE = "青山县民政局2023年政府信息公开工作年度报告"
FIGURES = balanced(11)


def read(script: str, shown: str = "<div id=app></div>") -> Record:
    (record,) = extract(f"<html><body>{shown}{script}</body></html>".encode(), name="page.html")
    return record


def configured(content: str, *, ascii_only: bool = False) -> str:
    held = {"id": 7, "title": TITLE, "publishTime": "2024-01-19 10:00:00", "content": content}
    written = json.dumps(held, ensure_ascii=ascii_only).replace("</", "<\\/")
    return f"<script>window._CONFIG = {{SID: '7', DETAIL: {written}}};</script>"


@pytest.mark.parametrize("ascii_only", [False, True])
def test_an_article_in_a_script_is_read(ascii_only: bool) -> None:
    record = read(configured(body(FIGURES), ascii_only=ascii_only))
    assert (record.title, record.published, record.verdict) == (TITLE, "2024-01-19", "verified")
    assert differences(record, FIGURES) == []


def test_its_tables_may_be_drawn() -> None:
    drawn = body(FIGURES)
    for tag, kind in (("table", "table"), ("tr", "table-row"), ("td", "table-cell")):
        drawn = drawn.replace(f"<{tag}", f"<div style='display:{kind}'").replace(f"</{tag}>", "</div>")
    record = read(configured(drawn))
    assert record.applications is not None and record.proactive is not None


def test_a_narrative_in_a_script_is_read_where_the_page_shows_none() -> None:
    told = f"<h1>{TITLE}</h1><p>一、总体情况</p><p>{'本局主动公开政府信息。' * 60}</p>"
    assert read(configured(told)).sections
    shown = f"<h1>{TITLE}</h1><p>一、概述</p><p>{'全年公开各类信息。' * 60}</p>"
    assert [section.title for section in read(configured(told), shown).sections] == ["概述"]


def test_a_template_is_no_article() -> None:
    template = f"<script type='text/template'>{body(FIGURES)}</script>"
    assert read(template, f"<h1>{TITLE}</h1>").applications is None


def test_a_page_that_shows_figures_needs_no_script() -> None:
    record = read(configured(body(balanced(12))), f"<h1>{TITLE}</h1>{body(FIGURES)}")
    assert differences(record, FIGURES) == []


@pytest.mark.parametrize(("alone", "around"), [('"', "'"), ("'", '"')])
def test_a_quote_left_open_opens_no_string(alone: str, around: str) -> None:
    held = body(FIGURES).replace('"', "").replace("'", "").replace("\n", "").replace("</", "<\\/")
    record = read(f"<script>wide = /{alone}/.test(name); page = {around}{held}{around};</script>")
    assert differences(record, FIGURES) == []


@pytest.mark.parametrize("piece", ['\\"', "\\'", "\\\"\\'"])
def test_a_script_of_quotes_left_open_is_read_in_one_pass(piece: str) -> None:
    before = time.process_time()
    scripted(['"' + piece * (2_000_000 // len(piece))], narrative=True)
    assert time.process_time() - before < 1


@pytest.mark.parametrize("wrong", [0, 1])
def test_a_page_in_a_frame_that_holds_its_markup(wrong):
    total = "applications_new_received_total"
    figures = replace(FIGURES, values={**FIGURES.values, total: FIGURES.values[total] + wrong})
    held = escape(f"<h1>{TITLE}</h1>{body(figures)}")
    record = read("", shown=f'<p>首页</p><iframe srcdoc="{held}"></iframe>')
    assert (differences(record, figures), record.title) == ([], TITLE)
    assert record.verdict == ("inconsistent" if wrong else "verified")


def test_a_hidden_frame_is_not_read():
    record = read("", shown=f'<div style="display:none"><iframe srcdoc="{escape(body(FIGURES))}"></iframe></div>')
    assert record.applications is None
