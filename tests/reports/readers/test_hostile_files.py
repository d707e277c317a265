"""Encrypted, endless, exploding and damaged office files: a verdict that says so, within seconds and memory."""

import io
import random
import time
import tracemalloc
import zipfile

import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

import reports
from demo.render import docx, pdf
from reports.readers import read
from reports.supervised import SupervisedExtractor
from tests.gold.cases import DIRTS, case

SECONDS = 10


@pytest.fixture(scope="module")
def report():
    return pdf.render(case(DIRTS[0], 3, "hostile").report)


def verdict_of(source, name):
    started = time.process_time()
    records = reports.extract(source, name=name)
    assert time.process_time() - started < SECONDS
    return records[0].verdict, [problem.code for record in records for problem in record.problems]


def encrypted(user):
    held = io.BytesIO()
    canvas = Canvas(held, encrypt=StandardEncryption(user, ownerPassword="owner"))
    canvas.drawString(100, 700, "12")
    canvas.save()
    return held.getvalue()


def test_a_pdf_with_a_password_asks_for_it():
    verdict, codes = verdict_of(encrypted("secret"), "a.pdf")
    assert verdict == "unreadable"
    assert "encrypted" in codes


def test_a_pdf_that_is_only_locked_against_changes_is_read():
    (document,) = read(encrypted(""), name="a.pdf")
    assert [paragraph.text for paragraph in document.paragraphs] == ["12"]
    assert document.problems == []


def test_two_thousand_pages_are_cut_and_never_verified(report):
    file = pypdfium2.PdfDocument(report)
    blank = pypdfium2.PdfDocument.new()
    blank.import_pages(file)
    for _ in range(2_000):
        blank.new_page(595, 842)
    held = io.BytesIO()
    blank.save(held)
    verdict, codes = verdict_of(held.getvalue(), "year-book.pdf")
    assert verdict == "incomplete"
    assert {"cut", "read-in-part"} <= set(codes)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_file_cut_off_in_the_middle(kind, report):
    source = report if kind == "pdf" else docx.render(case(DIRTS[0], 3, "hostile").report)
    verdict, codes = verdict_of(source[: len(source) // 2], f"a.{kind}")
    assert verdict == "unreadable"
    assert "damaged" in codes or "no-text-layer" in codes


HEADS = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
    "docx": b"PK\x03\x04\x14\0\x06\0\x08\0",
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\0\x03\0\xfe\xff\x09\0",
    "rtf": b"{\\rtf1\\ansi\\ansicpg936",
    "rar": b"Rar!\x1a\x07\0",
}


@pytest.mark.parametrize("kind", HEADS)
def test_noise_behind_a_valid_head(kind):
    noise = random.Random(kind).randbytes(400_000)
    verdict, codes = verdict_of(HEADS[kind] + noise, f"a.{kind}")
    assert verdict in ("unreadable", "not_a_report")
    assert codes
    if kind in ("pdf", "doc"):
        assert verdict == "unreadable"


def sheet(rows):
    held = io.BytesIO()
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {main} xmlns:r="{office}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        with archive.open("xl/worksheets/sheet1.xml", "w") as member:
            member.write(f"<worksheet {main}><sheetData>".encode())
            for first in range(0, rows, 10_000):
                member.write(
                    b"".join(b'<row r="%d"><c><v>%d</v></c></row>' % (y + 1, y) for y in range(first, first + 10_000))
                )
            member.write(b"</sheetData></worksheet>")
    return held.getvalue()


def test_a_workbook_of_a_million_rows():
    source = sheet(1_000_000)
    tracemalloc.start()
    (document,) = read(source, name="a.xlsx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200_000_000
    assert {"cut", "damaged"} & {problem.code for problem in document.problems}


def test_bombs_are_a_verdict_within_bounds():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 100_000_000)
    inner = held.getvalue()
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.docx", inner)
    with SupervisedExtractor(seconds=SECONDS, patience=6) as extractor:
        for source, name in ((inner, "a.docx"), (outer.getvalue(), "a.zip")):
            records = extractor.extract(source, name=name)
            assert {record.verdict for record in records} == {"unreadable"}
            codes = {problem.code for record in records for problem in record.problems}
            assert "damaged" in codes and "reader-stopped" not in codes


def test_rtf_of_endless_words_is_cut():
    started = time.process_time()
    (document,) = read(b"{\\rtf1 " + b"\\b0 1" * 900_000, name="a.rtf")
    assert time.process_time() - started < SECONDS
    assert [problem.code for problem in document.problems] == ["cut"]


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.xls"])
def test_words_under_the_name_of_a_file_that_is_never_text(name):
    assert verdict_of(b"this was a file once", name) == ("unreadable", ["damaged", "damaged"])
    (record,) = reports.extract("政府信息公开工作年度报告\n一、总体情况\n说明。".encode(), name=name)
    assert record.verdict != "unreadable"


def test_a_tag_in_random_bytes_makes_no_page():
    junk = bytes((7 * n * n + 13 * n) % 256 for n in range(3_000)) + b"\x01<p \x02<table >\x03"
    assert verdict_of(junk, "a.pdf")[0] == "unreadable"
    assert verdict_of(junk, "a.html")[0] == "unreadable"


def test_a_long_list_of_names_is_read_once_and_not_from_each_line_to_its_end():
    names = ("总署," * 30 + "\n") * 3_000
    began = time.process_time()
    assert verdict_of(names.encode("gb18030"), "名单.csv")[0] == "not_a_report"
    assert time.process_time() - began < 8
