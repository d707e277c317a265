"""The unit of a figure of table 2 in its row's label or in a cell of its own, and against that of the heading."""

import pytest

from reports import extract
from tests.reports.tables.pages import page
from tests.reports.tables.test_crowded import row


def read(label, heading, value, unit=None):
    units = ((), ()) if unit is None else (("单位",), (unit,))
    rows = row("信息内容", *units[0], heading) + row(label, *units[1], value)
    content = f"<p>二、主动公开政府信息情况</p><table><tr><td>第二十条第（八）项</td></tr>{rows}</table>"
    (record,) = extract(page(content), name="page.html")
    assert record.proactive is not None
    (figure,) = record.proactive.values()
    return figure


@pytest.mark.parametrize(
    ("label", "heading", "unit", "figure"),
    [
        ("行政事业性收费", "本年收费金额", None, 8040),
        ("行政事业性收费（元）", "本年收费金额", None, 0.804),
        ("行政事业性收费（万元）", "本年收费金额（单位：万元）", None, 8040),
        ("行政事业性收费", "本年收费金额", "元", 0.804),
        ("行政事业性收费", "本年收费金额", "万元", 8040),
        ("行政许可", "本年处理决定数量", "万件", 80_400_000),
        ("行政许可", "本年处理决定数量", "件", 8040),
    ],
)
def test_the_unit_beside_a_figure_counts(label, heading, unit, figure):
    assert read(label, heading, "8040", unit) == figure


@pytest.mark.parametrize(
    ("label", "heading", "unit"),
    [
        ("行政事业性收费（元）", "本年收费金额（单位：万元）", None),
        ("行政事业性收费（万元）", "本年收费金额（单位：元）", None),
        ("行政事业性收费", "本年收费金额（单位：万元）", "元"),
    ],
)
def test_units_that_contradict_each_other_leave_the_figure_unread(label, heading, unit):
    assert read(label, heading, "8040", unit) is None


@pytest.mark.parametrize(
    ("note", "doubted"),
    [
        ("注：收费金额单位为元", True),
        ("注：金额单位：万元", False),
        ("填报单位：三元区司法局", False),
        ("单位负责人：张元", False),
    ],
)
@pytest.mark.parametrize("in_table", [True, False])
def test_a_note_below_the_table_may_name_another_unit(note, doubted, in_table):
    last = f"<tr><td colspan=2>{note}</td></tr></table>" if in_table else f"</table><p>{note}</p>"
    rows = row("信息内容", "本年收费金额") + row("行政事业性收费", "8040")
    (record,) = extract(page(f"<p>二、主动公开政府信息情况</p><table>{rows}{last}"), name="page.html")
    assert ("unit-ambiguous" in {problem.code for problem in record.problems}) == doubted
