"""What a page's own style sheets and ``style`` attributes hide or strike through, by the rules of the cascade.

Both ways of reading HTML ask here, each with its own tree: text that no browser shows, or that is struck out, must not
run into the figure beside it. Sheets in files of their own are not seen.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from reports.readers.html.style_rules import parted, rules_of, specificity, with_values

GONE, UNSEEN, STRUCK, BLANK, WHITE, GROUND = "gone", "unseen", "struck", "blank", "white", "ground"
_FAR = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|pt|em|rem|%|vw)?(?![\d.])")  # beyond the edge of the page
Effects = tuple[tuple[str, str, re.Pattern[str]], ...]
_PALE = re.compile(
    r"white\b|#fff(?:fff)?\b|transparent\b|rgba?\(\s*255\s*,\s*255\s*,\s*255|"
    r"(?:rgb|hsl)a\([^)]*,\s*0*(?:\.0*)?%?\s*\)"
)
HIDING: Final[Effects] = (
    # effect, property, values that have it
    (GONE, "display", re.compile(r"none\b")),
    (GONE, "mso-hide", re.compile(r"all\b")),
    (UNSEEN, "visibility", re.compile(r"hidden\b|collapse\b")),
    (BLANK, "font-size", re.compile(r"\+?0*(?:\.0*)?(?:[a-z%]|$|\s)")),
    (UNSEEN, "opacity", re.compile(r"0*(?:\.0*)?%?\s*$")),
    (UNSEEN, "content-visibility", re.compile(r"hidden\b")),
    (UNSEEN, "filter", re.compile(r".*\bopacity\(\s*0*(?:\.0*)?%?\s*\)")),
    (UNSEEN, "transform", re.compile(r".*\bscale[xy]?\(\s*0*(?:\.0*)?\s*[,)]|.*\btranslate[xy]?\([^)]*-?\d{4,}px")),
    (STRUCK, "text-decoration", re.compile(r".*\bline-through\b")),
    (STRUCK, "text-decoration-line", re.compile(r".*\bline-through\b")),
    (WHITE, "color", _PALE),
    *((GONE, name, _FAR) for name in ("left", "right", "top", "margin-left", "text-indent")),
    (GONE, "clip", re.compile(r"rect\(\s*(?:[01](?:px)?[\s,]*){4}\)")),
    (GONE, "clip-path", re.compile(r"inset\(\s*(?:50|100)%|circle\(\s*0")),
)
#: Classes of sheets that nearly every page loads: words for screen readers, which nobody sees.
READERS_ONLY: Final = frozenset(("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"))
_COLOURED = re.compile(
    r"(?!(?:none|transparent|inherit|initial|unset|white|#fff(?:fff)?|rgba?\(\s*255\s*,\s*255\s*,\s*255[^)]*\))\s*$)\S"
)
#: What white text stands on, which makes it seen. Asked only where there is white text: nearly every sheet has grounds.
GROUNDS: Final[Effects] = ((GROUND, "background", _COLOURED), (GROUND, "background-color", _COLOURED))
_NO_ROOM = re.compile(r"(?:^|;)\s*(?:max-)?(?:height|width)\s*:\s*0(?:\.0*)?(?:px|pt|em|%)?\s*(?:!|;|$)")
_CUT_OFF = re.compile(r"(?:^|;)\s*overflow(?:-[xy])?\s*:\s*(?:hidden|clip)\b")
_TAKEN_OUT = re.compile(r"(?:^|;)\s*position\s*:\s*(?:absolute|fixed)\b")
_ONE_POINT = re.compile(r"(?:^|;)\s*(?:height|width)\s*:\s*1px")  # for screen readers only
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_STATES = re.compile(
    r"::|:(?:before|after|first-line|first-letter|hover|focus|active|visited|link|any-link|target|checked|enabled|"
    r"disabled|lang|dir|host|fullscreen|valid|invalid|required|optional|placeholder|autofill|current|past|future|-)",
    re.I,
)
_LONGEST = 300_000  # characters of style sheets that are read
_MOST_SELECTORS = 400

Marks = dict[str, set[int]]


@dataclass(slots=True)
class Sheet:
    """What the page's sheets say: for every property the selectors that set it, with rank and whether it hides."""

    effects: Effects
    rules: dict[tuple[str, str], list[tuple[tuple[int, int, int, int, int], str, bool]]] = field(default_factory=dict)

    def hides(self) -> bool:
        """Whether any rule hides or strikes anything."""
        return any(hiding for rules in self.rules.values() for _, _, hiding in rules)


