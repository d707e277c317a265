"""What a page's own style sheets and ``style`` attributes hide or strike through, by the rules of the cascade.

Both ways of reading HTML ask here, each with its own tree: text that no browser shows, or that is struck out, must not
run into the figure beside it. Sheets in files of their own are not seen.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from reports.readers.html.seen.media import on_screen
from reports.readers.html.seen.pale import FAINT, PALE
from reports.readers.html.seen.rare_styles import RARE
from reports.readers.html.seen.room import cuts, may_cut
from reports.readers.html.seen.selectors import DEFINED, LETTER_MOVED, LINKED, PARTLY, SHOWN_BY, STATES
from reports.readers.html.seen.style_rules import (
    closed,
    disputed,
    in_strings,
    may_be_dropped,
    parted,
    plain,
    rules_of,
    specificity,
    with_values,
)

GONE, UNSEEN, STRUCK, BLANK, WHITE, GROUND = "gone", "unseen", "struck", "blank", "white", "ground"
CUT: Final = "cut"  # has no room, which counts of a box, and not of words in a line
DOUBT: Final = "doubt"  # whether it is shown nobody can know without a browser
_LENGTH = r"(?:\.\d+)?(?:px|pt|em|rem|%|vw|vh)?(?![\d.])"
_FAR = re.compile(  # beyond the edge of the page
    rf"(?:.*\s)?(?:-\d{{3,}}{_LENGTH}|-\d{{2,}}(?:r?em|v[wh])|\d{{3,}}v[wh]|calc\(\s*-\d{{3,}})"
)
_FAR_ASIDE = re.compile(rf"(?:.*\s)?-(?:\d{{4,}}|9\d\d){_LENGTH}")  # by half its width a page is put in the middle
_FAR_AWAY = r"translate(?:[xy]|3d)?\([^)]*-?(?:\d{4,}px|\d{3,}(?:vw|vh|r?em))"
Effects = tuple[tuple[str, str, re.Pattern[str]], ...]
#: A size of letters that nobody sees.
NOTHING: Final = r"\+?(?:(?:0+(?:\.0*)?|\.0+)(?=[a-z%/]|$|\s)|0*\.\d+(?=p[xt])|calc\(\s*0(?:px)?\s*\))"
#: What keeps an element's text from being seen, or makes it count for nothing.
HIDDEN: Final = (GONE, UNSEEN, STRUCK, BLANK, WHITE)
#: Where a box is moved to counts only of one that is taken out of its place.
_MOVED: Final = ("left", "right", "top", "bottom", "inset", "clip")
HIDING: Final[Effects] = (
    # effect, property, values that have it
    (GONE, "display", re.compile(r"none\b")),
    (GONE, "mso-hide", re.compile(r"all\b")),
    (UNSEEN, "visibility", re.compile(r"hidden\b|collapse\b")),
    (BLANK, "font-size", re.compile(NOTHING)),
    (BLANK, "font", re.compile(rf"(?:[a-z]+\s+)*{NOTHING}")),
    (UNSEEN, "opacity", re.compile(rf"(?:{FAINT})\s*$")),
    (UNSEEN, "content-visibility", re.compile(r"hidden\b")),
    (UNSEEN, "filter", re.compile(rf".*\bopacity\(\s*(?:{FAINT})\s*\)")),
    (
        UNSEEN,
        "transform",
        re.compile(rf".*\b(?:scale[xy]?\(\s*0*(?:\.0*)?\s*[,)]|matrix\((?:[\s,]*0){{4}}|{_FAR_AWAY})"),
    ),
    (UNSEEN, "scale", re.compile(r"0*(?:\.0*)?\s*$")),
    (UNSEEN, "translate", re.compile(r".*-?(?:\d{4,}px|\d{3,}(?:vw|vh|r?em))")),
    *((DOUBT, name, re.compile(r".*gradient\(|url\(")) for name in ("mask", "mask-image", "-webkit-mask-image")),
    *((DOUBT, f"background{end}", re.compile(r".*gradient\(.*transparent.*,.*transparent")) for end in ("", "-image")),
    (DOUBT, "content", re.compile(r"url\(")),  # a picture in the place of an element's text
    (DOUBT, "-webkit-text-security", re.compile(r"disc\b|circle\b|square\b")),
    *((STRUCK, f"text-decoration{end}", re.compile(r".*\bline-through\b")) for end in ("", "-line")),
    *((WHITE, name, re.compile(PALE)) for name in ("color", "-webkit-text-fill-color")),
    (DOUBT, "color", re.compile(r"color-mix\(|light-dark\(")),
    *((GONE, name, _FAR) for name in ("left", "right", "top", "bottom", "inset", "text-indent")),
    (GONE, "margin-left", _FAR_ASIDE),
    (GONE, "clip", re.compile(r"rect\(\s*(?:[01](?:px)?[\s,]*){4}\)")),
    *((DOUBT, name, values) for name, values in RARE),
    (GONE, "clip-path", re.compile(r"inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0|polygon\((?:[\s,]*0(?:px|%)?)+\s*\)")),
)
#: Of these a browser drops what is no value of them, such as ``none\9``, which was written for another one.
_VALUES: Final = {
    "display": re.compile(r"(?:none|block|contents|flow|flow-root|list-item|math|run-in|inherit|initial|unset|revert|"
                          r"(?:inline-?)?(?:block|flex|grid|table|box)?|table-[a-z-]+|ruby[a-z-]*|-webkit-[a-z-]+|"
                          r"-ms-[a-z-]+|\s)+"),
    "visibility": re.compile(r"hidden|collapse|visible|inherit|initial|unset|revert"),
}  # fmt: skip
#: Classes of sheets that nearly every page loads: words for screen readers, which nobody sees.
READERS_ONLY: Final = frozenset(("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"))
_COLOURED = re.compile(rf"(?!(?:none|inherit|initial|unset)\s*$|{PALE})\S")
#: What white text stands on, which makes it seen. Asked only where there is white text: nearly every sheet has grounds.
GROUNDS: Final[Effects] = ((GROUND, "background", _COLOURED), (GROUND, "background-color", _COLOURED),
                           (GROUND, "background-image", re.compile(r"(?!none\b)\S")))  # fmt: skip
_PLACED = re.compile(r"(?:^|;)\s*position\s*:\s*[afrs](?!tatic)")
_BOXED = re.compile(r"(?:^|;)\s*(?:display|position|float)\s*:")
_BESIDE = re.compile(r"::?(?:before|after)$", re.I)
_LINE: Final = (
    re.compile(r"(?:^|[;\s])content\s*:\s*(?:''|\"\")", re.I),
    re.compile(r"(?:^|[;\s])(?:top|bottom|inset)\s*:\s*(?:calc|\d*\.?\d*[1-9])", re.I),
    re.compile(r"(?:^|[;\s])(?:border|background|box-shadow)", re.I),
)
_LONGEST = 300_000  # characters of style sheets that are read
_MOST_SELECTORS = 5_000  # of rules that set what some rule hides by
_MOST_ASKED = 1_000  # selectors whose elements are looked for
_MOST_MET = 300_000  # elements that they meet, all together

Marks = dict[str, set[int]]


@dataclass(slots=True)
class Sheet:
    """What the page's sheets say: for every property the selectors that set it, with rank and whether it hides."""

    effects: Effects
    rules: dict[tuple[str, str], list[tuple[tuple[int, int, int, int, int], str, bool]]] = field(default_factory=dict)
    whole: bool = True  # all of it was read
    layered: bool = False  # some rules go before others by layers, whose order is not read

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
    if "/*" in style or '"' in style or "'" in style or "url(" in style or "\\" in style:
        style = plain(style)
    if "var(" in style and "--" in style:
        style = with_values(style)
    lowered = style.lower()
    hiding = effects is HIDING
    if hiding and "overflow" in lowered and cuts(lowered):
        yield GONE if _BOXED.search(lowered) else CUT, "overflow", True, False
    elif hiding and "overflow" in lowered and may_cut(lowered):
        yield DOUBT, "overflow", True, False
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
        if name in _VALUES and _VALUES[name].fullmatch(value) is None:
            continue
        for effect, known, values in effects:
            if known == name and value and (important or not held.get((effect, name), (False, False))[1]):
                held[effect, name] = (values.match(value) is not None, important)
    revealed = hiding and "animation" in lowered  # what moves may come to be seen
    for (effect, name), (has, important) in held.items():
        if hiding and (name in _MOVED or (revealed and effect is UNSEEN)):
            certain = not has or (_PLACED.search(lowered) is not None if name in _MOVED else not revealed)
            yield effect, name, has and certain, important
            yield DOUBT, name, not certain, important
        else:
            yield effect, name, has, important


