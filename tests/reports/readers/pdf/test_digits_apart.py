"""PDF: figures of ruled tables whose digits are set apart."""

import pytest

from reports.readers import read
from tests.reports.readers.pdf.test_sight import page, second


def apart(gap, *others):
    """12345 with gaps between its digits, and other figures below."""

    def draw(canvas):
        for number, digit in enumerate("12345"):
            canvas.drawString(210 + number * (6.67 + gap), 200, digit)
        for x, text in others:
            canvas.drawString(x, 170, text)

    return draw


@pytest.mark.parametrize("gap", [2.5, 4])
def test_all_digits_evenly_apart_are_of_one_figure(gap):
    (document,) = read(page(apart(gap)), name="x.pdf")
    assert second(document)[0][1] == "12345"


@pytest.mark.parametrize(
    "draw",
    [
        apart(4, (260, "12")),  # in another figure they touch
        apart(4, (260, "1"), (272, "2")),  # at another distance
        apart(20),
    ],
)
def test_else_digits_apart_may_be_of_several_figures(draw):
    (document,) = read(page(draw), name="x.pdf")
    assert second(document)[0][1] != "12345"
