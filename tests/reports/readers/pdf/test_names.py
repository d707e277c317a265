"""PDF: digits that a font names two ways are not read as either."""

import io
import re
import zlib

import pytest
from reportlab.pdfgen.canvas import Canvas

from reports import extract
from reports.readers import read
from reports.readers.pdf.seen.names import misnamed_digits

SWAPPED = {"6": "9", "9": "6"}


def table(swapped, shape):
    texts = {code: ord(swapped.get(chr(code), chr(code))) for code in range(0x20, 0x7F)}
    if shape == "singles":
        lines = [f"<{code:02x}> <{text:04x}>" for code, text in texts.items()]
        return f"{len(lines)} beginbfchar\n" + "\n".join(lines) + "\nendbfchar"
    if shape == "ranges":
        lines = [f"<{code:02x}><{code:02x}><{text:04X}>" for code, text in texts.items()]
        return f"{len(lines)} beginbfrange\n" + "\n".join(lines) + "\nendbfrange"
    listed = " ".join(f"<{text:04X}>" for text in texts.values())
    return f"1 beginbfrange\n<20> <7e> [{listed}]\nendbfrange"


def printed(swapped, shape="singles", *, packed=False, encoding="/WinAnsiEncoding"):
    """A page with figures in Helvetica, to which a table of texts is added behind the file's end, as editors do."""
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(400, 300))
    canvas.setFont("Helvetica", 12)
    canvas.drawString(60, 200, "1690 of 27")
    canvas.save()
    source = held.getvalue()
    number = int(re.search(rb"(\d+) 0 obj\s*<<\s*/BaseFont /Helvetica", source)[1])
    content = table(swapped, shape).encode()
    if packed:
        content = zlib.compress(content)
    head = b"<< /Length %d %s >>" % (len(content), b"/Filter /FlateDecode" if packed else b"")
    font = b"<< /BaseFont /Helvetica /Encoding %s /Subtype /Type1 /Type /Font /ToUnicode 901 0 R >>" % encoding.encode()
    objects = {number: font, 901: head + b"\nstream\n" + content + b"\nendstream"}
    if encoding == "902 0 R":
        objects[902] = (
            b"<< /Type /Encoding /Differences [48 /zero /one /two /three /four /five /six 56 /eight /nine] >>"
        )
    out, rows = source, []
    for each, body in objects.items():
        rows.append(b"%d 1\n%010d 00000 n \n" % (each, len(out)))
        out += b"%d 0 obj\n%s\nendobj\n" % (each, body)
    before = int(re.findall(rb"startxref\s+(\d+)", source)[-1])
    root = re.search(rb"/Root (\d+ 0 R)", source)[1]
    trailer = b"trailer\n<< /Size 903 /Root %s /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (root, before, len(out))
    return out + b"xref\n" + b"".join(rows) + trailer


def text_of(source):
    (document,) = read(source, name="x.pdf")
    return "".join(part.text for part in document.paragraphs), [problem.code for problem in document.problems]


@pytest.mark.parametrize("shape", ["singles", "ranges", "list"])
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("encoding", ["/WinAnsiEncoding", "902 0 R"])
def test_digits_that_encoding_and_table_name_differently_are_unreadable(shape, packed, encoding):
    source = printed(SWAPPED, shape, packed=packed, encoding=encoding)
    assert misnamed_digits(source) == {"6", "9"}
    assert text_of(source) == ("\ufffd\ufffd\ufffd\ufffd of \ufffd\ufffd", ["digits-untold"])


@pytest.mark.parametrize("shape", ["singles", "ranges", "list"])
def test_a_table_that_agrees_is_believed(shape):
    source = printed({}, shape)
    assert not misnamed_digits(source)
    assert text_of(source) == ("1690 of 27", [])


def test_names_that_are_no_digits_say_nothing():
    source = printed(SWAPPED).replace(b"/Encoding /WinAnsiEncoding", b"/Encoding /SomethingOfItsOwn")
    assert not misnamed_digits(source)


@pytest.mark.parametrize("cut", [1, 40, 400])
def test_a_damaged_file_ends_nothing(cut):
    source = printed(SWAPPED, packed=True)
    assert misnamed_digits(source[:-cut] + b"/ToUnicode 901 0 R" * 50) <= {"6", "9"}
    assert extract(source[:-cut], name="x.pdf")
