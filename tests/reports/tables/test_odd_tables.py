"""Tables with something missing, doubled or added: never read in silence, never verified without cause."""

from dataclasses import replace

import pytest

from demo.figures import balanced
from demo.layout import Td, expanded, layout
from reports import extract
from reports.forms import TABLES
from tests.reports.tables.bends import review_as_list, unmerged
from tests.reports.tables.pages import HEADINGS, body, differences, page, read, table_html

FIGURES = balanced("odd", requests=300)


def on(table, change):
    return lambda name, rows: [change([list(row) for row in rows])] if name == table else [rows]


def relabelled(old, new):
    return lambda rows: [[replace(cell, text=cell.text.replace(old, new)) for cell in row] for row in rows]


def with_row(after, label, values):
    def change(rows):
        out = []
        for row in rows:
            out.append(row)
            if any(after in cell.text for cell in row):
                out.append([Td(label, colspan=2), *(Td(str(value)) for value in values)])
        return [[replace(c, rowspan=c.rowspan + 1) if "本年度办理结果" in c.text else c for c in row] for row in out]

    return change


def codes(record):
    return {problem.code for problem in record.problems}


@pytest.mark.parametrize(
    ("old", "new"),
    [("本年处理决定数量", "本年处理决定数量（万件）"), ("本年处理决定数量", "本年处理决定数量\n(单位：万 件)")],
)
def test_decisions_counted_in_ten_thousands(old, new):
    for figures in (FIGURES, balanced("odd too", requests=300)):  # the second page is laid out like the first
        record = read(figures, on("proactive", relabelled(old, new)))
        counted = {"licence_decisions", "penalty_decisions", "coercion_decisions"}
        wrong = {key: (value, found) for key, value, found in differences(record, figures)}
        assert wrong.keys() <= counted
        assert all(found == 10_000 * value for value, found in wrong.values())
        assert all(cell.state == "annotated" for cell in record.cells if f"{cell.row}_{cell.column}" in wrong)


@pytest.mark.parametrize(
    "heading", ["本年处理决定数量（千件）", "本年处理决定数量（单位：百件）", "本年处理决定数量（亿件）"]
)
def test_decisions_counted_in_what_the_form_has_not_are_in_doubt(heading):
    for figures in (FIGURES, balanced("odd too", requests=300)):
        record = read(figures, on("proactive", relabelled("本年处理决定数量", heading)))
        assert record.verdict == "incomplete"
        assert record.proactive["licence_decisions"] is None


@pytest.mark.parametrize("unit", ["件", "（件）", " 项"])
def test_a_unit_in_the_cell_goes_before_the_heading_s(unit):
    for figures in (FIGURES, balanced("odd too", requests=300)):
        told = str(figures.values["proactive_licence_decisions"])

        def change(rows, told=told):
            rows = relabelled("本年处理决定数量", "本年处理决定数量（万件）")(rows)
            return [
                [replace(c, text=told + unit) if c.code == "proactive_licence_decisions" else c for c in row]
                for row in rows
            ]

        record = read(figures, on("proactive", change))
        assert record.proactive["licence_decisions"] == int(told) > 0


@pytest.mark.parametrize(
    ("generation", "old", "new"),
    [
        ("2021", "本年处理决定数量", "上年处理决定数量"), ("2021", "本年制发件数", "累计制发件数"),
        ("2019", "处理决定数量", "处理决定数量（上年）"), ("2019", "上一年项目数量", "本年项目数量"),
    ],
)  # fmt: skip
def test_a_heading_of_another_time_is_no_misprint_of_the_forms(generation, old, new):
    figures = balanced("another time", proactive=generation, applications=generation, requests=300)
    record = read(figures, on("proactive", relabelled(old, new)))
    assert record.verdict == "incomplete"
    assert not [each for each in differences(record, figures) if each[2] != "absent"]


