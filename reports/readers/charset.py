"""Which charset a text is in. Declarations lie, so the bytes decide: header and page only name candidates.

What comes out is never mojibake without saying so: text that was garbled before it was stored is repaired where the
damage can be undone, and called ``mojibake`` where it cannot.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import dataclass, field

import data
from reports.document import ReaderProblem

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_META = re.compile(rb"""<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:-]{2,24})""", re.I)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:-]+)", re.I)
_HEAD_END = re.compile(rb"</head|<body", re.I)
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0002ffff]")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_SAMPLE = 200_000  # bytes that statistics look at
_LATIN = b"\xc3"  # in UTF-8 the lead byte of À to ÿ
_SUSPECT = "锛鐨锟\ufffd"  # characters that UTF-8 taken for GBK is full of, and the replacement character
_FEW_ERRORS = 0.02
_CERTAIN = 0.9  # no text of more than a few words fits a wrong charset so well


@dataclass(slots=True)
class Decoded:
    """A decoded text, the charset that was used, and what was doubtful about it."""

    text: str
    charset: str
    problems: list[ReaderProblem] = field(default_factory=list)


def decode(source: bytes, content_type: str | None = None) -> Decoded:
    """The text of a page or text file. Never raises."""
    for bom, name in _BOMS:
        if source.startswith(bom):
            return _checked(Decoded(source[len(bom) :].decode(name, "replace"), name))
    declared = _declared(source, content_type)
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if not _is_coincidence(text, declared):
            decoded = Decoded(text, "utf-8")
            # to find a character takes a tenth of the time of counting it, and most pages have none of these
            doubtful = (_LATIN in source and source.count(_LATIN) > 2) or any(
                text.count(mark) > 2 for mark in _SUSPECT if mark in text
            )
            return _checked(decoded) if doubtful else decoded
    wide = _without_marks(source)
    if wide is not None:
        return _checked(Decoded(source.decode(wide, "replace"), wide))
    sample = _telling(source)
    candidates = [*declared, *(name for name in data.load_yaml("charsets.yaml")["candidates"] if name not in declared)]
    best, name = -9.0, candidates[0]
    for candidate in candidates:
        fit = fitness(sample.decode(candidate, "replace"), candidate)
        if fit > best:
            best, name = fit, candidate
        if best > _CERTAIN:
            break
    text = source.decode(name, "replace")
    decoded = Decoded(text, name)
    if name != "cp1252" and (doubt := _garbled(text)) > 3:
        mixed = _piecewise(source)
        if _garbled(mixed) * 2 < doubt:
            message = "parts of the page are in different charsets; each was read in its own"
            return Decoded(mixed, "utf-8", [ReaderProblem("charset-mixed", message)])
    return _checked(decoded)


def charset_named(written: str) -> str | None:
    """The codec for a declared name; None for names of charsets that these pages do not use."""
    return _aliases().get(written.strip().strip("\"'").lower())


def fitness(text: str, charset: str) -> float:
    """How well a decoded text fits its charset, up to 1: common characters against rare ones."""
    if text.isascii():
        return 0.9
    common = rare = broken = 0
    for character, times in Counter(text).items():
        if character < "\x80":
            continue
        if character == "\ufffd":
            broken += times
        elif _is_common(character, charset):
            common += times
        else:
            rare += times
    total = common + rare + broken
    return (common - rare - 8 * broken) / total if total else 0.9


@functools.lru_cache(maxsize=20_000)
def _is_common(character: str, charset: str) -> bool:
    """Whether a character is of the first level of its national standard, or punctuation: nearly all text is."""
    if character in "　、。，．·：；？！—…‘’“”（）〔〕〈〉《》「」『』【】％－０１２３４５６７８９℃①②③④⑤⑥⑦⑧⑨⑩\xa0©":
        return True
    if charset == "cp1252":
        return (character.isalpha() and character < "\u0180") or character in "–—‘’“”•…°·"
    codec = "big5" if charset == "big5hkscs" else "gb2312"
    try:
        encoded = character.encode(codec)
    except UnicodeEncodeError:
        return False
    if codec == "big5":
        return len(encoded) == 2 and 0xA4 <= encoded[0] <= 0xC6
    return len(encoded) == 2 and 0xB0 <= encoded[0] <= 0xD7


@functools.cache
def _aliases() -> dict[str, str]:
    return {alias: name for name, listed in data.load_yaml("charsets.yaml")["aliases"].items() for alias in listed}


def _declared(source: bytes, content_type: str | None) -> list[str]:
    """What the header and the page's head declare. A ``charset=`` in the body is pasted from Word and means nothing."""
    names = []
    if content_type and (match := _HEADER.search(content_type)):
        names.append(match.group(1))
    head = source[:8192]
    if (end := _HEAD_END.search(head)) is not None:
        head = head[: end.start()]
    if (found := _META.search(head)) is not None:
        names.append(found.group(1).decode("ascii"))
    known = [charset_named(name) for name in names]
    return list(dict.fromkeys(name for name in known if name and not name.startswith("utf-16")))


