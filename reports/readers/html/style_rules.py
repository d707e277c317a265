"""The rules of a style sheet that hold on a wide screen, one by one."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator

_MEDIA = re.compile(r"@media\s+(?:only\s+)?(?P<kind>screen|all)?\s*(?:and\s*)?(?P<sizes>.*)$", re.I | re.S)
_SIZE = re.compile(r"\(\s*(?P<bound>min|max)-width\s*:\s*(?P<size>\d+(?:\.\d+)?)(?P<unit>px|em|rem)\s*\)", re.I)
_WIDTH = 1280  # pixels of the screen that a page is read for
_ENTERED = re.compile(r"@(?:supports\s+(?!not\b)|layer\b|scope\b)", re.I)
_LONGEST_SELECTOR = 400  # characters of a rule's selectors in another rule
_MOST_JOINED = 40
_PART = re.compile(r"#[\w-]+|(\.[\w-]+|\[[^\]]*\])|[a-z*][\w-]*", re.I)
_DEFINED = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]{1,80})")
_USED = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]{0,80}))?\)")
_DEEPEST = 3  # values that are defined by other values
_MOST_PARTED = 400  # selectors of one rule


def parted(selectors: str) -> list[str]:
    """The selectors of a list; a comma in brackets parts none: ``:not(.a, .b)``."""
    pieces = selectors.split(",")
    if len(pieces) == 1 or len(pieces) > _MOST_PARTED or ("(" not in selectors and "[" not in selectors):
        return pieces
    found: list[str] = []
    depth = 0
    for piece in pieces:
        if depth > 0:
            found[-1] += f",{piece}"
        else:
            found.append(piece)
        depth += piece.count("(") + piece.count("[") - piece.count(")") - piece.count("]")
    return found


@functools.lru_cache(maxsize=2)  # a page's sheets are asked several times
def with_values(text: str) -> str:
    """The sheet with the values of its own names (``var(--gone)``) in their places, as they are first defined."""
    if "var(" not in text:
        return text
    values: dict[str, str] = {}
    for name, value in _DEFINED.findall(text):
        values.setdefault(name, value.strip())

    def value_of(used: re.Match[str], deep: int = 0) -> str:
        value = values.get(used[1], used[2] or "")
        if "var(" in value and deep < _DEEPEST:
            return _USED.sub(lambda inner: value_of(inner, deep + 1), value)
        return value

    return _USED.sub(value_of, text)


def rules_of(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations, those for a wide screen included, those for print and phones not.

    A rule in another rule (``.row { .decoy { … } }``) is one of what it stands in.
    """
    at = 0
    outer: list[str] = []  # of each block that is open, the selectors that hold in it
    while (brace := text.find("{", at)) >= 0:
        head = text[at:brace]
        while "}" in head:  # the end of a block that was entered
            head = head.partition("}")[2]
            if outer:
                outer.pop()
        head = head.rpartition(";")[2].strip()
        if head.startswith("@"):
            if _is_shown(head):
                at = brace + 1
                outer.append(outer[-1] if outer else "")
                continue
            at = _after(text, brace)
            continue
        if outer and outer[-1]:
            head = _within(outer[-1], head)
        end = text.find("}", brace)
        end = len(text) if end < 0 else end
        inner = text.find("{", brace + 1, end)
        if inner >= 0:  # rules in the rule
            yield head, text[brace + 1 : inner].rpartition(";")[0]
            outer.append(head)
            at = brace + 1
            continue
        yield head, text[brace + 1 : end]
        at = end + 1


def _within(outer: str, inner: str) -> str:
    """The selectors of a rule that stands in another one's block."""
    if len(outer) + len(inner) > _LONGEST_SELECTOR:
        return inner
    pairs = itertools.product(parted(outer), parted(inner))
    joined = (part.replace("&", whole) if "&" in part else f"{whole} {part}" for whole, part in pairs)
    return ",".join(itertools.islice(joined, _MOST_JOINED))


def _is_shown(head: str) -> bool:
    """Whether the rules in such a block hold for a wide screen."""
    if _ENTERED.match(head):
        return True
    media = _MEDIA.match(head)
    if media is None:
        return False
    sizes = media["sizes"].strip()
    if not sizes:
        return media["kind"] is not None
    if _SIZE.sub("", sizes).replace("and", "").strip():
        return False  # something else is asked of the screen
    for each in _SIZE.finditer(sizes):
        pixels = float(each["size"]) * (1 if each["unit"].lower() == "px" else 16)
        if (pixels <= _WIDTH) != (each["bound"].lower() == "min"):
            return False
    return True


def _after(text: str, brace: int) -> int:
    """The place behind the block that begins at ``brace``."""
    depth = 0
    for match in re.compile("[{}]").finditer(text, brace):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return match.end()
    return len(text)


def specificity(selector: str) -> tuple[int, int, int]:
    """The specificity of a selector: ids, classes and attributes, names."""
    ids = classes = names = 0
    for part in _PART.finditer(selector):
        if part.group().startswith("#"):
            ids += 1
        elif part.group(1):
            classes += 1
        else:
            names += part.group() != "*"
    return ids, classes, names
