"""The parts of a script's text: what stands in a pair of brackets, and what separators part outside of brackets and
quotations. No script is run or parsed further than that.
"""

from __future__ import annotations

from collections.abc import Iterator

_LONGEST = 3000  # characters between two brackets


def balanced(source: str, start: int) -> str | None:
    """What stands between the bracket at ``start`` and the one that closes it."""
    depth, quote, place = 0, "", start
    end = min(len(source), start + _LONGEST)
    while place < end:
        char = source[place]
        if quote:
            if char == "\\":
                place += 1
            elif char == quote:
                quote = ""
        elif char in "'\"`":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if depth == 0:
                return source[start + 1 : place]
        place += 1
    return None


def split(source: str, marks: str) -> Iterator[str]:
    """The parts between separators that stand in no bracket and no quotation; ends at a bracket that closes more."""
    depth, quote, begin, place = 0, "", 0, 0
    while place < len(source):
        char = source[place]
        if quote:
            if char == "\\":
                place += 1
            elif char == quote:
                quote = ""
        elif char in "'\"`":
            quote = char
        elif char in marks and depth == 0:
            yield source[begin:place]
            begin = place + 1
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            if depth == 0:
                break
            depth -= 1
        place += 1
    yield source[begin:place]
