"""What a page of a DOCX shows, and what only stands in the file: revised cells, alternatives, pictures, formulas."""

import io
import zipfile

import pytest

from reports.extract import extract
from reports.readers import read, read_again
from reports.readers.marks import OBJECT, PICTURE
from reports.readers.word.eq_fields import formula_text
from tests.gold import files
from tests.gold.cases import DIRTS, case

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:new="http://example.org/later"'
)


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def cell(inner, properties=""):
    return f'<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/>{properties}</w:tcPr><w:p>{inner}</w:p></w:tc>'


def row(*cells, properties=""):
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def packed(body, **parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        pack.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            pack.writestr(name, content)
    return out.getvalue()


def tables(*rows):
    """The rows of the table as both readings have them."""
    source = packed(f"<w:tbl>{''.join(rows)}</w:tbl>")
    (document,) = read(source, name="a.docx")
    (grid,) = document.grids
    (again,) = read_again(source, document).grids
    shown = [[each.text for each in line] for line in grid.rows]
    assert [[each.text for each in line] for line in again.rows] == shown
    return shown


def test_a_cell_deleted_under_revision_tracking_is_left_out_and_those_behind_move_up():
    dead = cell("<w:del><w:r><w:delText>9</w:delText></w:r></w:del>", "<w:cellDel/>")
    assert tables(row(cell(run("规章")), dead, cell(run("3"))), row(cell(run("合计")), cell(run("4")))) == [
        ["规章", "3"],
        ["合计", "4"],
    ]


def test_digits_in_a_font_of_pictures_are_no_figure():
    font = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}"/>'
    shown = tables(row(cell(run("5", font.format("Wingdings 2"))), cell(run("5", font.format("Arial")))))
    assert shown == [[f"{OBJECT}5", "5"]]
    table = r"{\rtf1{\fonttbl{\f0 Arial;}{\f1\fnil\fcharset2 Wingdings;}}\trowd\cellx900\cellx1800"
    source = table + r"\pard\intbl{\f1 5}\cell\intbl{\f0 5}\cell\row}"
    (grid,) = read(source.encode(), name="a.rtf")[0].grids
    assert [[each.text for each in line] for line in grid.rows] == shown


def test_of_cells_merged_downward_the_first_is_seen():
    first, rest = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    assert tables(row(cell(run("总计"), first), cell(run("3"))), row(cell(run("12"), rest), cell(run("4")))) == [
        ["总计", "3"],
        ["总计", "4"],
    ]


def test_a_row_exactly_as_low_as_a_line_is_not_seen():
    low = '<w:trHeight w:val="1" w:hRule="exact"/>'
    tall = '<w:trHeight w:val="1" w:hRule="atLeast"/>'
    rows = [
        row(cell(run("规章")), cell(run("3")), properties=tall),
        row(cell(run("规章")), cell(run("8")), properties=low),
    ]
    assert tables(*rows) == [["规章", "3"]]


@pytest.mark.parametrize(("required", "shown"), [("wps", "7"), ("w14 wps", "7"), ("new", "3"), ("wps new", "3")])
def test_of_alternatives_the_one_counts_that_word_knows(required, shown):
    alternative = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="{required}"><w:t>7</w:t></mc:Choice>'
        "<mc:Fallback><w:t>3</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    if required == "wps new":  # the second reading has no namespaces to look up
        (document,) = read(packed(f"<w:tbl>{row(cell(run('规章')), cell(alternative))}</w:tbl>"), name="a.docx")
        assert next(document.grids).rows[0][1].text == shown
    else:
        assert tables(row(cell(run("规章")), cell(alternative)))[0][1] == shown


FILL = "<w14:textFill>{}</w14:textFill>"
SOLID = FILL.format('<w14:solidFill><w14:{} w14:val="{}"/></w14:solidFill>')


@pytest.mark.parametrize(
    ("look", "seen"),
    [
        (SOLID.format("srgbClr", "FFFFFF"), False),
        (SOLID.format("schemeClr", "bg1"), False),
        (FILL.format("<w14:noFill/>"), False),
        (SOLID.format("schemeClr", "tx1"), True),
        ('<w:color w:val="FFFFFF"/>' + SOLID.format("srgbClr", "000000"), True),
    ],
)
def test_letters_filled_with_white_or_with_nothing_are_not_seen(look, seen):
    assert tables(row(cell(run("规章")), cell(run("1") + run("2", look))))[0][1] == ("12" if seen else "1")


