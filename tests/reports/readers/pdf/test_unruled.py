"""PDF: tables without ruled lines, read by the places of their words."""

import io
from itertools import pairwise

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from reports import extract
from reports.readers import read
from reports.readers.pdf.lines import rows_of
from reports.readers.pdf.page import Glyph
from reports.readers.pdf.unruled.blocks import Pitches
from reports.readers.pdf.unruled.columns import as_above, columns_of, label_edge, matched
from reports.readers.pdf.unruled.decimals import with_whole_decimals
from reports.readers.pdf.unruled.headings import is_article, is_whole
from reports.readers.pdf.unruled.letterspaced import with_whole_headings
from reports.readers.pdf.unruled.notes import with_whole_notes
from reports.readers.pdf.unruled.words import Word, body_of, words

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
LABEL, XS = 60, (220, 280, 340, 400, 460)
NAMES = ("自然人", "企业", "科研", "其他", "总计")


class Drawing:
    """A canvas on which text is placed from the top; ``at`` is the middle of the text, or its left edge."""

    def __init__(self):
        self.held = io.BytesIO()
        self.canvas = Canvas(self.held, pagesize=(560, 400))
        self.begin()

    def begin(self):
        self.canvas.setFont(FONT, 10)

    def left(self, x, y, text):
        self.canvas.drawString(x, 400 - y, text)

    def middle(self, x, y, text):
        self.canvas.drawCentredString(x, 400 - y, text)

    def row(self, y, label, figures, xs=XS, set_left=False):
        if label:
            self.left(LABEL, y, label)
        for x, figure in zip(xs, figures, strict=True):
            if figure:
                (self.left if set_left else self.middle)(x, y, figure)

    def page(self):
        self.canvas.showPage()
        self.begin()

    def grids(self):
        self.canvas.save()
        (document,) = read(self.held.getvalue(), name="x.pdf")
        return [[[cell.text for cell in row if cell] for row in grid.rows] for grid in document.grids]


def test_each_article_of_table_2_has_columns_of_its_own():
    drawn = Drawing()
    drawn.left(LABEL, 60, "第二十条第（一）项")
    drawn.row(80, "信息内容", ("制发", "废止", "有效"), (220, 320, 420))
    drawn.row(100, "规章", ("3", "1", "20"), (220, 320, 420))
    drawn.left(LABEL, 120, "第二十条第（五）项")
    drawn.row(140, "信息内容", ("处理决定",), (320,))
    drawn.row(160, "行政许可", ("87",), (320,))
    first, second = drawn.grids()
    assert first[-1] == ["规章", "3", "1", "20"]
    assert second[-1] == ["行政许可", "87"]


def test_figures_on_the_left_of_wide_columns_are_under_their_heading():
    """Headings stand in the middle of their columns here, labels and figures on the left."""
    drawn = Drawing()
    drawn.middle(280, 60, "第二十条第（六）项")
    drawn.row(80, "", ("信息内容", "本年处理决定数量"), (140, 400))
    drawn.row(100, "行政处罚", ("2115",), (220,), set_left=True)
    drawn.row(120, "行政强制", ("19",), (220,), set_left=True)
    (found,) = drawn.grids()
    assert found[-3:] == [["信息内容", "本年处理决定数量"], ["行政处罚", "2115"], ["行政强制", "19"]]


def test_headings_at_the_end_of_a_page_wait_for_their_figures():
    drawn = Drawing()
    drawn.row(280, "规章", ("3", "1", "20"), (220, 320, 420))
    drawn.row(300, "规范性文件", ("3", "1", "20"), (220, 320, 420))
    drawn.left(LABEL, 320, "第二十条第（五）项")
    drawn.row(340, "信息内容", ("处理决定",), (320,))
    drawn.page()
    drawn.row(60, "行政许可", ("87",), (320,))
    *_, headings, figures = drawn.grids()
    assert headings[-1] == ["信息内容", "处理决定"]
    assert figures == [["行政许可", "87"]]


