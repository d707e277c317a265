"""Labels as organs shorten them, notes at figures, and rows of their own: what is read, and what a sum takes in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from demo.figures import balanced
from demo.layout import Td
from reports.tables.labels import exact_labels, labels_of
from reports.tables.numbers import read_value
from reports.tables.rows import token_of
from tests.reports.tables.pages import differences, read

FIGURES = balanced("short labels", requests=60)
SHORT = {
    "一、本年新收政府信息公开申请数量": "一、本年新收",
    "二、上年结转政府信息公开申请数量": "二、上年度结转申请数量",
    "1.属于国家秘密": "1.国家秘密",
    "3.危及“三安全一稳定”": "3.三安全一稳定",
    "5.属于三类内部事务信息": "5.内部事务信息",
    "1.本机关不掌握相关政府信息": "1.不掌握相关信息（件）",
    "3.补正后申请内容仍不明确": "3.补正后仍不明确",
    "1.信访举报投诉类申请": "1.信访、举报、投诉类",
    "（七）总计": "（七）本年度办理总计（件）",
    "四、结转下年度继续办理": "四、结转下一年度",
    "未经复议直接起诉": "直接起诉",
    "复议后起诉": "经复议后起诉",
    "其他结果": "其他",
    "现行有效件数": "有效件数",
    "行政许可": "行政许可事项",
}


def shortened(table, rows):
    changed = [
        [cell if cell.code else replace(cell, text=SHORT.get(cell.text, cell.text)) for cell in row] for row in rows
    ]
    return [changed]


def test_shortened_labels():
    record = read(FIGURES, shortened)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize(
    "how", ["{0}单位：{1}", "{0} {1}", "{0}，金额单位：人民币{1}", "{0}〔单位：{1}〕", "{0}<单位：{1}>"]
)
@pytest.mark.parametrize("unit", ["万元", "元"])
def test_units_behind_headings_in_any_brackets_or_none(how, unit):
    money = how.format("本年收费金额", unit)

    def named(table, rows):
        return [
            [[replace(cell, text=money if "本年收费金额" in cell.text else cell.text) for cell in row] for row in rows]
        ]

    record = read(FIGURES, named)
    assert record.verdict == "verified"
    known = FIGURES.values["proactive_fees_10k_yuan"]
    assert record.proactive["fees_10k_yuan"] == pytest.approx(known if unit == "万元" else known / 10_000)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("行政复议-结果维持", {("block", "review"), ("outcome", "upheld")}),
        ("行政诉讼未经复议直接起诉（尚未审结）", {("block", "suit_direct"), ("outcome", "pending")}),
        ("总计数", {("column", "total"), ("outcome", "total"), ("row", "handled_total")}),
        ("自然人 Natural person", {("column", "natural_person")}),
        ("（三）不予公开 Refused-8.属于行政查询事项 Administrative inquiry", {("row", "refused_administrative_query")}),
        ("法人/科研机构", {("column", "research")}),
        ("（三）不予公开-4.保护第三方合法权益", {("row", "refused_third_party_rights")}),
        ("不予公开4.保护第三方合法权益（件）", {("row", "refused_third_party_rights")}),
    ],
)
def test_labels_that_name_two_things(text, kinds):
    assert {(label.kind, label.key) for label in labels_of(text)} == kinds


@pytest.mark.parametrize("text", ["5*", "5 ※", "*5", "5注1", "5（注1）", "5**", "５＊"])
def test_a_footnotes_mark_is_a_note(text):
    value = read_value(text)
    assert (value.state, value.figure) == ("annotated", 5)
    assert value.note


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("43（含上年结转）", 43),
        ("1,203件（均为信访举报投诉类申请）", 1203),
        ("１（包括行政许可）", 1),
        ("3（其中重复申请）", 3),
    ],
)
def test_a_note_in_the_forms_words_makes_no_label_of_a_figure(text, figure):
    token = token_of(text)
    assert (token.labels, token.value.state, token.value.figure) == ((), "annotated", figure)


@pytest.mark.parametrize("text", ["1（属于国家秘密）", "3（信访举报投诉类申请）"])
def test_a_label_in_brackets_behind_its_number_is_a_label(text):
    assert token_of(text).labels


@pytest.mark.parametrize("text", ["*", "注1", "5*3", "5#2", "#"])
def test_a_mark_alone_is_no_figure(text):
    assert read_value(text).state == "unreadable"


def local_rows(table, rows):
    """A row that says what is in the row above it, and one of the organ's own that counts."""
    if table != "applications":
        return [rows]
    lines = []
    for row in rows:
        lines.append(row)
        if any(cell.text.startswith("（一）予以公开") for cell in row):
            row[0].rowspan += 2
            lines.append([Td("其中：网上申请", colspan=2), *[Td("1") for _ in range(7)]])
        if any(cell.code == "applications_other_other_total" for cell in row):
            lines.append([Td("申请人撤回申请", colspan=2), Td("1"), *[Td("0") for _ in range(5)], Td("1")])
    return [lines]


