"""The numbers that Word prints before list paragraphs: they are nowhere in the text, only in ``word/numbering.xml``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from reports.readers.package import Package, PackageError

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE: Final = "〇一二三四五六七八九"
_CHINESE_FORMATS = frozenset(
    (
        "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "ideographDigital",
        "taiwaneseCountingThousand", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2",
    )
)  # fmt: skip
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"


class Numbering:
    """Counts the lists of one document, paragraph by paragraph."""

    def __init__(self, package: Package, body: bytes) -> None:
        self._lists: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._family: dict[str, str] = {}  # list -> its abstract list: they count on together
        self._styles: dict[str, tuple[str, int]] = {}
        # most files number nothing, and their styles are the larger part of them
        by_style = b"pStyle" in body
        if "word/numbering.xml" in package and (by_style or b"numPr" in body):
            try:
                self._load(package.xml("word/numbering.xml"))
                if by_style and "word/styles.xml" in package:
                    self._load_styles(package.xml("word/styles.xml"))
            except PackageError:
                self._lists = {}  # damaged lists cost their numbers, not the text

    def _load(self, root: Any) -> None:
        abstract: dict[str, dict[int, _Level]] = {}
        for each in root.iterfind(f"{_W}abstractNum"):
            abstract[each.get(f"{_W}abstractNumId", "")] = {
                _integer(level.get(f"{_W}ilvl")): _read_level(level) for level in each.iterfind(f"{_W}lvl")
            }
        for each in root.iterfind(f"{_W}num"):
            reference = each.find(f"{_W}abstractNumId")
            name = each.get(f"{_W}numId", "")
            family = reference.get(f"{_W}val", "") if reference is not None else ""
            levels = dict(abstract.get(family, {}))
            own = False
            for override in each.iterfind(f"{_W}lvlOverride"):
                index = _integer(override.get(f"{_W}ilvl"))
                inner, start = override.find(f"{_W}lvl"), override.find(f"{_W}startOverride")
                if inner is not None:
                    levels[index] = _read_level(inner)
                if start is not None:
                    base = levels.get(index, _Level())
                    levels[index] = _Level(_integer(start.get(f"{_W}val"), 1), base.form, base.text, base.suffix)
                    own = True
            self._lists[name] = levels
            self._family[name] = f"num {name}" if own else family

    def _load_styles(self, root: Any) -> None:
        for style in root.iterfind(f"{_W}style"):
            found = _reference(style.find(f"{_W}pPr"))
            if found[0] is not None:
                self._styles[style.get(f"{_W}styleId", "")] = (found[0], found[1] or 0)

    def label(self, properties: Any) -> str:
        """The number printed before a paragraph with these properties, e.g. ``（三）``; empty where there is none."""
        if not self._lists:
            return ""
        name, level = _reference(properties)
        if name is None:
            style = properties.find(f"{_W}pStyle")
            name, level = self._styles.get(style.get(f"{_W}val", ""), (None, 0)) if style is not None else (None, 0)
        levels = self._lists.get(name or "0")
        if name is None or not levels:
            return ""
        level = level or 0
        own = levels.get(level)
        if own is None:
            return ""
        counts = self._counts.setdefault(self._family[name], {})
        counts[level] = counts.get(level, own.start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if own.form in ("bullet", "none"):
            return ""
        label = own.text
        for index in range(level + 1):
            place = f"%{index + 1}"
            if place in label:
                at = levels.get(index, _Level())
                label = label.replace(place, spelled(counts.get(index, at.start), at.form))
        return label + ("" if own.suffix == "nothing" or not label or not label[-1].isascii() else " ")


def spelled(number: int, form: str) -> str:
    """The number in one of Word's formats: ``12`` as ``十二``, ``⑫``, ``xii``; unknown formats give digits."""
    if form in _CHINESE_FORMATS and 0 < number < 100:
        if form in ("ideographDigital", "taiwaneseDigital", "koreanDigital2") and number >= 10:
            return "".join(_CHINESE[int(digit)] for digit in str(number))
        tens, ones = divmod(number, 10)
        return ("" if not tens else ("" if tens == 1 else _CHINESE[tens]) + "十") + (
            _CHINESE[ones] if ones or not tens else ""
        )
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 0 < number <= 20:
        return _CIRCLED[number - 1]
    if form in ("lowerLetter", "upperLetter") and 0 < number <= 26:
        return chr((97 if form == "lowerLetter" else 65) + number - 1)
    if form in ("lowerRoman", "upperRoman") and 0 < number < 40:
        tens, ones = divmod(number, 10)
        roman = "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]
        return roman if form == "lowerRoman" else roman.upper()
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _read_level(level: Any) -> _Level:
    read = _Level()
    for child in level:
        name = child.tag.rsplit("}", 1)[-1]
        value = child.get(f"{_W}val", "")
        if name == "start":
            read.start = _integer(value, 1)
        elif name == "numFmt":
            read.form = value
        elif name == "lvlText":
            read.text = value
        elif name == "suff":
            read.suffix = value
    return read


def _reference(properties: Any) -> tuple[str | None, int | None]:
    numbered = properties.find(f"{_W}numPr") if properties is not None else None
    if numbered is None:
        return None, None
    name, level = numbered.find(f"{_W}numId"), numbered.find(f"{_W}ilvl")
    return (name.get(f"{_W}val") if name is not None else None,
            _integer(level.get(f"{_W}val")) if level is not None else 0)  # fmt: skip


def _integer(written: str | None, default: int = 0) -> int:
    return int(written) if written and written.isdecimal() else default