def with_column_before_the_figures(heading, text):
    def change(rows):
        first, *others = rows
        depth = next(at for at, row in enumerate(rows) if any(cell.code for cell in row))
        changed = [[first[0], Td(heading, rowspan=depth), *first[1:]]]
        for row in others:
            at = next((at for at, cell in enumerate(row) if cell.code), None)
            changed.append(row if at is None else [*row[:at], Td(text), *row[at:]])
        return changed

    return change


@pytest.mark.parametrize("text", ["件", "（件）"])
def test_a_column_of_units_holds_no_figures(text):
    record = read(FIGURES, on("applications", with_column_before_the_figures("单位", text)))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize("text", ["元", "见附件"])
def test_a_column_of_anything_else_leaves_a_table_in_doubt(text):
    record = read(FIGURES, on("applications", with_column_before_the_figures("单位", text)))
    assert (record.verdict, "cell-left-over" in codes(record)) == ("incomplete", True)


def test_two_reports_on_one_page_are_two_records():
    other = balanced("other", requests=80)
    titles = ["青山县人民政府2023年政府信息公开工作年度报告", "青山县人民政府办公室2023年政府信息公开工作年度报告"]
    content = f"<h2>{titles[0]}</h2>{body(FIGURES)}<h2>{titles[1]}</h2>{body(other)}"
    first, second = extract(page(content, titles[0]), name="page")
    assert (differences(first, FIGURES), differences(second, other)) == ([], [])
    assert (first.organ, second.organ) == ("青山县人民政府", "青山县人民政府办公室")
    assert (first.verdict, second.verdict) == ("verified", "verified")


def test_a_copy_on_the_page_is_not_a_second_report():
    (record,) = extract(page(body(FIGURES) + body(FIGURES)), name="page")
    assert differences(record, FIGURES) == []
    assert "table-copy" in codes(record)


def test_last_years_tables_below_are_not_a_second_report():
    old = "".join(table_html(layout(table, balanced("old"))) for table in TABLES)
    (record,) = extract(page(f"{body(FIGURES)}<p>附：2022年数据</p>{old}"), name="page")
    assert differences(record, FIGURES) == []
    assert "further-tables" in codes(record)


