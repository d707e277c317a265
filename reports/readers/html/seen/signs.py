"""Quick looks at a page's tags for signs that something in them matters: where none is, no more is asked.

A page is asked for a hundred signs. So its tags are looked at once each, however often they come again, and a sign is
looked for only where its words stand in some tag at all.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_CHARACTERS: Final = bytes(range(0x80, 0x100))  # no sign has any, and they are most of what stands between tags
_PARTING: Final = bytes(byte if 0x61 <= byte <= 0x7A else 0x20 for byte in range(256))  # all but letters become spaces
_BEGINNING = re.compile(rb"(?:[a-z-](?![*+?{]))*")  # of a pattern: what it matches begins so


class Signs(NamedTuple):
    """Where signs are looked for, of one page."""

    tags: bytes  # its markup in lower case, cut behind each ">", each piece once, in no order: no sign reaches over one
    words: bytes  # its runs of letters, each once: a fifth of that

    @classmethod
    def of(cls, markup: bytes) -> Signs:
        """Those of a page."""
        # Word writes the same tag a thousand times
        tags = b">".join(set(markup.split(b">"))).translate(None, _CHARACTERS).lower() + b">"
        return cls(tags, b" ".join(set(tags.translate(_PARTING).split())))


class Sign:
    """A pattern of lower-case markup, best one that begins with a name, which is looked for first.

    Alternatives stand in brackets.
    """

    def __init__(self, pattern: bytes) -> None:
        self.pattern: Final = re.compile(pattern)
        name = _BEGINNING.match(pattern)
        assert name is not None  # it may be empty
        self._words: Final = tuple(sorted(filter(None, name[0].split(b"-")), key=len, reverse=True))

    def stands_in(self, signs: Signs) -> bool:
        """Whether the page has it."""
        for word in self._words:
            if word not in signs.words:
                return False
        return self.pattern.search(signs.tags) is not None