PIC = '<a:graphic><a:blip r:embed="rId9"/></a:graphic>'


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        (f"<w:r><w:drawing><wp:inline>{PIC}</wp:inline></w:drawing></w:r>", PICTURE),
        (f"<w:r><w:drawing><wp:inline>{PIC}</wp:inline></w:drawing></w:r>{run('5')}", "5"),
        (f"<w:r><w:drawing><wp:anchor>{PIC}</wp:anchor></w:drawing></w:r>", ""),  # a seal
        ('<w:r><w:pict><v:shape style="position: absolute"><v:imagedata/></v:shape></w:pict></w:r>', ""),
        ("<w:r><w:object><v:shape><v:imagedata/></v:shape></w:object></w:r>", PICTURE),
        ('<w:r><w:pict><v:shape><v:textpath string="12"/></v:shape></w:pict></w:r>', "12"),
    ],
)
def test_a_cell_that_is_a_picture_is_not_blank(inner, shown):
    assert tables(row(cell(run("规章")), cell(inner), cell(run("3"))))[0][1] == shown


def test_a_report_with_a_figure_as_a_picture_is_not_verified():
    source, _name, _ = files.docx()(case(DIRTS[0], 3, "a picture"))
    parts = zipfile.ZipFile(io.BytesIO(source))
    body = parts.read("word/document.xml").decode()
    at = body.index(">行政处罚<")
    figure = body.index("<w:t>", body.index("<w:tc>", at))
    end = body.index("</w:t>", figure)
    body = f'{body[:figure]}<w:pict><v:shape xmlns:v="v"><v:imagedata/></v:shape></w:pict>{body[end + 6 :]}'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        for name in parts.namelist():
            pack.writestr(name, body if name == "word/document.xml" else parts.read(name))
    (whole,) = extract(source, name="a.docx")
    (record,) = extract(out.getvalue(), name="a.docx")
    assert (whole.verdict, record.verdict) == ("verified", "incomplete")
    assert None in record.proactive.values()


def test_a_raised_figure_in_a_formula_is_a_mark_and_a_fraction_no_whole_number():
    raised = (
        "<m:oMath><m:sSup><m:e><m:r><m:t>12</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    parted = (
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    )
    plain = "<m:oMath><m:r><m:t>7</m:t></m:r></m:oMath>"
    assert tables(row(cell(run("规章")), cell(raised), cell(parted), cell(plain))) == [["规章", "12[2]", "1/2", "7"]]


GUIDE = r' EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(3),12)'


def test_a_phonetic_guide_is_no_part_of_the_figure():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{GUIDE}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert tables(row(cell(run("规章")), cell(field)))[0][1] == "12"


def test_formulas_of_fields():
    assert formula_text(GUIDE) == "12"
    assert formula_text(r"EQ \o(\s\up 9(a,b),1,200)") != "1"
    assert formula_text(r"EQ \f(1,2)") == "\ufffc"
    assert formula_text(" PAGE ") is None


def test_a_nested_table_of_one_figure_is_the_cell_s_figure_in_both_readings():
    inner = f"</w:p><w:tbl>{row(cell(run('5')))}</w:tbl><w:p>"
    source = packed(f"<w:tbl>{row(cell(run('规章')), cell(inner), cell(run('3')))}</w:tbl>")
    (document,) = read(source, name="a.docx")
    again = read_again(source, document)
    assert [next(each.grids).rows[0][1].text for each in (document, again)] == ["5", "5"]


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_a_file_that_stands_in_the_text_is_read_with_it(kind):
    made = case(DIRTS[0], 3, "a chunk")
    chunk = files.docx()(made)[0]
    if kind == "html":
        rows = "<tr><td>规章</td><td>3</td></tr><tr><td>合计</td><td>4</td></tr>"
        chunk = f'<html><meta charset="utf-8"><p>前文</p><table>{rows}</table></html>'.encode()
    relation = f'<Relationships><Relationship Id="c1" Type="x/aFChunk" Target="/word/chunk.{kind}"/></Relationships>'
    names = {"word/_rels/document.xml.rels": relation, f"word/chunk.{kind}": chunk}
    source = packed(f'<w:p>{run("起")}</w:p><w:altChunk r:id="c1"/><w:p>{run("止")}</w:p>', **names)
    (document,) = read(source, name="a.docx")
    texts = [part.text for part in document.paragraphs]
    assert (texts[0], texts[-1]) == ("起", "止")
    assert [part.index for part in document.paragraphs] == list(range(len(texts)))
    assert [grid.index for grid in document.grids] == list(range(len(list(document.grids))))
    if kind == "docx":
        (record,) = extract(source, name="a.docx")
        assert record.verdict == "verified"
    else:
        assert next(document.grids).rows[0][1].text == "3"


