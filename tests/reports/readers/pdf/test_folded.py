"""PDF without ruled lines: which digits are the rest of a figure too wide for its column, and which are a row."""

from reports.readers.pdf.unruled.folded import with_whole_figures
from reports.readers.pdf.unruled.notes import with_parted_notes
from reports.readers.pdf.unruled.words import Word, bands

COLUMNS = (200, 230, 260)


def line(y, left, label, *figures):
    """Figures in the middle of their columns, five points a digit, beside a label that begins at ``left``."""
    held = [Word(label, left, y, left + 10 * len(label), y + 10)] if label else []
    for middle, text in zip(COLUMNS, figures, strict=True):
        if text:
            half = 2.5 * len(text)
            held.append(Word(text, middle - half, y, middle + half, y + 10))
    return held


def shown(lines):
    return [[word.text + word.rest for word in each] for each in lines]


def test_a_row_whose_label_begins_among_the_groups_is_no_rest_of_the_row_of_totals_above_it():
    table = [
        line(10, 110, "1.重复申请", "3", "0", "3"),
        line(25, 110, "3.其他", "8", "7", "15"),
        line(40, 60, "（七）总计", "50", "31", "81"),
        line(55, 10, "四、结转下年度", "2", "0", "2"),
    ]
    assert shown(with_whole_figures(table)) == shown(table)


def test_the_last_row_of_two_is_no_rest_of_the_figure_above_it():
    table = [
        [Word("第二十条第（六）项", 90, 10, 180, 20)],
        [Word("信息内容", 60, 26, 100, 36), Word("本年处理决定数量", 180, 26, 220, 36)],
        line(42, 10, "行政处罚", "5344", "", ""),
        line(56, 10, "行政强制", "164", "", ""),
    ]
    assert shown(with_whole_figures(table)) == shown(table)


def test_digits_without_a_label_below_figures_that_fill_their_columns_are_their_rest():
    table = [
        line(10, 110, "1.重复申请", "3", "0", "3"),
        line(26, 110, "2.其他", "1234", "", "1234"),
        line(38, 110, "", "5", "", "6"),
    ]
    assert shown(with_whole_figures(table)) == [
        ["1.重复申请", "3", "0", "3"],
        ["2.其他", "1234 5", "1234 6"],
    ]


def test_the_widest_figure_may_have_narrow_digits() -> None:
    """1113 fits where 102 and one more digit do not."""
    table = [
        [Word("1.重复申请", 110, 10, 160, 20), Word("1113", 220, 10, 239, 20)],
        [Word("102", 222, 26, 237, 36)],
        [Word("（七）总计", 110, 32, 160, 42)],
        [Word("97", 225, 38, 235, 48)],
    ]
    assert ["102 97"] in shown(with_whole_figures(table))


def test_a_heading_right_behind_the_note_in_the_corner_is_a_word_of_its_own() -> None:
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    (line_,) = with_parted_notes([[Word(note + "自然", 50, 10, 50 + 10 * (len(note) + 2), 20)]])
    assert [(word.text, word.right - word.left) for word in line_] == [(note, 10 * len(note) - 1), ("自然", 20)]


def test_the_note_in_the_corner_is_no_running_text_however_long_its_line() -> None:
    note = Word("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 50, 10, 400, 20)
    names = [Word(text, 420 + 60 * n, 10, 450 + 60 * n, 20) for n, text in enumerate(("自然人", "企业"))]
    rows = [[Word(text, 420 + 60 * n, y, 430 + 60 * n, y + 10) for n, text in enumerate("12")] for y in (26, 42)]
    ((first, *_),) = bands([[note, *names], *rows], 600, 5)
    assert first[0] is note
