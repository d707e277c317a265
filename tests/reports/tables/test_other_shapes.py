"""The forms in shapes without ``<table>``: drawn with lists, parted by commas, or written out in lines."""

from __future__ import annotations

import pytest

from demo.figures import COLUMNS, balanced
from demo.layout import layout
from reports import extract
from reports.forms import TABLES
from reports.record import Table
from reports.tables.listed import written_out
from tests.reports.tables.pages import HEADINGS, differences, page, table_html

FIGURES = balanced("other shapes", requests=60)
OLD = balanced("other shapes, of 2019", proactive="2019", applications="2019", requests=90)
TAIL = "<p>五、存在的主要问题及改进情况</p><p>仍需努力。</p>"


def rows_of(table: Table, figures=FIGURES):
    """The rows of a table as the texts of their cells, label cells and figures apart."""
    for row in layout(table, figures):
        yield [cell.text.replace("\n", "") for cell in row if not cell.code], [cell.text for cell in row if cell.code]


def drawn(row_tag: str, cell_tag: str, figures=FIGURES, heading: bool = True) -> str:
    parts = []
    for table in TABLES:
        parts.append(f"<p>{HEADINGS[table]}</p>" if heading else "")
        for labels, values in rows_of(table, figures):
            cells = "".join(f"<{cell_tag}>{text}</{cell_tag}>" for text in (*labels, *values))
            parts.append(f"<{row_tag} class=row>{cells}</{row_tag}>")
    return f"<p>一、总体情况</p>{''.join(parts)}{TAIL}"


def tables(figures) -> str:
    parts = "".join(f"<p>{HEADINGS[table]}</p>{table_html(layout(table, figures))}" for table in TABLES)
    return f"<p>一、总体情况</p>{parts}{TAIL}"


def read_one(content: str):
    (record,) = extract(page(content), name="page.html")
    return record


@pytest.mark.parametrize("figures", [FIGURES, OLD], ids=["2021", "2019"])
@pytest.mark.parametrize(("row", "cell"), [("ul", "li"), ("div", "div"), ("div", "span")])
def test_rows_drawn_beside_each_other_between_headings(row, cell, figures):
    record = read_one(drawn(row, cell, figures))
    assert (differences(record, figures), record.verdict) == ([], "verified")
    assert all(problem.code != "two-versions" for problem in record.problems)


def test_boxes_with_an_empty_one_behind_every_row_of_figures():
    content = "<p>一、总体情况</p>"
    for table in TABLES:
        rows = ""
        for labels, values in rows_of(table):
            boxes = [*labels, *values, *([""] if values else [])]
            rows += f"<div class=row>{''.join(f'<div>{text}</div>' for text in boxes)}</div>"
        content += f"<p>{HEADINGS[table]}</p><div>{rows}</div>"
    record = read_one(content + TAIL)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize("label", ["一、本年新收", "部分公开", "重复申请"])
def test_one_row_of_boxes_that_is_filled_a_column_too_far_is_not_verified(label):
    content = "<p>一、总体情况</p>"
    for table in TABLES:
        rows = ""
        for labels, values in rows_of(table):
            shifted = table == "applications" and values and label in labels[-1]
            boxes = [*labels, *([""] if shifted else []), *values]
            rows += f"<div class=row>{''.join(f'<div>{text}</div>' for text in boxes)}</div>"
        content += f"<p>{HEADINGS[table]}</p><div>{rows}</div>"
    assert read_one(content + TAIL).verdict == "incomplete"


def with_merged_cells_repeated(table: Table) -> list[list[str]]:
    """Each row of boxes says again what a cell that began above says beside it."""
    rows = layout(table, FIGURES)
    lines: list[list[str]] = [[] for _ in rows]
    open_cells: list[tuple[int, int, int, str]] = []  # place, width, rows left, text
    for line, row in zip(lines, rows, strict=True):
        waiting, place, still = list(row), 0, []
        above = {cell[0]: cell for cell in open_cells}
        while waiting or place in above:
            if place in above:
                _, width, left, text = above[place]
            else:
                cell = waiting.pop(0)
                width, left, text = cell.colspan, cell.rowspan, cell.text.replace("\n", "")
            line.append(text)
            still += [(place, width, left - 1, text)] if left > 1 else []
            place += width
        open_cells = still
    return lines


