"""Table 3 on its side, and summaries of many organs beside the report's own tables."""

import pytest

from demo.figures import balanced
from demo.layout import Td, layout
from reports import extract
from reports.forms import form
from tests.reports.tables.pages import body, differences, page, table_html

FIGURES = balanced("turned", requests=300)
OUTCOMES = ["新收", "予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "总计"]
PERSONS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
CASES = ["行政复议", "行政诉讼", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def test_applicants_down_the_side():
    applications = form("applications")
    groups = {group["key"]: f"{group['number']}{group['label']}" for group in applications["groups"]}
    rows = [row for row in applications["rows"] if "2021" in row["generations"]]
    heads = [groups[row["group"]] if row.get("group", "result") != "result" else "" for row in rows]
    labels = [f"{head}{row['number']}{row['label']}" for head, row in zip(heads, rows, strict=True)]
    side = [[Td("申请人"), *map(Td, labels)]]
    for column in applications["columns"]:
        values = (FIGURES.values[f"applications_{row['key']}_{column['key']}"] for row in rows)
        side.append([Td(column["label"]), *(Td(str(value)) for value in values)])
    content = body(FIGURES).replace(table_html(layout("applications", FIGURES)), table_html(side))
    (record,) = extract(page(content), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")
    granted = next(cell for cell in record.cells if (cell.row, cell.column) == ("granted", "total"))
    assert granted.position == (1, 7, 3)


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("heads", [OUTCOMES, PERSONS, CASES])
def test_a_summary_of_organs_is_left_alone(heads, first):
    names = ["县教育局", "县公安局", "南浦镇", "合计", "总计"]
    rows = [[Td("单位"), *map(Td, heads)], *([Td(name), *(Td(str(n)) for n in range(7))] for name in names)]
    summary = f"<p>附表：各单位情况</p>{table_html(rows)}"
    shown = body(FIGURES)
    at = shown.index("<p>二、") if first else len(shown)
    (record,) = extract(page(shown[:at] + summary + shown[at:]), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_comma_separated_values():
    lines = ["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况", "本机关按照要求做好各项工作。"]
    for table in ("proactive", "applications", "review"):
        for row in unmerged(layout(table, FIGURES)):
            texts = [text for cell in row for text in (cell.text.replace("\n", ""), *[""] * (cell.colspan - 1))]
            lines.append(",".join(texts))
        lines.append("")
    (record,) = extract("\n".join(lines).encode(), name="report.csv")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def unmerged(rows):
    """Rows with an empty cell wherever a cell from above reaches down, as a spreadsheet program saves them."""
    reach: dict[int, int] = {}
    out = []
    for row in rows:
        line, cells, place = [], list(row), 0
        while cells or reach.get(place, 0):
            if reach.get(place, 0):
                reach[place] -= 1
                line.append(Td(""))
                place += 1
                continue
            cell = cells.pop(0)
            line.append(cell)
            for _ in range(cell.colspan):
                reach[place] = cell.rowspan - 1
                place += 1
        out.append(line)
    return out


@pytest.mark.parametrize("opened", [True, False])
def test_an_empty_first_cell_before_a_bar(opened):
    figures = balanced("turned", requests=300)
    figures.values["review_review_upheld"] = None
    figures.values["review_review_total"] = sum(
        figures.values[f"review_review_{each}"] for each in ("corrected", "other", "pending")
    )
    lines = ["青山县民政局2023年政府信息公开工作年度报告", "一、总体情况", "本机关按照要求做好各项工作。"]
    for table in ("proactive", "applications", "review"):
        for row in layout(table, figures):
            line = " | ".join(cell.text.replace("\n", "") for cell in row) + " |"
            lines.append(f"| {line}" if opened else line)
        lines.append("")
    (record,) = extract("\n".join(lines).encode(), name="report.txt")
    assert (differences(record, figures), record.verdict) == ([], "verified")


def test_the_group_of_organisations_is_missing_above_them():
    rows = layout("applications", FIGURES)
    rows[1] = [cell for cell in rows[1] if cell.text != "法人或其他组织"]
    content = body(FIGURES).replace(table_html(layout("applications", FIGURES)), table_html(rows))
    (record,) = extract(page(content), name="page")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")