@functools.cache
def _names(effects: Effects) -> frozenset[str]:
    return frozenset(name for _, name, _ in effects)


def declared(style: str, effects: Effects = HIDING) -> Iterator[tuple[str, str, bool, bool]]:
    """(effect, property, whether it has the effect, whether it is important) of a list of declarations.

    Of one property the last declaration holds, or the last important one: ``display:none;display:inline`` is shown.
    """
    lowered = style.lower()
    if effects is HIDING and "overflow" in lowered and _CUT_OFF.search(lowered) and _has_no_room(lowered):
        yield GONE, "overflow", True, False
    held: dict[tuple[str, str], tuple[bool, bool]] = {}
    names = _names(effects)
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        name = name.strip().lower()
        if not colon or name not in names:
            continue
        value = value.strip().lower()
        important = value.endswith("!important") or value.endswith("! important")
        value = value.partition("!")[0].strip()
        for effect, known, values in effects:
            if known == name and value and (important or not held.get((effect, name), (False, False))[1]):
                held[effect, name] = (values.match(value) is not None, important)
    for (effect, name), (has, important) in held.items():
        yield effect, name, has, important


def _has_no_room(style: str) -> bool:
    return _NO_ROOM.search(style) is not None or (
        _ONE_POINT.search(style) is not None and _TAKEN_OUT.search(style) is not None
    )


def inline(style: str, effects: Effects = HIDING) -> set[str]:
    """The effects of a ``style`` attribute."""
    return {effect for effect, _, has, _ in declared(style, effects) if has}


def read_sheets(sheets: Iterable[str], effects: Effects = HIDING) -> Sheet:
    """The rules of all style sheets of a page that have to do with these effects on a screen."""
    sheet = Sheet(effects)
    text = _COMMENT.sub(" ", "\n".join(sheets)[:_LONGEST].replace("<!--", " ").replace("-->", " "))
    order = 0
    for selectors, declarations in rules_of(with_values(text)):
        said = list(declared(declarations, effects))
        for selector in parted(selectors) if said else ():
            selector = " ".join(selector.split())
            if not selector or order > _MOST_SELECTORS or (":" in selector and _STATES.search(selector)):
                continue  # of a state (:hover) or of something that is not in the tree (::before)
            order += 1
            rank = specificity(selector)
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
            said = declared(styles.get(key, ""), sheet.effects)
            own = [has for each, known, has, _ in said if (each, known) == (effect, name)]
            if own[-1] if own else hiding:
                marks[effect].add(key)


def selected(tree: LexborHTMLParser, selector: str) -> list[tuple[int, str]]:
    """What ``apply`` asks for, of a tree of lexbor's."""
    return [(node.mem_id, node.attributes.get("style") or "") for node in nodes_of(tree, selector)]


def nodes_of(tree: LexborHTMLParser, selector: str) -> list[Any]:
    """A selector's elements; none of a selector that lexbor does not know."""
    try:
        return tree.css(selector) if selector else []
    except (ValueError, SelectolaxError):
        return []


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
        (rb"opacity\(\s*0", "[style*='opacity' i]"),
        (rb"translate[xy]?\([^)]*\d{4}px", "[style*='translate' i]"),
        (rb"var\(--", "[style*='var(' i]"),
        (rb"content-visibility", "[style*='content-visibility' i]"),
        (rb"clip(?:-path)?\s*:\s*(?:rect|inset|circle)", "[style*='clip' i]"),
        (rb"color\s*:\s*(?:white|#fff|transparent|rgba?\(|hsla\()", "td [style*='color' i],th [style*='color' i]"),
    )
)


_CUT = re.compile(rb"overflow(?:-[xy])?\s*:\s*(?:hidden|clip)")  # what is clipped away has this beside it
_TINY: Final = tuple(map(re.compile, (rb"height\s*:\s*[01][^.\d]", rb"width\s*:\s*[01][^.\d]", rb"clip(?:-path)?\s*:")))


def telling(signs: bytes) -> str:
    """The selector of elements whose ``style`` may hide or strike; empty where the lower-case markup has none."""
    found = [selector for sign, selector in _SIGNS if sign.search(signs)]
    if _CUT.search(signs) and any(tiny.search(signs) for tiny in _TINY):
        found.append("[style*='overflow' i],[style*='clip' i]")
    return ",".join(found)
