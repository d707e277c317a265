"""PDF: characters to printed lines, by where they stand."""

import pytest

from reports.readers.pdf.lines import line_of, rows_of
from reports.readers.pdf.page import UNREADABLE, Glyph, PageContent, Rule
from reports.readers.pdf.ruled.lattice import Lattice, Slot
from reports.readers.pdf.ruled.ruled import parted


def row(*placed: tuple[str, float], width: float = 10.0, bottom: float = 20.0) -> list[Glyph]:
    """Characters of one size that begin at these places."""
    return [Glyph(text, left, bottom - 10.0, left + width, bottom) for text, left in placed]


@pytest.mark.parametrize(
    ("placed", "text"),
    [
        ((("受", 0), ("理", 10), ("数", 20)), "受理数"),  # they touch
        ((("受", 0), ("理", 9.9), ("数", 19.8)), "受理数"),  # rounding lets them overlap a little
        ((("数", 20), ("理", 10), ("受", 0)), "受理数"),  # drawn from the right
        ((("1", 0), ("2", 10), ("7", 40)), "12 7"),
        ((("受", 0), ("受", 0.4), ("理", 10), ("理", 10.4)), "受理"),  # bold made by printing twice
        ((("1", 0), ("3", 2), ("7", 12)), f"1{UNREADABLE}37"),  # two figures in one place
    ],
)
def test_a_line_is_what_stands_side_by_side(placed: tuple[tuple[str, float], ...], text: str) -> None:
    assert line_of(row(*placed)).text == text


def test_characters_that_are_spaced_evenly_are_one_word() -> None:
    spaced = row(("A", 0), ("B", 15), ("C", 30))
    assert line_of(list(spaced)).text == "A B C"
    assert line_of(list(spaced), 5.0).text == "ABC"


def test_rows_are_told_apart_by_their_lower_edges() -> None:
    assert rows_of([], 0.45) == []
    upper, lower = row(("甲", 0), ("乙", 10)), row(("丙", 0), ("丁", 10), bottom=36.0)
    assert rows_of(upper, 0.45) == [upper]
    assert rows_of([*lower, *upper], 0.45) == [upper, lower]


def test_what_stands_above_between_and_below_tables_is_in_none() -> None:
    """Also at the very edge of a table, and beside it."""

    def table(top: float) -> Lattice:
        slots = [Slot(0, x, 1, 1, 50.0 + 50 * x, top, 100.0 + 50 * x, top + 20) for x in (0, 1, 2)]
        return Lattice([50.0, 100.0, 150.0, 200.0], [top, top + 20.0], [slots], [], [False] * 3)

    page = PageContent(0, 300.0, 400.0)
    page.glyphs = [
        *row(("上", 60), bottom=90.0),
        *row(("甲", 60), ("乙", 110), ("旁", 210), bottom=115.0),
        *row(("边", 60), bottom=125.0),  # its middle is on the lower edge
        *row(("间", 60), bottom=150.0),
        *row(("丙", 60), ("丁", 110), bottom=215.0),
        *row(("下", 60), bottom=300.0),
    ]
    page.vertical = [Rule(x, 100.0, 220.0) for x in (50.0, 100.0, 150.0, 200.0)]
    assert parted(page, [])[1] == page.glyphs
    ruled, outside = parted(page, [table(100.0), table(200.0)])
    held = [["".join(glyph.text for glyph in glyphs) for _, glyphs in contents.values()] for _, contents in ruled]
    assert held == [["甲边", "乙"], ["丙", "丁"]]
    assert "".join(glyph.text for glyph in outside) == "上旁间下"
