"""The rules of a style sheet that hold on a wide screen, one by one."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from typing import Final

from reports.readers.html.seen.media import holds

_OF_NO_WEIGHT = re.compile(r":where\([^()]*\)", re.I)
_OF_OTHERS = re.compile(r":-(?:ms|moz|o|khtml)-", re.I)  # which browsers that do not know it drop the whole rule for
_BRACE = re.compile("[{}]")
_COMMENT_OR_HELD = re.compile(
    r"/\*.*?(?:\*/|\Z)|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|url\(\s*[^\"'()\s][^()]*\)", re.S | re.I
)
_PARTING = str.maketrans("{};", "\ue010\ue011\ue012")  # in strings these part nothing
_PRINTED = str.maketrans("\ue010\ue011\ue012", "{};")
#: Letters that a sheet writes by their number (``d\69splay``) or with a stroke that changes nothing (``no\ne``).
_ESCAPED = re.compile(r"\\(?:0{0,4}([46][1-9a-f]|[57][0-9a])(?![0-9a-f])[ \t\n]?|([g-z]))", re.I)
_PSEUDO = re.compile("::?([a-z-]+)", re.I)
#: Names after a colon that every browser knows; of others nobody knows whether a rule that names them holds.
_KNOWN_PSEUDO = re.compile(
    r"-webkit-.*|active|after|any-link|backdrop|before|checked|default|dir|disabled|empty|enabled|first-(?:letter|line)|"
    r"(?:first|last|only|nth|nth-last)-(?:child|of-type)|focus(?:-visible|-within)?|fullscreen|has|host|hover|"
    r"in(?:-range|determinate|valid)|is|lang|link|marker|not|optional|out-of-range|placeholder(?:-shown)?|"
    r"read-(?:only|write)|required|root|selection|target|valid|visited|where",
    re.I,
)
_MISSPELT = re.compile(r"[.#](?![\w\\-])|[.#]\d|[>+~]\s*(?:[>+~]|$)|[!$%?@;]")
_LONGEST_SELECTOR = 400  # characters of a rule's selectors in another rule
_MOST_JOINED = 40
_PART = re.compile(r"#[\w-]+|(\.[\w-]+|\[[^\]]*\])|[a-z*][\w-]*", re.I)
_DEFINED = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]{1,80})")
_INITIAL = re.compile(r"@property\s+(--[\w-]+)\s*\{[^}]*?initial-value\s*:\s*([^;{}]{1,80})")
_SHOWN_BY = re.compile(r"y(?:(?<=display)|(?<=visibility))\s*:\s*var\(\s*(--[\w-]+)", re.I)
_HIDDEN_BY: Final = frozenset(("none", "hidden", "collapse"))
_USED = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]{0,80}))?\)")
_DEEPEST = 3  # values that are defined by other values
_IN_BRACKETS = re.compile(r"\[[^\]]*\]|\\.")
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


def plain(text: str) -> str:
    """A sheet, or a style, without comments and escaped letters, its strings and addresses without what parts rules."""
    if "\\" in text:
        text = _ESCAPED.sub(lambda found: found[2] or chr(int(found[1], 16)), text)

    def settled(found: re.Match[str]) -> str:
        return " " if found[0].startswith("/*") else found[0].translate(_PARTING)

    return _COMMENT_OR_HELD.sub(settled, text)


def in_strings(selectors: str) -> str:
    """Selectors with the braces and semicolons that their strings hold: ``[title="a}b"]``."""
    return selectors.translate(_PRINTED)


def closed(text: str) -> str:
    """A plain sheet by itself: what it leaves open ends with it, and does not take the next sheet's rules along."""
    depth = 0
    if text.count("{") > text.count("}") or not text.rstrip().endswith("}"):
        for match in _BRACE.finditer(text):
            depth = depth + 1 if match.group() == "{" else max(0, depth - 1)
    return text + "}" * depth


def may_be_dropped(selectors: list[str]) -> bool:
    """Whether a browser may not know one of a list's selectors, and then drops the rule for all of them."""
    return len(selectors) > 1 and any(map(_is_strange, selectors))


def _is_strange(selector: str) -> bool:
    selector = selector.strip()
    if not selector or _MISSPELT.search(_IN_BRACKETS.sub("", selector)):
        return True
    named = _PSEUDO.findall(_IN_BRACKETS.sub("", selector)) if ":" in selector else ()
    return any(_KNOWN_PSEUDO.fullmatch(name) is None for name in named)