def inline(style: str, effects: Effects = HIDING) -> set[str]:
    """The effects of a ``style`` attribute."""
    found = {effect for effect, _, has, _ in declared(style, effects) if has}
    if effects is HIDING and "var(" in style and (by := SHOWN_BY.search(style)) and f"{by[1]}:" not in style:
        found.add(DOUBT)  # a sheet says what the name stands for
    return found


def read_sheets(sheets: Iterable[str], effects: Effects = HIDING) -> Sheet:
    """The rules of all style sheets of a page that have to do with these effects on a screen."""
    sheet = Sheet(effects)
    sheets = list(sheets)
    sheet.whole = sum(map(len, sheets)) <= _LONGEST
    text = "\n".join(closed(plain(each.replace("<!--", " ").replace("-->", " "))) for each in sheets)[:_LONGEST]
    sheet.layered = "@layer" in text
    written: list[tuple[str, list[tuple[str, str, bool, bool]]]] = []
    if effects is HIDING:
        gone = (DOUBT, "var", True, False)  # under a name that no rule undoes
        written += [(each.strip(), [gone]) for selectors in disputed(text) for each in parted(selectors)]
    for selectors, declarations, certain in rules_of(with_values(text)):
        said = list(declared(declarations, effects))
        line = effects is HIDING and _draws_line(declarations)
        moved = effects is HIDING and "first-letter" in selectors and LETTER_MOVED.search(declarations) is not None
        listed = parted(in_strings(selectors)) if said or line or moved else []
        if not certain or may_be_dropped(listed):
            said = _in_doubt(said, effects)
        for selector in listed:
            selector = " ".join(selector.split())
            if "link" in selector:
                selector = LINKED.sub("[href]", selector)
            if PARTLY.search(selector):  # of some elements, or of a part of each
                doubtful = [(DOUBT, "float", True, False)] if moved else _in_doubt(said, effects)
                written.append((PARTLY.sub("", selector).strip() or "*", doubtful))
            elif ":" in selector and DEFINED.search(selector):  # a script may define it
                written.append((selector, _in_doubt(said, effects)))
            elif line and _BESIDE.search(selector):  # it may strike the text through
                written.append((_BESIDE.sub("", selector) or "*", [(DOUBT, "content", True, False)]))
            elif selector and not (":" in selector and STATES.search(selector)):
                written.append((selector, said))  # not of a state (:hover), or of what is not in the tree (::before)
    hiding = {(effect, name) for _, said in written for effect, name, has, _ in said if has}
    order = 0
    for selector, said in written:
        said = [each for each in said if each[:2] in hiding]  # of the others nothing has to be undone
        if not said:
            continue
        if order >= _MOST_SELECTORS:
            sheet.whole = False
            break
        order += 1
        rank = specificity(selector)
        for effect, name, has, important in said:
            sheet.rules.setdefault((effect, name), []).append(((int(important), *rank, order), selector, has))
    return sheet