@pytest.mark.parametrize("style", ["display:none", "display: none;"])
def test_a_hidden_copy_is_not_read(style):
    hidden = f'<div style="{style}">{body(balanced("hidden"))}</div>'
    (record,) = extract(page(hidden + body(FIGURES)), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_all_three_tables_in_one_grid():
    rows = "".join(f"<tr><td colspan=10>{HEADINGS[t]}</td></tr>" + table_html(layout(t, FIGURES))[7:-8] for t in TABLES)
    (record,) = extract(page(f"<p>一、总体情况</p><table>{rows}</table>"), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_other_tables_around_are_left_alone():
    before = "<table><tr><td>索引号</td><td>12</td></tr><tr><td>总计</td><td>5</td></tr></table>"
    after = "<table><tr><td>行政许可</td><td>12</td></tr><tr><td>行政复议</td><td>3</td></tr></table>"
    (record,) = extract(page(before + body(FIGURES) + after), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize("values", [[3, 0, 0, 0, 0, 0, 3], [0] * 7])
def test_a_row_of_the_organs_own_is_a_named_problem(values):
    record = read(FIGURES, on("applications", with_row("（七）总计", "（八）本县自设情形", values)))
    assert differences(record, FIGURES) == []
    assert any(problem.code == "extra-row" and "本县自设情形" in problem.message for problem in record.problems)


def test_an_outcome_of_the_organs_own_counts_in_the_sum():
    figures = FIGURES.copy()
    for row in ("handled_total", "new_received"):
        for column in ("natural_person", "total"):
            figures.values[f"applications_{row}_{column}"] += 3
    record = read(figures, on("applications", with_row("（二）部分公开", "本县自设情形", [3, 0, 0, 0, 0, 0, 3])))
    assert (differences(record, figures), record.verdict) == ([], "verified")
    assert "extra-row" in codes(record)


def test_a_subtotal_is_told_from_an_outcome():
    rows = FIGURES.applications()
    sums = [sum(rows[key][column] for key in rows if key.startswith("refused")) for column in rows["granted"]]
    record = read(FIGURES, on("applications", with_row("8.属于行政查询事项", "小计", sums)))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")
    assert "subtotal-row" in codes(record)


def without_row(rows):
    return [row for row in rows if not any("重复申请" in cell.text for cell in row)]


def without_column(rows):
    header = [cell for cell in rows[2] if cell.text != "科研机构"]
    return [rows[0], rows[1], header, *(row[:-5] + row[-4:] for row in rows[3:])]


def without_cell(rows):
    rows[6] = rows[6][:-4] + rows[6][-3:]
    return rows


def merged_down(rows):
    rows[8][-7] = replace(rows[8][-7], rowspan=2)
    rows[9] = rows[9][:-7] + rows[9][-6:]
    return rows


def merged_across(rows):
    rows[2] = [rows[2][0], replace(rows[2][1], colspan=3)]
    return rows


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("applications", without_row), ("applications", without_column), ("applications", without_cell),
        ("applications", merged_down), ("proactive", merged_across),
        ("proactive", lambda rows: [*rows[:2], rows[2][:2] + rows[2][3:], *rows[3:]]),
        ("applications", relabelled("6.属于四类过程性信息", "5.属于三类内部事务信息")),
        ("applications", relabelled("科研机构", "商业企业")), ("applications", relabelled("2.重复申请", "")),
        ("review", relabelled("结果纠正", "结果维持")), ("proactive", relabelled("本年废止件数", "本年制发件数")),
        ("proactive", relabelled("（单位：万元）", "（万元/元）")),
        ("applications", relabelled("6.属于四类过程性信息", "6.其他不予公开的情形")),
    ],
)  # fmt: skip
def test_what_is_missing_merged_or_doubled_is_never_verified(table, change):
    record = read(FIGURES, on(table, change))
    assert record.verdict == "incomplete"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2.重复申请", "2.重复申清"),
        ("其他法律行政法规禁止公开", "其他法律行政止公开"),
        ("结果维持", "结果维特"),
        ("自然人", "自然入"),
    ],
)
def test_a_typing_error_in_a_label_is_read(old, new):
    record = read(FIGURES, lambda table, rows: [relabelled(old, new)(rows)])
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize(("gap", "verdict"), [(" ", "verified"), ("\n", "verified")])
def test_digits_apart_are_joined_only_where_sums_prove_it(gap, verdict):
    def change(table, rows):
        return [
            [[replace(c, text=gap.join(c.text)) if c.code and table != "proactive" else c for c in r] for r in rows]
        ]

    record = read(FIGURES, change)
    assert (differences(record, FIGURES), record.verdict) == ([], verdict)
    assert "cell-settled" in codes(record)


def test_digits_apart_without_a_sum_are_not_read():
    figures = FIGURES.copy()
    figures.printed["proactive_licence_decisions"] = "1 6"
    record = read(figures)
    assert record.proactive["licence_decisions"] is None
    assert record.verdict == "incomplete"


def test_generations_mixed_inside_table_2_are_told():
    old, new = balanced("mix", proactive="2019"), balanced("mix", proactive="2021")
    rows = layout("proactive", old)[:4] + layout("proactive", new)[4:]
    others = "".join(table_html(layout(table, new)) for table in TABLES[1:])
    (record,) = extract(page(f"<p>一、总体情况</p>{table_html(rows)}{others}"), name="page")
    assert record.forms.proactive == "2021"
    assert "forms-mixed" in codes(record)
    assert record.proactive["regulations_made"] == old.values["proactive_regulations_made"]
    assert record.proactive["licence_decisions"] == new.values["proactive_licence_decisions"]
    assert record.verdict == "verified"


def test_an_empty_form_under_a_notice_is_no_report():
    empty = FIGURES.blanked(*FIGURES.values)
    (record,) = extract(page(body(empty), "关于编制2023年政府信息公开工作年度报告的通知"), name="page")
    assert record.verdict == "not_a_report"


