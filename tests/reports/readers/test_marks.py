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
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document2.xml"/></Relationships>'
)
STYLES = (
    f'<w:styles {W}><w:style w:styleId="Note"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:styleId="Sub"><w:basedOn w:val="Note"/></w:style>'
    '<w:style w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="Blue"><w:tblStylePr w:type="firstRow"><w:tcPr>'
    '<w:shd w:val="clear" w:fill="1F4E79"/></w:tcPr></w:tblStylePr></w:style></w:styles>'
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


def mark(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text):
    return f"<w:r><w:instrText> {text} </w:instrText></w:r>"


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
    "digits of the font Symbol": (
        "".join(f'<w:r><w:sym w:font="Symbol" w:char="F0{code}"/></w:r>' for code in ("31", "32")),
        "12",
    ),
    "a field in a field's code": (
        mark("begin")
        + code("IF")
        + mark("begin")
        + code("PAGE")
        + mark("separate")
        + run("7")
        + mark("end")
        + code('= 7 "a" "b"')
        + mark("separate")
        + run("12")
        + mark("end"),
        "12",
    ),
    "white": (run("12") + run("9", '<w:color w:val="FFFFFF"/>'), "12"),
    "white by the theme": (run("12") + run("9", '<w:color w:val="FFFFFF" w:themeColor="background1"/>'), "12"),
    "grey by the theme": (run("12", '<w:color w:val="BFBFBF" w:themeColor="background1" w:themeShade="BF"/>'), "12"),
    "white on a ground": (run("12", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F4E79"/>'), "12"),
    "white on a paragraph's ground": (
        '<w:pPr><w:shd w:val="clear" w:fill="1F4E79"/></w:pPr>' + run("12", '<w:color w:val="FFFFFF"/>'),
        "12",
    ),
    "hidden by the styles of run and paragraph": (
        '<w:pPr><w:pStyle w:val="Gone"/></w:pPr>' + run("12", '<w:rStyle w:val="Gone"/>'),
        "\ufffc12",
    ),
    "hidden by two styles, shown by the run": (
        '<w:pPr><w:pStyle w:val="Gone"/></w:pPr>' + run("12", '<w:rStyle w:val="Gone"/><w:vanish w:val="0"/>'),
        "12",
    ),
    "text in a field's code": (mark("begin") + run("9") + mark("separate") + run("12") + mark("end"), "\ufffc912"),
    "blacked out": (run("9", '<w:color w:val="000000"/><w:highlight w:val="black"/>') + run("12"), "\ufffc912"),
    "blacked out with a ground": (
        run("9", '<w:color w:val="1f4e79"/><w:shd w:val="clear" w:fill="1F4E79"/>') + run("12"),
        "\ufffc912",
    ),
    "highlighted": (run("12", '<w:highlight w:val="yellow"/>'), "12"),
    "letters of one point": (run("12") + run("9", '<w:sz w:val="2"/>'), "12"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_cell_of_docx(case):
    content, wanted = CASES[case]
    source = as_docx(f"<w:p>{content}</w:p>")
    (document,) = read(source, name="x.docx")
    (grid,) = document.grids
    assert [cell.text for cell in grid.own_cells(0)] == [wanted, "7"]
    if case not in ("drawn for two versions", "a note's own mark"):
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


def test_white_text_on_the_ground_of_its_cell_is_read():
    white = run("12", '<w:color w:val="FFFFFF"/>')
    plain = as_docx(f"<w:p>{white}</w:p>")
    shaded = plain_with(plain, '<w:tcW w:w="900" w:type="dxa"/>', '<w:shd w:val="clear" w:fill="1F4E79"/>')
    styled = plain_with(plain, "<w:tbl>", '<w:tblPr><w:tblStyle w:val="Blue"/></w:tblPr>')
    for source, wanted in ((plain, ""), (shaded, "12"), (styled, "12")):
        (document,) = read(source, name="x.docx")
        for reading in (document, read_again(source, document)):
            (grid,) = reading.grids
            assert [cell.text for cell in grid.own_cells(0)] == [wanted, "7"]


def plain_with(source, place, added):
    """The same file with something written behind the first of such places."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(held, "w") as new:
        body = old.read("word/document.xml").decode()
        new.writestr("word/document.xml", body.replace(place, place + added, 1))
        new.writestr("word/styles.xml", old.read("word/styles.xml"))
    return held.getvalue()


def test_what_a_covered_cell_repeats_is_not_read_twice():
    rows = "".join(
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="900"/><w:vMerge w:val="{kind}"/></w:tcPr><w:p>{run("总计")}</w:p></w:tc>'
        f'<w:tc><w:tcPr><w:tcW w:w="900"/></w:tcPr><w:p>{run(text)}</w:p></w:tc></w:tr>'
        for kind, text in (("restart", "1"), ("continue", "2"))
    )
    source = as_docx("<w:p>" + run("12") + "</w:p>", rows)
    (document,) = read(source, name="x.docx")
    for reading in (document, read_again(source, document)):
        (grid,) = reading.grids
        assert [[cell.text for cell in row] for row in grid.rows] == [["12", "7"], ["总计", "1"], ["总计", "2"]]
        assert grid.rows[1][0] is grid.rows[2][0]


def test_the_document_under_another_name():
    """Office on the web writes word/document2.xml, and the package says so."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_docx("<w:p>" + run("12") + "</w:p>"))) as old, zipfile.ZipFile(held, "w") as new:
        new.writestr("word/document2.xml", old.read("word/document.xml"))
        new.writestr("_rels/.rels", RELATIONS)
    (document,) = read(held.getvalue(), name="x.docx")
    for reading in (document, read_again(held.getvalue(), document)):
        assert [cell.text for grid in reading.grids for cell in grid.own_cells(0)] == ["12", "7"]


def test_running_text_keeps_its_exponents():
    held = io.BytesIO()
    body = f"<w:document {W}><w:body><w:p>{run('12m')}{run('2', RAISED)}</w:p></w:body></w:document>"
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", body)
    (document,) = read(held.getvalue(), name="x.docx")
    assert [paragraph.text for paragraph in document.paragraphs] == ["12m2"]


RTF = {
    "raised": (r"12{\super 1}", "12[1]"),
    "blacked out": (r"{\cf1\highlight1 9}12", "\ufffc912"),
    "blacked out in the colour of its ground": (r"{\chcbpat3\cf3 \'39}12", "\ufffc912"),
    "highlighted": (r"{\cf1\highlight3 1}2", "12"),
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
    "white": (r"12{\cf2 9}", "12"),
    "black": (r"{\cf1 12}", "12"),
    "white on a ground": (r"{\cf2\chcbpat3 12}", "12"),
    "letters of one point": (r"12{\fs2 9}", "12"),
    "a picture in bytes": (r"{\pict\bin3 1}2}12", "12"),
}


@pytest.mark.parametrize("case", RTF)
def test_a_cell_of_rtf(case):
    content, wanted = RTF[case]
    source = r"{\rtf1\ansi\ansicpg936{\colortbl;\red0\green0\blue0;\red255\green255\blue255;\red0\green0\blue99;}"
    source += r"\trowd\cellx1000\cellx2000\intbl " + content + r"\cell\plain 7\cell\row}"
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
    table = made.add_table(rows=3, cols=3)

    written = [
        [[("12", ""), ("1", "superscript")], [("12", "strike"), ("15", "")], [("8", ""), ("2", "subscript")]],
        [[("12", ""), ("9", "hidden")], [("12", "double_strike"), ("15", "")], [("12", "strike")]],
        [[("12", ""), ("9", "white")], [("12", ""), ("9", "tiny")], [("7", "")]],
    ]
    for y, row in enumerate(written):
        for x, runs in enumerate(row):
            for text, look in runs:
                piece = table.cell(y, x).paragraphs[0].add_run(text)
                if look == "white":
                    piece.font.color.rgb = docx.shared.RGBColor(255, 255, 255)
                elif look == "tiny":
                    piece.font.size = docx.shared.Pt(1)
                elif look:
                    setattr(piece.font, look, True)
    made.save(tmp_path / "a.docx")
    command = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", kind]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "a.docx"], check=True, capture_output=True, timeout=120)
    (document,) = read((tmp_path / f"a.{kind[:3]}").read_bytes(), name="x")
    (grid,) = document.grids

    assert [[cell.text for cell in grid.own_cells(row)] for row in (0, 1, 2)] == [
        ["12[1]", "15", "8[2]"],
        ["12", "15", "~~12~~"],
        ["12", "12", "7"],
    ]
    assert [problem.code for problem in document.problems] == ["struck-through"]


def test_white_text_of_rtf_on_the_ground_of_its_cell_is_read():
    head = r"{\rtf1\ansi{\colortbl;\red0\green0\blue99;\red255\green255\blue255;}"
    row = r"\trowd\clcbpat1\cellx1000\cellx2000\intbl\cf2 12\cell 34\cell\row}"
    (document,) = read((head + row).encode(), name="x.doc")
    (grid,) = document.grids
    assert [cell.text for cell in grid.rows[0]] == ["12", ""]


INNER = (
    r"\pard\intbl\itap2 {a}\nestcell {b}\nestcell{\*\nesttableprops\trowd\cellx500\cellx1000\nestrow}"
    r"{\nonesttables\par}"
)


@pytest.mark.parametrize("defined", ["before", "behind", "both"])
def test_a_table_in_a_cell_of_rtf(defined):
    outer = r"\trowd\cellx2000\cellx4000"
    row = outer if defined != "behind" else ""
    row += r"\pard\intbl before\par " + INNER.replace("{a}", "规章").replace("{b}", "12")
    row += INNER.replace("{a}", "文件").replace("{b}", "7") + r"\pard\intbl after\cell right\cell"
    row += (outer if defined != "before" else "") + r"\row\pard end\par}"
    (document,) = read((r"{\rtf1\ansicpg936 " + row).encode("gb18030"), name="x.doc")
    outermost, inner = document.grids
    assert (outermost.nested, inner.nested) == (False, True)
    assert [[cell.text for cell in line] for line in inner.rows] == [["规章", "12"], ["文件", "7"]]
    assert [cell.text for cell in outermost.rows[0]] == ["before\n规章\n12\n文件\n7\nafter", "right"]
    assert [part.text for part in document.paragraphs][-1] == "end"
