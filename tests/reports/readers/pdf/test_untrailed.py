"""PDF: files that break off before their table of objects."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from reports.readers import read
from reports.readers.pdf.untrailed import with_trailer


def whole() -> bytes:
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(400, 300))
    canvas.drawString(60, 200, "penalties 12")
    canvas.showPage()
    canvas.drawString(60, 200, "licences 345")
    canvas.save()
    return held.getvalue()


def texts(source: bytes) -> list[str]:
    (document,) = read(source, name="x.pdf")
    return [paragraph.text for paragraph in document.paragraphs]


def test_a_file_without_its_table_of_objects_is_read_all_the_same() -> None:
    source = whole()
    assert texts(source[: source.rindex(b"xref\n", 0, source.rindex(b"startxref"))]) == texts(source)


@pytest.mark.parametrize("lost", [b"endobj", b"/Type /Page", b"endstream"])
def test_a_file_that_has_lost_more_is_damaged(lost: bytes) -> None:
    """The table of a font could be among it, and another figure be named than the one that is drawn."""
    source = whole()
    cut = source[: source.rindex(lost)]
    assert with_trailer(cut) is None
    (document,) = read(cut, name="x.pdf")
    assert [problem.code for problem in document.problems] == ["damaged"]


def test_what_asks_for_a_password_is_left_alone() -> None:
    assert with_trailer(whole().replace(b"/Type /Catalog", b"/Encrypt 9 0 R /Type /Catalog")) is None
