"""RTF to a ``Document``: text, paragraphs and table rows. Portals serve RTF under ``.doc``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from reports.document import Document, ReaderProblem
from reports.readers.flow import lay_out
from reports.readers.marks import tell
from reports.readers.symbols import in_symbol
from reports.readers.word.rtf_reading import USUAL_SIZE, Group, Reading
from reports.readers.word.rtf_tables import table_word

LARGEST = 12_000_000
MOST_TOKENS = 800_000  # a report has a tenth of it
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z0-9])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_PICTURE = re.compile(rb"(?:[0-9a-fA-F]{2}[\r\n]*){1000,}")  # pictures are written as digits
_BINARY = re.compile(rb"\\bin(\d{1,9}) ?")  # or as they are, with their length before them
_GROUND = re.compile(rb"\\clcbpat[1-9]")
_SYMBOL_FONT = re.compile(rb"\{\\f(\d{1,5})(?:\\[a-z]+-?\d*|\s)*\s?Symbol;")
_PICTURE_FONT = re.compile(rb"\{\\f(\d{1,5})(?:\\[a-z]+-?\d*|\s)*\s?(?:Wingdings|Webdings|ZapfDingbats)")
_LONGEST_HEAD: Final = 200_000  # bytes in which fonts are named
_SKIPPED: Final = frozenset(
    (b"fonttbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"headerl", b"headerr", b"headerf",
     b"generator", b"footer", b"footerl", b"footerr", b"footerf", b"themedata", b"colorschememapping", b"latentstyles",
     b"datastore", b"footnote", b"listtable", b"listoverridetable", b"rsidtbl", b"xmlnstbl", b"fldinst",
     b"bkmkstart", b"bkmkend", b"nonesttables", b"shprslt", b"xe", b"tc")
)  # fmt: skip
_DRAWINGS: Final = (b"shpinst", b"do")  # of which only the text in them is printed
_BOXES: Final = (b"shptxt", b"dptxbxtext")
_FORMULAS: Final = (b"moMath", b"moMathPara")
_LONGEST_CODE: Final = 2_000
_STRIKES: Final = (b"strike", b"striked")
_RAISES: Final = (b"super", b"sub", b"up", b"dn")
_GROUNDS: Final = (b"highlight", b"chcbpat", b"cb")
_TINY: Final = 4  # half points: letters of two points are dots
_CODEPAGES: Final = {936: "gb18030", 950: "big5hkscs", 65001: "utf-8", 932: "cp932"}
_PRINTED: Final = {
    b"par": "\n", b"line": "\n", b"tab": " ", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"emspace": " ", b"enspace": " ",
}  # fmt: skip


def read_rtf(source: bytes, url: str | None = None) -> Document:
    """The file as a document."""
    document = Document("doc", address=url)
    if len(source) > 1_000_000:
        source = _PICTURE.sub(b"", source)
    if b"\\bin" in source:
        source = _without_binaries(source)
    if len(source) > LARGEST:
        document.problems.append(ReaderProblem("cut", f"only the first {LARGEST} bytes of {len(source)} were read"))
        source = source[:LARGEST]
    reader = _read(source)
    if reader.cut:
        document.problems.append(ReaderProblem("cut", f"only the first {MOST_TOKENS} words of the file were read"))
    lay_out(reader.tables.blocks, document)
    tell(document, revised=reader.revised, struck=reader.struck)
    return document


def _without_binaries(source: bytes) -> bytes:
    kept: list[bytes] = []
    at = 0
    while (match := _BINARY.search(source, at)) is not None:
        kept.append(source[at : match.start()])
        at = match.end() + int(match.group(1))
    return b"".join([*kept, source[at:]])


def _read(source: bytes) -> Reading:
    reader = Reading()
    reader.tables.grounds = _GROUND.search(source) is not None
    symbol_fonts = frozenset(int(number) for number in _SYMBOL_FONT.findall(source[:_LONGEST_HEAD]))
    picture_fonts = frozenset(int(number) for number in _PICTURE_FONT.findall(source[:_LONGEST_HEAD]))
    groups = [Group()]
    to_skip = 0
    for number, match in enumerate(_TOKEN.finditer(source)):
        if number >= MOST_TOKENS:
            reader.cut = True
            break
        word, parameter, byte, symbol, brace, text = match.groups()
        group = groups[-1]
        if brace is not None:
            to_skip = 0  # what stands for a character ends with the group
        if brace == b"{":
            if len(groups) < 10_000:
                groups.append(replace(group))
        elif brace == b"}":
            if len(groups) > 1:
                groups.pop()
                if group.box is not None and groups[-1].box is not group.box:
                    reader.end_box(group.box)
                if group.code and not groups[-1].code and groups[-1].within:
                    reader.end_code(groups[-1])
                reader.look(groups[-1])
        elif word == b"nesttableprops":
            group.skipped, group.inner_row = False, True  # a starred destination that matters
        elif word in _FORMULAS and group.within:
            group.skipped, group.math = False, True  # another
        elif symbol == b"*" or word in _SKIPPED:
            if word == b"pict" and group.within and not group.drawing:
                reader.pictured = reader.tables.level > 0
            group.within = group.within and (word is None or word == b"fldinst")
            group.skipped = True
            group.code = group.code or word == b"fldinst"
            group.drawing = group.drawing and word != b"shprslt"
        elif group.skipped:
            if word in _DRAWINGS:
                group.drawing = group.within
            elif word in _BOXES and group.drawing:
                group.skipped, group.drawing = False, False
                group.box = reader.begin_box()
            elif group.code and len(reader.code) < _LONGEST_CODE:
                reader.code += text or symbol or (bytes((int(byte, 16),)) if byte else b"")
        elif group.colours:
            reader.colours.take(word, parameter, text)
        elif byte is not None:
            if to_skip:
                to_skip -= 1
            elif reader.prints(group):
                reader.raw.append(int(byte, 16))
        elif text is not None:
            if to_skip:
                kept = text[to_skip:]
                to_skip = max(0, to_skip - len(text))
                text = kept
            if text and reader.prints(group):
                if reader.raw and len(reader.raw) % 2 and reader.codec != "utf-8" and reader.raw[-1] > 0x80:
                    reader.raw += text[:1]  # the second byte of a character may be an ASCII letter
                    text = text[1:]
                reader.say(text.decode(reader.codec, "replace"))
        elif symbol is not None:
            reader.settle()
            if reader.prints(group):
                reader.say({b"~": " ", b"_": "-", b"-": ""}.get(symbol, symbol.decode("latin-1")))
        elif word is not None:
            value = int(parameter) if parameter is not None else None
            if word == b"u" and value is not None:
                reader.settle()
                if reader.prints(group):
                    reader.say(in_symbol(_character(value)) if group.symbols else _character(value))
                to_skip = group.unicode_skip
            elif word == b"f":
                group.symbols = value in symbol_fonts
                if picture_fonts:
                    group.drawn = value in picture_fonts
                    reader.look(group)
            elif not (group.math and _in_formula(reader, group, word)):
                _word(reader, group, word, value)
    reader.tables.end(reader.take())
    return reader


def _character(value: int) -> str:
    code = value + 65536 if value < 0 else value
    return chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else ""


def _in_formula(reader: Reading, group: Group, word: bytes) -> bool:
    """Takes in a control word that is about formulas; False where it is not."""
    if word.endswith(b"Pr"):
        group.skipped = True  # properties, and the signs that they name
    elif word in (b"msup", b"msub"):
        group.raised = True
        reader.look(group)
    elif word == b"mden":
        reader.say("/")
    else:
        return False
    return True


def _word(reader: Reading, group: Group, word: bytes, value: int | None) -> None:
    if word in (b"par", b"sect", b"page"):
        reader.tables.paragraph(reader.take())
    elif word in _PRINTED:
        if reader.prints(group):
            reader.say(_PRINTED[word])
    elif word in (b"cell", b"nestcell"):
        reader.tables.cell(reader.cell_lines(), inner=word == b"nestcell")
    elif table_word(reader.tables, word, value, reader.colours, inner=group.inner_row):
        if word == b"pard":
            reader.paragraph_ground = False
    elif word == b"ansicpg":
        reader.codec = _CODEPAGES.get(value or 0, reader.codec)
    elif word == b"uc":
        group.unicode_skip = min(max(value or 0, 0), 8)
    elif word == b"colortbl":
        group.colours = True
    elif word == b"cbpat":
        reader.paragraph_ground = reader.colours.is_ground(value)
    elif word in _STRIKES:
        group.struck = value != 0
        reader.look(group)
    elif word in _RAISES:
        group.raised = value != 0
        reader.look(group)
    else:
        _look(reader, group, word, value)


def _look(reader: Reading, group: Group, word: bytes, value: int | None) -> None:
    """Words that hide what follows, or show it again."""
    if word == b"v":
        group.hidden = value != 0
    elif word in (b"deleted", b"mvf"):
        group.hidden = value != 0  # deleted under revision tracking, or moved from here
        reader.revised = True
    elif word == b"cf":
        group.white = reader.colours.is_white(value)
        group.colour = value or 0
        _black_out(reader, group)
    elif word in _GROUNDS:
        group.ground = reader.colours.is_ground(value)
        group.ground_colour = value or 0
        _black_out(reader, group)
    elif word == b"fs":
        group.tiny = value is not None and 0 < value <= _TINY
        group.size = min(value or USUAL_SIZE, 4_000)
        reader.look(group)
    elif word in (b"nosupersub", b"plain"):
        group.raised = False
        if word == b"plain":
            group.struck = group.hidden = group.white = group.tiny = group.ground = group.symbols = group.drawn = False
            group.colour = group.ground_colour = 0
            group.size = USUAL_SIZE
            group.blacked = False
        reader.look(group)


def _black_out(reader: Reading, group: Group) -> None:
    group.blacked = reader.colours.are_one(group.colour, group.ground_colour)
    reader.look(group)
