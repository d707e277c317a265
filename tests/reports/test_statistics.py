"""The 统计表 of 2014-2018 comes out line by line, under the national names."""

import pytest

import data
from demo.writing import statistics_2014
from reports import extract
from reports.document import Cell, Document, Grid
from reports.statistics import indicators, statistics

TITLE = "青山县民政局2016年政府信息公开工作年度报告"


def wrapped(content):
    return f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{content}</body></html>".encode()


def shapes(lines):
    printed = [(label, unit, "" if value is None else str(value)) for label, unit, value in lines]
    table = "".join(f"<tr><td>{label}</td><td>{unit}</td><td>{value}</td></tr>" for label, unit, value in printed)
    head = "<tr><td>统 计 指 标</td><td>单位</td><td>统计数</td></tr>"
    return {
        "table": wrapped(f"<table>{head}{table}</table>"),
        "layout table": wrapped(
            f"<table><tr><td><p>政府信息公开情况统计表</p><table>{head}{table}</table></td></tr></table>"
        ),
        "paragraphs": wrapped("".join(f"<p>{label} {unit} {value}</p>" for label, unit, value in printed)),
        "paragraphs, colons": wrapped(
            "".join(f"<p>{label}：{value}{unit}</p>" if unit else f"<p>{label}</p>" for label, unit, value in printed)
        ),
        "text, a cell a line": "\n".join([TITLE, "一、概述", *(x for line in printed for x in line if x)]).encode(),
        "text, bars": "\n".join([TITLE, *(f"| {a} | {b} | {c} |" for a, b, c in printed)]).encode(),
    }


@pytest.mark.parametrize(
    "shape", ["table", "layout table", "paragraphs", "paragraphs, colons", "text, a cell a line", "text, bars"]
)
def test_every_line_is_read(shape):
    lines = statistics_2014("seed")
    (record,) = extract(shapes(lines)[shape], name="report")
    expected = [(value, unit) for _, unit, value in lines if value is not None]
    assert [(each.value, each.unit) for each in record.statistics] == expected
    keys = [each.key for each in record.statistics]
    assert None not in keys and len(set(keys)) == len(keys)
    assert record.verdict == "incomplete"
    assert (record.proactive, record.applications, record.review) == (None, None, None)


def test_unknown_indicators_are_kept():
    lines = [*statistics_2014("seed"), ("（四）本县自设的指标数", "个", 7)]
    (record,) = extract(shapes(lines)["table"], name="report")
    last = record.statistics[-1]
    assert (last.indicator, last.unit, last.value, last.key) == ("（四）本县自设的指标数", "个", 7, None)


def test_keys_are_unique():
    keys = [each.key for each in indicators() if each.key]
    assert len(set(keys)) == len(keys)
    assert data.load_yaml("forms/statistics-2014.yaml")["title"]


def test_a_sections_total_beside_its_name():
    lines = statistics_2014("seed")
    rows = []
    for label, unit, value in lines:
        figure = "" if value is None else value
        mark = f"<td>{label}</td><td>合计</td>" if label.startswith("四、") else f"<td></td><td>{label}</td>"
        rows.append(f"<tr>{mark}<td>{unit}</td><td>{figure}</td></tr>")
    (record,) = extract(wrapped(f"<table>{''.join(rows)}</table>"), name="report")
    (reviews,) = [each for each in record.statistics if each.key == "reviews"]
    assert reviews.value == next(value for label, _, value in lines if label.startswith("四、"))


@pytest.mark.parametrize(
    "left_out", [["行政复议数量"], ["行政诉讼数量"], ["行政诉讼数量", "维持具体行政行为或者驳回原告诉讼请求数"]]
)
def test_lines_that_two_sections_share_find_theirs_without_its_heading(left_out):
    lines = [each for each in statistics_2014("seed") if not each[0].endswith(tuple(left_out))]
    told = {each.label: each.key for each in indicators() if each.key in ("reviews", "lawsuits")}
    whole = {each.key: each.value for each in extract(shapes(statistics_2014("seed"))["table"], name="r")[0].statistics}
    (record,) = extract(shapes(lines)["table"], name="report")
    read = {each.key: each.value for each in record.statistics}
    assert set(whole) - set(read) <= {*told.values(), "lawsuits_upheld"}
    assert {key: whole[key] for key in read} == read


