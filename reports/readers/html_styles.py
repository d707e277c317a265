"""What a page's own style sheets and ``style`` attributes hide or strike through, by the rules of the cascade.

Both ways of reading HTML ask here, each with its own tree: text that no browser shows, or that is struck out, must not
run into the figure beside it. Sheets in files of their own are not seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

GONE, UNSEEN, STRUCK, BLANK, WHITE, GROUND = "gone", "unseen", "struck", "blank", "white", "ground"
_FAR = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|pt|em|rem|%|vw)?(?![\d.])")  # beyond the edge of the page
_Effects = tuple[tuple[str, str, re.Pattern[str]], ...]
HIDING: Final[_Effects] = (
    # effect, property, values that have it
    (GONE, "display", re.compile(r"none\b")),
    (GONE, "mso-hide", re.compile(r"all\b")),
    (UNSEEN, "visibility", re.compile(r"hidden\b|collapse\b")),
    (BLANK, "font-size", re.compile(r"\+?0*(?:\.0*)?(?:[a-z%]|$|\s)")),
    (UNSEEN, "opacity", re.compile(r"0*(?:\.0*)?%?\s*$")),
    (UNSEEN, "transform", re.compile(r".*\bscale[xy]?\(\s*0*(?:\.0*)?\s*[,)]")),
    (STRUCK, "text-decoration", re.compile(r".*\bline-through\b")),
    (STRUCK, "text-decoration-line", re.compile(r".*\bline-through\b")),
    (WHITE, "color", re.compile(r"white\b|#fff(?:fff)?\b|transparent\b|rgba?\(\s*255\s*,\s*255\s*,\s*255")),
    *((GONE, name, _FAR) for name in ("left", "right", "top", "margin-left", "text-indent")),
    (GONE, "clip", re.compile(r"rect\(\s*(?:[01](?:px)?[\s,]*){4}\)")),
    (GONE, "clip-path", re.compile(r"inset\(\s*(?:50|100)%|circle\(\s*0")),
)
_COLOURED = re.compile(
    r"(?!(?:none|transparent|inherit|initial|unset|white|#fff(?:fff)?|rgba?\(\s*255\s*,\s*255\s*,\s*255[^)]*\))\s*$)\S"
)
#: What white text stands on, which makes it seen. Asked only where there is white text: nearly every sheet has grounds.
GROUNDS: Final[_Effects] = ((GROUND, "background", _COLOURED), (GROUND, "background-color", _COLOURED))
_NAMES: Final = frozenset(each[1] for each in (*HIDING, *GROUNDS))
_NO_ROOM = re.compile(r"(?:^|;)\s*(?:max-)?(?:height|width)\s*:\s*0(?:\.0*)?(?:px|pt|em|%)?\s*(?:!|;|$)")
_CUT_OFF = re.compile(r"(?:^|;)\s*overflow(?:-[xy])?\s*:\s*(?:hidden|clip)\b")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.S)
_SHOWN_MEDIA = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*$", re.I)
_LONGEST = 300_000  # characters of style sheets that are read
_MOST_SELECTORS = 400
_PART = re.compile(r"#[\w-]+|(\.[\w-]+|\[[^\]]*\])|[a-z*][\w-]*", re.I)

Marks = dict[str, set[int]]


@dataclass(slots=True)
class Sheet:
    """What the page's sheets say: for every property the selectors that set it, with rank and whether it hides."""

    effects: _Effects
    rules: dict[tuple[str, str], list[tuple[tuple[int, int, int, int, int], str, bool]]] = field(default_factory=dict)

    def hides(self) -> bool:
        """Whether any rule hides or strikes anything."""
        return any(hiding for rules in self.rules.values() for _, _, hiding in rules)


def declared(style: str, effects: _Effects = HIDING) -> Iterator[tuple[str, str, bool, bool]]:
    """(effect, property, whether it has the effect, whether it is important) of a list of declarations.

    Of one property the last declaration holds, or the last important one: ``display:none;display:inline`` is shown.
    """
    lowered = style.lower()
    if effects is HIDING and "overflow" in lowered and _CUT_OFF.search(lowered) and _NO_ROOM.search(lowered):
        yield GONE, "overflow", True, False
    held: dict[tuple[str, str], tuple[bool, bool]] = {}
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        name = name.strip().lower()
        if not colon or name not in _NAMES:
            continue
        value = value.strip().lower()
        important = value.endswith("!important") or value.endswith("! important")
        value = value.partition("!")[0].strip()
        for effect, known, values in effects:
            if known == name and value and (important or not held.get((effect, name), (False, False))[1]):
                held[effect, name] = (values.match(value) is not None, important)
    for (effect, name), (has, important) in held.items():
        yield effect, name, has, important


