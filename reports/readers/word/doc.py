"""Word 97-2003 files (and WPS, which writes the same) to a ``Document``, read from their own structures.

The text of a .doc lies in pieces, with ``\\x07`` at the end of each cell and each table row; which of them end a row,
and where the cells' edges are, stand in the paragraph properties ([MS-DOC] on text, sprms and TDefTableOperand). No
external program is needed, no macro runs.
"""

from __future__ import annotations

import io
import re
import struct
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import Final

import olefile

from reports.document import Document, ReaderProblem
from reports.readers.flow import Line, Table, lay_out
from reports.readers.marks import OBJECT, tell
from reports.readers.typeset import fold
from reports.readers.word.doc_boxes import text_boxes
from reports.readers.word.doc_marks import MOST_RUNS, Look, look_of, looks, printed_text
from reports.readers.word.doc_paragraphs import ParagraphShape, ParagraphShapes
from reports.readers.word.doc_styles import DocStyles, read_styles, special_fonts
from reports.readers.word.doc_tables import DocTables
from reports.readers.word.eq_fields import formula_text

_MAGIC: Final = 0xA5EC
_MOST_CHARACTERS: Final = 4_000_000
_MOST_ENDS: Final = 100_000  # of paragraphs, cells and rows, which take the time: a report has two thousand
_FIELD = re.compile("\x13([^\x13\x14\x15]*)(?:\x14([^\x13\x14\x15]*))?\x15")
_ENDS = re.compile("[\r\x07\x0c]")
_CODE = re.compile("\x13[^\x13\x14\x15]*\x14")
_PICTURE: Final = "\x01"
_MARKS = dict.fromkeys((0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x08, 0x13, 0x14, 0x15, 0x28 - 0x28)) | {
    0x0B: "\n", 0x0C: "\n", 0x0E: "\n", 0x1E: "-", 0x1F: None, 0xA0: " ",
}  # fmt: skip


class DocError(ValueError):
    """The file cannot be read as a Word document; the message says why."""


@dataclass(slots=True)
class _Piece:
    first: int  # character position
    last: int
    offset: int  # in the WordDocument stream
    width: int  # bytes a character


def read_doc(source: bytes, url: str | None = None) -> Document:
    """The file as a document; encrypted and damaged files say so."""
    document = Document("doc", address=url)
    try:
        streams = _streams(source)
        word = _Word(*streams)
        blocks = word.blocks()
    except DocError as error:
        code = "encrypted" if "password" in str(error) else "damaged"
        document.problems.append(ReaderProblem(code, str(error)))
        return document
    if word.ends > _MOST_ENDS:
        document.problems.append(ReaderProblem("cut", f"only the first {_MOST_ENDS} paragraphs and cells were read"))
    lay_out(blocks, document)
    tell(document, revised=any(look.deleted for look in word.looks), struck=any(look.struck for look in word.looks))
    document.title = _title(source)
    return document


def _streams(source: bytes) -> tuple[bytes, bytes, bytes]:
    try:
        with olefile.OleFileIO(io.BytesIO(source), raise_defects=olefile.DEFECT_FATAL) as file:
            main = file.openstream("WordDocument").read()
            if len(main) < 0x22:
                raise DocError("the Word file is empty")
            names = ["0Table", "1Table"]
            if struct.unpack_from("<H", main, 0x0A)[0] & 0x0200:
                names.reverse()
            table_name = next((name for name in names if file.exists(name)), None)  # some programs write the other
            table = file.openstream(table_name).read() if table_name is not None else b""
            extra = file.openstream("Data").read() if file.exists("Data") else b""
    except DocError:
        raise
    except Exception as error:
        raise DocError(f"the Word file is damaged: {error}") from error
    return main, table, extra


def _title(source: bytes) -> str:
    try:
        with olefile.OleFileIO(io.BytesIO(source)) as file:
            raw = file.get_metadata().title
    except Exception:
        return ""  # a damaged property set costs the title, nothing else
    if isinstance(raw, bytes):
        for codec in ("utf-8", "gb18030"):
            try:
                return raw.decode(codec).strip("\0 ")
            except UnicodeDecodeError:
                continue
    return ""


