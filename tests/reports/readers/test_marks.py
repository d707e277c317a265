"""Raised, struck, hidden and deleted text of Word files never runs into a figure."""

import io
import shutil
import subprocess
import zipfile

import docx
import pytest

from reports.readers import read, read_again

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
STYLES = (
    f'<w:styles {W}><w:style w:styleId="Note"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:styleId="Sub"><w:basedOn w:val="Note"/></w:style>'
    '<w:style w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
)


def as_docx(paragraph, row=""):
    cell = f'<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/></w:tcPr>{paragraph}</w:tc>'
    body = (
        f'<w:document {W} {MC}><w:body><w:tbl><w:tblGrid><w:gridCol w:w="900"/><w:gridCol w:w="900"/></w:tblGrid>'
        f"<w:tr>{cell}<w:tc><w:tcPr><w:tcW w:w='900' w:type='dxa'/></w:tcPr><w:p><w:r><w:t>7</w:t></w:r></w:p></w:tc>"
        f"</w:tr>{row}</w:tbl></w:body></w:document>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", body)
        archive.writestr("word/styles.xml", STYLES)
    return held.getvalue()


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


RAISED = '<w:vertAlign w:val="superscript"/>'
CASES = {
    "raised": (run("12") + run("1", RAISED), "12[1]"),
    "raised in pieces": (run("12") + run("[", RAISED) + run("1", RAISED) + run("]", RAISED), "12[1]"),
    "raised by a style": (run("12") + run("1", '<w:rStyle w:val="Sub"/>'), "12[1]"),
    "lowered": (run("12") + run("1", '<w:vertAlign w:val="subscript"/>'), "12[1]"),
    "not raised after all": (run("12") + run("1", '<w:vertAlign w:val="baseline"/>'), "121"),
    "struck and written anew": (run("12", "<w:strike/>") + run("15"), "15"),
    "struck twice": (run("12", "<w:dstrike/>") + run("15"), "15"),
    "struck off": (run("12", '<w:strike w:val="0"/>'), "12"),
    "struck, and nothing else": (run("12", "<w:strike/>"), "~~12~~"),
    "hidden": (run("12") + run("9", "<w:vanish/>"), "12"),
    "hidden by a style": (run("12") + run("9", '<w:rStyle w:val="Gone"/>'), "12"),
    "deleted": ("<w:del><w:r><w:delText>1</w:delText></w:r></w:del>" + run("15"), "15"),
    "inserted": (run("1") + "<w:ins>" + run("5") + "</w:ins>", "15"),
    "moved away": ("<w:moveFrom>" + run("12") + "</w:moveFrom><w:moveTo>" + run("15") + "</w:moveTo>", "15"),
    "a field": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=SUM(LEFT)</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("15") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        "15",
    ),
    "drawn for two versions": (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{run("15")}</mc:Choice>'
        f"<mc:Fallback>{run('15')}</mc:Fallback></mc:AlternateContent></w:r>",
        "15",
    ),
    "a note's reference": (run("12") + '<w:r><w:footnoteReference w:id="2"/></w:r>', "12"),
    "a note's own mark": (
        run("12") + '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>1</w:t></w:r>',
        "12[1]",
    ),
    "a symbol": (run("12") + '<w:r><w:sym w:font="Wingdings" w:char="F08C"/></w:r>', "12\ufffd"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_cell_of_docx(case):
    content, wanted = CASES[case]
    source = as_docx(f"<w:p>{content}</w:p>")
    (document,) = read(source, name="x.docx")
    (grid,) = document.grids
    assert [cell.text for cell in grid.own_cells(0)] == [wanted, "7"]
    if case not in ("a symbol", "drawn for two versions", "a note's own mark"):
        again = read_again(source, document)
        (grid,) = again.grids
        assert [cell.text for cell in grid.own_cells(0)] == [wanted, "7"]


def test_revisions_and_struck_text_are_told():
    (document,) = read(as_docx("<w:p>" + CASES["deleted"][0] + run("3", "<w:strike/>") + "</w:p>"), name="x.docx")
    assert [problem.code for problem in document.problems] == ["tracked-changes", "struck-through"]


def test_a_hidden_row_is_left_out():
    row = "<w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p><w:r><w:t>9</w:t></w:r></w:p></w:tc></w:tr>"
    (document,) = read(as_docx("<w:p>" + run("12") + "</w:p>", row), name="x.docx")
    (grid,) = document.grids
    assert len(grid.rows) == 1


def test_running_text_keeps_its_exponents():
    held = io.BytesIO()
    body = f"<w:document {W}><w:body><w:p>{run('12m')}{run('2', RAISED)}</w:p></w:body></w:document>"
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", body)
    (document,) = read(held.getvalue(), name="x.docx")
    assert [paragraph.text for paragraph in document.paragraphs] == ["12m2"]


RTF = {
    "raised": (r"12{\super 1}", "12[1]"),
    "raised as a byte": (r"12{\super \'31}", "12[1]"),
    "lowered until it is over": (r"12\sub 1\nosupersub  x", "12[1] x"),
    "raised by hand": (r"12{\up6\fs12 1}", "12[1]"),
    "a note": (r"12{\super \chftn}{\footnote \pard note 9}", "12"),
    "struck and written anew": (r"{\strike 12}15", "15"),
    "struck twice": (r"{\striked1 12}15", "15"),
    "struck, and nothing else": (r"{\strike 12}", "~~12~~"),
    "not struck": (r"\strike\strike0 12", "12"),
    "hidden": (r"12{\v 9}", "12"),
    "deleted": (r"{\deleted 12}15", "15"),
    "plain again": (r"\v 9\plain 12", "12"),
}


@pytest.mark.parametrize("case", RTF)
def test_a_cell_of_rtf(case):
    content, wanted = RTF[case]
    source = r"{\rtf1\ansi\ansicpg936\trowd\cellx1000\cellx2000\intbl " + content + r"\cell\plain 7\cell\row}"
    (document,) = read(source.encode(), name="x.doc")
    (grid,) = document.grids
    assert [cell.text for cell in grid.own_cells(0)] == [wanted, "7"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["doc:MS Word 97", "rtf"])
def test_cells_as_libreoffice_writes_them(tmp_path, kind):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice, which writes the files of this test, is not installed")
    made = docx.Document()
    table = made.add_table(rows=2, cols=3)

    written = [
        [[("12", ""), ("1", "superscript")], [("12", "strike"), ("15", "")], [("8", ""), ("2", "subscript")]],
        [[("12", ""), ("9", "hidden")], [("12", "double_strike"), ("15", "")], [("12", "strike")]],
    ]
    for y, row in enumerate(written):
        for x, runs in enumerate(row):
            for text, look in runs:
                piece = table.cell(y, x).paragraphs[0].add_run(text)
                if look:
                    setattr(piece.font, look, True)
    made.save(tmp_path / "a.docx")
    command = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", kind]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "a.docx"], check=True, capture_output=True, timeout=120)
    (document,) = read((tmp_path / f"a.{kind[:3]}").read_bytes(), name="x")
    (grid,) = document.grids

    assert [[cell.text for cell in grid.own_cells(row)] for row in (0, 1)] == [
        ["12[1]", "15", "8[2]"],
        ["12", "15", "~~12~~"],
    ]
    assert [problem.code for problem in document.problems] == ["struck-through"]
