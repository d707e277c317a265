"""Words that tesseract read: their order, and which of two readings of a figure stands."""

from __future__ import annotations

import shutil
from itertools import pairwise

import numpy
import pytest
from PIL import Image, ImageDraw, ImageFont

from reports.readers import tesseract
from reports.readers.pdf.page import UNREADABLE
from reports.readers.recognise import straightened
from reports.readers.tesseract import Word, agreed, glyphs


def word(text, sure=95.0, left=0, right=40):
    return Word(text, sure, left, right, 0, 30)


@pytest.mark.parametrize(
    ("chinese", "figures", "text"),
    [
        ([word("工", 60)], [[word("1", 96)], []], "1"),  # 工 for 1
        ([word("|", 20)], [[word("1", 60)], []], UNREADABLE),  # one who is not sure is not enough
        ([word("12", 30)], [[word("12", 40)], []], "12"),  # two who agree need not be sure
        ([word("1,024")], [[word("1024")], []], "1024"),
        ([word("0")], [[word("6")], [word("6")]], "6"),  # a 6 for the model for Chinese is a 0
        ([word("7")], [[word("1")], []], UNREADABLE),  # two figures: none
        ([word("7")], [[word("1")], [word("4")]], UNREADABLE),
        ([word("-7")], [[word("7")], [word("7")]], UNREADABLE),  # a sign that one of them saw is none to be lost
        ([word("-7")], [[word("-7")], [word("7", 97)]], "-7"),
        ([word("35 .2")], [[word("352")], [word("352")], [word("35.2")]], 3 * UNREADABLE),
        ([], [[word("8", 97)], [word("8", 60)]], "8"),
        ([word("无")], [[], []], "无"),
        ([word("行政强"), word("制|")], [[word("14", 97)], []], "行政强制"),
        ([word("0")], [[word("0"), word("0")], []], "0"),
    ],
)
def test_which_reading_stands(chinese, figures, text):
    assert "".join(glyph.text for glyph in glyphs(agreed(chinese, figures))) == text


def drawn(text, angle=0.0):
    if shutil.which(tesseract.PROGRAM) is None:
        pytest.skip("tesseract, which recognises pictures, is not installed")
    picture = Image.new("L", (1_400, 500), 255)
    pen = ImageDraw.Draw(picture)
    for line in range(6):
        pen.text((60, 40 + 70 * line), text, fill=0, font=ImageFont.load_default(36))
    return picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)


def test_words_that_overlap_keep_their_order():
    found = tesseract.words(numpy.array(drawn("Granted 120 of 137, refused 14.")), 300, 60, tesseract.COLUMN)
    for one, two in pairwise(found):
        assert two.top > one.top or two.left >= one.right
    assert "".join(word.text for word in found[:6]).startswith("Granted120of137")


@pytest.mark.parametrize("angle", [-2.0, -0.4, 0.0, 0.7, 2.5])
def test_a_sheet_that_lay_askew_is_straightened(angle):
    level = numpy.array(straightened(drawn("Reports of the year 2023: 120", angle))) < 128
    # between lines of text that lie level there are rows without a dot
    assert (~level.any(axis=1))[40:420].sum() > 100


@pytest.mark.parametrize(
    ("words", "settled"),
    [
        ([word("总计")], True),
        ([word("总社")], False),  # no word of the forms: asked for again
        ([word("1."), word("属于国家秘密")], True),
        ([word("12", 100)], True),
        ([word("12", 0)], False),
        ([], False),
    ],
)
def test_what_is_asked_for_again(words, settled):
    assert tesseract.settled(words) is settled


def test_of_two_readings_the_one_that_makes_words_of_the_forms_stands():
    right = [word("尚未"), word("审结")]
    assert tesseract.known([[word("尚末审结")], right]) == right
    assert tesseract.known([[word("尚末审结")], [word("尚术审结")]]) is None
