"""OFD pages: characters by their places, tables by their lines, and what stands in the file but is not seen."""

import io
import zipfile

import pytest

import reports
from reports.readers import read, read_again

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
ROWS = [["规章", "12", "3"], ["行政许可", "1234", "0"]]


def line(x1, y1, x2, y2):
    box = f"{min(x1, x2)} {min(y1, y2)} {abs(x2 - x1)} {abs(y2 - y1)}"
    path = f"M 0 0 L {abs(x2 - x1)} {abs(y2 - y1)}"
    return f'<ofd:PathObject Boundary="{box}"><ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>'


def text(x, y, words, *, more="", inner="", steps=None):
    steps = steps if steps is not None else " ".join("4" if ord(each) > 0x2E80 else "2" for each in words[:-1])
    return (
        f'<ofd:TextObject Boundary="{x} {y} {4 * len(words)} 5" Size="4" {more}>{inner}'
        f'<ofd:TextCode X="0" Y="3.6" DeltaX="{steps}">{words}</ofd:TextCode></ofd:TextObject>'
    )


def table(rows=ROWS, *, at=20):
    drawn = "".join(line(20, at + 8 * y, 140, at + 8 * y) for y in range(len(rows) + 1))
    drawn += "".join(line(20 + 40 * x, at, 20 + 40 * x, at + 8 * len(rows)) for x in range(4))
    return drawn + "".join(
        text(22 + 40 * x, at + 1.5 + 8 * y, words) for y, row in enumerate(rows) for x, words in enumerate(row)
    )


def packed(*pages, root="Doc_0/Document.xml", template="", **members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(
            "OFD.xml",
            f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocInfo><ofd:Title>年报</ofd:Title></ofd:DocInfo>"
            f"<ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        archive.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
            f'</ofd:PageArea><ofd:TemplatePage ID="7" BaseLoc="Tpls/T.xml"/></ofd:CommonData><ofd:Pages>'
            + "".join(f'<ofd:Page BaseLoc="Pages/P{n}/Content.xml"/>' for n in range(len(pages)))
            + "</ofd:Pages></ofd:Document>",
        )
        archive.writestr("Doc_0/Tpls/T.xml", f"<ofd:Page {SPACE}><ofd:Content>{template}</ofd:Content></ofd:Page>")
        for number, content in enumerate(pages):
            archive.writestr(
                f"Doc_0/Pages/P{number}/Content.xml",
                f'<ofd:Page {SPACE}><ofd:Template TemplateID="7"/><ofd:Content><ofd:Layer>{content}</ofd:Layer>'
                "</ofd:Content></ofd:Page>",
            )
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def grids(source):
    (document,) = read(source, name="a.ofd")
    return [[[cell.text if cell else None for cell in row] for row in grid.rows] for grid in document.grids], document


@pytest.mark.parametrize("root", ["Doc_0/Document.xml", "/Doc_0/Document.xml"])
def test_a_table_and_a_line_above_it(root):
    source = packed(text(20, 10, "一、总体情况") + table(), root=root)
    found, document = grids(source)
    assert found == [ROWS]
    assert [paragraph.text for paragraph in document.paragraphs] == ["一、总体情况"]
    assert (document.kind, document.title, document.pages) == ("ofd", "年报", 1)
    again = read_again(source, document)
    assert [[cell.text for cell in row] for grid in again.grids for row in grid.rows] == ROWS


WHITE = '<ofd:FillColor Value="255 255 255"/>'
UNSEEN = {
    "white": text(70, 21.5, "9", inner=WHITE),
    "no colour at all": text(70, 21.5, "9", inner='<ofd:FillColor Value="0 0 0" Alpha="0"/>'),
    "no colour at all in print": text(70, 21.5, "9", inner='<ofd:FillColor Value="0 0 0 0"/>'),
    "neither filled nor stroked": text(70, 21.5, "9", more='Fill="false"'),
    "not visible": text(70, 21.5, "9", more='Visible="false"'),
    "off the page": text(-30, 21.5, "9"),
    "a watermark": text(70, 21.5, "9", more='CTM="0.7 0.7 -0.7 0.7 0 0"'),
    "painted over": text(70, 21.5, "9")
    + f'<ofd:PathObject Boundary="69 21 5 6" Fill="true">{WHITE}<ofd:AbbreviatedData>M 0 0 L 5 0 L 5 6 L 0 6 C'
    "</ofd:AbbreviatedData></ofd:PathObject>",
}


@pytest.mark.parametrize("case", UNSEEN)
def test_what_is_not_seen_is_not_read(case):
    assert grids(packed(table() + UNSEEN[case]))[0] == [ROWS]


def test_white_on_a_ground_is_read():
    ground = (
        '<ofd:PathObject Boundary="60 20 40 8" Fill="true"><ofd:FillColor Value="31 78 121"/><ofd:AbbreviatedData>'
        "M 0 0 L 40 0 L 40 8 L 0 8 C</ofd:AbbreviatedData></ofd:PathObject>"
    )
    white = text(62, 21.5, "12", inner=WHITE)
    rows = [["规章", "", "3"], ROWS[1]]
    assert grids(packed(ground + table(rows) + white))[0] == [ROWS]


def test_steps_that_are_counted_and_letters_made_large_by_a_matrix():
    rows = [["规章", "", ""], ROWS[1]]
    counted = text(62, 21.5, "12345", steps="g 4 2")
    large = (
        '<ofd:TextObject Boundary="102 21.5 8 5" Size="1" CTM="4 0 0 4 0 0"><ofd:TextCode X="0" Y="0.9" DeltaX="0.5">'
        "67</ofd:TextCode></ofd:TextObject>"
    )
    assert grids(packed(table(rows) + counted + large))[0] == [[["规章", "12345", "67"], ROWS[1]]]


def test_lines_of_a_template_belong_to_the_page():
    drawn = table([["", "", ""], ["", "", ""]])
    words = "".join(text(22 + 40 * x, 21.5 + 8 * y, word) for y, row in enumerate(ROWS) for x, word in enumerate(row))
    assert grids(packed(words, template=drawn))[0] == [ROWS]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (packed("", **{"Encryptions.xml": "<a/>"}), "encrypted"),
        (packed('<ofd:ImageObject Boundary="0 0 210 297"/>'), "no-text-layer"),
        (packed("").replace(b"Doc_0/Document.xml", b"Doc_0/Elsewhere.xm"), "damaged"),
    ],
)
def test_what_cannot_be_read_says_so(source, code):
    (record,) = reports.extract(source, name="a.ofd")
    assert record.verdict == "unreadable"
    assert code in [problem.code for problem in record.problems]