def _draws_line(style: str) -> bool:
    """Whether a style paints a box without words upon what is beside it, not at its upper or lower edge."""
    return "absolute" in style and all(sign.search(style) for sign in _LINE)


def _in_doubt(said: Iterable[tuple[str, str, bool, bool]], effects: Effects) -> list[tuple[str, str, bool, bool]]:
    """What is hidden by a rule of which nobody knows whether it holds: that may be hidden."""
    return [(DOUBT, name, True, important) for _, name, has, important in said if has and effects is HIDING]


def apply(sheet: Sheet, select: Callable[[str], Iterable[tuple[int, str]]], marks: Marks) -> bool:
    """Adds to ``marks`` the elements that the sheet hides. ``select`` gives (key, style attribute) of a selector's.

    False where not all could be asked in good time: then nobody knows of any element whether it is shown.
    """
    asked: dict[str, list[tuple[int, str]]] = {}
    met = 0
    for (effect, name), rules in sheet.rules.items():
        if not any(hiding for _, _, hiding in rules):
            continue
        settled: dict[int, bool] = {}
        disputed: set[int] = set()
        styles: dict[int, str] = {}
        for rank, selector, hiding in sorted(rules):
            if not hiding and not settled and not sheet.layered:
                continue
            if met > _MOST_MET or len(asked) > _MOST_ASKED:
                return False
            if selector not in asked:
                asked[selector] = list(select(selector))
            met += len(asked[selector])
            for key, style in asked[selector]:
                if sheet.layered and settled.get(key, hiding) is not hiding:
                    disputed.add(key)
                settled[key] = hiding
                if style and not rank[0]:
                    styles[key] = style
                else:
                    styles.pop(key, None)
        for key, hiding in settled.items():
            said = declared(styles.get(key, ""), sheet.effects)
            own = [has for each, known, has, _ in said if (each, known) == (effect, name)]
            if key in disputed and not own and DOUBT in marks:
                marks[DOUBT].add(key)
            elif own[-1] if own else hiding:
                marks[effect].add(key)
    return sheet.whole


def selected(tree: LexborHTMLParser, selector: str) -> list[tuple[int, str]]:
    """What ``apply`` asks for, of a tree of lexbor's."""
    return [(node.mem_id, node.attributes.get("style") or "") for node in nodes_of(tree, selector)]


def nodes_of(tree: LexborHTMLParser, selector: str) -> list[Any]:
    """A selector's elements; none of a selector that lexbor does not know."""
    if ":" in selector and (named := DEFINED.search(selector)):  # those of the page's own making are not, at first
        own = named.group().lower() != ":defined"
        return [node for node in nodes_of(tree, DEFINED.sub("", selector) or "*") if ("-" in (node.tag or "")) is own]
    try:
        return tree.css(selector) if selector else []
    except (ValueError, SelectolaxError):
        return []


def is_read(attributes: Mapping[str, str | None]) -> bool:
    """Whether a ``<style>`` with these attributes is one for the screen."""
    kind = (attributes.get("type") or "text/css").strip().lower()
    return kind == "text/css" and on_screen(attributes.get("media") or "all") is not False


def sheets_of(tree: LexborHTMLParser) -> list[str]:
    """The page's own sheets that hold for the screen, not those for print or for browsers without scripts."""
    return [node.text() or "" for node in tree.css("style") if is_read(node.attributes) and not _is_inert(node)]


def _is_inert(node: Any) -> bool:
    while node is not None and node.tag not in ("noscript", "template"):
        node = node.parent
    return node is not None


def empty_marks() -> Marks:
    """No element marked."""
    return {effect: set() for effect in (GONE, UNSEEN, STRUCK, BLANK, WHITE, GROUND, CUT, DOUBT)}
