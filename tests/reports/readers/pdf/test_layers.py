"""PDF: layers that are off, and annotations. What is not shown is not read, and what is shown is."""

import zlib

import pytest

from reports.readers import read
from reports.readers.pdf.page import UNREADABLE
from reports.readers.pdf.seen.layers import has_layers

SHOWN, OTHER = b"BT /F 12 Tf 60 300 Td (12 of 30) Tj ET", b"BT /F 12 Tf 60 300 Td (17 of 30) Tj ET"


def file(content, *, catalog=b"", resources=b"", page=b"", more=()):
    """A file of one page, without a table of its objects. Object 4 is the layer; ``more`` begin at 6."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 5 0 R%s"
        b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>%s>>>>" % (page, resources),
        b"<</Type/OCG/Name(draft)>>",
        stream(b"", content),
        *more,
    ]
    body = b"%PDF-1.5\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % each for each in enumerate(objects, 1))
    return body + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF" % (len(objects) + 1)


def stream(entries, content):
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def told(source):
    (document,) = read(source, name="x.pdf")
    return [part.text for part in document.paragraphs]


def layer(content):
    return b"/OC /L BDC " + content + b" EMC "


OFF = b"/OCProperties<</OCGs[4 0 R]/D<</OFF[4 0 R]>>>>"
STATES = {
    "off": OFF,
    "all off": b"/OCProperties<</OCGs[4 0 R]/D<</BaseState/OFF>>>>",
    "on": b"/OCProperties<</OCGs[4 0 R]/D<<>>>>",
}
NAMED = b"/Properties<</L 4 0 R>>"


@pytest.mark.parametrize("state", ["off", "all off"])
@pytest.mark.parametrize("order", [[layer(OTHER), SHOWN], [SHOWN, layer(OTHER)]])
def test_a_layer_that_is_off_is_not_read(state, order):
    """Nor does it swallow the characters that stand in the same places."""
    assert told(file(b" ".join(order), catalog=STATES[state], resources=NAMED)) == ["12 of 30"]


def test_a_layer_that_is_on_is_read():
    assert told(file(layer(SHOWN), catalog=STATES["on"], resources=NAMED)) == ["12 of 30"]


def test_a_layer_that_follows_another_is_off_with_it():
    groups = b"/Properties<</L 6 0 R>>"
    member = b"<</Type/OCMD/OCGs[4 0 R]/P/AllOn>>"
    assert told(file(layer(OTHER) + SHOWN, catalog=OFF, resources=groups, more=[member])) == ["12 of 30"]


def test_a_drawing_of_a_layer_that_is_off_is_not_read():
    form = stream(b"/Type/XObject/Subtype/Form/BBox[0 0 400 400]/OC 4 0 R"
                  b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>", OTHER)  # fmt: skip
    drawn = b"/XObject<</X 6 0 R>>"
    assert told(file(b"/X Do " + SHOWN, catalog=OFF, resources=drawn, more=[form])) == ["12 of 30"]
    assert told(file(b"/X Do", catalog=STATES["on"], resources=drawn, more=[form])) == ["17 of 30"]


def test_layers_are_found_in_compressed_objects():
    held = zlib.compress(b"1 0 <</Type/Catalog/OCProperties 7 0 R>>")
    assert has_layers(b"9 0 obj<</Type/ObjStm/Filter/FlateDecode>>stream\r\n" + held + b"endstream")
    other = zlib.compress(b"1 0 <</Type/Catalog>>")
    assert not has_layers(b"9 0 obj<</Type/ObjStm/Filter/FlateDecode>>stream\n" + other + b"\nendstream")
    assert has_layers(b"9 0 obj<</Type/ObjStm>>stream\n????\nendstream trailer<</Encrypt 3 0 R>>")
    assert not has_layers(b"9 0 obj<</Type/ObjStm>>stream\n????\nendstream")


def test_a_damaged_title_is_no_reason_not_to_read_the_pages():
    title = b"9 0 obj<</Title<FEFF0041DC000042>>>endobj "
    titled = file(SHOWN).replace(b"trailer<<", title + b"trailer<</Info 9 0 R")
    assert told(titled) == ["12 of 30"]


def annotated(entries, catalog=b"", looks=b"BT /F 12 Tf 2 4 Td (17) Tj ET"):
    form = stream(b"/Type/XObject/Subtype/Form/BBox[0 0 60 20]"
                  b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>", looks)  # fmt: skip
    note = b"<</Type/Annot/Rect[200 295 260 315]%s>>" % entries
    return file(SHOWN, catalog=catalog, page=b"/Annots[6 0 R]", more=[note, form])


@pytest.mark.parametrize(
    ("entries", "text"),
    [
        (b"/Subtype/FreeText/F 4/AP<</N 7 0 R>>", "12 of 30 17"),
        (b"/Subtype/FreeText/F 6/AP<</N 7 0 R>>", "12 of 30"),
        (b"/Subtype/Stamp/F 32/AP<</N 7 0 R>>", "12 of 30"),
        (b"/Subtype/Text/F 4/Contents(99)/AP<</N 7 0 R>>", "12 of 30"),
        (b"/Subtype/FreeText/F 4/Contents(45)/DA(/Helv 9 Tf)", "12 of 30 45"),
        (b"/Subtype/Widget/FT/Tx/F 4/T(a)/V(45)/DA(/Helv 9 Tf)", "12 of 30 45"),
        (b"/Subtype/Widget/FT/Tx/F 4/T(a)/DA(/Helv 9 Tf)", "12 of 30"),
        (b"/Subtype/Widget/FT/Tx/F 4/T(a)/V(17)/AP<</N 7 0 R>>", "12 of 30 17"),
    ],
)
def test_what_an_annotation_shows_is_read_and_nothing_else(entries, text):
    assert told(annotated(entries)) == [text]


def test_a_field_whose_value_is_not_what_is_drawn_is_unreadable():
    (text,) = told(annotated(b"/Subtype/Widget/FT/Tx/F 4/T(a)/V(15)/AP<</N 7 0 R>>"))
    assert text.startswith("12 of 30") and UNREADABLE in text


def test_an_annotation_in_a_layer_may_be_there_or_not():
    assert told(annotated(b"/Subtype/FreeText/F 4/OC 4 0 R/AP<</N 7 0 R>>", OFF)) == ["12 of 30 " + UNREADABLE]
