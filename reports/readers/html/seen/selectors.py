"""What selectors tell beyond the tree: states, parts of an element, elements that a script has yet to define.

Of a page that nobody touches, ``:hover`` holds of nothing, ``:not(:hover)`` of everything, and ``:link`` of each link.
"""

from __future__ import annotations

import re
from typing import Final

#: What says of a selector that it holds of some elements, or in some state, or of a part of each.
PARTLY: Final = re.compile(
    r":not\((?:[\s,]*:(?!not|is|where|has|nth|first|last|only|empty|root|defined)[\w-]+(?:\([^()]*\))?)+\s*\)"
    r"|::?first-(?:letter|line)\b|:(?:lang|dir)\([^()]*\)|:scope\b",
    re.I,
)
LINKED: Final = re.compile(r":(?:any-)?link\b", re.I)
SHOWN_BY: Final = re.compile(r"(?:^|[;\s])(?:display|visibility)\s*:\s*var\(\s*(--[\w-]+)", re.I)
DEFINED: Final = re.compile(r":not\(\s*:defined\s*\)|:defined\b", re.I)
LETTER_MOVED: Final = re.compile(r"(?:^|[;\s])float\s*:\s*(?:right|inline-end)|(?:^|[;\s])position\s*:\s*[af]", re.I)
STATES: Final = re.compile(
    r"::|:(?:before|after|first-line|first-letter|hover|focus|active|visited|target|checked|"
    r"disabled|lang|dir|host|fullscreen|valid|invalid|required|optional|placeholder|autofill|current|past|future|-)",
    re.I,
)
