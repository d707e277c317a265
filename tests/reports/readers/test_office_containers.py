"""The same report in whatever an office program or a portal wraps it: one XML, a saved page, another name."""

import base64
import io
import re
import shutil
import zipfile

import olefile
import pytest
import xlwt

from demo.layout import expanded
from demo.render import html as web
from demo.render import parts
from reports.extract import extract
from reports.readers import read
from reports.readers.sniff import sniff
from tests.gold import files
from tests.gold.cases import DIRTS, case

PACKAGE = "http://schemas.microsoft.com/office/2006/xmlPackage"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
SHEET = "urn:schemas-microsoft-com:office:spreadsheet"
MADE = case(DIRTS[0], 3, "containers")


def members():
    pack = zipfile.ZipFile(io.BytesIO(files.docx()(MADE)[0]))
    return {name: pack.read(name) for name in pack.namelist()}


def bare(xml):
    return re.sub(r"<\?xml[^>]*\?>", "", xml.decode())


def flat_package():
    inner = "".join(
        f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{bare(content)}</pkg:xmlData></pkg:part>'
        for name, content in members().items()
        if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml"
    )
    return f'<?xml version="1.0"?><pkg:package xmlns:pkg="{PACKAGE}">{inner}</pkg:package>'.encode()


def word_2003(more=""):
    body = re.search(r"<w:body>.*</w:body>", members()["word/document.xml"].decode(), re.S).group()
    body = body.replace("<w:vMerge", "<w:vmerge").replace("<w:body>", f"<w:body>{more}")
    return f'<?xml version="1.0"?><w:wordDocument xmlns:w="{WORD_2003}" {AML}>{body}</w:wordDocument>'.encode()


AML = 'xmlns:aml="http://schemas.microsoft.com/aml/2001/core"'


def sheet_xml():
    rows = [f'<Row><Cell><Data ss:Type="String">{MADE.report.title}</Data></Cell></Row>']
    for _, part in parts(MADE.report):
        if isinstance(part, str):
            rows.append(f'<Row><Cell><Data ss:Type="String">{part}</Data></Cell></Row>')
            continue
        for line in expanded(part):
            cells = ""
            for place, (cell, first) in enumerate(line):
                if first and (place == 0 or line[place - 1][0] is not cell):
                    kind = "Number" if cell.code and cell.text.replace(".", "", 1).isdigit() else "String"
                    cells += (
                        f'<Cell ss:Index="{place + 1}" ss:MergeAcross="{cell.colspan - 1}" '
                        f'ss:MergeDown="{cell.rowspan - 1}"><Data ss:Type="{kind}">{cell.text}</Data></Cell>'
                    )
            rows.append(f"<Row>{cells}</Row>")
    table = f'<Worksheet ss:Name="年报"><Table>{"".join(rows)}</Table></Worksheet>'
    return f'<?xml version="1.0"?><Workbook xmlns="{SHEET}" xmlns:ss="{SHEET}">{table}</Workbook>'.encode()


def page():
    return f'<html><head><meta charset="utf-8"></head><body>{web.article(MADE.report)}</body></html>'.encode()


def saved_page(*pages):
    out = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n'
    for number, each in enumerate(pages):
        out += f"\r\n--B\r\nContent-Location: file:///C:/{number}.htm\r\nContent-Transfer-Encoding: base64\r\n"
        out += f'Content-Type: text/html; charset="utf-8"\r\n\r\n{base64.encodebytes(each).decode()}'
    return f"{out}\r\n--B--\r\n".encode()


def with_backslashes():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        for name, content in members().items():
            entry = zipfile.ZipInfo("x")
            entry.filename = name.replace("/", "\\")
            pack.writestr(entry, content)
    return out.getvalue()


FRAMES = b'<html><frameset rows="*,39"><frame src="1.htm"></frameset></html>'
WRAPPED = {
    "flat package as .doc": flat_package,
    "Word 2003 as .doc": word_2003,
    "workbook of 2003 as .xls": sheet_xml,
    "saved page as .doc": lambda: saved_page(page()),
    "saved workbook as .xls": lambda: saved_page(FRAMES, page()),
    "lines before the container": lambda: b"\r\n\r\n" + files.docx()(MADE)[0],
    "folders parted by backslashes": with_backslashes,
}


