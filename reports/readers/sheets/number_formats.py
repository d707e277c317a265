"""What a sheet shows of a number under its number format, as far as formats change what is read.

``0;-0;;@`` shows nothing for nought, the accounting formats show a dash, ``0`` rounds, ``0.0,"万"`` counts in
thousands: the page has what is shown, not what is stored. The language is that of ECMA-376, part 1, 18.8.31.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

GENERAL: Final = "General"

#: The formats that a file names by number alone.
BUILT_IN: Final = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)", 41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ ¥* #,##0_ ;_ ¥* -#,##0_ ;_ ¥* "-"_ ;_ @_ ', 43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_DATES: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?:.|$)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]|(?P<general>General)'
    r"|(?P<place>[0#?])|(?P<power>E[+-])|(?P<literal>.)",
    re.I | re.S,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_COLOURS = re.compile(
    r"black|white|red|green|blue|yellow|magenta|cyan|color ?\d+|[黑白红绿蓝黄]色?|洋红|青色|颜色\d+", re.I
)
_WHITE: Final = ("white", "白", "白色", "color2", "颜色2")
_DATE_LETTERS = re.compile(r"[ymdhs]", re.I)
_TESTS: Final = {
    "<": Decimal.__lt__, ">": Decimal.__gt__, "=": Decimal.__eq__, "<=": Decimal.__le__, ">=": Decimal.__ge__,
    "<>": Decimal.__ne__,
}  # fmt: skip


@dataclass(slots=True)
class _Section:
    """One of the up to four parts of a format. ``pieces``: (kind, text), where kind is ``place`` or ``literal``."""

    pieces: list[tuple[str, str]]
    test: tuple[str, Decimal] | None = None
    colour: str | None = None
    general: bool = False
    text: bool = False
    power: bool = False


def code_of(number: int, named: dict[int, str]) -> str:
    """The format with this number: of the file's own, or built in; dates as ``yyyy-mm-dd``."""
    if number in named:
        return named[number].replace("G/通用格式", GENERAL).replace("通用格式", GENERAL)
    return "yyyy-mm-dd" if number in _DATES else BUILT_IN.get(number, GENERAL)


@functools.lru_cache(maxsize=512)
def is_date(code: str) -> bool:
    """Whether the format shows a number as a date or a time."""
    section = _sections(code)[0]
    letters = "".join(text for kind, text in section.pieces if kind == "literal" and text)
    return not section.general and not section.power and bool(_DATE_LETTERS.search(letters))


@functools.lru_cache(maxsize=512)
def is_telling(code: str) -> bool:
    """Whether the format may show something else than the plain number."""
    return code not in (GENERAL, "@", "")


def shown_number(value: float, code: str, plain: str) -> str:
    """The text that a number shows; ``plain`` is what it shows without a format."""
    if code in ("0", "#,##0") and value == int(value):
        return plain
    number = Decimal(repr(value))
    sections = _sections(code)
    section, given = _chosen(sections[:3], number)
    if section is None:
        return "######"  # a sheet fills the cell with them where no part of the format is for the number
    if section.text or section.power:
        return plain if section.text else f"{value:E}"
    minus = "-" if number < 0 and (not given or (section.colour and not _is_signed(section))) else ""
    if section.general:
        literal = "".join("\0" if kind == "general" else text for kind, text in section.pieces)
        return minus + literal.replace("\0", plain.lstrip("-"), 1).strip()
    if not any(kind == "place" for kind, _ in section.pieces):
        return minus + "".join(text for _, text in section.pieces).strip()
    return minus + _placed(section, abs(number)).strip()


def shown_text(text: str, code: str) -> str:
    """The text that a text shows: the fourth part of a format says what becomes of it, or the last that has a ``@``."""
    sections = _sections(code)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if len(sections) < 4 and not section.text:
        return text
    return "".join(text if piece == "@" else piece for _, piece in section.pieces).strip()


def scales(value: float, code: str) -> bool:
    """Whether the format shows a number in thousands or millions: ``0,`` has ``0`` for 400."""
    section, _ = _chosen(_sections(code)[:3], Decimal(repr(value)))
    if section is None or not value:
        return False
    kinds = [kind for kind, _ in section.pieces]
    last = max((at for at, kind in enumerate(kinds) if kind == "place"), default=-1)
    point = kinds.index("point") if "point" in kinds else len(kinds)
    return any(kind == "comma" and last >= 0 and not (at < last and at < point) for at, kind in enumerate(kinds))


def is_shown_white(value: float, code: str) -> bool | None:
    """Whether the format itself writes a number in white; None where it names no colour."""
    section, _ = _chosen(_sections(code)[:3], Decimal(repr(value)))
    return None if section is None or section.colour is None else section.colour in _WHITE


