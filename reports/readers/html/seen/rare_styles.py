"""Rare styles by which a browser may show a figure otherwise than the markup has it, or not at all.

None of them is worked out: a cell of figures that one of them touches is in doubt, and only a browser could tell.
"""

from __future__ import annotations

import re
from typing import Final

from reports.readers.html.seen.signs import Sign

#: Nothing, among the values of calc(), min(), max() and clamp().
ZERO: Final = r"(?<![\w.%])0*\.?0*(?:px|pt|r?em|%|vw)?(?![\w.])"
#: Marks of a list that cannot be taken for digits; those of other names are digits, or what ``@counter-style`` says.
NO_DIGITS: Final = (
    r"(?:none|disc|circle|square|inside|outside|inherit|initial|unset|revert|url\([^)]*\)|disclosure-[a-z]+|"
    r"(?:lower|upper)-[a-z]+|\s)+"
)
#: Properties, and the values that are doubted.
RARE: Final = tuple(
    (name, re.compile(values))
    for name, values in (
        ("display", r"table-column\b"),
        (
            "clip-path",
            r"(?!inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0|polygon\((?:[\s,]*0(?:px|%)?)+\s*\))(?:inset|circle|ellipse|polygon|path|rect|xywh)\(",
        ),
        ("contain", r".*\b(?:strict|size|content|paint)\b"),
        ("offset-path", r"(?!none\b)\S"),
        ("zoom", r"0*\.[0-4]|0+(?:\.0*)?%?\s*$|[0-4]?\d%"),
        ("writing-mode", r"vertical|sideways|tb|lr-tb|rl-tb"),
        ("font-variant-position", r"su[bp]"),
        ("font-feature-settings", r".*\bsu[bp]s|.*\bordn"),
        ("word-spacing", r"-"),
        # a mark of digits before the figure, or quotation marks that are digits, are read as part of it
        ("quotes", r".*[\"'][^\"']*\d"),
        *((name, rf".*[\"'][^\"']*\d|(?!(?:{NO_DIGITS})\s*$)[a-z]") for name in ("list-style", "list-style-type")),
        ("-webkit-line-clamp", r"\d"),
        ("font-size", rf"0*\.[0-4]\d*r?em|0*\.\d+%|\d(?:\.\d+)?%|(?:calc|min|max|clamp)\(.*{ZERO}"),
        ("opacity", r"(?:calc|min|max|clamp)\("),
        ("filter", r".*\b(?:blur|brightness|contrast|invert)\("),
        ("transform", r".*\bscale(?:3d|[xyz])?\(\s*0*\.[0-3]|.*\bscale3d\(\s*0"),
        ("margin-top", r"-\d{3,}"),
        ("inset-inline", r"(?:.*\s)?-\d{3,}|(?:.*\s)?-\d{2,}(?:r?em|v[wh])"),
        ("inset-inline-start", r"-\d{3,}|-\d{2,}(?:r?em|v[wh])"),
        ("inset-inline-end", r"-\d{3,}|-\d{2,}(?:r?em|v[wh])"),
    )
)
#: Signs of all these in lower-case markup; each begins with a letter or sign of its own, which is quickly looked for.
SIGNS: Final = tuple(
    map(
        Sign,
        (
            rb"contain\s*:", rb"offset-path", rb"zoom\s*:\s*(?:[0.]|[1-4]?\d%)",
            rb"writing-mode\s*:\s*(?:[vs]|tb|lr-tb|rl-tb)", rb"font-variant-position", rb"font-feature-settings",
            rb"word-spacing\s*:\s*-", rb"line-clamp", rb"inset-inline", rb"calc\(", rb"min\(", rb"max\(", rb"clamp\(",
            rb"font-size\s*:\s*(?:0*\.|\d%|\d\.\d+%)", rb"blur\(", rb"brightness\(", rb"contrast\(", rb"invert\(",
            rb"scale(?:3d\(|[xyz]?\(\s*0*\.)", rb"margin-top\s*:\s*-\d{3}", rb"display\s*:\s*table-column", rb"canvas",
            rb"list-style(?:-type)?\s*:[^;}]*[\"'][^;}]*\d",
            rb"counter-style", rb"list-item[^}]{0,300}list-style", rb"list-style[^}]{0,300}list-item",
            rb"first-letter\s*\{[^}]{0,300}(?:float|position)",
            rb"quotes\s*:[^;}]*\d",
            rb":\s*-\d{2}(?:r?em|v[wh])", rb"vh(?<=\d{3}vh)", rb"vw(?<=\d{3}vw)",
            rb"\\(?:0{0,4}(?:[46][1-9a-f]|[57][0-9a])(?![0-9a-f])|[g-z])",
        ),
    )
)  # fmt: skip
#: The elements that may have one in an attribute.
ELEMENTS: Final = "td[style],th[style],td [style],th [style]"