@pytest.mark.parametrize("kind", WRAPPED)
def test_the_report_is_read_in_whatever_it_is_wrapped(kind):
    (record,) = extract(WRAPPED[kind](), name="report.doc")
    assert record.verdict == "verified"
    assert sum(len(row) for row in record.applications.values()) > 150


def test_an_error_of_the_organ_is_told_in_one_xml_too():
    wrong = next(each for each in DIRTS if each.name == "wrong-handled")
    pack = zipfile.ZipFile(io.BytesIO(files.docx()(case(wrong, 3, "containers"))[0]))
    body = f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{bare(pack.read("word/document.xml"))}</pkg:xmlData>'
    source = f'<?xml version="1.0"?><pkg:package xmlns:pkg="{PACKAGE}">{body}</pkg:part></pkg:package>'
    (record,) = extract(source.encode(), name="report.doc")
    assert record.verdict == "inconsistent"


def zipped(name, content):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as pack:
        pack.writestr(name, content)
    return held.getvalue()


def wrong_page():
    made = case(next(each for each in DIRTS if each.name == "wrong-handled"), 3, "containers")
    article = f"<h1>{made.report.title}</h1>{web.article(made.report)}"
    return f'<html><head><meta charset="utf-8"></head><body>{article}</body></html>'.encode()


@pytest.mark.parametrize(
    "source",
    [saved_page(wrong_page()), saved_page(FRAMES, wrong_page()), zipped("report.htm", wrong_page())],
    ids=["saved page", "saved workbook", "archive"],
)
def test_a_page_inside_a_file_is_read_a_second_time_too(source):
    (record,) = extract(source, name="report")
    assert record.verdict == "inconsistent"


def test_deletions_comments_and_notes_of_word_2003_are_not_printed():
    text = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    run = "<w:r><w:{0}>{1}</w:{0}></w:r>"
    marked = (
        f'<w:p><aml:annotation w:type="Word.Deletion"><aml:content>{run.format("delText", "旧")}</aml:content>'
        f'</aml:annotation><aml:annotation w:type="Word.Insertion"><aml:content>{run.format("t", "新")}</aml:content>'
        f'</aml:annotation><aml:annotation w:type="Word.Comment"><aml:content>{text.format("批")}</aml:content>'
        f"</aml:annotation><w:r><w:footnote>{text.format('注')}</w:footnote></w:r></w:p>"
    )
    (document,) = read(word_2003(marked), name="a.doc")
    assert next(document.paragraphs).text == "新"


def test_what_a_workbook_of_2003_does_not_show_is_not_read():
    styles = (
        '<Styles><Style ss:ID="w"><Font ss:Color="#FFFFFF"/></Style>'
        '<Style ss:ID="z"><NumberFormat ss:Format="0;-0;;@"/></Style></Styles>'
    )
    cells = (
        '<Row><Cell><Data ss:Type="String">规章</Data></Cell>'
        '<Cell ss:StyleID="w"><Data ss:Type="Number">5</Data></Cell>'
        '<Cell ss:StyleID="z"><Data ss:Type="Number">0</Data></Cell>'
        '<Cell><Data ss:Type="Number">3</Data><Comment><ss:Data>应为 8</ss:Data></Comment></Cell></Row>'
        '<Row ss:Hidden="1"><Cell><Data ss:Type="Number">9</Data></Cell></Row>'
    )
    table = f'<Worksheet ss:Name="a"><Table>{cells}</Table></Worksheet>'
    source = f'<?xml version="1.0"?><Workbook xmlns="{SHEET}" xmlns:ss="{SHEET}">{styles}{table}</Workbook>'
    (document,) = read(source.encode(), name="a.xls")
    assert [[cell.text for cell in row] for row in next(document.grids).rows] == [["规章", "", "", "3"]]


