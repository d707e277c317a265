"""One table of a page as text, in sentences or in a table a row, beside tables that keep their shape."""

import json
from dataclasses import replace
from html import escape

import pytest

from demo.figures import balanced
from demo.layout import layout
from reports import read_document
from reports.tables.kind_and_figure import kind_and_figure
from reports.tables.listed import in_one_sentence
from tests.reports.tables.pages import HEADINGS, body, differences, page, read, table_html
from tests.reports.tables.test_crowded import APPLICANTS, lines, with_applications
from tests.reports.tables.test_other_shapes import TAIL, read_one

FIGURES = balanced("parts as text", requests=700)
BLOCKS = {
    "review": "行政复议",
    "suit_direct": "行政诉讼（未经复议直接起诉）",
    "suit_after_review": "行政诉讼（复议后起诉）",
}
PARTS = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结"}
PROACTIVE = {
    "regulations_issued": "规章本年制发件数", "regulations_repealed": "规章本年废止件数",
    "regulations_in_force": "规章现行有效件数", "normative_documents_issued": "行政规范性文件本年制发件数",
    "normative_documents_repealed": "行政规范性文件本年废止件数",
    "normative_documents_in_force": "行政规范性文件现行有效件数", "licence_decisions": "行政许可本年处理决定数量",
    "penalty_decisions": "行政处罚本年处理决定数量", "coercion_decisions": "行政强制本年处理决定数量",
    "fees_10k_yuan": "行政事业性收费本年收费金额（单位：万元）",
}  # fmt: skip


def markdown(rows):
    head = [f"| 项目 | {' | '.join(APPLICANTS)} |", f"|{'---|' * 8}"]
    told = ["| " + " | ".join([label, *values]) + " |" for label, values in rows]
    return f"<p>{'<br>'.join(head + told)}</p>"


def drawn(rows):
    rule = "├────┼──┼──┤"
    cells = [["项目", *APPLICANTS], *([label, *values] for label, values in rows)]
    text = f"\n{rule}\n".join(f"│{'│'.join(each)}│" for each in cells)
    return f"<pre>┌────┬──┬──┐\n{text}\n└────┴──┴──┘</pre>"


def records(rows):
    return "".join(
        f"<p>{','.join([label.replace(',', '，'), *values])}</p>" for label, values in [("项目", APPLICANTS), *rows]
    )


@pytest.mark.parametrize("shape", [markdown, drawn, records])
def test_table_3_parted_by_marks_between_tables(shape):
    record = read_one(with_applications(shape(list(lines(FIGURES))), FIGURES))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def without(table, told):
    parts = "".join(
        f"<p>{HEADINGS[each]}</p>{told if each == table else table_html(layout(each, FIGURES))}"
        for each in ("proactive", "applications", "review")
    )
    return f"<p>一、总体情况</p>{parts}{TAIL}"


@pytest.mark.parametrize("parting", ["；", "。", "</p><p>", "</li><li>"])
def test_table_2_in_sentences(parting):
    figures = FIGURES.table("proactive")
    told = parting.join(f"{label}：{figures[key]}" for key, label in PROACTIVE.items())
    record = read_one(without("proactive", f"<p>{told}。</p>"))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize("total", ["：", "其中"])
def test_table_4_in_sentences(total):
    figures = FIGURES.table("review")
    told = []
    for block, name in BLOCKS.items():
        parts = "，".join(f"{label}{figures[f'{block}_{key}']}件" for key, label in PARTS.items())
        whole = figures[f"{block}_total"]
        told.append(f"{name}：{parts}，总计{whole}件" if total == "：" else f"{name}{whole}件，其中{parts}")
    record = read_one(without("review", f"<p>{'；'.join(told)}。</p>"))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


@pytest.mark.parametrize(
    "text",
    [
        "本年办理行政许可12件；行政处罚3件。",
        "规章本年制发件数：2；其余各项均为0。",
        "规章：2；0；5",
        "予以公开：自然人5件；商业企业0件",
    ],
)
def test_other_sentences_are_no_rows(text):
    assert in_one_sentence(text) == ()


def test_kind_and_figure():
    assert kind_and_figure("1.规章 本年制发件数") == ("规章", " 本年制发件数")
    assert kind_and_figure("规章") is kind_and_figure("本年制发件数") is None


def test_a_table_for_each_row():
    def apart(_, rows):
        return [[row] for row in expanded_rows(rows)]

    record = read(FIGURES, apart)
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def expanded_rows(rows):
    """Rows with every merged label printed in each place that it covers."""
    taken = {}
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            for down in range(cell.rowspan):
                for right in range(cell.colspan):
                    first = (down, right) == (0, 0)
                    text = "" if cell.code and not first else cell.text
                    taken[y + down, x + right] = replace(cell, text=text, rowspan=1, colspan=1)
            x += cell.colspan
    width = max(x for _, x in taken) + 1
    return [[taken[y, x] for x in range(width)] for y in range(len(rows))]


def test_an_error_of_the_organ_in_figures_behind_their_names():
    """The sum that fails is the organ's: what the lines print is not in doubt."""
    rows = [(label, list(values)) for label, values in lines(FIGURES)]
    rows[2][1][-1] = str(int(rows[2][1][-1]) + 1)
    told = ""
    for label, values in rows:
        named = "".join(f"<li>{name}：{value}件</li>" for name, value in zip(APPLICANTS, values, strict=True))
        told += f"<li>{label}<ul>{named}</ul></li>"
    record = read_one(with_applications(f"<ul>{told}</ul>", FIGURES))
    assert record.verdict == "inconsistent"


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("kept", ["script", "frame"])
def test_an_error_of_the_organ_in_lines_that_a_script_or_a_frame_holds(kept, ascii_only):
    rows = [(label, list(values)) for label, values in lines(FIGURES)]
    rows[2][1][-1] = str(int(rows[2][1][-1]) + 1)
    article = with_applications(markdown(rows), FIGURES).replace("<table>", "<div>").replace("</table>", "</div>")
    article = article.replace("<tr>", "<ul>").replace("</tr>", "</ul>").replace("<td", "<li").replace("</td>", "</li>")
    if kept == "frame":
        content = f'<iframe srcdoc="{escape(article)}"></iframe>'
    else:
        told = json.dumps({"content": article}, ensure_ascii=ascii_only).replace("</", "<\\/")
        content = f"<script>var detail = {told}</script>"
    assert read_one(content).verdict == "inconsistent"