def test_a_header_cut_by_a_page_break_is_whole_again():
    drawn = Drawing()
    drawn.middle(340, 320, "申请人情况")
    drawn.middle(340, 340, "法人或其他组织")
    drawn.page()
    drawn.row(60, "", NAMES)
    drawn.row(80, "一、新收申请", ("1", "2", "3", "4", "10"))
    (grid,) = drawn.grids()
    assert [text for row in grid[:-2] for text in row if text] == ["申请人情况", "法人或其他组织"]
    assert grid[-2][1:] == list(NAMES)


def test_a_heading_over_the_gap_between_two_columns_is_no_column():
    drawn = Drawing()
    xs = (100, 160, 220, 280, 340, 400)
    drawn.middle(130, 60, "行政复议")
    drawn.middle(310, 60, "行政诉讼")
    drawn.row(80, "", ("维持", "总计") * 3, xs)
    drawn.row(100, "", ("1", "2", "3", "4", "5", "6"), xs)
    (grid,) = drawn.grids()
    assert grid[-1] == ["1", "2", "3", "4", "5", "6"]


def test_known_headings_close_below_each_other_are_not_one():
    drawn = Drawing()
    drawn.middle(340, 60, "法人或其他组织")
    drawn.row(73, "", NAMES)
    drawn.row(93, "一、新收申请", ("1", "2", "3", "4", "10"))
    drawn.row(113, "二、结转申请", ("1", "2", "3", "4", "10"))
    (grid,) = drawn.grids()
    assert grid[-3][1:] == list(NAMES)


def test_a_column_that_is_blank_below_a_page_break_keeps_its_place():
    drawn = Drawing()
    drawn.row(300, "", NAMES)
    drawn.row(320, "一、新收申请", ("1", "2", "3", "4", "10"))
    drawn.row(340, "二、结转申请", ("1", "2", "3", "4", "10"))
    drawn.page()
    drawn.row(60, "三、办结", ("1", "2", "", "4", "7"))
    drawn.row(80, "四、结转", ("1", "2", "", "4", "7"))
    assert drawn.grids()[-1] == [["三、办结", "1", "2", "", "4", "7"], ["四、结转", "1", "2", "", "4", "7"]]


def test_figures_set_left_stand_under_headings_set_in_the_middle():
    drawn = Drawing()
    drawn.row(60, "", NAMES)
    for y, label in ((80, "一、新收申请"), (100, "二、结转申请")):
        drawn.row(y, label, ("52", "", "", "", "52"), tuple(x - 29 for x in XS), set_left=True)
    assert drawn.grids()[0][1] == ["一、新收申请", "52", "", "", "", "52"]


def test_figures_at_the_foot_of_a_page_are_no_page_number():
    drawn = Drawing()
    drawn.row(340, "一、新收申请", ("1", "2"), (220, 280))
    drawn.left(LABEL, 360, "二、结转的")
    drawn.row(366, "", ("3", "3"), (220, 280))
    drawn.left(LABEL, 372, "申请")
    drawn.middle(280, 390, "- 1 -")
    assert drawn.grids()[0][-1] == ["二、结转的申请", "3", "3"]


def test_a_running_head_is_no_label():
    drawn = Drawing()
    drawn.left(LABEL, 24, "某市年度报告")
    drawn.row(60, "（七）总计", ("3", "3"), (220, 280))
    drawn.row(80, "四、结转", ("3", "3"), (220, 280))
    assert drawn.grids()[0][0] == ["（七）总计", "3", "3"]


def test_ruled_headings_over_figures_without_lines_belong_to_them():
    drawn = Drawing()
    drawn.row(60, "", NAMES)
    for y in (345, 325):
        drawn.canvas.line(50, y, 500, y)
    for x in (50, 190, 250, 310, 370, 430, 500):
        drawn.canvas.line(x, 345, x, 325)
    drawn.row(95, "一、新收申请", ("1", "2", "3", "4", "10"))
    drawn.row(115, "二、结转申请", ("1", "2", "3", "4", "10"))
    (grid,) = drawn.grids()
    assert grid[0][1:] == list(NAMES)