def in_halves(lines, cut=None):
    """The form in two halves side by side; below ``cut`` rows it goes on in another table without heads."""
    half = -(-len(lines) // 2)
    cell = "<td>{}</td><td>{}</td><td>{}</td>"
    rows = []
    for left, right in zip(lines[:half], [*lines[half:], *[("", "", "")] * half], strict=False):
        shown = [("" if text is None else text) for text in (*left, *right)]
        rows.append(f"<tr>{cell.format(*shown[:3])}{cell.format(*shown[3:])}</tr>")
    head = "<tr>" + "<td>统计指标</td><td>单位</td><td>统计数</td>" * 2 + "</tr>"
    pieces = [rows] if cut is None else [rows[:cut], rows[cut:]]
    tables = [f"<table>{head if not at else ''}{''.join(piece)}</table>" for at, piece in enumerate(pieces)]
    return wrapped("<p>（续下表）</p>".join(tables))


@pytest.mark.parametrize("cut", [None, 12])
def test_a_form_in_two_halves_is_read_one_half_after_the_other(cut):
    lines = statistics_2014("seed")
    (record,) = extract(in_halves(lines, cut), name="report")
    found = {each.key: each.value for each in record.statistics}
    (plain,) = extract(shapes(lines)["table"], name="report")
    assert found == {each.key: each.value for each in plain.statistics}
    assert len(record.statistics) == len(found)


def test_a_heading_of_the_same_words_as_its_line_is_no_line_of_its_own():
    lines = statistics_2014("seed")
    at = next(place for place, line in enumerate(lines) if "举报投诉" in line[0])
    lines[at : at + 1] = [("六、举报投诉数量", "", None), ("举报投诉数量", "件", 12)]
    (record,) = extract(shapes(lines)["table"], name="report")
    assert [each.value for each in record.statistics if each.key == "complaints"] == [12]


def test_one_line_above_a_page_break_is_the_list_s_first():
    lines = [line for line in statistics_2014("seed") if line[2] is not None]
    pages = [[("统计指标", "单位", "统计数"), lines[0]], [("统计指标", "单位", "统计数"), *lines[1:]]]
    grids = [
        Grid(page, [[Cell(str(text), y, x) for x, text in enumerate(line)] for y, line in enumerate(piece)], page=page)
        for page, piece in enumerate(pages)
    ]
    found = statistics(Document("pdf", flow=list(grids)))
    assert [(each.unit, each.value) for each in found or ()] == [(unit, value) for _, unit, value in lines]


@pytest.mark.parametrize(
    ("headings", "own"),
    [
        (("2016年", "2015年"), 0),
        (("2015年", "2016年"), 1),
        (("本年", "上年"), 0),
        (("2015年", "2016年", "同比增长"), 1),
        (("2016年统计数", "2015年统计数"), 0),
        (("统计数", "同比增长（%）"), 0),
        (("统计数", "较上年增减"), 0),
        (("代码", "统计数"), 1),
        (("统计数", "去年"), 0),
    ],
)
def test_of_two_years_side_by_side_the_report_s_own_is_read(headings, own):
    lines = statistics_2014("seed")
    rows = "<tr><td>统计指标</td><td>单位</td>" + "".join(f"<td>{each}</td>" for each in headings) + "</tr>"
    for label, unit, value in lines:
        other = "" if value is None else str(value + 7)
        cells = ["" if value is None else str(value) if place == own else other for place in range(len(headings))]
        rows += f"<tr><td>{label}</td><td>{unit}</td>{''.join(f'<td>{each}</td>' for each in cells)}</tr>"
    (record,) = extract(wrapped(f"<table>{rows}</table>"), name="report")
    expected = [(value, unit) for _, unit, value in lines if value is not None]
    assert [(each.value, each.unit) for each in record.statistics] == expected


def test_a_telephone_number_under_the_list_is_no_figure():
    lines = statistics_2014("seed")
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td><td>{'' if c is None else c}</td></tr>" for a, b, c in lines)
    rows += "<tr><td>联系电话</td><td></td><td>8221234</td></tr><tr><td>填报日期：</td><td></td><td>2017.1</td></tr>"
    (record,) = extract(wrapped(f"<table>{rows}</table>"), name="report")
    assert not {"联系电话", "填报日期："} & {each.indicator for each in record.statistics}


def test_halves_side_by_side_with_codes_are_read_one_after_the_other():
    lines = [*statistics_2014("seed")]
    half = (len(lines) + 1) // 2
    lines += [("", "", None)] * (2 * half - len(lines))
    rows = f"<tr>{'<td>指标名称</td><td>代码</td><td>单位</td><td>统计数</td>' * 2}</tr>"
    for at in range(half):
        both = [(number, *lines[number]) for number in (at, at + half)]
        cells = (f"<td>{a}</td><td>{n}</td><td>{b}</td><td>{'' if c is None else c}</td>" for n, a, b, c in both)
        rows += f"<tr>{''.join(cells)}</tr>"
    (record,) = extract(wrapped(f"<table>{rows}</table>"), name="report")
    assert [each.value for each in record.statistics] == [value for _, _, value in lines if value is not None]


def levels(lines, headings, shares):
    """The list with a column a heading: a level's is a share of the figure, and that of all of them the figure."""
    rows = "<tr><td>统计指标</td><td>单位</td>" + "".join(f"<td>{each}</td>" for each in headings) + "</tr>"
    for label, unit, value in lines:
        figures = ["" if value is None else str(int(value * share) if share < 1 else value) for share in shares]
        rows += f"<tr><td>{label}</td><td>{unit}</td>{''.join(f'<td>{each}</td>' for each in figures)}</tr>"
    return wrapped(f"<table>{rows}</table>")


@pytest.mark.parametrize(
    ("headings", "shares"),
    [
        (("省本级", "市级", "县级", "合计"), (0.5, 0.3, 0.2, 1)),
        (("合计", "市本级", "县（区）"), (1, 0.5, 0.5)),
        (("全县总数", "县本级", "乡镇"), (1, 0.5, 0.5)),
        (("全区合计", "区级机关", "街道（镇）"), (1, 0.5, 0.5)),
        (("统计数", "历年累计"), (1, 0.5)),
        (("统计数", "其中：本级", "其中：下属单位"), (1, 0.5, 0.5)),
    ],
)
def test_of_levels_side_by_side_the_figure_of_all_of_them_is_read(headings, shares):
    lines = statistics_2014("seed")
    (record,) = extract(levels(lines, headings, shares), name="report")
    expected = [(value, unit) for _, unit, value in lines if value is not None]
    assert [(each.value, each.unit) for each in record.statistics] == expected


@pytest.mark.parametrize(
    ("headings", "shares"),
    [
        (("省本级", "市级", "县级"), (0.5, 0.3, 0.2)),  # none is the report's
        (("合计", "市本级", "县级"), (0.2, 1, 0.5)),  # the headings are not what they say
        (("统计数", "市本级", "县级"), (1, 0.5, 0.5)),
    ],
)
def test_of_levels_without_a_figure_of_all_of_them_none_is_read(headings, shares):
    (record,) = extract(levels(statistics_2014("seed"), headings, shares), name="report")
    assert {each.value for each in record.statistics if each.raw not in ("", "0")} == {None}


@pytest.mark.parametrize("right", [True, False])
def test_a_column_that_is_the_sum_of_organs_columns_is_read_as_the_report_s(right):
    lines = statistics_2014("seed")
    rows = "<tr><td>统计指标</td><td>单位</td><td>县政府办</td><td>县教育局</td><td>合计</td></tr>"
    for label, unit, value in lines:
        half = None if value is None else value // 2
        both = ("", "", "") if value is None or half is None else (half, value - half if right else value, value)
        rows += f"<tr><td>{label}</td><td>{unit}</td>{''.join(f'<td>{each}</td>' for each in both)}</tr>"
    (record,) = extract(wrapped(f"<table>{rows}</table>"), name="report")
    read = [each.value for each in record.statistics]
    if right:
        assert read == [value for _, _, value in lines if value is not None]
    else:
        assert not any(read)
