"""What no sum of the forms would tell: columns of table 2 that moved, its money in 元, two figures in every cell."""

from dataclasses import replace

import pytest

from demo.figures import balanced
from demo.layout import Td
from reports import extract
from tests.reports.tables.pages import body, page

FIGURES = balanced("silent", requests=300)
FEES = "proactive_fees_10k_yuan"


def read(content):
    (record,) = extract(page(content), name="page.html")
    return record


def verdict_of(record):
    return record.verdict, {problem.code for problem in record.problems}


def headed(place, heading):
    """Table 2 with a further heading in its first block, under which its rows have no cell."""

    def change(name, rows):
        if name != "proactive":
            return [rows]
        rows = [list(row) for row in rows]
        first = next(number for number, row in enumerate(rows) if row[0].text == "信息内容")
        rows[first].insert(place, Td(heading))
        return [rows]

    return change


@pytest.mark.parametrize("heading", ["合计", "单位", "上年数"])
@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_heading_over_no_figure_of_its_own_leaves_nobody_sure(heading, place):
    verdict, codes = verdict_of(read(body(FIGURES, headed(place, heading))))
    assert verdict == "incomplete"
    assert "cell-missing" in codes


def in_yuan(line):
    """Table 2 with the fees in 元, which only a line over the table says."""
    amount = FIGURES.values[FEES]
    told = replace(FIGURES, values={**FIGURES.values, FEES: 1234000})

    def change(name, rows):
        return [[[replace(cell, text=cell.text.replace("（单位：万元）", "")) for cell in row] for row in rows]]

    assert amount is not None
    content = body(told, change)
    if line.startswith("<p"):
        return content.replace("<table", f"{line}<table", 1)
    place = content.rindex("<tr", 0, content.index("本年收费金额"))
    return content[:place] + line + content[place:]


@pytest.mark.parametrize(
    "line",
    [
        "<p>单位：件、元</p>",
        "<p align=right>（单位：元）</p>",
        "<p>金额单位：元</p><p>填报单位：林业局</p>",
        "<tr><td colspan=4>金额单位：元</td></tr>",
    ],
)
def test_a_unit_in_a_line_over_the_table_counts_where_the_heading_has_none(line):
    record = read(in_yuan(line))
    assert (record.proactive["fees_10k_yuan"], record.verdict) == (123.4, "verified")


@pytest.mark.parametrize("line", ["<p>填报单位：三元区司法局</p>", "<p>填报单位：开元镇人民政府 单位：万元</p>"])
def test_a_body_that_has_a_unit_in_its_name_names_none(line):
    record = read(in_yuan(line))
    assert record.proactive["fees_10k_yuan"] != 123.4


def test_two_figures_in_every_cell_are_not_one_though_its_sums_balance():
    """5 and 3 below each other in all cells: 53 balances as well as 5 and as 3."""
    values = dict.fromkeys(FIGURES.values, 0)
    for row in ("new_received", "granted", "handled_total"):
        for column in ("natural_person", "total"):
            values[f"applications_{row}_{column}"] = 5
    one = replace(FIGURES, values=values)
    record = read(body(one).replace(">5<", ">5<br>3<"))
    assert record.verdict == "incomplete"
    assert record.applications["granted"]["total"] is None


def test_digits_that_a_break_parts_are_one_figure_where_only_that_balances():
    values = dict.fromkeys(FIGURES.values, 0)
    for row, count in (("new_received", 16), ("granted", 9), ("partly_granted", 7), ("handled_total", 16)):
        for column in ("natural_person", "total"):
            values[f"applications_{row}_{column}"] = count
    content = body(replace(FIGURES, values=values)).replace(">16<", ">1<br>6<")
    record = read(content)
    assert record.verdict == "verified"
    assert record.applications["new_received"]["total"] == 16


def test_the_tables_of_this_module_are_verified_as_they_are():
    assert read(body(FIGURES)).verdict == "verified"


def with_fees(fees, heading="（单位：万元）"):
    """Changes table 2: this last figure of it, and this unit in its heading."""

    def change(name, rows):
        if name != "proactive":
            return [rows]
        rows = [[replace(cell, text=cell.text.replace("（单位：万元）", heading)) for cell in row] for row in rows]
        return [[*rows[:-1], [*rows[-1][:-1], replace(rows[-1][-1], text=fees)]]]

    return change


@pytest.mark.parametrize(
    ("line", "fees", "read_as", "verdict"),
    [
        ("单位：件、元", "35", None, "incomplete"),
        ("单位：件、元", "0", 0, "verified"),
        ("单位：件、万元", "35", 35, "verified"),
        ("填报单位：元氏县财政局", "35", 35, "verified"),
    ],
)
def test_a_line_over_the_table_that_names_another_unit_puts_the_sum_in_doubt(line, fees, read_as, verdict):
    record = read(body(FIGURES, with_fees(fees)).replace("<table>", f"<p>{line}</p><table>", 1))
    assert (record.proactive["fees_10k_yuan"], record.verdict) == (read_as, verdict)


@pytest.mark.parametrize(("fees", "verdict"), [("7403100", "incomplete"), ("74031", "verified")])
def test_so_much_money_without_any_unit_is_in_doubt(fees, verdict):
    assert read(body(FIGURES, with_fees(fees, heading=""))).verdict == verdict


def test_a_row_of_table_4_that_breaks_off_its_first_figure_is_not_trusted():
    """``<td>0<<td>``: what looks like a word before the figures is a figure, and there is one cell too many."""

    def broken(name, rows):
        if name == "review":
            rows = [list(row) for row in rows]
            rows[-1][0:1] = [Td(f"{rows[-1][0].text}<"), Td("")]
        return [rows]

    verdict, codes = verdict_of(read(body(FIGURES, broken)))
    assert (verdict, codes & {"cell-unreadable"}) == ("incomplete", {"cell-unreadable"})


def test_a_figure_under_a_heading_cut_in_two_is_not_blank_without_a_word():
    """Programs that take a wide heading for two leave the form's own column blank beside the figure."""

    def change(name, rows):
        if name != "proactive":
            return [rows]
        rows = [list(row) for row in rows]
        heading = next(number for number, row in enumerate(rows) if row[0].text == "信息内容" and len(row) == 2)
        rows[heading] = [rows[heading][0], Td("第二"), Td("十条第（五）项"), Td(rows[heading][1].text)]
        for number in range(heading + 1, len(rows)):
            if len(rows[number]) != 2 or rows[number][0].text == "信息内容":
                break
            rows[number] = [rows[number][0], Td(""), Td(rows[number][1].text), Td("")]
        return [rows]

    verdict, codes = verdict_of(read(body(FIGURES, change)))
    assert verdict == "incomplete"
    assert codes & {"columns-ambiguous", "row-misaligned", "cell-left-over"}
