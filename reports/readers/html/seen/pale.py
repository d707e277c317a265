"""Colours and opacities in which nobody sees a figure on white paper, as patterns of a property's value."""

from __future__ import annotations

from typing import Final

#: An opacity that nobody sees.
FAINT: Final = r"0*(?:\.0\d*)?|\d(?:\.\d+)?%"
_FULL = r"(?:25[0-5]|9[89](?:\.\d+)?%|100%)"
#: Colours that are white, or nothing.
PALE: Final = (
    r"(?:white|transparent|canvas|field)\s*$|#(?:f{3}[\da-f]?|(?:f[a-f]){3}(?:[\da-f]{2})?|[\da-f]{3}0|[\da-f]{6}0[\da-f])\s*$|"
    rf"rgba?\(\s*{_FULL}(?:[\s,]+{_FULL}){{2}}|hsla?\([^,\s)]+[\s,]+[^,\s)]+[\s,]+(?:9[89](?:\.\d+)?|100)%|"
    rf"(?:rgb|hsl)a?\((?:[^,)]*,){{3}}\s*(?:{FAINT})\s*\)|(?:rgb|hsl)a?\([^/)]*/\s*(?:{FAINT})\s*\)|"
    r"(?:ok)?l(?:ab|ch)\(\s*(?:1(?:\.0*)?(?=\s)|100%?|(?:0?\.)?9[89]\d*(?:\.\d+)?%?)(?=\s)|hwb\([^,\s)]+[\s,]+(?:9[89]|100)|"
    r"color\(\s*[\w-]+(?:\s+(?:1|100%|0?\.9[89]\d*)){3}"
)
