"""A sign is found wherever its pattern is, though its words are looked for first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.readers.html.seen.arranged import _SIGNS as PLACED
from reports.readers.html.seen.rare_styles import SIGNS as RARE
from reports.readers.html.seen.signs import Sign, Signs
from reports.readers.html.seen.style_signs import _SIGNS as HIDING

ALL = [*RARE, *(sign for sign, _ in HIDING), *(sign for _, sign, _ in PLACED)]
AROUND = (b"", b"x", b"1", b"-", b" ", b"\xe4\xb8\xad")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ALL).flatmap(lambda sign: st.tuples(st.just(sign), st.from_regex(sign.pattern.pattern))))
def test_what_a_pattern_finds_is_a_sign(found):
    sign, text = found
    for around in AROUND:
        signs = Signs.of(b"<p style='" + around + text.replace(b">", b"") + around + b"'>12</p>")
        assert sign.stands_in(signs) == (sign.pattern.search(signs.tags) is not None)


@pytest.mark.parametrize("pattern", [rb"abc-colou?rs", rb"colors", rb"(?:x|abc)", rb"abc-(?:x|c)", rb"ab+c", rb"'abc"])
def test_the_words_of_a_sign_are_those_with_which_it_surely_begins(pattern):
    signs = Signs.of(b"<p class='ABC-colors'>1</p><P>2</p>")
    assert Sign(pattern).stands_in(signs)
    assert not Sign(pattern).stands_in(Signs.of(b"<p class='bc-olor'>1</p>"))
