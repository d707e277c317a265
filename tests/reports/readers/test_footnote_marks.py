"""Raised footnote marks in tables stay apart from the figure before them."""

from reports import read_document


def test_a_raised_mark_is_bracketed():
    page = "<table><tr><td>12<sup>1</sup></td><td>7<sup>[2]</sup></td><td><span>3</span><sup>*</sup></td></tr></table>"
    (grid,) = read_document(page.encode(), name="page.html").grids
    assert [cell.text for cell in grid.own_cells(0)] == ["12[1]", "7[2]", "3[*]"]


def test_running_text_keeps_its_exponents():
    document = read_document("<p>面积12m<sup>2</sup>的查阅点</p>".encode(), name="page.html")
    assert [paragraph.text for paragraph in document.paragraphs] == ["面积12m2的查阅点"]
