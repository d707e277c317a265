"""Table 3 with all figures of a row in one cell, with a line for each figure, and with labels in rows of their own."""

from dataclasses import replace

import pytest

from demo.figures import balanced
from demo.layout import layout
from reports.forms import form
from tests.reports.tables.pages import differences, read, table_html
from tests.reports.tables.test_other_shapes import TAIL, read_one, rows_of

FIGURES = balanced("crowded", requests=1200)
OLD = balanced("crowded, of 2019", proactive="2019", applications="2019", requests=90)
APPLICANTS = [column["label"] for column in form("applications")["columns"]]


def lines(figures):
    """Label and figures of each row of table 3, the label with its group."""
    group = ""
    for labels, values in rows_of("applications", figures):
        if values:
            group = labels[-2] if len(labels) > 1 else "" if labels[-1][0] in "（一二三四" else group
            yield (group if len(labels) > 1 or labels[-1][0].isdigit() else "") + labels[-1], values


def with_applications(html, figures):
    drawn = "".join(html if table == "applications" else table_html(layout(table, figures))
                    for table in ("proactive", "applications", "review"))  # fmt: skip
    return f"<p>一、总体情况</p>{drawn}{TAIL}"


def row(*cells):
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


@pytest.mark.parametrize("figures", [FIGURES, OLD], ids=["2021", "2019"])
@pytest.mark.parametrize("parting", [" ", "<br>", "、", "/", " | "])
def test_all_figures_of_a_row_in_one_cell(parting, figures):
    head = row("申请人情况", parting.join(APPLICANTS))
    drawn = "".join(row(label, parting.join(values)) for label, values in lines(figures))
    record = read_one(with_applications(f"<table>{head}{drawn}</table>", figures))
    assert (differences(record, figures), record.verdict) == ([], "verified")


def test_figures_with_their_names_in_one_cell():
    drawn = "".join(
        row(label, "；".join(f"{name}{value}件" for name, value in zip(APPLICANTS, values, strict=True)))
        for label, values in lines(FIGURES)
    )
    record = read_one(with_applications(f"<table>{drawn}</table>", FIGURES))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_a_row_that_lost_a_blank_in_its_cell_is_not_read():
    rows = [(label, " ".join(values)) for label, values in lines(FIGURES)]
    rows[3] = rows[3][0], " ".join(list(lines(FIGURES))[3][1][1:])
    drawn = row("申请人情况", " ".join(APPLICANTS)) + "".join(row(*each) for each in rows)
    assert read_one(with_applications(f"<table>{drawn}</table>", FIGURES)).verdict == "incomplete"


def test_all_rows_in_the_lines_of_one_row():
    told = list(lines(FIGURES))
    columns = ["<br>".join(values[place] for _, values in told) for place in range(len(APPLICANTS))]
    drawn = row("项目", *APPLICANTS) + row("<br>".join(label for label, _ in told), *columns)
    record = read_one(with_applications(f"<table>{drawn}</table>", FIGURES))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize("outer", ["row", "applicant"])
@pytest.mark.parametrize("figures", [FIGURES, OLD], ids=["2021", "2019"])
def test_a_line_for_each_figure(outer, figures):
    each = [
        (label, name, value) for label, values in lines(figures) for name, value in zip(APPLICANTS, values, strict=True)
    ]
    if outer == "applicant":
        each.sort(key=lambda told: APPLICANTS.index(told[1]))
    drawn = row("单位", "申请人", "指标", "数值") + "".join(
        row("青山县民政局", name, label, value) for label, name, value in each
    )
    record = read_one(with_applications(f"<table>{drawn}</table>", figures))
    assert (differences(record, figures), record.verdict) == ([], "verified")


