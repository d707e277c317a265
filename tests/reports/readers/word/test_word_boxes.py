"""Text boxes, formulas, pictures and styles in RTF and in Word's binary files: what hangs in a shape is on the page."""

import shutil
import struct

import pytest

from reports.readers import read
from reports.readers.marks import PICTURE
from reports.readers.word.doc_boxes import text_boxes
from reports.readers.word.doc_marks import look_of
from reports.readers.word.doc_styles import DocStyles, read_styles
from tests.gold.files import by_libreoffice, by_program
from tests.reports.readers.word.test_word_shown import GUIDE, SPACES, packed

START = r"{\rtf1\ansi\ansicpg936 "


def grids(body):
    (document,) = read((START + body + "}").encode("gb18030"), name="a.doc")
    return document, [[[cell.text for cell in row] for row in grid.rows] for grid in document.grids]


def cells(*texts):
    edges = "".join(rf"\cellx{1000 * (place + 1)}" for place in range(len(texts)))
    return rf"\trowd{edges}" + "".join(rf"\pard\plain\intbl {text}\cell" for text in texts) + r"\row\pard\plain "


def box(text):
    """A box as Word writes it: with a picture of it for programs that know no shapes."""
    fallback = rf"{{\shprslt{{\*\do\dobxcolumn{{\dptxbxtext\pard\plain {text}\par}}}}}}"
    return (
        rf"{{\shp{{\*\shpinst\shpleft10{{\sp{{\sn lTxid}}{{\sv 77}}}}{{\shptxt \pard\plain {text}\par}}}}{fallback}}}"
    )


def test_a_figure_in_a_text_box_is_in_the_cell_that_the_box_hangs_in():
    _, (grid,) = grids(cells("规章", box("12"), "3"))
    assert grid == [["规章", "12", "3"]]


def test_a_table_in_a_text_box_is_a_table():
    document, found = grids(rf"起\par{box(cells('规章', '12') + cells('合计', '3'))}止\par")
    assert found == [[["规章", "12"], ["合计", "3"]]]
    assert [part.text for part in document.paragraphs] == ["起", "止"]


def test_a_text_box_of_old_word_is_read_and_one_in_a_page_header_is_not():
    old = r"{\*\do\dobxcolumn\dptxbx{\dptxbxtext\pard\plain 12\par}\dpx1}"
    assert grids(cells("规章", old))[1] == [[["规章", "12"]]]
    document, _ = grids(rf"{{\header {box('9')}}}正文\par")
    assert [part.text for part in document.paragraphs] == ["正文"]


def test_tables_go_on_behind_a_box():
    _, (grid,) = grids(cells("规章", box("12")) + cells("合计", "4"))
    assert grid == [["规章", "12"], ["合计", "4"]]


def test_a_phonetic_guide_in_rtf_is_no_part_of_the_figure():
    field = rf"{{\field{{\*\fldinst {{{GUIDE.replace(chr(92), chr(92) * 2)}}}}}{{\fldrslt }}}}"
    assert grids(cells("规章", field))[1] == [[["规章", "12"]]]
    assert grids(cells("规章", r"{\field{\*\fldinst PAGE}{\fldrslt 5}}"))[1] == [[["规章", "5"]]]


def test_a_cell_of_rtf_that_is_a_picture_is_not_blank():
    picture = r"{\*\shppict{\pict\pngblip 00}}{\nonshppict{\pict\wmetafile8 00}}"
    assert grids(cells("规章", picture, "3" + picture, ""))[1] == [[["规章", PICTURE, "3", ""]]]
    floating = r"{\shp{\*\shpinst{\sp{\sn pib}{\sv {\pict\pngblip 00}}}}{\shprslt{\pict 00}}}"
    assert grids(cells("规章", floating, "3"))[1] == [[["规章", "", "3"]]]


def style(kind, base, *rules):
    """An entry of a style sheet ([MS-DOC] STD) with the rules of its parts."""
    fixed = struct.pack("<5H", 0, kind | base << 4, len(rules), 0, 0)
    parts = b""
    for each in rules:
        parts += struct.pack("<H", len(each)) + each + b"\0" * (len(each) % 2)
    made = fixed + struct.pack("<H", 1) + "x".encode("utf-16-le") + b"\0\0" + parts
    return struct.pack("<H", len(made)) + made


