"""Text in UOF, the national office format, of both editions."""

import io
import re
import zipfile

import pytest

from demo.render import parts
from reports.extract import extract
from reports.readers import read
from tests.gold.cases import DIRTS, case

SPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.uof.org/cn/2003/{name}"'
    for prefix, name in (("uof", "uof"), ("字", "uof-wordproc"))
)
STYLES = (
    '<uof:句式样 字:标识符="T1"><字:删除线 字:类型="single"/></uof:句式样>'
    '<uof:句式样 字:标识符="T2"><字:隐藏文字 字:值="true"/></uof:句式样>'
    '<uof:句式样 字:标识符="T3"><字:字体 字:颜色="#ffffff"/></uof:句式样>'
    '<uof:句式样 字:标识符="T4"><字:上下标 字:值="sup"/></uof:句式样>'
)


def run(text, style=""):
    return f'<字:句><字:句属性 字:式样引用="{style}"/><字:文本串>{text}</字:文本串></字:句>'


def paragraph(*runs):
    return f"<字:段落>{''.join(runs)}</字:段落>"


def table(rows):
    made = ""
    for row in rows:
        cells = "".join(
            f'<字:单元格><字:单元格属性><字:跨列 字:值="{cell.colspan}"/>'
            f'<字:跨行 字:值="{cell.rowspan}"/></字:单元格属性>'
            f"{paragraph(run(cell.text))}</字:单元格>"
            for cell in row
        )
        made += f"<字:行>{cells}</字:行>"
    return f"<字:文字表>{made}</字:文字表>"


def uof(body):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><uof:UOF {SPACES}><uof:式样集>{STYLES}</uof:式样集>'
        f"<uof:文字处理><字:主体><字:分节/>{body}</字:主体></uof:文字处理></uof:UOF>"
    ).encode()


def second_edition(source):
    text = source.decode()
    text = re.sub(r"<(/?字:[^\s/>]+)", r"<\1_41CD", text[text.index("?>") + 2 :])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        pack.writestr("uof.xml", f"<uof:UOF_0000 {SPACES}/>")
        pack.writestr("content.xml", text)
    return out.getvalue()


def report(made):
    return "".join(
        paragraph(run(part)) if isinstance(part, str) else table(part)
        for part in (made.report.title, *(part for _, part in parts(made.report)))
    )


def test_a_report_is_read_in_both_editions():
    made = uof(report(case(DIRTS[0], 3, "uof")))
    for source in (made, second_edition(made)):
        (record,) = extract(source, name="report.uof")
        assert record.verdict == "verified"
        assert sum(len(row) for row in record.applications.values()) > 150


DELETION = '<字:修订开始 字:标识符="a" 字:类型="delete"/>{}<字:修订结束 字:开始标识引用="a"/>'


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (run("12") + run("7", "T1"), "12"),
        (run("12") + run("7", "T2"), "12"),
        (run("12") + run("7", "T3"), "12\ufffc7"),
        (run("12") + run("7", "T4"), "12[7]"),
        (run("12") + DELETION.format(run("7")), "12"),
        (run("1") + "<字:句><字:换行符/></字:句>" + run("2"), "1\n2"),
    ],
)
def test_what_a_cell_shows(written, shown):
    body = f"<字:文字表><字:行><字:单元格>{paragraph(written)}</字:单元格></字:行></字:文字表>"
    (document,) = read(uof(body), name="a.uof")
    assert [cell.text for grid in document.grids for row in grid.rows for cell in row] == [shown]


def test_a_workbook_of_uof_says_that_it_is_not_read():
    (record,) = extract(uof("").replace("文字处理".encode(), "电子表格".encode()), name="a.uof")
    assert (record.verdict, record.problems[0].code) == ("unreadable", "unsupported")
