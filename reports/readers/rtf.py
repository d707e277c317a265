"""RTF to a ``Document``: text, paragraphs and table rows. Portals serve RTF under ``.doc``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from reports.document import Document, ReaderProblem
from reports.readers.edges import EdgedCell, table_from_edges
from reports.readers.flow import Line, Table, lay_out
from reports.readers.marks import Printed, tell
from reports.readers.typeset import fold

LARGEST = 12_000_000
MOST_TOKENS = 800_000  # a report has a tenth of it
_TOKEN = re.compile(rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z0-9])|([{}])|[\r\n]+|([^\\{}\r\n]+)")
_PICTURE = re.compile(rb"(?:[0-9a-fA-F]{2}[\r\n]*){1000,}")  # pictures are written as digits
_SKIPPED: Final = frozenset(
    (b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"headerl", b"headerr", b"headerf",
     b"generator", b"footer", b"footerl", b"footerr", b"footerf", b"themedata", b"colorschememapping", b"latentstyles",
     b"datastore", b"footnote", b"listtable", b"listoverridetable", b"rsidtbl", b"xmlnstbl", b"fldinst",
     b"bkmkstart", b"bkmkend")
)  # fmt: skip
_STRIKES: Final = (b"strike", b"striked")
_RAISES: Final = (b"super", b"sub", b"up", b"dn")
_CODEPAGES: Final = {936: "gb18030", 950: "big5hkscs", 65001: "utf-8", 932: "cp932"}
_PRINTED: Final = {
    b"par": "\n", b"line": "\n", b"tab": " ", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"emspace": " ", b"enspace": " ",
}  # fmt: skip


@dataclass(slots=True)
class _Group:
    skipped: bool = False
    hidden: bool = False
    unicode_skip: int = 1
    raised: bool = False
    struck: bool = False


@dataclass(slots=True)
class _CellShape:
    edge: int
    first_merged: bool = False
    merged: bool = False
    down_first: bool = False
    down: bool = False


@dataclass(slots=True)
class _Reader:
    blocks: list[Line | Table] = field(default_factory=list)
    printed: Printed = field(default_factory=lambda: Printed(bracket=True))
    looks: tuple[bool, bool] = (False, False)  # raised, struck: of the characters that come next
    cut: bool = False
    revised: bool = False
    struck: bool = False  # anywhere in the file
    raw: bytearray = field(default_factory=bytearray)
    codec: str = "gb18030"
    cells: list[str] = field(default_factory=list)
    shapes: list[_CellShape] = field(default_factory=list)
    next_shape: _CellShape = field(default_factory=lambda: _CellShape(0))
    rows: list[tuple[list[str], list[_CellShape]]] = field(default_factory=list)
    in_table: bool = False
    tables: int = 0

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

    def take(self) -> str:
        self.settle()
        printed, self.printed = self.printed, Printed(bracket=True)
        printed.bracket = self.in_table
        self.struck = self.struck or printed.struck
        return fold(printed.text())

    def end_paragraph(self) -> None:
        if self.in_table:
            self.settle()
            self.printed.add("\n")
            return
        self.end_table()
        self.blocks += [Line(line) for line in self.take().split("\n") if line]

    def end_table(self) -> None:
        if self.rows:
            self.blocks.append(_table(self.rows, self.tables))
            self.tables += 1
            self.rows = []


def read_rtf(source: bytes, url: str | None = None) -> Document:
    """The file as a document."""
    document = Document("doc", address=url)
    if len(source) > 1_000_000:
        source = _PICTURE.sub(b"", source)
    if len(source) > LARGEST:
        document.problems.append(ReaderProblem("cut", f"only the first {LARGEST} bytes of {len(source)} were read"))
        source = source[:LARGEST]
    reader = _read(source)
    if reader.cut:
        document.problems.append(ReaderProblem("cut", f"only the first {MOST_TOKENS} words of the file were read"))
    lay_out(reader.blocks, document)
    tell(document, revised=reader.revised, struck=reader.struck)
    return document


def _read(source: bytes) -> _Reader:
    reader = _Reader()
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
                reader.look(groups[-1])
        elif symbol == b"*" or word in _SKIPPED:
            group.skipped = True
        elif group.skipped:
            continue
        elif byte is not None:
            if to_skip:
                to_skip -= 1
            elif not group.hidden:
                reader.raw.append(int(byte, 16))
        elif text is not None:
            if to_skip:
                kept = text[to_skip:]
                to_skip = max(0, to_skip - len(text))
                text = kept
            if text and not group.hidden:
                if reader.raw and len(reader.raw) % 2 and reader.codec != "utf-8" and reader.raw[-1] > 0x80:
                    reader.raw += text[:1]  # the second byte of a character may be an ASCII letter
                    text = text[1:]
                reader.say(text.decode(reader.codec, "replace"))
        elif symbol is not None:
            reader.settle()
            if not group.hidden:
                reader.say({b"~": " ", b"_": "-", b"-": ""}.get(symbol, symbol.decode("latin-1")))
        elif word is not None:
            value = int(parameter) if parameter is not None else None
            if word == b"u" and value is not None:
                reader.settle()
                if not group.hidden:
                    reader.say(_character(value))
                to_skip = group.unicode_skip
            else:
                _word(reader, group, word, value)
    reader.in_table = False
    reader.end_paragraph()
    reader.end_table()
    return reader


def _character(value: int) -> str:
    code = value + 65536 if value < 0 else value
    return chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else ""


def _word(reader: _Reader, group: _Group, word: bytes, value: int | None) -> None:
    if word == b"par" or word == b"sect" or word == b"page":
        reader.end_paragraph()
    elif word in _PRINTED:
        if not group.hidden:
            reader.say(_PRINTED[word])
    elif word == b"intbl":
        reader.in_table = True
    elif word == b"pard":
        reader.in_table = False
    elif word in (b"cell", b"nestcell"):
        reader.cells.append(reader.take())
    elif word == b"trowd":
        reader.shapes, reader.next_shape = [], _CellShape(0)
    elif word == b"clmgf":
        reader.next_shape.first_merged = True
    elif word == b"clmrg":
        reader.next_shape.merged = True
    elif word == b"clvmgf":
        reader.next_shape.down_first = True
    elif word == b"clvmrg":
        reader.next_shape.down = True
    elif word == b"cellx":
        reader.next_shape.edge = value or 0
        reader.shapes.append(reader.next_shape)
        reader.next_shape = _CellShape(0)
    elif word in (b"row", b"nestrow"):
        if len(reader.cells) <= 200 and len(reader.rows) < 5_000:
            reader.rows.append((reader.cells, list(reader.shapes)))
        reader.cells = []
        reader.in_table = False
    elif word == b"ansicpg":
        reader.codec = _CODEPAGES.get(value or 0, reader.codec)
    elif word == b"uc":
        group.unicode_skip = min(max(value or 0, 0), 8)
    elif word == b"v":
        group.hidden = value != 0
    elif word == b"deleted":
        group.hidden = value != 0  # under revision tracking
        reader.revised = True
    elif word in _STRIKES:
        group.struck = value != 0
        reader.look(group)
    elif word in _RAISES:
        group.raised = value != 0
        reader.look(group)
    elif word in (b"nosupersub", b"plain"):
        group.raised = False
        if word == b"plain":
            group.struck = group.hidden = False
        reader.look(group)


def _table(rows: list[tuple[list[str], list[_CellShape]]], index: int) -> Table:
    edged = []
    for texts, shapes in rows:
        if len(shapes) != len(texts):
            shapes = [_CellShape(number + 1) for number in range(len(texts))]
        edged.append(
            [
                EdgedCell(
                    [Line(line) for line in text.split("\n") if line],
                    shape.edge,
                    shape.merged,
                    shape.down_first,
                    shape.down,
                )
                for text, shape in zip(texts, shapes, strict=True)
            ]
        )
    return table_from_edges(index, edged)