def inline(style: str) -> set[str]:
    """The effects of a ``style`` attribute."""
    return {effect for effect, _, has, _ in declared(style) if has}


def read_sheets(sheets: Iterable[str], effects: _Effects = HIDING) -> Sheet:
    """The rules of all style sheets of a page that have to do with these effects on a screen."""
    sheet = Sheet(effects)
    text = _COMMENT.sub(" ", "\n".join(sheets)[:_LONGEST])
    order = 0
    for selectors, declarations in _rules(text):
        said = list(declared(declarations, effects))
        for selector in selectors.split(",") if said else ():
            selector = " ".join(selector.split())
            if not selector or ":" in selector or order > _MOST_SELECTORS:
                continue  # of a state (:hover) or of something that is not in the tree (::before)
            order += 1
            rank = _rank(selector)
            for effect, name, has, important in said:
                rules = sheet.rules.setdefault((effect, name), [])
                rules.append(((int(important), *rank, order), selector, has))
    return sheet


def apply(sheet: Sheet, select: Callable[[str], Iterable[tuple[int, str]]], marks: Marks) -> None:
    """Adds to ``marks`` the elements that the sheet hides. ``select`` gives (key, style attribute) of a selector's."""
    for (effect, name), rules in sheet.rules.items():
        if not any(hiding for _, _, hiding in rules):
            continue
        settled: dict[int, bool] = {}
        styles: dict[int, str] = {}
        for rank, selector, hiding in sorted(rules):
            if not hiding and not settled:
                continue
            for key, style in select(selector):
                settled[key] = hiding
                if style and not rank[0]:
                    styles[key] = style
                else:
                    styles.pop(key, None)
        for key, hiding in settled.items():
            own = [has for _, known, has, _ in declared(styles.get(key, ""), sheet.effects) if known == name]
            if own[-1] if own else hiding:
                marks[effect].add(key)


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations, those for screens of any size included, those for print and phones not."""
    at, outer = 0, 0
    while (brace := text.find("{", at)) >= 0:
        head = text[at:brace]
        while "}" in head:  # the end of a block that was entered
            head = head.partition("}")[2]
            outer = max(0, outer - 1)
        head = head.rpartition(";")[2].strip()
        if head.startswith("@"):
            if _SHOWN_MEDIA.match(head):
                at = brace + 1
                outer += 1
                continue
            at = _after(text, brace)
            continue
        end = text.find("}", brace)
        end = len(text) if end < 0 else end
        yield head, text[brace + 1 : end]
        at = end + 1


def _after(text: str, brace: int) -> int:
    """The place behind the block that begins at ``brace``."""
    depth = 0
    for match in re.compile("[{}]").finditer(text, brace):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return match.end()
    return len(text)


def _rank(selector: str) -> tuple[int, int, int]:
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


def empty_marks() -> Marks:
    """No element marked."""
    return {GONE: set(), UNSEEN: set(), STRUCK: set(), BLANK: set(), WHITE: set(), GROUND: set()}


# every pattern begins with a letter or sign of its own, which makes looking for it twenty times as fast
_SIGNS: Final[tuple[tuple[re.Pattern[bytes], str], ...]] = tuple(
    (re.compile(sign), selector)
    for sign, selector in (
        (rb"display\s*:\s*none", "[style*='none' i]"),
        (rb"visibility\s*:\s*[hc]", "[style*='hidden' i],[style*='collapse' i]"),
        (rb"mso-hide", "[style*='mso-hide' i]"),
        (rb":\s*-\d{3}", "[style*='-'][style*=':']"),
        (rb"line-through", "[style*='line-through' i]"),
        (rb"font-size\s*:\s*[+.]?0+(?:\.0*)?(?![\d.])", "[style*='font-size' i]"),
        (rb"opacity\s*:\s*0?\.?0*(?![\d.])", "[style*='opacity' i]"),
        (rb"scale[xy]?\(\s*[0.]", "[style*='scale' i]"),
        (rb"color\s*:\s*(?:white|#fff|transparent|rgba?\()", "td [style*='color' i],th [style*='color' i]"),
    )
)


_CUT = re.compile(rb"overflow(?:-[xy])?\s*:\s*(?:hidden|clip)")  # what is clipped away has this beside it
_TINY: Final = tuple(map(re.compile, (rb"height\s*:\s*0[^.\d]", rb"width\s*:\s*0[^.\d]", rb"clip(?:-path)?\s*:")))


def telling(signs: bytes) -> str:
    """The selector of elements whose ``style`` may hide or strike; empty where the lower-case markup has none."""
    found = [selector for sign, selector in _SIGNS if sign.search(signs)]
    if _CUT.search(signs) and any(tiny.search(signs) for tiny in _TINY):
        found.append("[style*='overflow' i],[style*='clip' i]")
    return ",".join(found)
