"""Several tables of one kind on a page: another time's, another report's, a copy out of sight, another shape."""

import re
from dataclasses import replace

import pytest

from demo.figures import balanced
from demo.layout import layout
from reports import extract
from reports.forms import TABLES
from tests.reports.tables.pages import HEADINGS, body, differences, page, read, table_html

FIGURES, OLD = balanced("copies", requests=300), balanced("older", requests=200)


def tables(figures, only=TABLES):
    return "".join(table_html(layout(table, figures)) for table in only)


def codes(record):
    return {problem.code for problem in record.problems}


@pytest.mark.parametrize("heading", ["附：2022年数据", "上年度数据：", "更正前", "附表：去年同期情况"])
@pytest.mark.parametrize("only", [TABLES, ("proactive",), ("review",)])
@pytest.mark.parametrize("first", [True, False])
def test_the_heading_tells_which_tables_are_of_another_time(heading, only, first):
    old = f"<p>{heading}</p>{tables(OLD, only)}"
    shown = body(FIGURES)
    at = shown.index("<p>二、") if first else len(shown)
    (record,) = extract(page(shown[:at] + old + shown[at:]), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")
    assert "further-tables" in codes(record)


def test_the_period_counted_tells_the_year_where_no_title_does():
    period = "<p>本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。</p>"
    old = f"<p>附：2022年度数据</p>{tables(OLD, ('applications',))}"
    (record,) = extract(page(period + body(FIGURES) + old, "政府信息公开工作年度报告"), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize(("own", "old"), [("2023年度", "2022年度"), ("本年度情况如下：", "上一年度情况如下：")])
@pytest.mark.parametrize("first", [True, False])
def test_the_nearest_heading_counts_where_each_table_has_one(own, old, first):
    kept = tables(FIGURES, ("applications",))
    both = [f"<p>{own}</p>{kept}", f"<p>{old}</p>{tables(OLD, ('applications',))}"]
    content = body(FIGURES).replace(kept, "".join(both if first else reversed(both)))
    (record,) = extract(page(content), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize(
    "sentence",
    ["受理信息公开申请61件，较去年减少17件。", "上年度未收到申请。", "2022年收到申请99件。", "上年无结转申请。"],
)
def test_a_sentence_of_figures_over_a_table_is_no_heading_of_another_time(sentence):
    kept = tables(FIGURES, ("applications",))
    content = body(FIGURES).replace(kept, f"<p>{sentence}</p>{kept}")
    (record,) = extract(page(content), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_a_line_that_speaks_of_the_table_before_it_says_nothing_of_the_next():
    kept = tables(FIGURES, ("applications",))
    behind = f"{tables(OLD, ('applications',))}<p>（以上为上年度数据）</p>{kept}<p>（以上为本年度数据）</p>"
    records = extract(page(body(FIGURES).replace(kept, behind)), name="page")
    assert all(record.verdict == "incomplete" for record in records)


@pytest.mark.parametrize(
    "picture",
    [
        "<img src=/t.png width=800 height=600>",
        "<img src=/t.jpg>",
        "<iframe src=t.htm></iframe>",
        "<canvas width=600 height=300></canvas>",
        f"<svg>{'<text>5</text>' * 8}</svg>",
        "<a href=/t.pdf>政府信息公开情况统计表</a>",
    ],
)
@pytest.mark.parametrize("heading", ["附件", "东山镇", ""])
@pytest.mark.parametrize("only", [TABLES, ("applications",)])
def test_tables_behind_the_end_do_not_stand_in_for_a_picture_of_the_reports(picture, heading, only):
    content = body(FIGURES)
    for table in only:
        content = content.replace(tables(FIGURES, (table,)), f"<p>{picture}</p>")
    appended = f"<p>六、其他需要报告的事项</p><p>没有需要报告的事项。</p><p>{heading}</p>{tables(OLD, only)}"
    (record,) = extract(page(content + appended), name="page")
    assert record.verdict == "incomplete"


def test_tables_behind_the_end_are_the_reports_where_nothing_else_is_shown():
    content = body(FIGURES)
    for table in TABLES:
        content = content.replace(tables(FIGURES, (table,)), "<p>详见附表。</p>")
    appended = f"<p>六、其他需要报告的事项</p><p>没有需要报告的事项。</p><p>附表</p>{tables(FIGURES)}"
    (record,) = extract(page(content + appended + "<img src=/code.png width=120 height=120>"), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize(
    "written", ["{}<br>Figure of the form", "Figure of the form<br>{}", "{} Item", "<p>{}</p><p>Item</p>"]
)
def test_labels_in_two_languages_are_labels(written):
    markup = re.sub(
        r">([^<>]*[\u4e00-\u9fff][^<>]*)</t", lambda text: f">{written.format(text[1])}</t", tables(FIGURES)
    )
    content = body(FIGURES)
    for table in TABLES:
        content = content.replace(tables(FIGURES, (table,)), "")
    (record,) = extract(page(content + markup), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize("first", [True, False])
def test_without_a_heading_neither_is_believed(first):
    old = tables(OLD, ("review",))
    content = old + body(FIGURES) if first else body(FIGURES) + old
    assert all(record.verdict == "incomplete" for record in extract(page(content), name="page"))


def test_a_heading_with_last_years_number_over_the_only_tables_is_a_slip():
    content = body(FIGURES).replace(f"<p>{HEADINGS['review']}</p>", "<p>2022年行政复议情况</p>")
    (record,) = extract(page(content), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize("own", ["<canvas></canvas>", "<a href=/t.pdf>本年度数据</a>"])
@pytest.mark.parametrize("table", TABLES)
def test_last_years_table_does_not_stand_in_for_one_that_is_drawn_or_linked(own, table):
    kept = table_html(layout(table, FIGURES))
    old = f"<p>{own}</p><h3>2022年度</h3>{tables(OLD, (table,))}"
    (record,) = extract(page(body(FIGURES).replace(kept, old)), name="page")
    assert record.verdict == "incomplete"
    assert "another-time" in codes(record)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("heading", ["2022年度情况（供对照）", "附：2022年情况", "数据对照表"])
@pytest.mark.parametrize("first", [True, False])
def test_last_years_table_does_not_stand_in_for_one_that_cannot_be_read(table, heading, first):
    kept = table_html(layout(table, FIGURES))
    drawn_anew = "".join(f"<div><b>{cell.text}</b></div>" for row in layout(table, FIGURES) for cell in reversed(row))
    old = f"<p>{heading}</p>{tables(OLD, (table,))}"
    own = f"<div dir=rtl>{drawn_anew}</div>"
    records = extract(page(body(FIGURES).replace(kept, old + own if first else own + old)), name="page")
    assert all(record.verdict == "incomplete" for record in records)
    if len(records) == 1:
        assert {"another-time", "table-missing", "further-tables"} & codes(records[0])


@pytest.mark.parametrize("first", [True, False])
def test_a_table_that_is_read_does_not_stand_for_its_like_that_is_not(first):
    own = tables(FIGURES, ("review",)).replace(">结果维持<", ">某种结果<", 1)
    both = own + tables(OLD, ("review",)) if first else tables(OLD, ("review",)) + own
    records = extract(page(body(FIGURES).replace(tables(FIGURES, ("review",)), both)), name="page")
    assert all(record.verdict == "incomplete" for record in records)


def test_two_versions_of_one_report_are_both_in_doubt():
    title = "<h2>青山县民政局2023年政府信息公开工作年度报告</h2>"
    records = extract(page(f"{title}{body(FIGURES)}{title}{body(OLD)}"), name="page")
    assert [record.verdict for record in records] == ["incomplete", "incomplete"]
    assert all("two-versions" in codes(record) for record in records)


@pytest.mark.parametrize(
    "out_of_sight",
    [
        "<div style='position:absolute;left:-9999px'>{}</div>",
        "<div style='height:0;overflow:hidden'>{}</div>",
        "<style>.gone{{position:absolute;top:-5000px}}</style><div class=gone>{}</div>",
        "<template>{}</template>",
        "<noscript>{}</noscript>",
    ],
)
def test_a_copy_out_of_sight_is_not_read(out_of_sight):
    (record,) = extract(page(out_of_sight.format(body(OLD)) + body(FIGURES)), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def lines(figures):
    """The tables as lines that no reader makes rows of: label and figures run together."""
    rows = [row for table in TABLES for row in layout(table, figures)]
    return "".join(f"<p>{'，'.join(cell.text for cell in row)}</p>" for row in rows)


@pytest.mark.parametrize(
    "gone", ["<div style='display:none'>{}</div>", "<template>{}</template>", "<noscript>{}</noscript>"]
)
def test_a_hidden_copy_does_not_stand_in_for_what_cannot_be_read(gone):
    records = extract(page(f"<p>一、总体情况</p>{lines(FIGURES)}{gone.format(tables(OLD))}"), name="page")
    assert all(record.verdict == "incomplete" for record in records)


def test_tables_behind_a_tab_are_read():
    (record,) = extract(page(f"<div class=tab style='display:none'>{body(FIGURES)}</div>"), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def drawn(figures):
    """The tables drawn with boxes."""
    rows = [row for table in TABLES for row in layout(table, figures)]
    return "".join(f"<div class=r>{''.join(f'<div>{cell.text}</div>' for cell in row)}</div>" for row in rows)


def test_a_copy_in_another_shape_puts_the_tables_in_doubt():
    records = extract(
        page(f"<div>{drawn(FIGURES)}</div><details><summary>旧版</summary>{body(OLD)}</details>"), name="p"
    )
    assert {record.verdict for record in records} == {"incomplete"}
    assert all({"two-versions", "further-tables"} & set(codes(record)) for record in records)


@pytest.mark.parametrize(
    "times",
    [("本年", "上年"), ("2023年", "2022年"), ("2022年度", "2023年度"), ("本年度", "上一年度", "同比增减")],
    ids="-".join,
)
@pytest.mark.parametrize("table", ["applications", "review"])
def test_last_years_figures_in_columns_beside_this_years(times, table):
    own = next(at for at, time in enumerate(times) if time in ("本年", "本年度", "2023年", "2023年度"))
    pieces = []
    for each in TABLES:
        rows = layout(each, FIGURES)
        if each == table:
            td = rows[0][0].__class__
            first = next(at for at, row in enumerate(rows) if any(cell.code for cell in row))
            count = sum(bool(cell.code) for cell in rows[first])
            for row in rows[:first]:
                for cell in row:
                    if cell.colspan == 3 and cell.rowspan > 1:
                        cell.rowspan += 1
                    else:
                        cell.colspan *= len(times)
            for row in rows[first:]:
                figures = [cell for cell in row if cell.code]
                row[len(row) - count :] = [
                    cell if at == own else td(str(at + 4)) for cell in figures for at in range(len(times))
                ]
            rows.insert(first, [td(time) for _ in range(count) for time in times])
        pieces.append(table_html(rows))
    (record,) = extract(page(f"<p>一、总体情况</p>{''.join(pieces)}"), name="page.html")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")
    assert "further-tables" in codes(record)


def test_serial_numbers_before_the_labels():
    rows = layout("applications", FIGURES)
    numbered = [[rows[0][0].__class__("序号", rowspan=3), *rows[0]], *rows[1:3]]
    numbered += [[rows[0][0].__class__(str(n)), *row] for n, row in enumerate(rows[3:], 1)]
    content = body(FIGURES).replace(table_html(rows), table_html(numbered))
    (record,) = extract(page(content), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize("same", [True, False])
def test_the_first_row_of_table_3_printed_twice(same):
    figures = balanced("twice", requests=60)

    def bend(table, rows):
        if table != "applications":
            return [rows]
        first = next(place for place, row in enumerate(rows) if row[0].text.startswith("一、"))
        again = [replace(cell, text=cell.text if same or not cell.code else f"{cell.text}1") for cell in rows[first]]
        return [[*rows[: first + 1], again, *rows[first + 1 :]]]

    record = read(figures, bend)
    assert (differences(record, figures), record.verdict) == ([], "verified" if same else "incomplete")
    assert ("row-repeated" if same else "row-twice") in {problem.code for problem in record.problems}


def test_a_piece_of_a_table_printed_twice_is_a_copy():
    rows = layout("applications", FIGURES)
    whole = table_html(rows)
    (record,) = extract(page(body(FIGURES).replace(whole, whole + table_html(rows[3:6]))), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")
    assert "table-copy" in codes(record)


@pytest.mark.parametrize("table", ["proactive", "applications"])
@pytest.mark.parametrize("beside", [True, False])
def test_a_piece_of_a_table_before_the_whole_is_a_copy(table, beside):
    whole = table_html(layout(table, FIGURES))
    piece = table_html(layout(table, FIGURES)[:5])
    shown = body(FIGURES)
    place = shown.index(whole) if beside else shown.index("<p>二、")
    (record,) = extract(page(shown[:place] + piece + shown[place:]), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")
    assert "table-copy" in codes(record)


def test_a_piece_before_the_next_report_is_of_its_own():
    """Though its figures are those of the next report, whose title stands between the two."""
    piece = table_html(layout("applications", FIGURES)[:5])
    second = f"<h1>青山县教育局2023年政府信息公开工作年度报告</h1>{body(FIGURES)}"
    records = extract(page(f"<p>一、总体情况</p>{piece}{second}"), name="page")
    assert [record.verdict for record in records] == ["incomplete", "verified"]
    assert records[0].proactive is None and not differences(records[1], FIGURES)


def test_a_piece_with_another_figure_before_the_whole_is_no_copy():
    rows = layout("applications", FIGURES)
    other = [*rows[:3], *([replace(cell, text="7" if cell.code else cell.text) for cell in row] for row in rows[3:5])]
    whole = table_html(rows)
    records = extract(page(body(FIGURES).replace(whole, table_html(other) + whole)), name="page")
    assert all(record.verdict == "incomplete" for record in records)


def test_a_piece_with_another_figure_is_no_copy():
    rows = layout("applications", FIGURES)
    other = [[replace(cell, text="7" if cell.code else cell.text) for cell in row] for row in rows[3:5]]
    whole = table_html(rows)
    records = extract(page(body(FIGURES).replace(whole, whole + table_html(other))), name="page")
    assert all(record.verdict == "incomplete" for record in records)


def test_cells_that_hold_a_table_of_one_cell_are_read_once():
    boxed = re.sub(r"<td([^>]*)>(.*?)</td>", r"<td\1><table><tr><td>\2</td></tr></table></td>", body(FIGURES))
    (record,) = extract(page(boxed), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_the_next_report_s_heading_is_no_title_of_the_first():
    """The first report has its title in the page's metadata alone."""
    first, second = "青山县民政局2023年政府信息公开工作年度报告", "青山县教育局2023年政府信息公开工作年度报告"
    shown = f"{body(FIGURES)}<h1>{second}</h1>{body(OLD)}"
    records = extract(f"<html><head><title>{first}</title></head><body>{shown}</body></html>".encode(), name="page")
    assert [(record.title, record.verdict) for record in records] == [(first, "verified"), (second, "verified")]
    assert [differences(*each) for each in zip(records, (FIGURES, OLD), strict=True)] == [[], []]


@pytest.mark.parametrize("shown", ["", "&nbsp;"])
def test_the_empty_form_behind_a_report_is_no_other_report(shown):
    form = re.sub(r"(<td[^>]*>)[\d.]+(?=</td>)", rf"\g<1>{shown}", tables(FIGURES))
    assert not re.search(r">[\d.]+<", form)
    (record,) = extract(page(f"{body(FIGURES)}<p>附：空白表样</p>{form}"), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("青川县民政局2023年政府信息公开工作年度报告", "青川县水利局2023年政府信息公开工作年度报告"),
        ("青川县民政局2023年政府信息公开工作年度报告", "青川县民政局2022年政府信息公开工作年度报告"),
    ],
)
def test_a_table_below_another_reports_title_is_none_of_the_report_above(own, other):
    kept = tables(FIGURES, ("review",))
    content = body(FIGURES).replace(
        kept, f"<p>本年度未发生。</p><h2>{other}</h2><p>四、行政复议、行政诉讼情况</p>{kept}"
    )
    records = extract(page(content, own), name="page")
    assert records[0].review is None and records[0].verdict == "incomplete"
    assert all(record.verdict != "verified" for record in records)


@pytest.mark.parametrize("said", ["青川县政府办公室2023年政府信息公开工作年度报告", "2023年政府信息公开工作年度报告"])
def test_a_report_that_repeats_its_own_title_between_its_tables_is_one(said):
    kept = tables(FIGURES, ("review",))
    content = body(FIGURES).replace(kept, f"<p>{said}</p>{kept}")
    (record,) = extract(page(content, "青川县人民政府办公室2023年政府信息公开工作年度报告"), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")