def test_lines_between_columns_alone_part_words():
    drawn = Drawing()
    for y, first, second in ((60, "（三）不予公开", "1.国家秘密"), (80, "（四）无法提供", "2.不掌握")):
        drawn.left(LABEL, y, first)
        drawn.left(LABEL + 73, y, second)
        drawn.row(y, "", ("1", "2", "3", "4", "10"))
    for x in (LABEL + 71.5, 190):
        drawn.canvas.line(x, 350, x, 310)
    (grid,) = drawn.grids()
    assert [row[1] for row in grid] == ["1.国家秘密", "2.不掌握"]


@pytest.mark.parametrize("gap", [4.0, 4.4])
def test_columns_of_labels_with_little_between_them(gap):
    """The number of a label begins it; so does a Chinese character behind a gap."""
    drawn = Drawing()
    for y, second in ((60, "1.国家秘密"), (80, "行政查询")):
        drawn.left(LABEL, y, "（三）不予公开")
        drawn.left(LABEL + 70 + gap, y, second)
        drawn.row(y, "", ("1", "2", "3", "4", "10"))
    (grid,) = drawn.grids()
    assert [row[1] for row in grid] == ["1.国家秘密", "行政查询"]


def line(*placed, top=100.0):
    return [Word(text, left, top, left + 8.0 * len(text), top + 10.0) for text, left in placed]


def test_a_note_over_two_lines_goes_back_to_its_figure():
    band = [line(("规章", 50.0), ("17（含失效2", 200.0), ("3", 300.0)), line(("件）", 200.0), top=112.0)]
    (whole,) = with_whole_notes(band)
    assert [word.text for word in whole] == ["规章", "17（含失效2件）", "3"]


def test_only_an_open_note_goes_on():
    band = [line(("17（含失效2件）", 200.0)), line(("规章", 200.0), top=112.0)]
    assert len(with_whole_notes(band)) == 2


def test_characters_of_one_line_stay_together_whatever_their_ink():
    """Quotes stand higher than the figures of their line, and the next line is no further off than they are."""
    figures = [Glyph("0", left, 102.4, left + 5, 111) for left in (60, 80)]
    row = [Glyph("“", 10, 103, 18, 107), Glyph("一", 20, 104, 28, 111), *figures]
    other = [Glyph("二", 20, 117, 28, 124)]
    assert [len(each) for each in rows_of(row + other, 0.35)] == [4, 1]


def test_columns_labels_and_headings_by_their_places():
    band = [line(("一、新收", 50.0), ("1", 200.0), ("2", 300.0)), line(("说明很长的附注", 60.0), top=80.0)]
    columns = columns_of(band)
    assert columns == [(200.0, 208.0), (300.0, 308.0)]
    assert label_edge(band, columns) == 60.0 + 8 * 7
    assert as_above([(1.0, 2.0)], [(1.0, 2.0), (5.0, 6.0)]) == [(1.0, 2.0)]  # too few columns to go on with
    many = [(100.0 * n, 100.0 * n + 10) for n in range(5)]
    assert as_above([many[0], many[4]], many) == many
    assert as_above([(50.0, 60.0)], many) == [(50.0, 60.0)]
    assert matched([10.0, 210.0], [0.0, 100.0, 200.0]) == {0, 2}


def test_the_distance_of_lines_is_known_by_the_height_of_characters():
    small = [Word("甲甲", 10, y, 26, y + 8) for y in (0, 10, 20)]
    large = [Word("乙乙", 50, y, 74, y + 12) for y in (0, 20, 40)]
    pitches = Pitches([*small, *large])
    assert 10 < pitches.close(8.0) < 12
    assert 20 < pitches.close(12.0) < 24


def test_headings_and_lines_that_are_known():
    assert is_article("第二十条第（五）项") and is_article("第⼆⼗条第（⼀）项")
    assert is_whole("法人或其他组织") and not is_whole("结果")
    lines = [
        line(("某市年度报告", 50.0), top=20.0),
        line(("规章", 50.0), ("1", 200.0), top=60.0),
        line(("-", 250.0), ("1", 260.0), ("-", 270.0), top=380.0),
    ]
    assert body_of(lines, 400.0) == lines[1:2]
    assert body_of([line(("3", 200.0), ("3", 300.0), top=380.0)], 400.0)