HIDING = struct.pack("<HB", 0x083C, 1)


def test_text_is_hidden_by_the_style_that_it_names():
    sheet = struct.pack("<H", 4) + struct.pack("<2H", 4, 10)
    sheet += style(1, 0xFFF, b"\0\0", b"") + style(2, 0xFFF, HIDING) + style(2, 1, b"") + style(1, 0, b"\3\0", HIDING)
    styles = read_styles(sheet)
    named = {number: struct.pack("<HH", 0x4A30, number) for number in range(4)}
    assert [look_of(named[number], 0, 1, styles).hidden for number in range(4)] == [False, True, True, True]
    again_shown = named[1] + struct.pack("<HB", 0x083C, 0)
    turned = named[1] + struct.pack("<HB", 0x083C, 0x81)
    assert not look_of(again_shown, 0, 1, styles).hidden
    assert not look_of(turned, 0, 1, styles).hidden
    assert look_of(struct.pack("<HB", 0x083C, 0x81), 0, 1, DocStyles()).hidden


def test_boxes_that_point_outside_the_text_are_left_out():
    main = bytearray(0x400)
    struct.pack_into("<8I", main, 0x4C, 100, 0, 0, 0, 0, 0, 50, 0)
    shapes = struct.pack("<3I", 7, 900, 100) + struct.pack("<I22x", 1) + struct.pack("<I22x", 2)
    boxes = (
        struct.pack("<3I", 0, 10, 60) + b"\0" * 14 + struct.pack("<II", 1, 0) + b"\0" * 14 + struct.pack("<II", 2, 0)
    )
    table = shapes + boxes
    struct.pack_into("<2I", main, 0x1DA, 0, len(shapes))
    struct.pack_into("<2I", main, 0x25A, len(shapes), len(boxes))
    assert text_boxes(bytes(main), table) == [(7, 100, 110)]


BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="900000" cy="300000"/>'
    '<wp:docPr id="1" name="b"/><a:graphic><a:graphicData '
    'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:spPr/><wps:txbx>'
    "<w:txbxContent>{}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>"
    "</w:drawing></mc:Choice></mc:AlternateContent></w:r>"
)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice makes the file")
def test_text_boxes_and_hidden_styles_of_a_binary_file():
    figure = BOX.format("<w:p><w:r><w:t>12</w:t></w:r></w:p>")
    unseen = '<w:r><w:rPr><w:rStyle w:val="Gone"/></w:rPr><w:t>9</w:t></w:r>'
    row = "<w:tr>" + "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr><w:p>{inner}</w:p></w:tc>'
        for inner in ("<w:r><w:t>规章</w:t></w:r>", figure, f"<w:r><w:t>3</w:t></w:r>{unseen}")
    )
    grid = '<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>'
    gone = '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style>'
    kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"

    def links(kind, target):
        link = f'<Relationship Id="r1" Type="{office}/{kind}" Target="{target}"/>'
        return f'<Relationships xmlns="{package}/relationships">{link}</Relationships>'

    source = packed(
        f"<w:tbl><w:tblPr/>{grid}{row}</w:tr></w:tbl><w:p/>",
        **{
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" '
            'ContentType="application/xml"/><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kinds}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{kinds}.styles+xml"/></Types>',
            "_rels/.rels": links("officeDocument", "word/document.xml"),
            "word/_rels/document.xml.rels": links("styles", "styles.xml"),
            "word/styles.xml": f"<w:styles {SPACES}>{gone}</w:styles>",
        },
    )
    made = by_program(source, "a.docx", by_libreoffice("doc"), "a.doc")
    (document,) = read(made, name="a.doc")
    assert [[cell.text for cell in row] for row in next(document.grids).rows] == [["规章", "12", "3"]]


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        (r"12{\xe{9}}{\tc 8}", "12"),  # entries of an index and of a table of contents
        (r"{\mvf 7}{\mvt 12}", "12"),  # moved here under revision tracking
        (r"{\uc2\u-246?}12", "\uff0a12"),  # what stands for a character ends with its group
    ],
)
def test_rtf_of_words_that_print_nothing(inner, shown):
    assert grids(cells("规章", inner, "3"))[1] == [[["规章", shown, "3"]]]