def boxed(text):
    return f"<w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent>"


@pytest.mark.parametrize(
    ("drawing", "shown"),
    [
        ('<w:drawing><wp:anchor><wp:docPr id="1" {}/><wps:txbx>{}</wps:txbx></wp:anchor></w:drawing>', 'hidden="1"'),
        ('<w:pict><v:shape style="width:9pt;{}"><v:textbox>{}</v:textbox></v:shape></w:pict>', "visibility: hidden"),
    ],
)
def test_a_text_box_that_is_hidden_is_not_seen(drawing, shown):
    for said, figure in ((shown, "3"), ("", "3\n8")):
        box = f"<w:r>{drawing.format(said, boxed('8'))}</w:r>"
        assert tables(row(cell(run("规章")), cell(run("3") + box), cell(run("4")))) == [["规章", figure, "4"]]


def test_digits_set_from_right_to_left_are_no_figure():
    turned = f'<w:bdo w:val="rtl">{run("12")}</w:bdo>'
    straight = f'<w:bdo w:val="ltr">{run("12")}</w:bdo>'
    assert tables(row(cell(turned), cell(straight))) == [["\u202e12", "12"]]


@pytest.mark.parametrize(("colour", "seen"), [("FFFFFF", ""), ("fefeFD", ""), ("FAFAFA", ""), ("F0F0F0", "7")])
def test_letters_that_nobody_can_tell_from_the_paper(colour, seen):
    faint = run("7", f'<w:color w:val="{colour}"/>')
    assert tables(row(cell(run("规章")), cell(run("1") + faint))) == [["规章", f"1{seen}"]]


def test_a_table_in_a_running_head_is_none_of_the_report():
    head = f"<w:hdr {SPACES}><w:tbl>{row(cell(run('某某县水利局办公室')), cell(run('2024')))}</w:tbl></w:hdr>"
    table = f"<w:tbl>{row(cell(run('规章')), cell(run('3')))}</w:tbl>"
    (document,) = read(packed(table, **{"word/header1.xml": head}), name="a.docx")
    assert len(list(document.grids)) == 1
    assert [(part.text, part.region) for part in document.paragraphs] == [("某某县水利局办公室", "footer")]


SMALL = '<w:sz w:val="9"/>'


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        (run("5", '<w:sz w:val="21"/>') + run("1", SMALL), f"5{OBJECT}1"),
        (run("5") + run("1", SMALL), f"5{OBJECT}1"),
        (run("5", '<w:sz w:val="21"/>') + run("1", '<w:sz w:val="18"/>'), "51"),
        (run("5", SMALL) + run("1", SMALL), "51"),
        (run("5", '<w:sz w:val="21"/>') + run("件", SMALL), "5件"),
    ],
)
def test_much_smaller_digits_behind_a_figure_are_perhaps_a_mark(inner, shown):
    (document,) = read(packed(f"<w:tbl>{row(cell(run('规章')), cell(inner))}</w:tbl>"), name="a.docx")
    (grid,) = document.grids
    assert grid.rows[0][1].text == shown


@pytest.mark.parametrize(
    ("font", "code", "shown"), [("宋体", "0031", "1"), ("Arial", "0031", "1"), ("Wingdings", "0031", "\ufffd")]
)
def test_a_sign_of_a_font_for_text_is_a_letter(font, code, shown):
    sign = f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    assert tables(row(cell(run("规章")), cell(sign))) == [["规章", shown]]


@pytest.mark.parametrize(("mark", "shown"), [("%1", f"{OBJECT}292"), ("%1、", "1、292")])
def test_a_figure_right_behind_an_automatic_number_is_in_doubt(mark, shown):
    """Where neither a tab nor a sign parts them, the page shows 1292."""
    level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{mark}"/></w:lvl>'
    numbers = (
        f'<w:numbering {SPACES}><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    body = f"<w:tbl>{row(cell(run('规章')), cell(numbered + run('292')))}</w:tbl>"
    (document,) = read(packed(body, **{"word/numbering.xml": numbers}), name="a.docx")
    assert [each.text for each in next(iter(document.grids)).rows[0]] == ["规章", shown]