def test_a_word_file_is_read_whichever_of_its_tables_it_names(tmp_path):
    if not (source := word_97()):
        pytest.skip("LibreOffice makes the file")
    other = source.replace("1Table".encode("utf-16-le"), "0Table".encode("utf-16-le"))
    assert extract(other, name="a.wps")[0].verdict == "verified"
    path = tmp_path / "a.wps"
    path.write_bytes(source)
    with olefile.OleFileIO(str(path), write_mode=True) as file:
        main = bytearray(file.openstream("WordDocument").read())
        main[6:8] = b"\x04\x08"  # the language that WPS writes
        file.write_stream("WordDocument", bytes(main))
    assert extract(path.read_bytes(), name="a.wps")[0].verdict == "verified"


def word_97():
    return files.doc(MADE)[0] if shutil.which("soffice") else b""


def test_web_pages_of_office_programs_are_no_office_xml():
    spaces = f'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" {AML}'
    assert sniff(f"<html {spaces}><body><table></table></body></html>".encode()) == "html"
    assert sniff(b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>') == "html"


def test_a_workbook_called_et_is_read():
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("年报")
    sheet.write(0, 0, "规章")
    sheet.write(0, 1, 3)
    out = io.BytesIO()
    book.save(out)
    (document,) = read(out.getvalue(), name="a.et")
    assert [cell.text for cell in next(document.grids).rows[0]] == ["规章", "3"]


PICTURE_FILE = b"\xff\xd8\xff" + bytes(100)
NOT_OPENED = {
    "RAR": b"Rar!\x1a\x07\x01\x00" + bytes(100),
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(100),
    "gzip": b"\x1f\x8b\x08" + bytes(100),
    "tar": b"\xe5\xb9\xb4\xe6\x8a\xa5.docx".ljust(257, b"\0") + b"ustar".ljust(255, b"\0"),
}


@pytest.mark.parametrize("kind", NOT_OPENED)
def test_an_archive_that_is_not_opened_says_of_which_kind_it_is(kind):
    for source in (NOT_OPENED[kind], zipped("report.bin", NOT_OPENED[kind])):
        (record,) = extract(source, name="report.zip")
        assert record.verdict == "unreadable"
        assert f"of the kind {kind} " in record.problems[0].message


def test_an_archive_of_pictures_says_so_and_one_inside_two_others_is_named():
    (record,) = extract(zipped("1.jpg", PICTURE_FILE), name="report.zip")
    assert (record.verdict, record.problems[0].code) == ("unreadable", "no-text-layer")
    (record,) = extract(zipped("a.zip", zipped("b.zip", zipped("c.zip", b"1"))), name="report.zip")
    assert (record.verdict, record.problems[0].code) == ("unreadable", "unsupported")


SAVED = {
    "its subject first": "Subject: a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n",
    "its type first": "Content-Type: multipart/related; boundary=B\r\nMIME-Version: 1.0\r\n",
    "a mark of its charset first": "\ufeffMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n",
}


@pytest.mark.parametrize("kind", SAVED)
def test_a_saved_page_whose_header_begins_with(kind):
    part = "\r\n--B\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    (record,) = extract(f"{SAVED[kind]}{part}".encode() + page() + b"\r\n--B--\r\n", name="report.doc")
    assert record.verdict == "verified"


def test_a_saved_page_of_one_part():
    head = "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    (record,) = extract(head.encode() + base64.encodebytes(page()), name="report.mht")
    assert record.verdict == "verified"


def test_a_frame_of_a_saved_page_is_read_where_the_page_names_it():
    outer = b'<html><head><meta charset="utf-8"></head><body><p>1</p><iframe src="cid:f1"></iframe></body></html>'
    source = saved_page(outer, b"<html><p>2</p></html>", page()).replace(b"Content-Location: file:///C:/2.htm",
                                                                        b"Content-ID: <f1>")  # fmt: skip
    (document,) = read(source, name="report.mhtml")
    assert [part.text for part in document.paragraphs if len(part.text) == 1] == ["1"]
    (record,) = extract(source, name="report.mhtml")
    assert record.verdict == "verified"
