"""What old Word formats say in their own ways: tables in cells, rows of no height, raised by hand, picture fonts."""

import shutil
import struct
import subprocess
from dataclasses import replace

import pytest

from bench.hostile_office import compound
from reports.readers import read
from reports.readers.flow import Line, Table
from reports.readers.marks import OBJECT, PICTURE
from reports.readers.word.doc_marks import look_of, printed_text
from reports.readers.word.doc_paragraphs import ParagraphShape
from reports.readers.word.doc_styles import DocStyles, special_fonts
from reports.readers.word.doc_tables import DocTables
from tests.reports.readers.odf.test_document import SPACES as ODF_SPACES
from tests.reports.readers.odf.test_document import packed as packed_odf
from tests.reports.readers.odf.test_document import text as odf_text
from tests.reports.readers.word.test_word_boxes import cells, grids
from tests.reports.readers.word.test_word_shown import cell, packed, row, run, tables

SYMBOL = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'
KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def whole(body):
    """A DOCX that other programs open too."""
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return packed(
        body,
        **{
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
            'ContentType="application/xml"/><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{KINDS}.document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{link}" '
            'Target="word/document.xml"/></Relationships>',
        },
    )


def wide(inner):
    return f'<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>{inner}<w:p/></w:tc>'


def lined(*rows):
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice makes the files")
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_as_libreoffice_writes_them(tmp_path, kind):
    digits = "".join(f'<w:r><w:sym w:font="Symbol" w:char="F0{ord(digit):02X}"/></w:r>' for digit in "12")
    low = row(cell(run("规章")), cell(run("9")), properties='<w:trHeight w:val="1" w:hRule="exact"/>')
    inner = lined(
        row(cell(run("规章")), cell(run("3") + run("1", '<w:position w:val="10"/><w:sz w:val="12"/>'))),
        low,
        row(cell(run("文件")), cell(digits)),
    )
    source = whole(lined(f"<w:tr>{wide(inner)}</w:tr>") + "<w:p/><w:sectPr/>")
    (tmp_path / "a.docx").write_bytes(source)
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", kind]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "a.docx"], check=True, capture_output=True, timeout=120)
    (document,) = read((tmp_path / f"a.{kind}").read_bytes(), name=f"a.{kind}")
    (found,) = [grid for grid in document.grids if grid.nested]
    assert [[each.text for each in line] for line in found.rows] == [["规章", "3[1]"], ["文件", "12"]]


def shape(depth, **more):
    return ParagraphShape(in_table=True, depth=depth, **more)


def taken(*ends, shaped=True):
    numbers = iter(range(9))
    found = DocTables(lambda: next(numbers), shaped=shaped)
    for text, mark, said in ends:
        found.take([Line(text)] if text else [], mark, said)
    return found.end([])


def texts(table):
    return [[each.text for each in line] for line in table.rows]


def test_tables_in_cells_of_a_binary_file():
    end = shape(1, row_end=True, edges=(0, 2000, 4000))
    inner_end = shape(2, inner_row_end=True, edges=(0, 500, 1000))
    blocks = taken(
        ("前", "\r", ParagraphShape()),
        ("上", "\r", shape(1)),
        ("规章", "\r", shape(2, inner_cell=True)),
        ("12", "\r", shape(2, inner_cell=True)),
        ("", "\r", inner_end),
        ("下", "\x07", shape(1)),
        ("7", "\x07", shape(1)),
        ("", "\x07", end),
        ("后", "\r", ParagraphShape()),
    )
    before, outer, after = blocks
    assert (before.text, after.text) == ("前", "后")
    assert texts(outer) == [["上\n规章\n12\n下", "7"]]
    (inner,) = [part for part in outer.rows[0][0].blocks if isinstance(part, Table)]
    assert (inner.nested, texts(inner)) == (True, [["规章", "12"]])


def test_a_row_of_no_height_in_a_binary_file():
    end = shape(1, row_end=True, edges=(0, 2000))
    low = shape(1, row_end=True, edges=(0, 2000), unseen_row=True)
    one = ("12", "\x07", shape(1))
    (table,) = taken(one, ("", "\x07", end), ("9", "\x07", shape(1)), ("", "\x07", low), one, ("", "\x07", end))
    assert texts(table) == [["12"], ["12"]]


