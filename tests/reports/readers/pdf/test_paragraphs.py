"""PDF: which printed lines are one paragraph."""

from reports.readers.pdf.lines import Margins, PrintedLine, continues

PAGE = Margins(left=60.0, right=540.0, pitch=20.0, size=12.0)


def printed(text: str, top: float, size: float = 12.0, left: float = 60.0) -> PrintedLine:
    return PrintedLine(text, left, top, 540.0, top + size, size)


def test_a_title_that_fills_its_line_is_no_beginning_of_the_text_below() -> None:
    title = printed("柳溪县人力资源和社会保障局2023年政府信息公开工作年度报告", 60.0, size=18.0)
    assert not continues(title, printed("本年度报告依照条例的规定编写。", 90.0), PAGE)


def test_lines_of_one_size_go_on() -> None:
    first = printed("本年度报告依照条例的规定编写，反映一年来的", 90.0)
    assert continues(first, printed("工作情况。", 110.0), PAGE)
    large = printed("柳溪县人力资源和社会保障局二〇二三年政府信息公", 60.0, size=18.0)
    assert continues(large, printed("开工作年度报告", 82.0, size=18.0), PAGE)