def test_boxes_that_repeat_the_headings_and_groups_that_began_above():
    content = "<p>一、总体情况</p>"
    for table in TABLES:
        rows = ("".join(f"<div>{text}</div>" for text in line) for line in with_merged_cells_repeated(table))
        content += f"<p>{HEADINGS[table]}</p><div>{''.join(f'<div class=row>{row}</div>' for row in rows)}</div>"
    record = read_one(content + TAIL)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_one_definition_list_holds_all_rows_of_a_table():
    content = "<p>一、总体情况</p>"
    for table in TABLES:
        lines = ""
        for labels, values in rows_of(table):
            lines += "".join(f"<dt>{each}</dt>" for each in labels) + "".join(f"<dd>{each}</dd>" for each in values)
        content += f"<p>{HEADINGS[table]}</p><dl>{lines}</dl>"
    record = read_one(content + TAIL)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize(
    "hidden", ["<span style='display:none'>7</span>", "<i hidden>7</i>", "<s>7</s>", "<sup>7</sup>"]
)
def test_what_is_not_the_figure_is_left_out_of_drawn_cells_too(hidden):
    content = drawn("div", "div")
    for value in ("0", "1", "2", "3"):
        content = content.replace(f"<div>{value}</div>", f"<div>{value}{hidden}</div>")
    record = read_one(content)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_a_drawn_report_is_not_passed_over_for_the_tables_of_the_next_organ():
    second = f"<h1>青山县水利局2023年政府信息公开工作年度报告</h1>{tables(OLD)}"
    records = extract(page(drawn("div", "span") + second), name="page.html")
    assert [record.organ for record in records] == ["青山县民政局", "青山县水利局"]
    assert [differences(record, figures) for record, figures in zip(records, (FIGURES, OLD), strict=True)] == [[], []]


def test_statistics_of_something_else_do_not_keep_drawn_tables_from_being_read():
    months = "".join(f"<tr><td>{n}月</td><td>{n * 7}</td><td>{n * 3}</td></tr>" for n in range(1, 13))
    record = read_one(f"<table><tr><td>月份</td><td>网站</td><td>微信</td></tr>{months}</table>{drawn('div', 'div')}")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def lines_with(parting: str, colon: str = "：") -> str:
    """The report as lines: a row is its label, a colon, and its figures; other lines are headings."""
    lines = ["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况"]
    for table in TABLES:
        lines.append(HEADINGS[table])
        for labels, values in rows_of(table):
            if values:
                lines += labels[:-1]
                lines.append(f"{labels[-1] if labels else ''}{colon}{parting.join(values)}")
            else:
                lines.append(parting.join(labels))
    return "\n".join([*lines, "五、存在的主要问题及改进情况", "仍需努力。"])


@pytest.mark.parametrize("parting", ["、", "，", "；", ", ", " / ", " "])
@pytest.mark.parametrize("as_page", [False, True])
def test_rows_written_out_behind_a_colon(parting, as_page):
    text = lines_with(parting)
    if as_page:
        source, name = page("".join(f"<p>{line}</p>" for line in text.split("\n"))), "page.html"
    else:
        source, name = text.encode(), "page.txt"
    (record,) = extract(source, name=name)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_a_blank_among_figures_behind_a_colon_keeps_its_place():
    figures = balanced("blank columns", persons_only=True).columns_blanked(*COLUMNS[1:])
    lines = ["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况"]
    for table in TABLES:
        lines.append(HEADINGS[table])
        for labels, values in rows_of(table, figures):
            lines += labels[:-1] if values else []
            lines.append(f"{labels[-1] if labels else ''}：{'、'.join(values)}" if values else "、".join(labels))
    (record,) = extract("\n".join([*lines, "五、存在的主要问题及改进情况"]).encode(), name="page.txt")
    assert (differences(record, figures), record.verdict) == ([], "verified")


def test_each_figure_named_by_its_column():
    lines = ["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况"]
    names = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    for table in TABLES:
        lines.append(HEADINGS[table])
        for labels, values in rows_of(table):
            if table == "applications" and values:
                told = "，".join(f"{name}{value}件" for name, value in zip(names, values, strict=True))
                lines += [*labels[:-1], f"{labels[-1]}：{told}。"]
            elif table != "applications":
                lines.append(" | ".join([*labels, *values]) + " |")
    (record,) = extract("\n".join([*lines, "五、存在的主要问题及改进情况"]).encode(), name="page.txt")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_a_sentence_that_names_a_row_is_no_row():
    sentence = "<p>本年新收政府信息公开申请数量：自然人9件，较上年增加3件</p>"
    content = tables(FIGURES).replace("</p>", f"</p>{sentence}", 1)
    record = read_one(content)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_comma_separated_lines_in_paragraphs():
    lines = []
    for table in TABLES:
        lines.append(HEADINGS[table])
        width = 15 if table == "review" else 10
        for labels, values in rows_of(table):
            cells = ["", *labels] if len(labels) == 1 and len(values) == 7 else labels
            lines.append(
                ",".join(
                    [*cells, *values, *[""] * (width - len(cells) - len(values))][
                        : max(width, len(cells) + len(values))
                    ]
                )
            )
    record = read_one("<p>一、总体情况</p>" + "".join(f"<p>{line}</p>" for line in lines) + TAIL)
    assert record.applications and record.review


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("行政许可：1,234", ("行政许可", "1,234")),
        ("行政处罚：12，345件", ("行政处罚", "12，345件")),
        ("行政事业性收费：1,234.5万元", ("行政事业性收费", "1,234.5万元")),
        ("规章：1,234,5", ()),  # three figures, or two: table 2 has no sum to tell
        ("（一）予以公开：120,115,5,6,7,8,261", ("（一）予以公开", "120", "115", "5", "6", "7", "8", "261")),
    ],
)
def test_a_comma_among_the_digits_behind_a_colon_parts_no_number(line, cells):
    assert written_out(line) == cells
