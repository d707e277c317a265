"""Cells: what is read as a number, and what is not guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.tables.numbers import read_value, to_10k_yuan


@pytest.mark.parametrize(
    ("text", "state", "figure"),
    [
        ("", "blank", None), ("\u00a0", "blank", None), ("\u3000 \n", "blank", None), ("\u200b", "blank", None),
        ("/", "dash", None), ("-", "dash", None),
        ("—", "dash", None), ("——", "dash", None), ("无", "dash", None),
        ("/[1]", "dash", None), ("—[注]", "dash", None), ("/[①]", "dash", None),
        ("[1]", "unreadable", None), ("/[应为1]", "unreadable", None),
        ("5", "number", 5), ("0", "number", 0),
        ("３", "number", 3), ("１，２３４", "number", 1234), ("1,234", "number", 1234),
        ("0件", "number", 0), ("12 项", "number", 12),
        ("共5件", "number", 5), ("+7", "number", 7), ("-3", "number", -3),
        ("−3", "number", -3), ("减少3", "number", -3),
        ("增加5项", "number", 5), ("增5", "number", 5), (".5", "number", 0.5),
        ("1.0", "number", 1), ("21083.44", "number", 21083.44),
        ("零", "number", 0), ("〇", "number", 0), ("5。", "number", 5),
        ("22（其中修订16件）", "annotated", 22),
        ("55(含自然失效29件)", "annotated", 55), ("12[1]", "annotated", 12),
        ("24¹", "annotated", 24), ("5[①]", "annotated", 5), ("7①", "annotated", 7), ("12345678", "number", 12345678),
        ("1O", "unreadable", None), ("l2", "unreadable", None),
        ("3-5", "unreadable", None), ("5%", "unreadable", None),
        ("(5)", "unreadable", None), ("1,23", "unreadable", None),
        ("1\u202f234", "number", 1234), ("1\u202f234.5", "number", 1234.5),
        ("1,2345", "unreadable", None), ("①", "unreadable", None), ("7（应为①）", "unreadable", None),
        ("½", "unreadable", None), ("1½", "unreadable", None), ("1₂", "unreadable", None), ("1⒉", "unreadable", None),
        ("5⑴", "annotated", 5), ("5❶", "annotated", 5), ("12 (15)", "unreadable", None), ("12（3）", "annotated", 12),
        ("12[15]", "annotated", 12),
        ("12【1,500】", "unreadable", None), ("1e5", "unreadable", None),
        ("5（应为6）", "unreadable", None), ("一", "unreadable", None),
        ("5/3", "unreadable", None), ("增2减1", "unreadable", None), ("12345678901234", "unreadable", None),
        ("5、6", "unreadable", None), ("五", "unreadable", None),
        ("约", "unreadable", None), ("٣", "unreadable", None),
    ],
)  # fmt: skip
def test_what_a_cell_says(text, state, figure):
    value = read_value(text)
    assert (value.state, value.figure) == (state, figure)
    assert not value.tentative


@pytest.mark.parametrize("text", ["1 6", "1\n6", "2 105", "007", "1, 234"])
def test_what_could_be_two_things_needs_a_sum(text):
    assert read_value(text).tentative


@pytest.mark.parametrize(
    ("text", "header", "figure"),
    [
        ("251000元", None, 25.1), ("43.788万元", None, 43.788),
        ("43.788", "万元", 43.788), ("251000", "元", 25.1),
        ("251000元", "万元", 25.1), ("2亿元", "万元", 20000),
        ("￥5,000元", None, 0.5), ("0", "元", 0), ("/", "元", None),
        ("312.4萬元", None, 312.4), ("12", "?", None), ("4861366.24元", None, 486.136624),
    ],
)  # fmt: skip
def test_money_is_in_10k_yuan(text, header, figure):
    assert to_10k_yuan(read_value(text), header).figure == figure


@given(st.integers(0, 10**12))
def test_every_way_to_write_a_count_gives_it(number):
    wide = str(number).translate({0x30 + digit: 0xFF10 + digit for digit in range(10)})
    for text in (str(number), f"{number:,}", wide, f"{number}件", f" {number}\n", f"{number}.0", f"+{number}"):
        value = read_value(text)
        assert (value.state, value.figure, value.tentative) == ("number", number, False), text


@given(st.text(max_size=12))
def test_a_number_is_read_only_from_its_own_digits(text):
    value = read_value(text)
    if value.number is not None and value.state == "number" and "万" not in text:
        digits = [char for char in text if char.isdigit()]
        assert digits or any(char in "零〇" for char in text)


@given(st.integers(0, 9999), st.integers(0, 9999), st.sampled_from([" ", "\n", "、", "-", "/", "~", "或", ";", "+"]))
def test_two_numbers_are_never_read_as_one(one, two, between):
    value = read_value(f"{one}{between}{two}")
    assert value.state == "unreadable" or value.tentative
