"""PDF: faint marks that lie level over figures are no part of them; faint figures are."""

import io
from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from reports.document import Document
from reports.readers import read

FIGURES = ("12", "345", "8")
RIGHT = [["one", "12"], ["two", "345"], ["three", "8"]]

Draw = Callable[[Canvas], None]


def drawn(*draws: Draw) -> Document:
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(400, 300))
    for draw in draws:
        canvas.saveState()
        draw(canvas)
        canvas.restoreState()
    canvas.save()
    (document,) = read(held.getvalue(), name="x.pdf")
    return document


def figures(*values: str, grey: float = 0.0) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        for number, (label, value) in enumerate(zip(("one", "two", "three"), values, strict=True)):
            canvas.setFillGray(0)
            canvas.drawString(60, 200 - 30 * number, label)
            canvas.setFillGray(grey)
            canvas.drawString(210, 200 - 30 * number, value)

    return draw


def lines(canvas: Canvas) -> None:
    for y in (220, 190, 160, 130):
        canvas.line(50, y, 350, y)
    for x in (50, 200, 350):
        canvas.line(x, 220, x, 130)


def mark(text: str, *places: tuple[float, float], grey: float = 0.8, alpha: float = 1.0, size: float = 10) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        canvas.setFillGray(grey, alpha)
        for place in places:
            canvas.drawString(*place, text)

    return draw


def cells(document: Document) -> list[list[str]]:
    return [[cell.text for cell in grid.own_cells(y)] for grid in document.grids for y in range(len(grid.rows))]


@pytest.mark.parametrize(
    "laid",
    [
        mark("13800", (214, 202), (220, 173)),
        mark("7", (240, 204)),  # in a cell, though over no figure
        mark("2024-06-01", (206, 196), (206, 144), grey=0, alpha=0.2),
        mark("DRAFT", (205, 203), (205, 173), (205, 143)),
        mark("4", (60, 203), (214, 171), grey=0.5, size=12),
    ],
    ids=["telephone", "digit", "date", "letters", "grey"],
)
def test_a_level_mark_is_left_out_and_said(laid: Draw) -> None:
    for order in ((figures(*FIGURES), lines, laid), (laid, figures(*FIGURES), lines)):
        document = drawn(*order)
        assert cells(document) == RIGHT
        assert [problem.code for problem in document.problems] == ["watermark"]


@pytest.mark.parametrize("place", [(214, 202), (205, 196), (228, 203)], ids=["over", "below", "behind"])
def test_a_level_mark_is_left_out_without_lines_too(place: tuple[float, float]) -> None:
    clean, marked = drawn(figures(*FIGURES)), drawn(figures(*FIGURES), mark("13800", place))
    assert [part.text for part in marked.paragraphs] == [part.text for part in clean.paragraphs]
    assert cells(marked) == cells(clean)


@pytest.mark.parametrize("grey", [0.5, 0.75])
def test_faint_figures_with_a_cell_of_their_own_are_figures(grey: float) -> None:
    document = drawn(figures(*FIGURES, grey=grey), lines)
    assert cells(document) == RIGHT
    assert not document.problems


def test_a_faint_digit_that_goes_on_with_a_figure_makes_it_unreadable() -> None:
    document = drawn(figures(*FIGURES), lines, mark("6", (210 + 2 * 6.672, 200), size=12))
    assert cells(document)[0] == ["one", "12\ufffd"]
    assert cells(document)[1:] == RIGHT[1:]


def test_a_digit_in_a_marks_colour_alone_in_its_cell_is_unreadable() -> None:
    document = drawn(figures("12", "", "8"), lines, mark("138", (214, 203), (230, 170)))
    assert cells(document) == [["one", "12"], ["two", "\ufffd\ufffd\ufffd"], ["three", "8"]]


def test_letters_of_a_repeated_mark_alone_in_their_cells_are_left_out() -> None:
    """A blank column under a mark is blank."""
    places = [(214, 202), (60, 172), (214, 172), (214, 142)]
    document = drawn(figures("12", "", "8"), lines, mark("DRAFT", *places))
    assert cells(document) == [["one", "12"], ["two", ""], ["three", "8"]]


def test_a_mark_drawn_through_a_transparent_form_is_faint() -> None:
    def veiled(canvas: Canvas) -> None:
        canvas.beginForm("mark")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(214, 203, "138")
        canvas.endForm()
        canvas.setFillAlpha(0.2)
        canvas.doForm("mark")

    assert cells(drawn(figures(*FIGURES), lines, veiled)) == RIGHT


def test_text_over_the_transparent_shape_of_its_shadow_is_read() -> None:
    """Browsers print a blurred shadow as a picture, and the text again without any ink: pdfium keeps the first only."""

    def shadowed(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        for number, (label, value) in enumerate(RIGHT):
            for alpha, aside in ((0.0, 0.7), (1.0, 0.0)):
                canvas.setFillAlpha(alpha)
                canvas.drawString(60 + aside, 200 - 30 * number - aside, label)
                canvas.drawString(210 + aside, 200 - 30 * number - aside, value)

    document = drawn(lines, shadowed)
    assert [[cell.text for cell in row if cell] for row in next(iter(document.grids)).rows] == RIGHT