def _defined(text: str) -> list[tuple[str, str]]:
    """The names of a sheet's own with their values, and behind these the values that properties begin with."""
    found: list[tuple[str, str]] = _DEFINED.findall(text)
    return found + _INITIAL.findall(text) if "@property" in text else found


@functools.lru_cache(maxsize=2)  # a page's sheets are asked several times
def with_values(text: str) -> str:
    """The sheet with the values of its own names (``var(--gone)``) in their places, as they are first defined."""
    if "var(" not in text:
        return text
    values: dict[str, str] = {}
    for name, value in _defined(text):
        values.setdefault(name, value.strip())

    def value_of(used: re.Match[str], deep: int = 0) -> str:
        value = values.get(used[1], used[2] or "")
        if "var(" in value and deep < _DEEPEST:
            return _USED.sub(lambda inner: value_of(inner, deep + 1), value)
        return value

    return _USED.sub(value_of, text)


def disputed(text: str) -> list[str]:
    """Selectors of what is shown or hidden by a name of the sheet's own that has several values, one of which hides."""
    shown_by = list(_SHOWN_BY.finditer(text)) if "var(" in text else []
    values: dict[str, set[str]] = {}
    for name, value in _defined(text) if shown_by else ():
        values.setdefault(name, set()).add(value.partition("!")[0].strip().lower())
    found: list[str] = []
    for each in shown_by:
        said = values.get(each[1], set())
        brace = text.rfind("{", 0, each.start())
        if brace >= 0 and len(said) > 1 and not said.isdisjoint(_HIDDEN_BY):
            found.append(re.split("[{};]", text[max(0, brace - _LONGEST_SELECTOR) : brace])[-1])
    return found


def rules_of(text: str) -> Iterator[tuple[str, str, bool]]:
    """Selectors, declarations and whether they surely hold, of the rules for a wide screen.

    Those for print and phones are left out. A rule in another rule (``.row { .decoy { … } }``) is one of what it stands
    in. A bracket that closes nothing takes the rule behind it along, as in a browser.
    """
    at = 0
    outer: list[tuple[str, bool]] = []  # of each block that is open, the selectors that hold in it
    while (brace := text.find("{", at)) >= 0:
        head, stray = text[at:brace], False
        while "}" in head:  # the end of a block that was entered
            head = head.partition("}")[2]
            stray = stray or not outer
            if outer:
                outer.pop()
        head = head.rpartition(";")[2].strip()
        around, certain = outer[-1] if outer else ("", True)
        held = holds(head) if head.startswith("@") and not stray else True
        if stray or held is False:
            at = _after(text, brace)
            continue
        if head.startswith("@"):
            at = brace + 1
            certain = certain and held is True
            outer.append((around, certain))
            if around:  # declarations of the rule that it stands in: .x { @media screen { display: none } }
                yield around, _declarations(text, at), certain
            continue
        if around:
            head = _within(around, head)
        end = text.find("}", brace)
        end = len(text) if end < 0 else end
        inner = text.find("{", brace + 1, end)
        if inner >= 0:  # rules in the rule
            yield head, _declarations(text, brace + 1), certain
            outer.append((head, certain))
            at = brace + 1
            continue
        if _OF_OTHERS.search(head) is None:
            yield head, text[brace + 1 : end], certain
        at = end + 1


def _declarations(text: str, at: int) -> str:
    """The declarations at the beginning of a block, up to its end or the first rule in it."""
    found = _BRACE.search(text, at)
    said = text[at : found.start() if found else len(text)]
    return said.rpartition(";")[0] if found and found.group() == "{" else said


def _within(outer: str, inner: str) -> str:
    """The selectors of a rule that stands in another one's block."""
    if len(outer) + len(inner) > _LONGEST_SELECTOR:
        return inner
    pairs = itertools.product(parted(outer), parted(inner))
    joined = (part.replace("&", whole) if "&" in part else f"{whole} {part}" for whole, part in pairs)
    return ",".join(itertools.islice(joined, _MOST_JOINED))


def _after(text: str, brace: int) -> int:
    """The place behind the block that begins at ``brace``."""
    depth = 0
    for match in _BRACE.finditer(text, brace):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return match.end()
    return len(text)


def specificity(selector: str) -> tuple[int, int, int]:
    """The specificity of a selector: ids, classes and attributes, names."""
    ids = classes = names = 0
    for part in _PART.finditer(_OF_NO_WEIGHT.sub("", selector) if ":where" in selector else selector):
        if part.group().startswith("#"):
            ids += 1
        elif part.group(1):
            classes += 1
        else:
            names += part.group() != "*"
    return ids, classes, names