def test_words_are_parted_by_lines_that_stand_between_them():
    glyphs = [Glyph("甲", 10, 0, 20, 10), Glyph("乙", 22, 0, 32, 10)]
    assert len(words(glyphs)[0]) == 1


def test_lines_set_wide_apart_are_one_label_where_others_are_too():
    drawn = Drawing()
    for y, first, second in ((60, "1.没有现成信息需要另", "行制作"), (114, "2.补正后申请内容仍", "不明确")):
        drawn.left(LABEL, y, first)
        drawn.row(y + 9, "", ("1", "2", "3", "4", "10"))
        drawn.left(LABEL, y + 18, second)
    (grid,) = drawn.grids()
    assert [row[0] for row in grid] == ["1.没有现成信息需要另行制作", "2.补正后申请内容仍不明确"]


def test_no_row_of_blanks_is_closer_to_figures_than_two_lines_of_text():
    """Half a label, whose other half was not joined to it, may not stand for a row without figures."""
    drawn = Drawing()
    drawn.row(60, "1.一类", ("1", "2", "3", "4", "10"))
    drawn.left(LABEL, 100, "2.另一类的前半")
    drawn.row(107, "", ("1", "2", "3", "4", "10"))
    drawn.left(LABEL - 40, 108, "（六）其他")
    (grid,) = drawn.grids()
    assert grid[-1][-5:] == ["1", "2", "3", "4", "10"]
    assert all(any(row[-5:]) for row in grid)


def test_digits_broken_over_two_lines_are_told_as_doubtful():
    drawn = Drawing()
    drawn.row(60, "一、新收申请", ("1", "2", "3", "4", "1"))
    drawn.middle(XS[4], 70, "3")
    drawn.row(100, "二、结转申请", ("1", "2", "3", "4", "10"))
    (grid,) = drawn.grids()
    assert [row[-1] for row in grid] == ["1 3", "10"]


def test_a_row_with_one_figure_and_its_label_is_a_row():
    drawn = Drawing()
    drawn.row(60, "一、新收申请", ("1", "2", "3", "4", "1"))
    drawn.row(70, "二、结转申请", ("", "", "", "", "3"))
    (grid,) = drawn.grids()
    assert [row[-1] for row in grid] == ["1", "3"]


def test_a_unit_below_its_figure_belongs_to_it():
    band = [line(("规章", 50.0), ("10", 200.0), ("3", 300.0)), line(("件", 200.0), top=112.0)]
    (whole,) = with_whole_notes(band)
    assert [word.text for word in whole] == ["规章", "10件", "3"]


def test_the_first_digits_of_a_figure_are_no_page_number():
    lines = [line(("10", 200.0), top=20.0), line(("4件", 50.0), ("2件", 100.0), top=26.0)]
    assert body_of(lines, 400.0) == lines


def test_a_heading_cut_by_a_page_break_is_joined_to_its_rest_at_whatever_height():
    drawn = Drawing()
    drawn.middle(340, 300, "申请人情况")
    drawn.middle(340, 320, "法人或其他组织")
    drawn.middle(XS[0], 330, "自然")
    for x, text in zip(XS[1:], ("商业", "科研", "其他", "总计"), strict=True):
        drawn.middle(x, 336, text)
    drawn.page()
    drawn.middle(XS[0], 40, "人")
    drawn.middle(XS[1], 46, "企业")
    drawn.middle(XS[2], 46, "机构")
    drawn.row(80, "一、新收申请", ("1", "2", "3", "4", "10"))
    drawn.row(100, "二、结转申请", ("1", "2", "3", "4", "10"))
    (grid,) = drawn.grids()
    assert grid[-3][1:] == ["自然人", "商业企业", "科研机构", "其他", "总计"]


