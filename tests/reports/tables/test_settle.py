"""What another reading may say of a report's tables, and what it may not."""

import re
from dataclasses import replace

from demo.figures import balanced
from reports import extract
from reports.readers import read
from reports.tables.find import find_tables
from reports.tables.settle import settle
from tests.reports.tables.pages import body, page

WRONG, NEXT = balanced("its own sums are wrong", requests=300), balanced("the next report", requests=200)
TITLE = "<h2>{}2023年政府信息公开工作年度报告</h2>"


def test_the_next_report_s_tables_are_no_other_reading_of_this_one():
    """A reader that misses the first report's tables comes to the next one's, and those balance."""
    total = "applications_new_received_total"
    wrong = replace(WRONG, values={**WRONG.values, total: WRONG.values[total] + 1})
    both = TITLE.format("青山县民政局") + body(wrong) + TITLE.format("白水县教育局") + body(NEXT)
    (document,) = read(page(both, "政府信息公开工作年度报告"), name="page")
    first, second = find_tables(document)
    others = {grid.index for reading in second.readings.values() for grid in reading.grids}
    missed = replace(document, flow=[part for part in document.flow if getattr(part, "index", min(others)) in others])
    assert len(find_tables(missed)) == 1

    settled = settle(document, first, 0, lambda pages: missed)

    cell = settled.readings["applications"].cells[("new_received", "total")]
    assert cell.value == wrong.values[total], "and not the next report's, however well they balance"
    assert any(each.status == "fail" and each.rule == "applications.row_total" for each in settled.checks)


def test_a_sub_total_in_doubt_is_left_out_with_its_doubt():
    """其他处理 over its three rows is no row of the form; that one of its figures was in doubt ended the reading."""
    rows = re.split("(?=<tr)", body(NEXT))
    first = next(number for number, row in enumerate(rows) if "（六）其他处理" in row)
    label = "<tr><td colspan='2'>（六）其他处理</td>"
    rows.insert(first, label + "<td>1 2</td>" * 7 + "</tr>")
    (record,) = extract(page("".join(rows), "青山县民政局2023年政府信息公开工作年度报告"), name="page")
    assert record.verdict != "unreadable"
    assert record.applications["other_other"]["total"] == NEXT.values["applications_other_other_total"]
