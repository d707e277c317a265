"""The parts of a script's text: what stands in a pair of brackets, and what separators part outside of brackets and
quotations. No script is run or parsed further than that.
"""

from __future__ import annotations

from collections.abc import Iterator

_LONGEST = 3000  # characters between two brackets of a call


def balanced(source: str, start: int, longest: int = _LONGEST) -> str | None:
    """What stands between the bracket at ``start`` and the one that closes it."""
    depth = 0
    for place, char in _unquoted(source, start, min(len(source), start + longest)):
        if char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if depth == 0:
                return source[start + 1 : place]
    return None


def split(source: str, marks: str) -> Iterator[str]:
    """The parts between separators that stand in no bracket and no quotation; ends at a bracket that closes more."""
    depth, begin, end = 0, 0, len(source)
    for place, char in _unquoted(source, 0, len(source)):
        if char in marks and depth == 0:
            yield source[begin:place]
            begin = place + 1
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            if depth == 0:
                end = place
                break
            depth -= 1
    yield source[begin:end]


def _unquoted(source: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Each character that stands in no quotation, with its place."""
    quote, place = "", start
    while place < end:
        char = source[place]
        if quote:
            if char == "\\":
                place += 1
            elif char == quote:
                quote = ""
        elif char in "'\"`":
            quote = char
        else:
            yield place, char
        place += 1
