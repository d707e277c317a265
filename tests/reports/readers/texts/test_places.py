"""Tables of a text whose columns are told only by their places on the line, and the running numbers around them."""

from __future__ import annotations

import time

import pytest

from demo.figures import COLUMNS, balanced
from demo.layout import layout
from reports import extract
from reports.forms import TABLES
from reports.readers.sniff import sniff
from reports.readers.texts.numbered import without_numbers
from reports.readers.texts.places import by_places
from tests.gold.lines import padded
from tests.gold.texts import frame_of_data, numbered
from tests.reports.tables.pages import HEADINGS, differences, page

SIDES = ("left", "right", "middle")


def lines_of(figures, print_):
    lines = ["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况", "本机关按照要求做好各项工作。"]
    for table in TABLES:
        lines += [HEADINGS[table], *print_(layout(table, figures))]
    return [*lines, "五、存在的主要问题及改进情况", "仍需努力。"]


def read(lines):
    (record,) = extract("\n".join(lines).encode(), name="report.txt")
    return record


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("columns", [("business",), ("research", "social_organisation"), COLUMNS[1:]])
def test_a_blank_column_is_told_by_its_heading(side, columns):
    figures = balanced("padded columns", requests=300, persons_only=True).columns_blanked(*columns)
    record = read(lines_of(figures, lambda rows: padded(rows, side)))
    assert (differences(record, figures), record.verdict) == ([], "verified")


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("generation", ["2019", "2021"])
def test_noughts_left_blank_are_blank_where_they_stand(side, generation):
    figures = balanced("padded noughts", proactive=generation, applications=generation, requests=300)
    noughts = [code for code, value in figures.values.items() if value == 0 and "applications" in code]
    figures = figures.blanked(*noughts)
    record = read(lines_of(figures, lambda rows: padded(rows, side)))
    assert differences(record, figures) == []


def test_the_places_are_kept_where_a_browser_keeps_the_spaces():
    figures = balanced("padded page", requests=300, persons_only=True).columns_blanked(*COLUMNS[2:5])
    lines = (line.replace("  ", "\xa0\xa0") for line in lines_of(figures, lambda rows: padded(rows, "left")))
    (record,) = extract(page("".join(f"<p>{line}</p>" for line in lines)), name="page.html")
    assert (differences(record, figures), record.verdict) == ([], "verified")


def test_places_that_no_row_fills_side_by_side_may_be_one_column():
    heading = "信息内容    制发件数  废止件数  有效件数"
    block = ["第二十条第（一）项", heading, "规章        0", "行政规范性文件        33       877"]
    assert by_places(block, 0)[0] is None


def test_nothing_is_read_where_wide_letters_of_one_or_two_places_tell_different_columns():
    heading = "信息 制发件数        废止件数   有效件数"
    assert by_places(["第二十条第（一）项", heading, f"行政许可{' ' * 18}333"], 0)[0] is None


@pytest.mark.parametrize("moved", range(1, 12, 2))
@pytest.mark.parametrize("side", SIDES)
def test_a_figure_that_stands_below_no_heading_is_never_verified(side, moved):
    """Table 2 has no sums: where one of its three figures is blank, the places must say which."""
    figures = balanced("moved", requests=300).blanked("proactive_regulations_issued")
    lines = lines_of(figures, lambda rows: padded(rows, side))
    at = next(place for place, line in enumerate(lines) if line.strip().startswith("规章"))
    label = len(lines[at]) - len(lines[at].lstrip()) + 2
    lines[at] = lines[at][:label] + lines[at][label + moved :]
    record = read(lines)
    wrong = [each for each in differences(record, figures) if each[1] is not None and each[1] != "absent"]
    assert record.verdict != "verified" or not wrong


def test_full_rows_and_words_behind_figures_are_left_to_other_readers():
    assert by_places(["项目  数量  金额", "甲    1     2", "乙    3     4"], 0)[0] is None
    assert by_places(["项目  数量  备注", "甲    1     其中二", "乙          无误"], 0)[0] is None


def test_rows_that_are_full_but_moved_are_not_blank_at_an_end():
    assert by_places(["甲    1  2  3", "乙丙丁戊    4  5  6"], 0)[0] is None


@pytest.mark.parametrize("print_", [numbered, frame_of_data])
def test_running_numbers_of_rows_and_columns_are_no_figures(print_):
    figures = balanced("numbered", requests=300)
    record = read(lines_of(figures, print_))
    assert (differences(record, figures), record.verdict) == ([], "verified")


def test_only_numbers_that_run_are_left_out():
    figures = [["1", "2"], ["2", "5"], ["3", "8"]]
    assert without_numbers(figures) == figures
    jump = [["1", "甲", "5"], ["2", "乙", "6"], ["4", "丙", "7"]]
    assert without_numbers(jump) == jump
    run = [["序号", "项目"], ["1", "甲"], ["2", "乙"]]
    assert without_numbers(run) == [["序号", "项目"], [None, "甲"], [None, "乙"]]


def test_halves_of_letters_in_utf_16_are_no_tag():
    text = "编号\u3c00P：标题"
    for encoding in ("utf-16-le", "utf-16-be"):
        assert sniff("\ufeff".encode(encoding) + text.encode(encoding)) == "text"
        assert sniff("\ufeff".encode(encoding) + f"标题 <table><tr><td>{text}".encode(encoding)) == "html"


def test_many_padded_lines_take_linear_time():
    def seconds(count):
        source = ("甲乙    1      3\n" + "丙      " * 60 + "7\n") * count
        begin = time.process_time()
        extract(source.encode(), name="report.txt")
        return time.process_time() - begin

    seconds(50)
    assert seconds(4000) < 12 * max(seconds(1000), 0.05)
