"""Rare styles by which a browser may show a figure otherwise than the markup has it, or not at all.

None of them is worked out: a cell of figures that one of them touches is in doubt, and only a browser could tell.
"""

from __future__ import annotations

import re
from typing import Final

#: Nothing, among the values of calc(), min(), max() and clamp().
ZERO: Final = r"(?<![\w.%])0*\.?0*(?:px|pt|r?em|%|vw)?(?![\w.])"
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
#: Signs of all these in lower-case markup, and the elements that may have them in an attribute.
SIGNS: Final = re.compile(
    rb"(?<![\w-])(?:contain|offset-path|zoom|writing-mode|font-variant-position|font-feature-settings|word-spacing|"
    rb"-webkit-line-clamp|inset-inline(?:-start|-end)?)\s*:|(?:calc|min|max|clamp)\(|font-size\s*:\s*(?:0*\.|\d%|\d\.\d+%)|"
    rb"(?:blur|brightness|contrast|invert)\(|scale3d\(|scale[xyz]?\(\s*0*\.|margin-top\s*:\s*-\d{3}|display\s*:\s*table-column|canvas|"
    rb":\s*(?:-\d{2}(?:r?em|v[wh])|\d{3,}v[wh])|\\0{0,4}(?:[46][1-9a-f]|[57][0-9a])(?![0-9a-f])|\\[g-z]"
)
ELEMENTS: Final = "td[style],th[style],td [style],th [style]"
