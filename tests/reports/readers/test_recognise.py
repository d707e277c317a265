"""Recognition of pictures: only where it is asked for, never verified, and clear about what is missing."""

import io
import shutil

import pypdfium2
import pytest

import reports
from demo.render import pdf
from reports.readers import read, tesseract
from tests.gold.cases import DIRTS, case
from tests.gold.score import figures_of


def scanned(source, pages=(0, 1, 2)):
    """A PDF's pages as pictures in a PDF."""
    file = pypdfium2.PdfDocument(source)
    pictures = [file[number].render(scale=300 / 72).to_pil().convert("L") for number in pages]
    held = io.BytesIO()
    pictures[0].save(held, "pdf", save_all=True, append_images=pictures[1:], resolution=300)
    return held.getvalue()


@pytest.fixture(scope="module")
def made():
    return case(DIRTS[0], 3, "hostile")


@pytest.fixture(scope="module")
def scan(made):
    return scanned(pdf.render(made.report))


def test_pictures_are_unreadable_without_being_asked_to_recognise_them(scan):
    (record,) = reports.extract(scan, name="scan.pdf")
    assert record.verdict == "unreadable"
    assert "no-text-layer" in [problem.code for problem in record.problems]


def test_what_to_install_is_said(scan, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    (record,) = reports.extract(scan, name="scan.pdf", ocr=True)
    assert record.verdict == "unreadable"
    (told,) = [problem.message for problem in record.problems if problem.code == "ocr-missing"]
    assert "tesseract-ocr-chi-sim" in told


def test_a_text_layer_is_not_recognised_again(made):
    (record,) = reports.extract(pdf.render(made.report), name="a.pdf", ocr=True)
    assert (record.verdict, record.reader) == ("verified", "pdf")


@pytest.mark.slow
def test_a_scanned_report(made, scan):
    if shutil.which(tesseract.PROGRAM) is None:
        pytest.skip("tesseract, which recognises pictures, is not installed")
    (record,) = reports.extract(scan, name="scan.pdf", ocr=True)
    assert (record.verdict, record.reader) == ("incomplete", "ocr")
    assert record.year == made.report.year
    # Characters of an invented name are taken for others (岚 for 网): such a record is never beyond doubt.
    assert record.organ.endswith("市林业局") and len(record.organ) == len(made.report.organ.name)
    found = figures_of(record)
    right = sum(found.get(code) == value for code, value in made.truth.values.items())
    assert right >= 0.97 * len(made.truth.values), right


def test_a_file_that_is_no_picture_after_all():
    if shutil.which(tesseract.PROGRAM) is None:
        pytest.skip("tesseract, which recognises pictures, is not installed")
    (document,) = read(b"\x89PNG\r\n\x1a\n" + bytes(100), name="a.png", ocr=True)
    assert "ocr-failed" in [problem.code for problem in document.problems]
