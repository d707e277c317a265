"""Breaks and spaces of a source as a reader of the page sees them."""

import re
import time

from hypothesis import example, given
from hypothesis import strategies as st

from reports.readers.typeset import one_line

WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\ufeff\u00ad"


def folded(text: str) -> str:
    """What ``one_line`` promises, character by character."""
    if "\n" in text and not text.isascii():
        for run in reversed(list(re.finditer(r"(?<=\S)\s+(?=\S)", text))):
            before, after = text[run.start() - 1], text[run.end()]
            wrapped = re.fullmatch(r"[ \t]*[\r\n]\s*", run[0])
            if wrapped and WIDE.match(before) and WIDE.match(after):
                text = text[: run.start()] + text[run.end() :]
    if not text.isascii():
        text = "".join(char for char in text if char not in INVISIBLE)
    return " ".join(text.split())


@given(st.text(alphabet="ab1中文，（Ａ \t\n\r\u3000\xa0\u200b\ufeff\xad\u202d\x01", max_size=12))
@example("政府信\t \n\n  息\u200b公开\xad")
@example("\n\t。\r\x0bＡ\t中")
@example("中\u200b\n文")
def test_a_line_is_folded_as_promised(text):
    assert one_line(text) == folded(text)


def test_a_line_of_nothing_but_spaces_costs_time_that_grows_with_it():
    began = time.process_time()
    assert one_line("公" + " " * 500_000 + "x \n开") == "公 x 开"
    assert one_line("公" + " \n" * 500_000 + "开") == "公开"
    assert time.process_time() - began < 2


def test_a_narrow_space_that_parts_thousands_is_kept():
    assert one_line(" 1\u2009216\u202f384  件\u200b") == "1\u202f216\u202f384 件"
    assert one_line("12\u20091234") == "12 1234"
    assert one_line("第\u20091\u2009条") == "第 1 条"