def test_figures_under_a_dark_sheet_or_a_line_cannot_be_told():
    sheet = '<ofd:PathObject Boundary="61 21 8 6" Fill="true" {}><ofd:AbbreviatedData>M 0 0 L 8 0 L 8 6 L 0 6 C'
    sheet += "</ofd:AbbreviatedData></ofd:PathObject>"
    for over, shown in ((sheet.format(""), "\ufffd\ufffd"), (sheet.format('Alpha="60"'), "12")):
        found, _ = grids(packed(table() + over))
        assert [text for text in found[0][0] if text] == ["规章", shown, "3"]
    found, _ = grids(packed(table() + line(61, 24, 64, 24)))
    assert found[0][0] == ["规章", "\ufffd2", "3"]


CLIP = (
    '<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary="{}"><ofd:AbbreviatedData>M 0 0 L {w} 0 L {w} 6 L 0 6 C'
    "</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>"
)
BLANK = [["规章", "", "3"], ROWS[1]]


@pytest.mark.parametrize(
    ("over", "shown"),
    [
        (text(62, 21.5, "12", inner=CLIP.format("0 0 3 6", w=2)), "1\ufffd"),
        (text(62, 21.5, "12", inner=CLIP.format("0 0 9 6", w=9)), "12"),
        (text(62, 21.5, "12") + '<ofd:ImageObject Boundary="61 21 8 6"/>', "\ufffd\ufffd"),
        (text(62, 21.5, "12") + '<ofd:ImageObject Boundary="0 0 210 297"/>', "12"),
        ('<ofd:ImageObject Boundary="61 21 8 6"/>' + text(62, 21.5, "12"), "12"),
        (text(62, 21.5, "12") + '<ofd:CompositeObject Boundary="61 21 8 6"/>', "\ufffd\ufffd"),
        (text(62, 21.5, "12") + line(61, 21, 69, 27), "\ufffd\ufffd"),
        (text(62, 21.5, "12").replace('Size="4"', 'Size="0.3"').replace("DeltaX", "Was"), "\ufffd"),
    ],
)
def test_figures_that_are_cut_or_lie_under_something_cannot_be_told(over, shown):
    found, _ = grids(packed(table(BLANK) + over))
    assert found[0][0] == ["规章", shown, "3"]


@pytest.mark.parametrize(
    ("kind", "looks", "shown"),
    [
        ('Type="Stamp"', "", ("\ufffd\ufffd", "")),
        ('Type="Highlight"', "", ("12", "")),
        ('Type="Stamp" Visible="false"', "", ("12", "")),
        ('Type="FreeText"', text(0, 0, "7"), ("\ufffd\ufffd", "\ufffd")),
    ],
)
def test_figures_under_annotations_and_in_them_cannot_be_told(kind, looks, shown):
    rows = [["规章", "12", ""], ROWS[1]]
    annotation = '<ofd:Annot {}><ofd:Appearance Boundary="{} 21 8 6">{}</ofd:Appearance></ofd:Annot>'
    notes = "".join(annotation.format(kind, x, looks) for x in ((61, 101) if looks else (61,)))
    named = packed(table(rows), **{
        "Doc_0/Annots/Annotations.xml": f'<ofd:Annotations {SPACE}><ofd:Page PageID="5">'
        "<ofd:FileLoc>P.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>",
        "Doc_0/Annots/P.xml": f"<ofd:PageAnnot {SPACE}>{notes}</ofd:PageAnnot>",
    })  # fmt: skip
    found, _ = grids(_with(named, '<ofd:Page BaseLoc="Pages/P0', '<ofd:Page ID="5" BaseLoc="Pages/P0'))
    assert [text.replace("\ufffd\ufffd\ufffd", "\ufffd\ufffd") for text in found[0][0]] == ["规章", *shown]


def _with(source, old, new):
    """The file with a page that has a number, and the place of its annotations."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as whole, zipfile.ZipFile(held, "w") as archive:
        for name in whole.namelist():
            content = whole.read(name).decode().replace(old, new)
            archive.writestr(
                name,
                content.replace(
                    "</ofd:Document>", "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>"
                ),
            )
    return held.getvalue()
