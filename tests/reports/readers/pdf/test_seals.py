"""PDF: the characters of a red seal over a table are no part of its cells."""

import math

from reportlab.pdfgen.canvas import Canvas

from tests.reports.readers.pdf.test_marks import RIGHT, Draw, cells, drawn, figures, lines


def seal(canvas: Canvas) -> None:
    """A ring of letters with its number in a straight line, over the figures."""
    canvas.setFillColorRGB(0.85, 0, 0)
    canvas.setFont("Helvetica", 10)
    for number in range(9):
        angle = math.radians(210 - 30 * number)
        canvas.saveState()
        canvas.translate(240 + 30 * math.cos(angle), 190 + 30 * math.sin(angle))
        canvas.rotate(math.degrees(angle) - 90)
        canvas.drawString(0, 0, "S")
        canvas.restoreState()
    canvas.drawString(212, 178, "36010023")


def red_watermark(canvas: Canvas) -> None:
    """Letters in the red of the figures, all at one angle."""
    canvas.setFillColorRGB(0.85, 0, 0)
    canvas.setFont("Helvetica", 10)
    for x in (120, 200, 280):
        canvas.saveState()
        canvas.translate(x, 150)
        canvas.rotate(30)
        canvas.drawString(0, 0, "DRAFT")
        canvas.restoreState()


def red_figures(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 12)
    for number, (label, value) in enumerate(RIGHT):
        canvas.setFillGray(0)
        canvas.drawString(60, 200 - 30 * number, label)
        canvas.setFillColorRGB(0.85, 0, 0)
        canvas.drawString(210, 200 - 30 * number, value)


def test_a_seal_over_figures_is_left_out() -> None:
    assert cells(drawn(lines, figures("12", "345", "8"), seal)) == RIGHT


def test_a_seal_drawn_before_the_figures_is_left_out() -> None:
    assert cells(drawn(lines, seal, figures("12", "345", "8"))) == RIGHT


def test_red_figures_under_a_red_watermark_stay() -> None:
    assert cells(drawn(lines, red_figures, red_watermark)) == RIGHT


def test_figures_in_the_red_of_the_seal_are_not_blank() -> None:
    """They cannot be told from the seal's own number; a cell that holds nothing else was blank, and verified."""
    found = cells(drawn(lines, red_figures, seal))
    assert [label for label, _ in found] == ["one", "two", "three"]
    assert all("\ufffd" in value for _, value in found), found


def outlined_seal(red: float) -> Draw:
    """A ring with letters drawn as outlines."""

    def draw(canvas: Canvas) -> None:
        canvas.setStrokeColorRGB(red, 0, 0)
        canvas.setFillColorRGB(red, 0, 0)
        canvas.circle(235, 190, 38)
        for x, y in ((213, 203), (240, 203), (232, 172), (262, 174)):
            path = canvas.beginPath()
            path.moveTo(x, y)
            path.curveTo(x + 2, y + 9, x + 5, y + 9, x + 6, y)
            path.lineTo(x + 4, y + 2)
            path.curveTo(x + 3, y + 5, x + 2, y + 5, x + 1, y + 2)
            path.close()
            canvas.drawPath(path, stroke=0, fill=1)

    return draw


def test_a_seal_drawn_as_outlines_is_left_out() -> None:
    assert cells(drawn(lines, figures("12", "345", "8"), outlined_seal(0.85))) == RIGHT


def test_a_cell_without_text_under_a_seals_outlines_is_not_blank() -> None:
    """The star may lie over its figure."""
    assert "\ufffd" in cells(drawn(lines, figures("12", "", "8"), outlined_seal(0.85)))[1][1]
