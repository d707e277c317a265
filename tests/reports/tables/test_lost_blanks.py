"""Texts that print a cell a line and nothing for a blank: what can be known of their rows, and what cannot."""

from __future__ import annotations

import contextlib
import random
import time

import pytest

from demo.figures import balanced
from demo.layout import layout
from reports import extract
from reports.document import Cell, Grid
from reports.forms import TABLES
from reports.tables import lost_blanks
from reports.tables.applications_form import COLUMNS, ROW_KEYS, rows_of
from reports.tables.arranged import TooManyWays, balanced_arrangements, ways_of
from reports.tables.numbers import read_value
from reports.tables.rows import Reading
from tests.reports.tables.pages import HEADINGS, differences

KEYS = rows_of("2021")


def read(figures):
    lines = ["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况", "本机关按照要求做好各项工作。"]
    for table in TABLES:
        lines += [HEADINGS[table], *(cell.text for row in layout(table, figures) for cell in row if cell.text)]
    text = "\n".join([*lines, "五、存在的主要问题及改进情况", "仍需努力。"])
    (record,) = extract(text.encode(), name="report.txt")
    return record


def places(row):
    return [f"applications_{row}_{column}" for column in COLUMNS]


def empty_rows(figures):
    return [row for row in KEYS if not any(figures.values[place] for place in places(row))]


def test_a_row_without_figures_is_blank():
    figures = balanced("blank rows", requests=40)
    figures = figures.blanked(*(place for row in empty_rows(figures) for place in places(row)))
    record = read(figures)
    assert (differences(record, figures), record.verdict) == ([], "verified")
    assert "rows-blank" in {problem.code for problem in record.problems}


def test_figures_stand_where_alone_all_sums_balance():
    figures = balanced("one place 0", requests=4_000)
    blank = next(
        place for row in KEYS for place in places(row)
        if figures.values[place] == 0 and all(figures.values[each] for each in places(row) if each != place)
    )  # fmt: skip
    record = read(figures.blanked(blank))
    assert (differences(record, figures.blanked(blank)), record.verdict) == ([], "verified")
    assert "rows-arranged" in {problem.code for problem in record.problems}


def test_what_can_stand_in_two_places_is_missing():
    figures = balanced("two places", requests=40, persons_only=True)
    noughts = [code for code, value in figures.values.items() if value == 0 and code.startswith("applications")]
    record = read(figures.blanked(*noughts))
    assert record.verdict == "incomplete"
    assert {problem.code for problem in record.problems} >= {"cell-missing", "rows-blank"}
    assert all(found in ("absent", wanted) for _, wanted, found in differences(record, figures.blanked(*noughts)))


@pytest.mark.parametrize("seed", range(12))
def test_no_mistake_is_balanced_away(seed):
    chance = random.Random(seed)
    figures = balanced("mistakes", requests=300)
    filled = [code for code, value in figures.values.items() if value and code.startswith("applications")]
    figures = figures.planted(chance.choice(filled), by=chance.choice((1, 3, 10)))
    noughts = [code for code, value in figures.values.items() if value == 0 and code.startswith("applications")]
    record = read(figures.blanked(*chance.sample(noughts, len(noughts) // 6)))
    assert record.verdict != "verified"


def test_a_label_whose_figures_stand_elsewhere_is_no_blank_row():
    figures = balanced("elsewhere", requests=40)
    lines = [HEADINGS["applications"]]
    rows = layout("applications", figures)
    lines += [cell.text for row in rows for cell in row if not cell.code]
    lines += [cell.text for row in rows for cell in row if cell.code]
    text = "\n".join(["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况", *lines, "五、存在的主要问题"])
    (record,) = extract(text.encode(), name="report.txt")
    assert all(cell.value is not None for cell in record.cells)
    assert record.verdict != "verified"


def arrangements_beside(figures, open_row, blank=()):
    """What the sums allow for one row whose blanks left no trace, where the others stand at their places."""
    reading = Reading("applications", generation="2021")
    for row in KEYS:
        for column, place in zip(COLUMNS, places(row), strict=True):
            if row != open_row:
                text = "" if (row, column) in blank else str(figures.values[place])
                reading.put(row, column, Cell(text, 0, 0), read_value(text), Grid(0, []))
    counts = [figures.values[place] for place in places(open_row) if figures.values[place]]
    return lost_blanks._balanced(reading, {open_row: ways_of(counts, len(COLUMNS))}, "2021").get(open_row)


def test_sums_place_no_row_beside_one_that_keeps_blank_cells():
    """Its places were told by where it stands: were it moved, the sums would move all others with it."""
    figures = balanced("beside", requests=900)
    open_row = next(row for row in KEYS if 2 < sum(map(bool, map(figures.values.get, places(row)))) < len(COLUMNS))
    assert arrangements_beside(figures, open_row)
    kept = next(
        (row, column) for row in KEYS for column, place in zip(COLUMNS, places(row), strict=True)
        if row != open_row and figures.values[place] == 0
    )  # fmt: skip
    assert not arrangements_beside(figures, open_row, {kept})


def test_ways_keep_the_order_and_balance_by_themselves():
    assert set(ways_of([3, 3], 7)) == {
        tuple(3 if place in (at, 6) else None for place in range(7)) for at in range(6)
    }  # fmt: skip
    assert ways_of([], 7) == [(None,) * 7]
    assert ways_of([3, 4], 7) == []


@pytest.mark.parametrize("figures", [[1, 1], [1, 2, 3], [0, 0, 0], [5, 5, 10]])
def test_too_many_arrangements_are_given_up_in_time(figures):
    begun = time.process_time()
    with contextlib.suppress(TooManyWays):
        balanced_arrangements({key: ways_of(figures, 7) for key in ROW_KEYS})
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "line", ["12", "一、本年新收政府信息公开申请数量\n1\n2", "（一）予以公开：1，2，，3", "0 0 0 0 0 0 0"]
)
def test_fifty_thousand_figures_are_read_in_time(line):
    head = "青山县民政局2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n自然人\n商业企业\n"
    begun = time.process_time()
    extract((head + f"{line}\n" * 50_000).encode(), name="report.txt")
    assert time.process_time() - begun < 8


def test_noughts_beside_a_piece_of_a_label_leave_no_row_blank():
    figures = balanced("pieces", requests=40)
    label = next(cell.text for row in layout("applications", figures) for cell in row if "无正当理由大量" in cell.text)
    lines = [cell.text for row in layout("applications", figures) for cell in row if cell.text]
    at = lines.index(label)
    noughts = lines[at + 1 : at + 8]
    lines[at : at + 8] = [label, "青山县民政局", "这一情形，不计", *noughts]
    text = "\n".join(
        ["青山县民政局2023年政府信息公开工作年度报告", HEADINGS["applications"], *lines, "五、存在的主要问题及改进情况"]
    )
    (record,) = extract(text.encode(), name="report.txt")
    row = (record.applications or {}).get("not_processed_excessive", {})
    assert all(
        figures.values[f"applications_not_processed_excessive_{column}"] == value for column, value in row.items()
    )