def test_an_empty_form_under_a_reports_title_is_incomplete():
    assert read(FIGURES.blanked(*FIGURES.values)).verdict == "incomplete"


@pytest.mark.parametrize("table", ["applications", "review"])
def test_a_header_whose_rows_are_broken_never_moves_columns(table):
    """A stray </tr> in the header makes browsers and readers shift its lower rows: no sum sees columns that swap."""
    figures = balanced("broken header", requests=500)
    for place in range(3):
        for heading in range(1, 15):

            def broken(rows, place=place, heading=heading):
                return [*rows[:place], rows[place][:heading], rows[place][heading:], *rows[place + 1 :]]

            record = read(figures, on(table, broken))
            if record.verdict == "verified":
                assert differences(record, figures) == [], (place, heading)


@pytest.mark.parametrize("mark", ["/", "—", "无", ""])
def test_noughts_of_table_4_on_its_side_may_be_dashes(mark):
    figures = balanced("on its side", requests=40)
    for code, value in list(figures.values.items()):
        if code.startswith("review_") and not code.endswith("total") and value == 0:
            figures = figures.blanked(code, mark=mark)
    record = read(figures, review_as_list)
    assert (differences(record, figures), record.verdict) == ([], "verified")


def test_headings_written_again_in_each_row_of_the_header_are_the_same_columns():
    def down(rows):
        """Cells that span rows are written in each of them instead; those that span columns stay."""
        lines = []
        for line in expanded(tuple(tuple(row) for row in rows)):
            kept = [cell for at, (cell, _) in enumerate(line) if at == 0 or line[at - 1][0] is not cell]
            lines.append([replace(cell, rowspan=1) for cell in kept])
        return lines

    record = read(FIGURES, on("applications", down))
    assert record.verdict == "verified"
    assert not differences(record, FIGURES)


def numbered(cut=None, *, note=False):
    """Table 3 unmerged, with a column of serial numbers and a row of the organ's own behind 予以公开."""

    def bend(table, rows):
        if table != "applications":
            return [rows]
        (flat,) = unmerged(table, with_row("予以公开", "其中：当面提交", [1, 0, 0, 0, 0, 0, 1])(rows))
        first = next(place for place, row in enumerate(flat) if "本年新收" in row[0].text)
        body = [[Td(str(place)), *row] for place, row in enumerate(flat[first:], 1)]
        if note:
            body.append([Td(str(len(body) + 1)), Td("备注：数字由办公室汇总。", colspan=len(flat[first]))])
        lines = [[Td("序号"), *row] for row in flat[:first]] + body
        own = next(place for place, row in enumerate(lines) if any("当面提交" in cell.text for cell in row))
        return [lines[: own + cut], lines[own + cut :]] if cut is not None else [lines]

    return bend


@pytest.mark.parametrize("cut", [None, 0, 1])
@pytest.mark.parametrize("note", [False, True])
def test_a_numbered_row_of_the_organs_own_is_no_unlabelled_one(cut, note):
    record = read(FIGURES, numbered(cut, note=note))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")
    assert "extra-row" in codes(record)


def test_a_figure_alone_in_a_numbered_table_is_still_missed():
    def bend(table, rows):
        pieces = numbered()(table, rows)
        if table == "applications":
            pieces[0].insert(-3, [Td("77"), Td("", colspan=len(pieces[0][-1]) - 1)])
        return pieces

    assert read(FIGURES, bend).verdict == "incomplete"


def test_a_remark_beside_table_4_costs_none_of_its_figures():
    def with_remark(rows):
        return [*rows[:-1], [*rows[-1], Td(""), Td("已核对")]]

    (record,) = extract(page(body(FIGURES, on("review", with_remark))), name="page")
    assert differences(record, FIGURES) == []
    assert record.verdict == "incomplete"
    assert "cell-left-over" in codes(record)