@pytest.mark.parametrize("header", [True, False])
def test_a_table_with_lines_between_its_columns_only(header):
    drawn = Drawing()
    drawn.row(60, "", NAMES)
    for y, label in ((80, "一、新收申请"), (100, "二、结转申请"), (120, "三、办结申请"), (140, "四、结转申请")):
        drawn.row(y, label, ("1", "2", "3", "4", "10"))
    for y in (45, 150, *((65,) if header else ())):
        drawn.canvas.line(50, 400 - y, 500, 400 - y)
    for x in (50, 190, 250, 310, 370, 430, 500):
        drawn.canvas.line(x, 355, x, 250)
    (grid,) = drawn.grids()
    assert [row[-1] for row in grid] == ["总计", "10", "10", "10", "10"]


def test_one_row_below_its_headings_between_lines_of_columns_only():
    drawn = Drawing()
    drawn.row(60, "", ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    drawn.row(80, "", ("1", "2", "3", "4", "10"))
    for y in (45, 90):
        drawn.canvas.line(190, 400 - y, 500, 400 - y)
    for x in (190, 250, 310, 370, 430, 500):
        drawn.canvas.line(x, 355, x, 310)
    (grid,) = drawn.grids()
    assert grid == [["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"], ["1", "2", "3", "4", "10"]]


def test_the_last_row_of_a_shaded_table_on_the_next_page():
    drawn = Drawing()

    def shade(y, xs):
        drawn.canvas.setFillGray(0.9)
        for left, right in pairwise(xs):
            drawn.canvas.rect(left, 400 - y - 8, right - left - 2, 20, stroke=0, fill=1)
        drawn.canvas.setFillGray(0)

    for y, label, figure in ((300, "行政许可", "87"), (322, "行政处罚", "12"), (344, "行政强制", "3")):
        shade(y, (50, 200, 400))
        drawn.row(y, label, (figure,), (300,))
    drawn.page()
    shade(40, (50, 200, 400))
    drawn.row(40, "行政事业性收费", ("6.5",), (300,))
    assert drawn.grids()[-1] == [["行政事业性收费", "6.5"]]


def test_the_text_of_cells_left_open_by_a_page_break_may_overhang_them():
    drawn = Drawing()
    for x, first, second in ((80, "结果", "维持"), (140, "结果", "纠正"), (200, "总", "计")):
        drawn.middle(x, 350, first)
        drawn.middle(x, 362, second)
    drawn.middle(300, 350, "直接起诉")
    drawn.canvas.line(50, 60, 380, 60)
    drawn.canvas.line(230, 42, 380, 42)
    for x in (50, 110, 170, 230, 380):
        drawn.canvas.line(x, 60, x, 42)
    (grid,) = drawn.grids()
    assert grid == [["结果\n维持", "结果\n纠正", "总\n计", "直接起诉"]]


def test_the_size_of_characters_is_their_width_where_only_their_ink_is_known():
    assert Word("本年新收", 0, 0, 40, 8).em == 10
    assert Word("12", 0, 0, 10, 8).em == 8
    assert Word("甲 乙", 0, 0, 60, 8).em == 8  # set apart


def test_a_heading_that_is_a_column_s_when_joined_is_one_however_far_apart_its_lines_are():
    """The rows above have lines that stand closer, so the distance says nothing."""
    drawn = Drawing()
    for y in range(40, 120, 12):
        drawn.row(y, "甲乙", ("1", "2", "3", "4", "10"))
    drawn.left(LABEL, 150, "第二十条第（五）项")
    drawn.row(180, "", ("自然人", "商业", "科研", "", "总计"))
    drawn.row(197, "", ("", "企业", "机构", "", ""))
    drawn.row(230, "一、新收", ("1", "2", "3", "4", "10"))
    assert [text for row in drawn.grids()[-1] for text in row[1:4] if text][:3] == ["自然人", "商业企业", "科研机构"]


def test_figures_cut_at_their_point_are_one_row():
    upper = line(("一、新收", 50.0), ("5.", 200.0), ("29", 250.0), ("0.", 300.0))
    lower = line(("申请", 50.0), ("0", 200.0), (".0", 250.0), ("0", 300.0), top=112.0)
    whole, rest = with_whole_decimals([upper, lower])
    assert [word.text for word in whole] == ["一、新收", "5.0", "29.0", "0.0"]
    assert [word.text for word in rest] == ["申请"]
    assert whole[1].bottom == 122.0  # its middle is between the two lines


def test_a_row_below_figures_with_a_point_is_a_row_of_its_own():
    """Where a figure stands below a whole one, the point above another is the organ's own."""
    upper = line(("规章", 50.0), ("5.", 200.0), ("29", 250.0))
    lower = line(("行政规范性文件", 50.0), ("0", 200.0), ("3", 250.0), top=112.0)
    assert with_whole_decimals([upper, lower]) == [upper, lower]


def test_a_row_without_labels_of_folded_figures_is_read():
    drawn = Drawing()
    drawn.row(60, "", NAMES)
    drawn.row(80, "一、新收申请", ("61", "5.", "4.", "0.", "70"))
    drawn.row(92, "", (".0", "0", "0", "0", ".0"))
    drawn.row(120, "二、结转申请", ("1.", "0.", "0.", "2.", "3."))
    drawn.row(132, "", ("0", "0", "0", "0", "0"))
    (grid,) = drawn.grids()
    assert grid[-2:] == [
        ["一、新收申请", "61.0", "5.0", "4.0", "0.0", "70.0"],
        ["二、结转申请", "1.0", "0.0", "0.0", "2.0", "3.0"],
    ]


def test_lines_of_one_type_whose_ink_differs_are_as_far_apart():
    """A line with digits or brackets stands higher than one of characters alone, and seems of larger type."""
    high = [Word("1.申请人无正当", 130.0, 100.0 + 12.2 * n, 190.0, 109.0 + 12.2 * n) for n in range(4)]
    pitches = Pitches(high)
    assert pitches.close(8.0) == pitches.close(9.0) > 12.75
    assert pitches.close(6.0) < 12.2  # notes in smaller type stand closer


def test_a_label_of_two_lines_beside_its_figures_does_not_take_the_next_row_s():
    """None of the labels has a number, and rows are hardly further apart than the lines of one label."""
    drawn = Drawing()
    drawn.row(60, "", NAMES)
    for number, name in enumerate(("一、商业秘密", "二、个人隐私", "三、其他依法不公开")):
        drawn.row(80 + 16 * number, name, ("1", "2", "3", "4", "10"))
    drawn.left(LABEL, 128, "四、危及国家安全公共安全")
    drawn.row(134, "", ("5", "6", "7", "8", "26"))
    drawn.left(LABEL, 140, "和社会稳定")
    drawn.row(156, "不是所指政府信息", ("9", "0", "0", "1", "10"))
    (grid,) = drawn.grids()
    assert grid[-2:] == [
        ["四、危及国家安全公共安全和社会稳定", "5", "6", "7", "8", "26"],
        ["不是所指政府信息", "9", "0", "0", "1", "10"],
    ]


def test_a_section_s_heading_in_two_lines_ends_the_table_above_it():
    """The text is set in two narrow columns, the tables over both."""
    drawn = Drawing()
    drawn.row(60, "", NAMES)
    drawn.row(80, "予以公开", ("1", "2", "3", "4", "10"))
    drawn.row(100, "总计", ("1", "2", "3", "4", "10"))
    drawn.left(LABEL, 130, "四、因政府信息公开工作被申请行政复")
    drawn.left(LABEL, 146, "议、提起行政诉讼情况")
    drawn.row(170, "", ("维持", "纠正", "其他", "未结", "总计"))
    drawn.row(190, "", ("5", "0", "0", "1", "6"))
    first, second = drawn.grids()
    assert first[-1] == ["总计", "1", "2", "3", "4", "10"]
    assert second[-1] == ["5", "0", "0", "1", "6"]


def test_a_heading_set_letter_by_letter_is_one_heading():
    """Gaps as wide as those between columns made two columns of 总　计, and seven of 结 果 维 over 持."""
    drawn = Drawing()
    for x, letters in zip(XS, ("结果维", "结果纠", "其他结", "尚未审", "总计"), strict=True):
        for at, letter in enumerate(letters):
            drawn.middle(x + 15 * (at - (len(letters) - 1) / 2), 55, letter)
    for x, rest in zip(XS, "持正果结", strict=False):
        drawn.middle(x, 66, rest)
    drawn.row(90, "", ("1", "2", "3", "4", "10"))
    (grid,) = drawn.grids()
    assert grid == [["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"], ["1", "2", "3", "4", "10"]]


def test_a_label_set_letter_by_letter_is_one_label_and_upright_groups_are_none():
    band = [line(("行", 50.0), ("政", 64.0), ("许", 78.0), ("可", 92.0), ("12", 200.0)),
            line(("年", 30.0), ("不", 48.0), ("1.国家秘密", 90.0), ("3", 200.0)),
            line(("（七）总", 50.0), ("计", 90.0), ("15", 200.0))]  # fmt: skip
    assert [[word.text for word in each] for each in with_whole_headings(band)] == [
        ["行政许可", "12"], ["年", "不", "1.国家秘密", "3"], ["（七）总计", "15"]]  # fmt: skip


def test_headings_side_by_side_are_no_one_heading():
    band = [
        line(("结果", 50.0), ("结果", 80.0), ("其他", 110.0), ("总", 140.0), ("计", 160.0)),
        line(("持", 60.0), ("正", 90.0), ("果", 120.0)),
        line(("纠正", 50.0), ("结", 120.0), ("总计", 300.0)),
    ]
    assert [[word.text for word in each] for each in with_whole_headings(band)] == [
        ["结果", "结果", "其他", "总计"], ["持", "正", "果"], ["纠正", "结", "总计"]]  # fmt: skip


@pytest.mark.parametrize("label", [("一、新收申请",), ("一、新收的全部申", "请")])
def test_figures_too_wide_for_their_columns_go_on_below(label):
    """All of a row's figures may be cut, and a label of two lines stands beside both of theirs."""
    xs = (220, 252, 284, 316, 348)
    drawn = Drawing()
    for number, text in enumerate(label):
        drawn.left(LABEL, 65 + 10 * number - 5 * (len(label) - 1), text)
    drawn.row(60, "", ("1234", "2345", "", "3456", "7035"), xs)
    drawn.row(65, "", ("", "", "0", "", ""), xs)
    drawn.row(70, "", ("5", "6", "", "7", "8"), xs)
    drawn.row(100, "二、结转申请", ("1", "2", "3", "4", "10"), xs)
    (grid,) = drawn.grids()
    assert grid == [
        ["".join(label), "1234 5", "2345 6", "0", "3456 7", "7035 8"],
        ["二、结转申请", "1", "2", "3", "4", "10"],
    ]


def test_a_row_below_another_is_no_rest_of_its_figures():
    """Where columns leave room for more digits, what stands below a figure is another one."""
    drawn = Drawing()
    drawn.row(60, "规章", ("41", "10", "55", "12", "18"))
    drawn.row(70, "规范性文件", ("35", "18", "16", "11", "17"))
    (grid,) = drawn.grids()
    assert grid == [["规章", "41", "10", "55", "12", "18"], ["规范性文件", "35", "18", "16", "11", "17"]]


def test_the_rest_of_a_figure_is_no_wider_than_its_first_line():
    """Below 0 stands the first line of the next row's figure, whose label stands beside its middle."""
    xs = (220, 252, 284, 316, 348)
    drawn = Drawing()
    drawn.row(60, "一、新收申请", ("0", "1", "2", "3", "6"), xs)
    drawn.row(72, "", ("5048", "", "", "", "5048"), xs)
    drawn.row(77, "二、结转申请", ("", "0", "0", "0", ""), xs)
    drawn.row(82, "", ("9", "", "", "", "9"), xs)
    (grid,) = drawn.grids()
    assert [row[1:] for row in grid] == [["0", "1", "2", "3", "6"], ["5048 9", "0", "0", "0", "5048 9"]]


def test_the_name_of_a_table_stands_between_two_without_a_number_too():
    drawn = Drawing()
    drawn.middle(280, 40, "第二十条第（六）项")
    drawn.row(58, "信息内容", ("", "", "本年处理决定数量", "", ""))
    drawn.row(76, "行政处罚", ("", "", "12", "", ""))
    drawn.row(94, "行政强制", ("", "", "3", "", ""))
    drawn.middle(280, 112, "2023年收到和处理政府信息公开申请情况")
    drawn.row(130, "", NAMES)
    drawn.row(150, "一、新收申请", ("1", "2", "3", "4", "10"))
    drawn.row(170, "二、结转申请", ("1", "2", "3", "4", "10"))
    first, second = drawn.grids()
    assert first[-1] == ["行政强制", "3"]
    assert second[0][1:] == list(NAMES)


def test_the_block_beside_two_rows_of_headings_stands_lower_and_is_the_first_all_the_same():
    drawing = Drawing()
    drawing.left(LABEL, 30, "青山县民政局2023年政府信息公开工作年度报告")
    drawing.left(LABEL, 50, "四、政府信息公开行政复议、行政诉讼情况")
    xs = [40 + 34 * at for at in range(15)]
    drawing.middle(xs[9], 80, "行政诉讼")
    drawing.middle(xs[2], 87, "行政复议")
    drawing.middle(xs[7], 94, "未经复议直接起诉")
    drawing.middle(xs[12], 94, "复议后起诉")
    for at, x in enumerate(xs):
        for line, part in enumerate(("结果结果其他尚未总计"[at % 5 * 2 :][:2], "维持纠正结果审结"[at % 5 * 2 :][:2])):
            drawing.middle(x, 114 + 11 * line, part)
    drawing.row(145, "", list("401050200270018"), xs)
    drawing.canvas.save()
    (record,) = extract(drawing.held.getvalue(), name="x.pdf")
    assert [record.review[f"{block}_total"] for block in ("review", "suit_direct", "suit_after_review")] == [5, 2, 8]
    assert not [problem for problem in record.problems if problem.code == "columns-ambiguous"]


def test_characters_of_which_only_the_ink_is_known_do_not_break_a_spaced_label():
    boxes = [(60, 69), (71.1, 79.2), (81.7, 89.8), (91.5, 100.5), (102, 111)]
    found = words([Glyph(text, left, 100, right, 109) for text, (left, right) in zip("第二十条第", boxes, strict=True)])
    assert [word.text for line in found for word in line] == ["第二十条第"]


def test_a_section_set_in_by_blanks_ends_the_table():
    drawing = Drawing()
    drawing.row(40, "", NAMES)
    drawing.row(56, "一、本年新收", "12345")
    drawing.left(LABEL, 72, "\u3000\u3000五、存在的主要问题及改进情况")
    drawing.row(88, "三、结转下年", "67890")
    assert not any("改进情况" in text for grid in drawing.grids() for row in grid for text in row)


def test_lines_set_very_wide_are_one_label_where_the_forms_words_say_so():
    drawing = Drawing()
    drawing.row(30, "", NAMES)
    for number, (label, rest) in enumerate(
        (
            ("2.其他法律行政法规禁止公", "开"),
            ("1.本机关不掌握相关政府信", "息"),
            ("5.要求行政机关确认或重新", "出具已获取信息"),
        )
    ):
        drawing.row(65 + 50 * number, "", "12345")
        drawing.left(LABEL, 53 + 50 * number, label)
        drawing.left(LABEL, 77 + 50 * number, rest)
    ((_, *rows),) = drawing.grids()
    assert [row[0] for row in rows] == [
        "2.其他法律行政法规禁止公开",
        "1.本机关不掌握相关政府信息",
        "5.要求行政机关确认或重新出具已获取信息",
    ]
