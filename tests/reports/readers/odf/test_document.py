"""OpenDocument texts and workbooks: merged and repeated cells, and what stands in the file but not on a page."""

import io
import zipfile

import pytest

import reports
from reports.readers import read
from reports.readers.marks import OBJECT

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
) + ' xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip
STYLES = (
    '<style:style style:name="Gone"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="White"><style:text-properties fo:color="#FFFFFF"/></style:style>'
    '<style:style style:name="Grey" style:parent-style-name="White"><style:text-properties fo:color="#808080"/>'
    "</style:style>"
    '<style:style style:name="Black"><style:text-properties fo:color="#000000" '
    'fo:background-color="#000000"/></style:style>'
    '<style:style style:name="Tiny"><style:text-properties fo:font-size="1pt"/></style:style>'
    '<style:style style:name="Up"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="Cut"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="Blue"><style:table-cell-properties fo:background-color="#1F4E79"/></style:style>'
    '<style:style style:name="Away"><style:table-properties table:display="false"/></style:style>'
)


def packed(body, **members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
            f"<office:body>{body}</office:body></office:document-content>",
        )
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def cell(content, settings=""):
    return f"<table:table-cell {settings}><text:p>{content}</text:p></table:table-cell>"


def table(*rows, settings=""):
    return f"<table:table {settings}>" + "".join(
        row if row.startswith("<table:table-row") else f"<table:table-row>{row}</table:table-row>" for row in rows
    ) + "</table:table>"  # fmt: skip


def grids(body):
    (document,) = read(packed(body), name="a.odt")
    return [[[each.text if each else None for each in row] for row in grid.rows] for grid in document.grids], document


def text(body):
    return f"<office:text>{body}</office:text>"


def span(style, content):
    return f'<text:span text:style-name="{style}">{content}</text:span>'