def _telling(source: bytes) -> bytes:
    """The stretch of the source that statistics look at: from its first character beyond ASCII."""
    first = _BEYOND_ASCII.search(source)
    start = first.start() if first is not None else 0
    sample = source[start : start + 12_000]
    return sample if len(_BEYOND_ASCII.findall(sample)) > 1_000 else source[start : start + _SAMPLE]


def _is_coincidence(text: str, declared: list[str]) -> bool:
    """A handful of GBK bytes can be valid UTF-8 by chance (the two characters 联通): then a declaration is believed."""
    if text.isascii() or "utf-8" in declared or not declared:
        return False
    others = [character for character in text[:_SAMPLE] if character > "\x7f"]
    return len(others) < 12 and not any(_HAN.match(character) for character in others)


def wide_text(sample: bytes) -> str | None:
    """Which UTF-16 these bytes without a mark are Chinese text of, if any: a sheet saved as Unicode text, without tags.

    Its lines and figures have zero bytes, but the halves of its Chinese are any bytes: only the text tells.
    """
    if b"\0" not in sample:
        return None
    even = sample[: len(sample) // 2 * 2]
    for charset in ("utf-16-le", "utf-16-be"):
        text = even.decode(charset, "replace")
        if (
            _HAN.search(text)
            and not any(character < " " and character not in "\t\n\r\f" for character in text)
            and fitness(text, charset) > _CERTAIN
        ):
            return charset
    return None


def _without_marks(source: bytes) -> str | None:
    """UTF-16 without a byte-order mark: every other byte of its tags is zero, or it reads as Chinese."""
    sample = source[:2000]
    if b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 8 and odd > 4 * even:
        return "utf-16-le"
    if even > len(sample) // 8 and even > 4 * odd:
        return "utf-16-be"
    return wide_text(sample)


def _garbled(text: str) -> int:
    """Characters that are lost, or that only UTF-8 taken for GBK is full of."""
    return sum(map(text.count, "\ufffd锛銆鐨"))


def _piecewise(source: bytes) -> str:
    """A page put together from files in different charsets: every stretch between tags is read by itself."""
    pieces = []
    for piece in re.split(rb"(?<=[>\n])", source):
        try:
            pieces.append(piece.decode("utf-8"))
        except UnicodeDecodeError:
            pieces.append(piece.decode("gb18030", "replace"))
    return "".join(pieces)


def _checked(decoded: Decoded) -> Decoded:
    """Looks for text that was garbled before it was stored, undoes it where it can, and reports what is left."""
    text = decoded.text
    broken = text.count("\ufffd")
    marks = data.load_yaml("charsets.yaml")["mojibake"]
    sample = text[:_SAMPLE]
    if not broken and max(map(sample.count, marks["first_look"])) < 3:
        return decoded
    han = len(_HAN.findall(sample))
    gbk, latin = (len(re.findall(f"[{marks[kind]}]{{2}}", sample)) * 2 for kind in ("gbk", "latin"))
    if (han and gbk > 0.25 * han) or latin > max(20, han):
        repaired = _repaired(text)
        if repaired is not None:
            decoded.text = repaired
            decoded.problems.append(
                ReaderProblem("charset-repaired", "the text was stored garbled; the damage was undone")
            )
        elif latin > max(20, han) and han < 20 and fitness(sample, "cp1252") > 0.9 and decoded.charset == "cp1252":
            return decoded  # a page in a European language
        else:
            decoded.problems.append(ReaderProblem("mojibake", "the text is garbled and cannot be restored"))
        return decoded
    if broken:
        code = "mojibake" if broken > _FEW_ERRORS * max(han, 50) else "charset-damaged"
        decoded.problems.append(ReaderProblem(code, f"{broken} characters cannot be read in {decoded.charset}"))
    return decoded


def _repaired(text: str) -> str | None:
    """The text before a wrong decoding was stored, where it can be had back without loss."""
    for wrong in ("gb18030", "cp1252", "latin-1"):
        try:
            stored = text.encode(wrong)
        except UnicodeEncodeError:
            continue
        for right in ("utf-8", "gb18030"):
            if right == wrong:
                continue
            try:
                candidate = stored.decode(right)
            except UnicodeDecodeError:
                continue
            if fitness(candidate[:_SAMPLE], right) > 0.6 and _HAN.search(candidate):
                return candidate
    return None