class _Word:
    """One document: its text in pieces, and the properties of its paragraphs by file position."""

    def __init__(self, main: bytes, table: bytes, extra: bytes) -> None:
        self.main, self.table = main, table
        self.paragraphs = ParagraphShapes(main, table, extra)
        self.styles = DocStyles()
        self.unseen: dict[int, bool] = {}  # by paragraph style: whether it hides its text
        self.boxes: list[tuple[int, int, int]] = []
        self.tables = self.ends = 0
        magic, version = struct.unpack_from("<HH", main, 0)
        flags = struct.unpack_from("<H", main, 0x0A)[0]
        if flags & 0x0100:
            raise DocError("the Word file asks for a password")
        if magic != _MAGIC or version < 0x00C1:
            self.pieces, self.text = self._old()
            self.body = len(self.text)
            self.looks: list[Look] = []
            return
        try:
            self.pieces, self.text = self._pieces()
            self.body = min(struct.unpack_from("<I", self.main, 0x4C)[0], len(self.text))
            self.paragraphs.read()
            start, size = struct.unpack_from("<II", self.main, 0x00A2)
            self.styles = read_styles(self.table[start : start + size])
            start, size = struct.unpack_from("<II", self.main, 0x0112)
            self.styles.symbol_fonts, self.styles.picture_fonts = special_fonts(self.table[start : start + size])
            self.looks = self._looks()
            self.boxes = text_boxes(self.main, self.table)
        except struct.error as error:
            raise DocError(f"the Word file is damaged: {error}") from error

    def _old(self) -> tuple[list[_Piece], str]:
        """Word 6 and 95: one run of text in the system's code page."""
        first, last = struct.unpack_from("<II", self.main, 0x18)
        if not 0x18 <= first < last <= len(self.main):
            raise DocError("this is no Word file, or an unknown version of one")
        text = self.main[first:last].decode("gb18030", "replace")
        return [_Piece(0, len(text), first, 1)], text

    def _pieces(self) -> tuple[list[_Piece], str]:
        start, size = struct.unpack_from("<II", self.main, 0x01A2)
        end = sum(struct.unpack_from("<7I", self.main, 0x4C))  # the texts of boxes are the last that count
        clx = self.table[start : start + size]
        at = 0
        while at < len(clx) and clx[at] == 1:
            at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
        if at >= len(clx) or clx[at] != 2:
            raise DocError("the Word file has lost its table of text pieces")
        length = struct.unpack_from("<I", clx, at + 1)[0]
        plc = clx[at + 5 : at + 5 + length]
        count = (len(plc) - 4) // 12
        positions = struct.unpack_from(f"<{count + 1}I", plc, 0)
        pieces: list[_Piece] = []
        texts: list[str] = []
        total = 0
        for index in range(count):
            packed = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)[0]
            first, last = positions[index], min(positions[index + 1], end)
            if last <= first:
                continue
            total += last - first
            if total > _MOST_CHARACTERS:
                break
            narrow = bool(packed & 0x40000000)
            offset = (packed & 0x3FFFFFFF) // 2 if narrow else packed & 0x3FFFFFFF
            width = 1 if narrow else 2
            raw = self.main[offset : offset + (last - first) * width]
            text = raw.decode("cp1252" if narrow else "utf-16-le", "replace")
            text = text.ljust(last - first, "\ufffd")[: last - first] if "\ufffd" not in text else text
            pieces.append(_Piece(first, last, offset, width))
            texts.append(text)
        return pieces, "".join(texts)

    def _looks(self) -> list[Look]:
        """The runs of text that are hidden, struck, raised or deleted, by character position."""
        start, size = struct.unpack_from("<II", self.main, 0x00FA)
        pieces = sorted(self.pieces, key=lambda each: each.offset)
        offsets = [piece.offset for piece in pieces]
        found: list[Look] = []
        for look in looks(self.main, self.table[start : start + size], self.styles):
            for piece in pieces[max(0, bisect_right(offsets, look.first) - 1) : bisect_right(offsets, look.last)]:
                first = max(look.first, piece.offset)
                last = min(look.last, piece.offset + (piece.last - piece.first) * piece.width)
                if first < last and len(found) < MOST_RUNS:
                    at = piece.first + (first - piece.offset) // piece.width
                    end = piece.first + -(-(last - piece.offset) // piece.width)
                    unseen = look.hidden or (look.white and not self.paragraphs.grounds)
                    found.append(replace(look, first=at, last=end, hidden=unseen))
        return sorted(found, key=lambda each: each.first)

    def properties_at(self, position: int) -> ParagraphShape | None:
        """The properties of the paragraph that ends with the character at a position."""
        if not self.paragraphs.shapes or not self.pieces:
            return None
        held = self.pieces[min(bisect_right(self.pieces, position, key=lambda each: each.last), len(self.pieces) - 1)]
        where = held.offset + (position - held.first) * held.width
        index = bisect_right(self.paragraphs.ends, where)
        return self.paragraphs.shapes[index] if index < len(self.paragraphs.shapes) else None

    def _hides(self, style: int) -> bool:
        """Whether a paragraph's style hides its text."""
        if style not in self.unseen:
            self.unseen[style] = look_of(self.styles.letters(style), 0, 0, DocStyles()).hidden
        return self.unseen[style]

    def blocks(self) -> list[Line | Table]:
        """Paragraphs and tables in order."""
        return self._between(0, self.body)

    def _between(self, start: int, last: int) -> list[Line | Table]:
        """Those of the main text, or of a box, from one character to another."""
        tables = DocTables(self._number, shaped=bool(self.paragraphs.shapes))
        for match in _ENDS.finditer(self.text, start, last):
            self.ends += 1
            if self.ends > _MOST_ENDS:
                return tables.end([])
            properties = self.properties_at(match.start())
            tables.take(self.part(start, match.start(), properties), match.group(), properties)
            start = match.end()
        return tables.end(self.part(start, last, None))

    def _number(self) -> int:
        self.tables += 1
        return self.tables - 1

    def part(self, first: int, last: int, properties: ParagraphShape | None) -> list[Line | Table]:
        """What a paragraph prints that goes from one character to another, and the boxes that hang at it."""
        in_table = self.text[last : last + 1] == "\x07" or (properties is not None and properties.in_table)
        found: list[Line | Table] = []
        if properties is None or not self._hides(properties.style):
            text = _without_fields(printed_text(self.text, first, last, self.looks, in_table=in_table))
            found += [Line(line) for line in _clean(text).split("\n") if line]
            if in_table and not found and _PICTURE in text:
                found.append(Line(OBJECT))
        begin = bisect_left(self.boxes, (first, 0, 0))
        for _, start, end in self.boxes[begin : bisect_left(self.boxes, (last + 1, 0, 0))] if first < self.body else ():
            found += self._between(start, end)
        return found


def _without_fields(text: str) -> str:
    """Without the codes of fields: their results stay, and what formulas print."""
    for _ in range(8):
        replaced = _FIELD.sub(_field_text, text)
        if replaced == text:
            break
        text = replaced
    return _CODE.sub("", text)  # a field that ends in the next paragraph


def _field_text(match: re.Match[str]) -> str:
    code, result = match.groups()
    return result if result is not None else formula_text(code) or ""


def _clean(text: str) -> str:
    """Without the marks of pictures and notes."""
    return fold(text.translate(_MARKS))
