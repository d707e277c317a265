"""What an RTF file prints as its words go by: the state of its groups, and the text that is being collected."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from reports.readers.marks import OBJECT, Printed, doubted
from reports.readers.typeset import fold
from reports.readers.word.eq_fields import formula_text
from reports.readers.word.rtf_colours import Colours
from reports.readers.word.rtf_tables import RtfTables

USUAL_SIZE: Final = 24  # half points, of text that says no size
_SHAPE: Final = re.compile(r"\s*SHAPE\b", re.I)  # a drawing that stands in its line


@dataclass(slots=True)
class Group:
    """What holds from an opening brace to its closing one."""

    skipped: bool = False
    hidden: bool = False
    tiny: bool = False
    size: int = USUAL_SIZE
    white: bool = False
    ground: bool = False  # of the text itself
    colour: int = 0  # of the letters, by its number
    ground_colour: int = 0
    blacked: bool = False  # letters have their ground's colour
    unicode_skip: int = 1
    raised: bool = False
    struck: bool = False
    colours: bool = False  # the table of colours
    inner_row: bool = False  # the properties of a row of a table in a cell
    within: bool = True  # stands where text is printed, but for its own mark that it may be skipped
    drawing: bool = False
    code: bool = False  # of a field
    math: bool = False  # inside a formula
    symbols: bool = False  # set in the font Symbol
    drawn: bool = False  # set in a font of pictures
    box: Outside | None = None  # the group is the text of a box; what stood around it


@dataclass(slots=True)
class Outside:
    """The state of the text around a box."""

    tables: RtfTables
    printed: Printed
    paragraph_ground: bool


@dataclass(slots=True)
class Reading:
    tables: RtfTables = field(default_factory=RtfTables)
    colours: Colours = field(default_factory=Colours)
    printed: Printed = field(default_factory=lambda: Printed(bracket=True))
    looks: tuple[bool, bool, bool, int] = (False, False, False, USUAL_SIZE)  # raised, struck, blacked out, size
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
            raised, struck, blacked, size = self.looks
            text = self.raw.decode(self.codec, "replace")
            self.printed.add(doubted(text) if blacked else text, raised=raised, struck=struck, size=size)
            self.raw.clear()

    def say(self, text: str) -> None:
        """Takes in characters of the present look."""
        self.settle()
        raised, struck, blacked, size = self.looks
        self.printed.add(doubted(text) if blacked else text, raised=raised, struck=struck, size=size)

    def look(self, group: Group) -> None:
        """The look of a group from here on."""
        looks = (group.raised, group.struck, group.blacked or group.drawn, group.size)
        if looks != self.looks:
            self.settle()
            self.looks = looks

    def prints(self, group: Group) -> bool:
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

    def begin_box(self) -> Outside:
        """The text of a box begins; gives what is to be gone on with behind it."""
        self.settle()
        outside = Outside(self.tables, self.printed, self.paragraph_ground)
        self.tables = RtfTables(grounds=True, count=outside.tables.count)  # its ground is not asked
        self.printed = Printed(bracket=True)
        self.paragraph_ground = True
        return outside

    def end_box(self, outside: Outside) -> None:
        """The text of a box ends: it is read where the box hangs."""
        inside = self.tables
        inside.end(self.take())
        self.tables, self.printed, self.paragraph_ground = outside.tables, outside.printed, outside.paragraph_ground
        self.tables.count = inside.count
        self.tables.insert(inside.blocks)

    def end_code(self, group: Group) -> None:
        """The code of a field ends: formulas have no other result."""
        code = self.code.decode(self.codec, "replace")
        self.code.clear()
        if _SHAPE.match(code):
            self.pictured = self.pictured or self.tables.level > 0
        if (printed := formula_text(code)) is not None and self.prints(group):
            self.say(printed)

    def cell_lines(self) -> list[str]:
        """The lines of a cell that ends; a picture where it has none."""
        lines = self.take()
        pictured, self.pictured = self.pictured, False
        return [OBJECT] if pictured and not lines else lines
