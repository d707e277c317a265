"""Tables drawn by the page's own sheets: what a rule says of a box's place counts as if it stood in the box."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from demo.figures import balanced
from demo.layout import Layout, expanded, layout
from reports import extract
from reports.document import Document, Paragraph
from reports.forms import TABLES
from reports.readers.html.boxes.drawn import may_draw
from reports.record import Record, Table
from tests.reports.tables.pages import HEADINGS, differences, page, table_html

FIGURES = balanced("drawn by sheets", requests=300)
Drawing = tuple[str, Callable[[list[list[str]]], str]]


def texts(rows: Layout) -> list[list[str]]:
    return [[cell.text if begins else "" for cell, begins in row] for row in expanded(rows)]


def boxes(row: list[str], names: str = "c") -> str:
    return "".join(f'<div class="{names}">{text}</div>' for text in row)


def ordered(rows: list[list[str]]) -> str:
    lines = []
    for row in rows:
        numbered = [f'<div class="o{place}">{text}</div>' for place, text in enumerate(row)]
        lines.append(f'<div class="r">{"".join(numbered[::2] + numbered[1::2])}</div>')
    return f"<div>{''.join(lines)}</div>"


def by_rows(rows: list[list[str]], *, reverse: bool = False) -> str:
    lines = [f'<div class="r">{boxes(row[::-1] if reverse else row)}</div>' for row in rows]
    return f'<div class="t">{"".join(lines)}</div>'


def by_columns(rows: list[list[str]]) -> str:
    cells = "".join(boxes([row[x] for row in rows]) for x in range(len(rows[0])))
    return f'<div class="h{len(rows)}">{cells}</div>'


DRAWINGS: dict[str, Drawing] = {
    "rows of cells": (".r{display:table-row}.c{display:table-cell}", by_rows),
    "rows from the right": (
        ".r{display:flex;flex-direction:row-reverse}.c{flex:1}",
        lambda rows: by_rows(rows, reverse=True),
    ),
    "a page from the right": (".t{direction:rtl}.r{display:flex}", lambda rows: by_rows(rows, reverse=True)),
    "rows from below": (
        ".t{display:flex;flex-direction:column-reverse}.r{display:flex}.c{flex:1}",
        lambda rows: by_rows(rows[::-1]),
    ),
    "in a given order": (".r{display:flex}" + "".join(f".r .o{n}{{order:{n}}}" for n in range(20)), ordered),
    "floating": (
        ".r{overflow:auto} .r > .c{float:right}",
        lambda rows: by_rows(rows, reverse=True),
    ),
    "column by column": (
        "".join(f".h{n}{{display:grid;grid-template-rows:repeat({n},auto);grid-auto-flow:column}}" for n in range(40)),
        by_columns,
    ),
}


def read(drawing: Drawing, drawn: tuple[Table, ...] = TABLES) -> Record:
    sheet, draw = drawing
    parts = [f"<style>{sheet}</style>"]
    for table in TABLES:
        rows = layout(table, FIGURES)
        parts.append(f"<p>{HEADINGS[table]}</p>{draw(texts(rows)) if table in drawn else table_html(rows)}")
    (record,) = extract(page("".join(parts)), name="page.html")
    return record


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_table_drawn_by_a_sheet_is_read_as_it_is_seen(name: str) -> None:
    record = read(DRAWINGS[name])
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize("table", TABLES)
def test_one_drawn_table_among_others_is_found(table: Table) -> None:
    record = read(DRAWINGS["rows of cells"], (table,))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_what_a_sheet_writes_before_a_figure_is_written_once() -> None:
    sheet, draw = DRAWINGS["rows of cells"]
    rows = [[f'<b class="u">{text}</b>' if text.isdigit() else text for text in row] for row in
            texts(layout("proactive", FIGURES))]  # fmt: skip
    others = "".join(f"<p>{HEADINGS[each]}</p>{table_html(layout(each, FIGURES))}" for each in TABLES[1:])
    source = f"<style>{sheet} .u::before{{content:'1'}}</style><p>{HEADINGS['proactive']}</p>{draw(rows)}{others}"
    (record,) = extract(page(source), name="page.html")
    issued = FIGURES.values["proactive_regulations_issued"]
    assert record.proactive is not None
    assert record.proactive["regulations_issued"] == int(f"1{issued}")


@pytest.mark.parametrize(
    ("lines", "drawn"),
    [
        (["制发行政规范性文件3件，现行有效件12件。", "年末尚有2件尚未审结，结转下年度继续办理。"], False),
        (["（四）无法提供", "重复申请", "0", "不掌握相关政府信息", "2"], True),
        (["各项数据如下。四、结转下年度继续办理 1 0", "重复申请 2 0"], True),
    ],
)
def test_sentences_that_name_rows_are_no_drawn_table(lines, drawn):
    document = Document("html", [Paragraph(line, number) for number, line in enumerate(lines)])
    assert may_draw(document) is drawn