def test_rows_without_properties_end_with_an_empty_cell():
    (table, last) = taken(
        ("规章", "\x07", None), ("12", "\x07", None), ("", "\x07", None), ("完", "\r", None), shaped=False
    )
    assert (texts(table), last.text) == ([["规章", "12"]], "完")


def rule(code, operand):
    return struct.pack("<H", code) + operand


def test_letters_raised_by_hand_and_signs_of_a_font():
    plain = DocStyles()
    small, up = rule(0x4A43, b"\x0c\0"), rule(0x4845, struct.pack("<h", 10))
    assert look_of(small + up, 0, 1, plain).raised
    assert not look_of(up, 0, 1, plain).raised  # a whole figure set higher, in its own size
    assert not look_of(small + rule(0x4845, struct.pack("<h", 2)), 0, 1, plain).raised

    fonts = struct.pack("<HH", 2, 0)
    for name in ("Wingdings", "Symbol"):
        entry = b"\0" * 39 + (name + "\0").encode("utf-16-le")
        fonts += bytes([len(entry)]) + entry
    styles = DocStyles()
    styles.symbol_fonts, styles.picture_fonts = special_fonts(fonts)
    assert (styles.symbol_fonts, styles.picture_fonts) == ({1}, {0})
    assert [look_of(rule(0x4A4F, bytes([font, 0])), 0, 1, styles).symbols for font in (0, 1)] == [False, True]
    signs = [look_of(rule(0x6A09, struct.pack("<HH", font, 0xF037)), 0, 1, styles).sign for font in (0, 1)]
    assert signs == ["\ufffd", "7"]


def test_rtf_of_a_drawing_in_its_line_is_no_blank():
    drawing = r"{\shp{\*\shpinst{\sp{\sn pib}{\sv {\pict\pngblip 00}}}}}"
    field = rf"{{\field{{\*\fldinst SHAPE }}{{\fldrslt{drawing}}}}}"
    assert grids(cells("规章", field, "3", ""))[1] == [[["规章", PICTURE, "3", ""]]]


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        (r"{\mr\mscr0\msty0 {\f1 12}}", "12"),
        (r"{\msSup{\*\msSupPr{\*\mctrlPr\f1 }}{\me{\mr 12}}{\msup{\mr 2}}}", "12[2]"),
        (r"{\mf{\mfPr{\mtype bar}}{\mnum{\mr 1}}{\mden{\mr 2}}}", "1/2"),
        (r"{\md{\mdPr{\mbegChr 3}{\mendChr 4}}{\me{\mr 12}}}", "12"),
    ],
)
def test_rtf_of_a_formula(formula, shown):
    written = rf"{{\mmath{{\*\moMath{formula}}}}}{{\*\mmathPict{{\*\shppict{{\pict 00}}}}}}"
    assert grids(cells("规章", written, "3"))[1] == [[["规章", shown, "3"]]]
    document, _ = grids(rf"{{\header {written}}}正文\par")
    assert [part.text for part in document.paragraphs] == ["正文"]


def test_rtf_of_words_with_capitals_is_no_text():
    shaped = r"\trowd\clNoWrap\cellx900\clFitText\cellx1800\intbl 规章\cell 12\cell\row\pard "
    assert grids(shaped)[1] == [[["规章", "12"]]]


def test_rtf_of_a_row_of_no_height_and_of_more_cells_than_it_has():
    low = cells("规章", "9").replace(r"\trowd", r"\trowd\trrh-1")
    more = cells("文件", "7").replace(r"\row", r"\cell\cell\row")
    least = cells("合计", "8").replace(r"\trowd", r"\trowd\trrh300")
    assert grids(cells("规章", "12") + low + more + least)[1] == [[["规章", "12"], ["文件", "7"], ["合计", "8"]]]


def test_rtf_of_the_font_symbol():
    fonts = r"{\fonttbl{\f0\fnil Song;}{\f1\froman\fprq2\fcharset2 Symbol;}{\f2\fcharset2 Wingdings;}}"
    digits = "".join(rf"\u{0xF000 + ord(digit) - 65536}?" for digit in "12")
    body = fonts + cells(rf"{{\f1 {digits}}}", rf"{{\f2 {digits}}}", rf"{{\f1 {digits}}}{{\f0 3}}")
    assert grids(body)[1] == [[["12", "\uf031\uf032", "123"]]]


