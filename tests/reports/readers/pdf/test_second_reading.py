"""PDF: the second reading of some tables alone, by the places of their words."""

from dataclasses import replace

from demo.figures import balanced
from demo.organs import invented
from demo.render.pdf import render
from demo.writing import write
from reports import extract
from reports.document import Document
from reports.readers import read

FIGURES = balanced("read again in part", requests=300)
(ORGAN, *_) = invented("read again in part", 1).organs


def pdf(**wrong: int) -> bytes:
    figures = replace(FIGURES, values={**FIGURES.values, **wrong})
    return render(write(ORGAN, 2024, figures, 1), height=700)


def texts(document: Document) -> list[tuple[int, int | None, str]]:
    return [
        (grid.index, grid.page, cell.text)
        for grid in document.grids
        for row in range(len(grid.rows))
        for cell in grid.own_cells(row)
        if cell.text.isdigit()
    ]


def test_grids_read_alone_keep_their_numbers_and_their_figures() -> None:
    (document,) = read(pdf(), name="x.pdf")
    assert document.again is not None
    first = texts(document)
    last = max(index for index, _, _ in first)
    again = document.again(frozenset({last}))
    assert again is not None
    assert texts(again) == [each for each in first if each[0] == last]


def test_an_organ_s_error_is_found_in_its_table_alone() -> None:
    wrong = FIGURES.values["review_suit_direct_total"] + 1
    (record,) = extract(pdf(review_suit_direct_total=wrong), name="x.pdf")
    assert record.verdict == "inconsistent"
    assert record.review is not None
    assert record.review["suit_direct_total"] == wrong
