"""RTF to a ``Document``: text, paragraphs and table rows. Portals serve RTF under ``.doc``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from reports.document import Document, ReaderProblem
from reports.readers.eq_fields import formula_text
from reports.readers.flow import lay_out
from reports.readers.marks import OBJECT, Printed, tell
from reports.readers.rtf_colours import Colours
from reports.readers.rtf_tables import RtfTables, table_word
from reports.readers.typeset import fold

LARGEST = 12_000_000
MOST_TOKENS = 800_000  # a report has a tenth of it
_TOKEN = re.compile(rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z0-9])|([{}])|[\r\n]+|([^\\{}\r\n]+)")
_PICTURE = re.compile(rb"(?:[0-9a-fA-F]{2}[\r\n]*){1000,}")  # pictures are written as digits
_BINARY = re.compile(rb"\\bin(\d{1,9}) ?")  # or as they are, with their length before them
_GROUND = re.compile(rb"\\clcbpat[1-9]")
_SKIPPED: Final = frozenset(
    (b"fonttbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"headerl", b"headerr", b"headerf",
     b"generator", b"footer", b"footerl", b"footerr", b"footerf", b"themedata", b"colorschememapping", b"latentstyles",
     b"datastore", b"footnote", b"listtable", b"listoverridetable", b"rsidtbl", b"xmlnstbl", b"fldinst",
     b"bkmkstart", b"bkmkend", b"nonesttables", b"shprslt")
)  # fmt: skip
_DRAWINGS: Final = (b"shpinst", b"do")  # of which only the text in them is printed
_BOXES: Final = (b"shptxt", b"dptxbxtext")
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


@dataclass(slots=True)
class _Group:
    """What holds from an opening brace to its closing one."""

    skipped: bool = False
    hidden: bool = False
    tiny: bool = False
    white: bool = False
    ground: bool = False  # of the text itself
    unicode_skip: int = 1
    raised: bool = False
    struck: bool = False
    colours: bool = False  # the table of colours
    inner_row: bool = False  # the properties of a row of a table in a cell
    within: bool = True  # stands where text is printed, but for its own mark that it may be skipped
    drawing: bool = False
    code: bool = False  # of a field
    box: _Outside | None = None  # the group is the text of a box; what stood around it


@dataclass(slots=True)
class _Outside:
    """The state of the text around a box."""

    tables: RtfTables
    printed: Printed
    paragraph_ground: bool


@dataclass(slots=True)
class _Reader:
    tables: RtfTables = field(default_factory=RtfTables)
    colours: Colours = field(default_factory=Colours)
    printed: Printed = field(default_factory=lambda: Printed(bracket=True))
    looks: tuple[bool, bool] = (False, False)  # raised, struck: of the characters that come next
    paragraph_ground: bool = False
    cut: bool = False
    revised: bool = False
    struck: bool = False  # anywhere in the file
    pictured: bool = False  # a picture stands in the cell that is open
    code: bytearray = field(default_factory=bytearray)  # of the field that is open
    raw: bytearray = field(default_factory=bytearray)
    codec: str = "gb18030"

    def settle(self) -> None:
        """Bytes written as ``\\'xx`` are characters only together."""
        if self.raw:
            raised, struck = self.looks
            self.printed.add(self.raw.decode(self.codec, "replace"), raised=raised, struck=struck)
            self.raw.clear()

    def say(self, text: str) -> None:
        """Takes in characters of the present look."""
        self.settle()
        raised, struck = self.looks
        self.printed.add(text, raised=raised, struck=struck)

    def look(self, group: _Group) -> None:
        """The look of a group from here on."""
        if (group.raised, group.struck) != self.looks:
            self.settle()
            self.looks = (group.raised, group.struck)

    def prints(self, group: _Group) -> bool:
        """Whether the text of a group is seen on the page."""
        if group.hidden or group.tiny:
            return False
        return not group.white or group.ground or self.paragraph_ground or self.tables.in_shaded_cell()

    def take(self) -> list[str]:
        """The lines that were collected since the last paragraph or cell ended."""
        self.settle()
        printed, self.printed = self.printed, Printed(bracket=True)
        printed.bracket = self.tables.level > 0
        self.struck = self.struck or printed.struck
        return [line for line in fold(printed.text()).split("\n") if line]

    def begin_box(self) -> _Outside:
        """The text of a box begins; gives what is to be gone on with behind it."""
        self.settle()
        outside = _Outside(self.tables, self.printed, self.paragraph_ground)
        self.tables = RtfTables(grounds=True, count=outside.tables.count)  # its ground is not asked
        self.printed = Printed(bracket=True)
        self.paragraph_ground = True
        return outside

    def end_box(self, outside: _Outside) -> None:
        """The text of a box ends: it is read where the box hangs."""
        inside = self.tables
        inside.end(self.take())
        self.tables, self.printed, self.paragraph_ground = outside.tables, outside.printed, outside.paragraph_ground
        self.tables.count = inside.count
        self.tables.insert(inside.blocks)

    def end_code(self, group: _Group) -> None:
        """The code of a field ends: formulas have no other result."""
        code = self.code.decode(self.codec, "replace")
        self.code.clear()
        if (printed := formula_text(code)) is not None and self.prints(group):
            self.say(printed)

    def cell_lines(self) -> list[str]:
        """The lines of a cell that ends; a picture where it has none."""
        lines = self.take()
        pictured, self.pictured = self.pictured, False
        return [OBJECT] if pictured and not lines else lines


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


def _read(source: bytes) -> _Reader:
    reader = _Reader()
    reader.tables.grounds = _GROUND.search(source) is not None
    groups = [_Group()]
    to_skip = 0
    for number, match in enumerate(_TOKEN.finditer(source)):
        if number >= MOST_TOKENS:
            reader.cut = True
            break
        word, parameter, byte, symbol, brace, text = match.groups()
        group = groups[-1]
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
            group.skipped, group.inner_row = False, True  # the one starred destination that matters
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
                    reader.say(_character(value))
                to_skip = group.unicode_skip
            else:
                _word(reader, group, word, value)
    reader.tables.end(reader.take())
    return reader


def _character(value: int) -> str:
    code = value + 65536 if value < 0 else value
    return chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else ""


def _word(reader: _Reader, group: _Group, word: bytes, value: int | None) -> None:
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


def _look(reader: _Reader, group: _Group, word: bytes, value: int | None) -> None:
    """Words that hide what follows, or show it again."""
    if word == b"v":
        group.hidden = value != 0
    elif word == b"deleted":
        group.hidden = value != 0  # under revision tracking
        reader.revised = True
    elif word == b"cf":
        group.white = reader.colours.is_white(value)
    elif word in _GROUNDS:
        group.ground = reader.colours.is_ground(value)
    elif word == b"fs":
        group.tiny = value is not None and 0 < value <= _TINY
    elif word in (b"nosupersub", b"plain"):
        group.raised = False
        if word == b"plain":
            group.struck = group.hidden = group.white = group.tiny = group.ground = False
        reader.look(group)