def test_a_part_of_the_row_above_adds_nothing_to_a_sum():
    figures = FIGURES.copy()
    for code in ("new_received", "handled_total"):
        for column in ("natural_person", "total"):
            figures.values[f"applications_{code}_{column}"] += 1
    record = read(figures, local_rows)
    assert (differences(record, figures), record.verdict) == ([], "verified")


def three_headings(table, rows):
    """Table 4 with the blocks below each other, their names beside their figures in merged cells."""
    if table != "review":
        return [rows]
    values = rows[-1]
    head = [Td("类型", colspan=2), *(Td(text) for text in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))]
    return [[
        head,
        [Td("行政复议", colspan=2), *values[:5]],
        [Td("行政诉讼", rowspan=2), Td("未经复议直接起诉"), *values[5:10]],
        [Td("复议后起诉"), *values[10:]],
    ]]  # fmt: skip


def test_blocks_of_table_4_below_each_other():
    record = read(FIGURES, three_headings)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def with_spacer(table, rows):
    """An empty column that nobody filled ends every row; two noughts of one row are merged."""
    if table != "applications":
        return [rows]
    for row in rows:
        row.append(Td(""))
    for row in rows[3:]:
        values = [cell for cell in row if cell.code]
        if values[2].text == values[3].text == "0":
            values[2].colspan = 2
            row.remove(values[3])
            break
    return [rows]


def test_an_empty_column_does_not_make_up_for_a_merged_figure():
    record = read(FIGURES, with_spacer)
    assert record.verdict == "incomplete"
    wrong = [each for each in differences(record, FIGURES) if each[2] not in (None, "absent")]
    assert wrong == []


def shifted_by_label(table, rows):
    """Labels that cover a column less than the header says, and an empty column at the end of every row."""
    if table != "applications":
        return [rows]
    for row in rows:
        row.append(Td(""))
        if len(row) == 9 and row[0].colspan == 3:
            row[0].colspan = 2
    return [rows]


def test_columns_that_nobody_filled_are_no_columns():
    record = read(FIGURES, shifted_by_label)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def joined_and_mistyped(table, rows):
    """The group's name before each label, with a typing error in the label."""
    if table != "applications":
        return [rows]
    for row in rows:
        for cell in row:
            if cell.text == "4.保护第三方合法权益":
                cell.text = "（三）不予公开-4.保护第三方法权益"
    return [rows]


def test_a_typing_error_behind_the_groups_number():
    record = read(FIGURES, joined_and_mistyped)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize(
    ("text", "known"), [("A、B", False), ("A×B", False), ("总计 A、B、C", True), ("=E5=9C", False)]
)
def test_single_letters_with_signs_between_them_come_to_an_end(text, known):
    assert bool(exact_labels(text)) == known