def _chosen(sections: tuple[_Section, ...], number: Decimal) -> tuple[_Section | None, bool]:
    """The part of the format for a number, and whether it was written for its sign."""
    if any(section.test for section in sections):
        for place, section in enumerate(sections):
            if section.test is None:
                below = place == 1 and number < 0 and len(sections) > 2
                if below or place == len(sections) - 1:
                    return section, below
            elif _TESTS[section.test[0]](number, section.test[1]):
                return section, section.test[0] in ("<", "<=") and section.test[1] <= 0
        return None, False
    if number < 0 and len(sections) > 1:
        return sections[1], True
    if number == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], False


def _is_signed(section: _Section) -> bool:
    return any(
        kind in ("literal", "quoted") and text.strip() in ("-", "(", "（", "－", "−", "负")
        for kind, text in section.pieces
    )


def _placed(section: _Section, number: Decimal) -> str:
    """The number's digits in the places of the format, what is written between them kept."""
    pieces = section.pieces
    point = next((at for at, piece in enumerate(pieces) if piece == ("point", ".")), len(pieces))
    last = max(at for at, (kind, _) in enumerate(pieces) if kind == "place")
    if any(kind == "literal" and text == "/" for kind, text in pieces):
        return str(int(number)) if number == int(number) else str(Fraction(number).limit_denominator(99))
    scale = 0
    grouped = False
    kept: list[tuple[str, str]] = []
    for at, (kind, text) in enumerate(pieces):
        if kind == "comma":
            if at < last and at < point:
                grouped = True
            else:
                scale += 1
        else:
            kept.append((kind, text))
    percent = sum(text.count("%") for kind, text in kept if kind == "literal")
    number = number.scaleb(2 * percent - 3 * scale)
    point = next((at for at, piece in enumerate(kept) if piece == ("point", ".")), len(kept))
    whole_places = [at for at in range(point) if kept[at][0] == "place"]
    parts = [at for at in range(point, len(kept)) if kept[at][0] == "place"]
    digits = f"{number.quantize(Decimal(1).scaleb(-len(parts)), ROUND_HALF_UP):f}"
    whole, _, fraction = digits.partition(".")
    whole = whole.lstrip("0")
    shown = {at: "" if kind == "place" else text for at, (kind, text) in enumerate(kept)}
    for at in reversed(whole_places):
        digit = whole[-1:] or ("0" if kept[at][1] == "0" else "")
        whole = whole[:-1]
        shown[at] = digit
    if whole_places and whole:
        shown[whole_places[0]] = whole + shown[whole_places[0]]
    if grouped and whole_places:
        joined = "".join(shown[at] for at in whole_places)
        shown.update(dict.fromkeys(whole_places, ""))
        shown[whole_places[0]] = f"{int(joined):,}" if joined else ""
    needed = max((place for place, at in enumerate(parts) if kept[at][1] == "0" or fraction[place] != "0"), default=-1)
    for place, at in enumerate(parts):
        shown[at] = fraction[place] if place <= needed else ""
    if parts and needed < 0:
        shown[point] = ""  # 0.## shows 5 as “5.”
    return "".join(shown[at] for at in range(len(kept)))


@functools.lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    sections = [_Section([])]
    pointed = False
    for match in _TOKEN.finditer(code[:400]):
        section = sections[-1]
        kind = match.lastgroup
        text = match.group()
        if kind == "quoted" or kind == "escaped":
            section.pieces.append(("quoted", match.group(kind)))
        elif kind == "fill":
            section.pieces.append(("quoted", match.group(kind) * 2))  # as often as the cell is wide
        elif kind == "bracket":
            condition = _CONDITION.fullmatch(match.group(kind))
            if condition is not None:
                section.test = (condition.group(1), Decimal(condition.group(2)))
            elif _COLOURS.fullmatch(match.group(kind)):
                section.colour = match.group(kind).lower().replace(" ", "")
            elif match.group(kind).startswith("$"):
                section.pieces.append(("quoted", match.group(kind)[1:].partition("-")[0]))
            elif match.group(kind).lower().startswith(("h", "m", "s")):
                section.pieces.append(("literal", match.group(kind)))
        elif kind == "general":
            section.general = True
            section.pieces.append(("general", text))
        elif kind == "place":
            section.pieces.append(("place", text))
        elif kind == "power":
            section.power = True
        elif text == ";" and kind == "literal":
            sections.append(_Section([]))
            pointed = False
        elif text == "@":
            section.text = True
            section.pieces.append(("literal", text))
        elif text == ".":
            section.pieces.append(("literal" if pointed else "point", text))
            pointed = True
        elif text == ",":
            section.pieces.append(("comma", text))
        elif kind == "literal":
            section.pieces.append(("literal", text))
        else:
            section.pieces.append(("quoted", " "))
    return tuple(sections)