def test_the_font_symbol_in_docx():
    signs = "\uf031\uf032"
    other = SYMBOL.replace("Symbol", "Wingdings")
    assert tables(row(cell(run(signs, SYMBOL)), cell(run(signs, other)))) == [["12", signs]]


def test_the_font_symbol_and_a_row_of_no_height_in_odf():
    styles = (
        f'<office:font-face-decls {ODF_SPACES}><style:font-face style:name="S1" svg:font-family="Symbol"/>'
        '<style:font-face style:name="S2" svg:font-family="Wingdings"/></office:font-face-decls>'
        '<style:style style:name="Signs"><style:text-properties style:font-name="S1"/></style:style>'
        '<style:style style:name="Hands"><style:text-properties style:font-name="S2"/></style:style>'
        '<style:style style:name="Low"><style:table-row-properties style:row-height="0.0007in"/></style:style>'
    )
    line = "<table:table-row{}><table:table-cell><text:p>{}</text:p></table:table-cell></table:table-row>"
    signs = '<text:span text:style-name="{}">\uf031\uf032</text:span>'
    body = line.format("", signs.format("Signs")) + line.format("", signs.format("Hands"))
    body += line.format(' table:style-name="Low"', "9")
    source = packed_odf(
        odf_text(f"<table:table>{body}</table:table>"),
        **{"styles.xml": f"<office:document-styles {ODF_SPACES}>{styles}</office:document-styles>"},
    )
    (document,) = read(source, name="a.odt")
    (grid,) = document.grids
    assert [[each.text for each in found] for found in grid.rows] == [["12"], ["\uf031\uf032"]]


def test_a_file_that_is_nothing_but_ends_of_cells_is_cut():
    source = compound("WordDocument", struct.pack("<HH20xII", 0xA5DC, 0x65, 0x20, 300_000) + b"\7" * 300_000)
    (document,) = read(source, name="a.doc")
    assert [problem.code for problem in document.problems] == ["cut"]
    (grid,) = document.grids
    assert len(grid.rows) < 60_000


def test_figures_that_are_blacked_out_cannot_be_read():
    plain = DocStyles()
    black, red = rule(0x6870, bytes(4)), rule(0x6870, b"\xff\0\0\0")
    marked = [rule(0x2A0C, bytes([number])) for number in (1, 6, 7)]  # black, red, yellow
    assert [look_of(each, 0, 1, plain).covered for each in marked] == [True, False, False]
    assert [look_of(red + each, 0, 1, plain).covered for each in marked] == [False, True, False]
    shaded = rule(0xCA71, b"\x0a" + b"\0\0\0\xff" + bytes(4) + bytes(2))
    assert look_of(black + shaded, 0, 1, plain).covered and not look_of(red + shaded, 0, 1, plain).covered
    assert look_of(rule(0x4866, struct.pack("<H", 1 << 5)), 0, 1, plain).covered
    found = [replace(look_of(marked[0], 0, 1, plain), first=0, last=1)]
    assert printed_text("712", 0, 3, found, in_table=True) == OBJECT + "712"


@pytest.mark.parametrize(("marked", "shown"), [(r"{\fs9 1}", f"5{OBJECT}1"), (r"{\fs18 1}", "51"), (r"\plain 1", "51")])
def test_much_smaller_digits_behind_a_figure_of_an_rtf_are_perhaps_a_mark(marked, shown):
    row = rf"\trowd\cellx900\cellx1800 \intbl abc\cell \fs21 5{marked}\cell\row"
    (document,) = read(rf"{{\rtf1\ansi {row}}}".encode(), name="a.rtf")
    (grid,) = document.grids
    assert grid.rows[0][1].text == shown


@pytest.mark.parametrize(("points", "shown"), [(9, f"5{OBJECT}1"), (18, "51")])
def test_much_smaller_digits_behind_a_figure_of_a_doc_are_perhaps_a_mark(points, shown):
    look = look_of(struct.pack("<HH", 0x4A43, points), 1, 2, DocStyles())
    assert printed_text("51", 0, 2, [look] if look.tells else [], in_table=True) == shown


def test_small_digits_of_a_doc_that_stand_alone_are_a_figure():
    look = look_of(struct.pack("<HH", 0x4A43, 9), 0, 2, DocStyles())
    assert printed_text("51", 0, 2, [look], in_table=True) == "51"
