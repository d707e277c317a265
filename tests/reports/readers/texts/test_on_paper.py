"""Tables with blank cells whose labels and headings are folded side by side, as a page looks on paper."""

from __future__ import annotations

import random
import re
import time

import pytest

from demo.figures import COLUMNS, balanced
from demo.layout import layout
from reports import extract
from reports.forms import TABLES
from reports.readers.texts.on_paper import tables_on_paper
from reports.readers.texts.review_on_paper import reviews_on_paper
from tests.reports.readers.texts.test_in_order import looks
from tests.reports.tables.pages import HEADINGS, differences

FIGURES = balanced("on paper", requests=900)
SECTION = HEADINGS["applications"]


def report(figures, most=10, middle=True, folded=("applications", "review"), change=lambda lines: lines):
    lines = ["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况", "本机关按照要求做好各项工作。"]
    for table in TABLES:
        rows = layout(table, figures)
        printed = ["\t".join(cell.text for cell in row) for row in rows]
        lines += [HEADINGS[table], *(change(looks(rows, most, middle)) if table in folded else printed)]
    return [*lines, "五、存在的主要问题及改进情况", "仍需努力。"]


def read(lines):
    (record,) = extract("\n".join(lines).encode(), name="report.txt")
    return record


def noughts(figures, chance, share):
    """Some of the noughts of table 3 left blank."""
    found = [code for code, value in figures.values.items() if value == 0 and code.startswith("applications")]
    return figures.blanked(*(code for code in found if chance.random() < share))


@pytest.mark.parametrize("middle", [True, False])
@pytest.mark.parametrize("columns", [("business",), ("research", "social_organisation"), COLUMNS[1:]])
@pytest.mark.parametrize("generation", ["2019", "2021"])
def test_blank_columns_are_told_by_their_headings(generation, columns, middle):
    figures = balanced("blank", proactive=generation, applications=generation, requests=300, persons_only=True)
    figures = figures.columns_blanked(*columns)
    record = read(report(figures, middle=middle))
    assert (differences(record, figures), record.verdict) == ([], "verified")


@pytest.mark.parametrize("seed", range(8))
def test_noughts_left_blank_are_blank_where_they_stand(seed):
    chance = random.Random(seed)
    figures = balanced(f"noughts {seed}", requests=chance.choice([20, 900]))
    figures = noughts(figures, chance, chance.choice([0.3, 1.0]))
    record = read(report(figures, chance.choice([8, 10, 16]), chance.random() < 0.5))
    assert (differences(record, figures), record.verdict) == ([], "verified")


@pytest.mark.parametrize("moved", [2, 5, 9])
def test_the_columns_of_a_further_page_stand_elsewhere(moved):
    figures = balanced("pages", requests=300, persons_only=True).columns_blanked("business", "research")

    def turned(lines):
        at = next(at for at, line in enumerate(lines) if "信访" in line)
        page = [re.sub(r"(?<= )(?=\d+(?: |$))", " " * moved, line, count=1) for line in lines[at:]]
        return [*lines[:at], "", *page]

    record = read(report(figures, folded=("applications",), change=turned))
    assert (differences(record, figures), record.verdict) == ([], "verified")


@pytest.mark.parametrize("seed", range(20))
def test_figures_that_were_moved_are_never_taken_for_others(seed):
    chance = random.Random(f"moved {seed}")
    figures = noughts(FIGURES, chance, 0.5)

    def moved(lines):
        return [re.sub(r" {3,}(?=\d)", lambda gap: " " * (len(gap[0]) + chance.randint(-2, 2)), each) for each in lines]

    record = read(report(figures, 8, folded=("applications",), change=moved))
    wrong = [each for each in differences(record, figures) if each[2] != "absent"]
    assert not wrong or record.verdict != "verified"


def test_one_space_between_all_words_tells_no_places():
    figures = noughts(FIGURES, random.Random("spaces"), 0.5)
    lines = [" ".join(line.split()) for line in looks(layout("applications", figures), 10, True)]
    for _, (rows, _, _) in tables_on_paper([SECTION, *lines, "四、"], []).items():
        assert all("" not in row[1:] for row in rows if len(row) == 1 + len(COLUMNS) and row[0])


@pytest.mark.parametrize("number", ["3", " " * 60 + "3", "- 3 -", "3 / 9"])
def test_the_number_of_a_page_is_no_figure_of_the_row_above_it(number):
    figures = noughts(FIGURES, random.Random("page"), 0.5).columns_blanked("business")
    lines = looks(layout("applications", figures), 10, True)
    at = next(at for at, line in enumerate(lines) if "7." in line and re.search(r"\d$", line))
    assert tables_on_paper([SECTION, *lines, "四、"], [])
    assert tables_on_paper([SECTION, *lines[: at + 1], number, *lines[at + 1 :], "四、"], []) == {}


def test_a_line_that_comes_again_with_a_piece_of_a_row_is_passed_by_for_no_reading():
    lines = looks(layout("applications", noughts(FIGURES, random.Random("again"), 0.5)), 10, True)
    at = next(at for at, line in enumerate(lines) if "7." in line and re.search(r"\d$", line))
    beside = f"附注{' ' * 60}0    0"
    assert tables_on_paper([SECTION, *lines[: at + 1], beside, beside, *lines[at + 1 :], "四、"], []) == {}


def test_two_rows_that_have_changed_places_are_not_taken_for_the_forms():
    rows = layout("applications", noughts(FIGURES, random.Random("changed"), 0.5))
    one, other = (place for place, row in enumerate(rows) if any("第三方" in c.text or "内部" in c.text for c in row))
    rows[one], rows[other] = rows[other], rows[one]
    assert tables_on_paper([SECTION, *looks(rows, 10, True), "四、"], []) == {}


def test_a_blank_of_table_4_is_told_by_its_heading_and_its_sum_or_not_at_all():
    noughts_of_review = [code for code, value in FIGURES.values.items() if value == 0 and code.startswith("review")]
    told = 0
    for code in noughts_of_review:
        drawn = layout("review", FIGURES.blanked(code))
        for reading in reviews_on_paper([HEADINGS["review"], *looks(drawn, 8, False), "五、"]).values():
            assert reading[0][-1] == [cell.text for cell in drawn[-1] if cell.code]
            told += 1
    assert told


def test_endless_texts_take_no_time():
    lines = ["行政复议 行政诉讼", *["结果维持 其他结果 结果纠正 总计"] * 9, "1 2", *["一、本年新收 1"] * 40] * 200
    begin = time.process_time()
    assert tables_on_paper(lines, []) == reviews_on_paper(lines) == {}
    assert time.process_time() - begin < 4
