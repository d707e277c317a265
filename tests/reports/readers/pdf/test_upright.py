"""PDF: cells whose text is set upright in several columns."""

import pytest

from reports.readers.pdf.page import Glyph
from reports.readers.pdf.ruled.cells import cell_text


def column(text: str, left: float, top: float) -> list[Glyph]:
    return [Glyph(each, left, top + 9 * n, left + 8, top + 9 * n + 8) for n, each in enumerate(text)]


@pytest.mark.parametrize("top", [0.0, 18.0, 13.5])  # the rest at the top, or in the middle
def test_columns_are_read_from_the_right(top: float) -> None:
    glyphs = [*column("起诉", 0, top), *column("未经复议直接", 11, 0)]
    assert cell_text(glyphs, -2, 60).text == "未经复议直接起诉"


def test_one_column_is_read_as_it_was() -> None:
    assert cell_text(column("结果维持", 10, 0), 0, 28).text.replace("\n", "") == "结果维持"


@pytest.mark.parametrize("rows", [("未经", "复议", "直接", "起诉"), ("结果", "维持", "率"), ("总", "计", "件数")])
@pytest.mark.parametrize("aside", ["left", "middle", "right"])
def test_lines_of_a_narrow_cell_stay_lines(rows: tuple[str, ...], aside: str) -> None:
    glyphs = []
    for y, text in enumerate(rows):
        left = {"left": 0.0, "middle": 8.0 - 4 * len(text), "right": 16.0 - 8 * len(text)}[aside]
        glyphs += [Glyph(each, left + 8 * x, 12.0 * y, left + 8 * x + 8, 12.0 * y + 8) for x, each in enumerate(text)]
    assert cell_text(glyphs, -2, 24).text.replace("\n", "") == "".join(rows)