def test_the_organs_own_sum_over_both_kinds_of_suits():
    figures = FIGURES.table("review")
    names = [*PARTS.values(), "总计"]
    keys = [*PARTS, "total"]
    head = "".join(f"<td rowspan=2>{name}</td>" for name in [*names, "合计"])
    suits = figures["suit_direct_total"] + figures["suit_after_review_total"]
    values = [figures[f"review_{key}"] for key in keys] + [suits]
    values += [figures[f"{block}_{key}"] for block in ("suit_direct", "suit_after_review") for key in keys]
    table = (
        "<table><tr><td colspan=5>行政复议</td><td colspan=11>行政诉讼</td></tr>"
        f"<tr>{head}<td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>"
        f"<tr>{''.join(f'<td>{name}</td>' for name in names * 2)}</tr>"
        f"<tr>{''.join(f'<td>{value}</td>' for value in values)}</tr></table>"
    )
    record = read_one(without("review", table))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_the_total_behind_an_outcome_of_the_organs_own():
    html = body(FIGURES).replace("（七）总计", "（八）总计")
    cut = html.index("<tr", html.rindex("</tr>", 0, html.index("（八）总计")))
    own = f"<tr><td colspan=2>（七）转其他部门办理</td>{'<td>0</td>' * 7}</tr>"
    record = read_one(html[:cut] + own + html[cut:])
    assert differences(record, FIGURES) == []


def test_single_chinese_digits_that_the_sums_prove():
    rows = [(label, list(values)) for label, values in lines(FIGURES)]
    spelled = [(label, ["零一二三四五六七八九"[int(value)] if len(value) == 1 else value for value in values])
               for label, values in rows]  # fmt: skip
    cells = "".join(f"<tr><td>{label}</td>{''.join(f'<td>{value}</td>' for value in values)}</tr>"
                    for label, values in [("项目", APPLICANTS), *spelled])  # fmt: skip
    record = read_one(with_applications(f"<table>{cells}</table>", FIGURES))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_figures_of_a_local_row_below_a_blank_one_may_be_those_of_the_blank_one():
    """5.属于三类内部 over blanks, 事项（信息）类 with the figures below it: the sums balance with either."""
    rows = [(label, list(values)) for label, values in lines(FIGURES)]
    at = next(place for place, (label, _) in enumerate(rows) if "三类内部事务信息" in label)
    rows[at : at + 1] = [(rows[at][0], [""] * 7), ("事项（信息）类", rows[at][1])]
    cells = "".join(f"<tr><td>{label}</td>{''.join(f'<td>{value}</td>' for value in values)}</tr>"
                    for label, values in [("项目", APPLICANTS), *rows])  # fmt: skip
    record = read_one(with_applications(f"<table>{cells}</table>", FIGURES))
    assert record.verdict == "incomplete"
    assert "row-unknown" in {problem.code for problem in record.problems}


@pytest.mark.parametrize("table", ["proactive", "applications", "review"])
@pytest.mark.parametrize("label", ["once", "at each place"])
def test_one_table_typed_with_tabs_whose_lines_the_page_keeps(table, label):
    rows = expanded_rows(layout(table, FIGURES))
    told = ""
    for row in rows:
        texts = [cell.text.replace("\n", "") for cell in row]
        if label == "once":
            texts = [
                text for place, text in enumerate(texts) if place == 0 or text != texts[place - 1] or row[place].code
            ]
        told += "\t".join(texts) + "\n"
    record = read_one(without(table, f"<div style='white-space: pre-wrap'>{told}</div>"))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_hidden_typed_lines_are_not_shown():
    html = body(FIGURES) + "<pre style='display:none'>更正：以下数据有误</pre>"
    document = read_document(page(html), name="page.html")
    assert [part.hidden for part in document.paragraphs if "更正" in part.text] == [True]


def test_one_table_drawn_with_boxes_in_an_article_that_a_script_holds():
    boxes = ""
    for row in expanded_rows(layout("applications", FIGURES)):
        cells = "".join(f"<div style=display:table-cell>{cell.text}</div>" for cell in row)
        boxes += f"<div style='display:table-row'>{cells}</div>"
    article = without("applications", f"<div style='display:table'>{boxes}</div>")
    script = json.dumps({"title": "青山县民政局2023年政府信息公开工作年度报告", "content": article}, ensure_ascii=False)
    record = read_one(f"<div id=app></div><script>var detail = {script.replace('</', '<' + chr(92) + '/')}</script>")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")


def test_a_groups_name_behind_the_name_of_its_first_row():
    """1.申请人无正当理由… | （六）其他处理 | 0 …: it was read as a blank row, and verified."""
    rows = [[label, *values] for label, values in lines(FIGURES)]
    at = next(place for place, cells in enumerate(rows) if "逾期不补正" in cells[0])
    rows[at][:1] = [rows[at][0].removeprefix("（六）其他处理"), "（六）其他处理"]
    cells = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in [["项目", *APPLICANTS], *rows])
    record = read_one(with_applications(f"<table>{cells}</table>", FIGURES))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")