CASES = {
    "spans": ("<text:span>1</text:span>2", "12"),
    "hidden": ("12" + span("Gone", "9"), "12"),
    "white": ("12" + span("White", "9"), "12"),
    "no longer white": (span("Grey", "12"), "12"),
    "blacked out": (span("Black", "9") + "12", "\ufffc912"),
    "letters of one point": ("12" + span("Tiny", "9"), "12"),
    "raised": ("12" + span("Up", "1"), "12[1]"),
    "struck and written anew": (span("Cut", "12") + "15", "15"),
    "spaces": ("1<text:s text:c='3'/>2", "1 2"),
    "a tab": ("<text:tab/>12", "12"),
    "a break": ("行政<text:line-break/>许可", "行政\n许可"),
    "a footnote": ("12<text:note><text:note-citation>1</text:note-citation></text:note>", "12"),
    "a comment": ("12<office:annotation><text:p>9</text:p></office:annotation>", "12"),
    "a bookmark": ('12<text:bookmark text:name="9"/>', "12"),
    "a field": ('<text:user-field-get text:name="n">12</text:user-field-get>', "12"),
    "a reading above": (
        "<text:ruby><text:ruby-base>12</text:ruby-base><text:ruby-text>9</text:ruby-text></text:ruby>", "12"
    ),
    "a change": ('<text:change-start text:change-id="c"/>12<text:change-end text:change-id="c"/>', "12"),
    "a picture": (
        '<draw:frame text:anchor-type="as-char"><draw:image xlink:href="Pictures/1.png"/></draw:frame>', "[图]"
    ),
    "a formula": ('<draw:frame text:anchor-type="as-char"><draw:object xlink:href="./Object 1"/></draw:frame>', "[图]"),
    "a seal": ('<draw:frame text:anchor-type="char"><draw:image xlink:href="Pictures/1.png"/></draw:frame>', ""),
    "a box": ("<draw:frame><draw:text-box><text:p>12</text:p></draw:text-box></draw:frame>", "12"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_cell(case):
    content, wanted = CASES[case]
    found, _ = grids(text(table(cell(content) + cell("7"))))
    assert found == [[[wanted, "7"]]]


def test_merged_and_repeated_cells():
    covered = "<table:covered-table-cell/>"
    body = table(
        cell("本年情况", 'table:number-columns-spanned="2"') + covered + cell("总计", 'table:number-rows-spanned="2"'),
        cell("0", 'table:number-columns-repeated="2"') + covered,
        '<table:table-row table:number-rows-repeated="2">' + cell("5") + cell("6") + cell("7") + "</table:table-row>",
    )
    found, document = grids(text(body))
    assert found == [[["本年情况", "本年情况", "总计"], ["0", "0", "总计"], ["5", "6", "7"], ["5", "6", "7"]]]
    (grid,) = document.grids
    assert grid.rows[0][0] is grid.rows[0][1] and grid.rows[0][2] is grid.rows[1][2]


def test_white_on_the_ground_of_a_cell_is_read():
    found, _ = grids(text(table(cell(span("White", "12"), 'table:style-name="Blue"') + cell("7"))))
    assert found == [[["12", "7"]]]


def test_what_was_deleted_is_not_read():
    gone = "<text:tracked-changes><text:changed-region><text:deletion><text:p>9</text:p></text:deletion>"
    gone += "</text:changed-region></text:tracked-changes>"
    found, document = grids(text(gone + table(cell("12") + cell("7"))))
    assert found == [[["12", "7"]]]
    assert [problem.code for problem in document.problems] == ["tracked-changes"]


def test_hidden_rows_columns_and_sheets_of_a_workbook():
    column = '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>'
    hidden = '<table:table-row table:visibility="collapse">' + cell("1") * 3 + "</table:table-row>"
    tall = cell("许可", 'table:number-rows-spanned="3"')
    covered = "<table:covered-table-cell/>"
    shown = table(
        tall + cell("9") + cell("12"), hidden.replace(cell("1"), covered, 1), covered + cell("9") + cell("34")
    )
    shown = shown.replace("<table:table >", f'<table:table table:name="表">{column}')
    rest = '<table:table-cell table:number-columns-repeated="16380"/>'
    end = f'<table:table-row table:number-rows-repeated="1048000">{rest}</table:table-row>'
    old = table(cell("规章") + cell("5"), settings='table:name="旧" table:style-name="Away"')
    body = shown.replace("</table:table>", end + "</table:table>") + old
    found, document = grids(f"<office:spreadsheet>{body}</office:spreadsheet>")
    assert found == [[["许可", "12"], ["许可", "34"]], [["规章", "5"]]]
    assert [grid.hidden for grid in document.grids] == [False, True]


def test_a_picture_on_an_empty_cell_of_a_sheet_is_no_blank():
    def pictured(height, text=""):
        image = '<draw:image xlink:href="Pictures/1.png"/>'
        frame = f'<draw:frame svg:width="1.5cm" svg:height="{height}">{image}</draw:frame>'
        return f"<table:table-cell>{frame}<text:p>{text}</text:p></table:table-cell>"

    rows = (
        cell("政府信息公开情况") + pictured("1.2cm"),
        cell("许可") + pictured("14pt") + cell("3"),
        cell("处罚") + pictured("4cm") + pictured("0.5cm", "12"),
        pictured("0.5cm"),
    )
    sheet = table(*rows, settings='table:name="表"')
    found, document = grids(f"<office:spreadsheet>{sheet}</office:spreadsheet>")
    assert found == [[["政府信息公开情况", "[图]", None], ["许可", "[图]", "3"], ["处罚", "", "12"]]]
    assert [part.text for part in document.paragraphs] == ["政府信息公开情况"]


def test_an_encrypted_file_says_so():
    manifest = '<manifest><file-entry full-path="content.xml"><encryption-data/></file-entry></manifest>'
    (record,) = reports.extract(packed("", **{"META-INF/manifest.xml": manifest}), name="a.odt")
    assert (record.verdict, record.problems[0].code) == ("unreadable", "encrypted")


def test_a_deletion_left_in_its_place_is_not_read():
    changes = (
        '<text:tracked-changes><text:changed-region text:id="d"><text:deletion/></text:changed-region>'
        '<text:changed-region text:id="i"><text:insertion/></text:changed-region></text:tracked-changes>'
    )
    deleted = '<text:change-start text:change-id="d"/>8<text:span>1</text:span><text:change-end text:change-id="d"/>'
    inserted = '<text:change-start text:change-id="i"/>20<text:change-end text:change-id="i"/>'
    found, document = grids(f"<office:text>{changes}{table(cell('许可') + cell(deleted + inserted))}</office:text>")
    assert found == [[["许可", "20"]]]
    assert [problem.code for problem in document.problems] == ["tracked-changes"]


def test_much_smaller_digits_behind_a_figure_are_perhaps_a_mark():
    small = '<style:style style:name="S"><style:text-properties fo:font-size="4.5pt"/></style:style>'
    common = f"<office:document-styles {SPACES}>{small}</office:document-styles>"
    marked = cell('5<text:span text:style-name="S">1</text:span>')
    body = f"<office:text>{table(cell('许可') + marked)}</office:text>"
    (document,) = read(packed(body, **{"styles.xml": common}), name="a.odt")
    (grid,) = document.grids
    assert grid.rows[0][1].text == f"5{OBJECT}1"


def test_numbers_that_a_sheet_shows_in_chinese_numerals():
    def shown(text, value):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{text}</text:p>'

    cells = "".join(f"{shown(*each)}</table:table-cell>" for each in (("一十四", 14), ("〇", 0), ("三", 30)))
    found, _ = grids(f"<office:spreadsheet>{table(cells)}</office:spreadsheet>")
    assert found == [[["14", "0", "三"]]]
