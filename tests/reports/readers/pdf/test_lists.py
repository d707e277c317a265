"""PDF: the 统计表 of 2014-2018 without a single ruled line, in the shapes that it is printed in."""

import io

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from demo.writing import statistics_2014
from reports import extract

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
WIDTH, HEIGHT, SIZE = 595, 842, 9
PITCH = 17
LINES = statistics_2014("lists without lines")
OPENING = (
    "青山县民政局2016年政府信息公开工作年度报告",
    "一、概述",
    "一年来，本机关依法公开各类信息，及时答复群众提出的申请，",
    "咨询电话0571-5550123。",
    "二、政府信息公开情况统计表",
)


class Printer:
    """Rows of cells from the top of a page to its foot, then on the next one."""

    def __init__(self):
        self.held = io.BytesIO()
        self.canvas = Canvas(self.held, pagesize=(WIDTH, HEIGHT))
        self.canvas.setFont(FONT, SIZE)
        self.y = HEIGHT - 60

    def row(self, cells, lines=1):
        """``cells`` are places and texts; a text of ``lines`` lines has the others beside its middle."""
        if self.y < 80:
            self.canvas.showPage()
            self.canvas.setFont(FONT, SIZE)
            self.y = HEIGHT - 60
        for x, text in cells:
            parts = text.split("\n")
            top = self.y - (lines - len(parts)) * 6
            for number, part in enumerate(parts):
                self.canvas.drawString(x, top - 12 * number, part)
        self.y -= PITCH + 12 * (lines - 1)

    def saved(self):
        self.canvas.save()
        return self.held.getvalue()


def folded(label, most):
    return "\n".join(label[at : at + most] for at in range(0, len(label), most))


def printed(shape):
    printer = Printer()
    for text in OPENING:
        printer.row([(60, text)])
    heads = [(160, "统计指标"), (430, "单位"), (500, "统计数")]
    rows = [(label, unit, "" if value is None else str(value)) for label, unit, value in LINES]
    if shape == "halves":
        printer.row([(110, "指标"), (225, "单位"), (265, "数量"), (370, "指标"), (485, "单位"), (525, "数量")])
        middle = (len(rows) + 1) // 2
        for left, right in zip(rows[:middle], [*rows[middle:], ("", "", "")], strict=False):
            texts = folded(left[0], 17), folded(right[0], 17)
            cells = [(60, texts[0]), (230, left[1]), (270, left[2]), (320, texts[1]), (490, right[1]), (530, right[2])]
            printer.row(cells, 1 + max(text.count("\n") for text in texts))
    else:
        printer.row(heads if shape != "numbered" else [(62, "序号"), *heads])
        for number, (label, unit, value) in enumerate(rows, 1):
            if shape == "numbered":
                cells = [(65, str(number)), (95, folded(label, 34)), (430, unit), (500, value)]
            elif shape == "units in brackets":
                cells = [(60, label + (f"（{unit}）" if unit else "")), (500, value)]
            else:
                cells = [(60, folded(label, 36)), (430, unit), (500, value)]
            printer.row(cells, 1 + max(text.count("\n") for _, text in cells))
    printer.row([(450, "青山县民政局")])
    printer.row([(450, "2017年2月8日")])
    return printer.saved()


@pytest.mark.parametrize("shape", ["plain", "numbered", "units in brackets", "halves"])
def test_a_list_without_lines_is_read_line_by_line(shape):
    (record,) = extract(printed(shape), name="x.pdf")
    read = [(each.unit, each.value) for each in record.statistics if each.value is not None]
    assert sorted(read) == sorted((unit, value) for _, unit, value in LINES if value is not None)
    assert all(each.key for each in record.statistics if each.value is not None)


@pytest.mark.parametrize("shape", ["plain", "numbered", "units in brackets"])
def test_what_stands_around_a_list_is_not_taken_into_it(shape):
    (record,) = extract(printed(shape), name="x.pdf")
    assert [(each.number, each.title) for each in record.sections] == [("一", "概述"), ("二", "政府信息公开情况统计表")]
    assert record.published == "2017-02-08"
    assert record.contact.phones == ["0571-5550123"]