@pytest.mark.parametrize("beside", ["a year", "a serial number", "a remark"])
def test_a_line_for_each_figure_with_more_beside_it(beside):
    drawn = ""
    for label, values in lines(FIGURES):
        for name, value in zip(APPLICANTS, values, strict=True):
            before = {"a year": ["2023"], "a serial number": [drawn.count("<tr>") + 1]}.get(beside, [])
            drawn += row(*before, label, name, value, *([""] if beside == "a remark" else []))
    record = read_one(with_applications(f"<table>{drawn}</table>", FIGURES))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize("year", [2022, "2022年", "2022年度"])
def test_lines_of_another_year_are_not_read(year):
    drawn = "".join(
        row(year, label, name, value)
        for label, values in lines(FIGURES)
        for name, value in zip(APPLICANTS, values, strict=True)
    )
    assert read_one(with_applications(f"<table>{drawn}</table>", FIGURES)).verdict == "incomplete"


def test_lines_with_figures_of_two_years_are_not_read():
    drawn = "".join(
        row(label, name, value, 7 * place)
        for label, values in lines(FIGURES)
        for place, (name, value) in enumerate(zip(APPLICANTS, values, strict=True))
    )
    assert read_one(with_applications(f"<table>{drawn}</table>", FIGURES)).verdict == "incomplete"


def test_figures_twice_in_lines_of_their_own_are_not_read():
    each = [
        row(label, name, value)
        for label, values in lines(FIGURES)
        for name, value in zip(APPLICANTS, values, strict=True)
    ]
    record = read_one(with_applications(f"<table>{''.join(each + each[:1])}</table>", FIGURES))
    assert record.verdict == "incomplete"


def test_labels_in_rows_of_their_own():
    drawn = row("项目", *APPLICANTS) + "".join(
        f"<tr><td colspan=8>{label}</td></tr>{row('', *values)}" for label, values in lines(FIGURES)
    )
    record = read_one(with_applications(f"<table>{drawn}</table>", FIGURES))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_a_cut_label_that_looks_like_a_misprint_over_blank_cells():
    """5.属于三类内部事 | (blank) ended one table, 务信息 | 128 began the next: the figures were nobody's."""

    def cut(table, rows):
        if table != "applications":
            return [rows]
        at = next(place for place, cells in enumerate(rows) if any("三类内部事务信息" in cell.text for cell in cells))
        whole = rows[at]
        label = next(cell for cell in whole if "三类内部事务信息" in cell.text)
        first = [
            replace(cell, text=cell.text[:-3]) if cell is label else replace(cell, text="") if cell.code else cell
            for cell in whole
        ]
        second = [
            replace(cell, text=cell.text[-3:]) if cell is label else cell
            for cell in whole
            if cell is label or cell.code
        ]
        return [[*rows[:at], first], [second, *rows[at + 1 :]]]

    record = read(FIGURES, cut)
    assert differences(record, FIGURES) == []
    assert "extra-row" not in {problem.code for problem in record.problems}


def test_units_in_a_column_of_their_own_beside_a_list_of_figures():
    told = [("规章 本年制发件数", "件", 1), ("规章 本年废止件数", "件", 0), ("规章 现行有效件数", "件", 4),
            ("行政规范性文件 本年制发件数", "件", 7), ("行政规范性文件 本年废止件数", "件", 2),
            ("行政规范性文件 现行有效件数", "件", 50), ("行政许可 本年处理决定数量", "万件", "1.2"),
            ("行政处罚 本年处理决定数量", "件", 3), ("行政强制 本年处理决定数量", "件", 0),
            ("行政事业性收费 本年收费金额", "元", 125000)]  # fmt: skip
    drawn = row("指标名称", "单位", "数量") + "".join(row(*each) for each in told)
    record = read_one(f"<p>一、总体情况</p><table>{drawn}</table>{TAIL}")
    assert record.proactive is not None
    assert record.proactive["licence_decisions"] == 12_000
    assert record.proactive["fees_10k_yuan"] == 12.5
    assert record.proactive["normative_documents_in_force"] == 50
